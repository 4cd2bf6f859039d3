"""Two years of the books side by side, with what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger_desk.model.fields import field_map
from ledger_desk.model.money import show_wan
from ledger_desk.model.records import Finance
from ledger_desk.ui.cards import Card
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.records.showing import split_unit

_ITEMS = ("revenue", "costs", "expenses", "profit", "net_profit", "cash", "receivables", "stock",
          "fixed_assets", "assets", "payables", "own_loans", "other_loans", "card_debts",
          "other_debts", "debts", "equity")  # fmt: skip
_QUICK = ("cash", "receivables", "stock")


@dataclass(frozen=True)
class Ratio:
    """A quotient in per cent: its name, how it is made in words, and the two sums in it."""

    name: str
    how: str
    above: tuple[tuple[str, int], ...]
    below: tuple[str, ...]

    def percent(self, year: Finance) -> float | None:
        """The quotient of one year, None where a part is not known or nothing is below."""
        parts = [(getattr(year, name), sign) for name, sign in self.above]
        base = [getattr(year, name) for name in self.below]
        if any(value is None for value, _ in parts) or any(value is None for value in base):
            return None
        whole = sum(base)
        return 100 * sum(value * sign for value, sign in parts) / whole if whole else None


# `domain.md` §6.2, the bank's pre-check: 资产负债率、流动比率、毛利率. Current debts are not kept apart
# from all debts, so the third says what it divides by.
RATIOS = (
    Ratio("毛利率", "（营业收入 − 营业成本）÷ 营业收入", (("revenue", 1), ("costs", -1)), ("revenue",)),
    Ratio("净利率", "净利润 ÷ 营业收入", (("net_profit", 1),), ("revenue",)),
    Ratio("资产负债率", "负债合计 ÷ 资产合计", (("debts", 1),), ("assets",)),
    Ratio("流动资产比负债", "（货币资金 + 应收账款 + 存货）÷ 负债合计", tuple((n, 1) for n in _QUICK), ("debts",)),
)  # fmt: skip


class TwoYears(Card):
    """The last two years as columns; there when at least one year is."""

    def __init__(self) -> None:
        """Start without years."""
        super().__init__("最近两年对照")
        self.title_row.add(label("ƒ 是算出来的，按 F2 看算法；改数字在上面的表里改", "faint"))
        self.panel = GridPanel(ListSource(_columns(()), ()), noun="项", name="最近两年对照，表格")
        self.body.add(self.panel)

    def set_years(self, years: Sequence[Finance]) -> None:
        """Show the last two of some years."""
        known = sorted((year for year in years if year.year is not None), key=lambda y: y.year or 0)
        last = known[-2:]
        self.setVisible(bool(last))
        rows = _rows(last)
        self.panel.set_source(ListSource(_columns(last), rows))
        self.panel.setFixedHeight(self.panel.height_of(max(len(rows), 1), across=False))


def _columns(years: Sequence[Finance]) -> tuple[GridColumn, ...]:
    named = [
        GridColumn(f"y{year.year}", f"{year.year}(万元)", "money", 132, sortable=False, unit="万元")
        for year in years
    ]
    change = [GridColumn("change", "增减", "text", 110, numeric=True, sortable=False)] if len(years) > 1 else []  # fmt: skip
    item = GridColumn("item", "项目", "text", 170, sortable=False, essential=True, stretch=True)
    return (item, *named, *change)


def _rows(years: Sequence[Finance]) -> list[GridRow]:
    known = field_map(Finance)
    rows = []
    for name in _ITEMS:
        values = [getattr(year, name) for year in years]
        if all(value is None for value in values):
            continue
        cells: list[CellLike] = [
            Cell(show_wan(value), value=value) if value is not None else Cell(state="unreported")
            for value in values
        ]
        rows.append(GridRow(name, [split_unit(known[name].label)[0], *cells, *_change(values)]))
    for ratio in RATIOS:
        found = [ratio.percent(year) for year in years]
        if any(value is not None for value in found):
            rows.append(
                GridRow(ratio.name, [ratio.name, *[_percent(ratio, v) for v in found], *_points(found)])
            )  # fmt: skip
    return rows


def _percent(ratio: Ratio, value: float | None) -> Cell:
    if value is None:
        return Cell(state="na", note=f"{ratio.name} = {ratio.how}。有一项还没填，算不出。")
    return Cell(f"{value:.1f}%", "computed", note=f"{ratio.name} = {ratio.how}。")


def _change(values: Sequence[int | None]) -> list[CellLike]:
    if len(values) < 2:
        return []
    before, now = values[0], values[1]
    if before is None or now is None or not before:
        return [""]
    return [Cell(f"{100 * (now - before) / abs(before):+.1f}%", "computed", note="（今年 − 上年）÷ 上年。")]  # fmt: skip


def _points(values: Sequence[float | None]) -> list[CellLike]:
    if len(values) < 2:
        return []
    before, now = values[0], values[1]
    if before is None or now is None:
        return [""]
    return [Cell(f"{now - before:+.1f} 点", "computed", note="今年减上年，百分点。")]
