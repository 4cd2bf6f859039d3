"""Making a ledger: who keeps it, at which level, where, and in which file. One page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ledger_desk.files import free_name, safe_name
from ledger_desk.model.vocabulary import LEVELS
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.dialogs.opening import FILTER, SUFFIX
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.picker import Picker
from ledger_desk.ui.records.dictionaries import find_division


@dataclass(frozen=True)
class NewLedger:
    """What is to be made."""

    path: Path
    office: str
    level: str
    division: str | None
    person: str | None


class NewLedgerDialog(Dialog):
    """Asks for everything that a new ledger needs; ``wanted`` carries a `NewLedger`."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        """Suggest a file in ``folder``."""
        super().__init__(parent, "新建账套", width=600)
        self._folder, self._path = folder, None if folder.is_dir() else folder
        self.office = TextField(placeholder="例如：新县专班")
        self.level = Segmented(
            [Option(word, word) for word in LEVELS.values()], LEVELS["county"], "层级"
        )
        self.division = Picker(find_division, placeholder="写县名或区划代码，例如：新县、411523")
        self.person = TextField(placeholder="以后每一步修改都会记上是谁做的")
        self._office_field = Field("单位名称", self.office, required=True)
        self._division_field = Field("行政区划", self.division)
        self.body.add(self._office_field, Field("层级", self.level), self._division_field)
        self.body.add(Field("您的姓名", self.person))
        self._place = label("", "dim", wrap=True)
        self.body.add(
            Row(gap=10)
            .add(self._place, stretch=1)
            .add(Button("换地方…", self.ask_place, kind="words"))
        )
        self.add_close("不建了")
        self.go = self.add_button(Button("建账", self._go, kind="pri"))
        self.office.textChanged.connect(self._show_place)
        self._show_place()
        self.office.setFocus()

    def path(self) -> Path:
        """The file that will be made."""
        if self._path is not None:
            return self._path
        name = safe_name(self.office.text().strip() or "新账套")
        return free_name(self._folder / f"{name} {date.today().year}{SUFFIX}")

    def ask_place(self) -> None:
        """Let the person choose another file."""
        name, _ = QFileDialog.getSaveFileName(self, "账套放在哪里", str(self.path()), FILTER)
        if name:
            chosen = Path(name)
            self._path = chosen if chosen.suffix else chosen.with_suffix(SUFFIX)
            self._show_place()

    def _show_place(self) -> None:
        self._place.setText(f"存为：{self.path()}")
        if not self.office.text().strip():
            self.go.block("建账：还差单位名称")
        else:
            self.go.allow("建账")
        self.fit_height()

    def _go(self) -> None:
        office = self.office.text().strip()
        if not office:
            self._office_field.say("must", "请写上谁的账，例如“新县专班”。")
            return
        person = self.person.text().strip() or None
        self.wanted.emit(
            NewLedger(self.path(), office, str(self.level.value()), self.division.value(), person)
        )
