"""The forms that an office keeps in its ledger (自有表样), as texts and as forms."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import lru_cache

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Form, FormProblem, read_form
from ledger_desk.model.records import OfficeForm
from ledger_desk.reports.vocabulary import known
from ledger_desk.store import blobs
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows

FOLDER = "账套里的自有表样"
_BROKEN = (
    ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError,
    zlib.error,
)  # fmt: skip
_ANY = "这张自有表样的定义读不懂，没有用它。请在报表页重新做这张表，或停用它。"


@dataclass(frozen=True)
class OwnText:
    """One own form as it is kept.

    Attributes:
        name: Its id.
        definition: Text of ``form.toml``.
        blank: Bytes of the blank; empty where they are not there.
        why: Why there is no blank.
    """

    name: str
    definition: str
    blank: bytes
    why: str = ""


def own_texts(ledger: Ledger) -> tuple[OwnText, ...]:
    """Read the own forms of a ledger that are in use, in the order of their ids."""
    with ledger.read() as rows:
        return texts_of(rows)


def texts_of(rows: Rows) -> tuple[OwnText, ...]:
    """The same on a picture of the ledger; of two records of one id the later one counts."""
    found = {}
    for record in rows.find(Query(OfficeForm, sort=(("name", False), ("id", False)))):
        if not record.off and record.name:
            found[record.name] = text_of(rows, record)
    return tuple(found.values())


def text_of(rows: Rows, record: OfficeForm) -> OwnText:
    """Read one own form."""
    name, definition = record.name or "", record.definition or ""
    try:
        blank = blobs.read(rows, record.blank or "", f"{record.form_title}.xlsx")
    except UserError as error:
        return OwnText(name, definition, b"", str(error))
    return OwnText(name, definition, blank)


@lru_cache(maxsize=64)
def read_own(text: OwnText) -> tuple[Form | None, tuple[FormProblem, ...]]:
    """Read an own form; whatever stands in it, there is a form or a sentence, never an error."""

    def blank_of(name: str) -> bytes:
        if text.why:
            raise UserError(text.why)
        return text.blank

    try:
        form, wrong = read_form(text.name, text.definition.encode(), blank_of, known(), FOLDER)
    except _BROKEN:  # a form that came from elsewhere may hold anything
        return None, (FormProblem(text.name, "整个定义", _ANY),)
    return (None if form is None else replace(form, own=True)), tuple(wrong)
