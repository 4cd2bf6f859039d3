"""An event keeps the township of its day (`decisions.md` 25)."""

from __future__ import annotations

from datetime import date

from ledger_desk.model.records import Enterprise, Loan, Matching, Visit

OLD, NEW = "411523100", "411523101"


def test_an_event_keeps_the_township_that_its_firm_had_when_the_firm_moves(ledger):
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲", township=OLD))
        early = step.create(Visit(enterprise=firm, day=date(2026, 1, 5)))
    with ledger.step("迁") as step:
        step.change(Enterprise, firm, {"township": NEW})
        late = step.create(Visit(enterprise=firm, day=date(2026, 3, 5)))
    assert ledger.get(Visit, early).township == OLD
    assert ledger.get(Visit, late).township == NEW
    ledger.undo()
    ledger.redo()
    assert ledger.get(Visit, late).township == NEW


def test_a_township_that_is_said_is_taken_and_a_firm_without_one_gives_none(ledger):
    with ledger.step("建") as step:
        firm = step.create(Enterprise(name="甲", township=OLD))
        bare = step.create(Enterprise(name="乙"))
        ids = step.create_many(
            Loan,
            [{"enterprise": firm, "township": NEW}, {"enterprise": bare}, {"enterprise": firm}],
        )
        lone = step.create(Matching(day=date(2026, 1, 5)))
    assert [ledger.get(Loan, each).township for each in ids] == [NEW, None, OLD]
    assert ledger.get(Matching, lone).township is None
