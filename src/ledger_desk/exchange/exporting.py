"""Any list out: the columns somebody sees, filtered and sorted as they see them, able to come back.

Amounts go out exactly, identifiers as text, references and townships by name, and each row with
its record's token in a hidden last column (`decisions.md` 28). Personal data is masked unless
asked for; a masked cell that comes back says nothing (`parsing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.exchange import looking_up, tokens
from ledger_desk.exchange.exporting_far import (
    Far,
    computed_cells,
    computed_of,
    far_cells,
    far_of,
)
from ledger_desk.exchange.parsing import Odd
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.targets import LEDGER_ROWS, find_kind
from ledger_desk.exchange.ways import IN_FULL, MASKED, Way
from ledger_desk.model.fields import FieldSpec, Record, field_map, fields_of
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.records import BY_TABLE, Enterprise, Matching
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.past import Past
from ledger_desk.store.queries import COMPUTED, Query, Rows
from ledger_desk.workbook import lists
from ledger_desk.workbook.lists import ListColumn, ListValue

_BLOCK = 1000
# Computed columns of enterprises: written for reading, left aside when they come back. 划型 alone
# would be taken for the grade that is set by hand.
COMPUTED_COLUMNS: Mapping[str, ListColumn] = {
    "size": ListColumn("划型结果"),
    "complete": ListColumn("建档完整度(%)", "whole", 12),
    "prior": ListColumn("首贷状态结果"),
    "lenders": ListColumn("在贷银行家数", "whole", 12),
    "tags": ListColumn("标签", "text", 30),
}
_Writer = Callable[[Any], ListValue]
_Computed = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class _Plan:
    """Which columns go out: those to be seen, then references that only a token can carry."""

    cls: type[Record]
    shown: tuple[str, ...]
    carried: tuple[FieldSpec, ...]
    way: Way
    far: Mapping[str, Far]
    made: Mapping[str, FieldSpec]

    @property
    def columns(self) -> list[ListColumn]:
        far = {name: each.spec for name, each in self.far.items() if each.spec}
        known = {**self.made, **far, **field_map(self.cls)}
        return [
            COMPUTED_COLUMNS[name.rpartition(".")[2]]
            if (spec := known.get(name)) is None
            else self.way.column(spec)
            for name in self.shown
        ]

    @property
    def hidden(self) -> tuple[str, ...]:
        if not self.way.tokens:
            return ()
        return (*(spec.label for spec in self.carried), tokens.HEADING)


def export_list(
    ledger: Ledger | Past,
    what: type[Record] | str,
    path: Path,
    query: Query[Any] | None = None,
    *,
    fields: Sequence[str] | None = None,
    way: Way | None = None,
    private: bool | None = None,
    progress: Progress = silent,
) -> int:
    """Write the records of a query as .xlsx or .csv, by the ending of ``path``.

    Args:
        ledger: Where from; also a ledger as it was (`Ledger.as_of`).
        what: Record class, its table name or its Chinese label.
        path: Where to; replaced if it exists.
        query: Which records in which order; None: all live ones as they were made.
        fields: Names of the columns to write, in order (for enterprises also the computed ``size``
            and ``complete``; ``reference.name`` for one of the record referred to); None: all
            declared fields.
        way: How the destination wants values written; None: as usual.
        private: Personal data in full (True) or masked (False), whatever the way says.
        progress: May cancel; nothing is left behind then.

    Returns:
        The number of records written.

    Raises:
        UserError: Nothing is called ``what``, there is no such field, or the file cannot be written.
        Cancelled: From ``progress``.
    """
    cls = class_of(what)
    way = way or Way()
    if private is not None:
        way = replace(way, private=IN_FULL if private else MASKED)
    plan = _plan(cls, fields, way)
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise UserError(
            f"不能写成“{path.suffix or path.name or path}”。请把文件名的结尾改成 .xlsx 或 .csv。"
        )
    with ledger.read() as rows:
        places = Places(ledger.office.division or "")
        values = _values(rows, plan, query or Query(cls), places, suffix == ".xlsx", progress)
        if suffix == ".csv":
            columns = [*plan.columns, *map(ListColumn, plan.hidden)]
            return lists.write_csv(path, columns, values, progress=silent)
        return lists.write_list(
            path, f"{cls.LABEL}名单", plan.columns, values, hidden_column=plan.hidden
        )


def class_of(what: type[Record] | str) -> type[Record]:
    """Find the record class of a list by class, table name or label.

    Raises:
        UserError: Nothing is called that.
    """
    if isinstance(what, type):
        return what
    found = find_kind(what)
    if found == LEDGER_ROWS:
        return Matching
    if not isinstance(found, type):
        raise UserError("没有说明导出哪一种名单，例如 enterprise（经营主体）。")
    return found


def _plan(cls: type[Record], names: Sequence[str] | None, way: Way) -> _Plan:
    known = field_map(cls)
    computed = COMPUTED if cls is Enterprise else ()
    wanted = [spec.name for spec in fields_of(cls)] if names is None else list(names)
    far = {name: found for name in wanted if (found := far_of(cls, name)) is not None}
    made = {
        name: spec
        for name in wanted
        if name not in known and (spec := computed_of(cls, name)) is not None
    }
    for name in wanted:
        if not any(name in names for names in (known, computed, far, made)):
            usable = "、".join([*known, *computed])
            raise UserError(f"{cls.LABEL}没有“{name}”这一项。可用的有：{usable}。")
    carried = tuple(known[n] for n in wanted if n in known and _is_carried(known[n]))
    private = {name: each.spec for name, each in far.items() if each.spec} | known
    shown = tuple(
        name
        for name in wanted
        if (spec := private.get(name)) is None
        or (way.gives(spec) and not (name in known and _is_carried(spec)))
    )
    if not shown:
        raise UserError(
            "没有一列可以写出。请多选几列；个人信息选“不给”时，只选个人信息的列就空了。"
        )
    far = {name: each for name, each in far.items() if name in shown}
    return _Plan(cls, shown, carried, way, far, made)


def _is_carried(spec: FieldSpec) -> bool:
    """Whether a reference points to records without a name of their own: only a token says which."""
    return bool(spec.ref) and "name" not in field_map(BY_TABLE[spec.ref])


def _values(
    rows: Rows, plan: _Plan, query: Query[Any], places: Places, typed: bool, progress: Progress
) -> Iterator[list[ListValue]]:
    """Give the cells of each record, block by block."""
    cls, known = plan.cls, field_map(plan.cls)
    steady: dict[str, _Writer] = {
        name: plan.way.writer(known[name], places, typed=typed)
        for name in plan.shown
        if name in known and not known[name].ref
    }
    counts = any(name in COMPUTED and name not in known for name in plan.shown)
    ids = rows.ids(replace(query, cls=cls))
    for start in range(0, len(ids), _BLOCK):
        progress(start, len(ids), f"正在写出{cls.LABEL}")
        some = ids[start : start + _BLOCK]
        records = rows.many(cls, some)
        computed = rows.beside(cls, some) if counts else {}
        named = {
            name: _references(rows, known[name], list(records.values()), plan.way.tokens)
            for name in plan.shown
            if name in known and known[name].ref
        }
        there = list(records.values())
        fars = far_cells(rows, plan.far, there, plan.way, places, typed=typed)
        fars |= computed_cells(rows, plan.made, there, plan.way, places, typed=typed)
        writers = [steady.get(name) or named.get(name) for name in plan.shown]
        for record in some:
            found = records.get(record)
            if found is None:
                raise UserError(
                    f"有的{cls.LABEL}读不出来，账套已损坏。请先做“体检”，再用备份还原。"
                )
            row = [
                fars[name].get(record)
                if name in fars
                else _computed(name, found, computed)
                if write is None
                else None if (value := getattr(found, name)) is None else write(value)
                for name, write in zip(plan.shown, writers, strict=True)
            ]  # fmt: skip
            if plan.way.tokens:
                row += [_token_of(spec, getattr(found, spec.name)) for spec in plan.carried]
                row.append(tokens.make(cls, record))
            yield row
    progress(len(ids), len(ids), f"正在写出{cls.LABEL}")


def _computed(name: str, firm: Any, computed: _Computed) -> ListValue:
    """A computed cell as the list on the screen shows it: a grade set by hand comes first."""
    value: ListValue = computed.get(firm.id, {}).get(name)
    return (firm.size_set or value or "未定") if name == "size" else value


def _token_of(spec: FieldSpec, record: str | None) -> ListValue:
    # Not the token alone: a column of bare tokens is that of the rows' own.
    cls = BY_TABLE[spec.ref]
    return tokens.beside(cls.LABEL, tokens.make(cls, record)) if record else None


def _references(
    rows: Rows, spec: FieldSpec, records: Sequence[Record], carrying: bool
) -> _Writer:  # fmt: skip
    """Write references by title; where the title does not lead back, with the token beside it."""
    cls = BY_TABLE[spec.ref]
    titles = looking_up.names_of(rows, spec.ref, [getattr(r, spec.name) for r in records])
    if not carrying:
        return lambda value: titles.get(value, "")
    said = {clean(title) for title in titles.values()}
    back = looking_up.references(rows)(spec, sorted(t for t in said if not is_empty(t)))
    texts = {
        record: title
        if not isinstance(found := back.get(clean(title)), Odd) and found == record
        else tokens.beside(title, tokens.make(cls, record))
        for record, title in titles.items()
    }
    return lambda value: texts.get(value, "")
