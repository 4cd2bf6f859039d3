"""Rows of the preview and of the result: one table for each fate, made when they come into sight."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from ledger_desk.errors import Problem
from ledger_desk.exchange.comparing_rows import NEW, SKIP, TAKE
from ledger_desk.exchange.prepared import Prepared
from ledger_desk.exchange.results import FATES, FieldChange, ImportResult, RowFate
from ledger_desk.model import masks
from ledger_desk.ui.grid_rows import Cell, CellLike, GridColumn, GridRow, Order, RowSource
from ledger_desk.ui.importing.candidates import Candidate, row_told, sort_of_doubt
from ledger_desk.ui.importing.column_words import short_heading
from ledger_desk.ui.importing.work import Decisions, Place
from ledger_desk.ui.tabs import Tab

MARKS = {
    "new": "new",
    "changed": "changed",
    "same": "same",
    "doubtful": "explain",
    "wrong": "must",
    "left_out": "none",
}
WORDS = {**FATES, "left_out": "未装"}

_MOST_TOLD = 4
_ROW = GridColumn("row", "行", "number", 64, sortable=True, essential=True)
_SHEET = GridColumn("sheet", "工作表", width=110)
_NAME = GridColumn("title", "名称", width=180, essential=True)
_WHY = GridColumn("why", "说明", width=400, stretch=True)
_COLUMNS: dict[str, tuple[GridColumn, ...]] = {
    "new": (_ROW, _NAME, GridColumn("why", "内容，要留意的", width=400, stretch=True)),
    "changed": (
        _ROW, _NAME, GridColumn("field", "改哪一项", width=150), GridColumn("old", "账里现在", width=170),
        GridColumn("new", "装入以后", width=170, stretch=True),
    ),
    "same": (_ROW, _NAME, _WHY),
    "doubtful": (_ROW, _NAME, GridColumn("why", "为什么存疑", width=330, stretch=True), GridColumn("decision", "怎么办", width=150)),
    "wrong": (_ROW, _NAME, GridColumn("field", "哪一项", width=130), GridColumn("value", "来表写的", width=130),
              GridColumn("why", "错在哪里，怎么改", width=340, stretch=True)),
    "left_out": (_ROW, GridColumn("title", "这一行写的", width=240, essential=True), GridColumn("why", "为什么不装", width=400, stretch=True)),
}  # fmt: skip


def tabs_of(counts: Mapping[str, int]) -> list[Tab]:
    """The six tabs, always in the same order, with their counts."""
    return [Tab(fate, WORDS[fate], count, MARKS[fate]) for fate, count in counts.items()]


def sum_words(counts: Mapping[str, int]) -> str:
    """The counts written out: ``113 = 新增 74 + 变更 12 + …``."""
    parts = " + ".join(f"{WORDS[fate]} {count:,}" for fate, count in counts.items())
    return f"{sum(counts.values()):,} 行 = {parts}"


def place_of(record: str) -> Place | None:
    """Table and row of the file behind a line of a list; None for no line."""
    parts = record.split(":")
    return (int(parts[0]), int(parts[1])) if len(parts) == 3 else None


class ResultRows:
    """The rows of one or several results, findable by place."""

    def __init__(
        self,
        results: Sequence[ImportResult],
        candidates: Mapping[str, Candidate],
        tables: Sequence[Prepared] = (),
    ) -> None:
        """Take the results of the tables that are read in, and the tables, in the same order."""
        self.results, self.candidates, self.tables = tuple(results), candidates, tuple(tables)

    @cached_property
    def fates(self) -> dict[Place, RowFate]:
        """Every row by its place."""
        return {(t, row.row): row for t, r in enumerate(self.results) for row in r.rows}

    @cached_property
    def problems(self) -> dict[Place, list[Problem]]:
        """What is wrong or odd in the cells of a row."""
        found: dict[Place, list[Problem]] = defaultdict(list)
        for table, result in enumerate(self.results):
            for problem in result.problems:
                found[table, problem.row].append(problem)
        return found

    @cached_property
    def doubts(self) -> dict[str, list[Place]]:
        """Doubtful rows by the kind of their reason."""
        found: dict[str, list[Place]] = defaultdict(list)
        for place, fate in self.fates.items():
            if fate.fate == "doubtful":
                found[sort_of_doubt(fate)].append(place)
        return found

    def alike(self, place: Place) -> list[Place]:
        """Doubtful rows with the same kind of reason, the row itself among them."""
        fate = self.fates[place]
        return self.doubts.get(sort_of_doubt(fate), []) if fate.fate == "doubtful" else []

    def grave(self, place: Place) -> list[Problem]:
        """What keeps a row from being read in."""
        return [p for p in self.problems.get(place, ()) if p.grade == "must"]

    def decided_words(self, decision: str | None) -> str:
        """Say a decision in words; empty for none."""
        if decision is None:
            return ""
        if decision in (NEW, SKIP):
            return "算新增一户" if decision == NEW else "不装这一行"
        known = self.candidates.get(decision) if decision != TAKE else None
        return f"就是“{known.title}”" if known is not None else "就是账上那一户"


class FateSource(RowSource):
    """The lines of one fate; a changed row has one for each field, a wrong one for each cell."""

    def __init__(
        self, rows: ResultRows, fate: str, text: str = "", decisions: Decisions | None = None
    ) -> None:
        """List the rows of ``fate`` in which ``text`` stands."""
        self._rows, self._fate, self._decisions = rows, fate, decisions or {}
        several = len(rows.results) > 1
        self.columns = (_ROW, *((_SHEET,) if several else ()), *_COLUMNS[fate][1:])
        self._sheets = [result.sheet for result in rows.results] if several else []
        self._lines: list[tuple[int, int, int]] = []
        for place, item in rows.fates.items():
            if item.fate == fate and (not text or self._holds(place, item, text)):
                self._lines += [(*place, n) for n in range(self._height(place, item))]
        self._given = self._lines

    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Lines of the list."""
        return [self._line(line) for line in self._lines[offset : offset + limit]]

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids of lines."""
        return [_name(line) for line in self._lines[offset : offset + limit]]

    def place(self, record: str) -> int | None:
        """Number of a line."""
        return next((n for n, line in enumerate(self._lines) if _name(line) == record), None)

    def sort(self, order: Order) -> None:
        """Sort by number where there is one, else by text; the file's order comes back without."""
        keys = [column.key for column in self.columns]
        self._lines = list(self._given)
        if not order:
            return
        cells = {line: self._line(line).cells for line in self._lines}
        for key, descending in reversed(order):
            at = keys.index(key)
            self._lines.sort(key=lambda line: _rank(cells[line][at]), reverse=descending)

    def _height(self, place: Place, item: RowFate) -> int:
        if item.fate == "changed":
            return max(1, len(item.changes))
        return max(1, len(self._rows.grave(place))) if item.fate == "wrong" else 1

    def _holds(self, place: Place, item: RowFate, text: str) -> bool:
        if text in item.title or text in item.reason:
            return True
        if self._sheets and text in self._sheets[place[0]]:
            return True
        if any(text in c.label or text in shown(c, c.old) or text in shown(c, c.new) for c in item.changes):  # fmt: skip
            return True
        some = self._rows.problems.get(place, ())
        return any(text in p.label or text in p.value or text in p.why for p in some)

    def _line(self, line: tuple[int, int, int]) -> GridRow:
        place, number = line[:2], line[2]
        item = self._rows.fates[place]
        head: list[CellLike] = [Cell(f"{item.row:,}", value=item.row)]
        head += [self._sheets[place[0]]] if self._sheets else []
        head.append((item.title or "（没有名称）") if number == 0 else "")
        return GridRow(_name(line), [*head, *self._rest(place, item, number)])

    def _rest(self, place: Place, item: RowFate, number: int) -> list[CellLike]:
        if item.fate == "changed" and item.changes:
            change = item.changes[number]
            old, new = shown(change, change.old), shown(change, change.new)
            return [change.label, Cell(old or "（空）", "old" if old else ""), Cell(new or "（空）", "changed")]  # fmt: skip
        if item.fate == "changed":
            return ["", "", item.reason]
        if item.fate == "wrong":
            grave = self._rows.grave(place)
            if not grave:
                return ["", "", Cell(item.reason, "must")]
            one = grave[number]
            return [short_heading(one.label), one.value, Cell(one.why, "must", note=one.why)]
        if item.fate == "doubtful":
            return self._doubt(place, item)
        problems = self._rows.problems.get(place, ())
        if item.fate in ("new", "same") and problems:
            odd = any(p.grade == "explain" for p in problems)
            words = "；".join(p.why.rstrip("。") for p in problems)
            return [Cell(words, "explain" if odd else "hint", note=words)]
        if item.fate == "new" and self._rows.tables:
            told = row_told(self._rows.tables[place[0]], place[1])
            said = [t.text for t in told if t.text and t.whole != item.title][:_MOST_TOLD]
            return ["　".join(said)]
        return [item.reason]

    def _doubt(self, place: Place, item: RowFate) -> list[CellLike]:
        known = self._rows.candidates
        names = "、".join(known[each].title for each in item.candidates if each in known)
        why = item.reason
        if names and names not in why:
            why = f"{why}账上可能是：{names}。"
        decided = self._rows.decided_words(self._decisions.get(place))
        state = Cell(decided or "先不装", "changed" if decided else "")
        return [Cell(why, "explain", note=why), state]


def shown(change: FieldChange, text: str) -> str:
    """Show one side of a change; personal data masked."""
    if not change.private or not text:
        return text
    is_phone = "电话" in change.label or "手机" in change.label
    return masks.mask_phone(text) if is_phone else masks.mask_id(text, "ends")


def _name(line: tuple[int, int, int]) -> str:
    return ":".join(map(str, line))


def _rank(cell: CellLike) -> tuple[int, float, str]:
    if isinstance(cell, Cell):
        if isinstance(cell.value, int | float):
            return (0, float(cell.value), "")
        return (1, 0.0, cell.text)
    return (1, 0.0, str(cell))
