"""Written explanations of findings (审核说明): kept with the period, offered again in the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Remark
from ledger_desk.reports.findings import Finding
from ledger_desk.reports.shapes import Report
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

LEAST = 4  # characters: less is no explanation


def remarks_of(
    rows: Rows, form: str, period: Period, office: str | None = None
) -> dict[str, Remark]:
    """The explanations of a form's period, by key of the finding."""
    where = (
        Where("form", "=", form), Where("starts_on", "=", period.start),
        Where("ends_on", "=", period.end),
    )  # fmt: skip
    found = rows.find(Query(Remark, where))
    return {str(each.item): each for each in found if (each.office or None) == office}


def offered(
    rows: Rows, form: str, period: Period, office: str | None = None
) -> dict[str, str]:  # fmt: skip
    """What was written in earlier periods, by key: the words of the latest one that has any."""
    where = (Where("form", "=", form), Where("ends_on", "<", period.start))
    found = rows.find(Query(Remark, where, sort=(("ends_on", False),)))
    return {str(each.item): str(each.text) for each in found if (each.office or None) == office}


def unexplained(findings: Iterable[Finding], texts: Mapping[str, str]) -> list[Finding]:
    """Findings that want an explanation and have none."""
    return [each for each in findings if each.grade == "explain" and not texts.get(each.key)]


def explain(ledger: Ledger, report: Report, finding: Finding, text: str) -> None:
    """Write the explanation of a finding; an empty one takes it away. One step.

    Raises:
        UserError: It says too little, or the ledger refuses it.
    """
    explain_all(ledger, report, [(finding, text)])


def explain_all(ledger: Ledger, report: Report, said: Sequence[tuple[Finding, str]]) -> None:
    """Write several explanations in one step; see `explain`."""
    for _, text in said:
        if 0 < len(text.strip()) < LEAST:
            raise UserError(f"说明太短了，请写明原因，至少 {LEAST} 个字。")
    form, period = report.form, report.period
    person = ledger.person
    what = said[0][0].title if len(said) == 1 else f"{len(said)} 处"
    with ledger.step(f"审核说明：{form.title} {period.label} {what}") as step:
        known = remarks_of(step.rows, form.id, period, report.office)
        for finding, text in said:
            old, words = known.get(finding.key), text.strip()
            if old is not None and not words:
                step.remove(Remark, old.id)
            elif old is not None:
                if old.text != words:
                    step.change(Remark, old.id, {
                        "text": words, "finding": finding.sentence,
                        "person": person.id if person else None, "day": date.today(),
                    })  # fmt: skip
            elif words:
                step.create(Remark(
                    form=form.id, starts_on=period.start, ends_on=period.end, office=report.office,
                    item=finding.key, finding=finding.sentence, text=words,
                    person=person.id if person else None, day=date.today(),
                ))  # fmt: skip
