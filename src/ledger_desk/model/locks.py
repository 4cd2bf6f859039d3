"""Fields that a move alone may write: no cell, no 批量改, no pasted or imported column sets them.

A class that appears here is written, in these fields, by its use cases only; lists, forms, pasting
and reading in all ask here.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.model.fields import Record, fields_of

_BY_MOVE = "由“列入”“通过”“退回”“移出”等按钮写，不能直接改。"
_BY_REVIEW = "审核意见在审核的时候写下，不能直接改；写错了请撤销那一步。"
_APPLICATION = (
    "state", "state_on", "listed_on", "recommended_on", "batch", "outside_bank", "left_on",
    "left_why", "again_of",
)  # fmt: skip
_BY_TICKET = "由“研判”“交办”“办结”“销号”等按钮写，不能直接改。"
_BY_MENDING = "由“下发交办函”“整改完成”“复核销号”等按钮写，不能直接改。"
LOCKED: dict[str, Mapping[str, str]] = {
    "application": dict.fromkeys(_APPLICATION, _BY_MOVE),
    "ticket": {"state": _BY_TICKET},
    "rectification": dict.fromkeys(("state", "order_no"), _BY_MENDING),
}
WHOLE: Mapping[str, str] = {"review": _BY_REVIEW}
"""Classes whose records are made by a use case alone, with the sentence that says so."""


def locked(cls: type[Record]) -> Mapping[str, str]:
    """Fields of a class that only a use case writes, each with the sentence why."""
    if cls.TABLE in WHOLE:
        return dict.fromkeys((spec.name for spec in fields_of(cls)), WHOLE[cls.TABLE])
    return LOCKED.get(cls.TABLE, {})
