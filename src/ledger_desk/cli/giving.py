"""``export``: lists out."""

from __future__ import annotations

import argparse
from pathlib import Path

from ledger_desk import cli
from ledger_desk.cli import conditions, opening
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    give = add_command(adder, "export", "把一种记录写成 .xlsx 或 .csv 名单", write_list)
    give.add_argument("list", type=filled, metavar="名单", help="经营主体、银行、人员、银企对接……")
    give.add_argument("out", type=filled, metavar="文件", help="写成这个 .xlsx 或 .csv")
    give.add_argument(
        "--where", action="append", default=[], metavar="项目=值",
        help="只要符合的，例如 --where 主体类型=企业；可以写几个，要都符合",
    )  # fmt: skip
    give.add_argument("--full", action="store_true", help="电话、证件号不遮盖")


def write_list(given: argparse.Namespace, printer: Printer) -> int:
    """Write the records of one class as a list."""
    from ledger_desk.exchange.exporting import export_list

    out = Path(given.out)
    with opening.open_to_read(given) as ledger:
        query = conditions.query_of(ledger, given.list, given.where)
        count = export_list(
            ledger, query.cls, out, query, private=given.full, progress=printer.progress
        )
    label = query.cls.LABEL
    printer.show(
        {"list": query.cls.TABLE, "rows": count, "out": str(out)},
        f"已写出{label} {count:,} 行：{out}",
    )
    return cli.DONE
