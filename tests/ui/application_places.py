"""Invented applications at every stage, on the page 申报与审核 in a shown window."""

from __future__ import annotations

from collections.abc import Sequence

from ledger_desk.model import review
from ledger_desk.model.records import Application, Bank, Loan
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.applications import ApplicationPage
from ledger_desk.work import applying, checking, reviewing
from tests.ui.places import settle, show

FIT = dict.fromkeys(CRITERIA, "符合")
BANKS = ("新县农村商业银行", "中国邮政储蓄银行新县支行", "中原银行新县支行", "新县珠江村镇银行")


def add_banks(ledger: Ledger) -> list[str]:
    shorts = ("农商行", "邮储", "中原", "村镇")
    with ledger.step("登记银行") as step:
        return step.create_many(Bank, [
            {"name": name, "short": short, "type": "农信系统"} for name, short in zip(BANKS, shorts, strict=True)
        ])  # fmt: skip


def entry_of(firm: str, banks: Sequence[str], **more: object) -> dict[str, object]:
    base = {
        "enterprise": firm, "amount": 60_000_000, "months": 12, "purpose": "流动资金", "security": "信用",
        "bank1": banks[0], "bank2": banks[1], **FIT,
    }  # fmt: skip
    return {**base, **more}


def states(ledger: Ledger) -> list[str | None]:
    return [each.state for each in ledger.find(Query(Application, sort=(("no", False),)))]


def in_state(ledger: Ledger, state: str) -> list[str]:
    with ledger.read() as rows:
        return rows.ids(Query(Application, (Where("state", "=", state),)))


def fill_desk(ledger: Ledger, firms: Sequence[str]) -> None:
    """Applications of fourteen firms and more: some at each stage, one returned, one recommended."""
    banks = add_banks(ledger)
    amounts = (12_000_000, 60_000_000, 8_000_000, 200_000_000)
    entries = [
        entry_of(firm, (banks[n % 4], banks[(n + 1) % 4]), amount=amounts[n % 4],
                 creditworthy="待核" if n % 7 == 6 else "符合", creditworthy_why="征信报告已查" if n % 2 else None)
        for n, firm in enumerate(firms)
    ]  # fmt: skip
    made = applying.register(ledger, entries, enter=True).done
    with ledger.step("登记贷款") as step:
        step.create_many(
            Loan, [{"enterprise": firms[1], "bank": bank, "amount": 5_000_000} for bank in banks]
        )
    checking.ask(ledger, made[:6])
    checking.record(ledger, made[:4], "逃废债", "无异常")
    checking.record(ledger, made[1:2], "涉法涉诉", "有异常", remark="2023 年合同纠纷，已结案")
    for n, level in enumerate(
        (review.BY_FIRST, review.BY_BANK, review.BY_LEADER, review.BY_CONVENER)
    ):
        reviewing.approve(ledger, made[n * 3 + 3 :], "同意。", level=level)
    reviewing.send_back(ledger, made[5:6], "融资用途不具体，请写明用在哪里。")


def open_page(qtbot, window: MainWindow, jobs, ledger: Ledger) -> ApplicationPage:
    page = ApplicationPage(ledger, jobs, window)
    window.add_page("applications", "申报与审核", "clipboard-check", page)
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    settle(qtbot, lambda: page.tabs.tabs()[0].count is not None)
    page.view().panel.grid.setFocus()
    return page
