"""Issue 5, done when 4: one renewal, park, ticket, activity and guarantee, each from the first key to
its place in a list, with keys only, in the whole window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeVar

import pytest

from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Activity,
    Attendance,
    Bank,
    Enterprise,
    Guarantee,
    Loan,
    Park,
    Renewal,
    Tenancy,
    Ticket,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.dialogs.asking import AskFields
from ledger_desk.ui.firms.adding import AddFirms
from ledger_desk.ui.pages.tickets.asking import DeedSheet
from ledger_desk.ui.records.record_dialog import RecordDialog
from tests.ui.hands import Hands, Key, hands_on
from tests.ui.places import ledger_of

ledger = ledger_of(6)
TODAY = date.today()
Made = TypeVar("Made", bound=Record)


@pytest.fixture
def hands(qtbot, theme, ledger: Ledger) -> Iterator[Hands]:
    """A window on six firms, a bank, and a loan that falls due in twenty days."""
    firm = min(ledger.find(Query(Enterprise)), key=lambda each: str(each.name))
    with ledger.step("备") as step:
        bank = step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
        step.create(Loan(
            enterprise=firm.id, bank=bank, contract="HT-1", amount=50_000_000,
            signed_on=TODAY - timedelta(days=345), due_on=TODAY + timedelta(days=20),
        ))  # fmt: skip
    with hands_on(qtbot, ledger) as made:
        yield made


def only(ledger: Ledger, cls: type[Made]) -> Made:
    (found,) = ledger.find(Query(cls))
    return found


def test_one_renewal(hands: Hands, ledger: Ledger) -> None:
    page = hands.page("renewals")
    hands.book(page, "due", "soon")
    hands.listed(page, 1)
    hands.push(page.view().bar.buttons["propose"])
    hands.until(lambda: ledger.count(Query(Renewal)) == 1)
    hands.quiet()
    hands.book(page, "renewals", "new")
    hands.listed(page, 1)
    hands.push(page.view().bar.buttons["ask"])
    asked = hands.sheet(AskFields)
    hands.fill(asked.editors, wanted="1", wanted_amount="40")
    hands.store(asked)
    hands.until(lambda: only(ledger, Renewal).wanted is True)
    hands.book(page, "renewals", "wanted")
    hands.listed(page, 1)
    hands.push(page.view().bar.buttons["end"])
    ended = hands.sheet(AskFields)
    later = TODAY + timedelta(days=365)
    hands.fill(ended.editors, way="wuhuanben")
    hands.fill(ended.editors, new_due_on=later.isoformat(), amount="40")
    hands.store(ended)
    hands.book(page, "renewals", "done")
    hands.listed(page, 1)
    made = only(ledger, Renewal)
    assert (made.way, made.new_due_on, made.amount) == ("无还本续贷", later, 40_000_000)
    new = ledger.get(Loan, str(made.new_loan))
    assert new is not None
    assert new.form == "无还本续贷"


def test_one_park(hands: Hands, ledger: Ledger) -> None:
    page = hands.page("parks")
    hands.press(Key.Key_F12)
    sheet = hands.sheet(RecordDialog)
    hands.fill(sheet.form._editors, name="羚锐小微企业园", stars="sixing")
    hands.store(sheet)
    hands.listed(page, 1)
    hands.push(page.view().bar.buttons["letin"])
    adding = hands.sheet(AddFirms)
    some = sorted(str(firm.code) for firm in ledger.find(Query(Enterprise)))[:2]
    hands.reach(adding.area)
    hands.write("\n".join(some))
    hands.until(lambda: adding.go.words == "加进 2 户")
    hands.store(adding)
    hands.until(lambda: ledger.count(Query(Tenancy)) == 2)
    hands.quiet()
    park = only(ledger, Park)
    assert (park.name, park.stars) == ("羚锐小微企业园", "四星级")
    hands.book(page, "parks", "short")  # two inside, none with credit: it stands among those short
    hands.listed(page, 1)
    assert page.view().current() == park.id
    hands.book(page, "firms")
    hands.listed(page, 2)


def test_one_ticket_to_zero(hands: Hands, ledger: Ledger) -> None:
    page = hands.page("tickets")
    hands.press(Key.Key_F12)
    sheet = hands.sheet(DeedSheet)
    hands.fill(
        sheet.editors, source="qiye", enterprise="jia000", kind="shuiwu", problem="开不出发票"
    )
    hands.store(sheet)
    hands.until(lambda: ledger.count(Query(Ticket)) == 1)
    steps: tuple[tuple[str, dict[str, str]], ...] = (
        ("已研判", {"weight": "1", "proposal": "转税务局"}),
        ("办理中", {"lead": "县税务局"}),
        ("办理中", {"words": "正在核"}),
        ("已办结", {"outcome": "发票额度已调"}),
        ("已答复", {"satisfied": "1", "satisfied_way": "1"}),
        ("已销号", {}),
    )
    for after, texts in steps:
        hands.listed(page, 1)
        hands.press(Key.Key_F9)
        sheet = hands.sheet(DeedSheet)
        hands.fill(sheet.editors, **texts)
        hands.store(sheet)
        hands.until(lambda after=after: only(ledger, Ticket).state == after)
    hands.book(page, "tickets", "closed")
    hands.listed(page, 1)
    assert page.view().current() == only(ledger, Ticket).id


def test_one_activity(hands: Hands, ledger: Ledger) -> None:
    page = hands.page("activities")
    hands.book(page, "activities", "fairs")
    hands.press(Key.Key_F12)
    sheet = hands.sheet(RecordDialog)
    hands.fill(sheet.form._editors, name="全县首贷专场对接会")
    hands.store(sheet)
    hands.listed(page, 1)
    hands.push(page.view().bar.buttons["firms"])
    adding = hands.sheet(AddFirms)
    some = sorted(str(firm.code) for firm in ledger.find(Query(Enterprise)))[:3]
    hands.reach(adding.area)
    hands.write("\n".join(some))
    hands.until(lambda: adding.go.words == "登记参加 3 户")
    hands.store(adding)
    hands.until(lambda: ledger.count(Query(Attendance)) == 3)
    hands.quiet()
    made = only(ledger, Activity)
    assert (made.name, made.kind, made.day) == ("全县首贷专场对接会", "首贷专场对接会", TODAY)
    hands.book(page, "attendances")
    hands.listed(page, 3)


def test_one_guarantee(hands: Hands, ledger: Ledger) -> None:
    page = hands.page("pushing")
    hands.book(page, "guarantors")
    hands.press(Key.Key_F12)
    sheet = hands.sheet(RecordDialog)
    hands.fill(sheet.form._editors, name="新县融资担保公司", kind="zhengfu")
    hands.store(sheet)
    hands.listed(page, 1)
    hands.book(page, "guarantees")
    hands.press(Key.Key_F12)
    sheet = hands.sheet(RecordDialog)
    hands.fill(
        sheet.form._editors, enterprise="jia000", guarantor="danbao", bank="nong", amount="100",
        fee="0.8", until=(TODAY + timedelta(days=365)).isoformat(),
    )  # fmt: skip
    hands.store(sheet)
    hands.until(lambda: ledger.count(Query(Guarantee)) == 1)
    hands.book(page, "guarantees", "live")
    hands.listed(page, 1)
    made = only(ledger, Guarantee)
    assert page.view().current() == made.id
    assert (made.amount, made.fee, made.since) == (100_000_000, 8_000, TODAY)
    firm = ledger.get(Enterprise, str(made.enterprise))
    assert firm is not None
    assert "甲000" in str(firm.name)
