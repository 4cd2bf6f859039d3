"""clauses.toml (`decisions.md` 40): each clause is recorded and found again, and none is left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from ledger_desk import paths
from ledger_desk.model.fields import field_map
from ledger_desk.model.periods import Period
from ledger_desk.model.records import BY_TABLE, Office, Person
from ledger_desk.model.sections import BELOW, SECTIONS
from ledger_desk.reports import catalogue
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS, window_of
from ledger_desk.store.counting.totals import Number, Scope, numbers
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.help.clauses import PAGE, clause_topic
from ledger_desk.work.clauses import Clause, Document, load

from . import clause_story as story

MADE = load()
ALL = [(document, clause) for document in MADE.documents for clause in document.clauses]
DOCUMENTS = pytest.mark.parametrize("document", MADE.documents, ids=lambda each: each.key)
SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
NOVEMBER = Period(date(2024, 11, 1), date(2024, 11, 30))
# What a page shows besides the records that the search opens there: in a form, a list of loans falling
# due, the register of files read in, what an office is asked about itself.
_BESIDES = {
    "pushing": {"application", "matching", "credit", "loan", "drawdown"}, "renewals": {"loan"},
    "exchange": {"intake"}, "settings": {"office", "bank", "person"},
    "reports": {"matching", "visit"},
    "enterprises": {cls.TABLE for section in SECTIONS for cls in section.lists},
}  # fmt: skip
_SECTION = re.compile(r"^\s*([一二三四五六七八九十]+)、")
_PART = re.compile(r"^\s*[（(]([一二三四五六七八九十]+)[）)]")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A county in which everything was done once."""
    path = tmp_path_factory.mktemp("clauses") / "新县.账套"
    wanted: dict[str, set[str]] = {}
    for _, clause in ALL:
        wanted.setdefault(clause.record, set()).update(clause.fields)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER_DESK_HOME", str(path.parent / "home"))
        office = Office(name="新县专班", level="县级", division="411523", contact="程甲")
        with Ledger.create(path, office=office, person=Person(name="程甲")) as ledger:
            story.tell(ledger, wanted)
            yield ledger


@DOCUMENTS
def test_each_record_its_fields_its_page_and_its_form_exist(document: Document) -> None:
    wrong = []
    for clause in document.clauses:
        known = field_map(BY_TABLE[clause.record])
        there = (
            clause.words and clause.fields and clause.page in MADE.pages
            and set(clause.fields) <= set(known)
            and (not clause.form or (paths.forms() / clause.form / "form.toml").is_file())
            and (not clause.indicator or clause.indicator in INDICATORS)
        )  # fmt: skip
        if not there:
            wrong.append(clause)
    assert wrong == []


@DOCUMENTS
def test_each_page_shows_such_records(document: Document) -> None:
    shown = {entry.key: set(entry.tables) | _BESIDES.get(entry.key, set()) for entry in _entries()}
    wrong = []
    for clause in document.clauses:
        below = BELOW.get(BY_TABLE[clause.record])
        tables = {clause.record} | ({below[0].TABLE} if below else set())
        if not tables & shown[clause.page]:
            wrong.append(clause)
    assert wrong == []


@DOCUMENTS
def test_one_of_each_is_entered_and_found_again(document: Document, told: Ledger) -> None:
    def found(clause: Clause) -> bool:
        wheres = tuple(Where(name, "notblank") for name in clause.fields)
        return bool(told.count(Query(BY_TABLE[clause.record], wheres)))

    assert [clause for clause in document.clauses if not found(clause)] == []


@pytest.mark.parametrize("key", sorted({c.indicator for _, c in ALL if c.indicator}))
def test_its_indicator_counts_it(key: str, told: Ledger) -> None:
    spec = INDICATORS[key]
    since = MECHANISMS["小微企业融资协调工作机制"].since
    window = window_of("启动以来累计", Period(since, date(2024, 12, 31)), since)
    with told.read() as rows:
        found = numbers(rows, spec.events, window, Scope("")).get("", Number())
    assert spec.value_of(found) > 0


@pytest.mark.parametrize("form", sorted({c.form for _, c in ALL if c.form}))
def test_its_form_reports_it(form: str, told: Ledger) -> None:
    made = catalogue.run(told, form, NOVEMBER.start, NOVEMBER.end)
    assert made.report.rows >= 1


def test_the_titles_of_the_pages_are_those_of_the_window() -> None:
    assert {entry.key: entry.title for entry in _entries()} == dict(MADE.pages)


@DOCUMENTS
def test_no_numbered_section_of_a_document_is_left_out(document: Document) -> None:
    if not SEEDS.is_dir():
        pytest.skip("shared/seeds is not beside the checkout")
    wanted = sections_of((SEEDS / document.seed).read_text(encoding="utf-8"))
    there = {clause.number for clause in document.clauses} | set(document.nothing)
    assert len(wanted) >= 10
    assert [number for number in wanted if number not in there] == []
    extra = there - set(wanted) - {"附"}
    assert extra == set()
    assert all(len(why) > 5 for why in document.nothing.values())


def sections_of(text: str) -> list[str]:
    """Numbers of the sections of a document: 三（四）; one without parts by its own number."""
    found: list[str] = []
    section, parts = "", 0
    for line in text.splitlines():
        main, part = _SECTION.match(line), _PART.match(line)
        if main:
            if section and not parts:
                found.append(section)
            section, parts = main[1], 0
        elif part and section:
            parts += 1
            found.append(f"{section}（{part[1]}）")
    return [*found, section] if section and not parts else found


def test_sections_are_told_from_text() -> None:
    text = "一、总则\n内容\n二、措施\n(一)走访。\n （二） 推送\n三、附则"
    assert sections_of(text) == ["一", "二（一）", "二（二）", "三"]


def test_the_help_has_a_line_and_a_link_for_each_clause() -> None:
    topic = clause_topic()
    assert topic.title == "文件条款在哪里办"
    for document, clause in ALL:
        assert f"## {document.title}" in topic.body
        assert f"| {clause.number} | {clause.words} |" in topic.body
    assert topic.body.count(f"]({PAGE}") == len(ALL)


def _entries() -> list[SimpleNamespace]:
    desk = SimpleNamespace(ledger=None, jobs=None, window=None)
    return entries(desk)  # type: ignore[arg-type,return-value]
