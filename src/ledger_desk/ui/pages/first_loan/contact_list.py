"""The period's matchings in the order of the ten columns, with what the rules say in their cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ledger_desk.model.fields import Record, declare
from ledger_desk.model.kinds import DAY, DIVISION, MONEY, NOTE, TEXT, choice
from ledger_desk.model.money import show_wan
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Matching
from ledger_desk.reports.contact_rows import ContactFacts, read_contacts
from ledger_desk.reports.shapes import SourceRow
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow
from ledger_desk.ui.lists.local_source import LocalRow
from ledger_desk.ui.pages.first_loan.draft import Draft, Payment
from ledger_desk.ui.pages.first_loan.entry_rules import check_draft
from ledger_desk.ui.records.checks import Finding
from ledger_desk.ui.records.dictionaries import divisions

CONTACT_COLUMNS = (
    GridColumn("day", "对接时间", "day", 96, essential=True),
    GridColumn("bank", "对接银行", width=112),
    GridColumn("name", "对接企业名称", width=150, essential=True, stretch=True),
    GridColumn("granted", "是否授信", width=76),
    GridColumn("amount", "授信(万元)", "money", 90, essential=True, unit="万元"),
    GridColumn("security", "担保情况", width=76),
    GridColumn("problem", "主要问题", width=90),
    GridColumn("drawn", "放款(万元)", "money", 90, essential=True, unit="万元"),
    GridColumn("note", "备注", width=90),
    GridColumn("township", "乡镇", width=80),
    GridColumn("method", "对接方式", width=80),
    GridColumn("manager", "客户经理", width=80),
    GridColumn("need", "融资需求(万元)", "money", 100, unit="万元"),
)
USUAL_COLUMNS = CONTACT_COLUMNS[:9]
USUAL = tuple(column.key for column in USUAL_COLUMNS)
"""The ten columns of the 工作台帐, without the number; the others can be added."""
MET, GRANTED, DRAWN, WRONG = "met", "granted", "drawn", "wrong"


@dataclass(frozen=True, kw_only=True)
class ContactLine(Record):
    """What the columns are: no such record is stored."""

    TABLE: ClassVar[str] = "contact_line"
    LABEL: ClassVar[str] = "本期对接"

    day: date | None = declare("对接时间", DAY)
    bank: str | None = declare("对接银行", TEXT)
    name: str | None = declare("对接企业名称", TEXT)
    granted: str | None = declare("是否授信", choice("是", "否", "未定"))
    amount: int | None = declare("授信(万元)", MONEY)
    security: str | None = declare("担保情况", TEXT)
    problem: str | None = declare("主要问题", NOTE)
    drawn: int | None = declare("放款(万元)", MONEY)
    note: str | None = declare("备注", NOTE)
    township: str | None = declare("乡镇", DIVISION)
    method: str | None = declare("对接方式", TEXT)
    manager: str | None = declare("客户经理", TEXT)
    need: int | None = declare("融资需求(万元)", MONEY)


@dataclass(frozen=True)
class ContactRow:
    """One matching of the period.

    Attributes:
        id: Id of the matching.
        firm: Id of the firm.
        name: The firm.
        bank: The bank.
        amount: Credit decided in the period, in fen.
        drawn: Drawn in the period, in fen.
        kinds: What happened in the period: met, granted, drawn; wrong: a rule is broken.
        cells: Cells of the grid.
        township: Code of the township that it belonged to then.
    """

    id: str
    firm: str
    name: str
    bank: str
    amount: int
    drawn: int
    kinds: frozenset[str]
    cells: tuple[CellLike, ...]
    township: str | None = None


def read_rows(ledger: Ledger, period: Period) -> list[ContactRow]:
    """Read the matchings with an event in the period, the latest first."""
    with ledger.read() as rows:
        found = list(read_contacts(rows, period, None))
        # The form's rows hold what the form shows; this list shows more of each contact.
        held = rows.many(Matching, [each.key for each in found])
    made = [_row(each, held[each.key], period) for each in found]
    made.reverse()
    return sorted(made, key=lambda row: str(row.cells[0]), reverse=True)


def _row(row: SourceRow, matching: Matching, period: Period) -> ContactRow:
    facts: ContactFacts = row.facts
    values = row.values
    said = check_draft(_draft_of(facts), listed=True)
    amount = values["credit_amount"] or 0 if facts.granted else 0
    drawn = values["drawn_amount"] or 0
    kinds = {MET} if matching.day in period else set()
    if facts.granted and any(c.granted and c.decided_on in period for c in facts.contact.credits):
        kinds.add(GRANTED)
    if drawn:
        kinds.add(DRAWN)
    if any(finding.kind == "must" for finding in said.values()):
        kinds.add(WRONG)
    granted = {True: "是", False: "否", None: "未定"}[facts.granted]
    cells: tuple[CellLike, ...] = (
        _cell(matching.day.isoformat() if matching.day else "", said.get("day")),
        _cell(values["bank"] or "", said.get("bank")),
        row.label,
        granted,
        _money(values["credit_amount"], said.get("amount")),
        _cell(values["security"] or "", said.get("security")),
        _cell(values["problem"] or "", said.get("problem")),
        _money(values["drawn_amount"], said.get("drawn")),
        matching.note or "",
        divisions().get(matching.township or "", matching.township or ""),
        matching.method or "",
        matching.manager or "",
        _money(matching.need, None),
    )
    firm = row.enterprise.record if row.enterprise is not None else ""
    return ContactRow(
        matching.id,
        firm,
        row.label,
        str(values["bank"] or ""),
        amount,
        drawn,
        frozenset(kinds),
        cells,
        matching.township,
    )


def _draft_of(facts: ContactFacts) -> Draft:
    """Turn what is known of a matching into what the rules look at; sums over all decisions."""
    contact, decision = facts.contact, facts.decision
    payments = tuple(Payment("drawdown", d.day, d.amount, d.id) for d in contact.drawdowns)
    matching = contact.matching
    draft: dict[str, Any] = {
        "id": matching.id, "office": matching.office, "enterprise": matching.enterprise,
        "bank": matching.bank, "day": matching.day, "payments": payments,
    }  # fmt: skip
    if decision is not None:
        amount = facts.credit if decision.granted else decision.amount
        draft |= {
            "granted": decision.granted, "decided_on": decision.decided_on, "amount": amount,
            "security": decision.security, "problem": decision.problem,
        }  # fmt: skip
    return Draft(**draft)


def _cell(text: str, finding: Finding | None) -> CellLike:
    if finding is None or finding.kind not in ("must", "explain"):
        return text
    if finding.kind == "must" and not text:
        return Cell(state="missing", note=finding.sentence)
    return Cell(text, "must" if finding.kind == "must" else "explain", note=finding.sentence)


def _money(amount: int | None, finding: Finding | None) -> CellLike:
    text = show_wan(amount) if amount is not None else ""
    made = _cell(text, finding)
    if isinstance(made, Cell):
        return Cell(made.text, made.state, amount, made.note)
    return Cell(text, value=amount) if text else ""


def grid_rows(rows: Sequence[ContactRow], kind: str, text: str) -> list[ContactRow]:
    """Take the rows of one kind (empty for all) whose firm or bank has the text."""
    of_kind = [row for row in rows if not kind or kind in row.kinds]
    return [row for row in of_kind if not text or text in row.name or text in row.bank]


def to_grid(rows: Sequence[ContactRow]) -> list[GridRow]:
    """Rows of the usual columns for a `ListSource`."""
    return [GridRow(row.id, row.cells[: len(USUAL)]) for row in rows]


def to_local(rows: Sequence[ContactRow]) -> list[LocalRow]:
    """Rows for the list in memory."""
    return [LocalRow(row.id, row.cells, {"township": row.township or None}) for row in rows]


def totals(rows: Sequence[ContactRow]) -> dict[str, str]:
    """合计 of the rows shown: matchings, firms, both amounts in 万元."""
    firms = len({row.firm for row in rows})
    return {
        "day": f"合计 {len(rows):,} 笔",
        "name": f"{firms:,} 户",
        "amount": show_wan(sum(row.amount for row in rows)),
        "drawn": show_wan(sum(row.drawn for row in rows)),
    }
