"""What can be reported, and making it: the one place that window and command line call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import paths
from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import (
    Due,
    Form,
    FormProblem,
    Forms,
    load_all,
    load_some,
    with_own,
)
from ledger_desk.files import atomic_write
from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress, silent
from ledger_desk.reports import output
from ledger_desk.reports.build import build_on, elsewhere_of
from ledger_desk.reports.checks import Checks, check_on
from ledger_desk.reports.designing.own import OwnText, own_texts, read_own
from ledger_desk.reports.shapes import Report
from ledger_desk.reports.vocabulary import known
from ledger_desk.store.ledger import Ledger

if TYPE_CHECKING:
    from ledger_desk.workbook.painting import Painted


@dataclass(frozen=True)
class FormInfo:
    """One form as a list shows it: ``due`` reads 月报，月后10日内 or 随时; ``own``: 自有表样."""

    id: str
    title: str
    standing: str
    due: str
    every: str
    source: str
    notes: tuple[str, ...]
    timing: Due
    own: bool = False

    @property
    def kept_as(self) -> str:
        """Its standing as a list shows it: 自有 for an own form."""
        return "自有" if self.own else self.standing

    def due_day(self, period: Period) -> date | None:
        """The last day to hand in ``period``; None for a form without a date."""
        return self.timing.due_day(period.end)

    def as_json(self) -> dict[str, Any]:
        """What ``forms --json`` prints for it."""
        return {
            "id": self.id, "title": self.title, "standing": self.standing, "due": self.due,
            "own": self.own,
        }  # fmt: skip


def load_forms(ledger: Ledger | None = None, folders: Sequence[Path] = ()) -> Forms:
    """Load the built-in forms, those of ``folders``, then the ledger's own; later ones replace by id.

    Reading them all takes a good part of a second: they are read again when one has changed.
    """
    places = (paths.forms(), *folders)
    return _loaded(places, _state(places), own_texts(ledger) if ledger is not None else ())


@lru_cache(maxsize=4)
def _loaded(
    folders: tuple[Path, ...], state: tuple[tuple[str, int, int], ...], own: tuple[OwnText, ...]
) -> Forms:
    if own:
        return with_own(_loaded(folders, state, ()), [read_own(each) for each in own])
    return load_all(folders, known())


def _state(folders: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """Tell whether a file of the folders has changed: path, time of writing, size of each."""
    found = [path for folder in folders for path in folder.glob("*/*")]
    told = [(path, path.stat()) for path in sorted(found)]
    return tuple((str(path), held.st_mtime_ns, held.st_size) for path, held in told)


def load_form(form_id: str, ledger: Ledger | None = None) -> Forms:
    """Load one form, with the others only where its formulas look into them."""
    own = own_texts(ledger) if ledger is not None else ()
    if any(each.name == form_id for each in own):
        return load_forms(ledger)
    found = load_some([paths.forms()], known(), form_id)
    alone = form_id in found.forms and len(found.forms) == 1
    return load_forms(ledger) if own and not alone else found


def catalogue(ledger: Ledger | None = None, forms: Forms | None = None) -> list[FormInfo]:
    """List the forms that can be made, built-in ones in the order of their folders, own ones last."""
    return [_info(form) for form in (forms or load_forms(ledger)).forms.values()]


def problems(ledger: Ledger | None = None) -> tuple[FormProblem, ...]:
    """What is wrong in the definitions of forms; such forms are not in the `catalogue`."""
    return load_forms(ledger).problems


def _info(form: Form) -> FormInfo:
    shape = form.shape
    source = f"{shape.source.title} {shape.source.clause}"
    return FormInfo(
        shape.id,
        shape.title,
        shape.standing,
        shape.due.text,
        shape.due.every,
        source,
        shape.notes,
        shape.due,
        form.own,
    )


@dataclass(frozen=True)
class ReportFiles:
    """A report that was made and checked; workbook and PDF are made when first asked for."""

    report: Report
    checks: Checks

    @cached_property
    def xlsx(self) -> bytes:
        """The exact workbook."""
        return output.write_xlsx(self.report)

    @cached_property
    def pdf(self) -> Painted:
        """The pages, painted from that workbook, with the box of every cell."""
        return output.write_pdf(self.report, self.xlsx)

    def name(self, ending: str) -> str:
        """Suggest a file name with this ending."""
        return output.file_name(self.report, ending)

    def write(self, xlsx: Path | None = None, pdf: Path | None = None) -> None:
        """Write the files that are asked for, each whole or not at all.

        Raises:
            UserError: A file cannot be written.
        """
        if xlsx is not None:
            atomic_write(xlsx, self.xlsx)
        if pdf is not None:
            atomic_write(pdf, self.pdf.pdf)

    def as_json(self) -> dict[str, Any]:
        """``rows`` and ``checks: {must, explain, hint}`` of ``report --json``."""
        return {"rows": self.report.rows, "checks": self.checks.counts}


def run(
    ledger: Ledger,
    form_id: str,
    start: date,
    end: date,
    progress: Progress = silent,
    *,
    office: str | None = None,
    forms: Forms | None = None,
) -> ReportFiles:
    """Make and check a form for the days from ``start`` to ``end``, both included.

    Report and findings come from the same picture of the ledger.

    Raises:
        UserError: No such form, its definition has mistakes, or the days are the wrong way round.
        Cancelled: The person asked to stop.
    """
    forms = forms or load_form(form_id, ledger)
    from ledger_desk.reports.periods.earlier import closed_reports

    form = forms.get(form_id)
    if end < start:
        raise UserError(f"期别的最后一天 {end} 早于第一天 {start}。请把起止日期对调后再出表。")
    with ledger.read() as rows:
        period = Period(start, end)
        closed = closed_reports(rows, office, forms)
        around = elsewhere_of(rows, ledger, form, period, office, forms, closed)
        report = build_on(
            rows, ledger, form, period, office=office, elsewhere=around, progress=progress
        )
        return ReportFiles(report, check_on(rows, report, around))
