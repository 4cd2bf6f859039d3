"""How far each bank has got with what was pushed to it; and the sums of the guarantees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger_desk.model.records import Bank, Guarantee
from ledger_desk.store.lineage import fetch
from ledger_desk.store.queries import Query, Rows
from ledger_desk.work.parameters import Parameters, read

_MET = (
    "EXISTS (SELECT 1 FROM matching AS m WHERE m.referral = r.id AND m.removed = 0"
    " AND m.day >= r.pushed_on)"
)
_GRANTED = (
    "EXISTS (SELECT 1 FROM matching AS m JOIN credit AS c ON c.matching = m.id AND c.removed = 0"
    " WHERE m.referral = r.id AND m.removed = 0 AND c.granted = 1)"
)
_DRAWN = (
    "EXISTS (SELECT 1 FROM matching AS m JOIN loan AS l ON l.matching = m.id AND l.removed = 0"
    " JOIN drawdown AS d ON d.loan = l.id AND d.removed = 0"
    " WHERE m.referral = r.id AND m.removed = 0)"
)


@dataclass(frozen=True)
class BankProgress:
    """Referrals of one bank: pushed, contacted, granted, paid out."""

    bank: str
    name: str
    pushed: int
    contacted: int
    granted: int
    drawn: int


def bank_progress(rows: Rows) -> list[BankProgress]:
    """Count for each bank, the one with the most first."""
    sql = (
        f"SELECT r.bank, count(*), sum({_MET}), sum({_GRANTED}), sum({_DRAWN})"
        " FROM referral AS r WHERE r.removed = 0 AND r.bank <> '' GROUP BY r.bank"
    )
    counted = fetch(rows.connection, sql)
    banks = rows.many(Bank, [row[0] for row in counted])
    found = [
        BankProgress(
            row[0],
            (banks[row[0]].short or banks[row[0]].title) if row[0] in banks else "",
            *row[1:],
        )
        for row in counted
    ]
    return sorted(found, key=lambda each: (-each.pushed, each.name))


@dataclass(frozen=True)
class GuaranteeSums:
    """Guarantees in force: how many, how much, and the share for small firms and farmers."""

    count: int
    amount: int
    small_rural: int
    wanted_share: int
    over_fee: int
    over_single: int

    @property
    def share(self) -> float | None:
        """支小支农 per cent of the amount; None without any."""
        return self.small_rural * 100 / self.amount if self.amount else None


def guarantee_sums(rows: Rows, today: date | None = None) -> GuaranteeSums:
    """Sum what is in force (not released)."""
    parameters = read(rows, today)
    live = [each for each in rows.find(Query(Guarantee)) if each.released_on is None]
    amounts = [
        (each, each.balance if each.balance is not None else each.amount or 0) for each in live
    ]
    return GuaranteeSums(
        len(live), sum(much for _, much in amounts),
        sum(much for each, much in amounts if each.small_rural),
        parameters["guarantee.share"],
        sum(any("费率" in said for said in warnings(each, parameters)) for each in live),
        sum(any("单户" in said for said in warnings(each, parameters)) for each in live),
    )  # fmt: skip


def warnings(one: Guarantee, parameters: Parameters) -> list[str]:
    """Say what is odd about a guarantee (`seeds/003` 九; `seeds/004` 一(九))."""
    found = []
    most = round(float(parameters["guarantee.fee"]) * 10_000)
    if one.fee is not None and one.fee > most:
        found.append(f"费率高于 {parameters['guarantee.fee']}%")
    single = parameters["guarantee.single"] * 1_000_000
    if one.amount is not None and one.amount > single:
        found.append(f"单户超过 {parameters['guarantee.single']} 万元")
    parts = [one.share_guarantor, one.share_bank, one.share_higher, one.share_government]
    given = [part for part in parts if part is not None]
    if given and sum(given) != 100 * 10_000:
        found.append(f"分险比例合计 {sum(given) / 10_000:g}%，应为 100%")
    if one.balance is not None and one.amount is not None and one.balance > one.amount:
        found.append("在保余额大于担保金额")
    if one.until is not None and one.since is not None and one.until < one.since:
        found.append("到期日早于起始日")
    return found
