"""One field of many records given one value (批量改): one step, checked as a cell that is typed."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.exchange import pasting
from ledger_desk.exchange.pasting import Layout, PastePlan
from ledger_desk.model.fields import Record, field_map
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.work.calling import call_all
from ledger_desk.work.outcome import Outcome, Refused

_GONE = "这条记录已经不在名单里，可能刚被删除。"


def plan(
    ledger: Ledger,
    cls: type[Record],
    ids: Sequence[str],
    field: str,
    text: str,
    progress: Progress = silent,
) -> PastePlan:
    """Say what a text would do to one field of some records; an empty one empties it."""
    layout = Layout(cls, (field,), 0, tuple(ids))
    return pasting.plan(
        ledger, layout, [[text]] * len(ids), erase=True, heading=False, exact=True, progress=progress
    )  # fmt: skip


def change(
    ledger: Ledger,
    cls: type[Record],
    ids: Sequence[str],
    field: str,
    text: str,
    progress: Progress = silent,
    *,
    noun: str = "条",
) -> Outcome:
    """Give one field of records the same value, all in one step.

    Args:
        ledger: Where they are.
        cls: Their class.
        ids: Which ones.
        field: Which field.
        text: The value as it is typed; '' empties the field.
        progress: May cancel; nothing is changed then.
        noun: Measure word of a record.

    Returns:
        What was changed; those that have the value already count as neither done nor refused.

    Raises:
        Cancelled: From ``progress``.
    """
    made = plan(ledger, cls, ids, field, text, progress)
    with ledger.read() as rows:
        wrong = [ids[row] for row, _ in made.whys]
        names = call_all(rows, cls, wrong)
    refused = [
        Refused(ids[row], names.get(ids[row], cls.LABEL), why if ids[row] in names else _GONE)
        for (row, _), why in made.whys.items()
        if ids[row] not in made.changes
    ]
    label = field_map(cls)[field].label
    done = list(made.changes)
    what = f"批量改 {len(done):,} {noun}{cls.LABEL}的“{label}”"
    step = pasting.apply(ledger, made, progress, name=what) if done else None
    return Outcome.of_step(step, done, refused, what)
