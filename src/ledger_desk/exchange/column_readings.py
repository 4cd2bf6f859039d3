"""Whole-column readings: the other ways in which a column can be meant, one click each.

`peers.md` A.2 row 4 (moneyGuru): the other readings are offered with what they would make of a
cell, and one under which a cell could not be read says in how many rows. A reading is a word in
`ColumnMatch.reading`; '' is the usual one, which is the kind's own ``parse``. For money a reading
is the unit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger_desk.model import money
from ledger_desk.model.days import parse_day
from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.kinds import Kind, clean, is_empty
from ledger_desk.model.plain import plain, said

if TYPE_CHECKING:
    from ledger_desk.exchange.mapping import ColumnMatch

Parse = Callable[[object, str | None], Any]
# So many different cells of a column are tried under each reading.
MOST_CELLS = 2_000

DAYS = {"": "年月日（常规）", "mdy": "月/日/年", "dmy": "日/月/年", "serial": "表格软件的日期序号",
        "minguo": "民国年月日", "month": "只有年月，记作当月 1 日"}  # fmt: skip
RATES = {"": "百分数：3.65 是 3.65%", "fraction": "小数：0.0365 是 3.65%", "permille": "千分数：36.5 是 3.65%"}  # fmt: skip
YES_NO = {"": "是/√/1/有，否/×/0/无，空着不填", "blank_no": "同上，空着算“否”",
          "mark_yes": "写了字就算“是”，空着算“否”", "one_two": "1 是“是”，2 是“否”"}  # fmt: skip
MONEY = {"元": "元", "百元": "百元", "千元": "千元", "万元": "万元", "百万元": "百万元", "亿元": "亿元"}  # fmt: skip
_AS_IS = {"": "照原样"}

_THREE = re.compile(r"(\d{1,4})\s*[-/.年月、\s]\s*(\d{1,2})\s*[-/.年月日、\s]\s*(\d{1,4})[日号]?")
_MINGUO = re.compile(r"(?:民国|民國)?(\d{1,3})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,2})日?")
_MINGUO_DIGITS = re.compile(r"(?:民国)?(\d{2,3})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年\s]?\s*(\d{1,2})月?(?:份)?\.?")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_LAST_SERIAL = 80_000


@dataclass(frozen=True)
class Reading:
    """One way to read a column.

    Attributes:
        key: For `Mapping.with_reading`.
        label: What to call it, in Chinese.
        example: What it makes of a cell of the column: ``03/04/2024 → 2024-03-04``; '' without one.
        wrong: In how many of the rows looked at the cell could not be read; offer it only at 0.
        current: The column is read this way now.
    """

    key: str
    label: str
    example: str
    wrong: int
    current: bool


def readings_of(spec: FieldSpec, column: ColumnMatch, cells: Iterable[object]) -> list[Reading]:
    """List the ways to read a column as a field, the usual one first; never empty.

    Args:
        spec: The field that the column is given to.
        column: The column.
        cells: Cells of the column, in order; the first `MOST_CELLS` different filled ones count.
    """
    counts, kept = _distinct(cells)
    labels = _labels(spec.kind)
    current = _current(spec.kind, column)
    found = []
    for key, label in labels.items():
        parse = parser_of(spec, key) or spec.kind.parse
        unit = key if spec.kind.name == "money" else column.unit
        wrong = sum(n for k, n in counts.items() if not reads(parse, kept[k], unit))
        example = _example(spec.kind, parse, unit, [kept[k] for k in counts])
        found.append(Reading(key, label, example, wrong, key == current))
    return found


def parser_for(spec: FieldSpec, column: ColumnMatch) -> Parse | None:
    """Give what reads the cells of a column; None: the kind's own ``parse`` with the column's unit.

    The parser takes ``(cell, unit)`` and raises `ValueError` with a finished Chinese sentence;
    empty cells are not for it (`blank_value`).
    """
    return parser_of(spec, column.reading) if column.reading else None


def blank_value(spec: FieldSpec, column: ColumnMatch) -> Any:
    """Give what an empty cell of the column says: nothing (None), or 否 under some readings."""
    says_no = spec.kind.name == "yes_no" and column.reading in ("blank_no", "mark_yes")
    return False if says_no else None


def wrong_now(spec: FieldSpec, column: ColumnMatch, cells: Iterable[object]) -> int:
    """Count the cells that the column's present reading cannot read."""
    counts, kept = _distinct(cells)
    parse = parser_for(spec, column) or spec.kind.parse
    return sum(n for k, n in counts.items() if not reads(parse, kept[k], column.unit))


def parser_of(spec: FieldSpec, key: str) -> Parse | None:
    """Give the parser of a reading; None for the usual one and for words that are no reading."""
    kind = spec.kind
    if kind.name == "day":
        return _DAY_PARSERS.get(key)
    if kind.name == "rate":
        return {"fraction": _fraction, "permille": _permille}.get(key)
    if kind.name == "yes_no":
        makers = {"mark_yes": _mark_yes, "one_two": _one_two}
        return makers[key](kind) if key in makers else None
    return None


def reads(parse: Parse, cell: object, unit: str | None) -> bool:
    """Tell whether a cell can be read."""
    try:
        parse(cell, unit)
    except ValueError:
        return False
    return True


def _labels(kind: Kind) -> dict[str, str]:
    return {"day": DAYS, "rate": RATES, "yes_no": YES_NO, "money": MONEY}.get(kind.name, _AS_IS)


def _current(kind: Kind, column: ColumnMatch) -> str:
    if kind.name != "money":
        return column.reading if column.reading in _labels(kind) else ""
    try:
        fen = money.unit_in_fen(column.unit)
    except ValueError:
        return ""
    return next((unit for unit in MONEY if money.unit_in_fen(unit) == fen), "")


def _distinct(cells: Iterable[object]) -> tuple[Counter[Any], dict[Any, object]]:
    """Count the different filled cells; equal numbers of different types are told apart."""
    counts: Counter[Any] = Counter()
    kept: dict[Any, object] = {}
    for cell in cells:
        if is_empty(cell):
            continue
        key = (type(cell), cell)
        if key not in kept:
            if len(kept) == MOST_CELLS:
                continue
            kept[key] = cell
        counts[key] += 1
    return counts, kept


def _example(kind: Kind, parse: Parse, unit: str | None, cells: list[object]) -> str:
    for cell in cells:
        try:
            value = parse(cell, unit)
        except ValueError:
            continue
        shown = f"{money.exact_wan(value)} 万元" if kind.name == "money" else kind.show(value)
        return f"{said(clean(cell))} → {said(shown)}"
    return ""


# --- days ---


def _date_itself(cell: object) -> date | None:
    return parse_day(cell) if isinstance(cell, date) else None


def _three(cell: object, order: str) -> date:
    """Read three numbers in a given order; what has its year in front says so itself."""
    found = _date_itself(cell)
    if found is not None:
        return found
    text = _TIME.sub("", plain(clean(cell)))
    parts = _THREE.fullmatch(text)
    if parts is None:
        label = DAYS[order]
        raise ValueError(
            f"“{said(cell)}”不是按“{label}”写的日期，请改读法，或改成 2024-11-20 这样。"
        )
    first, second, third = parts.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    elif order == "mdy":
        month, day, year = first, second, third
    else:
        day, month, year = first, second, third
    if len(year) not in (2, 4):
        raise ValueError(f"“{said(cell)}”看不出是哪一年，请改成 2024-11-20 这样。")
    return parse_day(f"{year}-{month}-{day}")


def _mdy(cell: object, unit: str | None = None) -> date:
    return _three(cell, "mdy")


def _dmy(cell: object, unit: str | None = None) -> date:
    return _three(cell, "dmy")


def _serial(cell: object, unit: str | None = None) -> date:
    """Read day numbers of spreadsheets, also those before 1954 that may be plain numbers."""
    found = _date_itself(cell)
    if found is not None:
        return found
    text = plain(clean(cell))
    if re.fullmatch(r"\d{1,5}(?:\.\d*)?", text) and 1 <= int(float(text)) <= _LAST_SERIAL:
        return parse_day(date(1899, 12, 30) + timedelta(days=int(float(text))))
    raise ValueError(
        f"“{said(cell)}”不是表格软件的日期序号（如 45616），请改读法，或改成 2024-11-20 这样。"
    )


def _minguo(cell: object, unit: str | None = None) -> date:
    """Read years of the Republic: year 1 is 1912."""
    found = _date_itself(cell)
    if found is not None:
        return found
    text = _TIME.sub("", plain(clean(cell))).replace("元年", "1年")
    parts = _MINGUO.fullmatch(text) or _MINGUO_DIGITS.fullmatch(text)
    if parts is None:
        raise ValueError(
            f"“{said(cell)}”不是民国年月日（如 113年11月20日），请改读法，或改成 2024-11-20 这样。"
        )
    return parse_day(f"{1911 + int(parts[1])}-{parts[2]}-{parts[3]}")


def _month(cell: object, unit: str | None = None) -> date:
    """Read a year and month as the first day of the month; whole days stay what they are."""
    found = _date_itself(cell)
    if found is not None:
        return found
    text = plain(clean(cell))
    parts = _MONTH.fullmatch(text)
    if isinstance(cell, float) and "." in text and len(text.split(".")[1]) == 1:
        # 2024.1 was typed as 2024.1 or as 2024.10: a spreadsheet drops the zero.
        raise ValueError(f"“{said(cell)}”看不出是 1 月还是 10 月，请写成 2024-01 或 2024-10 这样。")
    if parts is None:
        return parse_day(cell, allow_month=True)
    return parse_day(f"{parts[1]}-{parts[2]}-1")


_DAY_PARSERS: dict[str, Parse] = {
    "mdy": _mdy, "dmy": _dmy, "serial": _serial, "minguo": _minguo, "month": _month,
}  # fmt: skip


# --- rates ---


def _scaled(cell: object, power: int) -> int:
    """Read a bare number shifted by powers of ten; a cell that names % or ‰ says so itself."""
    text = plain(clean(cell)) if not isinstance(cell, float) else format(cell, ".15g")
    bare = re.fullmatch(r"[+-]?(?:\d+(?:,\d{3})*)?\.?\d*(?:[eE][+-]?\d{1,2})?", text)
    if not bare or not any(c.isdigit() for c in text):
        return money.parse_rate(cell)
    return money.parse_rate(Decimal(text.replace(",", "")).scaleb(power))


def _fraction(cell: object, unit: str | None = None) -> int:
    return _scaled(cell, 2)


def _permille(cell: object, unit: str | None = None) -> int:
    return _scaled(cell, -1)


# --- yes and no ---


def _mark_yes(kind: Kind) -> Parse:
    def parse(cell: object, unit: str | None = None) -> Any:
        try:
            return kind.parse(cell, unit)
        except ValueError:
            return True

    return parse


def _one_two(kind: Kind) -> Parse:
    def parse(cell: object, unit: str | None = None) -> Any:
        text = clean(cell)
        if text in ("1", "2"):
            return text == "1"
        if text == "0":
            raise ValueError("按“1 是、2 否”读，“0”说不清是什么。请改读法，或填“是”或“否”。")
        return kind.parse(cell, unit)

    return parse
