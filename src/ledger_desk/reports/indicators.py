"""Indicators (指标), each with one definition (口径): unit, text, clause, measures, one proof.

To add one: a line here or in one of the modules joined here; where a new kind of line is needed, one
declaration in ``store/counting`` too. 户数, 笔数 and 金额 are different indicators over the same proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period
from ledger_desk.reports.campaign_indicators import ACTIVITIES, GUARANTEES, PARKS
from ledger_desk.reports.figure_indicators import FIGURES
from ledger_desk.reports.goals import WORDS
from ledger_desk.reports.indicator import FIRMS, FLOWS, STOCKS, Indicator
from ledger_desk.reports.list_indicators import LISTED
from ledger_desk.reports.loan_indicators import LOANS
from ledger_desk.reports.matter_indicators import MATTERS
from ledger_desk.reports.work_indicators import WORK
from ledger_desk.store.counting import events
from ledger_desk.store.counting.totals import Window


@dataclass(frozen=True)
class Mechanism:
    """A mechanism (工作机制): 启动以来累计 counts from its first day (`decisions.md` 14)."""

    name: str
    since: date
    clause: str


MECHANISMS: Mapping[str, Mechanism] = {
    m.name: m
    for m in (
        Mechanism("首贷培植行动", date(2020, 9, 1), "忻银发〔2020〕80号 八（一）：自2020年9月起"),
        Mechanism(
            "小微企业融资协调工作机制", date(2024, 10, 1),
            "金发〔2024〕32号；信发改财金〔2024〕329号",
        ),
    )
}  # fmt: skip


_XZ, _XY = "忻银发〔2020〕80号", "信发改财金〔2024〕329号"

INDICATORS: Mapping[str, Indicator] = {
    i.id: replace(i, goal=WORDS.get(i.id, ""))
    for i in (
        *WORK,
        *LISTED,
        Indicator(
            "matched_firms", "对接户数", "户", "matchings",
            "有银企对接记录的经营主体，一户多次、多家银行只算一户，按对接日期。", f"{_XZ} 附；{_XY} 六", FIRMS),
        Indicator(
            "matchings", "对接笔数", "笔", "matchings",
            "银企对接的次数，一家银行与一户对接一次算一笔，按对接日期。", f"{_XZ} 附", FLOWS),
        Indicator(
            "granted_firms", "授信户数", "户", "grants",
            "至少一家银行决定授信的经营主体，一户只算一次，按决定日期。", f"{_XZ} 附；{_XY} 六", FIRMS),
        Indicator(
            "granted_amount", "授信金额", "万元", "grants",
            "银行决定授信的金额之和，按决定日期；同一笔增加授信另算。", f"{_XZ} 附；{_XY} 六", FLOWS),
        Indicator(
            "refused_firms", "未授信户数", "户", "refusals",
            "有银行决定不予授信、且到最后一日没有任何银行授信的经营主体，按决定日期。", f"{_XZ} 附；{_XY} 六", FIRMS),
        Indicator(
            "drawn_firms", "放款户数", "户", "drawdowns",
            "银行发放了贷款的经营主体，一户只算一次，按放款日期。", f"{_XZ} 附；{_XY} 六", FIRMS),
        Indicator(
            "drawn_amount", "放款金额", "万元", "drawdowns",
            "银行发放的贷款之和，循环额度内每次提款都算，按放款日期。", f"{_XZ} 附；{_XY} 六", FLOWS),
        Indicator(
            "first_loan_firms", "首贷户数", "户", "first_loans",
            "第一次放款之前 5 年内在任何银行都没有贷款、并有放款日之前的征信查询佐证的经营主体；只认第一次放款。",
            f"{_XZ} 脚注1", FIRMS),
        Indicator(
            "first_loan_amount", "首贷金额", "万元", "first_loans",
            "首贷户第一次放款的金额，口径同首贷户数。", f"{_XZ} 脚注1", FLOWS),
        Indicator(
            "unchecked_first_firms", "首贷未核户数", "户", "unchecked_first_loans",
            "第一次放款、贷款记录里没有在先贷款，但缺放款日之前的征信查询，是不是首贷还不能定的经营主体。",
            f"{_XZ} 脚注1", FIRMS),
        Indicator(
            "loan_balance", "期末贷款余额", "万元", "balance",
            "到最后一日止的放款减还款，按户相加；只含账上记了放款和还款的贷款。", f"{_XY} 十六", STOCKS),
        Indicator(
            "borrowing_firms", "期末有贷款户数", "户", "balance",
            "到最后一日止放款减还款不为零的经营主体。", f"{_XY} 十六", STOCKS),
        *LOANS,
        *MATTERS,
        *ACTIVITIES,
        *PARKS,
        *GUARANTEES,
        *FIGURES,
    )
}  # fmt: skip


def find_indicator(indicator: str) -> Indicator:
    """Give an indicator by its id.

    Raises:
        UserError: There is none.
    """
    if indicator not in INDICATORS:
        raise UserError(f"没有“{indicator}”这个指标。可用的有：{'、'.join(INDICATORS)}。")
    return INDICATORS[indicator]


_OF_FIGURES = frozenset({"township", "bank", "bank_type"})


def splits_of(spec: Indicator) -> frozenset[str]:
    """Give the keys of ``splitting.SPLITS`` by which an indicator can be split.

    A ratio has those that both its numbers have.
    """
    if spec.kind == "ratio":
        top, bottom = (splits_of(find_indicator(each)) for each in (spec.top, spec.bottom))
        return top & bottom
    if spec.kind == "figure":
        return _OF_FIGURES
    return events.splits_of("recommended" if spec.kind == "set" else spec.events)


@lru_cache(maxsize=1024)
def window_of(measure: str, period: Period, since: date) -> Window:
    """Turn a measure into days (`decisions.md` 14, 15).

    Args:
        measure: One of `MEASURES`, but for the comparing ones, which are two of the others.
        period: The period of the form; 本年累计 is the year that it ends in, 本日, 本周 (from Monday) and
            本月 end with it.
        since: First day of the mechanism. 本期新增 leaves out firms that had an event between it
            and the period, so that the periods' new firms add up to 启动以来累计.
    """
    end, before = period.end, period.year_before()
    if measure == "本期新增":
        return Window(min(since, period.start), end, period.start)
    starts: dict[str, tuple[date | None, date]] = {
        "本期": (period.start, end),
        "本年累计": (date(end.year, 1, 1), end),
        "启动以来累计": (since, end),
        "本日": (end, end),
        "本周": (end - timedelta(days=end.weekday()), end),
        "本月": (end.replace(day=1), end),
        "上期": (period.previous().start, period.previous().end),
        "上年同期": (before.start, before.end),
        "上年同期累计": (date(before.end.year, 1, 1), before.end),
        "期末数": (None, end),
        "年初数": (None, date(end.year - 1, 12, 31)),
        "上年同期末数": (None, before.end),
    }
    if measure not in starts:
        raise ValueError(f"unknown measure {measure!r}")
    return Window(*starts[measure])
