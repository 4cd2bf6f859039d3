"""Report templates of a bank's program: group headings, one row of placeholders, prepared rows."""

from __future__ import annotations

from collections.abc import Sequence

from tests.exchange.twins import words
from tests.exchange.twins.pages import Cell, Node, Page, Twin, blank_pages

_BOTH = ("户数", "金额")
_WEEK = ("本周", "累计")


def twins() -> dict[str, Twin]:
    blank = blank_pages()
    return {
        "xls-bands": Twin("青禾分档.xls", "xls", (_bands(),)),
        "xls-month-titled": Twin("青禾月报汇总.xls", "xls", (_month(),)),
        "xls-month-unit": Twin("青禾月报汇总（农户）.xls", "xls", (_month_with_unit(),)),
        "xls-visits": Twin("青禾走访统计.xls", "xls", (_visits(), *blank)),
        "xls-header-only": Twin("青禾月报（商户）.xls", "xls", (_header_only(),)),
        "xls-completion": Twin("青禾完成情况.xls", "xls", (_completion(),)),
        "xls-structure": Twin("青禾存款结构.xls", "xls", (_deposits(),)),
        "xls-structure-block": Twin("青禾贷款结构.xls", "xls", (_loans(),)),
        "xls-structure-month": Twin("青禾不良结构.xls", "xls", (_bad_loans(),)),
        "xls-quarter": Twin("青禾包村表.xls", "xls", (_quarter(),)),
        "xls-weekly": Twin("青禾挂片表.xls", "xls", (_weekly(titled=False),)),
        "xls-weekly-titled": Twin("青禾片区表.xls", "xls", (_weekly(titled=True),)),
    }


def _zeros(page: Page, number: int, width: int, start: int = 2) -> Page:
    """The sum of nothing, as formulas leave it."""
    return page.row(number, "合计:").row(number, *[0] * (width - start + 1), at=start)


def _bands() -> Page:
    """The title is merged over four of seventeen columns, as if it were a group heading."""
    page = Page("分档").across(1, None, 1, 4).across(2, "青禾支行贷款分档", 1, 4)
    bands = [f"{low}至{low + 40}万" for low in (10, 50, 90, 130, 170)]
    page.head(3, 2, "统计月份", "所属网点", *words.nodes(bands, ("余额", "户数", "比上月户数")),
              " \n贷款总余额", " \n贷款总户数")  # fmt: skip
    page.row(5, *words.holders(19))
    return _zeros(page, 6, 19)


_MONTH = (
    ("采集", ("走访户数", "其中有效户数")),
    ("评级", ("授信户数", "授信金额")),
    ("用款", ("用信户数", "用信金额")),
)


def _month() -> Page:
    page = Page("汇总").across(1, None, 1, 8).across(2, "青禾银行月报汇总", 1, 6)
    page.head(3, 2, "统计月份", "网点名称", *_MONTH).row(5, *words.holders(8))
    return _zeros(page, 6, 8)


def _month_with_unit() -> Page:
    """Beside the title stands the unit, which makes it a line of facts."""
    page = Page("汇总").across(1, None, 1, 11)
    page.across(2, "青禾银行月报汇总（农户）", 1, 8).across(2, "单位：户 / 元", 9, 11)
    page.head(3, 2, "统计月份", "网点名称", "客户经理", *_MONTH, ("公示", ("公示户数", "异议户数")))
    page.row(5, *words.holders(11))
    return _zeros(page, 6, 11, 3)


def _visits() -> Page:
    said = "                    统计单位：${org}                  "
    page = Page("Sheet1").across(1, "青禾走访统计(示意)", 1, 10).across(2, said, 1, 10)
    days = ("当天走访数", "本周累计户数", "本月累计户数", "当年累计户数")
    page.head(3, 2, "员工姓名", "岗位名称", *words.nodes(("有效走访", "涉及走访"), days))
    page.row(5, *words.holders(10)).row(6, "合计", None, *[0] * 8)
    return page.merge((7, 1, 7, 7)).row(7, "制表人：          ", at=10)


def _header_only() -> Page:
    heads = (
        "统计月份",
        "累计走访户数",
        "本年走访户数",
        "累计有效户数",
        "累计授信户数",
        "累计授信金额",
    )
    page = Page("报表").across(1, "青禾银行月报（商户）", 1, 6).across(2, "导出人:青禾管理员", 1, 6)
    return page.row(3, *heads)


def _completion() -> Page:
    page = Page("明细").across(1, None, 1, 12).across(2, "青禾各网点整村授信完成情况", 1, 12)
    page.across(3, "统计时点：2018年3月1日", 1, 2).across(3, "${begin}至${end}", 3, 4)
    page.across(3, "单位：户、％", 10, 11)
    rates: Sequence[Node] = [
        (f"{name}率", (f"实际{name}户数", "全村户数", f"{name}占比率"))
        for name in ("采集", "评级", "用信")
    ]
    return page.head(4, 2, "银行", "网点", "村名", *rates).row(6, *words.holders(12))


def _prepared(page: Page, first: int, count: int, signers: dict[int, str]) -> Page:
    """A row of placeholders, room to write, and a line to sign."""
    page.row(first, *words.holders(count))
    for column, text in signers.items():
        page.row(first + 11, text, at=column)
    return page


def _deposits() -> Page:
    page = Page("结构").across(1, None, 1, 12).across(2, "青禾银行存款结构", 1, 12)
    page.row(3, "汇总单位").across(3, "填报时间：${day}", 5, 7).across(3, "单位：万元、户", 10, 12)
    # The first group stands over headings that reach down two rows.
    page.across(4, "存款总量", 1, 2).head(5, 2, "总余额", "有余额户数")
    pair: Sequence[str] = ("户数", "余额")
    page.head(4, 3, ("按客户分", words.nodes(("储蓄", "单位"), pair)),
              ("按年龄分", words.nodes(("40岁以下", "40岁以上"), pair)),
              ("按余额分", words.nodes(("2万元以下",), pair)), at=3)  # fmt: skip
    return _prepared(page, 7, 12, {1: "填报人：", 5: "复核人：", 9: "主管领导："})


def _loans() -> Page:
    """The first group is two rows high; nothing is merged downwards in one column."""
    page = Page("结构").across(1, None, 1, 14).across(2, "青禾银行贷款结构", 1, 14)
    page.row(3, "汇总单位").across(3, "分析时间：${day}", 4, 7)
    page.row(3, "分析频度：", at=9).row(3, "月/季/年", at=10).row(3, "单位：万元、户", at=12)
    page.head(
        4, 3, ("贷款总额", _BOTH, 2),
        ("个人贷款\n", words.nodes(("贷款总量", "其中农户"), _BOTH)),
        ("单位贷款\n", words.nodes(("贷款总量", "其中小微"), _BOTH)),
        ("按行业分 ", words.nodes(("种养类", "制造类"), _BOTH)),
    )  # fmt: skip
    return _prepared(page, 7, 14, {1: "填报人：", 5: "审核人", 9: "主管领导"})


def _bad_loans() -> Page:
    page = Page("结构").across(1, None, 1, 13).across(2, "青禾银行不良结构", 1, 13)
    page.row(3, "汇总单位").row(3, "分析时间", at=4).across(3, "分析频度：", 6, 7)
    page.row(3, "月/季/年", at=9).row(3, "单位：万元、户", at=11)
    page.head(
        4, 3, "统计月份", ("不良总额", _BOTH, 2),
        ("按年份分", words.nodes(("改制前", "改制后"), _BOTH)),
        ("按方式分 ", words.nodes(("信用类", "抵押类", "保证类"), _BOTH)),
    )  # fmt: skip
    return _prepared(page, 7, 13, {1: "填报人：", 5: "复核人：", 11: "主管领导"})


def _quarter() -> Page:
    """Title and month share a row; the unit stands alone at the right."""
    page = Page("包村表").across(1, None, 1, 14)
    page.across(2, "                    青禾银行包村进度", 1, 11)
    page.across(2, "统计月份：${month}", 12, 14).merge((3, 12, 3, 14))
    page.across(4, "单位：户、万元", 12, 14)
    three = ("年初余额", "当期余额", "净增金额")
    page.head(
        5,
        2,
        "责任人",
        "行政村（居委会）",
        *words.nodes(("存款 ", "贷款 ", "逾期 ", "手机银行"), three),
    )
    return page.row(7, *words.holders(14))


def _weekly(*, titled: bool) -> Page:
    """Three header rows; what stands above them is no title where it shares its row."""
    villages = ("小组个数", "农户户数", "商户户数", "企业户数")
    lead: tuple[Cell, ...] = ("村（居）", *villages) if titled else ("挂片人", "网点", *villages)
    width = len(lead) + 12
    page = Page("周报").across(1, None, 1, width)
    title = "        青禾银行“进村入户”周报"
    if titled:
        page.across(2, title, 1, width).across(3, "${begin}至${end}", width - 2, width)
        page.merge((3, 1, 3, 3))
    else:
        page.across(2, title, 1, width - 3).across(2, "${begin}至${end}", width - 2, width)
        page.merge((3, width - 4, 3, width))
    page.across(4, "单位：个、户、万元", width - 2, width)
    page.head(
        5, 3, *lead,
        ("走访进度", words.nodes(("农户数", "商户数", "合计"), _WEEK)),
        ("授信进度", words.nodes(("采集户数", "评级户数", "授信金额"), _WEEK)),
    )  # fmt: skip
    return page.row(8, *words.holders(width))
