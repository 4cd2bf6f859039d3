"""The record editor by keyboard: what is stored when, under which name, and what is said."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import RECORDS, Cultivation, Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.records.editors import make_editor
from ledger_desk.ui.records.form import RecordForm
from tests.ui.places import SHAWO, XINJI, credit_code, ledger_of, press, show, type_into

ledger = ledger_of(6)


def first(ledger: Ledger, number: int = 0) -> Enterprise:
    return ledger.find(Query(Enterprise), number + 1)[number]


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.TABLE)
def test_every_declared_field_of_every_record_has_an_editor_that_gives_back_what_it_was_given(
    qtbot, ledger, cls
) -> None:
    samples = {
        "text": "甲", "note": "甲\n乙", "code": "9141", "person_id": "110101", "phone": "13803970000",
        "money": 123_456, "rate": 36_525, "whole": 7, "figure": 12, "day": date(2024, 11, 20), "yes_no": False,
        "division": XINJI, "industry": "1531", "year": 2025, "quantity": 120_500_000, "month": "2025-03",
    }  # fmt: skip
    for spec in fields_of(cls):
        editor = make_editor(spec, cls, ledger)
        qtbot.addWidget(editor.widget)
        kind = spec.kind.name
        if kind == "reference":
            value = None
        elif kind == "choice":
            value = "县级" if spec.name == "level" else spec.kind.options[0]
        else:
            value = samples[kind]
        editor.set_value(value)
        assert editor.value() == value, spec.label
        editor.set_value(None)
        assert editor.value() is None
        assert editor.text() == ""


def test_leaving_a_field_stores_it_as_one_named_step(qtbot, ledger) -> None:
    firm = first(ledger, 1)
    form = RecordForm(ledger, Enterprise, firm.id)
    show(qtbot, form)
    type_into(qtbot, form.editor("phone").widget, "0376-2981107")
    assert ledger.get(Enterprise, firm.id).phone == firm.phone
    press(qtbot, Qt.Key.Key_Return)
    assert ledger.get(Enterprise, firm.id).phone == "0376-2981107"
    assert ledger.log(1)[0].name == f"修改 {firm.name}：联系电话"
    assert form.focused_name() != "phone"  # Enter went on
    ledger.undo()
    form.reload()
    assert form.editor("phone").text() == firm.phone


def test_leaving_a_field_unchanged_makes_no_step(qtbot, ledger) -> None:
    form = RecordForm(ledger, Enterprise, first(ledger, 1).id)
    show(qtbot, form)
    before = ledger.head()
    form.first_field().setFocus()
    for _ in range(60):
        press(qtbot, Qt.Key.Key_Tab)
    assert ledger.head() == before


def test_tab_goes_through_all_fields_in_their_order(qtbot, ledger) -> None:
    form = RecordForm(ledger, Enterprise, first(ledger, 1).id)
    show(qtbot, form, height=900)
    form.first_field().setFocus()
    seen = []
    for _ in range(80):
        name = form.focused_name()
        if name and name not in seen:
            seen.append(name)
        press(qtbot, Qt.Key.Key_Tab)
    names = [spec.name for spec in fields_of(Enterprise) if spec.name != "code_reason"]
    assert seen == names


def test_money_is_shown_exactly_and_read_with_its_unit(qtbot, ledger) -> None:
    firm = first(ledger)
    with ledger.step("改") as step:
        step.change(Enterprise, firm.id, {"capital": 12_345_678})
    form = RecordForm(ledger, Enterprise, firm.id)
    show(qtbot, form)
    assert form.editor("capital").text() == "12.345678"
    type_into(qtbot, form.editor("capital").widget, "534600元")
    press(qtbot, Qt.Key.Key_Tab)
    assert ledger.get(Enterprise, firm.id).capital == 53_460_000
    assert form.editor("capital").text() == "53.46"


def test_what_cannot_be_read_stays_in_the_field_and_says_why(qtbot, ledger) -> None:
    firm = first(ledger, 1)
    form = RecordForm(ledger, Enterprise, firm.id)
    show(qtbot, form)
    before = ledger.head()
    type_into(qtbot, form.editor("staff").widget, "七个人左右")
    press(qtbot, Qt.Key.Key_Tab)
    assert "不是整数" in form.field("staff").message()
    assert form.editor("staff").text() == "七个人左右"
    assert form.unsaved() == ["从业人数"]
    assert form.counts()[0] == 1
    assert ledger.head() == before
    type_into(qtbot, form.editor("staff").widget, "12")
    press(qtbot, Qt.Key.Key_Tab)
    assert form.unsaved() == []
    assert ledger.get(Enterprise, firm.id).staff == 12


def test_a_wrong_check_digit_is_warned_of_while_typing_and_a_reason_settles_it(
    qtbot, ledger
) -> None:
    firm = first(ledger, 1)
    form = RecordForm(ledger, Enterprise, firm.id)
    show(qtbot, form)
    assert form.field("code_reason").isHidden()
    good = credit_code(77)
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    type_into(qtbot, form.editor("code").widget, wrong)
    assert "末位校验不符" in form.field("code").message()
    assert not form.field("code_reason").isHidden()
    press(qtbot, Qt.Key.Key_Tab)
    assert ledger.get(Enterprise, firm.id).code == wrong  # a warning, never a refusal
    type_into(qtbot, form.editor("code_reason").widget, "执照上就是这样")
    press(qtbot, Qt.Key.Key_Tab)
    assert "已写明原因" in form.field("code").message()
    type_into(qtbot, form.editor("code").widget, good)
    press(qtbot, Qt.Key.Key_Tab)
    assert form.field("code").message() == ""


def test_a_code_that_another_firm_has_is_refused_in_words_under_the_field(qtbot, ledger) -> None:
    firm, other = first(ledger, 1), first(ledger, 2)
    form = RecordForm(ledger, Enterprise, firm.id)
    show(qtbot, form)
    type_into(qtbot, form.editor("code").widget, other.code)
    press(qtbot, Qt.Key.Key_Tab)
    assert "同一个统一社会信用代码" in form.field("code").message()
    assert ledger.get(Enterprise, firm.id).code == firm.code


@pytest.mark.parametrize("typed", ["411523101", "沙窝", "swz"])
def test_a_township_is_found_by_code_fragment_and_initials(qtbot, ledger, typed) -> None:
    firm = first(ledger, 1)
    assert firm.township == XINJI
    form = RecordForm(ledger, Enterprise, firm.id)
    show(qtbot, form)
    editor = form.editor("township").widget
    type_into(qtbot, editor, typed)
    popup = editor.popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert ledger.get(Enterprise, firm.id).township == SHAWO
    assert form.editor("township").text() == "沙窝镇"


def test_an_industry_is_picked_by_name_and_makes_the_size_anew(qtbot, ledger) -> None:
    firm = first(ledger, 1)
    form = RecordForm(ledger, Enterprise, firm.id)
    show(qtbot, form)
    size = [
        field
        for field in form.groups[2].findChildren(type(form.field("code")))
        if field.title == "划型"
    ]
    before = size[0].message()
    editor = form.editor("industry").widget
    type_into(qtbot, editor, "6210")
    popup = editor.popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert ledger.get(Enterprise, firm.id).industry == "6210"
    assert size[0].message() != before
    assert "餐饮业" in size[0].message()


def test_a_text_that_fits_several_items_is_kept_and_asked_about(qtbot, ledger) -> None:
    form = RecordForm(ledger, Enterprise, first(ledger, 1).id)
    show(qtbot, form)
    editor = form.editor("industry").widget
    type_into(qtbot, editor, "茶")
    editor.popup().hide()
    form.settle()
    assert "对得上" in form.field("industry").message()
    assert form.editor("industry").text() == "茶"
    assert form.unsaved() == ["行业代码"]


def test_a_segmented_choice_takes_digits_and_is_emptied_by_del(qtbot, ledger) -> None:
    with ledger.step("列入名单") as step:
        entry = step.create(
            Cultivation(
                enterprise=first(ledger).id,
                listed_on=date(2024, 9, 1),
                source="部门推荐",
                state="培植中",
            )
        )
    form = RecordForm(ledger, Cultivation, entry)
    show(qtbot, form)
    form.editor("prior_loan").widget.focusProxy().setFocus()
    press(qtbot, Qt.Key.Key_1)
    assert ledger.get(Cultivation, entry).prior_loan == "无贷"
    press(qtbot, Qt.Key.Key_Delete)
    assert ledger.get(Cultivation, entry).prior_loan is None


def test_history_of_a_field_opens_by_keyboard_and_brings_an_old_value_back(qtbot, ledger) -> None:
    firm = first(ledger, 1)
    form = RecordForm(ledger, Enterprise, firm.id)
    show(qtbot, form)
    type_into(qtbot, form.editor("phone").widget, "0376-2981107")
    press(qtbot, Qt.Key.Key_Tab)
    popup = form.open_history("phone")
    assert popup is not None
    popup.restore_wanted.emit(firm.phone)
    popup.close()
    assert ledger.get(Enterprise, firm.id).phone == firm.phone
    assert len(ledger.history(firm.id, "phone")) == 3


def test_personal_data_is_masked_until_somebody_goes_into_the_field(qtbot) -> None:
    from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

    from ledger_desk.ui.records.masked import MaskedField

    box = QWidget()
    field, other = MaskedField(lambda text: text[:3] + "*" * (len(text) - 3)), QLineEdit()
    lines = QVBoxLayout(box)
    lines.addWidget(field)
    lines.addWidget(other)
    qtbot.addWidget(box)
    box.show()
    qtbot.waitExposed(box)
    said: list[str] = []
    field.committed.connect(said.append)
    field.set_text("13912345678")
    assert (field.displayText(), field.text()) == ("139********", "13912345678")
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert field.displayText() == "13912345678"
    qtbot.keyClicks(field, "9")
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    assert field.displayText().startswith("139*") or field.displayText().startswith("913*")
    assert len(said) == 1
    assert said[0] == field.text()
