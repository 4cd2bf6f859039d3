"""Scenes beside the lists: products, teams, parks, loans falling due, guarantees, activities, quotas."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ledger_desk.model import work_words as words
from ledger_desk.model.money import FEN_PER_WAN, MILLIONTHS_PER_PERCENT
from ledger_desk.model.records import (
    Activity,
    Attendance,
    Guarantee,
    Guarantor,
    Loan,
    Office,
    Park,
    Product,
    Renewal,
    Target,
    TaxYear,
    Team,
    Tenancy,
)
from ledger_desk.practice import season_texts as texts
from ledger_desk.practice.people import person_name
from ledger_desk.practice.season_cast import Cast
from ledger_desk.store.queries import Where
from ledger_desk.work import activities, parks, quotas, renewal_ends, renewing
from ledger_desk.work.activities import Contact
from ledger_desk.work.renewal_ends import Ending

_PER = MILLIONTHS_PER_PERCENT
_WAYS = (
    "无还本续贷", "无还本续贷", "展期", "无还本续贷", "还后再贷", "调整还款安排", "正常收回", "未续贷",
)  # fmt: skip


def furnish(cast: Cast) -> None:
    """Guarantors, products, teams, parks with firms in them, loans that will fall due, quotas."""
    rng, start = cast.rng, cast.start
    cast.enter("登记担保机构 3 家", Guarantor, [
        {"name": "县金源融资担保有限公司", "kind": "政府性担保机构", "contact": person_name(rng)},
        {"name": "市中小企业融资担保公司", "kind": "政府性担保机构", "contact": person_name(rng)},
        {"name": "惠民商业担保公司", "kind": "商业担保机构"},
    ])  # fmt: skip
    cast.enter("登记信贷产品", Product, [
        {"bank": bank.id, "name": f"{bank.short or ''}{name}", "first_loan": first, "audience": audience,
         "most": most * FEN_PER_WAN, "months": months, "security": security, "rate": 4 * _PER,
         "online": place % 2 == 0, "launched_on": start}
        for place, bank in enumerate(cast.banks)
        for name, first, audience, most, months, security in [texts.PRODUCTS[place % len(texts.PRODUCTS)]]
    ])  # fmt: skip
    cast.enter("登记服务团队", Team, [
        {"bank": bank.id, "kind": words.TEAM_KINDS[(0, 3, 4)[place % 3]], "name": f"{bank.short or ''}首贷服务队",
         "leader": person_name(rng), "members": "、".join(person_name(rng) for _ in range(3)), "since": start}
        for place, bank in enumerate(cast.banks)
    ])  # fmt: skip
    _parks(cast)
    _loans(cast)
    quotas.lay_down(
        cast.ledger, quotas.usual(cast.ledger.office), date(cast.today.year, 1, 1), date(cast.today.year, 12, 31)
    )  # fmt: skip
    towns = sorted({town for pair in cast.pairs for town in pair.townships})
    cast.enter("布置各乡镇走访任务", Target, [
        {"indicator": "走访户数", "township": town, "scope": "每家", "since": start, "until": cast.today,
         "value": max(1, len(cast.firms) // max(1, len(towns))), "unit": "户", "reading": "一户只算一次",
         "clause": "信发改财金〔2024〕329号 四"}
        for town in towns
    ])  # fmt: skip


def _parks(cast: Cast) -> None:
    rng, count = cast.rng, cast.size.parks
    rows = []
    for place, (name, stars, pilot) in enumerate(texts.PARKS[:count]):
        row: dict[str, Any] = {
            "name": name, "stars": stars, "pilot": pilot, "stars_on": cast.start, "operator": f"{name}管理公司",
            "contact": person_name(rng), "area": (place + 1) * 8_000 * 1_000_000,
            "township": cast.firms[place * 3 % len(cast.firms)].township,
        }  # fmt: skip
        if place % 2 == 0:
            row |= {"bank": cast.banks[place % len(cast.banks)].id, "agreed_on": cast.start + timedelta(days=20),
                    "risk_fund": 200 * FEN_PER_WAN, "insured": True, "insurer": "某某财产保险新县支公司"}  # fmt: skip
        rows.append(row)
    made = cast.enter(f"登记小微企业园 {len(rows)} 个", Park, rows)
    trading = [firm.id for firm in cast.firms if firm.status == "存续"]
    inside = rng.sample(trading, min(cast.size.tenants, len(trading)))
    for place, park in enumerate(made):
        some = inside[place :: len(made)]
        if some:
            parks.add_firms(cast.ledger, park, some, since=cast.start - timedelta(days=200))
    gone = sorted(each.id for each in cast.find(Tenancy))[:2]
    parks.leave(cast.ledger, gone, cast.start + timedelta(days=60))
    parks.put_on_file(cast.ledger, made[:-1], cast.start + timedelta(days=30))


def _loans(cast: Cast) -> None:
    """Loans that were there before, of firms that borrow: due all through the season and just after."""
    rng = cast.rng
    firms = [f.id for f in cast.firms if f.id not in cast.may_borrow and f.status == "存续"]
    if not firms:
        return
    span = (cast.today - cast.start).days + 50
    rows = []
    for place in range(cast.size.loans):
        due = cast.start + timedelta(days=20 + span * place // cast.size.loans)
        if place == cast.size.loans - 5:
            due = cast.today  # one falls due this very day
        rows.append({
            "enterprise": firms[place % len(firms)], "bank": rng.choice(cast.banks).id,
            "contract": f"练习流借字第{place + 1:04d}号", "signed_on": due - timedelta(days=365), "due_on": due,
            "amount": rng.choice((20, 30, 50, 100, 200)) * FEN_PER_WAN, "rate": rng.randrange(76, 110) * _PER // 20,
            "months": 12, "security": rng.choice(("保证", "抵押", "信用")), "purpose": "流动资金", "form": "新增",
            "grade": "次级" if place % 9 == 5 else "正常", "renewal_wanted": place % 3 != 2,
        })  # fmt: skip
    cast.enter(f"登记存量贷款 {len(rows)} 笔", Loan, rows)


def renew(cast: Cast, day: date) -> None:
    """Propose what falls due, ask the firms, put on lists, and write down what became of it."""
    ledger, rng = cast.ledger, cast.rng
    loans = [
        loan.id for loan in cast.find(Loan, Where("contract", "starts", "练习流借字"))
        if loan.due_on is not None and loan.due_on <= day + timedelta(days=30)
        and loan.settled_on is None and loan.form == "新增"
    ]  # fmt: skip
    known = {each.loan for each in cast.find(Renewal)}
    fresh = sorted(loan for loan in loans if loan not in known)
    if fresh:
        renewing.propose(ledger, fresh, today=day)
    live = sorted(
        cast.find(Renewal, Where("way", "blank")), key=lambda one: (str(one.due_on), one.id)
    )
    new = [each.id for each in live if each.loan in set(fresh)]
    if new[:-1]:
        renewing.ask(ledger, new[:-1], True, day)
    if new[2:3]:
        renewing.ask(ledger, new[2:3], False, day, why_not="企业无需求")
    if new[:1]:
        renewing.put_on_list(ledger, new[:1], "正面清单", "连续两年按时还款")
    if new[3:4]:
        renewing.put_on_list(ledger, new[3:4], "负面清单", "挪用贷款")
    ended = len(cast.find(Renewal, Where("way", "notblank")))
    for each in live:
        if each.due_on is None or each.due_on > day + timedelta(days=4) or rng.random() < 0.12:
            continue
        way = _WAYS[ended % len(_WAYS)]
        on = min(day, each.due_on)
        if way == "还后再贷" or (way == "正常收回" and each.due_on < day):
            on = day
        ending = Ending(
            way, on, rate=4 * _PER if way != "正常收回" else None,
            new_due_on=each.due_on + timedelta(days=365) if way not in ("正常收回", "未续贷") else None,
            why_not="不符合续贷条件" if way == "未续贷" else "",
            contract=f"练习续借字第{ended + 1:04d}号" if way in ("无还本续贷", "还后再贷") else "",
        )  # fmt: skip
        made = renewal_ends.decide(ledger, [each.id], ending)
        ended += 1
        if made.refused:  # on the negative list, or gone bad: put off instead
            renewal_ends.decide(ledger, [each.id], Ending(
                "展期", day, new_due_on=max(day, each.due_on) + timedelta(days=180)))  # fmt: skip


def take_back(cast: Cast) -> None:
    """One ending was written down by mistake and is taken back."""
    renewed = sorted(each.id for each in cast.find(Renewal, Where("way", "=", "无还本续贷")))
    if renewed:
        renewal_ends.take_back(cast.ledger, renewed[-1:])


def guarantee(cast: Cast) -> None:
    """Guarantees behind loans secured by a guarantor; one of them dear, one large, one shared wrongly."""
    houses = sorted(each.id for each in cast.find(Guarantor))
    loans = sorted(cast.find(Loan, Where("security", "=", "担保公司担保")), key=lambda one: one.id)
    rows: list[dict[str, Any]] = []
    for place, loan in enumerate(loans[:40]):
        since = loan.signed_on or cast.today
        rows.append({
            "enterprise": loan.enterprise, "guarantor": houses[place % len(houses)], "bank": loan.bank,
            "loan": loan.id, "amount": loan.amount or 30 * FEN_PER_WAN, "balance": loan.amount or 30 * FEN_PER_WAN,
            "fee": (15 if place % 7 == 3 else 8) * _PER // 10, "since": since, "until": since + timedelta(days=365),
            "share_guarantor": 40 * _PER, "share_bank": 20 * _PER, "share_higher": 40 * _PER,
            "small_rural": place % 6 != 5, "no_loan_before": place % 3 == 0,
        })  # fmt: skip
    if rows:
        rows[-1]["share_bank"] = 30 * _PER
        rows[0]["released_on"] = min(cast.today, rows[0]["since"] + timedelta(days=40))
    cast.enter(f"登记担保业务 {len(rows)} 笔", Guarantee, rows)


def meet(cast: Cast, first: date, last: date) -> None:
    """What offices and banks did in a span: talks, fairs, reception days, reports, each with its kind."""
    rng, own = cast.rng, cast.ledger.office.id
    offices = sorted(each.id for each in cast.find(Office))
    done = len(cast.find(Activity))
    rows = []
    for place, kind in enumerate(words.ACTIVITY_KINDS):
        if kind in ("行长接待日", "专题信息") or (place + done) % 2:
            continue
        rows.append(_activity(cast, kind, cast.day(first, last), own))
    for office in offices[: 6 if last < cast.today else 4]:
        row = _activity(cast, "专题信息", cast.day(first, last), office)
        rows.append(row | {"due_on": row["day"] + timedelta(days=10)})
    week = first
    while week <= last:
        for place, bank in enumerate(cast.banks[:8]):
            if (place + week.toordinal() // 7) % 5:
                row = _activity(
                    cast, "行长接待日", cast.day(week, min(last, week + timedelta(days=6))), own
                )
                rows.append(
                    row
                    | {
                        "bank": bank.id,
                        "host": person_name(rng),
                        "name": f"{bank.short or ''}行长接待日",
                    }
                )
        week += timedelta(days=7)
    made = cast.enter(f"登记活动信息 {len(rows)} 次", Activity, rows)
    fairs = [each for each, row in zip(made, rows, strict=True) if row["kind"] in activities.FAIRS]
    some = sorted(cast.may_borrow)
    for each in (*fairs, made[-1]):
        firms = rng.sample(some, min(6, len(some)))
        activities.attend(cast.ledger, each, firms)
    for each in fairs[:1]:
        there = sorted(one.id for one in cast.find(Attendance, Where("activity", "=", each)))
        day = next(row["day"] for at, row in zip(made, rows, strict=True) if at == each)
        activities.match_attendances(
            cast.ledger, there[:2], Contact(cast.some_banks(1)[0], own, day, "对接会")
        )  # fmt: skip
    reports = [each for each, row in zip(made, rows, strict=True) if row["kind"] == "专题信息"]
    if reports:
        activities.send(cast.ledger, reports[:-1], last, "市工作专班")


def serve_rated(cast: Cast, day: date) -> None:
    """A bank calls firms rated A, B or M by the tax office (银税互动)."""
    years = [
        each.id for each in sorted(cast.find(TaxYear, Where("grade", "in", ("A", "B", "M"))), key=lambda o: o.id)
        if each.enterprise in cast.may_borrow
    ]  # fmt: skip
    if years:
        contact = Contact(cast.some_banks(1)[0], cast.ledger.office.id, day)
        activities.match_tax_rated(cast.ledger, years[:3], contact)


def _activity(cast: Cast, kind: str, day: date, office: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": f"{day:%-m月}{kind}", "kind": kind, "day": day, "office": office, "people": cast.rng.randrange(5, 60),
        "place": "县政务服务大厅", "content": "讲首贷产品和申请条件，现场答问", "channel": "现场",
        "township": cast.rng.choice(cast.firms).township,
    }  # fmt: skip
    if kind in activities.FAIRS:
        row |= {"signed": 2, "signed_amount": 80 * FEN_PER_WAN, "firms": 6}
    if kind == "佐证材料":
        row |= {
            "indicator": "获得信贷",
            "period": f"{day:%Y-%m}",
            "sent_on": day,
            "sent_to": "县金融服务中心",
        }
    return row
