"""First page: choose the empty table or drop it, take up what was left, or be told why not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from ledger_desk.settings import Settings
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import IconPicture, Notice
from ledger_desk.ui.importing.start_view import ENDINGS
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row

_FILTER = f"表格 ({' '.join('*' + ending for ending in ENDINGS)});;所有文件 (*)"
_ACTION = "design"


class StartView(QWidget):
    """A large place to drop a file on.

    Signals:
        file_chosen: Path of the file.
        resume_wanted: The form that was put aside is to be gone on with.
    """

    file_chosen = Signal(object)
    resume_wanted = Signal()

    def __init__(self) -> None:
        """Wait for a file."""
        super().__init__()
        self._said = ""
        self._refusal = Notice("must", "")
        self._refusal.hide()
        box = QFrame()
        box.setProperty("k", "float")
        column = Column(box, margins=(28, 28, 28, 28), gap=12)
        column.add(IconPicture("file-spreadsheet"), align=Qt.AlignmentFlag.AlignHCenter)
        title = label("上级下发的空白表样，拖到这里，或者选文件", "heading", wrap=True)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(
            "表头在哪里、每行是谁、每一列填什么，程序先认一遍，拿不准的问你；用上一期的账试填一遍给你看，"
            "满意了再保存。存下的表样和自带的报表一样：按期出数、审核、结账，数字能追到企业。", "dim", wrap=True
        )  # fmt: skip
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = Button("选空白表…", self.ask_file, kind="pri", icon="folder-open")
        self.resume = Button("接着做上次的", self.resume_wanted.emit, icon="history")
        self.resume.hide()
        column.add(title, words)
        column.add(Row(gap=10).push().add(self.resume, self.choose).push())
        Column(self, gap=12).add(self._refusal, box).push()

    def ask_file(self) -> None:
        """Ask for a file."""
        folder = Settings.load().folder_of(_ACTION)
        name, _ = QFileDialog.getOpenFileName(
            self.window(), "选空白表样", str(folder) if folder else "", _FILTER
        )
        if name:
            Settings.load().used(_ACTION, Path(name).parent).save()
            self.file_chosen.emit(Path(name))

    def offer_resume(self, title: str) -> None:
        """Offer to go on with a form that was put aside; '' takes the offer away."""
        self.resume.set_text(f"接着做“{title[:16]}”")
        self.resume.setVisible(bool(title))

    def refuse(self, sentence: str) -> None:
        """Say why a file was refused; an empty sentence takes that away."""
        self._said = sentence
        self._refusal.set("must", sentence)
        self._refusal.setVisible(bool(sentence))
        self.choose.set_text("换一个文件…" if sentence else "选空白表…")

    def refusal(self) -> str:
        """The sentence shown."""
        return self._said
