"""Rows of the three lists: the white list a page at a time, the period's matchings, the period's helps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from ledger_desk.model.fields import field_map
from ledger_desk.model.money import show_wan
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Bank, Credit, Cultivation, Enterprise, Help, Matching
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, Order, RowSource
from ledger_desk.ui.records.dictionaries import divisions

_AT_ONCE = 5_000
_OWN_KEYS = ("listed_on", "state", "source", "prior_loan")

WHITE_COLUMNS = (
    GridColumn("name", "经营主体名称", width=186, essential=True, stretch=True),
    GridColumn("township", "乡镇", width=80, essential=True),
    GridColumn("state", "状态", width=68),
    GridColumn("prior_loan", "首贷核验", width=80),
    GridColumn("listed_on", "列入日期", "day", 96),
    GridColumn("helps", "帮扶", "number", 56, sortable=False),
    GridColumn("contacts", "对接", "number", 56, sortable=False),
    GridColumn("credit", "授信(万元)", "money", 92, essential=True, unit="万元", sortable=False),
    GridColumn("source", "名单来源", width=80),
    GridColumn("bank", "培植银行", width=104, sortable=False),
)


class WhiteList(RowSource):
    """The white list; `choose` changes which state and which text it shows."""

    columns = WHITE_COLUMNS

    def __init__(self, ledger: Ledger) -> None:
        """Show all entries, the newest first."""
        self._ledger = ledger
        self._state, self._text = "", ""
        self._order: Order = ()
        self._ids: list[str] = []
        self._places: dict[str, int] = {}

    def choose(self, state: str, text: str) -> None:
        """Show entries of one state (empty for all) whose firms fit a search text."""
        self._state, self._text = state, text

    def count(self) -> int:
        """How many there are; the order of all of them is read here, their rows when seen."""
        with self._ledger.read() as rows:
            self._ids = self._read_ids(rows)
        self._places = {record: place for place, record in enumerate(self._ids)}
        return len(self._ids)

    def _read_ids(self, rows: Rows) -> list[str]:
        where = (Where("state", "=", self._state),) if self._state else ()
        own = tuple(key for key in self._order if key[0] in _OWN_KEYS) or (("listed_on", True),)
        query = Query(Cultivation, where, sort=own)
        by_firm = [key for key in self._order if key[0] not in _OWN_KEYS]
        if not by_firm and not self._text:
            return rows.ids(query)
        entries = rows.find(query)
        firms = self._firms(rows, [str(entry.enterprise) for entry in entries])
        kept = [entry for entry in entries if entry.enterprise in firms]
        for key, down in reversed(by_firm):
            kept.sort(key=lambda e: getattr(firms[str(e.enterprise)], key) or "", reverse=down)
        return [entry.id for entry in kept]

    def _firms(self, rows: Rows, ids: list[str]) -> dict[str, Enterprise]:
        if not self._text:
            return rows.many(Enterprise, ids)
        found: dict[str, Enterprise] = {}
        for start in range(0, len(ids), _AT_ONCE):
            some = (Where("id", "in", tuple(ids[start : start + _AT_ONCE])),)
            found |= {firm.id: firm for firm in rows.find(Query(Enterprise, some, self._text))}
        return found

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Read some entries with what the row counts."""
        ids = self._ids[offset : offset + limit]
        with self._ledger.read() as rows:
            entries = rows.many(Cultivation, ids)
            firms = rows.many(Enterprise, [str(e.enterprise) for e in entries.values()])
            banks = rows.many(Bank, [str(e.bank) for e in entries.values() if e.bank])
            helps = Counter(
                str(h.cultivation)
                for h in rows.find(Query(Help, (Where("cultivation", "in", tuple(ids)),)))
            )
            of = (Where("enterprise", "in", tuple(firms)),)
            met = rows.find(Query(Matching, of)) if firms else []
            contacts = Counter(str(m.enterprise) for m in met)
            credit = _granted(rows, met)
        return [
            GridRow(
                record,
                _white_cells(entries[record], firms, banks, helps[record], contacts, credit),
            )
            for record in ids
            if record in entries
        ]

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids alone."""
        return self._ids[offset : offset + limit]

    def place(self, record: str) -> int | None:
        """Row number of an entry."""
        return self._places.get(record)

    def sort(self, order: Order) -> None:
        """Sort from now on."""
        self._order = order

    def totals(self) -> dict[str, str]:
        """How many."""
        return {"name": f"合计 {len(self._ids):,} 户"}


def _granted(rows: Rows, met: list[Matching]) -> dict[str, int]:
    """Credit granted by firm, in fen."""
    firm_of = {m.id: str(m.enterprise) for m in met}
    found: dict[str, int] = defaultdict(int)
    if met:
        of = (Where("matching", "in", tuple(firm_of)), Where("granted", "=", True))
        for credit in rows.find(Query(Credit, of)):
            found[firm_of[str(credit.matching)]] += credit.amount or 0
    return found


def _white_cells(
    entry: Cultivation,
    firms: dict[str, Enterprise],
    banks: dict[str, Bank],
    helps: int,
    contacts: Counter[str],
    credit: dict[str, int],
) -> tuple[CellLike, ...]:
    key = str(entry.enterprise)
    firm = firms.get(key)
    granted = credit.get(key)
    lender = banks.get(str(entry.bank))
    missing = "还没填{}，按 Enter 打开补上。"
    return (
        firm.title if firm else Cell("（档案已不在）", "doubtful"),
        town_of(firm),
        entry.state or Cell(state="missing", note=missing.format("培植状态")),
        entry.prior_loan or "未核",
        entry.listed_on.isoformat() if entry.listed_on else Cell(state="missing"),
        Cell(f"{helps:,}" if helps else "", value=helps),
        Cell(f"{contacts[key]:,}" if contacts[key] else "", value=contacts[key]),
        Cell(show_wan(granted), value=granted) if granted else "",
        entry.source or Cell(state="missing", note=missing.format("名单来源")),
        (lender.short or lender.title) if lender else "",
    )


def town_of(firm: Enterprise | None) -> str:
    """Name of the township of a firm, empty when not known."""
    if firm is None or not firm.township:
        return ""
    return divisions().get(firm.township, firm.township)


HELP_COLUMNS = (
    GridColumn("firm", "经营主体名称", width=160, essential=True, stretch=True),
    GridColumn("day", "帮扶日期", "day", 104, editable=True),
    GridColumn("kind", "帮扶类别", width=96, editable=True),
    GridColumn("who", "帮扶人", width=84, editable=True),
    GridColumn("content", "帮扶内容", width=220, essential=True, editable=True),
    GridColumn("result", "帮扶结果", width=130, editable=True),
)


class HelpList(RowSource):
    """The helps of a period; cells can be typed over."""

    columns = HELP_COLUMNS

    def __init__(self, ledger: Ledger, changed: Callable[[], None]) -> None:
        """Show nothing until `load`; ``changed`` is told after a cell was stored."""
        self._ledger, self._changed = ledger, changed
        self._rows: list[GridRow] = []
        self.firm_of: dict[str, str] = {}
        self._order: Order = ()

    def load(self, period: Period, text: str) -> int:
        """Read the helps of a period whose firm or content has the text; gives how many there are."""
        days = (Where("day", ">=", period.start), Where("day", "<=", period.end))
        with self._ledger.read() as rows:
            helps = rows.find(Query(Help, days, sort=(("day", True),)))
            entries = rows.many(Cultivation, list({str(h.cultivation) for h in helps}))
            firms = rows.many(Enterprise, list({str(e.enterprise) for e in entries.values()}))
        self._rows, self.firm_of = [], {}
        for each in helps:
            entry = entries.get(str(each.cultivation))
            firm = firms.get(str(entry.enterprise)) if entry is not None else None
            name = firm.title if firm is not None else "（档案已不在）"
            if text and text not in name and text not in (each.content or ""):
                continue
            self.firm_of[each.id] = firm.id if firm is not None else ""
            day = each.day.isoformat() if each.day else ""
            cells = (
                name,
                day,
                each.kind or "",
                each.who or "",
                each.content or "",
                each.result or "",
            )
            self._rows.append(GridRow(each.id, cells))
        self._sort()
        return len(helps)

    def count(self) -> int:
        """How many rows."""
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some rows."""
        return self._rows[offset : offset + limit]

    def place(self, record: str) -> int | None:
        """Row number of a help."""
        return next((n for n, row in enumerate(self._rows) if row.id == record), None)

    def sort(self, order: Order) -> None:
        """Sort the rows at hand."""
        self._order = order
        self._sort()

    def _sort(self) -> None:
        keys = [column.key for column in self.columns]
        for key, down in reversed(self._order):
            place = keys.index(key)
            self._rows.sort(key=lambda row: str(row.cells[place]), reverse=down)

    def change(self, record: str, key: str, text: str) -> None:
        """Store what was typed into a cell, as one step."""
        spec = field_map(Help)[key]
        value: Any = spec.kind.parse(text, None) if text else None
        if value is None and spec.required:
            raise ValueError(f"{spec.label}不能空着。")
        place = self.place(record)
        name = str(self._rows[place].cells[0]) if place is not None else ""
        with self._ledger.step(f"修改 {name}：{spec.label}") as step:
            step.change(Help, record, {key: value})
        self._changed()
