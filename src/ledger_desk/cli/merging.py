"""``duplicates``, ``merge-records``, ``split-records``: two records of one firm."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening
from ledger_desk.cli.firms import FIRM, find_firm
from ledger_desk.cli.journalling import step_json
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer, some
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.exchange.duplicates.finding import Group, Groups


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the three commands."""
    add_command(
        adder, "duplicates", "查重：列出像是同一户的经营主体", show_groups,
        more="每组写明依据和相似度；找到时退出码为 1。",
    )  # fmt: skip
    merge = add_command(
        adder, "merge-records", "把几户合并成一户", merge_records,
        more="第一户留下，其余并入它，名下的对接、贷款等都转过来。记为一步，可以撤销，也可以以后单独拆开。",
    )  # fmt: skip
    merge.add_argument("firms", nargs="*", metavar="主体", help=f"{FIRM}，第一户留下")
    merge.add_argument(
        "--exact", action="store_true", help="把查重查出的“可以直接合并”的各组一次合并"
    )
    merge.add_argument("--reason", default="", metavar="依据", help="为什么是同一户")
    split = add_command(
        adder, "split-records", "拆开一次合并", split_records,
        more="并掉的一户从回收站回来，它名下的记录回到它名下；合并以后改过的、新记的都留着。",
    )  # fmt: skip
    split.add_argument(
        "firm", type=filled, metavar="主体", help="并掉的一户：编号、代码、注册号或名称"
    )
    split.add_argument(
        "--different", action="store_true", help="同时记下两户不是同一户，以后不再问"
    )


def show_groups(given: argparse.Namespace, printer: Printer) -> int:
    """List the groups."""
    from ledger_desk.exchange.duplicates.finding import find_groups

    with opening.open_to_read(given) as ledger:
        groups = find_groups(ledger, printer.progress)
    lines = [groups.summary()]
    if groups.judged:
        lines.append(f"另有 {groups.judged:,} 对已经判为不是同一户，不再列出。")
    lines += some([line for group in groups for line in _lines(group)], 60)
    printer.show(_json(groups), *lines)
    return cli.ATTENTION if groups else cli.DONE


def merge_records(given: argparse.Namespace, printer: Printer) -> int:
    """Merge named firms, or all groups that may be merged unseen."""
    from ledger_desk.exchange.duplicates import merging
    from ledger_desk.exchange.duplicates.finding import find_groups
    from ledger_desk.exchange.duplicates.weighing import EXACT

    if given.exact == bool(given.firms):
        raise UserError("要么写出要合并的几户，要么写 --exact。账没有变。")
    with opening.open_to_write(given) as ledger:
        if given.exact:
            groups = find_groups(ledger, printer.progress).of(EXACT)
            if not groups:
                printer.show({"step": None, "groups": 0}, "没有可以直接合并的组，账没有变。")
                return cli.DONE
            step = merging.merge_exact(ledger, groups, printer.progress)
        else:
            with ledger.read() as rows:
                ids = [find_firm(rows, firm) for firm in given.firms]
            step = merging.merge(ledger, ids[0], ids[1:], None, given.reason)
    told = f"已{step.name}。记为第 {step.id} 步，可用 undo 撤销，也可用 split-records 单独拆开。"
    printer.show({"step": step_json(step)}, told)
    return cli.DONE


def split_records(given: argparse.Namespace, printer: Printer) -> int:
    """Take one merge apart."""
    from ledger_desk.exchange.duplicates import splitting

    with opening.open_to_write(given) as ledger:
        with ledger.read() as rows:
            record = find_firm(rows, given.firm, removed=True)
        plan = splitting.plan_split(ledger, record)
        step = splitting.split(ledger, record, different=given.different)
    lines = [f"已{step.name}。记为第 {step.id} 步，可用 undo 撤销。"]
    lines += [f"  {sentence}" for sentence in plan.returns]
    lines += [f"  留下：{sentence}" for sentence in plan.stays]
    data = {"step": step_json(step), "returns": list(plan.returns), "stays": list(plan.stays)}
    printer.show(data, *lines)
    return cli.DONE


def _lines(group: Group) -> list[str]:
    from ledger_desk.exchange.duplicates.weighing import LEVELS

    return [
        f"{LEVELS[group.level]}（相似度 {group.score}）：{group.reason}",
        *[f"    {title}  {record}" for title, record in zip(group.titles, group.ids, strict=True)],
    ]


def _json(groups: Groups) -> dict[str, Any]:
    return {
        "firms": groups.firms, "judged": groups.judged,
        "groups": [
            {"level": g.level, "score": g.score, "reason": g.reason,
             "firms": [{"id": i, "name": t} for i, t in zip(g.ids, g.titles, strict=True)],
             "pairs": [pair._asdict() for pair in g.pairs]}
            for g in groups
        ],
    }  # fmt: skip
