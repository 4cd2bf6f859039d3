"""A made-up county with near-duplicates and namesakes planted in it, and the truth about both.

It imports nothing of the search for duplicates, nor of its keys: what a near-duplicate is, is said
here in terms of what clerks, banks and townships do to a name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from ledger_desk.model.identifiers import (
    body_check_character,
    credit_check_character,
    registration_check_digit,
)
from tests.exchange.duplicates import words

Row = dict[str, Any]
COMPANY, STALL, COOPERATIVE, FARM = "企业", "个体工商户", "农民专业合作社", "家庭农场"
_PREFIX = {COMPANY: "91", STALL: "92", COOPERATIVE: "93", FARM: "92"}
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@dataclass
class Planted:
    """Rows to be put into a ledger, and which pairs of them are what; pairs are sorted ids."""

    rows: list[Row] = field(default_factory=list)
    alike: dict[tuple[str, str], str] = field(default_factory=dict)
    namesakes: dict[tuple[str, str], str] = field(default_factory=dict)


class County:
    """Makes the firms of one county, one after another."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self._number = 0
        self._taken: set[str] = set()
        # Agents who register firms for others give their own telephone.
        self._agents = [self.phone() for _ in range(30)]

    # -- parts -----------------------------------------------------------------------------------

    def identity(self) -> str:
        return f"{self.chance.getrandbits(128):032x}"

    def code(self, kind: str, county: str = "411523") -> str:
        self._number += 1
        body = f"MA{self._number:06d}"
        first = f"{_PREFIX[kind]}{county}{body}{body_check_character(body)}"
        return first + credit_check_character(first)

    def regno(self) -> str:
        self._number += 1
        first = f"411523{self._number:08d}"
        return first + registration_check_digit(first)

    def often(self, texts: str | tuple[str, ...]) -> str:
        """Choose one, the earlier ones far more often: as surnames and lucky signs are."""
        return texts[int(len(texts) * self.chance.random() ** 2)]

    def person(self) -> str:
        given = self.chance.choices((1, 2), (25, 75))[0]
        return self.often(words.SURNAMES) + "".join(self.often(words.GIVEN) for _ in range(given))

    def phone(self) -> str:
        head = self.chance.choice(("138", "139", "150", "152", "158", "186", "187", "199"))
        return f"{head}{self.chance.randrange(10**8):08d}"

    def address(self) -> tuple[str, str]:
        """An address and its township; a few buildings hold many firms."""
        town = self.often(words.TOWNS)
        if self.chance.random() < 0.06:
            return f"河南省信阳市新县新集镇电商产业园{self.chance.randrange(1, 9)}号楼", "新集镇"
        if town.endswith("镇") and self.chance.random() < 0.6:
            street = self.chance.choice(words.STREETS)
            return f"河南省信阳市新县{town}{street}{self.chance.randrange(1, 400)}号", town
        village = self.chance.choice(words.VILLAGES)
        return (
            f"河南省信阳市新县{town}{village}村{self.chance.randrange(1, 20)}组{self.chance.randrange(1, 60)}号",
            town,
        )

    def sign(self, person: str) -> str:
        draw = self.chance.random()
        if draw < 0.72:
            return self.often(words.SIGNS) + self.chance.choice(words.SIGNS)
        if draw < 0.82:
            return "".join(self.chance.choice(words.SIGNS) for _ in range(3))
        if draw < 0.9:
            return person[0] + self.chance.choice(("记", "家", "氏", "老大", "嫂", "师傅"))
        return person[1:] if len(person) > 2 else person

    # -- firms -----------------------------------------------------------------------------------

    def firm(self) -> Row:
        chance = self.chance
        kind = chance.choices((COMPANY, STALL, COOPERATIVE, FARM), (40, 45, 12, 3))[0]
        person = self.person()
        name = self._name(kind, person)
        address, _ = self.address()
        row: Row = {"id": self.identity(), "name": name, "kind": kind, "person": person,
                    "address": address, "phone": self.phone(), "capital": chance.randrange(1, 900) * 1_000_000,
                    "founded": f"{chance.randrange(1998, 2025)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"}  # fmt: skip
        if chance.random() < 0.015:
            row["phone"] = chance.choice(self._agents)
        draw = chance.random()
        if draw < 0.7:
            row["code"] = self.code(kind)
        elif draw < 0.82:
            row["regno"] = self.regno()
        for gap, share in (("person", 0.03), ("phone", 0.15), ("address", 0.08), ("founded", 0.1)):
            if chance.random() < share:
                del row[gap]
        return row

    def _name(self, kind: str, person: str) -> str:
        """A name; a registry gives that of a company or cooperative only once."""
        for _ in range(100):
            sign = self.sign(person)
            if kind == COMPANY:
                form = self.chance.choices(
                    ("有限公司", "有限责任公司", "股份有限公司"), (85, 13, 2)
                )[0]
                head = self.chance.choice(words.OWN)
                trade = self.chance.choice(words.TRADES)
                if self.chance.random() < 0.08:
                    name, once = f"{sign}（新县）{trade}{form}", f"{sign}{trade}"
                else:
                    name, once = f"{head}{sign}{trade}{form}", f"{sign}{trade}"
            elif kind == STALL:
                head = self.chance.choice(
                    ("新县", "新县", f"新县{self.often(words.TOWNS)}", "", "")
                )
                return f"{head}{sign}{self.chance.choice(words.SHOPS)}"
            elif kind == COOPERATIVE:
                once = f"{sign}{self.chance.choice(words.LAND)}"
                name = f"新县{once}{self.chance.choice(('专业合作社', '农民专业合作社'))}"
            else:
                once = f"{sign}家庭农场"
                name = f"新县{self.often(words.TOWNS)}{once}"
            if once not in self._taken:
                self._taken.add(once)
                return name
        raise AssertionError("the vocabulary is used up")


def plant(firms: int, alike: int, namesakes: int, seed: int) -> Planted:
    """Make ``firms`` rows, ``alike`` of them second records of others, ``namesakes`` other firms."""
    from tests.exchange.duplicates import disguises, strangers

    county = County(seed)
    made = Planted([county.firm() for _ in range(firms - alike - namesakes)])
    victims = county.chance.sample(range(len(made.rows)), alike + namesakes)
    for place in victims[:alike]:
        row, why = disguises.second_record(county, made.rows[place])
        _note(made, made.alike, place, row, why)
    for place in victims[alike:]:
        row, why = strangers.namesake(county, made.rows[place])
        _note(made, made.namesakes, place, row, why)
    order = list(range(len(made.rows)))
    county.chance.shuffle(order)
    made.rows = [made.rows[place] for place in order]
    return made


def _note(made: Planted, truth: dict[tuple[str, str], str], place: int, row: Row, why: str) -> None:
    first, second = sorted((made.rows[place]["id"], row["id"]))
    truth[(first, second)] = why
    made.rows.append(row)
