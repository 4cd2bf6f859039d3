"""Facts of a record in a pane: name, value, and a button beside it; widgets are used again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import label


@dataclass(frozen=True)
class FactLine:
    """One fact.

    Attributes:
        title: What it is.
        text: What it says.
        word: Word of the button beside it; empty: none.
        spoken: What the button does, for screen readers.
        deed: What it does.
    """

    title: str
    text: str
    word: str = ""
    spoken: str = ""
    deed: Callable[[], object] | None = None


class FactList(QWidget):
    """Facts one under another."""

    def __init__(self, title_width: int = 0, text_width: int = 0) -> None:
        """Start empty.

        Args:
            title_width: Pixels at 100 % of all names; 0: as wide as the longest.
            text_width: Pixels at 100 % that a value has at the least.
        """
        super().__init__()
        self._title_width, self._text_width = title_width, text_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[_Line] = []
        theme.follow(self._scale)

    def show_facts(self, facts: Sequence[FactLine]) -> None:
        """Show these facts and no others."""
        while len(self._lines) < len(facts):
            line = _Line(self._grid, len(self._lines), wraps=bool(self._title_width))
            self._lines.append(line)
            line.scale(self._title_width, self._text_width)
        for place, line in enumerate(self._lines):
            line.put(facts[place] if place < len(facts) else None)

    def _scale(self) -> None:
        self._grid.setHorizontalSpacing(theme.look().px(12))
        self._grid.setVerticalSpacing(theme.look().px(4))
        for line in self._lines:
            line.scale(self._title_width, self._text_width)


class _Line:
    """The widgets of one place."""

    def __init__(self, grid: QGridLayout, place: int, *, wraps: bool) -> None:
        self._grid, self._place = grid, place
        self._title = label("", "dim", wrap=wraps)
        self._text = label("", "body", wrap=True)
        self._button: Button | None = None
        self._deed: Callable[[], object] | None = None
        self._has_button: bool | None = None
        grid.addWidget(self._title, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._text, place, 1)

    def scale(self, title_width: int, text_width: int) -> None:
        """Take the widths at another text size."""
        if title_width:
            self._title.setFixedWidth(theme.look().px(title_width))
        if text_width:
            self._text.setMinimumWidth(theme.look().px(text_width))

    def put(self, fact: FactLine | None) -> None:
        """Show a fact; None: nothing."""
        word = fact.word if fact is not None else ""
        self._title.setText(fact.title if fact is not None else "")
        self._text.setText(fact.text if fact is not None else "")
        self._title.setVisible(fact is not None)
        self._text.setVisible(fact is not None)
        self._deed = fact.deed if fact is not None else None
        if fact is not None and word:
            if self._button is None:
                self._button = Button(word, self._do, kind="words")
                self._grid.addWidget(self._button, self._place, 2)
            self._button.set_text(word)
            self._button.setAccessibleName(fact.spoken)
        if self._button is not None:
            self._button.setVisible(bool(word))
        if self._has_button != bool(word):
            self._has_button = bool(word)
            side = Qt.AlignmentFlag.AlignVCenter if word else Qt.AlignmentFlag.AlignTop
            self._grid.setAlignment(self._title, side)

    def _do(self) -> None:
        if self._deed is not None:
            self._deed()
