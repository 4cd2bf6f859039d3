"""Everything that hangs on some firms, read together: a few selects whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.lending import Judgement, Lenders, MostLenders, first_loan, lenders
from ledger_desk.model.records import (
    BY_TABLE,
    Bank,
    Enterprise,
)
from ledger_desk.model.sections import BELOW, SECTIONS
from ledger_desk.store import lending
from ledger_desk.store.lending import Lent
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.parameters import most_lenders

R = TypeVar("R", bound=Record)
AT_ONCE = 50  # firms read together: their children fit the memory whatever the job's length
_DAYS = ("day", "year", "month", "listed_on", "signed_on", "decided_on", "since")


@dataclass
class FirmFile:
    """One firm and all that hangs on it.

    Attributes:
        firm: The firm.
        lists: Class → its live records, oldest first.
        titles: Id → name of every record that one of them points to.
        lent: Its loans and credit checks, as they are judged.
        most: From how many banks on the office warns; None: as the document has it.
    """

    firm: Enterprise
    lists: dict[type[Record], list[Record]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    lent: Lent = field(default_factory=Lent)
    most: MostLenders | None = None

    def of(self, cls: type[R]) -> list[R]:
        """The live records of a class."""
        found: Any = self.lists.get(cls, [])
        return list(found)

    def first_loan(self) -> Judgement:
        """First-loan standing with its reason."""
        firm, lent = self.firm, self.lent
        return first_loan(
            lent.loans,
            lent.checks,
            own=firm.first_loan_set,
            note=firm.first_loan_note,
            lookback=lent.lookback,
        )

    def lenders(self) -> Lenders:
        """How many banks lend, with its reason."""
        firm = self.firm
        return lenders(
            self.lent.loans, firm.kind, own=firm.lenders_set, note=firm.lenders_note, most=self.most
        )


def gather(rows: Rows, firms: Sequence[str]) -> Iterator[FirmFile]:
    """Read firms with all that hangs on them, in the order given; unknown ids are left out."""
    most = most_lenders(rows)
    for start in range(0, len(firms), AT_ONCE):
        some = firms[start : start + AT_ONCE]
        found = rows.many(Enterprise, some)
        files = {record: FirmFile(found[record], most=most) for record in some if record in found}
        for cls in dict.fromkeys(cls for section in SECTIONS for cls in section.lists):
            if any(spec.name == "enterprise" for spec in fields_of(cls)):
                for record in _hanging(rows, cls, "enterprise", list(files)):
                    files[getattr(record, "enterprise")].lists.setdefault(cls, []).append(record)  # noqa: B009
        for cls, (owner, link) in BELOW.items():
            whose = {
                record.id: file for file in files.values() for record in file.lists.get(owner, ())
            }
            for record in _hanging(rows, cls, link, list(whose)):
                whose[getattr(record, link)].lists.setdefault(cls, []).append(record)
        for firm, lent in lending.read(rows.connection, list(files)).items():
            files[firm].lent = lent
        _name(rows, list(files.values()))
        yield from files.values()


def _hanging(rows: Rows, cls: type[R], link: str, owners: Sequence[str]) -> list[R]:
    found: list[R] = []
    for start in range(0, len(owners), 500):
        inside = Where(link, "in", tuple(owners[start : start + 500]))
        found += rows.find(Query(cls, (inside,)))
    names = [name for name in _DAYS if name in {spec.name for spec in fields_of(cls)}]
    found.sort(key=lambda record: (*(str(getattr(record, n) or "") for n in names), record.id))
    return found


def _name(rows: Rows, files: Sequence[FirmFile]) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    for file in files:
        for cls, records in file.lists.items():
            links = [spec for spec in fields_of(cls) if spec.ref]
            for record in records:
                for spec in links:
                    value = getattr(record, spec.name)
                    if value:
                        wanted[spec.ref].add(value)
    titles: dict[str, str] = {}
    for table, ids in wanted.items():
        for record in rows.many(BY_TABLE[table], sorted(ids)).values():
            short = record.short if isinstance(record, Bank) else None
            titles[record.id] = short or record.title
    for file in files:
        file.titles = titles
