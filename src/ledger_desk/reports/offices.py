"""Offices that a form can be made for: finding one by what is typed, and how each one stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Form
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Office
from ledger_desk.reports.periods.closings import Standing, standing
from ledger_desk.store.queries import Query, Rows
from ledger_desk.work import handing


def offices(rows: Rows, own: str) -> list[Office]:
    """All offices of the ledger, its own one first, the others by name."""
    found = rows.find(Query(Office, sort=(("name", False),)))
    return sorted(found, key=lambda each: each.id != own)


def find_office(rows: Rows, own: str, said: str) -> Office:
    """Find an office by name, short name or a part that only one name has.

    Raises:
        UserError: There is none, or several are meant.
    """
    known = offices(rows, own)
    word = said.strip()
    found = [each for each in known if word in (each.id, each.name, each.short, each.title)]
    found = found or [
        each for each in known if word and word in f"{each.name or ''}{each.short or ''}"
    ]
    if len(found) == 1:
        return found[0]
    names = "、".join(each.title for each in (found or known)[:8])
    if not found:
        raise UserError(f"账里没有单位“{word}”。账里的单位有：{names}。")
    raise UserError(f"“{word}”说的是 {len(found)} 个单位：{names}。请把名称写全。")


@dataclass(frozen=True)
class OfficeStanding:
    """How one office stands with a form of a period.

    Attributes:
        office: The office; None for the report of the whole ledger.
        name: Its title, or 全部（本账汇总）.
        closed: How its period stands.
        debtor: Its line in the register of handing in; None for the whole ledger.
    """

    office: str | None
    name: str
    closed: Standing
    debtor: handing.Debtor | None

    @property
    def handed(self) -> str:
        """已报, 未报, 逾期未报 …, with the day or the days late."""
        if self.debtor is None:
            return ""
        day = self.debtor.handing.handed_on if self.debtor.handing is not None else None
        late = self.debtor.late_days
        words = f"{self.debtor.state} {day:%m-%d}" if day is not None else self.debtor.state
        return f"{words}，晚 {late} 天" if late else words


WHOLE = "全部（本账汇总）"


def standings(
    rows: Rows, own: str, form: Form, period: Period, today: date
) -> list[OfficeStanding]:
    """Tell of the whole ledger and of each office: closed or not, handed in or late."""
    due = form.shape.due.due_day(period.end)
    register = {
        each.id: each
        for each in handing.register(rows, own, form.id, period, due, today)
        if each.table == "office"
    }
    found = [OfficeStanding(None, WHOLE, standing(rows, form.id, period), None)]
    for each in offices(rows, own):
        stands = standing(rows, form.id, period, each.id)
        found.append(OfficeStanding(each.id, each.title, stands, register.get(each.id)))
    return found
