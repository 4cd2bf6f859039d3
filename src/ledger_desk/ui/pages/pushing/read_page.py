"""读回银行表: choose files or a folder, look at what each says, then let it into the ledger as one step."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange.bank_books.opening import ENDINGS, BankFile, files_in
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import EmptyState, NextStep
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import ListSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.pushing.read_rows import FILE_COLUMNS, ROW_COLUMNS, fate_rows, file_row
from ledger_desk.ui.records.scrolling import Scrolling
from ledger_desk.ui.rules import frame
from ledger_desk.work import reading_back
from ledger_desk.work.reading_back import FileRead, ReadBack

_FILTER = "表格 (" + " ".join(f"*{ending}" for ending in ENDINGS) + ")"


class ReadPage(Page):
    """Reads what banks sent back. Nothing is written before the last button.

    Signals:
        closed: Back to the lists.
        wrote: Something was written.
        referral_wanted: Id of a referral to look at.
    """

    closed = Signal()
    wrote = Signal()
    referral_wanted = Signal(str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Start without files."""
        super().__init__("读回银行表")
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._files: list[BankFile] = []
        self._result: ReadBack | None = None
        self._chosen: FileRead | None = None
        self.head.add_button(Button("选文件…", self._ask_files, icon="file-import"))
        self.head.add_button(Button("选文件夹…", self._ask_folder, icon="folder-open"))
        self.head.add_button(Button("返回", self._back, icon="arrow-left", key="Esc"))
        self.files = GridPanel(
            ListSource(FILE_COLUMNS, []), noun="份", name="银行发回的文件", frozen=0,
        )  # fmt: skip
        self.rows = GridPanel(ListSource(ROW_COLUMNS, []), noun="行", name="这份表的各行", frozen=0)
        self._told = label("", "bold", wrap=True)
        tools = frame("bare")
        self._errors = Button("把有错的写回银行的表", self._write_errors, icon="file-export")
        Row(tools, gap=8).add(self._told, stretch=1).add(self._errors)
        state = EmptyState(
            "把银行填好的表读回来",
            "一个文件夹里的全部一起读：哪一行新增、变更、相同、存疑、有错，先看清再登进账里。"
            "空着的格不会清掉账上的内容，同一份读两次什么都不会变。",
            [
                NextStep("folder-open", "选文件夹", "银行发回的表都放在一个文件夹里", "选文件夹…",
                         self._ask_folder, pri=True),
                NextStep("file-import", "选文件", "一份或几份", "选文件…", self._ask_files),
            ],
        )  # fmt: skip
        self._empty = Scrolling(state)
        self.body.add(self._empty, stretch=1)
        self.body.add(self.files, stretch=2).add(tools).add(self.rows, stretch=3)
        self._tools = tools
        self._words = FittingLabel([""], "dim")
        self.bottom.say(self._words)
        self.bottom.push()
        self._go = self.bottom.add_button(Button("登进账里", self.apply, kind="pri"))
        shortcut = QShortcut(QKeySequence("F12"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.apply)
        self.files.grid.current_changed.connect(self._choose)
        self.files.grid.opened.connect(self._enter_rows)
        self.rows.grid.opened.connect(self._open_row)
        self.setAcceptDrops(True)
        self._show(None)

    # What others call

    def read_folder(self, folder: Path) -> None:
        """Read all files of a folder."""
        try:
            paths = files_in(folder)
        except UserError as error:
            show_error(self._window, error)
            return
        self.read_files(paths)

    def read_files(self, paths: Sequence[Path]) -> None:
        """Read files in child processes and look at what they say."""

        def work(progress: Progress) -> tuple[list[BankFile], ReadBack]:
            files = reading_back.open_files(paths, progress)
            return files, reading_back.look(self._ledger, files, progress)

        self._go.block("正在读")
        self._jobs.start(
            work, title=f"正在读 {len(paths)} 份银行表", leaves="停下，什么都不登",
            succeeded=self._looked, failed=self._failed, cancelled=self._stopped,
        )  # fmt: skip

    def apply(self) -> None:
        """Write what the files say, as one step."""
        if self._result is None or not self._go.isEnabled():
            return
        files = list(self._files)
        self._go.block("正在登")
        self._jobs.start(
            partial(self._applied_by, files), title="正在登银行表", leaves="停下，一行都不登",
            succeeded=self._applied, failed=self._failed, cancelled=self._stopped,
        )  # fmt: skip

    def result(self) -> ReadBack | None:
        """What the files say, or said."""
        return self._result

    def refresh(self) -> None:
        """The ledger has changed: compare again."""
        if self._files:
            self._show(reading_back.look(self._ledger, self._files))

    def first_focus(self) -> QWidget | None:
        """The list of files, or the way to choose some."""
        if self._result is None:
            return self._empty.findChild(Button)
        return self.files.grid

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit the page."""
        super().set_mode(mode, very_short=very_short)
        self._one_list = mode == "single" or very_short
        if hasattr(self, "_go"):
            self._arrange()
            self._tell()

    _one_list = _in_rows = False

    # Inner

    def _arrange(self) -> None:
        """Both lists; where room is short the files, and after Enter the rows of one."""
        there = self._result is not None
        self._empty.setVisible(not there)
        self.files.setVisible(there and not (self._one_list and self._in_rows))
        for part in (self.rows, self._tools):
            part.setVisible(there and (self._in_rows or not self._one_list))

    def _enter_rows(self, _place: str = "") -> None:
        self._in_rows = True
        self._arrange()
        self.rows.grid.setFocus()

    def _back(self) -> None:
        """From the rows of a file to the files, where only one list is seen; else to the page."""
        if self._one_list and self._in_rows:
            self._in_rows = False
            self._arrange()
            self.files.grid.setFocus()
        else:
            self.closed.emit()

    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self._window, "银行发回的表在哪个文件夹")
        if folder:
            self.read_folder(Path(folder))

    def _ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._window, "选银行发回的表", "", _FILTER)
        if names:
            self.read_files([Path(name) for name in names])

    def _applied_by(self, files: list[BankFile], progress: Progress) -> ReadBack:
        return reading_back.apply(self._ledger, files, progress=progress)

    def _looked(self, found: tuple[list[BankFile], ReadBack]) -> None:
        self._files, result = found
        self._show(result)
        self.files.grid.setFocus()

    def _applied(self, result: ReadBack) -> None:
        self.wrote.emit()
        step, counts = result.step, result.counts
        said = f"已登 {counts['new'] + counts['changed']:,} 户，{result.summary()}"
        if step is not None:
            undo = self._window.undo_wanted.emit
            self._window.toasts.undo("已读回银行表", said, [("撤销  Ctrl+Z", undo)])
        if result.needs_attention:
            self._show(reading_back.look(self._ledger, self._files))
        else:
            self.closed.emit()

    def _failed(self, error: BaseException) -> None:
        show_error(self._window, error, "银行表没有读成")
        self._show(self._result)

    def _stopped(self) -> None:
        self._show(self._result)

    def _show(self, result: ReadBack | None) -> None:
        self._result = result
        self._in_rows = False
        self._arrange()
        if result is None:
            self._tell()
            return
        rows = [file_row(place, one) for place, one in enumerate(result.files)]
        self.files.set_source(ListSource(FILE_COLUMNS, rows))
        worst = next((n for n, one in enumerate(result.files) if one.needs_attention), 0)
        self._choose(str(worst))
        self.files.grid.go_to(str(worst))
        self._tell()

    def _choose(self, place: str) -> None:
        if self._result is None or not place:
            return
        one = self._result.files[int(place)]
        self._chosen = one
        self.rows.set_source(ListSource(ROW_COLUMNS, fate_rows(one)))
        self.rows.say_nothing(one.why if not one.result.rows else "")
        self._told.setText(f"{one.name}：{one.why or one.result.summary()}")
        needs = bool(one.result.rows) and one.result.needs_attention
        if needs:
            self._errors.allow("把有错的写回银行的表")
        else:
            self._errors.block("这份没有要写回的")

    def _tell(self) -> None:
        result = self._result
        if result is None:
            self._words.set_texts(["先选银行发回的文件或文件夹", ""])
            self._go.block("登进账里：先选文件")
            return
        counts = result.counts
        self.head.set_counts(
            f"{len(result.files)} 份，{result.summary()}", f"{len(result.files)} 份"
        )
        left = counts["doubtful"] + counts["wrong"]
        more = f"存疑和有错的 {left:,} 行不登，问清后再读一次" if left else "读两次也不会重复"
        self._words.set_texts([more, ""])
        many = counts["new"] + counts["changed"]
        if self._ledger.read_only:
            self._go.block("只看，不能登")
        elif many:
            self._go.allow(f"登进账里 {many:,} 户  F12")
        else:
            self._go.block("没有要登的")

    def _open_row(self, row: str) -> None:
        if self._chosen is None:
            return
        fate = next((f for f in self._chosen.result.rows if str(f.row) == row), None)
        record = fate.record or next(iter(fate.candidates), "") if fate is not None else ""
        if record:
            self.referral_wanted.emit(record)
        else:
            self._window.status.say("账上没有对应的推荐，请看这一行的原因")

    def _write_errors(self) -> None:
        if self._chosen is None:
            return
        try:
            made = reading_back.write_errors(self._ledger, self._chosen, taken=False)
        except UserError as error:
            show_error(self._window, error, "校验结果没有写成")
            return
        if made is not None:
            self._window.toasts.done("已写回银行的表", f"{made.sentence}在“{made.path.parent}”。")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped: files, or a folder."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(paths) == 1 and paths[0].is_dir():
            self.read_folder(paths[0])
        elif paths:
            self.read_files(paths)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)
