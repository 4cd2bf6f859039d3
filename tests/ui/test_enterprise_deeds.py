"""What is done to enterprises by keyboard: open, enter, bin and back, export, drop a file."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.dialogs.exporting import ExportOrder
from ledger_desk.ui.picker import PickItem
from tests.ui.enterprise_places import FIRMS, cell, enterprise_page, go_to_row, open_page, rows
from tests.ui.places import SHAWO, credit_code, ledger_at, ledger_of, press, settle, type_into

ledger = ledger_of(FIRMS)
page = enterprise_page


def test_enter_opens_the_file_and_esc_comes_back_to_the_row(qtbot, page, ledger) -> None:
    go_to_row(page, 4)
    press(qtbot, Qt.Key.Key_Return)
    assert page.cover_view is page.editor()
    assert page.editor().focused_name() == "name"
    type_into(qtbot, page.editor().editor("village").widget, "麻布村")
    press(qtbot, Qt.Key.Key_Escape)  # Esc restores what was typed …
    assert page.cover_view is not None
    type_into(qtbot, page.editor().editor("village").widget, "麻布村")
    press(qtbot, Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.changed):
        type_into(qtbot, page.editor().editor("staff").widget, "9")
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Escape)  # … and goes back when there is nothing to restore
    assert page.cover_view is None
    firm = ledger.get(Enterprise, page.source.ids(4, 1)[0])
    assert (firm.village, firm.staff) == ("麻布村", 9)
    assert page.panel.grid.hasFocus()
    assert page.panel.grid.currentIndex().row() == 4


def test_the_file_is_made_ready_while_nobody_works_in_the_list(qtbot, page) -> None:
    page._ahead.setInterval(1)
    page.entered()
    settle(qtbot, lambda: page._editor is not None and bool(page._editor._views))
    assert page.cover_view is None
    assert not page._editor.isVisible()
    assert page.panel.grid.hasFocus()
    go_to_row(page, 3)
    press(qtbot, Qt.Key.Key_Return)
    assert page.cover_view is page._editor
    assert page.editor().keeper.record == page.source.ids(3, 1)[0]
    assert page.editor().focused_name() == "name"


def test_ctrl_page_down_goes_to_the_next_firm(qtbot, page) -> None:
    go_to_row(page, 0)
    press(qtbot, Qt.Key.Key_Return)
    name = page.editor().title()
    press(qtbot, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: page.editor().title() != name)
    assert page.editor().keeper.record == page.source.ids(1, 1)[0]
    assert page._window.status.text() == "第 2 户 / 共 30 户"


def test_f12_enters_firms_one_after_another(qtbot, page, ledger) -> None:
    press(qtbot, Qt.Key.Key_F12)
    settle(qtbot, lambda: page.cover_view is not None)
    for number, name in enumerate(("泗店竹编工坊", "郭家河惠农站")):
        type_into(qtbot, page.editor().editor("name").widget, name)
        press(qtbot, Qt.Key.Key_Return)
        type_into(qtbot, page.editor().editor("code").widget, credit_code(500 + number))
        press(qtbot, Qt.Key.Key_F12)
        settle(qtbot, lambda: page.editor().editor("name").text() == "")
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.cover_view is None)
    assert rows(page) == FIRMS + 2
    made = [step.name for step in ledger.log() if step.name.startswith("新增")]
    assert made == [
        "新增经营主体 郭家河惠农站",
        "新增经营主体 泗店竹编工坊",
    ]


def test_removing_many_is_one_step_and_comes_back_by_the_toast(qtbot, page, window, ledger) -> None:
    for row in (0, 1, 2):
        go_to_row(page, row)
        press(qtbot, Qt.Key.Key_Space)
    assert page._remove.words == "删除 3 户"
    steps = len(ledger.log())
    press(qtbot, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: rows(page) == FIRMS - 3)
    assert len(ledger.log()) == steps + 1
    assert ledger.log(1)[0].name == "删除 3 户经营主体"
    toast = window.toasts.shown()[0]
    assert "已删除 3 户经营主体" in toast.accessibleName()
    toast.first_button().click()
    settle(qtbot, lambda: rows(page) == FIRMS)


def test_the_bin_gives_firms_back_as_one_step(qtbot, page, ledger) -> None:
    page.deeds.remove(page.source.ids(0, 2))
    page.show_view("bin")
    assert rows(page) == 2
    page.panel.grid.selectAll()
    page._restore.click()
    settle(qtbot, lambda: rows(page) == 0)
    assert ledger.count(Query(Enterprise)) == FIRMS
    assert ledger.log(1)[0].name == "恢复 2 户经营主体"


def test_a_firm_whose_code_was_given_to_another_cannot_come_back_and_says_so(
    qtbot, page, ledger, monkeypatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "ledger_desk.ui.lists.deeds.show_error",
        lambda parent, error, doing: said.append(str(error)),
    )
    firm = page.source.ids(1, 1)[0]
    code = ledger.get(Enterprise, firm).code
    page.deeds.remove([firm])
    with ledger.step("新增") as step:
        step.create(Enterprise(name="另一户", code=code))
    page.deeds.restore([firm])
    assert "同一个统一社会信用代码" in said[0]
    assert ledger.get(Enterprise, firm).removed


def test_undo_while_a_new_firm_is_open_closes_the_editor(qtbot, page, ledger, monkeypatch) -> None:
    said: list[object] = []
    monkeypatch.setattr(
        "ledger_desk.ui.pages.enterprises.listing.show_error",
        lambda parent, error: said.append(error),
    )
    with ledger.step("新增经营主体 甲厂") as step:
        firm = step.create(Enterprise(name="甲厂"))
    page.refresh()
    page.open_record(firm)
    ledger.undo()
    page.refresh()
    assert page.cover_view is None
    assert "已经不在账里" in str(said[0])


def test_the_list_goes_out_as_it_is_filtered(qtbot, page, window, tmp_path) -> None:
    page.conditions.set_condition("township", (PickItem(SHAWO, "沙窝镇"),))
    assert page._out.words == "导出 15 户"
    path = tmp_path / "名单.csv"
    page.deeds.export(page.source.query(), path, ExportOrder(tuple(page.source.names), ".csv"))
    settle(qtbot, lambda: [t.accessibleName() for t in window.toasts.shown()] == ["已导出 15 户"])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 16
    assert lines[0].startswith("经营主体名称,统一社会信用代码,乡镇(街道)")
    assert "138****0002" in path.read_text(encoding="utf-8-sig")


def test_a_view_found_by_looking_goes_out_too(qtbot, page, window, tmp_path) -> None:
    page.show_view("incomplete")
    path = tmp_path / "缺.csv"
    page.deeds.export(page.source.query(), path, ExportOrder(("name",), ".csv"))
    settle(qtbot, lambda: [t.accessibleName() for t in window.toasts.shown()] == ["已导出 6 户"])
    assert len(path.read_text(encoding="utf-8-sig").splitlines()) == 7


def test_columns_can_be_chosen_from_all_declared_fields(page) -> None:
    page.tools._show(("name", "industry", "revenue"))
    assert [c.title for c in page.panel.grid.lazy_model().columns if c.key] == [
        "经营主体名称",
        "行业代码",
        "上年收入(万元)",
    ]
    assert cell(page, 0, "industry") == "1530 精制茶加工"
    assert page.source.totals()["revenue"] == "2,400.00"


def test_a_file_dropped_on_the_list_opens_the_assistant(qtbot, page, tmp_path) -> None:
    path = tmp_path / "名录.csv"
    path.write_text("企业名称,统一社会信用代码\n泗店竹编工坊,\n", encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPoint(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(drop)
    assert page.cover_view is page.assistant()
    settle(qtbot, lambda: page.assistant().stage() == 1)
    page.assistant().leave()
    assert page.cover_view is None


def test_an_empty_ledger_shows_ways_to_begin_and_the_keyboard_reaches_them(
    qtbot, window, jobs, tmp_path
) -> None:
    with ledger_at(tmp_path / "空.账套") as ledger:
        page = open_page(qtbot, window, jobs, ledger)
        assert page.panel._empty.isVisible()
        assert page._out.words == "导出 0 户"
        assert not page._out.isEnabled()
        press(qtbot, Qt.Key.Key_F12)
        settle(qtbot, lambda: page.cover_view is page.editor())
        type_into(qtbot, page.editor().editor("name").widget, "泗店竹编工坊")
        press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, lambda: ledger.count(Query(Enterprise)) == 1)
        press(qtbot, Qt.Key.Key_Escape)
        assert not page.panel._empty.isVisible() if page.panel._empty else True
        assert rows(page) == 1
        jobs.wait()


def test_a_ledger_opened_for_looking_offers_no_changes(qtbot, window, jobs, tmp_path) -> None:
    with ledger_at(tmp_path / "乙.账套", 3):
        pass
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        page = open_page(qtbot, window, jobs, ledger)
        assert not page._new.isEnabled()
        assert not page._in.isEnabled()
        page.panel.grid.selectAll()
        assert not page._remove.isVisible()
        page.remove_selected()
        assert rows(page) == 3
        jobs.wait()


def test_a_search_that_finds_too_many_says_more_than_it_counts(page, monkeypatch) -> None:
    monkeypatch.setattr("ledger_desk.ui.lists.record_source.CAP", 10)
    monkeypatch.setattr("ledger_desk.ui.pages.enterprises.listing.CAP", 10)
    page.search("新集镇")
    assert "超过 10 户" in page.head._counts.texts()[0]
    assert page.source.totals() == {"name": "合计 超过 10 户"}


def test_conditions_ask_the_ledger_and_not_the_page(page, ledger) -> None:
    page.conditions.set_condition("kind", (PickItem("企业", "企业"),))
    assert rows(page) == ledger.count(Query(Enterprise, (Where("kind", "in", ("企业",)),))) == 0
