"""What can be read in: any record class, told apart by declaration only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger_desk.errors import UserError
from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.model.fields import FieldSpec, Record, field_map, fields_of
from ledger_desk.model.records import BY_TABLE, Enterprise, Matching

# Records without a name of their own: what tells two of them apart (`decisions.md` 28 for 对接).
_NATURAL_KEYS: dict[str, tuple[str, ...]] = {
    "cultivation": ("enterprise", "listed_on"),
    "help": ("cultivation", "day", "kind", "content"),
    "matching": ("office", "bank", "enterprise", "day"),
    "credit": ("matching", "decided_on"),
    "loan": ("enterprise", "bank", "contract", "signed_on"),
    "drawdown": ("loan", "day", "amount"),
    "repayment": ("loan", "day", "amount"),
    "figure": ("indicator", "day", "office", "bank", "division"),
    "tagging": ("enterprise", "tag", "level"),
    "associate": ("enterprise", "name", "role"),
    "relation": ("enterprise", "kind", "other_name"),
    "premises": ("enterprise", "place"),
    "finance": ("enterprise", "year"),
    "tax_year": ("enterprise", "year"),
    "staffing": ("enterprise", "day"),
    "utility": ("enterprise", "kind", "month"),
    "standing": ("enterprise", "kind", "day", "content"),
    "rating": ("enterprise", "bank", "day"),
    "asset": ("enterprise", "kind", "name"),
    "surety": ("enterprise", "debtor", "creditor", "since"),
    "attachment": ("enterprise", "kind", "name", "hash"),
    "memo": ("enterprise", "day", "text"),
    "term": ("dictionary", "value"),
    "verdict": ("one", "other"),
    "intake": ("file", "sheet", "hash"),
    "dispatch": ("file", "day", "time"),
    "visit_task": ("plan", "enterprise"),
    "visit": ("enterprise", "day", "kind", "first"),
    "review": ("application", "level", "day", "verdict"),
    "dept_check": ("application", "item"),
    "referral": ("application", "bank", "guarantor", "pushed_on"),
    "guarantee": ("enterprise", "guarantor", "since", "amount"),
    "product": ("bank", "name"),
    "team": ("bank", "office", "kind", "name"),
    "renewal": ("enterprise", "bank", "due_on", "due_amount"),
    "tenancy": ("park", "enterprise"),
    "ticket_action": ("ticket", "day", "stage", "content"),
    "inspection": ("kind", "day", "bank", "branch", "business"),
    "complaint": ("received_on", "bank", "kind", "content"),
    "duty_case": ("day", "person", "facts"),
    "activity": ("kind", "day", "name", "office"),
    "attendance": ("activity", "enterprise"),
    "target": ("indicator", "since", "until", "office", "bank", "bank_type", "township"),
    "closing": ("form", "starts_on", "ends_on", "office", "number"),
    "remark": ("form", "starts_on", "ends_on", "office", "item"),
    "handing": ("form", "starts_on", "ends_on", "office", "bank"),
}
# What the program writes down for itself: read in only when it is asked for by name, or when a table
# has exactly its headings.
INTERNAL = frozenset(
    [
        "setting",
        "intake",
        "dispatch",
        "verdict",
        "destination",
        "attachment",
        "memo",
        "term",
        "office_form",
        "closing",
        "remark",
        "handing",
        "wording",
    ]
)
# The one layout that is not a list of records: each row is a matching with what followed.
LEDGER_ROWS = "ledger_rows"
LEDGER_ROW_KEY = ("enterprise", "bank", "day")
_OWN_NAMES = {"matching": LEDGER_ROWS, "工作台帐": LEDGER_ROWS, "工作台账": LEDGER_ROWS}


@dataclass(frozen=True)
class Target:
    """One record class as something to read in.

    Attributes:
        cls: The class.
        keys: Ways to find an existing record, most trusted first; each a tuple of fields that
            must all agree. For enterprises `enterprises.py` knows more.
    """

    cls: type[Record]
    keys: tuple[tuple[str, ...], ...]

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """Fields that a column can be."""
        return fields_of(self.cls)

    @property
    def must_have(self) -> tuple[tuple[str, ...], ...]:
        """A table is of use if it brings all fields of one of these groups."""
        known = field_map(self.cls)
        if self.cls is Enterprise:
            return tuple(self.keys)
        return tuple(tuple(n for n in key if known[n].required) or key[:1] for key in self.keys)


def target_of(cls: type[Record]) -> Target:
    """Make the target of a record class."""
    if cls is Enterprise:
        return Target(cls, (("code",), ("regno",), ("internal_no",), ("name",)))
    natural = _NATURAL_KEYS.get(cls.TABLE)
    if natural is not None:
        return Target(cls, (natural,))
    return Target(cls, tuple((s.name,) for s in fields_of(cls) if s.identity))


def must_have(cls: type[Record]) -> tuple[tuple[str, ...], ...]:
    """Give groups of fields of which a table must bring all of one; also for the 工作台帐."""
    return (LEDGER_ROW_KEY,) if cls is LedgerRow else target_of(cls).must_have


def kind_name(cls: type[Record]) -> str:
    """Give the word by which `find_kind` finds a class, or the 工作台帐."""
    return LEDGER_ROWS if cls is LedgerRow else cls.TABLE


def in_order(classes: Iterable[type[Record]]) -> list[type[Record]]:
    """Sort classes so that what a record points to comes before it; each class once."""
    order = list(
        BY_TABLE
    )  # the menu's: what is pointed to stands before, wherever that is possible
    return sorted(set(classes), key=lambda cls: _place(cls, order))


def _place(cls: type[Record], order: Sequence[str]) -> int:
    return len(order) if cls is LedgerRow else order.index(cls.TABLE)  # names all others in words


def find_kind(word: str | None) -> type[Record] | str | None:
    """Find what ``--as WORD`` means: a record class, `LEDGER_ROWS`, or None for "tell by itself".

    Raises:
        UserError: Nothing is called that; the sentence lists what can be read in.
    """
    if word is None or not word.strip():
        return None
    wanted = word.strip()
    if wanted.lower() in _OWN_NAMES or wanted == Matching.LABEL:
        return LEDGER_ROWS
    for table, cls in BY_TABLE.items():
        if wanted.lower() == table or wanted == cls.LABEL:
            return cls
    names = "、".join(f"{table}（{cls.LABEL}）" for table, cls in BY_TABLE.items())
    raise UserError(f"不认识“{wanted}”这种记录。可以读入的有：{names}。")
