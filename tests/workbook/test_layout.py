"""Header, data and everything else told apart: synthetic twins of real layouts, then the real ones."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ledger_desk.errors import UserError
from ledger_desk.workbook import headings, layout, tables
from ledger_desk.workbook.book import Book, Merge, Sheet
from ledger_desk.workbook.layout import Layout
from ledger_desk.workbook.reading import read

Rows = Sequence[Sequence[Any]]


def sheet_of(rows: Rows, merged: Sequence[str] = (), name: str = "名单", **more: Any) -> Sheet:
    """Make a sheet in memory; merged ranges as A1:C1."""
    from openpyxl.utils.cell import range_boundaries

    width = max((len(row) for row in rows), default=0)
    padded = [list(row) + [None] * (width - len(row)) for row in rows]
    ranges = []
    for text in merged:
        left, top, right, bottom = (int(n or 0) for n in range_boundaries(text))
        ranges.append(Merge(top, left, bottom, right))
    return Sheet(name, padded, width, tuple(sorted(ranges)), **more)


def kinds(found: Layout) -> dict[int, str]:
    return {left.row: left.kind for left in found.left_out}


def every_row_is_in_one_place(sheet: Sheet, found: Layout) -> bool:
    first, last = found.header_rows
    rows = [*range(first, last + 1)] if first else []
    rows += [*found.data_rows, *(left.row for left in found.left_out)]
    return sorted(rows) == list(range(1, len(sheet.rows) + 1))


FIRMS = [
    [
        n,
        f"新县{'甲乙丙丁戊己'[n % 6]}茶业有限公司",
        f"91411523MA{n:06d}X{n % 10}",
        12.5 * n,
        dt.date(2026, 3, n),
    ]
    for n in range(1, 8)
]
HEAD = ["序号", "企业名称", "统一社会信用代码", "授信金额\n（万元）*", "授信日期"]


def test_a_header_in_row_one_needs_nothing_else() -> None:
    sheet = sheet_of([HEAD, *FIRMS])
    found = layout.find(sheet)
    assert found.header_rows == (1, 1)
    assert list(found.data_rows) == list(range(2, 9))
    assert found.left_out == ()
    assert [(h.column, h.text, h.unit) for h in found.headings][2:4] == [
        (3, "统一社会信用代码", ""), (4, "授信金额", "万元")
    ]  # fmt: skip


def test_an_official_table_is_taken_apart_row_by_row() -> None:
    rows = [
        ["2026年3月普惠小微企业首贷培植工作台帐"],
        ["填报单位：新县专班", None, "期别：2026年3月", None, "单位：万元、户"],
        [],
        HEAD,
        ["甲", "乙", "1", "2", "3"],
        ["例：1", "某某公司", "91…", "100", "2026-1-1"],
        ["一、农业"],
        *FIRMS[:3],
        ["城关镇小计", None, None, 75],
        HEAD,
        ["（二）工业", None],
        *FIRMS[3:5],
        [None, "只有名称的公司"],
        ["合  计", None, None, 300],
        ["注：1.本表按月报送。"],
        ["2.金额保留两位小数。"],
        ["填表人：张三", None, "审核人：李四", None, "负责人："],
    ]
    sheet = sheet_of(rows, ["A1:E1", "A7:E7", "A19:E19"])
    found = layout.find(sheet)
    assert found.title == "2026年3月普惠小微企业首贷培植工作台帐"
    assert (found.unit, found.period) == ("万元", "2026年3月")
    assert found.header_rows == (4, 4)
    assert list(found.data_rows) == [8, 9, 10, 14, 15, 16]
    assert kinds(found) == {
        1: "title", 2: "info", 3: "blank", 5: "numbering", 6: "example", 7: "group", 11: "subtotal",
        12: "repeated", 13: "group", 17: "total", 18: "note", 19: "note", 20: "signature",
    }  # fmt: skip
    assert all(left.why for left in found.left_out)
    assert len(found.notes) == 2
    assert every_row_is_in_one_place(sheet, found)


def test_title_date_and_unit_lines_stay_out_of_a_statistics_list() -> None:
    rows = [
        ["某区“四上”企业情况表"], [dt.date(2022, 4, 1)], ["单位:万元、平方米、万千瓦时、%"],
        ["序号", "单位详细名称", "报表类别", "当月", "累计增速(%)", "用电量（万千瓦时，仅工业）"],
        *[[str(n), f"某某{n}公司", "工业", n * 1.5, "--", None] for n in range(1, 9)],
    ]  # fmt: skip
    found = layout.find(sheet_of(rows, ["A1:F1", "A2:F2", "A3:F3"]))
    assert found.header_rows == (4, 4)
    assert kinds(found) == {1: "title", 2: "period", 3: "unit"}
    assert (found.period, found.unit) == ("2022-04-01", "万元")
    assert [(h.text, h.unit) for h in found.headings][4:] == [
        ("累计增速", "%"), ("用电量（万千瓦时，仅工业）", "")
    ]  # fmt: skip
    assert len(found.data_rows) == 8


GROUPED = [
    ["序\n号", "企业名称", "产值(万元)", None, "用电量（万千瓦时）", None, "备注"],
    [None, None, "本年累计", "较上年增长（%）", "本年累计", "上年同期", None],
    *[[n, f"某{n}公司", n * 10, n / 3, n * 2, "——", None] for n in range(1, 7)],
]
JOINED = [
    ("序号", ""), ("企业名称", ""), ("产值/本年累计", "万元"), ("产值/较上年增长", "%"),
    ("用电量/本年累计", "万千瓦时"), ("用电量/上年同期", "万千瓦时"), ("备注", ""),
]  # fmt: skip


def test_a_merged_header_of_two_rows_is_joined() -> None:
    merged = ["A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "A1:G1"]
    found = layout.find(sheet_of([["重点企业经营情况"], *GROUPED], merged))
    assert found.header_rows == (2, 3)
    assert [(h.text, h.unit) for h in found.headings] == JOINED
    assert found.headings[2].parts == ("产值(万元)", "本年累计")
    assert list(found.data_rows) == list(range(4, 10))


def test_the_same_header_is_joined_where_the_file_knows_no_merges() -> None:
    found = layout.find(sheet_of(GROUPED))
    assert found.header_rows == (1, 2)
    assert [(h.text, h.unit) for h in found.headings] == JOINED
    assert len(found.data_rows) == 6


def test_a_header_of_three_rows_with_an_empty_last_one() -> None:
    rows = [
        ["存款情况表"],
        ["机构名称", "按客户分", None, None, None],
        [None, "储蓄", None, "对公", None],
        [None, "户数", "余额（万元）", "户数", "余额（万元）"],
        *[[f"第{n}支行", n, n * 2.5, n, n * 3.5] for n in range(1, 5)],
    ]
    found = layout.find(sheet_of(rows, ["A1:E1", "A2:A4", "B2:E2", "B3:C3", "D3:E3"]))
    assert found.header_rows == (2, 4)
    assert [h.text for h in found.headings] == [
        "机构名称", "按客户分/储蓄/户数", "按客户分/储蓄/余额", "按客户分/对公/户数", "按客户分/对公/余额"
    ]  # fmt: skip


def test_a_first_column_without_heading_and_a_first_row_left_blank() -> None:
    rows = [[], [None, "序列", "企业名称", "代码匹配"],
            *[["第一批", f"SD{n:06d}", f"某{n}公司", f"3706810180{n:05d}"] for n in range(9)]]  # fmt: skip
    found = layout.find(sheet_of(rows))
    assert found.header_rows == (2, 2)
    assert [(h.column, h.text, h.label) for h in found.headings][:2] == [
        (1, "", "A 列"), (2, "序列", "序列")
    ]  # fmt: skip
    assert len(found.data_rows) == 9


def test_rows_of_field_codes_units_and_instructions_under_the_header_are_left_out() -> None:
    head = ["机构代码", "机构名称", "余额", "联系电话"]
    body = [[313340000010 + n, f"某银行第{n}支行", n * 1.5, f"0376-29{n:05d}"] for n in range(5)]
    codes = layout.find(sheet_of([head, ["YXJGDM", "YXJGMC", "YE", "LXDH"], *body]))
    assert kinds(codes) == {2: "codes"}
    units = layout.find(sheet_of([head, [None, None, "（万元）", None], *body]))
    assert kinds(units) == {2: "unit"}
    assert units.headings[2].unit == "万元"
    told = ["必填，18位", "填写全称", "保留两位小数", "若无请填无"]
    assert kinds(layout.find(sheet_of([head, told, *body]))) == {2: "note"}
    assert len(codes.data_rows) == len(units.data_rows) == 5


def test_a_row_with_few_values_is_data() -> None:
    rows = [["企业名称", "代码", "状态", "法定代表人", "注册资本"],
            *[[f"某{n}公司", f"9141152377513952{n}U", "在业", "张某", "50万"] for n in range(8)],
            ["周某县某某加工厂", "350925600091220", "空"], ["另一家很长名字的农民专业合作社联合社"],
            [None, None, None, "李某"]]  # fmt: skip
    found = layout.find(sheet_of(rows))
    assert list(found.data_rows) == list(range(2, 13))
    assert found.left_out == ()


def test_names_that_only_sound_like_totals_notes_or_signatures_are_data() -> None:
    names = [
        "新县合计划服务部",
        "总计科技有限公司",
        "注册会计师事务所",
        "例外餐饮店",
        "审核通咨询公司",
        "备注文具店",
    ]
    rows = [
        ["企业名称", "代码", "联系人"],
        *[[n, f"91411523{k:010d}", "王某"] for k, n in enumerate(names)],
    ]
    assert layout.find(sheet_of(rows)).left_out == ()


def test_a_list_without_header_is_told_as_such() -> None:
    rows = [
        ["A", "农、林、牧、渔业"],
        ["A", "农、林、牧、渔业"],
        ["01", "农业"],
        ["011", "谷物种植"],
        ["0111", "稻谷种植"],
    ]
    found = layout.find(sheet_of(rows))
    assert not found.has_header
    assert [h.label for h in found.headings] == ["A 列", "B 列"]
    assert len(found.data_rows) == 5
    numbers = layout.find(sheet_of([["利率表"], *[[0.04 + n / 100, 0.1, 0.2] for n in range(6)]]))
    assert (numbers.header_rows, len(numbers.data_rows), numbers.title) == ((0, 0), 6, "利率表")


def test_a_single_column_of_names_keeps_its_first_name() -> None:
    rows = [["某某农村商业银行"], ["另一农商行"], ["第三银行"], ["第四村镇银行"]]
    assert len(layout.find(sheet_of(rows)).data_rows) == 4
    found = layout.find(sheet_of([["姓名"], ["张某"], ["李某某"]]))
    assert (found.header_rows, len(found.data_rows)) == ((1, 1), 2)


def test_a_form_without_data_has_headings_and_no_rows() -> None:
    rows = [
        ["注意:请将信息填写完整,否则可能导致上传失败"],
        ["企业名称", "注册号", "扶持日期"],
        ["${data.a}", "${data.b}", "${data.c}"],
    ]
    found = layout.find(sheet_of(rows, ["A1:C1"]))
    assert found.header_rows == (2, 2)
    assert kinds(found) == {1: "note", 3: "example"}
    assert list(found.data_rows) == []


def test_helping_sheets_come_last_and_empty_ones_not_at_all() -> None:
    main = sheet_of([HEAD, *FIRMS], name="台账")
    other = sheet_of([HEAD, *FIRMS[:2]], name="上月")
    codes = sheet_of([["编号", "名称"], *[[n, f"项{n}"] for n in range(50)]], name="参数表")
    hidden = sheet_of([HEAD, *FIRMS, *FIRMS], name="旧", hidden=True)
    empty = Sheet("Sheet3", [], 0)
    found = tables.find_tables(Book("xlsx", (empty, codes, hidden, other, main)), "a.xlsx")
    assert [table.sheet.name for table in found] == ["上月", "台账", "参数表", "旧"]
    assert [table.helps for table in found] == [False, False, True, True]
    alone = tables.find_tables(Book("xlsx", (empty, codes)), "a.xlsx")
    assert [table.sheet for table in alone] == [codes]
    with pytest.raises(UserError, match="没有找到表格"):
        tables.find_tables(Book("xlsx", (empty,)), "a.xlsx")


def test_a_signature_forgets_titles_and_looks_but_not_columns() -> None:
    plain = layout.signature(layout.find(sheet_of([HEAD, *FIRMS])))
    head = ["序 号", "企业\n名称", "统一社会信用代码", "授信金额(万元)", "授信日期"]
    assert layout.signature(layout.find(sheet_of([["标题"], [], head, *FIRMS[:3]]))) == plain
    renamed = ["序号", "企业名称", "统一社会信用代码", "授信金额（元）", "授信日期"]
    assert layout.signature(layout.find(sheet_of([renamed, *FIRMS]))) != plain
    assert len(plain) == 32


@pytest.mark.parametrize(
    ("heading", "text", "unit"),
    [
        ("授信金额（万元）", "授信金额", "万元"), ("金额：元", "金额", "元"), ("增速(%)", "增速", "%"),
        ("贷款余额万元", "贷款余额", "万元"), ("授信金额（单位：万元）", "授信金额", "万元"),
        ("行政村（居委会）个数", "行政村（居委会）个数", ""), ("产值/面积(万元、平方米)", "产值/面积", "万元"),
        ("工业增加值率（%）/行业类别", "工业增加值率（%）/行业类别", ""), ("经营单元", "经营单元", ""),
        ("期限（月）", "期限", "月"), ("（万元）", "（万元）", ""),
    ],
)  # fmt: skip
def test_units_are_taken_out_of_headings(heading: str, text: str, unit: str) -> None:
    assert headings.split_unit(heading) == (text, unit)


def test_a_unit_line_is_not_an_office() -> None:
    assert headings.unit_line("填报单位：新县专班    单位：万元") == "万元"
    assert headings.unit_line("（金额单位：元）") == "元"
    assert headings.unit_line("填报单位：万元镇政府") is None
    assert headings.unit_line("单位：新县专班") is None


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_on_disk_gives_the_same_layout(tmp_path: Path, kind: str) -> None:
    rows = [
        ["企业台账", None, None],
        ["企业名称", "代码", "金额（万元）"],
        *[[f"某{n}公司", f"9141{n:05d}", n] for n in range(1, 6)],
    ]
    path = tmp_path / f"a.{kind}"
    if kind == "csv":
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([["" if c is None else c for c in row] for row in rows])
    else:
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        for row in rows:
            page.append(row)
        page.merge_cells("A1:C1")
        book.save(path)
    found = layout.find(read(path).sheets[0])
    assert found.header_rows == (2, 2)
    assert (found.title, found.headings[2].unit) == ("企业台账", "万元")
    assert list(found.data_rows) == [3, 4, 5, 6, 7]


# --- the real files, where they are ---------------------------------------------------------------

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "open"
LISTS, HOSTILE = "01_enterprise_lists", "09_hostile_files"
# (file, sheet) to (header rows, number of data rows, kinds of the other rows above the data)
EXPECTED: list[tuple[str, str, str, tuple[int, int], int, dict[int, str]]] = [
    (LISTS, "zj_check01_抽查名单.xlsx", "Sheet1", (1, 1), 478, {}),
    (LISTS, "zj_check02_抽查名单_混合注册号与USCC.xlsx", "Sheet1", (1, 1), 2883, {}),
    (LISTS, "zj_check04 .xlsx", "Sheet1", (1, 1), 5, {}),
    (LISTS, "zj_国家级孵化器_大学科技园_众创空间名单.xls", "国家级孵化器（59家）", (2, 2), 59, {1: "title"}),
    (LISTS, "zj_国家级孵化器_大学科技园_众创空间名单.xls", "国家级众创空间（80）家", (2, 2), 80, {1: "title"}),
    (LISTS, "zj_国家级孵化器_大学科技园_众创空间名单.xls", "国家大学科技园（6家）", (2, 2), 6, {1: "title"}),
    (LISTS, "上市公司_公司名单.xlsx", "Sheet1", (1, 1), 3427, {}),
    (LISTS, "上市公司_公司名单_gb18030.csv", "上市公司_公司名单_gb18030", (1, 1), 3373, {}),
    (LISTS, "企查导出_enterprise_data_7551行.xlsx", "Sheet1", (1, 1), 7551, {}),
    (LISTS, "山东福建黑名单_企业名单总_7551行.xlsx", "Sheet1", (1, 1), 7551, {}),
    (LISTS, "工商注册_山西_1997.xls", "1", (1, 1), 1275, {}),
    (LISTS, "工商注册_河南_1998.xls", "1", (1, 1), 2663, {}),
    (LISTS, "工商注册_河南_2002.csv", "工商注册_河南_2002", (1, 1), 5418, {}),
    (LISTS, "工商注册_浙江_1990.xls", "1", (1, 1), 1056, {}),
    (LISTS, "忻州1409xx_真实企业.csv", "忻州1409xx_真实企业", (1, 1), 1824, {}),
    (LISTS, "新县411523_真实企业.csv", "新县411523_真实企业", (1, 1), 101, {}),
    (LISTS, "汕头_文化经营单位_企业.xls", "各区名单", (1, 1), 65, {}),
    (LISTS, "浙江淳安330127_真实企业.csv", "浙江淳安330127_真实企业", (1, 1), 295, {}),
    (LISTS, "珠海金湾_四上企业情况表_202204.xlsx", "1", (4, 4), 1123, {1: "title", 2: "period", 3: "unit"}),
    (LISTS, "珠海金湾_固定资产项目情况_202204.xlsx", "Sheet1", (3, 3), 593, {1: "title", 2: "period"}),
    (LISTS, "珠海金湾_重点企业经营情况_2021年度.xlsx", "Sheet1", (3, 4), 129, {1: "title", 2: "period"}),
    (LISTS, "银行信贷_问题1数据处理.xlsx", "Sheet1", (1, 1), 123, {}),
    (LISTS, "银行机构员工数据_JGHG_EAST样例.xlsx", "员工表YJPT_YGB", (1, 1), 21, {2: "codes"}),
    (LISTS, "高德_商户电话地址_企业信息.xls", "企业信息", (1, 1), 1314, {}),
    (HOSTILE, "伪xls_实为xlsx_randomentinfo.xls", "Sheet1", (2, 2), 0, {1: "title"}),
    (HOSTILE, "伪xlsx_实为SpreadsheetML2003_check04.xlsx", "Sheet1", (1, 1), 5, {}),
    (HOSTILE, "宏表_spLibrary.xlsm", "检查对象名单表", (2, 2), 0, {1: "note", 3: "note"}),
]  # fmt: skip
REFUSED = [
    ("Excel锁文件_~$重点企业经营情况.xlsx", "临时文件"),
    ("损坏xlsx_缺Content_Types.xlsx", "已损坏"),
]
real = pytest.mark.skipif(not REAL.is_dir(), reason="the folder of real files is not here")


@real
@pytest.mark.parametrize(
    ("folder", "name", "sheet", "header", "count", "above"), EXPECTED,
    ids=[f"{row[1]}-{row[2]}" for row in EXPECTED],
)  # fmt: skip
def test_real_files_are_laid_out_as_described(
    folder: str, name: str, sheet: str, header: tuple[int, int], count: int, above: dict[int, str]
) -> None:
    book = read(REAL / folder / name)
    page = next(page for page in book.sheets if page.name == sheet)
    found = layout.find(page)
    assert found.header_rows == header
    assert len(found.data_rows) == count
    assert kinds(found) == above
    assert every_row_is_in_one_place(page, found)


@real
def test_real_headings_carry_their_units_and_groups() -> None:
    book = read(REAL / LISTS / "珠海金湾_重点企业经营情况_2021年度.xlsx")
    found = layout.find(book.sheets[0])
    assert (found.headings[0].text, found.period) == ("序号", "2021-12-01")
    assert (found.headings[8].text, found.headings[8].unit) == ("用电量/本年累计", "万千瓦时")
    errors = [c for row in book.sheets[0].rows for c in row if isinstance(c, str) and c[:1] == "#"]
    assert len(errors) == 7


@real
@pytest.mark.parametrize(("name", "words"), REFUSED)
def test_real_files_that_hold_no_table_are_refused(name: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        read(REAL / HOSTILE / name)


@real
def test_every_real_sheet_keeps_each_row_in_one_place() -> None:
    paths = [p for p in sorted(REAL.rglob("*")) if p.suffix in (".xls", ".xlsx", ".xlsm")]
    assert len(paths) == 132
    for path in paths:
        if path.name in dict(REFUSED):
            continue
        for page in read(path).sheets:
            assert every_row_is_in_one_place(page, layout.find(page)), (path.name, page.name)


@pytest.mark.parametrize("leads", [1, 2, 3])
def test_a_third_header_row_that_repeats_its_words_under_each_group_is_no_total(tmp_path, leads):
    names = ["村名", "户主", "组别"][:leads]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = "青禾周报"
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=leads + 8)
    for column, name in enumerate(names, 1):
        sheet.cell(2, column, name)
        sheet.merge_cells(start_row=2, start_column=column, end_row=4, end_column=column)
    column = leads + 1
    for group, parts in (
        ("走访进度", ("农户数", "商户数")),
        ("授信进度", ("评级户数", "授信金额")),
    ):
        sheet.cell(2, column, group)
        sheet.merge_cells(start_row=2, start_column=column, end_row=2, end_column=column + 3)
        for part in parts:
            sheet.cell(3, column, part)
            sheet.merge_cells(start_row=3, start_column=column, end_row=3, end_column=column + 1)
            sheet.cell(4, column, "本周")
            sheet.cell(4, column + 1, "累计")
            column += 2
    for row in range(5, 11):
        sheet.append([f"{row}号村", "张三", "甲"][:leads] + [row * n for n in range(1, 9)])
    path = tmp_path / "表.xlsx"
    book.save(path)
    found = layout.find(read(path).sheets[0])
    assert found.header_rows == (2, 4)
    texts = [heading.text for heading in found.headings]
    assert len(set(texts)) == leads + 8
