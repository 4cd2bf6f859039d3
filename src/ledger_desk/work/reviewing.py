"""The four signatures: approved, returned, rejected, one or many at once, each as one step.

`seeds/003` 五; `decisions.md` 26, 27. Every word is kept with whoever said it, the day, the opinion,
and the application as it stood (`cases.Frozen`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger_desk.model import review
from ledger_desk.model.records import Application, Review
from ledger_desk.model.review import Move
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.cases import Cases
from ledger_desk.work.moving import Choose, doing, make_moves
from ledger_desk.work.outcome import Outcome

# Opinions that are written again and again, by verdict; an office writes others beside them.
USUAL: dict[str, tuple[str, ...]] = {
    review.PASSED: (
        "同意。", "五项标准符合，材料齐全，同意上报。", "部门核查无异常，同意。", "情况属实，同意推荐。",
    ),
    review.SENT_BACK: (
        "材料不齐，请补齐后重报。", "融资用途不具体，请写明用在哪里。", "意向银行请再与企业确认。",
        "五项标准依据不足，请补写依据。", "部门核查有异常，请说明情况。",
    ),
    review.REFUSED: (
        "不符合产业政策。", "涉法涉诉未了结。", "材料不真实。", "无真实融资需求。",
    ),
}  # fmt: skip


def approve(
    ledger: Ledger, ids: Sequence[str], opinion: str = "", *, level: str = "",
    day: date | None = None, progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Approve applications at a level.

    Args:
        ledger: Where they are.
        ids: Which ones.
        opinion: What is written; needed where a department found something odd.
        level: 专班初审, 专班银行审核, 专班组长审核 or 召集人签字; '': the one each waits for.
        day: The day of the review; None: today.
        progress: May cancel; nothing is changed then.

    Raises:
        UserError: The ledger cannot be written, or the day has not come yet.
        Cancelled: From ``progress``.
    """
    return _say(ledger, ids, review.PASSED, opinion, level, day, progress)


def send_back(
    ledger: Ledger, ids: Sequence[str], opinion: str, *, level: str = "",
    day: date | None = None, progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Return applications with an opinion; see `approve`."""
    return _say(ledger, ids, review.SENT_BACK, opinion, level, day, progress)


def reject(
    ledger: Ledger, ids: Sequence[str], opinion: str, *, level: str = "",
    day: date | None = None, progress: Progress = silent,
) -> Outcome:  # fmt: skip
    """Reject applications with an opinion; see `approve`."""
    return _say(ledger, ids, review.REFUSED, opinion, level, day, progress)


def _say(
    ledger: Ledger, ids: Sequence[str], verdict: str, opinion: str, level: str, day: date | None,
    progress: Progress,
) -> Outcome:  # fmt: skip
    fallback = review.review_move(level or review.BY_FIRST, verdict)

    def choose(application: Application) -> Move:
        own = review.LEVEL_OF.get(application.state or "")
        return review.review_move(own, verdict) if own and not level else fallback

    pick: Choose | Move = fallback if level else choose
    words = {review.PASSED: "审核通过", review.SENT_BACK: "审核退回", review.REFUSED: "审核不通过"}
    verb = fallback.name if level else words[verdict]
    return make_moves(ledger, ids, pick, doing(ledger, day, opinion=opinion), progress, verb=verb)


@dataclass(frozen=True)
class Warned:
    """What the lenders of a firm say of an application: kind (must, explain) and the sentence."""

    kind: str
    sentence: str
    reason: str


def warn_of_lenders(rows: Rows, ids: Sequence[str]) -> dict[str, Warned]:
    """Warn of firms with many lenders (垒小户, `decisions.md` 23); those without are left out."""
    found = Cases.of(rows, ids).lenders()
    return {
        key: Warned(each.warning, each.advice, each.reason)
        for key, each in found.items()
        if each.warning
    }


def altered(rows: Rows, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Say what was changed since the last word of this round was said; unchanged ones are left out."""
    cases = Cases.of(rows, ids)
    found = {}
    for key, each in cases.all.items():
        said = cases.reviews.get(key, [])
        moving = each.state in (*review.WAITING, review.RECOMMENDED)
        if moving and said and said[-1].verdict == review.PASSED:
            changed = cases.altered(each, said[-1])
            if changed:
                found[key] = changed
    return found


def mine(role: str | None) -> tuple[str, ...]:
    """States that wait for somebody of a role; whose role says nothing is shown all of them."""
    if role == "银行客户经理":
        return (review.BANK,)
    if role == "领导":
        return (review.LEADER, review.CONVENER)
    return (review.FIRST,) if role == "专班人员" else review.WAITING


def words_of(rows: Rows, application: str) -> list[Review]:
    """Everything that was said of an application, the oldest first."""
    return rows.find(Query(Review, (Where("application", "=", application),)))
