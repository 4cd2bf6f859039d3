"""Keeping own forms (自有表样) in the ledger: each change one named step, which undo takes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Form
from ledger_desk.model.records import OfficeForm
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.designing.draft import Draft, definition
from ledger_desk.reports.designing.trying import with_draft
from ledger_desk.store import blobs
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where


@dataclass(frozen=True)
class OwnForm:
    """An own form as a list shows it.

    Attributes:
        record: Id of the record.
        id: Id of the form.
        title: Its title.
        source: From whom it came.
        since: Since when it is used.
        off: It is not used now.
        replaces: Title of the built-in form that it stands for, '' for none.
        note: What was noted.
    """

    record: str
    id: str
    title: str
    source: str
    since: date | None
    off: bool
    replaces: str
    note: str


def own_forms(rows: Rows) -> tuple[OwnForm, ...]:
    """List the own forms, those switched off too, by title."""
    built_in = load_forms().forms
    found = [
        OwnForm(
            r.id, r.name or "", r.form_title or "", r.source or "", r.since, bool(r.off),
            built_in[r.name or ""].title if r.name in built_in else "", r.note or "",
        )
        for r in rows.find(Query(OfficeForm))
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.title, each.id)))


def replaced_by(draft: Draft, ledger: Ledger) -> str:
    """Title of the form that a draft will stand for when it is kept; '' for none."""
    form = load_forms(ledger).forms.get(draft.id)
    return form.title if form is not None else ""


def keep(ledger: Ledger, draft: Draft, note: str = "") -> str:
    """Keep a draft as an own form; one of its id is changed, a built-in one of its id replaced.

    Returns:
        Id of the record.

    Raises:
        UserError: It has mistakes, which are told, or the ledger is only read.
    """
    with_draft(load_forms(ledger), draft)
    source = draft.source_title
    name = f"保存自有表样“{draft.title}”"
    with ledger.step(name) as step:
        return put(step, draft.id, draft.title, definition(draft), draft.blank, source, note)


def put(step: Step, name: str, title: str, text: str, blank: bytes, source: str, note: str) -> str:
    """Write one own form in a step; gives the id of its record."""
    values = {
        "form_title": title, "definition": text, "blank": blobs.keep(step, blank),
        "source": source or None, "off": None,
    }  # fmt: skip
    if note:
        values["note"] = note
    held = _records(step.rows, name)
    if held:
        step.change(OfficeForm, held[-1].id, values)
        return held[-1].id
    return step.create(OfficeForm(name=name, since=date.today(), **values))  # type: ignore[arg-type]


def switch_off(ledger: Ledger, name: str) -> None:
    """Use an own form no longer; a built-in one of its id is back.

    Raises:
        UserError: There is no own form of this id, or the ledger is only read.
    """
    _switch(ledger, name, True)


def switch_on(ledger: Ledger, name: str) -> None:
    """Use an own form again.

    Raises:
        UserError: There is no own form of this id, or the ledger is only read.
    """
    _switch(ledger, name, False)


def _switch(ledger: Ledger, name: str, off: bool) -> None:
    with ledger.read() as rows:
        held = _records(rows, name)
    if not held:
        built_in = name in load_forms().forms
        raise UserError(
            f"“{name}”是程序自带的表样，不能停用；只有自有表样可以。" if built_in
            else f"账套里没有代号是“{name}”的自有表样。"
        )  # fmt: skip
    word = "停用" if off else "启用"
    with ledger.step(f"{word}自有表样“{held[-1].form_title}”") as step:
        for record in held:
            step.change(OfficeForm, record.id, {"off": True if off else None})


def _records(rows: Rows, name: str) -> list[OfficeForm]:
    return rows.find(Query(OfficeForm, (Where("name", "=", name),), sort=(("id", False),)))


def text_of_form(form: Form) -> str:
    """The definition of any form as text, as an own one would be kept."""
    from ledger_desk.reports.designing.draft import draft_from

    return definition(draft_from(form))
