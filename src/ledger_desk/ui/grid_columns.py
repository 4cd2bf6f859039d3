"""Widths and order of a grid's columns: never measured over rows, scaled with the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ledger_desk.ui import theme
from ledger_desk.ui.grid_model import LazyModel
from ledger_desk.ui.modes import mode_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTableView

    from ledger_desk.ui.grid_header import GridHeader

SHRINK = 40


class ColumnLayout(QObject):
    """Keeps widths at 100 %, and which column stands where.

    Spare room goes to the stretching column; in the narrowest layout the essential ones come first.
    """

    def __init__(self, view: QTableView, header: GridHeader) -> None:
        """Attach to a view whose model is set."""
        super().__init__(view)
        self._view, self._header = view, header
        self._chosen: dict[str, float] = {}
        self._busy = False
        self._single = False
        header.sectionResized.connect(self._resized)

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
            stretching = [n for n, column in enumerate(model.columns) if column.stretch]
            if not stretching:
                stretching = [n for n, column in enumerate(model.columns) if column.kind == "text"][
                    :1
                ]
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
                if self._header.sectionSize(place) != width:
                    self._header.resizeSection(place, width)
        finally:
            self._busy = False

    def widths(self) -> dict[str, float]:
        """Widths chosen by hand, at 100 %, by column key; for keeping between sessions."""
        return dict(self._chosen)

    def set_widths(self, widths: dict[str, float]) -> None:
        """Take up widths kept from another session."""
        self._chosen = dict(widths)
        self.fit()

    def _wanted(self, model: LazyModel, place: int) -> int:
        look, column = theme.look(), model.columns[place]
        wide = look.px(self._chosen.get(column.key, column.width))
        if column.kind == "check":
            return wide
        return wide if column.key in self._chosen else max(wide, self._header.wanted_width(place))

    def _resized(self, place: int, _before: int, now: int) -> None:
        model = self._view.model()
        if not self._busy and isinstance(model, LazyModel) and place < len(model.columns):
            self._chosen[model.columns[place].key] = now / theme.look().factor

    def _arrange(self, model: LazyModel) -> None:
        """In the narrowest layout the essential columns come first; else the given order."""
        single = mode_of(self._view.window().width(), theme.look().factor) == "single"
        if not any(column.essential and column.kind != "check" for column in model.columns):
            single = False
        if single == self._single and self._header.count() == len(model.columns):
            return
        self._single = single
        order = range(len(model.columns))
        wanted = (
            sorted(order, key=lambda place: not model.columns[place].essential) if single else order
        )
        for visual, place in enumerate(wanted):
            self._header.moveSection(self._header.visualIndex(place), visual)


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
