"""A book by keyboard: views, search, new, open, edit, bin and back, and what stands when it is empty."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.model.records import Bank, Enterprise, Loan
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.records.record_dialog import RecordDialog
from tests.ui.book_places import (
    LOANS,
    book_page,
    cell_text,
    go_to_row,
    lend,
    open_books,
    rows,
)
from tests.ui.places import ledger_at, ledger_of, press, settle, type_into
from tests.ui.walk import walk_pages

FIRMS = 6
CONTROL = Qt.KeyboardModifier.ControlModifier
ledger = ledger_of(FIRMS)
page = book_page


def counts(page) -> dict[str, int | None]:
    return {tab.key: tab.count for tab in page.view().tabs.tabs()}


def sheet(qtbot) -> RecordDialog:
    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), RecordDialog))
    return QApplication.activeModalWidget()


def test_each_view_shows_what_its_number_says(page) -> None:
    assert counts(page) == {"all": LOANS, "open": 9, "late": 8, "large": 3, "bin": 0}
    for key in ("open", "late", "large", "bin", "all"):
        page.view().show_view(key)
        assert rows(page) == counts(page)[key]
    assert page.tabs.tabs()[0].count == LOANS


def test_books_open_in_their_own_order_and_a_view_in_its_own(page) -> None:
    assert cell_text(page, 0, "due_on") == "2024-12-15"
    page.view().show_view("late")
    assert cell_text(page, 0, "due_on") == "2024-06-15"
    page.view().show_view("all")
    assert cell_text(page, 0, "due_on") == "2024-12-15"


def test_columns_come_from_the_record_its_firm_and_python(page, ledger) -> None:
    assert cell_text(page, 0, "enterprise.township") in ("新集镇", "沙窝镇")
    assert cell_text(page, 0, "left") == "剩 25 天"
    column = next(c for c in page.view().panel.grid.lazy_model().columns if c.key == "left")
    assert not column.sortable
    assert page.view().source.totals()["amount"] == "780.00"


def test_the_search_box_finds_by_firm_by_bank_and_by_number(page, ledger) -> None:
    page.view().search("甲000")
    assert {cell_text(page, n, "enterprise") for n in range(rows(page))} == {
        "新集镇甲000茶叶加工厂"
    }
    page.view().search("中原银行")
    assert rows(page) == LOANS // 2
    page.view().search("HT-2024-003")
    assert rows(page) == 1
    page.view().search("甲000 中原银行")  # both at once
    assert rows(page) == 0
    assert "没有找到“甲000 中原银行”" in page.view().panel._nothing.text()
    page.view().search("")
    assert rows(page) == LOANS


def test_conditions_and_a_part_chosen_by_the_page_add_up(qtbot, page, ledger) -> None:
    view = page.view()
    bank = ledger.find(Query(Bank))[0]
    view.conditions.filters.put("bank", (Where("bank", "in", (bank.id,)),))
    assert rows(page) == LOANS // 2
    view.narrow((Where("amount", ">=", 100_000_000),), "一百万以上")
    assert rows(page) == 1
    with qtbot.waitSignal(view.narrowed_away):
        view._chip.removed.emit()
    assert rows(page) == LOANS // 2


def test_f12_begins_a_record_with_what_is_known(qtbot, page, ledger) -> None:
    bank = ledger.find(Query(Bank))[0]
    firm = ledger.find(Query(Enterprise))[0]
    page.view().conditions.filters.put("bank", (Where("bank", "in", (bank.id,)),))
    page.view().conditions.filters.put("enterprise", (Where("enterprise", "in", (firm.id,)),))
    press(qtbot, Qt.Key.Key_F12)
    dialog = sheet(qtbot)
    assert dialog.form.keeper.values["bank"] == bank.id
    type_into(qtbot, dialog.form.editor("contract").widget, "HT-9")
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: ledger.count(Query(Loan)) == LOANS + 1)
    made = ledger.find(Query(Loan, (Where("contract", "=", "HT-9"),)))[0]
    assert (made.bank, made.signed_on) == (bank.id, date(2024, 11, 20))
    assert page.view().current() == made.id
    assert counts(page)["all"] == LOANS + 1


def test_enter_opens_the_record_and_what_is_written_shows_at_once(qtbot, page, ledger) -> None:
    go_to_row(page, 2)
    record = page.view().current()
    press(qtbot, Qt.Key.Key_Return)
    dialog = sheet(qtbot)
    type_into(qtbot, dialog.form.editor("product").widget, "信阳毛尖贷")
    press(qtbot, Qt.Key.Key_Tab)
    settle(qtbot, lambda: ledger.get(Loan, record).product == "信阳毛尖贷")
    dialog.reject()
    assert page.view().current() == record
    assert page.main_window.focusWidget() is page.view().panel.grid


def test_a_cell_is_typed_over_and_a_locked_one_says_why_not(qtbot, page, ledger) -> None:
    go_to_row(page, 1, "amount")
    record = page.view().current()
    qtbot.keyClick(page.view().panel.grid, "8")
    qtbot.keyClicks(QApplication.focusWidget(), "8")
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: ledger.get(Loan, record).amount == 88_000_000)
    go_to_row(page, 1, "settled_on")
    press(qtbot, Qt.Key.Key_F2)
    assert "由“登记结清”写" in page.view().panel.grid.cell_note.text()


def test_many_go_to_the_bin_as_one_step_and_come_back(qtbot, page, window, ledger) -> None:
    for row in (0, 1, 2):
        go_to_row(page, row)
        press(qtbot, Qt.Key.Key_Space)
    steps = len(ledger.log())
    press(qtbot, Qt.Key.Key_Minus, CONTROL)
    settle(qtbot, lambda: rows(page) == LOANS - 3)
    assert [s.name for s in ledger.log()][: len(ledger.log()) - steps] == ["删除 3 笔贷款"]
    assert counts(page)["bin"] == 3
    page.view().show_view("bin")
    page.view().panel.grid.selectAll()
    page.view().restore_chosen()
    assert ledger.log(1)[0].name == "恢复 3 笔贷款"
    window.toasts.shown()[0].first_button().click()  # 撤销: they lie in the bin again
    settle(qtbot, lambda: rows(page) == 3)


def test_one_that_goes_is_called_by_its_firm(qtbot, page, ledger) -> None:
    go_to_row(page, 0)
    press(qtbot, Qt.Key.Key_Minus, CONTROL)
    settle(qtbot, lambda: rows(page) == LOANS - 1)
    assert ledger.log(1)[0].name.startswith("删除 贷款 新集镇")


def test_an_empty_book_says_what_it_is_for_and_begins(qtbot, window, jobs, tmp_path) -> None:
    with ledger_at(tmp_path / "空.账套") as ledger:
        page = open_books(qtbot, window, jobs, ledger)
        state = page.view().panel._empty
        assert state.isVisible()
        assert not page._out.isEnabled()
        press(qtbot, Qt.Key.Key_F12)
        dialog = sheet(qtbot)
        dialog.reject()
        assert not walk_pages(window, allow=("HT",))
        jobs.wait()


def test_a_view_with_nothing_says_so_in_its_own_words(page, ledger) -> None:
    with ledger.step("都结清") as step:
        ids = step.rows.ids(Query(Loan))
        step.change_many(Loan, [(each, {"settled_on": date(2024, 11, 1)}) for each in ids])
    page.ledger_changed()
    page.view().show_view("late")
    assert page.view().panel._nothing.text() == "没有到期还没结清的。"
    assert page.view().tabs.tabs()[2].mark is None  # nothing is late


def test_a_ledger_opened_for_looking_offers_no_changes(qtbot, window, jobs, tmp_path) -> None:
    with ledger_at(tmp_path / "乙.账套", FIRMS) as made:
        with made.read() as found:
            firms = found.ids(Query(Enterprise))
        lend(made, firms)
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        page = open_books(qtbot, window, jobs, ledger)
        assert not page._new.isEnabled()
        go_to_row(page, 0)
        page.view().remove_chosen()
        page.view().change_many()
        assert QApplication.activeModalWidget() is None
        assert rows(page) == LOANS
        words = [entry[0] for entry in page.view().own_entries()]
        assert not [word for word in words if "删除" in word or "批量改" in word]
        jobs.wait()


def test_everything_can_be_read_and_reached_at_every_size(qtbot, page, window) -> None:
    go_to_row(page, 0)
    qtbot.wait(150)
    found = walk_pages(window, allow=("HT",))
    assert not found, "\n".join(found)
    page.show_book("met")
    found = walk_pages(window, allow=("HT",))
    assert not found, "\n".join(found)
