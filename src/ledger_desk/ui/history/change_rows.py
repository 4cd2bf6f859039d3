"""What a step changed, as rows: one for each field, old and new; one for a record that is new."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.model.records import BY_TABLE, NOTED
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.reviewing import Change
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, RowSource
from ledger_desk.ui.history.words import change_title, change_verb, field_label, value_words

MOST = 5_000  # changes that are listed; an import has more, and they are all of a kind


@dataclass(frozen=True)
class Line:
    """One row: a change, and the field that it tells of ('' for the record as a whole)."""

    change: Change
    field: str


class ChangeSource(RowSource):
    """Changes of one step."""

    columns = (
        GridColumn("title", "哪一条", "text", 150, sortable=False, essential=True, stretch=True),
        GridColumn("what", "项目", "text", 104, sortable=False, essential=True),
        GridColumn("before", "原来", "text", 110, sortable=False),
        GridColumn("after", "改成", "text", 110, sortable=False),
    )

    def __init__(self, ledger: Ledger, step: int | None = None) -> None:
        """List the changes of a step; without one, nothing."""
        self._ledger = ledger
        self._lines: list[Line] = []
        self.listed = 0
        if step is None:
            return
        changes = ledger.changes(step, MOST)
        told = [change for change in changes if change.table not in NOTED] or changes
        self.listed = len(told)
        for change in told:
            whole = change.before is None or change.after is None
            names = [""] if whole else [*(change.after or {})]
            self._lines += [Line(change, name) for name in names]

    def count(self) -> int:
        """How many rows there are."""
        return len(self._lines)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        with self._ledger.read() as rows:
            return [
                GridRow(str(number), self._cells(change_title(rows, line.change), line))
                for number, line in enumerate(self._lines[offset : offset + limit], offset)
            ]

    def line(self, row_id: str) -> Line | None:
        """The row of an id."""
        return self._lines[int(row_id)] if row_id and int(row_id) < len(self._lines) else None

    def place(self, record: str) -> int | None:
        """Place of a row."""
        return int(record) if record else None

    def _cells(self, title: str, line: Line) -> list[CellLike]:
        change, cls = line.change, BY_TABLE[line.change.table]
        named = f"{cls.LABEL} {title}" if title != cls.LABEL else title
        if not line.field:
            return [named, "整条", "" if change.before is None else Cell("在账里", "old"),
                    change_verb(change)]  # fmt: skip
        old, new = (
            value_words(self._ledger, change, line.field, values)
            for values in (change.before, change.after)
        )
        return [
            named,
            field_label(cls, line.field),
            Cell(old, "old", note=old),
            Cell(new, note=new),
        ]
