"""Editors that choose one of many: what a picker offers, what it remembers, what stays as typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from threading import Thread
from typing import Any

from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.terms import Listings
from ledger_desk.model.listing import make_ready
from ledger_desk.model.terms import BY_KEY, Dictionary
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.picker import Items, Picker, PickItem
from ledger_desk.ui.recents import recents, with_recents
from ledger_desk.ui.records.dictionaries import DictionaryItems
from ledger_desk.ui.records.editor import Editor

HOW = "输代码、名称或拼音"


class SettlingPicker(Picker):
    """Keeps a text that fits nothing, so that nothing typed gets lost; `question` says what is wrong."""

    def question(self) -> str:
        """Why the text cannot be taken, as a sentence; empty if it can."""
        text, chosen = self.text(), self.item()
        if self._free or not text or (chosen is not None and text == chosen.text):
            return ""
        found = len(self._items(text))
        if not found:
            return f"“{text}”不在可选的内容里。请换一个说法，或按 Esc 恢复。"
        return f"“{text}”对得上 {found} 项，还没选定。请按 ↓ 在列表里选一项。"

    def settled_item(self) -> PickItem | None:
        """What the text says now, also while the list below it is still open; None for nothing."""
        text, item = self.text(), self.item()
        if not text or not self._free or (item is not None and item.text == text):
            return item if text else None
        return self.exact(text) or PickItem("", text)

    def _leave(self) -> None:
        text, before = self.text(), self.item()
        popup = self.popup()
        if self._free or not text or popup.isVisible() or text == (before.text if before else ""):
            super()._leave()
            return
        found = self._items(text)
        fitting = [item for item in found if text in (item.id, item.text, *item.keys)] or found
        if len(fitting) == 1:
            self.set_item(fitting[0])
            if fitting[0] != before:
                self.picked.emit(fitting[0])
        else:
            self.picked.emit(None)


class PickEditor(Editor):
    """One of many, found by code, fragment or initials."""

    def __init__(
        self,
        items: Items,
        show: Callable[[Any], PickItem | None],
        *,
        free: bool = False,
        placeholder: str = "",
        remember: str = "",
    ) -> None:
        """Offer ``items``, those picked lately in ``remember`` first; ``show`` makes an item of a value."""
        known = with_recents(items, remember) if remember else items
        self.picker = SettlingPicker(known, None, placeholder, free=free)
        super().__init__(self.picker)
        self._show, self._remember = show, remember
        self.picker.lineEdit().textEdited.connect(lambda _: self.typed.emit())
        self.picker.picked.connect(self._picked)

    def _picked(self, item: PickItem | None) -> None:
        if self._remember and item is not None and item.id:
            recents().note(self._remember, item.id)
        self.left.emit()

    def value(self) -> Any:
        """Id of the item, or the free text."""
        question = self.picker.question()
        if question:
            raise ValueError(question)
        item = self.picker.settled_item()
        return None if item is None else item.id or item.text

    def set_value(self, value: Any) -> None:
        """Show the item."""
        self.picker.set_item(None if value is None else self._show(value))

    def text(self) -> str:
        """What stands in the field."""
        return self.picker.text()


class VillageEditor(PickEditor):
    """A village of the record's township; others are found by typing."""

    def __init__(self, dictionary: Dictionary, ledger: Ledger) -> None:
        """Offer the villages of the office's county."""
        self._township = ""
        items = DictionaryItems(Listings(ledger), dictionary, within=lambda: self._township)
        super().__init__(items, items.show, free=True, placeholder=HOW)

    def set_context(self, values: Mapping[str, Any]) -> None:
        """Take the township."""
        self._township = values.get("township") or ""


def sample_list(parent: QWidget, ledger: Ledger) -> QWidget:
    """Show the open list of a picker, for the gallery: industries as one types their initials."""
    editor = entries_editor(BY_KEY["industry"], ledger, free=False)
    editor.picker.setParent(parent)
    editor.picker.show()
    editor.picker.setEditText("jzc")
    editor.picker.offer("jzc")
    return editor.picker.popup()


def entries_editor(dictionary: Dictionary, ledger: Ledger, *, free: bool = True) -> PickEditor:
    """Make the editor of a field that chooses from a dictionary; ``free``: other wording too."""
    if dictionary.key == "village":
        return VillageEditor(dictionary, ledger)
    items = DictionaryItems(Listings(ledger), dictionary)
    made = PickEditor(items, items.show, free=free, placeholder=HOW, remember=dictionary.key)
    if dictionary.coded:  # large: some tenths of a second, which the first key should not wait for
        ready = partial(make_ready, dictionary.key, ledger.office.division or "")
        made.picker.entered.connect(lambda: Thread(target=ready, daemon=True).start())
    return made
