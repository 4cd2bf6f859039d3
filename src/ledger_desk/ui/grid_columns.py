"""Widths and order of a grid's columns: never measured over rows, scaled with the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFontMetrics

from ledger_desk.ui import theme
from ledger_desk.ui.grid_model import LazyModel, cell_text
from ledger_desk.ui.modes import mode_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from ledger_desk.ui.grid_header import GridHeader

SHRINK = 40
BEST_ROWS = 60
"""Rows looked at for the best width: those in sight and about."""
BEST_MOST = 480
"""The best width goes no further; one can still draw the edge."""


class ColumnLayout(QObject):
    """Keeps widths at 100 %, and which column stands where.

    Spare room goes to the stretching column; in the narrowest layout the essential ones come first.

    Signals:
        changed: Somebody chose a width, an order, or what is hidden.
    """

    changed = Signal()

    def __init__(self, view: QTableView, header: GridHeader) -> None:
        """Attach to a view whose model is set."""
        super().__init__(view)
        self._view, self._header = view, header
        self._chosen: dict[str, float] = {}
        self._shown: tuple[str, ...] = ()
        self._busy = False
        self._arranged: tuple[object, ...] = ()
        header.sectionResized.connect(self._resized)
        header.sectionHandleDoubleClicked.connect(self.fit_to_content)

    def fit(self) -> None:
        """Set all widths for the present size of view and text."""
        model = self._view.model()
        if self._busy or not isinstance(model, LazyModel):
            return
        self._busy = True
        try:
            self._arrange(model)
            widths = [self._wanted(model, place) for place in range(len(model.columns))]
            spare = self._view.viewport().width() - sum(widths)
            stretching = self._stretching(model)
            if spare > 0 and stretching:
                for place in stretching:
                    widths[place] += spare // len(stretching)
                widths[stretching[0]] += spare % len(stretching)
            elif stretching and spare < 0:
                # A few pixels too many are taken from the names rather than paid with a scroll bar.
                for place in stretching:
                    give = min(
                        -spare,
                        theme.look().px(SHRINK),
                        max(widths[place] - self._header.wanted_width(place), 0),
                    )
                    if give >= -spare:
                        widths[place] -= give
                        break
            for place, width in enumerate(widths):
                if width and self._header.sectionSize(place) != width:
                    self._header.resizeSection(place, width)
        finally:
            self._busy = False

    def _stretching(self, model: LazyModel) -> list[int]:
        """Columns that take spare room: not one whose width was chosen, while there is another."""
        seen = [n for n in range(len(model.columns)) if not self._header.isSectionHidden(n)]
        named = [n for n in seen if model.columns[n].stretch]
        texts = [n for n in seen if model.columns[n].kind == "text"]
        return named or texts[:1]

    def widths(self) -> dict[str, float]:
        """Widths chosen by hand, at 100 %, by column key; for keeping between sessions."""
        return dict(self._chosen)

    def set_widths(self, widths: Mapping[str, float]) -> None:
        """Take up widths kept from another session."""
        self._chosen = dict(widths)
        self.fit()

    def shown(self) -> tuple[str, ...]:
        """Keys of the columns in their order, without hidden ones."""
        model = self._view.model()
        if not isinstance(model, LazyModel):
            return ()
        known = [column.key for column in model.columns if column.kind != "check"]
        return tuple(key for key in self._shown if key in known) or tuple(known)

    def set_shown(self, keys: Sequence[str]) -> None:
        """Show these columns only, in this order; none: all as the source has them."""
        self._shown = tuple(keys)
        self.fit()

    def fit_to_content(self, place: int) -> None:
        """Give a column the width that its heading and the rows in sight need."""
        model, look = self._view.model(), theme.look()
        if not isinstance(model, LazyModel) or model.columns[place].kind == "check":
            return
        column, metrics = model.columns[place], QFontMetrics(look.font("body"))
        first = max(self._view.rowAt(0), 0)
        rows = range(first, min(first + BEST_ROWS, model.rowCount()))
        texts = [cell_text(model.cell(row, place), column.kind) for row in rows]
        room = look.px(45) if column.kind == "bar" else look.px(20)  # padding, mark, sign
        room += look.px(16) if column.kind == "computed" else 0
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0) + room
        widest = max(min(widest, look.px(BEST_MOST)), self._header.wanted_width(place))
        self.set_width(column.key, widest / look.factor)

    def set_width(self, key: str, width: float) -> None:
        """Give one column a width at 100 %."""
        self._chosen[key] = width
        self.fit()
        self.changed.emit()

    def _wanted(self, model: LazyModel, place: int) -> int:
        look, column = theme.look(), model.columns[place]
        if self._header.isSectionHidden(place):
            return 0
        wide = look.px(self._chosen.get(column.key, column.width))
        if column.kind == "check":
            return wide
        return wide if column.key in self._chosen else max(wide, self._header.wanted_width(place))

    def _resized(self, place: int, _before: int, now: int) -> None:
        model = self._view.model()
        if self._busy or not self._header.is_sizing():
            return
        if isinstance(model, LazyModel) and place < len(model.columns):
            self._chosen[model.columns[place].key] = now / theme.look().factor
            self.changed.emit()

    def _arrange(self, model: LazyModel) -> None:
        """Put the columns in the chosen order; in the narrowest layout the essential ones first."""
        single = mode_of(self._view.window().width(), theme.look().factor) == "single"
        if not any(column.essential and column.kind != "check" for column in model.columns):
            single = False
        keys = tuple(column.key for column in model.columns)
        if self._arranged == (keys, self._shown, single):
            return
        self._arranged = (keys, self._shown, single)
        shown = self.shown()
        rank = {key: number for number, key in enumerate(shown, 1)} | {"": 0}
        late = len(rank)
        order = sorted(
            range(len(keys)),
            key=lambda n: (
                single and not model.columns[n].essential, rank.get(keys[n], late + n),
            ),
        )  # fmt: skip
        for visual, place in enumerate(order):
            self._header.moveSection(self._header.visualIndex(place), visual)
        for place, key in enumerate(keys):
            hidden = key not in rank
            if self._header.isSectionHidden(place) != hidden:
                self._header.setSectionHidden(place, hidden)


def set_row_height(view: QTableView) -> None:
    """Give all rows the one height, without a word for each of a million rows.

    Qt resizes row by row and tells of each; a least height above the default one makes that
    quadratic. So the least is 1 and the header keeps quiet.
    """
    rows, high = view.verticalHeader(), theme.look().px(32)
    if rows.defaultSectionSize() == high and not rows.isVisible():
        return
    rows.hide()
    rows.setSectionResizeMode(rows.ResizeMode.Fixed)
    rows.blockSignals(True)
    rows.setMinimumSectionSize(1)
    rows.setDefaultSectionSize(high)
    rows.blockSignals(False)
    view.doItemsLayout()
