"""A small evaluator for the totals that official blanks carry.

SUM COUNT COUNTA COUNTIF AVERAGE MIN MAX ROUND IF IFERROR, + - * / ^ & % comparisons, references.
Anything else raises `Unsupported`: the caller then leaves the value out for Excel to compute.
Arithmetic runs in Decimal, so that 0.1 + 0.2 is 0.3 and money adds up exactly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal, DecimalException

from ledger_desk.workbook.references import Area, area, sheet_name

Scalar = str | Decimal | bool | None
_NAME = r"(?:'(?:[^']|'')*'|[^\s!'\"(),+\-*/^&=<>:;{}\[\]%]+)!"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_TOKEN = re.compile(
    rf'\s*(?:(?P<text>"(?:[^"]|"")*")|(?P<sheet>{_NAME})?(?P<area>{_CELL}(?::{_CELL})?'
    r"|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]+:\$?[0-9]+)(?![\w(\[.!])"
    r"|(?P<number>[0-9]+\.?[0-9]*(?:[Ee][+-]?[0-9]+)?|\.[0-9]+)"
    r"|(?P<function>[A-Za-z_.][\w.]*)\(|(?P<word>TRUE|FALSE)(?![\w(])"
    r"|(?P<sign><=|>=|<>|[-+*/^&=<>%(),]))"
)
_RANK = {"=": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "<>": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}
_DEEPEST = 100
_LARGEST_POWER = 1000


class Unsupported(Exception):  # noqa: N818 - not an error: Excel computes it instead
    """The formula uses something this evaluator does not know."""


class FormulaError(Exception):
    """The formula's value is an error, such as ``#DIV/0!``."""


class Evaluator:
    """Evaluates one formula after another over cells that the caller looks up.

    Args:
        look: (area with its sheet filled in) → the values of its cells that are not empty.
    """

    def __init__(self, look: Callable[[Area], Iterable[Scalar]]) -> None:
        self._look = look
        self._tokens: list[tuple[str, str, str | None]] = []
        self._at = 0
        self._sheet = ""
        self._depth = 0

    def value(self, formula: str, sheet: str) -> Scalar:
        """Value of a formula (without ``=``) on a sheet.

        Raises:
            Unsupported: Unknown function, name, or syntax.
            FormulaError: The value is an error; its text is the error's.
        """
        outer = self._tokens, self._at, self._sheet, self._depth
        self._tokens, self._at, self._sheet, self._depth = _cut(formula), 0, sheet, 0
        try:
            found = self._scalar(self._expression())
            if self._at != len(self._tokens):
                raise Unsupported(formula)
            return found
        except (DecimalException, OverflowError) as error:
            raise FormulaError("#NUM!") from error
        finally:
            self._tokens, self._at, self._sheet, self._depth = outer

    # --- grammar: comparison < & < + - < * / < ^ < sign < percent -----------------------------

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _take(self, sign: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at][:2] == ("sign", sign):
            self._at += 1
            return True
        return False

    def _expression(self, rank: int = 1) -> Scalar | Area:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unsupported("too deep")
        left = self._power()
        while self._at < len(self._tokens):
            kind, sign, _ = self._tokens[self._at]
            if kind != "sign" or _RANK.get(sign, 0) < rank:
                break
            self._at += 1
            right = self._scalar(self._expression(_RANK[sign] + 1))
            left = _combine(sign, self._scalar(left), right)
        self._depth -= 1
        return left

    def _power(self) -> Scalar | Area:
        left = self._signed()
        while self._take("^"):
            base, power = _number(self._scalar(left)), _number(self._scalar(self._signed()))
            if abs(power) > _LARGEST_POWER:
                raise Unsupported("power")
            left = base**power
        return left

    def _signed(self) -> Scalar | Area:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unsupported("too deep")
        if self._take("-"):
            value: Scalar | Area = -_number(self._scalar(self._signed()))
        elif self._take("+"):
            value = self._signed()
        else:
            value = self._atom()
            while self._take("%"):
                value = _number(self._scalar(value)) / 100
        self._depth -= 1
        return value

    def _atom(self) -> Scalar | Area:
        if self._at >= len(self._tokens):
            raise Unsupported("end")
        kind, text, sheet = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return Decimal(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "word":
            return text == "TRUE"
        if kind == "area":
            found = area(text)
            name = sheet_name(sheet) or self._sheet
            return Area(*_corners(found), name)
        if kind == "function":
            return self._call(text.upper())
        if text == "(":
            value = self._expression()
            if self._take(")"):
                return value
        raise Unsupported(text)

    def _call(self, name: str) -> Scalar:
        if name in ("IF", "IFERROR"):
            return self._lazy(name)
        given: list[Scalar | Area] = []
        while not self._take(")"):
            given.append(self._expression())
            if not self._take(",") and self._peek() != ")":
                raise Unsupported(name)
        return self._apply(name, given)

    def _lazy(self, name: str) -> Scalar:
        """IF and IFERROR: an error in the part not chosen does not count."""
        given: list[Scalar | FormulaError] = []
        while not self._take(")"):
            start = self._at
            try:
                given.append(self._scalar(self._expression()))
            except FormulaError as error:
                given.append(error)
                self._at = self._argument_end(start)
            if not self._take(",") and self._peek() != ")":
                raise Unsupported(name)
        if name == "IF":
            if not 2 <= len(given) <= 3:
                raise Unsupported(name)
            test = given[0]
            if isinstance(test, FormulaError):
                raise test
            chosen = given[1] if _truth(test) else (given[2] if len(given) == 3 else False)
        else:
            if len(given) != 2:
                raise Unsupported(name)
            chosen = given[1] if isinstance(given[0], FormulaError) else given[0]
        if isinstance(chosen, FormulaError):
            raise chosen
        return chosen

    def _argument_end(self, start: int) -> int:
        """Position after the argument that starts at a token."""
        depth = 0
        for place in range(start, len(self._tokens)):
            kind, text, _ = self._tokens[place]
            if depth == 0 and kind == "sign" and text in ",)":
                return place
            depth += (kind == "function" or text == "(") - (kind == "sign" and text == ")")
        raise Unsupported("brackets")

    def _apply(self, name: str, given: list[Scalar | Area]) -> Scalar:
        if name == "COUNTIF" and len(given) == 2 and isinstance(given[0], Area):
            wanted = self._scalar(given[1])
            return Decimal(sum(_matches(value, wanted) for value in self._look(given[0])))
        if name == "ROUND" and len(given) == 2:
            value, places = (_number(self._scalar(item)) for item in given)
            return value.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)
        numbers, filled = self._gather(given)
        if name == "COUNTA":
            return Decimal(filled)
        if name == "COUNT":
            return Decimal(len(numbers))
        if name == "SUM":
            return sum(numbers, Decimal(0))
        if name in ("MIN", "MAX"):
            return (min if name == "MIN" else max)(numbers, default=Decimal(0))
        if name == "AVERAGE":
            if not numbers:
                raise FormulaError("#DIV/0!")
            return sum(numbers, Decimal(0)) / len(numbers)
        raise Unsupported(name)

    def _gather(self, given: list[Scalar | Area]) -> tuple[list[Decimal], int]:
        """Numbers among the arguments, and how many are filled; ranges skip text and yes/no."""
        numbers: list[Decimal] = []
        filled = 0
        for item in given:
            if isinstance(item, Area):
                for value in self._look(item):
                    filled += value is not None
                    if isinstance(value, Decimal):
                        numbers.append(value)
            else:
                filled += 1
                numbers.append(_number(item))
        return numbers, filled

    def _scalar(self, value: Scalar | Area) -> Scalar:
        """A single cell's value; a larger range where one value is wanted is not supported."""
        if not isinstance(value, Area):
            return value
        if value.first_row != value.last_row or value.first_column != value.last_column:
            raise Unsupported("range as a value")
        return next(iter(self._look(value)), None)


def _cut(formula: str) -> list[tuple[str, str, str | None]]:
    """Tokens as (kind, text, sheet)."""
    found, at = [], 0
    end = len(formula.rstrip())
    while at < end:
        match = _TOKEN.match(formula, at)
        if match is None or match.end() == at or match.lastgroup is None:
            raise Unsupported(formula)
        kind = match.lastgroup
        found.append((kind, match[kind], match["sheet"] if kind == "area" else None))
        at = match.end()
    return found


def _corners(found: Area) -> tuple[int, int, int, int]:
    return found.first_row, found.first_column, found.last_row, found.last_column


def _number(value: Scalar) -> Decimal:
    if value is None:
        return Decimal(0)
    if isinstance(value, bool):
        return Decimal(int(value))
    if isinstance(value, Decimal):
        return value
    try:
        return Decimal(value.strip())
    except DecimalException as error:
        raise FormulaError("#VALUE!") from error


def _truth(value: Scalar) -> bool:
    if isinstance(value, str):
        raise FormulaError("#VALUE!")
    return bool(value)


def _text(value: Scalar) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def _combine(sign: str, left: Scalar, right: Scalar) -> Scalar:
    if sign == "&":
        return _text(left) + _text(right)
    if _RANK[sign] == 1:
        return _compare(sign, left, right)
    one, two = _number(left), _number(right)
    if sign == "+":
        return one + two
    if sign == "-":
        return one - two
    if sign == "*":
        return one * two
    if not two:
        raise FormulaError("#DIV/0!")
    return one / two


def _compare(sign: str, left: Scalar, right: Scalar) -> bool:
    """Compare as Excel does: numbers before texts before yes/no, texts without case."""

    def key(value: Scalar, other: Scalar) -> tuple[int, Decimal | str]:
        if value is None:
            value = "" if isinstance(other, str) else Decimal(0)
        if isinstance(value, bool):
            return 2, Decimal(int(value))
        return (0, value) if isinstance(value, Decimal) else (1, value.casefold())

    one, two = key(left, right), key(right, left)
    if sign in ("=", "<>"):
        return (one == two) == (sign == "=")
    lower = one[0] < two[0] or (one[0] == two[0] and one[1] < two[1])  # type: ignore[operator]
    return {"<": lower, ">=": not lower, "<=": lower or one == two, ">": not (lower or one == two)}[
        sign
    ]


def _matches(value: Scalar, wanted: Scalar) -> bool:
    """One cell against a criterion of COUNTIF: a value, or a sign with a value (no wildcards)."""
    if not isinstance(wanted, str):
        return value == wanted
    sign = re.match(r"<=|>=|<>|=|<|>", wanted)
    rest: Scalar = wanted[sign.end() :] if sign else wanted
    if isinstance(rest, str):
        if re.search(r"[*?~]", rest):
            raise Unsupported("wildcards")
        if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", rest):
            rest = Decimal(rest)
    if sign is None or sign[0] in ("=", "<>"):
        return _compare(sign[0] if sign else "=", value, rest)
    return isinstance(value, Decimal) == isinstance(rest, Decimal) and _compare(
        sign[0], value, rest
    )
