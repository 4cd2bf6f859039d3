"""Writes into the cells of a list of records: what is pasted, typed, cleared or filled is one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange import pasting
from ledger_desk.exchange.blocks import read_block, spread
from ledger_desk.exchange.pasting import Layout, PastePlan
from ledger_desk.model.fields import Record, field_map
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.grid import Grid
from ledger_desk.ui.grid_model import cell_text
from ledger_desk.ui.grid_moves import shown_columns
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pasting.deeds import CellDeeds, Deed
from ledger_desk.ui.pasting.editors import cell_editor, edit_text
from ledger_desk.ui.pasting.preview import PastePreview
from ledger_desk.ui.pasting.target import Target, target_of
from ledger_desk.ui.records.choosing import shown_title
from ledger_desk.ui.records.showing import split_unit

_READ_ONLY = "账套是以只看方式打开的，不能改。"
_NO_CELL = "先点一格，再按 Ctrl+V。"


class GridWriter(QObject):
    """The `CellWriter` of a list of records of one class; the column keys are names of fields.

    Signals:
        changed: Cells were written; the grid itself is read again already.
        list_wanted: Text of a table that is to be read in as a list of its own.
    """

    changed = Signal()
    list_wanted = Signal(str)

    def __init__(
        self, grid: Grid, ledger: Ledger, cls: type[Record], jobs: Jobs, window: MainWindow,
        *, takes_lists: bool = False,
    ) -> None:  # fmt: skip
        """Write the cells of ``grid``; ``takes_lists`` when rows too many can be read in as new ones."""
        super().__init__(grid)
        self._grid, self._ledger, self._cls = grid, ledger, cls
        self._jobs, self._window, self._takes_lists = jobs, window, takes_lists
        self._weighed: tuple[PastePlan, str, str] | None = None
        self._deeds = CellDeeds(grid, ledger, jobs, window)
        self._deeds.changed.connect(self.changed)
        grid.set_writer(self)

    # What the grid asks

    def why_not(self, key: str) -> str:
        """Why a column cannot be changed."""
        if self._ledger.read_only:
            return _READ_ONLY
        return self._locked().get(key, "")

    def editor(self, parent: QWidget, record: str, key: str) -> Any:
        """Make the editor of a cell, filled with the value of the ledger."""
        found = self._ledger.get(self._cls, record)
        spec = field_map(self._cls)[key]
        made = cell_editor(parent, spec, self._cls, self._ledger, getattr(found, key, None))
        made.picked.connect(self._picked)
        return made

    def _picked(self) -> None:
        self._grid.editing.commit((1, 0))

    def weigh(self, record: str, key: str, text: str, *, everywhere: bool) -> str:
        """Say why a text cannot be kept in a cell; '' when it can."""
        place = self._keys().index(key)
        target = target_of(self._grid, 1, 1) if everywhere else None
        ids = target.ids if target is not None and record in target.ids else (record,)
        layout = Layout(self._cls, self._keys(), place, ids, locked=self._locked())
        made = pasting.plan(
            self._ledger, layout, [[text]] * len(ids), erase=True, heading=False, exact=True
        )
        if made.counts[pasting.WRONG]:
            return next(iter(made.whys.values()))
        label, _ = split_unit(field_map(self._cls)[key].label)
        found = self._ledger.get(self._cls, record)
        name = f"修改 {shown_title(found)}：{label}" if found is not None else label
        if len(ids) > 1:
            name = f"填充 {len(ids):,} 格：{label}"
        self._weighed = (made, name, next(iter(made.whys.values()), ""))
        return ""

    def keep(self, move: tuple[int, int]) -> None:
        """Keep what was weighed last and go on."""
        if self._weighed is None:
            return
        made, name, said = self._weighed
        self._weighed = None
        column, next_id = self._after(move)
        several = len(made.layout.ids) > 1
        self._deeds.write(Deed(made, name, next_id, column, quiet=not several))
        if said:
            self._window.status.say(said)

    def paste(self) -> None:
        """Lay the clipboard over the list: at once where everything fits, else with a look first."""
        block = read_block(QGuiApplication.clipboard().text())
        if not block:
            self._window.status.say("剪贴板里没有可以贴的文字")
            return
        if not self._may_write():
            return
        target = target_of(self._grid, len(block), len(block[0]))
        if target is None:
            self._window.status.say(_NO_CELL)
            return
        if target.height * target.width > 1:
            block = spread(block, target.height, target.width)
        self._deeds.plan(block, self._layout(target), self._pasted, "正在核对要贴的格子")

    def clear(self) -> None:
        """Empty the selected cells; not those of marked rows, whose mark means the whole row."""
        if not self._may_write():
            return
        grid = self._grid
        if grid.has_checks() and grid.selectionModel().isSelected(grid.currentIndex()):
            self._say("选中的是整行。删除按 Ctrl+-；只清空这一格，先按 Space 取消选中。")
            return
        target = target_of(grid, 1, 1)
        if target is None:
            return
        block = [[""] * target.width for _ in range(target.height)]
        self._deeds.plan(block, self._layout(target), self._cleared, "正在清空", erase=True)

    def fill_down(self) -> None:
        """Give the selected cells what stands in the first; a single cell, what stands above it."""
        target = target_of(self._grid, 1, 1) if self._may_write() else None
        if target is None:
            return
        ids = list(target.ids)
        if len(ids) == 1:
            above = self._grid.lazy_model().record(self._grid.currentIndex().row() - 1)
            ids = [above, *ids] if above else []
        found = self._ledger.get(self._cls, ids[0]) if ids else None
        if found is None or not ids[1:]:
            return
        known = field_map(self._cls)
        row = [
            edit_text(known[key], getattr(found, key)) if key in known else ""
            for key in self._keys()[target.first : target.first + target.width]
        ]
        layout = self._layout(Target(tuple(ids[1:]), target.first, 1, 1, target.marked, target.top))
        self._deeds.plan(
            [row] * len(ids[1:]), layout, self._filled, "正在填充", erase=True, exact=True
        )

    # Planned

    def _pasted(self, made: PastePlan) -> None:
        if made.fits:
            self._deeds.write(Deed(made, f"粘贴 {made.size}"))
            return
        dialog = PastePreview(
            self._window, self._ledger, made, self._jobs, takes_lists=self._takes_lists
        )
        dialog.wanted.connect(self._chosen)
        dialog.list_wanted.connect(self.list_wanted)
        dialog.finished.connect(self._back)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _back(self, _result: int) -> None:
        self._grid.setFocus()

    def _chosen(self, made: PastePlan) -> None:
        self._deeds.write(Deed(made, f"粘贴 {made.size}"))

    def _cleared(self, made: PastePlan) -> None:
        if not made.changes:
            why = next(iter(made.whys.values()), "")
            key = self._keys()[made.layout.first]
            self._say(why or self._locked().get(key, "这里本来就是空的。"))
            return
        count = made.counts[pasting.CHANGED]
        self._deeds.write(Deed(made, f"清空 {count:,} 格"))

    def _filled(self, made: PastePlan) -> None:
        if not made.changes:
            self._say(
                next(iter(made.whys.values()), "") or made.columns[0].why or "内容本来就一样。"
            )
            return
        self._deeds.write(Deed(made, f"填充 {made.counts[pasting.CHANGED]:,} 格"))

    # The grid

    def _may_write(self) -> bool:
        """Whether anything can be written at all; else it is said why not."""
        if self._ledger.read_only:
            self._say(_READ_ONLY)
            return False
        columns = self._grid.lazy_model().columns
        if not any(column.editable for column in columns):
            why = next((column.locked for column in columns if column.locked), "")
            self._say(why or "这个名单不能改。")
            return False
        return True

    def _say(self, sentence: str) -> None:
        self._grid.show_note(sentence, "hint")
        self._grid.note_changed.emit(sentence)

    def _keys(self) -> tuple[str, ...]:
        """Keys of the columns as they stand on the screen."""
        columns = self._grid.lazy_model().columns
        return tuple(columns[place].key for place in shown_columns(self._grid))

    def _locked(self) -> dict[str, str]:
        return {
            column.key: column.locked or "这一列不能在名单里改，请打开档案改。"
            for column in self._grid.lazy_model().columns
            if column.key and not column.editable
        }

    def _layout(self, target: Target) -> Layout:
        titles = {
            column.key: column.title for column in self._grid.lazy_model().columns if column.key
        }
        return Layout(
            self._cls, self._keys(), target.first, target.ids, titles, self._locked(), self._shown
        )  # fmt: skip

    def _shown(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """What the list shows in some rows, by column; also asked from a job's thread."""
        source = self._grid.lazy_model().source
        kinds = [(column.key, column.kind) for column in source.columns]
        return {
            row.id: {key: cell_text(cell, kind) for (key, kind), cell in zip(kinds, row.cells, strict=True)}
            for row in source.rows_of(ids)
        }  # fmt: skip

    def _after(self, move: tuple[int, int]) -> tuple[int, str]:
        """Column and record to go to; told before writing, which may sort the rows anew."""
        grid, order = self._grid, shown_columns(self._grid)
        index = grid.currentIndex()
        row = min(max(index.row() + move[0], 0), grid.lazy_model().rowCount() - 1)
        place = order.index(index.column()) + move[1] if index.column() in order else 0
        return order[min(max(place, 0), len(order) - 1)], grid.lazy_model().record(row)
