"""A bulletin as it was made: runs of text, some of them numbers that can be opened. Frozen data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ledger_desk.model.periods import Period
from ledger_desk.workbook.letters.blocks import Kind


@dataclass(frozen=True)
class Asked:
    """One question to the ledger: what `valuing.Values` is asked, and for which period."""

    indicator: str
    measure: str
    by: str
    key: str | None
    only: tuple[tuple[str, str], ...]
    period: Period


@dataclass(frozen=True)
class Spot:
    """One number of a bulletin.

    Attributes:
        number: From 1, in the order of the text.
        title: What it is, in words.
        asked: The questions behind it; of a comparison the present one and the one before.
        values: Their answers, in the smallest unit.
    """

    number: int
    title: str
    asked: tuple[Asked, ...]
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class Run:
    """A stretch of text; with a spot it is a number."""

    text: str
    spot: Spot | None = None


@dataclass(frozen=True)
class Text:
    """One paragraph."""

    runs: tuple[Run, ...]
    kind: Kind = "body"

    @property
    def text(self) -> str:
        """As it reads."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Table:
    """A table; the last of ``rows`` is the total."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True)
class Bulletin:
    """A bulletin for a period, as one moment of the ledger gives it.

    Attributes:
        name: Of the wording.
        heading: Title.
        blocks: Paragraphs and tables.
        period: The days it is about.
        office: Name of the office.
        head: Fingerprint of the ledger that it was made from.
    """

    name: str
    heading: Text
    blocks: tuple[Text | Table, ...]
    period: Period
    office: str
    head: str

    def runs(self) -> Iterator[Run]:
        """All runs in the order of the text."""
        yield from self.heading.runs
        for block in self.blocks:
            if isinstance(block, Text):
                yield from block.runs
            else:
                for row in block.rows:
                    yield from row

    @property
    def spots(self) -> dict[int, Run]:
        """The numbers, by their place in the text."""
        return {run.spot.number: run for run in self.runs() if run.spot is not None}

    @property
    def text(self) -> str:
        """The whole as plain text; cells are apart by tabs."""
        lines = [self.heading.text]
        for block in self.blocks:
            if isinstance(block, Text):
                lines.append(block.text)
            else:
                lines.append("\t".join(block.columns))
                lines += ["\t".join(run.text for run in row) for row in block.rows]
        return "\n".join(lines) + "\n"
