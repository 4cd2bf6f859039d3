"""Rules within a row of the 工作台帐 (`domain.md` §3.1, `decisions.md` 22)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ledger_desk.model.days import print_day
from ledger_desk.model.money import show_wan
from ledger_desk.reports.contact_rows import ContactFacts, ContactTable
from ledger_desk.reports.findings import Case, Finding, Grade, Rule
from ledger_desk.reports.shapes import Ref, Report

_ANNEX = "忻银发〔2020〕80号 附"


@dataclass(frozen=True)
class _Said:
    """What a rule has to say about one row: field, title, sentence after the firm, remedy."""

    field: str
    title: str
    sentence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table, looked at by a rule."""

    table: ContactTable
    place: int

    @property
    def bank(self) -> str:
        """The bank in a sentence."""
        return str(self.table.column("bank")[self.place] or "银行")

    @property
    def facts(self) -> ContactFacts:
        """What is known of the matching, with its records."""
        return self.table.facts(self.place)

    @property
    def security(self) -> Any:
        """担保情况 as it is shown."""
        return self.table.column("security")[self.place]


_Judge = Callable[[_Row, Report], _Said | None]
_Pick = Callable[[ContactTable], Iterable[int]]


def _row_rule(
    id_: str, label: str, grade: Grade, pick: _Pick, judge: _Judge, once: bool = False
) -> Rule:
    """Make a rule that judges the rows that ``pick`` finds suspicious; ``once``: each firm once.

    Of ten thousand rows few are: only these are looked at one by one.
    """

    def run(rule: Rule, case: Case) -> Iterator[Finding]:
        told: set[str] = set()
        for block in case.report.blocks:
            table = block.body
            if not isinstance(table, ContactTable):
                continue
            places = {c.field: c.at for c in block.shape.column if c.field}
            for place in pick(table):
                firm = table.firm(place)
                if once and firm in told:
                    continue
                said = judge(_Row(table, place), case.report)
                if said is None:
                    continue
                told.add(firm)
                at = block.columns.get(places.get(said.field, ""))
                row, own = block.places[place], Ref("matching", table.key(place))
                records = (*table.records(place, said.field), own)
                yield Finding(
                    rule.grade, rule.id, f"第 {place + 1} 行 {said.title}",
                    f"{table.label(place)}：{said.sentence}", said.remedy, block.sheet,
                    f"{at.at}{row}" if at is not None else "", row,
                    at.column if at is not None else 0, tuple(dict.fromkeys(records)),
                    Ref("enterprise", firm),
                )  # fmt: skip

    return Rule(id_, label, grade, _ANNEX, run)


def _refused_silently(table: ContactTable) -> list[int]:
    decisions = table.columns.decision
    return [n for n, last in enumerate(decisions) if last and last[3] == 0 and not last[6]]


def _refused_amounts(table: ContactTable) -> list[int]:
    decisions = table.columns.decision
    return [n for n, last in enumerate(decisions) if last and last[3] == 0 and last[4]]


def _granted(table: ContactTable) -> list[int]:
    return [n for n, granted in enumerate(table.column("granted")) if granted]


def _granted_amounts(table: ContactTable) -> list[int]:
    """Granted rows, as far as one of the period's decisions may lack its amount."""
    lines, credit = table.lines, table.columns.credit
    return [
        n for n in _granted(table)
        if not credit[n] or (len(lines[n][1]) > 1 and any(c[3] and not c[4] for c in lines[n][1]))
    ]  # fmt: skip


def _granted_bare(table: ContactTable) -> list[int]:
    security = table.column("security")
    return [n for n in _granted(table) if not security[n]]


def _granted_problems(table: ContactTable) -> list[int]:
    decisions = table.columns.decision
    return [n for n in _granted(table) if (last := decisions[n]) is not None and last[6]]


def _not_granted_but_drawn(table: ContactTable) -> list[int]:
    drawn, granted = table.columns.drawn, table.column("granted")
    return [n for n, amount in enumerate(drawn) if amount > 0 and not granted[n]]


def _drawn_more(table: ContactTable) -> list[int]:
    drawn, credit = table.columns.drawn, table.columns.credit
    return [n for n, amount in enumerate(drawn) if amount > credit[n] > 0]


def _open(table: ContactTable) -> list[int]:
    return [n for n, last in enumerate(table.columns.decision) if last is None]


def _dayless(table: ContactTable) -> list[int]:
    return [n for n, day in enumerate(table.column("day")) if day is None]


def _late(table: ContactTable) -> list[int]:
    end = table.period.end
    return [n for n, day in enumerate(table.column("day")) if day is not None and day > end]


def _drawn_early(table: ContactTable) -> list[int]:
    return [
        n for n, (matching, _, drawn) in enumerate(table.lines)
        if drawn and matching[3] is not None and drawn[0][2] < matching[3]
    ]  # fmt: skip


def _strangers(table: ContactTable) -> list[int]:
    listed = table.listed
    return [n for n, line in enumerate(table.lines) if line[0][5] not in listed]


def _refused_without_problem(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    if facts.granted is not False or facts.problem:
        return None
    return _Said(
        "problem", "存在的主要问题没有填", "是否授信为“否”，存在的主要问题为空。",
        f"未授信的必须写明主要问题；请向{row.bank}问清原因后补填。",
    )  # fmt: skip


def _refused_with_amount(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    amount = facts.decision.amount if facts.decision is not None else None
    if facts.granted is not False or not amount:
        return None
    return _Said(
        "credit_amount", "未授信却有授信金额",
        f"是否授信为“否”，授信金额却记着 {show_wan(amount)} 万元。",
        "未授信的授信金额应为空；请核对是结果记错了，还是金额记错了。",
    )  # fmt: skip


def _granted_without_amount(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    granted = [c for c in facts.contact.credits if c.granted]
    bare = [c for c in granted if not c.amount and c.decided_on in report.period]
    if not facts.granted or (not bare and facts.credit > 0):
        return None
    word = "为空" if not granted or granted[-1].amount is None else f"为 {show_wan(0)} 万元"
    return _Said(
        "credit_amount", "授信金额没有填", f"是否授信为“是”，授信金额{word}。",
        f"授信的必须写授信金额；请按{row.bank}的授信批复补填。",
    )  # fmt: skip


def _granted_without_security(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    if not facts.granted or row.security:
        return None
    return _Said(
        "security", "担保情况没有填",
        f"是否授信为“是”，授信 {show_wan(facts.credit)} 万元，担保情况为空。",
        f"授信的必须写担保情况，没有担保的写“信用”；请向{row.bank}核对后补填。",
    )  # fmt: skip


def _granted_with_problem(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    if not facts.granted or not facts.problem:
        return None
    return _Said(
        "problem", "已授信还记着问题", f"是否授信为“是”，账里还记着存在的主要问题“{facts.problem}”。",
        "这一栏只由未授信的填写，表里没有印出来；问题已经解决的可以从账里去掉。",
    )  # fmt: skip


def _drawn_without_credit(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    if facts.granted or facts.drawn <= 0:
        return None
    state = "为“否”" if facts.granted is False else "还没有填"
    return _Said(
        "drawn_amount", "没有授信却有放款", f"是否授信{state}，累计放款却有 {show_wan(facts.drawn)} 万元。",
        "放款以授信为前提；多半是授信结果漏记或记错，请补记授信，或核对放款记在了哪一户。",
    )  # fmt: skip


def _drawn_above_credit(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    over = facts.drawn - facts.credit
    if not facts.granted or facts.credit <= 0 or over <= 0:
        return None
    before = f"（其中以前各期 {show_wan(facts.drawn_before)}）" if facts.drawn_before else ""
    return _Said(
        "drawn_amount", "放款比授信多",
        f"累计放款 {show_wan(facts.drawn)} 万元{before}，授信金额 {show_wan(facts.credit)} 万元，多 {show_wan(over)} 万元。",
        "多半是循环额度内多次提款；请核对后写明原因，不是循环额度的请改正金额。",
    )  # fmt: skip


def _undecided(row: _Row, report: Report) -> _Said | None:
    day, end = row.table.column("day")[row.place], report.period.end
    waited = (
        f"，到 {print_day(end)}已 {(end - day).days} 天" if day is not None and day <= end else ""
    )
    when = f"{print_day(day)}对接" if day is not None else "对接后"
    return _Said(
        "granted", "还没有授信结果", f"{when}{waited}，{row.bank}还没有决定是否授信，这一格留空，不当作“否”。",
        "请向银行问清结果；确实还在审批的，写明进展。",
    )  # fmt: skip


def _day_missing(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    if facts.contact.matching.day is not None:
        return None
    return _Said(
        "day", "对接时间没有填", f"与{row.bank}的对接没有对接时间，本期有它的授信或放款。",
        "请补填对接时间；没有日期的对接不算进任何一期的对接户数。",
    )  # fmt: skip


def _day_outside(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    day = facts.contact.matching.day
    if day is None or day <= report.period.end:
        return None  # an earlier day is explained in 备注 by the row itself
    return _Said(
        "day", "对接时间晚于本期", f"对接时间 {print_day(day)}晚于本期最后一日 {print_day(report.period.end)}，本期却有授信或放款。",
        "多半是日期记错；请核对对接、授信和放款的日期。",
    )  # fmt: skip


def _out_of_order(row: _Row, report: Report) -> _Said | None:
    facts = row.facts
    day = facts.contact.matching.day
    drawn = [
        d for d in facts.contact.drawdowns if d.day is not None and day is not None and d.day < day
    ]
    if not drawn or day is None or drawn[0].day is None:
        return None
    return _Said(
        "drawn_amount", "放款早于对接",
        f"{print_day(drawn[0].day)}放款 {show_wan(drawn[0].amount or 0)} 万元，早于 {print_day(day)}的对接。",
        "这一栏只填对接以后新放的贷款；请核对日期，对接以前的贷款不要挂在这次对接上。",
    )  # fmt: skip


def _not_listed(row: _Row, report: Report) -> _Said | None:
    return _Said(
        "enterprise", "不在培植名单", "本期有对接，可是不在首贷培植名单里。",
        "可以补进培植名单，或者就这样留着。",
    )  # fmt: skip


CONTACT_RULES: tuple[Rule, ...] = (
    _row_rule(
        "refused_without_problem",
        "未授信要写存在的主要问题",
        "must",
        _refused_silently,
        _refused_without_problem,
    ),
    _row_rule(
        "refused_with_amount",
        "未授信不应有授信金额",
        "must",
        _refused_amounts,
        _refused_with_amount,
    ),
    _row_rule(
        "granted_without_amount",
        "授信要写授信金额",
        "must",
        _granted_amounts,
        _granted_without_amount,
    ),
    _row_rule(
        "granted_without_security",
        "授信要写担保情况",
        "must",
        _granted_bare,
        _granted_without_security,
    ),
    _row_rule(
        "drawn_without_credit",
        "有放款就要有授信",
        "must",
        _not_granted_but_drawn,
        _drawn_without_credit,
    ),
    _row_rule("day_missing", "对接要有对接时间", "must", _dayless, _day_missing),
    _row_rule(
        "drawn_above_credit", "放款一般不超过授信", "explain", _drawn_more, _drawn_above_credit
    ),
    _row_rule("undecided", "授信结果要有着落", "explain", _open, _undecided),
    _row_rule("day_outside", "对接时间应不晚于本期", "explain", _late, _day_outside),
    _row_rule("drawn_before_contact", "放款应在对接之后", "explain", _drawn_early, _out_of_order),
    _row_rule(
        "granted_with_problem", "已授信不写问题", "hint", _granted_problems, _granted_with_problem
    ),
    _row_rule("not_listed", "对接的户应在培植名单", "hint", _strangers, _not_listed, once=True),
)
