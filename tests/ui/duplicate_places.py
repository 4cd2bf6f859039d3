"""Firms that look like one, planted into a small ledger for tests of the tab 查重."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger_desk.model.records import Bank, Cultivation, Enterprise, Matching
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.ui.places import SHAWO, XINJI, credit_code

Row = dict[str, Any]

# A pair that may be merged unseen: same name and owner, the second without code but with telephone.
TEA: tuple[Row, Row] = (
    {
        "name": "新县鸿运茶业有限公司", "code": credit_code(801, "91"), "kind": "企业", "person": "付长青",
        "phone": "13803970001", "township": XINJI, "capital": 300_000_000, "staff": 12,
        "place": "新集镇京九大道 128 号",
    },
    {
        "name": "新县鸿运茶业有限责任公司", "kind": "企业", "person": "付长青", "phone": "13803970001",
        "staff": 15, "place": "新集镇京九大道 128 号院内", "main_business": "信阳毛尖加工、零售",
    },
)  # fmt: skip
# Another such pair.
BEAN: tuple[Row, Row] = (
    {
        "name": "新县沙窝王记豆腐坊", "code": credit_code(802), "kind": "个体工商户", "person": "王守义",
        "phone": "15037600002", "township": SHAWO,
    },
    {
        "name": "新县沙窝王记豆腐坊", "kind": "个体工商户", "person": "王守义", "phone": "15037600002",
        "staff": 3,
    },
)  # fmt: skip
# One wrong character and another telephone: likely.
MILL: tuple[Row, Row] = (
    {
        "name": "新县千斤竹木加工厂", "code": credit_code(803), "kind": "个体工商户", "person": "张建国",
        "phone": "13939700003", "place": "千斤乡街道 5 号", "staff": 6, "capital": 20_000_000,
    },
    {
        "name": "新县千金竹木加工厂", "kind": "个体工商户", "person": "张建国", "phone": "13939710003",
        "place": "千斤乡街道 5 号", "staff": 8,
    },
)  # fmt: skip
# Three of one firm.
FARM: tuple[Row, Row, Row] = (
    {
        "name": "新县绿源油茶种植专业合作社", "code": credit_code(804, "93"), "kind": "农民专业合作社",
        "person": "李红英", "phone": "13703760004",
    },
    {
        "name": "绿源油茶种植专业合作社", "kind": "农民专业合作社", "person": "李红英",
        "phone": "13703760004", "staff": 20,
    },
    {
        "name": "新县绿源油茶种植合作社", "kind": "农民专业合作社", "person": "李红英",
        "phone": "13703760004", "staff": 22,
    },
)  # fmt: skip


def put(ledger: Ledger, *rows: Row, step: str = "登记", kind: str = "edit") -> list[str]:
    """Put firms in as one step; give their ids, which grow in the order of the rows."""
    first = ledger.count(Query(Enterprise)) + 1
    with ledger.step(step, kind=kind) as made:
        return [
            made.create(Enterprise(id=f"{first + n:032x}", **row)) for n, row in enumerate(rows)
        ]


def hang(ledger: Ledger, firm: str, matchings: int = 1) -> list[str]:
    """Hang matchings and a cultivation on a firm; give the ids of the matchings."""
    with ledger.step("登记对接") as step:
        bank = step.create(Bank(name="新县农村商业银行", short="农商行"))
        step.create(Cultivation(enterprise=firm))
        return [
            step.create(
                Matching(
                    office=ledger.office.id, enterprise=firm, bank=bank, day=date(2024, 11, 1 + n)
                )
            )
            for n in range(matchings)
        ]


def plant(ledger: Ledger) -> dict[str, list[str]]:
    """Plant all of them; the second firm of each has something hanging on it."""
    made: dict[str, list[str]] = {}
    for name, rows in (("tea", TEA), ("bean", BEAN), ("mill", MILL), ("farm", FARM)):
        made[name] = put(ledger, rows[0], step="登记 甲")
        made[name] += put(ledger, *rows[1:], step="装入 乡里报来.csv：新增 1", kind="import")
        hang(ledger, made[name][1], 2 if name == "mill" else 1)
    return made
