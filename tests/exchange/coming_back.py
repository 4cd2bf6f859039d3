"""Synthetic ledgers whose lists go out, and what people do to a list in Excel before it returns."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Help,
    Loan,
    Matching,
    Person,
    Repayment,
)
from ledger_desk.store.ledger import Ledger
from tests.exchange.making import code, regno

ROWS = 40
# Columns that go out, and those of them that people edit.
COLUMNS: dict[type[Record], tuple[str, ...]] = {
    Enterprise: ("name", "code", "size", "regno", "internal_no", "person", "founded", "capital",
                 "staff", "revenue", "complete", "phone", "scope", "village"),
    Bank: ("name", "short", "type", "contact", "phone", "note"),
    Person: ("name", "office", "bank", "role", "phone", "left_on"),
    Matching: ("office", "enterprise", "bank", "cultivation", "day", "method", "manager", "need", "note"),
    Loan: ("enterprise", "bank", "matching", "contract", "signed_on", "due_on", "amount", "rate",
           "security", "note"),
    Credit: ("matching", "decided_on", "granted", "amount", "rate", "security", "problem", "mend_by"),
    Drawdown: ("loan", "day", "amount", "estimated"),
    Repayment: ("loan", "day", "amount"),
    Help: ("cultivation", "day", "kind", "who", "content", "result"),
}  # fmt: skip
FIXED = (
    "size",
    "complete",
    "office",
    "enterprise",
    "bank",
    "cultivation",
    "matching",
    "loan",
    "granted",
    "estimated",
)


def fill(ledger: Ledger) -> None:
    """Forty firms, banks, people, matchings, loans and what hangs on them; some of one name, some cells empty."""
    with ledger.step("建") as step:
        firms = step.create_many(Enterprise, [
            {"name": "小吃店" if n % 8 == 7 else f"新县第{n}茶油有限公司", "person": f"经营者{n}",
             "code": None if n % 8 == 7 else code(n + 1), "kind": "其他组织", "capital": 123_456_789 + n,
             "founded": date(2001, 1, 1) + timedelta(days=37 * n), "staff": n or None,
             "internal_no": f"00{n}", "phone": f"1380397{n:04d}", "scope": f"=茶叶{n}\n+油茶",
             "revenue": None if n % 3 else 50_000_000 + n}
            for n in range(ROWS)
        ])  # fmt: skip
        banks = step.create_many(Bank, [
            {"name": f"某某{n}银行", "short": f"某{n}行", "type": "其他", "phone": f"0376-22{n:05d}",
             "contact": None if n % 2 else f"经理{n}", "note": f"@说明{n}"}
            for n in range(ROWS)
        ])  # fmt: skip
        step.create_many(Person, [
            {"name": "张三" if n % 10 == 9 else f"人员{n}", "office": ledger.office.id, "bank": banks[n],
             "role": "专班人员", "phone": f"1390000{n:04d}"}
            for n in range(ROWS)
        ])  # fmt: skip
        meetings = step.create_many(Matching, [
            {"office": ledger.office.id, "enterprise": firms[n], "bank": banks[n], "method": "电话",
             "day": date(2024, 11, 1) + timedelta(days=n), "need": 10_000_000 * n + 55, "note": f"-{n}"}
            for n in range(ROWS)
        ])  # fmt: skip
        loans = step.create_many(Loan, [
            {"enterprise": firms[n], "bank": banks[n], "matching": meetings[n], "contract": f"00{n}",
             "signed_on": date(2024, 12, 1) + timedelta(days=n), "amount": 30_000_000 + n, "rate": 36_500 + n,
             "security": "信用"}
            for n in range(ROWS)
        ])  # fmt: skip
        step.create_many(Credit, [
            {"matching": meetings[n // 2], "decided_on": date(2024, 12, 1) + timedelta(days=n),
             "granted": n % 3 > 0, "amount": 20_000_000 + n if n % 3 else None, "rate": 36_500 + n,
             "security": "信用", "problem": None if n % 3 else f"资料不全{n}\n待补"}
            for n in range(ROWS)
        ])  # fmt: skip
        for paid in (Drawdown, Repayment):  # two of one loan, of one day, of one amount
            step.create_many(paid, [
                {"loan": loans[n // 2], "day": date(2025, 1, 1), "amount": 10_000_000 + n // 4}
                for n in range(ROWS)
            ])  # fmt: skip
        grown = step.create_many(Cultivation, [
            {"enterprise": firms[n], "listed_on": date(2024, 5, 1), "state": "培植中", "source": "其他"}
            for n in range(ROWS)
        ])  # fmt: skip
        step.create_many(Help, [
            {"cultivation": grown[n // 4], "day": date(2024, 6, 1), "kind": "其他", "who": f"人{n}",
             "content": f"=帮扶{n}", "result": None}
            for n in range(ROWS)
        ])  # fmt: skip


def other_value(spec: FieldSpec, number: int, draw: random.Random) -> tuple[Any, Any]:
    """A value that no record has: as a person types it, and as the ledger should hold it."""
    kind = spec.kind.name
    if kind == "code":
        made = regno(number) if spec.name == "regno" else code(number * 7)
        return made, made
    if kind == "money":
        return number + 0.5, number * 1_000_000 + 500_000
    if kind == "rate":
        return round(5 + number / 10_000, 4), 50_000 + number
    if kind == "whole":
        return number, number
    if kind == "day":
        day = date(1990, 1, 1) + timedelta(days=number - 10_000)
        return day, day
    if kind == "phone":
        return f"137{number:08d}", f"137{number:08d}"
    if kind == "choice":
        words = [word for word in spec.kind.options if word not in ("其他", "电话", "信用")]
        word = draw.choice([w for w in words if w != "专班人员"])
        return word, word
    return f"改{number}号", f"改{number}号"


class Sheet:
    """The rows of a list that went out, as the person at the other end edits them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as lines:
                self.head, *self.rows = [list(row) for row in csv.reader(lines)]
            return
        from openpyxl import load_workbook

        self._book = load_workbook(path)
        sheet = self._book.worksheets[0]
        self.head, *self.rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    def save(self) -> None:
        if self.path.suffix == ".csv":
            with self.path.open("w", encoding="utf-8-sig", newline="") as out:
                csv.writer(out).writerows([self.head, *self.rows])
            return
        sheet = self._book.worksheets[0]
        styles = [cell._style for cell in sheet[2]]
        sheet.delete_rows(2, sheet.max_row)
        for column, label in enumerate(self.head, 1):
            sheet.cell(1, column).value = label
        for number, row in enumerate(self.rows, 2):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column)
                cell._style = styles[column - 1]
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # what looks like a formula is text here
        self._book.save(self.path)

    def put(self, row: list[Any], label: str, value: Any) -> None:
        as_text = self.path.suffix == ".csv" and value is not None
        row[self.head.index(label)] = str(value) if as_text else value


def edit(sheet: Sheet, cls: type[Record], draw: random.Random) -> dict[str, Any]:
    """Shuffle, delete a tenth, add a twentieth, edit a twentieth of the cells.

    Returns:
        ``new`` (row numbers) and ``changed``: row number → field → value expected.
    """
    known = field_map(cls)
    editable = [n for n in COLUMNS[cls] if n not in FIXED]
    draw.shuffle(sheet.rows)
    del sheet.rows[: len(sheet.rows) // 10]
    cells = [(r, n) for r in range(len(sheet.rows)) for n in editable]
    expected: dict[int, dict[str, Any]] = {}
    numbers = iter(draw.sample(range(10_000, 12_900), 2_000))
    for place, name in draw.sample(cells, len(cells) // 20):
        typed, value = other_value(known[name], next(numbers), draw)
        sheet.put(sheet.rows[place], known[name].label, typed)
        expected.setdefault(id(sheet.rows[place]), {})[name] = value
    fresh = set()
    for n in range(max(1, len(sheet.rows) // 20)):
        # Half of the new rows are copies of old ones, token and all, made into something else.
        row = list(sheet.rows[n]) if n % 2 else [None] * len(sheet.head)
        names = editable if n % 2 else [x for x in COLUMNS[cls] if x not in FIXED]
        for name in names:
            sheet.put(row, known[name].label, other_value(known[name], next(numbers), draw)[0])
        for name in ("office", "enterprise", "bank"):
            if name in COLUMNS[cls] and not n % 2:
                sheet.put(
                    row, known[name].label, sheet.rows[0][sheet.head.index(known[name].label)]
                )
        sheet.rows.append(row)
        fresh.add(id(row))
    draw.shuffle(sheet.rows)
    places = {id(row): number for number, row in enumerate(sheet.rows, 2)}
    sheet.save()
    return {
        "new": {places[key] for key in fresh},
        "changed": {places[key]: fields for key, fields in expected.items()},
    }
