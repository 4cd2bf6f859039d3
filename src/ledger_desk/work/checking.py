"""Department checks (部门核查): asked of many firms at once, answered one by one or by their own table.

`seeds/003` 五 and 十. Asking makes a row for each item that is not answered yet (未反馈); the list for a
department is an ordinary list of these rows, with its record tokens, and is read back like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ledger_desk.errors import UserError
from ledger_desk.exchange import tokens
from ledger_desk.model import review
from ledger_desk.model import work_words as words
from ledger_desk.model.records import Check
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work.cases import Cases
from ledger_desk.work.moving import GONE
from ledger_desk.work.outcome import Outcome, Refused
from ledger_desk.workbook.lists import ListColumn, write_list

# Who answers what, as a proposal (`seeds/003` 五 lists the items, an office knows its departments).
DEPARTMENTS: Mapping[str, str] = dict(zip(
    words.CHECK_ITEMS,
    ("市场监管", "自然资源", "税务", "发展改革", "人民银行", "法院", "生态环境", "人民银行", "发展改革"),
    strict=True,
))  # fmt: skip
_ASKED = (
    ListColumn("融资申报", width=16), ListColumn("经营主体名称", width=34),
    ListColumn("统一社会信用代码", width=22), ListColumn("法定代表人", width=12),
    ListColumn("核查事项", width=16), ListColumn("核查结果", width=12),
    ListColumn("反馈日期", "day"), ListColumn("说明", width=40),
)  # fmt: skip
_CLOSED = (review.FAILED, review.WITHDRAWN, review.REMOVED)


def record(
    ledger: Ledger, ids: Sequence[str], item: str, result: str, *, department: str = "",
    day: date | None = None, remark: str = "", progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Record one item for many applications; an answer that is there already is replaced.

    Raises:
        UserError: The result is none of the three, or the ledger cannot be written.
    """
    if result not in words.CHECK_RESULTS:
        raise UserError(f"核查结果只能是{'、'.join(words.CHECK_RESULTS)}。请重新选。")
    values = {
        "department": department or DEPARTMENTS.get(item), "result": result,
        "day": day or (date.today() if result != review.UNANSWERED else None), "remark": remark or None,
    }  # fmt: skip
    if result == review.ODD and not remark.strip():
        raise UserError(f"“{item}”有异常要写说明。请写清是什么情况。")
    name = f"登记核查“{item}”{result}"
    with ledger.step(f"{name} {len(ids):,} 笔") as step:
        cases = Cases.of(step.rows, ids)
        refused = _refused(cases, ids)
        out = {each.id for each in refused}
        fresh, changed, done = [], [], []
        for place, each in enumerate(cases.all.values()):
            progress(place, len(cases.all), name)
            if each.id in out:
                continue
            there = cases.checks.get(each.id, {}).get(item)
            if there is None:
                fresh.append({"application": each.id, "item": item, **values})
            else:
                changed.append((there.id, values))
            done.append(each.id)
        step.create_many(Check, fresh)
        step.change_many(Check, changed)
        step.name = f"{name} {len(done):,} 笔"
    return Outcome.of_step(step.result, done, refused, step.name)


def ask(
    ledger: Ledger, ids: Sequence[str], items: Sequence[str] = words.CHECK_ITEMS, *,
    progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Ask departments: a row 未反馈 for each item of each application that has none yet.

    Gives the ids of the applications.
    """
    with ledger.step(f"提请部门核查 {len(ids):,} 笔") as step:
        cases = Cases.of(step.rows, ids)
        refused = _refused(cases, ids)
        out = {each.id for each in refused}
        fresh = []
        done = [each for each in cases.all if each not in out]
        for place, each in enumerate(done):
            progress(place, len(done), "提请部门核查")
            fresh += [
                {
                    "application": each, "item": item, "department": DEPARTMENTS.get(item),
                    "result": review.UNANSWERED,
                }
                for item in items if item not in cases.checks.get(each, {})
            ]  # fmt: skip
        step.create_many(Check, fresh)
        step.name = f"提请部门核查 {len(done):,} 笔 {len(fresh):,} 项"
    return Outcome.of_step(step.result, done, refused, step.name)


def _refused(cases: Cases, ids: Sequence[str]) -> list[Refused]:
    gone = [Refused(each, "不在名单里的申报", GONE) for each in dict.fromkeys(ids) if each not in cases.all]  # fmt: skip
    closed = [
        Refused(each.id, cases.title(each), f"现在是“{each.state}”，不用再核查。")
        for each in cases.all.values()
        if each.state in _CLOSED
    ]
    return gone + closed


def departments(ledger: Ledger, ids: Sequence[str] = ()) -> dict[str, int]:
    """Departments with items that are not answered yet, and how many; of some applications or all."""
    where = [Where("result", "=", review.UNANSWERED)]
    if ids:
        where.append(Where("application", "in", tuple(ids)))
    with ledger.read() as rows:
        found = rows.values(Query(Check, tuple(where)), "department")
    return {str(name): count for name, count in found if name}


def write_ask_list(
    ledger: Ledger,
    path: Path,
    department: str,
    ids: Sequence[str] = (),
    progress: Progress = silent,
) -> int:
    """Write the ask list of a department as .xlsx: one row an item, to be filled in and sent back.

    Read back by the ordinary way in: rows are told by their tokens, else by application and item.

    Raises:
        UserError: Nothing is to be asked of the department, or the file cannot be written.
    """
    where = [Where("department", "=", department), Where("result", "=", review.UNANSWERED)]
    if ids:
        where.append(Where("application", "in", tuple(ids)))
    with ledger.read() as rows:
        found = rows.find(Query(Check, tuple(where)))
        cases = Cases.of(rows, [each.application for each in found if each.application])
        firms = cases.firms
    lines = []
    for place, each in enumerate(found):
        progress(place, len(found), f"请{department}核查")
        application = cases.all.get(each.application or "")
        firm = firms.get(application.enterprise or "") if application else None
        if application is not None and firm is not None:
            lines.append([
                application.no, firm.name, firm.code, firm.person, each.item, each.result, each.day,
                each.remark, tokens.make(Check, each.id),
            ])  # fmt: skip
    if not lines:
        raise UserError(f"没有要请{department}核查的。请先用“提请部门核查”列出要核查的事项。")
    return write_list(path, f"请{department}核查", _ASKED, lines, hidden_column=(tokens.HEADING,))
