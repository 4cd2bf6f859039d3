"""The outline of a blank: which sheets, how far each reaches, what is merged, what is printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from ledger_desk.model.plain import plain
from ledger_desk.workbook.package import MAIN, Package
from ledger_desk.workbook.references import Area, area, name, split


@dataclass(frozen=True)
class Outline:
    """One sheet of a blank.

    Attributes:
        rows: Last used row.
        columns: Last used column.
        merges: Merged areas.
        texts: (row, column) → printed text.
    """

    rows: int
    columns: int
    merges: tuple[Area, ...]
    texts: Mapping[tuple[int, int], str]

    def tail_of(self, row: int, column: int) -> str | None:
        """The head (``A1``) of the merged area that hides this cell, or None."""
        for merge in self.merges:
            if (row, column) in merge and (row, column) != (merge.first_row, merge.first_column):
                return name(merge.first_row, merge.first_column)
        return None

    def headings(self, column: int, above: int) -> list[str]:
        """Texts printed over a column, nearest first; merged headings belong to all they span."""
        return [
            text
            for row, first, text, span in reversed(self._printed)
            if row < above and (first == column or (span is not None and (row, column) in span))
        ]

    def labels(self, row: int, before: int) -> list[str]:
        """Texts printed in a row left of column ``before``; a merged text belongs to all its rows."""
        return [
            text
            for first, column, text, span in self._printed
            if column < before and (first == row or (span is not None and (row, column) in span))
        ]

    @cached_property
    def _printed(self) -> list[tuple[int, int, str, Area | None]]:
        """(row, column, text, the merged area around it or None), in reading order."""
        return [
            (row, column, text, next((m for m in self.merges if (row, column) in m), None))
            for (row, column), text in sorted(self.texts.items())
        ]


def same_heading(said: str, printed: str) -> bool:
    """Whether two headings are one, line breaks, blanks and full-width brackets aside."""
    return _bare(said) == _bare(printed)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", plain(text))


@lru_cache(maxsize=128)
def outline(blank: bytes) -> Mapping[str, Outline]:
    """Outline every sheet of a blank workbook by the name on its tab; of the same blank once.

    Raises:
        UserError: The bytes are no .xlsx, or damaged.
    """
    from ledger_desk.workbook.recalculating import shared_strings

    package = Package.read(blank)
    shared = shared_strings(package)
    found = {}
    for sheet in package.sheets():
        root = package.xml(sheet.part)
        rows = columns = 0
        texts: dict[tuple[int, int], str] = {}
        for row in root.iter(f"{{{MAIN}}}row"):
            rows = max(rows, int(row.get("r") or rows + 1))
        for cell in root.iter(f"{{{MAIN}}}c"):
            if not cell.get("r"):
                continue
            place = split(cell.get("r"))
            columns = max(columns, place[1])
            text = _text(cell, shared)
            if text:
                texts[place] = text
        merges = tuple(area(m.get("ref")) for m in root.iter(f"{{{MAIN}}}mergeCell"))
        rows = max([rows, *(m.last_row for m in merges)])
        columns = max([columns, *(m.last_column for m in merges)])
        found[sheet.name] = Outline(rows, columns, merges, texts)
    return found


def _text(cell: Any, shared: list[str]) -> str:
    from ledger_desk.workbook.recalculating import string_text

    if cell.get("t") == "inlineStr":
        return string_text(cell)
    value = cell.findtext(f"{{{MAIN}}}v")
    if cell.get("t") == "s" and value is not None and value.isdigit() and int(value) < len(shared):
        return shared[int(value)]
    return value or "" if cell.get("t") == "str" else ""
