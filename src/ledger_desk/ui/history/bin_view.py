"""回收站 over all kinds of records: what, of which firm, when, by whom; back one by one or together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import BY_TABLE
from ledger_desk.store import recycling
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.recycling import Binned
from ledger_desk.store.restoring import Item
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, RowSource
from ledger_desk.ui.history.deeds import HistoryDeeds
from ledger_desk.ui.history.words import NOBODY, record_words
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.times import when

_NOTHING = "回收站是空的。删除的记录会先到这里，随时可以恢复。"


class BinSource(RowSource):
    """What lies in the bin, the newest first; rows are told as they come into sight."""

    columns = (
        GridColumn("kind", "种类", "text", 84, sortable=False),
        GridColumn("title", "哪一条", "text", 240, sortable=False, essential=True, stretch=True),
        GridColumn("firm", "哪一户", "text", 190, sortable=False),
        GridColumn("at", "什么时候删的", "text", 118, sortable=False, essential=True),
        GridColumn("person", "谁删的", "text", 84, sortable=False),
        GridColumn("step", "哪一步", "text", 190, sortable=False),
        GridColumn("under", "连着的", "number", 76, sortable=False),
    )

    def __init__(self, ledger: Ledger) -> None:
        """List the bin of a ledger."""
        self._ledger = ledger
        self._all: list[Binned] = []
        self._shown: list[Binned] = []
        self.table = ""

    def count(self) -> int:
        """How many there are; read anew at each reload."""
        self._all = self._ledger.binned()
        self._shown = [b for b in self._all if self.table in ("", b.table)]
        return len(self._shown)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them; what left the bin meanwhile stays as an empty row."""
        some = self._shown[offset : offset + limit]
        with self._ledger.read() as rows:
            told = {t.binned: t for t in recycling.describe(rows, some)}
            titles = {b: record_words(rows, t.held) for b, t in told.items()}
        made = []
        for each in some:
            row = told.get(each)
            cells: list[Cell | str] = [""] * len(self.columns)
            if row is not None:
                cells = [
                    BY_TABLE[each.table].LABEL, titles[each], row.firm.title if row.firm else "",
                    when(row.at, clock=True), row.person or NOBODY, row.step_name,
                    Cell(f"{row.under:,}" if row.under else "", value=row.under),
                ]  # fmt: skip
            made.append(GridRow(_key(each), cells))
        return made

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids alone: table and record."""
        return [_key(each) for each in self._shown[offset : offset + limit]]

    def place(self, record: str) -> int | None:
        """Row of a record."""
        return next((n for n, each in enumerate(self._shown) if _key(each) == record), None)

    def tables(self) -> Counter[str]:
        """How many there are of each kind."""
        return Counter(each.table for each in self._all)


def _key(each: Binned) -> str:
    return f"{each.table}:{each.record}"


class BinView(QWidget):
    """The list, and the way out of the bin.

    Signals:
        changed: The ledger was changed from here.
    """

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the bin of a ledger."""
        super().__init__()
        self._ledger, self._window = ledger, window
        self.source = BinSource(ledger)
        self.kinds = MenuButton("各种记录")
        self.panel = GridPanel(self.source, checks=not ledger.read_only, noun="条", name="回收站")
        self.deeds = HistoryDeeds(ledger, jobs, window, self)
        self._restore = Button("恢复", self.restore_selected, icon="restore")
        column = Column(self, gap=8)
        column.add(Row(gap=8).add(self.kinds).push().add(self._restore))
        column.add(self.panel, stretch=1)
        column.add(label("删除的记录都在这里，不会自己消失。Enter 恢复一条。", "dim", wrap=True))
        self.panel.grid.opened.connect(lambda _: self.restore_selected())
        self.panel.grid.selection_changed.connect(lambda _: self._tell())
        self.panel.grid.current_changed.connect(lambda _: self._tell())
        self.deeds.changed.connect(self._changed)
        self.reload()

    def reload(self) -> None:
        """Read again."""
        self.panel.reload()
        counts = self.source.tables()
        entries: list[Entry] = [
            (f"各种记录　{sum(counts.values()):,}", partial(self.show_kind, ""))
        ]
        entries += [
            (f"{BY_TABLE[table].LABEL}　{many:,}", partial(self.show_kind, table))
            for table, many in counts.most_common()
        ]
        self.kinds.set_entries(entries)
        shown = self.panel.grid.lazy_model().rowCount()
        self.panel.say_nothing("" if shown else _NOTHING)
        if shown and not self.panel.grid.current_id():
            self.panel.grid.setCurrentIndex(self.panel.grid.lazy_model().index(0, 0))
        self._tell()

    def show_kind(self, table: str) -> None:
        """Show one kind of records, or all."""
        self.source.table = table
        self.kinds.set_text(BY_TABLE[table].LABEL if table else "各种记录")
        self.panel.grid.clearSelection()
        self.reload()

    def selected(self) -> list[Item]:
        """The selected records, or the present one."""
        grid = self.panel.grid
        keys = grid.selected_ids() or ([grid.current_id()] if grid.current_id() else [])
        return [(table, record) for table, _, record in (key.partition(":") for key in keys)]

    def restore_selected(self) -> None:
        """Bring them back; what belongs to them and lies in the bin too, if the person wants."""
        items = self.selected()
        if not items or self._ledger.read_only:
            return
        with self._ledger.read() as rows:
            above, under = recycling.family(rows, items)
            cls = BY_TABLE[items[0][0]]
            first = rows.get(cls, items[0][1])
            one = record_words(rows, first) if first is not None else cls.LABEL
        what = f"{cls.LABEL} {one}" if len(items) == 1 else f"{len(items):,} 条记录"
        if above or under:
            sentence = "；".join(
                [f"它挂着的 {_said(above)}也在回收站里"] * bool(above)
                + [f"挂在它下面的 {_said(under)}也在回收站里"] * bool(under)
            )
            choices = [("alone", f"只恢复这 {len(items):,} 条"),
                       ("all", f"一起恢复 {len(items) + len(above) + len(under):,} 条")]  # fmt: skip
            answer = ask_choice(
                self._window, f"恢复 {what}", f"{sentence}。", choices, close="不恢复"
            )
            if answer is None:
                return
            if answer == "all":
                items = [*above, *items, *under]
        self.deeds.take_out(f"恢复 {what}", items)

    def _changed(self) -> None:
        self.panel.grid.clearSelection()
        self.reload()
        self.changed.emit()

    def _tell(self) -> None:
        many = len(self.selected())
        self._restore.set_text(f"恢复 {many:,} 条")
        self._restore.setVisible(many > 0 and not self._ledger.read_only)


def _said(items: Sequence[Item]) -> str:
    counts = Counter(BY_TABLE[table].LABEL for table, _ in items)
    return "、".join(f"{word} {many:,} 条" for word, many in counts.items())
