"""The page 小微园区: each park against its line, and the books below."""

from __future__ import annotations

from ledger_desk.model.records import Park
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.parks.books import books
from ledger_desk.ui.pages.parks.deeds import wheres_of
from ledger_desk.ui.plots.bar import Bar
from ledger_desk.ui.plots.card import PlotCard
from ledger_desk.ui.plots.room import has_room
from ledger_desk.ui.plots.rows import RowPlot
from ledger_desk.work import parks

_TABLE = (
    GridColumn("name", "园区", "text", 200, essential=True, stretch=True),
    GridColumn("stars", "星级", "text", 90),
    GridColumn("inside", "入园企业(户)", "number", 120),
    GridColumn("credited", "有授信(户)", "number", 110, essential=True),
    GridColumn("share", "比例(%)", "number", 90),
    GridColumn("line", "应达到(%)", "number", 110),
    GridColumn("short", "还差(户)", "number", 100),
)


class ParksPage(BookPage):
    """Parks of small firms."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the parks of a ledger."""
        self.plot = PlotCard("入园企业授信比例", RowPlot("各园区授信比例"), _TABLE, scrolls=True)
        self.plot.hide()
        super().__init__("小微园区", ledger, jobs, window, books(self.show_firms))
        self.plot.plot.opened.connect(self._open_bar)

    def make_view(self, book: Book) -> BookView:
        """The plot stands over the parks."""
        made = super().make_view(book)
        if book.key == "parks":
            made.above.add(self.plot)
            made.counted.connect(self._draw)
        return made

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The plot gives way where room is short."""
        super().set_mode(mode, very_short=very_short)
        self._draw()

    def show_firms(self, park: str, without_credit: bool) -> BookView:
        """Go to the firms inside a park, or to those of them without credit."""
        found = self.ledger.get(Park, park)
        view = self.show_book("firms", "all")
        name = found.title if found is not None else "园区"
        words = f"{name}：没有授信的" if without_credit else name
        view.narrow(wheres_of(park, without_credit=without_credit), words)
        view.panel.grid.setFocus()
        return view

    def _open_bar(self, park: str) -> None:
        self.show_firms(park, True)

    def _draw(self, _count: int = 0) -> None:
        with self.ledger.read() as rows:
            found = [each for each in parks.standings(rows) if each.inside]
        bars = [_bar(each) for each in found]
        below = sum(each.short > 0 for each in found)
        self.plot.show_bars(
            bars,
            f"竖线是应达到的比例；{len(found):,} 个园区里 {below:,} 个没达到。按回车看没有授信的企业",
            f"{below:,} 个没达到",
        )
        self.plot.setVisible(bool(bars) and has_room(self.main_window, self.mode))


def _bar(each: parks.Standing) -> Bar:
    share = each.share or 0
    said = f"{share / 10_000:.2f}".rstrip("0").rstrip(".")
    text = f"{said}%　{each.credited:,}/{each.inside:,} 户"
    if each.short:
        text += f"　差 {each.short:,} 户"
    numbers = (each.inside, each.credited)
    cells: tuple[CellLike, ...] = (
        each.name, each.stars, *(Cell(f"{n:,}", value=n) for n in numbers),
        Cell(said, value=share), Cell(str(each.line), value=each.line),
        Cell(f"{each.short:,}", value=each.short),
    )  # fmt: skip
    name = f"{each.name}（{each.stars}）"
    return Bar(each.park, name, share / 10_000, 100, each.line, text, bool(each.short), cells)
