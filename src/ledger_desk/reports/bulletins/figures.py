"""How numbers read in a bulletin: their unit beside them, no noughts for nothing, more or less in words."""

from __future__ import annotations

from decimal import Decimal

from ledger_desk.model.money import round_half_up
from ledger_desk.reports.bulletins.pieces import Against, Ask
from ledger_desk.reports.indicator import share
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.reports.styles import MONEY_UNITS, NOTHING

_POINTS = "个百分点"
_AS = {"比上期": "上期", "比前一日": "前一日", "比上年同期": "上年同期", "比年初": "年初"}


def unit_of(ask: Ask) -> str:
    """The unit that a number is written in."""
    return ask.unit or str(INDICATORS[ask.indicator].unit_of(ask.measure))


def write_number(ask: Ask, value: int | None, *, table: bool = False) -> str:
    """Write a number: with its unit in a text, as wide as its neighbours in a table.

    Args:
        ask: What was asked.
        value: In the smallest unit; None: nothing to divide by, or not reported.
        table: Without the unit, with all its decimals.
    """
    if value is None:
        return NOTHING
    text = _digits(ask, value, keep=table)
    return text if table or ask.bare else f"{text}{unit_of(ask)}"


def _digits(ask: Ask, value: int, *, keep: bool) -> str:
    spec, unit = INDICATORS[ask.indicator], unit_of(ask)
    if unit in MONEY_UNITS:
        places = ask.places if ask.places is not None else 2
        shown = round_half_up(Decimal(value).scaleb(-MONEY_UNITS[unit]), places)
        tidy = ask.places is None and not keep
    else:
        places = spec.places_of(ask.measure)
        shown = round_half_up(
            Decimal(value).scaleb(-places), places if ask.places is None else ask.places
        )
        tidy = ask.places is None and not keep and unit != "%"
    if not tidy or shown == 0:
        return f"{shown:f}" if not tidy else "0"
    text = f"{shown:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_against(piece: Against, now: int | None, before: int | None) -> str:
    """Write a comparison: 较上期增加3户, 较上年同期下降1.20个百分点, 与上期持平."""
    ask, then = piece.ask, _AS[piece.what]
    if now is None or before is None:
        return f"{then}没有可比的数"
    if now == before:
        return f"与{then}持平"
    more, spec = now > before, INDICATORS[ask.indicator]
    if piece.share:
        rate = share(abs(now - before), abs(before))
        if rate is None:
            return f"{then}为0"
        return f"较{then}{'增长' if more else '下降'}{Decimal(rate).scaleb(-2):f}%"
    text = _digits(ask, abs(now - before), keep=False)
    if spec.unit_of(ask.measure) == "%":
        return f"较{then}{'提高' if more else '下降'}{text}{_POINTS}"
    grown = ("延长", "缩短") if unit_of(ask) == "天" and spec.places else ("增加", "减少")
    return f"较{then}{grown[0] if more else grown[1]}{text}{unit_of(ask)}"
