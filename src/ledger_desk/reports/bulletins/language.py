"""Reading a wording: Chinese text with places in braces; mistakes are told with their place.

The language only names things: indicators, measures, parts, units. It has no sums, no loops, no names of
programs, so a wording that came from elsewhere can do nothing but count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ledger_desk.reports.bulletins.naming import (
    AGAINST,
    Refused,
    find_measure,
    find_named,
    find_split,
    usual_measure,
)
from ledger_desk.reports.bulletins.pieces import (
    Against,
    Ask,
    Matrix,
    Mistake,
    Paragraph,
    Piece,
    Place,
    Ranking,
    Signature,
    Word,
    Wordage,
)
from ledger_desk.reports.bulletins.words import WORDS
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.reports.styles import MONEY_UNITS
from ledger_desk.workbook.letters.blocks import Kind

MOST_LETTERS, MOST_PLACES, MOST_COLUMNS = 20_000, 300, 10
_WIDE = str.maketrans("｛｝", "{}")
_INSIDE = str.maketrans("：，＠｜＝；", ":,@|=;")
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
_ADDRESS = re.compile(r"^各[^。，；{}]{1,60}：$")
_CHAPTER = re.compile(r"^[一二三四五六七八九十]{1,3}、[^。；]{1,40}$")
_SECTION = re.compile(r"^（[一二三四五六七八九十]{1,3}）[^。；]{1,40}$")
_RANKS = re.compile(r"(前|后)(\d{1,2})名?")
_PLACES = re.compile(r"([0-4])位小?数?")
_BARE = "不写单位"
_SIGNED = "落款"
_TABLE, _RANKING = "表", "排名"


def read_wording(text: str) -> Wordage:
    """Read the text of a wording; what is wrong is told, and left out of the lines."""
    if len(text) > MOST_LETTERS:
        why = f"正文有 {len(text):,} 个字，最多 {MOST_LETTERS:,} 个字。请分成几个范本。"
        return Wordage((), (Mistake(1, 1, text[:10], why),))
    if text.count("{") + text.count("｛") > MOST_PLACES:
        why = f"花括号的地方超过 {MOST_PLACES} 处。请分成几个范本。"
        return Wordage((), (Mistake(1, 1, text[:10], why),))
    lines: list[Paragraph | Matrix | Signature] = []
    mistakes: list[Mistake] = []
    for number, line in enumerate(text.translate(_WIDE).splitlines(), start=1):
        if line.strip():
            found = _read_line(line, number, mistakes)
            if found is not None:
                lines.append(found)
    return Wordage(tuple(lines), tuple(mistakes))


def read_line(text: str) -> tuple[Paragraph, tuple[Mistake, ...]]:
    """Read a heading: one line without tables."""
    mistakes: list[Mistake] = []
    found = _read_line(text.translate(_WIDE), 1, mistakes)
    if isinstance(found, Paragraph):
        return found, tuple(mistakes)
    if found is not None:
        mistakes.append(Mistake(1, 1, text, "标题里不能放表和落款。请移到正文里。"))
    return Paragraph(()), tuple(mistakes)


def _read_line(
    line: str, number: int, mistakes: list[Mistake]
) -> Paragraph | Matrix | Signature | None:
    pieces: list[Piece] = []
    end = 0
    whole = line.strip()
    for match in _BRACES.finditer(line):
        if match.start() > end:
            pieces.append(line[end : match.start()])
        end = match.end()
        place = Place(number, match.start() + 1, match.group())
        inside = match.group(1)
        if inside is None:
            other = "右边的 }" if match.group() == "{" else "左边的 {"
            mistakes.append(place.mistake(f"少了{other}。花括号要成对，里面不能再有花括号。"))
            continue
        try:
            found = _read_place(inside.translate(_INSIDE).strip(), place)
        except Refused as error:
            mistakes.append(place.mistake(str(error)))
            continue
        if isinstance(found, Matrix | Signature):
            if whole == match.group():
                return found
            mistakes.append(place.mistake("要单独占一行。请在它前后换行。"))
            continue
        pieces.append(found)
    if end < len(line):
        pieces.append(line[end:])
    if not pieces:
        return None
    pieces = _trimmed(pieces)
    return Paragraph(tuple(pieces), _kind(whole))


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without blanks at both ends: paragraphs are indented by what writes them."""
    first, last = pieces[0], pieces[-1]
    if isinstance(first, str):
        pieces[0] = first.lstrip()
    if isinstance(last, str):
        pieces[-1] = last.rstrip() if len(pieces) > 1 else last.strip()
    return [piece for piece in pieces if piece != ""]


def _kind(line: str) -> Kind:
    if _ADDRESS.match(line):
        return "address"
    if _CHAPTER.match(line):
        return "chapter"
    return "section" if _SECTION.match(line) else "body"


def _read_place(inside: str, place: Place) -> Piece | Matrix | Signature:
    if not inside:
        raise Refused("花括号里是空的。请写指标和算法，例如 {走访户数@本日}。")
    if inside == _SIGNED:
        return Signature()
    if inside in WORDS:
        return Word(inside)
    name, colon, rest = inside.partition(":")
    name = name.strip()
    if colon and name == _TABLE:
        return _matrix(rest, place)
    if colon and name == _RANKING:
        return _ranking(rest, place)
    if colon and name.startswith("比"):
        if name not in AGAINST:
            raise Refused(f"没有“{name}”这种比法，可以写：{'、'.join(AGAINST)}。")
        return _against(name, rest, place)
    return _ask(inside, place)[0]


def _matrix(text: str, place: Place) -> Matrix:
    parts = [part.strip() for part in text.split(":")]
    if len(parts) not in (2, 3) or (len(parts) == 3 and parts[2] != _RANKING):
        raise Refused("表要写成 {表:指标@算法,指标@算法:乡镇}，要按第一列排名次的在最后加 :排名。")
    columns = [column for column in parts[0].split(",") if column.strip()]
    if not 1 <= len(columns) <= MOST_COLUMNS:
        raise Refused(f"表要有 1 到 {MOST_COLUMNS} 列，这里有 {len(columns)} 列。")
    asks = tuple(_ask(column, place)[0] for column in columns)
    by = ""
    for ask in asks:
        by = find_split(parts[1], ask.indicator)
    return Matrix(asks, by, len(parts) == 3, place)


def _ranking(text: str, place: Place) -> Ranking:
    parts = [part.strip() for part in text.split(":")]
    shaped = _RANKS.fullmatch(parts[2].replace(" ", "")) if len(parts) == 3 else None
    if shaped is None or int(shaped[2]) == 0:
        raise Refused("排名要写成 {排名:指标@算法:乡镇:前5}，或者后3，名次从 1 到 99。")
    ask = _ask(parts[0], place)[0]
    return Ranking(ask, find_split(parts[1], ask.indicator), int(shaped[2]), shaped[1] == "后")


def _against(name: str, text: str, place: Place) -> Against:
    ask, further = _ask(text, place, known=("增幅",))
    can = AGAINST[name]
    if ask.measure not in can:
        raise Refused(f"“{ask.measure}”不能{name}，{name}的算法可以是：{'、'.join(can)}。")
    share = "增幅" in further
    if share and INDICATORS[ask.indicator].unit == "%":
        raise Refused("百分数只能比高低几个百分点，不能再算增幅。请去掉“|增幅”。")
    return Against(ask, name, share)


def _ask(text: str, place: Place, known: Sequence[str] = ()) -> tuple[Ask, set[str]]:
    """Read one indicator; gives those of the ``known`` options that were said, besides."""
    main, *options = (part.strip() for part in text.split("|"))
    head, _, cut = main.partition(":")
    name, at, measure = head.partition("@")
    spec = find_named(name)
    counted = find_measure(spec, measure) if at else usual_measure(spec)
    parts = []
    for each in filter(None, (part.strip() for part in cut.split(";"))):
        split, is_, value = each.partition("=")
        if not is_ or not value.strip():
            raise Refused(
                f"“{each}”要写成 乡镇=某某镇 这样；排名要写成 {{排名:…}}，表要写成 {{表:…}}。"
            )
        parts.append((find_split(split, spec.id), value.strip()))
    unit, places, bare, further = "", None, False, set[str]()
    own = str(spec.unit_of(counted))
    for option in options:
        shaped = _PLACES.fullmatch(option)
        if option in MONEY_UNITS:
            if own not in MONEY_UNITS:
                raise Refused(f"“{spec.label}（{counted}）”的单位是{own}，不能写成{option}。")
            unit = option
        elif shaped is not None:
            places = int(shaped[1])
        elif option == _BARE:
            bare = True
        elif option in known:
            further.add(option)
        else:
            can = "、".join((*MONEY_UNITS, "0位 到 4位", _BARE, *known))
            raise Refused(f"竖线后面的“{option}”不认识，可以写：{can}。")
    return Ask(spec.id, counted, tuple(parts), unit, places, bare, place), further
