"""Steps and their changes in people's words: what was done, to which record, from what to what."""

from __future__ import annotations

from typing import Any

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import BY_TABLE, Enterprise, Figure
from ledger_desk.store import recycling
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.store.reviewing import Change
from ledger_desk.ui.records.choosing import shown_title
from ledger_desk.ui.records.showing import show

KINDS = {
    "edit": "手工", "import": "装入", "merge": "合并", "split": "拆开", "undo": "撤销", "redo": "重做",
    "back": "退回", "dispatch": "传出", "closing": "结账", "create": "建账", "practice": "练习",
    "attach": "附件",
}  # fmt: skip
NOBODY = "没有登记"
EMPTY = "（空）"


def kind_word(kind: str) -> str:
    """What a kind of step is called."""
    return KINDS.get(kind, "其他")


def record_words(rows: Rows, record: Record) -> str:
    """Call a record so that it is known from others: its title, and the firm that it belongs to."""
    from ledger_desk.ui.records import figure_values  # late: knows all indicators

    if isinstance(record, Enterprise):
        return record.title
    if isinstance(record, Figure):
        return figure_values.name_of(record)
    own = getattr(record, record.TITLE, None)
    title = shown_title(record) if own not in (None, "") else ""
    firm = recycling.firm_of(rows, record)
    return " ".join(part for part in (firm.title if firm else "", title) if part) or record.LABEL


def change_title(rows: Rows, change: Change) -> str:
    """Call the record of a change; one that is not there any more as it was when it changed."""
    cls = BY_TABLE[change.table]
    found = rows.get(cls, change.record)
    if found is None:
        values = {**(change.before or {}), **(change.after or {})}
        found = cls(**{"id": change.record, **values})
    return record_words(rows, found)


def change_verb(change: Change) -> str:
    """What was done to the record as a whole."""
    if change.before is None:
        return "新增"
    if change.after is None:
        return "收回"
    if "removed" in change.after:
        return "放进回收站" if change.after["removed"] else "从回收站恢复"
    return "修改"


def value_words(ledger: Ledger, change: Change, name: str, values: dict[str, Any] | None) -> str:
    """Show one value of a change, personal data masked; a figure in the unit of its indicator."""
    from ledger_desk.ui.records import figure_values

    cls = BY_TABLE[change.table]
    spec = field_map(cls).get(name)
    value = (values or {}).get(name)
    if name == "removed":
        return "在回收站里" if value else "不在回收站里"
    if spec is None or value is None or value == "":
        return EMPTY
    if cls is Figure and name == "indicator":
        return figure_values.indicator_item(str(value)).text
    if cls is Figure and name == "value":
        held: Figure | None = ledger.get(Figure, change.record)
        known = (values or {}).get("indicator") or (held.indicator if held else None)
        return figure_values.show_value(known, value)
    text = show(ledger, spec, value, masked=True)
    return f"{text} 万元" if spec.kind.name == "money" else text


def field_label(cls: type[Record], name: str) -> str:
    """Label of a field; money without its unit, which stands with the values."""
    if name == "removed":
        return "回收站"
    label = field_map(cls)[name].label if name in field_map(cls) else name
    return label.removesuffix("(万元)")
