"""What a step did to one record, in words: a heading and a line for each field."""

from __future__ import annotations

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.reviewing import Change
from ledger_desk.ui.records.choosing import shown_title
from ledger_desk.ui.records.showing import show


def heading(ledger: Ledger, change: Change) -> str:
    """Say what was done to which record."""
    cls = BY_TABLE[change.table]
    values = change.after or change.before or {}
    found = ledger.get(cls, change.record)
    title = shown_title(found) if found is not None else str(values.get(cls.TITLE) or "")
    if title.isascii() and title.isidentifier():  # the program's own name of an indicator
        title = str(values.get("day") or "")
    verb = "新增" if change.before is None else "收回" if change.after is None else "修改"
    return f"{verb}{cls.LABEL} {title}".strip()


def lines(ledger: Ledger, change: Change) -> list[str]:
    """Say of each field what it was and what it became; nothing of a new record."""
    specs = field_map(BY_TABLE[change.table])
    before, after = change.before or {}, change.after or {}
    if not before:
        return []  # everything is new: the record itself says it better
    found = []
    for name in {**before, **after}:
        if name == "removed":
            found.append("放进回收站" if after.get(name) else "从回收站恢复")
        elif name in specs and change.after is not None:
            old = show(ledger, specs[name], before.get(name), masked=True) or "（空）"
            new = show(ledger, specs[name], after.get(name), masked=True) or "（空）"
            found.append(f"{specs[name].label}：{old} → {new}")
    return found


def file_of_step(name: str) -> str:
    """Name of the file in the name of a step that read it in: ``装入 甲.csv：新增 1…``."""
    return name.removeprefix("装入 ").split("：", maxsplit=1)[0]
