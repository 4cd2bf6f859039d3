"""A small synthetic ledger in a shown window, for tests of pages and editors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ledger_desk.model.identifiers import body_check_character, credit_check_character
from ledger_desk.model.records import Bank, Credit, Enterprise, Matching, Office, Person
from ledger_desk.store.ledger import Ledger

COUNTY = "411523"
XINJI, SHAWO = "411523100", "411523101"


def credit_code(number: int, prefix: str = "92") -> str:
    """Make a credit code that holds, for an invented firm."""
    body = f"MA9{number:05d}"
    first = f"{prefix}{COUNTY}{body}{body_check_character(body)}"
    return first + credit_check_character(first)


def fill(ledger: Ledger, firms: int) -> list[str]:
    """Put invented firms into a ledger: every fifth lacks a telephone, one code has a wrong digit."""
    rows = []
    for n in range(firms):
        code = credit_code(n)
        if n == 3:
            code = code[:17] + ("0" if code[17] != "0" else "1")
        rows.append(
            {
                "name": f"新集镇{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{n:03d}茶叶加工厂", "code": code, "kind": "个体工商户",
                "person": "付长青", "founded": date(2015, 1 + n % 12, 1 + n % 28), "capital": (n + 1) * 1_000_000,
                "township": XINJI if n % 2 else SHAWO, "place": f"将军路 {n} 号", "industry": "1530", "staff": n % 30,
                "revenue": 80_000_000, "phone": None if n % 5 == 0 else f"1380397{n:04d}",
            }
        )  # fmt: skip
    with ledger.step("装入 名录.csv", kind="import") as step:
        return step.create_many(Enterprise, rows)


def meet(ledger: Ledger, firm: str) -> str:
    """Let a firm meet a bank, which grants 30 万元; gives the matching."""
    with ledger.step("登记对接") as step:
        bank = step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
        matching = step.create(
            Matching(office=ledger.office.id, enterprise=firm, bank=bank, day=date(2024, 11, 5))
        )
        step.create(
            Credit(
                matching=matching,
                decided_on=date(2024, 11, 12),
                granted=True,
                amount=30_000_000,
                security="信用",
            )
        )
    return matching


@contextmanager
def ledger_at(path: Path, firms: int = 0) -> Iterator[Ledger]:
    """Open a new ledger of an invented office."""
    office = Office(name="新县专班", level="县级", division=COUNTY)
    with Ledger.create(path, office=office, person=Person(name="程映雪")) as made:
        if firms:
            fill(made, firms)
        yield made


def ledger_of(firms: int = 0):
    """Make the fixture of a module: ``ledger = ledger_of(6)`` gives each test its own ledger."""

    @pytest.fixture
    def ledger(tmp_path: Path) -> Iterator[Ledger]:
        with ledger_at(tmp_path / "甲.账套", firms) as made:
            yield made

    return ledger


def show(qtbot, widget: QWidget, width: int = 1000, height: int = 700) -> QWidget:
    """Show a widget as the active window."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    _activate(qtbot, widget)
    qtbot.kept = widget
    return widget


def _activate(qtbot, widget: QWidget) -> None:
    """Ask again until it is so: a window of the test before may just be going away."""

    def active() -> bool:
        if not widget.isActiveWindow():
            widget.activateWindow()
        return widget.isActiveWindow()

    qtbot.waitUntil(active)


def open_sheet(qtbot, dialog: QDialog) -> None:
    """Open a sheet and wait until the keyboard is in it."""
    dialog.open()
    qtbot.wait(30)  # the window behind it takes its late activation first
    _activate(qtbot, dialog)


def focus(qtbot, widget: QWidget) -> None:
    """Put the keyboard into a widget."""
    _activate(qtbot, widget.window())
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)


def type_into(qtbot, widget: QWidget, text: str) -> None:
    """Type a text into what has the focus inside an editor, replacing what stands there."""
    _activate(qtbot, widget.window())
    target = widget.focusProxy() or widget
    line = getattr(target, "lineEdit", None)
    target = line() if callable(line) else target
    target.setFocus(Qt.FocusReason.TabFocusReason)
    target.selectAll()
    if text.isascii() and text:
        qtbot.keyClicks(target, text)
    elif text:  # as an input method does it
        commit = QInputMethodEvent()
        commit.setCommitString(text)
        QApplication.sendEvent(target, commit)
    else:
        qtbot.keyClick(target, Qt.Key.Key_Delete)


def press(
    qtbot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the focus is."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    qtbot.keyClick(target, key, modifier)


def settle(qtbot, condition: Callable[[], bool], timeout: int = 20_000) -> None:
    """Wait until something is so."""
    qtbot.waitUntil(condition, timeout=timeout)
