"""``fill``: any table from above, filled with what the ledger knows."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import conditions, opening
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer, some, table
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.reports.filling.plan import Asked, Gap, Plan
    from ledger_desk.store.ledger import Ledger

_ALL = "全部"


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    fill = add_command(
        adder, "fill", "填上级来表：认出各列、各户，填上账里有的，列出还缺的", fill_table,
        more="来表已填的格子和公式不动；有缺项、存疑或查无的行时退出码为 1，文件照样写出。",
    )  # fmt: skip
    fill.add_argument("table", type=filled, metavar="来表", help="上级发来的表格文件")
    fill.add_argument(
        "--out",
        type=filled,
        metavar="文件",
        help="写成这个文件（默认在来表旁边，名字加“（已填）”）",
    )
    fill.add_argument(
        "--sheet", type=filled, metavar="工作表", help="填哪一张工作表（默认认得最多的那张）"
    )
    fill.add_argument(
        "--firms", action="append", default=[], metavar="项目=值",
        help="表头下面空着时列哪些户：全部，或 乡镇=…、标签=…、主体类型=…；可以写几个，要都符合",
    )  # fmt: skip
    fill.add_argument(
        "--period",
        type=filled,
        metavar="期间",
        help="乡镇、银行统计表的期间，例如 2024年11月、2024-10-01..2024-11-20",
    )
    fill.add_argument("--gaps", type=filled, metavar="文件", help="把缺项清单写成这个 .xlsx 或 PDF")
    fill.add_argument("--to", type=filled, metavar="去向", help="给谁；登记过的去向按它的写法写")
    fill.add_argument("--overwrite", action="store_true", help="来表已填的格子也按账上的写")
    fill.add_argument("--dry-run", action="store_true", help="只说会怎么填，不写文件")


def fill_table(given: argparse.Namespace, printer: Printer) -> int:
    """Fill a table and say what is missing."""
    from ledger_desk.exchange.dispatching import destination_named
    from ledger_desk.exchange.ways import Way
    from ledger_desk.reports.filling import plan as plans
    from ledger_desk.reports.filling import written
    from ledger_desk.reports.filling.working_out import work_out

    gaps_to = Path(given.gaps) if given.gaps else None
    if gaps_to is not None and gaps_to.suffix.lower() not in (".xlsx", ".pdf"):
        raise UserError(f"缺项清单不能写成“{gaps_to.name}”。请把文件名的结尾改成 .xlsx 或 .pdf。")
    dry = bool(given.dry_run)
    with (opening.open_to_read if dry else opening.open_to_register)(given) as ledger:
        place = destination_named(ledger, given.to) if given.to else None
        way = Way.of(place) if place is not None else None
        asked = plans.look(
            Path(given.table), ledger, sheet=given.sheet, way=way, progress=printer.progress
        )
        asked = _chosen(ledger, asked, given)
        plan = work_out(ledger, asked, printer.progress)
        done = None
        if not dry:
            out = Path(given.out) if given.out else written.suggest_path(plan)
            done = written.write_filled(
                ledger, plan, out, receiver=given.to or "", destination=place.id if place else None,
                progress=printer.progress,
            )  # fmt: skip
        if gaps_to is not None:
            _write_gaps(ledger, plan, gaps_to)
    data = plan_json(plan) | {
        "out": str(done.path) if done else None,
        "gaps_file": given.gaps,
        "sentence": done.sentence if done else "",
    }
    lines = plan_lines(plan)
    if done is not None:
        lines.append(done.sentence)
    if gaps_to is not None:
        lines.append(f"缺项清单：{gaps_to}")
    printer.show(data, *lines)
    attention = plan.gaps or any(row.state != "known" for row in plan.rows)
    return cli.ATTENTION if attention else cli.DONE


def _chosen(ledger: Ledger, asked: Asked, given: argparse.Namespace) -> Asked:
    """Take in what the command line says of firms, period and cells that are filled."""
    from ledger_desk.model.periods import parse_period

    if given.period:
        try:
            asked = replace(
                asked, period=parse_period(given.period, date.today()), period_named=True
            )
        except ValueError as error:
            raise UserError(str(error)) from None
    if given.overwrite:
        asked = replace(asked, overwrite=True)
    if asked.rows_are == "firms" and not asked.names_firms:
        raise UserError(
            "这张表里没有一列像是企业名称、信用代码或注册号，也没有认出乡镇或银行，不知道每一行填谁。"
            "请核对是不是要填的那张表；要换工作表，加 --sheet 表名；列名特别的，请在窗口里指定。"
        )
    if asked.empty and asked.rows_are == "firms":
        if not given.firms:
            raise UserError(
                "这张表的表头下面是空的，要说明列哪些户：加 --firms 全部，或 --firms 乡镇=…、"
                "--firms 标签=…、--firms 主体类型=企业。"
            )
        asked = replace(asked, firms=tuple(_firms(ledger, given.firms)))
    elif given.firms:
        raise UserError("这张表里已经列好了行，不用 --firms。要另列一张，请先清空表头下面的行。")
    return asked


def _firms(ledger: Ledger, words: list[str]) -> list[str]:
    """Ids of the firms that all conditions name, in the order of the list."""
    from ledger_desk.model.records import Enterprise, Tagging
    from ledger_desk.store.queries import Query, Where

    tagged: set[str] | None = None
    tests = []
    for word in words:
        name, mark, value = word.partition("=")
        if word.strip() == _ALL:
            continue
        if mark and name.strip() == "标签":
            found = ledger.find(Query(Tagging, (Where("tag", "=", value.strip()),)))
            some = {each.enterprise for each in found if each.enterprise}
            tagged = some if tagged is None else tagged & some
        else:
            tests.append(word)
    query = conditions.query_of(ledger, "经营主体", tests)
    with ledger.read() as rows:
        ids = rows.ids(replace(query, cls=Enterprise, sort=(("township", False), ("name", False))))
    ids = [each for each in ids if tagged is None or each in tagged]
    if not ids:
        raise UserError(f"没有符合“{'、'.join(words)}”的经营主体，没有可填的行。请换一个条件。")
    return ids


def _write_gaps(ledger: Ledger, plan: Plan, out: Path) -> None:
    from ledger_desk.exchange.dispatching import Leaving, register
    from ledger_desk.files import atomic_write
    from ledger_desk.reports.filling import gaps

    if out.suffix.lower() == ".pdf":
        atomic_write(out, gaps.draw(plan, ledger.office.title)[0])
    else:
        gaps.write_list(plan, out)
    firms = len(gaps.calls(plan.gaps))
    left = Leaving(
        f"“{plan.asked.opened.path.stem}”缺项清单", firms, purpose="电话补缺", private="照写"
    )
    register(ledger, out, left)


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan as programs see it."""
    from ledger_desk.reports.filling import gaps

    asked = plan.asked
    return {
        "file": str(asked.opened.path), "sheet": asked.opened.tab, "rows_are": asked.rows_are,
        "empty": asked.empty, "rebuilt": asked.opened.rebuilt,
        "period": asked.period.label if asked.rows_are != "firms" else None,
        "remembered": asked.remembered,
        "columns": [
            {"column": c.column, "heading": c.heading, "unit": c.unit, "topic": c.topic or None,
             "how": c.how, "confidence": c.confidence, "samples": list(c.samples)}
            for c in asked.columns
        ],
        "rows": [
            {"row": r.row, "name": r.name, "state": r.state, "by": r.by, "why": r.why, "key": r.key or None,
             "candidates": [text for _, text in r.candidates]}
            for r in plan.rows
        ],
        "cells": len(plan.cells), "kept": plan.kept, "formulas": plan.formulas,
        "differing": len(plan.other), "added": plan.added,
        "gaps": [gap_json(gap) for gap in plan.gaps], "missing": gaps.sentence(plan),
    }  # fmt: skip


def gap_json(gap: Gap) -> dict[str, Any]:
    """One missing cell with whom to call."""
    return {
        "row": gap.row, "column": gap.column, "heading": gap.heading, "name": gap.name,
        "township": gap.township, "village": gap.village, "person": gap.person,
        "phone": gap.phone, "why": gap.why,
    }  # fmt: skip


def plan_lines(plan: Plan) -> list[str]:
    """A plan in words."""
    from ledger_desk.reports.filling import gaps
    from ledger_desk.reports.filling.matching import HOW, SERIAL_ID
    from ledger_desk.reports.filling.topics import topic_of
    from ledger_desk.workbook.cells import column_letters

    def said(column: Any) -> tuple[str, ...]:
        topic = topic_of(column.topic)
        if column.column == plan.asked.label:
            return (
                column_letters(column.column),
                column.heading,
                "每行一个，不填",
                "按内容判断",
                "",
            )
        word = "序号" if column.topic == SERIAL_ID else topic.title if topic else "不填"
        manner = plan.manners.get(column.column)
        return (
            column_letters(column.column),
            column.heading,
            word,
            HOW[column.how],
            manner.said if manner else "",
        )

    lines = table(
        ("列", "来表列名", "填什么", "怎么认的", "怎么写"), [said(c) for c in plan.asked.columns]
    )
    unit = {"firms": "户", "townships": "个乡镇", "banks": "家银行"}[plan.asked.rows_are]
    states = f"认出 {plan.count('known'):,} {unit}"
    states += f"、存疑 {plan.count('doubtful'):,}、账上没有 {plan.count('unknown'):,}。"
    lines.append(states + f"能填 {len(plan.cells):,} 格，来表已填的 {plan.kept:,} 格不动。")
    if plan.asked.rows_are != "firms":
        lines.append(f"期间：{plan.asked.period.label}。")
    lines += some([f"  第 {r.row} 行 {r.name}：{r.why}" for r in plan.rows if r.state != "known"])
    lines.append(gaps.sentence(plan))
    lines += some(
        [
            f"  {g.name}　{g.township}{g.village}　{g.phone}　{gaps.short(g.heading)}"
            for g in plan.gaps
        ]
    )
    return lines
