"""申报与审核: four applications keyed in, reviewed through four signatures, the sheet printed."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.exchange.exporting import export_list
from ledger_desk.model import review
from ledger_desk.model.records import Application, Enterprise, Review, Visit
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.dialogs.exporting import ExportDialog
from ledger_desk.ui.pages.applications.asking import OpinionSheet, ReasonSheet
from ledger_desk.ui.pages.applications.books import APPLY_COLUMNS, RECOMMEND_COLUMNS
from ledger_desk.ui.pages.applications.page import ApplicationPage
from ledger_desk.ui.printing.papers import PreviewDialog
from ledger_desk.work import applying, reviewing
from tests.ui.application_places import (
    add_banks,
    entry_of,
    fill_desk,
    in_state,
    open_page,
    states,
)
from tests.ui.places import focus, ledger_of, press, settle, type_into

ledger = ledger_of(18)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def firms(ledger: Ledger) -> list[str]:
    return [each.id for each in ledger.find(Query(Enterprise))]


@pytest.fixture
def page(qtbot, window, jobs, ledger, firms):
    yield open_page(qtbot, window, jobs, ledger)
    jobs.wait()


def dialog_of(kind):
    return next(
        (d for d in QApplication.topLevelWidgets() if isinstance(d, kind) and d.isVisible()), None
    )


def pick(qtbot, picker, text: str) -> None:
    """Type into a picker and take the first hit with Enter, which Qt hands to its list."""
    type_into(qtbot, picker, text)
    assert picker.popup().isVisible(), f"nothing is offered for {text}"
    qtbot.keyClick(picker.popup(), Qt.Key.Key_Return)
    picker.window().activateWindow()
    qtbot.waitUntil(picker.window().isActiveWindow)


def key_in(qtbot, page: ApplicationPage, firm: str) -> None:
    form = page._entry.form
    pick(qtbot, form.editors["enterprise"].widget, firm)
    type_into(qtbot, form.editors["amount"].widget, "60")
    type_into(qtbot, form.editors["months"].widget, "12")
    type_into(qtbot, form.editors["purpose"].widget, "流动资金")
    pick(qtbot, form.editors["bank1"].widget, "xxnc")
    form.segments[CRITERIA[0]].setFocus(Qt.FocusReason.TabFocusReason)
    for _ in CRITERIA:
        press(qtbot, Qt.Key.Key_1)
    press(qtbot, Qt.Key.Key_F12)


def test_four_are_keyed_in_reviewed_signed_and_printed_by_keyboard(qtbot, page, ledger, firms):
    add_banks(ledger)
    names = [ledger.get(Enterprise, firm).name[4:7] for firm in firms[4:8]]  # 004 … 007
    press(qtbot, Qt.Key.Key_F12)
    settle(qtbot, lambda: page.cover_view is not None)
    for many, name in enumerate(names, 1):
        key_in(qtbot, page, name)
        settle(qtbot, lambda many=many: states(ledger) == [review.FIRST] * many)
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.cover_view is None)
    # One by one at the first level: Ctrl+Enter approves and brings the next.
    view = page.show_book("applications", "stage1")
    settle(qtbot, lambda: view.count() == 4)
    focus(qtbot, view.panel.grid)
    view.go_to(in_state(ledger, review.FIRST)[0])
    press(qtbot, Qt.Key.Key_R, CTRL)
    settle(qtbot, lambda: page.cover_view is page._review)
    for left in (3, 2, 1, 0):
        press(qtbot, Qt.Key.Key_1, CTRL)
        assert page._review.opinion.text() == "同意。"
        press(qtbot, Qt.Key.Key_Return, CTRL)
        settle(qtbot, lambda left=left: len(in_state(ledger, review.FIRST)) == left)
    press(qtbot, Qt.Key.Key_Escape)
    # The next two levels all at once.
    for number, state in ((2, review.BANK), (3, review.LEADER)):
        view = page.show_book("applications", f"stage{number}")
        settle(qtbot, lambda view=view: view.count() == 4)
        focus(qtbot, view.panel.grid)
        press(qtbot, Qt.Key.Key_A, CTRL)
        settle(qtbot, lambda view=view: view.chosen_count() == 4)
        _do(view, f"pass{number}")
        confirm(qtbot)
        settle(qtbot, lambda state=state: not in_state(ledger, state))
    # The sheet is frozen and shown; then the convener signs.
    view = page.show_book("applications", "stage4")
    settle(qtbot, lambda: view.count() == 4)
    focus(qtbot, view.panel.grid)
    press(qtbot, Qt.Key.Key_A, CTRL)
    settle(qtbot, lambda: view.chosen_count() == 4)
    _do(view, "sheet")
    settle(qtbot, lambda: dialog_of(PreviewDialog) is not None)
    assert "签字" in dialog_of(PreviewDialog).windowTitle()
    dialog_of(PreviewDialog).reject()
    focus(qtbot, view.panel.grid)
    press(qtbot, Qt.Key.Key_A, CTRL)
    settle(qtbot, lambda: view.chosen_count() == 4)
    _do(view, "pass4")
    confirm(qtbot)
    settle(qtbot, lambda: len(in_state(ledger, review.RECOMMENDED)) == 4)
    assert len(ledger.find(Query(Review))) == 16
    assert {each.batch for each in ledger.find(Query(Application))} != {None}
    recommended = page.show_book("recommended")
    settle(qtbot, lambda: recommended.count() == 4)


def confirm(qtbot) -> None:
    """Ctrl+Enter in the sheet that asks for an opinion, once the keyboard is in it."""
    settle(qtbot, lambda: dialog_of(OpinionSheet) is not None)
    sheet = dialog_of(OpinionSheet)
    focus(qtbot, sheet.box.area)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    settle(qtbot, lambda: not sheet.isVisible())


def _do(view, key: str) -> None:
    deed = next(each for each in view.book.deeds if each.key == key)
    deed.on(view, view.chosen())


def test_what_is_not_fit_stays_registered_and_says_why(qtbot, page, ledger, firms):
    banks = add_banks(ledger)
    entry = page.open_entry()
    entry.form.begin(entry_of(firms[0], banks, proper="待核"))
    entry.enter()
    assert states(ledger) == [review.REGISTERED]
    told = [
        entry._notices.itemAt(n).widget().sentence.text() for n in range(entry._notices.count())
    ]
    assert any("待核" in text for text in told)
    entry.form.segments["proper"].set_value("符合")
    entry.enter()
    assert states(ledger) == [review.FIRST]


def test_a_visit_fills_what_is_empty(qtbot, page, ledger, firms):
    banks = add_banks(ledger)
    with ledger.step("走访") as step:
        step.create(
            Visit(
                enterprise=firms[0],
                has_need=True,
                amount=30_000_000,
                purpose="备货",
                bank1=banks[1],
                lawful="符合",
            )
        )
    entry = page.open_entry(enterprise=firms[0])
    assert entry.form.editors["amount"].text().startswith("30")
    assert entry.form.segments["lawful"].value() == "符合"
    assert entry.form.editors["source"].text() == "走访"


def test_a_return_without_words_says_so_on_the_desk(qtbot, page, ledger, firms):
    banks = add_banks(ledger)
    made = applying.register(ledger, [entry_of(firm, banks) for firm in firms[:2]], enter=True).done
    desk = page.open_review(made)
    desk.send_back()
    assert "要写意见" in desk.opinion.field.message()
    desk.opinion.area.set_text("材料不齐")
    desk.send_back()
    assert in_state(ledger, review.RETURNED) == [made[0]]
    assert desk.current() == made[1]
    ledger.undo()
    page.refresh()
    assert desk.facts.record.state == review.FIRST


def test_a_batch_lists_what_could_not_be_moved(qtbot, page, ledger, firms):
    fill_desk(ledger, firms[:16])
    page.refresh()
    view = page.show_book("applications", "stage1")
    settle(qtbot, lambda: view.count() == 3)
    ids = in_state(ledger, review.FIRST) + in_state(ledger, review.BANK)
    from ledger_desk.ui.books.refused_sheet import RefusedSheet
    from ledger_desk.ui.pages.applications import deeds

    deeds.approve(review.BY_FIRST, view, ids)
    sheet = dialog_of(OpinionSheet)
    assert "异常" in sheet.body.itemAt(0).widget().text()
    sheet.take()
    settle(qtbot, lambda: dialog_of(RefusedSheet) is not None)
    dialog_of(RefusedSheet).reject()


def test_a_removal_wants_a_reason(qtbot, page, ledger, firms):
    banks = add_banks(ledger)
    (one,) = applying.register(ledger, [entry_of(firms[0], banks)], enter=True).done
    for _ in range(4):
        reviewing.approve(ledger, [one])
    page.refresh()
    view = page.show_book("recommended")
    settle(qtbot, lambda: view.count() == 1)
    from ledger_desk.ui.pages.applications import deeds

    deeds.remove(view, [one])
    sheet = dialog_of(ReasonSheet)
    sheet.take()
    assert sheet.isVisible()
    type_into(qtbot, sheet.picker, "重复推荐")
    sheet.take()
    settle(qtbot, lambda: in_state(ledger, review.REMOVED) == [one])
    assert ledger.get(Application, one).left_why == "重复推荐"


def test_a_state_is_locked_in_cells_and_in_the_sheet(qtbot, page, ledger, firms):
    banks = add_banks(ledger)
    applying.register(ledger, [entry_of(firms[0], banks)], enter=True)
    page.refresh()
    view = page.view()
    settle(qtbot, lambda: view.count() == 1)
    locked = {column.key: column.locked for column in view.source.columns}
    assert "按钮" in locked["state"]
    assert locked["no"]
    assert not locked["amount"]


@pytest.mark.parametrize(
    ("book", "columns"), [("applications", APPLY_COLUMNS), ("recommended", RECOMMEND_COLUMNS)]
)
def test_the_whole_list_goes_out_with_all_its_columns(
    qtbot, page, ledger, firms, tmp_path, book, columns
):
    fill_desk(ledger, firms[:16])
    page.refresh()
    view = page.show_book(book)
    settle(qtbot, lambda: view.count() > 0)
    _do(view, "full")
    dialog = dialog_of(ExportDialog)
    assert dialog is not None
    dialog.reject()
    path = tmp_path / "清单.xlsx"
    with ledger.read() as rows:
        expected = rows.count(view.query())
    assert export_list(ledger, Application, path, view.query(), fields=columns) == expected
    sheet = load_workbook(path).active
    headings = [cell.value for cell in sheet[1]]
    wanted = {"统一社会信用代码", "意向银行1", "合规持续经营", "贷款用途依法合规"}
    if book == "recommended":
        wanted |= {
            "推荐批次号",
            "初审意见",
            "召集人签字日期",
            "推送日期",
            "银行结果",
            "放款日期",
            "移出原因",
        }
    assert wanted <= set(headings)
