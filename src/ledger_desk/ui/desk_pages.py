"""Which pages a window has, in the order of the navigation. To add a page: a maker and a line here.

A page is imported and made when it is first shown, so that the window opens quickly.
"""

from __future__ import annotations

from ledger_desk.ui.desk import Desk, Entry
from ledger_desk.ui.page import Page

# What 首贷培植 can show: everything that hangs on the work with a firm.
_FIRST_LOAN = ("cultivation", "help", "matching", "credit", "loan", "drawdown", "repayment")
# What 走访 can show.
_VISITS = ("visit", "visit_task", "visit_plan")
# What 申报与审核 can show.
_APPLICATIONS = ("application", "review", "dept_check")
# What 推送与银行 can show.
_PUSHING = ("referral", "push_batch", "guarantee", "guarantor", "product", "team")
# What 问题台账 can show.
_TICKETS = ("ticket", "rectification", "inspection", "complaint", "intermediary", "duty_case")

# What 续贷, 小微园区, 活动信息 and 任务与口径 can show.
_RENEWALS = ("renewal",)
_PARKS = ("park", "tenancy")
_ACTIVITIES = ("activity", "attendance", "tax_year")
_TARGETS = ("target", "figure", "indicator")


def entries(desk: Desk) -> list[Entry]:
    """The pages of a desk."""
    given = desk.ledger, desk.jobs, desk.window

    def today() -> Page:
        from ledger_desk.ui.pages.today import TodayPage

        return TodayPage(*given)

    def enterprises() -> Page:
        from ledger_desk.ui.pages.enterprises import EnterprisePage

        return EnterprisePage(*given)

    def visits() -> Page:
        from ledger_desk.ui.pages.visits import VisitsPage

        return VisitsPage(*given)

    def applications() -> Page:
        from ledger_desk.ui.pages.applications import ApplicationPage

        return ApplicationPage(*given)

    def pushing() -> Page:
        from ledger_desk.ui.pages.pushing import PushingPage

        return PushingPage(*given)

    def first_loan() -> Page:
        from ledger_desk.ui.pages.first_loan import FirstLoanPage

        return FirstLoanPage(*given)

    def tickets() -> Page:
        from ledger_desk.ui.pages.tickets import TicketPage

        return TicketPage(*given)

    def renewals() -> Page:
        from ledger_desk.ui.pages.renewals import RenewalsPage

        return RenewalsPage(*given)

    def parks() -> Page:
        from ledger_desk.ui.pages.parks import ParksPage

        return ParksPage(*given)

    def activities() -> Page:
        from ledger_desk.ui.pages.activities import ActivitiesPage

        return ActivitiesPage(*given)

    def targets() -> Page:
        from ledger_desk.ui.pages.targets import TargetsPage

        return TargetsPage(*given)

    def exchange() -> Page:
        from ledger_desk.ui.pages.exchange import ExchangePage

        return ExchangePage(*given)

    def reports() -> Page:
        from ledger_desk.ui.pages.reports import ReportsPage

        return ReportsPage(*given)

    def bulletins() -> Page:
        from ledger_desk.ui.pages.reports.bulletins import BulletinPage

        return BulletinPage(*given)

    def settings() -> Page:
        from ledger_desk.ui.pages.settings import SettingsPage

        return SettingsPage(*given)

    return [
        Entry("today", "今天要办", "list-check", today, "today"),
        Entry(
            "enterprises", "经营主体", "building-store", enterprises,
            searches=True, tables=("enterprise",),
        ),
        Entry("visits", "走访", "walk", visits, searches=True, tables=_VISITS),
        Entry(
            "applications", "申报与审核", "clipboard-check", applications,
            searches=True, tables=_APPLICATIONS,
        ),
        Entry("pushing", "推送与银行", "send", pushing, searches=True, tables=_PUSHING),
        Entry(
            "first_loan", "首贷培植", "seedling", first_loan, searches=True, tables=_FIRST_LOAN,
        ),
        Entry("renewals", "续贷", "refresh", renewals, searches=True, tables=_RENEWALS),
        Entry("tickets", "问题台账", "ticket", tickets, searches=True, tables=_TICKETS),
        Entry("parks", "小微园区", "building-factory-2", parks, searches=True, tables=_PARKS),
        Entry(
            "activities", "活动信息", "speakerphone", activities,
            searches=True, tables=_ACTIVITIES,
        ),
        Entry(
            "exchange", "数据交换", "arrows-exchange", exchange,
            tables=("dispatch", "destination", "verdict"),
        ),
        Entry("reports", "报表", "report", reports, "numbers"),
        Entry("bulletins", "通报", "file-text", bulletins, "numbers"),
        Entry(
            "targets", "任务与口径", "target", targets, "numbers", searches=True, tables=_TARGETS,
        ),
        Entry("settings", "设置与备份", "settings", settings, "settings"),
    ]  # fmt: skip
