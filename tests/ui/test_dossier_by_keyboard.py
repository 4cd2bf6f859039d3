"""Issue 4, done when 1: a firm keyed in from an empty file by keyboard alone loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from ledger_desk.model.records import (
    Associate,
    Attachment,
    Bank,
    Drawdown,
    Enterprise,
    Loan,
    Repayment,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.printing.dossier_dialog import DossierDialog
from tests.ui.dossier_places import compose, here, hit, open_file, put, put_cells
from tests.ui.enterprise_places import open_page
from tests.ui.places import XINJI, credit_code, ledger_at, press, settle

_CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "甲.账套") as made:
        with made.step("登记银行") as step:
            step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
        yield made


def test_a_firm_with_two_people_a_loan_and_a_file_takes_no_mouse_and_loses_nothing(
    qtbot, window, jobs, ledger, tmp_path, monkeypatch
) -> None:
    listing = open_page(qtbot, window, jobs, ledger)
    press(qtbot, Qt.Key.Key_F12)
    settle(qtbot, lambda: listing.cover_view is listing.editor())
    page = listing.editor()
    settle(qtbot, lambda: page.focused_name() == "name")

    # The firm: its first required field has the keyboard; leaving it makes the firm.
    assert page.focused_name() == "name"
    compose("丰禾茶业专业合作社", by="feng he")
    press(qtbot, Qt.Key.Key_Return)
    put(qtbot, credit_code(7, "93"))
    press(qtbot, Qt.Key.Key_Tab)
    firm = ledger.find(Query(Enterprise))[0]
    assert (firm.name, firm.code) == ("丰禾茶业专业合作社", credit_code(7, "93"))

    # Two people: Ctrl+2, then cell by cell; the last row is always there to go on in.
    press(qtbot, Qt.Key.Key_2, _CTRL)
    people = page.view().card(Associate)
    assert here() is people.grid
    compose("周", by="zhou")  # Chinese committed into a selected cell, after a composition
    compose("慎行")  # … and a second word into the editor that it opened
    press(qtbot, Qt.Key.Key_Tab)
    put_cells(qtbot, people.grid, ["法定代表人", "", "男", "46", "13803972261"])
    for _ in range(11):
        press(qtbot, Qt.Key.Key_Tab)
    assert people.grid.currentIndex().row() == 1  # from the last cell to the new row
    put_cells(qtbot, people.grid, ["付长青", "配偶"])

    # One loan with what was paid out and back: Ctrl+9, Enter opens it, Esc comes back.
    press(qtbot, Qt.Key.Key_9, _CTRL)
    loans = page.view().card(Loan)
    assert here() is loans.grid
    put_cells(qtbot, loans.grid, ["新县农村商业银行", "200"])
    press(qtbot, Qt.Key.Key_Home)
    press(qtbot, Qt.Key.Key_Return)
    view = page.view().loan
    assert view is not None
    assert here() is view.cards[0].grid
    put_cells(qtbot, view.cards[0].grid, ["20231121", "200"])
    for _ in range(3):  # to the empty row, past the words of the card, to the next list
        press(qtbot, Qt.Key.Key_Tab)
    assert here() is view.cards[1].grid
    put_cells(qtbot, view.cards[1].grid, ["2024.5.21", "40"])
    press(qtbot, Qt.Key.Key_Escape)
    assert here() is loans.grid

    # One attachment: on to section 17, Insert, and the file in the system's own dialog.
    for _ in range(8):
        press(qtbot, Qt.Key.Key_PageDown)
    assert page.number == 17
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    assert picture.save(str(tmp_path / "营业执照.png"))
    chosen = ([str(tmp_path / "营业执照.png")], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: chosen)
    press(qtbot, Qt.Key.Key_Insert)
    settle(qtbot, lambda: page.view().strip.count() == 1)
    window.activateWindow()  # as the system does once its own dialog is gone
    settle(qtbot, lambda: here() is page.view().strip.shelf)
    held = ledger.find(Query(Attachment))[0]
    assert (held.enterprise, held.kind) == (firm.id, "营业执照")
    assert page.state().standings[17].count == "1 件"

    # And the whole file on paper: Ctrl+P, on to 存成 PDF, Enter.
    out = tmp_path / "档案.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(out), ""))
    press(qtbot, Qt.Key.Key_PageDown)
    assert page.number == 18
    press(qtbot, Qt.Key.Key_P, _CTRL)
    settle(qtbot, lambda: window.findChild(DossierDialog) is not None)
    dialog = window.findChild(DossierDialog)
    settle(qtbot, dialog.isActiveWindow)
    for _ in range(20):
        focused = here()
        if isinstance(focused, Button) and focused.words == "存成 PDF":
            break
        press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(out.exists, timeout=30_000)
    jobs.wait()
    with pdfium.PdfDocument(out) as document:
        told = ""
        for sheet in document:
            part = sheet.get_textpage()
            told += "".join(part.get_text_range().split())
            part.close()
            sheet.close()
    for text in (
        "丰禾茶业专业合作社",
        "周慎行",
        "付长青",
        "农商行",
        "160.00",
        "营业执照.png",
        "138****2261",
    ):
        assert text in told, text

    found = ledger.find(Query(Associate))
    assert [(p.name, p.role, p.sex, p.age, p.phone) for p in found] == [
        ("周慎行", "法定代表人", "男", 46, "13803972261"),
        ("付长青", "配偶", None, None, None),
    ]
    assert all(person.enterprise == firm.id for person in found)
    loan = ledger.find(Query(Loan))[0]
    bank = ledger.find(Query(Bank))[0]
    assert (loan.enterprise, loan.bank, loan.amount) == (firm.id, bank.id, 200_000_000)
    drawn, repaid = ledger.find(Query(Drawdown))[0], ledger.find(Query(Repayment))[0]
    assert (drawn.loan, drawn.day, drawn.amount) == (loan.id, date(2023, 11, 21), 200_000_000)
    assert (repaid.loan, repaid.day, repaid.amount) == (loan.id, date(2024, 5, 21), 40_000_000)


def test_each_cell_is_in_the_ledger_as_soon_as_it_is_left(qtbot, window, jobs, ledger) -> None:
    with ledger.step("登记") as step:
        firm = step.create(Enterprise(name="丰禾茶业", township=XINJI))
    page = open_file(qtbot, window, jobs, ledger, firm)
    press(qtbot, Qt.Key.Key_2, _CTRL)
    assert ledger.count(Query(Associate)) == 0
    put(qtbot, "Z")
    assert ledger.count(Query(Associate)) == 0  # still being typed
    press(qtbot, Qt.Key.Key_Tab)
    assert ledger.find(Query(Associate))[0].name == "Z"
    assert ledger.log(1)[0].name == "新增关联人 Z"
    compose("股东")
    hit(qtbot, Qt.Key.Key_Tab)
    assert ledger.find(Query(Associate))[0].role == "股东"
    press(qtbot, Qt.Key.Key_PageDown)  # leaving by the way keeps what is being typed, too
    assert page.number == 3
    press(qtbot, Qt.Key.Key_PageUp)
    put(qtbot, "E12345678")  # the place in the list is where it was
    press(qtbot, Qt.Key.Key_PageDown)
    assert ledger.find(Query(Associate))[0].person_id == "E12345678"
