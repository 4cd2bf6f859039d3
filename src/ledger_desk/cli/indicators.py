"""``indicators``: the dictionary of indicators (口径词典), and the numbers of one of them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening
from ledger_desk.cli.parser import Parser, add_command, day, filled
from ledger_desk.cli.printing import Printer, table
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.reports.dictionary import Entry
    from ledger_desk.reports.series import Point, Series

_WORDS = {
    "month": "month", "week": "week", "township": "township", "bank": "bank", "bank-type": "bank_type",
    "kind": "kind", "size": "size", "category": "category", "office": "office", "industry": "industry",
    "person": "person", "star": "star", "park": "park", "guarantor": "guarantor", "what": "what",
}  # fmt: skip


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    command = add_command(
        adder, "indicators", "口径词典：有哪些指标、怎么算、依据、用在哪些表；写了指标就给数", show_indicators,
        more="指标写代号，或者名称、拼音首字母（能认准一个时）。",
    )  # fmt: skip
    command.add_argument("name", nargs="?", type=filled, metavar="指标", help="不写就列出全部")
    command.add_argument(
        "--by", choices=tuple(_WORDS), default="month", metavar="分法",
        help="month（最近 12 个月，默认）、week、township、bank、kind、size、office 等",
    )  # fmt: skip
    command.add_argument("--measure", type=filled, metavar="算法", help="本期、本年累计、期末数等")
    command.add_argument("--from", dest="start", type=day, metavar="起日", help="例如 2024-11-01")
    command.add_argument(
        "--to", dest="end", type=day, metavar="止日", help="例如 2024-11-30，默认今天"
    )


def show_indicators(given: argparse.Namespace, printer: Printer) -> int:
    """List the dictionary, or show one indicator with its numbers."""
    from ledger_desk.reports.catalogue import load_forms
    from ledger_desk.reports.dictionary import entries

    with opening.open_to_read(given) as ledger:
        found = entries(load_forms(ledger), printer.progress)
        if given.name is None:
            rows = [(e.indicator.id, e.indicator.label, e.indicator.unit, e.made) for e in found]
            lines = table(("代号", "指标", "单位", "怎么来的"), rows)
            lines.append(f"共 {len(found)} 个指标。写上代号看口径和数。")
            printer.show([entry_json(each) for each in found], *lines)
            return cli.DONE
        entry = _choose(found, given.name)
        series = _series(given, printer, ledger, entry)
    data = entry_json(entry) | {"series": _series_json(series)}
    printer.show(data, *entry_lines(entry), *_series_lines(series))
    return cli.DONE


def _choose(found: tuple[Entry, ...], name: str) -> Entry:
    """Find one by its id or label, else the only one that a text finds."""
    from ledger_desk.reports.dictionary import Search

    for each in found:
        if name in (each.indicator.id, each.indicator.label):
            return each
    alike = Search(found).find(name)
    if len(alike) == 1:
        return alike[0]
    if not alike:
        raise UserError(f"没有“{name}”这个指标。不写指标可以列出全部。")
    some = "、".join(f"{e.indicator.label}（{e.indicator.id}）" for e in alike[:8])
    raise UserError(f"“{name}”认不准是哪个指标，有 {len(alike)} 个像：{some}。请写代号。")


def _series(given: argparse.Namespace, printer: Printer, ledger: Any, entry: Entry) -> Series:
    from datetime import date

    from ledger_desk.model.periods import Period
    from ledger_desk.reports.series import Asked, read_series

    end = given.end or date.today()
    start = given.start or end.replace(day=1)
    if end < start:
        raise UserError(f"最后一天 {end} 早于第一天 {start}。请把起止日期对调。")
    measure = given.measure or entry.indicator.measures[0]
    asked = Asked(entry.indicator.id, measure, _WORDS[given.by], Period(start, end))
    return read_series(ledger, asked, printer.progress)


def entry_json(entry: Entry) -> dict[str, Any]:
    """One indicator as programs see it."""
    spec = entry.indicator
    return {
        "id": spec.id, "label": spec.label, "unit": spec.unit, "kind": spec.kind, "made": entry.made,
        "text": spec.text, "clause": spec.clause, "measures": list(entry.measures),
        "splits": list(entry.splits), "reported": spec.reported,
        "parameters": [{"key": each.key, "label": each.label} for each in entry.parameters],
        "forms": [{"id": form, "title": title} for form, title in entry.forms],
    }  # fmt: skip


def entry_lines(entry: Entry) -> list[str]:
    """The same in words."""
    spec = entry.indicator
    lines = [
        f"{spec.label}（{spec.id}）　单位：{spec.unit}",
        f"  口径：{spec.text}",
        f"  依据：{spec.clause}",
        f"  怎么来的：{entry.made}",
        f"  算法：{'、'.join(entry.measures)}",
        f"  分法：{'、'.join(entry.splits) or '无'}",
    ]
    if entry.parameters:
        lines.append(f"  随口径变：{'；'.join(each.label for each in entry.parameters)}")
    titles = "、".join(title for _, title in entry.forms) or "现有报表没有用到"
    return [*lines, f"  报表：{titles}"]


def _series_json(series: Series) -> dict[str, Any]:
    asked = series.asked
    return {
        "measure": asked.measure, "by": asked.by, "from": asked.period.start.isoformat(),
        "to": asked.period.end.isoformat(), "points": [_point_json(each) for each in series.points],
        "whole": _point_json(series.whole) if series.whole is not None else None,
    }  # fmt: skip


def _point_json(point: Point) -> dict[str, Any]:
    return {
        "key": point.key, "label": point.label, "value": point.value, "text": point.text,
        "from": point.period.start.isoformat(), "to": point.period.end.isoformat(),
    }  # fmt: skip


def _series_lines(series: Series) -> list[str]:
    lines = [series.caption]
    points = [*series.points, *([series.whole] if series.whole is not None else [])]
    return lines + [f"  {line}" for line in table(("", "数"), [(p.label, p.text) for p in points])]
