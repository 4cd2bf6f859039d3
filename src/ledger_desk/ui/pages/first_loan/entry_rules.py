"""What the entry form says while one types: the rules of the 工作台帐 in words (`domain.md` §3.1).

The same fields at the same grades as the checks of the report (`ledger_desk.reports.contact_rules`);
a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ledger_desk.model.money import show_wan
from ledger_desk.ui.pages.first_loan.draft import Draft
from ledger_desk.ui.records.checks import Finding

_Say = Callable[[str, str, str], None]

NEEDED = {"enterprise": "企业", "bank": "银行", "day": "对接时间", "office": "填报单位"}
"""Fields without which there is no matching, and what to call them."""


def check_draft(
    draft: Draft,
    bank: str = "",
    *,
    listed: bool = True,
    twice: bool = False,
    today: date | None = None,
) -> dict[str, Finding]:
    """Look at a whole entry.

    Args:
        draft: What stands in the form.
        bank: What to call the bank in a sentence.
        listed: Whether the firm is on the white list.
        twice: Whether firm, bank and day are those of another matching already.
        today: The day one works on; a later matching is odd.

    Returns:
        Field → the gravest thing to say. Payments are called ``drawn``.
    """
    bank = bank or "银行"
    found: dict[str, Finding] = {}

    def say(field: str, kind: str, sentence: str) -> None:
        found.setdefault(field, Finding(kind, sentence))

    for field, word in NEEDED.items():
        if getattr(draft, field) in (None, ""):
            say(field, "must", f"还没填{word}，没有它这次对接记不下来。")
    if draft.granted is False:
        if not draft.problem:
            say("problem", "must", f"未授信的必须写明主要问题，请向{bank}问清原因后填。")
        if draft.amount:
            say(
                "amount",
                "must",
                f"没有授信，金额却填着 {show_wan(draft.amount)} 万元。请看是结果错了还是金额错了。",
            )
    elif draft.granted:
        if not draft.amount:
            say("amount", "must", f"授信的必须写金额，请按{bank}的授信批复填。")
        if not draft.security:
            say("security", "must", "授信的必须写担保情况，没有担保的写“信用”。")
        if draft.problem:
            say("problem", "hint", "这一栏只由未授信的填写，表里不会印出来。")
    elif draft.amount or draft.security or draft.problem:
        say("granted", "must", "填了授信的内容，请先选是还是否。")
    elif draft.enterprise:
        say("granted", "hint", "还没有定的，表里留空，报出时要说明进展。")
    _say_payments(draft, say)
    _say_days(draft, say, today)
    if twice:
        say("bank", "explain", "这家银行同一天已经和这一户记过一次对接。请看是不是重了。")
    if draft.enterprise and not listed:
        say("enterprise", "hint", "不在培植名单里。可以先记，以后再补进名单。")
    return found


def _say_payments(draft: Draft, say: _Say) -> None:
    if any(p.day is None for p in draft.payments if not p.is_empty):
        say("drawn", "must", "有金额没有日期，不知道算在哪一期。")
    if any((p.amount or 0) <= 0 for p in draft.payments if not p.is_empty):
        say("drawn", "must", "金额要大于零。退回的钱请记成还款。")
    if draft.drawn > 0 and not draft.granted:
        word = "是“否”" if draft.granted is False else "还没有定"
        say("drawn", "must", f"放款以授信为前提，现在授信{word}。多半是授信结果漏了。")
    over = draft.drawn - (draft.amount or 0)
    if draft.granted and draft.amount and over > 0 and not draft.others:
        say(
            "drawn", "explain",
            f"放款 {show_wan(draft.drawn)}，授信 {show_wan(draft.amount)}，多 {show_wan(over)} 万元。"
            "多半是循环额度；不是的请改正金额。",
        )  # fmt: skip
    if draft.repaid > draft.drawn:
        say(
            "drawn", "explain",
            f"还款 {show_wan(draft.repaid)}，放款只有 {show_wan(draft.drawn)} 万元。请看是不是漏了一笔放款。",
        )  # fmt: skip


def _say_days(draft: Draft, say: _Say, today: date | None) -> None:
    day = draft.day
    if day is not None and today is not None and day > today:
        say("day", "explain", f"{day} 还没有到。多半是年份或月份写错了。")
    if day is None:
        return
    if draft.granted is not None and draft.decided_on is not None and draft.decided_on < day:
        say(
            "decided_on", "explain", f"决定日期 {draft.decided_on} 早于对接 {day}。请核对两个日期。"
        )
    early = [p.day for p in draft.payments if p.kind == "drawdown" and p.day and p.day < day]
    if early:
        say(
            "drawn",
            "explain",
            f"{min(early)} 放款，早于 {day} 的对接。对接以前的贷款不要记在这里。",
        )
