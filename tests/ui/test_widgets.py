"""Buttons, fields, pickers, choices, tabs: what keys do and what is said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk.ui.bars import completeness_token
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.widgets import (
    Button,
    Chip,
    Column,
    ElidedLabel,
    Field,
    FittingLabel,
    Form2,
    MenuButton,
    Nothing,
    Option,
    Picker,
    PickItem,
    Segmented,
    Tab,
    Tabs,
    TextArea,
    TextField,
    pick_from,
)

TOWNS = [
    PickItem("411523100", "新集镇", "100", ("xjz",)),
    PickItem("411523101", "沙窝镇", "101", ("swz",)),
    PickItem("411523102", "浒湾乡", "102", ("hwx",)),
]


def show(qtbot, *widgets: QWidget) -> QWidget:
    """Show widgets in a window that lives as long as the test (the bot keeps no Python object)."""
    box = QWidget()
    Column(box, margins=10).add(*widgets)
    qtbot.addWidget(box)
    box.resize(600, 300)
    with qtbot.waitActive(box):
        box.show()
        box.activateWindow()
    qtbot.kept = box
    return box


def test_a_button_shows_its_key_and_answers_to_it(qtbot) -> None:
    pressed: list[int] = []
    button = Button("新增", lambda: pressed.append(1), kind="pri", key="F12")
    box = show(qtbot, button)
    assert button.text() == "新增  F12"
    qtbot.keyClick(box, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: pressed == [1])
    button.set_text("新增一户")
    assert button.text() == "新增一户  F12"
    qtbot.keyClick(box, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: pressed == [1, 1])


def test_a_blocked_button_says_what_is_missing(qtbot) -> None:
    button = Button("结账")
    qtbot.addWidget(button)
    button.block("改完 1 处必改就能结账")
    assert not button.isEnabled()
    assert button.accessibleName() == "改完 1 处必改就能结账"
    button.allow()
    assert button.isEnabled()
    assert button.text() == "结账"


def test_the_ring_is_for_the_keyboard_only(qtbot) -> None:
    one, two = Button("列"), Button("导入")
    box = show(qtbot, one, two)
    two.setFocus(Qt.FocusReason.MouseFocusReason)
    QApplication.processEvents()
    by_mouse = two.grab().toImage()
    one.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert two.hasFocus()
    assert two.grab().toImage() != by_mouse


def test_an_ampersand_in_data_is_no_shortcut(qtbot) -> None:
    button = MenuButton("A&B 公司", [("C&D", lambda: None)])
    qtbot.addWidget(button)
    assert "&&" in button.text()
    assert button.menu().actions()[0].text() == "C&&D"


def test_a_field_tells_once_and_escape_restores(qtbot) -> None:
    field = TextField("老名字")
    told: list[str] = []
    field.committed.connect(told.append)
    other = TextField("")
    show(qtbot, field, other)
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "老名字"
    field.selectAll()
    qtbot.keyClicks(field, "new")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    other.setFocus()
    assert told == ["new"]


def test_an_area_tells_when_it_is_left(qtbot) -> None:
    area, other = TextArea("一", lines=2), TextField("")
    told: list[str] = []
    area.committed.connect(told.append)
    show(qtbot, area, other)
    area.setFocus()
    area.setPlainText("一句话")
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert told == ["一句话"]


def test_a_message_comes_with_mark_and_sentence_and_goes(qtbot) -> None:
    field = Field("信用代码", TextField("914"), required=True)
    show(qtbot, field)
    assert field.editor.accessibleName() == "信用代码，必填"
    field.say("must", "只有 3 位，信用代码是 18 位。")
    assert field.message() == "只有 3 位，信用代码是 18 位。"
    assert field.editor.accessibleDescription() == field.message()
    assert field.editor.property("s") == "must"
    field.say("", "")
    assert field.message() == ""
    assert field.editor.property("s") == ""


def test_history_stands_beside_the_field_when_there_is_some(qtbot) -> None:
    field = Field("联系电话", TextField("1"))
    show(qtbot, field)
    field.set_history(0)
    assert not [b for b in field.findChildren(Button) if b.isVisible()]
    field.set_history(3)
    button = next(b for b in field.findChildren(Button) if b.isVisible())
    with qtbot.waitSignal(field.history_wanted):
        button.click()
    assert button.text() == "3 次变更"


@pytest.mark.parametrize("typed", ["411523101", "沙窝", "swz", "101", "SW"])
def test_a_picker_finds_by_code_fragment_and_initials(typed: str) -> None:
    assert pick_from(TOWNS)(typed)[0].text == "沙窝镇"


def test_an_exact_code_comes_before_beginnings_and_fragments() -> None:
    items = [PickItem("100", "甲"), PickItem("10", "乙"), PickItem("9", "丙100")]
    assert [item.text for item in pick_from(items)("10")] == ["乙", "甲", "丙100"]


def test_a_picker_takes_on_enter_and_restores_on_escape(qtbot) -> None:
    picker = Picker(pick_from(TOWNS), TOWNS[0])
    picked: list[object] = []
    picker.picked.connect(picked.append)
    show(qtbot, picker)
    picker.lineEdit().setFocus()
    picker.lineEdit().selectAll()
    qtbot.keyClicks(picker.lineEdit(), "swz")
    popup = picker.popup()
    assert popup.isVisible()
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert picker.value() == "411523101"
    assert picker.text() == "沙窝镇"
    qtbot.keyClicks(picker.lineEdit(), "zzz")
    popup.hide()
    qtbot.keyClick(picker, Qt.Key.Key_Escape)
    assert picker.text() == "沙窝镇"
    assert picked == [TOWNS[1]]


def test_a_picker_keeps_what_it_had_when_nonsense_is_left_in_it(qtbot) -> None:
    picker, other = Picker(pick_from(TOWNS), TOWNS[0]), TextField("")
    show(qtbot, picker, other)
    picker.lineEdit().setFocus()
    picker.lineEdit().selectAll()
    qtbot.keyClicks(picker.lineEdit(), "zzz")
    picker.popup().hide()
    other.setFocus()
    assert picker.text() == "新集镇"


def test_emptying_a_picker_is_a_choice_and_a_free_picker_takes_new_words(qtbot) -> None:
    picker, free, other = (
        Picker(pick_from(TOWNS), TOWNS[0]),
        Picker(pick_from(TOWNS), free=True),
        TextField(""),
    )
    picked: list[object] = []
    picker.picked.connect(picked.append)
    show(qtbot, picker, free, other)
    picker.lineEdit().setFocus()
    picker.lineEdit().clear()
    other.setFocus()
    assert picked == [None]
    free.lineEdit().setFocus()
    qtbot.keyClicks(free.lineEdit(), "abc")
    free.popup().hide()
    other.setFocus()
    assert free.item() == PickItem("", "abc")


def test_the_wheel_never_changes_a_picker(qtbot) -> None:
    picker = Picker(pick_from(TOWNS), TOWNS[0])
    show(qtbot, picker)
    qtbot.keyClick(picker, Qt.Key.Key_Up)
    assert picker.value() == "411523100"


def test_digits_choose_an_option_and_arrows_go_along(qtbot) -> None:
    choice = Segmented([Option("y", "是", "ok"), Option("n", "否", "zhu")], None, "是否授信")
    told: list[object] = []
    choice.changed.connect(told.append)
    show(qtbot, choice)
    choice.setFocus()
    assert choice.value() is None
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    assert choice.value() == "n"
    assert QApplication.focusWidget().accessibleName() == "是否授信：否"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_1)
    assert told == ["n", "y"]
    choice.set_enabled_values({"y"})
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_2)
    assert choice.value() == "y"


def test_tabs_keep_the_chosen_key_when_counts_change(qtbot) -> None:
    tabs = Tabs([Tab("new", "新增", 74, "new"), Tab("same", "相同", 19, "same")])
    told: list[str] = []
    tabs.chosen.connect(told.append)
    show(qtbot, tabs)
    tabs.choose("same")
    tabs.set_count("same", 0)
    assert tabs.chosen_key() == "same"
    assert tabs.tabText(1) == "相同 0"
    tabs.set_tabs([Tab("same", "相同", 1), Tab("wrong", "有错", 5)])
    assert tabs.chosen_key() == "same"
    assert told == ["same"]


def test_a_chip_opens_on_enter_and_goes_on_delete_or_its_cross(qtbot) -> None:
    did: list[str] = []
    chip = Chip("乡镇：沙窝镇", lambda: did.append("open"), lambda: did.append("gone"))
    show(qtbot, chip)
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Return)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    middle = chip.height() // 2
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 12, middle))
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(12, middle))
    assert did == ["open", "gone", "gone", "open"]


def test_a_label_chooses_the_longest_wording_that_fits(qtbot) -> None:
    fitting = FittingLabel(["共 12,846 户，筛出 1,284 户", "1,284 户", ""])
    qtbot.addWidget(fitting)
    for width, text in ((400, "共 12,846 户，筛出 1,284 户"), (80, "1,284 户"), (10, "")):
        fitting.resize(width, 24)
        QApplication.processEvents()
        fitting.show()
        assert fitting.text() == text


def test_a_long_name_loses_its_middle_and_not_its_end(qtbot) -> None:
    name = ElidedLabel("中国农业银行股份有限公司新县支行营业部二分店")
    qtbot.addWidget(name)
    name.resize(160, 24)
    assert name.shown_text().endswith("二分店")
    assert "…" in name.shown_text()
    assert name.toolTip() == name.text()


def test_a_form_goes_from_two_columns_to_one_and_back(qtbot) -> None:
    form = Form2()
    box = QWidget()
    qtbot.addWidget(box)
    box.setLayout(form)
    parts = [QWidget() for _ in range(3)]
    wide = QWidget()
    form.add(*parts).add_wide(wide)
    assert form.getItemPosition(form.indexOf(wide)) == (2, 0, 1, 2)
    assert form.getItemPosition(form.indexOf(parts[1])) == (0, 1, 1, 1)
    form.set_columns(1)
    assert form.getItemPosition(form.indexOf(parts[1])) == (1, 0, 1, 1)
    assert form.getItemPosition(form.indexOf(wide)) == (3, 0, 1, 1)


def test_completeness_changes_colour_at_60_80_and_100() -> None:
    assert [completeness_token(n) for n in (59, 60, 79, 80, 99, 100)] == [
        "zhu",
        "zhe",
        "zhe",
        "dai",
        "dai",
        "ok",
    ]


def test_enter_presses_the_button_that_has_the_keyboard_and_not_the_filled_one(qtbot) -> None:
    pressed = []
    dialog = Dialog(None, "问一句")
    qtbot.addWidget(dialog)
    other = dialog.add_button(Button("另外的", lambda: pressed.append("other")))
    main = dialog.add_button(Button("写入", lambda: pressed.append("main"), kind="pri"))
    main.setDefault(True)
    show(qtbot, dialog)
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Return)
    assert pressed == ["other"]


def test_nothing_found_is_a_sentence(qtbot) -> None:
    nothing = Nothing("search", "没有同时符合这 2 个条件的企业。")
    show(qtbot, nothing)
    nothing.say("去掉“沙窝镇”有 12 户。")
    assert nothing.sentence.text() == "去掉“沙窝镇”有 12 户。"
