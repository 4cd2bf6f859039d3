"""Running a form's rules: findings in the order of grade and place, and their counts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ledger_desk.exchange.definitions import Forms
from ledger_desk.reports.build import elsewhere_of
from ledger_desk.reports.cells.elsewhere import Elsewhere
from ledger_desk.reports.cells.own_checks import own_findings
from ledger_desk.reports.findings import GRADES, Case, Finding, Grade
from ledger_desk.reports.rules import RULES
from ledger_desk.reports.shapes import Report
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows


@dataclass(frozen=True)
class Checks:
    """All findings on one report: 必改 first, then 须说明, then 提示; each by place in the form."""

    findings: tuple[Finding, ...]

    def of(self, grade: Grade) -> tuple[Finding, ...]:
        """Findings of one grade."""
        return tuple(finding for finding in self.findings if finding.grade == grade)

    @property
    def counts(self) -> dict[Grade, int]:
        """``{"must": 1, "explain": 1, "hint": 2}``."""
        return {grade: len(self.of(grade)) for grade in GRADES}

    @property
    def clean(self) -> bool:
        """Whether nothing has to be mended or explained."""
        return not self.of("must") and not self.of("explain")


def check(ledger: Ledger, report: Report, forms: Forms | None = None) -> Checks:
    """Run the rules of the report's form; ``forms`` are those that its formulas may name."""
    with ledger.read() as rows:
        around = elsewhere_of(rows, ledger, report.form, report.period, report.office, forms)
        return check_on(rows, report, around)


def check_on(rows: Rows, report: Report, elsewhere: Elsewhere | None = None) -> Checks:
    """Run the rules on a picture that is already open.

    Args:
        rows: The picture that the report was made on.
        report: The report.
        elsewhere: Where the form's own rules find other forms and earlier periods; without it what
            they say of these passes silently.
    """
    case = Case(report, rows)
    found: list[Finding] = []
    for name in dict.fromkeys(report.form.shape.checks):
        rule = RULES[name]
        found.extend(rule.run(rule, case))
    found.extend(own_findings(report, elsewhere))
    own = report.form.shape.sheet
    found = [replace(f, beside=f.sheet) if f.sheet and f.sheet != own else f for f in found]
    order = {grade: place for place, grade in enumerate(GRADES)}
    found.sort(key=lambda f: (order[f.grade], f.row == 0, f.sheet, f.row, f.column, f.rule))
    return Checks(tuple(found))
