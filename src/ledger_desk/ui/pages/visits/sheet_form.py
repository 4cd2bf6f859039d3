"""One visit being keyed in: filled, read, and judged while one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise, Visit, VisitPlan
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.pages.visits.file_offer import FileOffer
from ledger_desk.ui.pages.visits.sheet_fields import SheetFields
from ledger_desk.ui.records.dictionaries import divisions
from ledger_desk.ui.sections import Section
from ledger_desk.work.parameters import read
from ledger_desk.work.planning_targets import Recent, recent_visits
from ledger_desk.work.visiting import open_task
from ledger_desk.work.visiting_rules import CHECK, NEEDED, OWNERS, Remark, check, differences, unmet

KEPT = ("day", "kind", "method", "first", "second", "bank", "manager")
"""Fields that the next sheet takes over."""


class SheetForm(QWidget):
    """Edits the values of one visit.

    Signals:
        judged: The findings may have changed.
    """

    judged = Signal()

    def __init__(self, ledger: Ledger) -> None:
        """Build the fields; `begin` or `load` fill them."""
        super().__init__()
        self._ledger = ledger
        self._visit, self._task = "", ""
        self._start: dict[str, Any] = {}
        self._visited: set[str] = set()
        self._bad: dict[str, str] = {}
        self._findings: dict[str, Remark] = {}
        self._owner_set = self._need_set = False
        self._firm: Enterprise | None = None
        self._recent: Recent | None = None
        self._warn_days, self._twice = 0, False
        self.parts = SheetFields(ledger)
        self._editors, self._fields = self.parts.editors, self.parts.fields
        self.offer = FileOffer()
        self._file = Section("陆", "写进档案", "打勾的一起改")
        self._file.flow.add(self.offer, 12)
        self._file.flow.add(
            label("纸表上和档案里不一样的，打勾就随这次走访一步写进企业档案。", "dim", wrap=True),
            12,
        )
        self._file.setVisible(False)
        Column(self, gap=0).add(self.parts, self._file)
        self.parts.typed.connect(self._typed)
        self.parts.left.connect(self._left)
        self.offer.changed.connect(self.judged)
        shortcut = QShortcut(QKeySequence("F8"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.next_problem)

    # Filling

    def begin(self, keep: Mapping[str, Any] | None = None, **given: Any) -> None:
        """Start a new sheet: what the last one had of day and visitors stays, ``given`` stands."""
        start: dict[str, Any] = {"day": dt.date.today(), "kind": "走访", "method": "实地"}
        if keep is not None:
            start |= {name: keep.get(name) for name in KEPT}
        self._visit, self._task = "", str(given.pop("planned", "") or "")
        self._fill(start | given)

    def load(self, visit: Visit) -> None:
        """Edit a visit that is there."""
        self._visit, self._task = visit.id, visit.planned or ""
        self._fill({name: getattr(visit, name) for name in self._editors})
        self._visited = set(self._fields)
        self._owner_set = self._need_set = True
        self._judge()

    def _fill(self, values: Mapping[str, Any]) -> None:
        self._visited.clear()
        self._bad.clear()
        self._owner_set = self._need_set = False
        self.offer.forget()
        for name, editor in self._editors.items():
            editor.set_value(values.get(name))
        self._look_at_firm()
        self._judge()
        self._start = self._try_values() or dict(values)

    def visit(self) -> str:
        """Id of the visit that is edited; '' for a new one."""
        return self._visit

    # What stands there

    def values(self) -> dict[str, Any]:
        """Field of `Visit` → value.

        Raises:
            ValueError: Something cannot be read; the field says what.
        """
        found = {name: editor.value() for name, editor in self._editors.items()}
        if found["kind"] != CHECK:
            found["loan"] = found["use_found"] = None
        if self._task:
            found["planned"] = self._task
        return found

    def file(self) -> dict[str, Any]:
        """What is to be written into the firm's file."""
        return self.offer.chosen()

    def firm(self) -> Enterprise | None:
        """The firm chosen."""
        return self._firm

    def _try_values(self) -> dict[str, Any] | None:
        try:
            return self.values()
        except ValueError:
            return None

    def is_touched(self) -> bool:
        """Whether something was typed that is not stored."""
        now = self._try_values()
        return now is None or now != self._start

    def counts(self) -> tuple[int, int]:
        """How many 必改 and 须说明 are said; what nobody has come to yet is not held against them."""
        kinds = [
            f.kind for n, f in self._findings.items() if n not in self._bad and self._is_said(n)
        ]
        return kinds.count("must") + len(self._bad), kinds.count("explain")

    def missing(self) -> list[str]:
        """Fields for which nothing can be stored: empty, contradicting, or not readable."""
        wrong = [name for name, said in self._findings.items() if said.kind == "must"]
        order = list(self._fields)
        return sorted({*self._bad, *wrong}, key=order.index)

    def whys_not_ready(self) -> list[str]:
        """What keeps it from the application list, where a need was written; [] when nothing does."""
        values = self._try_values()
        return unmet(values) if values is not None else ["有的栏还读不出来。"]

    def show_all(self) -> None:
        """Say everything there is to say, also under fields nobody has been to."""
        self._visited = set(self._fields)
        self._judge(parse=True)

    def next_problem(self) -> None:
        """Go to the next 必改 or 须说明 after the focus (F8)."""
        names = self.parts.in_order()
        now = self.parts.here()
        place = names.index(now) + 1 if now in names else 0
        for name in names[place:] + names[:place]:
            finding = self._findings.get(name)
            if name in self._bad or (finding is not None and finding.kind in ("must", "explain")):
                self._visited.add(name)
                self._judge()
                self.parts.focus_field(name)
                return

    # Judging

    def _typed(self, name: str) -> None:
        self._bad.pop(name, None)
        self._judge()

    def _left(self, name: str) -> None:
        self._visited.add(name)
        if name == "enterprise":
            self._look_at_firm()
        if name == "met_owner":
            self._owner_set = True
        if name == "has_need":
            self._need_set = True
        self._judge(parse=True)
        if self._fields[name].isVisible():
            self.parts.bring_up(name)

    def _judge(self, *, parse: bool = False) -> None:
        self._suggest()
        if parse:
            self._bad = self._unreadable()
        values = self._try_values()
        if values is not None:
            self._findings = check(
                values, recent=self._recent, warn_days=self._warn_days,
                today=dt.date.today(), twice=self._twice and values.get("day") is not None,
            )  # fmt: skip
            self.parts.show_check(shown=values["kind"] == CHECK)
            offered = differences(self._firm, values) if self._firm is not None else []
            self.offer.offer(offered)
            self._file.setVisible(bool(offered))
        for name, field in self._fields.items():
            finding = self._findings.get(name)
            if name in self._bad:
                field.say("must", self._bad[name])
            elif finding is not None and self._is_said(name):
                field.say(*finding)
            else:
                field.say("", "")
        self.judged.emit()

    def _is_said(self, name: str) -> bool:
        early = name in ("has_need", "amount", "bank1") or name in NEEDED[1:]
        return name in self._visited or (not early and self._findings[name].kind != "must")

    def _unreadable(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, editor in self._editors.items():
            try:
                editor.value()
            except ValueError as error:
                if name in self._visited:
                    found[name] = str(error)
        return found

    def _suggest(self) -> None:
        """What follows from something else, until somebody says otherwise."""
        try:
            if not self._owner_set and self._editors["met_role"].value():
                owner = self._editors["met_role"].value() in OWNERS
                self._editors["met_owner"].set_value(owner or None)
            if not self._need_set and self._editors["amount"].value():
                self._editors["has_need"].set_value(True)
        except ValueError:
            return

    # The firm

    def _look_at_firm(self) -> None:
        """Read what is known of the firm chosen, and who was there lately."""
        try:
            chosen = self._editors["enterprise"].value()
        except ValueError:
            chosen = None
        self.parts.firm = chosen or ""
        self._firm, self._recent, self._twice = None, None, False
        if not chosen:
            self.parts.known.set_texts(
                ["选了企业，这里就是它的情况：在哪里、谁经营、最近谁走访过", ""]
            )
            self._hint_file(None)
            return
        today = dt.date.today()
        with self._ledger.read() as rows:
            self._firm = rows.get(Enterprise, chosen)
            self._warn_days = int(read(rows, today)["visit.warn_days"])
            recent = recent_visits(rows, [chosen], today, self._warn_days, besides=self._visit)
            self._recent = recent.get(chosen)
            task = open_task(rows, chosen)
            plan = rows.get(VisitPlan, task.plan) if task is not None else None
            day = self._try_day()
            same = (Where("enterprise", "=", chosen), Where("day", "=", day or today))
            self._twice = any(v.id != self._visit for v in rows.find(Query(Visit, same), 3))
        self._tell_firm(plan, task.due_on if task is not None else None)
        self._hint_file(self._firm)

    def _try_day(self) -> dt.date | None:
        try:
            day: dt.date | None = self._editors["day"].value()
        except ValueError:
            return None
        return day

    def _tell_firm(self, plan: VisitPlan | None, due: dt.date | None) -> None:
        firm = self._firm
        if firm is None:
            return
        where = divisions().get(firm.township or "", "")
        parts = [f"{where}{firm.village or ''}", firm.person or "", firm.status or ""]
        if plan is not None:
            parts.append(f"{plan.name}：应 {due} 前走访" if due else str(plan.name))
        words = "　".join(part for part in parts if part)
        self.parts.known.set_texts([words, "　".join(part for part in parts[:2] if part), ""])

    def _hint_file(self, firm: Enterprise | None) -> None:
        """Show in the empty fields what the file has: what is left empty stays as it is there."""
        for name in ("place", "staff", "revenue"):
            held = getattr(firm, name) if firm is not None else None
            shown = "" if held in (None, "") else field_map(Enterprise)[name].kind.show(held)
            line = self._editors[name].widget
            assert isinstance(line, TextField)
            line.setPlaceholderText(f"档案：{shown}" if shown else "")
