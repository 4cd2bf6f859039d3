"""The signing sheet (审核签字页): a batch that waits for the convener, frozen under one number.

`product.md` §4.4; `decisions.md` 5. Numbering a sheet writes its number into the reviews of this round
and the batch number into the applications; what is printed are the versions that 组长审核 froze.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.model import review
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Application, Person, Review
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.work.cases import Cases, sheet_of, thaw
from ledger_desk.work.moving import BATCH, GONE, SHEET, doing
from ledger_desk.work.numbering import next_numbers
from ledger_desk.work.outcome import Outcome, Refused


@dataclass(frozen=True)
class SheetOutcome(Outcome):
    """What came of numbering a sheet: besides, the number; '' when nothing could be put on one."""

    sheet: str = ""


def make_sheet(
    ledger: Ledger, ids: Sequence[str], *, day: date | None = None, progress: Progress = silent
) -> SheetOutcome:
    """Put applications that wait for the convener on a new signing sheet.

    Refused: those that do not wait for the convener, those on a sheet already, and those that were
    changed since 组长审核.

    Raises:
        UserError: The ledger cannot be written, or is one in which no reviews are made.
    """
    now = doing(ledger, day)
    below = review.reads_only(now.level)
    if below:
        raise UserError(f"签字页在县级账套里打印，{below}账套只看。请到县专班打印。")
    with ledger.step(f"出签字页 {len(ids):,} 笔") as step:
        cases = Cases.of(step.rows, ids)
        refused = [Refused(each, "不在名单里的申报", GONE) for each in dict.fromkeys(ids) if each not in cases.all]  # fmt: skip
        done: list[Application] = []
        for place, each in enumerate(cases.all.values()):
            progress(place, len(cases.all), "出签字页")
            why = _not_on_sheet(cases, each)
            if why:
                refused.append(Refused(each.id, cases.title(each), why))
            else:
                done.append(each)
        number = batch = ""
        if done:
            number = next_numbers(step.rows, Review, SHEET, now.day, 1, field="sheet")[0]
            batch = next_numbers(step.rows, Application, BATCH, now.day, 1, field="batch")[0]
            said = [r.id for each in done for r in this_round(cases.reviews[each.id])]
            step.change_many(Review, [(each, {"sheet": number}) for each in said])
            step.change_many(Application, [(each.id, {"batch": batch}) for each in done])
        step.name = f"出签字页 {number} {len(done):,} 笔"
    info = step.result
    return SheetOutcome(
        [each.id for each in done], refused, info.id if info else None,
        f"出签字页 {number}：{len(done):,} 笔，批次 {batch}" if done else "", "", number,
    )  # fmt: skip


def _not_on_sheet(cases: Cases, application: Application) -> str:
    state = application.state or review.REGISTERED
    said = cases.reviews.get(application.id, [])
    if state != review.CONVENER:
        return f"现在是“{state}”，组长审核通过、待召集人签字的才能上签字页。"
    there = sheet_of(said)
    if there:
        return f"已经在签字页 {there} 上，要再印一份请用“重印签字页”。"
    if not said:
        return "没有审核意见可印，请先退回，重新审核。"
    changed = cases.altered(application, said[-1])
    if changed:
        return f"组长审核以后，{'、'.join(changed)}改过了，请先退回，改好后重新审核。"
    return ""


def this_round(said: Sequence[Review]) -> list[Review]:
    """The approvals since it was last returned, the oldest first."""
    found: list[Review] = []
    for each in reversed(said):
        if each.verdict != review.PASSED:
            break
        found.append(each)
    return found[::-1]


@dataclass(frozen=True)
class SheetRow:
    """One application on a sheet, in the words that were frozen."""

    application: str
    values: dict[str, str]
    firm: dict[str, str]
    banks: tuple[str, ...]
    amount: int
    fingerprint: str
    changed: bool


@dataclass(frozen=True)
class Sheet:
    """A signing sheet as it was frozen.

    Attributes:
        number: 签字2026-0001.
        batch: 推荐2026-0001.
        rows: Its applications.
        signed: Level → (names, days) of those that approved, the convener only once it was signed.
        head: Hash of the journal's step that froze it.
        made_on: Day of that step.
    """

    number: str
    batch: str
    rows: tuple[SheetRow, ...]
    signed: dict[str, tuple[tuple[str, ...], tuple[date, ...]]]
    head: str
    made_on: date

    @property
    def fingerprint(self) -> str:
        """One fingerprint over all rows, in their order."""
        text = "\n".join(row.fingerprint for row in self.rows)
        return hashlib.sha256(text.encode("ascii")).hexdigest()[:16].upper()

    @property
    def amount(self) -> int:
        """All needs in fen."""
        return sum(row.amount for row in self.rows)


def read_sheet(ledger: Ledger, number: str) -> Sheet:
    """Read a signing sheet back, as it was frozen.

    Raises:
        UserError: There is no such sheet.
    """
    where = (Where("sheet", "=", number), Where("level", "=", review.BY_LEADER))
    amount = field_map(Application)["amount"].kind
    with ledger.read() as rows:
        leaders = rows.find(Query(Review, where)) if number else []
        if not leaders:
            raise UserError(f"没有签字页“{number}”，可能出签字页那一步已经撤销。请重新出签字页。")
        cases = Cases.of(rows, [each.application for each in leaders if each.application])
        said = rows.find(Query(Review, (Where("sheet", "=", number),)))
        people = rows.titles(Person.TABLE, [each.reviewer for each in said if each.reviewer])
        found = []
        for each in leaders:
            frozen = thaw(each.frozen)
            own, names = dict(frozen.get("申报", {})), frozen.get("名称", {})
            there = cases.all.get(each.application or "")
            found.append(SheetRow(
                each.application or "", own, dict(frozen.get("主体", {})),
                tuple(names.get(own.get(key, ""), "") for key in ("bank1", "bank2") if own.get(key)),
                int(amount.parse(own["amount"], None)) if own.get("amount") else 0,
                each.fingerprint or "", there is not None and bool(cases.altered(there, each)),
            ))  # fmt: skip
        batch = next((a.batch for a in cases.all.values() if a.batch), "") or ""
    signed: dict[str, tuple[tuple[str, ...], tuple[date, ...]]] = {}
    for _, level, _ in review.STAGES:
        some = [each for each in said if each.level == level]
        signed[level] = (
            tuple(dict.fromkeys(people.get(each.reviewer or "", "") for each in some)),
            tuple(sorted({each.day for each in some if each.day})),
        )
    made = next(item for item in reversed(ledger.history(leaders[0].id, "sheet")) if item.after == number)  # fmt: skip
    info = ledger.infos([made.step])[0]
    return Sheet(number, batch, tuple(found), signed, info.hash, info.at.date())
