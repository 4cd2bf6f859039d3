"""填表人, 审核人 and 负责人 of a closed period, written where the form has a place for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from ledger_desk.reports.indicators import MECHANISMS
from ledger_desk.reports.shapes import Cell, Report
from ledger_desk.reports.texts import fill_text, signers
from ledger_desk.store.queries import Rows

_MARKS = ("{person}", "{checked}", "{headed}")


@dataclass(frozen=True)
class Signed:
    """Who fills in, who checks, who is responsible; empty: left to be signed by hand."""

    filled: str = ""
    checked: str = ""
    headed: str = ""

    @property
    def words(self) -> str:
        """``填表人 程映雪、审核人 王甲``."""
        named = (("填表人", self.filled), ("审核人", self.checked), ("负责人", self.headed))
        return "、".join(f"{what} {who}" for what, who in named if who)


NOBODY = Signed()


def usual(rows: Rows, person: str, office: str | None, own: str) -> Signed:
    """Whom the office has set to sign a report made today, and who fills it in."""
    return Signed(person, *signers(rows, office, own, date.today()))


def sign(report: Report, signed: Signed) -> Report:
    """Write the names into the texts of a report that name them; all else stays.

    Args:
        report: As it was made; its texts may carry the name of whoever worked then.
        signed: Who signs now.
    """
    shape = report.form.shape
    since = MECHANISMS[shape.mechanism].since
    cells: dict[str, tuple[Cell, ...]] = {}
    for tab, some in report.cells.items():
        declared = [fixed for fixed in shape.cell if shape.sheet_of(fixed) == tab]
        made = []
        for fixed, cell in zip(declared, some, strict=True):  # in the same order: see `build`
            if fixed.text is not None and any(mark in fixed.text for mark in _MARKS):
                said = fill_text(
                    fixed.text, report.office_name, report.period, signed.filled, since,
                    checked=signed.checked, headed=signed.headed,
                )  # fmt: skip
                made.append(replace(cell, value=said, text=said))
            else:
                made.append(cell)
        cells[tab] = tuple(made)
    return replace(report, cells=cells)
