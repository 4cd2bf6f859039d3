"""Form + period → `Report`: one engine for lists and matrices, every cell with its provenance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Block, Column, Fixed, Form
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Figure, Office
from ledger_desk.progress import Progress, silent
from ledger_desk.reports import figures as reported
from ledger_desk.reports.indicators import MECHANISMS, find_indicator, window_of
from ledger_desk.reports.shapes import (
    Cell,
    FieldKind,
    FromIndicator,
    FromRecords,
    FromRows,
    Report,
    ReportBlock,
    ReportRow,
    SourceRow,
)
from ledger_desk.reports.sources import SOURCES, Source, further_entries
from ledger_desk.reports.texts import content_of, fill_text
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.store.totals import Number, Scope, Window, numbers
from ledger_desk.workbook.references import number as column_number
from ledger_desk.workbook.references import split


def build(
    ledger: Ledger,
    form: Form,
    period: Period,
    *,
    office: str | None = None,
    progress: Progress = silent,
) -> Report:
    """Make a report on one consistent picture of the ledger.

    Args:
        ledger: The open ledger.
        form: A form from ``load_all``.
        period: First and last day, both included; events count by their own date
            (`decisions.md` 16).
        office: Id of one reporting office, or None for everything in the ledger.
        progress: Told after each block; may cancel.

    Raises:
        UserError: The office is not in the ledger.
        Cancelled: The person asked to stop.
    """
    with ledger.read() as rows:
        return build_on(rows, ledger, form, period, office=office, progress=progress)


def build_on(
    rows: Rows,
    ledger: Ledger,
    form: Form,
    period: Period,
    *,
    office: str | None = None,
    progress: Progress = silent,
) -> Report:
    """Make a report on a picture that is already open, as `build` does."""
    shape = form.shape
    who = ledger.office if office is None else rows.get(Office, office)
    if who is None:
        raise UserError("账里没有这个填报单位，可能已经移除。请在“填报单位”里重新选一个。")
    since = MECHANISMS[shape.mechanism].since
    maker = _Maker(rows, period, since, office, who, {})
    blocks: list[ReportBlock] = []
    inserted: dict[str, list[tuple[int, int]]] = {}
    order = sorted(shape.block, key=lambda block: (shape.sheet_of(block), block.first_row))
    for done, block in enumerate(order):
        progress(done, len(order), SOURCES[block.rows].label)
        sheet = shape.sheet_of(block)
        before = inserted.setdefault(sheet, [])
        made = maker.block(block, sheet, sum(count for _, count in before))
        before.append((block.last_row, block.added(len(made.rows))))
        blocks.append(made)
    name = f"{who.title}（练习）" if ledger.practice else who.title
    person = ledger.person
    words = (name, period, (person.name or "") if person is not None else "", since)
    cells: dict[str, list[Cell]] = {}
    for fixed in shape.cell:
        sheet = shape.sheet_of(fixed)
        row, column = split(fixed.at)
        row += sum(count for last, count in inserted.get(sheet, []) if row > last)
        if fixed.text is not None:
            text = fill_text(fixed.text, *words)
            made_cell = Cell(row, column, text, text)
        else:
            made_cell = maker.single(fixed, row, column)
        cells.setdefault(sheet, []).append(made_cell)
    progress(len(order), len(order), "")
    return Report(
        form,
        period,
        office,
        name,
        _head(rows),
        {tab: tuple(c) for tab, c in cells.items()},
        tuple(blocks),
    )


def _head(rows: Rows) -> str:
    """Hash of the newest step of the same picture."""
    found = rows.connection.exec_driver_sql(
        "SELECT hash FROM step ORDER BY id DESC LIMIT 1"
    ).scalar()
    return str(found or "")


@dataclass
class _Maker:
    """What all blocks of one report share; every select is run once."""

    rows: Rows
    period: Period
    since: date
    office: str | None
    who: Office
    asked: dict[tuple[str, Window, str], Any]

    def numbers(self, indicator: str, measure: str, by: str) -> Mapping[str, Number]:
        """Ask one proof's numbers, split by ``by``."""
        window = window_of(measure, self.period, self.since)
        key = (find_indicator(indicator).events, window, by)
        if key not in self.asked:
            self.asked[key] = numbers(self.rows, key[0], window, Scope(by, self.office))
        found: Mapping[str, Number] = self.asked[key]
        return found

    def figures(self, indicator: str) -> Sequence[Figure]:
        """Ask what was reported in the period."""
        key = (f"figure:{indicator}", Window(self.period.start, self.period.end), "")
        if key not in self.asked:
            self.asked[key] = reported.find_figures(self.rows, indicator, key[1], self.office)
        found: Sequence[Figure] = self.asked[key]
        return found

    def value(self, indicator: str, measure: str, by: str, key: str | None) -> int | None:
        """One number in its smallest unit; None where nothing was reported."""
        spec = find_indicator(indicator)
        if spec.reported:
            return reported.report_on(self.figures(indicator), by, key).value
        if key is None:
            return spec.value_of(self.numbers(indicator, measure, "")[""])
        return spec.value_of(self.numbers(indicator, measure, by).get(key, Number()))

    def single(self, fixed: Fixed, row: int, column: int) -> Cell:
        """One number outside the blocks."""
        indicator, measure = str(fixed.indicator), str(fixed.measure)
        value = self.value(indicator, measure, "", None)
        content, text = content_of(value, _kind_of(indicator))
        source = FromIndicator(indicator, measure, "", None, value)
        return Cell(row, column, content, text, source, find_indicator(indicator).label)

    def block(self, block: Block, sheet: str, moved: int) -> ReportBlock:
        """Lay out one block; ``moved`` rows were inserted above it."""
        source = SOURCES[block.rows]
        entries = list(source.read(self.rows, self.period, self.office, self.who))
        if not source.is_list:
            entries += further_entries(source, self.rows, self._unlisted(block, source, entries))
        first = block.first_row + moved
        plans = [(c, column_number(c.at)) for c in block.column]
        made = []
        for place, entry in enumerate(entries):
            row = first + place
            cells = {c.at: self._cell(c, at, source, entry, place + 1, row) for c, at in plans}
            made.append(ReportRow(row, place + 1, cells, entry))
        totals = {}
        if block.total_row is not None:
            row = block.total_row + moved + block.added(len(made))
            wanted = [c for c in block.column if c.total != "none"]
            totals = {c.at: self._total(c, source, made, row) for c in wanted}
        empty = None
        if block.empty is not None and not made:
            empty = Cell(first, column_number(block.empty.at), block.empty.text, block.empty.text)
        return ReportBlock(sheet, source.id, tuple(made), totals, empty, block)

    def _unlisted(self, block: Block, source: Source, entries: Sequence[SourceRow]) -> list[str]:
        """Keys met in the data that the dictionary has no row for."""
        found: set[str] = set()
        for column in block.column:
            if column.indicator is None:
                continue
            if find_indicator(column.indicator).reported:
                own = [
                    f.division if source.by == "township" else f.bank
                    for f in self.figures(column.indicator)
                ]
                found.update(key for key in own if key and source.by in ("township", "bank"))
            else:
                found.update(self.numbers(column.indicator, str(column.measure), source.by))
        return sorted(found - {entry.key for entry in entries})

    def _cell(
        self, column: Column, at: int, source: Source, entry: SourceRow, number: int, row: int
    ) -> Cell:
        if column.indicator is not None:
            value = self.value(column.indicator, str(column.measure), source.by, entry.key)
            content, text = content_of(value, _kind_of(column.indicator), column.places)
            origin = FromIndicator(
                column.indicator, str(column.measure), source.by, entry.key, value
            )
            return Cell(row, at, content, text, origin, column.heading)
        name = str(column.field)
        if name == "number":
            return Cell(row, at, number, str(number), None, column.heading)
        content, text = content_of(entry.values.get(name), source.fields[name].kind, column.places)
        return Cell(
            row, at, content, text, FromRecords(name, entry.records.get(name, ())), column.heading
        )

    def _total(self, column: Column, source: Source, made: Sequence[ReportRow], row: int) -> Cell:
        """A total: an indicator is asked again for the whole, never added up over its parts.

        A firm with two banks stands in two rows and counts once in the total.
        """
        at = column_number(column.at)
        if column.indicator is not None:
            value = self.value(column.indicator, str(column.measure), source.by, None)
            origin = FromIndicator(column.indicator, str(column.measure), source.by, None, value)
            cell = Cell(row, at, None, "", origin, column.heading)
            return _written(cell, value, _kind_of(column.indicator), column)
        name = str(column.field)
        rows = [
            r for r in made
            if r.cells[column.at].value is not None
            and column.total_where in (None, r.cells[column.at].text)
        ]  # fmt: skip
        places = tuple(r.row for r in rows)
        if column.total == "count":
            total, kind = len(rows), "whole"
        elif column.total == "firms":
            total, kind = len({r.source.enterprise or r.source.key for r in rows}), "whole"
        else:
            total, kind = sum(r.source.values[name] for r in rows), str(source.fields[name].kind)
        cell = Cell(row, at, None, "", FromRows(column.at, places, total), column.heading)
        return _written(cell, total, kind, column)


def _written(cell: Cell, value: int | None, kind: Any, column: Column) -> Cell:
    content, text = content_of(value, kind, column.places)
    if column.total_text is not None and content is not None:
        text = column.total_text.format(n=text)
        content = text
    return replace(cell, value=content, text=text)


def _kind_of(indicator: str) -> FieldKind:
    return "money" if find_indicator(indicator).unit == "万元" else "whole"
