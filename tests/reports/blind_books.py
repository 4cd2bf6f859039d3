"""The blind tables as files, and the cells of a filled one held against the plain answers."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Side

from tests.exchange.making import code
from tests.reports.blind_tables import Blind, Heading
from tests.reports.urgent_facts import BARE, FIRMS, answer, counted, day, firm, town

_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_STRANGER = {"name": "甲县无此商号商贸有限公司", "code": code(999)}
_MONEY = frozenset(
    ["loan.balance", "loan.amount", "drawdown.total", "visit.amount", "application.amount", "credit.amount",
     "renewal.due_amount", "renewal.amount", "capital", "revenue", "assets", "tax.paid", "tax.2022", "rating.final",
     "guarantee.amount", "guarantee.balance", "used", "i:needed_amount", "i:granted_amount", "i:drawn_amount",
     "i:renewed_amount"]
)  # fmt: skip
_PER_WAN = {"元": 10_000, "千元": 10, "万元": 1, "亿元": 0.0001}


@dataclass(frozen=True)
class OneOf:
    """Several answers of which each is right."""

    answers: tuple[Any, ...]


@dataclass(frozen=True)
class Holding:
    """A cell of several facts: one of each group must stand in it."""

    groups: tuple[tuple[str, ...], ...]


def _parts(heading: Heading) -> tuple[str, ...]:
    return heading if isinstance(heading, tuple) else (heading,)


def depth(table: Blind) -> int:
    """How many rows its header has."""
    return max(len(_parts(heading)) for heading, _ in table.columns)


def make(table: Blind, folder: Path) -> Path:
    """Write the file as its sender would."""
    path = folder / f"{table.name}.{table.kind}"
    header: list[list[Any]] = [
        [p[level] if level < len(p := _parts(h)) else None for h, _ in table.columns]
        for level in range(depth(table))
    ]
    between: list[list[Any]] = [list(row) for row in (table.stub, table.example) if row]
    body = [*header, *between, *_given(table)]
    rows: list[list[Any]] = [
        *([line] for line in table.above),
        *body,
        *([line] for line in table.below),
    ]
    if table.kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows(rows)
        return path
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    width, top = len(table.columns), len(table.above)
    for number in (*range(1, top + 1), *range(top + len(body) + 1, len(rows) + 1)):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=width)
    for first, left, last, right in _merges(table):
        sheet.merge_cells(
            start_row=top + first, start_column=left, end_row=top + last, end_column=right
        )
    for cells in sheet.iter_rows(min_row=top + 1, max_row=top + len(body), max_col=width):
        for cell in cells:
            cell.border = _BOX
            cell.alignment = _CENTRE
    book.save(path)
    return path


def _merges(table: Blind) -> Iterator[tuple[int, int, int, int]]:
    """Rows and columns of merged headings, from 1: groups across, and the last part down."""
    deep = depth(table)
    paths = [_parts(heading) for heading, _ in table.columns]
    for level in range(deep):
        start = 0
        while start < len(paths):
            own, end = paths[start], start
            if level < len(own) - 1:
                while end + 1 < len(paths) and paths[end + 1][: level + 1] == own[: level + 1]:
                    end += 1
            last = deep if level == len(own) - 1 else level + 1
            if level < len(own) and (end > start or last > level + 1):
                yield level + 1, start + 1, last, end + 1
            start = end + 1


def _order(table: Blind) -> Sequence[int]:
    """The firms of the rows: the sender's, or all by township, village (none last) and name."""
    if table.given:
        return table.order

    def place(n: int) -> tuple[str, str, str]:
        return town(n), firm(n).get("village", "\uffff"), firm(n)["name"]

    return sorted(range(FIRMS), key=place)


def _given(table: Blind) -> list[list[Any]]:
    meanings = [meaning for _, meaning in table.columns]
    if table.rows != "firms":
        label = {"townships": "township", "banks": "bank"}[table.rows]
        return [
            [said if m == label else number if m == "#" else None for m in meanings]
            for number, said in enumerate(table.labels, 1)
        ]
    if not table.given:
        return [[None] * len(meanings) for _ in range(table.room)]
    return [
        [number if m == "#" else _own(n)[m] if m and m in table.given else None for m in meanings]
        for number, n in enumerate(table.order, 1)
    ]


def _own(n: int) -> dict[str, Any]:
    return _STRANGER if n < 0 else firm(n)


@dataclass(frozen=True)
class Judged:
    """One column of a filled table: whether all its cells are as they must be."""

    heading: str
    right: bool
    wrong: str = ""


def judge(table: Blind, filled: Path) -> list[Judged]:
    """Hold the cells against the answers; 序号 is no question, nor is what the sender gave."""
    sheet = load_workbook(filled).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = len(table.above) + depth(table) + bool(table.stub) + bool(table.example)
    labels = ("#", "township", "bank") if table.rows != "firms" else ("#",)
    found = []
    for place, (heading, meaning) in enumerate(table.columns):
        if meaning in labels or meaning in table.given:
            continue
        wrong = ""
        for number, expected in enumerate(_expected(table, meaning, heading)):
            row = rows[first + number] if first + number < len(rows) else []
            cell = row[place] if place < len(row) else None
            if not same(cell, expected) and not wrong:
                wrong = f"row {number + 1}: {cell!r}, must be {expected!r}"
        found.append(Judged("·".join(_parts(heading)).replace("\n", ""), not wrong, wrong))
    return found


def unharmed(table: Blind, filled: Path) -> list[str]:
    """What of the sender's own text (lines, headings, sample row) is no longer in its place."""
    sheet = load_workbook(filled).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    deep, above = depth(table), len(table.above)
    lost = [line for n, line in enumerate(table.above) if rows[n][0] != line]
    for place, (heading, _) in enumerate(table.columns):
        # Of a group only its first cell holds the text.
        said = _parts(heading)[-1]
        if said not in [rows[above + level][place] for level in range(deep)]:
            lost.append(said)
    if table.example:
        row = rows[above + deep + bool(table.stub)]
        lost += [str(a) for a, b in zip(table.example, row, strict=False) if str(a) != str(b)]
    last = [row[0] for row in rows]
    return lost + [line for line in table.below if line not in last]


def _expected(table: Blind, meaning: str | None, heading: Heading) -> list[Any]:
    if table.rows != "firms":
        return [_count(key, meaning, _scale(table, heading)) for key in table.labels.values()]
    return [
        None if meaning is None or n < 0 else _fact(meaning, n, _scale(table, heading))
        for n in _order(table)
    ]


def _scale(table: Blind, heading: Heading) -> float:
    """How many of the asked unit go into one 万元: by the lowest part that names a unit."""
    for part in reversed(_parts(heading)):
        if named := re.search("亿元|千元|万元|元", part):
            return _PER_WAN[named[0]]
    return _PER_WAN[table.unit]


def _count(key: str, meaning: str | None, scale: float) -> Any:
    if meaning is None:
        return None
    if meaning == "rate.visited":
        share = 100 * counted(key)["i:visited_firms"] / counted(key)["i:target_firms"]
        return OneOf((share, round(share, 2), round(share, 1), round(share)))
    return counted(key)[meaning] * (scale if meaning in _MONEY else 1)


def _fact(meaning: str, n: int, scale: float) -> Any:
    """What firm ``n`` must show; a firm of which nothing is known has gaps, never a guess."""
    further = _FURTHER.get(meaning)
    made = further(n) if further else answer(meaning, n, "", "万元")
    if meaning not in _MONEY or made is None:
        return made
    if isinstance(made, OneOf):
        return OneOf(tuple(each * scale for each in made.answers))
    return made * scale


def _known(told: Callable[[int], Any]) -> Callable[[int], Any]:
    return lambda n: None if n == BARE else told(n)


_FURTHER: dict[str, Callable[[int], Any]] = {
    # 411523 is 新县 in the division codes, and both townships carry it.
    "county": lambda n: "新县",
    "industry.section": _known(lambda n: "制造业"),  # 1530 lies in section C of GB/T 4754
    "need.word": _known(lambda n: "有"),
    "loan.word": _known(lambda n: "有"),
    "drawn.yes": _known(lambda n: "是"),
    "small.yes": _known(lambda n: "是"),
    "visit.first_day": _known(lambda n: day(10, n)),
    "visits": lambda n: OneOf((None, 0)) if n == BARE else 2,
    "tax.2022": _known(lambda n: 1),
    "renewal.way": _known(lambda n: "无还本续贷"),
    "renewal.done_on": _known(lambda n: day(12, n)),
    "renewal.amount": _known(lambda n: 15 + n),
    # 已用额度 is said of what was ever drawn and of what is still owed.
    "used": _known(lambda n: OneOf((35 + n, 30 + n))),
    "some.address": _known(lambda n: OneOf((firm(n)["place"], firm(n)["address"]))),
    "person+phone": _known(
        lambda n: Holding(((firm(n)["person"],), (firm(n)["phone"], f"1360397{n:04d}")))
    ),
}


def same(cell: Any, expected: Any) -> bool:
    """Whether a cell says what it must: days in any writing, numbers as numbers."""
    if isinstance(expected, OneOf):
        return any(same(cell, each) for each in expected.answers)
    if isinstance(expected, Holding):
        return all(any(word in str(cell) for word in group) for group in expected.groups)
    if expected is None or cell is None:
        return cell in (None, "") and expected is None
    if isinstance(expected, date):
        if isinstance(cell, datetime):
            return cell.date() == expected
        digits = re.findall(r"\d+", str(cell))
        return digits[:3] in (
            [str(expected.year), f"{expected.month:02d}", f"{expected.day:02d}"],
            [str(expected.year), str(expected.month), str(expected.day)],
        )
    if isinstance(expected, int | float):
        return isinstance(cell, int | float) and abs(cell - expected) < 1e-9
    return bool(str(cell) == str(expected))
