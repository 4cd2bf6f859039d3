"""Any list out: every declared field of a record class, so that it can come back as an update.

Money goes out in exact 万元, identifiers as text, references and townships by name. Personal data
is masked unless asked for; a masked cell that comes back says nothing (`parsing.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.exchange.looking_up import names_of
from ledger_desk.exchange.places import Places, name_of
from ledger_desk.exchange.targets import LEDGER_ROWS, find_kind
from ledger_desk.model import masks, money
from ledger_desk.model.fields import FieldSpec, Record, field_map, fields_of
from ledger_desk.model.records import Matching
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows
from ledger_desk.workbook import lists
from ledger_desk.workbook.lists import ColumnKind, ListColumn, ListValue

_BLOCK = 1000
_KINDS: dict[str, ColumnKind] = {
    "money": "money",
    "rate": "rate",
    "day": "day",
    "whole": "whole",
    "figure": "whole",
}
_WIDE = {"name": 30, "note": 24, "scope": 40, "place": 30, "address": 30}


def export_list(
    ledger: Ledger,
    what: type[Record] | str,
    path: Path,
    query: Query[Any] | None = None,
    *,
    fields: Sequence[str] | None = None,
    private: bool = False,
    progress: Progress = silent,
) -> int:
    """Write the records of a query as .xlsx or .csv, by the ending of ``path``.

    Args:
        ledger: Where from.
        what: Record class, its table name or its Chinese label.
        path: Where to; replaced if it exists.
        query: Which records in which order; None: all live ones as they were made.
        fields: Names of the fields to write, in order; None: all declared ones.
        private: Write personal data in full instead of masked.
        progress: May cancel; nothing is left behind then.

    Returns:
        The number of records written.

    Raises:
        UserError: Nothing is called ``what``, there is no such field, or the file cannot be written.
        Cancelled: From ``progress``.
    """
    cls = _class_of(what)
    specs = _specs(cls, fields)
    columns = [
        ListColumn(s.label, _KINDS.get(s.kind.name, "text"), _WIDE.get(s.name, 0)) for s in specs
    ]
    wanted = query or Query(cls)
    path = Path(path)
    with ledger.read() as rows:
        places = Places(ledger.office.division or "")
        values = _values(rows, cls, specs, wanted, places, private, progress)
        if path.suffix.lower() == ".csv":
            return lists.write_csv(path, columns, values, progress=silent)
        if path.suffix.lower() != ".xlsx":
            raise UserError(
                f"不能写成“{path.suffix or path.name}”。请把文件名的结尾改成 .xlsx 或 .csv。"
            )
        return lists.write_list(path, f"{cls.LABEL}名单", columns, values, progress=silent)


def _class_of(what: type[Record] | str) -> type[Record]:
    if isinstance(what, type):
        return what
    found = find_kind(what)
    if found == LEDGER_ROWS:
        return Matching
    if not isinstance(found, type):
        raise UserError("没有说明导出哪一种名单，例如 enterprise（经营主体）。")
    return found


def _specs(cls: type[Record], names: Sequence[str] | None) -> list[FieldSpec]:
    if names is None:
        return list(fields_of(cls))
    known = field_map(cls)
    for name in names:
        if name not in known:
            raise UserError(f"{cls.LABEL}没有“{name}”这一项。可用的有：{'、'.join(known)}。")
    return [known[name] for name in names]


def _values(
    rows: Rows,
    cls: type[Record],
    specs: Sequence[FieldSpec],
    query: Query[Any],
    places: Places,
    private: bool,
    progress: Progress,
) -> Iterator[list[ListValue]]:
    """Give the cells of each record, block by block."""
    ids = rows.ids(replace(query, cls=cls))
    for start in range(0, len(ids), _BLOCK):
        progress(start, len(ids), f"正在写出{cls.LABEL}")
        some = ids[start : start + _BLOCK]
        records = rows.many(cls, some)
        writers = [_writer(rows, spec, list(records.values()), places, private) for spec in specs]
        for record in some:
            found = records.get(record)
            if found is None:
                raise UserError(
                    f"有的{cls.LABEL}读不出来，账套已损坏。请先做“体检”，再用备份还原。"
                )
            yield [
                None if (v := getattr(found, spec.name)) is None else write(v)
                for spec, write in zip(specs, writers, strict=True)
            ]
    progress(len(ids), len(ids), f"正在写出{cls.LABEL}")


def _writer(
    rows: Rows, spec: FieldSpec, records: Sequence[Record], places: Places, private: bool
) -> Callable[[Any], ListValue]:
    """Make the function that turns one field's values into cells."""
    if spec.private and not private:
        return _masked(spec)
    if spec.ref:
        titles = names_of(rows, spec.ref, [getattr(r, spec.name) for r in records])
        return lambda value: titles.get(value, value)
    kind = spec.kind.name
    if kind == "money":
        return _exact_wan
    if kind == "rate":
        return money.percent
    if kind == "yes_no":
        return lambda value: "是" if value else "否"
    if kind == "division":
        # By name where the name alone leads back to the code.
        return lambda value: name if places.code_of(name := name_of(value)) == value else value
    return _as_it_is


def _exact_wan(fen: int) -> ListValue:
    """万元 exactly, without more decimals than it takes (at least two)."""
    return Decimal(money.exact_wan(fen).replace(",", ""))


def _as_it_is(value: Any) -> ListValue:
    found: ListValue = value
    return found


def _masked(spec: FieldSpec) -> Callable[[Any], ListValue]:
    if spec.kind.name == "phone":
        return masks.mask_phone
    return lambda value: masks.mask_id(str(value), "ends")
