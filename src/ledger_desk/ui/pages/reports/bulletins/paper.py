"""The text of a bulletin on the screen: numbers are underlined; arrows walk them, Enter opens one."""

from __future__ import annotations

from html import escape
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from ledger_desk.reports.bulletins.bulletin import Bulletin, Run, Text
from ledger_desk.ui import theme

_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BulletinPaper(QTextBrowser):
    """Shows a bulletin.

    Signals:
        chosen: The number that the keyboard stands on.
        opened: A number whose firms are wanted.
    """

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._bulletin: Bulletin | None = None
        self._places: dict[int, tuple[int, int]] = {}
        self._here = 0
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setAccessibleName("通报全文，左右键在数字间走，回车打开")
        self.anchorClicked.connect(self._clicked)
        theme.follow(self._draw)

    def show_bulletin(self, bulletin: Bulletin) -> None:
        """Show a bulletin, with the same number chosen where there is one."""
        self._bulletin = bulletin
        self._draw()

    def current(self) -> int:
        """The number chosen, 0 for none."""
        return self._here

    def go_to(self, number: int) -> None:
        """Choose a number and bring it into view."""
        if number not in self._places:
            return
        self._here = number
        self._mark()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._places[number][0])
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
        self.chosen.emit(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk the numbers, Enter opens."""
        key = event.key()
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and self._places and key in (*_NEXT, *_BACK):
            step = 1 if key in _NEXT else -1
            self.go_to(min(max(self._here + step, 1), len(self._places)))
        elif key in _OPEN and self._here:
            self.opened.emit(self._here)
        else:
            super().keyPressEvent(event)

    def _clicked(self, link: QUrl) -> None:
        number = int(link.toString().removeprefix("n"))
        self.go_to(number)
        self.opened.emit(number)

    def _draw(self) -> None:
        if self._bulletin is None:
            return
        at = self.verticalScrollBar().value()
        self.document().setDocumentMargin(theme.look().px(20))
        self.setHtml(_html(self._bulletin))
        self._find_places()
        self._here = self._here if self._here in self._places else 0
        self._mark()
        self.verticalScrollBar().setValue(at)

    def _find_places(self) -> None:
        """Where each number stands in the document."""
        self._places = {}
        block = self.document().begin()
        while block.isValid():
            pieces = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                link = piece.charFormat().anchorHref()
                if link:
                    start = piece.position()
                    self._places[int(link.removeprefix("n"))] = (start, start + piece.length())
                pieces += 1
            block = block.next()

    def _mark(self) -> None:
        """Tint the number chosen."""
        marks = []
        if self._here in self._places:
            start, end = self._places[self._here]
            mark: Any = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format.setBackground(theme.look().colour("dai3"))
            marks.append(mark)
        self.setExtraSelections(marks)


def _html(bulletin: Bulletin) -> str:
    look = theme.look()
    ink, rule = look.colour("ink").name(), look.colour("ink2").name()
    body = look.px(15)
    link = f"color:{look.colour('dai').name()};text-decoration:underline"

    def said(run: Run) -> str:
        text = escape(run.text)
        if run.spot is None or not run.text:
            return text
        return f'<a href="n{run.spot.number}" style="{link}">{text}</a>'

    heading = "".join(said(run) for run in bulletin.heading.runs)
    parts = [f'<p align="center" style="font-size:{look.px(22)}px;font-weight:700">{heading}</p>']
    for block in bulletin.blocks:
        if isinstance(block, Text):
            text = "".join(said(run) for run in block.runs)
            side = ' align="right"' if block.kind == "right" else ""
            bold = "font-weight:700;" if block.kind in ("chapter", "section") else ""
            indent = 0 if block.kind in ("right", "address") else 2 * body
            parts.append(f'<p{side} style="{bold}text-indent:{indent}px;margin:4px 0">{text}</p>')
            continue
        heads = "".join(f"<th>{escape(head)}</th>" for head in block.columns)
        rows = "".join(
            "<tr>"
            + "".join(
                f'<td align="{"right" if place else "left"}">{said(run)}</td>'
                for place, run in enumerate(row)
            )
            + "</tr>"
            for row in block.rows
        )
        parts.append(
            f'<table border="1" cellspacing="0" cellpadding="{look.px(4)}" width="99%" '
            f'style="border-collapse:collapse;border-color:{rule};margin:8px 0">'
            f"<thead><tr>{heads}</tr></thead>{rows}</table>"
        )
    return f'<body style="color:{ink};font-size:{body}px">{"".join(parts)}</body>'
