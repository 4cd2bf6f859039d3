"""The white list (培植名单): entries with what was done for the firm, any field as a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ledger_desk.model.fields import Record
from ledger_desk.model.records import Cultivation, Help, Matching
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows, Where
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.books.searching import search_wheres
from ledger_desk.ui.books.source import BookSource
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.filters import Wheres

WHITE = Book(
    key="first-loan-white", title="培植名单", cls=Cultivation, noun="户",
    columns=("enterprise", "enterprise.township", "state", "prior_loan", "listed_on", "helps",
             "contacts", "granted", "source", "bank"),
    sort=(("listed_on", True),),
    conditions=("enterprise.township", "enterprise.tags", "source", "prior_loan", "bank"),
)  # fmt: skip
# The two other lists of the page as the time machine shows them: whole, not of one period.
MET = Book(
    key="first-loan-met", title="银企对接", cls=Matching, noun="笔",
    columns=("enterprise", "enterprise.township", "bank", "day", "method", "manager", "need", "note"),
    sort=(("day", True),), conditions=("bank", "day"),
)  # fmt: skip
HELPED = Book(
    key="first-loan-helps", title="帮扶记录", cls=Help, noun="次",
    columns=("cultivation.enterprise", "day", "kind", "who", "content", "result"),
    sort=(("day", True),), conditions=("kind", "day"),
)  # fmt: skip
_LOOKS: dict[str, tuple[str, int]] = {
    "enterprise": ("经营主体名称", 186), "enterprise.township": ("乡镇", 80), "state": ("状态", 68),
    "prior_loan": ("首贷核验", 80), "listed_on": ("列入日期", 96), "helps": ("帮扶", 56),
    "contacts": ("对接", 56), "granted": ("授信(万元)", 92), "source": ("名单来源", 80),
    "bank": ("培植银行", 104),
}  # fmt: skip
_ESSENTIAL = ("enterprise", "enterprise.township", "granted")
_OPENS = "按 Enter 打开培植档案去改。"


class WhiteList(BookSource):
    """Entries of the white list; `narrow` changes which of them it shows."""

    def __init__(self, ledger: Ledger, jobs: Jobs | None = None) -> None:
        """Show all entries, the newest first."""
        super().__init__(ledger, WHITE, jobs)

    def narrow(self, state: str, text: str, wheres: Wheres) -> None:
        """Show entries of one state (empty for all) that fit a search text and conditions."""
        if state:
            wheres = (*wheres, Where("state", "=", state))
        if text.strip():
            with self.ledger.read() as rows:
                wheres = (*wheres, *search_wheres(rows, Cultivation, text))
        self.choose(Choice(wheres=wheres))

    def make_columns(self, locked: str) -> tuple[GridColumn, ...]:
        """Make the columns; the usual ones with short headings."""
        made = []
        for column in super().make_columns(locked or _OPENS):
            title, width = _LOOKS.get(column.key, (column.title, column.width))
            made.append(replace(
                column, title=title, width=width, essential=column.key in _ESSENTIAL,
                kind="text" if column.kind == "computed" else column.kind,
            ))  # fmt: skip
        return tuple(made)

    def make_rows(self, rows: Rows, records: Sequence[Record]) -> list[GridRow]:
        """Make the rows; who was never checked says so."""
        made = super().make_rows(rows, records)
        if "prior_loan" in self.names:
            place = self.names.index("prior_loan")
            for row in made:
                assert isinstance(row.cells, list)
                row.cells[place] = row.cells[place] or "未核"
        if "granted" in self.names:
            place = self.names.index("granted")
            for row in made:
                assert isinstance(row.cells, list)
                cell = row.cells[place]
                if isinstance(cell, Cell) and cell.state == "unreported":
                    row.cells[place] = ""  # nothing came of it yet: nobody failed to report
        return made
