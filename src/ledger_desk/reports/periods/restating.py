"""差异说明: what was reported against what the ledger says today, and the firms that moved it.

Today's numbers are those of the form as it was closed, so that cell stands against cell. For each one
that differs: reported + firms that came − firms that left ± firms that changed = now.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Form, Forms
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Closing
from ledger_desk.model.work_parameters import BY_KEY
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.build import build_on, elsewhere_of
from ledger_desk.reports.cells.elsewhere import Make
from ledger_desk.reports.periods import closings
from ledger_desk.reports.periods.causes import MEANING, UNKNOWN, Cause, Journal, causes_of
from ledger_desk.reports.periods.earlier import closed_reports
from ledger_desk.reports.periods.frozen import Frozen, freeze
from ledger_desk.reports.periods.moves import (
    CellMove,
    LeafMove,
    Mover,
    RowMove,
    cell_moves,
    is_list,
    row_moves,
)
from ledger_desk.reports.periods.stakes import Question, Who, owner, question_of, values_of
from ledger_desk.reports.shapes import FromIndicator, FromRows, Report
from ledger_desk.reports.valuing import Values
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows

Ref = tuple[str, str]


@dataclass(frozen=True)
class Restatement:
    """One closing against today.

    Attributes:
        closing: What was reported, when, by whom.
        made_on: Today.
        office_name: As it stood on the reported form.
        cells: Cells that differ.
        rows: Rows of lists that came, left or changed.
        causes: (cell's place in ``cells``, leaf, firm) → why; and (-1, 0, record) of a row.
        changed_meaning: Parameters and definitions that are not what they were, a sentence each.
        was: What was reported, whole.
        now: The same form today.
    """

    closing: Closing
    made_on: date
    office_name: str
    cells: tuple[CellMove, ...]
    rows: tuple[RowMove, ...]
    causes: Mapping[tuple[int, int, Who], tuple[Cause, ...]]
    changed_meaning: tuple[str, ...]
    was: Report
    now: Report

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return not self.cells and not self.rows

    def causes_of(self, cell: int, leaf: LeafMove, mover: Mover) -> tuple[Cause, ...]:
        """Why a firm moved a number."""
        found = self.causes.get((cell, leaf.place, mover.who), ())
        return found or (Cause(MEANING if self.changed_meaning else UNKNOWN),)

    def causes_of_row(self, row: RowMove) -> tuple[Cause, ...]:
        """Why a row of a list came, left or changed."""
        found = self.causes.get((-1, 0, row.records[0] if row.records else row.who), ())
        return found or (Cause(MEANING if self.changed_meaning else UNKNOWN),)


def restate(
    ledger: Ledger, closing: Closing, *, forms: Forms | None = None, progress: Progress = silent
) -> Restatement:
    """Lay a closed period beside today's ledger.

    Args:
        ledger: The open ledger; nothing is written.
        closing: Any closing, also one that was opened again.
        forms: Forms that formulas may name.
        progress: May cancel.

    Raises:
        UserError: What was kept is damaged, or written by another version.
        Cancelled: The person asked to stop.
    """
    with ExitStack() as open_now:
        rows = open_now.enter_context(ledger.read())
        form = forms.forms.get(str(closing.form)) if forms is not None else None
        was = closings.read_frozen(rows, closing, form)
        known, period, office = was.report.form, was.report.period, was.report.office
        around = elsewhere_of(
            rows, ledger, known, period, office, forms, _others(closing, rows, office, forms)
        )
        report = build_on(
            rows, ledger, known, period, office=office, elsewhere=around, progress=progress
        )
        now = freeze(rows, report, signed=was.signed, progress=progress)
        cells, rows_moved = tuple(cell_moves(was, now)), tuple(row_moves(was.report, report))
        step = _step_of(rows, str(closing.head))
        old: Rows | None = None
        if step is not None and (cells or rows_moved):
            with contextlib.suppress(UserError):  # the causes are only probable without it
                past = open_now.enter_context(ledger.as_of(step))
                old = open_now.enter_context(past.read())
        finder = _Finder(Journal(rows, step), rows, old, was.report, report)
        causes = finder.of_cells(cells, progress) | finder.of_rows(rows_moved)
    return Restatement(
        closing, date.today(), was.report.office_name, cells, rows_moved, causes,
        (*_changed(was, form, forms), *_meaning(was, now)), was.report, report,
    )  # fmt: skip


def _others(closing: Closing, rows: Rows, office: str | None, forms: Forms | None) -> Make:
    """Closed reports that formulas look at: of other forms and periods, never this closing itself."""
    find, own = closed_reports(rows, office, forms), closings.period_of(closing)

    def make(name: str, when: Period) -> Report | None:
        same = name in (closing.form, closing.title) and when == own
        return None if same else find(name, when)

    return make


def _step_of(rows: Rows, head: str) -> int | None:
    """The last step that a closing knows; None where this ledger never had it."""
    found = rows.connection.exec_driver_sql("SELECT id FROM step WHERE hash = ?", (head,)).scalar()
    return int(found) if found is not None else None


def _changed(was: Frozen, now: Form | None, forms: Forms | None) -> list[str]:
    """Whether the form is another one today; both sides are laid out as it was when it was closed."""
    if forms is None or (now is not None and now.shape == was.report.form.shape):
        return []
    if now is None:
        return ["现在没有这张报表的表样了，两边都照结账时的表样列。"]
    whose = "自有表样" if now.own else "程序自带的表样"
    return [f"表样在结账后改过，现在用的是{whose}“{now.title}”；两边都照结账时的表样列。"]


def _meaning(was: Frozen, now: Frozen) -> list[str]:
    """What the numbers mean today is not what they meant."""
    found = []
    for key, value in was.parameters.items():
        if (
            key in BY_KEY
            and not key.startswith("sign.")
            and now.parameters.get(key, value) != value
        ):
            label, new = BY_KEY[key].label, now.parameters[key]
            found.append(f"口径“{label}”结账时是“{value}”，现在是“{new}”。")
    for name, (label, text, _) in was.definitions.items():
        said = now.definitions.get(name)
        if said is not None and said[1] != text:
            found.append(f"指标“{label}”结账时的口径是“{text}”，现在是“{said[1]}”。")
    return found


@dataclass
class _Finder:
    """Finds the records behind movers, then and now, and asks the journal about them."""

    journal: Journal
    rows: Rows
    old: Rows | None
    was: Report
    now: Report
    _values: dict[int, Values] = field(default_factory=dict)
    _lines: dict[tuple[int, Question], list[dict[Who, set[Ref]]]] = field(default_factory=dict)

    def of_cells(
        self, cells: Sequence[CellMove], progress: Progress
    ) -> dict[tuple[int, int, Who], tuple[Cause, ...]]:
        """Causes of all movers of all cells."""
        found: dict[tuple[int, int, Who], tuple[Cause, ...]] = {}
        told: dict[tuple[Who, frozenset[Ref], frozenset[Ref]], tuple[Cause, ...]] = {}
        for number, cell in enumerate(cells):
            progress(number, len(cells), "找出每一户变动的原因")
            for leaf in cell.leaves:
                for mover in leaf.movers:
                    was, now = self._records(cell, leaf, mover.who)
                    key = (mover.who, was, now)
                    if key not in told:
                        told[key] = causes_of(self.journal, mover.who, was, now, self.old)
                    found[number, leaf.place, mover.who] = told[key]
        return found

    def of_rows(self, rows: Sequence[RowMove]) -> dict[tuple[int, int, Who], tuple[Cause, ...]]:
        """Causes of all rows of lists that moved."""
        found = {}
        for row in rows:
            records = frozenset(row.records)
            was = frozenset[Ref]() if row.kind == "列入" else records
            now = frozenset[Ref]() if row.kind == "退出" else records
            key = row.records[0] if row.records else row.who
            found[-1, 0, key] = causes_of(self.journal, row.who, was, now, self.old)
        return found

    def _records(
        self, cell: CellMove, leaf: LeafMove, who: Who
    ) -> tuple[frozenset[Ref], frozenset[Ref]]:
        origin = cell.origin.provenance
        if isinstance(origin, FromIndicator):
            # Of all parts at once: a firm's records in its township are among those of the whole.
            asked = question_of(origin)
            question: Question = (asked[0], asked[1], "", None, asked[4])
            then, today = self._behind(0, question), self._behind(1, question)
            return _of(then, leaf.place, who), _of(today, leaf.place, who)
        if isinstance(origin, FromRows):
            return (
                _row_records(self.was, cell, origin.column, who),
                _row_records(self.now, cell, origin.column, who),
            )
        return frozenset(), frozenset()

    def _behind(self, when: int, question: Question) -> list[dict[Who, set[Ref]]]:
        """Records behind a number by firm, leaf by leaf: 0 as of the closing, 1 today."""
        rows = self.rows if when else self.old
        if rows is None:
            return []
        known = self._lines.get((when, question))
        if known is not None:
            return known
        values = self._values.get(when)
        if values is None:
            values = self._values[when] = values_of(rows, self.now)
        found: list[dict[Who, set[Ref]]] = []
        for backing in values.proof(*question):
            by_firm: dict[Who, set[Ref]] = {
                ("figure", each.id): {("figure", each.id)} for each in backing.figures
            }
            for line in backing.lines:
                who = (
                    ("enterprise", line.enterprise) if line.enterprise else (line.table, line.record)
                )  # fmt: skip
                by_firm.setdefault(who, set()).add((line.table, line.record))
            found.append(by_firm)
        self._lines[when, question] = found
        return found


def _of(found: list[dict[Who, set[Ref]]], leaf: int, who: Who) -> frozenset[Ref]:
    return frozenset(found[leaf].get(who, ())) if leaf < len(found) else frozenset()


def _row_records(report: Report, cell: CellMove, at: str, who: Who) -> frozenset[Ref]:
    """Records of a firm's rows in a list."""
    found: set[Ref] = set()
    for block in report.blocks_of(cell.sheet):
        if not is_list(block) or at not in block.columns:
            continue
        for place in range(len(block.places)):
            if owner(block, place)[0] == who:
                for column in block.columns.values():
                    records = getattr(column.origin(place), "records", ())
                    found |= {(each.table, each.record) for each in records}
    return frozenset(found)
