"""Faults to be mended (问题整改): found or taken from an inspection, ordered, watched, mended, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger_desk.model import rectification as rules
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Inspection, Rectification
from ledger_desk.model.rectification import MOVES, Doing
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.calling import call_all
from ledger_desk.work.numbering import next_numbers
from ledger_desk.work.outcome import Outcome, Refused

PREFIX, ORDER_PREFIX = "整改", "交办函"
_GONE = "这一条已经不在账上，可能刚被删除。"
_NEEDED = ("source", "found_on", "problem", "due_on")
_SOURCES = {"走流程": "走流程"}  # of an inspection; every other kind is 明察暗访


def find(
    ledger: Ledger, faults: Sequence[Mapping[str, Any]], progress: Progress = silent
) -> Outcome:
    """Enter faults that were found, each with its number.

    Args:
        ledger: Where they go.
        faults: Fields by name; 问题来源, 发现日期, 问题描述 and 整改时限 have to be there.
        progress: Told the rows; may cancel.
    """
    news, refused = [], []
    labels = field_map(Rectification)
    for number, each in enumerate(faults, 1):
        values = {"found_on": date.today(), **each, "state": rules.OPEN}
        lacking = [labels[name].label for name in _NEEDED if not values.get(name)]
        if lacking:
            why = f"问题整改要写明{'、'.join(lacking)}，现在还空着。"
            refused.append(Refused("", f"第 {number} 个问题", why))
        elif values["due_on"] < values["found_on"]:
            why = f"整改时限 {values['due_on']} 早于发现日期 {values['found_on']}，请核对。"
            refused.append(Refused("", f"第 {number} 个问题", why))
        else:
            news.append(values)
    progress(0, len(news), "正在登记问题")
    done, step = _create(ledger, news, f"登记问题整改 {len(news)} 个")
    return Outcome.of_step(step, done, refused, f"登记问题整改 {len(news)} 个")


def find_from_inspections(
    ledger: Ledger,
    ids: Sequence[str],
    due_on: date,
    progress: Progress = silent,
    *,
    unit: str = "",
    person: str = "",
) -> Outcome:
    """Make a fault to be mended of what inspections found; each inspection gives one.

    Args:
        ledger: Where they are.
        ids: Of inspections; those without a finding, or with a fault already, are refused.
        due_on: Last day for mending.
        progress: May cancel.
        unit: 责任单位, where it is not the bank alone.
        person: 责任人.
    """
    with ledger.read() as rows:
        found = rows.many(Inspection, list(ids))
        names = call_all(rows, Inspection, list(ids))
        asked = Where("inspection", "in", tuple(ids))
        made = {each.inspection for each in rows.find(Query(Rectification, (asked,)))}
    news, refused = [], []
    for each in dict.fromkeys(ids):
        inspection = found.get(each)
        why = (
            _GONE if inspection is None or inspection.removed else rules.from_inspection(inspection)
        )
        if inspection is None or why:
            refused.append(Refused(each, names.get(each, Inspection.LABEL), why))
        elif each in made:
            refused.append(
                Refused(each, names[each], "这次检查发现的问题已经转过整改，不再转一次。")
            )
        elif inspection.day is not None and due_on < inspection.day:
            why = f"整改时限 {due_on} 早于检查日期 {inspection.day}，请核对。"
            refused.append(Refused(each, names[each], why))
        else:
            news.append({
                "source": _SOURCES.get(inspection.kind or "", "明察暗访"), "inspection": each,
                "bank": inspection.bank, "unit": unit or inspection.branch or None, "person": person or None,
                "found_on": inspection.day or date.today(), "problem": inspection.finding,
                "measure": inspection.advice, "due_on": due_on, "state": rules.OPEN,
            })  # fmt: skip
    progress(0, len(news), "正在转问题整改")
    sentence = f"转问题整改 {len(news)} 个"
    done, step = _create(ledger, news, sentence)
    return Outcome.of_step(step, done, refused, sentence, Inspection.TABLE)


def move(
    ledger: Ledger,
    ids: Sequence[str],
    key: str,
    progress: Progress = silent,
    *,
    day: date | None = None,
    words: str = "",
    today: date | None = None,
    **values: Any,
) -> Outcome:
    """Make one move with faults; 下发交办函 gives each its number.

    Args:
        ledger: Where they are.
        ids: Which ones.
        key: Of `rectification.MOVES`.
        progress: Told the records; may cancel.
        day: The day it was done; today if none is given.
        words: What was said or done.
        today: The day it is now.
        values: Fields that go with it: ``proof="整改报告、照片"``.
    """
    now = today or date.today()
    made, doing = MOVES[key], Doing(day or now, words, values)
    with ledger.read() as rows:
        found = rows.many(Rectification, list(ids))
        names = call_all(rows, Rectification, list(ids))
    changes: list[tuple[str, dict[str, Any]]] = []
    refused: list[Refused] = []
    for place, each in enumerate(dict.fromkeys(ids)):
        progress(place, len(ids), f"正在{made.text}")
        record = found.get(each)
        gone = record is None or record.removed
        why = _GONE if record is None or gone else rules.refuse(record, made, doing, now)
        if record is None or why:
            refused.append(Refused(each, names.get(each, Rectification.LABEL), why))
        else:
            changes.append((each, rules.result(record, made, doing)))
    sentence = f"{made.text} {len(changes)} 个"
    if not changes:
        return Outcome((), refused)
    with ledger.step(f"问题整改：{sentence}") as step:
        if key == "order":
            numbers = next_numbers(
                step.rows, Rectification, ORDER_PREFIX, doing.day, len(changes), "order_no"
            )
            for (each, fields), number in zip(changes, numbers, strict=True):
                fields["order_no"] = found[each].order_no or number
        step.change_many(Rectification, changes)
    return Outcome.of_step(step.result, [each for each, _ in changes], refused, sentence)


def _create(ledger: Ledger, news: Sequence[dict[str, Any]], name: str) -> tuple[list[str], Any]:
    done: list[str] = []
    if not news:
        return done, None
    with ledger.step(name) as step:
        for values in news:
            if not values.get("no"):
                day = values["found_on"]
                values["no"] = next_numbers(step.rows, Rectification, PREFIX, day, 1, "no")[0]
            done += step.create_many(Rectification, [values])
    return done, step.result


def not_turned(rows: Rows) -> list[str]:
    """Inspections with a finding that nothing to be mended was made of yet."""
    turned = {each.inspection for each in rows.find(Query(Rectification))}
    found = rows.find(Query(Inspection, (Where("finding", "notblank"),)))
    return [each.id for each in found if each.id not in turned]
