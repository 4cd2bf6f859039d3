"""Checking paper against the ledger: a code that somebody types or scans, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.errors import UserError
from ledger_desk.model.records import Closing
from ledger_desk.reports.periods import closings
from ledger_desk.reports.periods.codes import NoCodeError, code_of, grouped, read_code
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where


@dataclass(frozen=True)
class Verified:
    """What a code says.

    Attributes:
        code: As it was understood; empty where it cannot be a code.
        closings: Closings with this code, the oldest first: none, one, or several with the same values.
        sentence: For the person.
        sound: Whether what is kept of them still makes this code.
    """

    code: str
    closings: tuple[Closing, ...]
    sentence: str
    sound: bool = True

    @property
    def known(self) -> bool:
        """Whether the paper agrees with something that was closed in this ledger."""
        return bool(self.closings) and self.sound


def verify_code(ledger: Ledger, typed: str) -> Verified:
    """Look a code up; never raises for what was typed."""
    try:
        code = read_code(typed)
    except NoCodeError as error:
        return Verified("", (), str(error))
    with ledger.read() as rows:
        where = (Where("code", "=", code),)
        order = (("ends_on", False), ("number", False))
        found = tuple(rows.find(Query(Closing, where, sort=order)))
        if not found:
            return Verified(code, (), (
                f"这本账里没有核对码是 {grouped(code)} 的定稿。这张纸可能是另一本账打印的，"
                "或者定稿以后内容被改动过。"
            ))  # fmt: skip
        try:
            sound = all(code_of(closings.read_frozen(rows, each).report) == code for each in found)
        except UserError as error:
            return Verified(code, found, f"有这次定稿，但留底读不出来：{error}", False)
    if not sound:
        return Verified(
            code, found, "有这次定稿，但留底的内容和核对码不符。请做“体检”，再用备份核对。", False
        )
    return Verified(
        code, found, f"与{'、'.join(_words(each) for each in found)}一致。{_state(found[-1])}"
    )


def _words(closing: Closing) -> str:
    return f"“{closings.title_of(closing)}”第 {closing.number} 次定稿"


def _state(closing: Closing) -> str:
    """Whether it still holds: paper of a closing that was opened again is out of date."""
    if closing.state == closings.CLOSED:
        return f"它于 {closing.closed_on} 结账，现在仍是定稿。"
    return (
        f"它于 {closing.closed_on} 结账，{closing.reopened_on} 已反结账（{closing.approver}同意："
        f"{closing.reason}），这张纸不是现在的数。"
    )
