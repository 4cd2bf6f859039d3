"""What was typed into gaps, kept in the ledger where a field waits for it: one step, one undo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger_desk.exchange import looking_up
from ledger_desk.exchange.parsing import Odd
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.townships import townships
from ledger_desk.model.fields import FieldSpec, field_map
from ledger_desk.model.records import BY_TABLE, Associate
from ledger_desk.reports.filling.plan import FIRMS, Gap, Plan
from ledger_desk.reports.filling.written import Typed
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger


@dataclass(frozen=True)
class Keepable:
    """What of the typed answers can be kept.

    Attributes:
        changes: Table → record → field → value.
        people: Firm → telephone of its owner, to be noted down among the related people.
        left: (gap, why) of those that go into the file only.
    """

    changes: Mapping[str, dict[str, dict[str, Any]]]
    people: Mapping[str, str]
    left: tuple[tuple[Gap, str], ...] = field(default=())

    @property
    def count(self) -> int:
        """How many answers are kept."""
        some = sum(len(fields) for each in self.changes.values() for fields in each.values())
        return some + len(self.people)


def why_not(gap: Gap) -> str:
    """Say why an answer to a gap could not be kept; '' where it can."""
    if gap.topic.id == "people.owner":
        return ""
    if gap.topic.keeps is None:
        return "这一项是算出来的，或由几条记录合起来，只写进表里"
    if not gap.record:
        label = BY_TABLE[gap.topic.keeps[0]].LABEL
        return f"账上没有可以补的一条{label}（没有，或有几条），只写进表里"
    return ""


def keepable(ledger: Ledger, plan: Plan, typed: Typed) -> Keepable:
    """Read the typed answers as values of their fields; nothing is written."""
    changes: dict[str, dict[str, dict[str, Any]]] = {}
    people: dict[str, str] = {}
    left: list[tuple[Gap, str]] = []
    for gap in plan.gaps if plan.asked.rows_are == FIRMS else ():
        text = typed.get((gap.row, gap.column), "").strip()
        if not text:
            continue
        why = why_not(gap)
        if why:
            left.append((gap, why))
            continue
        try:
            value = _value(ledger, plan, gap, text)
        except ValueError as error:
            left.append((gap, f"{error}只写进表里"))
            continue
        if gap.topic.keeps is None:
            people[gap.firm] = value
        else:
            table, name = gap.topic.keeps
            changes.setdefault(table, {}).setdefault(gap.record, {})[name] = value
    return Keepable(changes, people, tuple(left))


def _value(ledger: Ledger, plan: Plan, gap: Gap, text: str) -> Any:
    manner = plan.manners[gap.column]
    if gap.topic.keeps is not None:
        spec: FieldSpec = field_map(BY_TABLE[gap.topic.keeps[0]])[gap.topic.keeps[1]]
        if spec.kind.name == "division":
            found = townships(Places(ledger.office.division or ""))(spec, [text])[text]
            return found.value if isinstance(found, Odd) else found
        return spec.kind.parse(text, manner.unit or None)
    return gap.topic.kind.parse(text, None)


def keep(ledger: Ledger, plan: Plan, typed: Typed) -> StepInfo | None:
    """Keep what can be kept, in one step; None where there is nothing.

    Raises:
        UserError: The ledger cannot be written.
    """
    found = keepable(ledger, plan, typed)
    if not found.count:
        return None
    with ledger.step(
        f"补填上级来表“{plan.asked.opened.path.stem}”的缺项 {found.count:,} 项"
    ) as step:
        for table, records in found.changes.items():
            step.change_many(BY_TABLE[table], list(records.items()))
        for firm, phone in found.people.items():
            held = _owner(step, firm)
            if held is not None:
                step.change(Associate, held.id, {"phone": phone})
            else:
                name = plan_person(plan, firm)
                step.create(Associate(enterprise=firm, name=name, role="法定代表人", phone=phone))
    return step.result


def plan_person(plan: Plan, firm: str) -> str | None:
    """Whom the call list names for a firm."""
    return next((gap.person or None for gap in plan.gaps if gap.firm == firm), None)


def _owner(step: Any, firm: str) -> Associate | None:
    some = looking_up.by_value(step.rows, Associate, "enterprise", [firm]).get(firm, [])
    return next((each for each in some if each.role in ("法定代表人", "经营者")), None)
