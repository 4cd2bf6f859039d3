"""Two books over classes that are there for long, on a page in a shown window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from ledger_desk.model.records import Bank, Enterprise, Loan, Matching, Tagging
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.book import Book, Deed, Extra, QuickView
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.work.calling import call_all
from ledger_desk.work.outcome import Outcome, Refused
from tests.ui.places import settle, show

LOANS = 12
TODAY = date(2024, 11, 20)
OPEN = (Where("settled_on", "blank"),)


def settle_loans(ledger: Ledger, ids: Sequence[str], progress: Progress) -> Outcome:
    """Settle loans; those settled already are refused."""
    with ledger.read() as rows:
        found = rows.many(Loan, list(ids))
        names = call_all(rows, Loan, list(ids))
    refused = [
        Refused(record, names[record], f"这笔已经在 {loan.settled_on} 结清，不能再结一次。")
        for record, loan in found.items()
        if loan.settled_on
    ]
    done = [record for record, loan in found.items() if not loan.settled_on]
    progress(0, len(done), "正在登记")
    with ledger.step(f"登记结清 {len(done)} 笔") as step:
        step.change_many(Loan, [(record, {"settled_on": TODAY}) for record in done])
    return Outcome.of_step(step.result, done, refused, f"登记结清 {len(done)} 笔")


def settle_chosen(view: BookView, ids: list[str]) -> None:
    run_batch(view, "登记结清", lambda progress: settle_loans(view.ledger, ids, progress))


def days_left(_rows: Rows, records: Sequence[Any]) -> dict[str, str]:
    return {
        each.id: f"剩 {(each.due_on - TODAY).days} 天" for each in records if each.due_on
    }  # fmt: skip


def large(ledger: Ledger, _stop: object) -> list[str]:
    """Loans of a million and more, found by looking at each."""
    return [each.id for each in ledger.find(Query(Loan)) if (each.amount or 0) >= 100_000_000]


LOAN_BOOK = Book(
    key="loans", title="贷款", cls=Loan, noun="笔",
    columns=("enterprise", "enterprise.township", "bank", "amount", "due_on", "left", "purpose", "settled_on"),
    sort=(("due_on", True),),
    views=(
        QuickView("open", "未结清", OPEN, nothing="都结清了，没有还在账上的。"),
        QuickView("late", "已到期", lambda: (Where("due_on", "<", TODAY), *OPEN), "没有到期还没结清的。",
                  mark="late", sort=(("due_on", False),)),
        QuickView("large", "百万以上", scan=large),
    ),
    hint="放款以后，每笔贷款登在这里，到期前会提醒。",
    deeds=(
        Deed("settle", "登记结清", settle_chosen, icon="circle-check", where=OPEN, why="选中的都结清了", pri=True),
        Deed("due", "催一催", lambda view, ids: None, many=False),
    ),
    extras=(Extra("left", "还剩", days_left, width=90),),
    locked={"settled_on": "结清日期由“登记结清”写，不能直接改。"},
    conditions=("bank", "enterprise.township"),
    initial=lambda view: {"signed_on": TODAY},
    children=("drawdown", "repayment"),
)  # fmt: skip
MET_BOOK = Book(
    key="met", title="银企对接", cls=Matching, noun="次", name="对接",
    columns=("enterprise", "bank", "day", "method", "need"), hint="每谈一次登一次。",
)  # fmt: skip
TAG_BOOK = Book(
    key="tags", title="标签", cls=Tagging, noun="个", hint="名单上的企业都挂一个标签。",
)  # fmt: skip


def lend(ledger: Ledger, firms: Sequence[str], loans: int = LOANS) -> list[str]:
    """Give invented loans: every fourth is settled, the banks take turns."""
    with ledger.step("登记贷款") as step:
        banks = [step.create(Bank(name=name)) for name in ("新县农村商业银行", "中原银行新县支行")]
        return step.create_many(Loan, [
            {
                "enterprise": firms[n % len(firms)], "bank": banks[n % 2], "amount": (n + 1) * 10_000_000,
                "contract": f"HT-2024-{n:03d}", "due_on": date(2024, 6 + n % 7, 15), "purpose": "经营周转",
                "settled_on": date(2024, 10, 8) if n % 4 == 3 else None,
            }
            for n in range(loans)
        ])  # fmt: skip


def open_books(
    qtbot, window: MainWindow, jobs, ledger: Ledger, books: Sequence[Book] = (LOAN_BOOK, MET_BOOK, TAG_BOOK),
) -> BookPage:  # fmt: skip
    """A page of books in a shown window."""
    page = BookPage("贷款台账", ledger, jobs, window, books)
    window.add_page("books", "贷款台账", "cash", page)
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    settle(qtbot, lambda: page.tabs.tabs()[0].count is not None)
    page.view().panel.grid.setFocus()
    return page


@pytest.fixture
def book_page(qtbot, window: MainWindow, jobs, ledger: Ledger) -> Iterator[BookPage]:
    """The page on the module's ledger with loans; a module takes it as ``page = book_page``."""
    with ledger.read() as rows:
        firms = rows.ids(Query(Enterprise))
    if firms:
        lend(ledger, firms)
    made = open_books(qtbot, window, jobs, ledger)
    yield made
    jobs.wait()


def rows(page: BookPage) -> int:
    return page.view().count()


def go_to_row(page: BookPage, row: int, key: str = "") -> None:
    model = page.view().panel.grid.lazy_model()
    place = [column.key for column in model.columns].index(key) if key else 1
    page.view().panel.grid.setCurrentIndex(model.index(row, place))


def cell_text(page: BookPage, row: int, key: str) -> str:
    model = page.view().panel.grid.lazy_model()
    place = [column.key for column in model.columns].index(key)
    found = model.cell(row, place)
    return getattr(found, "text", found)
