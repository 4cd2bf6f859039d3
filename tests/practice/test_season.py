"""The scripted season: six months of work through the use cases, counted again, and taken back."""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger_desk.model import rectification, review, ticketing
from ledger_desk.model import work_words as words
from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.records import (
    RECORDS,
    Activity,
    Application,
    Enterprise,
    Referral,
    Renewal,
    Visit,
    VisitTask,
)
from ledger_desk.model.vocabulary import ENTERPRISE_KINDS
from ledger_desk.practice.making import make_practice
from ledger_desk.practice.places import townships
from ledger_desk.practice.season import play_season
from ledger_desk.practice.season_cast import Size
from ledger_desk.reports.indicators import MECHANISMS, window_of
from ledger_desk.reports.work_indicators import WORK
from ledger_desk.store import health
from ledger_desk.store.counting.totals import Number, Scope, numbers
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work import bank_clocks
from tests.oracle import recount as oracle
from tests.oracle.raw import Event
from tests.practice.bankers import Bankers
from tests.practice.conftest import TODAY

SINCE = MECHANISMS["小微企业融资协调工作机制"].since
WITH_BOOKS = 2  # banks whose answers come in by their workbooks
_OF_PARTS = ("本期", "启动以来累计")
_NAMES = {move.text: move.key for move in ticketing.MOVES.values()}


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """500 targets of 520 firms, 16 townships, 20 banks, six months up to 2024-11-20."""
    size = Size(500, 110, 14, 20, 30, 8, 60)
    with _made(tmp_path_factory, 520, size) as ledger:
        yield ledger


def _made(factory: pytest.TempPathFactory, firms: int, size: Size | None) -> Ledger:
    folder = factory.mktemp("season")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER_DESK_HOME", str(folder / "home"))
        ledger = make_practice(folder / "季.账套", firms=firms, today=TODAY, season=False)
        bankers = Bankers(ledger, folder / "银行表", WITH_BOOKS)
        play_season(ledger, firms=firms, seed=2024, today=TODAY, size=size, tell=bankers.tell)
        bankers.was_all_used()
    return ledger


def _raw(rows: Rows) -> oracle.Raw:
    found: oracle.Raw = {}
    for cls in RECORDS:
        answer = rows.connection.exec_driver_sql(f"SELECT * FROM {cls.TABLE} ORDER BY id")
        found[cls.TABLE] = [dict(row._mapping) for row in answer]
    return found


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the oracle keep the events of an indicator: the parts are told from the same ones."""
    for name, count in list(oracle.COUNTED.items()):
        monkeypatch.setitem(oracle.COUNTED, name, _kept(count))


def _kept(count: Callable[[oracle.Raw, str, str], list[Event]]) -> Callable[..., list[Event]]:
    held: dict[tuple[str, str], list[Event]] = {}

    def counted(raw: oracle.Raw, last: str, by: str) -> list[Event]:
        if (last, by) not in held:
            held[last, by] = count(raw, last, by)
        return held[last, by]

    return counted


def _agrees(ledger: Ledger, periods: list[Period], splits: tuple[str, ...]) -> int:
    """Compare every indicator of the front page with the oracle; gives how many numbers were compared."""
    compared = 0
    with ledger.read() as rows:
        raw = _raw(rows)
        parts = {
            "": [""], "bank": [str(bank["id"]) for bank in raw["bank"]],
            "township": [town.code for town in townships()], "kind": list(ENTERPRISE_KINDS),
        }  # fmt: skip
        for (place, period), spec in itertools.product(enumerate(periods), WORK):
            for measure, by in itertools.product(spec.measures, ("", *splits)):
                if by and (place or measure not in _OF_PARTS):
                    continue
                found = numbers(rows, spec.events, window_of(measure, period, SINCE), Scope(by))
                for key in sorted({*found, *parts[by]}):
                    ask = oracle.Question(
                        spec.id, *_span(measure, period), SINCE, by, key if by else None
                    )
                    number = spec.value_of(found.get(key, Number()))
                    assert number == oracle.recount(raw, ask), (ask, number)
                    compared += 1
    return compared


def _span(measure: str, period: Period) -> tuple[str, date, date]:
    """One of the oracle's own measures with its days: the others are these over other days."""
    start, end = period.start, period.end
    before, then = period.previous(), period.year_before()
    return {
        "本日": ("本期", end, end), "本周": ("本期", end - timedelta(days=end.weekday()), end),
        "本月": ("本期", end.replace(day=1), end), "上期": ("本期", before.start, before.end),
        "上年同期": ("本期", then.start, then.end),
        "上年同期累计": ("本年累计", date(then.end.year, 1, 1), then.end),
        "年初数": ("期末数", start, date(end.year - 1, 12, 31)),
        "上年同期末数": ("期末数", start, then.end),
    }.get(measure, (measure, start, end))  # fmt: skip


def _states(rows: Rows) -> Counter[tuple[str, str]]:
    """Moves of applications as the journal has them: (from, to)."""
    sql = "SELECT before, after FROM change WHERE record_table = 'application' ORDER BY id"
    moved: Counter[tuple[str, str]] = Counter()
    for before, after in rows.connection.exec_driver_sql(sql):
        new = json.loads(after or "{}").get("state")
        if new:
            moved[(json.loads(before or "{}").get("state", ""), new)] += 1
    return moved


def test_every_number_of_the_front_page_is_what_the_oracle_counts(
    season: Ledger, patient: None
) -> None:
    month = month_of(TODAY)
    spans = [
        Period(month.previous().start, month.previous().end),
        Period(TODAY - timedelta(days=40), TODAY),
        Period(date(TODAY.year, 1, 1), TODAY),
    ]
    assert _agrees(season, spans, ("township", "bank", "kind")) > 1_500


def test_no_number_of_the_front_page_is_nothing(season: Ledger) -> None:
    """Else the comparison above would say little."""
    window = window_of("启动以来累计", Period(date(2024, 5, 1), TODAY), date(2024, 5, 1))
    with season.read() as rows:
        none = [
            spec.label for spec in WORK
            if not spec.value_of(numbers(rows, spec.events, window, Scope("")).get("", Number()))
        ]  # fmt: skip
    assert none == []


def test_the_ledger_is_sound_after_six_months(season: Ledger) -> None:
    assert season.verify() == []
    found = health.check(season)
    assert (found.ok, found.findings) == (True, ())


def test_all_townships_banks_results_and_kinds_have_their_part(season: Ledger) -> None:
    with season.read() as rows:
        visits = rows.find(Query(Visit))
        referrals = rows.find(Query(Referral))
        told = {v["decision"] for v in rows.beside(Referral, [r.id for r in referrals]).values()}
        renewals = rows.find(Query(Renewal))
        kinds = {each.kind for each in rows.find(Query(Activity))}
        again = rows.count(Query(Application, (Where("again_of", "notblank"),)))
        late = bank_clocks.late(rows, TODAY)
    assert len({visit.township for visit in visits} - {None}) == 16
    assert len({each.bank for each in referrals} - {None}) == 20
    assert {each.result for each in visits} >= set(words.VISIT_RESULTS)
    assert {each.kind for each in visits} >= set(words.VISIT_KINDS)
    assert {each.use_found for each in visits} >= set(words.USE_FINDINGS)
    assert told >= set(words.DECISIONS)
    assert {each.way for each in renewals} >= {*words.RENEWAL_WAYS, None}
    assert kinds >= set(words.ACTIVITY_KINDS)
    assert again >= 3
    assert late


def test_nothing_lies_in_the_future(season: Ledger) -> None:
    later = {
        "due_on",
        "mend_by",
        "next_on",
        "wanted_on",
        "until",
        "new_due_on",
        "extended_to",
        "leased_until",
    }
    with season.read() as rows:
        raw = _raw(rows)
    wrong = [
        (table, name, value)
        for table, some in raw.items() for row in some for name, value in row.items()
        if (name == "day" or name.endswith("_on")) and name not in later
        and isinstance(value, str) and value > TODAY.isoformat()
    ]  # fmt: skip
    assert wrong == []


def test_every_move_of_the_review_table_was_taken(season: Ledger) -> None:
    with season.read() as rows:
        moved = _states(rows)
        again = rows.count(Query(Application, (Where("again_of", "notblank"),)))
    missing = [
        move.key for move in review.MOVES
        if not (again if move.renews else any((origin, move.target) in moved for origin in move.origins))
    ]  # fmt: skip
    assert missing == []
    allowed = {(origin, move.target) for move in review.MOVES for origin in move.origins} | {
        ("", review.REGISTERED)
    }
    assert set(moved) <= allowed


def test_every_move_of_the_ticket_table_was_taken(season: Ledger) -> None:
    prefix = "批分单："
    taken = {
        _NAMES[verb]
        for step in season.log(limit=100_000) if step.name.startswith(prefix)
        for verb in step.name.removeprefix(prefix).partition(" ")[0].split("并") if verb in _NAMES
    }  # fmt: skip
    assert taken == set(ticketing.MOVES)


def test_every_move_of_the_rectification_table_was_taken(season: Ledger) -> None:
    names = [step.name for step in season.log(limit=100_000)]
    missing = [
        move.key for move in rectification.MOVES.values()
        if not any(move.text in name for name in names)
    ]  # fmt: skip
    assert missing == []


def test_something_is_due_today_and_something_is_late(practice: Ledger) -> None:
    with practice.read() as rows:
        open_ = (Where("done_on", "blank"), Where("dropped", "blank"))
        assert rows.count(Query(VisitTask, (*open_, Where("due_on", "=", TODAY)))) >= 1
        assert rows.count(Query(VisitTask, (*open_, Where("due_on", "<", TODAY)))) >= 1
        waiting = {each.state for each in rows.find(Query(Application))}
        assert waiting >= {
            *review.WAITING[:3],
            review.RETURNED,
            review.RECOMMENDED,
            review.REGISTERED,
        }
        assert (
            rows.count(Query(Renewal, (Where("way", "blank"), Where("due_on", ">=", TODAY)))) >= 1
        )
        assert bank_clocks.late(rows, TODAY)


def test_taking_back_every_step_gives_the_ledger_before(tmp_path: Path) -> None:
    with make_practice(tmp_path / "退.账套", firms=60, today=TODAY, season=False) as ledger:
        with ledger.read() as rows:
            before, head = _raw(rows), max(step.id for step in ledger.log(limit=100_000))
        play_season(ledger, firms=60, seed=7, today=TODAY, size=Size(60, 26, 26, 10, 10, 2, 10))
        made = [step.id for step in ledger.log(limit=100_000) if step.id > head]
        assert len(made) > 100
        for step in sorted(made, reverse=True):
            ledger.undo(step)
        with ledger.read() as rows:
            after = _raw(rows)
        assert [table for table in before if before[table] != after[table]] == []
        assert ledger.verify() == []


@pytest.mark.slow
def test_five_thousand_targets_are_counted_again(
    tmp_path_factory: pytest.TempPathFactory, patient: None
) -> None:
    """The season of issue 5: 5,000 targets; parts are compared by township and bank."""
    size = Size(5_000, 1_250, 7, 200, 600, 12, 600)
    with _made(tmp_path_factory, 5_200, size) as ledger:
        with ledger.read() as rows:
            assert rows.count(Query(Enterprise)) == 5_200
            assert rows.count(Query(VisitTask)) >= 5_000
            assert rows.count(Query(Visit)) >= 5_000
            assert rows.count(Query(Application)) >= 1_000
            assert len({each.township for each in rows.find(Query(Visit))} - {None}) == 16
            assert len({each.bank for each in rows.find(Query(Referral))} - {None}) == 20
        month = month_of(TODAY).previous()
        compared = _agrees(
            ledger, [Period(month.start, TODAY), month], ("township", "bank", "kind")
        )
        assert compared > 2_500
        assert ledger.verify() == []
        assert health.check(ledger).ok
