"""A whole page and a sheet for one record: new ones, leaving, what is still wrong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt

from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import Bank, Enterprise, Matching
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.records import record_page
from ledger_desk.ui.records.form import RecordForm
from ledger_desk.ui.records.record_dialog import RecordDialog
from ledger_desk.ui.records.record_page import RecordPage
from tests.ui.places import (
    XINJI,
    credit_code,
    fill,
    ledger_at,
    open_sheet,
    press,
    show,
    type_into,
)
from tests.ui.walk import walk


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "甲.账套", firms=6) as made:
        yield made


def first(ledger: Ledger, number: int = 0) -> Enterprise:
    return ledger.find(Query(Enterprise), number + 1)[number]


def test_a_new_record_is_one_step_and_f12_begins_the_next(qtbot, ledger) -> None:
    page = RecordPage(ledger, Enterprise)
    show(qtbot, page, 1200, 700)
    page.begin({"township": XINJI})
    steps = len(ledger.log())
    type_into(qtbot, page.form.editor("name").widget, "泗店竹编工坊")
    press(qtbot, Qt.Key.Key_Return)
    type_into(qtbot, page.form.editor("code").widget, credit_code(900))
    press(qtbot, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: page.form.editor("name").text() == "")
    assert len(ledger.log()) == steps + 1
    assert ledger.log(1)[0].name == "新增经营主体 泗店竹编工坊"
    made = ledger.find(Query(Enterprise, text="泗店竹编"))[0]
    assert (made.code, made.township) == (credit_code(900), XINJI)
    assert page.form.keeper.is_new
    assert page.form.editor("township").value() == XINJI  # what the list was narrowed to stays
    assert page.form.focused_name() == "name"


def test_a_new_record_without_a_name_is_not_made_and_says_so(qtbot, ledger) -> None:
    page = RecordPage(ledger, Enterprise)
    show(qtbot, page, 1200, 700)
    page.begin()
    count = ledger.count(Query(Enterprise))
    type_into(qtbot, page.form.editor("person").widget, "付长青")
    press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "先填" in page.form.field("name").message())
    assert ledger.count(Query(Enterprise)) == count
    assert page.form.focused_name() == "name"


def test_esc_asks_only_when_something_typed_is_not_stored(qtbot, ledger, monkeypatch) -> None:
    asked: list[str] = []

    def answer(parent, title, sentence, choices, *, close=""):
        asked.append(sentence)
        return replies.pop(0)

    monkeypatch.setattr(record_page, "ask_choice", answer)
    page = RecordPage(ledger, Enterprise)
    show(qtbot, page, 1200, 700)
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    page.begin()
    press(qtbot, Qt.Key.Key_Escape)
    assert (asked, closed) == ([], [True])
    type_into(qtbot, page.form.editor("name").widget, "甲厂")
    press(qtbot, Qt.Key.Key_Tab)
    replies = [None, record_page.DROP]
    press(qtbot, Qt.Key.Key_Escape)
    assert "经营主体名称" in asked[0]
    assert len(closed) == 1  # 接着填
    press(qtbot, Qt.Key.Key_Escape)
    assert len(closed) == 2
    assert not ledger.find(Query(Enterprise, text="甲厂"))


def test_a_text_that_was_typed_and_not_left_is_stored_before_going_away(qtbot, ledger) -> None:
    firm = first(ledger, 1)
    page = RecordPage(ledger, Enterprise)
    show(qtbot, page, 1200, 700)
    page.open(firm.id)
    type_into(qtbot, page.form.editor("village").widget, "麻布村")
    page.leave()
    assert ledger.get(Enterprise, firm.id).village == "麻布村"


def test_f8_goes_round_what_is_still_wrong(qtbot, ledger) -> None:
    firm = first(ledger, 0)  # has no telephone
    page = RecordPage(ledger, Enterprise)
    show(qtbot, page, 1200, 700)
    page.open(firm.id)
    assert page.form.counts() == (1, 0)
    press(qtbot, Qt.Key.Key_F8)
    assert page.form.focused_name() == "phone"


def test_a_sheet_for_a_small_record_makes_it_as_one_step(qtbot, ledger, window) -> None:
    show(qtbot, window, 1366, 768)
    dialog = RecordDialog(window, ledger, Bank, noun="家")
    open_sheet(qtbot, dialog)
    type_into(qtbot, dialog.form.editor("name").widget, "新县农村商业银行")
    press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert ledger.log(1)[0].name == "新增银行 新县农村商业银行"
    dialog.deleteLater()


def test_a_record_about_a_firm_is_called_by_the_firm(qtbot, ledger) -> None:
    firm = first(ledger)
    with ledger.step("登记") as step:
        bank = step.create(Bank(name="农商行", type="农信系统"))
        met = step.create(
            Matching(office=ledger.office.id, enterprise=firm.id, bank=bank, day=date(2024, 11, 5))
        )
    form = RecordForm(ledger, Matching, met)
    show(qtbot, form)
    type_into(qtbot, form.editor("manager").widget, "卢振东")
    press(qtbot, Qt.Key.Key_Tab)
    assert ledger.log(1)[0].name == f"修改 {firm.name}：客户经理"


def test_a_ledger_opened_for_looking_cannot_be_edited(qtbot, tmp_path) -> None:
    with ledger_at(tmp_path / "乙.账套") as made:
        fill(made, 2)
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        form = RecordForm(ledger, Enterprise, first(ledger).id)
        show(qtbot, form)
        assert not any(form.editor(s.name).widget.isEnabled() for s in fields_of(Enterprise))


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_on_the_page_is_cut_off_or_nameless(qtbot, ledger, theme, factor) -> None:
    theme.set(factor=factor)
    page = RecordPage(ledger, Enterprise)
    show(qtbot, page, 1366 if factor > 1 else 1198, 640)
    page.set_mode("full" if factor == 1 else "single")
    page.open(first(ledger, 3).id)
    qtbot.wait(60)  # wrapped messages find their height in a second round
    assert [str(f) for f in walk(page)] == []
