"""A form with every sort of number: firms, amounts, means, ratios, figures, formulas, lists, totals."""

from __future__ import annotations

from pathlib import Path

from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.periods import Period
from ledger_desk.reports.catalogue import ReportFiles, run
from ledger_desk.store.ledger import Ledger
from tests.reports.making_forms import OCTOBER, load

TRIAL = """
[[cell]]
at = "A1"
text = "填报单位：{office}　填表人：{person}　审核人：{checked}　负责人：{headed}"
[[cell]]
at = "B2"
indicator = "inclusive_balance"
measure = "期末数"
[[block]]
rows = "townships"
first_row = 5
room = 3
shrink = true
total_row = 8
column = [
  { at = "A", heading = "乡镇", field = "label" },
  { at = "B", heading = "对接", indicator = "matched_firms", measure = "本期", total = "sum" },
  { at = "C", heading = "授信", indicator = "granted_firms", measure = "启动以来累计", total = "sum" },
  { at = "D", heading = "占比", formula = "C / B", unit = "%", total = "sum" },
  { at = "E", heading = "金额", indicator = "granted_amount", measure = "本期", total = "sum" },
  { at = "F", heading = "笔数", indicator = "granted_loans", measure = "本年累计", total = "sum" },
  { at = "G", heading = "利率", indicator = "drawn_mean_rate", measure = "本期", total = "sum" },
  { at = "H", heading = "首贷占比", indicator = "first_amount_share", measure = "本期", total = "sum" },
  { at = "I", heading = "新增", indicator = "granted_firms", measure = "本期新增", total = "sum" },
]
[[block]]
rows = "records"
of = "matching"
day = "day"
sort = ["day"]
first_row = 14
room = 3
total_row = 17
column = [
  { at = "A", heading = "序号", field = "number" },
  { at = "B", heading = "企业名", field = "enterprise.name", total = "firms" },
  { at = "C", heading = "对接银行", field = "bank.name", total = "count" },
  { at = "D", heading = "备注栏", field = "note" },
]
"""
PRINTED = {
    "A4": "乡镇", "B4": "对接", "C4": "授信", "D4": "占比", "E4": "金额", "F4": "笔数", "G4": "利率",
    "H4": "首贷占比", "I4": "新增", "A13": "序号", "B13": "企业名", "C13": "对接银行", "D13": "备注栏",
}  # fmt: skip


def trial_forms(folder: Path, text: str = TRIAL) -> Forms:
    """Load the form from a folder."""
    found = load(folder, text, PRINTED)
    assert not found.problems, [problem.sentence() for problem in found.problems]
    return found


def make(
    ledger: Ledger, forms: Forms, period: Period = OCTOBER, form: str = "trial"
) -> ReportFiles:
    """Make and check the report."""
    return run(ledger, form, period.start, period.end, forms=forms)
