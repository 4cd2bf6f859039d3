"""What the page reads beside the window: duties, the overview, the firms behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress
from ledger_desk.reports.progress import Kept, Overview, firms_behind, firms_of_rate, read_overview
from ledger_desk.store.counting.totals import Member
from ledger_desk.store.ledger import Ledger
from ledger_desk.work import parameters
from ledger_desk.work.calendars import read_calendar
from ledger_desk.work.duties import Agenda, Asked, FormDue, read_agenda


@dataclass(frozen=True)
class Figure:
    """One figure that was opened.

    Attributes:
        kind: ``stage`` or ``rate``.
        key: Stage or rate.
        which: Of a rate: ``short``, ``unset``, ``done`` or ``owed``.
        row: Township or bank; None for all.
        title: What the figure says.
    """

    kind: str
    key: str
    title: str
    which: str = "short"
    row: str | None = None


def agenda(
    ledger: Ledger, today: date, asked: Asked, forms: Sequence[FormDue] | None, most: int, turn: int,
    known: Agenda | None, report: Progress,
) -> tuple[int, Agenda, Sequence[FormDue]]:  # fmt: skip
    """Read what is to be done; the tables with a date are looked up once.

    What was counted for ``known`` is not counted again while nobody wrote.
    """
    report(0, 0, "")
    if forms is None:
        from ledger_desk.reports.due_forms import due_forms

        forms = due_forms(ledger)
    with ledger.read() as rows:
        held, calendar = parameters.read(rows, today), read_calendar(rows)
        return (
            turn,
            read_agenda(
                rows, today, calendar, held, asked=asked, forms=forms, most=most, known=known
            ),
            forms,
        )


def overview(
    ledger: Ledger, kept: Kept, period: Period, measure: str, by: str, turn: int, report: Progress
) -> tuple[int, str, Overview]:
    """Count the overview, or take the one that was counted at this head of the journal."""
    report(0, 0, "")
    head = ledger.head()
    found = kept.get(head, period, measure, by)
    if found is None:
        with ledger.read() as rows:
            found = read_overview(rows, ledger.office, period, measure, by)
    return turn, head, found


def firms(
    ledger: Ledger, shown: Overview, figure: Figure, turn: int, report: Progress
) -> tuple[int, list[Member]]:
    """Read the firms behind a figure."""
    report(0, 0, "")
    with ledger.read() as rows:
        if figure.kind == "rate":
            return turn, firms_of_rate(rows, shown, figure.key, figure.which, figure.row)
        return turn, firms_behind(rows, shown, figure.key, figure.row)
