"""Several tables on one sheet: beside each other, below each other, of different lengths."""

from __future__ import annotations

from collections.abc import Sequence

from tests.exchange.twins import words
from tests.exchange.twins.pages import Cell, Page, Twin

_TRADES = {"竹业": 4, "制陶": 9, "制茶与包装": 8, "服务": 15, "石雕": 7, "小作坊": 3}


def twins() -> dict[str, Twin]:
    return {
        "xlsx-six-tables": Twin("青禾分类打分.xlsx", "xlsx", _six_tables()),
        "xlsx-coded-tables": Twin("青禾机构报送.xlsx", "xlsx", _coded()),
    }


def _six_tables() -> tuple[Page, ...]:
    counts = Page("分布").rows(1, _TRADES.items())
    return (
        _beside("分类", ("甲", "否")), counts, _beside("均值", (80, 0), means=True),
        _beside("均值（原值）", ("乙", 0)), _ranks(), _shares(),
    )  # fmt: skip


def _beside(name: str, values: Sequence[Cell], *, means: bool = False) -> Page:
    """Six tables with a title each and no header."""
    page = Page(name)
    number = 0
    for place, (trade, count) in enumerate(_TRADES.items()):
        left = 1 + 4 * place
        page.across(1, trade, left, left + 3)
        scores = []
        for row in range(2, count + 2):
            number += 1
            first, second = values
            if isinstance(first, int):
                first = (100, 80, 60, 40)[(row * row + place) % 4]
                scores.append(first)
            elif number % 3 == 0:
                first = "丙"
            if row % 5 == 4:
                second = "是" if isinstance(second, str) else 1
            page.row(row, f"Q{number}", f"***{words.firm(number)[2:]}", first, second, at=left)
        if means:
            late = [page.cells[row, left + 3] for row in range(2, count + 2)]
            share = sum(v for v in late if isinstance(v, int)) / count
            page.row(count + 2, sum(scores) / count, share, at=left + 2)
    return page


def _ranks() -> Page:
    """Two tables beside each other and a third below; the first heading is merged over four."""
    page = Page("排序")
    for left, head in ((1, "平均得分"), (8, "逾期率")):
        page.across(1, "行业", left, left + 3).row(1, "个数", head, "打分", at=left + 4)
        for row, (trade, count) in enumerate(_TRADES.items(), 2):
            page.across(row, trade, left, left + 3)
            page.row(row, count, words.amount(row, left), 8 - row, at=left + 4)
        page.across(8, "总计", left, left + 3).row(8, sum(_TRADES.values()), at=left + 4)
    page.across(11, None, 1, 9).across(13, "行业", 1, 4).row(13, "位次之和", at=5)
    for row, (trade, count) in enumerate(_TRADES.items(), 14):
        page.across(row, trade, 1, 4).row(row, count % 5 + 3, at=5)
    return page


def _shares() -> Page:
    """Seven pairs of columns that a chart was drawn from."""
    page = Page("图表数据")
    for place in range(7):
        left = 1 + 3 * place
        page.rows(1, (("甲乙丙丁"[n], 3 + (n * 5 + place) % 7) for n in range(4)), at=left)
    return page


_BRANCH = {"机构代码": "JGDM", "内部机构号": "NBJGH", "许可证号": "XKZH", "机构名称": "JGMC"}


def _coded() -> tuple[Page, ...]:
    """Each heading is repeated by a field name for programs; the first column names the table."""
    pages = []
    for name, own in {
        "机构表QH_JG": {"机构类别": "JGLB", "邮政编码": "YZBM", "营业状态": "YYZT"},
        "员工表QH_YG": {"工号": "GH", "姓名": "XM", "证件号码": "ZJHM", "联系电话": "LXDH"},
        "柜员表QH_GY": {"柜员号": "GYH", "柜员类型": "GYLX", "上岗日期": "SGRQ"},
    }.items():
        heads = own | _BRANCH
        page = Page(name).row(1, *heads, at=2).row(2, name, *heads.values())
        for number in range(1, 11):
            page.row(number + 2, *(_coded_cell(head, number) for head in heads), at=2)
        pages.append(page)
    return (*pages[:-1], _ledger(), pages[-1])


def _coded_cell(head: str, number: int) -> Cell:
    known: dict[str, Cell] = {
        "机构代码": f"9004499{number:05d}", "内部机构号": f"{8000 + number}", "许可证号": "Q0001B449900001",
        "机构名称": f"青禾银行第{number}支行", "姓名": words.person(number), "柜员类型": "综合柜员",
        # What a spreadsheet leaves of eighteen digits.
        "证件号码": "1.10101E+17", "联系电话": f"1990000{number:04d}", "营业状态": "营业", "机构类别": "网点",
    }  # fmt: skip
    return known.get(head, f"{20170101 + number}")


def _ledger() -> Page:
    """Four tables; under three of them formulas were drawn down over rows without records."""
    page = Page("记账信息009")
    tables = {
        2: (
            "科目编号",
            "科目名称",
            "科目级次",
            "上级科目编号",
            "上级科目名称",
            "业务大类",
            "采集日期",
        ),
        10: (
            "许可证号",
            "机构号",
            "科目编号",
            "会计日期",
            "期初余额",
            "本期发生额",
            "期末余额",
            "采集日期",
        ),
        19: ("账号", "户名", "客户号", "币种", "开户日期", "期初余额", "期末余额", "采集日期"),
        28: (
            "账号",
            "交易流水号",
            "交易日期",
            "交易金额",
            "账户余额",
            "对方账号",
            "对方户名",
            "采集日期",
        ),
    }
    page.row(1, "记账信息009").row(2, "科目对照表QH_KM")
    for left, heads in tables.items():
        page.row(1, *heads, at=left)
        page.row(2, *(f"QH{left}{chr(65 + n)}" for n in range(len(heads))), at=left)
        for number in range(1, 7):
            texts = (_ledger_cell(head, number) for head in heads)
            page.row(number + 2, *texts, at=left)
    for row in range(9, 31):
        page.row(row, 0, 0, 0, at=14).row(row, 0, 0, at=24)
        if row < 27:
            page.row(row, 0, 0, at=31)
    return page


def _ledger_cell(head: str, number: int) -> Cell:
    if head.endswith(("余额", "金额", "发生额")):
        return words.amount(number, len(head))
    if head.endswith("日期"):
        return f"{20180200 + number}"
    return f"{head[:2]}{number:06d}"
