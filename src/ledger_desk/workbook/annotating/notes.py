"""Comments on cells: the comments part and the boxes that draw them, merged with what is there.

Parts: ECMA-376 part 1, 18.7 (comments), part 4, 19.4 (VML, ``x:ClientData`` of ``Note``).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from ledger_desk.workbook.annotating.pieces import add_to_root, escape
from ledger_desk.workbook.lists import shown_width
from ledger_desk.workbook.measures import Columns
from ledger_desk.workbook.package import MAIN, parse_xml, to_bytes
from ledger_desk.workbook.references import name as name_of
from ledger_desk.workbook.references import split
from ledger_desk.workbook.sheet_xml import clean

# Between a sender's own comment and what is added under it.
_MARK = "\n【{author}】"
_LONGEST = 2_000  # characters of one comment: more than a box can show
_BOX, _LINE, _CHARACTER = 300, 18, 7.0  # pixels: width of a box, height of a line, half a hanzi
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_T = f"{{{MAIN}}}t"
_SHAPE = re.compile(rb"<(?:\w+:)?shape\b(?=[\s>]).*?</(?:\w+:)?shape>", re.DOTALL)
_SHAPE_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*</")
_SHAPE_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)\s*</")
_SHAPE_ID = re.compile(rb"_x0000_s(\d+)")
_NAMESPACES = (
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
)
_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    b'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    b'<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)

Places = Mapping[tuple[int, int], str]


def new_comments() -> bytes:
    """Give a comments part without comments."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
    ).encode()


def new_drawing(number: int) -> bytes:
    """Give a VML part without shapes; ``number`` from 1 sets its shapes apart from other sheets'."""
    spaces = " ".join(f'xmlns:{key}="{uri}"' for key, uri in _NAMESPACES)
    return (
        f'<xml {spaces}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{number}"/>'
        "</o:shapelayout></xml>"
    ).encode()


def write_comments(data: bytes, notes: Places, author: str) -> tuple[bytes, set[tuple[int, int]]]:
    """Take this author's former comments out of a part and put new ones in.

    A cell that the sender commented keeps that comment; ours is added under it.

    Returns:
        The part (as it was where nothing changes), and the cells whose comment is new or gone:
        their boxes must follow.
    """
    root = parse_xml(data)
    touched = bool(notes)
    authors, group = root.find(f"{{{MAIN}}}authors"), root.find(f"{{{MAIN}}}commentList")
    names = [item.text or "" for item in authors]
    gone: set[tuple[int, int]] = set()
    theirs: dict[tuple[int, int], Any] = {}
    for item in list(group):
        place = split(item.get("ref", "A1"))
        number = int(item.get("authorId", "0"))
        whole = _text_of(item)
        own = number < len(names) and names[number] == author
        if own or whole.startswith(f"{author}：\n"):
            group.remove(item)
            gone.add(place)
        else:
            theirs[place] = item
            if _MARK.format(author=author).strip() in whole:
                _cut(item, author)
                touched = True
    if notes and author not in names:
        _sub(authors, "author").text = author
        names.append(author)
    for place, text in sorted(notes.items()):
        text = clean(text)[:_LONGEST]
        if place in theirs:
            _run(theirs[place].find(f"{{{MAIN}}}text"), _MARK.format(author=author) + text)
            continue
        ref = name_of(*place)
        item = _sub(group, "comment", ref=ref, authorId=str(names.index(author)), shapeId="0")
        inside = _sub(item, "text")
        _run(inside, f"{author}：\n", bold=True)
        _run(inside, text)
        gone.add(place)
    return (to_bytes(root) if touched or gone else data), gone


def _text_of(comment: Any) -> str:
    return "".join(t.text or "" for t in comment.iter(_T))


def _cut(comment: Any, author: str) -> None:
    """Take what was added under a sender's comment away again."""
    mark, kept = f"【{author}】", True
    for item in comment.iter(_T):
        words = item.text or ""
        if kept and mark in words:
            kept, words = False, words[: words.index(mark)].rstrip("\n")
            item.text = words
        elif not kept:
            item.text = ""
    for run in list(comment.iter(f"{{{MAIN}}}r")):
        if not "".join(t.text or "" for t in run.iter(_T)):
            run.getparent().remove(run)


def _sub(parent: Any, tag: str, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{MAIN}}}{tag}", attributes)


def _run(parent: Any, text: str, *, bold: bool = False) -> None:
    plain = parent.find(_T)
    if plain is not None:  # text without runs: it becomes the first of them
        first = _sub(parent, "r")
        parent.insert(parent.index(plain), first)
        first.append(plain)
    run = _sub(parent, "r")
    look = _sub(run, "rPr")
    if bold:
        _sub(look, "b")
    for tag, value in (("sz", "9"), ("rFont", "宋体"), ("charset", "134")):
        _sub(look, tag, val=value)
    item = _sub(run, "t")
    item.text = text
    item.set(_SPACE, "preserve")


def write_boxes(
    data: bytes, notes: Places, changed: set[tuple[int, int]], columns: Columns
) -> bytes:
    """Take the boxes of changed comments out of a VML part and draw those of the new ones.

    VML is often not well-formed, so it is changed as text.
    """

    def drop(match: re.Match[bytes]) -> bytes:
        row, column = _SHAPE_ROW.search(match[0]), _SHAPE_COLUMN.search(match[0])
        if b'"Note"' not in match[0] or row is None or column is None:
            return match[0]
        return b"" if (int(row[1]) + 1, int(column[1]) + 1) in changed else match[0]

    data = _SHAPE.sub(drop, data)
    used = [int(found) for found in _SHAPE_ID.findall(data)]
    block = re.search(rb'<o:idmap[^>]*\bdata="(\d+)', data)
    first = max([*used, 1024 * (int(block[1]) if block else 1)]) + 1
    places = sorted(place for place in notes if place in changed)
    missing = "".join(
        f' xmlns:{key}="{uri}"' for key, uri in _NAMESPACES if f"xmlns:{key}=".encode() not in data
    )
    shapes = [
        _shape(first + count, count + 1, place, notes[place], columns, missing)
        for count, place in enumerate(places)
    ]
    kind = b"" if b'"_x0000_t202"' in data or missing else _TYPE
    return add_to_root(data, kind + "".join(shapes).encode()) if shapes else data


def _shape(
    number: int, z: int, place: tuple[int, int], text: str, columns: Columns, spaces: str
) -> str:
    row, column = place
    lines = 1 + sum(
        max(1, math.ceil(shown_width(line) * _CHARACTER / (_BOX - 20))) for line in text.split("\n")
    )
    height = min(lines * _LINE + 8, 400)
    right, room = column, _BOX  # the box begins in the column after the cell's
    while room > _pixels(columns.width(right + 1)) and right < column + 60:
        room -= _pixels(columns.width(right + 1))
        right += 1
    tall = max(_pixels(columns.default_height), 10)
    top = max(row - 2, 0)
    bottom, rest = divmod(height, tall)
    anchor = f"{column}, 15, {top}, 10, {right}, {room}, {top + bottom}, {rest}"
    return (
        f'<v:shape{spaces} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f"margin-left:80pt;margin-top:5pt;width:{_BOX * 0.75:g}pt;height:{height * 0.75:g}pt;"
        f'z-index:{z};visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
        f"<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{escape(anchor)}</x:Anchor>"
        f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column>"
        "</x:ClientData></v:shape>"
    )


def _pixels(points: float) -> int:
    return round(points / 0.75)
