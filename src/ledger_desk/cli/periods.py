"""``close``, ``reopen``, ``restate``, ``handed`` and ``verify-code``: periods of forms."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening, pairing
from ledger_desk.cli.parser import Parser, add_command, day, filled
from ledger_desk.cli.printing import Printer, some, table
from ledger_desk.cli.several import office_of
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.model.records import Closing
    from ledger_desk.reports.periods.restating import Restatement
    from ledger_desk.store.ledger import Ledger


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the five commands."""
    close = add_command(
        adder, "close", "结账：把一张报表的一期定稿，连同文件留底", close_period,
        more="有必改的，或须说明没有写说明的，不能结账。",
    )  # fmt: skip
    _period(close)
    close.add_argument("--filled-by", type=filled, metavar="姓名", help="填表人，不写是当前经办人")
    close.add_argument(
        "--checked-by", type=filled, metavar="姓名", help="审核人，不写是“任务与口径”里定的"
    )
    close.add_argument(
        "--headed-by", type=filled, metavar="姓名", help="负责人，不写是“任务与口径”里定的"
    )
    reopen = add_command(
        adder, "reopen", "反结账：写明原因和同意人，这一期可以重新结账", reopen_period
    )
    _period(reopen)
    reopen.add_argument(
        "--reason", required=True, type=filled, metavar="原因", help="会印在差异说明表上"
    )
    reopen.add_argument("--approver", required=True, type=filled, metavar="姓名", help="谁同意的")
    restate = add_command(
        adder, "restate", "差异说明：定稿报出的数和现在的数差在哪几户", restate_period,
        more="有差异时退出码为 1。",
    )  # fmt: skip
    _period(restate)
    restate.add_argument("--number", type=int, metavar="次", help="第几次定稿，不写是最近一次")
    restate.add_argument("--pdf", type=filled, metavar="文件", help="写成差异说明表 PDF")
    restate.add_argument("--xlsx", type=filled, metavar="文件", help="写成清单 .xlsx")
    handed = add_command(
        adder, "handed", "报送登记：各单位结账没有、报了没有，谁逾期", list_handed,
        more="还有单位没报时退出码为 1。",
    )  # fmt: skip
    _period(handed, office=False)
    handed.add_argument(
        "--mark", action="append", default=[], type=filled, metavar="单位",
        help="登记这个单位今天已报，可以写几个",
    )  # fmt: skip
    verify = add_command(
        adder, "verify-code", "核对纸上的核对码：与第几次定稿一致", verify_code,
        more="核不上时退出码为 1。",
    )  # fmt: skip
    verify.add_argument(
        "code", type=filled, metavar="核对码", help="页脚的十二个字，或扫出来的二维码"
    )


def _period(parser: Parser, *, office: bool = True) -> None:
    parser.add_argument("form", type=filled, metavar="报表", help="报表的代号，见 forms")
    parser.add_argument(
        "--from", dest="start", required=True, type=day, metavar="起日", help="例如 2024-11-01"
    )
    parser.add_argument(
        "--to", dest="end", required=True, type=day, metavar="止日", help="例如 2024-11-30"
    )
    if office:
        parser.add_argument(
            "--office", type=filled, metavar="单位", help="只说这个单位的一份；不写是本账汇总"
        )


def close_period(given: argparse.Namespace, printer: Printer) -> int:
    """Make the report, and close its period."""
    from ledger_desk.reports import catalogue
    from ledger_desk.reports.periods import closing
    from ledger_desk.reports.periods.codes import grouped
    from ledger_desk.reports.periods.kept import closing_json
    from ledger_desk.reports.periods.signatures import usual

    with opening.open_to_write(given) as ledger:
        forms = catalogue.load_forms(ledger)
        made = catalogue.run(
            ledger, given.form, given.start, given.end, printer.progress, forms=forms,
            office=office_of(ledger, given.office or ""),
        )  # fmt: skip
        with ledger.read() as rows:
            signs = usual(rows, "", made.report.office, ledger.office.id)
        held = closing.close_period(
            ledger, made, filled_by=given.filled_by or "", checked_by=given.checked_by or signs.checked,
            headed_by=given.headed_by or signs.headed, forms=forms, progress=printer.progress,
        )  # fmt: skip
    printer.show(
        closing_json(held) | {"rows": made.report.rows, "office": made.report.office_name},
        f"已结账：{made.report.form.title} {made.report.period.label}"
        f"{f'（{made.report.office_name}）' if held.office else ''}，第 {held.number} 次定稿，"
        f"{made.report.rows:,} 行。",
        f"核对码 {grouped(held.code or '')}，印在 PDF 每页的页脚。",
    )
    return cli.DONE


def reopen_period(given: argparse.Namespace, printer: Printer) -> int:
    """Open a closed period again."""
    from ledger_desk.reports.periods import closing, closings
    from ledger_desk.reports.periods.kept import closing_json

    with opening.open_to_write(given) as ledger:
        held = _closing(ledger, given)
        again = closing.reopen_period(ledger, held.id, given.reason, given.approver)
    printer.show(
        closing_json(again),
        f"已反结账：{closings.title_of(again)}，第 {again.number} 次定稿留底不动。"
        f"原因：{again.reason}；同意人：{again.approver}。",
    )
    return cli.DONE


def _closing(ledger: Ledger, given: argparse.Namespace) -> Closing:
    """Find the closing that a command speaks of; the newest one unless a number is given."""
    from ledger_desk.model.periods import Period
    from ledger_desk.reports.periods.closings import standing

    if given.end < given.start:
        raise UserError(f"期别的最后一天 {given.end} 早于第一天 {given.start}。请把起止日期对调。")
    period = Period(given.start, given.end)
    office = office_of(ledger, given.office or "")
    with ledger.read() as rows:
        stands = standing(rows, given.form, period, office)
    number = getattr(given, "number", None)
    wanted = [each for each in stands.closings if number is None or each.number == number]
    if not wanted:
        which = f"第 {number} 次定稿" if number is not None and stands.closings else "结账"
        raise UserError(f"报表“{given.form}”{period.label}没有{which}。请先看 forms 里的期间。")
    return wanted[-1]


def restate_period(given: argparse.Namespace, printer: Printer) -> int:
    """Compare a closing with the ledger of today."""
    from ledger_desk.files import atomic_write
    from ledger_desk.reports.catalogue import load_forms
    from ledger_desk.reports.periods import paper
    from ledger_desk.reports.periods.restating import restate

    pdf, xlsx = (Path(each) if each else None for each in (given.pdf, given.xlsx))
    pairing.check_targets(xlsx, pdf)
    with opening.open_to_read(given) as ledger:
        told = restate(
            ledger, _closing(ledger, given), forms=load_forms(ledger), progress=printer.progress
        )
    if pdf is not None:
        atomic_write(pdf, paper.draw(told, printer.progress)[0])
    if xlsx is not None:
        paper.write_xlsx(told, xlsx, printer.progress)
    written = [path for path in (pdf, xlsx) if path is not None]
    data = restatement_json(told) | {"pdf": given.pdf, "xlsx": given.xlsx}
    printer.show(data, *restatement_lines(told), *(f"已写出：{path}" for path in written))
    return cli.DONE if told.same else cli.ATTENTION


def restatement_json(told: Restatement) -> dict[str, Any]:
    """A restatement as programs see it: amounts in the smallest unit (fen, firms)."""
    from ledger_desk.reports.periods.kept import closing_json
    from ledger_desk.reports.periods.wording import cause_words, sentence

    return {
        "closing": closing_json(told.closing), "same": told.same,
        "changed_meaning": list(told.changed_meaning),
        "cells": [
            {
                "sheet": cell.sheet, "cell": cell.cell, "title": cell.title, "was": cell.was,
                "now": cell.now, "sentence": sentence(told, number),
                "parts": [
                    {
                        "label": leaf.label, "unit": leaf.unit, "was": leaf.was, "now": leaf.now,
                        "explained": leaf.explained, "unexplained": leaf.unexplained,
                        "firms": [
                            {"name": m.name, "id": m.who[1], "kind": m.kind, "was": m.was,
                             "now": m.now, "cause": cause_words(told.causes_of(number, leaf, m))}
                            for m in leaf.movers
                        ],
                    }
                    for leaf in cell.leaves
                ],
            }
            for number, cell in enumerate(told.cells)
        ],
        "rows": [
            {"sheet": row.sheet, "kind": row.kind, "name": row.label,
             "changes": [list(each) for each in row.changes],
             "cause": cause_words(told.causes_of_row(row))}
            for row in told.rows
        ],
    }  # fmt: skip


def restatement_lines(told: Restatement) -> list[str]:
    """The same in words."""
    from ledger_desk.reports.periods.closings import title_of
    from ledger_desk.reports.periods.wording import cause_words, sentence

    title = f"{title_of(told.closing)} 第 {told.closing.number} 次定稿"
    if told.same:
        return [f"{title}：现在的数与报出的完全一致。"]
    lines = [f"{title}：{len(told.cells)} 个数不一样，清单 {len(told.rows)} 行有增减改动。"]
    lines += some([
        f"  {cell.cell} {cell.title}：{sentence(told, number)}"
        for number, cell in enumerate(told.cells)
    ])  # fmt: skip
    lines += some([
        f"  {row.kind} {row.label}（{cause_words(told.causes_of_row(row))}）" for row in told.rows
    ])  # fmt: skip
    return lines + [f"  {each}" for each in told.changed_meaning]


def list_handed(given: argparse.Namespace, printer: Printer) -> int:
    """Say of each office whether its period is closed and handed in."""
    from datetime import date

    from ledger_desk.model.periods import Period
    from ledger_desk.reports.catalogue import load_form
    from ledger_desk.reports.offices import standings
    from ledger_desk.work import handing

    if given.end < given.start:
        raise UserError(f"期别的最后一天 {given.end} 早于第一天 {given.start}。请把起止日期对调。")
    period, today = Period(given.start, given.end), date.today()
    with (opening.open_to_write if given.mark else opening.open_to_read)(given) as ledger:
        form = load_form(given.form, ledger).get(given.form)
        due = form.shape.due.due_day(period.end)
        if given.mark:
            units = [("office", office_of(ledger, said) or "") for said in given.mark]
            handing.mark(ledger, form.id, form.title, period, due, units, handing.HANDED)
        with ledger.read() as rows:
            found = standings(rows, ledger.office.id, form, period, today)
            every = handing.register(rows, ledger.office.id, form.id, period, due, today)
    data = [
        {
            "office": each.name, "closed": each.closed.closed is not None,
            "number": each.closed.last.number if each.closed.last is not None else None,
            "state": each.debtor.state if each.debtor is not None else "",
            "late": each.debtor is not None and each.debtor.state == handing.LATE,
        }
        for each in found
    ]  # fmt: skip
    rows_shown = [(each.name, each.closed.words, each.handed) for each in found]
    when = f"，应于 {due} 前报" if due is not None else "，随时可报"
    printer.show(
        data, f"{form.title} {period.label}{when}。{handing.told(every)}",
        *table(("单位", "结账", "报送"), rows_shown),
    )  # fmt: skip
    return cli.ATTENTION if any(each.debtor and each.debtor.owes for each in found) else cli.DONE


def verify_code(given: argparse.Namespace, printer: Printer) -> int:
    """Say which closing a code on paper belongs to."""
    from ledger_desk.reports.periods import looking_up
    from ledger_desk.reports.periods.closings import title_of
    from ledger_desk.reports.periods.kept import closing_json

    with opening.open_to_read(given) as ledger:
        found = looking_up.verify_code(ledger, given.code)
    data = {
        "known": found.known, "code": found.code,
        "closings": [closing_json(c) | {"title": title_of(c)} for c in found.closings],
    }  # fmt: skip
    printer.show(data, found.sentence)
    return cli.DONE if found.known else cli.ATTENTION
