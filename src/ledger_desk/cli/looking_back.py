"""``history``: what was changed in one firm or record, field by field; and lists as they were."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import conditions, opening
from ledger_desk.cli.firms import FIRM
from ledger_desk.cli.parser import Parser, add_command, day, filled
from ledger_desk.cli.printing import Printer, table

if TYPE_CHECKING:
    from ledger_desk.model.fields import FieldSpec, Record
    from ledger_desk.store.journal import StepInfo
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.past import Past
    from ledger_desk.store.queries import Rows

_STEP_DIGITS = 7  # more are a day: 20241103
_EMPTY = "（空）"
_SHOWN = 40  # characters of a value in the summary
AS_OF = "当作那天结束时（2024-11-03），或第几步做完时（12）的账"


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    history = add_command(
        adder, "history", "一户或一条记录的修改记录：谁、什么时候、从什么改成什么", show_history,
        more="不写哪一户就列最近的改动。电话、证件号遮盖中间几位，--full 照写。",
    )  # fmt: skip
    history.add_argument(
        "record",
        nargs="?",
        type=filled,
        metavar="主体或记录",
        help=f"{FIRM}；也可以是别的记录的编号",
    )
    history.add_argument("--field", type=filled, metavar="项目", help="只看这一项，例如 注册资本")
    history.add_argument(
        "--limit", type=int, default=200, metavar="条数", help="最多列多少条（默认 200）"
    )
    history.add_argument("--full", action="store_true", help="电话、证件号不遮盖")


def show_history(given: argparse.Namespace, printer: Printer) -> int:
    """List field changes, the newest first."""
    most = max(1, given.limit)
    with opening.open_to_read(given) as ledger, ledger.read() as rows:
        wanted = _wanted(rows, given.record) if given.record else None
        data = []
        for item in _items(rows, wanted, given, most):
            data.append(item)
            if len(data) == most:
                break
    heads = ("步骤", "时间", "人员", "记录", "项目", "原来", "改成", "内容")
    lines = table(heads, [
        (str(d["step"]), d["at"][:16].replace("T", " "), d["person"] or "", d["title"], d["label"],
         _cut(d["before_text"]), _cut(d["after_text"]), d["step_name"])
        for d in data
    ])  # fmt: skip
    printer.show(data, *(lines if data else ["没有这样的改动。"]))
    return cli.DONE


def _wanted(rows: Rows, said: str) -> str:
    """Id of the firm or record that a word names, also of one that is in the bin or gone.

    Raises:
        UserError: There is none, or several.
    """
    from ledger_desk.cli.firms import find_firm
    from ledger_desk.errors import UserError
    from ledger_desk.model.records import Enterprise
    from ledger_desk.store.queries import Query, Where

    sql = "SELECT 1 FROM change WHERE record = ? LIMIT 1"
    if rows.connection.exec_driver_sql(sql, (said.lower(),)).first():
        return said.lower()
    try:
        return find_firm(rows, said)
    except UserError as error:
        binned = [Query(Enterprise, (Where(n, "=", said),), removed=True) for n in ("code", "name")]
        found = {firm.id for query in binned for firm in rows.find(query, 2)}
        if len(found) == 1:
            return found.pop()
        raise error


def _items(
    rows: Rows, wanted: str | None, given: argparse.Namespace, most: int
) -> Iterator[dict[str, Any]]:
    from ledger_desk.model.records import BY_TABLE, NOTED
    from ledger_desk.store import reviewing
    from ledger_desk.store.reviewing import StepFilter

    for number in reviewing.numbers(rows, StepFilter(record=wanted or "")):
        step = reviewing.infos(rows, [number])[number]
        changes = reviewing.changes(rows, number, most if wanted is None else 2**62)
        for change in changes:
            if (wanted is not None and change.record != wanted) or change.table in NOTED:
                continue
            cls = BY_TABLE[change.table]
            only = conditions.field_named(cls, given.field).name if given.field else None
            before, after = change.before or {}, change.after or {}
            for name in {**before, **after}:
                if only in (None, name):
                    yield _item(rows, step, cls, change.record, name,
                                before.get(name), after.get(name), full=given.full)  # fmt: skip


def _item(
    rows: Rows, step: StepInfo, cls: type[Record], record: str, name: str,
    before: Any, after: Any, *, full: bool,
) -> dict[str, Any]:  # fmt: skip
    from ledger_desk.model.fields import field_map

    spec = field_map(cls).get(name)
    found = rows.get(cls, record)
    old, new = (_words(rows, spec, value, full=full) for value in (before, after))
    return {
        "step": step.id, "step_name": step.name, "kind": step.kind, "at": step.at.isoformat(),
        "person": step.person, "undone": step.undone, "table": cls.TABLE, "record": record,
        "title": found.title if found is not None else cls.LABEL, "field": name,
        "label": spec.label if spec is not None else "回收站",
        "before_text": old, "after_text": new,
    }  # fmt: skip


def _words(rows: Rows, spec: FieldSpec | None, value: Any, *, full: bool) -> str:
    """A value as people write it; personal data masked unless asked for."""
    from ledger_desk.exchange.places import name_of
    from ledger_desk.model import masks, money

    if spec is None:
        return "在" if value else "不在"
    if value is None or value == "":
        return _EMPTY
    if spec.private and not full:
        phone = spec.kind.name == "phone"
        return masks.mask_phone(str(value)) if phone else masks.mask_id(str(value), "ends")
    if spec.ref:
        return rows.titles(spec.ref, [value]).get(value, "（已不在）")
    if spec.kind.name == "money":
        return money.exact_wan(value)
    if spec.kind.name == "division":
        return name_of(value) or str(value)
    if spec.name == "indicator":
        from ledger_desk.reports.indicators import INDICATORS

        return INDICATORS[value].label if value in INDICATORS else str(value)
    return spec.kind.show(value)


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


@contextmanager
def as_it_was(ledger: Ledger, moment: str | None) -> Iterator[Ledger | Past]:
    """Give the ledger, or the ledger as it was at a moment: the number of a step, or a day.

    Raises:
        UserError: There is no such step or day, or the ledger did not exist yet.
    """
    from ledger_desk.errors import UserError

    if moment is None:
        yield ledger
        return
    text = moment.strip()
    if text.isascii() and text.isdigit() and len(text) <= _STEP_DIGITS:
        found = ledger.as_of(int(text))
    else:
        try:
            found = ledger.as_of_day(day(text))
        except argparse.ArgumentTypeError as error:
            raise UserError(f"--as-of 后面要写日期或步骤的编号。{error}") from None
    with found as past:
        yield past
