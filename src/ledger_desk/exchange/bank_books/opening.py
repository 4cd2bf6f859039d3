"""A workbook that a bank sent back: found again wherever its columns and rows have got to.

Read in a child process like any other file. Columns are known by their headings, rows by their
tokens; what stood there when the workbook left is no answer, and a blank cell says nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ledger_desk.errors import Problem, UserError
from ledger_desk.exchange import tokens
from ledger_desk.exchange.bank_books import columns
from ledger_desk.exchange.headings import key_of
from ledger_desk.exchange.mapping import ColumnMatch, is_reserved
from ledger_desk.exchange.mapping import Mapping as ColumnMap
from ledger_desk.exchange.prepared import Prepared
from ledger_desk.model.bank_answers import IN_BOOK
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.records import Referral
from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.book import Sheet
from ledger_desk.workbook.cells import is_error
from ledger_desk.workbook.guarded import read_guarded
from ledger_desk.workbook.outline import Heading, Layout, LeftOut

ENDINGS = (".xlsx", ".xls", ".et", ".xlsm", ".xlsb", ".ods", ".csv", ".xml")
_LOOKED_AT = 40  # rows in which the heading is looked for
_ENOUGH = 4  # headings that make a row the header
_BANK = re.compile(r"银行[:：]\s*([^　\n]+)")
_BATCHES = re.compile(r"批次[:：]\s*([^　\n]+)")
_QUESTIONS: Mapping[str, Any] = {key_of(a.label): a for a in IN_BOOK}
_FACTS = {key_of(label): label for label in (
    columns.FIRM, columns.CODE, columns.BATCH, columns.NUMBER, columns.PUSHED, columns.SERIAL,
    columns.SENT, tokens.HEADING,
)}  # fmt: skip


@dataclass(frozen=True)
class BookRow:
    """One row of a returned workbook.

    Attributes:
        row: Its number in the file.
        firm: Name as it stands there; code and batch likewise.
        token: What its token says.
        given: What the bank filled in: question → value; what stood there before is left out.
        problems: Cells that cannot be read.
    """

    row: int
    firm: str
    code: str
    batch: str
    token: tokens.Reading
    given: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class BankFile:
    """A returned file; ``why`` says in a sentence why nothing of it can be read.

    ``bank`` and ``batches`` are what the line under its title says, '' and () where that is gone.
    """

    path: Path
    why: str = ""
    prepared: Prepared | None = field(default=None, repr=False)
    bank: str = ""
    batches: tuple[str, ...] = ()
    rows: tuple[BookRow, ...] = ()


def files_in(folder: Path) -> list[Path]:
    """Workbooks of a folder by name; hidden ones and locks are left out.

    Raises:
        UserError: There is no such folder, or no workbook in it.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise UserError(f"没有“{folder}”这个文件夹。请选银行发回的表所在的文件夹。")
    found = sorted(
        path for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in ENDINGS
        and not path.name.startswith((".", "~$"))
    )  # fmt: skip
    if not found:
        raise UserError(f"“{folder.name}”里没有表格文件。请把银行发回的表放进去再读。")
    return found


def open_file(path: Path, progress: Progress = silent) -> BankFile:
    """Read one file; whatever is wrong with it is said, never raised.

    Raises:
        Cancelled: From ``progress``.
    """
    path = Path(path)
    digest = ""
    with suppress(OSError), path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    try:
        book = read_guarded(path, progress=progress)
    except UserError as error:
        return BankFile(path, str(error))
    best: tuple[int, int, Sheet] | None = None
    for sheet in book.sheets:
        row, many = _header(sheet)
        if many >= _ENOUGH and (best is None or many > best[0]):
            best = (many, row, sheet)
    if best is None:
        return BankFile(
            path, f"“{path.name}”里没有找到回填表的标题行，不像是发给银行的那份表，没有读。"
        )
    return _read(path, digest, book.kind, best[2], best[1])


def _header(sheet: Sheet) -> tuple[int, int]:
    """Row of the heading and how many known headings it has."""
    best = (0, 0)
    for number, row in enumerate(sheet.rows[:_LOOKED_AT], 1):
        keys = {key_of(cell) for cell in row if isinstance(cell, str)}
        many = len(keys & (_QUESTIONS.keys() | _FACTS.keys()))
        asked = len(keys & _QUESTIONS.keys())
        if asked and many > best[1]:
            best = (number, many)
    return best


def _read(path: Path, digest: str, kind: str, sheet: Sheet, header: int) -> BankFile:
    head = [clean(cell) if cell is not None else "" for cell in sheet.rows[header - 1]]
    places: dict[str, int] = {}
    asked: dict[int, Any] = {}
    for column, text in enumerate(head, 1):
        key = key_of(text) if text else ""
        if key in _QUESTIONS and _QUESTIONS[key].name not in {a.name for a in asked.values()}:
            asked[column] = _QUESTIONS[key]
        elif key in _FACTS:
            places.setdefault(_FACTS[key], column)
    if tokens.HEADING not in places:
        column = _token_column(sheet, header)
        if column:
            places[tokens.HEADING] = column
    rows, left = _rows(sheet, header, places, asked)
    said = [clean(c) for row in sheet.rows[: header - 1] for c in row if isinstance(c, str)]
    bank = next((f[1].strip() for text in said if (f := _BANK.search(text))), "")
    batches = next((f[1] for text in said if (f := _BATCHES.search(text))), "")
    layout = Layout(
        sheet.name, (header, header),
        tuple(Heading(n, text) for n, text in enumerate(head, 1)),
        tuple(row.row for row in rows), tuple(left),
    )  # fmt: skip
    matches = tuple(
        ColumnMatch(
            n, text, None, None, "reserved" if is_reserved(text) else "exact", 1.0
        )
        for n, text in enumerate(head, 1) if text
    )  # fmt: skip
    prepared = Prepared(
        path, sheet, layout, ColumnMap(Referral, matches), kind=kind, digest=digest, sender=bank
    )
    some = tuple(part.strip() for part in batches.split("、") if part.strip())
    return BankFile(path, "", prepared, bank, some, tuple(rows))


def _token_column(sheet: Sheet, header: int) -> int:
    """Find the tokens where their heading was overwritten."""
    below = sheet.rows[header : header + 500]
    for column in range(sheet.width, 0, -1):
        if tokens.is_column([row[column - 1] for row in below]):
            return column
    return 0


def _rows(
    sheet: Sheet, header: int, places: Mapping[str, int], asked: Mapping[int, Any]
) -> tuple[list[BookRow], list[LeftOut]]:
    rows: list[BookRow] = []
    left: list[LeftOut] = []
    serial = places.get(columns.SERIAL, 0)
    for number, cells in enumerate(sheet.rows[header:], header + 1):
        filled = [n for n, cell in enumerate(cells, 1) if not is_empty(cell) and n != serial]
        if not filled:
            left.append(LeftOut(number, "blank", "空行"))
            continue

        def fact(name: str, cells: Sequence[Any] = cells) -> str:
            column = places.get(name, 0)
            return "" if not column or is_empty(cells[column - 1]) else clean(cells[column - 1])

        firm, code = fact(columns.FIRM), fact(columns.CODE)
        token = tokens.read(cells[places[tokens.HEADING] - 1], Referral.TABLE) if (
            tokens.HEADING in places
        ) else None  # fmt: skip
        if token is None and not code and len(filled) <= 2:
            why = "没有代码，也没有台账记号，不是一户（合计、说明或签字）"
            left.append(LeftOut(number, "note", why))
            continue
        sent = columns.unpack_sent(
            cells[places[columns.SENT] - 1] if columns.SENT in places else None
        )
        given, problems = _given(number, cells, asked, sent or {})
        rows.append(BookRow(number, firm, code, fact(columns.BATCH), token, given, tuple(problems)))
    return rows, left


def _given(
    number: int, cells: Sequence[Any], asked: Mapping[int, Any], sent: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Problem]]:
    """Parse the questions of a row; a value that went out with the workbook is none of the bank's."""
    given: dict[str, Any] = {}
    problems = []
    for column, question in asked.items():
        cell = cells[column - 1]
        if is_empty(cell):
            continue
        spec = question.spec
        unit = "万元" if spec.kind.name == "money" else None
        try:
            if is_error(cell):
                raise ValueError(f"这一格是公式错误“{clean(cell)}”。请改成数字或文字。")
            value = spec.kind.parse(cell, unit)
        except ValueError as error:
            problems.append(Problem(number, question.label, clean(cell)[:80], str(error), "must"))
            continue
        if sent.get(question.name) != value:
            given[question.name] = value
    if "drawn" in given and "drawn_on" not in given and "drawn_on" in sent:
        given["drawn_on"] = sent["drawn_on"]  # another amount on the day that went out
    return given, problems
