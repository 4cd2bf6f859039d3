"""The layout of a sheet: its header, its rows of data, and why every other row is left out.

Every filled or blank row of the sheet is in exactly one place: the header rows, ``data_rows`` or
``left_out``. A row that merely has few values is data; only a row that says itself what else it is
(a total, a note, a signature …) is left out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from ledger_desk.workbook import forms, headings, plainrows, rowkinds
from ledger_desk.workbook.book import Sheet
from ledger_desk.workbook.cells import CellValue, column_letters, text_of
from ledger_desk.workbook.header import Header, Knows, find_header, merges_at
from ledger_desk.workbook.outline import WHY, Heading, Layout, LeftOut

__all__ = ["WHY", "Heading", "Knows", "Layout", "LeftOut", "find", "signature"]

_SAMPLED = 300
# A column that only a list of this program has: what stands beside such a mark is a row of data,
# whatever its words (a firm may be called 合计 or 示例).
ROW_MARK = "台账记号"
# Tables of indicators list 资产总计 and 负债合计 among their rows; only 小计 is a sum there.
_INDICATORS = re.compile(r"指标|项目|科目|实物量")


def find(
    sheet: Sheet, *, header: tuple[int, int] | None = None, knows: Knows | None = None
) -> Layout:
    """Find header, data rows and everything else on a sheet that holds one table.

    Args:
        sheet: The sheet, or a part of one.
        header: First and last row of the header where somebody has said it; (0, 0): there is none.
        knows: Tells a text that is a heading where the caller comes from. Rows of such texts are
            headers whatever stands below them, so that a table of one row is read too.
    """
    used = _used_columns(sheet)
    if header is None:
        rows = find_header(sheet, used, knows)
    else:
        last = min(header[1], len(sheet.rows))
        rows = Header(header[0], last) if 0 < header[0] <= last else Header(0, 0)
    return _Finder(sheet, used, rows).run()


def signature(layout: Layout) -> str:
    """Give a short hash of the headings in their order, to remember a sender's mapping by.

    Row numbers, title and blank columns do not count; a renamed, moved or added column does.
    """
    words = "\n".join(f"{h.text}\t{h.unit}" for h in layout.headings if h.text)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _used_columns(sheet: Sheet) -> list[int]:
    used: set[int] = set()
    for row in sheet.rows[:_SAMPLED]:
        used.update(column for column, cell in enumerate(row, 1) if cell is not None)
    return sorted(used)


class _Finder:
    """One pass over the rows of a sheet, once its header is known."""

    def __init__(self, sheet: Sheet, used: Sequence[int], header: Header) -> None:
        self.sheet = sheet
        self.used = used
        self.header = header
        self.left_out: list[LeftOut] = []
        self.data: list[int] = []
        self.title = self.unit = self.period = ""
        self.notes: list[str] = []
        self.units: dict[int, str] = {}
        self.columns: dict[int, tuple[str, ...]] = {}
        self.grouped = {m.first_row: m for m in sheet.merged if m.first_column < m.last_column}
        self.header_merges = {
            row: merges_at(sheet, row) for row in range(header.first, header.last + 1)
        }
        self.noted = False
        self.indicators = False
        self.spilled: set[int] = set()
        self.mark = 0  # column of `ROW_MARK`

    def run(self) -> Layout:
        header = self.header
        for column in range(1, self.sheet.width + 1) if header.first else ():
            parts = tuple(
                self._header_text(row, column) for row in range(header.first, header.last + 1)
            )
            if any(parts):
                self.columns[column] = parts
        self.mark = next((c for c, parts in self.columns.items() if parts[-1] == ROW_MARK), 0)
        start = header.first or self._first_data_row()
        for number in range(1, start):
            self._above(number)
        self._below(start if not header.first else header.last + 1)
        self.period = self.period or rowkinds.period_in_title(self.title)
        blank_form = not self.mark and forms.is_blank_form(self.sheet, self.data)
        self._take_out(len(self.data) if blank_form else 0, "form")
        if header.first and self.data and not self.mark:
            serials = forms.serial_columns(list(self.columns.items()))
            self._take_out(forms.unfilled_tail(self.sheet, self.data, serials), "unfilled")
        if not self.mark and forms.is_unnamed_total(self.sheet, self.data):
            self._take_out(1, "total")
        found = self._headings()
        return Layout(
            self.sheet.name, (header.first, header.last), found, self.data,
            tuple(self.left_out), self.title, self.unit, self.period, tuple(self.notes),
            blank_form, self._remarks(found),
        )  # fmt: skip

    def _take_out(self, count: int, kind: str) -> None:
        """Leave the last ``count`` rows of data out after all."""
        if count:
            self.left_out += [LeftOut(number, kind, WHY[kind]) for number in self.data[-count:]]
            self.left_out.sort(key=lambda left: left.row)
            del self.data[-count:]

    def _remarks(self, found: Sequence[Heading]) -> tuple[str, ...]:
        """Say what the person cannot see in the file: hidden data, formulas never calculated."""
        said = []
        hidden = sum(1 for row in self.data if row in self.sheet.hidden_rows)
        if hidden:
            said.append(f"有 {hidden:,} 行数据在隐藏的行里（可能是筛选后藏起来的），照样读入。")
        hidden_columns = self.sheet.hidden_columns - {self.mark}
        names = [h.label for h in found if h.column in hidden_columns]
        if names and self.data:
            said.append(f"“{'”“'.join(names[:5])}”等 {len(names)} 列是隐藏列，照样读入。")
        data = set(self.data) if self.sheet.uncalculated else set()
        empty = sorted({c for row, c in self.sheet.uncalculated if row in data})
        if empty:
            letters = "、".join(column_letters(c) for c in empty[:5])
            said.append(
                f"{letters} 列有公式，但文件里没有存算好的结果，读出来是空的。"
                "请在 Excel 或 WPS 里打开它，保存一次后再读入。"
            )
        return tuple(said)

    # --- the header ---

    def _header_text(self, row: int, column: int) -> str:
        """Give the text over a column in one header row; merged cells and gaps take theirs."""
        cell = self.sheet.cell(row, column)
        if cell is not None:
            return headings.plain(cell)
        for merge in self.header_merges[row]:
            if merge.first_column <= column <= merge.last_column:
                # Below the first row of a range its text has been counted already.
                if row != merge.first_row:
                    return ""
                self.spilled.add(column)
                return headings.plain(self.sheet.cell(merge.first_row, merge.first_column))
        if row < self.header.last and not self.sheet.merged:
            # Without merges (csv, ods) a group's heading stands over its first column only.
            under = self.sheet.cell(self.header.last, column)
            left = next(
                (c for c in range(column - 1, 0, -1) if self.sheet.cell(row, c) is not None), 0
            )
            if under is not None and left and self.sheet.cell(self.header.last, left) is not None:
                return headings.plain(self.sheet.cell(row, left))
        return ""

    def _own_text(self, column: int) -> list[CellValue]:
        rows = range(self.header.first, self.header.last + 1)
        return [cell for row in rows if (cell := self.sheet.cell(row, column)) is not None]

    def _headings(self) -> tuple[Heading, ...]:
        # A column that only a merged heading reaches counts where it holds data.
        alone = {c for c in self.spilled if not any(self._own_text(c))}
        filled: set[int] = set(self.columns) - alone
        missing = [c for c in range(1, self.sheet.width + 1) if c not in filled]
        for number in self.data if missing else ():
            row = self.sheet.rows[number - 1]
            seen = [c for c in missing if row[c - 1] is not None]
            if seen:
                filled.update(seen)
                missing = [c for c in missing if c not in filled]
                if not missing:
                    break
        found: list[Heading] = []
        for column in sorted(filled):
            parts = self.columns.get(column, ())
            text, unit = headings.join(parts)
            found.append(Heading(column, text, unit or self.units.get(column, ""), parts))
        return tuple(found)

    # --- rows above the header ---

    def _first_data_row(self) -> int:
        """Give the first row of a table without header: the first that fills half its columns."""
        for number, row in enumerate(self.sheet.rows, 1):
            if (len(row) - row.count(None)) * 2 >= len(self.used) > 0:
                return number
        return len(self.sheet.rows) + 1

    def _above(self, number: int) -> None:
        cells = rowkinds.filled(self.sheet.rows[number - 1])
        texts = [text_of(cell) for _, cell in cells]
        unit = next((u for text in texts if (u := headings.unit_line(text))), None)
        period = rowkinds.period_in(cells)
        self.unit = self.unit or (unit or "")
        self.period = self.period or period
        if not cells:
            kind = "blank"
        elif rowkinds.is_note(cells, goes_on=self.noted):
            kind = "note"
            self.notes.append(" ".join(texts))
        elif unit and len(cells) == 1:
            kind = "unit"
        elif period and len(cells) == 1:
            kind = "period"
        elif rowkinds.is_info(cells) or rowkinds.is_signature(cells):
            kind = "info"
        elif len(set(texts)) == 1 and not self.title and isinstance(cells[0][1], str):
            kind = "title"
            self.title = " ".join(texts[0].split())
        else:
            kind = "above"
        self.noted = kind == "note"
        self._leave(number, kind)

    # --- rows below it ---

    def _below(self, start: int) -> None:
        first_heading = next(iter(self.columns.values()), ("",))
        heads = {part for part in first_heading if part}
        self.indicators = any(_INDICATORS.search(head) for head in heads)
        initials = {head[0] for head in heads}
        few = max(len(self.used) // 2, min(1, len(self.used) - 1))
        near = start + 4
        rows = self.sheet.rows
        plain = plainrows.find(rows, few, heads, initials)
        number = start - 1
        while (number := number + 1) <= len(rows):
            if number > near and plain[number]:
                end = plain.find(0, number)
                self.data.extend(range(number, end))
                number = end - 1
                continue
            row = rows[number - 1]
            count = len(row) - row.count(None)
            if not count:
                self._leave(number, "blank")
                continue
            if self.mark and row[self.mark - 1] is not None:
                self.data.append(number)
                continue
            if count > few and number > near and not plainrows.suspicious(row, heads, initials):
                self.data.append(number)
                continue
            kind = self._kind(number, rowkinds.filled(row))
            self.noted = kind == "note"
            if kind:
                self._leave(number, kind)
            else:
                self.data.append(number)

    def _kind(self, number: int, cells: list[tuple[int, CellValue]]) -> str:
        """Tell what a row under the header is; '' for data."""
        if not self.data and self.header.first:
            special = self._right_below(cells)
            if special:
                return special
        if self._repeats_header(cells):
            return "repeated"
        total = rowkinds.total_kind(cells, self.used[0] if self.used else 1)
        if total == "subtotal" and self.indicators and "小计" not in text_of(cells[0][1]):
            return ""
        if total:
            return total
        if rowkinds.is_signature(cells, len(self.used)):
            return "signature"
        if rowkinds.is_note(cells, goes_on=self.noted):
            self.notes.append(" ".join(text_of(cell) for _, cell in cells))
            return "note"
        if rowkinds.is_example(cells) and (
            len(self.data) < 3 or rowkinds.is_placeholder(text_of(cells[0][1]))
        ):
            return "example"
        if len(cells) == 1 and isinstance(cells[0][1], str) and len(self.used) > 1:
            return self._lone(number, cells[0][0], cells[0][1])
        return ""

    def _right_below(self, cells: list[tuple[int, CellValue]]) -> str:
        above = [part for parts in self.columns.values() for part in parts if part]
        if rowkinds.is_codes(cells, above):
            return "codes"
        if len(cells) * 2 >= len(self.columns) and rowkinds.is_column_marks(cells):
            return "numbering"
        if rowkinds.is_unit_row(cells):
            self.units.update((column, headings.unit_of(cell)) for column, cell in cells)
            return "unit"
        if rowkinds.is_instruction(cells):
            return "note"
        return ""

    def _repeats_header(self, cells: list[tuple[int, CellValue]]) -> bool:
        if not self.columns or len(cells) * 3 < len(self.columns):
            return False
        same = sum(
            1
            for column, cell in cells
            if isinstance(cell, str) and headings.plain(cell) in self.columns.get(column, ())
        )
        return same * 5 >= len(cells) * 4 and (same > 1 or len(self.used) == 1)

    def _lone(self, number: int, column: int, text: str) -> str:
        """Tell what a row with a single text is: title again, unit, group, note, or short data."""
        flat = "".join(text.split())
        if self.title and flat == "".join(self.title.split()):
            return "title"
        if headings.unit_line(text):
            return "unit"
        merge = self.grouped.get(number)
        wide = merge is not None and (merge.last_column - merge.first_column + 1) * 2 >= len(
            self.used
        )
        first = self.used[0] if self.used else 1
        serial = (
            self.columns.get(first, ("",))[-1] in forms.SERIAL
            or self.columns.get(first, ("",))[0] in forms.SERIAL
        )
        if len(flat) > 30 and (wide or "。" in flat or "；" in flat):
            self.notes.append(text)
            return "note"
        if wide or rowkinds.is_group(text) or (serial and column == first and not flat.isdigit()):
            return "group"
        return ""

    def _leave(self, number: int, kind: str) -> None:
        self.left_out.append(LeftOut(number, kind, WHY[kind]))
