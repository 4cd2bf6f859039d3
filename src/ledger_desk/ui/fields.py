"""Things to write in, and the field around them: label above, message below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.labels import dress, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark


class TextField(QLineEdit):
    """One line; tells of a change once, when it is left or Enter is pressed; Esc restores."""

    committed = Signal(str)

    def __init__(
        self,
        text: str = "",
        placeholder: str = "",
        *,
        numeric: bool = False,
        read_only: bool = False,
        computed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a field; ``numeric`` aligns right, ``computed`` is pale with ƒ and read-only."""
        super().__init__(parent)
        self._saved = ""
        self._computed = computed
        self.setPlaceholderText(placeholder)
        if numeric:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if computed:
            self.setProperty("k", "computed")
        self.setReadOnly(read_only or computed)
        self.set_text(text)
        self.editingFinished.connect(self._leave)

    def set_text(self, text: str) -> None:
        """Show a stored value; Esc comes back to it."""
        self._saved = text
        self.setText(f"ƒ {text}" if self._computed and text else text)
        self.setCursorPosition(0)

    def saved_text(self) -> str:
        """The value last stored."""
        return self._saved

    def set_state(self, state: str) -> None:
        """Dress as ``must``, ``explain`` or ordinary (empty)."""
        dress(self, s=state)

    def minimumSizeHint(self) -> QSize:
        """34 high at 100 %, in every state."""
        return QSize(super().minimumSizeHint().width(), theme.look().px(34))

    def sizeHint(self) -> QSize:
        """34 high at 100 %, in every state."""
        return QSize(super().sizeHint().width(), theme.look().px(34))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc restores while something was changed, and goes up otherwise."""
        if event.key() == Qt.Key.Key_Escape and not self._computed and self.text() != self._saved:
            self.setText(self._saved)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all when the keyboard arrives, as Excel users expect."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()

    def _leave(self) -> None:
        text = self.text().strip()
        if not self.isReadOnly() and text != self._saved:
            self._saved = text
            self.committed.emit(text)


class TextArea(QPlainTextEdit):
    """Several lines; Tab leaves, Ctrl+Enter stores, Esc restores."""

    committed = Signal(str)

    def __init__(self, text: str = "", placeholder: str = "", *, lines: int = 3) -> None:
        """Make an area about ``lines`` lines high."""
        super().__init__()
        self._saved = text
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setPlainText(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.follow(self.updateGeometry)

    def set_text(self, text: str) -> None:
        """Show a stored value."""
        self._saved = text
        self.setPlainText(text)

    def text(self) -> str:
        """What stands in it now."""
        return self.toPlainText().strip()

    def set_state(self, state: str) -> None:
        """Dress as ``must``, ``explain`` or ordinary (empty)."""
        dress(self, s=state)

    def sizeHint(self) -> QSize:
        """Room for its lines."""
        return QSize(theme.look().px(200), theme.look().px(21 * self._lines + 22))

    def minimumSizeHint(self) -> QSize:
        """The same height; it never shrinks."""
        return QSize(theme.look().px(80), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc restores, Ctrl+Enter stores."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape and self.text() != self._saved:
            self.setPlainText(self._saved)
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Store when left for another field (not for a menu or another window)."""
        super().focusOutEvent(event)
        outside = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in outside:
            self._leave()

    def _leave(self) -> None:
        if not self.isReadOnly() and self.text() != self._saved:
            self._saved = self.text()
            self.committed.emit(self._saved)


class Field(QWidget):
    """Label above, editor, and a message line that exists only when there is a message."""

    history_wanted = Signal()

    def __init__(
        self,
        title: str,
        editor: QWidget,
        *,
        required: bool = False,
        unit: str = "",
        note: str = "",
    ) -> None:
        """Put a label over an editor; the unit stands in the label, 必填 in words."""
        super().__init__()
        self.editor = editor
        self.title = title
        shown = f"{title}（{unit}）" if unit else title
        self._label = label(shown, "bold")
        self._label.setBuddy(editor)
        editor.setAccessibleName(f"{shown}，必填" if required else shown)
        if editor.focusProxy() is not None:
            editor.focusProxy().setAccessibleName(editor.accessibleName())
        column = Column(self, gap=3)
        head = Row(gap=6).add(self._label)
        if required:
            head.add(label("＊必填", "must"))
        if note:
            head.add(label(note, "faint"))
        column.add(head.push())
        self._line = Row(gap=8)
        if editor.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Maximum:
            self._line.add(editor).push()
        else:
            self._line.add(editor, stretch=1)
        column.add(self._line)
        self._history: Button | None = None
        self._message = QWidget()
        message = Row(self._message, gap=6)
        self._mark = Mark("hint")
        self._sentence = label("", "hint", wrap=True)
        holder = Column(margins=(0, 3, 0, 0), gap=0).add(self._mark)
        message.add(holder).add(self._sentence, stretch=1)
        message.setAlignment(holder, Qt.AlignmentFlag.AlignTop)
        self._message.hide()
        column.add(self._message)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def say(self, kind: str, sentence: str) -> None:
        """Show a message: ``must``, ``explain``, ``hint``, or "" to take it away.

        Args:
            kind: Grade of the message.
            sentence: What is wrong, why it is thought so, and what to do.
        """
        state = kind if kind in ("must", "explain") else ""
        if hasattr(self.editor, "set_state"):
            self.editor.set_state(state)
        self.editor.setAccessibleDescription(sentence if kind else "")
        self._message.setVisible(bool(kind))
        if kind:
            self._mark.set_mark(kind)
            self._sentence.setText(sentence)
            dress(self._sentence, k=kind)

    def message(self) -> str:
        """The sentence shown, or nothing."""
        return "" if self._message.isHidden() else self._sentence.text()

    def set_history(self, changes: int) -> None:
        """Show "3 次变更" beside the editor when there were any."""
        if self._history is None:
            if not changes:
                return
            self._history = Button("", self.history_wanted.emit, kind="words", icon="history")
            self._line.add(self._history)
        self._history.setVisible(changes > 0)
        self._history.set_text(f"{changes} 次变更")
