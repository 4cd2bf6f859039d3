"""Closing a period (结账) and opening it again (反结账).

A closed period never refuses a write (`decisions.md` 4): what is changed afterwards shows in the
restatement. Undo passes over both steps: a table that was reported stays reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.records import Closing
from ledger_desk.progress import Progress, silent
from ledger_desk.reports import output
from ledger_desk.reports.build import build_on, elsewhere_of
from ledger_desk.reports.catalogue import ReportFiles
from ledger_desk.reports.checks import check_on
from ledger_desk.reports.findings import Finding
from ledger_desk.reports.periods import closings
from ledger_desk.reports.periods.closings import CLOSED, REOPENED, standing
from ledger_desk.reports.periods.codes import code_of, grouped, qr_text
from ledger_desk.reports.periods.earlier import closed_reports
from ledger_desk.reports.periods.frozen import freeze
from ledger_desk.reports.periods.packing import pack
from ledger_desk.reports.periods.remarks import LEAST, remarks_of, unexplained
from ledger_desk.reports.periods.signatures import Signed, sign
from ledger_desk.reports.shapes import Report
from ledger_desk.store import blobs
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.store.standing import CLOSED as KIND

_NAMED = 3


@dataclass(frozen=True)
class Obstacles:
    """What stands in the way of closing: findings to be mended, and to be explained."""

    must: tuple[Finding, ...]
    explain: tuple[Finding, ...]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.must or self.explain)

    @property
    def words(self) -> str:
        """``改完 1 处必改、写明 2 处须说明就能结账``; ``可以结账`` where nothing is in the way."""
        parts = [f"改完 {len(self.must)} 处必改"] if self.must else []
        parts += [f"写明 {len(self.explain)} 处须说明"] if self.explain else []
        return f"{'、'.join(parts)}就能结账" if parts else "可以结账"


def obstacles(findings: tuple[Finding, ...], texts: Mapping[str, str]) -> Obstacles:
    """Tell what is missing before a period can be closed; ``texts`` are the explanations by key."""
    must = tuple(each for each in findings if each.grade == "must")
    return Obstacles(must, tuple(unexplained(findings, texts)))


def close_period(
    ledger: Ledger,
    made: ReportFiles,
    *,
    filled_by: str = "",
    checked_by: str = "",
    headed_by: str = "",
    forms: Forms | None = None,
    progress: Progress = silent,
) -> Closing:
    """Close the period of a report: keep its cells, what stands behind them, and its two files.

    Args:
        ledger: The open ledger.
        made: The report as it was looked at; it must still be what the ledger says.
        filled_by: 填表人; whoever works now where it is empty.
        checked_by: 审核人, empty: left to be signed by hand.
        headed_by: 负责人, likewise.
        forms: Forms that formulas may name.
        progress: Told what is done; may cancel, then nothing is kept.

    Raises:
        UserError: Something must be mended or explained first, the period is closed already, the ledger
            has changed since the report was made, or it refuses the step.
        Cancelled: The person asked to stop.
    """
    person = ledger.person
    filled = filled_by.strip() or ((person.name or "") if person is not None else "")
    signed = Signed(filled, checked_by.strip(), headed_by.strip())
    report = made.report
    form, period, office = report.form, report.period, report.office
    with ledger.read() as rows:
        stands = standing(rows, form.id, period, office)
        _refuse_twice(stands)
        closed = closed_reports(rows, office, forms)
        around = elsewhere_of(rows, ledger, form, period, office, forms, closed)
        fresh = build_on(rows, ledger, form, period, office=office, elsewhere=around)
        if code_of(fresh) != code_of(report):
            raise UserError(
                f"“{form.title} {period.label}”没有结账：这张表出来以后，账又改动过，数已经不一样了。"
                "请重算，看过新的数再结账。"
            )
        checks = check_on(rows, fresh, around)
        texts = {
            key: str(each.text) for key, each in remarks_of(rows, form.id, period, office).items()
        }
        _refuse(obstacles(checks.findings, texts), f"{form.title} {period.label}")
        final = sign(fresh, signed)
        known = {each.key for each in checks.findings}
        kept = {key: text for key, text in texts.items() if key in known}
        frozen = freeze(rows, final, checks.findings, kept, signed, progress)
    number = (stands.last.number or 0) + 1 if stands.last is not None else 1
    today, code = date.today(), code_of(final)
    xlsx = output.write_xlsx(final, progress)
    pdf = _print(final, xlsx, code, number, today, progress)
    with ledger.step(f"结账：{form.title} {period.label}，第 {number} 次定稿", KIND) as step:
        _refuse_moved(step.rows, fresh.head)
        blank = blobs.keep(step, form.blank)
        closing = Closing(
            form=form.id, form_title=form.title, starts_on=period.start, ends_on=period.end, office=office,
            number=number, state=CLOSED, closed_on=today,
            closed_by=person.id if person is not None else None, filled_by=signed.filled or None,
            checked_by=signed.checked or None, headed_by=signed.headed or None, head=fresh.head,
            code=code, frozen=blobs.keep(step, pack(frozen, blank)), xlsx=blobs.keep(step, xlsx),
            pdf=blobs.keep(step, pdf),
        )  # fmt: skip
        return replace(closing, id=step.create(closing))


def _print(
    report: Report, xlsx: bytes, code: str, number: int, day: date, progress: Progress
) -> bytes:
    """Paint the pages with the code in their margin."""
    from ledger_desk.workbook.stamping import Stamp

    lines = (f"核对码 {grouped(code)}", f"第 {number} 次定稿　{day.isoformat()} 结账")
    return output.write_pdf(
        report, xlsx, progress=progress, stamp=Stamp(lines, qr_text(code))
    ).pdf  # fmt: skip


def _refuse_twice(stands: closings.Standing) -> None:
    held = stands.closed
    if held is not None:
        raise UserError(
            f"“{closings.title_of(held)}”{held.closed_on} 已经结账，是第 {held.number} 次定稿。"
            "要重新结账，请先反结账，写明原因和同意人。"
        )


def _refuse(wrong: Obstacles, title: str) -> None:
    if not wrong:
        return
    told = [f"{each.grade_label}：{each.title}" for each in (*wrong.must, *wrong.explain)]
    more = f"等 {len(told)} 处" if len(told) > _NAMED else ""
    raise UserError(f"“{title}”没有结账。{'；'.join(told[:_NAMED])}{more}。{wrong.words}。")


def _refuse_moved(rows: Rows, head: str) -> None:
    """The step must follow the very picture that was frozen."""
    sql = "SELECT hash FROM step ORDER BY id DESC LIMIT 1"
    if str(rows.connection.exec_driver_sql(sql).scalar() or "") != head:
        raise UserError("没有结账：正在结账的时候账又改动了一步。账没有受影响，请重算后再结。")


def reopen_period(ledger: Ledger, closing: str, reason: str, approver: str) -> Closing:
    """Open a closed period again; its closing, with all that was kept, stays.

    Args:
        ledger: The open ledger.
        closing: Id of the closing that holds now.
        reason: Why; it is printed on the restatement.
        approver: Who agreed; likewise.

    Raises:
        UserError: Reason or approver is missing, or the closing does not hold (any more).
    """
    why, who = reason.strip(), approver.strip()
    if len(why) < LEAST:
        raise UserError(f"没有反结账：请写明原因，至少 {LEAST} 个字。它会印在差异说明表上。")
    if not who:
        raise UserError("没有反结账：请写谁同意的。它会印在差异说明表上。")
    person = ledger.person
    with ledger.read() as rows:
        found = rows.get(Closing, closing)
    if found is None:
        raise UserError("账里没有这次结账。请在“报表”里看这一期的状态。")
    if found.state != CLOSED:
        raise UserError(
            f"“{closings.title_of(found)}”第 {found.number} 次定稿 {found.reopened_on} 已经反结账，不用再反。"
        )
    with ledger.step(f"反结账：{closings.title_of(found)}，第 {found.number} 次定稿", KIND) as step:
        step.change(Closing, closing, {
            "state": REOPENED, "reopened_on": date.today(), "reason": why, "approver": who,
            "reopened_by": person.id if person is not None else None,
        })  # fmt: skip
        again = step.rows.get(Closing, closing)
    assert again is not None
    return again
