"""走访 on paper: asks how personal data is written, draws apart, shows, prints or saves."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.errors import UserError
from ledger_desk.model.vocabulary import PRIVATE_WAYS
from ledger_desk.reports.visit_papers.apart import SHEETS, draw_list, draw_sheets
from ledger_desk.reports.visit_papers.lists import DAILY, PLAN_LIST
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.printing.papers import Drawn, Papers

MOST_SHEETS = 2_000  # more than anybody carries
_MASKED, _IN_FULL = PRIVATE_WAYS[0], PRIVATE_WAYS[1]


class VisitPrinting(Papers):
    """Papers of visits; one job at a time."""

    _what, _private = SHEETS, _MASKED

    def sheets(self, tasks: Sequence[str]) -> None:
        """Sheets of tasks, many firms in one job."""
        if not tasks:
            self._window.status.say("先在名单里选要打印的企业")
            return
        if len(tasks) > MOST_SHEETS:
            error = UserError(
                f"一次最多打印 {MOST_SHEETS:,} 张，现在选了 {len(tasks):,} 张。请按人或按村筛选，分几次印。"
            )
            show_error(self._window, error, "没有打印")
            return
        if not self._ask(SHEETS, f"{len(tasks):,} 户"):
            return
        self._jobs.start_apart(
            draw_sheets, str(self._ledger.path), self._ledger.key, list(tasks), self._private,
            title=f"正在生成走访登记表 {len(tasks):,} 张", leaves="停下，什么也不留",
            succeeded=self._drawn, failed=self._not_drawn,
        )  # fmt: skip

    def plan(self, plan: str) -> None:
        """The list of a plan by pair."""
        if self._ask(PLAN_LIST, "计划"):
            self._draw(PLAN_LIST, plan)

    def daily(self, plan: str) -> None:
        """The daily report; there is nothing personal in it."""
        self._what, self._name, self._private = DAILY, "进度", _MASKED
        self._draw(DAILY, plan)

    def _ask(self, what: str, name: str) -> bool:
        answer = ask_choice(
            self._window, f"打印{what}", "走访要打电话的，电话可以照写；照写的请当心保管，用完收回。",
            [(_MASKED, "电话遮住中间几位"), (_IN_FULL, "电话照写")], close="不印了",
        )  # fmt: skip
        self._what, self._name, self._private = what, name, answer or _MASKED
        return answer is not None

    def _draw(self, what: str, plan: str) -> None:
        self._jobs.start_apart(
            draw_list, str(self._ledger.path), self._ledger.key, what, plan, self._private,
            title=f"正在生成{what}", leaves="停下，什么也不留",
            succeeded=self._drawn, failed=self._not_drawn,
        )  # fmt: skip

    def _drawn(self, result: tuple[bytes, int, int, str]) -> None:
        pdf, firms, pages, missing = result
        self.tell_missing(missing)
        self.look_at(Drawn(pdf, firms, pages, missing, self._what, self._name, self._private))

    def _not_drawn(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, f"{self._what}没有生成")
