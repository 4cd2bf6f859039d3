"""Makes broken and hostile spreadsheets from a seed: the same number gives the same file.

Nothing here knows how the program reads; the shapes are those of `peers.md` §C and `craft.md` 0.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl

FILES = Path(__file__).with_name("files")
_LOCAL = "file:" + "///etc/passwd"  # in two pieces: no committed text names a place of a machine
HEADINGS = ["序号", "企业名称", "统一社会信用代码", "法定代表人", "联系电话", "注册资本", "成立日期", "经营地址"]  # fmt: skip


def rows(count: int = 12) -> list[list[object]]:
    """Give the rows of a small harmless list."""
    return [
        [n, f"样例第{n}有限公司", f"91411523MA4{n:07d}", "张三", f"1380000{n:04d}", n * 10.5,
         date(2020, 1, 1 + n % 28), f"某镇某村{n}号"]
        for n in range(1, count + 1)
    ]  # fmt: skip


def workbook() -> bytes:
    """Give a harmless .xlsx with a title, a unit line, a total and a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名单"
    sheet.append(["某县经营主体名单"])
    sheet.merge_cells("A1:H1")
    sheet.append(["填报单位：某镇", *[""] * 6, "单位：万元"])
    sheet.append(HEADINGS)
    for row in rows():
        sheet.append(row)
    sheet.append(["合计", "", "", "", "", "=SUM(F4:F15)", "", ""])
    book.create_sheet("说明")["A1"] = "填表说明：只填上表。"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def comma() -> bytes:
    """Give a harmless .csv."""
    lines = [",".join(HEADINGS), *(",".join(map(str, row)) for row in rows())]
    return "\r\n".join(lines).encode("utf-8-sig")


def old_xml() -> bytes:
    """Give a harmless Excel-2003 XML workbook."""
    cells = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in row) + "</Row>"
        for row in [HEADINGS, *rows()]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table>'
        f"{cells}</Table></Worksheet></Workbook>"
    ).encode()


# --- bytes -----------------------------------------------------------------------------------------


def flip(data: bytes, chance: random.Random) -> bytes:
    """Change a few bytes."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10, 60, 400))):
        found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found)


def cut(data: bytes, chance: random.Random) -> bytes:
    """Lose the end, the beginning or the middle."""
    one, two = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return chance.choice((data[:one], data[two:], data[:one] + data[two:]))


def smear(data: bytes, chance: random.Random) -> bytes:
    """Write zeros, ones or an earlier piece over a piece, as a bad disk does."""
    start = chance.randrange(len(data))
    size = min(chance.choice((16, 512, 4096)), len(data) - start)
    elsewhere = chance.randrange(len(data))
    piece = chance.choice((b"\0" * size, b"\xff" * size, data[elsewhere : elsewhere + size]))
    return data[:start] + piece + data[start + size :]


def splice(data: bytes, chance: random.Random) -> bytes:
    """Join the beginning of one file to the end of another."""
    other = chance.choice(bases())
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, flip, cut, smear, splice)


# --- inside a package ------------------------------------------------------------------------------

_NUMBERS = ("0", "-1", "99999999999999999999", "1048577", "16385", "4294967296", "NaN", "", "1e309", "A", "0x10")  # fmt: skip
_CELLS = (
    "XFD1048576",
    "A0",
    "ZZZZ99999999",
    "A1:XFD1048576",
    "1A",
    "",
    "$A$1",
    "AAAAAAAAAAAAAAAA1",
)


def parts_of(data: bytes) -> dict[str, bytes]:
    """Unpack a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack it again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def within(data: bytes, chance: random.Random) -> bytes:
    """Break one part of a package: bytes, numbers, references, tags, or the part is lost."""
    parts = parts_of(data)
    name = chance.choice([n for n in parts if n.endswith((".xml", ".rels"))])
    kind = chance.randrange(7)
    if kind == 0:
        del parts[name]
    elif kind == 1:
        parts[name] = chance.choice(_BYTES[:4])(parts[name], chance) if parts[name] else b""
    elif kind == 2:
        parts[name] = _attribute(parts[name], chance)
    elif kind == 3:
        parts[name] = _tag(parts[name], chance)
    elif kind == 4:
        parts[name] = _entities(parts[name], chance)
    elif kind == 5:
        other = chance.choice(list(parts))
        parts[name], parts[other] = parts[other], parts[name]
    else:
        parts[name] = (
            parts[name]
            .decode("utf-8", "replace")
            .encode(chance.choice(("utf-16", "utf-16-le", "gb18030", "utf-32")))
        )
    return packed(parts)


def _attribute(text: bytes, chance: random.Random) -> bytes:
    pieces = text.split(b'"')
    places = [i for i in range(1, len(pieces), 2)]
    for place in chance.sample(places, min(len(places), chance.choice((1, 2, 8)))):
        pieces[place] = chance.choice((*_NUMBERS, *_CELLS)).encode()
    return b'"'.join(pieces)


def _tag(text: bytes, chance: random.Random) -> bytes:
    pieces = text.split(b"<")
    place = chance.randrange(1, len(pieces)) if len(pieces) > 1 else 0
    do = chance.randrange(4)
    if do == 0:
        del pieces[place]
    elif do == 1:
        pieces.insert(place, pieces[place])
    elif do == 2:
        chance.shuffle(pieces)
    else:
        pieces[place] = pieces[place] * 2000
    return b"<".join(pieces)


def _entities(text: bytes, chance: random.Random) -> bytes:
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    kind = chance.choice((
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{bomb}]>',
        f'<!DOCTYPE x [<!ENTITY l8 SYSTEM "{_LOCAL}">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    )).encode()  # fmt: skip
    head, _, rest = text.partition(b"?>")
    found = head + b"?>" + kind + rest
    return found.replace(b"</v>", b"&l8;</v>", 1).replace(b"</t>", b"&l8;</t>", 1)


# --- made to hurt ----------------------------------------------------------------------------------


def bomb(chance: random.Random) -> bytes:
    """A small package that unpacks to gigabytes, in one part or another."""
    parts = parts_of(workbook())
    name = chance.choice(("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"))
    filler = chance.choice((b" ", b"<row/>", b"<si><t>x</t></si>", b"A", b"<c/>"))
    whole = parts.get(name, b"<x></x>")
    cut_at = whole.rfind(b"</")
    size = chance.choice((20, 200, 1200)) * 1_000_000
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for other, content in parts.items():
            if other != name:
                package.writestr(other, content)
        with package.open(name, "w", force_zip64=True) as part:
            part.write(whole[:cut_at])
            block = filler * (1_000_000 // len(filler))
            for _ in range(size // len(block)):
                part.write(block)
            part.write(whole[cut_at:])
    return out.getvalue()


def wide(chance: random.Random) -> bytes:
    """A sheet that claims far more rows or columns than there can be."""
    parts = parts_of(workbook())
    name = "xl/worksheets/sheet1.xml"
    claim = chance.choice(_CELLS[:4])
    text = parts[name].decode()
    head, _, rest = text.partition("<sheetData>")
    far = f'<row r="{chance.choice(("1048576", "99999999"))}"><c r="{claim.split(":")[-1]}"><v>1</v></c></row>'  # fmt: skip
    rest = rest.replace("</sheetData>", far + "</sheetData>", 1)
    merges = "".join(
        f'<mergeCell ref="A{n}:XFD{n + 100000}"/>' for n in range(1, chance.choice((2, 3000)))
    )
    rest = rest.replace("</mergeCells>", merges + "</mergeCells>", 1)
    parts[name] = f'{head}<dimension ref="A1:{claim}"/><sheetData>{rest}'.encode()
    return packed(parts)


def linked(chance: random.Random) -> bytes:
    """A workbook that points outside itself."""
    parts = parts_of(workbook())
    target = chance.choice((_LOCAL, "http://127.0.0.1:9/", "\\\\127.0.0.1\\share\\a.xlsx", "../../../../etc/passwd"))  # fmt: skip
    name = chance.choice([n for n in parts if n.endswith(".rels")])
    link = f'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{chance.choice(("worksheet", "externalLink", "sharedStrings", "styles"))}" Target="{target}" TargetMode="External"/>'  # fmt: skip
    parts[name] = parts[name].replace(b"</Relationships>", link.encode() + b"</Relationships>")
    if chance.random() < 0.5:
        parts[name] = parts[name].replace(b"worksheets/sheet1.xml", target.encode())
    return packed(parts)


def lying(chance: random.Random) -> bytes:
    """A package whose directory does not say the truth, or says it twice."""
    parts = parts_of(workbook())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
        if chance.random() < 0.5:
            import warnings

            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                package.writestr("xl/workbook.xml", b"<workbook/>")
        package.writestr(chance.choice(("../../evil", "/etc/x", "xl/" + "d/" * 300 + "x")), b"x")
    data = bytearray(out.getvalue())
    for _ in range(chance.randrange(4)):
        place = data.rfind(b"PK\x01\x02", 0, chance.randrange(1, len(data)))
        if place >= 0:
            for at in range(place + 16, min(place + 28, len(data))):
                data[at] = chance.choice((0, 0xFF, data[at]))
    return bytes(data)


def torn_text(chance: random.Random) -> bytes:
    """A text file that is no table, or one that no reader expects."""
    text = comma()
    kind = chance.randrange(12)
    if kind == 0:
        return text.replace(b",", b"\0", chance.randrange(1, 40))
    if kind == 1:
        return text.replace(b",", b'"', chance.randrange(1, 40))
    if kind == 2:
        return text.decode("utf-8-sig").encode(chance.choice(("utf-16", "utf-16-be", "gb18030", "big5", "utf-32")), "replace")  # fmt: skip
    if kind == 3:
        return b",".join([b"x"] * chance.choice((20_000, 300_000))) + b"\n1,2\n"
    if kind == 4:
        return ("名" * chance.choice((1_000_000, 8_000_000))).encode()
    if kind == 5:
        return text + bytes(chance.randrange(256) for _ in range(chance.randrange(1, 5000)))
    if kind == 6:
        return b"\n" * chance.choice((1, 1_000_000))
    if kind == 7:
        return text.replace(b"\r\n", b"\r")
    if kind == 8:
        return bytes(chance.randrange(256) for _ in range(chance.randrange(1, 20_000)))
    if kind == 9:
        return b"<html><table><tr><td>" + text + b"</td></tr></table></html>"
    if kind == 10:
        return ("企业名称,联系电话\n" + '"' + "未闭合\n" * chance.choice((10, 100_000))).encode()
    return text.replace("有限公司".encode(), "\ud800\udfff\uffff\u202e\x07".encode("utf-8", "surrogatepass"))  # fmt: skip


def spoilt_values(chance: random.Random) -> bytes:
    """A sound workbook whose cells hold what nobody expects."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    odd = ["=1/0", "#REF!", "1.10101E+17", 9.1e17, -1, 1e308, True, "９９９９", "\u202e倒", "甲" * 30_000, "2024-13-45",
           "0000-00-00", "=HYPERLINK(\"x\")", "@SUM(A1)", "\ue000\U00020000", " \u3000", "——", "；；；",
           "13800000000;13900000000/0376-2952000", "五百万元整", "USD 1,000", "-0", "+", "∞", "1,2,3,4"]  # fmt: skip
    for _ in range(chance.randrange(1, 40)):
        sheet.append([chance.choice((*odd, *row)) for row in rows(8)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_HOSTILE: tuple[Callable[[random.Random], bytes], ...] = (wide, linked, lying, torn_text, torn_text, spoilt_values)  # fmt: skip
_CACHE: list[bytes] = []


def bases() -> list[bytes]:
    """Give one sound file of each kind."""
    if not _CACHE:
        _CACHE.extend([workbook(), comma(), old_xml()])
        _CACHE.extend(path.read_bytes() for path in sorted(FILES.glob("base.*")))
    return _CACHE


ENDINGS = (".xlsx", ".xls", ".csv", ".ods", ".xml", ".et", ".xlsm", ".xlsb", ".txt")
BOMB_EVERY = 250


def make(number: int) -> tuple[str, bytes]:
    """Make file number ``number``: (ending, content). Endings need not fit the content."""
    chance = random.Random(number)
    ending = chance.choice(ENDINGS)
    if number % BOMB_EVERY == 0:
        return ".xlsx", bomb(chance)
    if chance.random() < 0.3:
        return ending, chance.choice(_HOSTILE)(chance)
    data = chance.choice(bases())
    if data[:2] == b"PK" and chance.random() < 0.6:
        return ending, within(data, chance)
    for _ in range(chance.choice((1, 1, 2))):
        data = chance.choice(_BYTES)(data, chance) if data else data
    return ending, data
