"""The four bundled faces: which one stands for a workbook's font, how wide texts are, what is missing.

Noto Serif SC and Noto Sans SC have every character of GBK and the rare ones of names
(``dependencies.md`` §4), so the PDF never depends on what is installed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ledger_desk import paths
from ledger_desk.errors import UserError

SERIF, BLACK, SANS, BOLD = "LedgerSerif", "LedgerSerifBlack", "LedgerSans", "LedgerSansBold"
_FILES = {
    SERIF: "NotoSerifSC-400.ttf",
    BLACK: "NotoSerifSC-900.ttf",
    SANS: "NotoSansSC-400.ttf",
    BOLD: "NotoSansSC-700.ttf",
}
# Where a face lacks a character, these are asked in turn.
_SECOND = {SERIF: (SANS,), BLACK: (SERIF, SANS), SANS: (SERIF,), BOLD: (SANS, SERIF)}
_SANS_NAMES = (
    *("黑体", "雅黑", "等线", "幼圆", "simhei", "yahei", "dengxian", "思源黑体", "noto sans"),
    *("source han sans", "arial", "helvetica", "verdana", "tahoma", "segoe", "微軟正黑"),
)
# In neither face; what a clerk would draw instead.
_STAND_INS = {
    "☐": "□",
    "☑": "√",
    "✓": "√",
    "✔": "√",
    "☒": "×",
    "✗": "×",
    "✘": "×",
    "\t": " ",
    "\n": " ",
}
_NOTHING = "□"


@dataclass
class Face:
    """One bundled face: widths of characters in ems, remembered once asked.

    Attributes:
        key: Name in the PDF library's registry.
        font: The library's font object.
        advance: Character → width in ems, counting the face it will really be drawn in.
        lacking: Character → (face it is drawn in instead, what is drawn).
    """

    key: str
    font: Any
    advance: dict[str, float] = field(default_factory=dict)
    lacking: dict[str, tuple[str, str]] = field(default_factory=dict)

    def width(self, text: str) -> float:
        """Width of a text in ems."""
        try:
            return sum(map(self.advance.__getitem__, text))
        except KeyError:
            for letter in set(text):
                if letter not in self.advance:
                    self._learn(letter)
            return sum(map(self.advance.__getitem__, text))

    def has(self, letter: str) -> bool:
        """Whether this very face has a character."""
        return ord(letter) in self.font.face.charToGlyph

    def _learn(self, letter: str) -> None:
        key, drawn = self.key, letter
        if not self.has(letter):
            wanted = (letter, _STAND_INS[letter]) if letter in _STAND_INS else (letter, _NOTHING)
            choices = [(k, c) for c in wanted for k in (self.key, *_SECOND[self.key])]
            key, drawn = next(item for item in choices if face(item[0]).has(item[1]))
            self.lacking[letter] = (key, drawn)
        face_data = face(key).font.face
        wide = face_data.charWidths.get(ord(drawn), face_data.defaultWidth)
        self.advance[letter] = wide / 1000

    def runs(self, text: str) -> list[tuple[str, str]]:
        """Cut a text where another face must step in: (face key, text to draw) pairs."""
        self.width(text)
        if not self.lacking or self.lacking.keys().isdisjoint(text):
            return [(self.key, text)]
        found: list[tuple[str, str]] = []
        for letter in text:
            key, drawn = self.lacking.get(letter, (self.key, letter))
            if found and found[-1][0] == key:
                found[-1] = (key, found[-1][1] + drawn)
            else:
                found.append((key, drawn))
        return found

    def missing(self, text: str) -> set[str]:
        """Characters of a text that no bundled face has, not even in a stand-in."""
        self.width(text)
        return {
            letter
            for letter in self.lacking.keys() & set(text)
            if self.lacking[letter][1] == _NOTHING and letter not in (_NOTHING, "☐")
        }


def face_key(name: str, bold: bool) -> str:
    """Which face stands for a workbook's font.

    小标宋 is a heavy face by nature; 黑体 and its like are sans; everything else is set in 宋体.
    """
    plain = name.casefold()
    if "标宋" in plain or "大标宋" in plain:
        return BLACK
    if any(item in plain for item in _SANS_NAMES):
        return BOLD if bold else SANS
    return BLACK if bold else SERIF


@cache
def face(key: str) -> Face:
    """Load one face (about 0.1 s) and keep it for the life of the program.

    Raises:
        UserError: The font file is missing from the installation.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    mend_library()
    path = paths.resources() / "fonts" / _FILES[key]
    try:
        font = TTFont(key, str(path))
    except TTFError as error:
        raise UserError(f"字体文件“{path}”缺失或损坏，PDF 没有生成。请重新安装本程序。") from error
    pdfmetrics.registerFont(font)
    return Face(key, font)


def mend_library() -> None:
    """Let characters beyond U+FFFF be copied out of the PDF (𬭎 𫍽 in names).

    reportlab 5.1 writes them into the ToUnicode map as five hex digits, where UTF-16 is wanted
    (``dependencies.md`` §4). Its function is replaced by a right one; doing it twice is harmless.
    Streams are written as bytes, not as ASCII-85 text, which reportlab makes in slow Python.
    """
    from reportlab import rl_config
    from reportlab.pdfbase import ttfonts

    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = _to_unicode_map


def _to_unicode_map(fontname: str, subset: list[int]) -> str:
    """ToUnicode map of one subset: one UTF-16 text for each code (PDF 32000-1, 9.10.3)."""
    lines = [
        f"<{code:02X}> <{chr(value).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for code, value in enumerate(subset)
    ]
    blocks = []
    for start in range(0, len(lines), 100):  # the standard allows no more in one block
        part = lines[start : start + 100]
        blocks += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            "/CIDSystemInfo",
            f"<< /Registry ({fontname})",
            f"/Ordering ({fontname})",
            "/Supplement 0",
            ">> def",
            f"/CMapName /{fontname} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *blocks,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )
