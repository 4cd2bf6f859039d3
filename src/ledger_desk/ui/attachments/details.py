"""What is known of the chosen file, changed in place: kind, name, day, note; and whether it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange.attaching import content, size_words
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Attachment
from ledger_desk.store.attachments import Held
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.records.editors import Editor, make_editor

_FIELDS = ("kind", "name", "day", "note")


class Details(QWidget):
    """Shows and changes the chosen files; of several only the kind.

    Signals:
        changed: Ids of what was written.
        failed: Exception from the ledger.
    """

    changed = Signal(list)
    failed = Signal(object)

    def __init__(self, ledger: Ledger) -> None:
        """Start with nothing."""
        super().__init__()
        self._ledger = ledger
        self.held: Sequence[Held] = ()
        column = Column(self, gap=8)
        self._several = label("", "dim", wrap=True)
        column.add(self._several)
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field] = {}
        for name in _FIELDS:
            spec = field_map(Attachment)[name]
            editor = make_editor(spec, Attachment, ledger)
            field = Field(spec.label, editor.widget, required=spec.required)
            editor.left.connect(partial(self._left, name))
            editor.widget.setEnabled(not ledger.read_only)
            self.editors[name], self.fields[name] = editor, field
            column.add(field)
        self._hash = FittingLabel([""], "dim")
        self.verify_button = Button("核对", self.verify, kind="words", icon="circle-check")
        self.verify_button.setToolTip("重新读出内容，看和收进来时是不是一模一样")
        self._proof = QWidget()
        Row(self._proof, gap=8).add(self._hash, stretch=1).add(self.verify_button)
        column.add(self._proof)

    def show_files(self, held: Sequence[Held]) -> None:
        """Show the chosen files."""
        self.held = held
        self.setVisible(bool(held))
        if not held:
            return
        one = held[0].attachment if len(held) == 1 else None
        kinds = {each.attachment.kind for each in held}
        self._several.setText(f"选了 {len(held)} 个，改类型一起改")
        self._several.setVisible(one is None)
        for name, editor in self.editors.items():
            self.fields[name].say("", "")
            self.fields[name].setVisible(one is not None or name == "kind")
            editor.set_value(getattr(one, name) if one is not None else None)
        if len(kinds) == 1:
            self.editors["kind"].set_value(next(iter(kinds)))
        self._proof.setVisible(one is not None)
        if one is not None:
            size, proof = size_words(one.size or 0), _proof_of(one)
            small = f"{size}，收进来时缩小过　{proof}" if one.original else f"{size}　{proof}"
            self._hash.set_texts([small, f"{size}　{proof}", proof])
            self._hash.setToolTip(f"SHA-256　{str(one.hash).upper()}")

    def verify(self) -> None:
        """Read the content and say whether it is what was put in."""
        if len(self.held) != 1:
            return
        one = self.held[0].attachment
        try:
            content(self._ledger, one)
        except UserError as error:
            self.failed.emit(error)
            return
        proof = _proof_of(one)
        self._hash.set_texts(
            [f"{proof}　刚核对过，和收进来时一样", f"{proof}　核对过，完好", "核对过，完好"]
        )

    def settle(self) -> None:
        """Keep what was typed and not left."""
        for name in _FIELDS:
            if not self.fields[name].isHidden():
                self._left(name)

    def focus(self, name: str) -> None:
        """Put the keyboard into a field."""
        self.editors[name].widget.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _left(self, name: str) -> None:
        if not self.held or self._ledger.read_only:
            return
        try:
            value = self.editors[name].value()
        except ValueError as error:
            self.fields[name].say("must", str(error))
            return
        if value is None and len(self.held) > 1:
            return
        if value is None and field_map(Attachment)[name].required:
            self.fields[name].say("must", "这一项不能空着。按 Esc 恢复原来的。")
            return
        self.fields[name].say("", "")
        if name == "name":
            value = self._whole_name(str(value))
            self.editors[name].set_value(value)
        self._write(name, value)

    def _whole_name(self, name: str) -> str:
        """Keep the ending: programs know by it how to open a file."""
        ending = Path(self.held[0].attachment.name or "").suffix
        return name if name.lower().endswith(ending.lower()) else name + ending

    def _write(self, name: str, value: Any) -> None:
        some = [each.attachment for each in self.held]
        changes = [(a.id, {name: value}) for a in some if getattr(a, name) != value]
        if not changes:
            return
        what = f"“{some[0].title}”" if len(changes) == 1 else f" {len(changes)} 个"
        spec = field_map(Attachment)[name]
        try:
            with self._ledger.step(f"改附件{what}：{spec.label}") as step:
                step.change_many(Attachment, changes)
        except UserError as error:
            self.failed.emit(error)
            return
        self.changed.emit([a.id for a in some])


def _proof_of(attachment: Attachment) -> str:
    return f"校验 {str(attachment.hash)[:8].upper()}"
