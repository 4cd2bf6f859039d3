"""Papers of chosen records (走访登记表, 审核签字页, 批分单 …) on the page 报表: choose, then paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.vocabulary import PRIVATE_WAYS
from ledger_desk.reports.catalogue import FormInfo
from ledger_desk.reports.record_papers import PAPERS, RecordPaper, choices, draw
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn, GridRow, ListSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.reports.choosing import FormEntry
from ledger_desk.ui.printing.papers import Drawn, Papers

GROUP = "选记录出的单张"
_PAUSE_MS, _MOST, _SHOWN = 200, 500, 200
_MASKED, _IN_FULL = PRIVATE_WAYS[0], PRIVATE_WAYS[1]


def paper_entries() -> list[FormEntry]:
    """The papers as the list of forms shows them, below the forms."""
    from ledger_desk.exchange.form_shape import Due

    return [
        FormEntry(
            FormInfo(
                p.id, p.title, p.standing, "随时", "随时", p.source, (p.about,), Due(every="随时")
            ),
            None, GROUP, f"选{p.record}出", "none",
        )
        for p in PAPERS.values()
    ]  # fmt: skip


class RecordPapers(QFrame):
    """What stands in the place of the preview while a paper of records is chosen.

    Signals:
        left: Show the forms' own preview again (true), or this card (false).
    """

    left = Signal(bool)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Start without a paper."""
        super().__init__()
        self.setProperty("k", "box")
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._paper: RecordPaper | None = None
        self._titles: dict[str, str] = {}
        self._papers = _Drawing(ledger, jobs, window, self)
        self._about = label("", "body", wrap=True)
        self.text = TextField(placeholder="编号或企业名称，写一部分就行")
        self.text.setAccessibleName("找记录")
        self.panel = GridPanel(
            ListSource(_columns("记录"), []), checks=True, noun="条", name="可选的记录"
        )
        self._told = label("", "dim", wrap=True)
        self.go = Button("出 PDF", self.make, icon="file-type-pdf", kind="pri")
        column = Column(self, margins=(16, 12, 16, 12), gap=8)
        column.add(self._about, self.text).add(self.panel, stretch=1)
        column.add(Row(gap=8).add(self._told, stretch=1).add(self.go))
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_PAUSE_MS)
        self._asking.timeout.connect(self.reload)
        self.text.textEdited.connect(lambda _text: self._asking.start())
        self.panel.grid.selection_changed.connect(lambda _ids: self._allow())
        self.panel.grid.opened.connect(lambda _id: self.make())
        self.hide()

    def take(self, form: str) -> bool:
        """Show the card for a paper of records; whether ``form`` is one."""
        paper = PAPERS.get(form)
        if paper is not None and paper is not self._paper:
            self.text.set_text("")
        self._paper = paper
        self.setVisible(paper is not None)
        if paper is not None:
            self._about.setText(f"{paper.about}也可以在{paper.where}里出。")
            self.reload()
        return paper is not None

    def reload(self) -> None:
        """Read the records to choose from again."""
        paper = self._paper
        if paper is None:
            return
        with self._ledger.read() as rows:
            found = choices(rows, paper.id, self.text.text(), _SHOWN)
        self._titles = {choice.id: choice.title for choice in found}
        self.panel.set_source(ListSource(
            _columns(paper.record), [GridRow(c.id, (c.title, c.detail)) for c in found]
        ))  # fmt: skip
        self.panel.say_nothing("" if found else f"没有可以出{paper.title}的{paper.record}。")
        more = f"只列出前 {_SHOWN} 条，写字再找。" if len(found) == _SHOWN else ""
        self._told.setText(more or f"{len(found):,} 条，勾上几条一起出。")
        self._allow()

    def make(self) -> None:
        """Draw the paper for what is chosen, and show it."""
        paper, ids = self._paper, self.panel.grid.chosen_ids()
        if paper is None or not ids:
            return
        if len(ids) > (1 if paper.id == "signing_sheet" else _MOST):
            most = (
                "签字页一次出一张"
                if paper.id == "signing_sheet"
                else f"一次最多出 {_MOST} {paper.noun}"
            )
            show_error(self, UserError(f"{most}，现在选了 {len(ids):,} 条。请少选几条。"), "没有出")
            return
        private = _MASKED
        if paper.private:
            answer = ask_choice(
                self._window, f"出{paper.title} {len(ids):,} {paper.noun}",
                "电话照写的请当心保管，用完收回。",
                [(_MASKED, "电话遮住中间几位"), (_IN_FULL, "电话照写")], close="不出了",
            )  # fmt: skip
            if answer is None:
                return
            private = answer
        title = self._titles.get(ids[0], "") if len(ids) == 1 else ""
        self._papers.begin(paper, ids, title or f"{len(ids):,} {paper.noun}", private)

    def first_focus(self) -> QWidget:
        """The field that finds records."""
        return self.text

    def _allow(self) -> None:
        many = self.panel.grid.selected_count()
        noun = self._paper.noun if self._paper is not None else ""
        self.go.set_text(f"出 PDF：{many:,} {noun}" if many > 1 else "出 PDF")
        self.go.setEnabled(self.panel.grid.lazy_model().rowCount() > 0)


def _columns(record: str) -> tuple[GridColumn, ...]:
    return (
        GridColumn("title", record, width=230, essential=True, sortable=False),
        GridColumn("detail", "说明", width=200, stretch=True, sortable=False),
    )


class _Drawing(Papers):
    """Draws in a child process and shows the pages."""

    def begin(self, paper: RecordPaper, ids: list[str], name: str, private: str) -> None:
        """Have them drawn."""
        self._name = name
        self._jobs.start_apart(
            draw, str(self._ledger.path), self._ledger.key, paper.id, ids, private,
            title=f"正在生成{paper.title} {len(ids):,} {paper.noun}", leaves="停下，什么也不留",
            succeeded=partial(self._drawn, paper, private), failed=self._failed,
        )  # fmt: skip

    def _drawn(self, paper: RecordPaper, private: str, result: tuple[bytes, int, int, str]) -> None:
        pdf, many, pages, missing = result
        self.tell_missing(missing)
        way = private if paper.private else ""
        self.look_at(Drawn(pdf, many, pages, missing, paper.title, self._name, way))
