"""Columns of the lists that Python works out for the rows seen: five marks, what changed, lenders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger_desk.model.records import Record
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.queries import Rows
from ledger_desk.ui.books.book import Extra
from ledger_desk.ui.grid_rows import Cell, CellLike
from ledger_desk.work.reviewing import altered, warn_of_lenders

MARKS = {"符合": "done", "不符合": "must", "待核": "explain", None: "none", "": "none"}
WORDS = ("合规持续经营", "固定经营场所", "真实融资需求", "信用状况良好", "贷款用途依法合规")


def five(_rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """Five small marks in the order of the document; the sentence names those that are not met."""
    found: dict[str, CellLike] = {}
    for each in records:
        said: list[Any] = [getattr(each, name) for name in CRITERIA]
        open_ = [f"{word}{verdict or '未填'}" for word, verdict in zip(WORDS, said, strict=True) if verdict != "符合"]  # fmt: skip
        note = "、".join(open_) if open_ else "五项都符合"
        found[each.id] = Cell(
            f"{sum(v == '符合' for v in said)}/5", value=tuple(MARKS.get(v, "none") for v in said), note=note
        )  # fmt: skip
    return found


def changed(rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """What was changed since the last word of this round was said."""
    return {
        key: Cell("内容已变", "explain", note=f"上一道审核以后改过：{'、'.join(labels)}。")
        for key, labels in altered(rows, [each.id for each in records]).items()
    }


def lenders(rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """Warnings of many lenders, the intended banks included."""
    return {
        key: Cell("垒小户" if each.kind == "must" else "将到上限", "must" if each.kind == "must" else "hint",
                  note=f"{each.sentence}{each.reason}")
        for key, each in warn_of_lenders(rows, [each.id for each in records]).items()
    }  # fmt: skip


FIVE = Extra("five", "五项标准", five, "five", 104)
CHANGED = Extra("altered", "内容", changed, "text", 96)
LENDERS = Extra("many_lenders", "垒小户提醒", lenders, "text", 104)
EXTRAS = (FIVE, CHANGED, LENDERS)
