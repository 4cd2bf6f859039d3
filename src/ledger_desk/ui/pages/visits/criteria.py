"""The five criteria of a sheet: a row each, 符合 不符合 待核 by the keys 1 to 3, and the evidence."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Visit
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.ui import theme
from ledger_desk.ui.choices import Option
from ledger_desk.ui.fields import Field
from ledger_desk.ui.flow import Flow
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.editors import Editor, LineEditor, SegmentEditor

VERDICTS = [
    Option("符合", "符合", "ok"),
    Option("不符合", "不符合", "zhu"),
    Option("待核", "待核", "zhe"),
]
# What to look at for each, as the document means it; stands in the empty evidence.
HINTS = {
    "lawful": "如：正常开门，无行政处罚", "settled": "如：自有厂房 / 租至 2026-12",
    "genuine": "如：旺季备货，已有订单", "creditworthy": "如：无逾期，纳税 B 级",
    "proper": "如：购茶叶原料，合同已看",
}  # fmt: skip


class Bare(Field):
    """A field whose title stands elsewhere; its message comes under it as ever."""

    def __init__(self, title: str, editor: QWidget) -> None:
        """Keep the title for screen readers only."""
        super().__init__(title, editor)
        self._label.hide()


class CriteriaRows(QWidget):
    """Editors by field: ``lawful``, ``lawful_why`` and so on, in the order of the document."""

    def __init__(self) -> None:
        """Make ten editors."""
        super().__init__()
        self.editors: dict[str, Editor] = {}
        self.fields: dict[str, Field] = {}
        specs = field_map(Visit)
        column = Column(self, gap=4)
        self._flows: list[Flow] = []
        for name in CRITERIA:
            title = specs[name].label
            verdict = SegmentEditor(VERDICTS, title)
            why = LineEditor(specs[f"{name}_why"], str)
            why.line.setPlaceholderText(HINTS[name])
            row = QWidget()
            flow = Flow(row)
            self.editors |= {name: verdict, f"{name}_why": why}
            self.fields |= {
                name: Bare(title, verdict.widget), f"{name}_why": Bare(f"{title}依据", why.widget)
            }  # fmt: skip
            words = label(title, "bold")
            words.setMinimumHeight(theme.look().px(34))
            flow.add(words, 2)
            flow.add(self.fields[name], 4)
            flow.add(self.fields[f"{name}_why"], 6)
            self._flows.append(flow)
            column.add(row)
        theme.follow(self.updateGeometry)

    def set_mode(self, mode: Mode) -> None:
        """Evidence under the verdict where room is short."""
        for flow in self._flows:
            flow.set_mode(mode)

    def met(self) -> int:
        """How many are met."""
        return sum(self.editors[name].value() == "符合" for name in CRITERIA)
