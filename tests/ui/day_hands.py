"""Hands for a whole day's work: questions answered, rows read and marked, sheets keyed in, people changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.books.refused_sheet import RefusedSheet
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.ask import ChoiceQuestion
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.pages.settings.page import SettingsPage
from ledger_desk.ui.pages.visits.sheet_page import SheetPage
from ledger_desk.ui.picker import Picker
from tests.ui.hands import Hands, Key

_WAIT = QDialog.exec  # before the tests forbid it: a question waits for its answer


def button_of(place: QWidget, words: str) -> Button:
    """The button that shows some words, as a person looks for it."""
    return next(
        each for each in place.findChildren(Button) if each.isVisible() and each.words == words
    )


def shown(grid: Grid, heading: str) -> list[str]:
    """What a column of a list shows, from the top."""
    model = grid.lazy_model()
    headings = [str(column.title) for column in model.source.columns]
    assert heading in headings, headings
    place = headings.index(heading) + (1 if grid.has_checks() else 0)
    return [str(model.data(model.index(row, place)) or "") for row in range(model.rowCount())]


class DayHands:
    """What a day needs besides `Hands`, which it drives."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.window, self.desk = hands, hands.window, hands.desk

    # Lists

    def mark_all(self, page: BookPage, count: int) -> None:
        """Mark all rows of the list in front, once it shows so many."""
        hands = self.hands
        hands.listed(page, count)
        hands.control(Key.Key_A)
        hands.until(lambda: page.view().chosen_count() == count)

    def mark(self, grid: Grid, count: int) -> None:
        """Mark rows from the first one down."""
        hands = self.hands
        hands.reach(grid)
        hands.control(Key.Key_Home)
        for _ in range(count):
            hands.press(Key.Key_Space)
            hands.press(Key.Key_Down)
        hands.until(lambda: grid.selected_count() == count)

    def do(self, page: BookPage, key: str) -> None:
        """Press the button of a deed above the list in front."""
        self.hands.push(page.view().bar.buttons[key])

    def do_more(self, page: BookPage, words: str) -> None:
        """Press Enter on a deed under 更多, once it counts what is marked."""
        more = page.view().bar.more
        self.hands.until(lambda: any(a.text().startswith(words) for a in more.menu().actions()))
        self.hands.menu(more, words)

    def press_on(self, button: QAbstractButton) -> None:
        """Reach any button and press the space bar on it."""
        self.hands.reach(button)
        self.hands.press(Key.Key_Space)

    def go_back(self) -> None:
        """Esc, and the window behind has the keyboard again."""
        hands = self.hands
        sheet = QApplication.activeModalWidget()
        hands.press(Key.Key_Escape)
        hands.until(lambda: QApplication.activeModalWidget() is not sheet or sheet is None)
        if QApplication.activeModalWidget() is None:
            hands.front(self.window)
        hands.quiet()

    def refused(self) -> list[tuple[str, str]]:
        """Read the sheet of what was not done, and close it."""
        sheet = self.hands.sheet(RefusedSheet)
        grid = sheet.panel.grid
        said = list(zip(shown(grid, "哪一条"), shown(grid, "为什么没有办"), strict=True))
        self.go_back()
        return said

    # Questions that wait

    @contextmanager
    def answering(self, monkeypatch: Any, words: str) -> Iterator[None]:
        """Answer the question that comes: Tab to the button with some words, and Space."""
        hands = self.hands
        asked: list[str] = []

        def answer(sheet: QDialog) -> None:
            try:
                assert isinstance(sheet, ChoiceQuestion)
                asked.append(sheet.windowTitle())
                hands.front(sheet)
                hands.push(button_of(sheet, words))
            except BaseException:
                sheet.reject()
                raise

        def wait(sheet: QDialog) -> int:
            QTimer.singleShot(0, lambda: answer(sheet))
            return int(_WAIT(sheet))

        with monkeypatch.context() as patched:
            patched.setattr(QDialog, "exec", wait)
            yield
        assert asked, "nothing was asked"

    # Who works now

    def work_as(self, letters: str, name: str) -> None:
        """Change who works now, in the settings."""
        hands = self.hands
        page = hands.page("settings")
        assert isinstance(page, SettingsPage)
        hands.choose_tab(page.tabs, "office")
        hands.reach(page.office.who)
        hands.control(Key.Key_A)
        self.take(page.office.who, letters)
        hands.until(lambda: getattr(self.desk.ledger.person, "name", "") == name)
        assert page.office.who.text() == name

    def take(self, picker: Picker, letters: str) -> None:
        """Type into the picker that has the keyboard and take the first hit."""
        hands = self.hands
        hands.write(letters)
        hands.until(picker.popup().isVisible)
        QApplication.processEvents()  # offscreen the popup becomes active, late
        hands.press(Key.Key_Return)
        hands.until(lambda: not picker.popup().isVisible())
        hands.front(picker.window())

    # Paper sheets

    def go_to(self, sheet: SheetPage, name: str) -> None:
        """Press Enter until a field of the sheet has the keyboard."""
        parts = sheet.form.parts
        for _ in range(40):
            if parts.here() == name:
                return
            self.hands.press(Key.Key_Return)
        raise AssertionError(f"Enter never comes to {name}, stands at {parts.here()}")

    def pick(self, sheet: SheetPage, letters: str) -> None:
        """Take something in the picker that has the keyboard; the next field gets it by itself."""
        parts = sheet.form.parts
        here = parts.here()
        self.take(parts.editors[here].widget, letters)
        self.hands.until(lambda: parts.here() not in ("", here))

    def type_in(self, sheet: SheetPage, name: str, text: str) -> None:
        """Go to a field and type."""
        self.go_to(sheet, name)
        self.hands.write(text)
