"""What a wording is made of once it is read: lines of words, numbers, comparisons, rankings; tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from ledger_desk.workbook.letters.blocks import Kind


@dataclass(frozen=True)
class Mistake:
    """What is wrong, and where: line and character from 1; ``text`` is what stands there."""

    line: int
    column: int
    text: str
    why: str

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        return f"第 {self.line} 行第 {self.column} 个字起“{self.text}”：{self.why}"


@dataclass(frozen=True)
class Place:
    """Where something in braces stands."""

    line: int
    column: int
    text: str

    def mistake(self, why: str) -> Mistake:
        """Say what is wrong with it."""
        return Mistake(self.line, self.column, self.text, why)


@dataclass(frozen=True)
class Word:
    """``{period}``, ``{单位}``: a word that the period, the office or the person gives."""

    name: str


@dataclass(frozen=True)
class Ask:
    """One indicator: ``{授信金额@本期:乡镇=新集镇|亿元|1位}``.

    Attributes:
        indicator: Its id.
        measure: One of its measures.
        parts: (split key, name of the part as written).
        unit: Unit of money; empty: its own.
        places: Decimals; None: as the number has them, without noughts at the end.
        bare: Written without its unit.
        place: Where it stands.
    """

    indicator: str
    measure: str
    parts: tuple[tuple[str, str], ...]
    unit: str
    places: int | None
    bare: bool
    place: Place


@dataclass(frozen=True)
class Against:
    """``{比上期:走访户数@本期}``: a number against the one before; ``share``: by how many per cent."""

    ask: Ask
    what: str
    share: bool


@dataclass(frozen=True)
class Ranking:
    """``{排名:授信户数@本期:乡镇:前5}``: the first or the last parts; those level with the last too."""

    ask: Ask
    by: str
    count: int
    from_end: bool


Piece: TypeAlias = str | Word | Ask | Against | Ranking


@dataclass(frozen=True)
class Paragraph:
    """One line of the wording."""

    pieces: tuple[Piece, ...]
    kind: Kind = "body"


@dataclass(frozen=True)
class Matrix:
    """``{表:走访户数@本日,授信户数@启动以来累计:乡镇:排名}``: a table, by rank of its first number if so."""

    asks: tuple[Ask, ...]
    by: str
    ranked: bool
    place: Place


@dataclass(frozen=True)
class Signature:
    """``{落款}``: office and last day of the period, set right."""


@dataclass(frozen=True)
class Wordage:
    """A wording that was read, with what is wrong with it."""

    lines: tuple[Paragraph | Matrix | Signature, ...]
    mistakes: tuple[Mistake, ...]
