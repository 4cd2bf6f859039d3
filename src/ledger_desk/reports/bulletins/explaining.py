"""What stands behind a number of a bulletin: the firms and records, of a comparison those of both sides."""

from __future__ import annotations

from dataclasses import replace

from ledger_desk.errors import UserError
from ledger_desk.exchange.form_questions import Question
from ledger_desk.reports.asking import style_for
from ledger_desk.reports.bulletins.bulletin import Asked, Bulletin
from ledger_desk.reports.bulletins.making import SINCE
from ledger_desk.reports.evidence import Explanation
from ledger_desk.reports.explain_number import explain_asked
from ledger_desk.reports.shapes import FromIndicator
from ledger_desk.reports.valuing import Values
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows


def explain_spot(ledger: Ledger, bulletin: Bulletin, number: int) -> Explanation:
    """List what stands behind a number, as the ledger is now.

    Raises:
        UserError: The bulletin has no such number.
    """
    run = bulletin.spots.get(number)
    if run is None or run.spot is None:
        count = len(bulletin.spots)
        raise UserError(f"这份通报里没有第 {number} 个数，共有 {count} 个。")
    with ledger.read() as rows:
        sides = [
            _explain(rows, asked, value)
            for asked, value in zip(run.spot.asked, run.spot.values, strict=True)
        ]
    now = replace(sides[0], title=run.spot.title)
    if len(sides) == 1:
        return now
    before = sides[1]
    values = [side.value_now for side in sides]
    return replace(
        now,
        period=f"{now.period}；比较的是 {before.period}",
        rows=tuple(
            replace(row, text=f"{name}：{row.text}")
            for name, side in (("这一期", now), ("比较的", before)) for row in side.rows
        ),
        value_now=None if None in values else (values[0] or 0) - (values[1] or 0),
        agrees=now.agrees and before.agrees,
        sentence=f"{run.text}。这一期：{now.sentence}；比较的：{before.sentence}",
    )  # fmt: skip


def _explain(rows: Rows, asked: Asked, value: int | None) -> Explanation:
    origin = FromIndicator(asked.indicator, asked.measure, asked.by, asked.key, value, asked.only)
    values = Values(rows, asked.period, SINCE)
    text = style_for(Question(asked.indicator, asked.measure)).text(value)
    return explain_asked(rows, values, asked.period, origin, text, "")
