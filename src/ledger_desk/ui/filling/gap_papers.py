"""缺项清单 on paper: drawn in a process of its own, looked at, printed or saved."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.reports.filling import gaps
from ledger_desk.reports.filling.plan import Gap, Plan
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.printing.papers import Drawn, Papers


class GapPapers(Papers):
    """Prints call lists; one at a time."""

    _private = "照写"

    def begin(self, plan: Plan, some: Sequence[Gap]) -> None:
        """Draw the list of some gaps and show it."""
        if not some:
            self._window.status.say("没有缺项，不用打印")
            return
        self._name, self._private = plan.asked.opened.path.stem, plan.asked.way.private
        self._jobs.start_apart(
            gaps.draw_rows, gaps.rows(some, self._private), self._name,
            gaps.sentence(plan, some), self._ledger.office.title,
            title=f"正在生成{gaps.TITLE}", leaves="停下，什么也不留",
            succeeded=self._drawn, failed=self._not_drawn,
        )  # fmt: skip

    def _drawn(self, result: tuple[bytes, int, int, str]) -> None:
        pdf, firms, pages, missing = result
        self.tell_missing(missing)
        self.look_at(Drawn(pdf, firms, pages, missing, gaps.TITLE, self._name, self._private))

    def _not_drawn(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, f"{gaps.TITLE}没有生成")
