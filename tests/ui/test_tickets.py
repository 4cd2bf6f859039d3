"""问题台账 by keyboard: one ticket from the first key to zero, one fault, batches, papers, sizes."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.model.records import Rectification, Ticket, TicketAction
from ledger_desk.store.queries import Query
from ledger_desk.ui.books.refused_sheet import RefusedSheet
from ledger_desk.ui.pages.tickets import deeds, mending
from ledger_desk.ui.pages.tickets.asking import DeedSheet
from ledger_desk.ui.printing.papers import PreviewDialog
from ledger_desk.ui.records.editors import SegmentEditor
from ledger_desk.ui.records.record_dialog import RecordDialog
from ledger_desk.work import rectifying
from tests.ui.places import focus, ledger_of, press, settle, type_into
from tests.ui.ticket_places import (
    ago,
    faults,
    fill_registers,
    fill_tickets,
    open_tickets,
    tickets,
)
from tests.ui.walk import walk, walk_pages

CONTROL = Qt.KeyboardModifier.ControlModifier
ledger = ledger_of(6)
MANY = 12


@pytest.fixture
def page(qtbot, window, jobs, ledger):
    made = open_tickets(qtbot, window, jobs, ledger)
    yield made
    jobs.wait()


@pytest.fixture
def full(qtbot, window, jobs, ledger):
    fill_tickets(ledger, MANY)
    fill_registers(ledger)
    made = open_tickets(qtbot, window, jobs, ledger)
    yield made
    jobs.wait()


def asked(qtbot, kind=DeedSheet):
    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), kind))
    sheet = QApplication.activeModalWidget()
    sheet.activateWindow()
    settle(qtbot, lambda: sheet.isActiveWindow() and sheet.isAncestorOf(QApplication.focusWidget()))
    return sheet


def put(qtbot, sheet: DeedSheet, **texts: str) -> None:
    """Write into fields of a sheet as a person does: a digit into a choice, words elsewhere."""
    for name, text in texts.items():
        editor = sheet.editors[name]
        if isinstance(editor, SegmentEditor):
            focus(qtbot, editor.widget)
            press(qtbot, Qt.Key(ord(text)))
        else:
            type_into(qtbot, editor.widget, text)
            if name == "enterprise":
                popup = editor.widget.popup()
                settle(qtbot, popup.isVisible)
                qtbot.keyClick(popup, Qt.Key.Key_Return)
            press(qtbot, Qt.Key.Key_Tab)


def store(qtbot, sheet: DeedSheet) -> None:
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: QApplication.activeModalWidget() is not sheet)


def next_deed(qtbot, page, key=Qt.Key.Key_F9) -> DeedSheet:
    grid = page.view().panel.grid
    settle(qtbot, lambda: page.main_window.focusWidget() is grid)
    focus(qtbot, grid)  # without a screen no window comes to the front by itself
    press(qtbot, key)
    return asked(qtbot)


def state(ledger) -> str:
    return tickets(ledger)[0].state


def counts(page) -> dict[str, int | None]:
    return {tab.key: tab.count for tab in page.view().tabs.tabs()}


def test_one_ticket_from_the_first_key_to_zero(qtbot, page, ledger) -> None:
    press(qtbot, Qt.Key.Key_F12)
    sheet = asked(qtbot)
    assert sheet.focusWidget() is sheet.editors["source"].widget
    put(
        qtbot,
        sheet,
        source="企业",
        enterprise="jia000",
        kind="税务",
        problem="开不出发票",
        phone="13803970001",
    )
    store(qtbot, sheet)
    settle(qtbot, lambda: len(tickets(ledger)) == 1)
    ticket = tickets(ledger)[0]
    assert (ticket.state, ticket.source, ticket.collected_on) == ("已收集", "企业", date.today())
    assert ticket.enterprise
    settle(qtbot, lambda: page.view().current() == ticket.id)
    steps = (
        ("已研判", {"weight": "1", "proposal": "转税务局"}),
        ("办理中", {"lead": "县税务局"}),
        ("办理中", {"words": "正在核"}),
        ("已办结", {"outcome": "发票额度已调"}),
        ("已答复", {"satisfied": "1", "satisfied_way": "1"}),
        ("已销号", {}),
    )
    for number, (after, texts) in enumerate(steps):
        sheet = next_deed(qtbot, page)
        put(qtbot, sheet, **texts)
        store(qtbot, sheet)
        settle(qtbot, lambda n=number: ledger.count(Query(TicketAction)) == n + 2)
        assert state(ledger) == after
    settle(qtbot, lambda: counts(page)["closed"] == 1)
    page.view().show_view("closed")
    assert page.view().count() == 1
    assert tickets(ledger)[0].fed_back_on == date.today()


def test_f12_on_the_sheet_stores_and_begins_the_next_one(qtbot, page, ledger) -> None:
    press(qtbot, Qt.Key.Key_F12)
    sheet = asked(qtbot)
    for number in (1, 2):
        put(qtbot, sheet, source="窗口", kind="担保", problem=f"第 {number} 件")
        press(qtbot, Qt.Key.Key_F12)
        settle(qtbot, lambda n=number: len(tickets(ledger)) == n)
        assert sheet.isVisible()
        assert sheet.editors["problem"].text() == ""
        assert sheet.editors["collected_on"].value() == date.today()
    sheet.reject()
    assert sorted(t.no for t in tickets(ledger)) == [
        f"批分{date.today().year}-000{n}" for n in (1, 2)
    ]


def test_what_is_missing_or_wrong_is_said_on_the_sheet_and_nothing_is_written(
    qtbot, full, ledger
) -> None:
    ticket = next(t for t in tickets(ledger) if t.state == "办理中")
    full.view().go_to(ticket.id)
    sheet = next_deed(qtbot, full, Qt.Key.Key_F9)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: bool(sheet.fields["words"].message()))
    assert "还空着" in sheet.fields["words"].message()
    put(qtbot, sheet, words="在办", day=str(date.today().replace(year=date.today().year + 1)))
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: sheet.wrong.isVisible())
    assert "还没有到" in sheet.wrong.text()
    sheet.reject()
    assert ledger.get(Ticket, ticket.id) == ticket


def test_views_count_by_the_clocks(full) -> None:
    numbers = counts(full)
    assert numbers["all"] == MANY
    assert numbers["today"] == 1
    assert numbers["escalated"] == 1
    assert numbers["closed"] == 2
    assert (numbers["answer"], numbers["close"]) == (2, 1)
    assert numbers["late"]
    for key, many in numbers.items():
        full.view().show_view(key)
        assert full.view().count() == many


def test_a_batch_moves_what_it_can_and_lists_the_rest(qtbot, full, ledger) -> None:
    view = full.view()
    view.panel.grid.selectAll()
    before = len(ledger.log())
    deeds.ask_move("watch", view, view.chosen())
    sheet = asked(qtbot)
    put(qtbot, sheet, words="统一督办")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    refused = asked(qtbot, RefusedSheet)
    assert len(ledger.log()) == before + 1
    assert "没有办" in refused.windowTitle()
    assert not walk(refused)
    refused.reject()
    watched = [a for a in ledger.find(Query(TicketAction)) if a.content == "统一督办"]
    assert len(watched) == len([t for t in tickets(ledger) if t.state in ("办理中", "已上报")])


def test_judging_and_handing_over_on_one_sheet(qtbot, full, ledger) -> None:
    ticket = next(t for t in tickets(ledger) if t.state == "已收集")
    full.view().go_to(ticket.id)
    settle(qtbot, lambda: full.view().panel.grid.hasFocus())
    press(qtbot, Qt.Key.Key_0, CONTROL)
    sheet = asked(qtbot)
    put(qtbot, sheet, weight="2", proposal="开会研究", lead="县发改委")
    store(qtbot, sheet)
    settle(qtbot, lambda: ledger.get(Ticket, ticket.id).state == "办理中")
    made = ledger.get(Ticket, ticket.id)
    assert (made.weight, made.lead, made.judged_on) == ("重大或复杂", "县发改委", date.today())


def test_the_state_is_moved_by_deeds_only(qtbot, full, ledger) -> None:
    ticket = tickets(ledger)[0]
    full.view().go_to(ticket.id)
    press(qtbot, Qt.Key.Key_Return)
    sheet = asked(qtbot, RecordDialog)
    assert "state" not in sheet.form._fields
    assert not walk(sheet)
    sheet.reject()
    assert "由" in full.view().book.locked["state"]


def test_one_fault_from_the_inspection_to_zero(qtbot, full, ledger) -> None:
    view = full.show_book("inspections")
    view.show_view("turn")
    settle(qtbot, lambda: view.count() == 1)
    view.panel.grid.setFocus()
    view.go_to(view.source.ids(0, 1)[0])
    sheet = next_deed(qtbot, full)
    put(qtbot, sheet, due_on=str(ago(-10)), person="周主任")
    store(qtbot, sheet)
    settle(qtbot, lambda: full.view().book.key == "mendings")
    made = next(f for f in faults(ledger) if f.state == "待整改" and f.source == "走流程")
    settle(qtbot, lambda: full.view().current() == made.id)
    full.view().panel.grid.setFocus()
    for after, texts in (
        ("整改中", {}), ("已整改待复核", {"measure": "减两个环节", "proof": "流程图"}), ("已销号", {}),
    ):  # fmt: skip
        sheet = next_deed(qtbot, full)
        put(qtbot, sheet, **texts)
        store(qtbot, sheet)
        settle(qtbot, lambda s=after: ledger.get(Rectification, made.id).state == s)
    last = ledger.get(Rectification, made.id)
    assert last.order_no.startswith("交办函")
    assert last.checked_by == "程映雪"
    full.view().show_view("closed")
    assert made.id in full.view().source.ids(0, 10)


def test_sheets_of_many_are_looked_at_in_one_paper(qtbot, full, ledger) -> None:
    full.view().panel.grid.selectAll()
    settle(qtbot, lambda: full.view().bar.buttons["sheets"].words == f"打印批分单 {MANY} 件")
    full.view().bar.buttons["sheets"].click()
    dialog = asked(qtbot, PreviewDialog)
    assert f"批分单，{MANY} 页" in dialog.windowTitle()
    dialog.reject()
    view = full.show_book("mendings")
    mending_list = next(deed for deed in view.book.deeds if deed.key == "register")
    mending_list.on(view, [])
    dialog = asked(qtbot, PreviewDialog)
    assert "问题整改台账" in dialog.windowTitle()
    dialog.reject()


def test_the_registers_warn_of_what_is_missing(qtbot, full, ledger) -> None:
    for key, words in (("complaints", "没写处理"), ("duty_cases", "没写依据"), ("inspections", "")):
        view = full.show_book(key)
        settle(qtbot, lambda v=view: v.count() > 0)
        model = view.panel.grid.lazy_model()
        place = [column.key for column in model.columns].index("check")
        texts = [getattr(model.cell(n, place), "text", "") for n in range(view.count())]
        assert any(words in text for text in texts) if words else True


@pytest.mark.slow
def test_every_book_can_be_read_and_reached_at_every_size(qtbot, full, window) -> None:
    for book in full.books:
        view = full.show_book(book.key)
        settle(qtbot, lambda v=view: v.count() > 0)
        view.go_to(view.source.ids(0, 1)[0])
        assert walk_pages(window) == []


def test_an_empty_page_says_how_to_begin(qtbot, page, window) -> None:
    for book in page.books:
        page.show_book(book.key)
        assert page.view().panel._empty.isVisible()
    assert walk_pages(window) == []
    page.show_book(page.books[0].key)
    assert walk_pages(window) == []


def test_every_sheet_can_be_read_at_every_size(qtbot, full, ledger, theme) -> None:
    view = full.view()
    one = {t.state: t.id for t in tickets(ledger)}
    fault = {f.state: f.id for f in faults(ledger)}
    opened = [
        lambda: deeds.collect(view), lambda: deeds.judge_and_hand(view, [one["已收集"]]),
        lambda: deeds.ask_flags(view, [one["办理中"]]), lambda: mending.find(full.book("mendings")),
        *(lambda key=key, at=at: deeds.ask_move(key, view, [one[at]]) for key, at in (
            ("judge", "已收集"), ("hand", "已研判"), ("reassign", "办理中"), ("extend", "办理中"),
            ("escalate", "办理中"), ("answer", "已办结"), ("reopen", "已销号"), ("account", "办理中"),
        )),
        *(lambda key=key, at=at: mending.ask_move(key, full.book("mendings"), [fault[at]]) for key, at in (
            ("order", "待整改"), ("mend", "整改中"), ("return", "已销号"),
        )),
    ]  # fmt: skip
    for factor in (1.0, 2.0):
        theme.set(factor=factor, contrast=False)
        for open_one in opened:
            open_one()
            sheet = asked(qtbot)
            assert walk(sheet) == [], sheet.windowTitle()
            sheet.reject()


def test_units_that_were_written_are_offered_again(qtbot, full, ledger) -> None:
    deeds.ask_move(
        "hand", full.view(), [next(t.id for t in tickets(ledger) if t.state == "已研判")]
    )
    sheet = asked(qtbot)
    items = sheet.editors["lead"].picker._items("")
    assert "县自然资源局" in [item.text for item in items]
    sheet.reject()


def test_a_fault_made_elsewhere_goes_on_from_where_its_days_say(ledger) -> None:
    with ledger.step("装入") as step:
        made = step.create(
            Rectification(source="自查", found_on=ago(9), problem="没公示", due_on=ago(-9), unit="信贷部",
                          measure="公示", ordered_on=ago(5))
        )  # fmt: skip
    assert rectifying.move(ledger, [made], "mend", proof="照片").done == [made]
