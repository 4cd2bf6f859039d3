"""How a firm's file stands: what each section holds, what is missing in it, and where that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ledger_desk.model.completeness import SETTING, Completeness, completeness, marked
from ledger_desk.model.fields import Record, field_map, fields_of, values_of
from ledger_desk.model.lending import Judgement, Lenders, first_loan, lenders
from ledger_desk.model.records import Enterprise, Memo, Setting
from ledger_desk.model.sections import BELOW, SECTIONS, Section
from ledger_desk.store import lending
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.lending import Lent
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.dossier.columns import NOUNS
from ledger_desk.ui.records.checks import Finding, check_values
from ledger_desk.work.parameters import most_lenders

Children = Mapping[type[Record], Sequence[Any]]


@dataclass(frozen=True)
class Standing:
    """How one section stands: what to write beside its title, the mark, and required fields filled."""

    count: str
    mark: str
    filled: int = 0
    whole: int = 0

    def sentence(self) -> str:
        """For the head of the section and for screen readers."""
        if self.whole:
            return f"{self.whole} 项必填已填 {self.filled} 项"
        return self.count if self.count[:1] != "0" and self.count else "还没有"


@dataclass(frozen=True)
class Trouble:
    """Something to be mended: where it is, and what is wrong.

    Attributes:
        section: Number of the section.
        cls: Enterprise for a field of the firm, else the class of the list.
        record: Row of the list, '' for the firm itself.
        field: Name of the field.
        finding: Kind and sentence.
    """

    section: int
    cls: type[Record]
    record: str
    field: str
    finding: Finding

    @property
    def label(self) -> str:
        """What it is about."""
        return field_map(self.cls)[self.field].label


@dataclass(frozen=True)
class FileState:
    """A firm with what hangs on it, as it is in the ledger, and what the program makes of it."""

    values: Mapping[str, Any]
    children: Children
    troubles: tuple[Trouble, ...]
    complete: Completeness
    required: frozenset[str]
    first_loan: Judgement
    lenders: Lenders

    @cached_property
    def standings(self) -> dict[int, Standing]:
        """Section number → how it stands."""
        return {section.number: _standing(self, section) for section in SECTIONS}

    def count(self, kind: str) -> int:
        """How many 必改 (must) or 须说明 (explain) there are."""
        return sum(trouble.finding.kind == kind for trouble in self.troubles)


def read_file(ledger: Ledger, record: str, values: Mapping[str, Any]) -> FileState:
    """Read what hangs on a firm and look at all of it.

    Args:
        ledger: Where it is.
        record: The firm's id, '' for one that is not made yet.
        values: The firm's own values, as its forms hold them.
    """
    children: dict[type[Record], Sequence[Any]] = {}
    with ledger.read() as rows:
        for section in SECTIONS:
            for cls in section.lists:
                children[cls] = _children(rows, cls, record, children) if record else ()
        setting = rows.find(Query(Setting, (Where("name", "=", SETTING),)), 1)
        lent = lending.read(rows.connection, [record]).get(record) or Lent()
        most = most_lenders(rows)
    office = marked(setting[0].value if setting else None)
    complete = completeness(values, office)
    return FileState(
        values,
        children,
        tuple(_troubles(ledger, record, values, children, complete)),
        complete,
        frozenset(office) - frozenset(complete.waived),
        first_loan(
            lent.loans, lent.checks, own=values.get("first_loan_set"),
            note=values.get("first_loan_note"), lookback=lent.lookback,
        ),
        lenders(lent.loans, values.get("kind"), own=values.get("lenders_set"), note=values.get("lenders_note"), most=most),
    )  # fmt: skip


def _troubles(
    ledger: Ledger,
    record: str,
    values: Mapping[str, Any],
    children: Children,
    complete: Completeness,
) -> Iterator[Trouble]:
    """All that is to be mended, in the order of the sections."""
    found = check_values(Enterprise, values, ledger, record)
    for section in SECTIONS:
        for spec in fields_of(Enterprise):
            finding = found.get(spec.name)
            if spec.group not in section.groups:
                continue
            if spec.name in complete.missing:
                finding = finding or Finding("must", "还没填这一项，它算在建档完整度里。")
            elif finding is not None and values.get(spec.name) in (None, ""):
                finding = None  # the office does not require it, or not of this firm
            if finding is not None and _counts(finding):
                yield Trouble(section.number, Enterprise, "", spec.name, finding)
        for cls in section.lists:
            for each in children[cls]:
                for name, wrong in check_values(cls, values_of(each), ledger, each.id).items():
                    if _counts(wrong):
                        yield Trouble(section.number, cls, each.id, name, wrong)


def _counts(finding: Finding) -> bool:
    return finding.kind in ("must", "explain")


def _children(rows: Rows, cls: type[Record], record: str, known: Children) -> Sequence[Any]:
    if cls in BELOW:
        owner, link = BELOW[cls]
        owners = tuple(each.id for each in known.get(owner, ()))
        return rows.find(Query(cls, (Where(link, "in", owners),))) if owners else ()
    return rows.find(Query(cls, (Where("enterprise", "=", record),)))


def _standing(state: FileState, section: Section) -> Standing:
    specs = [spec for spec in fields_of(Enterprise) if spec.group in section.groups]
    required = [spec.name for spec in specs if spec.name in state.required]
    names = required or [spec.name for spec in specs]
    filled = sum(state.values.get(name) not in (None, "") for name in names)
    rows = sum(len(state.children[cls]) for cls in section.lists)
    musts = [t for t in state.troubles if t.section == section.number and t.finding.kind == "must"]
    if required:
        mark = "half" if musts or filled < len(names) else "done"
        mark = mark if filled or rows else "none"
        return Standing(f"{filled}/{len(names)}", mark, filled, len(names))
    if specs:
        return Standing(f"{filled} 项", "done" if filled else "none")
    cls = next((cls for cls in section.lists if state.children[cls]), section.lists[0])
    noun = NOUNS.get(cls.TABLE, "条") if len(section.lists) == 1 or cls is Memo else "条"
    mark = "none" if not rows else "half" if musts else "done"
    return Standing(f"{rows} {noun}", mark)
