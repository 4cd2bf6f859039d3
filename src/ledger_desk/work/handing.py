"""报送登记: who has handed in a form for a period, who still owes it, and who is late.

The ledger's own office owes every form with a day to its superiors. The other offices of the ledger owe a
form once any of them has handed it in, a bank once it has done so itself: nothing is asked of those from
whom nothing was ever collected. Exempt (免报) stays exempt until something else is registered. Sources: `seeds/003` 十六, 十七.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Bank, Handing, Office
from ledger_desk.model.vocabulary import LEVELS
from ledger_desk.model.work_words import HANDING_STATES
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

HANDED, RETURNED, EXEMPT = HANDING_STATES
MISSING, LATE, FREE = "未报", "逾期未报", "不用报"
_HIGHER = ("city", LEVELS["city"], "省级")


@dataclass(frozen=True)
class Debtor:
    """One office or bank in the register of a form's period.

    Attributes:
        table: ``office`` or ``bank``.
        id: Its id.
        name: Its title.
        state: 已报, 已退回, 免报, 未报, 逾期未报, or 不用报 of a bank that never handed it in.
        due: Last day.
        handing: What is registered, if anything.
        own: Whether it is this ledger's own office.
    """

    table: str
    id: str
    name: str
    state: str
    due: date | None
    handing: Handing | None
    own: bool = False

    @property
    def owes(self) -> bool:
        """Whether it still has to hand it in."""
        return self.state in (MISSING, LATE, RETURNED)

    @property
    def late_days(self) -> int:
        """Days between the last day and the day handed in; 0 where it was in time."""
        day = self.handing.handed_on if self.handing is not None else None
        if day is None or self.due is None or self.state != HANDED:
            return 0
        return max((day - self.due).days, 0)


def register(
    rows: Rows, own: str, form: str, period: Period, due: date | None, today: date
) -> list[Debtor]:
    """Give the register of a form's period: the own office first, then offices, then banks.

    Args:
        rows: The ledger.
        own: Id of the ledger's own office.
        form: Id of the form.
        period: Its period.
        due: Last day to hand it in; None for a form without a day.
        today: From when on somebody is late.
    """
    order = (("ends_on", False), ("starts_on", False))
    known: dict[tuple[str, str], Handing] = {}
    before: dict[tuple[str, str], Handing] = {}
    for each in rows.find(Query(Handing, (Where("form", "=", form),), sort=order)):
        key = ("bank", each.bank) if each.bank else ("office", each.office or "")
        if (each.starts_on, each.ends_on) == (period.start, period.end):
            known[key] = each
        elif each.ends_on is not None and each.ends_on < period.start:
            before[key] = each
    others = {key for key in {*known, *before} if key != ("office", own)}
    offices = rows.find(Query(Office, sort=(("name", False),)))
    units: list[tuple[str, str, str]] = [
        ("office", each.id, each.title) for each in sorted(offices, key=lambda one: one.id != own)
        if each.id == own or (each.level or "") not in _HIGHER
    ]  # fmt: skip
    units += [("bank", b.id, b.title) for b in rows.find(Query(Bank, sort=(("name", False),)))]
    found = []
    for table, record, name in units:
        held, last = known.get((table, record)), before.get((table, record))
        found.append(Debtor(
            table, record, name,
            _state(held, last, due, today, free=_is_free(table, record == own, last, bool(others))),
            due, held, record == own,
        ))  # fmt: skip
    return found


def _is_free(table: str, own: bool, last: Handing | None, collected: bool) -> bool:
    """Whether nothing is asked of it, unless something is registered."""
    return last is None if table == "bank" else not (own or collected)


def _state(
    held: Handing | None, last: Handing | None, due: date | None, today: date, *, free: bool
) -> str:
    if held is not None:
        return str(held.state)
    if last is not None and last.state == EXEMPT:
        return EXEMPT
    if free:
        return FREE
    return LATE if due is not None and today > due else MISSING


def mark(
    ledger: Ledger, form: str, title: str, period: Period, due: date | None,
    units: Sequence[tuple[str, str]], state: str | None, *, on: date | None = None, person: str = "",
    way: str = "", note: str = "",
) -> int:  # fmt: skip
    """Register for several offices and banks at once; gives how many lines were changed.

    Args:
        ledger: The open ledger.
        form: Id of the form.
        title: Its title.
        period: Its period.
        due: Last day, kept with the entry.
        units: (``office`` or ``bank``, id).
        state: 已报, 已退回 or 免报; None takes what is registered away.
        on: Day handed in, of 已报 and 已退回; today unless given.
        person: Who brought it.
        way: How.
        note: A note.

    Raises:
        UserError: Nobody was chosen, or the ledger refuses it.
    """
    if not units:
        raise UserError("还没有选单位。请先在报送登记里勾上要登记的单位或银行。")
    done = 0
    day = (on or date.today()) if state in (HANDED, RETURNED) else None
    with ledger.step(
        f"报送登记：{title} {period.label}，{state or '撤回'} {len(units)} 家"
    ) as step:
        for table, record in units:
            where = (
                Where("form", "=", form), Where("starts_on", "=", period.start),
                Where("ends_on", "=", period.end), Where(table, "=", record),
            )  # fmt: skip
            found = [
                each for each in step.rows.find(Query(Handing, where))
                if table == "bank" or not each.bank
            ]  # fmt: skip
            values: dict[str, Any] = {
                "state": state, "handed_on": day, "due_on": due, "person": person.strip() or None,
                "way": way.strip() or None, "note": note.strip() or None,
            }  # fmt: skip
            if state is None:
                done += sum(step.remove(Handing, each.id) for each in found)
            elif found:
                done += step.change(Handing, found[0].id, values)
            else:
                step.create(Handing(
                    form=form, form_title=title, starts_on=period.start, ends_on=period.end,
                    office=record if table == "office" else None,
                    bank=record if table == "bank" else None, **values,
                ))  # fmt: skip
                done += 1
    return done


def told(found: Sequence[Debtor]) -> str:
    """``应报 12 家，已报 9 家，还差 3 家（逾期 2 家）``."""
    owed = [each for each in found if each.state not in (EXEMPT, FREE)]
    handed = sum(each.state == HANDED for each in owed)
    late = sum(each.state == LATE for each in owed)
    if not owed:
        return "没有应报的单位。"
    rest = len(owed) - handed
    said = f"应报 {len(owed)} 家，已报 {handed} 家"
    if rest:
        said += f"，还差 {rest} 家" + (f"（逾期 {late} 家）" if late else "")
    return said + "。"
