"""The definition of one indicator: text, clause, how it is made, parameters, forms."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.dictionary import Entry
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.records.fact_list import FactLine, FactList

_TITLE, _TEXT = 76, 60


class Definition(QWidget):
    """Shows one entry of the dictionary.

    Signals:
        rule_wanted: Key of a parameter that is to be opened.
    """

    rule_wanted = Signal(str)

    def __init__(self, *, titled: bool = True) -> None:
        """Start empty; ``titled`` where nothing else names the indicator."""
        super().__init__()
        self._title = label("", "heading", wrap=True)
        self._title.setVisible(titled)
        self._text = label("", "body", wrap=True)
        self._facts = FactList(_TITLE, _TEXT)
        column = Column(self, gap=8)
        column.add(self._title, self._text, self._facts).push()

    def show_entry(self, entry: Entry | None) -> None:
        """Show an entry; None: none is chosen."""
        if entry is None:
            self._title.setText("")
            self._text.setText("选一个指标，这里写它的口径。")
            self._facts.show_facts([])
            return
        spec = entry.indicator
        self._title.setText(spec.label)
        self._text.setText(spec.text)
        facts = [
            FactLine("依据", spec.clause),
            FactLine("单位", spec.unit),
            FactLine("怎么来的", entry.made),
            FactLine("算法", "、".join(entry.measures)),
            FactLine("分法", "、".join(entry.splits) or "不分"),
        ]
        for place, each in enumerate(entry.parameters):
            deed = partial(self.rule_wanted.emit, each.key)
            facts.append(
                FactLine(
                    "还有" if place else "随口径变", each.label, "打开", f"打开{each.label}", deed
                )
            )
        titles = "\n".join(title for _, title in entry.forms)
        facts.append(FactLine("用在报表", titles or "现有报表没有用到"))
        self._facts.show_facts(facts)
