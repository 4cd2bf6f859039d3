"""走访登记表: one page a firm, to be filled by hand; what is known stands in it already.

Blocks of `domain.md` §4.8; the five criteria of 003_b2811ebd7ee390f8.txt, 四. The numbers of the
blocks are those of the form it is keyed in by (`ledger_desk.ui.pages.visits`). The QR code says which
firm and task it is, so that a scanner finds the firm when the sheet comes back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger_desk.model.days import print_day
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise, Loan, VisitPlan, VisitTask
from ledger_desk.reports.dossier.gathering import FirmFile, gather
from ledger_desk.reports.dossier.options import MASKED
from ledger_desk.reports.dossier.wording import text_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows
from ledger_desk.workbook.booklet import Block, Booklet, Chapter, FormCell, FormRow, Words

CRITERIA = ("合规持续经营", "固定经营场所", "真实融资需求", "信用状况良好", "贷款用途依法合规")
_DAY = "　　年　　月　　日"
_ROW = 1.15  # lines of a box to be written in by hand
MARK = "LDV"  # what a code of ours begins with


@dataclass(frozen=True)
class Errand:
    """Who is to go to a firm: the task, the visitors, the bank, until when, of which plan."""

    task: str = ""
    who: str = ""
    bank: str = ""
    due_on: date | None = None
    plan: str = ""


def mark_of(firm: str, task: str = "") -> str:
    """Give the text of the QR code: ``LDV:firm:task`` by their ids.

    In capitals: a code of capitals and digits alone has fewer and larger squares.
    """
    return f"{MARK}:{firm}:{task}".rstrip(":").upper()


def read_mark(text: str) -> tuple[str, str]:
    """Read such a text back as (firm, task); ('', '') for anything else."""
    parts = text.strip().split(":")
    if len(parts) < 2 or parts[0].upper() != MARK or len(parts[1]) != 32:
        return "", ""
    return parts[1].lower(), parts[2].lower() if len(parts) > 2 else ""


def errands_of(rows: Rows, tasks: Sequence[str]) -> dict[str, Errand]:
    """Give the errand of each task by the id of its firm, in the order of the tasks."""
    known = rows.many(VisitTask, list(tasks))
    found = [known[task] for task in tasks if task in known and not known[task].removed]
    people = [who for task in found for who in (task.first, task.second) if who]
    names = rows.titles("person", people)
    banks = rows.titles("bank", [task.bank for task in found if task.bank])
    plans = rows.many(VisitPlan, [str(task.plan) for task in found])
    return {
        str(task.enterprise): Errand(
            task.id, "、".join(names[who] for who in (task.first, task.second) if who in names),
            banks.get(task.bank or "", ""), task.due_on,
            plans[str(task.plan)].title if str(task.plan) in plans else "",
        )
        for task in found
    }  # fmt: skip


def visit_sheets(
    ledger: Ledger,
    firms: Sequence[str],
    private: str = MASKED,
    today: date | None = None,
    errands: Mapping[str, Errand] | None = None,
) -> Iterator[Booklet]:
    """Make the visit sheets of firms, one after another; unknown ids are left out.

    Args:
        ledger: Read while they are asked for.
        firms: Ids.
        private: What becomes of personal data: 遮盖, 照写 or 不给.
        today: Day of printing.
        errands: Firm → who goes there, where it is known.
    """
    foot = f"{ledger.office.title}　{print_day(today or date.today())}打印"
    with ledger.read() as rows:
        for file in gather(rows, firms):
            errand = (errands or {}).get(file.firm.id, Errand())
            due = f"应在 {print_day(errand.due_on)} 前走访" if errand.due_on else ""
            under = "　".join(part for part in (errand.plan, due) if part)
            yield Booklet(
                file.firm.title, "走访登记表", (Chapter("", tuple(_form(file, private, errand))),),
                head=f"{file.firm.title}　{file.firm.code or ''}".strip(), foot=foot, bound=False,
                mark=mark_of(file.firm.id, errand.task), under=under or "扫二维码或输企业名称录入",
            )  # fmt: skip


def _row(*cells: tuple[str, str, float], lines: float = _ROW) -> FormRow:
    return FormRow(tuple(FormCell(*cell) for cell in cells), lines)


def _form(file: FirmFile, private: str, errand: Errand) -> Iterator[Block]:
    spec, firm = field_map(Enterprise), file.firm

    def known(name: str) -> str:
        return text_of(spec[name], getattr(firm, name), file.titles, private)

    yield Words("壹　走访（主体情况有变化的，请在旁边改）")
    yield _row(("名称", firm.name or "", 1.4), ("信用代码", firm.code or firm.regno or "", 1))
    yield _row(
        ("经营者", known("person"), 1), ("电话", known("phone"), 1), ("类型", known("kind"), 1)
    )
    yield _row(("经营地址", known("place"), 1.6), ("场所", "□自有　□租赁，到　　年　　月", 1))
    yield _row(("走访日期", _DAY, 1), ("方式", "□实地　□电话　□线上　□窗口", 1.3))
    yield _row(("走访人", errand.who, 1), ("银行、经理", errand.bank, 1.3))
    yield _row(("面见人及身份", "", 1), ("面见人电话", "", 0.8), ("见到经营者", "□是　□否", 0.7))
    yield _row(("结果", "□正常经营　□暂停经营　□查无此户　□拒访　□已注销　□无法联系", 1))
    yield Words("贰　经营")
    yield _row(("主营业务", known("main_business"), 1.4), ("行业", known("industry_name") or known("industry"), 1))  # fmt: skip
    yield _row(("从业人数", known("staff"), 0.8), ("上年收入（万元）", known("revenue"), 1), ("本年预计（万元）", "", 1))  # fmt: skip
    yield _row(("贷款", _loans(file), 1.8), ("需续贷", "□是　□否", 0.8))
    yield Words("叁　需求")
    yield _row(("有需求", "□是　□否", 0.8), ("金额（万元）", known("loan_wanted_amount"), 1), ("期限（月）", "", 0.8))  # fmt: skip
    yield _row(("用途", "□流动资金　□设备　□厂房　□研发　□备货　□其他：", 2))
    yield _row(("可提供担保", "□信用　□保证　□抵押　□质押　□担保公司", 1))
    yield _row(
        ("意向银行两家", "1.　　　　　　　　　　　　　　2.（没有可空）", 1.4), ("期望用款", "", 0.8)
    )
    yield Words("肆　五项标准初判")
    for name in CRITERIA:
        yield _row((name, "□符合　□不符合　□待核", 1), ("依据", "", 1.15))
    yield Words("伍　困难与回访")
    yield _row(("困难诉求", "", 1), lines=3)
    yield _row(
        ("问题类别", "□要素保障 □行政许可 □抵质押登记 □信用修复 □税务 □担保 □其他", 2),
        ("回访日期", "", 0.6),
    )
    yield _row(("企业（签章）", "", 1), ("走访人签字", "", 1), lines=2)


def _loans(file: FirmFile) -> str:
    held = [loan for loan in file.of(Loan) if loan.settled_on is None]
    if not held:
        return "□无　□有，银行：　　　　余额：　　　　万元"
    spec = field_map(Loan)
    told = []
    for loan in held[:3]:
        bank = file.titles.get(str(loan.bank), "")
        amount = text_of(spec["balance"], loan.balance, {}) or text_of(
            spec["amount"], loan.amount, {}
        )
        told.append(f"{bank} {amount} 万元".replace("  万元", ""))
    more = f"等 {len(held)} 笔" if len(held) > 3 else ""
    return "；".join(told) + more
