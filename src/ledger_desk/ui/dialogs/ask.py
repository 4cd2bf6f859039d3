"""Small questions with plain answers: a text, a reason, a choice; None when nothing was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.labels import label


class TextQuestion(Dialog):
    """One line to fill in."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        caption: str,
        *,
        text: str = "",
        placeholder: str = "",
        action: str = "保存",
    ) -> None:
        """Ask for ``caption``; ``action`` is the verb on the filled button."""
        super().__init__(parent, title)
        self.field = TextField(text, placeholder)
        self._action = action
        self.body.add(Field(caption, self.field, required=True))
        self.add_close("不改了")
        self.go = self.add_button(Button(action, self._go, kind="pri"))
        self.field.textChanged.connect(self._check)
        self._check()
        self.field.setFocus()
        self.field.selectAll()

    def answer(self) -> str:
        """What was written."""
        return self.field.text().strip()

    def _check(self) -> None:
        self.go.setEnabled(bool(self.answer()))

    def _go(self) -> None:
        if self.answer():
            self.accept()

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, caption: str, **more: str) -> str | None:
        """Show it and give the text, None when it was closed."""
        dialog = cls(parent, title, caption, **more)
        return dialog.answer() if dialog.exec() == QDialog.DialogCode.Accepted else None


class ReasonQuestion(Dialog):
    """For what cannot be taken back: says what happens, and wants a reason that gets printed."""

    LEAST = 4

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentence: str,
        *,
        action: str = "",
        caption: str = "原因，谁同意的",
        danger: bool = False,
    ) -> None:
        """Explain, and ask why."""
        super().__init__(parent, title, tone="zhu" if danger else "dai")
        self._action = action or title
        self.body.add(label(sentence, "body", wrap=True))
        self.area = TextArea("", "写一句话，会印在差异说明表上", lines=3)
        self.body.add(Field(caption, self.area, required=True))
        self.add_close("不做了")
        self.go = self.add_button(
            Button(self._action, self._go, kind="danger" if danger else "pri")
        )
        self.area.textChanged.connect(self._check)
        self._check()
        self.area.setFocus()

    def answer(self) -> str:
        """The reason written."""
        return self.area.text()

    def _check(self) -> None:
        missing = self.LEAST - len(self.answer())
        if missing > 0:
            self.go.block(f"{self._action}：还没写原因")
        else:
            self.go.allow(self._action)
        self.fit_height()

    def _go(self) -> None:
        if len(self.answer()) >= self.LEAST:
            self.accept()

    @classmethod
    def ask(cls, parent: QWidget | None, title: str, sentence: str, **more: Any) -> str | None:
        """Show it and give the reason, None when it was closed."""
        dialog = cls(parent, title, sentence, **more)
        return dialog.answer() if dialog.exec() == QDialog.DialogCode.Accepted else None


class ChoiceQuestion(Dialog):
    """One sentence and a button for each way on; the last is the filled one."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentence: str,
        choices: Sequence[tuple[str, str]],
        *,
        close: str = "关闭",
    ) -> None:
        """Take choices of (key, words of the button)."""
        super().__init__(parent, title)
        self._answer: str | None = None
        self.body.add(label(sentence, "body", wrap=True))
        self.add_close(close)
        for number, (key, text) in enumerate(choices, 1):
            kind = "pri" if number == len(choices) else "plain"
            self.add_button(Button(text, partial(self._take, key), kind=kind))

    def answer(self) -> str | None:
        """Key chosen."""
        return self._answer

    def _take(self, key: str) -> None:
        self._answer = key
        self.accept()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        title: str,
        sentence: str,
        choices: Sequence[tuple[str, str]],
        *,
        close: str = "关闭",
    ) -> str | None:
        """Show it and give the key, None when it was closed."""
        dialog = cls(parent, title, sentence, choices, close=close)
        dialog.exec()
        return dialog.answer()


def ask_text(
    parent: QWidget | None,
    title: str,
    caption: str,
    *,
    text: str = "",
    placeholder: str = "",
    action: str = "保存",
) -> str | None:
    """Ask for one line of text."""
    return TextQuestion.ask(
        parent, title, caption, text=text, placeholder=placeholder, action=action
    )


def ask_reason(
    parent: QWidget | None, title: str, sentence: str, *, action: str, danger: bool = False
) -> str | None:
    """Ask for the reason of something that cannot be taken back."""
    return ReasonQuestion.ask(parent, title, sentence, action=action, danger=danger)


def ask_choice(
    parent: QWidget | None,
    title: str,
    sentence: str,
    choices: Sequence[tuple[str, str]],
    *,
    close: str = "关闭",
) -> str | None:
    """Ask which way to go."""
    return ChoiceQuestion.ask(parent, title, sentence, choices, close=close)


def tell(parent: QWidget | None, title: str, sentence: str) -> None:
    """Say something that has to be read before going on."""
    ChoiceQuestion.ask(parent, title, sentence, ())
