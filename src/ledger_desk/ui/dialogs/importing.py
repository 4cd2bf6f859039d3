"""装入: the assistant that reads a table in. 选文件 → 对列 → 看变化 → 写入.

It is a page that lies over another one (`records.covered.CoveredPage.cover`). Nothing is changed
before the last button, whose words say exactly how many rows it will write.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ledger_desk.errors import UserError
from ledger_desk.exchange.prepared import Prepared
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.importing.frame import CHOOSE, DONE, LOOK, MATCH
from ledger_desk.ui.importing.looking import (
    Judged,
    Opened,
    judge,
    look_again,
    look_at_sheets,
    open_file,
)
from ledger_desk.ui.importing.start_view import dropped_file
from ledger_desk.ui.importing.work import (
    Place,
    Seen,
    forget,
    from_clipboard,
    rehearse,
    take_back,
    write,
)
from ledger_desk.ui.importing.working import WorkingFrame
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow

__all__ = ["CHOOSE", "DONE", "LOOK", "MATCH", "ImportAssistant", "dropped_file"]


_MOST_PAST = 6


class ImportAssistant(WorkingFrame):
    """Reads one table after another into a ledger."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Wait for a file; `start` takes one at once."""
        super().__init__(ledger, jobs, window)
        self._path = Path()
        self._last: Seen | None = None
        self.file_taken.connect(self.start)
        self.paste_wanted.connect(self.paste)
        self.last_wanted.connect(self.show_last)
        self.undo_wanted.connect(self.take_back)
        self.restart_wanted.connect(self.restart)
        self.next_wanted.connect(self.go_on)
        self._map.judge_wanted.connect(self._judge)
        self._map.look_wanted.connect(self._look_again)
        self._map.several_wanted.connect(self._take_several)
        self._results.decided.connect(self._decide)

    # What pages call

    def entered(self) -> None:
        """Begin anew, unless something is being looked at or done."""
        if self._stage in (CHOOSE, DONE) and self._job is None:
            self.restart()

    def restart(self) -> None:
        """Go back to the choice of a file."""
        if self._temporary:
            forget(self._path)
            self._temporary = False
        self._seen = None
        self._decisions.clear()
        self._start.refuse("")
        imports = [step for step in self._ledger.log(400) if step.kind == "import"]
        self._start.show_past(imports[:_MOST_PAST])
        self._show(CHOOSE)

    def start(self, path: Path, *, temporary: bool = False) -> None:
        """Read a file and go on to its columns, or further where they are known."""
        self.restart()
        self._path, self._temporary = Path(path), temporary
        self._name = "剪贴板里的表格" if temporary else self._path.name
        self._read()

    def choose_file(self) -> None:
        """Ask for a file at once."""
        self._start.ask_file()

    def paste(self) -> None:
        """Read in what was copied from a spreadsheet."""
        path = from_clipboard(QGuiApplication.clipboard().text())
        if path is None:
            self._start.refuse(
                "剪贴板里没有表格。请在 Excel 或 WPS 里连标题行一起选中几行，复制，再回来粘贴。"
            )
        else:
            self.start(path, temporary=True)

    def show_last(self) -> None:
        """Look at the result of the last reading in once more."""
        if self._last is not None:
            self._seen = self._last
            self._fill_results(done=True)
            self._show(DONE)

    def take_back(self) -> None:
        """Undo what was read in last; asks when some of it was edited since."""
        step = self._last.step if self._last is not None else None
        if step is None:
            return
        try:
            plan = self._ledger.plan_undo(step.id)
        except UserError as error:
            show_error(self._window, error, "没有撤销")
            return
        if plan.kept:
            sentence = f"能收回 {plan.restored:,} 条；有 {len(plan.kept):,} 条装入以后又改过，会保留现在的内容。要逐条选，到“数据交换”里撤。"
            choices = [("go", f"撤销 {plan.restored:,} 条")]
            if ask_choice(self._window, "撤销这次装入", sentence, choices, close="不撤了") is None:
                return
        work = partial(take_back, self._ledger, step.id)
        self._run("正在撤销这次装入", "停下不会只撤一半。", work, self._taken_back)

    def go_on(self) -> None:
        """The filled button: look, look again with decisions, write, close."""
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)  # what is being typed counts
        if not self._go.isEnabled():
            return
        if self._stage == MATCH or (self._stage == LOOK and self._is_undecided()):
            self.look()
        elif self._stage == LOOK:
            self._apply()
        elif self._stage == DONE:
            self.closed.emit()

    def decide(self, row: int, decision: str | None, table: int = 0) -> None:
        """Decide about a doubtful row: `SKIP`, `NEW`, the id of a candidate, or None for not yet."""
        self._decide(((table, row),), decision)

    def _decide(self, places: Sequence[Place], decision: str | None) -> None:
        for place in places:
            if decision is None:
                self._decisions.pop(place, None)
            else:
                self._decisions[place] = decision
        self._results.set_decisions(dict(self._decisions))
        self._tell()

    # Work

    def _read(self) -> None:
        work = partial(open_file, self._ledger, self._path, None, None)
        self._run(f"正在读 {self._name}", "停下什么都不会改。", work, self._read_done)

    def _read_done(self, opened: Opened) -> None:
        self._job = None
        self._decisions.clear()
        self._map.show_tables(opened.tables, opened.senders, temporary=self._temporary)
        tables = [each.prepared for each in opened.tables]
        if all(each.known and not each.missing for each in tables):
            self.look()  # a layout that was read in before needs no look at its columns
        else:
            self._show(MATCH)

    def _judge(self, before: Judged, prepared: Prepared) -> None:
        """Find out behind the page how corrected columns can be read."""
        self._jobs.start(partial(judge, prepared, before), succeeded=self._map.take_judged)

    def _look_again(self, how: dict[str, str], header: tuple[int, int] | None) -> None:
        work = partial(look_again, self._ledger, self._map.prepared(), how, header)
        self._run("正在重新看这张表", "停下什么都不会改。", work, self._looked, quiet=True)

    def _looked(self, judged: Judged) -> None:
        self._job = None
        self._decisions.clear()
        self._map.replace_table(judged)

    def _take_several(self, names: Sequence[str]) -> None:
        held = self._map.judged()
        work = partial(look_at_sheets, self._ledger, self._map.prepared(), names, held)
        self._run("正在看各张表", "停下什么都不会改。", work, self._several_looked)

    def _several_looked(self, tables: list[Judged]) -> None:
        self._job = None
        self._decisions.clear()
        self._map.show_tables(tables, temporary=self._temporary)
        self._show(MATCH)

    def look(self) -> None:
        """Rehearse the reading in and show what would change."""
        making = self._map.create_missing()
        work = partial(rehearse, self._ledger, self._map.tables(), dict(self._decisions), making)
        self._run("正在看会有哪些变化", "停下什么都不会改。", work, self._rehearsed)

    def _rehearsed(self, seen: Seen) -> None:
        self._job = None
        keep = self._seen is not None and self._stage == LOOK
        self._seen = seen
        self._decisions = dict(seen.decisions)
        self._fill_results(done=False, keep_tab=keep)
        self._show(LOOK)

    def _apply(self) -> None:
        assert self._seen is not None
        work = partial(write, self._ledger, self._seen, self._map.create_missing())
        self._run(
            f"正在写入 {self._name}",
            "写完之前停下，账和原来一样，不会写进去一半。",
            work,
            self._applied,
        )

    def _applied(self, seen: Seen) -> None:
        self._job = None
        self._seen = self._last = seen
        self._start.offer_last()
        self._fill_results(done=True)
        self._show(DONE)
        doubtful, wrong = seen.count("doubtful"), seen.count("wrong")
        look = doubtful + wrong
        actions: list[tuple[str, Callable[[], object]]] = []
        if look:
            fate = "doubtful" if doubtful else "wrong"
            actions.append((f"看这 {look:,} 行", partial(self._results.choose, fate)))
        if seen.step is not None:
            actions.append(("撤销这次装入", self.take_back))
        new, changed = seen.count("new"), seen.count("changed")
        words = f"新增 {new:,}、变更 {changed:,}、相同 {seen.count('same'):,}。"
        words += "装入前账里又有改动，已按最新的重新比过。" if seen.moved else ""
        words += f"有 {look:,} 行要你看一眼。" if look else ""
        self._window.toasts.done(f"已装入 {new + changed:,} 行", words, actions)
        self.changed.emit()

    def _taken_back(self, step: StepInfo) -> None:
        self._job = None
        self._last = None
        self._window.toasts.undo(f"已{step.name}", f"收回 {step.rows:,} 条")
        self.changed.emit()
        self.restart()
