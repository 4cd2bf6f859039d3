"""First page of the assistant: choose or drop a file, or be told why the last one was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QWidget

from ledger_desk.store.journal import StepInfo
from ledger_desk.ui import theme
from ledger_desk.ui.bars import Strip
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card, IconPicture, Notice
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.records.times import when
from ledger_desk.ui.time_left import time_left

PACKAGE = ".ldform"
ENDINGS = (".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods", ".csv", ".xml", ".txt")
_FILTER = f"表格 ({' '.join('*' + ending for ending in ENDINGS)});;所有文件 (*)"


def dropped_file(mime: QMimeData) -> Path | None:
    """Give the first local file of what is dragged; None if there is none, or it is a form package."""
    return next((path for path in _files(mime) if path.suffix.lower() != PACKAGE), None)


def dropped_package(mime: QMimeData) -> Path | None:
    """Give the first form package (表样包) of what is dragged; it belongs to the whole window."""
    return next((path for path in _files(mime) if path.suffix.lower() == PACKAGE), None)


def _files(mime: QMimeData) -> list[Path]:
    if not mime.hasUrls():
        return []
    found = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in found if path.is_file()]


class StartView(QWidget):
    """A large place to drop a file on, and the ways to choose one.

    Signals:
        file_chosen: Path of the file.
        paste_wanted: The clipboard is to be read in.
        last_wanted: The result of the last reading in is to be shown again.
    """

    file_chosen = Signal(object)
    paste_wanted = Signal()
    last_wanted = Signal()

    def __init__(self) -> None:
        """Wait for a file."""
        super().__init__()
        self.setAcceptDrops(True)
        self._folder = self._said = ""
        self._refusal = Notice("must", "")
        self._refusal.hide()
        box = QFrame()
        box.setProperty("k", "float")
        column = Column(box, margins=(28, 28, 28, 28), gap=12)
        column.add(IconPicture("file-spreadsheet"), align=Qt.AlignmentFlag.AlignHCenter)
        title = label("把表格拖到这里，或者选一个文件", "heading", wrap=True)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(
            "Excel、WPS、CSV 都行，是什么格式看内容，不看名字。表头在第几行、列怎么叫都不要紧。"
            "先给你看将要发生什么，点了写入才改账；写入后随时能整批撤销。", "dim", wrap=True
        )  # fmt: skip
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = Button("选文件…", self.ask_file, kind="pri", icon="folder-open")
        self._paste = Button("粘贴", self.paste_wanted.emit, icon="copy", key="Ctrl+V")
        self._last = Button("看上次装入的结果", self.last_wanted.emit, kind="words")
        self._last.hide()
        column.add(title, words)
        column.add(Row(gap=10).push().add(self.choose, self._paste, self._last).push())
        self._box = box
        self._past = Card("装入过的表")
        self._past_rows = QGridLayout()
        self._past_rows.setColumnStretch(1, 1)
        self._past.body.add(self._past_rows)
        self._past.hide()
        outer = Column(self, gap=12)
        outer.add(self._refusal).add(box, self._past).push()

    def ask_file(self) -> None:
        """Ask for a file."""
        name, _ = QFileDialog.getOpenFileName(
            self.window(), "选要装入的表格", self._folder, _FILTER
        )
        if name:
            self._folder = str(Path(name).parent)
            self.file_chosen.emit(Path(name))

    def refuse(self, sentence: str) -> None:
        """Say why a file was refused; an empty sentence takes that away."""
        self._said = sentence
        self._refusal.set("must", sentence)
        self._refusal.setVisible(bool(sentence))
        self.choose.set_text("换一个文件…" if sentence else "选文件…")

    def refusal(self) -> str:
        """The sentence shown."""
        return self._said

    def show_past(self, steps: Sequence[StepInfo]) -> None:
        """List what was read in before, newest first."""
        while self._past_rows.count():
            part = self._past_rows.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        self._past_rows.setHorizontalSpacing(theme.look().px(16))
        for row, step in enumerate(steps):
            self._past_rows.addWidget(label(when(step.at, clock=True), "dim"), row, 0)
            self._past_rows.addWidget(ElidedLabel(step.name), row, 1)
            self._past_rows.addWidget(label(step.person or "没有登记姓名", "dim"), row, 2)
            self._past_rows.addWidget(
                label("已撤销" if step.undone else f"{step.rows:,} 条", "dim"), row, 3
            )
        self._past.setVisible(bool(steps))

    def offer_last(self) -> None:
        """There is a result to look at again."""
        self._last.show()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that the file can be let go here."""
        if dropped_file(event.mimeData()) is not None:
            self._box.setProperty("k", "details")
            self._box.style().polish(self._box)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It was dragged away again."""
        self._plain()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._plain()
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.file_chosen.emit(path)

    def _plain(self) -> None:
        self._box.setProperty("k", "float")
        self._box.style().polish(self._box)


class BusyView(QWidget):
    """What is being done, how far it is, and a way to stop it."""

    def __init__(self, stop: Callable[[], object]) -> None:
        """Call ``stop`` when the person does not want to go on."""
        super().__init__()
        box = QFrame()
        box.setProperty("k", "float")
        column = Column(box, margins=(28, 22, 28, 22), gap=10)
        self._title = label("", "heading", wrap=True)
        self._percent = label("", "bold")
        self._strip = Strip("进度")
        self._news = label("", "dim", wrap=True)
        self._leaves = label("", "dim", wrap=True)
        self.stop_button = Button("停下", stop, icon="player-stop")
        self._started = 0.0
        column.add(Row(gap=8).add(self._title, stretch=1).add(self._percent))
        column.add(self._strip, self._news)
        column.add(Row(gap=10).add(self._leaves, stretch=1).add(self.stop_button))
        Column(self, gap=0).add(box).push()

    def begin(self, title: str, leaves: str, started: float) -> None:
        """Show a new piece of work; ``leaves`` says what stopping leaves behind."""
        self._title.setText(title)
        self._leaves.setText(leaves)
        self._news.setText("正在开始")
        self._percent.setText("")
        self._strip.setRange(0, 0)
        self._started = started
        self.stop_button.allow("停下")
        self.stop_button.setFocus()

    def progressed(self, done: int, total: int, note: str) -> None:
        """Say how far it is."""
        if total:
            percent = min(100, done * 100 // total)
            self._strip.setRange(0, 100)
            self._strip.setValue(percent)
            self._percent.setText(f"{percent}%")
        left = time_left(self._started, done, total)
        place = f"第 {done:,} 行，共 {total:,} 行" if total else ""
        self._news.setText("　".join(part for part in (note, place, left) if part) or "正在开始")

    def stopping(self) -> None:
        """It will stop at its next report."""
        self.stop_button.block("正在停下")
