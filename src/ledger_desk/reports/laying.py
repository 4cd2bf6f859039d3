"""Laying out one block: its rows, its columns with their exact values, its totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.exchange.definitions import Block, Column
from ledger_desk.exchange.form_parts import LISTED, RECORDS, Listed
from ledger_desk.exchange.form_questions import (
    Question,
    combine,
    divides,
    formula_of,
    total_question,
)
from ledger_desk.exchange.form_records import NUMBER
from ledger_desk.model.records import Office
from ledger_desk.reports.asking import Asked, style_for
from ledger_desk.reports.rowsets import FewRows, RowSet, SourceField, SourceRow
from ledger_desk.reports.rowsets.records import read_records
from ledger_desk.reports.shapes import (
    Cell,
    Filled,
    FromIndicator,
    FromRecords,
    FromRows,
    Provenance,
    ReportBlock,
)
from ledger_desk.reports.sources import SOURCES, further_entries
from ledger_desk.reports.styles import Style, style_of
from ledger_desk.store.queries import Rows
from ledger_desk.workbook.references import number as column_number

_LISTED_FIELDS = {
    "number": SourceField("序号", "whole"), "label": SourceField("名称"), "unit": SourceField("计量单位"),
}  # fmt: skip


@dataclass(frozen=True)
class Layer:
    """What all blocks of one report share."""

    rows: Rows
    asked: Asked
    who: Office

    def block(self, block: Block, sheet: str, moved: int) -> ReportBlock:
        """Lay out one block; ``moved`` rows were inserted above it. Formulas are left open."""
        body = self._body(block)
        first = block.first_row + moved
        places: Sequence[int] = range(first, first + len(body))
        if block.rows == LISTED:
            places = [row + moved for row in block.listed_rows]
        columns = {c.at: self._column(block, c, body) for c in block.column}
        totals = {}
        if block.total_row is not None:
            row = block.total_row + moved + block.added(len(body))
            for column in block.column:
                if column.total != "none" and column.formula is None:
                    filled = columns[column.at]
                    totals[column.at] = self._total(block, column, filled, body, places, row, sheet)
        empty = None
        if block.empty is not None and not len(body):
            at, text = column_number(block.empty.at), block.empty.text
            empty = Cell(first, at, text, text, sheet=sheet)
        return ReportBlock(sheet, block.rows, body, places, columns, totals, empty, block, moved)

    def _body(self, block: Block) -> RowSet:
        """Read the rows of a block."""
        days, office = self.asked.days, self.asked.office
        if block.rows == RECORDS:
            return read_records(self.rows, block, days, office)
        if block.rows == LISTED:
            rows = [
                SourceRow(str(n), r.label, {"label": r.label, "unit": r.unit})
                for n, r in enumerate(block.row, 1)
            ]
            return FewRows(_LISTED_FIELDS, rows)
        source = SOURCES[block.rows]
        names = {column.field for column in block.column if column.field}
        found = source.read(self.rows, days.period, office, self.who, names)
        if not isinstance(found, Sequence):
            return found
        entries = list(found)
        if not source.is_list:
            keys = self._unlisted(block, source.by, {entry.key for entry in entries})
            entries += further_entries(source, self.rows, keys)
        return FewRows(source.fields, entries)

    def _unlisted(self, block: Block, by: str, listed: set[str]) -> list[str]:
        """Keys met in the data that the dictionary has no row for."""
        found: set[str] = set()
        for column in block.column:
            if column.asks:
                found.update(self.asked.keys(_asked(None, column, block), by))
        return sorted(found - listed)

    def _column(self, block: Block, column: Column, body: RowSet) -> Filled:
        at, count = column_number(column.at), len(body)
        if column.field == NUMBER:
            return _filled(column, at, range(1, count + 1), style_of("whole"), lambda place: None)
        if column.field is not None:
            name = column.field
            style = style_of(body.fields[name].kind, column.places, column.unit)
            return _filled(
                column, at, body.column(name), style,
                lambda place: FromRecords(name, body.records(place, name)),
            )  # fmt: skip
        if column.formula is not None:
            dash = divides(column.formula)
            style = style_of("number", column.places, column.unit, dash=dash)
            return _filled(column, at, [None] * count, style, lambda place: None)
        return self._numbers(block, column, body, at)

    def _numbers(self, block: Block, column: Column, body: RowSet, at: int) -> Filled:
        """A column of numbers of the ledger; rows with formulas are left open."""
        by = SOURCES[block.rows].by if block.rows != LISTED else ""
        answers: list[FromIndicator | None] = []
        styles: list[Style] = []
        for place in range(len(body)):
            listed: Listed | None = block.row[place] if block.row else None
            unit = (listed.unit if listed is not None else "") or column.unit
            formula = formula_of(listed, column)
            if formula is not None:
                answers.append(None)
                dash = divides(formula)
                styles.append(style_of("number", column.places, unit, dash=dash))
                continue
            question = _asked(listed, column, block)
            answers.append(self.asked.ask(question, by, body.key(place) if by else None))
            styles.append(style_for(question, column.places, unit))
        values = [answer.value if answer is not None else None for answer in answers]
        same = styles[0] if len(set(styles)) == 1 else styles
        return Filled(column.at, at, column.heading, values, same, answers.__getitem__)

    def _total(
        self, block: Block, column: Column, filled: Filled, body: RowSet, places: Sequence[int],
        row: int, sheet: str,
    ) -> Cell:  # fmt: skip
        """A total: an indicator is asked again for the whole, never added up over its parts.

        A firm with two banks stands in two rows and counts once in the total.
        """
        if column.asks:
            question, _ = total_question(block, column)
            assert question is not None  # a form without it was refused
            by = SOURCES[block.rows].by if block.rows != LISTED else ""
            origin = self.asked.ask(question, by, None)
            style = style_for(question, column.places, column.unit)
            return total_cell(filled, row, sheet, origin.value, style, origin, column)
        wanted = {
            value for value in set(filled.values)
            if value is not None and value != ""
            and (column.total_where is None or filled.style(0).text(value) == column.total_where)
        }  # fmt: skip
        taken = [n for n, value in enumerate(filled.values) if value in wanted]
        style = style_of("whole")
        if column.total == "count":
            total: Any = len(taken)
        elif column.total == "firms":
            total = len({body.firm(n) or body.key(n) for n in taken})
        else:
            total = sum(filled.values[n] for n in taken)
            style = filled.style(taken[0]) if taken else style_of(
                body.fields[str(column.field)].kind, column.places, column.unit
            )  # fmt: skip
        rows = FromRows(column.at, tuple(places[n] for n in taken), total)
        return total_cell(filled, row, sheet, total, style, rows, column)


def total_cell(
    filled: Filled, row: int, sheet: str, value: Any, style: Style, origin: Provenance,
    column: Column,
) -> Cell:  # fmt: skip
    """Make a cell of a total row."""
    content, text = style.content(value), style.text(value)
    if column.total_text is not None and content is not None:
        content = text = column.total_text.format(n=text)
    return Cell(row, filled.column, content, text, origin, filled.heading, sheet, style.held(value))


def _asked(listed: Listed | None, column: Column, block: Block) -> Question:
    question, _ = combine(listed, column, block)
    assert question is not None  # a form without it was refused
    return question


def _filled(
    column: Column, at: int, values: Sequence[Any], style: Style,
    origin: Callable[[int], Provenance],
) -> Filled:  # fmt: skip
    return Filled(column.at, at, column.heading, values, style, origin)
