"""``today``: what is to be done, late ones first, for the county's nightly jobs."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening
from ledger_desk.cli.parser import Parser, add_command, day
from ledger_desk.cli.printing import Printer, table

if TYPE_CHECKING:
    from ledger_desk.work.duty import Duty

_LISTED = 50


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    command = add_command(
        adder, "today", "今天要办：逾期的、今天的、本周的、后 30 天的，每件带时限和依据", show_today,
        more="退出码 1 表示有逾期的。--json 列出全部。",
    )  # fmt: skip
    command.add_argument("--day", type=day, metavar="日期", help="当作这一天来看（默认今天）")
    command.add_argument(
        "--limit", type=int, default=_LISTED, metavar="件数", help=f"最多列多少件（默认 {_LISTED}）"
    )


def show_today(given: argparse.Namespace, printer: Printer) -> int:
    """List the duties of a day."""
    from datetime import date

    from ledger_desk.reports.due_forms import due_forms
    from ledger_desk.work import parameters
    from ledger_desk.work.calendars import read_calendar
    from ledger_desk.work.duties import ALL, read_agenda
    from ledger_desk.work.duty import STATES

    today = given.day or date.today()
    most = ALL if printer.as_json else max(1, given.limit)
    with opening.open_to_read(given) as ledger:
        forms = due_forms(ledger)
        with ledger.read() as rows:
            calendar, held = read_calendar(rows), parameters.read(rows, today)
            agenda = read_agenda(rows, today, calendar, held, forms=forms, most=most)
    counts = {state: agenda.total(states=(state,)) for state in STATES}
    said = "，".join(f"{word} {counts[state]:,} 件" for state, word in STATES.items())
    lines = [
        f"{today} 要办 {agenda.total():,} 件：{said}。" if agenda.total() else "今天没有要办的。"
    ]
    if agenda.duties:
        heads = ("时限", "止日", "事项", "责任", "依据")
        lines += table(heads, [
            (each.words, each.day_words, each.title, each.who, each.clause_words) for each in agenda.duties
        ])  # fmt: skip
    if len(agenda.duties) < agenda.total():
        lines.append(f"只列最急的 {len(agenda.duties):,} 件，全部用 --limit 或 --json。")
    data = {
        "day": today.isoformat(),
        "counts": counts,
        "duties": [_json(each) for each in agenda.duties],
    }
    printer.show(data, *lines)
    return cli.ATTENTION if agenda.late else cli.DONE


def _json(duty: Duty) -> dict[str, Any]:
    """One duty as programs see it."""
    return {
        "key": duty.key, "kind": duty.kind, "state": duty.state, "title": duty.title, "who": duty.who,
        "table": duty.table, "record": duty.record, "enterprise": duty.firm or None,
        "limit": duty.limit.day.isoformat() if duty.limit is not None else None, "left": duty.left,
        "unit": duty.unit, "clause": duty.clause, "estimated": duty.estimated,
    }  # fmt: skip
