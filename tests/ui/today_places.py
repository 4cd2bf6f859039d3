"""An invented county with work in every stage, for 今天要办; and the page in a shown window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from ledger_desk.model.divisions import divisions
from ledger_desk.model.records import (
    Activity,
    Application,
    Bank,
    Credit,
    Drawdown,
    Enterprise,
    Loan,
    Matching,
    Person,
    Rectification,
    Referral,
    Renewal,
    Target,
    Ticket,
    Visit,
    VisitPlan,
    VisitTask,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.today import TodayPage
from tests.ui.places import COUNTY, settle, show

BANKS = (
    "新县农商行",
    "农行新县支行",
    "工行新县支行",
    "邮储新县支行",
    "中行新县支行",
    "新县村镇银行",
)


def townships() -> list[str]:
    return [code for code in divisions() if len(code) == 9 and code.startswith(COUNTY)]


def fill_county(ledger: Ledger, today: date, firms: int = 96, seed: int = 7) -> list[str]:
    """Firms of all townships, each a little further on its way than others."""
    chance, places = Random(seed), townships()

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    with ledger.step("装入一季的工作", kind="import") as step:
        people = [step.create(Person(name=name)) for name in ("程甲", "吕乙", "陶丙")]
        banks = [step.create(Bank(name=name, short=name, type="农信系统" if n % 2 else "国有商业银行"))
                 for n, name in enumerate(BANKS)]  # fmt: skip
        ids = step.create_many(Enterprise, [
            {"name": f"新县{'甲乙丙丁戊己庚辛'[n % 8]}{n:03d}茶叶专业合作社", "internal_no": f"N{n:04d}",
             "kind": "农民专业合作社", "township": places[n % len(places)]}
            for n in range(firms)
        ])  # fmt: skip
        plan = step.create(VisitPlan(name="四季度走访", starts_on=ago(40), due_on=today + timedelta(days=20),
                                     state="进行中"))  # fmt: skip
        visited = ids[: firms * 4 // 5]
        step.create_many(VisitTask, [
            {"plan": plan, "enterprise": firm, "first": people[n % 3], "second": people[(n + 1) % 3],
             "due_on": ago(6 - n % 12), "done_on": ago(8) if firm in visited else None}
            for n, firm in enumerate(ids)
        ])  # fmt: skip
        step.create_many(Visit, [
            {"enterprise": firm, "day": ago(10 + n % 25), "kind": "走访", "method": "实地", "result": "正常经营",
             "first": people[n % 3], "has_need": n % 2 == 0, "amount": 30_000_000 if n % 2 == 0 else None,
             "bank": banks[n % len(banks)], "next_on": ago(n % 30 - 12) if n % 9 == 0 else None}
            for n, firm in enumerate(visited)
        ])  # fmt: skip
        states = ("待初审", "待银行审核", "待组长审核", "待召集人签字", "已退回")
        for n, firm in enumerate(ids[: firms // 2]):
            done = n >= 8
            application = step.create(
                Application(
                    no=f"申报2026-{n:04d}", enterprise=firm, applied_on=ago(30), listed_on=ago(29),
                    amount=(20 + n) * 1_000_000, purpose="流动资金", bank1=banks[n % len(banks)],
                    state="已推荐" if done else states[n % 5], state_on=ago(20),
                    recommended_on=ago(20) if done else None, security="抵押" if n % 4 == 0 else "信用",
                    first_loan=n % 3 == 0, entered_by=people[n % 3],
                )
            )  # fmt: skip
            if done and n % 11:
                _at_bank(step, n, application, firm, banks[n % len(banks)], ledger.office.id, ago)
        for n in range(6):
            step.create(Ticket(no=f"批分2026-{n:02d}", source="企业", kind="抵质押登记", problem="厂房没有不动产证，办不了抵押。",
                               enterprise=ids[n], collected_on=ago(n * 2), lead="县自然资源局", state="办理中",
                               judged_on=ago(n * 2), handed_on=ago(n * 2), collector=people[0]))  # fmt: skip
            step.create(
                Renewal(
                    enterprise=ids[n + 10],
                    bank=banks[n],
                    due_on=ago(6 - n * 5),
                    due_amount=50_000_000,
                )
            )
            step.create(Rectification(source="暗访", found_on=ago(30), problem=f"大厅第 {n} 处没有公示限时办结承诺。",
                                      due_on=ago(4 - n * 4), unit="城关网点", state="整改中"))  # fmt: skip
        step.create(
            Activity(
                name="十月信息",
                kind="专题信息",
                day=ago(25),
                office=ledger.office.id,
                due_on=ago(1),
            )
        )
        step.create(Target(indicator="推荐户数", since=date(2024, 10, 1), until=date(2027, 12, 31), value=60,
                           unit="户", office=ledger.office.id))  # fmt: skip
        chance.shuffle(ids)
    return ids


def _at_bank(
    step, n: int, application: str, firm: str, bank: str, office: str, ago: Callable[[int], date]
) -> None:
    referral = step.create(
        Referral(application=application, enterprise=firm, bank=bank, pushed_on=ago(18), manager="钱立诚",
                 accepted_on=ago(12) if n % 5 else None, complete_on=ago(32 - n % 9) if n % 5 else None,
                 qualified=None if n % 7 == 0 else n % 10 != 1, qualified_on=ago(9),
                 wants_money=None if n % 6 == 0 else True, wants_on=ago(5))
    )  # fmt: skip
    if n % 6 == 5:
        return
    met = step.create(
        Matching(office=office, enterprise=firm, bank=bank, day=ago(15), referral=referral)
    )
    if n % 4 == 3:
        return
    granted = n % 5 != 2
    step.create(Credit(matching=met, decided_on=ago(9), granted=granted, amount=20_000_000 if granted else None,
                       reason=None if granted else "抵押物不足", repairable=None if granted else True,
                       mend_by=None if granted else ago(-3)))  # fmt: skip
    if granted and n % 3:
        loan = step.create(
            Loan(enterprise=firm, bank=bank, matching=met, signed_on=ago(6), settled_on=None)
        )
        step.create(Drawdown(loan=loan, day=ago(5), amount=18_000_000))


def open_today(
    qtbot, window: MainWindow, jobs, ledger: Ledger, today: Callable[[], date] = date.today
) -> TodayPage:
    """The page in a shown window, read."""
    page = TodayPage(ledger, jobs, window, today)
    window.set_ledger("新县专班", "县级", file_name="新县.账套")
    window.add_page("today", "今天要办", "list-check", page, "today")
    show(qtbot, window, 1366, 768)
    read(qtbot, page)
    return page


def read(qtbot, page: TodayPage) -> None:
    settle(
        qtbot,
        lambda: (
            page.agenda.agenda() is not None
            and page.overview.overview() is not None
            and not page.jobs.running()
        ),
    )
