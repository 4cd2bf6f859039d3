"""Form + period → `Report`: one engine for lists and matrices, every cell with its provenance."""

from __future__ import annotations

from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Block, Fixed, Form, Forms
from ledger_desk.exchange.form_questions import combine
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Office
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.asking import Asked, style_for
from ledger_desk.reports.cells.elsewhere import Elsewhere, Make, slimmed
from ledger_desk.reports.cells.sums import keep_sums
from ledger_desk.reports.cells.working import work_out
from ledger_desk.reports.each_part import with_sheets
from ledger_desk.reports.indicators import MECHANISMS, find_indicator
from ledger_desk.reports.laying import Layer
from ledger_desk.reports.shapes import Cell, Report, ReportBlock
from ledger_desk.reports.sources import SOURCES
from ledger_desk.reports.texts import fill_text, signers
from ledger_desk.reports.windows import Days
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.workbook.references import split


def build(
    ledger: Ledger,
    form: Form,
    period: Period,
    *,
    office: str | None = None,
    forms: Forms | None = None,
    progress: Progress = silent,
) -> Report:
    """Make a report on one consistent picture of the ledger.

    Args:
        ledger: The open ledger.
        form: A form from ``load_all``.
        period: First and last day, both included; events count by their own date
            (`decisions.md` 16).
        office: Id of one reporting office, or None for everything in the ledger.
        forms: Forms that formulas may name.
        progress: Told after each block; may cancel.

    Raises:
        UserError: The office is not in the ledger.
        Cancelled: The person asked to stop.
    """
    with ledger.read() as rows:
        around = elsewhere_of(rows, ledger, form, period, office, forms)
        return build_on(
            rows, ledger, form, period, office=office, elsewhere=around, progress=progress
        )


def build_on(
    rows: Rows,
    ledger: Ledger,
    form: Form,
    period: Period,
    *,
    office: str | None = None,
    elsewhere: Elsewhere | None = None,
    progress: Progress = silent,
) -> Report:
    """Make a report on a picture that is already open, as `build` does.

    ``elsewhere`` is where its formulas find other forms and earlier periods (`elsewhere_of`).
    """
    who = ledger.office if office is None else rows.get(Office, office)
    if who is None:
        raise UserError("账里没有这个填报单位，可能已经移除。请在“填报单位”里重新选一个。")
    since = MECHANISMS[form.shape.mechanism].since
    asked = Asked(rows, Days(period, since), office)
    form = with_sheets(rows, form, asked, who)
    shape = form.shape
    layer = Layer(rows, asked, who)
    blocks: list[ReportBlock] = []
    inserted: dict[str, list[tuple[int, int]]] = {}
    order = sorted(shape.block, key=lambda block: (shape.sheet_of(block), block.first_row))
    for done, block in enumerate(order):
        progress(done, len(order), _label(block))
        sheet = shape.sheet_of(block)
        before = inserted.setdefault(sheet, [])
        made = layer.block(block, sheet, sum(count for _, count in before))
        before.append((block.last_row, block.added(len(made.places))))
        blocks.append(made)
    name = f"{who.title}（练习）" if ledger.practice else who.title
    person = ledger.person
    words = (name, period, (person.name or "") if person is not None else "", since)
    checked, headed = signers(rows, office, ledger.office.id, date.today())
    cells: dict[str, list[Cell]] = {}
    for fixed in shape.cell:
        sheet = shape.sheet_of(fixed)
        row, column = split(fixed.at)
        row += sum(count for last, count in inserted.get(sheet, []) if row > last)
        if fixed.text is not None:
            text = fill_text(fixed.text, *words, checked=checked, headed=headed)
            made_cell = Cell(row, column, text, text, sheet=sheet)
        else:
            made_cell = _single(fixed, row, column, sheet, asked)
        cells.setdefault(sheet, []).append(made_cell)
    report = Report(
        form,
        period,
        office,
        name,
        _head(rows),
        {tab: tuple(c) for tab, c in cells.items()},
        tuple(blocks),
    )
    progress(len(order), len(order), "")
    return keep_sums(work_out(report, elsewhere))


def elsewhere_of(
    rows: Rows, ledger: Ledger, form: Form, period: Period, office: str | None,
    forms: Forms | None, closed: Make | None = None,
) -> Elsewhere:  # fmt: skip
    """Give what a form's formulas find elsewhere, made on the same picture when it is asked for.

    Args:
        rows: The picture of the ledger.
        ledger: Its ledger.
        form: The form that looks around.
        period: Its period.
        office: Its office.
        forms: Forms that it may name.
        closed: Gives closed reports as they were; None where a period is open.
    """
    known = dict(forms.forms) if forms is not None else {}
    by_name = known | {each.title: each for each in known.values()} | {form.id: form}

    def make(name: str, when: Period) -> Report | None:
        frozen = closed(name, when) if closed is not None else None
        if frozen is not None or name not in by_name:
            return frozen
        wanted = slimmed(form.shape, by_name[name])
        return build_on(rows, ledger, wanted, when, office=office)

    return Elsewhere(make, form.id, period)


def _label(block: Block) -> str:
    if block.title or block.rows not in SOURCES:
        return block.title or "各项指标"
    return SOURCES[block.rows].label


def _single(fixed: Fixed, row: int, column: int, sheet: str, asked: Asked) -> Cell:
    """One number outside the blocks; a formula is worked out later."""
    if fixed.formula is not None:
        return Cell(row, column, None, "", None, fixed.label, sheet)
    question, _ = combine(fixed)
    assert question is not None  # a form without it was refused
    origin, style = asked.ask(question), style_for(question, fixed.places, fixed.unit)
    label = fixed.label or find_indicator(question.indicator).label
    value = origin.value
    return Cell(
        row,
        column,
        style.content(value),
        style.text(value),
        origin,
        label,
        sheet,
        style.held(value),
    )


def _head(rows: Rows) -> str:
    """Hash of the newest step of the same picture."""
    found = rows.connection.exec_driver_sql(
        "SELECT hash FROM step ORDER BY id DESC LIMIT 1"
    ).scalar()
    return str(found or "")
