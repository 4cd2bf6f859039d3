"""A sheet for one record: new ones, what they are called, and ledgers that are only looked at."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import Bank, Enterprise, Matching
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.records.form import RecordForm
from ledger_desk.ui.records.record_dialog import RecordDialog
from tests.ui.places import fill, ledger_at, ledger_of, open_sheet, press, show, type_into

ledger = ledger_of(6)


def first(ledger: Ledger, number: int = 0) -> Enterprise:
    return ledger.find(Query(Enterprise), number + 1)[number]


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
