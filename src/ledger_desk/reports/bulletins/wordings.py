"""The wordings of an office: three that are shipped, and its own, which replace those of the same name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from ledger_desk import paths
from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.reporting import Wording
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows

DAILY, WEEKLY, MONTHLY = "日通报", "周通报", "月通报"


@dataclass(frozen=True)
class WordingText:
    """One wording.

    Attributes:
        name: Name, unique.
        kind: 日通报, 周通报, 月通报 or 其他.
        heading: Title of the bulletin, with places.
        text: What follows.
        record: Id of the office's own record; None for a shipped one.
        shipped: Whether one of this name is shipped.
    """

    name: str
    kind: str
    heading: str
    text: str
    record: str | None = None
    shipped: bool = False


@lru_cache(maxsize=1)
def shipped() -> tuple[WordingText, ...]:
    """Give the wordings that come with the program."""
    data = (paths.resources() / "bulletins.toml").read_text(encoding="utf-8")
    return tuple(
        WordingText(each["name"], each["kind"], each["heading"], each["text"], shipped=True)
        for each in tomllib.loads(data)["wording"]
    )


def wordings(ledger: Ledger) -> list[WordingText]:
    """List what can be made: shipped ones first, each replaced by the office's own of its name."""
    with ledger.read() as rows:
        own = rows.find(Query(Wording, sort=(("name", False),)))
    names = {each.name for each in shipped()}
    mine = {str(each.name): each for each in own}
    found: list[WordingText] = []
    for given in shipped():
        record = mine.get(given.name)
        if record is None:
            found.append(given)
        elif not record.off:
            found.append(_text_of(record, shipped=True))
    found += [_text_of(each, shipped=False) for name, each in mine.items() if name not in names and not each.off]  # fmt: skip
    return found


def find_wording(ledger: Ledger, name: str) -> WordingText:
    """Give a wording by its name.

    Raises:
        UserError: There is none.
    """
    known = wordings(ledger)
    for each in known:
        if each.name == name.strip():
            return each
    raise UserError(f"没有“{name}”这个通报范本。可用的有：{'、'.join(w.name for w in known)}。")


def save_wording(ledger: Ledger, wording: WordingText) -> str:
    """Keep a wording in the ledger, as one step; gives the record's id.

    Raises:
        UserError: A name, a heading or a text is missing, or the name is taken.
    """
    name, text = wording.name.strip(), wording.text.strip()
    if not name or not text:
        raise UserError("范本要有名称和正文。请填上再存。")
    fields = {
        "name": name, "kind": wording.kind, "heading": wording.heading.strip() or None,
        "text": text, "off": None,
    }  # fmt: skip
    with ledger.step(f"改通报范本“{name}”") as step:
        held = _named(step.rows, name)
        if held is not None and held.id != wording.record:
            raise UserError(f"已经有一个叫“{name}”的范本。请换一个名称。")
        if wording.record is None:
            return step.create_many(Wording, [fields])[0]
        step.change(Wording, wording.record, fields)
    return wording.record


def drop_wording(ledger: Ledger, wording: WordingText) -> None:
    """Take an office's own wording away; the shipped one of its name comes back."""
    if wording.record is not None:
        with ledger.step(f"删去通报范本“{wording.name}”") as step:
            step.remove(Wording, wording.record)


def usual_days(kind: str, today: date) -> Period:
    """The period that a bulletin made today is most likely about."""
    if kind == DAILY:
        return Period(today, today)
    if kind == WEEKLY:
        return Period(today - timedelta(days=today.weekday()), today)
    return month_of(today)


def _named(rows: Rows, name: str) -> Wording | None:
    return next((each for each in rows.find(Query(Wording)) if each.name == name), None)


def _text_of(record: Wording, *, shipped: bool) -> WordingText:
    return WordingText(
        str(record.name), str(record.kind), record.heading or "", record.text or "", record.id, shipped
    )  # fmt: skip
