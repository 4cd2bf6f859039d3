"""A merge taken apart again, any time later, alone out of any step, in any order.

What returns: the absorbed record from the recycle bin, everything that the merge moved away from it,
and the values that the other took over, where nobody has changed them since. What stays: edits made
since, and what was hung on the joint record after the merge. Itself one step, undoable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.exchange.duplicates.unpicking import unpick
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE, Enterprise, Verdict
from ledger_desk.store import alikes, hangers, rowing
from ledger_desk.store.journal import Step, StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where


@dataclass(frozen=True)
class SplitPlan:
    """What taking one merge apart does.

    Attributes:
        verdict: Id of the 查重结论.
        absorbed: Id of the firm that comes back; title: its name.
        survivor: Id of the firm that it is part of now; survivor_title: its name.
        returns: Sentences: what returns.
        stays: Sentences: what stays where it is, and why.
        children: (table, field, id) of what returns to the absorbed firm.
        fields: Firm → field → stored value that is put back.
    """

    verdict: str
    absorbed: str
    title: str
    survivor: str
    survivor_title: str
    returns: tuple[str, ...]
    stays: tuple[str, ...]
    children: tuple[tuple[str, str, str], ...]
    fields: dict[str, dict[str, Any]]


def mergers(ledger: Ledger, survivor: str | None = None) -> list[Verdict]:
    """List the merges that can be taken apart, of one firm or of all."""
    where = [Where("verdict", "=", alikes.SAME)]
    if survivor is not None:
        where.append(Where("one", "=", survivor))
    return ledger.find(Query(Verdict, tuple(where)))


def plan_split(ledger: Ledger, record: str) -> SplitPlan:
    """Say what taking a merge apart would do.

    Args:
        ledger: The ledger.
        record: Id of the absorbed firm or of the verdict.

    Raises:
        UserError: No such merge, or it cannot be taken apart; the sentence says why.
    """
    with ledger.read() as rows:
        return _plan(rows, record)


def split(ledger: Ledger, record: str, *, different: bool = False) -> StepInfo:
    """Take a merge apart as one step.

    Args:
        ledger: Open for writing.
        record: Id of the absorbed firm or of the verdict.
        different: Note besides that the two are 不是同一户.

    Raises:
        UserError: As `plan_split`.
    """
    plan = plan_split(ledger, record)
    name = f"拆开 {plan.title}（原并入 {plan.survivor_title}）"
    with ledger.step(name, hangers.SPLIT) as step:
        _carry_out(step, _plan(step.rows, record), different=different)
    assert step.result is not None
    return step.result


def _carry_out(step: Step, plan: SplitPlan, *, different: bool) -> None:
    verdict = step.rows.get(Verdict, plan.verdict)
    assert verdict is not None
    # A code that goes back leaves the index before the absorbed record enters it.
    step.update(Enterprise, list(plan.fields.items()))
    step.restore(Enterprise, plan.absorbed)
    moves: dict[str, dict[str, dict[str, Any]]] = {}
    for table, field, record in plan.children:
        moves.setdefault(table, {}).setdefault(record, {})[field] = plan.absorbed
    for table, items in moves.items():
        step.change_many(BY_TABLE[table], list(items.items()))
    step.remove(Verdict, plan.verdict)
    if different:
        one, other = sorted((plan.absorbed, str(verdict.one)))
        step.create(Verdict(one=one, other=other, verdict=alikes.DIFFERENT, reason="拆开合并"))


def _plan(rows: Rows, record: str) -> SplitPlan:
    verdict = _verdict(rows, record)
    absorbed, into = str(verdict.other), str(verdict.one)
    steps = hangers.merge_of(rows, verdict.id)
    firm = rows.get(Enterprise, absorbed)
    if steps is None or firm is None:
        raise UserError("这次合并的记录不全，拆不开。请先做“体检”。")
    chain = _chain(rows, into)
    names = rows.many(Enterprise, chain)
    now = names.get(chain[-1])
    if now is None:
        raise UserError("这次合并的记录不全，拆不开。请先做“体检”。")
    children, returns, stays = _children(rows, steps[0], absorbed, set(chain))
    unpicked = unpick(rows, absorbed, chain, steps[1])
    fields = unpicked.fields
    stays += unpicked.stays
    returns = [f"“{firm.title}”从回收站回来。", *returns]
    labels = field_map(Enterprise)
    for holder, values in fields.items():
        told = "、".join(labels[name].label for name in values)
        returns.append(f"“{names[holder].title}”的{told}恢复成合并前的内容。")
    stays += _later(rows, chain[-1], now.title, steps[0], {c[2] for c in children})
    _check_code(rows, firm, fields)
    return SplitPlan(verdict.id, absorbed, firm.title, chain[-1], now.title, tuple(returns),
                     tuple(stays), tuple(children), fields)  # fmt: skip


def _verdict(rows: Rows, record: str) -> Verdict:
    found = rows.get(Verdict, record)
    if found is None:
        where = (Where("other", "=", record), Where("verdict", "=", alikes.SAME))
        some = rows.find(Query(Verdict, where))
        found = some[-1] if some else None
    if found is None or found.removed or found.verdict != alikes.SAME:
        firm = rows.get(Enterprise, record)
        said = f"“{firm.title}”没有并入别的主体" if firm is not None else "没有这一次合并"
        raise UserError(f"{said}，或者已经拆开了，账没有变。")
    return found


def _chain(rows: Rows, record: str) -> list[str]:
    """Give the firm that absorbed, the one that absorbed that, and so on to the one that stands now."""
    direct = {str(v.other): str(v.one)
              for v in rows.find(Query(Verdict, (Where("verdict", "=", alikes.SAME),)))}  # fmt: skip
    chain = [record]
    while chain[-1] in direct and direct[chain[-1]] not in chain:
        chain.append(direct[chain[-1]])
    return chain


def _children(
    rows: Rows, step: int, absorbed: str, holders: set[str]
) -> tuple[list[tuple[str, str, str]], list[str], list[str]]:
    """Find what the merge moved and where it is now."""
    back: list[tuple[str, str, str]] = []
    gone: Counter[str] = Counter()
    by_table: dict[str, list[tuple[str, str, str]]] = {}
    for item in dict.fromkeys(hangers.moved(rows, step, absorbed)):
        by_table.setdefault(item[0], []).append(item)
    for table, items in by_table.items():
        stored = rows.stored(BY_TABLE[table], [item[2] for item in items])
        for item in items:
            value = stored.get(item[2], {}).get(item[1])
            if value in holders:
                back.append(item)
            elif value != absorbed:
                gone[BY_TABLE[table].LABEL] += 1
    counts = Counter(BY_TABLE[table].LABEL for table, _, _ in back)
    returns = [
        f"{number} 条{label}回到它名下，合并以后改过的内容都留着。"
        for label, number in counts.items()
    ]
    stays = [
        f"{number} 条{label}后来改挂到别处或已经不在，不动。" for label, number in gone.items()
    ]
    return back, returns, stays


def _later(
    rows: Rows, holder: str, title: str, step: int, back: Sequence[str] | set[str]
) -> list[str]:
    """Name what was hung on the joint record after the merge: it stays there."""
    hanging = [
        c for c in hangers.children(rows, [holder], removed=False)[holder] if c[2] not in back
    ]
    made = hangers.first_steps(rows, [record for _, _, record in hanging])
    counts = Counter(
        BY_TABLE[table].LABEL for table, _, record in hanging if made.get(record, 0) > step
    )
    return [
        f"合并以后新记的 {number} 条{label}留在“{title}”名下。" for label, number in counts.items()
    ]


def _check_code(rows: Rows, firm: Enterprise, fields: dict[str, dict[str, Any]]) -> None:
    """Refuse in words where another firm has the code by now."""
    if not firm.code:
        return
    code = rowing.saved(Enterprise, {"code": firm.code})["code"]
    for holder in rows.find(Query(Enterprise, (Where("code", "=", firm.code),))):
        if "code" not in fields.get(holder.id, {}):
            raise UserError(
                f"“{firm.title}”的统一社会信用代码 {code} 现在在“{holder.title}”名下，拆开后会有两户同一个代码。"
                "请先改掉那一户的代码，再拆开。"
            )
