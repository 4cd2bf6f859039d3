"""今日清单: what is to be done, on paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from ledger_desk.model.days import print_day
from ledger_desk.progress import Progress
from ledger_desk.reports.listing import MOST_ROWS, draw_list
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.today import reading
from ledger_desk.ui.printing.papers import Drawn, Papers
from ledger_desk.work.duties import Agenda, Asked
from ledger_desk.work.duty import KINDS, LATE, STATES

_TITLE = "今日要办清单"
_COLUMNS = (
    ("时限", 1.5, False), ("事项", 4.2, False), ("责任", 3.0, False), ("依据", 3.2, False), ("办理", 1.4, False),
)  # fmt: skip


class AgendaPrinting(Papers):
    """Reads the whole list, has it drawn in a child process, and shows the paper."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, parent: QObject) -> None:
        """Print from a ledger."""
        super().__init__(ledger, jobs, window, parent)
        self._many = 0

    def begin(self, agenda: Agenda) -> None:
        """Print what was asked for, more of it than the screen shows."""
        work = partial(_read, self._ledger, agenda)
        self._jobs.read(work, succeeded=self._draw, failed=self._failed)

    def _draw(self, agenda: Agenda) -> None:
        self._many = len(agenda.duties)
        left = agenda.found - self._many
        late = agenda.total(agenda.asked.kinds, (LATE,))
        said = f"{print_day(agenda.today)}　{agenda.found:,} 件要办" + (
            f"，{late:,} 件已逾期" if late else ""
        )
        notes = [
            said,
            _conditions(agenda.asked),
            f"只印最急的 {self._many:,} 件，还有 {left:,} 件没有印。" if left else "",
        ]
        office = self._ledger.office.title + ("（练习）" if self._ledger.practice else "")
        rows = [
            (
                "\n".join(filter(None, (each.words, each.day_words))),
                each.title,
                each.who,
                each.clause_words,
                "",
            )
            for each in agenda.duties
        ]
        self._jobs.start_apart(
            draw_list, _TITLE, office, notes, _COLUMNS, rows, [], title=f"正在生成{_TITLE}",
            leaves="停下，什么也不留", succeeded=self._drawn, failed=self._failed,
        )  # fmt: skip

    def _drawn(self, result: tuple[bytes, int, str]) -> None:
        pdf, pages, missing = result
        self.tell_missing(missing)
        self.look_at(Drawn(pdf, self._many, pages, missing, _TITLE, f"{self._many:,} 件", "不给"))


def _read(ledger: Ledger, shown: Agenda, report: Progress) -> Agenda:
    return reading.agenda(ledger, shown.today, shown.asked, None, MOST_ROWS, 0, shown, report)[1]


def _conditions(asked: Asked) -> str:
    words = [KINDS[key] for key in asked.kinds] + [STATES[key] for key in asked.states]
    if asked.person or asked.township:
        words.append("按经办人或乡镇选出的")
    return f"只列：{'、'.join(words)}" if words else ""
