"""Other firms that look like one: namesakes, branches, the owner's other business."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.exchange.duplicates import words
from tests.exchange.duplicates.disguises import _FORMS, _HEAD

if TYPE_CHECKING:
    from tests.exchange.duplicates.planting import County, Row


def other_code(county: County, row: Row) -> Row | None:
    """The very same name with another valid code."""
    row["code"] = row.get("code") or county.code(row["kind"])
    made = _other_people(county, row)
    if county.chance.random() < 0.3 and "person" in row:
        made["person"] = row["person"]
    return made | {"name": row["name"], "kind": row["kind"], "code": county.code(row["kind"])}


def other_county(county: County, row: Row) -> Row | None:
    """The same name with another county in front."""
    found = _HEAD.match(row["name"])
    if found is None or "新县" not in found[0]:
        return None
    head = county.chance.choice(words.COUNTIES)
    made = _other_people(county, row) | {
        "name": head + row["name"][found.end() :],
        "kind": row["kind"],
    }
    made["address"] = f"{head}{county.chance.choice(words.STREETS)}{county.chance.randrange(400)}号"
    if county.chance.random() < 0.6:
        made["code"] = county.code(row["kind"], "411522")
    return made


def chain(county: County, row: Row) -> Row | None:
    """Another house of a chain: same owner, often the same telephone."""
    name, chance = row["name"], county.chance
    if _FORMS.search(name) and row["kind"] != "企业":
        return None
    one, other = chance.choice(
        (("一分店", "二分店"), ("第一分店", "第二分店"), ("人民路店", "解放路店"), ("东店", "西店"), ("第三药店", "第五药店"),
         ("1号店", "2号店"), ("新集分公司", "沙窝分公司"), ("", "二店"), ("", "八里畈分店"), ("老店", "新店"))
    )  # fmt: skip
    row["name"] = name + one
    made = _same_owner(county, row) | {"name": name + other, "kind": row["kind"]}
    made["address"] = county.address()[0]
    return made


def other_business(county: County, row: Row) -> Row | None:
    """The owner's other business, often under the same sign."""
    if "person" not in row:
        return None
    chance = county.chance
    head = _HEAD.match(row["name"])
    rest = row["name"][head.end() if head else 0 :]
    sign = rest[:2] if chance.random() < 0.5 else county.sign(row["person"])
    trade = chance.choice([t for t in words.TRADES if t[:1] not in rest and t[-1:] not in rest])
    form = chance.choice(("有限公司", "有限责任公司"))
    made = _same_owner(county, row) | {"name": f"新县{sign}{trade}{form}", "kind": "企业"}
    if chance.random() < 0.4 and "address" in row:
        made["address"] = row["address"]
    return made


def other_village(county: County, row: Row) -> Row | None:
    """The same shop sign in another village, with another owner; stalls without codes, too."""
    if row["kind"] != "个体工商户":
        return None
    if county.chance.random() < 0.5:
        row.pop("code", None)
    row.setdefault("person", county.person())
    made = _other_people(county, row) | {"name": row["name"], "kind": row["kind"]}
    made.setdefault("person", county.person())
    return made


def neighbour(county: County, row: Row) -> Row | None:
    """A firm of one more character or another in the sign, under the same roof; seldom with a code."""
    head, name = _HEAD.match(row["name"]), row["name"]
    at = (head.end() if head else 0) + county.chance.randrange(2)
    if len(name) - at < 5:
        return None
    made = _other_people(county, row)
    made["name"] = (
        name[:at] + county.chance.choice([c for c in words.SIGNS if c != name[at]]) + name[at + 1 :]
    )
    made.setdefault("person", county.person())
    row.setdefault("person", county.person())
    if "address" in row:
        made["address"] = row["address"]
    if county.chance.random() < 0.3:
        made["code"] = county.code(row["kind"])
    return made | {"kind": row["kind"]}


def _other_people(county: County, row: Row) -> Row:
    made = county.firm()
    for name in ("code", "regno", "name", "kind"):
        made.pop(name, None)
    return made


def _same_owner(county: County, row: Row) -> Row:
    made = _other_people(county, row)
    if "person" in row:
        made["person"] = row["person"]
    if "phone" in row and county.chance.random() < 0.6:
        made["phone"] = row["phone"]
    if county.chance.random() < 0.6:
        made["code"] = county.code("企业")
    return made


KINDS: dict[str, Callable[[County, Row], Row | None]] = {
    "other code": other_code, "other county": other_county, "chain": chain,
    "other business": other_business, "other village": other_village, "neighbour": neighbour,
}  # fmt: skip


def namesake(county: County, row: Row) -> tuple[Row, str]:
    """Make another firm that looks like the given one."""
    while True:
        why = county.chance.choice(list(KINDS))
        made = KINDS[why](county, row)
        if made is not None:
            return made, why
