"""The office's own dictionary entries: read, added, renamed and switched off, each as one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.kinds import clean
from ledger_desk.model.listing import Listing
from ledger_desk.model.records import Term
from ledger_desk.model.terms import BY_KEY, Dictionary, Entry, uses_of
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

_AREA = 571  # 400-599 are 类似乡级单位 in the statistical codes, `domain.md` §9.5
_LAST_AREA = 600


def terms_of(rows: Rows, key: str) -> list[Term]:
    """Read the office's entries of a dictionary."""
    return rows.find(Query(Term, (Where("dictionary", "=", key),)))


class Listings:
    """The dictionaries of one ledger, read again when the ledger has changed."""

    def __init__(self, ledger: Ledger) -> None:
        """Read from a ledger, when somebody asks."""
        self._ledger = ledger
        self._head = ""
        self._made: dict[str, Listing] = {}

    def listing(self, key: str) -> Listing:
        """Give the entries of a dictionary as they are now."""
        head = self._ledger.head()
        if head != self._head:
            self._head = head
            self._made.clear()
        made = self._made.get(key)
        if made is None:
            with self._ledger.read() as rows:
                found = terms_of(rows, key)
            home = self._ledger.office.division or ""
            made = self._made[key] = Listing(BY_KEY[key], home, found)
        return made


def own_places(rows: Rows) -> dict[str, str]:
    """Names of the office's own places (开发区, 管理区), and their codes, to the names."""
    found: dict[str, str] = {}
    for term in terms_of(rows, "division"):
        if term.value:
            found[term.value] = term.value
            if term.code:
                found.setdefault(term.code, term.value)
    return found


def add(ledger: Ledger, dictionary: Dictionary, values: Mapping[str, Any]) -> str:
    """Add one entry as one step.

    Args:
        ledger: Where to.
        dictionary: The dictionary.
        values: ``value`` and, where they are known, ``code``, ``parent``, ``hint``, ``source``.

    Returns:
        Id of the term.

    Raises:
        UserError: The word is missing, or the dictionary has it.
    """
    with ledger.step(f"词典“{dictionary.title}”加“{clean(values.get('value') or '')}”") as step:
        made = _checked(ledger, step, dictionary, values)
        return step.create(Term(dictionary=dictionary.key, **made))


def _checked(
    ledger: Ledger, step: Step, dictionary: Dictionary, values: Mapping[str, Any], but: str = ""
) -> dict[str, Any]:
    """Clean the values of an entry and see that nothing else is called so."""
    made = {name: clean(value) or None for name, value in values.items() if value is not None}
    word = made.get("value")
    if not word:
        raise UserError("词条还没有写。请写上名称再存。")
    home = ledger.office.division or ""
    listing = Listing(
        dictionary, home, [t for t in terms_of(step.rows, dictionary.key) if t.id != but]
    )
    parent = made.get("parent") or ""
    if dictionary.key == "village" and not parent:
        raise UserError(f"“{word}”在哪个乡镇（街道）还没有写。请选一个再存。")
    if dictionary.key == "division":
        if not made.get("code"):
            made["code"] = free_code(listing.own, home)
        code = str(made["code"])
        if listing.code_taken(code):
            raise UserError(f"代码“{code}”已经有了。请换一个代码。")
    if listing.has(word, parent):
        raise UserError(f"“{dictionary.title}”里已经有“{word}”。如果它停用了，请启用它。")
    return made


def free_code(own: Iterable[Entry], home: str) -> str:
    """Suggest a code for a place of the office's own: nine digits inside its county."""
    taken = {entry.code for entry in own}
    county = home[:6].ljust(6, "0")
    return next(
        code for n in range(_AREA, _LAST_AREA + len(taken)) if (code := f"{county}{n}") not in taken
    )


def change(ledger: Ledger, dictionary: Dictionary, entry: Entry, values: Mapping[str, Any]) -> int:
    """Change an own entry; a new word also goes where the old one stands, all as one step.

    Returns:
        How many records carried the old word and carry the new one now.

    Raises:
        UserError: The word is missing, or another entry is called so.
    """
    changed = 0
    with ledger.step(f"词典“{dictionary.title}”改“{entry.text}”") as step:
        made = _checked(ledger, step, dictionary, values, entry.record)
        step.change(Term, entry.record, made)
        if made["value"] != entry.text:
            for cls, spec in uses_of(dictionary):
                where = (Where(spec.name, "=", entry.text),)
                ids = step.rows.ids(Query(cls, where))
                changed += step.change_many(
                    cls, [(each, {spec.name: made["value"]}) for each in ids]
                )
    return changed


def switch(ledger: Ledger, dictionary: Dictionary, entry: Entry, *, off: bool) -> None:
    """Stop or begin to offer an entry; where it stands already it stays and stays valid."""
    verb = "停用" if off else "启用"
    with ledger.step(f"词典“{dictionary.title}”{verb}“{entry.text}”") as step:
        if entry.record:
            step.change(Term, entry.record, {"off": off})
        else:
            step.create(
                Term(
                    dictionary=dictionary.key,
                    value=entry.text,
                    parent=entry.parent or None,
                    off=off,
                )
            )


def count_uses(rows: Rows, dictionary: Dictionary, entry: Entry) -> dict[str, int]:
    """Count the records that carry an entry: name of the list and field → how many, none left out."""
    value = dictionary.value_of(entry)
    return {
        f"{cls.LABEL}的“{spec.label}”": rows.count(Query(cls, (Where(spec.name, "=", value),)))
        for cls, spec in uses_of(dictionary)
    }
