"""``search``: firms by code or its tail, fragment, pinyin, owner, telephone, address."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer, table

if TYPE_CHECKING:
    from ledger_desk.model.records import Enterprise


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    search = add_command(
        adder, "search", "查企业：名称、代码或代码后几位、拼音、法人、电话、住所", find_firms,
        more="几样用空格隔开，都要对上。最近动过的在前。退出码 1 表示一户也没有查到。",
    )  # fmt: skip
    search.add_argument(
        "text", type=filled, metavar="要查的", help="例如 茶厂、9P3X、xinxian、“新集 茶”"
    )
    search.add_argument(
        "--limit", type=int, default=50, metavar="户数", help="最多列多少户（默认 50）"
    )


def find_firms(given: argparse.Namespace, printer: Printer) -> int:
    """List the firms that match, the most recently touched first."""
    from ledger_desk.exchange.places import name_of
    from ledger_desk.model.records import Enterprise
    from ledger_desk.store.queries import CAP, Query

    query = Query(Enterprise, text=given.text)
    with opening.open_to_read(given) as ledger, ledger.read() as rows:
        ids = rows.ids(query)
        listed = ids[: max(1, given.limit)]
        firms = rows.many(Enterprise, listed)
    found = [_firm_json(firms[each], name_of(firms[each].township)) for each in listed]
    many = f"超过 {CAP:,} 户" if len(ids) > CAP else f"{len(ids):,} 户"
    lines = table(
        ("信用代码", "乡镇", "法定代表人", "名称"),
        [(f["code"] or "", f["township"], f["person"] or "", f["name"] or "") for f in found],
    )
    if not found:
        lines = [f"没有查到“{given.text}”。可以换成名称里的几个字、代码的后几位或拼音。"]
    else:
        lines.append(
            f"共 {many}" + (f"，列出 {len(found):,} 户。" if len(found) < len(ids) else "。")
        )
    printer.show({"count": min(len(ids), CAP), "more": len(ids) > CAP, "firms": found}, *lines)
    return cli.DONE if found else cli.ATTENTION


def _firm_json(firm: Enterprise, township: str) -> dict[str, Any]:
    """One firm as programs see it."""
    return {
        "id": firm.id, "name": firm.name, "code": firm.code, "person": firm.person,
        "township": township,
    }  # fmt: skip
