"""The dictionary going out: as a list in a workbook, or as a booklet on paper."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.progress import Progress
from ledger_desk.reports.dictionary import Entry
from ledger_desk.reports.listing import draw_list
from ledger_desk.reports.series import Series
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.printing.papers import Drawn, Papers
from ledger_desk.ui.printing.saving import choose_target

TITLE = "口径词典"
_PAPER = (
    ("指标", 1.8, False), ("口径", 3.4, False), ("依据", 2.4, False), ("怎么来的", 1.8, False),
    ("随口径变", 1.7, False), ("用在报表", 2.2, False),
)  # fmt: skip


class DictionaryOutput(Papers):
    """Prints and exports what is shown of the dictionary, and the numbers of one indicator."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, parent: QObject) -> None:
        """Print from a ledger."""
        super().__init__(ledger, jobs, window, parent)
        self._what = (TITLE, 0, "")

    def export(self, found: Sequence[Entry]) -> None:
        """Write entries as a workbook."""
        target = choose_target(self._window, f"{TITLE} {len(found)} 个.xlsx", action="list")
        if target is not None:
            self._jobs.start(
                partial(write_entries, self._ledger, target, tuple(found)), title=f"正在写 {target.name}",
                leaves="停下，不留半个文件", succeeded=self._exported, failed=self._failed,
            )  # fmt: skip

    def print_entries(self, found: Sequence[Entry]) -> None:
        """Show entries as a booklet."""
        rows = [_paper_row(each) for each in found]
        self._draw(
            TITLE, [f"共 {len(rows):,} 个指标，一个指标只有一个口径。"], _PAPER, rows, [], "个"
        )

    def print_series(self, series: Series, entry: Entry) -> None:
        """Show the numbers of an indicator with its definition on paper."""
        columns = (("期别" if series.asked.over_time else "部分", 2.4, False), ("数", 1.4, True), ("起", 1.2, False), ("止", 1.2, False))  # fmt: skip
        rows = [
            (p.label, p.text, p.period.start.isoformat(), p.period.end.isoformat())
            for p in series.points
        ]
        whole = series.whole
        total = (whole.label, whole.text, "", "") if whole is not None else ()
        spec = entry.indicator
        notes = [series.caption, f"口径：{spec.text}", f"依据：{spec.clause}"]
        self._draw(spec.label, notes, columns, rows, list(total), "行")

    def _draw(
        self, title: str, notes: list[str], columns: Sequence[tuple[str, float, bool]],
        rows: Sequence[Sequence[str]], total: list[str], noun: str,
    ) -> None:  # fmt: skip
        self._what = (title, len(rows), noun)
        office = self._ledger.office.title + ("（练习）" if self._ledger.practice else "")
        self._jobs.start_apart(
            draw_list, title, office, notes, columns, rows, total, title=f"正在生成{title}",
            leaves="停下，什么也不留", succeeded=self._drawn, failed=self._failed,
        )  # fmt: skip

    def _drawn(self, result: tuple[bytes, int, str]) -> None:
        pdf, pages, missing = result
        title, many, noun = self._what
        self.tell_missing(missing)
        self.look_at(Drawn(pdf, many, pages, missing, title, f"{many:,} {noun}", "不给"))

    def _exported(self, result: tuple[Path, str]) -> None:
        target, facts = result
        self._window.toasts.done("已导出 Excel", f"{target.name}\n{facts}", actions=ways_to(target))


def _paper_row(entry: Entry) -> tuple[str, ...]:
    spec = entry.indicator
    return (
        f"{spec.label}（{spec.unit}）", spec.text, spec.clause,
        entry.made,
        "、".join(each.label for each in entry.parameters), "、".join(title for _, title in entry.forms),
    )  # fmt: skip


def write_entries(
    ledger: Ledger, target: Path, found: tuple[Entry, ...], progress: Progress
) -> tuple[Path, str]:
    """Write entries as a list, and enter the file in the register."""
    from ledger_desk.workbook.lists import ListColumn, write_list

    columns = [
        ListColumn("代号", width=26), ListColumn("指标", width=30), ListColumn("单位", width=8),
        ListColumn("口径", width=60), ListColumn("依据", width=40), ListColumn("怎么来的", width=30),
        ListColumn("算法", width=40), ListColumn("分法", width=40), ListColumn("随口径变", width=30),
        ListColumn("用在报表", width=40),
    ]  # fmt: skip
    rows = [
        (
            e.indicator.id, e.indicator.label, e.indicator.unit, e.indicator.text, e.indicator.clause,
            e.made, "、".join(e.measures), "、".join(e.splits), "；".join(p.label for p in e.parameters),
            "、".join(title for _, title in e.forms),
        )
        for e in found
    ]  # fmt: skip
    written = write_list(target, TITLE, columns, rows, progress=progress)
    told = register(ledger, target, Leaving(TITLE, written)).why
    return target, f"{written:,} 个指标。{told or '已记入传出登记。'}"
