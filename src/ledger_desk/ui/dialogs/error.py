"""The error sheet, in four parts that always stand in this order.

What did not happen; that the ledger is safe; what to do (numbered, one button each); what to give
the maintainer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.rules import frame
from ledger_desk.ui.theme import look


@dataclass(frozen=True)
class WayOut:
    """One thing to do: the sentence, the words of its button (none without), what it does."""

    sentence: str
    button: str = ""
    on: Callable[[], object] | None = None


class ErrorDialog(Dialog):
    """Says what went wrong without frightening anybody."""

    def __init__(
        self,
        parent: QWidget | None,
        headline: str,
        why: str = "",
        *,
        safe: str = "账没有受影响。",
        ways: Sequence[WayOut] = (),
        code: str = "",
        facts: str = "",
        details: str = "",
        open_log: Callable[[], object] | None = None,
    ) -> None:
        """Build the four parts.

        Args:
            parent: Window behind it.
            headline: What did not happen: "PDF 没有写成".
            why: One sentence with the numbers.
            safe: That the ledger is safe, and until when; empty leaves it away.
            ways: What to do; the first with a button gets the filled one.
            code: Code for the maintainer; without it the last part is left away.
            facts: Two or three short lines shown with the code.
            details: Everything else, folded.
            open_log: Opens the folder of logs.
        """
        super().__init__(parent, headline, width=720, tone="zhu", headed=False)
        words = Column(gap=2).add(label(headline, "title", wrap=True))
        if why:
            words.add(label(why, "body", wrap=True))
        head = Row(gap=16)
        mark = Mark("must", size=30)
        head.add(mark).add(words, stretch=1)
        head.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self.body.add(head)
        if safe:
            self.body.add(Notice("done", safe))
        if ways:
            self._add_ways(ways)
        self._full = "\n".join(
            part for part in (f"{code}　{headline}", why, facts, details) if part
        )
        if code:
            self._add_facts(code, facts, details, open_log)
        close = self.add_close()
        close.setDefault(True)
        self._fit()

    def text(self) -> str:
        """Everything that 复制 copies."""
        return self._full

    def _add_ways(self, ways: Sequence[WayOut]) -> None:
        self.body.add(label("可以这样办", "bold"))
        first = True
        for number, way in enumerate(ways, 1):
            row = (
                Row(gap=12)
                .add(label(str(number), "number"))
                .add(label(way.sentence, wrap=True), stretch=1)
            )
            if way.button and way.on is not None:
                button = Button(way.button, self._leaving(way.on), kind="pri" if first else "plain")
                button.setMinimumWidth(look().px(150))
                row.add(button)
                first = False
            self.body.add(row)

    def _leaving(self, slot: Callable[[], object]) -> Callable[[], None]:
        """Close the sheet first, then do it."""

        def leave() -> None:
            self.accept()
            slot()

        return leave

    def _add_facts(
        self, code: str, facts: str, details: str, open_log: Callable[[], object] | None
    ) -> None:
        self.body.add(frame("rule"))
        row = Row(gap=8).add(label("给维护的人看", "bold"), label(f"编号 {code}", "dim")).push()
        row.add(Button("复制", self._copy, kind="words", icon="copy"))
        if open_log is not None:
            row.add(Button("打开日志文件夹", open_log, kind="words", icon="folder-open"))
        self.body.add(row)
        box = frame("details")
        column = Column(box, margins=(11, 8, 11, 8), gap=6)
        column.add(label(facts or code, "dim", wrap=True))
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName("出错的全文")
        self._details.setPlainText(details)
        self._details.setMinimumHeight(look().px(130))
        self._details.hide()
        if details:
            self._fold = Button("展开全文", self._toggle, kind="words")
            column.add(Row().add(self._fold).push())
            column.add(self._details)
        self.body.add(box)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._full)

    def _toggle(self) -> None:
        shown = self._details.isHidden()
        self._details.setVisible(shown)
        self._fold.set_text("收起全文" if shown else "展开全文")
        self.fit_height()
