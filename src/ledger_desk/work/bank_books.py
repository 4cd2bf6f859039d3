"""Workbooks for banks: one for each bank out, all returned ones of a folder in, in one go.

A dry run reads every file in a child process, matches and compares; applying compares again inside
its step, so that the dry run is the real run (`product.md` §6, `decisions.md` 28 and 32).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.exchange import dispatching
from ledger_desk.exchange.bank_books.writing import BookLine, write_book
from ledger_desk.exchange.dispatching import Leaving
from ledger_desk.exchange.ways import IN_FULL, MASKED, Way
from ledger_desk.model.bank_answers import GIVEN_UP, REFUSED
from ledger_desk.model.records import Application, Bank, Enterprise, PushBatch, Referral
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.answered import read_answered
from ledger_desk.work.following import refusals

_MOST_WORDS = 60


@dataclass(frozen=True)
class WrittenBook:
    """One workbook that was written."""

    path: Path
    bank: str
    rows: int


@dataclass(frozen=True)
class Written:
    """All of them; ``remarks`` say what the person should know besides."""

    books: tuple[WrittenBook, ...]
    remarks: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Firms in all of them."""
        return sum(book.rows for book in self.books)


def referrals_of(ledger: Ledger, batches: Sequence[str] = ()) -> list[str]:
    """Referrals of push batches, or all to banks that are not refused or given up."""
    wheres: tuple[Where, ...] = (Where("bank", "notblank"),)
    if batches:
        wheres += (Where("batch", "in", tuple(batches)),)
    with ledger.read() as rows:
        ids = rows.ids(Query(Referral, wheres, sort=(("pushed_on", False),)))
        if batches:
            return ids
        known = read_answered(rows, ids)
    return [i for i in ids if known[i].values.get("decision") not in (REFUSED, GIVEN_UP)]


def batch_named(ledger: Ledger, number: str) -> str:
    """Find a push batch by its number.

    Raises:
        UserError: There is none.
    """
    with ledger.read() as rows:
        found = rows.find(Query(PushBatch, (Where("no", "=", number.strip()),)), 1)
    if not found:
        raise UserError(f"没有“{number}”这个推送批次。批次号写成 推送2026-0001 这样。")
    return found[0].id


def write_books(
    ledger: Ledger,
    folder: Path,
    referrals: Sequence[str],
    *,
    private: bool = False,
    day: date | None = None,
    progress: Progress = silent,
) -> Written:
    """Write one workbook for each bank of some referrals, and register each as a file that left.

    Args:
        ledger: Where they are.
        folder: Where to; made if it is not there. Files there stay: a new name is taken.
        referrals: Ids; those to guarantors are passed over.
        private: Telephones in full.
        day: Day in the names of files of several batches, and in the register; None: today.
        progress: May cancel; files already written stay.

    Raises:
        UserError: Nothing is to be written, or the folder or a file cannot be written.
        Cancelled: From ``progress``.
    """
    with ledger.read() as rows:
        lines = _lines(rows, referrals)
        names = rows.many(Bank, sorted(lines))
        words = _words(rows)
    if not lines:
        raise UserError("没有要发给银行的推荐。请先把推荐清单推送到银行，或另选批次。")
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"“{folder}”建不了：{files.reason(error)}。请换一个文件夹。") from error
    way = Way(private=IN_FULL if private else MASKED)
    made: list[WrittenBook] = []
    at = datetime.combine(day, datetime.now().time()) if day is not None else None
    remarks: list[str] = []
    for place, (bank, some) in enumerate(lines.items()):
        progress(place, len(lines), "正在写银行回填表")
        title, short = names[bank].title, names[bank].short or names[bank].title
        batches = {line.batch.no for line in some if line.batch is not None}
        mark = next(iter(batches)) if len(batches) == 1 else f"{day or date.today()}"
        name = files.safe_name(f"{short}_推荐企业回填表_{mark}.xlsx")
        path = files.free_name(Path(folder) / name)
        count = write_book(
            path, title, ledger.office.title, some, words=words,
            division=ledger.office.division or "", way=way,
        )  # fmt: skip
        made.append(WrittenBook(path, title, count))
        left = Leaving(
            "推荐企业回填表", count, None, title, "银行回填对接、授信、放款", way.private
        )
        told = dispatching.register(ledger, path, left, at)
        remarks += [told.why] if told.why else []
    progress(len(lines), len(lines), "正在写银行回填表")
    return Written(tuple(made), tuple(dict.fromkeys(remarks)))


def _lines(rows: Rows, referrals: Sequence[str]) -> dict[str, list[BookLine]]:
    """The firms of each bank, in the order of the referrals."""
    known = read_answered(rows, referrals)
    live = [known[r] for r in referrals if r in known and not known[r].referral.removed]
    live = [one for one in live if one.referral.bank]
    own = [one.referral for one in live]
    firms = rows.many(Enterprise, sorted({str(r.enterprise) for r in own}))
    needs = rows.many(Application, sorted({str(r.application) for r in own}))
    batches = rows.many(PushBatch, sorted({str(r.batch) for r in own if r.batch}))
    found: dict[str, list[BookLine]] = {}
    for one in live:
        referral = one.referral
        firm, need = firms.get(str(referral.enterprise)), needs.get(str(referral.application))
        if firm is not None and need is not None:
            line = BookLine(referral, need, firm, batches.get(str(referral.batch)), one.values)
            found.setdefault(str(referral.bank), []).append(line)
    return found


def _words(rows: Rows) -> Mapping[str, tuple[str, ...]]:
    """Words to choose from that an office may have added to: the reasons of refusals."""
    entries = [e for e in refusals(rows).page(0, _MOST_WORDS) if not e.off]
    return {"reason": tuple(dict.fromkeys(entry.text for entry in entries))}
