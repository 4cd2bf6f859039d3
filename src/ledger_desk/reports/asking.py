"""The numbers of a form, as questions to `valuing.Values`, and how each is written."""

from __future__ import annotations

from ledger_desk.exchange.form_questions import Question
from ledger_desk.model.periods import Period
from ledger_desk.reports.indicators import find_indicator
from ledger_desk.reports.shapes import FromIndicator
from ledger_desk.reports.styles import MONEY_UNITS, Style, style_of
from ledger_desk.reports.valuing import Values
from ledger_desk.reports.windows import Days
from ledger_desk.store.queries import Rows


class Asked:
    """What all blocks of one report share; every select is run once, whatever the cells."""

    def __init__(self, rows: Rows, days: Days, office: str | None) -> None:
        """Ask on one picture of the ledger; ``office`` cuts to what one office entered."""
        self.days, self.office = days, office
        self._values = Values(rows, days.period, days.since, office)

    @property
    def period(self) -> Period:
        """The period of the form."""
        return self.days.period

    def keys(self, question: Question, by: str) -> set[str]:
        """Give the parts that are met in the data."""
        return set(self._values.split(question.indicator, question.measure, by, question.parts))

    def ask(self, question: Question, by: str = "", key: str | None = None) -> FromIndicator:
        """Answer one question.

        Args:
            question: Indicator, measure and parts.
            by: How the rows of the block split the ledger; empty: not at all.
            key: The row's part; None for the whole.
        """
        only = question.parts
        if key is None and not by and only:
            # Of parts named one by one the first is split by: its neighbours come with it.
            (by, key), only = only[0], only[1:]
        value = self._values.value(question.indicator, question.measure, by, key, only)
        return FromIndicator(question.indicator, question.measure, by, key, value, only)


def style_for(question: Question, places: int = 2, unit: str = "") -> Style:
    """How an indicator's number is written: in the column's unit of money, else in its own."""
    spec = find_indicator(question.indicator)
    # A rate without anything to divide by shows —; what nobody reported or owes stays empty.
    rate = spec.kind in ("ratio", "mean")
    own, finest = str(spec.unit_of(question.measure)), spec.places_of(question.measure)
    if own in MONEY_UNITS:
        return style_of("money", places, unit if unit in MONEY_UNITS else own)
    if finest:
        return style_of("percent", min(places, finest), "%" if own == "%" else "", finest, rate)
    return style_of("whole")
