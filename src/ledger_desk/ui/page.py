"""A page: head with title and counts, body, bottom bar, and a details pane that may be a drawer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QScrollArea, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.rules import DoubleRule, frame


def cast_shadow(widget: QWidget) -> None:
    """Give a floating thing its shadow; never use it on a card with a grid in it."""
    effect = QGraphicsDropShadowEffect(widget)
    effect.setBlurRadius(theme.look().px(26))
    effect.setOffset(0, theme.look().px(4))
    shade = QColor("#142826")
    shade.setAlphaF(0.3)
    effect.setColor(shade)
    widget.setGraphicsEffect(effect)


def gather_rare(buttons: Sequence[Button], more: MenuButton, *, single: bool) -> None:
    """In the narrowest layout move all but the filled button into a menu; else show them all.

    A button the page itself has hidden (`Button.retire`) stays out of both.
    """
    entries: list[Entry] = []
    offered = [button for button in buttons if not button.retired]
    for button in offered:
        hidden = single and str(button.property("k")) != "pri"
        button.setVisible(not hidden)
        if hidden:
            entries.append((button.text().replace("&&", "&"), button.click))
    more.set_entries(entries)
    more.setVisible(bool(entries))


class PageHead(QWidget):
    """Title, one line of counts, up to four buttons, 文武线; stays when the page scrolls."""

    def __init__(self, title: str) -> None:
        """Show a title."""
        super().__init__()
        self._column = Column(self, margins=(0, 10, 0, 0), gap=6)
        self._title = FittingLabel([title], "title")
        self._counts = FittingLabel([""], "dim")
        self._buttons: list[Button] = []
        self._mode: Mode = "full"
        self.more = MenuButton("更多")
        self.more.hide()
        self.pane_button: Button | None = None
        self._row = Row(gap=10).add(self._title, self._counts).push()
        self._row.add(self.more)
        self._column.add(self._row, DoubleRule())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_title(self, *texts: str) -> None:
        """Change the title; further wordings are shorter ones."""
        self._title.set_texts(texts)

    def title(self) -> str:
        """The whole title."""
        return self._title.texts()[0]

    def set_counts(self, *texts: str) -> None:
        """Show a line of counts, wordings from long to short; it goes when nothing fits."""
        self._counts.set_texts([*texts, ""])

    def add_button(self, button: Button) -> Button:
        """Add a button at the right end; the filled one is added last."""
        self._buttons.append(button)
        self._row.add(button)
        if self.pane_button is not None:
            self._row.removeWidget(self.pane_button)
            self._row.add(self.pane_button)
        self._arrange()
        return button

    def add_pane_button(self, button: Button) -> None:
        """Add the button that opens the details; it stands last."""
        self.pane_button = button
        self._row.add(button)

    def buttons(self) -> list[Button]:
        """All buttons, in order."""
        return list(self._buttons)

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """In ``single`` all but the filled button move into 更多."""
        self._mode = mode
        tight = very_short or mode == "single"
        self._column.set_margins((0, 5 if tight else 10, 0, 0))
        self._column.set_gap(4 if tight else 6)
        self._arrange()

    def _arrange(self) -> None:
        single = self._mode == "single"
        extra = [self.pane_button] if self.pane_button is not None else []
        if single:
            gather_rare([*self._buttons, *extra], self.more, single=True)
        else:
            gather_rare(self._buttons, self.more, single=False)


class BottomBar(QFrame):
    """What was found, at the left; the way on, at the right."""

    def __init__(self) -> None:
        """Start hidden; it comes with its first part."""
        super().__init__()
        self.setProperty("k", "bottom")
        self._row = Row(self, margins=(20, 0, 20, 0), gap=10)
        self._left, self._right = Row(gap=10), Row(gap=10)
        self._row.add(self._left, stretch=1).add(self._right)
        self._buttons: list[Button] = []
        self.more = MenuButton("更多")
        self.more.hide()
        self._right.add(self.more)
        self.hide()
        theme.follow(self._fit)

    def say(self, *parts: QWidget) -> None:
        """Add words or marks at the left."""
        self._left.add(*parts)
        self.show()

    def push(self) -> None:
        """Push what was said to the left."""
        self._left.push()

    def add_button(self, button: Button) -> Button:
        """Add a button at the right; the filled one last."""
        self._right.add(button)
        self._buttons.append(button)
        self.show()
        return button

    def set_mode(self, mode: Mode) -> None:
        """In ``single`` all but the filled button move into 更多."""
        side = 12 if mode == "single" else 20
        self._row.set_margins((side, 0, side, 0))
        gather_rare(self._buttons, self.more, single=mode == "single")

    def _fit(self) -> None:
        self.setFixedHeight(theme.look().px(50))


class Page(QFrame):
    """Base of all pages; ``head``, ``body`` and ``bottom`` are filled by the page itself."""

    def __init__(self, title: str, *, scroll: bool = False) -> None:
        """Make the frame of a page; with ``scroll`` the body lives in a scroll area."""
        super().__init__()
        self.setProperty("k", "work")
        self.mode: Mode = "full"
        self.pane: QFrame | None = None
        self._floating = self._very_short = False
        self._outer = Row(self, gap=0)
        main = Column(gap=0)
        self.head = PageHead(title)
        self._head_box = Column(margins=(20, 0, 20, 0), gap=0).add(self.head)
        inner = frame("bare")
        self.body = Column(inner, margins=(20, 10, 20, 10), gap=10)
        self.scroll_area: QScrollArea | None = None
        main.add(self._head_box)
        if scroll:
            self.scroll_area = QScrollArea()
            self.scroll_area.setWidgetResizable(True)
            self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.scroll_area.setWidget(inner)
            main.add(self.scroll_area, stretch=1)
        else:
            main.add(inner, stretch=1)
        self.bottom = BottomBar()
        main.add(self.bottom)
        self._outer.add(main, stretch=1)
        theme.follow(self._place_pane)

    def front(self) -> Page:
        """The page whose bars are to be seen: what covers this one, if anything does."""
        return self

    def entered(self) -> None:
        """Called each time the page comes to the front; pages read their data here."""

    def first_focus(self) -> QWidget | None:
        """Where the focus goes when the page is entered by keyboard."""
        return self._first_in(self)

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit to a layout; pages that override this call it first."""
        self.mode, self._very_short = mode, very_short
        side = 12 if mode == "single" else 20
        self._head_box.set_margins((side, 0, side, 0))
        self.body.set_margins((side, 5 if very_short else 10, side, 5 if very_short else 10))
        self.head.set_mode(mode, very_short=very_short)
        self.bottom.set_mode(mode)
        self._place_pane()

    def set_pane(self, content: QWidget, title: str = "详情") -> None:
        """Put details at the right: beside the page when there is room, else a drawer over it."""
        self._pane_content = content
        self.pane = QFrame(self)
        self.pane.setProperty("k", "pane")
        self.pane.setAccessibleName(title)
        column = Column(self.pane, gap=0)
        self._pane_bar = QWidget()
        close = Button("收起", self.close_pane, kind="words", key="Esc")
        Row(self._pane_bar, margins=(16, 4, 8, 4)).add(label(title, "card")).push().add(close)
        column.add(self._pane_bar).add(content, stretch=1)
        self.head.add_pane_button(Button(title, self.toggle_pane, key="F6"))
        self._place_pane()

    def open_pane(self) -> None:
        """Show the drawer; nothing to do where the pane stands beside the page."""
        if self.pane is not None:
            self._fit_drawer()
            self.pane.show()
            self.pane.raise_()
            target = self._first_in(self._pane_content) or self._first_in(self.pane)
            if target is not None and self._floating:
                target.setFocus(Qt.FocusReason.TabFocusReason)

    def close_pane(self) -> None:
        """Put the drawer away."""
        if self.pane is not None and self._floating:
            self.pane.hide()
            target = self.first_focus()
            if target is not None:
                target.setFocus(Qt.FocusReason.OtherFocusReason)

    def toggle_pane(self) -> None:
        """Open or close the drawer."""
        if self.pane is not None and self.pane.isVisible():
            self.close_pane()
        else:
            self.open_pane()

    def areas(self) -> list[QWidget]:
        """Areas that F6 goes round on this page, the page itself first."""
        found: list[QWidget] = [self]
        if self.pane is not None:
            found.append(self.pane)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the drawer."""
        if (
            event.key() == Qt.Key.Key_Escape
            and self.pane is not None
            and self._floating
            and self.pane.isVisible()
        ):
            self.close_pane()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the drawer at the right edge."""
        super().resizeEvent(event)
        self._fit_drawer()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit_drawer()

    def _place_pane(self) -> None:
        if self.pane is None:
            return
        floating = self.mode != "full"
        self._pane_bar.setVisible(floating)
        if self.head.pane_button is not None:
            self.head.pane_button.setVisible(floating and self.mode != "single")
        if floating:
            self._outer.removeWidget(self.pane)
            self.pane.setMinimumWidth(0)
            self.pane.setMaximumWidth(16777215)
            if not self._floating:
                self.pane.hide()
                cast_shadow(self.pane)
        else:
            self.pane.setGraphicsEffect(None)  # type: ignore[arg-type]
            self.pane.setFixedWidth(theme.look().px(314))
            if self._outer.indexOf(self.pane) < 0:
                self._outer.add(self.pane)
            self.pane.show()
        self._floating = floating
        self.head.set_mode(self.mode, very_short=self._very_short)
        self._fit_drawer()

    def _fit_drawer(self) -> None:
        if self.pane is not None and self._floating:
            wide = min(theme.look().px(340), self.width())
            self.pane.setGeometry(self.width() - wide, 0, wide, self.height())

    def _first_in(self, area: QWidget) -> QWidget | None:
        for widget in area.findChildren(QWidget):
            if (
                widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isVisible()
                and widget.isEnabled()
            ):
                return widget
        return None
