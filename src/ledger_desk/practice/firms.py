"""Made-up enterprises: names, codes, addresses and figures from which every 划型 follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from ledger_desk.model import size
from ledger_desk.model.money import FEN_PER_WAN
from ledger_desk.practice import numbers, parts
from ledger_desk.practice.people import person_name
from ledger_desk.practice.places import COUNTY_NAME, Township, industry_names, townships
from ledger_desk.practice.trades import COOP, FARM, FIRM, STALL, TRADES, Trade

_CODES = {FIRM: "91", STALL: "92", COOP: "93", FARM: "92"}
_TYPES = {
    FIRM: "有限责任公司(自然人投资或控股)", STALL: "个体工商户", COOP: "农民专业合作社", FARM: "个体工商户",
}  # fmt: skip
_WITHOUT_CODE, _WITHOUT_ANY, _SPOILT = (
    41,
    53,
    67,
)  # one firm in so many; primes, so they rarely meet
_GRADES = (0, 1, 2, 3)
_WEIGHTS = {FIRM: (52, 40, 7, 1), COOP: (75, 24, 1, 0), STALL: (96, 4, 0, 0), FARM: (90, 10, 0, 0)}
_USUAL_STAFF, _USUAL_REVENUE = (10, 100, 300), (100, 1_000, 10_000)
# One in so many lacks the field: gaps are what a real registry list looks like.
_GAPS = (
    ("phone", 16),
    ("staff", 13),
    ("revenue", 12),
    ("industry", 33),
    ("place", 25),
    ("capital", 9),
)


@dataclass(frozen=True)
class Brief:
    """What the later months need to know of a firm.

    Attributes:
        grade: 0 (微型) to 3 (大型).
        rare: Its name holds one of the rare characters.
        trading: It still trades, so that a bank would talk to it.
    """

    id: str
    grade: int
    founded: date
    rare: bool
    trading: bool


class FirmMaker:
    """Makes firms one after another; the same seed and day make the same firms."""

    def __init__(self, seed: int, today: date, total: int) -> None:
        """Prepare ``total`` firms as they stand on ``today``."""
        self._rng = Random(f"{seed}:firms")
        self._today, self._total = today, total
        self._townships = townships()
        self._trades = [trade for trade in TRADES for _ in range(trade.weight)]
        self._industries = industry_names()
        self._lines = {trade.code: size.classes_of(trade.code)[0] for trade in TRADES}

    def rows(self, first: int, last: int) -> Iterator[tuple[Brief, dict[str, Any]]]:
        """Make firms ``first`` to ``last`` - 1, which must follow on the ones made before."""
        for number in range(first, last):
            yield self._firm(number)

    def _firm(self, number: int) -> tuple[Brief, dict[str, Any]]:
        rng = self._rng
        trade = rng.choice(self._trades)
        kind = rng.choices([k for k, _ in trade.kinds], [w for _, w in trade.kinds])[0]
        town = rng.choice(self._townships)
        rare = self._rare(number)
        name = _name(rng, number, trade, kind, town, rare)
        grade = rng.choices(_GRADES, _WEIGHTS[kind])[0]
        if rare is not None:
            grade = min(grade, 1)  # they are matched this month, so that paper shows their names
        founded = self._today - timedelta(days=int(150 + 6_500 * rng.random() ** 1.6))
        identifier = numbers.record_id(rng, number, self._total)
        village = rng.choice(town.villages)
        place = f"河南省信阳市{COUNTY_NAME}{town.name}{village}{rng.randrange(1, 20)}组"
        staff, revenue, assets = _figures(rng, self._lines[trade.code], grade)
        row: dict[str, Any] = {
            "id": identifier,
            "name": name,
            "kind": kind,
            "person": parts.RARE_PEOPLE[rare] if rare is not None else person_name(rng),
            "enterprise_type": _TYPES[kind],
            "status": "存续",
            "founded": founded,
            "approved": founded + timedelta(days=rng.randrange(0, 120)),
            "authority": f"{COUNTY_NAME}市场监督管理局",
            "capital": _capital(rng, kind, grade),
            "scope": f"{trade.business}（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
            "township": town.code,
            "village": village,
            "place": place,
            "address": place,
            "industry": trade.code,
            "industry_name": self._industries[trade.code],
            "main_business": trade.business,
            "staff": staff,
            "revenue": revenue,
            "assets": assets,
            "phone": numbers.phone(rng),
        }
        if kind == FIRM:
            row["insured"] = max(0, staff - rng.randrange(0, 4))
        if number % 5 == 0:
            row["person_id"] = numbers.person_id(rng)
        if number % 7 == 0:
            row["liaison"], row["liaison_phone"] = person_name(rng), numbers.phone(rng)
        self._identify(number, kind, row)
        self._spoil(number, row, keep=rare is not None)
        trading = row["status"] == "存续"
        return Brief(identifier, grade, founded, rare is not None, trading), row

    @staticmethod
    def _rare(number: int) -> int | None:
        place, rest = divmod(number - parts.RARE_EVERY + 1, parts.RARE_EVERY)
        return place if rest == 0 and 0 <= place < len(parts.RARE_SHOPS) else None

    @staticmethod
    def _identify(number: int, kind: str, row: dict[str, Any]) -> None:
        """Give a code; a few have only the old number, only the office's own, or a doubtful code."""
        if number % _WITHOUT_CODE == 7:
            row["regno"] = numbers.registration_number(number)
        elif number % _WITHOUT_ANY == 11 and kind == STALL:
            row["internal_no"] = f"{COUNTY_NAME}个{number:06d}"
        else:
            row["code"] = numbers.credit_code(_CODES[kind], number)
            if number % _SPOILT == 13:
                row["code"] = numbers.spoilt(row["code"])
                row["code_reason"] = "对照执照无误，早期代码"

    def _spoil(self, number: int, row: dict[str, Any], *, keep: bool) -> None:
        """Leave gaps, and let a few firms have stopped trading."""
        rng = self._rng
        for field, one_in in _GAPS:
            if rng.randrange(one_in) == 0 and not keep:
                row[field] = None
        if rng.randrange(40) == 0 and not keep:
            row["status"] = rng.choice(("停业", "注销", "吊销"))
            row["not_trading"] = rng.choice(("已停业半年以上", "场所已转租", "登记住所查无此户"))


def _name(
    rng: Random, number: int, trade: Trade, kind: str, town: Township, rare: int | None
) -> str:
    """Put a name together; two firms share a shop name only in ledgers of millions."""
    shop = parts.RARE_SHOPS[rare] if rare is not None else _shop(number)
    word = rng.choice(trade.words)
    if kind == STALL and trade.stalls:
        return f"{COUNTY_NAME}{town.stem}{shop}{rng.choice(trade.stalls)}"
    if kind == COOP:
        return f"{COUNTY_NAME}{shop}{word}专业合作社"
    if kind == FARM:
        return f"{COUNTY_NAME}{town.stem}{shop}{word}家庭农场"
    return f"{rng.choice((COUNTY_NAME, COUNTY_NAME, '信阳', '河南'))}{shop}{word}有限公司"


def _shop(number: int) -> str:
    """Shop name ``number``: all of two characters first, then three, then numbered ones."""
    firsts, seconds, thirds = parts.SHOP_FIRST, parts.SHOP_SECOND, parts.SHOP_THIRD
    pairs = len(firsts) * len(seconds)
    lap, rest = divmod(number, pairs)
    pair = (rest * 1_663 + 271) % pairs  # no factor in common with the pairs: each comes once a lap
    name = firsts[pair % len(firsts)] + seconds[pair // len(firsts)]
    if lap == 0:
        return name
    round_, third = divmod(lap - 1, len(thirds))
    return name + thirds[third] + (str(round_ + 1) if round_ else "")


def _figures(rng: Random, line: size.Class, grade: int) -> tuple[int, int, int]:
    """Staff, revenue and assets (fen) that the thresholds of the trade grade as wanted."""
    staff = int(_between(rng, line.staff or _USUAL_STAFF, grade, 1))
    revenue = _between(rng, line.revenue or _USUAL_REVENUE, grade, 3)
    if line.assets:
        assets = _between(rng, line.assets, grade, 5)
    else:
        assets = revenue * rng.uniform(0.4, 1.6)
    return max(1, staff), _fen(revenue), _fen(assets)


def _between(rng: Random, bounds: tuple[int, int, int], grade: int, least: float) -> float:
    """A value of a grade, small ones more often than large ones."""
    low = max(bounds[grade - 1] if grade else 0, least)
    high = bounds[grade] if grade < 3 else bounds[2] * 1.8
    return float(low * (max(high, low * 1.01) / low) ** (rng.random() * 0.999))


def _fen(wan: float) -> int:
    """Fen of an amount in 万元, cut to hundreds of yuan as people report them."""
    return int(wan * 100) * (FEN_PER_WAN // 100)


def _capital(rng: Random, kind: str, grade: int) -> int:
    if kind in (STALL, FARM):
        return rng.choice((1, 2, 5, 8, 10, 20)) * FEN_PER_WAN
    choices = (
        (10, 30, 50, 100),
        (50, 100, 200, 300, 500),
        (500, 1_000, 2_000),
        (3_000, 5_000, 8_000),
    )
    return rng.choice(choices[grade]) * FEN_PER_WAN
