"""走访登记表: one page a firm, to be filled by hand; what is known stands in it already.

Blocks of `domain.md` §4.8; the five criteria of 003_b2811ebd7ee390f8.txt, 四.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ledger_desk.model.days import print_day
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise, Loan
from ledger_desk.reports.dossier.gathering import FirmFile, gather
from ledger_desk.reports.dossier.options import MASKED
from ledger_desk.reports.dossier.wording import text_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.booklet import Block, Booklet, Chapter, FormCell, FormRow, Words

_CRITERIA = ("合规持续经营", "固定经营场所", "真实融资需求", "信用状况良好", "贷款用途依法合规")
_DAY = "　　年　　月　　日"


def visit_sheets(
    ledger: Ledger, firms: Sequence[str], private: str = MASKED, today: date | None = None
) -> Iterator[Booklet]:
    """Make the visit sheets of firms, one after another; unknown ids are left out.

    Args:
        ledger: Read while they are asked for.
        firms: Ids.
        private: What becomes of personal data: 遮盖, 照写 or 不给.
        today: Day of printing.
    """
    foot = f"{ledger.office.title}　{print_day(today or date.today())}打印"
    with ledger.read() as rows:
        for file in gather(rows, firms):
            yield Booklet(
                file.firm.title, "走访登记表", (Chapter("", tuple(_form(file, private))),),
                head=f"{file.firm.title}　{file.firm.code or ''}".strip(), foot=foot, bound=False,
            )  # fmt: skip


def _form(file: FirmFile, private: str) -> Iterator[Block]:
    spec, firm = field_map(Enterprise), file.firm

    def known(name: str) -> str:
        return text_of(spec[name], getattr(firm, name), file.titles, private)

    def row(*cells: tuple[str, str, float], lines: int = 1) -> FormRow:
        return FormRow(tuple(FormCell(*cell) for cell in cells), lines)

    yield Words("壹　走访信息")
    yield row(("走访日期", _DAY, 1), ("走访方式", "□实地　□电话　□线上　□窗口", 1.3))
    yield row(("走访人", "", 1), ("陪同银行及客户经理", "", 1.3))
    yield row(("面见人及身份", "", 1), ("见到经营者", "□是　□否", 0.7), ("结果", "□正常　□暂停　□查无　□拒访　□注销", 1.6))  # fmt: skip
    yield Words("贰　主体核对（有变化的请在旁边改）")
    yield row(("名称", firm.name or "", 1.4), ("信用代码", firm.code or firm.regno or "", 1))
    yield row(
        ("经营者", known("person"), 1), ("电话", known("phone"), 1), ("类型", known("kind"), 1)
    )
    yield row(("经营地址", known("place"), 1.6), ("场所", "□自有　□租赁，到　　年　　月", 1))
    yield Words("叁　经营情况")
    yield row(("主营业务", known("main_business"), 1.4), ("行业", known("industry_name") or known("industry"), 1))  # fmt: skip
    yield row(("从业人数", known("staff"), 0.8), ("上年营业收入（万元）", known("revenue"), 1), ("本年预计（万元）", "", 1))  # fmt: skip
    yield row(("年纳税（万元）", "", 1), ("月均用电（度）", "", 1), ("在手订单（万元）", "", 1))
    yield Words("肆　存量融资")
    yield row(("贷款", _loans(file), 1.8), ("需续贷", "□是　□否", 0.8))
    yield Words("伍　融资需求")
    yield row(("有需求", "□是　□否", 0.8), ("金额（万元）", known("loan_wanted_amount"), 1), ("期限（月）", "", 0.8))  # fmt: skip
    yield row(("用途", "□流动资金　□设备　□厂房　□研发　□备货　□其他：", 2))
    yield row(
        ("可提供担保", "□信用　□保证　□抵押　□质押　□担保公司", 1.4),
        ("意向银行（1 至 2 家）", "", 1),
    )
    yield Words("陆　五项标准初判")
    for name in _CRITERIA:
        yield row((name, "□符合　□不符合　□待核", 1), ("依据", "", 1))
    yield Words("柒　困难诉求")
    yield row(("", "", 1), lines=3)
    yield Words("捌　签字")
    yield row(("企业（盖章、签字）", "", 1), ("走访人", "", 1), lines=2)


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
