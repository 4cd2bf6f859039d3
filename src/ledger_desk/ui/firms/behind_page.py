"""The firms behind a figure, over the page: name, days, money; Enter opens one, the list goes out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.files import safe_name
from ledger_desk.model.divisions import divisions
from ledger_desk.model.money import show_wan
from ledger_desk.progress import Progress
from ledger_desk.store.counting.totals import Member
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, ListSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.page import Page
from ledger_desk.ui.printing.saving import choose_target

FIRMS = "户"
COLUMNS = (
    GridColumn("name", "企业名称", width=280, essential=True, stretch=True),
    GridColumn("code", "统一社会信用代码", "code", width=180),
    GridColumn("township", "乡镇", width=110, essential=True),
    GridColumn("first", "最早一次", "day", width=110),
    GridColumn("last", "最近一次", "day", width=110, essential=True),
    GridColumn("events", "次数", "number", width=80),
    GridColumn("amount", "金额(万元)", "money", width=120, unit="万元", essential=True),
)


class FirmsPage(Page):
    """Shows the firms of one figure.

    Signals:
        left: Back to the figures.
        firm_wanted: Id of the firm whose file is wanted.
    """

    left = Signal()
    firm_wanted = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Start empty."""
        super().__init__("名单")
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._members: list[Member] = []
        self._noun = FIRMS
        self.panel = GridPanel(
            ListSource(COLUMNS, []), totals=True, noun="户", name="这个数背后的企业"
        )
        self.body.add(self.panel, stretch=1)
        self.head.add_button(Button("返回", self.left.emit, icon="arrow-left", key="Esc"))
        self.out = Button("导出", self.export, icon="file-export", key="Ctrl+E", kind="pri")
        self.head.add_button(self.out)
        self.panel.grid.opened.connect(self.firm_wanted)

    def show_members(
        self, title: str, words: str, members: list[Member], noun: str = FIRMS
    ) -> None:
        """Show firms under a title; with another ``noun`` they are records that are no firm's."""
        self._members, self._noun = members, noun
        self.head.set_title(title)
        money = sum(each.amount for each in members)
        said = f"{len(members):,} {noun}"
        more = f"{said}　{show_wan(money)} 万元" if money else said
        self.head.set_counts(f"{more}　{words}", more, said)
        known = divisions()
        rows = [
            GridRow(each.enterprise, [
                each.name, each.code, known.get(each.township or "", each.township or ""),
                each.first.isoformat(), each.last.isoformat(), Cell(f"{each.events:,}", "", each.events),
                Cell(show_wan(each.amount), "", each.amount) if each.amount else "",
            ])
            for each in members
        ]  # fmt: skip
        sums = {"name": f"合计 {said}", "events": f"{sum(each.events for each in members):,}"}
        if money:
            sums["amount"] = show_wan(money)
        columns = COLUMNS if noun == FIRMS else (replace(COLUMNS[0], title="记录"), *COLUMNS[1:])
        self.panel.set_source(ListSource(columns, rows, sums))
        self.panel.say_nothing("" if members else "这个数是 0，没有企业。")
        self.out.set_text(f"导出 {len(members):,} {noun}")
        if rows:
            self.panel.grid.go_to(rows[0].id)

    def members(self) -> list[Member]:
        """What is shown."""
        return self._members

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.panel.grid

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def export(self) -> None:
        """Write the list as a workbook and enter it in the register."""
        title = self.head.title().replace("　", " ")
        target = choose_target(
            self._window,
            safe_name(f"{title} {len(self._members)} {self._noun}") + ".xlsx",
            action="list",
        )
        if target is not None:
            work = partial(
                write_members, self._ledger, target, title, list(self._members), noun=self._noun
            )
            self._jobs.start(
                work, title=f"正在写 {target.name}", leaves="停下，不留半个文件",
                succeeded=self._written, failed=self._failed,
            )  # fmt: skip

    def _written(self, result: tuple[Path, str]) -> None:
        target, facts = result
        self._window.toasts.done("已导出 Excel", f"{target.name}\n{facts}", actions=ways_to(target))

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "名单没有导出")


def write_members(
    ledger: Ledger,
    target: Path,
    title: str,
    members: list[Member],
    progress: Progress,
    noun: str = FIRMS,
) -> tuple[Path, str]:
    """Write firms, or records, with days and money."""
    from decimal import Decimal

    from ledger_desk.workbook.lists import ListColumn, write_list

    known = divisions()
    columns = [
        ListColumn("企业名称" if noun == FIRMS else "记录", width=40), ListColumn("统一社会信用代码", width=22), ListColumn("乡镇"),
        ListColumn("最早一次", "day"), ListColumn("最近一次", "day"), ListColumn("次数", "whole"),
        ListColumn("金额（万元）", "money"),
    ]  # fmt: skip
    rows = [
        (
            each.name, each.code, known.get(each.township or "", each.township or ""), each.first,
            each.last, each.events, Decimal(each.amount) / 1_000_000 if each.amount else None,
        )
        for each in members
    ]  # fmt: skip
    written = write_list(target, title, columns, rows, progress=progress)
    told = register(ledger, target, Leaving(f"{title}名单", written)).why
    return target, f"{written:,} {noun}。{told or '已记入传出登记。'}"
