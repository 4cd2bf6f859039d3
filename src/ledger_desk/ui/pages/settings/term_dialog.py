"""Sheets of the tab 词典: one entry, and a look at what reading a list in would do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange import terms
from ledger_desk.exchange.term_lists import TermPlan
from ledger_desk.model.terms import BY_KEY, Dictionary, Entry
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.records.pick_editors import PickEditor, entries_editor

_WRONG = (
    GridColumn("row", "第几行", "number", 80, essential=True),
    GridColumn("value", "词条", "text", 160, essential=True),
    GridColumn("why", "为什么不能读入", "text", 420, stretch=True),
)


class TermDialog(Dialog):
    """Adds or changes an entry of the office's own; ``saved`` carries a sentence of what was done."""

    saved = Signal(str)

    def __init__(
        self, parent: QWidget, ledger: Ledger, dictionary: Dictionary, entry: Entry | None = None
    ) -> None:
        """Show an entry, or begin a new one."""
        verb = "改" if entry is not None else "加"
        super().__init__(parent, f"{dictionary.title}：{verb}一条", width=560)
        self._ledger, self._dictionary, self._entry = ledger, dictionary, entry
        self.word = TextField(entry.text if entry else "")
        self.code = TextField(entry.code if entry else "")
        self.hint = TextField(entry.hint if entry else "")
        self.source = TextField(entry.source if entry else "")
        self._place: PickEditor | None = None
        self._word = Field("词条", self.word, required=True)
        self.body.add(self._word)
        if dictionary.key == "village":
            self._place = entries_editor(BY_KEY["division"], ledger)
            self._place.set_value(entry.parent if entry and entry.parent else None)
            self._within = Field("在哪个乡镇（街道）", self._place.widget)
            self.body.add(self._within)
        own_code = dictionary.key == "division" and entry is None
        self._code = Field("代码", self.code, note="不写就自动编一个" if own_code else "")
        self.body.add(
            self._code, Field("说明", self.hint), Field("出处", self.source, note="哪份文件第几条")
        )
        if dictionary.note:
            self.body.add(label(dictionary.note, "dim", wrap=True))
        self.add_close("关闭")
        self._save = self.add_button(Button("存下", self.save, key="Ctrl+S", kind="pri"))
        self._save.setEnabled(not ledger.read_only)
        self.word.setFocus()

    def save(self) -> bool:
        """Store the entry as one step; whether it is stored."""
        values = {
            "value": self.word.text(), "code": self.code.text(), "hint": self.hint.text(),
            "source": self.source.text(),
        }  # fmt: skip
        try:
            if self._place is not None:
                values["parent"] = self._place.value() or ""
            said = self._write(values)
        except (UserError, ValueError) as error:
            at = self._code if "代码" in str(error) else self._word
            at.say("must", str(error))
            return False
        self.saved.emit(said)
        self.accept()
        return True

    def _write(self, values: dict[str, str]) -> str:
        title, word = self._dictionary.title, values["value"].strip()
        if self._entry is None:
            terms.add(self._ledger, self._dictionary, values)
            return f"已在“{title}”里加“{word}”"
        count = terms.change(self._ledger, self._dictionary, self._entry, values)
        renamed = f"，{count:,} 条记录跟着改了名" if count else ""
        return f"已改“{title}”的“{word}”{renamed}"


class TermsPreview(Dialog):
    """What a list would do to a dictionary; ``wanted`` when it is to be taken."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, made: TermPlan) -> None:
        """Show a plan."""
        super().__init__(parent, f"读入 {made.file}", width=760)
        self._made = made
        new, changed, wrong = len(made.new), len(made.changed), len(made.wrong)
        total = new + changed + made.same + wrong
        self.body.add(
            label(f"读入“{made.dictionary.title}”。读到 {total:,} 行 = 新增 {new:,} + 变更 {changed:,} + "
                  f"已有 {made.same:,} + 不能读入 {wrong:,}。", "body", wrap=True)
        )  # fmt: skip
        if made.new:
            some = "、".join(row["value"] for row in made.new[:12])
            self.body.add(label(f"新增：{some}{'……' if new > 12 else ''}", "dim", wrap=True))
        if wrong:
            rows = [
                GridRow(str(n), [Cell(str(p.row), value=p.row), p.value, p.why])
                for n, p in enumerate(made.wrong)
            ]
            panel = GridPanel(ListSource(_WRONG, rows), noun="行", name="不能读入的行")
            panel.setMinimumHeight(panel.fontMetrics().height() * 9)
            self.body.add(panel)
        self.add_close("不读入")
        words = "、".join(
            p for p in (f"新增 {new:,}" * bool(new), f"变更 {changed:,}" * bool(changed)) if p
        )
        self.take = self.add_button(
            Button(f"读入 {new + changed:,} 条：{words}", self._take, kind="pri")
        )
        if not new + changed:
            self.take.block("没有要读入的：都已经有了" if made.same else "没有能读入的行")

    def _take(self) -> None:
        self.accept()
        self.wanted.emit(self._made)
