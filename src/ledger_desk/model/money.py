"""Money as whole fen (分), written and read as 万元; rates as millionths.

One 万元 is 1,000,000 fen, so up to six decimals of 万元 are exact (``decisions.md`` 17). Rounding
is always half up, away from zero (四舍五入), never Python's half-even.
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal

from ledger_desk.model.numerals import number_of
from ledger_desk.model.plain import plain, said

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000
DEFAULT_UNIT = "万元"
MILLIONTHS_PER_PERCENT = 10_000

# Larger than any balance in China and far inside a 64-bit INTEGER even when a million are summed.
_MOST_FEN = 10**15
_MOST_RATE = 10_000_000_000  # one million per cent

_FEN_PER: dict[str, int] = {
    "": FEN_PER_YUAN,
    "百": 100 * FEN_PER_YUAN,
    "千": 1_000 * FEN_PER_YUAN,
    "万": FEN_PER_WAN,
    "萬": FEN_PER_WAN,
    "W": FEN_PER_WAN,
    "w": FEN_PER_WAN,
    "十万": 10 * FEN_PER_WAN,
    "百万": 100 * FEN_PER_WAN,
    "千万": 1_000 * FEN_PER_WAN,
    "亿": 10_000 * FEN_PER_WAN,
}
# Enough digits that a product is never rounded before it is checked.
_EXACT = Context(prec=100)
# A comma only between groups of three: "1,23" may be a European 1.23 and is refused.
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,2})?|\.\d+"
_AMOUNT = re.compile(rf"(?P<sign>[+-]?|负)(?P<number>{_NUMBER})(?P<rest>.*)")
_LETTER = re.compile("[A-Za-z]")
_WRITTEN = re.compile("([零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万萬亿]+)[元圆]?整?")
# Registries write 万元人民币元 too: without its currency word that is 万元元.
_SCALE = re.compile(r"(?P<scale>十万|百万|千万|百|千|[万萬Ww]|亿)?(?P<yuan>[元圆]{1,2})?整?")
_HOME = re.compile(r"人民币|RMB|CNY|¥", re.IGNORECASE)
_FOREIGN = re.compile(
    r"[$€£]|USD|HKD|JPY|EUR|GBP|[美港日欧韩澳加]元|[港台外澳]币|新[台加]币|香港元|澳门元"
    r"|新加坡元|澳大利亚元|新西兰元|加拿大元|澳门[元币]|马克|法郎|英镑|克[朗郎]|卢布|卢比|[泰国]铢|里拉|先令|比索"
    r"|[越印]\w{0,2}盾|林吉特|葡币|第纳尔|里亚尔|迪拉姆|兰特|福林|兹罗提|坚戈|图格里克"
)


def parse_money(cell: object, unit: str | None = None) -> int:
    """Read an amount into whole fen.

    A unit inside the text wins (``1,234.50元``, ``53.4600(万元)``, ``3.2亿``, ``150万人民币``);
    then ``unit``, as found in the column's heading; then 万元. Floats count with the 15
    significant digits that Excel keeps. A minus, 负 or brackets round the whole make it negative.

    Args:
        cell: int, float, Decimal or text. Empty text is an error: blanks are the caller's.
        unit: Unit of the heading: 元, 千元, 万元, 百万元, 亿元 (brackets and 人民币 allowed).

    Returns:
        The amount in fen.

    Raises:
        ValueError: A finished Chinese sentence: no number, foreign currency, finer than a fen,
            beyond 10 trillion yuan, or a currency sign where nothing names the unit.
    """
    if isinstance(cell, str):
        value, own = _split(cell, unit)
        factor = own if own is not None else unit_in_fen(unit)
    else:
        value, factor = _number(cell, "金额"), unit_in_fen(unit)
    fen = _EXACT.multiply(value, Decimal(factor))
    if abs(fen) > _MOST_FEN:
        raise ValueError(f"“{said(cell)}”大得不像金额，请核对数字和单位。")
    if fen != fen.to_integral_value():
        raise ValueError(
            f"“{said(cell)}”细到了分以下，请四舍五入到分再填（以万元计最多六位小数）。"
        )
    return int(fen)


def unit_in_fen(unit: str | None) -> int:
    """Give how many fen one ``unit`` is; None or empty is 万元.

    Raises:
        ValueError: A Chinese sentence: foreign currency, or not a unit of money.
    """
    if not unit or not unit.strip():
        return FEN_PER_WAN
    text = re.sub(r"[()\s]|单位[::]?", "", plain(unit))
    if _FOREIGN.search(text):
        raise ValueError(f"单位“{unit}”是外币，请先折算成人民币再填。")
    match = _SCALE.fullmatch(_HOME.sub("", text))
    if match is None or not (match["scale"] or match["yuan"]):
        raise ValueError(f"不认识的金额单位“{unit}”，请写元、千元、万元或亿元。")
    return _FEN_PER[match["scale"] or ""]


def wan(fen: int) -> Decimal:
    """Give the exact amount in 万元 (six decimals at most)."""
    return Decimal(fen).scaleb(-6)


def rounded_wan(fen: int, places: int = 2) -> Decimal:
    """Give the amount in 万元 rounded half up, as forms write it."""
    return round_half_up(wan(fen), places)


def show_wan(fen: int, places: int = 2) -> str:
    """Show 万元 with thousands separators, half up: 123456 万元 → ``123,456.00``."""
    return f"{rounded_wan(fen, places):,f}"


def exact_wan(fen: int) -> str:
    """Show 万元 exactly, at least two decimals, no separators: ``12.3456``, ``12.50``."""
    return _at_least_two(wan(fen))


def show_yuan(fen: int) -> str:
    """Show 元 with two decimals and thousands separators: ``1,234.50``."""
    return f"{Decimal(fen).scaleb(-2):,.2f}"


def round_half_up(value: Decimal, places: int = 0) -> Decimal:
    """Round half up, away from zero (四舍五入); never gives a negative zero.

    ``Decimal.quantize`` would fail on more than 28 digits; amounts here have at most 20.
    """
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded if rounded else abs(rounded)


def same_at_precision(sent: int, stored: int, unit: str | None = None) -> bool:
    """Tell whether a returned amount equals the stored one as the sender could see it.

    A list shows two decimals of its unit; a 12.35 that comes back for a stored 12.3456 is the
    same value and not an edit (``decisions.md`` 17). A finer number counts with all its decimals.

    Args:
        sent: What came back, in fen.
        stored: What the ledger holds, in fen.
        unit: The unit the sender wrote in; None is 万元.
    """
    factor = unit_in_fen(unit)
    step = max(factor // 100, 1)
    while step > 1 and sent % step:
        step //= 10
    return sent == stored or sent == int(round_half_up(Decimal(stored) / step)) * step


def parse_rate(cell: object) -> int:
    """Read a rate into millionths: ``3.65``, ``3.65%``, ``3.65％`` and ``36.5‰`` → 36500.

    A bare number is per cent, always: 0.0365 is 0.0365 %, since nothing tells it from a real
    small rate. A reader that knows of a cell's per-cent format hands over text with the sign.

    Raises:
        ValueError: A Chinese sentence: no number, or finer than 0.0001 %.
    """
    if isinstance(cell, str):
        text = re.sub(r"\s", "", plain(cell))
        match = re.fullmatch(
            rf"(?P<pre>百分之)?(?P<number>[+-]?(?:{_NUMBER}))(?P<sign>%|‰|个百分点)?", text
        )
        if match is None or (match["pre"] and match["sign"]):
            raise ValueError(f"“{said(cell)}”不是比率，请写成 3.65 或 3.65% 这样的百分数。")
        value = Decimal(match["number"].replace(",", ""))
        value = value.scaleb(-1) if match["sign"] == "‰" else value
    else:
        value = _number(cell, "比率")
    millionths = _EXACT.multiply(value, Decimal(MILLIONTHS_PER_PERCENT))
    if abs(millionths) > _MOST_RATE:
        raise ValueError(f"“{said(cell)}”大得不像比率，请核对。")
    if millionths != millionths.to_integral_value():
        raise ValueError(f"“{said(cell)}”过细，百分数最多写四位小数，请四舍五入后再填。")
    return int(millionths)


def percent(millionths: int) -> Decimal:
    """Give the exact per-cent number of a rate: 36500 → 3.65."""
    return Decimal(millionths).scaleb(-4)


def show_rate(millionths: int) -> str:
    """Show a rate exactly, at least two decimals: 36500 → ``3.65%``, 36525 → ``3.6525%``."""
    return f"{_at_least_two(percent(millionths))}%"


def _split(cell: str, unit: str | None) -> tuple[Decimal, int | None]:
    """Part text into its number and the fen of its own unit (None: the text names none)."""
    text = re.sub(r"\s+$|^'", "", plain(cell))
    if not text:
        raise ValueError("金额是空的，请填数字，例如 53.46。")
    # USD may stand by chance inside a code of letters: that is no amount of anything.
    if _FOREIGN.search(text) and len(_LETTER.findall(_FOREIGN.sub("", text))) <= 3:
        raise ValueError(f"“{said(cell)}”是外币，请按当时的汇率折算成人民币再填，例如 300万元。")
    bare = _HOME.sub("", text).strip()
    # Accounting brackets: the number itself stands inside, "(1,234.50)" or "(50万元)".
    inside = re.fullmatch(r"\(([\d.][^()]*)\)", bare)
    written = _WRITTEN.fullmatch(bare.strip("()"))
    number = number_of(written[1]) if written and bare[-1] in "元圆整" else None
    if number is not None:
        # A sum in characters names its unit: without 元 it may be a number of anything.
        return Decimal(number), FEN_PER_YUAN
    match = _AMOUNT.fullmatch(inside[1] if inside else bare)
    scale = _SCALE.fullmatch(re.sub(r"[()\s]", "", match["rest"])) if match else None
    if match is None or scale is None or (inside and match["sign"]):
        raise ValueError(
            f"“{said(cell)}”不是金额，请写数字，需要时带上单位，例如 53.46 或 53.46万元。"
        )
    amount = Decimal(match["number"].replace(",", ""))
    value = -amount if inside or match["sign"] in ("-", "负") else amount
    if scale["scale"] or scale["yuan"]:
        return value, _FEN_PER[scale["scale"] or ""]
    if unit is None and bare != text:
        # "￥50": 50 元 to a bookkeeper, 50 万元 in a table of this trade. A guess could be
        # wrong by ten thousand, so the writer is asked.
        raise ValueError(f"“{said(cell)}”没写明是元还是万元，请写成 50元 或 50万元 这样。")
    return value, None


def _number(cell: object, what: str) -> Decimal:
    """Give a cell's number; a float as the 15 digits that Excel keeps, not its binary tail."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        raise ValueError(f"“{said(cell)}”不是{what}，请填数字。")
    if isinstance(cell, float):
        if not math.isfinite(cell):
            raise ValueError(f"“{said(cell)}”不是{what}，请填数字。")
        return Decimal(format(cell, ".15g"))
    value = Decimal(cell)
    if not value.is_finite() or value.adjusted() > 40:
        raise ValueError(f"“{said(cell)}”不是{what}，请填数字。")
    return value


def _at_least_two(value: Decimal) -> str:
    """Write a number exactly, without an exponent, with two decimals or more."""
    text = f"{value:f}"
    whole, _, part = text.partition(".")
    return f"{whole}.{part.rstrip('0').ljust(2, '0')}"
