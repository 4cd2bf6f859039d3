"""Writes into the cells of a list of records: what is pasted, typed, cleared or filled is one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
from ledger_desk.ui.pasting.editors import cell_editor
from ledger_desk.ui.pasting.fills import Fills
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
        self.grid, self.ledger, self.cls = grid, ledger, cls
        self._jobs, self._window, self._takes_lists = jobs, window, takes_lists
        self._weighed: tuple[PastePlan, str, str] | None = None
        self.deeds = CellDeeds(grid, ledger, jobs, window)
        self.deeds.changed.connect(self.changed)
        self._fills = Fills(self)
        self._typed = ""
        self._last: Callable[[], object] | None = None
        grid.set_writer(self)

    # What the grid asks

    def why_not(self, key: str) -> str:
        """Why a column cannot be changed."""
        if self.ledger.read_only:
            return _READ_ONLY
        return self._locked().get(key, "")

    def editor(self, parent: QWidget, record: str, key: str) -> Any:
        """Make the editor of a cell, filled with the value of the ledger."""
        found = self.ledger.get(self.cls, record)
        spec = field_map(self.cls)[key]
        made = cell_editor(parent, spec, self.cls, self.ledger, getattr(found, key, None), found)
        made.picked.connect(self._picked)
        return made

    def _picked(self) -> None:
        self.grid.editing.commit((1, 0))

    def weigh(self, record: str, key: str, text: str, *, everywhere: bool) -> str:
        """Say why a text cannot be kept in a cell; '' when it can."""
        place, width = self.keys().index(key), 1
        target = target_of(self.grid, 1, 1) if everywhere else None
        ids: tuple[str, ...] = (record,)
        if target is not None and record in target.ids:
            ids, place, width = target.ids, target.first, target.width
        layout = Layout(
            self.cls, self.keys(), place, ids, locked=self._locked(), fresh=self.fresh(ids)
        )
        made = pasting.plan(
            self.ledger, layout, [[text] * width] * len(ids), erase=True, heading=False, exact=True
        )
        if made.counts[pasting.WRONG]:
            return next(iter(made.whys.values()))
        label, _ = split_unit(field_map(self.cls)[key].label)
        found = self.ledger.get(self.cls, record)
        name = f"修改 {shown_title(found)}：{label}" if found is not None else label
        if len(ids) > 1 or width > 1:
            name = f"填充 {len(ids) * width:,} 格" + (f"：{label}" if width == 1 else "")
        self._weighed = (made, name, next(iter(made.whys.values()), ""))
        self._typed = text
        return ""

    def keep(self, move: tuple[int, int]) -> None:
        """Keep what was weighed last and go on."""
        if self._weighed is None:
            return
        made, name, said = self._weighed
        self._weighed = None
        column, next_id = self._after(move)
        several = len(made.layout.ids) > 1 or len(made.columns) > 1
        self._last = self._type_again
        self.deeds.write(Deed(made, name, next_id, column, quiet=not several))
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
        target = target_of(self.grid, len(block), len(block[0]))
        if target is None:
            self._window.status.say(_NO_CELL)
            return
        self._last = self.paste
        if target.height * target.width > 1:
            block = spread(block, target.height, target.width)
        self.deeds.plan(block, self.layout(target), self._pasted, "正在核对要贴的格子")

    def clear(self) -> None:
        """Empty the selected cells; not those of marked rows, whose mark means the whole row."""
        if not self._may_write():
            return
        if self._is_marked():
            return
        target = target_of(self.grid, 1, 1)
        if target is None:
            return
        self._last = self.clear
        block = [[""] * target.width for _ in range(target.height)]
        self.deeds.plan(block, self.layout(target), self._cleared, "正在清空", erase=True)

    def cut(self) -> None:
        """Copy the selected cells, then empty them."""
        if self._may_write() and not self._is_marked():
            self.grid.copy()
            self.clear()

    def fill_down(self) -> None:
        """Give the selected cells what stands in the first; a single cell, what stands above it."""
        self._do(self._fills.down)

    def fill_right(self) -> None:
        """Give the selected cells what stands in the leftmost; a single cell, what stands left of it."""
        self._do(self._fills.right)

    def copy_above(self) -> None:
        """Give the current cell what stands above it."""
        self._do(self._fills.above)

    def today(self) -> None:
        """Write today's date into the selected cells."""
        self._do(self._fills.today)

    def repeat(self) -> None:
        """Do once more what was done last, to what is selected now."""
        if self._last is None:
            self._window.status.say("还没有可以重复的改动：先改一格，再到别处按 F4")
        elif self._may_write():
            self._last()

    def _do(self, deed: Callable[[], object]) -> None:
        if self._may_write():
            self._last = deed
            deed()

    def _type_again(self) -> None:
        target = target_of(self.grid, 1, 1)
        if target is not None:
            self._fills.text(target, self._typed)

    def _is_marked(self) -> bool:
        """Whether the current row is marked and no block is selected; then cells are not meant."""
        grid = self.grid
        if not grid.has_checks() or grid.block.cells() is not None:
            return False
        if not grid.selectionModel().isSelected(grid.currentIndex()):
            return False
        self.say("选中的是整行。删除按 Ctrl+-；只清空这一格，先按 Space 取消选中。")
        return True

    # Planned

    def _pasted(self, made: PastePlan) -> None:
        if made.fits:
            self.deeds.write(Deed(made, f"粘贴 {made.size}"))
            return
        dialog = PastePreview(
            self._window, self.ledger, made, self._jobs, takes_lists=self._takes_lists
        )
        dialog.wanted.connect(self._chosen)
        dialog.list_wanted.connect(self.list_wanted)
        dialog.finished.connect(self._back)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _back(self, _result: int) -> None:
        self.grid.setFocus()

    def _chosen(self, made: PastePlan) -> None:
        self.deeds.write(Deed(made, f"粘贴 {made.size}"))

    def _cleared(self, made: PastePlan) -> None:
        if not made.changes:
            why = next(iter(made.whys.values()), "")
            key = self.keys()[made.layout.first]
            self.say(why or self._locked().get(key, "这里本来就是空的。"))
            return
        count = made.counts[pasting.CHANGED]
        self.deeds.write(Deed(made, f"清空 {count:,} 格"))

    # The grid

    def _may_write(self) -> bool:
        """Whether anything can be written at all; else it is said why not."""
        if self.ledger.read_only:
            self.say(_READ_ONLY)
            return False
        columns = self.grid.lazy_model().columns
        if not any(column.editable for column in columns):
            why = next((column.locked for column in columns if column.locked), "")
            self.say(why or "这个名单不能改。")
            return False
        return True

    def say(self, sentence: str) -> None:
        """Say something under the current cell and in the status bar."""
        self.grid.show_note(sentence, "hint")
        self.grid.note_changed.emit(sentence)

    def keys(self) -> tuple[str, ...]:
        """Keys of the columns as they stand on the screen."""
        columns = self.grid.lazy_model().columns
        return tuple(columns[place].key for place in shown_columns(self.grid))

    def _locked(self) -> dict[str, str]:
        return {
            column.key: column.locked or "这一列不能在名单里改，请打开档案改。"
            for column in self.grid.lazy_model().columns
            if column.key and not column.editable
        }

    def layout(self, target: Target) -> Layout:
        """The list below what is to be written."""
        titles = {
            column.key: column.title for column in self.grid.lazy_model().columns if column.key
        }
        return Layout(
            self.cls, self.keys(), target.first, target.ids, titles, self._locked(), self._shown,
            self.fresh(target.ids),
        )  # fmt: skip

    def fresh(self, ids: Sequence[str]) -> Mapping[str, Record]:
        """Rows that are not in the ledger yet, as they begin; a list that has such says so here."""
        return {}

    def _shown(self, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """What the list shows in some rows, by column; also asked from a job's thread."""
        source = self.grid.lazy_model().source
        kinds = [(column.key, column.kind) for column in source.columns]
        return {
            row.id: {key: cell_text(cell, kind) for (key, kind), cell in zip(kinds, row.cells, strict=True)}
            for row in source.rows_of(ids)
        }  # fmt: skip

    def _after(self, move: tuple[int, int]) -> tuple[int, str]:
        """Column and record to go to; told before writing, which may sort the rows anew."""
        grid, order = self.grid, shown_columns(self.grid)
        index = grid.currentIndex()
        row = min(max(index.row() + move[0], 0), grid.lazy_model().rowCount() - 1)
        place = order.index(index.column()) + move[1] if index.column() in order else 0
        return order[min(max(place, 0), len(order) - 1)], grid.lazy_model().record(row)
