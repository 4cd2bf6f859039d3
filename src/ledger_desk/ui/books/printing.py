"""The list of a book on paper: what stands on the screen, looked at, printed or saved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ledger_desk.errors import UserError
from ledger_desk.exchange.ways import MASKED
from ledger_desk.reports.listing import MOST_ROWS, draw_list
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.grid_model import cell_text
from ledger_desk.ui.grid_moves import shown_columns
from ledger_desk.ui.grid_rows import GridColumn
from ledger_desk.ui.lists.wording import order_words
from ledger_desk.ui.printing.papers import Drawn, Papers

if TYPE_CHECKING:
    from ledger_desk.ui.books.view import BookView

_AT_ONCE = 500


class ListPrinting(Papers):
    """Draws the list of a view and shows the paper."""

    def __init__(self, view: BookView, parent: QObject) -> None:
        """Print what a view shows."""
        super().__init__(view.ledger, view.jobs, view.main_window, parent)
        self._view = view
        self._what, self._rows = "", 0

    def begin(self) -> None:
        """Read the rows and have them drawn in a child process."""
        view = self._view
        many = view.count()
        if many > MOST_ROWS:
            noun = view.book.noun
            error = UserError(
                f"一次最多打印 {MOST_ROWS:,} {noun}，现在有 {many:,} {noun}。请先筛选，或者导出成表格再印。"
            )
            show_error(self._window, error, "没有打印")
            return
        grid = view.panel.grid
        places = [place - 1 for place in shown_columns(grid)]  # the boxes stand in front
        columns = [view.source.columns[place] for place in places]
        rows = []
        for start in range(0, many, _AT_ONCE):
            for row in view.source.page(start, _AT_ONCE):
                texts = [
                    cell_text(row.cells[place], view.source.columns[place].kind) for place in places
                ]
                rows.append(texts)
        sums = view.source.totals()
        self._what, self._rows = f"{view.book.called}名单", many
        self._name = f"{many:,} {view.book.noun}"
        said = "；".join(view.conditions.words().values())
        order = order_words(grid.lazy_model().order, view.source.columns)
        notes = [f"{date.today():%Y-%m-%d}　{self._name}", f"条件：{said}" if said else "", order]
        office = view.ledger.office.title + ("（练习）" if view.ledger.practice else "")
        self._jobs.start_apart(
            draw_list, self._what, office, notes,
            [(each.title, _room(each), each.is_numeric()) for each in columns], rows,
            [sums.get(each.key, "") for each in columns],
            title=f"正在生成{self._what}", leaves="停下，什么也不留",
            succeeded=self._drawn, failed=self._failed,
        )  # fmt: skip

    def _drawn(self, result: tuple[bytes, int, str]) -> None:
        pdf, pages, missing = result
        self.tell_missing(missing)
        self.look_at(Drawn(pdf, self._rows, pages, missing, self._what, self._name, MASKED))


def _room(column: GridColumn) -> float:
    """Share of the paper: dates and numbers do not break well, words do."""
    return column.width * (1.0 if column.kind == "text" else 1.35)


def print_list(view: BookView) -> None:
    """Look at the list of a view on paper."""
    if view.count():
        ListPrinting(view, view).begin()
