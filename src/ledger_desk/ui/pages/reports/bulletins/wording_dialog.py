"""Changing a wording: its text, what is wrong with it as it is typed, indicators to be put in."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period
from ledger_desk.model.work_words import BULLETIN_KINDS
from ledger_desk.reports.bulletins.language import read_line, read_wording
from ledger_desk.reports.bulletins.making import make_bulletin
from ledger_desk.reports.bulletins.naming import usual_measure
from ledger_desk.reports.bulletins.wordings import WordingText, drop_wording, save_wording
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Form2, Row
from ledger_desk.ui.picker import Picker, PickItem, pick_from

_PAUSE_MS = 300
_LINES = 12
_HOW = (
    "{走访户数@本日} 是数；{比上期:走访户数@本期} 是增减；{排名:走访户数@本期:乡镇:前5} 是排名；"
    "{表:走访户数@本日,授信户数@启动以来累计:乡镇:排名} 单独一行是表；{落款} 是单位和日期。按 F1 看全部写法。"
)


class WordingDialog(Dialog):
    """Changes a wording, or keeps it under another name.

    Signals:
        saved: (name of the wording to show, what was done).
    """

    saved = Signal(str, str)

    def __init__(
        self, parent: QWidget, ledger: Ledger, wording: WordingText, period: Period
    ) -> None:
        """Show a wording; it is tried on ``period`` before it is kept."""
        super().__init__(parent, "改通报范本", width=860)
        self._ledger, self._wording, self._period = ledger, wording, period
        kinds = [PickItem(kind, kind) for kind in BULLETIN_KINDS]
        self.name = TextField(wording.name)
        self.kind = Picker(pick_from(kinds), next(k for k in kinds if k.id == wording.kind))
        self.heading = TextField(wording.heading)
        self.text = TextArea(wording.text.strip(), lines=_LINES)
        self._name_field = Field("范本名称", self.name, required=True, note="换一个名称就另存一份")
        self._heading_field = Field("通报标题", self.heading)
        self._text_field = Field("正文", self.text, required=True)
        self.body.add(Form2(gap=24).add(self._name_field, Field("类别", self.kind)))
        self.body.add(self._heading_field, self._text_field)
        items = [
            PickItem(spec.id, spec.label, f"{spec.unit}　{usual_measure(spec)}")
            for spec in INDICATORS.values()
        ]
        self.indicator = Picker(pick_from(items), placeholder="指标，打几个字就找到")
        self.indicator.setAccessibleName("要插入的指标")
        self.put_in = Button("插入", self.insert, key="Ctrl+I")
        self.body.add(Row(gap=8).add(self.indicator, stretch=1).add(self.put_in))
        self.body.add(label(_HOW, "dim", wrap=True))
        self.add_close("不改了")
        if wording.record is not None:
            words = "改回自带的" if wording.shipped else "删去这个范本"
            self.drop = self.add_button(Button(words, self.take_away, kind="danger"))
        self.go = self.add_button(Button("存", self.save, key="Ctrl+S", kind="pri"))
        if ledger.read_only:
            self.go.block("只看，不能改")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.check)
        self.text.textChanged.connect(self._pause.start)
        self.heading.textChanged.connect(lambda _text: self._pause.start())
        self.text.setFocus()

    def check(self) -> bool:
        """Say what is wrong with heading and text; whether nothing is."""
        in_heading = read_line(self.heading.text())[1]
        in_text = read_wording(self.text.toPlainText()).mistakes
        self._heading_field.say("must", in_heading[0].sentence) if in_heading else self._heading_field.say("", "")  # fmt: skip
        more = f"（还有 {len(in_text) - 1} 处）" if len(in_text) > 1 else ""
        if in_text:
            self._text_field.say("must", f"{in_text[0].sentence}{more}")
        else:
            self._text_field.say("", "")
        return not in_heading and not in_text

    def insert(self) -> None:
        """Put the indicator chosen in where the cursor stands."""
        item = self.indicator.item()
        if item is not None and item.id in INDICATORS:
            spec = INDICATORS[item.id]
            self.text.insertPlainText(f"{{{spec.label}@{usual_measure(spec)}}}")
            self.text.setFocus()

    def save(self) -> bool:
        """Keep the wording as one step; whether it is stored."""
        name = self.name.text().strip()
        if not name:
            self._name_field.say("must", "范本要有名称。")
            return False
        if not self.check():
            return False
        same = name == self._wording.name
        wording = replace(
            self._wording, name=name, kind=self.kind.value() or self._wording.kind,
            heading=self.heading.text().strip(), text=self.text.toPlainText(),
            record=self._wording.record if same else None,
        )  # fmt: skip
        try:
            make_bulletin(self._ledger, wording, self._period)  # names of parts are known only here
            save_wording(self._ledger, wording)
        except UserError as error:
            show_error(self, error, "范本没有存")
            return False
        self.accept()
        self.saved.emit(name, f"改了通报范本“{name}”")
        return True

    def take_away(self) -> None:
        """Take the office's own wording away."""
        try:
            drop_wording(self._ledger, self._wording)
        except UserError as error:
            show_error(self, error, "没有删成")
            return
        self.accept()
        self.saved.emit(self._wording.name, f"删去了通报范本“{self._wording.name}”")
