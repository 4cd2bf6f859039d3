"""The conditions of one list: set in the header, shown as chips, kept in views. One and the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from ledger_desk.store.queries import Where

Wheres = tuple[Where, ...]


class Filters(QObject):
    """Conditions by the field that they look at; `changed` after each change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without conditions."""
        super().__init__(parent)
        self._kept: dict[str, Wheres] = {}

    def of(self, field: str) -> Wheres:
        """Conditions on one field."""
        return self._kept.get(field, ())

    def fields(self) -> list[str]:
        """Fields with a condition, in the order in which they were set."""
        return list(self._kept)

    def wheres(self, without: str = "") -> Wheres:
        """All conditions, or all but those of one field."""
        return tuple(
            where for field, some in self._kept.items() if field != without for where in some
        )

    def put(self, field: str, wheres: Iterable[Where]) -> None:
        """Set the conditions of one field; none take them away."""
        kept = dict(self._kept)
        kept.pop(field, None) if not (some := tuple(wheres)) else kept.update({field: some})
        self._set(kept)

    def clear(self) -> None:
        """Take all away."""
        self._set({})

    def replace(self, wheres: Iterable[Where]) -> None:
        """Set all conditions anew, as a saved view does."""
        kept: dict[str, Wheres] = {}
        for where in wheres:
            kept[where.field] = (*kept.get(where.field, ()), where)
        self._set(kept)

    def _set(self, kept: Mapping[str, Wheres]) -> None:
        if dict(kept) != self._kept:
            self._kept = dict(kept)
            self.changed.emit()
