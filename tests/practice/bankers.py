"""Banks that answer by their workbooks: written, filled in with openpyxl as a clerk does it, read back.

Each returned one was treated badly: sorted the other way round, one row's token lost, one cell that the
ledger holds blanked. None of it may change what the season says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ledger_desk.model.bank_answers import BY_NAME, Answer
from ledger_desk.model.records import Bank, Referral
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.work import bank_books, deciding, reading_back
from tests.work.bank_places import Workbook

_BLANKED = ("银行备注", "客户经理", "对接日期")  # the first of them that holds something

_LEAST = 2  # firms in a workbook


class Bankers:
    """What the banks tell comes in: of some of them by workbooks, of the others keyed in."""

    def __init__(self, ledger: Ledger, folder: Path, banks: int) -> None:
        """Let the first banks (the larger ones, to whom most is pushed) use workbooks."""
        known = sorted(each.id for each in ledger.find(Query(Bank)))
        self._banks = dict.fromkeys(known[:banks], 0)
        self._folder, self._turn = folder, 0
        self.done = Counter[str]()  # what was done to the returned workbooks

    def tell(self, ledger: Ledger, answers: Mapping[str, Answer], day: date) -> Collection[str]:
        """Bring in what was told on a day."""
        with ledger.read() as rows:
            found = rows.many(Referral, list(answers))
        booked = {
            referral: {n: v for n, v in told.items() if BY_NAME[n].book and v is not None}
            for referral, told in answers.items()
            if found[referral].bank in self._banks and not found[referral].removed
        }
        many = Counter(found[referral].bank for referral, told in booked.items() if told)
        booked = {  # nobody sends a workbook back for a single firm: they ring up
            referral: told
            for referral, told in booked.items()
            if told and many[found[referral].bank] >= _LEAST
        }
        done = self._by_books(ledger, booked, found, day) if booked else set()
        rest = {
            referral: {n: v for n, v in told.items() if not BY_NAME[n].book}
            if referral in booked else told
            for referral, told in answers.items()
        }  # fmt: skip
        rest = {referral: told for referral, told in rest.items() if told}
        return done | set(deciding.answer(ledger, rest, day).done)

    def was_all_used(self) -> None:
        """See that each bank's workbooks came in, and that they had been treated badly."""
        assert all(self._banks.values()), self._banks
        assert min(self.done[each] for each in ("sorted", "token lost", "cell blanked")) >= 3

    def _by_books(
        self, ledger: Ledger, answers: Mapping[str, Answer], found: Mapping[str, Referral], day: date
    ) -> set[str]:  # fmt: skip
        self._turn += 1
        folder = self._folder / f"{self._turn:03}"
        made = bank_books.write_books(ledger, folder, list(answers), day=day)
        order = {
            bank: [r for r in answers if found[r].bank == bank]
            for bank in dict.fromkeys(found[r].bank for r in answers)
        }
        for book, (bank, some) in zip(made.books, order.items(), strict=True):
            assert book.rows == len(some)
            self._fill_in(Workbook(book.path), [answers[r] for r in some])
            self._banks[str(bank)] += 1
        files = reading_back.open_files([book.path for book in made.books])
        read = reading_back.apply(ledger, files, day)
        assert not [file.why for file in read.files if file.why]
        fates = [fate for file in read.files for fate in file.result.rows]
        odd = [each for each in fates if each.fate in ("wrong", "doubtful")]
        # Half and half again: a workbook cannot tell it from a mended day, so the bank is asked.
        assert all("又放了一笔同样的" in each.reason for each in odd), [each.reason for each in odd]
        assert read.counts["new"] + read.counts["changed"] == len(answers) - len(odd)
        asked = {str(each.record): answers[str(each.record)] for each in odd}
        self.done["bank asked"] += len(asked)
        return set(answers) - set(asked) | set(deciding.answer(ledger, asked, day).done)

    def _fill_in(self, book: Workbook, answers: list[Answer]) -> None:
        """Fill in the rows in the order in which they stand, then treat the workbook badly."""
        for number, told in enumerate(answers):
            row = book.head + 1 + number
            for heading in _BLANKED:
                cell = book.sheet.cell(row, book.columns[heading])
                asked = {BY_NAME[name].label for name in told}
                if number == 0 and cell.value is not None and heading not in asked:
                    book.put(row, **{heading: None})
                    self.done["cell blanked"] += 1
                    break
            book.put(row, **{BY_NAME[n].label.split("(")[0]: _cell(n, v) for n, v in told.items()})
        book.put(book.head + len(answers), 台账记号=None)
        self.done["token lost"] += 1
        book.reorder(lambda rows: list(reversed(rows)))
        self.done["sorted"] += 1
        book.save()


def _cell(name: str, value: Any) -> Any:
    """What a banker types: 万元, per cent, days, words."""
    kind = BY_NAME[name].spec.kind
    if kind.name == "money":
        return value / 1_000_000
    if kind.name == "rate":
        return value / 10_000
    return value if isinstance(value, date | int) and kind.name != "yes_no" else kind.show(value)
