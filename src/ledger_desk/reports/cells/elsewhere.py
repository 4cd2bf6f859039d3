"""Other forms of the same period, and the same form of an earlier one, as formulas ask for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Literal

from ledger_desk.exchange.definitions import Form, FormShape
from ledger_desk.exchange.form_formulas import formula_cells, read_formula
from ledger_desk.model.formulas import Reference
from ledger_desk.model.periods import Period
from ledger_desk.reports.shapes import Report
from ledger_desk.workbook.references import letters, number

Earlier = Literal["", "上期", "上年同期"]
Make = Callable[[str, Period], Report | None]
"""(id or title of a form, period) → its report, or None where there is no such form."""


class Elsewhere:
    """Reports that formulas of one report look into; each is made once.

    Reports made here look nowhere else themselves: 上期 of 上期 would never end.
    """

    def __init__(self, make: Make, form: str, period: Period) -> None:
        """Look from a form and its period; ``make`` gives a report, closed ones as they were."""
        self._make, self._form, self._period = make, form, period
        self._made: dict[tuple[str, Period], Report | None] = {}

    def report(self, form: str, earlier: str) -> Report | None:
        """Give the report that a reference means; None where there is none."""
        period = {
            "上期": self._period.previous, "上年同期": self._period.year_before,
        }.get(earlier, lambda: self._period)()  # fmt: skip
        key = (form or self._form, period)
        if key not in self._made:
            self._made[key] = None  # two forms that look at each other find nothing
            self._made[key] = self._make(*key)
        return self._made[key]


def slimmed(looking: FormShape, form: Form) -> Form:
    """Cut a form down to what another one's formulas look at in it: the rest need not be counted.

    Args:
        looking: The form whose formulas and checks look.
        form: The form looked at; the same one for 上期 and 上年同期.
    """
    shape = form.shape
    wanted: set[tuple[str, str]] = set()
    names = {shape.id, shape.title}
    for tab, reference in _references(looking):
        if reference.form in names or (shape.id == looking.id and reference.earlier):
            own = reference.form if reference.form in shape.sheets else ""
            at = shape.sheet if reference.form in names else own or tab
            wanted |= {(at, column) for column in _columns(reference)}
    before: set[tuple[str, str]] = set()
    while before != wanted:  # what is worked out of other columns needs these too
        before = set(wanted)
        for cell in formula_cells(shape):
            if (cell.spot[0], cell.spot[1]) in before:
                formula = read_formula(cell.text, shape, cell.spot[0], cell.block)
                for reference in formula.references:
                    wanted |= {(reference.form or cell.spot[0], at) for at in _columns(reference)}
    blocks = []
    for block in shape.block:
        tab = shape.sheet_of(block)
        kept = tuple(c for c in block.column if (tab, c.at) in wanted)
        # A block without any such column keeps its cheapest one: its rows move those below it.
        kept = kept or tuple(c for c in block.column if c.field)[:1] or block.column[:1]
        blocks.append(block.model_copy(update={"column": kept}))
    cells = tuple(
        c for c in shape.cell
        if c.text is None and (shape.sheet_of(c), c.at.rstrip("0123456789")) in wanted
    )  # fmt: skip
    cut = {"block": tuple(blocks), "cell": cells, "check": (), "checks": (), "balance": None}
    return replace(form, shape=shape.model_copy(update=cut))


def _references(shape: FormShape) -> Iterator[tuple[str, Reference]]:
    """All that a form's formulas and checks look at, with the tab they stand on."""
    for cell in formula_cells(shape):
        formula = read_formula(cell.text, shape, cell.spot[0], cell.block)
        yield from ((cell.spot[0], reference) for reference in formula.references)
    for check in shape.check:
        tab = shape.sheet_of(check)
        formula = read_formula(check.formula, shape, tab)
        yield from ((tab, reference) for reference in formula.references)


def _columns(reference: Reference) -> list[str]:
    first, last = number(reference.column), number(reference.last_column or reference.column)
    return [letters(column) for column in range(first, last + 1)]
