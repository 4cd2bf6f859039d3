"""A firm's file in a shown window, and short words for what tests do in it by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.dossier.child_card import ChildCard
from ledger_desk.ui.dossier.page import DossierPage
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.main_window import MainWindow
from tests.ui.places import press, show


def open_file(qtbot, window: MainWindow, jobs, ledger: Ledger, firm: str = "") -> DossierPage:
    """The file of a firm, or an empty one, in a shown window of 1366 × 768."""
    page = DossierPage(ledger, jobs, window)
    window.add_page("enterprises", "经营主体", "building-store", page)
    if firm:
        page.open(firm)
    else:
        page.begin()
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    qtbot.wait(20)
    page.first_focus().setFocus(Qt.FocusReason.TabFocusReason)
    return page


def here() -> QAbstractItemView | None:
    """What has the keyboard."""
    return QApplication.focusWidget()


def compose(text: str, *, by: str = "") -> None:
    """Commit a text at the keyboard's place as an input method does, after composing ``by``."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    if by:
        QApplication.sendEvent(target, QInputMethodEvent(by, []))
        target = QApplication.focusWidget()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def put(qtbot, text: str) -> None:
    """Type a text where the keyboard is: letters as keys, Chinese through the input method."""
    if text.isascii():
        target = QApplication.focusWidget()
        assert target is not None
        qtbot.keyClicks(target, text[:1])
        qtbot.keyClicks(QApplication.focusWidget(), text[1:])
    else:
        compose(text)


def hit(qtbot, key: Qt.Key) -> None:
    """Press a key where the system would send it: to an open list first."""
    popup = QApplication.activePopupWidget()
    if popup is not None:
        qtbot.keyClick(popup, key)
    else:
        press(qtbot, key)


def put_cells(qtbot, grid: Grid, texts: list[str]) -> None:
    """Fill cells from the current one on, going on with Tab; '' passes one by."""
    for text in texts:
        if text:
            put(qtbot, text)
        hit(qtbot, Qt.Key.Key_Tab)
        editing = grid.state() == QAbstractItemView.State.EditingState
        assert not editing, f"“{text}” was not taken: {grid.cell_note.text()}"


def texts(card: ChildCard) -> list[list[str]]:
    """What the rows of a list show."""
    model = card.grid.lazy_model()
    return [
        [str(model.data(model.index(row, column)) or "") for column in range(len(model.columns))]
        for row in range(model.rowCount())
    ]


def state_of(card: ChildCard, row: int, key: str) -> str:
    """State of a cell."""
    model = card.grid.lazy_model()
    column = [each.key for each in model.columns].index(key)
    return getattr(model.cell(row, column), "state", "")
