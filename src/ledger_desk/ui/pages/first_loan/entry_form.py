"""One matching being keyed in: filled, read, and judged while one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk.model.records import Bank
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.pages.first_loan.draft import Draft, open_entry, same_contact
from ledger_desk.ui.pages.first_loan.entry_fields import NO, WAIT, YES, EntryFields
from ledger_desk.ui.pages.first_loan.entry_rules import NEEDED, check_draft
from ledger_desk.ui.records.checks import Finding

_KEPT = ("office", "bank", "day")
"""Fields that the next entry takes over."""


class EntryForm(QWidget):
    """Edits one `Draft`.

    Signals:
        judged: The findings may have changed.
    """

    judged = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Build the fields; `begin` or `load` fill them."""
        super().__init__()
        self._ledger = ledger
        self._before: Draft | None = None
        self._start = Draft()
        self._follows, self._given = True, False
        self._visited: set[str] = set()
        self._bad: dict[str, str] = {}
        self._findings: dict[str, Finding] = {}
        self._listed = ""
        self.parts = EntryFields(ledger)
        self._editors, self._fields = self.parts.editors, self.parts.fields
        Column(self, gap=0).add(self.parts)
        self.parts.typed.connect(self._typed)
        self.parts.left.connect(self._left)
        shortcut = QShortcut(QKeySequence("F8"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.next_problem)

    # Filling

    def begin(self, keep: Draft | None = None, **given: Any) -> None:
        """Start a new entry: office, bank and day of ``keep`` stay, ``given`` values stand."""
        start = Draft(office=self._ledger.office.id, day=dt.date.today())
        if keep is not None:
            start = replace(start, **{name: getattr(keep, name) for name in _KEPT})
        self._before = None
        self._fill(replace(start, **given))

    def load(self, draft: Draft) -> None:
        """Edit a matching that is there."""
        self._before = draft
        self._fill(draft)
        self._visited = set(self._fields)
        self._judge()

    def _fill(self, draft: Draft) -> None:
        self._start = draft
        self._follows = draft.decided_on is None
        self._given = draft.decided_on is not None and not draft.estimated
        self._visited.clear()
        self._bad.clear()
        for name, editor in self._editors.items():
            editor.set_value(getattr(draft, name))
        word = YES if draft.granted else NO if draft.granted is False else None
        self.parts.granted.set_value(word or (WAIT if draft.id else None))
        self.parts.payments.set_payments(draft.payments)
        self._start = self._start if draft.id else self._try_draft() or draft
        self._judge()

    def before(self) -> Draft | None:
        """What was read for editing; None for a new entry."""
        return self._before

    # What stands there

    def draft(self) -> Draft:
        """What stands in the form.

        Raises:
            ValueError: Something cannot be read; the field says what.
        """
        values: dict[str, Any] = {}
        for name, editor in self._editors.items():
            values[name] = editor.value()
        values["granted"] = self.parts.value_of_granted()
        values["payments"] = self.parts.payments.payments()
        decided = values["decided_on"] if values["granted"] is not None else None
        values["decided_on"] = decided or (values["day"] if values["granted"] is not None else None)
        return replace(self._start, **values, estimated=not self._given, cultivation=self._listed)

    def _try_draft(self) -> Draft | None:
        try:
            return self.draft()
        except ValueError:
            return None

    def is_touched(self) -> bool:
        """Whether something was typed that is not stored."""
        now = self._try_draft()
        same = {"cultivation": "", "estimated": True}
        return now is None or replace(now, **same) != replace(self._start, **same)  # type: ignore[arg-type]

    def counts(self) -> tuple[int, int]:
        """How many 必改 and 须说明 are said; what nobody has come to yet is not held against them."""
        kinds = [
            f.kind for n, f in self._findings.items() if n not in self._bad and self._is_said(n)
        ]
        return kinds.count("must") + len(self._bad), kinds.count("explain")

    def _is_said(self, name: str) -> bool:
        return name in self._visited or self._findings[name].kind == "explain"

    def missing(self) -> list[str]:
        """Fields without which nothing can be stored, or that cannot be read."""
        empty = [
            name
            for name in NEEDED
            if name in self._findings and self._findings[name].kind == "must"
        ]
        return [*self._bad, *empty]

    def show_all(self) -> None:
        """Say everything there is to say, also under fields nobody has been to."""
        self._visited = set(self._fields)
        self._judge(parse=True)

    def next_problem(self) -> None:
        """Go to the next 必改 or 须说明 after the focus (F8)."""
        names = list(self._fields)
        here = QApplication.focusWidget()
        now = next(
            (n for n in names if here is not None and self._fields[n].isAncestorOf(here)), ""
        )
        place = names.index(now) + 1 if now else 0
        for name in names[place:] + names[:place]:
            finding = self._findings.get(name)
            if name in self._bad or (finding is not None and finding.kind in ("must", "explain")):
                self._visited.add(name)
                self._judge()
                self.parts.focus_field(name)
                return

    # Judging

    def _typed(self, name: str) -> None:
        if name == "decided_on":
            self._given = bool(self._editors[name].text())
            self._follows = not self._given
        self._bad.pop(name, None)
        self._judge()

    def _left(self, name: str) -> None:
        self._visited.add(name)
        if name == "day":
            self._visited.discard("decided_on")
        self._judge(parse=True)

    def _judge(self, *, parse: bool = False) -> None:
        self._suggest()
        if parse:
            self._bad = self._unreadable()
        draft = self._try_draft()
        if draft is not None:
            with self._ledger.read() as rows:
                entry = open_entry(rows, draft.enterprise, draft.day)
                twice = same_contact(rows, draft)
                bank = rows.get(Bank, draft.bank)
            self._listed = entry.id if entry is not None else ""
            word = (bank.short or bank.title) if bank is not None else ""
            self._findings = check_draft(
                draft, word, listed=entry is not None, twice=twice, today=dt.date.today()
            )
        self._show_needed(draft)
        for name, field in self._fields.items():
            finding = self._findings.get(name)
            if name in self._bad:
                field.say("must", self._bad[name])
            elif finding is not None and self._is_said(name):
                field.say(*finding)
            else:
                field.say("", "")
        self.judged.emit()

    def _unreadable(self) -> dict[str, str]:
        found: dict[str, str] = {}
        readers: dict[str, Callable[[], object]] = {n: e.value for n, e in self._editors.items()}
        readers["drawn"] = self.parts.payments.payments
        for name, read in readers.items():
            try:
                read()
            except ValueError as error:
                if name in self._visited:
                    found[name] = str(error)
        return found

    def _suggest(self) -> None:
        """Days that follow from others until somebody types them."""
        try:
            day = self._editors["day"].value()
            if self._follows:
                self._editors["decided_on"].set_value(
                    day if self.parts.granted.value() in (YES, NO) else None
                )
            decided = self._editors["decided_on"].value()
        except ValueError:
            return
        self.parts.payments.suggest_day(decided or day)

    def _show_needed(self, draft: Draft | None) -> None:
        """Show what belongs to the decision, and whatever has something in it all the same."""
        chosen = self.parts.granted.value()
        full = draft if draft is not None else self._start
        wanted = {
            "decided_on": chosen in (YES, NO),
            "amount": chosen == YES or bool(full.amount) or "amount" in self._bad,
            "security": chosen == YES or bool(full.security),
            "problem": chosen == NO or bool(full.problem),
        }
        paying = chosen == YES or bool(full.payments) or "drawn" in self._bad
        self.parts.show_needed(wanted, paying=paying)
