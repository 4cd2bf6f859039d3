"""What was done of a quota (任务完成情况): done, owed, share and how much is short.

A quota of 每家 is owed by each bank of the type, one of 合计 by all of them together
(`decisions.md` 24). What was done is counted in `ledger_desk.store.counting.tallies`, 首贷率 from the same
events as in the forms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ledger_desk.model.money import show_wan
from ledger_desk.model.records import Office, Target
from ledger_desk.store.counting import totals
from ledger_desk.store.counting.tallies import Part, Tally, tally
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.work.bank_groups import banks_of_type
from ledger_desk.work.quotas import EACH

_FEN = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
_HUNDRED = 1_000_000  # 100 % in millionths of one


@dataclass(frozen=True)
class Share:
    """What one debtor of a quota has done.

    Attributes:
        name: Which one: a bank, or the office.
        done: How many; fen for money, millionths of 100 % for shares; None: nothing to divide by.
        owed: How many it owes, in the same.
    """

    name: str
    done: int | None
    owed: int

    @property
    def short(self) -> int:
        """How many are missing."""
        return max(self.owed - (self.done or 0), 0)


@dataclass(frozen=True)
class Standing:
    """How a quota stands.

    Attributes:
        done: As in `Share`, over all debtors; None where it cannot be counted.
        owed: What they owe together.
        short: What is missing, summed over the debtors, since one bank's more is not another's.
        percent: Done of owed, cut to whole per cent; a surplus of one bank does not count for others.
        shares: Each debtor.
        why: Why nothing is counted, or what the number says besides.
        unit: 户, 次, 篇, %, 元, 万元, 亿元.
    """

    done: int | None
    owed: int
    short: int
    percent: int | None
    shares: tuple[Share, ...]
    unit: str
    why: str = ""

    @property
    def reached(self) -> bool:
        """Whether nothing is missing."""
        return self.done is not None and self.short == 0

    def show(self, value: int | None) -> str:
        """One of its numbers in its unit, without the unit."""
        return show_number(value, self.unit)


def show_number(value: int | None, unit: str) -> str:
    """Show a number of a quota without its unit: money in 万元 as lists do."""
    if value is None:
        return ""
    if unit in _FEN:
        return show_wan(value)
    if unit == "%":
        tenths = value * 1000 // _HUNDRED
        return f"{tenths // 10}.{tenths % 10}"
    return f"{value:,}"


def shown_unit(unit: str) -> str:
    """The unit that `show_number` writes in."""
    return "万元" if unit in _FEN else unit


Count = Callable[[Rows, date, date, Part], "int | None"]


def _counted(kind: str, what: str) -> Count:
    def count(rows: Rows, since: date, until: date, part: Part) -> int | None:
        found: Tally = tally(rows, kind, since, until, part)
        return {"firms": found.firms, "events": found.events, "amount": found.amount}[what]

    return count


def _first_share(rows: Rows, since: date, until: date, part: Part) -> int | None:
    """首贷率: firms lent to for the first time, of all firms lent to (`domain.md` §3.3 A).

    Firms whose credit report nobody has looked into count as first here only if a check says so
    (`decisions.md` 18).
    """
    window = totals.Window(since, until)
    firsts = {
        line.enterprise
        for line in totals.lines(rows, "first_loans", window)
        if (part.banks is None or line.bank in part.banks)
        and (line.township or "").startswith(part.place)
    }
    lent = tally(rows, "drawn", since, until, part).firms
    return len(firsts) * _HUNDRED // lent if lent else None


def _park_share(rows: Rows, since: date, until: date, part: Part) -> int | None:
    inside = tally(rows, "inside", since, until, part).firms
    credited = tally(rows, "inside_credited", since, until, part).firms
    return credited * _HUNDRED // inside if inside else None


COUNTS: Mapping[str, Count] = {
    "走访户数": _counted("visited", "firms"),
    "有效走访户数": _counted("visited_well", "firms"),
    "申报户数": _counted("applied", "firms"),
    "推荐户数": _counted("recommended", "firms"),
    "培植户数": _counted("cultivated", "firms"),
    "获贷户数": _counted("lent", "firms"),
    "首贷率": _first_share,
    "授信户数": _counted("granted", "firms"),
    "授信金额": _counted("granted", "amount"),
    "放款户数": _counted("drawn", "firms"),
    "放款金额": _counted("drawn", "amount"),
    "首贷专场对接会": _counted("fairs", "events"),
    "专题信息": _counted("reports", "events"),
    "入园企业授信比例": _park_share,
    "无还本续贷金额": _counted("renewed", "amount"),
}
_BY_OFFICE = ("首贷专场对接会", "专题信息")  # entered by an office, wherever its firms are


def stand(rows: Rows, target: Target, own: Office) -> Standing:
    """Count how a quota stands; ``own`` is the office of the ledger, whose quota all of it counts for."""
    unit, count = target.unit or "户", COUNTS.get(target.indicator or "")
    owed = _owed(target.value or 0, unit)
    if count is None:
        return Standing(None, owed, 0, None, (), unit, "这个指标账上没有逐户记录，请看填报数。")
    if target.since is None or target.until is None:
        return Standing(None, owed, 0, None, (), unit, "没有写起止日期，算不出来。")
    shares = []
    parts, why = _parts(rows, target, own)
    if not parts:
        return Standing(None, owed, 0, None, (), unit, why)
    for name, part in parts:
        shares.append(Share(name, count(rows, target.since, target.until, part), owed))
    if all(share.done is None for share in shares):
        why = "这一段时间还没有可算的数（分母是 0）。"
        return Standing(None, owed * len(shares), 0, None, tuple(shares), unit, why)
    whole = sum(share.owed for share in shares)
    short = sum(share.short for share in shares)
    done = sum(share.done or 0 for share in shares)
    if unit == "%" and len(shares) > 1:
        done, whole, short = done // len(shares), owed, short // len(shares)
    percent = (whole - short) * 100 // whole if whole else 100
    if short == 0 and whole:
        percent = max(done * 100 // whole, 100)
    if len(shares) > 1:
        met = sum(share.short == 0 for share in shares)
        why = f"{len(shares)} 家银行，{met} 家完成"
    return Standing(done, whole, short, percent, tuple(shares), unit, why)


def stand_all(ledger: Ledger, targets: list[Target]) -> dict[str, Standing]:
    """Count how quotas stand, by id."""
    with ledger.read() as rows:
        return {target.id: stand(rows, target, ledger.office) for target in targets}


def debtor(rows: Rows, target: Target) -> str:
    """Who owes a quota, in words."""
    if target.bank:
        return rows.titles("bank", [target.bank]).get(target.bank, "")
    if target.bank_type:
        return target.bank_type
    if target.office:
        return rows.titles("office", [target.office]).get(target.office, "")
    return target.township or ""


def _owed(value: int, unit: str) -> int:
    if unit == "%":
        return value * _HUNDRED // 100
    return value * _FEN.get(unit, 1)


def _parts(rows: Rows, target: Target, own: Office) -> tuple[list[tuple[str, Part]], str]:
    """The debtors of a quota with their part of the lines; and why there are none."""
    place, office = _place(rows, target, own)
    if target.bank:
        name = rows.titles("bank", [target.bank]).get(target.bank, "")
        return [(name, Part((target.bank,), place, office))], ""
    if not target.bank_type:
        return [("", Part(None, place, office))], ""
    banks = banks_of_type(rows, target.bank_type)
    if not banks:
        return [], f"账里还没有{target.bank_type}这一类银行。"
    if target.scope == EACH:
        return [(bank.title, Part((bank.id,), place, office)) for bank in banks], ""
    return [(target.bank_type, Part(tuple(bank.id for bank in banks), place, office))], ""


def _place(rows: Rows, target: Target, own: Office) -> tuple[str, str]:
    """Beginning of the code of the place that counts, and the office where entries are told by it."""
    if target.township:
        return target.township, ""
    if not target.office or target.office == own.id:
        return "", ""
    if target.indicator in _BY_OFFICE:
        return "", target.office
    office = rows.get(Office, target.office)
    code = (office.division if office else "") or ""
    if len(code) == 6:
        code = code.removesuffix("00").removesuffix("00")
    return code or "-", ""
