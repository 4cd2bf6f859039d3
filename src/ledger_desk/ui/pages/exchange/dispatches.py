"""The tab 传出登记: every file that left the ledger; read-only, for a register is not mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.records import Destination, Dispatch, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.books.bench import Around, BookBench
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.source import BookSource
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.filters import Wheres
from ledger_desk.ui.lists.rich_list import RichList
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.showing import show

_WAIT_MS = 150
_SEARCHED = ("file", "folder", "content", "receiver", "purpose")


REGISTER = Book(
    key="exchange-dispatches", title="传出登记", cls=Dispatch, noun="个",
    columns=("day", "time", "file", "receiver", "content", "rows", "private", "person", "purpose"),
    sort=(("day", True), ("time", True)),
    conditions=("receiver", "destination", "private", "person"),
)  # fmt: skip
_WIDTHS = {"day": 110, "time": 76, "file": 240, "receiver": 140, "content": 120, "rows": 76,
           "private": 92, "person": 90, "purpose": 160}  # fmt: skip
_TITLES = {"file": "文件名", "receiver": "送往"}


class DispatchSource(BookSource):
    """Files that left, the latest first; narrowed by words and conditions."""

    def __init__(self, ledger: Ledger, jobs: Jobs | None = None) -> None:
        """Read them from a ledger."""
        super().__init__(ledger, REGISTER, jobs)
        self.text = ""

    def narrow(self, text: str, wheres: Wheres) -> None:
        """Show those in which a text stands, and of which conditions hold."""
        self.text = text
        if text:
            wheres = (*wheres, Where("id", "any", self._ways(text)))
        self.choose(Choice(wheres=wheres))

    def _ways(self, text: str) -> Wheres:
        found = [Where(name, "contains", text) for name in _SEARCHED]
        with self.ledger.read() as rows:
            for cls, name in ((Person, "person"), (Destination, "destination")):
                named = rows.ids(Query(cls, (Where("name", "contains", text),)))
                if named:
                    found.append(Where(name, "in", tuple(named)))
        return tuple(found)

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns; a register is not mended."""
        return tuple(
            replace(
                column, title=_TITLES.get(column.key, column.title), editable=False,
                width=_WIDTHS.get(column.key, column.width), stretch=column.key == "file",
                essential=column.key in ("day", "file"),
            )
            for column in super().make_columns(locked)
        )  # fmt: skip

    def make_rows(self, rows: Rows, records: Sequence[Record]) -> list[GridRow]:
        """Make the rows; without a receiver the destination stands there, the time to the minute."""
        made = super().make_rows(rows, records)
        to = [each.destination for each in records if isinstance(each, Dispatch)]
        titles = rows.titles("destination", [each for each in to if each])
        for row, dispatch in zip(made, records, strict=True):
            assert isinstance(row.cells, list)
            assert isinstance(dispatch, Dispatch)
            said: dict[str, CellLike] = {
                "receiver": dispatch.receiver or titles.get(dispatch.destination or "", ""),
                "time": (dispatch.time or "")[:5],
            }
            if dispatch.rows is None:
                said["rows"] = Cell(state="na")
            for name, cell in said.items():
                if name in self.names:
                    row.cells[self.names.index(name)] = cell
        return made


class DispatchesView(QWidget):
    """The register with a filter; Enter shows everything about a file."""

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """List the files."""
        super().__init__()
        self._ledger, self._window = ledger, window
        self.source = DispatchSource(ledger, jobs)
        self.panel = GridPanel(self.source, noun="个", name="传出登记")
        self.panel.grid.sort_by(REGISTER.sort)
        self.rich = RichList(
            self.panel,
            lambda tabs: BookBench(Around(ledger, jobs, self.source, self.panel, tabs), REGISTER),
            "传出登记",
        )
        self.filter = TextField(placeholder="找文件、单位、用途、人")
        self.filter.setAccessibleName("在传出登记里找")
        self._open = Button("看详情", self.open_current, key="Enter")
        hint = "从这本账里出去的每一个文件，都自动记在这里。登记不能改，也不会被撤销。"
        tools = Row(gap=8).add(label(hint, "dim", wrap=True), stretch=3)
        tools.add(self.filter, stretch=2).add(self._open)
        Column(self, gap=8).add(tools).add(self.rich, stretch=1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._narrow)
        self.filter.textChanged.connect(lambda _: self._timer.start())
        self.panel.grid.opened.connect(self.open_record)
        self.panel.grid.lazy_model().renewed.connect(self._tell)
        self.rich.filtered.connect(self._narrow)
        self.rich.changed.connect(self.changed)
        self.rich.said.connect(window.status.say)
        self._narrow()

    def reload(self) -> None:
        """Read again."""
        self.rich.refresh()
        self._show()

    def set_mode(self, mode: Mode) -> None:
        """Fit the conditions."""
        self.rich.set_mode(mode)

    def open_current(self) -> None:
        """Show everything about the present file."""
        if self.panel.grid.current_id():
            self.open_record(self.panel.grid.current_id())

    def open_record(self, record: str) -> None:
        """Show everything about a file."""
        found = self._ledger.get(Dispatch, record)
        if found is not None:
            DispatchSheet(self._window, self._ledger, found).open()

    def first_focus(self) -> QWidget | None:
        """The list, or the filter."""
        return self.panel.grid if self.panel.grid.lazy_model().rowCount() else self.filter

    def _narrow(self) -> None:
        self.source.narrow(self.filter.text().strip(), self.rich.wheres())
        self._show()

    def _show(self) -> None:
        self.panel.grid.set_filtered(self.rich.fields())
        self.panel.reload()
        self._tell()

    def _tell(self) -> None:
        self._open.setEnabled(bool(self.panel.grid.lazy_model().rowCount()))
        if self.source.text:
            said = f"没有哪个传出的文件带“{self.source.text}”。少打几个字再找。"
        elif self.rich.fields():
            said = "没有符合这些条件的文件。去掉上面的条件就都回来了。"
        else:
            said = "还没有文件从这本账里传出去。导出名单或报表以后，这里会记下给了谁、多少行。"
        self.panel.say_nothing(said)


class DispatchSheet(Dialog):
    """All that the register says of one file."""

    def __init__(self, parent: QWidget, ledger: Ledger, dispatch: Dispatch) -> None:
        """Show it; nothing can be changed."""
        super().__init__(parent, dispatch.title, width=600)
        for spec in fields_of(Dispatch):
            text = show(ledger, spec, getattr(dispatch, spec.name))
            if spec.name == "hash":  # 64 digits in pieces that fit a line
                text = " ".join(text[n : n + 16].upper() for n in range(0, len(text), 16))
            if text:
                row = Row(gap=12).add(label(spec.label, "dim"))
                shown = label(text, "body", wrap=True)
                self.body.add(row.add(shown, stretch=1))
        self.add_close("关闭")
