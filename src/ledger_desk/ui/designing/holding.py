"""The draft on the desk, with the ones before it: every change can be taken back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ledger_desk.reports.designing.draft import Draft

_MOST = 200  # drafts that are remembered


class Holding(QObject):
    """Holds one draft; ``changed`` when there is another one to show."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing."""
        super().__init__(parent)
        self._draft: Draft | None = None
        self._first: Draft | None = None
        self._past: list[tuple[str, Draft]] = []
        self._future: list[tuple[str, Draft]] = []

    @property
    def draft(self) -> Draft | None:
        """The draft as it is now."""
        return self._draft

    def begin(self, draft: Draft | None, *, changed: bool = False) -> None:
        """Take another draft up; ``changed``: it would be lost though nobody has worked on it yet."""
        self._draft, self._first = draft, None if changed else draft
        self._past, self._future = [], []
        self.changed.emit()

    def change(self, draft: Draft, name: str) -> None:
        """Put a changed draft in the place of the one before; ``name`` says what was done."""
        if self._draft is None or draft == self._draft:
            return
        self._past.append((name, self._draft))
        del self._past[:-_MOST]
        self._future.clear()
        self._draft = draft
        self.changed.emit()

    def is_changed(self) -> bool:
        """Whether something would be lost by leaving."""
        return self._draft is not None and self._draft != self._first

    def kept(self) -> None:
        """The draft was saved as it is."""
        self._first = self._draft

    def undo_name(self) -> str:
        """What would be taken back; '' for nothing."""
        return self._past[-1][0] if self._past else ""

    def undo(self) -> str:
        """Go back one change; gives what was taken back."""
        return self._move(self._past, self._future)

    def redo(self) -> str:
        """Do again what was taken back; gives what it was."""
        return self._move(self._future, self._past)

    def _move(self, come: list[tuple[str, Draft]], go: list[tuple[str, Draft]]) -> str:
        if not come or self._draft is None:
            return ""
        name, draft = come.pop()
        go.append((name, self._draft))
        self._draft = draft
        self.changed.emit()
        return name
