"""用新表样做报表: 选空白表 → 认表头 → 对各列 → 试填保存. A page that lies over 报表.

Nothing is written before the last button: then the form is one step of the ledger, and can be
taken back like any other.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Form
from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.designing.draft import Draft, draft_from
from ledger_desk.reports.designing.keeping import keep
from ledger_desk.reports.designing.suggesting import free_id
from ledger_desk.reports.designing.trying import last_period
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.designing.form_side import Change
from ledger_desk.ui.designing.frame import CHOOSE, COLUMNS, FOUND, TRIED
from ledger_desk.ui.designing.pointing import PointingFrame
from ledger_desk.ui.designing.try_view import APART, REPLACE
from ledger_desk.ui.designing.work import (
    Opened,
    open_blank,
    paint_blank,
    shown_tabs,
    try_draft,
)
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.reports.building import Made
from ledger_desk.workbook.painting import Painted

__all__ = ["CHOOSE", "COLUMNS", "FOUND", "TRIED", "DesignAssistant"]


class DesignAssistant(PointingFrame):
    """Makes one form after another.

    Signals:
        changed: The ledger was written to.
        kept: Id of the form that was saved.
    """

    changed = Signal()
    kept = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Wait for a file; `start` takes one at once, `edit` a form that there is."""
        super().__init__(ledger, window)
        self._ledger, self._jobs = ledger, jobs
        self._drafts: list[Draft] = []
        self._chosen = 0
        self._fate = APART
        self._editing = ""  # id of the form that is being changed
        self.file_taken.connect(self.start)
        self.next_wanted.connect(self.go_on)
        self.back_wanted.connect(self._go_back)
        self._start.resume_wanted.connect(self.resume)
        self.side.wanted.connect(self.do)
        self.side.other_wanted.connect(self._take_other)
        self.columns.wanted.connect(self.do)
        self.tried.period_wanted.connect(self._try)
        self.tried.fate_changed.connect(self._fated)

    # What the page calls

    def entered(self) -> None:
        """Begin anew, unless something is being looked at or done."""
        if self._stage == CHOOSE and self._job is None:
            self.restart()

    def restart(self) -> None:
        """Go back to the choice of a file; what was put aside is offered."""
        self._start.refuse("")
        left = self.held.draft if self.held.is_changed() else None
        self._start.offer_resume(left.title or "没有名字的表" if left is not None else "")
        self._show(CHOOSE)

    def resume(self) -> None:
        """Go on with the form that was put aside."""
        if self.held.draft is not None:
            self._show(FOUND)

    def start(self, path: Path) -> None:
        """Read a blank and show what was found; asks first where work would be lost."""
        if self._job is not None or not self._may_lose():
            return
        self.held.begin(None)
        self.restart()
        work = partial(open_blank, self._ledger, Path(path))
        self._run(f"正在看“{Path(path).name}”", "停下，什么都没存。", work, self._opened)

    def edit(self, form: Form) -> None:
        """Take a form up that there is, built-in or own."""
        if self._job is not None or not self._may_lose():
            return
        self.held.begin(None)
        self.restart()

        def work(progress: Progress) -> Opened:
            draft = draft_from(form)
            return Opened((draft,), paint_blank(draft, progress), form.title)

        self._editing = form.id
        self._run(f"正在看“{form.title}”", "停下，什么都没存。", work, self._opened)

    def leave(self) -> None:
        """Close; asks what becomes of a form that was not saved."""
        if self._is_busy():
            self.stop_wanted.emit()
            return
        if self._stage != CHOOSE and self.held.is_changed():
            answer = ask_choice(
                self._window, "表样还没有保存", "现在离开，改过的地方可以先放着，回来接着做；关掉程序就没有了。",
                [("drop", "丢掉"), ("aside", "先放着")], close="接着做",
            )  # fmt: skip
            if answer is None:
                return
            if answer == "drop":
                self.held.begin(None)
        else:
            self.held.begin(None)
        self._editing = ""
        self.stop_wanted.emit()
        self._show(CHOOSE)
        self.closed.emit()

    def go_on(self) -> None:
        """The filled button: on to the columns, try the form out, save it."""
        self._go.setFocus()  # what is being typed counts
        draft = self.held.draft
        if not self._go.isEnabled() or draft is None:
            return
        if self._stage == FOUND:
            self._show(COLUMNS)
            self._point_first()
        elif self._stage == COLUMNS:
            self._try(last_period(draft.every, date.today()))
        elif self._stage == TRIED:
            self._keep(draft)

    def do(self, name: str, change: Change, slow: bool) -> None:
        """Change the draft; what takes long is done behind the page."""
        draft = self.held.draft
        if draft is None or (slow and self._job is not None):
            return
        if not slow:
            self._changed(name, self._tried_change(draft, change))
            return

        def work(progress: Progress) -> Draft:
            return change(draft)

        self._run("", "", work, partial(self._changed, name), quiet=True)

    # Between the stages

    def _tried_change(self, draft: Draft, change: Change) -> Draft:
        try:
            return change(draft)
        except UserError as error:
            self._window.toasts.warn("没有改成", str(error))
            return draft

    def _changed(self, name: str, draft: Draft) -> None:
        if self._quiet:
            self._job, self._quiet = None, False
        before = self.held.draft
        self.held.change(draft, name)
        if before is not None and before == draft:
            self._refresh()  # what was typed and came to nothing is shown as it is

    def _said(self, name: str, what: str) -> None:
        self._window.status.say(f"{what}：{name}" if name else "没有可以退回的改动")

    def _opened(self, opened: Opened) -> None:
        self._job = None
        self._drafts, self._chosen = list(opened.drafts), 0
        self._begin_draft(opened.drafts[0], opened.painted)
        self._show(FOUND)

    def _begin_draft(self, draft: Draft, painted: Painted | None) -> None:
        """Put a draft on the desk with the picture of its blank."""
        replaced = self._same_form(draft)
        self._fate = REPLACE if self._editing or replaced is not None else APART
        self.side.offer([each.title for each in self._drafts], self._chosen)
        self.tried.note.set_text("")
        self.blank.show_blank(painted, shown_tabs(draft))
        self.held.begin(draft, changed=not self._editing)

    def _take_other(self, chosen: int) -> None:
        """Another of the tables that were found."""
        if self._job is not None or chosen == self._chosen or not self._may_lose(made=True):
            return
        draft = self._drafts[chosen]
        work = partial(paint_blank, draft)
        self._run("", "", work, partial(self._other_painted, chosen), quiet=True)

    def _other_painted(self, chosen: int, painted: Painted | None) -> None:
        self._job, self._quiet = None, False
        self._chosen = chosen
        self._begin_draft(self._drafts[chosen], painted)

    def _may_lose(self, *, made: bool = False) -> bool:
        """Whether what is on the desk may be put away: asks where somebody has worked on it."""
        worked = self.held.undo_name() or (self.held.is_changed() and self._stage == TRIED)
        if not worked or self.held.draft is None:
            return True
        sentence = f"“{self.held.draft.title}”改过的地方还没有保存，换一张就丢掉了。"
        choices = [("drop", "丢掉，换一张")]
        return (
            ask_choice(self._window, "表样还没有保存", sentence, choices, close="接着做")
            is not None
        )

    def _go_back(self) -> None:
        if self._stage == FOUND:
            self.restart()
        else:
            self._show(self._stage - 1)

    # Trying and keeping

    def _try(self, period: Period) -> None:
        draft = self.held.draft
        if draft is None:
            return
        work = partial(try_draft, self._ledger, draft, period)
        title = f"正在用 {period.label} 的账试填“{draft.title}”"
        self._run(title, "停下，什么都没存。", work, partial(self._tried, period))

    def _tried(self, period: Period, made: Made) -> None:
        self._job = None
        self.tried.show_made(made, period)
        self._tell_fate()
        self._show(TRIED)

    def _same_form(self, draft: Draft) -> Form | None:
        """The form that saving could replace: the one that is changed, or one of the same title."""
        forms = load_forms(self._ledger).forms
        if self._editing:
            return forms.get(self._editing)
        return next((form for form in forms.values() if form.title == draft.title), None)

    def _fated(self, fate: str) -> None:
        self._fate = fate
        self._tell_fate()
        self._tell()

    def _tell_fate(self) -> None:
        draft = self.held.draft
        same = self._same_form(draft) if draft is not None else None
        if draft is None or same is None:
            said = "保存以后在报表清单里，标“自有”；可以随时修改，也可以导出表样包给别的单位。"
            self.tried.offer(said, replaces=False, fate=APART)
        elif self._fate == REPLACE:
            said = f"以后出“{same.title}”，就用这张表样。已结账的各期不变。"
            self.tried.offer(said, replaces=True, fate=REPLACE)
        else:
            said = f"“{same.title}”还在，这一张另外列出。"
            self.tried.offer(said, replaces=True, fate=APART)

    def _save_words(self, draft: Draft) -> str:
        same = self._same_form(draft)
        replaces = same is not None and self._fate == REPLACE
        return "保存，替换原来的" if replaces else "保存这张表样"

    def _keep(self, draft: Draft) -> None:
        same = self._same_form(draft)
        forms = load_forms(self._ledger).forms
        if same is not None and self._fate == REPLACE:
            draft = replace(draft, id=same.id)
        elif draft.id in forms:
            draft = replace(draft, id=free_id(draft.title, set(forms)))
        note = self.tried.note.text().strip()

        def work(progress: Progress) -> str:
            keep(self._ledger, draft, note)
            return draft.id

        self._run("正在保存表样", "停下，什么都没存。", work, partial(self._kept, draft.title))

    def _kept(self, title: str, form: str) -> None:
        self._job = None
        self.held.begin(None)
        self._editing = ""
        self._show(CHOOSE)
        self.changed.emit()
        self._window.toasts.undo(
            f"表样“{title}”存好了",
            "在报表清单里",
            [("撤销  Ctrl+Z", self._window.undo_wanted.emit)],
        )
        self.kept.emit(form)
        self.closed.emit()

    def _fail(self, error: BaseException) -> None:
        if self._stage == CHOOSE and isinstance(error, UserError):
            self._start.refuse(str(error))
            self._show(CHOOSE)
        else:
            self._show(self._stage)
            show_error(self._window, error, "表样没有做成")
