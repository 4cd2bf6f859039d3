"""Check rules (审核公式): what one is, and the list of all of them.

A form names the rules that are run on it (``checks = [...]``). To add one: a function that yields
findings, a line in `CONTACT_RULES` or `NUMBER_RULES`, and its id in a form's ``checks``.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.reports.contact_rules import CONTACT_RULES
from ledger_desk.reports.findings import Rule
from ledger_desk.reports.number_rules import NUMBER_RULES

RULES: Mapping[str, Rule] = {rule.id: rule for rule in (*CONTACT_RULES, *NUMBER_RULES)}
