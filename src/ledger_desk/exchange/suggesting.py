"""What a person may want to correct before a table is read in, each one click.

Another reading under which all cells can be read, a unit that would be wrong ten thousand times
over (`peers.md` B 27), a field that a column's cells name although its heading does not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from statistics import median

from ledger_desk.exchange import column_readings
from ledger_desk.exchange.mapping import ColumnMatch, Mapping
from ledger_desk.model import money
from ledger_desk.model.fields import FieldSpec, field_map
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.plain import plain
from ledger_desk.workbook.cells import column_letters

Cells = Callable[[int], Sequence[object]]
_JUMP = 10_000
# A list's middle amount that differs from the ledger's by more than this is off by a unit.
_FAR = 3_000
_FEWEST = 3
_HUGE, _TINY = 1_000_000_000 * money.FEN_PER_YUAN, 1_000 * money.FEN_PER_YUAN
_BARE = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d*)?")
_MOST_FIELDS = 3


@dataclass(frozen=True)
class Suggestion:
    """One correction to offer.

    Attributes:
        column: Column number in the file.
        what: ``reading``: `Mapping.with_reading`; ``field``: `Mapping.with_field`.
        key: Key of the reading, or name of the field.
        sentence: Why, in Chinese.
    """

    column: int
    what: str
    key: str
    sentence: str

    def taken(self, mapping: Mapping) -> Mapping:
        """Give the mapping with this correction."""
        if self.what == "field":
            return mapping.with_field(self.column, self.key)
        return mapping.with_reading(self.column, self.key)


def suggest(
    mapping: Mapping, cells: Cells, typical: MappingType[str, int]
) -> tuple[Suggestion, ...]:
    """List the corrections to offer, in the order of the columns.

    Args:
        mapping: The columns as they are matched now.
        cells: Gives the cells of a column, enough to judge it.
        typical: Field → middle amount that the ledger holds, in fen.
    """
    known = field_map(mapping.cls)
    found: list[Suggestion] = []
    for column in mapping:
        if column.field is None:
            found += _fields(column, known)
        elif known[column.field].kind.name == "money":
            found += _unit(column, cells(column.column), typical.get(column.field))
        elif known[column.field].kind.name in ("day", "rate", "yes_no"):
            found += _readings(column, known[column.field], cells(column.column))
    return tuple(found)


def _said(column: ColumnMatch) -> str:
    return f"“{column.heading}”" if column.heading else f" {column_letters(column.column)} 列"


def _fields(column: ColumnMatch, known: MappingType[str, FieldSpec]) -> list[Suggestion]:
    return [
        Suggestion(column.column, "field", name, f"{_said(column)}的内容像“{known[name].label}”。")
        for name in column.candidates[:_MOST_FIELDS]
    ]


def _readings(column: ColumnMatch, spec: FieldSpec, cells: Sequence[object]) -> list[Suggestion]:
    wrong = column_readings.wrong_now(spec, column, cells)
    readings = column_readings.readings_of(spec, column, cells) if wrong else []
    if not readings:
        return _fraction(column, spec, cells)
    now = next((r for r in readings if r.current), readings[0])
    total = sum(not is_empty(cell) for cell in cells)
    found = []
    for other in readings:
        better = now.wrong > 0 and other.wrong == 0
        mostly = 10 * now.wrong >= total > 0 and 50 * other.wrong <= total
        if other is not now and (better or mostly) and not _says_nothing(spec, other.key, cells):
            why = f"{_said(column)}现在的读法有 {now.wrong} 行读不出来，按“{other.label}”"
            why += "都读得出来。" if not other.wrong else f"只有 {other.wrong} 行读不出来。"
            found.append(Suggestion(column.column, "reading", other.key, why))
    return found


def _fraction(column: ColumnMatch, spec: FieldSpec, cells: Sequence[object]) -> list[Suggestion]:
    if spec.kind.name != "rate" or column.reading or not _small(cells):
        return []
    why = f"{_said(column)}的数都小于 1，像是小数写法（0.0365 就是 3.65%）。"
    return [Suggestion(column.column, "reading", "fraction", why)]


def _says_nothing(spec: FieldSpec, key: str, cells: Sequence[object]) -> bool:
    """Leave out a reading that reads anything at all, where it would call most rows 是."""
    if key != "mark_yes":
        return False
    return sum(not is_empty(c) for c in cells) * 10 > 9 * len(cells)


def _numbers(cells: Sequence[object]) -> list[float]:
    """Bare numbers of a column: cells that name a unit or sign of their own are left out."""
    found = []
    for cell in cells:
        if isinstance(cell, bool) or is_empty(cell):
            continue
        if isinstance(cell, int | float):
            found.append(float(cell))
        elif isinstance(cell, str) and _BARE.fullmatch(plain(clean(cell))):
            found.append(float(plain(clean(cell)).replace(",", "")))
    return [number for number in found if number]


def _small(cells: Sequence[object]) -> bool:
    numbers = _numbers(cells)
    return len(numbers) >= _FEWEST and all(0 < number < 1 for number in numbers)


def _unit(column: ColumnMatch, cells: Sequence[object], typical: int | None) -> list[Suggestion]:
    """Guard against 元 read as 万元 and the other way: by the ledger, else by what can be."""
    numbers = _numbers(cells)
    if column.reading or len(numbers) < _FEWEST:
        return []
    try:
        fen = money.unit_in_fen(column.unit)
    except ValueError:
        return []
    middle = median(map(abs, numbers)) * fen
    if typical:
        ratio = middle / typical
        why = f"账上这一项中间的数是 {_amount(typical)}，相差约 {_times(ratio)} 倍"
        small, large = ratio >= _FAR, ratio <= 1 / _FAR
    else:
        small, large = middle >= _HUGE, column.said is not None and fen < _TINY and middle < _TINY
        why = "大得少见" if small else "小得少见"
    other = fen // _JUMP if small else fen * _JUMP
    names = {money.unit_in_fen(unit): unit for unit in column_readings.MONEY}
    if not (small or large) or other not in names:
        return []
    said = f"按{column.unit}读" if column.unit else "没写单位，按万元读"
    sentence = (
        f"{_said(column)}{said}，中间的数是 {_amount(round(middle))}，{why}。"
        f"可能是{names[other]}，请核对。"
    )
    return [Suggestion(column.column, "reading", names[other], sentence)]


def _amount(fen: int) -> str:
    if fen < money.FEN_PER_WAN:
        return f"{money.show_yuan(fen)} 元"
    return f"{money.show_wan(fen)} 万元"


def _times(ratio: float) -> str:
    times = ratio if ratio >= 1 else 1 / ratio
    return f"{round(times, -3):,.0f}" if times < 10 * _JUMP else f"{times:,.0f}"
