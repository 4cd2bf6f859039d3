"""词典: entries of the office's own, and the pickers that offer them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.exchange import terms
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Bank, Enterprise, Loan, Tagging, Term
from ledger_desk.model.terms import BY_KEY, DICTIONARIES
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.pages.settings import SettingsPage
from ledger_desk.ui.pasting.editors import PickCell, cell_editor
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.recents import recents
from ledger_desk.ui.records.dictionaries import find_division
from ledger_desk.ui.records.editors import PickEditor, make_editor
from tests.ui.places import (
    SHAWO,
    XINJI,
    ledger_of,
    open_sheet,
    press,
    settle,
    show,
    type_into,
)
from tests.ui.walk import walk_pages

NONE = Qt.KeyboardModifier.NoModifier


ledger = ledger_of(4)


@pytest.fixture
def page(qtbot, window, jobs, ledger) -> Iterator[SettingsPage]:
    made = SettingsPage(ledger, jobs, window)
    window.add_page("settings", "设置与备份", "settings", made, "settings")
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    made.show_tab("dictionaries")
    yield made
    jobs.wait()


def editor_of(qtbot, ledger: Ledger, cls, field: str) -> PickEditor:
    made = make_editor(field_map(cls)[field], cls, ledger)
    assert isinstance(made, PickEditor)
    qtbot.addWidget(made.widget)
    made.widget.resize(300, 34)
    made.widget.show()
    return made


def offered(picker: Picker, text: str) -> list[str]:
    return [item.text for item in picker._items(text)]


def take(qtbot, editor: PickEditor) -> None:
    """Press Enter where the keyboard is: in the list that opened."""
    assert editor.picker.popup().isVisible()
    qtbot.keyClick(editor.picker.popup(), Qt.Key.Key_Return)


def test_an_own_entry_is_added_renamed_with_its_records_and_switched_off_and_each_is_undone(
    qtbot, page, ledger
) -> None:
    view = page.dictionaries
    view.show_dictionary("tag")
    view.begin()
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    type_into(qtbot, dialog.word, "信用村企业")
    press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, lambda: ledger.count(Query(Term)) == 1)
    firm = ledger.find(Query(Enterprise), 1)[0]
    with ledger.step("加标签") as step:
        step.create(Tagging(enterprise=firm.id, tag="信用村企业"))
    term = ledger.find(Query(Term))[0]
    view.reload()
    view.entries.grid.go_to(term.id)
    assert "1 条" in view._uses.text()

    entry = view.current()
    assert entry is not None
    assert terms.change(ledger, BY_KEY["tag"], entry, {"value": "整村授信"}) == 1
    assert ledger.find(Query(Tagging))[0].tag == "整村授信"
    ledger.undo()
    assert ledger.find(Query(Tagging))[0].tag == ledger.find(Query(Term))[0].value == "信用村企业"

    view.reload()
    view.entries.grid.go_to(term.id)
    view.switch_current()
    assert ledger.find(Query(Term))[0].off is True
    editor = editor_of(qtbot, ledger, Tagging, "tag")
    assert "信用村企业" not in offered(editor.picker, "信用村")
    editor.set_value("信用村企业")
    assert editor.value() == "信用村企业"  # what stands stays valid
    ledger.undo()
    assert "信用村企业" in offered(editor.picker, "xyc")


def test_a_word_that_is_there_already_is_not_added_twice(qtbot, page, ledger) -> None:
    view = page.dictionaries
    view.show_dictionary("security")
    view.begin()
    dialog = QApplication.activeModalWidget()
    open_sheet(qtbot, dialog)
    dialog.word.set_text("信用")
    assert not dialog.save()
    assert "已经有" in dialog._word.message()
    assert ledger.count(Query(Term)) == 0
    dialog.reject()


def test_the_page_lists_every_dictionary_with_its_count_and_finds_entries_by_pinyin(
    qtbot, page
) -> None:
    view = page.dictionaries
    assert view.lists.grid.lazy_model().rowCount() == len(DICTIONARIES)
    view.show_dictionary("industry")
    assert view.entries.grid.lazy_model().rowCount() == 1971
    assert not view._add.isEnabled()
    type_into(qtbot, view.search, "jingzhicha")
    settle(qtbot, lambda: view.entries.grid.lazy_model().rowCount() == 3)
    view.show_dictionary("division")
    assert view.entries.grid.lazy_model().rowCount() == 44_706


def test_a_picker_takes_code_fragment_initials_and_whole_pinyin_and_esc_restores(
    qtbot, ledger
) -> None:
    editor = editor_of(qtbot, ledger, Enterprise, "township")
    for typed in ("411523101", "沙窝", "swz", "shawozhen", "shaw"):
        type_into(qtbot, editor.widget, typed)
        take(qtbot, editor)
        assert editor.value() == SHAWO, typed
        editor.set_value(None)
    editor.set_value(XINJI)
    type_into(qtbot, editor.widget, "swz")
    qtbot.keyClick(editor.picker.popup(), Qt.Key.Key_Escape)
    qtbot.keyClick(editor.picker, Qt.Key.Key_Escape)
    assert editor.value() == XINJI
    qtbot.keyClick(editor.picker, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert editor.picker.popup().isVisible()
    editor.picker.popup().hide()


def test_what_was_picked_last_is_offered_first_but_never_ahead_of_a_whole_match(
    qtbot, ledger
) -> None:
    editor = editor_of(qtbot, ledger, Loan, "purpose")
    assert offered(editor.picker, "")[0] == "流动资金"
    type_into(qtbot, editor.widget, "bh")
    take(qtbot, editor)
    assert editor.value() == "备货"
    other = editor_of(qtbot, ledger, Loan, "purpose")
    assert offered(other.picker, "")[:2] == ["备货", "流动资金"]
    assert offered(other.picker, "厂房")[0] == "厂房"
    recents().note("loan_purpose", "其他")
    assert offered(other.picker, "")[:2] == ["其他", "备货"]


def test_a_code_that_was_typed_and_left_becomes_its_word(qtbot, ledger) -> None:
    editor = editor_of(qtbot, ledger, Loan, "security")
    editor.picker.setEditText("D")
    editor.picker._leave()
    assert editor.value() == "信用"


def test_the_villages_offered_are_those_of_the_township_and_own_ones_among_them(
    qtbot, ledger
) -> None:
    terms.add(ledger, BY_KEY["village"], {"value": "新茶街社区", "parent": XINJI})
    editor = editor_of(qtbot, ledger, Enterprise, "village")
    editor.set_context({"township": XINJI})
    near = editor.picker._items("")
    assert near[0].text == "新茶街社区"
    assert {item.hint for item in near} == {"新集镇"}
    editor.set_context({"township": SHAWO})
    assert {item.hint for item in editor.picker._items("")} == {"沙窝镇"}


def test_a_place_of_the_offices_own_is_offered_as_a_township_with_a_code_of_its_own(
    qtbot, ledger
) -> None:
    terms.add(ledger, BY_KEY["division"], {"value": "新县产业集聚区"})
    assert ledger.find(Query(Term))[0].code == "411523571"
    editor = editor_of(qtbot, ledger, Enterprise, "township")
    assert editor.picker._items("")[0].text == "新县产业集聚区"
    for typed in ("cyjjq", "411523571", "集聚"):
        type_into(qtbot, editor.widget, typed)
        take(qtbot, editor)
        assert editor.value() == "新县产业集聚区", typed


def test_a_division_is_found_by_its_full_name_and_by_pinyin() -> None:
    assert find_division("河南省信阳市新县")[0].id == "411523"
    assert find_division("xinyangshi")[0].id == "4115"
    assert len(find_division("")) == 34


def test_a_cell_of_a_grid_has_the_same_picker(qtbot, ledger) -> None:
    parent = QApplication.activeWindow() or Picker(pick_from([]))
    qtbot.addWidget(parent)
    firm = ledger.find(Query(Enterprise), 1)[0]
    village = cell_editor(parent, field_map(Enterprise)["village"], Enterprise, ledger, None, firm)
    assert isinstance(village, PickCell)
    assert len({item.hint for item in village._picker._items("")}) == 1
    security = cell_editor(parent, field_map(Loan)["security"], Loan, ledger, None)
    assert isinstance(security, PickCell)
    security._picker.setEditText("D")
    assert security.text() == "信用"


def test_banks_are_shown_with_their_type_and_firms_with_code_tail_and_township(
    qtbot, ledger
) -> None:
    with ledger.step("登记银行") as step:
        step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
    editor = editor_of(qtbot, ledger, Loan, "bank")
    (item,) = editor.picker._items("nsh")
    assert "农信系统" in item.hint
    firm = editor_of(qtbot, ledger, Loan, "enterprise").picker._items("茶叶")[0]
    found = ledger.get(Enterprise, firm.id)
    assert found.code[-4:] in firm.hint
    assert ("新集镇" in firm.hint) or ("沙窝镇" in firm.hint)


def test_a_picker_over_records_is_not_found_by_its_random_id() -> None:
    find = pick_from([PickItem("a" * 32, "甲行"), PickItem("b" * 32, "乙行")])
    assert find("a") == []
    assert [item.text for item in find("yh")] == ["乙行"]


def test_the_tab_stands_at_every_size(page, window) -> None:
    page.dictionaries.show_dictionary("refusal")
    assert walk_pages(window, factors=(1.0, 2.0), size=QSize(1366, 768)) == []
