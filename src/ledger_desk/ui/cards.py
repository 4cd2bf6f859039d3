"""Cards, one-line notices, and what a page shows while it has nothing to show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ledger_desk.ui import icons, theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import dress, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.rules import DoubleRule, frame


class Card(QFrame):
    """A white card; ``body`` takes what belongs on it, ``title_row`` what stands right of the title."""

    def __init__(self, title: str = "", *, pad: int = 14, mark: str | None = None) -> None:
        """Make a card, with a bold title when given."""
        super().__init__()
        self.setProperty("k", "box")
        outer = Column(self, margins=pad, gap=8)
        self.title_row = Row(gap=8)
        self.title_label = label(title, "card")
        if mark:
            self.title_row.add(Mark(mark))
        if title:
            self.title_row.add(self.title_label).push()
            outer.add(self.title_row)
        self.body = Column(gap=8)
        outer.add(self.body, stretch=1)


class MarkLabel(QWidget):
    """A mark and the word or sentence that goes with it."""

    def __init__(
        self, mark: str, text: str = "", kind: str = "body", *, wrap: bool = False
    ) -> None:
        """Show a mark of `marks.MARKS` and a text."""
        super().__init__()
        row = Row(self, gap=6)
        self.mark = Mark(mark)
        self.label = label(text, kind, wrap=wrap)
        holder = Column(margins=(0, 3 if wrap else 0, 0, 0), gap=0).add(self.mark)
        row.add(holder)
        row.setAlignment(
            holder, Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter
        )
        row.add(self.label, stretch=1)
        if not wrap:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set(self, mark: str, text: str) -> None:
        """Change both."""
        self.mark.set_mark(mark)
        self.label.setText(text)


class Notice(QFrame):
    """One strip: mark and sentence on a tint, with a button when there is something to do."""

    def __init__(self, kind: str, sentence: str, button: Button | None = None) -> None:
        """Take kind must, explain, hint or done."""
        super().__init__()
        self.setProperty("k", "notice")
        self.setProperty("s", kind)
        row = Row(self, margins=(12, 7, 12, 7), gap=9)
        self._mark = Mark(kind, size=18)
        self.sentence = label(sentence, "ok" if kind == "done" else kind, wrap=True)
        row.add(self._mark).add(self.sentence, stretch=1)
        if button is not None:
            row.add(button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set(self, kind: str, sentence: str) -> None:
        """Say something else."""
        dress(self, s=kind)
        self._mark.set_mark(kind)
        self.sentence.setText(sentence)
        dress(self.sentence, k="ok" if kind == "done" else kind)


class IconPicture(QWidget):
    """An icon alone, beside its words."""

    def __init__(self, name: str, colour: str = "dai", size: int = 28) -> None:
        """Show an outline icon at ``size`` pixels (at 100 %)."""
        super().__init__()
        self._name, self._colour, self._size = name, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """A square."""
        return icons.icon_size(self._size)

    def minimumSizeHint(self) -> QSize:
        """The same square."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter, look = QPainter(self), theme.look()
        shade = getattr(look.tokens, self._colour)
        painter.drawPixmap(
            0, 0, icons.pixmap(self._name, shade, look.px(self._size), self.devicePixelRatioF())
        )


@dataclass(frozen=True)
class NextStep:
    """One way on from an empty page: icon, what, how, and the button."""

    icon: str
    title: str
    sentence: str
    button: str
    on: Callable[[], object]
    pri: bool = False
    key: str | None = None


class EmptyState(QFrame):
    """Says what is not there yet and the ways to begin, one button each."""

    def __init__(
        self,
        title: str,
        sentence: str,
        steps: Sequence[NextStep] = (),
        foot: tuple[str, str, str, Callable[[], object]] | None = None,
    ) -> None:
        """Show title, sentence and steps.

        Args:
            title: Serif sentence: what is not there.
            sentence: Why it matters and that there are ways.
            steps: The ways; the first is usually ``pri``.
            foot: Bold words, sentence, button words, slot: a way to try things out.
        """
        super().__init__()
        self.setProperty("k", "float")
        column = Column(self, margins=(28, 20, 28, 20), gap=0)
        column.add(label(title, "title"), label(sentence, "dim", wrap=True))
        column.addSpacing(theme.look().px(6))
        column.add(DoubleRule())
        for number, step in enumerate(steps):
            if number:
                column.add(frame("rule"))
            row = Row(margins=(0, 14, 0, 14), gap=14)
            words = Column(gap=1).add(
                label(step.title, "bold"), label(step.sentence, "dim", wrap=True)
            )
            button = Button(step.button, step.on, kind="pri" if step.pri else "plain", key=step.key)
            self._widen(button)
            row.add(IconPicture(step.icon)).add(words, stretch=1).add(button)
            column.add(row)
        if foot is not None:
            row = Row(margins=(0, 6, 0, 0), gap=8)
            row.add(Mark("hint"), label(foot[0], "bold")).add(
                label(foot[1], "dim", wrap=True), stretch=1
            )
            row.add(Button(foot[2], foot[3], kind="words"))
            column.add(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _widen(self, button: Button) -> None:
        policy = button.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Fixed)
        button.setSizePolicy(policy)
        button.setMinimumWidth(theme.look().px(132))


class Nothing(QWidget):
    """A quiet middle: icon, one serif sentence, and up to two buttons; for "nothing found"."""

    def __init__(self, icon: str, sentence: str, buttons: Sequence[Button] = ()) -> None:
        """Show it in the middle of the place it gets."""
        super().__init__()
        self.sentence = label(sentence, "heading", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = Column(self, margins=20, gap=10).push()
        column.add(IconPicture(icon, "ink3"), align=Qt.AlignmentFlag.AlignHCenter).add(
            self.sentence
        )
        if buttons:
            column.add(Row(gap=8).push().add(*buttons).push())
        column.push()

    def say(self, sentence: str) -> None:
        """Say something else."""
        self.sentence.setText(sentence)
