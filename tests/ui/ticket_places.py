"""Invented tickets, faults and registers in a ledger, and the page 问题台账 in a shown window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ledger_desk.model.records import (
    Bank,
    Complaint,
    DutyCase,
    Enterprise,
    Inspection,
    Intermediary,
    Rectification,
    Ticket,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.tickets import TicketPage
from ledger_desk.work import rectifying, ticketing
from tests.ui.places import settle, show

_MATTERS = (
    (
        "企业",
        "抵质押登记",
        "厂房没有办下不动产证，银行要求先办抵押登记，企业等着这笔流动资金收鲜叶。",
    ),
    ("银行", "行政许可", "企业食品生产许可证到期，续证材料在审，银行要求拿到新证再放款。"),
    ("走访", "固定资产贷款前期手续", "新上一条烘干线，环评和备案还没有办，企业愿意先作信用承诺。"),
    ("窗口", "税务", "季度申报逾期一次，纳税信用降为 C 级，想申请信用修复。"),
    ("企业", "担保", "没有抵押物，希望担保公司给 100 万元担保。"),
    ("走访", "信用修复", "列入经营异常名录，年报已经补报，等移出。"),
)


def ago(days: int) -> date:
    return date.today() - timedelta(days=days)


def fill_tickets(ledger: Ledger, many: int = 12) -> list[str]:
    """Tickets in every state, some of them late."""
    firms = ledger_ids(ledger)
    with ledger.step("登记银行") as step:
        bank = step.create(Bank(name="新县农村商业银行", short="农商行"))
    rows = []
    for n in range(many):
        source, kind, problem = _MATTERS[n % len(_MATTERS)]
        rows.append({
            "source": source, "kind": kind, "problem": problem, "appeal": "请尽快协调，能赶上收茶。",
            "enterprise": firms[n % len(firms)] if firms else None,
            "bank": bank if source == "银行" else None, "collected_on": ago(n * 2 % 17),
            "contact": "付长青", "phone": "13803970001",
        })  # fmt: skip
    ids = list(ticketing.collect(ledger, rows).done)
    carry(
        ledger, ids[1:], "judge", weight="一般", proposal="转主管部门，走绿色通道，三天内答复企业。"
    )
    carry(ledger, ids[2:4], "judge", weight="重大或复杂", proposal="召集人召集有关部门会商。")
    carry(
        ledger,
        ids[2:],
        "hand",
        lead="县自然资源局",
        assist="县金融服务中心",
        instruction="同意，请抓紧。",
    )
    carry(ledger, ids[4:], "feed", words="已经受理，材料齐全，正在办。")
    carry(ledger, ids[4:6], "watch", words="电话督办，答应本周内办完。")
    carry(
        ledger,
        ids[6:7],
        "escalate",
        escalated_to="市工作专班",
        words="不属县级事权，召集人研究同意。",
    )
    carry(ledger, ids[7:], "solve", outcome="不动产证已经办好，抵押登记当天办结。")
    carry(ledger, ids[9:], "answer", satisfied="满意", satisfied_way="满意")
    carry(ledger, ids[10:], "close")
    ticketing.set_flags(ledger, ids[2:4], promised=True, lenient=True, green=True)
    return ids


def carry(ledger: Ledger, ids: Sequence[str], key: str, **more: object) -> None:
    if ids:
        outcome = ticketing.move(ledger, ids, key, **more)  # type: ignore[arg-type]
        assert not outcome.refused, outcome.refused


def fill_registers(ledger: Ledger) -> list[str]:
    """Inspections, faults on their way, complaints, intermediaries, duty cases; gives the faults."""
    with ledger.step("登记") as step:
        banks = [step.create(Bank(name=name)) for name in ("新县邮储银行", "中原银行新县支行")]
        inspections = [
            step.create(Inspection(kind=kind, day=ago(n * 5 + 3), bank=banks[n % 2], branch="城关网点",
                                   business="普惠抵押贷款", steps=6 + n, papers=14, days=8 + n * 3, online=n == 0,
                                   finding=finding, advice="压缩环节，公示承诺。"))
            for n, (kind, finding) in enumerate((
                ("暗访", "大厅没有公示限时办结承诺，申请材料分三次告知。"),
                ("走流程", "抵押贷款走了 8 个环节，要交 14 份材料。"), ("明察", None),
            ))
        ]  # fmt: skip
        step.create(Complaint(received_on=ago(9), bank=banks[0], kind="借贷搭售", amount=2_000_000,
                              content="放款时要求买一份意外险，不买就排队。", result="核查中"))  # fmt: skip
        step.create(Complaint(received_on=ago(40), bank=banks[1], kind="不合理收费", amount=500_000,
                              content="收了一笔咨询费，没有服务。", result="属实", handled_on=ago(30),
                              refunded=500_000))  # fmt: skip
        step.create(Intermediary(name="顺发信息咨询部", deeds="冒充银行", found_on=ago(20), state="已列名单",
                                 facts="打电话自称银行，收两个点的服务费。"))  # fmt: skip
        step.create(DutyCase(day=ago(60), bank=banks[0], person="李长青", amount=30_000_000, exempt=True,
                             facts="贷款企业受灾停产，形成逾期，贷前调查、贷后检查都按规定做了。"))  # fmt: skip
    made = list(rectifying.find_from_inspections(ledger, inspections[:1], ago(-20)).done)
    more = [
        {"source": "营商环境评价反馈", "found_on": ago(50), "bank": banks[n % 2], "unit": "信贷部",
         "problem": problem, "due_on": ago(5 - n * 8), "person": "周主任"}
        for n, problem in enumerate((
            "获得信贷环节多、时间长。", "申贷材料没有统一公告。", "首贷户占比低于全县平均。",
        ))
    ]  # fmt: skip
    made += rectifying.find(ledger, more).done
    mend(
        ledger,
        made[1:],
        "order",
        day=ago(45),
        goal="8 个工作日内办结",
        measure="重排流程，减掉两个环节",
    )
    mend(ledger, made[1:2], "watch", words="到行里看了，方案还没有定。")
    mend(ledger, made[2:], "mend", proof="新的流程图、公告照片")
    mend(ledger, made[3:], "close", checked_by="程甲")
    return made


def mend(ledger: Ledger, ids: Sequence[str], key: str, **more: object) -> None:
    outcome = rectifying.move(ledger, ids, key, **more)  # type: ignore[arg-type]
    assert not outcome.refused, outcome.refused


def ledger_ids(ledger: Ledger) -> list[str]:
    with ledger.read() as rows:
        return rows.ids(Query(Enterprise))


def open_tickets(qtbot, window: MainWindow, jobs, ledger: Ledger) -> TicketPage:
    """The page in a shown window."""
    page = TicketPage(ledger, jobs, window)
    window.add_page("tickets", "问题台账", "ticket", page)
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    settle(qtbot, lambda: page.tabs.tabs()[0].count is not None)
    page.view().panel.grid.setFocus()
    return page


def tickets(ledger: Ledger) -> list[Ticket]:
    return ledger.find(Query(Ticket))


def faults(ledger: Ledger) -> list[Rectification]:
    return ledger.find(Query(Rectification))
