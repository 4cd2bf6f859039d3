"""Offices, banks and people of the practice ledger."""

from __future__ import annotations

from random import Random
from typing import Any

from ledger_desk.practice import numbers
from ledger_desk.practice.people import person_name
from ledger_desk.practice.places import COUNTY, COUNTY_NAME, townships

OFFICE: dict[str, Any] = {
    "name": "新县专班", "short": "县专班", "level": "县级", "division": COUNTY,
}  # fmt: skip
PBOC: dict[str, Any] = {
    "name": "人行新县支行", "short": "人行", "level": "人民银行", "division": COUNTY,
}  # fmt: skip
STATE, JOINT, CITY, RURAL, VILLAGE, POLICY, OTHER = (
    "国有商业银行", "股份制商业银行", "城市商业银行", "农信系统", "村镇银行", "政策性银行", "其他",
)  # fmt: skip

# (name, short, type, weight in matchings). Branches of kinds that every county has; the smaller
# banks are made up.
BANKS = (
    ("工行新县支行", "工行", STATE, 8),
    ("农行新县支行", "农行", STATE, 10),
    ("中行新县支行", "中行", STATE, 6),
    ("建行新县支行", "建行", STATE, 8),
    ("交行新县支行", "交行", STATE, 3),
    ("邮储银行新县支行", "邮储银行", STATE, 9),
    ("农发行新县支行", "农发行", POLICY, 2),
    ("汉淮银行新县支行", "汉淮银行", JOINT, 3),
    ("中豫恒通银行新县支行", "恒通银行", JOINT, 2),
    ("华原银行新县支行", "华原银行", JOINT, 2),
    ("大别山银行新县支行", "大别山银行", CITY, 6),
    ("豫南银行新县支行", "豫南银行", CITY, 4),
    ("淮源银行新县支行", "淮源银行", CITY, 3),
    ("新县农商银行", "农商银行", RURAL, 14),
    ("新县农商银行城关支行", "农商银行城关", RURAL, 7),
    ("新县农商银行沙窝支行", "农商银行沙窝", RURAL, 5),
    ("新县映山红村镇银行", "映山红村镇银行", VILLAGE, 5),
    ("新县栗香村镇银行", "栗香村镇银行", VILLAGE, 3),
    ("信阳茶乡小额贷款公司", "茶乡小贷", OTHER, 1),
    ("豫鄂皖惠农互联网银行", "惠农网银", OTHER, 1),
)
_STAFF, _TOTAL = 5, 200


def office_rows(rng: Random) -> list[dict[str, Any]]:
    """Make the other offices: the central bank's branch, then one for each of the 16 townships."""
    rows: list[dict[str, Any]] = [{"id": numbers.record_id(rng, 0, _TOTAL), **PBOC}]
    for place, town in enumerate(townships(), start=1):
        rows.append(
            {
                "id": numbers.record_id(rng, place, _TOTAL),
                "name": f"{COUNTY_NAME}{town.name}融资服务专班",
                "short": town.stem,
                "level": "乡镇",
                "division": town.code,
                "contact": person_name(rng),
            }
        )
    return rows


def bank_rows(rng: Random) -> list[dict[str, Any]]:
    """Make the banks with their contacts."""
    return [
        {
            "id": numbers.record_id(rng, place, _TOTAL), "name": name, "short": short, "type": kind,
            "contact": person_name(rng), "phone": numbers.phone(rng),
        }
        for place, (name, short, kind, _) in enumerate(BANKS)
    ]  # fmt: skip


def person_rows(
    rng: Random, office: str, offices: list[dict[str, Any]], banks: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Make people: five of the task force, one of each bank, one of each other office."""
    wanted: list[dict[str, Any]] = [{"office": office, "role": "专班人员"} for _ in range(_STAFF)]
    wanted += [
        {"bank": bank["id"], "role": "银行客户经理", "name": bank["contact"]} for bank in banks
    ]
    wanted += [{"office": other["id"], "role": "乡镇干部"} for other in offices[1:]]
    wanted += [{"office": offices[0]["id"], "role": "专班人员"}]
    return [
        {"id": numbers.record_id(rng, place, _TOTAL), "name": person_name(rng),
         "phone": numbers.phone(rng), **row}
        for place, row in enumerate(wanted)
    ]  # fmt: skip
