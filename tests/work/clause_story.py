"""One of everything: a county in which each clause of the four documents has been done once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ledger_desk.model import review
from ledger_desk.model import work_words as words
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.kinds import Kind
from ledger_desk.model.records import (
    BY_TABLE,
    Bank,
    Cultivation,
    Enterprise,
    Guarantor,
    Loan,
    Person,
    Referral,
    Visit,
)
from ledger_desk.model.ticketing import Doing
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work import (
    activities,
    applying,
    checking,
    coaching,
    deciding,
    parks,
    planning,
    pushing,
    quotas,
    rectifying,
    renewal_ends,
    renewing,
    reviewing,
    signing,
    ticketing,
    visiting,
)
from ledger_desk.work.planning_sharing import Pair
from ledger_desk.work.renewal_ends import Ending

DAY = date(2024, 11, 4)
WAN = 1_000_000
# Records that a use case makes; all others are declared: entered as their list enters them.
MADE = frozenset((
    "visit_plan", "visit_task", "visit", "application", "review", "dept_check", "push_batch", "referral",
    "matching", "credit", "loan", "drawdown", "cultivation", "ticket", "ticket_action", "rectification",
    "renewal", "tenancy", "attendance", "target",
))  # fmt: skip


def tell(ledger: Ledger, wanted: dict[str, set[str]]) -> None:
    """Do everything once.

    Args:
        ledger: A new one of the level 县级, with somebody who works.
        wanted: Table → fields that declared records are to have.
    """
    firms = _declare(
        ledger, Enterprise, wanted["enterprise"], count=4, status="存续", kind="个体工商户"
    )
    banks = _declare(ledger, Bank, {"name", "type"}, count=2, type="农信系统")
    office = {"office": ledger.office.id}
    people = _declare(ledger, Person, wanted["person"], count=3, known=office)
    guarantors = _declare(ledger, Guarantor, wanted["guarantor"])
    known = {
        "enterprise": firms[0],
        "bank": banks[0],
        "person": people[0],
        "guarantor": guarantors[0],
        **office,
    }
    _declare(ledger, Cultivation, (), enterprise=firms[0], source="银行推荐", state="培植中", listed_on=DAY,
             prior_loan="无贷", checked_on=DAY, bank=banks[0])  # fmt: skip
    visited = _visit(ledger, firms, banks, people)
    _apply(ledger, visited, banks, guarantors[0])
    _difficulties(ledger, firms[0], banks[0], people[0])
    _renew(ledger, firms[3], banks[0])
    for table in sorted(set(wanted) - MADE - {"enterprise", "bank", "person", "guarantor", "help"}):
        known[table] = _declare(ledger, BY_TABLE[table], wanted[table], known=known)[0]
    parks.add_firms(ledger, known["park"], firms[:2], since=DAY)
    made = activities.attend(ledger, known["activity"], firms[:1]).done
    _fill(ledger, "attendance", made[0], {"asked": "想贷 20 万元", "answer": "已安排"})
    quotas.lay_down(
        ledger, {"county_listed", "state_listed", "first", "fair"}, DAY, date(2024, 12, 31)
    )
    entry = ledger.find(Query(Cultivation))[0].id
    known["cultivation"] = entry
    _declare(ledger, BY_TABLE["help"], wanted["help"], known=known)
    # What nobody moves by a use case: the file of an entry of the white list is typed.
    free = wanted["cultivation"] - {"enterprise", "bank", "referral", "state"}
    _fill(ledger, "cultivation", entry, _samples(Cultivation, free, known))


def _visit(ledger: Ledger, firms: list[str], banks: list[str], people: list[str]) -> list[str]:
    spec = planning.PlanSpec(
        "第一轮", DAY, DAY + timedelta(days=10), "名单", tuple(firms), drops={firms[3]: "停业"},
        pairs=(Pair(people[0], people[1], banks[0]),), warn_days=30,
    )  # fmt: skip
    planning.make(ledger, spec, planning.preview(ledger, spec, DAY), today=DAY)
    done = []
    for firm in firms[:3]:
        values: dict[str, Any] = {
            "enterprise": firm, "day": DAY, "kind": "走访", "method": "实地", "result": "正常经营", "first": people[0],
            "second": people[1], "bank": banks[0], "manager": "某经理", "situation": "正常", "revenue": 90 * WAN,
            "has_need": True, "amount": 30 * WAN, "purpose": "流动资金", "months": 24, "bank1": banks[0],
            "bank2": banks[1], "next_on": DAY + timedelta(days=30),
        }  # fmt: skip
        values |= {name: "符合" for name in CRITERIA} | {f"{name}_why": "看过" for name in CRITERIA}
        done.append(visiting.save(ledger, values).visit)
    return done


def _apply(ledger: Ledger, visited: list[str], banks: list[str], guarantor: str) -> None:
    """Four applications: lent, refused and coached, removed, supported outside the lists."""
    firm = ledger.find(Query(Visit))[0].enterprise
    made = list(applying.register_visits(ledger, visited, day=DAY, enter=True).done)
    entry = {
        "enterprise": firm,
        "source": "银行推荐",
        "recommender": banks[0],
        "amount": WAN,
        "purpose": "备货",
    }
    beside = applying.register(ledger, [entry], day=DAY).done
    applying.support_outside(ledger, list(beside), banks[1], day=DAY)
    checking.ask(ledger, made)
    checking.record(ledger, made, words.CHECK_ITEMS[0], "无异常", day=DAY)
    for level in words.REVIEW_LEVELS:
        if level == review.BY_CONVENER:
            signing.make_sheet(ledger, made, day=DAY)
        reviewing.approve(ledger, made, "同意。", level=level, day=DAY)
    pushing.push(ledger, made, DAY)
    pushing.push(ledger, made[:1], DAY, guarantor=guarantor)
    on = DAY + timedelta(days=3)
    first, second, third = (_at(ledger, each, banks[0]) for each in made)
    deciding.contact(ledger, [first, second, third], on, "线上")
    told = {
        "manager": "某经理",
        "accepted_on": on,
        "complete_on": on,
        "decided_on": on,
        "qualified": True,
    }
    deciding.answer(ledger, {
        first: {**told, "decision": "授信", "amount": 20 * WAN, "rate": 42_000, "months": 24, "security": "信用",
                "product": "首贷易", "wants_money": True, "drawn_on": on, "drawn": 10 * WAN, "contract": "HT-1",
                "first_marked": True, "relending": True, "subsidised": True, "rewarded": True, "risk_covered": True},
        second: {**told, "decision": "不予授信", "reason": "缺抵质押、担保", "problem": "没有抵押物", "qualified": False},
    }, on)  # fmt: skip
    coaching.coach(ledger, [second], on)
    applying.remove(ledger, made[2:], "提供虚假材料", day=on)
    loan = ledger.find(Query(Loan))[0].id
    _fill(ledger, "loan", loan, {"purpose": "流动资金", "grade": "正常", "form": "新增", "balance": 10 * WAN,
                                 "balance_on": on, "guarantor": guarantor})  # fmt: skip
    visiting.save(ledger, {
        "enterprise": firm, "day": on, "kind": "贷后用途核查", "method": "实地", "result": "正常经营", "loan": loan,
        "use_found": "按用途使用",
    })  # fmt: skip
    met = ledger.find(Query(BY_TABLE["matching"], (Where("referral", "=", first),)))[0].id
    _fill(ledger, "matching", met, {"note": "对接会", "need": 30 * WAN})


def _at(ledger: Ledger, application: str, bank: str) -> str:
    where = (Where("application", "=", application), Where("bank", "=", bank))
    return str(ledger.find(Query(Referral, where))[0].id)


def _difficulties(ledger: Ledger, firm: str, bank: str, person: str) -> None:
    ticket = ticketing.collect(ledger, [{
        "source": "企业", "kind": "抵押登记", "problem": "厂房办不了抵押", "collected_on": DAY, "enterprise": firm,
    }]).done[0]  # fmt: skip

    def then(key: str, days: int, words_: str = "", unit: str = "", **values: Any) -> None:
        doing = Doing(DAY + timedelta(days=days), person, unit, words_, values)
        made = ticketing.carry(ledger, [ticket], [(key, doing)], today=DAY + timedelta(days=40))
        assert made.done, made.refused

    then("judge", 0, weight="一般", proposal="转自然资源局")
    then("hand", 0, lead="县自然资源局", assist="县税务局")
    then("feed", 2, "在办")
    then("watch", 3, "催办")
    then("extend", 5, extended_to=DAY + timedelta(days=20), extended_why="等测绘")
    then("escalate", 6, "市级事权", escalated_to="市专班")
    then("solve", 9, outcome="办好了")
    then("answer", 10, satisfied="满意", satisfied_way="满意")
    ticketing.set_flags(ledger, [ticket], promised=True, lenient=True, green=True, parallel=True)
    then("close", 11)
    fault = rectifying.find(ledger, [{
        "source": "营商环境评价反馈", "bank": bank, "unit": "营业部", "found_on": DAY, "problem": "环节多", "cause": "逐级上报",
        "goal": "减一半", "measure": "合并", "due_on": DAY + timedelta(days=20), "person": "某行长",
    }]).done  # fmt: skip
    for key, words_, values in (
        ("order", "", {}), ("watch", "现场看", {}), ("talk", "约谈", {}), ("mend", "", {"proof": "照片"}),
        ("close", "", {"checked_by": "县金融服务中心"}), ("account", "建议问责", {}),
    ):  # fmt: skip
        made = rectifying.move(ledger, fault, key, day=DAY, words=words_, today=DAY, **values)
        assert made.done, made.refused


def _renew(ledger: Ledger, firm: str, bank: str) -> None:
    loan = _declare(ledger, Loan, set(), enterprise=firm, bank=bank, amount=50 * WAN, grade="正常", form="新增",
                    signed_on=date(2023, 11, 20), due_on=DAY + timedelta(days=16), months=12)[0]  # fmt: skip
    made = renewing.propose(ledger, [loan], today=DAY).done
    renewing.ask(ledger, made, True, DAY)
    renewing.put_on_list(ledger, made, "正面清单", "按时还款")
    ending = Ending("无还本续贷", DAY, new_due_on=date(2025, 11, 20))
    assert renewal_ends.decide(ledger, made, ending).done


def _declare(
    ledger: Ledger, cls: type[Record], fields: Iterable[str], *, count: int = 1,
    known: dict[str, str] | None = None, **more: Any,
) -> list[str]:  # fmt: skip
    needed = {spec.name for spec in field_map(cls).values() if spec.required and not spec.identity}
    rows = []
    for place in range(count):
        row = _samples(cls, {*fields, *needed}, known or {}) | more
        if "name" in field_map(cls):
            row["name"] = f"{cls.LABEL}{place}"
        if cls is Enterprise:
            row["internal_no"] = f"N{place:04d}"
        rows.append(row)
    with ledger.step(f"登记{cls.LABEL}") as step:
        return step.create_many(cls, rows)


def _fill(ledger: Ledger, table: str, record: str, values: dict[str, Any]) -> None:
    with ledger.step("补填") as step:
        step.change(BY_TABLE[table], record, values)


def _samples(cls: type[Record], fields: Iterable[str], known: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in sorted(fields):
        spec = field_map(cls)[name]
        found[name] = known.get(spec.ref) if spec.ref else _sample(spec.kind)
    return found


def _sample(kind: Kind) -> Any:
    """A value that a field of a kind takes, as a person would write it."""
    for text in (*kind.options[:1], "2024-11-04", "是", "12", "2023", "411523", "样例"):
        try:
            value = kind.parse(text, None)
        except ValueError:
            continue
        if value is not None:
            return value
    raise AssertionError(kind)
