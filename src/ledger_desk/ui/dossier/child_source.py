"""Rows of one list inside the file: the firm's records of a class, and an empty one to go on in."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ledger_desk.model.fields import Record, values_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.dossier.columns import column_of, specs_of
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, RowSource
from ledger_desk.ui.records.checks import check_values
from ledger_desk.ui.records.showing import show

GO_ON = "＊ 在这里接着填"
Computed = Callable[[Any], CellLike]
_MOST = 2000  # rows of one list of one firm


class ChildSource(RowSource):
    """Records that hang on one other record, in the order in which they came.

    The last row stands for no record yet: it has the id that its record gets with its first cell.
    """

    def __init__(
        self,
        ledger: Ledger,
        cls: type[Record],
        link: str,
        *,
        editable: bool = True,
        more: Sequence[tuple[GridColumn, Computed]] = (),
        after: str = "",
    ) -> None:
        """Show records of ``cls``.

        Args:
            ledger: Where they are.
            cls: Record class.
            link: Field by which they hang on the other record.
            editable: Whether they are written here; without, there is no empty row.
            more: Computed columns, each with what its cell says.
            after: Field that they stand behind; '' at the end.
        """
        self._ledger, self._cls, self._link = ledger, cls, link
        self._parents: tuple[str, ...] = ()
        self._records: list[Any] = []
        self._fresh: list[str] = []
        self._preset: dict[str, Any] = {}
        self._specs, self._more = specs_of(cls), more
        self.editable = editable and not ledger.read_only
        names = [spec.name for spec in self._specs]
        self._cut = names.index(after) + 1 if after else len(names)
        columns = [column_of(cls, spec, editable=self.editable) for spec in self._specs]
        columns[self._cut : self._cut] = [replace(column, sortable=False) for column, _ in more]
        self.columns = tuple(columns)

    # Which records

    def belong_to(self, *parents: str, preset: Mapping[str, Any] | None = None) -> None:
        """Show what hangs on other records from now on; new rows hang on the first of them.

        Args:
            parents: Their ids; none where there is no such record yet.
            preset: Values that a new row begins with.
        """
        self._parents, self._records, self._fresh = parents, [], []
        self._preset = dict(preset or {})

    def records(self) -> list[Any]:
        """The records shown, without the empty row."""
        return list(self._records)

    def record(self, record: str) -> Any:
        """One of them by its id, None for the empty row."""
        return next((each for each in self._records if each.id == record), None)

    def is_fresh(self, record: str) -> bool:
        """Whether an id stands for no record yet."""
        return bool(record) and self.record(record) is None

    def fresh(self, ids: Sequence[str]) -> dict[str, Record]:
        """Records as they would begin, for those of some ids that are not in the ledger yet."""
        begun = {self._link: self._parents[0], **self._preset} if self._parents else {}
        return {each: self._cls(**{**begun, "id": each}) for each in ids if self.is_fresh(each)}

    # What the grid asks

    def count(self) -> int:
        """Read everything again: the grid asks once each time it reloads."""
        found: list[Any] = []
        if self._parents:
            query = Query(self._cls, (Where(self._link, "in", self._parents),))
            found = self._ledger.find(query, _MOST)
        # Rows keep their places while one works; what came since stands last.
        place = {record.id: number for number, record in enumerate(self._records)}
        if not place:
            found.sort(key=_age(self._cls))
        found.sort(key=lambda record: place.get(record.id, len(place)))
        self._records, known = found, {record.id for record in found}
        self._fresh = [each for each in self._fresh if each not in known]
        return len(found) + (1 if self.editable and self._parents else 0)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Rows from the list, the empty one last."""
        rows = [self._row(record) for record in self._records[offset : offset + limit]]
        if self.editable and self._parents and len(rows) < limit:
            rows += [self._empty()] if offset <= len(self._records) else []
        return rows

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids of rows; beyond the end those that new rows would get, as many as are asked for."""
        there = [record.id for record in self._records]
        wanted = offset + limit - len(there) if self.editable and self._parents else 0
        while len(self._fresh) < wanted:
            self._fresh.append(secrets.token_hex(16))
        return (there + self._fresh)[offset : offset + limit]

    def place(self, record: str) -> int | None:
        """Row number of a record."""
        ids = [each.id for each in self._records] + self._fresh[:1]
        return ids.index(record) if record in ids else None

    def rows_of(self, ids: Sequence[str]) -> list[GridRow]:
        """Rows by their ids; not the empty one, which says nothing of its own."""
        return [self._row(record) for record in self._records if record.id in ids]

    # Cells

    def _row(self, record: Any) -> GridRow:
        found = check_values(self._cls, values_of(record), self._ledger, record.id)
        cells: list[CellLike] = []
        for spec in self._specs:
            value, finding = getattr(record, spec.name), found.get(spec.name)
            text = show(self._ledger, spec, value, masked=True)
            if spec.kind.name == "rate":
                text = text.removesuffix("%")  # it stands in the heading
            number = value if spec.kind.storage == "INTEGER" and type(value) is int else None
            if finding is not None and not text:
                cells.append(Cell(state="missing", note=f"“{spec.label}”还没填。"))
            elif finding is not None and finding.kind in ("must", "explain"):
                state: Any = finding.kind
                cells.append(Cell(text, state, note=finding.sentence))
            elif number is not None:
                cells.append(Cell(text, value=number))
            else:
                cells.append(text)
        cells[self._cut : self._cut] = [cell(record) for _, cell in self._more]
        return GridRow(record.id, cells)

    def _empty(self) -> GridRow:
        first: CellLike = Cell(GO_ON, "unreported", note="打字就是新的一行；离开一格就存下。")
        cells = [first] + [""] * (len(self.columns) - 1)
        return GridRow(self.ids(len(self._records), 1)[0], cells)


def _age(cls: type[Record]) -> Callable[[Any], tuple[bool, str]]:
    """Order in which a list opens: by year, month or day where it has one, else as it came."""
    names = [spec.name for spec in specs_of(cls) if spec.kind.name in ("year", "month", "day") and spec.required]  # fmt: skip
    if not names:
        return lambda _: (False, "")

    def key(record: Any) -> tuple[bool, str]:
        value = getattr(record, names[0])
        return value is None, str(value or "")

    return key
