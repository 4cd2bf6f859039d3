"""What made-up firms have in their files: people, premises, books, taxes, power, loans, assets, tags.

Firms differ in how much of it is known, as in any real county: some files are nearly full, some
hold a line or two. Loans that were there before go to firms that nobody cultivates, so that the
numbers of the forms stay those of `dealings`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence, Set
from datetime import date, timedelta
from random import Random
from typing import Any

from ledger_desk.model import vocabulary as words
from ledger_desk.model.fields import Record
from ledger_desk.model.money import FEN_PER_WAN
from ledger_desk.model.records import (
    Asset,
    Associate,
    Bank,
    Enterprise,
    Finance,
    Loan,
    Memo,
    Premises,
    Rating,
    Relation,
    Staffing,
    Standing,
    Surety,
    Tagging,
    TaxYear,
    Utility,
)
from ledger_desk.practice import numbers
from ledger_desk.practice.efforts import new_id
from ledger_desk.practice.people import person_name
from ledger_desk.store import blobs
from ledger_desk.store.journal import Step

Rows = dict[type[Record], list[dict[str, Any]]]
ORDER = (
    Tagging, Associate, Relation, Premises, Finance, TaxYear, Staffing, Utility, Standing, Rating,
    Asset, Surety, Loan, Memo,
)  # fmt: skip
MOST_FIRMS = 300  # files filled; more would say nothing new
_WAN, _HUNDRED, _METRE = FEN_PER_WAN, FEN_PER_WAN // 100, 1_000_000
_ASSETS = (
    ("房产", "临街门面", 40, 200), ("厂房", "加工车间", 60, 400), ("机器设备", "炒茶生产线", 8, 60),
    ("交通工具", "货车", 5, 20), ("知识产权", "商标“{shop}”", 2, 30), ("存货", "春茶库存", 10, 80),
    ("应收账款", "应收商超货款", 5, 60), ("仓单", "茶叶仓单", 10, 50), ("林权", "油茶林地", 10, 90),
)  # fmt: skip
_STANDINGS = (
    ("行政处罚", "未按时公示年报，已补报", "已修复", "县市场监督管理局"),
    ("欠税", "上季度增值税迟缴", "已处理", "县税务局"),
    ("征信逾期", "信用卡逾期一期，已结清", "已处理", "征信报告"),
    ("公共信用评价", "公共信用综合评价 B 级", "已处理", "信用中国"),
)
_MEMOS = (
    "春茶上市前资金最紧，二月底再联系。",
    "老板常在外地，先打电话。",
    "想扩建冷库，等土地手续。",
)


class FileMaker:
    """Fills files one after another; the same seed makes the same files."""

    def __init__(self, seed: int, today: date, banks: Sequence[Bank]) -> None:
        """Fill files as they stand on ``today``."""
        self._rng = Random(f"{seed}:files")
        self._today, self._banks = today, list(banks)

    def rows(self, firms: Sequence[Enterprise], borrowed: Set[str]) -> Rows:
        """Make what hangs on firms.

        Args:
            firms: The firms, in a fixed order.
            borrowed: Ids of those whose loans are made elsewhere.
        """
        found: Rows = {cls: [] for cls in ORDER}
        for number, firm in enumerate(firms):
            depth = (0.95, 0.35, 0.6, 0.15, 0.8)[number % 5]
            for cls, row in self._file(firm, depth, firms, borrowed):
                found[cls].append({"id": new_id(self._rng), "enterprise": firm.id, **row})
        return found

    def _file(
        self, firm: Enterprise, depth: float, firms: Sequence[Enterprise], borrowed: Set[str]
    ) -> list[tuple[type[Record], dict[str, Any]]]:
        rng, year = self._rng, self._today.year
        out: list[tuple[type[Record], dict[str, Any]]] = []

        def known() -> bool:
            return rng.random() < depth

        out += self._people(firm, known())
        if known():
            out.append((Premises, self._premises(firm)))
        revenue = firm.revenue or rng.randrange(20, 300) * _WAN
        if known():
            out += [(Finance, self._books(y, revenue)) for y in (year - 2, year - 1)]
        if known():
            for y in (year - 2, year - 1):
                grade = rng.choices(words.TAX_GRADES, (2, 6, 3, 1, 0, 2))[0]
                out.append((TaxYear, {"year": y, "grade": grade, "paid": revenue // 100 // _HUNDRED * _HUNDRED * rng.randrange(1, 4),
                                      "invoiced": revenue // 10 // _HUNDRED * _HUNDRED * rng.randrange(6, 10)}))  # fmt: skip
        if known():
            staff = firm.staff or rng.randrange(1, 12)
            out.append((Staffing, {"day": date(year - 1, 12, 31), "staff": staff,
                                   "insured": max(0, staff - rng.randrange(0, 4))}))  # fmt: skip
        if known():
            used = rng.randrange(200, 9_000)
            for month in range(1, 7):
                kwh = used * rng.randrange(70, 130) // 100
                out.append((Utility, {"kind": "用电", "month": f"{year - 1}-{month + 6:02}",
                                      "used": kwh * _METRE, "fee": kwh * 65}))  # fmt: skip
        if known() and rng.random() < 0.5:
            kind, content, state, authority = rng.choice(_STANDINGS)
            out.append((Standing, {"kind": kind, "day": self._past(900), "content": content,
                                   "state": state, "authority": authority}))  # fmt: skip
        if known():
            out += self._assets(firm)
        if firm.id not in borrowed and rng.random() < 0.45:
            out += self._loans()
        if rng.random() < 0.12:
            out.append((Surety, {"debtor": rng.choice(firms).name, "creditor": "某某农村商业银行",
                                 "amount": rng.randrange(5, 60) * _WAN, "since": self._past(700)}))  # fmt: skip
        out += self._marks(firm, firms, known())
        return out

    def _people(self, firm: Enterprise, shares: bool) -> list[tuple[type[Record], dict[str, Any]]]:
        rng = self._rng
        role = "法定代表人" if firm.kind == "企业" else "经营者"
        whole = rng.choice((1_000_000, 600_000, 700_000)) if firm.kind == "企业" else 1_000_000
        people: list[tuple[type[Record], dict[str, Any]]] = [
            (Associate, {"name": firm.person or person_name(rng), "role": role, "share": whole,
                         "phone": firm.phone, "person_id": firm.person_id})
        ]  # fmt: skip
        if shares and whole < 1_000_000:
            people.append((Associate, {"name": person_name(rng), "role": "股东",
                                       "share": 1_000_000 - whole, "phone": numbers.phone(rng)}))  # fmt: skip
        return people

    def _premises(self, firm: Enterprise) -> dict[str, Any]:
        rng = self._rng
        right = rng.choice(("自有", "自有", "租赁"))
        row = {
            "place": firm.place or "县城",
            "right": right,
            "area": rng.randrange(40, 2_000) * _METRE,
        }
        if right == "租赁":
            row |= {"rent": rng.randrange(1, 12) * _WAN,
                    "leased_until": self._today + timedelta(days=rng.randrange(30, 900))}  # fmt: skip
        return row

    def _books(self, year: int, revenue: int) -> dict[str, Any]:
        rng = self._rng

        def part(of: int, low: int, high: int) -> int:
            """Some per cent of an amount, in hundreds of yuan as people report them."""
            return of * rng.randrange(low, high) // 100 // _HUNDRED * _HUNDRED

        own = part(revenue, 85, 115)
        assets = part(own, 60, 180)
        return {
            "year": year, "revenue": own, "costs": part(own, 60, 82), "profit": part(own, 8, 14),
            "net_profit": part(own, 2, 8), "cash": part(own, 2, 12), "stock": part(own, 5, 25),
            "assets": assets, "debts": part(assets, 15, 70), "source": "企业提供",
        }  # fmt: skip

    def _assets(self, firm: Enterprise) -> list[tuple[type[Record], dict[str, Any]]]:
        rng = self._rng
        out: list[tuple[type[Record], dict[str, Any]]] = []
        shop = (firm.name or "某某")[2:4]
        for kind, name, low, high in rng.sample(_ASSETS, rng.randrange(1, 4)):
            row: dict[str, Any] = {"kind": kind, "name": name.format(shop=shop),
                                   "value": rng.randrange(low, high) * _WAN}  # fmt: skip
            if kind in ("房产", "厂房"):
                row |= {"area": rng.randrange(60, 1_500) * _METRE, "place": firm.place}
            out.append((Asset, row))
        return out

    def _loans(self) -> list[tuple[type[Record], dict[str, Any]]]:
        rng = self._rng
        out: list[tuple[type[Record], dict[str, Any]]] = []
        count = rng.choices((1, 2, 3, 4), (10, 5, 2, 1))[0]
        for bank in rng.sample(self._banks, min(count, len(self._banks))):
            signed = self._past(700)
            amount = rng.choice((10, 20, 30, 50, 80, 100, 200)) * _WAN
            contract = f"练习{rng.randrange(10_000, 99_999)}"
            due = signed + timedelta(days=rng.choice((365, 730, 1_095)))
            balance = amount * rng.randrange(0, 11) // 10
            # Nearly all that fell due was paid back: a county in arrears would teach the wrong thing.
            paid = {"settled_on": due} if due < self._today - timedelta(days=20) else {}
            out.append((Loan, {
                "bank": bank.id, "contract": contract, "signed_on": signed, "due_on": due, "amount": amount,
                "balance": 0 if paid else balance, "balance_on": self._today, **paid,
                "rate": rng.randrange(340, 560) * 100, "security": rng.choice(words.SECURITIES[:5]),
                "purpose": "流动资金", "form": "新增", "rhythm": "按月", "grade": "正常",
            }))  # fmt: skip
        return out

    def _marks(
        self, firm: Enterprise, firms: Sequence[Enterprise], rated: bool
    ) -> list[tuple[type[Record], dict[str, Any]]]:
        rng = self._rng
        out: list[tuple[type[Record], dict[str, Any]]] = []
        for tag in rng.sample(words.TAGS, rng.choices((0, 1, 2), (6, 4, 1))[0]):
            level = rng.choice(words.TAG_LEVELS[1:]) if tag in ("培育库", "专精特新") else None
            out.append((Tagging, {"tag": tag, "level": level, "since": self._past(600)}))
        if rng.random() < 0.2:
            other = rng.choice(firms)
            if other.id != firm.id:
                out.append((Relation, {"kind": rng.choice(words.RELATION_KINDS[:3]), "other": other.id,
                                       "other_name": other.name,
                                       "turnover": rng.randrange(5, 90) * _WAN}))  # fmt: skip
        if rated and self._banks and rng.random() < 0.4:
            final = rng.randrange(5, 80) * _WAN
            out.append((Rating, {"day": self._past(400), "bank": rng.choice(self._banks).id,
                                 "grade": rng.choice(("AA", "A", "BBB")), "final": final}))  # fmt: skip
        if rng.random() < 0.15:
            out.append((Memo, {"day": self._past(200), "text": rng.choice(_MEMOS)}))
        return out

    def _past(self, days: int) -> date:
        return self._today - timedelta(days=self._rng.randrange(1, days))


def sample_paper(step: Step, firm: Enterprise, kind: str, day: date, ident: str) -> dict[str, Any]:
    """Make a sample page and give the attachment that names it; nobody can take it for a real one."""
    from ledger_desk.workbook.booklet import Booklet, Chapter, Words, write

    page = Booklet(
        firm.title, f"{kind}（练习样张）",
        (Chapter("", (Words(f"{firm.title}　{firm.code or ''}"), Words("这是练习账套里的样张，不是真的证照。"))),),
        head="练习", bound=False,
    )  # fmt: skip
    out = io.BytesIO()
    write([page], out, title=kind)
    data = out.getvalue()
    return {
        "id": ident, "enterprise": firm.id, "kind": kind, "name": f"{kind}（样张）.pdf", "day": day,
        "size": len(data), "media": "application/pdf", "hash": blobs.keep(step, data),
    }  # fmt: skip
