"""``export`` and ``dispatches``: lists out, and the register of every file that left."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import conditions, looking_back, opening
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer, table
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.exchange.dispatching import Entry
    from ledger_desk.exchange.ways import Way
    from ledger_desk.model.exchanging import Destination
    from ledger_desk.model.fields import Record

_MOST_ROWS = 10_000  # entries that JSON lists
_FEW = 50


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the two commands."""
    give = add_command(
        adder, "export", "把一种记录写成 .xlsx 或 .csv 名单", write_list,
        more="每次传出都记入传出登记；登记记不上时文件照样写出。",
    )  # fmt: skip
    give.add_argument("list", type=filled, metavar="名单", help="经营主体、银行、人员、银企对接……")
    give.add_argument("out", type=filled, metavar="文件", help="写成这个 .xlsx 或 .csv")
    give.add_argument(
        "--where", action="append", default=[], metavar="项目=值",
        help="只要符合的，例如 --where 主体类型=企业；可以写几个，要都符合",
    )  # fmt: skip
    give.add_argument(
        "--fields", type=filled, metavar="项目,项目", help="只写这几列，按这个次序（默认全部）"
    )
    give.add_argument(
        "--sort", action="append", default=[], metavar="项目",
        help="按这一项排，前面加 - 从大到小，例如 --sort=-注册资本；可以写几个",
    )  # fmt: skip
    give.add_argument("--as-of", type=filled, metavar="时候", help=looking_back.AS_OF)
    give.add_argument("--to", type=filled, metavar="去向", help="给谁；登记过的去向按它的写法写")
    give.add_argument("--purpose", type=filled, metavar="用途", help="做什么用，记入传出登记")
    give.add_argument("--full", action="store_true", help="电话、证件号不遮盖")
    give.add_argument("--no-tokens", action="store_true", help="不带回传记号")
    sent = add_command(adder, "dispatches", "传出登记：哪些文件出去过，给谁、做什么用", list_sent)
    sent.add_argument("--to", type=filled, metavar="去向", help="只看给这个去向的")


def write_list(given: argparse.Namespace, printer: Printer) -> int:
    """Write the records of one class as a list, and register it."""
    from ledger_desk.exchange.dispatching import Leaving, destination_named, register
    from ledger_desk.exchange.exporting import export_list
    from ledger_desk.store.past import Past

    out = Path(given.out)
    with opening.open_to_register(given) as ledger:
        query = conditions.query_of(ledger, given.list, given.where)
        query = replace(query, sort=_sorting(query.cls, given.sort))
        place = destination_named(ledger, given.to) if given.to else None
        way = _way(place, given)
        with looking_back.as_it_was(ledger, given.as_of) as reads:
            then = f"（{reads.step.at:%Y-%m-%d %H:%M} 的样子）" if isinstance(reads, Past) else ""
            count = export_list(
                reads, query.cls, out, query, fields=_fields(query.cls, given.fields), way=way,
                progress=printer.progress,
            )  # fmt: skip
        label = query.cls.LABEL
        left = Leaving(f"{label}名单{then}", count, place.id if place else None, given.to or "",
                       given.purpose or "", way.private)  # fmt: skip
        told = register(ledger, out, left)
    printer.show(
        {
            "list": query.cls.TABLE, "rows": count, "out": str(out), "dispatch": told.record,
            "private": way.private, "note": told.why,
        },
        f"已写出{label}{then} {count:,} 行：{out}",
        *([told.why] if told.why else []),
    )  # fmt: skip
    return cli.DONE


def list_sent(given: argparse.Namespace, printer: Printer) -> int:
    """List the register, the latest first."""
    from ledger_desk.exchange.dispatching import listing

    with opening.open_to_read(given) as ledger:
        found = listing(ledger)
    if given.to:
        found = [e for e in found if given.to in (e.destination, e.dispatch.receiver)]
    lines = table(
        ("日期", "时刻", "行数", "给谁", "用途", "经手人", "个人信息", "文件"),
        [_line(entry) for entry in found[:_FEW]],
    )
    if not found:
        lines = ["还没有文件传出去过。"]
    elif len(found) > _FEW:
        lines.append(f"…… 另有 {len(found) - _FEW:,} 份，用 --json 可看全部。")
    printer.show([_entry_json(entry) for entry in found[:_MOST_ROWS]], *lines)
    return cli.DONE


def _way(place: Destination | None, given: argparse.Namespace) -> Way:
    from ledger_desk.exchange.ways import IN_FULL, Way

    way = Way.of(place) if place is not None else Way()
    if given.full:
        way = replace(way, private=IN_FULL)
    return replace(way, tokens=False) if given.no_tokens else way


def _fields(cls: type[Record], text: str | None) -> list[str] | None:
    """Names of columns as a person writes them: labels, synonyms or the fields' own names."""
    from ledger_desk.exchange.exporting import COMPUTED_COLUMNS
    from ledger_desk.model.records import Enterprise

    if text is None:
        return None
    computed = {column.label.partition("(")[0]: n for n, column in COMPUTED_COLUMNS.items()}
    computed |= {n: n for n in COMPUTED_COLUMNS}
    names = []
    for word in filter(None, (part.strip() for part in text.replace("，", ",").split(","))):
        if cls is Enterprise and word in computed:
            names.append(computed[word])
        else:
            names.append(conditions.field_named(cls, word).name)
    if not names:
        raise UserError("--fields 后面没有写项目。例如 --fields 经营主体名称,统一社会信用代码。")
    return names


def _sorting(cls: type[Record], words: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    found = []
    for word in words:
        names = _fields(cls, word.strip().lstrip("-")) or []
        found += [(name, word.strip().startswith("-")) for name in names]
    return tuple(found)


def _line(entry: Entry) -> tuple[str, ...]:
    sent = entry.dispatch
    rows = f"{sent.rows:,}" if sent.rows is not None else ""
    return (
        sent.day.isoformat() if sent.day else "", sent.time or "", rows, sent.receiver or "",
        sent.purpose or "", entry.person, sent.private or "", sent.file or "",
    )  # fmt: skip


def _entry_json(entry: Entry) -> dict[str, Any]:
    sent = entry.dispatch
    return {
        "id": sent.id, "day": sent.day.isoformat() if sent.day else None, "time": sent.time,
        "file": sent.file, "folder": sent.folder, "content": sent.content, "rows": sent.rows,
        "destination": entry.destination or None, "receiver": sent.receiver,
        "purpose": sent.purpose, "person": entry.person or None, "private": sent.private,
        "sha256": sent.hash,
    }  # fmt: skip
