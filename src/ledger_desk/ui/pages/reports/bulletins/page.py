"""The page itself: wordings, period, the text with its numbers, what stands behind one, and the files."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.files import atomic_write
from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress
from ledger_desk.reports.bulletins.bulletin import Bulletin
from ledger_desk.reports.bulletins.explaining import explain_spot
from ledger_desk.reports.bulletins.making import make_bulletin
from ledger_desk.reports.bulletins.papers import file_name, pdf_of, word_of
from ledger_desk.reports.bulletins.wordings import WordingText, usual_days, wordings
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Job, Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import ways_to
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.reports.bulletins.paper import BulletinPaper
from ledger_desk.ui.pages.reports.bulletins.wording_dialog import WordingDialog
from ledger_desk.ui.pages.reports.drill_down import DrillDown
from ledger_desk.ui.pages.reports.period_bar import PeriodBar
from ledger_desk.ui.printing.saving import choose_target
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs

_HOW = "点一个带下划线的数，或用 ← → 走到它、按回车，这里列出它背后的企业和记录。"


class BulletinPage(Page):
    """通报.

    Signals:
        open_record: Table and id of a record that the person wants to see.
        changed: The ledger was written: (number of the step, what was done).
        made: After a bulletin was made and is on the screen.
    """

    open_record = Signal(str, str)
    changed = Signal(int, str)
    made = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Build the page; the first bulletin is made when it is entered."""
        super().__init__("通报")
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._wordings = wordings(ledger)
        self._made: Bulletin | None = None
        self._job: Job | None = None
        today = dt.date.today()
        self.tabs = Tabs([Tab(each.name, each.name) for each in self._wordings], "通报范本")
        first = self._wordings[0].kind if self._wordings else ""
        self.period_bar = PeriodBar(usual_days(first, today))
        self.period_bar.deeds.hide()  # closing and handing in are of forms
        self.paper, self.drill = BulletinPaper(), DrillDown()
        self.drill.back.set_text("回到全文")
        self.wrong = Notice("must", "")
        self.wrong.hide()
        self._build()
        self._connect()

    def _build(self) -> None:
        self.edit = self.head.add_button(Button("改范本…", self.edit_wording, key="Ctrl+E"))
        self.pdf = self.head.add_button(Button("存为 PDF", self.save_pdf, icon="file-type-pdf"))
        self.word = self.head.add_button(
            Button("存为 Word", self.save_word, icon="file-text", key="Ctrl+S", kind="pri")
        )
        self.again = Button("重算", self.rebuild, icon="refresh", key="F5")
        middle = Column(gap=8)
        middle.add(Row(gap=8).add(self.tabs, stretch=1).add(self.again))
        middle.add(self.period_bar, self.wrong).add(self.paper, stretch=1)
        self.body.add(middle, stretch=1)
        how = frame("bare")
        Column(how, margins=(12, 10, 12, 10)).add(label(_HOW, "dim", wrap=True)).push()
        self.side = QStackedWidget()
        self.side.addWidget(how)
        self.side.addWidget(self.drill)
        self.set_pane(self.side, title="来历")
        self._allow()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._choose)
        self.period_bar.chosen.connect(self._take_period)
        self.paper.opened.connect(self.open_list)
        self.paper.chosen.connect(self._say_spot)
        self.drill.left.connect(self.back)
        self.drill.record_wanted.connect(self.open_record)

    # What the program calls

    def entered(self) -> None:
        """Make the bulletin, or make it again where the ledger has changed meanwhile."""
        made = self._made
        if (made is None and self._job is None) or (made and made.head != self._ledger.head()):
            self.rebuild()

    def ledger_changed(self) -> None:
        """The ledger was changed elsewhere."""
        self._reload()
        if self.isVisible():
            self.entered()

    def first_focus(self) -> QWidget | None:
        """The text."""
        return self.paper

    def bulletin(self) -> Bulletin | None:
        """What is on the screen."""
        return self._made

    # Making

    def wording(self) -> WordingText | None:
        """The wording chosen."""
        key = self.tabs.chosen_key()
        return next((each for each in self._wordings if each.name == key), None)

    def rebuild(self) -> None:
        """Make the bulletin again from the ledger as it is now (F5)."""
        wording = self.wording()
        if wording is None:
            return
        if self._job is not None:
            self._job.cancel()
        self.again.block("正在算")
        self._job = self._jobs.start(
            partial(_make, self._ledger, wording, self.period_bar.period()),
            title=f"正在出 {wording.name}", leaves="停下，原来的不变",
            succeeded=self._take, failed=self._failed, cancelled=self._stopped,
        )  # fmt: skip

    def _take(self, made: Bulletin) -> None:
        wording = self.wording()
        if wording is None or (made.name, made.period) != (wording.name, self.period_bar.period()):
            return  # another one was asked for meanwhile
        self._made = made
        self._job = None
        self._stopped()
        self.wrong.hide()
        self.paper.show_bulletin(made)
        self.back(focus=False)
        self._window.status.set_rows(f"全文 {len(made.spots)} 个数，{dt.datetime.now():%H:%M} 重算")
        self._allow()
        self.made.emit()

    def _failed(self, error: object) -> None:
        self._job = None
        self._stopped()
        if isinstance(error, UserError):
            self.wrong.sentence.setText(str(error))
            self.wrong.show()
            self._made = None
            self._allow()
        elif isinstance(error, BaseException):
            show_error(self, error, "通报没有出成")

    def _stopped(self) -> None:
        if self._job is None or self._job.is_cancelled():
            self._job = None
            self.again.allow("重算")

    def _allow(self) -> None:
        for button in (self.word, self.pdf):
            button.setEnabled(self._made is not None)

    def _choose(self, name: str) -> None:
        wording = self.wording()
        if wording is not None and wording.name == name:
            self.period_bar.set_period(usual_days(wording.kind, dt.date.today()))
            self._renew()

    def _take_period(self, _period: Period) -> None:
        self._renew()

    def _renew(self) -> None:
        self._made = None
        self._allow()
        if self.isVisible():
            self.rebuild()

    # What stands behind a number

    def open_list(self, number: int) -> None:
        """List the firms behind a number in the pane."""
        if self._made is None:
            return
        try:
            found = explain_spot(self._ledger, self._made, number)
        except UserError as error:
            show_error(self, error, "来历没有读出来")
            return
        self.drill.show_explanation(found)
        self.side.setCurrentWidget(self.drill)
        self.open_pane()
        self.drill.focus_list()

    def back(self, *, focus: bool = True) -> None:
        """Leave the list; the text has the focus again."""
        self.side.setCurrentIndex(0)
        if focus:
            if self.mode != "full":
                self.close_pane()
            self.paper.setFocus()

    def _say_spot(self, number: int) -> None:
        run = self._made.spots.get(number) if self._made is not None else None
        if run is not None and run.spot is not None:
            self._window.status.say(f"{run.spot.title}　{run.text}")
            self.paper.setAccessibleDescription(f"{run.spot.title}，{run.text}")

    # Wordings

    def edit_wording(self) -> WordingDialog | None:
        """Change the wording, or copy it under another name."""
        wording = self.wording()
        if wording is None:
            return None
        dialog = WordingDialog(self, self._ledger, wording, self.period_bar.period())
        dialog.saved.connect(self._saved)
        dialog.open()
        return dialog

    def _saved(self, name: str, done: str) -> None:
        self._reload()
        self.tabs.choose(name)
        newest = self._ledger.log(1)
        if newest:
            self.changed.emit(newest[0].id, done)
        self._made = None
        self.rebuild()

    def _reload(self) -> None:
        found = wordings(self._ledger)
        if found != self._wordings:
            self._wordings = found
            self.tabs.set_tabs([Tab(each.name, each.name) for each in found])
            self._made = None

    # Out

    def save_word(self) -> None:
        """Save the Word file."""
        self._save("docx")

    def save_pdf(self) -> None:
        """Save the PDF."""
        self._save("pdf")

    def _save(self, ending: str) -> None:
        made = self._made
        if made is None:
            return
        target = choose_target(self, file_name(made, ending), action="bulletin")
        if target is not None:
            self._jobs.start(
                partial(_write, self._ledger, made, target, ending),
                title=f"正在写 {target.name}", leaves="停下，不留半个文件",
                succeeded=self._written, failed=self._not_written,
            )  # fmt: skip

    def _written(self, result: tuple[Path, str]) -> None:
        target, told = result
        word = "Word" if target.suffix == ".docx" else "PDF"
        text = "\n".join(filter(None, (target.name, told)))
        self._window.toasts.done(f"已存为 {word}", text, actions=ways_to(target))

    def _not_written(self, error: object) -> None:
        if isinstance(error, BaseException):
            show_error(self, error, "文件没有写成")


def _make(ledger: Ledger, wording: WordingText, period: Period, progress: Progress) -> Bulletin:
    progress(0, 1, "")
    return make_bulletin(ledger, wording, period)


def _write(
    ledger: Ledger, made: Bulletin, target: Path, ending: str, progress: Progress
) -> tuple[Path, str]:
    progress(0, 1, "")
    atomic_write(target, word_of(made) if ending == "docx" else pdf_of(made))
    left = Leaving(f"{made.name} {made.period.label}")
    return target, register(ledger, target, left).why
