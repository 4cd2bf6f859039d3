"""A ledger with firms on the recommendation list, and a bank's clerk who fills in workbooks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from ledger_desk.model.identifiers import body_check_character, credit_check_character
from ledger_desk.model.records import Application, Bank, Enterprise, Office, Person, Referral
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.work import pushing

LISTED, PUSHED = date(2026, 3, 2), date(2026, 3, 5)
NAMES = (("甲县农业银行", "农行"), ("甲县工商银行", "工行"), ("甲县建设银行", "建行"))


def code_of(number: int) -> str:
    """A credit code that holds, for an invented firm."""
    body = f"MA8{number:05d}"
    first = f"92411523{body}{body_check_character(body)}"
    return first + credit_check_character(first)


@dataclass
class County:
    """The ledger and what was made in it."""

    ledger: Ledger
    banks: list[str] = field(default_factory=list)
    firms: list[str] = field(default_factory=list)
    applications: list[str] = field(default_factory=list)

    def push(self, *, only: int | None = None) -> list[Referral]:
        """Push all (or some) to their banks; gives the referrals of the first bank."""
        pushing.push(self.ledger, self.applications[:only], PUSHED)
        return self.at(0)

    def at(self, bank: int) -> list[Referral]:
        """Referrals at a bank, in the order of the firms."""
        found = [r for r in self.ledger.find(Query(Referral)) if r.bank == self.banks[bank]]
        return sorted(found, key=lambda r: self.firms.index(str(r.enterprise)))


@contextmanager
def county(path: Path, firms: int = 4) -> Iterator[County]:
    """A county whose firms all want the first bank, every second one also the second."""
    office = Office(name="甲县专班", level="county", division="411523")
    with Ledger.create(path, office=office, person=Person(name="程甲")) as ledger:
        made = County(ledger)
        with ledger.step("备") as step:
            for name, short in NAMES:
                made.banks.append(step.create(Bank(name=name, short=short, type="国有商业银行")))
            for n in range(firms):
                firm = step.create(
                    Enterprise(name=f"甲县{n:03}号茶厂", code=code_of(n), phone=f"1380397{n:04}")
                )
                made.firms.append(firm)
                made.applications.append(step.create(Application(
                    no=f"申报2026-{n + 1:04}", enterprise=firm, applied_on=LISTED, source="走访",
                    state="已推荐", recommended_on=LISTED, amount=(n + 1) * 10_000_000,
                    purpose="流动资金", bank1=made.banks[0], bank2=made.banks[1] if n % 2 == 0 else None,
                )))  # fmt: skip
        yield made


@dataclass
class Workbook:
    """A bank's workbook as its clerk has it open."""

    path: Path

    def __post_init__(self) -> None:
        self.book = openpyxl.load_workbook(self.path)
        self.sheet = self.book["回填表"]
        self.head = next(n for n in range(1, 20) if self.sheet.cell(n, 1).value == "序号")
        self.columns = {
            cell.value: cell.column for cell in self.sheet[self.head] if cell.value is not None
        }

    def row_of(self, firm: str) -> int:
        """Row of a firm."""
        column = self.columns["经营主体名称"]
        return next(
            n for n in range(self.head + 1, self.sheet.max_row + 1)
            if self.sheet.cell(n, column).value == firm
        )  # fmt: skip

    def put(self, row: int, **given: Any) -> None:
        """Fill in cells by their headings; None blanks one."""
        for heading, value in given.items():
            column = next(c for h, c in self.columns.items() if h.split("(")[0] == heading)
            self.sheet.cell(row, column).value = value

    def rows(self) -> list[list[Any]]:
        """The cells below the heading."""
        return [[c.value for c in row] for row in self.sheet.iter_rows(min_row=self.head + 1)]

    def reorder(self, order: Callable[[list[list[Any]]], list[list[Any]]]) -> None:
        """Sort, cut or extend the rows."""
        rows = self.rows()
        self.sheet.delete_rows(self.head + 1, len(rows))
        for row in order(rows):
            self.sheet.append(row)

    def save(self) -> Path:
        """Save it where it was."""
        self.book.save(self.path)
        return self.path
