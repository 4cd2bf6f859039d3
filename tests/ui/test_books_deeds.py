"""Many at once: deeds with refusals, 批量改, export, paper; and what the pane says of one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ledger_desk.model.records import Drawdown, Enterprise, Loan
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.bulk_dialog import BulkDialog
from ledger_desk.ui.books.refused_sheet import RefusedSheet
from ledger_desk.ui.dialogs.exporting import ExportDialog, ExportOrder
from ledger_desk.ui.labels import ElidedLabel
from ledger_desk.ui.printing.papers import PreviewDialog
from ledger_desk.ui.records.record_dialog import RecordDialog
from tests.ui.book_places import LOANS, book_page, go_to_row, rows
from tests.ui.places import ledger_of, press, settle, type_into
from tests.ui.walk import walk

FIRMS = 6
CONTROL = Qt.KeyboardModifier.ControlModifier
ledger = ledger_of(FIRMS)
page = book_page


def settled(ledger) -> int:
    return ledger.count(Query(Loan, (Where("settled_on", "notblank"),)))


def mark_all(qtbot, page) -> None:
    page.view().panel.grid.selectAll()
    settle(qtbot, lambda: page.view().bar.buttons["settle"].words.endswith("笔"))


def modal(qtbot, kind):
    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def test_the_button_says_to_how_many_it_can_be_done(qtbot, page) -> None:
    button = page.view().bar.buttons["settle"]
    mark_all(qtbot, page)
    settle(qtbot, lambda: button.words == "登记结清 9 笔")
    page.view().panel.grid.clearSelection()
    place = page.view().source.place(
        page.ledger.find(Query(Loan, (Where("settled_on", "notblank"),)))[0].id
    )
    go_to_row(page, place)
    settle(qtbot, lambda: button.words == "选中的都结清了")
    assert not button.isEnabled()


def test_a_batch_is_one_step_and_says_what_it_left_and_why(qtbot, page, window, ledger) -> None:
    mark_all(qtbot, page)
    steps = len(ledger.log())
    page.view().bar.buttons["settle"].click()
    sheet = modal(qtbot, RefusedSheet)
    assert len(ledger.log()) == steps + 1
    assert settled(ledger) == LOANS
    assert sheet.windowTitle() == "登记结清：3 笔没有办"
    assert not walk(sheet, allow=("HT",))
    sheet.copy_button.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == 4
    assert "不能再结一次" in lines[1]
    sheet.open_button.click()
    dialog = modal(qtbot, RecordDialog)
    record = page.view().current()
    assert dialog.form.keeper.record == record
    dialog.reject()
    toast = window.toasts.shown()[0]
    assert toast.accessibleName() == "已登记结清 9 笔"
    toast.first_button().click()
    settle(qtbot, lambda: settled(ledger) == 3)


def test_a_refused_one_is_gone_to_even_where_a_condition_hides_it(qtbot, page, ledger) -> None:
    view = page.view()
    done = ledger.find(Query(Loan, (Where("settled_on", "notblank"),)))[0]
    view.show_view("open")
    view.reveal(done.id)
    assert view.current() == done.id
    assert view.view_key() == "all"


def test_a_batch_that_fails_changes_nothing_and_says_so(qtbot, page, ledger, monkeypatch) -> None:
    from ledger_desk.errors import UserError
    from ledger_desk.ui.books import batch

    said: list[str] = []
    monkeypatch.setattr(
        batch, "show_error", lambda parent, error, doing: said.append(f"{doing}：{error}")
    )

    def work(progress):
        raise UserError("银行没有选。")

    batch.run_batch(page.view(), "推送", work)
    settle(qtbot, lambda: said == ["推送没有办成：银行没有选。"])


def test_one_field_of_many_is_changed_as_one_step(qtbot, page, window, ledger) -> None:
    page.view().panel.grid.selectAll()
    press(qtbot, Qt.Key.Key_B, CONTROL)
    dialog = modal(qtbot, BulkDialog)
    assert dialog.windowTitle() == f"批量改 {LOANS} 笔贷款"
    assert "settled_on" not in dialog._specs
    dialog.choose("product")
    dialog.editor.set_value("信阳毛尖贷")
    dialog._tell()
    assert dialog.go.words == f"改 {LOANS} 笔"
    assert not walk(dialog)
    steps = len(ledger.log())
    dialog.go.click()
    settle(
        qtbot, lambda: ledger.count(Query(Loan, (Where("product", "=", "信阳毛尖贷"),))) == LOANS
    )
    assert [s.name for s in ledger.log()][: len(ledger.log()) - steps] == [
        f"批量改 {LOANS} 笔贷款的“贷款产品”"
    ]
    settle(qtbot, lambda: bool(window.toasts.shown()))
    window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: ledger.count(Query(Loan, (Where("product", "notblank"),))) == 0)


def test_many_are_emptied_and_what_is_empty_already_is_not_counted(qtbot, page, ledger) -> None:
    page.view().panel.grid.selectAll()
    page.view().change_many()
    dialog = modal(qtbot, BulkDialog)
    dialog.choose("product")
    dialog.empty.setChecked(True)
    assert dialog.go.words == "没有要改的"
    assert not dialog.go.isEnabled()
    dialog.choose("purpose")
    dialog.empty.setChecked(True)
    assert dialog.go.words == f"改 {LOANS} 笔"
    dialog.go.click()
    settle(qtbot, lambda: ledger.count(Query(Loan, (Where("purpose", "notblank"),))) == 0)


def test_the_list_goes_out_as_it_is_filtered_with_columns_of_the_firm(
    qtbot, page, window, tmp_path
) -> None:
    page.view().show_view("open")
    press(qtbot, Qt.Key.Key_E, CONTROL)
    dialog = modal(qtbot, ExportDialog)
    assert dialog.windowTitle() == "导出 9 笔贷款"
    dialog.reject()
    view, path = page.view(), tmp_path / "贷款.csv"
    names = tuple(name for name in view.source.names if name != "left")
    view.deeds.export(view.query(), path, ExportOrder(names, ".csv"))
    settle(qtbot, lambda: [t.accessibleName() for t in window.toasts.shown()] == ["已导出 9 笔"])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("经营主体,乡镇(街道),贷款银行,合同金额(万元),到期日期")
    assert lines[1].split(",")[1] in ("新集镇", "沙窝镇")
    assert len(lines) == 10


def test_the_list_stands_on_paper_as_on_the_screen(qtbot, page, window) -> None:
    page.view().print_list()
    preview = modal(qtbot, PreviewDialog)
    assert preview.windowTitle() == f"{LOANS} 笔　贷款名单，1 页"
    preview.reject()


def test_the_pane_leads_to_the_firm_and_lists_what_hangs_on_the_record(qtbot, page, ledger) -> None:
    go_to_row(page, 0)
    record = page.view().current()
    settle(qtbot, lambda: page.pane_content.record() == record)
    loan = ledger.get(Loan, record)
    firm = ledger.get(Enterprise, loan.enterprise)
    pane = page.pane_content
    go = next(
        b
        for b in pane.findChildren(type(page._new))
        if b.accessibleName().startswith("打开经营主体")
    )
    with qtbot.waitSignal(page.elsewhere_wanted) as heard:
        go.click()
    assert heard.args == ["enterprise", firm.id]
    begin = next(
        b for b in pane.findChildren(type(page._new)) if b.accessibleName() == "加一条放款"
    )
    begin.click()
    dialog = modal(qtbot, RecordDialog)
    type_into(qtbot, dialog.form.editor("day").widget, "2024-11-18")
    type_into(qtbot, dialog.form.editor("amount").widget, "5")
    assert dialog.form.save()
    dialog.reject()
    made = ledger.find(Query(Drawdown))[0]
    assert (made.loan, made.amount) == (record, 5_000_000)
    settle(qtbot, lambda: any("5.00 万元" in line.text() for line in lines(pane)))


def lines(pane) -> list[ElidedLabel]:
    return [each for each in pane.findChildren(ElidedLabel) if each.isVisible()]


def test_a_file_hangs_on_a_record(qtbot, page, ledger, tmp_path) -> None:
    go_to_row(page, 0)
    record = page.view().current()
    settle(qtbot, lambda: page.pane_content.record() == record)
    path = tmp_path / "合同.txt"
    path.write_text("借款合同", encoding="utf-8")
    page.pane_content.strip.deeds.take([path])
    settle(qtbot, lambda: page.pane_content.strip.count() == 1)
    held = page.pane_content.strip._held[0].attachment
    assert (held.on_table, held.on_record) == ("loan", record)
    go_to_row(page, 1)
    settle(qtbot, lambda: page.pane_content.strip.count() == 0)


def test_a_record_is_gone_to_from_elsewhere_in_whichever_book_has_it(qtbot, page, ledger) -> None:
    page.show_book("met")
    record = ledger.find(Query(Loan))[4].id
    page.show_record("loan", record)
    assert page.view().book.key == "loans"
    assert page.view().current() == record
    assert rows(page) == LOANS
