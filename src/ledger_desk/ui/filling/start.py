"""First page: choose the table from above or drop it, or be told why the last one was refused."""

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
_ACTION = "fill"


class StartView(QWidget):
    """A large place to drop a file on; ``file_chosen`` carries its path."""

    file_chosen = Signal(object)

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
        title = label("上级要的表，拖到这里，或者选文件", "heading", wrap=True)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = label(
            "表里列好了企业的，按信用代码、注册号、名称认出是哪一户，填上账里有的；表头下面空着的，选列哪些户；"
            "要乡镇数、银行数的，按期间数出来。来表已填的格子和公式不动，还缺的列成电话清单。", "dim", wrap=True
        )  # fmt: skip
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = Button("选来表…", self.ask_file, kind="pri", icon="folder-open")
        column.add(title, words)
        column.add(Row(gap=10).push().add(self.choose).push())
        Column(self, gap=12).add(self._refusal, box).push()

    def ask_file(self) -> None:
        """Ask for a file."""
        folder = Settings.load().folder_of(_ACTION)
        name, _ = QFileDialog.getOpenFileName(
            self.window(), "选上级来表", str(folder) if folder else "", _FILTER
        )
        if name:
            Settings.load().used(_ACTION, Path(name).parent).save()
            self.file_chosen.emit(Path(name))

    def refuse(self, sentence: str) -> None:
        """Say why a file was refused; an empty sentence takes that away."""
        self._said = sentence
        self._refusal.set("must", sentence)
        self._refusal.setVisible(bool(sentence))
        self.choose.set_text("换一个文件…" if sentence else "选来表…")

    def refusal(self) -> str:
        """The sentence shown."""
        return self._said
