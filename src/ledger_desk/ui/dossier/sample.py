"""An invented firm with a full file, for pictures and tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from ledger_desk.model.fields import Record
from ledger_desk.model.records import (
    Asset,
    Associate,
    Bank,
    Drawdown,
    Enterprise,
    Finance,
    Loan,
    Memo,
    Premises,
    Rating,
    Relation,
    Repayment,
    Staffing,
    Standing,
    Surety,
    Tagging,
    TaxYear,
    Utility,
)
from ledger_desk.store.ledger import Ledger

_WAN = 1_000_000  # fen in 万元


def fill_file(ledger: Ledger, firm: str) -> None:
    """Hang a full file on a firm as one step; a neighbour becomes its supplier where there is one."""
    banks = ledger.find(_query(Bank), 2)
    others = [each for each in ledger.find(_query(Enterprise), 3) if each.id != firm]
    with ledger.step("登记一企一档") as step:
        ids = [bank.id for bank in banks]
        while len(ids) < 2:
            number = len(ids)
            name = ("新县农村商业银行", "中国农业银行股份有限公司新县支行")[number]
            kind = ("农信系统", "国有商业银行")[number]
            ids.append(step.create(Bank(name=name, short=("农商行", "农行")[number], type=kind)))
        for cls, values in _rows(ids, others):
            step.create(cls(**{"enterprise": firm, **values}))
        loan = step.create(Loan(
            enterprise=firm, bank=ids[0], contract="XN2023-0117", amount=200 * _WAN, balance=150 * _WAN,
            balance_on=date(2024, 10, 31), signed_on=date(2023, 11, 20), due_on=date(2024, 11, 19), rate=43_500,
            security="抵押", purpose="流动资金", form="新增", rhythm="按季", grade="正常",
        ))  # fmt: skip
        step.create(Drawdown(loan=loan, day=date(2023, 11, 21), amount=200 * _WAN))
        step.create(Repayment(loan=loan, day=date(2024, 5, 21), amount=20 * _WAN))
        step.create(Repayment(loan=loan, day=date(2024, 8, 21), amount=20 * _WAN))


def _query(cls: Any) -> Any:
    from ledger_desk.store.queries import Query

    return Query(cls)


def _rows(banks: list[str], others: list[Enterprise]) -> list[tuple[type[Record], dict[str, Any]]]:
    supplier = others[0] if others else None
    return [
        (Tagging, {"tag": "科创型", "level": "省级", "since": date(2023, 6, 1), "source": "省科技厅"}),
        (Tagging, {"tag": "吸纳就业", "since": date(2024, 3, 1)}),
        (Tagging, {"tag": "培育库", "level": "县级"}),
        (Tagging, {"tag": "供应链"}),
        (Associate, {"name": "周慎行", "role": "法定代表人", "sex": "男", "age": 46, "phone": "13803972261",
                     "share": 600_000, "paid_in": 60 * _WAN, "marriage": "已婚"}),
        (Associate, {"name": "付长青", "role": "配偶", "sex": "女", "phone": "13803971107", "share": 400_000}),
        (Associate, {"name": "吕文昭"}),
        (Relation, {"kind": "供应商", "other": supplier.id if supplier else None,
                    "other_name": supplier.title if supplier else "大别山茶园", "turnover": 80 * _WAN}),
        (Premises, {"place": "新集镇将军路 118 号茶叶市场 6 栋", "right": "租赁", "area": 320_000_000,
                    "rent": 6 * _WAN, "leased_until": date(2026, 12, 31), "mortgaged": False}),
        (Finance, {"year": 2022, "revenue": 412 * _WAN, "costs": 310 * _WAN, "net_profit": 31 * _WAN,
                   "assets": 520 * _WAN, "debts": 230 * _WAN, "stock": 90 * _WAN, "cash": 22 * _WAN,
                   "receivables": 47 * _WAN}),
        (Finance, {"year": 2023, "revenue": 486 * _WAN, "costs": 352 * _WAN, "net_profit": 44 * _WAN,
                   "assets": 610 * _WAN, "debts": 255 * _WAN, "stock": 104 * _WAN, "cash": 35 * _WAN,
                   "receivables": 62 * _WAN}),
        (TaxYear, {"year": 2023, "grade": "B", "paid": 12 * _WAN, "invoiced": 470 * _WAN}),
        (Staffing, {"day": date(2024, 10, 31), "staff": 18, "insured": 11}),
        (Utility, {"kind": "用电", "month": "2024-09", "used": 8_420_000_000, "fee": 620_000}),
        (Standing, {"kind": "征信逾期", "day": date(2023, 2, 9), "content": "信用卡逾期 1 次，已结清", "state": "已修复"}),
        (Rating, {"day": date(2024, 6, 18), "bank": banks[0], "grade": "AA", "final": 300 * _WAN}),
        (Loan, {"bank": banks[1], "amount": 50 * _WAN, "balance": 50 * _WAN, "balance_on": date(2024, 10, 31),
                "signed_on": date(2024, 3, 5), "due_on": date(2025, 3, 4), "rate": 39_500, "security": "信用"}),
        (Asset, {"kind": "厂房", "name": "茶叶加工厂房", "place": "新集镇将军路", "owner": "周慎行",
                 "certificate": "豫(2024)新县不动产权第0031号", "area": 860_000_000, "value": 260 * _WAN,
                 "valued_on": date(2024, 5, 10), "pledged": True, "pledged_to": banks[0]}),
        (Asset, {"kind": "存货", "name": "信阳毛尖 2024 春茶", "value": 90 * _WAN}),
        (Surety, {"debtor": "沙窝绿源油茶厂", "amount": 30 * _WAN, "until": date(2025, 6, 30)}),
        (Memo, {"day": date(2024, 11, 6), "text": "厂房证 11 月中旬可取，可先办土地抵押。"}),
    ]  # fmt: skip
