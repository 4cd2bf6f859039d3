"""Rows of the tab 词典: the dictionaries, and the entries of one, a page at a time."""

from __future__ import annotations

from ledger_desk.exchange.terms import Listings
from ledger_desk.model.divisions import divisions
from ledger_desk.model.listing import Listing
from ledger_desk.model.terms import DICTIONARIES, Entry
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, ListSource, RowSource

MOST_FOUND = 500  # entries that a search in a dictionary shows

LISTS = (
    GridColumn("title", "词典", "text", 168, essential=True, stretch=True),
    GridColumn("count", "条数", "number", 74, essential=True),
    GridColumn("own", "自加", "number", 62, essential=True),
)


def dictionary_source(listings: Listings) -> ListSource:
    """All dictionaries with how many entries they have, and how many of them the office added."""
    rows = []
    for each in DICTIONARIES:
        listing = listings.listing(each.key)
        count, own = len(listing), len(listing.own)
        rows.append(
            GridRow(each.key, [
                each.title, Cell(f"{count:,}", value=count), Cell(f"{own:,}" if own else "", value=own),
            ])
        )  # fmt: skip
    return ListSource(LISTS, rows)


class EntrySource(RowSource):
    """The entries of one dictionary, all of them or those that were searched for."""

    columns = (
        GridColumn("text", "词条", "text", 220, sortable=False, essential=True),
        GridColumn("code", "代码", "code", 124, sortable=False, essential=True),
        GridColumn("hint", "说明", "text", 210, sortable=False, stretch=True),
        GridColumn("standing", "谁加的", "text", 84, sortable=False, essential=True),
        GridColumn("source", "出处", "text", 200, sortable=False),
    )

    def __init__(self, listing: Listing, typed: str = "") -> None:
        """Show a dictionary, or what is found in it."""
        self.listing = listing
        typed = typed.strip()
        self._found = listing.find(typed, MOST_FOUND, off=True) if typed else None
        self._seen: dict[str, Entry] = {}

    def count(self) -> int:
        """How many entries are shown."""
        return len(self.listing) if self._found is None else len(self._found)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        if self._found is None:
            return [self._row(entry) for entry in self.listing.page(offset, limit)]
        return [self._row(entry) for entry in self._found[offset : offset + limit]]

    def entry(self, row: str) -> Entry | None:
        """The entry of a row that was shown."""
        return self._seen.get(row)

    def _row(self, entry: Entry) -> GridRow:
        row = entry_id(entry)
        self._seen[row] = entry
        standing = "停用" if entry.off else "本单位" if entry.own else "随程序"
        hint = entry.hint
        if self.listing.dictionary.key == "village" and entry.own:
            hint = " ".join(p for p in (divisions().get(entry.parent, entry.parent), hint) if p)
        told: CellLike = Cell(standing, "readonly", note="停用了：不再供选，已经写着的照旧。")
        return GridRow(
            row, [entry.text, entry.code, hint, told if entry.off else standing, entry.source]
        )


def entry_id(entry: Entry) -> str:
    """Id of an entry's row."""
    return entry.record or f"{entry.code}|{entry.parent}|{entry.text}"
