"""Lists of households that a bank's program fills: one placeholder row on each of several sheets."""

from __future__ import annotations

from tests.exchange.twins import words
from tests.exchange.twins.pages import Cell, Node, Page, Twin, blank_pages

_HOUSE: tuple[Node, ...] = (
    "序号",
    "户号",
    ("户籍信息", ("与户主的关系", "姓名", "年龄")),
    "身份证号码",
    "手机号",
    "居住地址",
)


def twins() -> dict[str, Twin]:
    rounds = [_round(f"第{number}次") for number in (1, 2, 3)]
    return {
        "xls-household-sheets": Twin("青禾农户明细.xls", "xls", _sheets()),
        "xls-household-lists": Twin("青禾评议名单.xls", "xls", _lists()),
        "xls-household-rounds": Twin("青禾评议轮次.xls", "xls", (_reasons(), *rounds)),
        "xls-village": Twin("青禾评定表.xls", "xls", (_village(), *blank_pages())),
        "xls-review": Twin("青禾评议表.xls", "xls", (_review(), *blank_pages())),
        "xls-review-errors": Twin("青禾评议表2.xls", "xls", (_review_by_hand(), *blank_pages())),
        "xls-points": Twin("青禾走访台账.xls", "xls", (_points(),)),
    }


def _sheets() -> tuple[Page, ...]:
    pages = []
    for name, heads in {
        "农户档案": ("所属网点", "户号编码", "是否户主", "客户名称", "证件号码", "年龄", "民族"),
        "住房情况": ("户号编码", "客户名称", "证件号码", "房屋位置", "房屋面积", "房屋价格(元)"),
        "欠款情况": ("户号编码", "客户名称", "证件号码", "债权人名称", "欠款余额", "到期日期"),
    }.items():
        page = Page(name).across(1, name, 1, len(heads)).row(3, *heads)
        pages.append(page.row(4, *words.holders(len(heads))))
    last = Page("评级情况").across(1, "评级情况", 1, 8)
    # Without merges downwards: the lower row holds the headings of the last group only.
    last.head(2, 2, "户号编码", "客户姓名", "证件号码", ("评级", ("评级得分", "信用等级")),
              ("授信", ("授信额度", "授信期限", "授信日期")), down=False)  # fmt: skip
    return (*pages, last.row(4, *words.holders(8)))


def _list(name: str, *more: str) -> Page:
    width = 8 + len(more)
    page = Page(name).across(1, f"${{bank}}“{name}”名单", 1, width)
    page.across(2, "网格名称：", 1, 3).across(2, "${grid}", 4, 6)
    page.row(2, "所属网点：", "${branch}", "日期： ${day}", at=7)
    return page.head(3, 2, *_HOUSE, *more).row(5, *words.holders(width))


def _lists() -> tuple[Page, ...]:
    return (
        _list("初筛", "是否了解情况", "备注"), _list("暂不授信", "不予授信情形"),
        _list("已授信", "授信额度"), _list("已用信", "授信额度", "贷款余额"),
    )  # fmt: skip


def _reasons() -> Page:
    """A hidden sheet of one column: the choices of a drop-down list."""
    reasons = (
        "外出多年没有音讯",
        "家中长期无人居住",
        "逾期还没有还清",
        "账目说不清楚",
        "用途与申请不符",
        "多头借款",
    )
    page = Page("情形", hidden=True)
    return page.rows(1, ((f"{reason}的",) for reason in reasons * 1))


def _round(name: str) -> Page:
    page = Page(name).across(1, f"青禾银行评议操作表（{name}）", 1, 10)
    page.across(2, "网格名称：", 1, 2).across(2, "${grid}", 3, 5).row(2, "评议人姓名：", at=6)
    page.row(2, "评议员证件号：", at=8).row(2, "单位：元", at=10)
    page.head(3, 2, *_HOUSE[1:], "是否了解情况", "备注", "建议额度")
    # A formula shows 0 in the last column.
    return page.row(5, *words.holders(7), at=1).row(5, 0, at=10)


_REVIEW = ("序号", "姓名", "身份证号", "与户主关系", "性别", "年龄", "手机号码", "不予授信情形\n1）-3）取数，其余选择",
           "家庭存款\n日均合计\n（取数）", "经济状况", "评议结果", "签名")  # fmt: skip


def _village() -> Page:
    heads = (
        "所属组",
        "户主姓名",
        "身份证号码",
        "是否外出务工",
        "是否有不良嗜好",
        "是否有重大疾病",
        "资产是否低于全村平均水平",
    )
    page = Page("Sheet1").across(1, "${village}信用等级评定", 1, 7, down=2)
    return page.row(3, *heads).row(4, *words.holders(3))


def _review() -> Page:
    page = Page("Sheet1").across(1, "${bank}农户评议表", 1, 12).merge((2, 1, 2, 2))
    page.across(2, "${grid}", 3, 4).across(2, "${branch}", 5, 7)
    page.row(2, "日期：${day}", at=8).row(2, "评议人签名：", at=10).across(2, "经理签名：", 11, 12)
    cells: list[Cell] = [
        *words.holders(7),
        "1）正常【${item.ok}】元、\n2）逾期【${item.late}】元",
        "${item.mean}",
    ]
    return page.row(3, *_REVIEW).row(4, *cells, "很好   □\n一般   □")


def _review_by_hand() -> Page:
    """One person's row is merged over seven rows; formulas in it end in errors."""
    page = Page("Sheet1").across(1, "青禾银行评议表", 1, 13)
    page.across(2, "东溪街道", 1, 2).across(2, "青竹村", 3, 4).across(2, "所属网点：城东网点", 5, 7)
    page.across(2, "日期： 2018 年    月     日", 8, 9).row(2, "评议人签名：", at=11)
    page.across(2, "经理签名：", 12, 13)
    page.row(3, *_REVIEW[:7]).across(3, _REVIEW[7], 8, 9).row(3, *_REVIEW[8:], at=10)
    page.row(
        4,
        *words.holders(4),
        "#VALUE!",
        "#VALUE!",
        None,
        "1）正常 ${item.ok}、\n2）逾期 ${item.late}",
    )
    page.row(4, "${item.mean}", "很好   □\n一般   □", "同意   □\n不同意 □", at=10)
    page.merge((4, 8, 10, 9), *((4, column, 10, column) for column in (1, 10, 11, 12, 13)))
    return page.rows(5, [("#VALUE!", "#VALUE!")] * 2, at=5)


def _points() -> Page:
    """Under the headings a row of the points that each of them gives."""
    page = Page("Sheet1").across(1, "青禾银行“进村入户”走访台账", 1, 17)
    page.row(2, "村名：").row(2, "村干部：", at=4).row(2, "包村经理：", at=7)
    page.across(2, "金额单位：万元", 13, 16)
    page.head(
        3, 4, "户主", "姓名", "身份证号码", "家庭住址", "联系电话",
        ("基础授信", (3,), 3), ("院内硬化", (0.5,), 3),
        ("住房", (("木房", (1,), 2), ("一层砖房", (2,), 2), ("二层砖房", (3,), 2))),
        ("商品房", (("有按揭", (2,), 2), ("无按揭", (4,), 2))),
        ("荣誉", (("县级", (1,), 2), ("市级", (2,), 2))),
        "合计分", "授信额度", "备注",
    )  # fmt: skip
    page.row(7, *words.holders(5))
    return page.across(8, "说明：1、负面清单内的不打分，在备注栏写明；2、每户一行。", 2, 17)
