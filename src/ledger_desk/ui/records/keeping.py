"""What a form does to the ledger: one named step for each field left, or one for a whole new record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.fields import FieldSpec, Record, field_map, fields_of, values_of
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.records.choosing import shown_title


class RecordKeeper:
    """One record while it is being edited.

    A record that is there already is written field by field, as each field is left. A new one is
    kept here until it is made, since half a firm would be counted; making it is one step.
    """

    def __init__(
        self,
        ledger: Ledger,
        cls: type[Record],
        record: str = "",
        preset: Mapping[str, Any] | None = None,
    ) -> None:
        """Take up a record by its id, or a new one with values given beforehand."""
        self.ledger, self.cls = ledger, cls
        self.record = ""
        self.values: dict[str, Any] = {}
        self._preset: dict[str, Any] = {}
        self.take(record, preset)

    def take(self, record: str = "", preset: Mapping[str, Any] | None = None) -> None:
        """Go to another record, or to a new one.

        Raises:
            UserError: There is no such record any more.
        """
        self._preset = dict(preset or {})
        self.record = record
        self.values = dict(self._preset)
        if record:
            self.reload()

    def reload(self) -> None:
        """Read the stored values again; a new record has none.

        Raises:
            UserError: There is no such record any more.
        """
        if not self.record:
            return
        found = self.ledger.get(self.cls, self.record)
        if found is None:
            raise UserError(
                f"这条{self.cls.LABEL}已经不在账里，多半是刚才的撤销把它收回了。请回到名单。"
            )
        self.values = values_of(found)

    @property
    def is_new(self) -> bool:
        """Whether it is not in the ledger yet."""
        return not self.record

    @property
    def is_touched(self) -> bool:
        """Whether something was filled in that only this keeper knows."""
        return self.is_new and self.values != self._preset

    @property
    def title(self) -> str:
        """What to call it: the firm's name where it is about a firm, else its own title."""
        firm = self.values.get("enterprise") if self.cls is not Enterprise else None
        if firm:
            found = self.ledger.get(Enterprise, firm)
            if found is not None:
                return str(found.title)
        return shown_title(self.cls(**{**self.values, "id": self.record}))

    def keep(self, name: str, value: Any) -> bool:
        """Take a value: write it as a step, or hold it for a new record.

        Returns:
            Whether a step was written.

        Raises:
            UserError: The ledger refuses it, with the reason.
        """
        spec = field_map(self.cls)[name]
        if value == self.values.get(name):
            return False
        if self.is_new:
            self._hold(name, value)
            return False
        title = self.title if name != self.cls.TITLE else shown_title(self.cls(**self.values))
        with self.ledger.step(f"修改 {title}：{_bare(spec)}") as step:
            step.change(self.cls, self.record, {name: value})
        self._hold(name, value)
        return step.result is not None

    def missing(self) -> list[FieldSpec]:
        """Fields without which a new record cannot be made: its title and what it belongs to.

        A number by which it can be found again, such as a firm's code, does instead of the title.
        """
        known = any(spec.identity and self.values.get(spec.name) for spec in fields_of(self.cls))
        return [
            spec
            for spec in fields_of(self.cls)
            if ((spec.name == self.cls.TITLE and not known) or (spec.ref and spec.required))
            and spec.required
            and self.values.get(spec.name) in (None, "")
        ]

    def make(self) -> str:
        """Make the new record as one step; gives its id.

        Raises:
            UserError: Something it cannot be without is missing, or the ledger refuses it.
        """
        missing = self.missing()
        if missing:
            labels = "、".join(f"“{spec.label}”" for spec in missing)
            raise UserError(f"还没有存：先填{labels}，其余可以以后再补。")
        with self.ledger.step(f"新增{self.cls.LABEL} {self.title}") as step:
            self.record = step.create(self.cls(**self.values))
        return self.record

    def _hold(self, name: str, value: Any) -> None:
        if value is None:
            self.values.pop(name, None)
        else:
            self.values[name] = value


def _bare(spec: FieldSpec) -> str:
    """Label without its unit, as it reads in a sentence."""
    head, bracket, tail = spec.label.partition("(")
    return head if bracket and tail.rstrip(")") in ("万元", "%", "月") else spec.label
