"""A form while it is being designed: what every column, cell and row of a blank is tied to.

A draft may be wrong or unfinished at any time. It never changes: each change gives another draft, so
that a window can keep the old one for undo. `definition` is its ``form.toml``; `mistakes` says
what is still wrong in it; `form_of` is the form that can be made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from ledger_desk.exchange.blank_outline import Outline, outline
from ledger_desk.exchange.definitions import Form, FormProblem, read_form
from ledger_desk.exchange.form_parts import LISTED, RECORDS, Balance, Check, Empty, Listed, Total

Standing = Literal["正式表样", "默认表样"]
Every = Literal["月", "季", "年", "随时"]
Pairs = tuple[tuple[str, str], ...]
Extra = tuple[tuple[str, Any], ...]
"""What a definition says that the designer does not show: kept as it is."""


@dataclass(frozen=True)
class Nothing:
    """The column is left as it is in the blank, to be filled by hand."""


@dataclass(frozen=True)
class Field:
    """A field of the row's record by its path; ``number`` is 序号, ``label`` what the row is called."""

    path: str


@dataclass(frozen=True)
class Number:
    """A number of the ledger; what is empty here is said by the row or by the block.

    Attributes:
        indicator: Id of the indicator.
        measure: 本期, 启动以来累计 ….
        part: (split key, value) pairs, such as ("kind", "个体工商户").
    """

    indicator: str = ""
    measure: str = ""
    part: Pairs = ()


@dataclass(frozen=True)
class Formula:
    """Worked out of other columns: ``E / C``."""

    text: str


@dataclass(frozen=True)
class Text:
    """Of single cells: a text with places, ``填报单位：{office}``."""

    text: str


Choice = Nothing | Field | Number | Formula | Text
SERIAL, LABEL, UNIT = Field("number"), Field("label"), Field("unit")


@dataclass(frozen=True)
class DraftCell:
    """One cell outside the blocks."""

    at: str
    choice: Choice
    sheet: str
    label: str = ""
    unit: str = ""
    places: int = 2
    why: str = ""
    sure: bool = True
    extra: Extra = ()


@dataclass(frozen=True)
class DraftColumn:
    """One column of a block.

    Attributes:
        at: Its letters.
        heading: The text over it that the form checks: of several header rows the lowest.
        choice: What stands in it.
        printed: The whole heading, upper rows before lower ones: ``授信/户数``.
        why: How the choice was found, in Chinese; '' where nothing was found.
        sure: It needs no second look.
        offered: What it may be as well, the likeliest first.
    """

    at: str
    heading: str
    choice: Choice = Nothing()
    unit: str = ""
    places: int = 2
    total: Total = "none"
    total_where: str | None = None
    total_text: str | None = None
    notes: str = ""
    printed: str = ""
    why: str = ""
    sure: bool = False
    offered: tuple[Choice, ...] = ()
    extra: Extra = ()


@dataclass(frozen=True)
class DraftBlock:
    """One table of a sheet; the words are those of ``form.toml`` (`exchange.form_parts.Block`).

    Attributes:
        rows: ``records``, ``listed``, or a source of rows: ``townships``, ``banks`` ….
        of: Table of the records.
        header_rows: First and last row of its header; (0, 0) where nobody knows.
        row: The rows of ``listed``.
        why: How the kind of rows was found.
    """

    sheet: str
    rows: str
    first_row: int
    room: int = 1
    total_row: int | None = None
    shrink: bool = False
    of: str | None = None
    day: str | None = None
    until: bool = False
    where: tuple[tuple[Any, ...], ...] = ()
    sort: tuple[str, ...] = ()
    empty: Empty | None = None
    title: str = ""
    indicator: str | None = None
    measure: str | None = None
    part: Pairs = ()
    row: tuple[Listed, ...] = ()
    columns: tuple[DraftColumn, ...] = ()
    header_rows: tuple[int, int] = (0, 0)
    why: str = ""
    sure: bool = False
    extra: Extra = ()

    @property
    def is_list(self) -> bool:
        """Whether a row is a record."""
        return self.rows in (RECORDS, "matching_events")

    def column(self, at: str) -> DraftColumn:
        """Give a column by its letters.

        Raises:
            KeyError: There is none.
        """
        for column in self.columns:
            if column.at == at:
                return column
        raise KeyError(at)


@dataclass(frozen=True)
class Draft:
    """A form being designed.

    Attributes:
        id: Small letters, digits and ``_``; that of a built-in form replaces it.
        sheet: Tab of the blank that the form begins with.
        checks: Rules of the program, by id.
        rules: Rules of the form's own, as formulas.
        blank: Bytes of the empty workbook (.xlsx).
        blank_name: Its file name beside ``form.toml``.
        remarks: What the person should know of how the blank was read: sentences.
    """

    id: str
    title: str
    sheet: str
    blank: bytes
    standing: Standing = "正式表样"
    mechanism: str = "小微企业融资协调工作机制"
    source_document: str = "上级来表"
    source_title: str = "上级来表"
    clause: str = "表样"
    every: Every = "月"
    due_day: int | None = 10
    due_clause: str = ""
    notes: tuple[str, ...] = ()
    cells: tuple[DraftCell, ...] = ()
    blocks: tuple[DraftBlock, ...] = ()
    checks: tuple[str, ...] = ()
    rules: tuple[Check, ...] = ()
    balance: Balance | None = None
    blank_name: str = "blank.xlsx"
    remarks: tuple[str, ...] = ()
    extra: Extra = ()

    @property
    def outlines(self) -> Mapping[str, Outline]:
        """What is printed on each sheet of the blank (`exchange.blank_outline`); remembered there."""
        return outline(self.blank)

    @property
    def sheets(self) -> tuple[str, ...]:
        """Tabs of the blank."""
        return tuple(self.outlines)

    @property
    def open_columns(self) -> int:
        """How many columns are tied to nothing yet."""
        return sum(isinstance(c.choice, Nothing) for b in self.blocks for c in b.columns)


def with_block(draft: Draft, place: int, **changes: Any) -> Draft:
    """Change something of one block; its place counts from 0."""
    blocks = list(draft.blocks)
    blocks[place] = replace(blocks[place], **changes)
    return replace(draft, blocks=tuple(blocks))


def without_block(draft: Draft, place: int) -> Draft:
    """Leave one block out."""
    blocks = tuple(block for n, block in enumerate(draft.blocks) if n != place)
    return replace(draft, blocks=blocks)


def with_column(draft: Draft, place: int, at: str, **changes: Any) -> Draft:
    """Change something of one column; to tie it to something else take `choices.tie`."""
    columns = tuple(
        replace(column, **changes) if column.at == at else column
        for column in draft.blocks[place].columns
    )
    return with_block(draft, place, columns=columns)


def with_cell(draft: Draft, cell: DraftCell) -> Draft:
    """Put a cell in, instead of the one at its place if there is one."""
    same = [c for c in draft.cells if (c.sheet, c.at) == (cell.sheet, cell.at)]
    if same:
        cells = tuple(cell if c is same[0] else c for c in draft.cells)
    else:
        cells = (*draft.cells, cell)
    return replace(draft, cells=cells)


def without_cell(draft: Draft, sheet: str, at: str) -> Draft:
    """Leave a cell as it is printed."""
    return replace(draft, cells=tuple(c for c in draft.cells if (c.sheet, c.at) != (sheet, at)))


def definition(draft: Draft) -> str:
    """Write the draft as ``form.toml``; columns that are tied to nothing are not in it."""
    from ledger_desk.reports.designing.writing import toml_of

    return toml_of(draft)


def mistakes(draft: Draft) -> tuple[FormProblem, ...]:
    """What is wrong or missing, each a sentence with its place; empty: the form can be made."""
    return _read(draft)[1]


def form_of(draft: Draft) -> Form:
    """Give the form that a draft without mistakes is.

    Raises:
        UserError: It has mistakes, which are told.
    """
    from ledger_desk.errors import UserError

    form, wrong = _read(draft)
    if form is None:
        told = " ".join(problem.sentence() for problem in wrong[:5])
        raise UserError(f"“{draft.title}”还有 {len(wrong)} 处要改：{told}")
    return form


def _read(draft: Draft) -> tuple[Form | None, tuple[FormProblem, ...]]:
    from ledger_desk.reports.vocabulary import known

    text = definition(draft).encode()
    form, wrong = read_form(draft.id, text, lambda name: draft.blank, known(), "")
    open_ = dict(_open_blocks(draft))
    told = [each for each in wrong if not each.place.startswith(tuple(open_))] if open_ else wrong
    return form, (*open_.values(), *told)


def _open_blocks(draft: Draft) -> Iterator[tuple[str, FormProblem]]:
    """Blocks that nothing can be said of yet, in words of the window instead of the file's."""
    for number, block in enumerate(draft.blocks, 1):
        why = ""
        if block.rows == LISTED and not block.row:
            why = "每一行填什么还没有定。请换一种“每行是什么”，或在空白表里印上每行的名称再做。"
        elif all(isinstance(column.choice, Nothing) for column in block.columns):
            why = "一列也没有选定。请至少选定一列填什么，或去掉这张表。"
        if why:
            place = f"第 {number} 个 [[block]]"
            yield place, FormProblem(draft.id, f"“{block.sheet}”里的表", why)
    if not draft.blocks and not draft.cells:
        yield "整个文件", FormProblem(draft.id, "整张表", "还没有一处要填的。请选定表头在哪里。")


def draft_from(form: Form) -> Draft:
    """Take a form up again, so as to change it; nothing of its definition is lost."""
    from ledger_desk.reports.designing.reading import draft_of_form

    return draft_of_form(form)


__all__ = [
    "LABEL", "LISTED", "RECORDS", "SERIAL", "UNIT", "Choice", "Draft", "DraftBlock", "DraftCell",
    "DraftColumn", "Every", "Field", "Formula", "Nothing", "Number", "Text", "definition",
    "draft_from", "form_of", "mistakes", "with_block", "with_cell", "with_column", "without_block",
    "without_cell",
]  # fmt: skip
