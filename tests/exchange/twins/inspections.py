"""Inspection sheets to be ticked by hand: questions in a table, then boxes in merged cells."""

from __future__ import annotations

from tests.exchange.twins.pages import Page, Twin, blank_pages

_TICK = "是□      否□"
_FOUND = "□无 □有（写明，可另附纸）"


def twins() -> dict[str, Twin]:
    blank = blank_pages()
    return {
        "xls-inspection": Twin("青禾检查表一.xls", "xls", (_merged(), *blank)),
        "xls-inspection-unmerged": Twin("青禾检查表二.xls", "xls", (_unmerged(), *blank)),
    }


def _results(page: Page, row: int, last: int) -> int:
    """The boxes under the questions; gives the number of the next row."""
    page.row(row, "须 交 材料").across(row, "□营业执照    □经营许可证    □进货台账", 2, last)
    row += 1
    page.across(row, "检查 结果", 1, 1, down=5)
    page.across(row, "□没有发现问题", 2, 3).across(
        row, "□发现问题待处理\n   □其他", 4, last, down=5
    )
    for number, text in enumerate(
        ("□已经改正", "□没有开展此项经营", "□已停业或正在清算", "□注销  □被吊销  □迁出"), row + 1
    ):
        page.across(number, text, 2, 3)
    row += 5
    page.row(row, "后续 处置").across(row, "□无需处置  □责令改正  □移交", 2, last)
    return row + 1


def _merged() -> Page:
    page = Page("Sheet1").across(1, "青禾竹器作坊检查记录表", 1, 7)
    page.row(2, "任务名称：").row(2, "企业名称：", at=4).row(3, "企业住所：")
    page.row(4, "序号", "检查内容").across(4, "操作方法与要领", 3, 5).row(
        4, "是否   检查", "发现问题情况", at=6
    )
    for number, text in enumerate(
        ("竹料来源有无台账。", "烘房是否通风良好。", "成品有无标牌。", "其他"), 1
    ):
        page.row(number + 4, number, text, None, None, None, _TICK, _FOUND)
        page.across(
            number + 4,
            None if text == "其他" else f"（1）查看第{number}处现场；（2）拍照留存",
            3,
            5,
        )
    row = _results(page, 9, 7)
    page.row(row, "检查 人员").across(row, "               年    月    日", 2, 3)
    page.across(row, "组长\n意   见", 4, 5).across(row, "       年   月    日", 6, 7)
    return page.row(row + 1, "备注").merge((row + 1, 2, row + 1, 7))


def _unmerged() -> Page:
    """As the other, but no heading is merged and the last row says something."""
    page = Page("Sheet1").across(1, "青禾登记事项检查记录表", 1, 5)
    page.row(2, "任务名称：试填").row(2, "企业名称：青禾灯具9号有限公司", at=4)
    page.row(3, "企业住所：青禾县东溪镇老街9号")
    page.row(4, "序号", "检查内容", "操作方法与要领", "是否   检查", "发现问题情况")
    for number, text in enumerate(("字号管理", "负责人管理", "营业期限管理", "其他"), 1):
        how = None if text == "其他" else f"（1）查看第{number}处现场；（2）核对执照"
        page.row(number + 4, number, text, how, _TICK, _FOUND)
    row = _results(page, 9, 5)
    page.row(row, "检查 人员").across(row, "年   月    日 ", 2, 3)
    page.row(row, "组长\n意   见", "年   月    日", at=4)
    page.row(row + 1, "备注")
    return page.across(row + 1, "其他事项在公示信息抽查中一并检查。", 2, 5)
