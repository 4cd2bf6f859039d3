"""Templates for sending firms in: a header, a remark on how to fill it, perhaps a sample row."""

from __future__ import annotations

from datetime import date

from tests.exchange.twins import words
from tests.exchange.twins.pages import Page, Twin, blank_pages

_FAR = 16_384  # the last column, to which people merge the remark above the header
_REMARK = "注意:请逐行填写,不要合并单元格,不要插入空行,填好以后原样上传"


def twins() -> dict[str, Twin]:
    sample = Page("Sheet1").across(1, _REMARK, 1, _FAR)
    sample.row(2, "统一信用代码/注册号", "企业名称").row(3, words.old_number(1), "测试企业")
    filled = Page("Sheet1").across(1, _REMARK, 1, _FAR)
    filled.row(2, "组织机构代码", "企业名称", "统一社会信用代码", "报表类别")
    filled.row(3, "例：800000017", words.firm(1), words.credit_code(1), "工业")
    empty = Page("Sheet1").across(1, _REMARK, 1, _FAR)
    empty.row(2, "注册号", "企业名称", "扶持日期", "反馈日期", "扶持内容", "扶持金额")
    titled = Page("Sheet1").across(1, "青禾县待核名单模板", 1, 2)
    titled.row(2, "统一社会信用代码/注册号", "企业名称")
    return {
        "xlsx-template-sample": Twin("青禾信用模板.xlsx", "xlsx", (sample,)),
        "xlsx-template-sample-blank-sheets": Twin(
            "青禾规上模板.xlsx", "xlsx", (filled, *blank_pages())
        ),
        "xlsx-template-remark": Twin("青禾扶持模板.xlsx", "xlsx", (empty,)),
        "xlsx-template-named-xls": Twin("青禾待核模板.xls", "xlsx", (titled, *blank_pages())),
        "xlsm-template-and-parameters": Twin("青禾专项库模板.xlsm", "xlsm", _with_parameters()),
        "xls-permit-of-one-row": Twin("青禾许可.xls", "xls", (_permit(),)),
        "xlsx-permit-of-one-row": Twin("青禾许可.xlsx", "xlsx", (_permit(),)),
        "xls-import-form": Twin("青禾农贷导入.xls", "xls", (_import_form("导入", 12),)),
        "xls-import-and-dictionary": Twin("青禾授信导入.xls", "xls", _with_dictionary()),
        "xls-import-and-hidden-sheets": Twin("青禾授信下发.xls", "xls", _with_hidden()),
        "xls-wide-import": Twin("青禾建档导入.xls", "xls", (_wide(),)),
        "xls-loop": Twin("青禾到期提醒.xls", "xls", (_loop(),)),
    }


def _permit() -> Page:
    """One row of data under a header that begins in the second row and column."""
    page = Page("许可").row(
        2, "许可文件编号", "许可文件名称", "有效期自", "有效期至", "许可机关", "登记状态", "企业名称", "注册号",
        "统一社会信用代码", at=2,
    )  # fmt: skip
    return page.row(
        3, "202001", "陶器经营许可", date(2020, 1, 2), date(2023, 1, 2), "青禾县经贸局", "有效",
        words.firm(3), words.old_number(3), words.credit_code(3), at=2,
    )  # fmt: skip


def _with_parameters() -> tuple[Page, ...]:
    """A form without data, and four lists side by side that its boxes choose from."""
    form = Page("对象名单").row(1, "注意:请把各列填全,否则可能导致上传失败")
    heads = (
        "专项库名称",
        "监管标签",
        "统一社会信用代码/注册号",
        "企业名称",
        "许可证名称",
        "许可批准日期",
        "有效期至",
        "配备人员",
    )
    form.row(2, *heads)
    form.row(3, "从专项库名称中单选", None, None, None, "填写此专项库的许可证名称", None,
             "写年月日，长期有效的请输入9999-12-31", "若无则填写无，若有则从下拉中选")  # fmt: skip
    lists = Page("参数表")
    lists.row(1, "专项库序号", "专项库名称").row(
        1, "专项库序号", "专项库", "监管标签", "选择列", at=4
    )
    lists.row(1, "资质资格", "选择列", at=9).row(1, "配备人员", "选择列", at=12)
    trades = ("竹器", "陶器", "茶叶", "灯具", "石雕", "纸盒")
    for number in range(1, 15):
        trade = trades[number % 6]
        if number <= 11:
            lists.row(number + 1, number, f"{trade}经营单位库{number}")
        tag = "甲" if number == 1 else None
        lists.row(
            number + 1, number, f"{trade}经营单位库{number}", f"{trade}标签{number}", tag, at=4
        )
        if number <= 4:
            lists.row(number + 1, f"{trade}查验员", "乙" if number == 1 else None, at=9)
        if number <= 5:
            lists.row(number + 1, f"{trade}组长", "丙" if number == 1 else None, at=12)
    return form, lists


_CUSTOMER = ("客户姓名", "客户证件号", "额度", "基点", "授信到期日", "客户分群", "经理工号", "调查人工号", "调查人比例", "还款方式",
             "贷款用途", "联系电话")  # fmt: skip


def _import_form(name: str, count: int, *, filled: bool = True, hidden: bool = False) -> Page:
    page = Page(name, hidden=hidden).row(1, *_CUSTOMER[:count])
    return page.row(2, *words.holders(count)) if filled else page


def _dictionary(*, hidden: bool) -> Page:
    """Columns of choices of every length, without heading."""
    page = Page("字典", hidden=hidden)
    lists = {
        1: ("1-务工", "2-务农", "3-经商", "4-其他"),
        2: tuple(f"{n}-青禾族{n}" for n in range(1, 26)),
        3: ("01-种养户", "02-作坊", "03-门店"),
        5: ("1-有", "2-无"),
        6: ("1-好", "2-较好", "3-一般", "4-差"),
        8: tuple(f"Q{n:03d}-{words.town(n)}第{n}种行业" for n in range(1, 40)),
    }
    for column, choices in lists.items():
        page.rows(1, ((choice,) for choice in choices), at=column)
    return page


def _with_dictionary() -> tuple[Page, ...]:
    return (
        _import_form("老客户", 9, filled=False, hidden=True),
        _import_form("新客户名册", 12),
        _dictionary(hidden=False),
    )


def _with_hidden() -> tuple[Page, ...]:
    towns = Page("乡镇", hidden=True).row(1, "乡镇编号", "乡镇名称")
    towns.rows(2, ((100 + 7 * n, f"{words.town(n)}第{n}片区") for n in range(1, 20)))
    trades = Page("行业", hidden=True).row(1, "行业编号", "行业")
    trades.rows(2, ((f"Q{n:03d}", f"青禾第{n}种行业") for n in range(1, 24)))
    return _import_form("导入模板", 12), _dictionary(hidden=True), towns, trades


def _wide() -> Page:
    """Two rows of headings and not one row below them."""
    people = (
        "客户姓名",
        "证件号码",
        "性别",
        "证件类型",
        "出生年月",
        "民族",
        "学历",
        "联系电话",
        "家庭住址",
    )
    return Page("full").head(
        1, 2, *people,
        ("住房", ("性质", "用途", "所在位置", "层数", "建筑面积")),
        ("车辆", ("名称", "号牌", "购买日期", "现值")),
        ("负债", ("债权人", "金额", "期限", "用途")),
    )  # fmt: skip


def _loop() -> Page:
    """Placeholders of another program; every heading is merged over two columns."""
    page = Page("到期").row(1, *range(1, 7))
    for column, text in zip((1, 3, 5), ("ID", "姓名", "金额"), strict=True):
        page.across(2, text, column, column + 1)
    loop = ("{{!fe: rows r.id", "r.person", "n:fn:(r.sum;0.##)}}")
    for row in range(3, 7):
        for column in (1, 3, 5):
            page.merge((row, column, row, column + 1))
    return page.row(3, loop[0], None, loop[1], None, loop[2])
