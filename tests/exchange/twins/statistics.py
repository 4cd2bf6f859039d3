"""Reports of indicators: title, month, header in one to three rows, figures of each column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.exchange.twins import words
from tests.exchange.twins.pages import Cell, Node, Page, Twin

_PARTS = ("青禾县", "县直属", "经开区")
_TRADES = ("竹编业", "制陶业", "制茶业", "灯具业", "石雕业", "纸品业", "豆制品业", "农机修理业")


def twins() -> dict[str, Twin]:
    month = date(2019, 5, 1)
    return {
        "xlsx-report-1": Twin("项目进度.xlsx", "xlsx", (_projects(month),)),
        "xlsx-report-1-total": Twin("货物分类.xlsx", "xlsx", (_goods(month),)),
        "xlsx-report-1-merged": Twin("产业比重.xlsx", "xlsx", (_shares(month),)),
        "xlsx-report-2": Twin("指标总表.xlsx", "xlsx", (_two_rows(month),)),
        "xlsx-report-2-errors": Twin("重点户经营.xlsx", "xlsx", (_firms(month),)),
        "xlsx-report-2-down": Twin("全县指标.xlsx", "xlsx", (_county(month),)),
        "xlsx-report-2-remarks": Twin("各镇指标.xlsx", "xlsx", (_towns(month),)),
        "xlsx-report-3": Twin("用电情况.xlsx", "xlsx", (_three_rows(month, total=False),)),
        "xlsx-report-3-total": Twin("实物消费.xlsx", "xlsx", (_three_rows(month, total=True),)),
        "xlsx-report-unit": Twin("入库户情况.xlsx", "xlsx", (_with_unit(month),)),
    }


def _top(title: str, month: date, width: int) -> Page:
    return Page().across(1, title, 1, width).across(2, month, 1, width)


def _projects(month: date) -> Page:
    heads = (
        "序号",
        "单位名称",
        "项目名称",
        "项目类别",
        "计划总投资",
        "本年完成投资",
        "其中：购置费",
        "剩余购置费",
        "投产年份",
    )
    page = _top("青禾县在建项目进度", month, len(heads)).row(3, *heads)
    for number in range(1, 12):
        # The last was added below the list and never numbered.
        page.row(
            number + 3, number if number < 11 else None, words.firm(number), f"青禾第{number}期厂房",
            "工业", *words.amounts(number, 3), "——", 2019,
        )  # fmt: skip
    return page


def _goods(month: date) -> Page:
    page = _top("青禾码头货物分类", month, 4)
    page.row(3, "货\xa0物\xa0分\xa0类", "总量", "同比增长（%）", "比重(%)")
    page.rows(4, ((f"{t[:2]}料", *words.amounts(n, 3)) for n, t in enumerate(_TRADES, 1)))
    return page.row(12, "合计", 1234.5, -3.1, 100)


def _shares(month: date) -> Page:
    """One row of figures; one heading is merged over three columns and has none below it."""
    page = _top("青禾县历年产业比重", month, 8)
    page.row(3, "生产总值", "第一产业", "第二产业", "第三产业", "其中：工业")
    page.across(3, "三次产业比重（%）", 6, 8).row(3, "工业（%）", at=9)
    return page.row(4, *words.amounts(4, 9))


def _figures(
    page: Page, first: int, names: Sequence[str], width: int, *, unit: Cell = "万元"
) -> Page:
    for number, name in enumerate(names):
        filled = width - 2 if number % 3 else 2
        page.row(first + number, name, unit, *words.amounts(number + 2, filled))
    return page


def _two_rows(month: date) -> Page:
    grown = ("总量", "同比增长(%)")
    page = _top("青禾县主要指标", month, 8)
    page.head(3, 2, "指 标 名 称", "计量单位", *words.nodes(_PARTS, grown))
    return _figures(page, 5, [f"{trade}增加值" for trade in _TRADES], 8)


def _firms(month: date) -> Page:
    heads: tuple[Node, ...] = (
        "序\n号", "企业名称", "行业",
        ("产值/营业收入(万元)", ("本年累计", "上年同期累计", "较上一年同期增长（%）")),
        ("用电量（万千瓦时）", ("本年累计", "上年同期累计", "较上一年同期增长（%）")),
        "增加值率（%）\n/服务业类别", "增长/下降的主要原因?有无新产品?",
    )  # fmt: skip
    page = _top("青禾县重点户经营情况", month, 11).head(3, 2, *heads)
    for number in range(1, 12):
        row = [
            number,
            words.firm(number),
            "工业",
            *words.amounts(number, 7),
            "订单比上年多" * (number % 2),
        ]
        page.row(number + 4, *(cell if cell != "" else None for cell in row))
    page.cells[8, 6] = page.cells[9, 9] = "#DIV/0!"
    return page


def _county(month: date) -> Page:
    """The lower header row holds one heading only, the others reach down to it."""
    page = _top("青禾县各业指标", month, 4)
    page.head(3, 2, "指  标  名 \xa0称", "计量单位").head(3, 2, "同比增长（%）", at=4)
    page.row(3, "1-4月", at=3).row(4, "总量", at=3)
    names = [f"{trade}增加值" for trade in _TRADES]
    names[3] = "总计中：灯具业"
    names[4] = "#石雕业"
    return _figures(page, 5, names, 4, unit="亿元")


def _towns(month: date) -> Page:
    """Beside the table merged cells without text, of the header's height and below it."""
    page = _top("各乡镇主要指标", month, 7)
    page.head(
        3, 2, "乡  镇", "经济指标名称", "计量单位", "总量", "同比", "占全县比重（%）", "增速位次"
    )
    page.merge((3, 8, 4, 11))
    for number in range(1, 17):
        page.row(number + 4, f"    {words.town(number)}", f"{_TRADES[number // 4]}产值", "亿元",
                 *words.amounts(number, 3), number % 4 + 1)  # fmt: skip
        if number % 5:
            page.merge((number + 4, 8, number + 4, 11))
    return page


def _three_rows(month: date, *, total: bool) -> Page:
    """The third header row is empty: every heading reaches down to it."""
    grown = ("总量", "同比增长（%）") if total else ("总量", "同期", "同比增长（%）")
    width = 2 + 3 * len(grown)
    page = _top("青禾县实物消费" if total else "青禾县用电情况", month, width)
    first: Cell = "实物量" if total else "指\xa0标\xa0名\xa0称"
    page.head(3, 3, first, "计量单位", *words.nodes(_PARTS, grown))
    names = [f"{trade}用量" for trade in _TRADES]
    if total:
        page.row(6, "合计", "吨标准煤", 98765, -9.2)
    return _figures(page, 6 + total, names, width, unit="吨")


def _with_unit(month: date) -> Page:
    heads = ("序号", "单位详细名称", "报表类别", "统计指标", "当月", "本年止累计", "去年止累计", "累计增速(%)", "能源消费量（吨标准煤）",
             "所在乡镇")  # fmt: skip
    page = _top("青禾县入库户情况", month, len(heads)).across(
        3, "单位:万元、平方米、%", 1, len(heads)
    )
    page.row(4, *heads)
    for number in range(1, 14):
        grown: Cell = "--" if number % 4 == 0 else words.amount(number)
        page.row(number + 4, number, words.firm(number), "工业", "产值", *words.amounts(number, 3), grown,
                 words.amount(number, 5), words.town(number))  # fmt: skip
    return page
