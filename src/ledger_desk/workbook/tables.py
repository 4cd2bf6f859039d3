"""All tables of a file: every sheet taken apart, and what to say where there is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ledger_desk.errors import UserError
from ledger_desk.workbook import parts
from ledger_desk.workbook.book import Book, Sheet
from ledger_desk.workbook.header import Knows
from ledger_desk.workbook.layout import find
from ledger_desk.workbook.outline import WHY, Layout, LeftOut

_AUXILIARY = re.compile(
    r"参数|字典|下拉|选项|码表|代码表|填表说明|填写说明|填报说明|使用说明|说明$|示例|样例|hidden",
    re.I,
)


@dataclass(frozen=True)
class Table:
    """One table of a file.

    Attributes:
        sheet: The sheet, or the part of it that holds this table (see `Sheet.part`).
        layout: Where its header, data and other rows are, in the file's own numbers.
    """

    sheet: Sheet
    layout: Layout

    @property
    def helps(self) -> bool:
        """Whether the sheet only serves others: hidden, or 参数, 字典, 填表说明 by its name."""
        return self.sheet.hidden or bool(_AUXILIARY.search(self.sheet.name))


def find_all(sheet: Sheet, knows: Knows | None = None) -> list[Table]:
    """Find every table of a sheet: side by side, and below each other.

    Every row of the sheet is in exactly one place of each table's layout: rows of other tables
    are left out as ``elsewhere``.

    Args:
        sheet: A whole sheet.
        knows: Tells a text that is a heading where the caller comes from.

    Returns:
        At least one table, left to right, then downwards; it may have neither header nor data.
    """
    whole = find(sheet, knows=knows)
    columns = parts.beside(sheet, whole)
    if not columns:
        return _below(sheet, sheet, whole, knows)
    # Side by side they have their header in the same rows, where the sheet has one.
    header = whole.header_rows if whole.has_header else None
    return [
        table
        for part in columns
        for table in _below(sheet, part, find(part, header=header, knows=knows), knows, whole)
    ]


def _below(
    sheet: Sheet, part: Sheet, layout: Layout, knows: Knows | None, whole: Layout | None = None
) -> list[Table]:
    starts = parts.below(part, layout, knows)
    if not starts:
        if whole is None:
            return [Table(part, layout)]
        return [Table(part, _told_apart(sheet, layout, whole))]
    last = max(len(sheet.rows), 1)
    left = min((h.column for h in layout.headings), default=1)
    tables = []
    for number, (first, end) in enumerate(
        zip([1, *starts], [*(s - 1 for s in starts), last], strict=True)
    ):
        name = part.part if not number else f"{part.part}第{first}行起"
        one = parts.part_of(sheet, name, first, end, left if part.part else 1, part.width)
        found = find(one, header=None if number else layout.header_rows, knows=knows)
        tables.append(Table(one, _told_apart(sheet, found, whole or layout)))
    return tables


def _told_apart(sheet: Sheet, layout: Layout, whole: Layout) -> Layout:
    """Say of rows that are blank in a part what they are on the sheet; title and unit hold for all."""
    kinds = {left.row: left.kind for left in whole.left_out}
    above = layout.header_rows[0] or (layout.data_rows[0] if layout.data_rows else 0)
    shared = ("title", "unit", "period", "info", "note", "above")
    left_out = []
    last = 0
    for left in layout.left_out:
        last = max(last, left.row)
        row = sheet.rows[left.row - 1]
        if left.kind == "blank" and len(row) != row.count(None):
            kind = kinds.get(left.row, "")
            kind = kind if kind in shared and left.row < above else "elsewhere"
            left = LeftOut(left.row, kind, WHY[kind])
        left_out.append(left)
    last = max([last, layout.header_rows[1], *layout.data_rows[-1:]])
    for number in range(last + 1, len(sheet.rows) + 1):
        row = sheet.rows[number - 1]
        kind = "blank" if len(row) == row.count(None) else "elsewhere"
        left_out.append(LeftOut(number, kind, WHY[kind]))
    return replace(
        layout,
        left_out=tuple(left_out),
        title=layout.title or whole.title,
        unit=layout.unit or whole.unit,
        period=layout.period or whole.period,
    )


def find_tables(
    book: Book, file: str, *, sheet: str | None = None, knows: Knows | None = None
) -> list[Table]:
    """Find the tables of a file that hold data, those of helping sheets last.

    Args:
        book: The file as read.
        file: Its name, for the sentence.
        sheet: Only this sheet, by its name or by name and part (`Sheet.title`).
        knows: Tells a text that is a heading where the caller comes from.

    Raises:
        UserError: There is no such sheet; nothing is a table; all are forms without data; or the
            only data are in hidden sheets and in those that serve drop-down lists.
    """
    pages = [page for page in book.sheets if page.width]
    if sheet is not None:
        wanted = sheet.strip()
        named = [page for page in pages if page.name.strip() == wanted]
        tables = [table for page in named or pages for table in find_all(page, knows)]
        if not named:
            tables = [table for table in tables if table.sheet.title.strip() == wanted]
        if not tables:
            names = "、".join(f"“{page.name}”" for page in pages) or "没有"
            raise UserError(f"“{file}”里没有叫“{sheet}”的工作表。有数据的工作表：{names}。")
    else:
        tables = [table for page in pages for table in find_all(page, knows)]
    full = [table for table in tables if table.layout.headings and table.layout.data_rows]
    if not full:
        raise UserError(_why_none(file, tables))
    if sheet is None and all(table.helps for table in full):
        forms = [t for t in tables if not t.helps and t.layout.has_header]
        if forms:
            raise UserError(_only_helpers(file, forms[0], full))
    return sorted(full, key=lambda table: table.helps)


def _why_none(file: str, tables: Sequence[Table]) -> str:
    form = next((t for t in tables if t.layout.blank_form or t.layout.has_header), None)
    if form is None:
        return f"“{file}”里没有找到表格：所有工作表都是空的或只有说明文字。请核对文件。"
    return (
        f"“{file}”是一张空白表（工作表“{form.sheet.name}”只有表头和栏目，没有填数据）。"
        "请选填好数据的那个文件。"
    )


def _only_helpers(file: str, form: Table, helpers: Sequence[Table]) -> str:
    names = "、".join(f"“{name}”" for name in dict.fromkeys(t.sheet.name for t in helpers))
    return (
        f"“{file}”是一张空白表：工作表“{form.sheet.name}”只有表头，没有填数据；有内容的{names}只是"
        "参数表、字典或隐藏的表。请选填好数据的那个文件；确要读它们，请指定工作表。"
    )
