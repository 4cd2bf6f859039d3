"""对列: each column of the file with samples, what it is taken for, and how sure that is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from ledger_desk.exchange.mapping import HOW, ColumnMatch, Mapping
from ledger_desk.model.fields import FieldSpec, fields_of
from ledger_desk.store.search import initials
from ledger_desk.ui import theme
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.rules import DoubleRule, frame

UNITS = ("元", "千元", "万元", "百万元", "亿元")
_NOT = PickItem("", "不装入")
_SAMPLES = 3
_HEADS = ("列", "来表列名", "样例", "", "", "", "装入到", "按什么单位读", "把握")


class ColumnsView(QWidget):
    """Lets a person correct the mapping; `changed` carries the new `Mapping`."""

    changed = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._mapping: Mapping | None = None
        self._narrow = False
        self._samples = _SAMPLES
        self._pickers: dict[int, Picker] = {}
        self._units: dict[int, Picker] = {}
        self._marks: dict[int, MarkLabel] = {}
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = frame("panel")
        Column(box, margins=1, gap=0).add(self._area)
        Column(self, gap=0).add(box)
        theme.follow(self._rebuild)

    def show_mapping(self, mapping: Mapping) -> None:
        """Show a mapping; rows are made anew only for another table."""
        same = self._mapping is not None and [c.heading for c in self._mapping] == [
            c.heading for c in mapping
        ]
        same = same and self._mapping is not None and self._mapping.cls is mapping.cls
        self._mapping = mapping
        if same:
            self._update()
        else:
            self._rebuild()

    def set_mode(self, mode: Mode) -> None:
        """Two of three samples give way below 1280, the rest of them and the unit below 1000."""
        narrow, samples = mode in ("narrow", "single"), _SAMPLES if mode == "full" else 1
        if (narrow, samples) != (self._narrow, self._samples):
            self._narrow, self._samples = narrow, samples
            self._rebuild()

    def picker(self, column: int) -> Picker:
        """The picker of a column of the file, from 1."""
        return self._pickers[column]

    def unit_picker(self, column: int) -> Picker:
        """The picker of a column's unit."""
        return self._units[column]

    def first_focus(self) -> QWidget | None:
        """The first column that is not settled, else the first one."""
        if self._mapping is None:
            return None
        open_ones = [c.column for c in self._mapping if not c.field and c.note]
        first = next(iter(open_ones or self._pickers), None)
        return self._pickers[first] if first is not None else None

    def _rebuild(self) -> None:
        if self._mapping is None:
            return
        self._pickers, self._units, self._marks = {}, {}, {}
        host = frame("bare")
        column = Column(host, gap=0)
        grid = QGridLayout()
        px = theme.look().px
        grid.setContentsMargins(px(12), px(4), px(12), px(8))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(0)
        heads = [self._cell(text, "bold") for text in _HEADS]
        for place, head in enumerate(heads):
            if _HEADS[place] and (not self._narrow or place in (1, 6, 8)):
                grid.addWidget(head, 0, place, 1, self._samples if place == 2 else 1)
        grid.addWidget(DoubleRule(), 1, 0, 1, len(_HEADS))
        for number, match in enumerate(self._mapping):
            self._add_row(grid, 2 + 2 * number, match)
            grid.addWidget(frame("rule"), 3 + 2 * number, 0, 1, len(_HEADS))
        stretches = (0, 4, 0, 0, 0, 0, 5, 0, 5)
        if not self._narrow:
            more = 2 if self._samples > 1 else 0
            stretches = (0, 3, 2, more, more, 0, 5, 2, 5)
        for place, stretch in enumerate(stretches):
            grid.setColumnStretch(place, stretch)
        column.add(grid).push()
        self._area.setWidget(host)
        self._update()

    def _add_row(self, grid: QGridLayout, row: int, match: ColumnMatch) -> None:
        grid.setRowMinimumHeight(row, theme.look().px(43))
        middle = Qt.AlignmentFlag.AlignVCenter
        heading = ElidedLabel(match.heading or "（没有标题）", "bold" if match.heading else "dim")
        picker = Picker(partial(self._offer, match.column), None, "选一项，或“不装入”")
        picker.setAccessibleName(f"第 {match.column} 列“{match.heading}”装入到")
        picker.picked.connect(partial(self._picked, match.column))
        unit = Picker(pick_from([PickItem(word, word) for word in UNITS]), None, "单位")
        unit.setAccessibleName(f"第 {match.column} 列“{match.heading}”的单位")
        unit.picked.connect(partial(self._unit_picked, match.column))
        mark = MarkLabel("none", "", "dim", wrap=True)
        if not self._narrow:
            grid.addWidget(label(_letters(match.column), "clause"), row, 0)
            for place in range(self._samples):
                text = match.samples[place] if place < len(match.samples) else ""
                grid.addWidget(_sample(text), row, 2 + place, middle)
            grid.addWidget(unit, row, 7, middle)
        else:
            unit.hide()
            unit.setParent(self)
        grid.addWidget(heading, row, 1)
        grid.addWidget(picker, row, 6, middle)
        grid.addWidget(mark, row, 8, middle)
        self._pickers[match.column], self._units[match.column], self._marks[match.column] = (
            picker,
            unit,
            mark,
        )

    def _cell(self, text: str, kind: str) -> QWidget:
        made = label(text, kind)
        made.setMinimumHeight(theme.look().px(38))
        return made

    def _update(self) -> None:
        assert self._mapping is not None
        specs = {spec.name: spec for spec in fields_of(self._mapping.cls)}
        for match in self._mapping:
            spec = specs.get(match.field or "")
            picker, unit = self._pickers[match.column], self._units[match.column]
            picker.set_item(PickItem(spec.name, spec.label) if spec else _NOT)
            money = spec is not None and spec.kind.name == "money"
            unit.setVisible(money and not self._narrow)
            unit.set_item(PickItem(match.unit or "万元", match.unit or "万元") if money else None)
            kind, words = _sureness(match, spec)
            self._marks[match.column].set(kind, words)
            picker.set_state("explain" if kind == "explain" else "")

    def _offer(self, column: int, text: str) -> list[PickItem]:
        assert self._mapping is not None
        used = {c.field: c.column for c in self._mapping if c.field and c.column != column}
        items = [_NOT]
        for spec in fields_of(self._mapping.cls):
            hint = f"{_letters(used[spec.name])} 列在用" if spec.name in used else spec.group
            items.append(
                PickItem(
                    spec.name, spec.label, hint, (*spec.synonyms, *initials(spec.label).split())
                )
            )
        return pick_from(items, 80)(text)

    def _picked(self, column: int, item: PickItem | None) -> None:
        assert self._mapping is not None
        self.changed.emit(self._mapping.with_field(column, (item.id or None) if item else None))

    def _unit_picked(self, column: int, item: PickItem | None) -> None:
        assert self._mapping is not None
        if item is not None:
            self.changed.emit(self._mapping.with_unit(column, item.id))


def _sureness(match: ColumnMatch, spec: FieldSpec | None) -> tuple[str, str]:
    """Mark and words for how a column was settled."""
    if spec is None:
        if match.how == "chosen":
            return "none", "你定的：不装入"
        return (
            ("explain", f"{match.note}，请看一眼")
            if match.note
            else ("none", "没有对应的项目，不装入")
        )
    words = HOW[match.how] if match.how != "chosen" else "你指定的"
    if match.how == "likeness":
        return "hint", f"{words} {match.confidence:.2f}，请看一眼"
    if match.how == "content":
        return "hint", f"{words}，请看一眼"
    if spec.kind.name == "money" and not match.unit:
        return "hint", f"{words}；没写单位，按万元读"
    return "done", words


def _sample(text: str) -> QWidget:
    box = frame("details")
    shown = ElidedLabel(text or "空", "body" if text else "faint")
    Row(box, margins=(6, 4, 6, 4)).add(shown)
    return box


def _letters(column: int) -> str:
    """Letters of a column as spreadsheets show them: 28 → AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
