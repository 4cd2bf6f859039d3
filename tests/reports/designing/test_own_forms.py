"""Own forms in the ledger: kept, changed, switched off and taken back; none can break the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.model.records import OfficeForm
from ledger_desk.reports.catalogue import catalogue, load_form, load_forms, problems, run
from ledger_desk.reports.designing.draft import Draft, Formula, draft_from, with_column
from ledger_desk.reports.designing.keeping import keep, own_forms, switch_off, switch_on
from ledger_desk.reports.designing.trying import last_period, try_out
from ledger_desk.reports.due_forms import due_forms
from ledger_desk.store import blobs
from ledger_desk.store.health import check
from ledger_desk.store.ledger import Ledger
from tests.reports.designing.making import new_ledger

BUILT_IN = load_forms().forms
START, END = date(2024, 11, 1), date(2024, 11, 30)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "新县.账套") as made:
        yield made


def mine(name: str = "campaign", **changes: object) -> Draft:
    told: dict[str, object] = {"id": "mine", "title": "百行进万企周报", **changes}
    return replace(draft_from(BUILT_IN[name]), **told)  # type: ignore[arg-type]


def test_a_kept_form_is_listed_made_and_explained_and_one_step_takes_it_back(
    ledger: Ledger,
) -> None:
    tried = try_out(ledger, mine(), START, END)
    assert "mine" not in load_forms(ledger).forms
    record = keep(ledger, mine(), "城里来的")
    info = next(each for each in catalogue(ledger) if each.id == "mine")
    assert (info.own, info.kept_as, info.as_json()["own"]) == (True, "自有", True)
    assert not any(each.own for each in catalogue(ledger) if each.id != "mine")
    assert load_form("mine", ledger).get("mine").own
    made = run(ledger, "mine", START, END)
    assert made.xlsx == tried.xlsx
    assert made.report.form.title == "百行进万企周报"
    with ledger.read() as rows:
        (own,) = own_forms(rows)
    assert (own.record, own.id, own.off, own.replaces, own.note) == (
        record,
        "mine",
        False,
        "",
        "城里来的",
    )
    assert keep(ledger, mine(title="百行进万企月报")) == record
    assert load_forms(ledger).forms["mine"].title == "百行进万企月报"
    ledger.undo()
    assert load_forms(ledger).forms["mine"].title == "百行进万企周报"
    assert ledger.undo_name() == "保存自有表样“百行进万企周报”"
    ledger.undo()
    assert load_forms(ledger).forms.keys() == BUILT_IN.keys()


def test_one_of_a_built_in_id_replaces_it_until_it_is_switched_off(ledger: Ledger) -> None:
    keep(ledger, mine("results", id="results", title="成效统计表（市定）"))
    assert load_forms(ledger).forms["results"].title == "成效统计表（市定）"
    assert len(load_forms(ledger).forms) == len(BUILT_IN)
    with ledger.read() as rows:
        assert own_forms(rows)[0].replaces == BUILT_IN["results"].title
    switch_off(ledger, "results")
    assert load_forms(ledger).forms["results"].title == BUILT_IN["results"].title
    assert load_form("results", ledger).get("results").title == BUILT_IN["results"].title
    switch_on(ledger, "results")
    assert load_form("results", ledger).get("results").own
    with pytest.raises(UserError, match="程序自带的表样，不能停用"):
        switch_off(ledger, "campaign")
    with pytest.raises(UserError, match="没有代号是“nosuch”"):
        switch_off(ledger, "nosuch")
    assert load_forms().forms["results"].title == BUILT_IN["results"].title


def test_own_forms_are_due_like_the_others(ledger: Ledger) -> None:
    keep(ledger, mine(every="月", due_day=5))
    assert any(form.id == "mine" for form in due_forms(ledger))


HOSTILE = (
    "", "id = ", "[" * 5_000, "x = " + "[" * 3_000 + "]" * 3_000, "id = 3\ntitle = 4", "\x00", "id = \"bad\"\n" * 3,
    'id = "bad"\ntitle = "表"\nstanding = "正式表样"\nmechanism = "没有"\nsheet = "没有"\nblock = 3',
)  # fmt: skip


def test_nothing_that_an_own_form_may_hold_breaks_the_list_of_the_others(ledger: Ledger) -> None:
    from ledger_desk.reports.designing.draft import definition

    good = definition(mine(id="bad"))
    bad = [(text, BUILT_IN["campaign"].blank) for text in HOSTILE]
    bad += [
        (good, b"no workbook"),
        (good, b""),
        (good.replace('id = "bad"', 'id = "other"'), b"PK"),
    ]
    with ledger.step("坏表样") as step:
        for number, (text, blank) in enumerate(bad):
            kept = blobs.keep(step, blank)
            step.create(
                OfficeForm(name=f"bad{number}", form_title="坏", definition=text, blank=kept)
            )
        step.create(OfficeForm(name="gone", form_title="没了", definition=good, blank="0" * 64))
        step.create(
            OfficeForm(name="campaign", form_title="坏的对接表", definition="id =", blank="0" * 64)
        )
    found = load_forms(ledger)
    assert found.forms.keys() == BUILT_IN.keys()
    assert {problem.form for problem in problems(ledger)} >= {
        "bad0",
        "bad3",
        "bad8",
        "gone",
        "campaign",
    }
    assert all(len(problem.sentence()) < 400 for problem in problems(ledger))
    assert run(ledger, "campaign", START, END).report.form.title == BUILT_IN["campaign"].title
    assert any("自有表样的空白表少了 2 份" in each for each in check(ledger).findings)
    with pytest.raises(UserError, match="bad1"):
        load_form("bad1", ledger).get("bad1")


def test_a_form_that_others_look_into_is_not_taken_from_them(ledger: Ledger) -> None:
    keep(ledger, mine(id="base", title="底表"))
    looks = with_column(mine(id="looks", title="看表"), 0, "D", choice=Formula("底表!C21 + 0 * C"))
    looks = replace(looks, rules=())
    keep(ledger, looks)
    assert {"base", "looks"} <= load_forms(ledger).forms.keys()
    with pytest.raises(UserError, match="用了它原来的表名“底表”"):
        keep(ledger, mine(id="base", title="改名的底表"))
    switch_off(ledger, "base")
    assert "looks" not in load_forms(ledger).forms
    assert any("没有“底表”这张报表" in problem.why for problem in problems(ledger))
    assert load_forms(ledger).forms.keys() == BUILT_IN.keys()


def test_a_draft_with_mistakes_is_neither_tried_nor_kept(ledger: Ledger) -> None:
    wrong = with_column(mine(), 0, "D", choice=Formula("C / ("))
    for deed in (lambda: keep(ledger, wrong), lambda: try_out(ledger, wrong, START, END)):
        with pytest.raises(UserError, match="处要改"):
            deed()
    assert ledger.undo_name() is None or "表样" not in str(ledger.undo_name())


def test_the_last_period_that_is_over() -> None:
    today = date(2025, 1, 20)
    assert [(p.start, p.end) for p in (last_period(each, today) for each in ("月", "季", "年", "随时"))] == [
        (date(2024, 12, 1), date(2024, 12, 31)), (date(2024, 10, 1), date(2024, 12, 31)),
        (date(2024, 1, 1), date(2024, 12, 31)), (date(2024, 12, 1), date(2024, 12, 31)),
    ]  # fmt: skip


def test_a_closed_period_keeps_its_form_and_the_comparison_says_that_it_changed(
    ledger: Ledger,
) -> None:
    from ledger_desk.reports.periods.closing import close_period, reopen_period
    from ledger_desk.reports.periods.kept import closed_or_made
    from ledger_desk.reports.periods.restating import restate

    held = close_period(ledger, run(ledger, "campaign", START, END))
    before = closed_or_made(ledger, "campaign", START, END)
    assert restate(ledger, held, forms=load_forms(ledger)).changed_meaning == ()
    keep(ledger, mine(id="campaign", title="对接表（市定）", rules=()))
    after = closed_or_made(ledger, "campaign", START, END)
    assert (after.xlsx, after.pdf.pdf) == (before.xlsx, before.pdf.pdf)
    told = restate(ledger, held, forms=load_forms(ledger)).changed_meaning
    assert told == (
        "表样在结账后改过，现在用的是自有表样“对接表（市定）”；两边都照结账时的表样列。",
    )
    reopen_period(ledger, held.id, "换了表样", "张三")
    assert closed_or_made(ledger, "campaign", START, END).report.form.title == "对接表（市定）"
