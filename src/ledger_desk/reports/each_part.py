"""A form with one sheet for each township or bank: the parts that the ledger has, and their sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ledger_desk.exchange.definitions import Block, Column, Form
from ledger_desk.exchange.form_each import DICTIONARIES, is_own, repeated
from ledger_desk.exchange.form_parts import LISTED, RECORDS
from ledger_desk.exchange.form_questions import Question, combine
from ledger_desk.model.records import Office
from ledger_desk.reports.asking import Asked
from ledger_desk.reports.rowsets import SourceRow
from ledger_desk.reports.rowsets.records import read_records
from ledger_desk.reports.sources import SOURCES, further_entries
from ledger_desk.store.queries import Rows
from ledger_desk.workbook.copying import copy_sheet, tab_names


def with_sheets(rows: Rows, form: Form, asked: Asked, who: Office) -> Form:
    """Give the form with a sheet for each part; the same form where it has no ``each``.

    The parts are the dictionary's, and those met in the data besides: left out, the sheets would no
    longer add up. A ledger that has no part at all (no bank yet) keeps the one sheet, for the whole.

    Raises:
        UserError: The blank's sheet cannot be copied.
    """
    shape = form.shape
    if shape.each is None:
        return form
    source = SOURCES[DICTIONARIES[shape.each]]
    listed = source.read(rows, asked.period, asked.office, who, ("label",))
    entries: list[SourceRow] = list(listed)  # type: ignore[arg-type]
    met = set(_met(rows, form, asked)) - {entry.key for entry in entries}
    entries += further_entries(source, rows, sorted(met))
    if not entries:
        return replace(form, shape=shape.model_copy(update={"each": None}))
    others = [tab for tab in shape.sheets if tab != shape.sheet]
    tabs = tab_names((entry.label for entry in entries), others)
    parts = [(entry.key, entry.label, tab) for entry, tab in zip(entries, tabs, strict=True)]
    blank = copy_sheet(form.blank, shape.sheet, tuple(tabs))
    return replace(form, shape=repeated(shape, parts), blank=blank)


def _met(rows: Rows, form: Form, asked: Asked) -> Iterator[str]:
    """Keys of the parts that the numbers and lists of the own sheet have anything of."""
    shape = form.shape
    assert shape.each is not None
    questions: dict[Question, None] = {}
    for cell in shape.cell:
        if is_own(shape, cell) and cell.indicator is not None:
            questions.update(_asked(combine(cell)[0]))
    for block in shape.block:
        if not is_own(shape, block):
            continue
        if block.rows == RECORDS:
            yield from _of_records(rows, block, asked)
            continue
        for column in block.column:
            if not column.asks:
                continue
            for row in block.row if block.rows == LISTED else (None,):
                if row is None or row.formula is None:
                    questions.update(_asked(combine(row, column, block)[0]))
    for question in questions:
        yield from asked.keys(question, shape.each)


def _asked(question: Question | None) -> dict[Question, None]:
    return {} if question is None else {question: None}


def _of_records(rows: Rows, block: Block, asked: Asked) -> Sequence[str]:
    """Keys of the parts that records of a list belong to."""
    path = str(block.each)
    column = Column(at="A", heading=path, field=path)
    body = read_records(
        rows, block.model_copy(update={"column": (column,), "sort": ()}), asked.days, asked.office
    )
    at = body.place_of.get(f"={path}", body.place_of[path])
    return [row[at] or "" for row in body.table]
