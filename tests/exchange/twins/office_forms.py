"""Other forms of offices."""

from __future__ import annotations

from tests.exchange.twins.pages import Page, Twin, blank_pages


def twins() -> dict[str, Twin]:
    return {"xls-application": Twin("青禾用款申请.xls", "xls", (_application(), *blank_pages()))}


def _application() -> Page:
    """A header of two rows, no rows of data, sums by placeholders, lines to sign."""
    page = (
        Page("Sheet1")
        .across(1, "青禾用款申请书", 1, 10)
        .across(2, "预算代码：                 ", 1, 3)
    )
    page.across(3, "用款单位：（公章）", 1, 4).across(3, "申请日期：{{day}}", 6, 7).row(
        3, "单位：元", at=10
    )
    page.head(
        4, 2, "序号", "资金性质", ("预算科目", ("编码", "名称")), "项目名称",
        ("收款人", ("全称", "银行账号", "开户银行")), "申请金额", "核定金额",
    )  # fmt: skip
    page.across(6, "合             计:{{sum}}", 1, 8).across(
        7, "核定合计（大写）：{{sum_in_words}}", 1, 10
    )
    page.across(8, "申请支付单位：{{who}}", 1, 6).across(8, "青禾局：{{office}}", 7, 8)
    for row in range(9, 14):
        page.merge((row, 1, row, 6))
    page.row(11, "单位负责人：（印章）            ").across(13, "年        月         日", 9, 10)
    page.row(14, "联系人：{{clerk}}", at=7).row(14, "联系电话；", "{{tel}}", at=8)
    return page.across(15, "注：本表一式两份。", 1, 4)
