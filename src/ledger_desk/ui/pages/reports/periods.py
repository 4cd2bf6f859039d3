"""What is done with the period on the page: closed, opened again, restated, checked, registered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Forms
from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.model.exchanging import Dispatch
from ledger_desk.model.records import Closing
from ledger_desk.progress import Progress
from ledger_desk.reports.batch import content_of
from ledger_desk.reports.findings import Finding
from ledger_desk.reports.periods import paper
from ledger_desk.reports.periods.closing import close_period, obstacles, reopen_period
from ledger_desk.reports.periods.closings import title_of
from ledger_desk.reports.periods.codes import grouped
from ledger_desk.reports.periods.looking_up import verify_code
from ledger_desk.reports.periods.remarks import explain_all
from ledger_desk.reports.periods.restating import Restatement, restate
from ledger_desk.reports.periods.signatures import Signed, usual
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.buttons import Entry
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.pages.reports.building import Made, explanations
from ledger_desk.ui.pages.reports.closing_dialogs import ClosingDialog, CodeDialog, ReopenDialog
from ledger_desk.ui.pages.reports.handing_dialog import HandingDialog
from ledger_desk.ui.pages.reports.restatement_dialog import RestatementDialog
from ledger_desk.ui.printing.papers import Drawn, Papers
from ledger_desk.ui.printing.saving import choose_target
from ledger_desk.work import handing


class Periods(QObject):
    """Does it for the page; long work runs beside the window.

    Signals:
        changed: A period was closed or opened again.
        record_wanted: Table and id of a record to open.
    """

    changed = Signal()
    record_wanted = Signal(str, str)

    def __init__(
        self, parent: QWidget, ledger: Ledger, window: MainWindow, jobs: Jobs, forms: Forms,
        current: Callable[[], Made | None],
    ) -> None:  # fmt: skip
        """Belong to a page; ``current`` gives what is on its paper."""
        super().__init__(parent)
        self._current = current
        self._parent, self._ledger = parent, ledger
        self._window, self._jobs, self.forms = window, jobs, forms
        self._papers = Papers(ledger, jobs, window, self)
        self.dialog: QDialog | None = None

    def entries(self) -> list[Entry]:
        """The rarer deeds, for a menu."""
        return [
            ("差异说明…", self.restate), ("核对码…", self.check_code), ("报送登记…", self.register),
        ]  # fmt: skip

    def explain(self, findings: Sequence[Finding], text: str) -> Made | None:
        """Write an explanation of findings; gives the paper with it, None where it was refused."""
        made = self._current()
        if made is None:
            return None
        try:
            explain_all(self._ledger, made.report, [(each, text) for each in findings])
        except UserError as error:
            self._window.toasts.warn("说明没有记上", str(error))
            return None
        texts, offers = explanations(self._ledger, made.files)
        return replace(made, texts=texts, offers=offers)

    # -- closing -------------------------------------------------------------------------------

    def close(self) -> None:
        """Ask for the names and close; or say what is missing."""
        made = self._current()
        if made is None:
            return
        last = made.standing.last
        number = (last.number or 0) + 1 if last is not None else 1
        person = self._ledger.person
        name = (person.name or "") if person is not None else ""
        with self._ledger.read() as rows:
            signs = usual(rows, name, made.report.office, self._ledger.office.id)
        dialog = ClosingDialog(
            self._window, _title(made), number, obstacles(made.checks.findings, made.texts), signs
        )
        dialog.accepted.connect(lambda: self._close(made, dialog.signed()))
        self._show(dialog)

    def _close(self, made: Made, signed: Signed) -> None:
        def work(progress: Progress) -> Closing:
            return close_period(
                self._ledger, made.files, filled_by=signed.filled, checked_by=signed.checked,
                headed_by=signed.headed, forms=self.forms, progress=progress,
            )  # fmt: skip

        self._jobs.start(
            work, title=f"正在结账 {_title(made)}", leaves="停下，这一期还没有结账",
            succeeded=self._closed, failed=partial(self._failed, "没有结账"),
        )  # fmt: skip

    def _closed(self, closing: Closing) -> None:
        self._window.toasts.done(
            f"已结账，第 {closing.number} 次定稿",
            f"{title_of(closing)}\n核对码 {grouped(closing.code or '')}，印在每页的页脚。",
        )
        self.changed.emit()

    def reopen(self) -> None:
        """Ask for the reason and who agreed, and open the period again."""
        made = self._current()
        closing = made.standing.closed if made is not None else None
        if made is None or closing is None:
            return
        dialog = ReopenDialog(self._window, closing, self._went_out(made))
        dialog.accepted.connect(lambda: self._reopen(closing, *dialog.answer()))
        self._show(dialog)

    def _reopen(self, closing: Closing, reason: str, approver: str) -> None:
        try:
            again = reopen_period(self._ledger, closing.id, reason, approver)
        except UserError as error:
            self._failed("没有反结账", error)
            return
        self._window.toasts.done(
            "已反结账", f"{title_of(again)}\n第 {again.number} 次定稿留底不动。"
        )
        self.changed.emit()

    def _went_out(self, made: Made) -> str:
        """When the closed form left the ledger, where the register knows."""
        report = made.report
        content = content_of(
            report.form.title, report.period, report.office_name if report.office else ""
        )
        order = (("day", True),)
        found = self._ledger.find(Query(Dispatch, (Where("content", "=", content),), sort=order), 1)
        day = found[0].day if found else None
        return f"这一期已于 {day:%m-%d} 报出。" if day is not None else ""

    # -- restatement ---------------------------------------------------------------------------

    def restate(self) -> None:
        """Compare the newest closing with the ledger of today."""
        made = self._current()
        closing = made.standing.last if made is not None else None
        if closing is None:
            self._window.toasts.warn("还没有结过账", "结账以后，才有报出的数可以和现在的比。")
            return

        def work(progress: Progress) -> Restatement:
            return restate(self._ledger, closing, forms=self.forms, progress=progress)

        self._jobs.start(
            work, title=f"正在比较 {title_of(closing)}", leaves="停下，账没有变",
            succeeded=self._show_restatement, failed=partial(self._failed, "差异没有比出来"),
        )  # fmt: skip

    def _show_restatement(self, told: Restatement) -> None:
        dialog = RestatementDialog(self._window, told)
        dialog.paper_wanted.connect(partial(self._draw, told))
        dialog.list_wanted.connect(partial(self._save_list, told))
        dialog.record_wanted.connect(self.record_wanted)
        self._show(dialog)

    def _draw(self, told: Restatement) -> None:
        def work(progress: Progress) -> Drawn:
            pdf, pages = paper.draw(told, progress)
            return Drawn(pdf, len(told.rows), pages, "", paper.WHAT, title_of(told.closing), "照写")

        self._jobs.start(
            work, title=f"正在画{paper.WHAT}", leaves="停下，不留半个文件",
            succeeded=self._papers.look_at, failed=partial(self._failed, "差异说明表没有画成"),
        )  # fmt: skip

    def _save_list(self, told: Restatement) -> None:
        target = choose_target(self._window, paper.file_name(told, "xlsx"))
        if target is None:
            return

        def write(progress: Progress) -> tuple[Path, str]:
            lines = paper.write_xlsx(told, target, progress)
            left = Leaving(f"{paper.WHAT} {title_of(told.closing)}", lines)
            return target, register(self._ledger, target, left).why

        self._jobs.start(
            write, title=f"正在写 {target.name}", leaves="停下，不留半个文件",
            succeeded=self._saved, failed=partial(self._failed, "文件没有写成"),
        )  # fmt: skip

    def _saved(self, result: tuple[Path, str]) -> None:
        target, why = result
        text = "\n".join(filter(None, (target.name, why)))
        self._window.toasts.done("已导出差异说明", text, actions=ways_to(target))

    # -- codes and handing in ------------------------------------------------------------------

    def check_code(self) -> CodeDialog:
        """Ask for a code from paper."""
        dialog = CodeDialog(self._window, partial(verify_code, self._ledger))
        self._show(dialog)
        return dialog

    def register(self) -> None:
        """Show who has handed in the form of the period."""
        made = self._current()
        if made is None:
            return
        report, form = made.report, made.report.form
        due = form.shape.due.due_day(report.period.end)

        def read() -> list[handing.Debtor]:
            own = self._ledger.office.id
            with self._ledger.read() as rows:
                return handing.register(
                    rows, own, form.id, report.period, due, dt.date.today()
                )  # fmt: skip

        def mark(units: Sequence[tuple[str, str]], state: str | None, on: dt.date) -> int:
            return handing.mark(
                self._ledger, form.id, form.title, report.period, due, units, state, on=on
            )

        self._show(HandingDialog(
            self._window, _title(made), read, mark, read_only=self._ledger.read_only
        ))  # fmt: skip

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _failed(self, doing: str, error: object) -> None:
        if isinstance(error, BaseException):
            show_error(self._parent, error, doing)


def _title(made: Made) -> str:
    report = made.report
    return content_of(report.form.title, report.period, report.office_name if report.office else "")
