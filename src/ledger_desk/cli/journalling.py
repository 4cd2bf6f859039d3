"""``log``, ``undo``, ``redo``: the steps of a ledger."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening
from ledger_desk.cli.parser import Parser, add_command
from ledger_desk.cli.printing import Printer, some, table

if TYPE_CHECKING:
    from ledger_desk.store.journal import StepInfo
    from ledger_desk.store.queries import Rows
    from ledger_desk.store.undoing import Kept


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the three commands."""
    log = add_command(adder, "log", "列出修改记录的步骤，新的在前", show_log)
    log.add_argument(
        "--limit", type=int, default=50, metavar="条数", help="最多列多少步（默认 50）"
    )
    undo = add_command(
        adder, "undo", "撤销一步", undo_step,
        more="不写步骤就撤销最近一步。后来改过的内容会保留，并逐条说明；有保留时退出码为 1。",
    )  # fmt: skip
    undo.add_argument("step", nargs="?", type=int, metavar="步骤", help="步骤的编号，见 log")
    undo.add_argument("--force", action="store_true", help="连后来的改动一起撤销")
    add_command(adder, "redo", "重做刚撤销的一步", redo_step)


def show_log(given: argparse.Namespace, printer: Printer) -> int:
    """List the steps."""
    with opening.open_to_read(given) as ledger:
        steps = ledger.log(max(1, given.limit))
    rows = [
        (
            str(s.id),
            f"{s.at:%Y-%m-%d %H:%M}",
            s.person or "",
            f"{s.rows:,}",
            "已撤销" if s.undone else "",
            s.name,
        )
        for s in steps
    ]
    data = [step_json(step) for step in steps]
    printer.show(data, *table(("步骤", "时间", "人员", "记录", "状态", "内容"), rows))
    return cli.DONE


def undo_step(given: argparse.Namespace, printer: Printer) -> int:
    """Take a step back, and name what was kept because it was edited since."""
    with opening.open_to_write(given) as ledger:
        plan = ledger.plan_undo(given.step, force=given.force)
        step = ledger.undo(given.step, force=given.force)
        with ledger.read() as rows:
            kept = [kept_json(rows, item) for item in plan.kept]
    lines = [f"已撤销“{plan.name}”，恢复 {plan.restored:,} 条。要恢复它请用 redo。"]
    if kept:
        lines.append(f"有 {len(kept):,} 条后来改过，没有动：")
        lines += some([f"  {item['label']} {item['title']}：{item['why']}" for item in kept])
    printer.show({"step": step_json(step), "restored": plan.restored, "kept": kept}, *lines)
    return cli.ATTENTION if kept else cli.DONE


def redo_step(given: argparse.Namespace, printer: Printer) -> int:
    """Do again what was taken back last."""
    with opening.open_to_write(given) as ledger:
        step = ledger.redo()
    printer.show({"step": step_json(step)}, f"已{step.name}，共 {step.rows:,} 条。")
    return cli.DONE


def step_json(step: StepInfo) -> dict[str, Any]:
    """One step as programs see it."""
    return {
        "id": step.id, "name": step.name, "kind": step.kind, "person": step.person,
        "at": step.at.isoformat(), "rows": step.rows, "undone": step.undone,
        "replica": step.replica, "n": step.n, "hash": step.hash,
    }  # fmt: skip


def kept_json(rows: Rows, kept: Kept) -> dict[str, Any]:
    """One thing that an undo left as it is: which record, which fields, why."""
    from ledger_desk.model.fields import field_map
    from ledger_desk.model.records import BY_TABLE

    cls = BY_TABLE[kept.table]
    record = rows.get(cls, kept.record)
    known = field_map(cls)
    labels = [known[name].label for name in kept.fields if name in known]
    why = kept.why + (f"（{'、'.join(labels)}）" if labels else "")
    return {
        "table": kept.table, "label": cls.LABEL, "record": kept.record,
        "title": record.title if record else "", "fields": labels, "why": why,
    }  # fmt: skip
