"""Loans falling due: proposed, asked about, listed (续贷); what became of them is in `renewal_ends`.

Sources: 003_b2811ebd7ee390f8.txt, 八 (及时摸排续贷需求, 应续尽续); 001_b3108891c82a181e.txt, 二（八）
(正面清单+负面清单); `domain.md` §2.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ledger_desk.errors import UserError
from ledger_desk.model.records import Loan, Renewal
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work import parameters
from ledger_desk.work.calling import call_all
from ledger_desk.work.outcome import Outcome, Refused

POSITIVE, NEGATIVE, UNLISTED = "正面清单", "负面清单", "未列入"
OPEN = (Where("settled_on", "blank"), Where("due_on", "notblank"))
"""Loans that are still owed and have a day to be paid back on."""


def last_day(rows: Rows, today: date) -> date:
    """Loans due up to this day are to be asked about (parameter ``clock.renewal_days``)."""
    days: int = parameters.read(rows, today)["clock.renewal_days"]
    return today + timedelta(days=days)


def falling_due(rows: Rows, today: date) -> list[str]:
    """Ids of loans due by `last_day` or late already, still owed and not proposed, the first due first."""
    wheres = (*OPEN, Where("due_on", "<=", last_day(rows, today)), Where("proposed", "=", False))
    found = rows.ids(Query(Loan, wheres, sort=(("due_on", False),)))
    owed = owed_on(rows, found)
    return [loan for loan in found if owed[loan] != 0]


def owed_on(rows: Rows, loans: Sequence[str]) -> dict[str, int | None]:
    """What is still owed under loans, in fen, by id; None where no amount is known."""
    return {loan: values["owed"] for loan, values in rows.beside(Loan, list(loans)).items()}


def propose(
    ledger: Ledger,
    loans: Sequence[str] | None = None,
    *,
    today: date | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Enter loans falling due as renewals, as one step; never twice for a loan and its due day.

    Args:
        ledger: Where they are.
        loans: Ids; None takes all of `falling_due`.
        today: The day that is counted from.
        progress: Told loan by loan.
    """
    with ledger.read() as rows:
        chosen = list(loans) if loans is not None else falling_due(rows, today or date.today())
        found = rows.many(Loan, chosen)
        names = call_all(rows, Loan, chosen)
        beside = rows.beside(Loan, chosen)
    refused: list[Refused] = []
    new = []
    for place, (record, loan) in enumerate(found.items()):
        progress(place, len(found), "正在看到期贷款")
        why = _why_not_proposed(loan, beside[record])
        if why:
            refused.append(Refused(record, names[record], why))
            continue
        new.append(
            {
                "enterprise": loan.enterprise, "bank": loan.bank, "loan": record,
                "due_on": loan.due_on, "due_amount": beside[record]["owed"],
                "wanted": True if loan.renewal_wanted else None, "list_name": UNLISTED,
            }
        )  # fmt: skip
    with ledger.step(f"列入续贷 {len(new):,} 笔") as step:
        made = step.create_many(Renewal, new, progress)
    said = f"列入续贷 {len(new):,} 笔"
    return Outcome.of_step(step.result, made, refused, said, Loan.TABLE)


def ask(
    ledger: Ledger,
    renewals: Sequence[str],
    wanted: bool,
    day: date,
    *,
    amount: int | None = None,
    why_not: str = "",
    progress: Progress = silent,
) -> Outcome:
    """Write down whether firms want their loans renewed, as one step.

    Args:
        ledger: Where they are.
        renewals: Ids.
        wanted: What they said.
        day: When they were asked.
        amount: How much, in fen; None: what falls due.
        why_not: Why none is wanted, a word of 未续贷原因.
        progress: Told record by record.
    """
    if amount is not None and amount <= 0:
        raise UserError("续贷需求金额要大于 0。没有需求就登记“没有需求”。")
    found, names = _read(ledger, renewals)
    refused, items = [], []
    for place, (record, renewal) in enumerate(found.items()):
        progress(place, len(found), "正在登记续贷需求")
        if renewal.way:
            refused.append(Refused(record, names[record], _done(renewal)))
            continue
        values: dict[str, object] = {"asked_on": day, "wanted": wanted}
        values["wanted_amount"] = (amount or renewal.due_amount) if wanted else None
        values["why_not"] = None if wanted else (why_not or None)
        items.append((record, values))
    said = f"登记{'有' if wanted else '没有'}续贷需求 {len(items):,} 笔"
    with ledger.step(said) as step:
        step.change_many(Renewal, items)
    return Outcome.of_step(step.result, [record for record, _ in items], refused, said)


def put_on_list(
    ledger: Ledger,
    renewals: Sequence[str],
    name: str,
    why: str = "",
    *,
    progress: Progress = silent,
) -> Outcome:
    """Put loans on the positive or the negative list, or take them off, as one step.

    Raises:
        UserError: The negative list asks for a reason.
    """
    if name == NEGATIVE and not why.strip():
        raise UserError("列入负面清单要写明原因：银行和企业都会问为什么不能续。")
    found, names = _read(ledger, renewals)
    refused, items = [], []
    for place, (record, renewal) in enumerate(found.items()):
        progress(place, len(found), "正在登记名单")
        if renewal.way and name == NEGATIVE:
            refused.append(Refused(record, names[record], _done(renewal)))
            continue
        items.append((record, {"list_name": name, "list_why": why.strip() or None}))
    said = f"{'移出名单' if name == UNLISTED else '列入' + name} {len(items):,} 笔"
    with ledger.step(said) as step:
        step.change_many(Renewal, items)
    return Outcome.of_step(step.result, [record for record, _ in items], refused, said)


def months_of(rows: Rows, first: date, count: int = 12) -> list[tuple[date, int, int, int]]:
    """Count by month of falling due, for the plot: (first of the month, loans due, decided, renewed)."""
    found = []
    for place in range(count):
        year, month = divmod(first.year * 12 + first.month - 1 + place, 12)
        start = date(year, month + 1, 1)
        year, month = divmod(first.year * 12 + first.month + place, 12)
        end = date(year, month + 1, 1) - timedelta(days=1)
        due = Where("due_on", "between", (start, end))
        whole = rows.count(Query(Renewal, (due,)))
        ended = rows.count(Query(Renewal, (due, Where("way", "notblank"))))
        renewed = rows.count(Query(Renewal, (due, Where("way", "=", "无还本续贷"))))
        found.append((start, whole, ended, renewed))
    return found


def _why_not_proposed(loan: Loan, beside: dict[str, object]) -> str:
    if loan.removed:
        return "这笔贷款在回收站里，先恢复再列入。"
    if loan.due_on is None:
        return "这笔贷款没有写到期日期，先补上再列入。"
    if loan.settled_on is not None:
        return f"这笔贷款已在 {loan.settled_on} 结清，不用续。"
    if beside["proposed"]:
        return f"{loan.due_on} 到期的这一次已经列入续贷了，不重复列。"
    if not loan.bank:
        return "这笔贷款没有写贷款银行，先补上再列入。"
    owed = beside["owed"]
    if owed is None:
        return "这笔贷款没有写金额，也没有余额，先补上再列入。"
    return "这笔贷款已经还清，余额是 0，请登记结清日期。" if owed == 0 else ""


def _done(renewal: Renewal) -> str:
    day = f"在 {renewal.done_on} " if renewal.done_on else ""
    return f"已{day}登记为“{renewal.way}”，要改请先按 Ctrl+Z 撤销那一步或“收回办理结果”。"


def _read(ledger: Ledger, ids: Sequence[str]) -> tuple[dict[str, Renewal], dict[str, str]]:
    with ledger.read() as rows:
        return rows.many(Renewal, list(ids)), call_all(rows, Renewal, list(ids))
