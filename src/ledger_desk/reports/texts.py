"""How values become cells and words: 万元 half up, days, placeholders of a form's texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ledger_desk.model.days import print_day
from ledger_desk.model.periods import Period
from ledger_desk.model.work_parameters import NOBODY
from ledger_desk.reports.styles import CellContent, FieldKind, style_of
from ledger_desk.store.queries import Rows
from ledger_desk.work import parameters

# Name in braces → what it gives, of (office name, period, person, mechanism's first day).
PLACEHOLDERS: Mapping[str, Callable[[str, Period, str, date], str]] = {
    "office": lambda office, period, person, since: office,
    "period": lambda office, period, person, since: period.label,
    "start": lambda office, period, person, since: print_day(period.start),
    "end": lambda office, period, person, since: print_day(period.end),
    "year": lambda office, period, person, since: str(period.end.year),
    "month": lambda office, period, person, since: str(period.end.month),
    "since": lambda office, period, person, since: print_day(since),
    "person": lambda office, period, person, since: person,
    # Whom the office has set to sign (`signers`), or who signs at closing.
    "checked": lambda office, period, person, since: "",
    "headed": lambda office, period, person, since: "",
}


def fill_text(
    text: str, office: str, period: Period, person: str, since: date, *, checked: str = "",
    headed: str = "",
) -> str:  # fmt: skip
    """Fill the placeholders of a text; unknown ones were refused when the form was loaded."""
    values = {name: give(office, period, person, since) for name, give in PLACEHOLDERS.items()}
    return text.format_map(values | {"checked": checked, "headed": headed})


def signers(rows: Rows, office: str | None, own: str, day: date) -> tuple[str, str]:
    """Whom the office has set to sign its reports on a day: 审核人 and 负责人, '' where nobody is.

    Args:
        rows: The ledger.
        office: Office that the report is made for; None for the whole ledger.
        own: The ledger's own office: only its reports are signed by them.
        day: The day the report is made.
    """
    if office not in (None, own):
        return "", ""
    held = parameters.read(rows, day)
    checked, headed = (str(held[key] or "") for key in ("sign.checked", "sign.headed"))
    return ("" if checked == NOBODY else checked), ("" if headed == NOBODY else headed)


def content_of(value: Any, kind: FieldKind, places: int = 2) -> tuple[CellContent, str]:
    """Turn a value of a row into what the workbook gets and how it reads.

    Args:
        value: Money in fen, a day, yes or no, a whole number, text, or None.
        kind: What ``value`` is.
        places: Decimals of 万元 (`decisions.md` 17: forms write the rounded number).
    """
    style = style_of(kind, places)
    return style.content(value), style.text(value)
