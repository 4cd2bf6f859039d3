"""One column of the file: heading, samples, what it is taken for, how it is read, suggestions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ledger_desk.exchange.column_readings import Reading
from ledger_desk.exchange.mapping import ColumnMatch
from ledger_desk.exchange.suggesting import Suggestion
from ledger_desk.model.fields import FieldSpec
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel, Notice
from ledger_desk.ui.importing.column_words import (
    current_reading,
    reading_item,
    samples_of,
    short_heading,
    sureness,
)
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.picker import Items, Picker, PickItem, pick_from
from ledger_desk.ui.rules import frame
from ledger_desk.workbook.cells import column_letters

NOT = PickItem("", "不装入")
LINES = 3
"""Lines of the grid that a column takes: itself, its suggestions, the rule below."""


class ColumnRow:
    """The widgets of one column; `place` puts them into a grid, `tell` says how things stand."""

    def __init__(
        self,
        match: ColumnMatch,
        offer: Items,
        on_field: Callable[[PickItem | None], object],
        on_reading: Callable[[PickItem | None], object],
    ) -> None:
        """Make the widgets; ``offer`` finds fields, the others are told what is picked."""
        self.number = match.column
        self._private = False
        named = f"第 {match.column} 列“{match.heading}”"
        self.picker = Picker(offer, None, "选一项，或“不装入”")
        self.picker.setAccessibleName(f"{named}装入到")
        self.picker.picked.connect(on_field)
        self.picker.setEnabled(match.how != "reserved")
        self._readings: tuple[Reading, ...] = ()
        self._spec: FieldSpec | None = None
        self.reading = Picker(self._offer_readings, None, "怎么读")
        self.reading.setAccessibleName(f"{named}整列怎么读")
        self.reading.picked.connect(on_reading)
        self.mark = MarkLabel("none", "", "dim", wrap=True)
        self._heading = match.heading
        self._samples: list[ElidedLabel] = []
        self._strips = QWidget()
        self._strip_column = Column(self._strips, margins=(0, 0, 0, 8), gap=6)
        self._plain = label("", "faint")

    def place(self, grid: QGridLayout, row: int, *, narrow: bool, samples: int) -> None:
        """Put everything into three lines of a grid."""
        px = theme.look().px
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.setRowMinimumHeight(row, px(43))
        heading = ElidedLabel(
            short_heading(self._heading) or "（没有标题）", "bold" if self._heading else "dim"
        )
        heading.setToolTip(self._heading)
        if narrow:
            sample = ElidedLabel("", "faint")
            self._samples = [sample]
            holder = QWidget()
            Column(holder, margins=(0, 4, 0, 4), gap=0).add(heading, sample)
            grid.addWidget(holder, row, 1, middle)
            both = QWidget()
            Column(both, margins=(0, 4, 0, 4), gap=4).add(self.picker, self.reading, self._plain)
            self._plain.hide()
            grid.addWidget(both, row, 6, middle)
        else:
            letters = label(column_letters(self.number), "clause")
            grid.addWidget(letters, row, 0, middle)
            grid.addWidget(heading, row, 1, middle)
            self._samples = [ElidedLabel("", "body") for _ in range(samples)]
            for place, sample in enumerate(self._samples):
                box = frame("details")
                Row(box, margins=(6, 4, 6, 4)).add(sample)
                grid.addWidget(box, row, 2 + place, middle)
            grid.addWidget(self.picker, row, 6, middle)
            holder = QWidget()
            Row(holder, gap=0).add(self.reading, self._plain)
            grid.addWidget(holder, row, 7, middle)
        grid.addWidget(self.mark, row, 8, middle)
        grid.addWidget(self._strips, row + 1, 0 if narrow else 1, 1, 9 if narrow else 8)
        grid.addWidget(frame("rule"), row + 2, 0, 1, 9)

    def tell(
        self,
        match: ColumnMatch,
        spec: FieldSpec | None,
        readings: Sequence[Reading],
        private: bool,
        *,
        narrow: bool,
    ) -> str:
        """Show the match; gives the kind of its mark."""
        self._spec, self._readings = spec, tuple(readings)
        self._private = self._private or private or (spec is not None and spec.private)
        self.picker.set_item(PickItem(spec.name, spec.label) if spec else NOT)
        now = current_reading(readings)
        several = spec is not None and len(readings) > 1
        self.reading.setVisible(several)
        if several and spec is not None and now is not None:
            self.reading.set_item(reading_item(spec, now))
            self.reading.set_state("explain" if now.wrong else "")
        self._plain.setText("" if spec is None else "照原样" if not several else "")
        self._plain.setVisible(not several and not narrow)
        kind, words = sureness(match, spec, readings)
        self.mark.set(kind, words)
        self.picker.set_state("explain" if kind == "explain" and spec is None else "")
        texts = samples_of(match, spec, self._private)
        for place, sample in enumerate(self._samples):
            sample.setText((texts[place] if place < len(texts) else "") or "空")
        return kind

    def suggest(self, some: Sequence[Suggestion], take: Callable[[Suggestion], object]) -> None:
        """Show what to correct, one strip each with its button."""
        while self._strip_column.count():
            part = self._strip_column.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()
        for each in some:
            button = Button("采用", lambda each=each: take(each))  # type: ignore[misc]
            button.setAccessibleName(f"采用：{each.sentence}")
            self._strip_column.add(Notice("explain", each.sentence, button))
        self._strips.setVisible(bool(some))

    def _offer_readings(self, text: str) -> list[PickItem]:
        if self._spec is None:
            return []
        spec = self._spec
        return pick_from([reading_item(spec, reading) for reading in self._readings])(text)
