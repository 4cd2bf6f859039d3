"""How the quotas of a page of rows stand, counted once for all columns that show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from ledger_desk.model.records import Office, Target
from ledger_desk.store.queries import Rows
from ledger_desk.ui.books.book import Extra
from ledger_desk.ui.grid_rows import Cell, CellLike, ColumnKind
from ledger_desk.work.targets import Standing, debtor, shown_unit, stand

Show = Callable[[Standing], CellLike]


class Standings:
    """Counts for one office; what one read of the ledger saw is counted once."""

    def __init__(self, own: Office) -> None:
        """Count for the office of the ledger."""
        self._own = own
        self._known: WeakKeyDictionary[Rows, dict[str, Standing]] = WeakKeyDictionary()

    def of(self, rows: Rows, targets: Sequence[Target]) -> Mapping[str, Standing]:
        """How quotas stand, by id."""
        known = self._known.setdefault(rows, {})
        for target in targets:
            if target.id not in known:
                known[target.id] = stand(rows, target, self._own)
        return known

    def extras(self) -> tuple[Extra, ...]:
        """The columns: who owes, owed, done, share, short, and what is to be said."""
        return (
            Extra("who", "谁的任务", _who, width=170),
            self._extra("owed", "应完成", _owed, "number", 100),
            self._extra("done", "已完成", _done, "number", 100),
            self._extra("share", "完成(%)", _share, "bar", 110),
            self._extra("short", "还差", _short, "number", 100),
            self._extra("said", "说明", lambda found: found.why, "text", 220),
        )

    def _extra(self, key: str, title: str, show: Show, kind: ColumnKind, width: int) -> Extra:
        def cells(rows: Rows, records: Sequence[Any]) -> Mapping[str, CellLike]:
            found = self.of(rows, records)
            return {each.id: show(found[each.id]) for each in records}

        return Extra(key, title, cells, kind, width)


def _who(rows: Rows, records: Sequence[Any]) -> Mapping[str, CellLike]:
    return {each.id: debtor(rows, each) for each in records}


def _owed(found: Standing) -> CellLike:
    return Cell(f"{found.show(found.owed)} {shown_unit(found.unit)}")


def _done(found: Standing) -> CellLike:
    if found.done is None:
        return Cell("没有数", "readonly", note=found.why)
    return Cell(f"{found.show(found.done)} {shown_unit(found.unit)}", note=_each(found))


def _share(found: Standing) -> CellLike:
    return "" if found.percent is None else min(found.percent, 100)


def _short(found: Standing) -> CellLike:
    if found.done is None:
        return ""
    if not found.short:
        return "完成"
    return Cell(f"{found.show(found.short)} {shown_unit(found.unit)}", "explain", note=_each(found))


def _each(found: Standing) -> str:
    if len(found.shares) < 2:
        return ""
    return "；".join(f"{s.name} {found.show(s.done)}/{found.show(s.owed)}" for s in found.shares)
