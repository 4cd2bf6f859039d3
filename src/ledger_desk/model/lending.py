"""What a firm's loans say of it: first-loan standing (首贷状态) and how many banks lend to it (垒小户).

Sources: `decisions.md` 18 and 23; 002_d9ce38594906c82c.txt, footnote 1 (five years);
001_b3108891c82a181e.txt, 七 (more than three banks to a small firm, more than two to a sole
trader). Neither asks what day it is, so that what is kept beside a firm stays true by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger_desk.model.parameters import holding_on
from ledger_desk.model.work_parameters import BY_KEY

NONE, FIRST, HAD, UNCHECKED = "无贷户", "首贷户", "有贷户", "未核"
YEARS = BY_KEY["first_loan.years"]  # 002_d9ce38594906c82c.txt, footnote 1
SOLE_KINDS = frozenset(["个体工商户", "小微企业主"])


@dataclass(frozen=True)
class LoanFact:
    """One loan, as far as it matters here.

    Attributes:
        bank: Id of the lending bank.
        bank_name: What to call it.
        followed: It came of a matching in this ledger; the others were there before.
        signed_on: Day of the contract.
        due_on: Day it falls due.
        drawn_on: Day of its first drawdown, if any is known.
        drawn: Money paid out in fen, all drawdowns.
        repaid: Money paid back in fen.
        balance: Balance somebody stated, in fen.
        settled: It was paid back in full.
    """

    bank: str
    bank_name: str = ""
    followed: bool = False
    signed_on: date | None = None
    due_on: date | None = None
    drawn_on: date | None = None
    drawn: int = 0
    repaid: int = 0
    balance: int | None = None
    settled: bool = False

    @property
    def outstanding(self) -> bool:
        """Whether money is still owed, as far as is known."""
        if self.settled or self.balance == 0:
            return False
        if self.drawn_on is not None:
            return self.drawn > self.repaid
        return (
            not self.followed
        )  # a contract of ours that nothing was paid out under is no debt yet


@dataclass(frozen=True)
class LoanCheck:
    """A look into the firm's credit report: 无贷, 有贷 or 未核, and its day."""

    found: str
    day: date | None = None


@dataclass(frozen=True)
class Judgement:
    """A computed word or number, and why."""

    value: str
    reason: str


def first_loan(
    loans: Sequence[LoanFact],
    checks: Sequence[LoanCheck],
    *,
    own: str | None = None,
    note: str | None = None,
    lookback: str | None = None,
) -> Judgement:
    """Judge a firm's first-loan standing.

    Args:
        loans: All live loans of the firm.
        checks: All dated or undated checks of its credit report.
        own: What somebody set by hand; holds over everything computed.
        note: The reason written beside it.
        lookback: What the office has set for `YEARS`: in how many years before the first drawdown no
            other loan may be known, as it holds on the day of that drawdown.

    Returns:
        One of 无贷户, 首贷户, 有贷户, 未核, with the reason in words.
    """
    if own:
        return Judgement(own, f"人工定为{own}：{note or '没有写原因'}。")
    drawn = sorted(loan.drawn_on for loan in loans if loan.drawn_on is not None)
    if not drawn:
        return _without_drawdown(loans, checks)
    first = drawn[0]
    years = years_on(lookback, first)
    since = _years_before(first, years)
    for loan in loans:
        signed = None if loan.drawn_on is not None or loan.followed else loan.signed_on
        if signed is not None and signed < first and (loan.due_on or signed) >= since:
            return Judgement(
                HAD,
                f"第一次放款是 {first}，此前 {years} 年内已有"
                f"{loan.bank_name or '别的银行'} {signed} 签的贷款。",
            )
    for check in checks:
        if check.found == "有贷" and (check.day is None or check.day <= first):
            day = f"{check.day} " if check.day else ""
            return Judgement(HAD, f"{day}征信核验为有贷，第一次放款 {first} 在它之后。")
    before = [c.day for c in checks if c.found == "无贷" and c.day is not None and c.day <= first]
    if before:
        return Judgement(FIRST, f"{max(before)} 征信核验无贷，{first} 第一次放款。")
    return Judgement(UNCHECKED, f"{first} 已放款，可是缺放款日之前的征信核验，是不是首贷还定不了。")


def _without_drawdown(loans: Sequence[LoanFact], checks: Sequence[LoanCheck]) -> Judgement:
    held = [loan for loan in loans if not loan.followed]
    if held:
        names = "、".join(dict.fromkeys(loan.bank_name or "某家银行" for loan in held))
        return Judgement(HAD, f"存量贷款里有 {len(held)} 笔（{names}）。")
    told = [check for check in checks if check.found in ("无贷", "有贷")]
    if not told:
        return Judgement(UNCHECKED, "没有贷款记录，也没有做过征信核验。")
    last = max(told, key=lambda check: check.day or date.min)
    day = f"{last.day} " if last.day else "没有写日期的"
    word = NONE if last.found == "无贷" else HAD
    return Judgement(word, f"没有贷款记录，{day}征信核验为{last.found}。")


def years_on(lookback: str | None, day: date) -> int:
    """How many years one looks back from a first drawdown on a day; see `first_loan`."""
    said = holding_on(YEARS, lookback, day)
    return int(said if said.isdecimal() else YEARS.default)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class MostLenders:
    """Above so many banks others should hold back; at the number itself there is an early notice.

    One source: the parameters ``lenders.*``, which an office may set otherwise from a day on.
    """

    enterprise: int = int(BY_KEY["lenders.enterprise"].default)
    person: int = int(BY_KEY["lenders.person"].default)

    def of(self, kind: str | None) -> int:
        """The limit for a kind of firm (主体类型)."""
        return self.person if kind in SOLE_KINDS else self.enterprise


@dataclass(frozen=True)
class Lenders:
    """How many banks lend to a firm.

    Attributes:
        count: Banks.
        reason: Which, in words.
        warning: ``must`` above the limit, ``explain`` at it, else ''.
        advice: What the warning says.
    """

    count: int
    reason: str
    warning: str = ""
    advice: str = ""


def lenders(
    loans: Sequence[LoanFact],
    kind: str | None,
    *,
    own: int | None = None,
    note: str | None = None,
    intended: Sequence[str] = (),
    most: MostLenders | None = None,
) -> Lenders:
    """Count the banks that lend to a firm, intended ones included (`decisions.md` 23).

    Args:
        loans: All live loans of the firm.
        kind: 主体类型; a sole trader has the lower limit.
        own: Number set by hand; holds over the count.
        note: The reason written beside it.
        intended: Ids of banks the firm is meant for now.
        most: Limits of the office; None: as the document has them.
    """
    names = {loan.bank: loan.bank_name or "某家银行" for loan in loans if loan.outstanding}
    count = own if own is not None else len(names)
    if own is not None:
        reason = f"人工定为 {own} 家：{note or '没有写原因'}。"
    elif names:
        reason = f"有贷款没还清的银行 {count} 家：{'、'.join(sorted(names.values()))}。"
    else:
        reason = "没有还没还清的贷款。"
    new = len(set(intended) - names.keys())
    if new:
        reason += f"加上意向银行 {new} 家。"
    count += new
    limit = (most or MostLenders()).of(kind)
    who = str(kind) if kind in SOLE_KINDS else "小微企业"
    if count > limit:
        return Lenders(
            count, reason, "must", f"垒小户：{who}超过 {limit} 家银行，其他银行应审慎介入。"
        )
    if count == limit:
        return Lenders(count, reason, "explain", f"已有 {limit} 家银行，再加一家就是垒小户。")
    return Lenders(count, reason)
