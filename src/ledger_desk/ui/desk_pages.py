"""Which pages a window has, in the order of the navigation. To add a page: a maker and a line here.

A page is imported and made when it is first shown, so that the window opens quickly.
"""

from __future__ import annotations

from ledger_desk.ui.desk import Desk, Entry
from ledger_desk.ui.page import Page

# What 首贷培植 can show: everything that hangs on the work with a firm.
_FIRST_LOAN = ("cultivation", "help", "matching", "credit", "loan", "drawdown", "repayment")


def entries(desk: Desk) -> list[Entry]:
    """The pages of a desk."""
    given = desk.ledger, desk.jobs, desk.window

    def enterprises() -> Page:
        from ledger_desk.ui.pages.enterprises import EnterprisePage

        return EnterprisePage(*given)

    def first_loan() -> Page:
        from ledger_desk.ui.pages.first_loan import FirstLoanPage

        return FirstLoanPage(*given)

    def exchange() -> Page:
        from ledger_desk.ui.pages.exchange import ExchangePage

        return ExchangePage(*given)

    def reports() -> Page:
        from ledger_desk.ui.pages.reports import ReportsPage

        return ReportsPage(*given)

    def settings() -> Page:
        from ledger_desk.ui.pages.settings import SettingsPage

        return SettingsPage(*given)

    return [
        Entry(
            "enterprises", "经营主体", "building-store", enterprises,
            searches=True, tables=("enterprise",),
        ),
        Entry(
            "first_loan", "首贷培植", "seedling", first_loan, searches=True, tables=_FIRST_LOAN,
        ),
        Entry(
            "exchange", "数据交换", "arrows-exchange", exchange,
            tables=("dispatch", "destination", "verdict"),
        ),
        Entry("reports", "报表", "report", reports, "numbers"),
        Entry("settings", "设置与备份", "settings", settings, "settings", tables=("figure",)),
    ]  # fmt: skip
