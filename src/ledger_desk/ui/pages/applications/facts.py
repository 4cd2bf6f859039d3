"""What a reviewer has to see of an application, read in one go: plain data, no widgets."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger_desk.exchange.places import name_of
from ledger_desk.model import review
from ledger_desk.model import work_words as words
from ledger_desk.model.days import show_day
from ledger_desk.model.lending import Lenders
from ledger_desk.model.money import show_wan
from ledger_desk.model.records import Application, Bank, Check, Enterprise, Loan, Review
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.pages.applications.marking import MARKS, WORDS
from ledger_desk.work import parameters
from ledger_desk.work.cases import Cases, rules_of

Line = tuple[str, str]
Marked = tuple[str, str, str]  # mark, caption, text


@dataclass(frozen=True)
class Stage:
    """One of the four levels: its name, done, now or later, and who said what when."""

    level: str
    state: str
    who: str = ""


@dataclass(frozen=True)
class Facts:
    """Everything on the left of the desk, and what the stages and the buttons need."""

    record: Application
    title: str
    subtitle: str
    firm: str
    lines: tuple[Line, ...]
    need: tuple[Line, ...]
    criteria: tuple[Marked, ...]
    checks: tuple[Marked, ...]
    loans: tuple[str, ...]
    before: tuple[str, ...]
    said: tuple[Marked, ...]
    stages: tuple[Stage, ...]
    lenders: Lenders
    odd: tuple[str, ...]
    altered: tuple[str, ...]
    level: str = ""
    blocked: str = ""
    rules: review.Rules = field(default_factory=review.Rules)


def read_facts(ledger: Ledger, record: str) -> Facts | None:
    """Read an application; None when it is not there any more."""
    with ledger.read() as rows:
        cases = Cases.of(rows, [record])
        found = cases.all.get(record)
        if found is None:
            return None
        firm = cases.firms.get(found.enterprise or "")
        said = cases.reviews.get(record, [])
        people = rows.titles("person", [each.reviewer for each in said if each.reviewer])
        level = review.LEVEL_OF.get(found.state or "", "")
        checks = cases.checks.get(record, {})
        altered = (
            cases.altered(found, said[-1]) if said and said[-1].verdict == review.PASSED else ()
        )
        return Facts(
            found, firm.title if firm else "未命名主体", _subtitle(found, firm), found.enterprise or "",
            _firm_lines(firm), _need(found, cases.banks), _criteria(found), _checks(checks),
            _loans(rows, found.enterprise), _before(rows, found), _said(said, people),
            _stages(found, said, people), cases.lenders()[record],
            tuple(item for item, each in checks.items() if each.result == review.ODD),
            altered if found.state in (*review.WAITING, review.RECOMMENDED) else (), level,
            rules=rules_of(parameters.read(rows)),
        )  # fmt: skip


def _subtitle(found: Application, firm: Enterprise | None) -> str:
    place = name_of(found.township or (firm.township if firm else "") or "")
    return "　".join(
        part for part in (found.no or "", place, found.state or review.REGISTERED) if part
    )


def _firm_lines(firm: Enterprise | None) -> tuple[Line, ...]:
    if firm is None:
        return ()
    size = "　".join(p for p in (firm.kind, firm.size_set) if p)
    lines = (
        ("信用代码", firm.code or firm.regno or ""), ("主体类型", size), ("经营者", firm.person or ""),
        ("成立", show_day(firm.founded) if firm.founded else ""), ("行业", firm.industry_name or firm.main_business or firm.industry or ""),
        ("经营地址", firm.place or ""), ("从业人数", f"{firm.staff} 人" if firm.staff is not None else ""),
        ("上年营收", f"{show_wan(firm.revenue)} 万元" if firm.revenue is not None else ""),
        ("注册资本", f"{show_wan(firm.capital)} 万元" if firm.capital is not None else ""),
    )  # fmt: skip
    return tuple((name, text) for name, text in lines if text)


def _need(found: Application, banks: dict[str, Bank]) -> tuple[Line, ...]:
    names = [banks[b].title for b in (found.bank1, found.bank2) if b and b in banks]
    yes = {True: "是", False: "否", None: ""}
    lines = (
        ("需求金额", f"{show_wan(found.amount)} 万元" if found.amount is not None else ""),
        ("期限", f"{found.months} 个月" if found.months else ""), ("用途", found.purpose or ""),
        ("担保方式", found.security or ""), ("意向银行", "、".join(names)), ("来源", found.source or ""),
        ("首贷", yes[found.first_loan]), ("续贷", yes[found.renewal]), ("备注", found.note or ""),
    )  # fmt: skip
    return tuple((name, text) for name, text in lines if text)


def _criteria(found: Application) -> tuple[Marked, ...]:
    return tuple(
        (MARKS.get(said, "none"), word, " ".join(p for p in (said or "未填", why or "") if p))
        for word, said, why in (
            (word, getattr(found, name), getattr(found, f"{name}_why"))
            for word, name in zip(WORDS, CRITERIA, strict=True)
        )
    )


def _checks(checks: dict[str, Check]) -> tuple[Marked, ...]:
    marks = {review.ODD: "must", review.UNANSWERED: "none"}
    order = [*words.CHECK_ITEMS, *(item for item in checks if item not in words.CHECK_ITEMS)]
    return tuple(
        (marks.get(each.result or "", "done"), item,
         "　".join(p for p in (each.result or "", each.remark or "", each.department or "") if p))
        for item in order if (each := checks.get(item)) is not None
    )  # fmt: skip


def _loans(rows: Rows, firm: str | None) -> tuple[str, ...]:
    found = rows.find(Query(Loan, (Where("enterprise", "=", firm), Where("settled_on", "blank")))) if firm else []  # fmt: skip
    names = rows.titles("bank", [each.bank for each in found if each.bank])
    return tuple(
        "　".join(p for p in (
            names.get(each.bank or "", "某家银行"),
            f"{show_wan(each.amount)} 万元" if each.amount is not None else "",
            f"到期 {show_day(each.due_on)}" if each.due_on else "",
        ) if p)
        for each in found
    )  # fmt: skip


def _before(rows: Rows, found: Application) -> tuple[str, ...]:
    if not found.enterprise:
        return ()
    others = rows.find(Query(Application, (Where("enterprise", "=", found.enterprise),), sort=(("applied_on", True),)))  # fmt: skip
    return tuple(
        "　".join(p for p in (
            each.no or "未编号", show_day(each.applied_on) if each.applied_on else "",
            f"{show_wan(each.amount)} 万元" if each.amount is not None else "", each.state or review.REGISTERED,
            each.left_why or "", "（这一笔由它再次申报）" if each.id == found.again_of else "",
        ) if p)
        for each in others if each.id != found.id
    )  # fmt: skip


def _said(said: list[Review], people: dict[str, str]) -> tuple[Marked, ...]:
    marks = {review.PASSED: "done", review.SENT_BACK: "explain", review.REFUSED: "must"}
    return tuple(
        (marks.get(each.verdict or "", "none"),
         f"{review.SHORT.get(each.level or '', each.level or '')}{each.verdict or ''}",
         "　".join(p for p in (each.opinion or "（没有写意见）", people.get(each.reviewer or "", ""),
                              show_day(each.day) if each.day else "") if p))
        for each in reversed(said)
    )  # fmt: skip


def _stages(found: Application, said: list[Review], people: dict[str, str]) -> tuple[Stage, ...]:
    passed: dict[str, Review] = {}
    for each in said:
        if each.verdict == review.PASSED:
            passed[each.level or ""] = each
        else:
            passed.clear()  # returned: the next round begins anew
    stages = []
    for state, level, _ in review.STAGES:
        known = passed.get(level)
        if found.state == state:
            stages.append(Stage(level, "now", "待审"))
        elif known is not None:
            who = people.get(known.reviewer or "", "")
            stages.append(Stage(level, "done", f"{who} {known.day:%m-%d}" if known.day else who))
        else:
            stages.append(Stage(level, "later", "—"))
    return tuple(stages)
