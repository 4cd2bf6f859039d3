"""A new blank of a form that there is: what was tied stays tied, as far as the headings are the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ledger_desk.exchange.definitions import Form
from ledger_desk.exchange.form_parts import LISTED, Listed
from ledger_desk.reports.designing.draft import (
    Draft,
    DraftBlock,
    DraftColumn,
    Formula,
    Nothing,
    draft_from,
)
from ledger_desk.reports.designing.memory import key_under

_WHY = "和原来的表样一样"


def as_before(draft: Draft, form: Form) -> Draft:
    """Take over from a form what its new blank leaves as it was.

    Source, dates, notes and named rules are always taken; columns under the same heading; formulas,
    rules by formula and kept sums only where every column of the form still stands at its place.
    """
    old = draft_from(form)
    pairs = [(block, _was(block, draft, old)) for block in draft.blocks]
    in_place = len(draft.blocks) >= len(old.blocks) and all(
        was is not None and _in_place(block, was) for block, was in pairs
    )
    blocks = [block if was is None else _merged(block, was, in_place) for block, was in pairs]
    shape = form.shape
    return replace(
        draft, mechanism=shape.mechanism, source_document=shape.source.document,
        source_title=shape.source.title, clause=shape.source.clause, every=shape.due.every,
        due_day=shape.due.day, due_clause=shape.due.clause, notes=shape.notes, checks=shape.checks,
        rules=shape.check if in_place else (), balance=shape.balance if in_place else None,
        blocks=tuple(blocks), extra=old.extra,
    )  # fmt: skip


def _was(block: DraftBlock, draft: Draft, old: Draft) -> DraftBlock | None:
    named = [was for was in old.blocks if was.sheet == block.sheet]
    if not named and len(old.blocks) == len(draft.blocks) == 1:
        named = list(old.blocks)
    for was in named:
        both_lists = was.is_list == block.is_list
        if both_lists and len(_same(block.columns, was.columns)) * 2 > len(was.columns):
            return was
    return None


def _same(new: Sequence[DraftColumn], old: Sequence[DraftColumn]) -> dict[str, DraftColumn]:
    """Letters of a new column → the old one under the same heading, where there is only one such."""
    found: dict[str, DraftColumn] = {}
    for column in new:
        key = key_under(column.printed)
        hits = [each for each in old if key_under(each.printed) == key]
        if len(hits) > 1:
            hits = [each for each in hits if each.at == column.at]
        if len(hits) == 1:
            found[column.at] = hits[0]
    return found


def _in_place(block: DraftBlock, was: DraftBlock) -> bool:
    same = _same(block.columns, was.columns)
    tied = [c for c in was.columns if not isinstance(c.choice, Nothing)]
    rows = (was.first_row, was.total_row) == (block.first_row, block.total_row)
    return rows and all(c.at in same and same[c.at].at == c.at for c in tied)


def _merged(block: DraftBlock, was: DraftBlock, in_place: bool) -> DraftBlock:
    row = was.row if was.rows == LISTED else ()
    if row and len(row) > block.room:
        return block
    same = _same(block.columns, was.columns)
    columns = []
    for column in block.columns:
        old = same.get(column.at)
        if old is None or (isinstance(old.choice, Formula) and not in_place):
            columns.append(column)
            continue
        total = old.total if block.total_row is not None else "none"
        text = old.total_text if total != "none" else None
        only = old.total_where if total != "none" else None
        columns.append(replace(
            old, at=column.at, heading=column.heading, printed=column.printed, why=_WHY, sure=True,
            total=total, total_text=text, total_where=only,
        ))  # fmt: skip
    down = block.first_row - was.first_row
    moved = tuple(_moved(each, down) for each in row)
    empty = was.empty or block.empty
    if empty is not None and all(
        c.at != empty.at or isinstance(c.choice, Nothing) for c in columns
    ):
        empty = block.empty
    return replace(
        was, sheet=block.sheet, first_row=block.first_row, room=block.room,
        total_row=block.total_row, header_rows=block.header_rows, columns=tuple(columns), row=moved,
        empty=empty, why=_WHY, sure=True,
    )  # fmt: skip


def _moved(row: Listed, down: int) -> Listed:
    if row.at_row is None or not down:
        return row
    return row.model_copy(update={"at_row": row.at_row + down})
