"""What each indicator is by its definition: which lines, what is taken of them, what is divided by what."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


# Indicator → name of its lines, where that is not its own.
LINES: dict[str, str] = {
    "granted_amount": "granted_firms", "granted_loans": "granted_firms", "granted_mean_rate": "granted_firms",
    "drawn_amount": "drawn_firms", "drawn_loans": "drawn_firms", "drawn_mean_rate": "drawdowns",
    "first_loan_amount": "first_loan_firms", "first_mean_rate": "first_loan_firms", "borrowing_firms": "loan_balance",
    "unsecured_loans": "unsecured", "long_firms": "long", "asking_firms": "asked", "askings": "asked",
    "asked_amount": "asked", "effective_visits": "effective", "repeat_visits": "repeated", "repeat_firms": "repeated",
    "window_visits": "window", "window_firms": "window", "use_checked_firms": "use_checks", "misused_firms": "misuses",
    "outside_firms": "outside", "outside_amount": "outside", "given_up_firms": "given_up",
    "list_unsecured_firms": "list_unsecured", "list_unsecured_amount": "list_unsecured",
    "list_first_firms": "list_first", "list_first_amount": "list_first", "list_long_amount": "list_long",
    "list_renewed_amount": "list_renewed", "list_mean_rate": "list_rated", "timed_decisions": "timed",
    "decision_day_sum": "timed", "late_decisions": "late", "timed_mortgages": "mortgages", "mortgage_day_sum": "mortgages",
    "due_firms": "due", "due_loans": "due", "due_amount": "due", "wanted_firms": "wanted", "wanted_loans": "wanted",
    "wanted_amount": "wanted", "renewal_balance_firms": "renewal_balance", "renewed_mean_rate": "rated_renewals",
    "unrenewed_firms": "unrenewed", "unrenewed_loans": "unrenewed", "extended_firms": "extended",
    "extended_loans": "extended", "extended_amount": "extended", "rescheduled_firms": "rescheduled",
    "rescheduled_loans": "rescheduled", "rescheduled_amount": "rescheduled", "cultivated_firms": "cultivated",
    "listed_firms": "listed", "cultivation_left_firms": "left", "cultivation_checked_firms": "checked",
    "planned_firms": "planned", "hosted_firms": "hosted", "helped_firms": "helps", "cultivated_lent_firms": "lent",
    "cultivated_lent_amount": "lent", "ticket_firms": "tickets_collected", "ticket_day_sum": "tickets_solved",
    "walks_with_steps": "walked_steps", "walks_with_papers": "walked_papers", "walks_with_days": "walked_days",
    "refunded_amount": "complaints_handled", "duty_amount": "duty_exempt", "park_credited_firms": "park_credited",
    "park_line": "park_lines", "campaign_reached_firms": "campaign_reached", "campaign_matched_firms": "campaign_matched",
    "campaign_online_firms": "campaign_online", "campaign_drawn_firms": "campaign_drawn",
    "campaign_first_firms": "campaign_first", "campaign_touched_firms": "campaign_touched",
    "tax_needing_firms": "tax_needing", "tax_granted_firms": "tax_granted", "tax_granted_amount": "tax_granted",
    "tax_drawn_firms": "tax_drawn", "tax_drawn_amount": "tax_drawn", "guaranteed_firms": "guarantees",
    "guaranteed_amount": "guarantees", "guarantee_balance_firms": "guarantee_balance",
    "guarantee_mean_fee": "guarantee_fees", "small_rural_mean_fee": "small_rural_fees", "small_rural_firms": "small_rural",
    "small_rural_amount": "small_rural", "over_limit_firms": "over_limit", "over_limit_amount": "over_limit",
    "low_fee_amount": "low_fee", "unborrowed_firms": "guarantees_no_loan", "unborrowed_amount": "guarantees_no_loan",
    "guarantor_risk": "risk_guarantor", "bank_risk": "risk_bank", "higher_risk": "risk_higher",
    "government_risk": "risk_government", "compensated_amount": "compensations",
}  # fmt: skip

_COUNTS = (
    "visits matchings renewed_loans effective_visits repeat_visits window_visits use_checks timed_decisions"
    " late_decisions timed_mortgages askings granted_loans drawn_loans unsecured_loans due_loans wanted_loans"
    " unrenewed_loans extended_loans rescheduled_loans helps inspections inspections_faulty walks_with_steps"
    " walks_with_papers walks_with_days walks_asked_online walks_online faults_found faults_ordered faults_watched"
    " faults_mended faults_closed faults_open faults_late talks_held complaints complaints_valid complaints_handled"
    " intermediaries_found intermediaries_handed duty_cases duty_exempt activities activities_sent activities_used"
    " talks publicity help_activities fairs meetings receptions officer_receptions trainings practices innovations"
    " model_cases briefs proofs briefs_sent products first_products online_products products_launched teams"
    " chief_officers parks parks_filed parks_agreed parks_insured parks_digital parks_reached guarantees compensations"
    " tickets_collected tickets_handed tickets_solved tickets_closed tickets_open tickets_late tickets_solved_late"
    " tickets_escalated tickets_green tickets_parallel tickets_lenient tickets_promised tickets_answered tickets_satisfied"
)
_SUMS = (
    "loan_balance bad_balance unsecured_balance renewal_balance guarantee_balance decision_day_sum mortgage_day_sum"
    " ticket_day_sum walked_steps walked_papers walked_days activity_firms activity_people activity_signed reception_firms"
)
_MEANS = (
    "granted_mean_rate drawn_mean_rate first_mean_rate list_mean_rate renewed_mean_rate park_line guarantee_mean_fee"
    " small_rural_mean_fee guarantor_risk bank_risk higher_risk government_risk"
)
_OWING = "borrowing_firms renewal_balance_firms guarantee_balance_firms"
TAKES: dict[str, str] = {
    name: take
    for take, names in (("events", _COUNTS), ("amount", _SUMS), ("mean", _MEANS), ("owing", _OWING))
    for name in names.split()
}

# Indicator → above the line, below it, by how much the quotient is multiplied (% in hundredths, days in tenths).
_PER_CENT = {
    "unsecured_share": ("unsecured_amount", "drawn_amount"), "long_share": ("long_amount", "drawn_amount"),
    "bad_share": ("bad_balance", "loan_balance"), "unsecured_balance_share": ("unsecured_balance", "loan_balance"),
    "renewal_balance_share": ("renewal_balance", "inclusive_balance"),
    "renewal_firm_rate": ("renewed_firms", "wanted_firms"), "renewal_amount_rate": ("renewed_amount", "wanted_amount"),
    "first_rate_a": ("first_loan_firms", "drawn_firms"), "first_rate_b": ("cultivated_lent_firms", "cultivated_firms"),
    "first_amount_share": ("first_loan_amount", "drawn_amount"), "task_rate": ("done_tasks", "target_firms"),
    "visit_rate": ("covered_firms", "target_firms"), "effective_rate": ("effective_firms", "visited_firms"),
    "need_rate": ("needing_firms", "visited_firms"), "contact_rate": ("listed_contacted_firms", "recommended_firms"),
    "grant_rate": ("eligible_granted_firms", "eligible_firms"), "draw_rate": ("usable_drawn_firms", "usable_firms"),
    "recommend_rate": ("recommended_firms", "applied_firms"),
    "tickets_solve_rate": ("tickets_solved", "tickets_collected"),
    "tickets_satisfied_rate": ("tickets_satisfied", "tickets_answered"), "online_share": ("walks_online", "walks_asked_online"),
    "faults_mend_rate": ("faults_mended", "faults_found"), "parks_filed_share": ("parks_filed", "parks"),
    "park_credit_share": ("park_credited_firms", "park_firms"),
    "campaign_reach_share": ("campaign_reached_firms", "campaign_firms"),
    "campaign_first_share": ("campaign_first_firms", "campaign_drawn_firms"),
    "campaign_online_share": ("campaign_online_firms", "campaign_touched_firms"),
    "small_rural_share": ("small_rural_amount", "guaranteed_amount"), "low_fee_share": ("low_fee_amount", "guaranteed_amount"),
    "small_unsecured_share": ("small_unsecured_balance", "small_loans_balance"),
    "inclusive_renewal_share": ("inclusive_renewal_balance", "inclusive_balance"),
}  # fmt: skip
_MEAN_OF = {
    "decision_days": ("decision_day_sum", "timed_decisions"), "mortgage_days": ("mortgage_day_sum", "timed_mortgages"),
    "ticket_days": ("ticket_day_sum", "tickets_solved"), "mean_steps": ("walked_steps", "walks_with_steps"),
    "mean_papers": ("walked_papers", "walks_with_papers"), "mean_days": ("walked_days", "walks_with_days"),
}  # fmt: skip
RATIOS: dict[str, tuple[str, str, int]] = {
    **{name: (*pair, 10_000) for name, pair in _PER_CENT.items()},
    **{name: (*pair, 10) for name, pair in _MEAN_OF.items()},
}

ADDED = frozenset(
    _words(
        "inclusive_balance inclusive_firms all_loans_balance small_loans_balance small_unsecured_balance relending_balance"
        " long_balance renewal_balance_reported renewal_firms_reported inclusive_renewal_balance"
        " tax_loan_balance tax_loan_firms host_bank_firms guaranteed_balance_reported"
    )
)
"""Reported numbers that may be added up; the others are rates and shares."""
FIGURES = ADDED | frozenset(
    _words(
        "inclusive_rate loan_steps loan_papers loan_days mortgage_days_reported online_business_share online_mortgage_share"
        " guarantee_fee_reported small_rural_share_reported"
    )
)
SETS = frozenset(
    _words(
        "listed_contacted_firms eligible_firms eligible_granted_firms unjudged_firms usable_firms usable_drawn_firms"
        " unasked_firms"
    )
)
