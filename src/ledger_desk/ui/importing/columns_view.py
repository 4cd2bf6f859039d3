"""对列: each column of the file with samples, what it is taken for, and how sure that is."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from ledger_desk.exchange.mapping import Mapping
from ledger_desk.exchange.suggesting import Suggestion
from ledger_desk.model.fields import field_map, fields_of
from ledger_desk.store.search import initials
from ledger_desk.ui import theme
from ledger_desk.ui.importing.column_row import LINES, NOT, ColumnRow
from ledger_desk.ui.importing.column_words import needs_look
from ledger_desk.ui.importing.looking import Judged
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.rules import DoubleRule, frame
from ledger_desk.workbook.cells import column_letters

_SAMPLES = 3
_HEADS = ("列", "来表列名", "样例", "", "", "", "装入到", "整列怎么读", "把握")
_NARROW_HEADS = (1, 6, 8)


class ColumnsView(QWidget):
    """Lets a person correct the mapping; `changed` carries the new `Mapping`."""

    changed = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._judged: Judged | None = None
        self._mapping: Mapping | None = None
        self._narrow = False
        self._samples = _SAMPLES
        self._rows: dict[int, ColumnRow] = {}
        self._private: set[int] = set()
        self._kinds: dict[int, str] = {}
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        box = frame("panel")
        Column(box, margins=1, gap=0).add(self._area)
        Column(self, gap=0).add(box)
        theme.follow(self._rebuild)

    def show_judged(self, judged: Judged) -> None:
        """Show a table; rows are made anew only where its columns are others."""
        before, mapping = self._mapping, judged.prepared.mapping
        same = before is not None and before.cls is mapping.cls
        same = same and [c.heading for c in before or ()] == [c.heading for c in mapping]
        same = same and self._judged is not None
        same = same and self._judged.prepared.sheet is judged.prepared.sheet
        self._judged, self._mapping = judged, mapping
        if same:
            self._update()
        else:
            self._private = set()
            self._rebuild()

    def show_mapping(self, mapping: Mapping) -> None:
        """Show corrected columns at once; their readings follow with `show_judged`."""
        self._mapping = mapping
        self._update()

    def set_mode(self, mode: Mode) -> None:
        """Two of three samples give way below 1280, the rest goes under its heading below 1000."""
        narrow, samples = mode in ("narrow", "single"), _SAMPLES if mode == "full" else 1
        if (narrow, samples) != (self._narrow, self._samples):
            self._narrow, self._samples = narrow, samples
            self._rebuild()

    def picker(self, column: int) -> Picker:
        """The picker of a column of the file, from 1."""
        return self._rows[column].picker

    def reading_picker(self, column: int) -> Picker:
        """The picker of how a column is read."""
        return self._rows[column].reading

    def row(self, column: int) -> ColumnRow:
        """All widgets of a column."""
        return self._rows[column]

    def open_columns(self) -> list[int]:
        """Columns that ask for a look."""
        return [number for number, kind in self._kinds.items() if needs_look(kind)]

    def first_open(self) -> QWidget | None:
        """The picker of the first column that could not be settled; None where all are."""
        grave = [number for number, kind in self._kinds.items() if kind == "explain"]
        return self._rows[grave[0]].picker if grave else None

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a widget of a column."""
        self._area.ensureWidgetVisible(widget, 0, theme.look().px(48))

    def _rebuild(self) -> None:
        if self._judged is None or self._mapping is None:
            return
        self._rows = {}
        host = frame("bare")
        column = Column(host, gap=0)
        grid = QGridLayout()
        px = theme.look().px
        grid.setContentsMargins(px(12), px(4), px(12), px(8))
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(0)
        for place, text in enumerate(_HEADS):
            if text and (not self._narrow or place in _NARROW_HEADS):
                head = label(text, "bold")
                head.setMinimumHeight(px(38))
                grid.addWidget(head, 0, place, 1, self._samples if place == 2 else 1)
        grid.addWidget(DoubleRule(), 1, 0, 1, len(_HEADS))
        for number, match in enumerate(self._mapping):
            row = ColumnRow(
                match,
                partial(self._offer, match.column),
                partial(self._picked, match.column),
                partial(self._reading_picked, match.column),
            )
            self._rows[match.column] = row
            place = 2 + LINES * number
            row.place(grid, place, narrow=self._narrow, samples=self._samples)
        stretches = (0, 4, 0, 0, 0, 0, 5, 0, 4)
        if not self._narrow:
            more = 2 if self._samples > 1 else 0
            stretches = (0, 5, 4, 2 * more, 2 * more, 0, 9, 6, 8)
        for place, stretch in enumerate(stretches):
            grid.setColumnStretch(place, stretch)
        column.add(grid).push()
        self._update()
        self._area.setWidget(host)

    def _update(self) -> None:
        assert self._mapping is not None
        assert self._judged is not None
        specs = field_map(self._mapping.cls)
        settled = self._judged.prepared.mapping
        for match in self._mapping:
            row, spec = self._rows[match.column], specs.get(match.field or "")
            if spec is not None and spec.private:
                self._private.add(match.column)
            if any(specs[name].private for name in match.candidates if name in specs):
                self._private.add(match.column)
            fresh = settled.column(match.column) == match
            readings = self._judged.readings.get(match.column, ()) if fresh else ()
            private = match.column in self._private
            kind = row.tell(match, spec, readings, private, narrow=self._narrow)
            self._kinds[match.column] = kind
            some = [s for s in self._judged.suggestions if s.column == match.column]
            row.suggest(some if fresh else (), self._take)
        self._kinds = {c.column: self._kinds[c.column] for c in self._mapping}

    def _offer(self, column: int, text: str) -> list[PickItem]:
        assert self._mapping is not None
        used = {c.field: c.column for c in self._mapping if c.field and c.column != column}
        likely = self._mapping.column(column).candidates
        specs = sorted(fields_of(self._mapping.cls), key=lambda spec: spec.name not in likely)
        items = [NOT]
        for spec in specs:
            hint = f"{column_letters(used[spec.name])} 列在用" if spec.name in used else spec.group
            hint = "内容像" if spec.name in likely else hint
            keys = (*spec.synonyms, *initials(spec.label).split())
            items.append(PickItem(spec.name, spec.label, hint, keys))
        return pick_from(items, 80)(text)

    def _picked(self, column: int, item: PickItem | None) -> None:
        assert self._mapping is not None
        self.changed.emit(self._mapping.with_field(column, (item.id or None) if item else None))

    def _reading_picked(self, column: int, item: PickItem | None) -> None:
        assert self._mapping is not None
        if item is not None:
            self.changed.emit(self._mapping.with_reading(column, item.id))

    def _take(self, suggestion: Suggestion) -> None:
        assert self._mapping is not None
        self.changed.emit(suggestion.taken(self._mapping))
