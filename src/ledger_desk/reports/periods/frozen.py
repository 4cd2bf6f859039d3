"""A period as it was closed: the report, what stood behind it, what was found and explained.

The same shape is made of a report of today, so that both can be laid side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger_desk.model.parameters import holding_on
from ledger_desk.model.records import Setting
from ledger_desk.model.work_parameters import PARAMETERS
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.findings import Finding
from ledger_desk.reports.indicators import find_indicator
from ledger_desk.reports.periods.signatures import NOBODY, Signed
from ledger_desk.reports.periods.stakes import Leaf, Question, gather
from ledger_desk.reports.shapes import Report
from ledger_desk.store.queries import Query, Rows, Where


@dataclass(frozen=True)
class Frozen:
    """What is kept of a closed period besides its two files.

    Attributes:
        report: Every cell and row.
        numbers: What stood behind each number of the ledger.
        findings: What the checks found.
        remarks: Key of a finding → its written explanation.
        signed: Who signed.
        parameters: Parameter → the value that held on the last day, as it is shown.
        definitions: Id of each indicator used → its label, text and clause (口径).
    """

    report: Report
    numbers: Mapping[Question, tuple[Leaf, ...]]
    findings: tuple[Finding, ...] = ()
    remarks: Mapping[str, str] = field(default_factory=dict)
    signed: Signed = NOBODY
    parameters: Mapping[str, str] = field(default_factory=dict)
    definitions: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)


def freeze(
    rows: Rows,
    report: Report,
    findings: tuple[Finding, ...] = (),
    remarks: Mapping[str, str] | None = None,
    signed: Signed = NOBODY,
    progress: Progress = silent,
) -> Frozen:
    """Put together what is to be kept of a report, on the picture that it was made on."""
    numbers = gather(rows, report, progress)
    names = sorted({question[0] for question in numbers})
    definitions = {}
    for name in names:
        spec = find_indicator(name)
        definitions[name] = (spec.label, spec.text, spec.clause)
    return Frozen(
        report, numbers, findings, dict(remarks or {}), signed, _parameters(rows, report), definitions
    )  # fmt: skip


def _parameters(rows: Rows, report: Report) -> dict[str, str]:
    """All parameters as they hold on the last day of the period."""
    names = tuple(each.name for each in PARAMETERS)
    found = rows.find(Query(Setting, (Where("name", "in", names),)))
    texts = {str(each.name): each.value for each in found}
    return {
        each.key: holding_on(each, texts.get(each.name), report.period.end) for each in PARAMETERS
    }
