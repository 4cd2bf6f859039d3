"""Synthetic firms and files for the tests of reading in and writing out."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.exchange.results import ImportResult
from ledger_desk.model.fields import Record
from ledger_desk.model.identifiers import (
    body_check_character,
    credit_check_character,
    registration_check_digit,
)
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query


def code(number: int, prefix: str = "91", county: str = "411523") -> str:
    """A credit code with both check characters right."""
    body = f"{number:08d}"
    first = f"{prefix}{county}{body}{body_check_character(body)}"
    return first + credit_check_character(first)


def regno(number: int, county: str = "411523") -> str:
    """A 15-digit registration number with its check digit."""
    first = f"{county}{number:08d}"
    return first + registration_check_digit(first)


def xlsx(path: Path, *sheets: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> Path:
    """Write a workbook; each sheet a list of rows from A1."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
        for place in merged:
            sheet.merge_cells(place)
    book.save(path)
    return path


def text(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Write a csv in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def read_in(ledger: Ledger, path: Path, kind: str | None = None, **more: Any) -> ImportResult:
    """Read a file in, as the command line does."""
    return apply(ledger, prepare(path, ledger, kind=kind), **more)


def every(ledger: Ledger, cls: type[Record]) -> list[Any]:
    """All live records of a class, as they were made."""
    with ledger.read() as rows:
        return rows.find(Query(cls))


def whole(ledger: Ledger) -> dict[str, list[Any]]:
    """Everything in the ledger but its journal, to compare states."""
    from ledger_desk.model.records import RECORDS

    with ledger.read() as rows:
        return {cls.TABLE: sorted(rows.find(Query(cls)), key=lambda r: r.id) for cls in RECORDS}


HEAD = ["企业名称", "统一社会信用代码", "注册日期", "法人代表", "注册资金", "注册地址"]


def firm(number: int, **more: str) -> list[str]:
    """A row of the registry list, under `HEAD`."""
    row = {
        "name": f"新县第{number}茶油加工有限公司",
        "code": code(number),
        "day": "2003-04-05",
        "person": "张三",
        "capital": "53.4600(万元)",
        "address": "新县卡房乡古店村",
    }
    return list((row | more).values())


def only(ledger: Ledger) -> Any:
    """The one firm of a ledger."""
    (found,) = every(ledger, Enterprise)
    return found
