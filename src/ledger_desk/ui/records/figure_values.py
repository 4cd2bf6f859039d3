"""Reported numbers (填报数) as people write and read them: in the unit of their indicator."""

from __future__ import annotations

from ledger_desk.model import kinds, money
from ledger_desk.model.records import Figure
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.records.dictionaries import divisions

_MONEY = "万元"


def reported_items() -> list[PickItem]:
    """Indicators that are keyed in: no firm stands behind them."""
    return [
        PickItem(each.id, each.label, each.unit) for each in INDICATORS.values() if each.reported
    ]


def indicator_item(indicator: str) -> PickItem:
    """Show an indicator; one that this program does not know keeps its name."""
    spec = INDICATORS.get(indicator)
    return PickItem(indicator, spec.label, spec.unit) if spec else PickItem(indicator, indicator)


def read_value(spec: Indicator, text: str) -> int:
    """Read a number in the indicator's unit; money comes back in fen.

    Raises:
        ValueError: A Chinese sentence: it is no number, or a negative one.
    """
    if spec.unit == _MONEY:
        value = money.parse_money(text, _MONEY)
    else:
        value = kinds.WHOLE.parse(text, None)
    if value < 0:
        raise ValueError(f"“{text}”小于 0。{spec.label}不会是负数，请核对。")
    return value


def write_value(indicator: str | None, value: int | None) -> str:
    """Write a stored number in its indicator's unit, without the unit; read back by `read_value`."""
    if value is None:
        return ""
    spec = INDICATORS.get(indicator or "")
    return money.exact_wan(value) if spec and spec.unit == _MONEY else str(value)


def show_value(indicator: str | None, value: int | None) -> str:
    """Show a stored number with its unit."""
    spec = INDICATORS.get(indicator or "")
    if value is None or spec is None:
        return write_value(indicator, value)
    if spec.unit != _MONEY:
        return f"{value:,} {spec.unit}"
    places = len(money.exact_wan(value).partition(".")[2])  # all that was written, but at least two
    return f"{money.show_wan(value, places)} {spec.unit}"


def name_of(figure: Figure) -> str:
    """Call a reported number by its indicator, day and township, as steps and sentences do."""
    place = divisions().get(figure.division or "", figure.division or "")
    label = indicator_item(figure.indicator or "").text
    return " ".join(part for part in (label, str(figure.day or ""), place) if part)
