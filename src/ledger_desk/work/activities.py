"""Firms at activities (参加企业), and contacts with a bank that come of them (对接).

Sources: 002_d9ce38594906c82c.txt, 六（三）（四）; 004_1e3c172a9679efc3.txt, 一（七） (tax-rated firms)
and 二（二） (reception days). A contact is one record, wherever it was entered (`decisions.md` 19).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.records import Activity, Attendance, Bank, Enterprise, Matching, TaxYear
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work.calling import call_all
from ledger_desk.work.outcome import Outcome, Refused

FAIR, FAIRS = "首贷专场对接会", ("首贷专场对接会", "银企对接会")
REPORT, RECEPTION, EVIDENCE = "专题信息", "行长接待日", "佐证材料"
BANK_TAX = "银税互动"
_METHODS = {"首贷专场对接会": "对接会", "银企对接会": "对接会", RECEPTION: "窗口"}


@dataclass(frozen=True)
class Contact:
    """What is the same of several contacts: bank, reporting office, day, how, and a note."""

    bank: str
    office: str
    day: date
    method: str = ""
    note: str = ""


def attend(
    ledger: Ledger, activity: str, firms: Sequence[str], *, progress: Progress = silent
) -> Outcome:
    """Enter firms as having taken part, as one step; the number of firms follows where it is lower.

    Raises:
        UserError: There is no such activity.
    """
    with ledger.read() as rows:
        found = rows.get(Activity, activity)
        if found is None or found.removed:
            raise UserError("这次活动已经不在账里，请重新选一次。")
        known = rows.many(Enterprise, list(dict.fromkeys(firms)))
        there = {
            each.enterprise
            for each in rows.find(Query(Attendance, (Where("activity", "=", activity),)))
        }
    refused: list[Refused] = []
    new = []
    for place, firm in enumerate(known.values()):
        progress(place, len(known), "正在登记参加企业")
        if firm.removed:
            refused.append(Refused(firm.id, firm.title, "这户企业在回收站里，先恢复再加。"))
        elif firm.id in there:
            refused.append(Refused(firm.id, firm.title, "这次活动已经登记过这一户。"))
        else:
            new.append({"activity": activity, "enterprise": firm.id})
    said = f"登记参加企业 {len(new):,} 户：{found.title}"
    with ledger.step(said) as step:
        made = step.create_many(Attendance, new, progress)
        count = len(there) + len(new)
        if new and (found.firms or 0) < count:
            step.change(Activity, activity, {"firms": count})
    return Outcome.of_step(step.result, made, refused, said, Enterprise.TABLE)


def match_attendances(
    ledger: Ledger, attendances: Sequence[str], contact: Contact, *, progress: Progress = silent
) -> Outcome:
    """Enter contacts of firms that took part, linked to their activity, as one step."""
    with ledger.read() as rows:
        found = rows.many(Attendance, list(attendances))
        names = call_all(rows, Attendance, list(attendances))
        events = rows.many(Activity, [str(each.activity) for each in found.values()])
    asked = []
    for record, each in found.items():
        event = events.get(str(each.activity))
        method = contact.method or _METHODS.get(event.kind or "" if event else "", "对接会")
        more = {"activity": each.activity, "method": method, "note": contact.note or each.asked}
        asked.append((record, names[record], str(each.enterprise), more))
    return _match(ledger, asked, contact, Attendance.TABLE, progress)


def match_tax_rated(
    ledger: Ledger, years: Sequence[str], contact: Contact, *, progress: Progress = silent
) -> Outcome:
    """Enter contacts of a bank with tax-rated firms (银税互动), as one step; by their tax years."""
    with ledger.read() as rows:
        found = rows.many(TaxYear, list(years))
        names = call_all(rows, TaxYear, list(years))
    asked = []
    for record, each in found.items():
        note = contact.note or f"{BANK_TAX}：{each.year} 年度纳税信用 {each.grade} 级"
        more = {"method": contact.method or "电话", "note": note}
        asked.append((record, names[record], str(each.enterprise), more))
    return _match(ledger, asked, contact, TaxYear.TABLE, progress)


def _match(
    ledger: Ledger,
    asked: Sequence[tuple[str, str, str, Mapping[str, Any]]],
    contact: Contact,
    table: str,
    progress: Progress,
) -> Outcome:
    """Enter contacts: (record, what it is called, firm, more values) for each."""
    with ledger.read() as rows:
        bank = rows.get(Bank, contact.bank)
        if bank is None:
            raise UserError("登记对接要选是哪家银行。")
        firms = tuple({firm for _, _, firm, _ in asked})
        same = Query(
            Matching,
            (
                Where("bank", "=", contact.bank), Where("day", "=", contact.day),
                Where("enterprise", "in", firms),
            ),
        )  # fmt: skip
        there = {each.enterprise for each in rows.find(same)}
    refused: list[Refused] = []
    new: list[dict[str, Any]] = []
    done = []
    for place, (record, name, firm, more) in enumerate(asked):
        progress(place, len(asked), "正在登记对接")
        if firm in there:
            why = f"{contact.day} 和{bank.title}的对接已经登记过，不重复登。"
            refused.append(Refused(record, name, why))
            continue
        there.add(firm)
        done.append(record)
        new.append(
            {
                **more, "enterprise": firm, "bank": contact.bank, "office": contact.office,
                "day": contact.day,
            }
        )  # fmt: skip
    said = f"登记与{bank.title}对接 {len(new):,} 户"
    with ledger.step(said) as step:
        step.create_many(Matching, new, progress)
    return Outcome.of_step(step.result, done, refused, said, table)


def send(
    ledger: Ledger, activities: Sequence[str], day: date, whom: str = "", *,
    progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Write down that reports were sent on a day, as one step; those sent already are refused."""
    with ledger.read() as rows:
        found = rows.many(Activity, list(activities))
    refused: list[Refused] = []
    items: list[tuple[str, dict[str, Any]]] = []
    for place, (record, each) in enumerate(found.items()):
        progress(place, len(found), "正在登记报送")
        if each.sent_on is not None:
            refused.append(Refused(record, each.title, f"已在 {each.sent_on} 报送。"))
        elif each.day is not None and day < each.day:
            refused.append(Refused(record, each.title, f"报送日期 {day} 早于成稿日期 {each.day}。"))
        else:
            values: dict[str, Any] = {"sent_on": day}
            if whom:
                values["sent_to"] = whom
            items.append((record, values))
    said = f"登记报送 {len(items):,} 篇"
    with ledger.step(said) as step:
        step.change_many(Activity, items)
    return Outcome.of_step(step.result, [record for record, _ in items], refused, said)
