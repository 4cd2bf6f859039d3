"""A sheet that takes many firms at once: a pasted list, or ticks in the list of firms."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.record_source import RecordSource
from ledger_desk.ui.records.choosing import reference_items
from ledger_desk.ui.records.pick_editors import PickEditor
from ledger_desk.ui.rules import frame
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.work.recognising import Line, recognise

_WAIT_MS, _MOST_SAID = 150, 4
_SHOWN = ("name", "township", "code", "person")


class _FirmSource(RecordSource[Enterprise]):
    """Firms to be ticked; nothing is written in their cells, so that Space ticks."""

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns, none of them to be written in."""
        return super().make_columns(locked or "在这里只勾选，不改。")


class AddFirms(Dialog):
    """Shows what it recognises as one pastes; the button says how many firms it takes.

    Signals:
        taken: (ids of firms, day or None).
    """

    taken = Signal(list, object)

    def __init__(
        self, parent: QWidget, ledger: Ledger, title: str, verb: str, *, day: str = "",
        today: date | None = None,
    ) -> None:  # fmt: skip
        """Ask for firms.

        Args:
            parent: Window behind it.
            ledger: Where the firms are.
            title: What they are taken into.
            verb: Verb of the button: 加进.
            day: Label of a day that goes with them; '' asks for none.
            today: What stands in it at first.
        """
        super().__init__(parent, title, width=820)
        self._ledger, self._verb = ledger, verb
        self.tabs = Tabs([Tab("paste", "贴一份名单"), Tab("ticks", "从名单里勾")], "怎么选企业")
        self.tabs.chosen.connect(self._choose)
        self.area = TextArea(
            "", "一行一户：名称、统一社会信用代码都认，从 Excel 里复制几列来也行", lines=7
        )
        self.area.textChanged.connect(self._later)
        self.one = PickEditor(
            reference_items(ledger, "enterprise"),
            lambda _: None,
            placeholder="输名称、代码或拼音，选中就加到上面",
        )
        self.one.picker.picked.connect(self._picked)
        self._paste = frame("bare")
        column = Column(self._paste, gap=10)
        column.add(Field("名单", self.area), Field("查一户加上", self.one.widget))
        self._ticks = frame("bare")
        self.filter = TextField("", "输名称、代码或拼音首字母")
        self.filter.textChanged.connect(self._later)
        self.source = _FirmSource(ledger, Enterprise, _SHOWN)
        self.panel = GridPanel(self.source, checks=True, noun="户", name="企业名单")
        self.panel.setMinimumHeight(theme.look().px(240))
        self.panel.grid.selection_changed.connect(self._tell)
        self._kept: list[str] = []  # ticked before another text was looked for
        self.none = Button("都不勾", self._untick, kind="words")
        foot = Row(gap=8).add(label("换个词再找，勾过的还算。", "faint")).push().add(self.none)
        Column(self._ticks, gap=8).add(Field("找企业", self.filter), self.panel, foot)
        self._ticks.hide()
        self._told = label("", "dim", wrap=True)
        self._wrong = label("", "explain", wrap=True)
        self.body.add(self.tabs, self._paste, self._ticks)
        self._day: DayField | None = None
        if day:
            self._day = DayField(today)
            self._day_field = Field(day, self._day, note="不知道就空着")
            self.body.add(self._day_field)
        self.body.add(self._told, self._wrong)
        self.add_close("不加了")
        self.go = self.add_button(Button(verb, self._go, key="Ctrl+S", kind="pri"))
        self.lines: list[Line] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._look)
        self._tell()
        self.area.setFocus(Qt.FocusReason.TabFocusReason)

    def firms(self) -> list[str]:
        """Ids of the firms recognised and ticked, each once."""
        pasted = [line.firms[0] for line in self.lines if not line.why]
        return list(dict.fromkeys([*pasted, *self._ticked()]))

    def _ticked(self) -> list[str]:
        return list(dict.fromkeys([*self._kept, *self.panel.grid.selected_ids()]))

    def _untick(self) -> None:
        self._kept = []
        self.panel.grid.clearSelection()
        self._tell()

    def _choose(self, key: str) -> None:
        self._paste.setVisible(key == "paste")
        self._ticks.setVisible(key == "ticks")
        (self.area if key == "paste" else self.filter).setFocus(Qt.FocusReason.TabFocusReason)

    def _later(self, _text: str = "") -> None:
        self._timer.start()

    def _look(self) -> None:
        with self._ledger.read() as rows:
            self.lines = recognise(rows, self.area.text())
        wanted = Choice(self.filter.text().strip())
        if wanted != self.source.choice:
            self._kept = self._ticked()
            self.source.choose(wanted)
            self.panel.grid.clearSelection()
            self.panel.reload()
        self._tell()

    def _picked(self, item: object) -> None:
        name = getattr(item, "text", "")
        record = getattr(item, "id", "")
        if not record:
            return
        firm = self._ledger.get(Enterprise, record)
        sure = (firm.code if firm is not None else "") or name
        self.area.set_text("\n".join([*self.area.text().splitlines(), f"{sure}\t{name}".strip()]))
        self.one.picker.set_item(None)
        self._look()

    def _tell(self, _ids: object = None) -> None:
        firms = self.firms()
        wrong = [line for line in self.lines if line.why]
        said = (
            f"贴了 {len(self.lines):,} 行，认出 {len(self.lines) - len(wrong):,} 户。"
            if self.lines
            else ""
        )
        ticked = len(self._ticked())
        said += f"勾了 {ticked:,} 户。" if ticked else ""
        self._told.setText(said or "认出几户、哪几行没认出，这里会说。")
        some = "".join(f"“{line.text}”：{line.why}" for line in wrong[:_MOST_SAID])
        more = f"还有 {len(wrong) - _MOST_SAID:,} 行。" if len(wrong) > _MOST_SAID else ""
        self._wrong.setText(f"{len(wrong):,} 行没认出。{some}{more}" if wrong else "")
        self._wrong.setVisible(bool(wrong))
        if firms:
            self.go.allow(f"{self._verb} {len(firms):,} 户")
        else:
            self.go.block(f"{self._verb} 0 户")

    def _go(self) -> None:
        self._look()
        firms = self.firms()
        if not firms:
            return
        day = None
        if self._day is not None:
            day = self._day.day()
            if day is None and self._day.text().strip():
                self._day_field.say("must", "看不出是哪一天，请写成 2024-11-20 这样，或者空着。")
                return
        self.accept()
        self.taken.emit(firms, day)
