"""Which firms a pasted list means: one firm a line, by code, number or exact name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ledger_desk.model.records import Enterprise
from ledger_desk.store.queries import Query, Rows, Where

_BY = ("code", "regno", "internal_no", "name")
_BREAK = re.compile(r"[\t,，;；]")


class Line(NamedTuple):
    """One line of a pasted list: its text, the firms that it may mean, and why it is not one firm."""

    text: str
    firms: tuple[str, ...]
    why: str = ""


def lines_of(text: str) -> list[str]:
    """Cut a pasted text into lines that say something, each once."""
    found = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in found if line))


def recognise(rows: Rows, text: str) -> list[Line]:
    """Find the firms of a pasted list.

    A line copied out of a table may have several cells; the first cell that a firm is known by
    counts. A name that several firms bear is not taken for one of them.
    """
    lines = lines_of(text)
    cells = {line: [cell.strip() for cell in _BREAK.split(line) if cell.strip()] for line in lines}
    known = _known(rows, sorted({cell for some in cells.values() for cell in some}))
    made = []
    for line in lines:
        firms = next((known[cell] for cell in cells[line] if cell in known), ())
        why = ""
        if not firms:
            why = "账里没有这一户：名称要写全，或者写统一社会信用代码。"
        elif len(firms) > 1:
            why = f"有 {len(firms)} 户叫这个名称，请改写统一社会信用代码。"
        made.append(Line(line, firms, why))
    return made


def _known(rows: Rows, cells: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Firms by what they are known by; a code counts before a name."""
    known: dict[str, tuple[str, ...]] = {}
    for field in _BY:
        asked = {cell.upper() if field == "code" else cell: cell for cell in cells}
        query = Query(Enterprise, (Where(field, "in", tuple(asked)),))
        found: dict[str, list[str]] = {}
        for firm in rows.find(query) if asked else ():
            found.setdefault(asked[getattr(firm, field)], []).append(firm.id)
        for cell, firms in found.items():
            known.setdefault(cell, tuple(firms))
    return known
