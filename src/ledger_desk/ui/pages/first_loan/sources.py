"""The helps of a period (本期帮扶) as rows that can be typed over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from ledger_desk.model import vocabulary as words
from ledger_desk.model.fields import Record, declare, field_map
from ledger_desk.model.kinds import DAY, DIVISION, NOTE, TEXT, choice
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Cultivation, Enterprise, Help
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.grid_rows import GridColumn
from ledger_desk.ui.lists.local_source import LocalRow, LocalSource
from ledger_desk.ui.records.dictionaries import divisions


def town_of(firm: Enterprise | None) -> str:
    """Name of the township of a firm, empty when not known."""
    if firm is None or not firm.township:
        return ""
    return divisions().get(firm.township, firm.township)


@dataclass(frozen=True, kw_only=True)
class HelpLine(Record):
    """What the columns are: no such record is stored."""

    TABLE: ClassVar[str] = "help_line"
    LABEL: ClassVar[str] = "本期帮扶"

    firm: str | None = declare("经营主体名称", TEXT)
    township: str | None = declare("乡镇", DIVISION)
    day: date | None = declare("帮扶日期", DAY)
    kind: str | None = declare("帮扶类别", choice(*words.HELP_KINDS, open=True))
    who: str | None = declare("帮扶人", TEXT)
    content: str | None = declare("帮扶内容", NOTE)
    result: str | None = declare("帮扶结果", TEXT)


HELP_COLUMNS = (
    GridColumn("firm", "经营主体名称", width=160, essential=True, stretch=True),
    GridColumn("township", "乡镇", width=80),
    GridColumn("day", "帮扶日期", "day", 104, editable=True),
    GridColumn("kind", "帮扶类别", width=96, editable=True),
    GridColumn("who", "帮扶人", width=84, editable=True),
    GridColumn("content", "帮扶内容", width=220, essential=True, editable=True),
    GridColumn("result", "帮扶结果", width=130, editable=True),
)


class HelpList(LocalSource):
    """The helps of a period; cells can be typed over."""

    def __init__(self, ledger: Ledger, changed: Callable[[], None]) -> None:
        """Show nothing until `load`; ``changed`` is told after a cell was stored."""
        super().__init__(HelpLine, HELP_COLUMNS, "次")
        self._ledger, self._changed = ledger, changed
        self.firm_of: dict[str, str] = {}

    def load(self, period: Period, text: str) -> int:
        """Read the helps of a period whose firm or content has the text; gives how many there are."""
        days = (Where("day", ">=", period.start), Where("day", "<=", period.end))
        with self._ledger.read() as rows:
            helps = rows.find(Query(Help, days, sort=(("day", True),)))
            entries = rows.many(Cultivation, list({str(h.cultivation) for h in helps}))
            firms = rows.many(Enterprise, list({str(e.enterprise) for e in entries.values()}))
        made, self.firm_of = [], {}
        for each in helps:
            entry = entries.get(str(each.cultivation))
            firm = firms.get(str(entry.enterprise)) if entry is not None else None
            name = firm.title if firm is not None else "（档案已不在）"
            if text and text not in name and text not in (each.content or ""):
                continue
            self.firm_of[each.id] = firm.id if firm is not None else ""
            day = each.day.isoformat() if each.day else ""
            said = (each.kind, each.who, each.content, each.result)
            cells = (name, town_of(firm), day, *(each or "" for each in said))
            town = (firm.township if firm is not None else None) or None
            made.append(LocalRow(each.id, cells, {"township": town}))
        self.put(made)
        return len(helps)

    def change(self, record: str, key: str, text: str) -> None:
        """Store what was typed into a cell, as one step."""
        spec = field_map(Help)[key]
        value: Any = spec.kind.parse(text, None) if text else None
        if value is None and spec.required:
            raise ValueError(f"{spec.label}不能空着。")
        place = self.place(record)
        name = str(self.page(place, 1)[0].cells[0]) if place is not None else ""
        with self._ledger.step(f"修改 {name}：{spec.label}") as step:
            step.change(Help, record, {key: value})
        self._changed()
