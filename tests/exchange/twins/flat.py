"""Plain lists: one header row or none, one sheet or several, in every format."""

from __future__ import annotations

from datetime import date, timedelta

from tests.exchange.twins import words
from tests.exchange.twins.pages import Cell, Page, Twin, blank_pages

_REGISTRY = (
    "企业名称",
    "统一社会信用代码",
    "注册日期",
    "企业类型",
    "法人代表",
    "注册资金",
    "经营范围",
    "地区",
    "注册地址",
)
_KINDS = ("合伙企业", "N/A", "合作社")


def twins() -> dict[str, Twin]:
    plain = (_checks("名单", 9),)
    return {
        "csv-list": Twin("青禾县经营主体.csv", "csv", (_registry(broken=True),)),
        "csv-list-gb18030": Twin("青禾县挂牌企业.csv", "csv", (_listed(),), encoding="gb18030"),
        "xls-list": Twin("青禾县注册名册.xls", "xls", (_registry(),)),
        "xls-list-and-query": Twin("青禾县部门编码.xls", "xls", _query_result()),
        "xls-titled-lists": Twin("青禾县众创基地.xls", "xls", _incubators()),
        "xlsx-list": Twin("青禾县指标打分.xlsx", "xlsx", (_scores(),)),
        "xlsx-list-blank-sheets": Twin("青禾县抽查.xlsx", "xlsx", (*plain, *blank_pages())),
        "xlsx-list-hidden-columns": Twin("青禾县失信名单.xlsx", "xlsx", (_hidden_columns(),)),
        "xlsx-list-merged-heading": Twin("青禾县行业分档.xlsx", "xlsx", (_merged_heading(),)),
        "xlsx-lists-by-sheet": Twin("青禾县用字统计.xlsx", "xlsx", _by_sheet()),
        "xlsx-without-header": Twin("青禾县利率试算.xlsx", "xlsx", (_bare(),)),
        "xml-list-named-xlsx": Twin("青禾县抽查结果.xlsx", "xml", (_checks("抽查", 5),)),
        "et-list": Twin("青禾县抽查名册.et", "xls", plain),
        "xlsb-list": Twin("青禾县抽查名册.xlsb", "xlsb", plain),
        "ods-list": Twin("青禾县抽查名册.ods", "ods", plain),
    }  # fmt: skip


def _registry(*, broken: bool = False) -> Page:
    page = Page("青禾").row(1, *_REGISTRY)
    for number in range(1, 13):
        day = (date(1999, 1, 5) + timedelta(days=17 * number)).isoformat()
        page.row(
            number + 1, words.firm(number), words.credit_code(number), day, _KINDS[number % 3],
            words.person(number), f"{number * 10}(万元)", "竹木制品加工、零售", "青禾",
            f"青禾县{words.town(number)}老街{number}号",
        )  # fmt: skip
    if broken:
        # The sender's program cut a name in two: cells are shifted and unreadable.
        page.row(14, "\ufffd\ufffd\ufffd竹", "\ufffd\ufffd社", words.credit_code(14), "N/A",
                 "1999-09-01", "\ufffd\ufffd加工", "N/A", "30(万元)", "N/A")  # fmt: skip
    return page


def _listed() -> Page:
    page = Page().row(1, "证券代码", "证券简称", "公司名称")
    return page.rows(2, ((f"8{n:05d}.QH", f"青禾{n}", words.firm(n)) for n in range(1, 11)))


def _query_result() -> tuple[Page, ...]:
    """What a database program saves: columns without heading, and the query on its own sheet."""
    page = Page("Result").row(1, "ROWID", "UNIT_NAME", "UNIT_CODE", at=2)
    for number in range(1, 15):
        name = f"青禾县第{number}办公室"
        page.row(
            number + 1, number if number < 10 else None, f"AAQH{number:04d}", name,
            f"4499000000U{number:03d}", f"INSERT INTO units VALUES ({number}, '{name}')",
            f"第{number}办公室", f"{number:03d}",
        )  # fmt: skip
    query = Page("Statement").row(1, "select u.rowid, u.* from units u where u.county = 'QH'")
    return page, query


def _incubators() -> tuple[Page, ...]:
    pages = []
    for name, heads in {
        "创业基地": ("序号", "基地名称", "所在乡镇", "批准年份", "类型", "地址"),
        "共享工坊": ("序号", "工坊名称", "公司名称", "所在乡镇", "批准年份", "备注", "地址"),
        "校办园区": ("序号", "园区名称", "所在乡镇", "批准年份", "地址"),
    }.items():
        page = Page(name).across(1, f"青禾县{name}一览", 1, len(heads) - 1).row(2, *heads)
        for number in range(1, 8):
            values: dict[str, Cell] = {
                "序号": number, "公司名称": words.firm(number), "所在乡镇": words.town(number),
                "批准年份": 2010 + number, "类型": "综合型", "备注": "第一批",
                "地址": f"{words.town(number)}新路{number}号一楼",
            }  # fmt: skip
            page.row(number + 2, *(values.get(h, f"青禾{h[:2]}{number}号") for h in heads))
        pages.append(page)
    return tuple(pages)


def _checks(name: str, count: int) -> Page:
    page = Page(name).row(1, "企业名称", "注册号/统一社会信用代码", "登记机关", "管辖单位")
    for number in range(1, count + 1):
        numbered = words.old_number(number) if number % 3 else words.credit_code(number)
        page.row(
            number + 1, words.firm(number), numbered, "青禾县市场监管局", words.town(number) + "所"
        )
    return page


def _scores() -> Page:
    page = Page("打分").row(
        1, "企业代号", "企业名称", "信誉评级", "销项占比", "负数率", "上年利润", "得分"
    )
    for number in range(1, 12):
        page.row(number + 1, f"Q{number}", f"***{words.firm(number)[-6:]}", (100, 80, 60)[number % 3],
                 *words.amounts(number, 4))  # fmt: skip
    return page


def _hidden_columns() -> Page:
    page = Page("名单", hidden_columns=(1, 3, 4))
    page.row(1, "序列", "序号", "公布时间", "企业名称", "代码匹配", at=2)
    for number in range(1, 12):
        page.row(number + 1, "来源甲" if number % 2 else "来源乙", f"QH{number:06d}",
                 number if number < 6 else None, date(2016, 3, number) if number < 6 else None,
                 words.firm(number), words.old_number(number))  # fmt: skip
    return page


def _merged_heading() -> Page:
    page = Page().row(1, "行业代码", "行业内容").across(1, "类别（1=竹业、2=陶业、3=茶业）", 3, 15)
    trades = ("竹编", "陶坯", "制茶")
    return page.rows(
        2, ((f"{9000 + n}", f"{trades[n % 3]}第{n}类制造", n % 3 + 1) for n in range(1, 14))
    )


def _by_sheet() -> tuple[Page, ...]:
    return tuple(
        Page(f"第{place}字").row(1, "word", "count")
        .rows(2, ((chr(0x7AF9 + place * 20 + n), 9000 - n * 37 - place) for n in range(12)))
        for place in (1, 2, 3)
    )  # fmt: skip


def _bare() -> Page:
    """Numbers from the first cell on, and nothing that says what they are."""
    return Page().rows(
        1, ((0.03 + n / 250, *(round(n * k / 97, 9) for k in (3, 2.7, 2.9))) for n in range(14))
    )
