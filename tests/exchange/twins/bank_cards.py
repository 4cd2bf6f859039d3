"""Forms about one household: labels and placeholders in turn, all merged by hand."""

from __future__ import annotations

from datetime import date

from tests.exchange.twins.pages import Page, Twin


def twins() -> dict[str, Twin]:
    return {
        "xls-card-without-header": Twin("青禾外评表.xls", "xls", (_outside(),)),
        "xls-card-summary": Twin("青禾评议总表.xls", "xls", (_summary(),)),
        "xls-card-blocks": Twin("青禾评议单.xls", "xls", (_blocks(),)),
        "xls-card-family": Twin("青禾采集表.xls", "xls", (_family(),)),
        "xls-card-and-hidden": Twin("青禾授信评议.xls", "xls", (_by_hand(), _rating(), _card())),
    }


def _outside() -> Page:
    """Every second row is blank; questions with their points, and placeholders."""
    page = Page("外评").merge((1, 1, 1, 6)).across(2, "青禾信用评定表", 1, 6, down=2)
    page.row(4, "客户姓名:${name}", "性别：${sex}", None, "住址：${home}", "证件号：${id}")
    page.row(6, "评定条件（满分90分）：")
    left = (
        "家庭人口",
        "身体状况",
        "种养规模",
        "住房价值",
        "农具情况",
        "经营年数",
        "家庭收入",
        "收支对比",
    )
    right = (
        "存款往来",
        "务工情况",
        "家庭和睦",
        "劳力人数",
        "邻里口碑",
        "村内评价",
        "生活习惯",
        "交通工具",
    )
    for number, (one, other) in enumerate(zip(left, right, strict=True)):
        page.row(8 + 2 * number, f"{number + 1}、 {one}（3分）", f"${{a{number}}}", None,
                 f"{number + 9}、{other}（4分）", f"${{b{number}}}")  # fmt: skip
    page.row(26, "得分：${points}", "等级：  ${level}   级").across(
        26, "额度：  ${sum}   万元", 4, 5
    )
    return page


def _summary() -> Page:
    page = Page("总表").across(1, "青禾评议总表", 1, 7, down=2)
    page.row(3, "村").across(3, "${village}", 2, 3)
    page.row(3, "组：", "${group}", "调查日期：${day}", "单位：元", at=4)
    page.head(4, 2, "基本情况").across(4, "户号编码", 2, 3).row(
        4, "姓名", "证件号码", "年龄", "性别", at=4
    )
    page.across(5, "${no}", 2, 3).row(5, "${name}", "${id}", "${age}", "${sex}", at=4)
    page.across(6, "平均得分", 1, 3).row(6, "${mean}", "信用等级", at=4).across(6, "${level}", 6, 7)
    page.across(7, "建议额度", 1, 3).across(7, "${sum}", 4, 7)
    page.across(8, "评议员姓名", 1, 2).across(8, "评议员证件号", 3, 4)
    page.row(8, "评议得分", "建议额度", "评议时间", at=5)
    page.across(9, "${item.name}", 1, 2).across(9, "${item.id}", 3, 4)
    return page.row(9, "${item.points}", "${item.sum}", "${item.day}", at=5)


def _blocks() -> Page:
    page = Page("Sheet1").merge((1, 1, 1, 6)).across(2, "青禾评议单", 1, 6)
    page.row(3, "村：${village}", "组:${group}").across(3, "调查日期：", 3, 4).across(
        3, "单位：元", 5, 6
    )
    page.head(4, 2, "基本情况").row(4, "户号编码", "姓名", "证件号码", "年龄", "性别", at=2)
    page.row(5, "${no}", "${name}", "${id}", "${age}", "${sex}", at=2)
    blocks = (
        ("人口情况", "年龄情况", "身体情况", "经营能力", "住房价值情况"),
        ("用具情况", "农具情况", "经营状况", "家庭收入情况", "收支对比情况"),
        ("还款意愿情况", "本金逾期情况", "利息逾期情况", "存款往来情况", "务工情况"),
        ("家庭关系", "劳力情况", "信誉情况", "荣誉情况"),
        (),
        ("起居习惯情况", "交通情况", "民间借款情况", "其他贷款情况"),
    )
    page.merge((6, 1, 17, 1))
    for number, heads in enumerate(blocks):
        page.row(6 + 2 * number, *heads, at=2)
        page.row(7 + 2 * number, *(f"${{v{number}{n}}}" for n in range(len(heads))), at=2)
    for row, head in ((14, "技能状况"), (15, "邻里状况")):
        page.row(row, head, at=2).across(row, f"${{y{row}}}", 3, 6)
    for row, (one, other) in enumerate(
        (("得分", "等级"), ("建议额度", ""), ("评议员", "证件号"), ("签字人", "时间")), 18
    ):
        page.across(row, f"评议{one}" if row != 20 else one, 1, 2).row(row, f"${{w{row}}}", at=3)
        if other:
            page.row(row, f"评议{other}", at=4).across(row, f"${{x{row}}}", 5, 6)
    return page


def _family() -> Page:
    """The header is a block of labels and placeholders that merges hold together."""
    page = Page("采集表").merge((1, 1, 1, 13)).across(2, "${area}青禾农户采集表", 1, 13)
    page.across(3, "村：     ", 2, 3).across(3, "组： ", 4, 5).across(3, "调查日期：", 8, 9)
    page.row(3, "单位：元", at=13)
    page.across(4, "基本情况", 1, 1, down=4)
    spans = ((2, 3), (4, 4), (5, 7), (8, 8), (9, 9), (10, 12), (13, 13))
    heads = ("户主姓名", "性别", "证件号码", "年龄", "家庭人口", "联系电话", "经营项目")
    for (first, last), head in zip(spans, heads, strict=True):
        page.across(4, head, first, last, down=2)
        page.row(6, f"${{head{first}}}", at=first)
        if first < last:
            page.merge((6, first, 6, last))
    spans = ((2, 3), (4, 5), (6, 8), (9, 10), (11, 11), (12, 13))
    heads = ("姓名", "与户主关系", "证件号码", "年龄", "文化程度", "劳力状况")
    for (first, last), head in zip(spans, heads, strict=True):
        page.row(7, head, at=first).row(8, f"${{item.f{first}}}", at=first)
        if first < last:
            page.merge((7, first, 7, last), (8, first, 8, last))
    page.across(9, "资产负债状况", 1, 1, down=4).across(9, "资产情况", 2, 2, down=2)
    page.across(11, "负 债情况", 2, 2, down=2)
    for row, heads in (
        (9, ("财产状况", "年收入", "年支出", "年纯收入")),
        (11, ("民间借款", "银行贷款", "其他借款", "合计")),
    ):
        for (first, last), head in zip(((3, 5), (6, 7), (8, 10), (11, 13)), heads, strict=True):
            page.across(row, head, first, last).across(row + 1, f"${{s{row}{first}}}", first, last)
    page.across(13, "结算情况", 1, 6, down=3).across(13, "用款需求", 7, 13, down=3)
    page.row(16, "受访人签字").across(16, "          ${who}        年  月  日", 2, 6)
    page.row(16, "采集 人签 字", at=7).across(16, "年 \xa0月\xa0 日", 8, 13)
    page.across(17, "网点调 查意 见", 1, 1, down=3).across(17, "          ${said}", 2, 6, down=3)
    page.across(17, "负责人意见", 7, 7, down=3).across(17, "年   月\xa0 日", 8, 13, down=3)
    return page.row(20, "备注").merge((20, 2, 20, 13))


def _by_hand() -> Page:
    """A hidden form filled with a pen: its labels look like rows of a table."""
    page = (
        Page("手填表", hidden=True)
        .across(1, "附表一：", 1, 3)
        .across(2, "青禾农户授信采集表", 1, 11)
    )
    page.across(3, "        县       乡       村", 1, 8).across(3, "（    ）年度", 9, 10)
    page.row(3, "金额：元", at=11)
    page.across(4, "户主及家庭成员", 1, 1, down=7).row(
        4, "关系", "姓名", None, "性别", "证件号码", at=2
    )
    page.row(4, "职业", "工作单位", "身体状况", "电话", at=8).row(5, "户主", at=2)
    for row in range(4, 11):
        page.merge((row, 3, row, 4), (row, 6, row, 7))
    page.across(11, "财产", 1, 1, down=4).row(11, "名称", "住房", at=2).row(11, "合计", at=11)
    page.rows(12, (("件数",), ("原价",), ("现价",)), at=2)
    page.across(15, "负债", 1, 1, down=3).rows(15, (("类型",), ("债权人",), ("金额",)), at=2)
    page.across(18, "邻里评价、口碑及其他需要说明的情况", 1, 11)
    page.across(19, "经营", 1, 1, down=7).row(
        19, "类别", "种田", "养殖", None, "务工", "开店", at=2
    )
    page.row(19, "合计", at=11)
    page.rows(
        20, (("项目", "田地(亩)"), ("件数",), ("投入",), ("收入",), ("支出",), ("净收入",)), at=2
    )
    page.across(26, "开支", 1, 1, down=2).row(
        26, "生活", None, None, "合计", "履约", "违约事项", at=2
    )
    page.row(27, "学费", "医药", at=2)
    page.row(28, "授信结论", "等级", None, "额度").across(
        29, "注：本表由客户经理填写。", 1, 11
    ).across(31, "走访人签字：", 1, 4)
    return page.row(31, "走访时间：     年    月    日", at=8)


def _rating(first: int = 4) -> Page:
    """A hidden worksheet of points, with a remark whose row is hidden and lines that go on."""
    page = Page("测评", hidden=True, hidden_rows=(14,))
    page.across(1, "青禾农户     年度\n等级测评", 1, 8)
    page.across(2, "户主姓名：              ", 1, 2).row(2, "评级时间", at=3)
    page.across(2, date(2008, 1, 1), 4, 5).across(2, "住址：     乡     村", 6, 8)
    page.row(3, "评价项目", "评定指标").across(3, "调查评估值", 3, 4).row(3, "标准分", at=5)
    page.across(3, "评估方法", 6, 7).row(3, "评估结果", at=8)
    asked = (
        ("一、人口", "1、人口数", 2, "个", 10, "两人以上得10分", 8),
        (None, "其中：劳力", 0, "个", 10, "一人以上得10分", 4),
        ("二、财务", "1、财产总值", 0.1, "万元", 13, "按基数折算", 5),
        (None, "核定基数", 1, None, None, None, None),
        (None, "2、净值", 0, "万元", 13, "净值除以基数", 0),
        (None, "3、纯收入", 0.5, "万元", 15, "按基数折算", 5),
        ("三、履约", "1、履约", "正常", None, 10, "正常得10分", 10),
        ("四、邻里评价", None, "优秀", None, 20, "优秀得20分", 20),
        ("初评等级", "初评得分", 52, "分", None, "一级不少于90分", "四级"),
    )
    for number, cells in enumerate(asked, first):
        page.row(number, *cells[:6], None, cells[6])
        if number not in (6, 7):
            page.merge((number, 6, number, 7))
    page.across(4, "一、人口", 1, 1, down=2).merge((6, 6, 7, 7))
    page.across(
        14,
        "操作说明：1请在黄色格内填入该户的各项数字，2、绿色格内填全县的平均数，3、其余各格不要改动",
        1,
        8,
    )
    page.rows(16, (("等级表",), ("一级", 2), ("二级", 1.5), ("三级", 1)), at=1)
    return page


def _card() -> Page:
    """The sheet that people see: all placeholders."""
    page = Page("评议表").across(1, "${branch}(${year})年度评议", 1, 11)
    page.row(2, "住址：          ").across(2, "${town}", 2, 3).across(2, "${village}", 4, 5)
    page.row(2, "户号：", "${no}", None, "评议日期：", None, "金额：万元", at=6)
    page.across(3, "家庭成员", 1, 1, down=2).row(3, "关系", "姓名", None, "性别", "证件号码", at=2)
    page.merge((3, 3, 3, 4), (4, 3, 4, 4), (3, 6, 3, 8), (4, 6, 4, 8))
    page.row(3, "职业", "工作单位", "劳力", at=9)
    page.row(4, "${item.a}", "${item.b}", None, "${item.c}", "${item.d}", at=2)
    page.row(4, "${item.e}", "${item.f}", "${item.g}", at=9)
    row = 5
    for block, lines in {
        "资产": ("类别", "件数", "价值"), "负债": ("类型", "债权人", "金额"),
        "经营": ("类别", "项目情况", "年收入", "年支出", "净收入"),
    }.items():  # fmt: skip
        page.across(row, block, 1, 1, down=len(lines))
        page.row(row, lines[0], "第一类", "第二类", "第三类", at=2).row(row, "其他", "合计", at=10)
        for number, line in enumerate(lines[1:], row + 1):
            page.row(number, line, *(f"${{map.r{number}c{c}}}" for c in range(3, 6)), at=2)
            page.row(number, *(f"${{map.r{number}c{c}}}" for c in (10, 11)), at=10)
        row += len(lines)
    page.row(row, "开支", "生活", None, None, "其他", "合计", "邻里评价", at=1).row(
        row, "评价结果", at=11
    )
    page.row(row + 1, "${map.said}", at=11)
    page.row(row + 2, "业务往来", "存款余额", "贷款余额", "手机银行", "社保卡")
    page.row(row + 3, *(f"${{map.b{c}}}" for c in range(2, 6)), at=2)
    page.across(row + 4, "评议结果： ${map.count}人", 1, 11)
    page.across(row + 5, "经理意见： 同意该户      年内", 1, 7)
    page.row(row + 5, "网点审核意见：同意核定该户", at=8)
    return page.across(row + 6, "评审组签字：                  ", 1, 11)
