"""The page 走访: tasks with their progress, visits, plans; plans and paper sheets are keyed in over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal

from ledger_desk.model.records import Visit, VisitPlan, VisitTask
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.batch import tell
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.visits import deeds
from ledger_desk.ui.pages.visits.board import Board
from ledger_desk.ui.pages.visits.books import Chosen, plans_book, tasks_book, visits_book
from ledger_desk.ui.pages.visits.plan_page import PlanPage
from ledger_desk.ui.pages.visits.printing import VisitPrinting
from ledger_desk.ui.pages.visits.sheet_page import SheetPage
from ledger_desk.ui.pages.visits.views import TaskView, VisitView
from ledger_desk.work.outcome import Outcome
from ledger_desk.work.visit_progress import wheres_of_bar

TABLES = ("visit_plan", "visit_task", "visit")
"""Tables whose records this page shows."""


class VisitsPage(BookPage):
    """走访.

    Signals:
        application_wanted: Id of a visit that was handed over to the application list.
    """

    application_wanted = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the plans and visits of a ledger."""
        self._chosen = Chosen()
        self._keying: SheetPage | None = None
        self._planning: PlanPage | None = None
        self._looked = False
        self.board = Board(ledger, jobs, window)
        books = (tasks_book(self, self._chosen), visits_book(self), plans_book(self))
        super().__init__("走访", ledger, jobs, window, books)
        self.printing = VisitPrinting(ledger, jobs, window, self)
        self.board.plan_chosen.connect(self._choose_plan)
        self.board.opened.connect(self._open_bar)

    def make_view(self, book: Book) -> BookView:
        """Tasks with the progress strip over them; visits with their own recycle bin."""
        given = book, self.ledger, self.jobs, self.main_window
        if book.key == "tasks":
            made = TaskView(*given)
            made.above.add(self.board)
            made.all_plans_wanted.connect(lambda: self.show_plan(""))
            return made
        return VisitView(*given) if book.key == "visits" else BookView(*given)

    # What others call

    def entered(self) -> None:
        """Begin with the plan that is going on."""
        if not self._looked:
            self._looked = True
            self._chosen.plan = self.board.newest()
            self.board.choose(self._chosen.plan)
        super().entered()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The plot gives way first."""
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "board"):
            self.board.set_mode(mode, very_short=very_short)

    def show_plan(self, plan: str) -> None:
        """Show the tasks of a plan, '' for all plans."""
        self._chosen.plan = plan
        self.board.choose(plan)
        self.book("tasks").refresh()

    def show_tasks(self, plan: str) -> None:
        """Go to the tasks of a plan."""
        self.show_book("tasks")
        self.show_plan(plan)

    def show_record(self, table: str, record: str) -> None:
        """Go to a record; a task of another plan shows that plan."""
        if table == "visit_task":
            task = self.ledger.get(VisitTask, record)
            if task is not None and task.plan != self._chosen.plan:
                self.show_plan(task.plan or "")
        super().show_record(table, record)

    def plan(self) -> str:
        """Id of the plan whose tasks are shown, '' for all."""
        return self._chosen.plan

    # Keying in

    def key_in(self, **given: Any) -> None:
        """Key in visits, one paper sheet after another."""
        if self.ledger.read_only:
            return
        self.main_window.toasts.clear_undo()  # it would lie over the form
        sheet = self._key_page()
        sheet.begin(**given)
        self.cover(sheet)

    def key_in_task(self, task: str) -> None:
        """Key in the visit of a task; of one that is done, show that visit."""
        found = self.ledger.get(VisitTask, task)
        if found is None:
            return
        if found.done_on:
            self.book("tasks").reveal(task)
            visit = self._visit_of(task)
            if visit:
                self.open_visit(visit)
            return
        given: dict[str, Any] = {"enterprise": found.enterprise, "planned": found.id}
        for name in ("first", "second", "bank"):
            if getattr(found, name):
                given[name] = getattr(found, name)
        self.key_in(**given)

    def open_visit(self, visit: str) -> None:
        """Edit a visit."""
        sheet = self._key_page()
        if sheet.open(visit):
            self.cover(sheet)

    def sheet(self) -> SheetPage | None:
        """The sheet, once it was opened."""
        return self._keying

    def begin_plan(self, firms: Sequence[str] = (), words: str = "") -> None:
        """Make a plan, from given firms or from a scope that is chosen there."""
        if self.ledger.read_only:
            return
        if self._planning is None:
            self._planning = PlanPage(self.ledger, self.jobs, self.main_window)
            self._planning.closed.connect(self._close_cover)
            self._planning.made.connect(self._plan_made)
        self._planning.begin(firms, words)
        self.cover(self._planning)

    def add_to_plan(self, firms: Sequence[str], words: str = "") -> None:
        """Put firms into a plan that is going on, asking which; without one a new one is made."""
        deeds.choose_plan(self, list(firms), words)

    def add_firms(self, view: BookView, plan: str) -> None:
        """Ask for firms and put them into a plan; '' for the one whose tasks are shown."""
        deeds.add_firms(view, plan or self._chosen.plan)

    def planning(self) -> PlanPage | None:
        """The page on which plans are made, once it was opened."""
        return self._planning

    def share_anew(self, view: BookView, ids: list[str]) -> None:
        """Ask who goes, and share the chosen tasks out."""
        from ledger_desk.ui.pages.visits.pair_rows import ask_pairs

        ask_pairs(view, ids)

    # Paper

    def print_sheets(self, view: BookView, ids: list[str]) -> None:
        """Sheets to be filled by hand for the chosen tasks."""
        self.printing.sheets(ids)

    def print_plan(self, _view: BookView, _ids: list[str], plan: str = "") -> None:
        """The list of a plan by pair."""
        self.printing.plan(plan or self._chosen.plan)

    def print_daily(self, _view: BookView, _ids: list[str], plan: str = "") -> None:
        """How far a plan is, today."""
        self.printing.daily(plan or self._chosen.plan)

    def refresh(self) -> None:
        """Read everything again; a plan that an undo took away is let go."""
        plan = self.ledger.get(VisitPlan, self._chosen.plan) if self._chosen.plan else None
        if self._chosen.plan and (plan is None or plan.removed):
            self._chosen.plan = self.board.newest()
        self.board.choose(self._chosen.plan)
        super().refresh()

    def ledger_changed(self) -> None:
        """Somebody wrote: figures and list."""
        super().ledger_changed()
        self.board.refresh()

    # Inner

    def _key_page(self) -> SheetPage:
        if self._keying is None:
            self._keying = SheetPage(self.ledger)
            self._keying.closed.connect(self._close_cover)
            self._keying.saved.connect(lambda _visit: self.changed.emit())
            self._keying.told.connect(self._say)
            self._keying.application_wanted.connect(self._hand_over)
        return self._keying

    def _close_cover(self) -> None:
        self.uncover()
        self.refresh()

    def _plan_made(self, outcome: Outcome) -> None:
        self.uncover()
        self._chosen.plan = outcome.done[0]
        self.changed.emit()
        view = self.show_book("tasks")
        self.refresh()
        tell(view, "编走访计划", outcome)

    def _choose_plan(self, plan: str) -> None:
        self._chosen.plan = plan
        view = self.book("tasks")
        view.narrow(())
        view.refresh()

    def _open_bar(self, group: str, key: object, words: str) -> None:
        view = self.book("tasks")
        view.show_view("all")
        wheres = wheres_of_bar(group, key if key is None else str(key))
        view.narrow(wheres, words)

    def _hand_over(self, visit: str) -> None:
        deeds.hand_over(self.book("visits"), [visit])
        self.application_wanted.emit(visit)

    def _visit_of(self, task: str) -> str:
        found = self.ledger.find(Query(Visit, (Where("planned", "=", task),)), 1)
        return found[0].id if found else ""

    def _changed(self) -> None:
        super()._changed()
        self.board.refresh()

    def _say(self, sentence: str) -> None:
        if self.isVisible():
            self.main_window.status.say(sentence)
