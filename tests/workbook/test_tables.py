"""Several tables on a sheet, forms without data, forced and known headers: synthetic twins."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.workbook.test_layout import kinds, sheet_of

from ledger_desk.errors import UserError
from ledger_desk.exchange.known import knows
from ledger_desk.workbook import layout
from ledger_desk.workbook.book import Book, Sheet
from ledger_desk.workbook.tables import Table, find_all, find_tables


def firm(n: int, *more: Any) -> list[Any]:
    return [f"E{n}", f"某某{n}茶业公司", "ABC"[n % 3], "是" if n % 5 == 0 else "否", *more]


def side_by_side(blocks: Sequence[Sequence[Sequence[Any]]], gap: int = 0) -> list[list[Any]]:
    """Put blocks of rows beside each other, each block's rows of one width."""
    height = max(map(len, blocks))
    rows: list[list[Any]] = []
    for number in range(height):
        row: list[Any] = []
        for place, block in enumerate(blocks):
            width = len(block[0])
            row += [None] * gap if place else []
            row += list(block[number]) if number < len(block) else [None] * width
        rows.append(row)
    return rows


def data_of(tables: Sequence[Table]) -> list[list[int]]:
    return [list(table.layout.data_rows) for table in tables]


def every_row_once(table: Table, rows: int) -> bool:
    first, last = table.layout.header_rows
    numbers = [*range(first, last + 1)] if first else []
    numbers += [*table.layout.data_rows, *(left.row for left in table.layout.left_out)]
    return sorted(numbers) == list(range(1, rows + 1))


def test_six_tables_without_headings_stand_under_titles_of_their_own() -> None:
    names = ["农业", "制造业", "科技", "服务业", "建筑业", "个体经营"]
    sizes = [6, 21, 20, 54, 19, 3]
    blocks = [
        [[name, None, None, None], *[firm(n) for n in range(1, size + 1)]]
        for name, size in zip(names, sizes, strict=True)
    ]
    rows = side_by_side(blocks)
    merged = ["A1:D1", "E1:H1", "I1:L1", "M1:P1", "Q1:T1", "U1:X1"]
    for merges in (merged, []):
        tables = find_all(sheet_of(rows, merges))
        assert [t.sheet.title for t in tables] == [f"名单·{name}" for name in names]
        assert [len(t.layout.data_rows) for t in tables] == sizes
        assert [t.layout.title for t in tables] == names
        assert [[h.column for h in t.layout.headings] for t in tables] == [
            list(range(left, left + 4)) for left in range(1, 24, 4)
        ]
        third = tables[2]
        assert third.sheet.cell(2, 9) == "E1"
        assert third.sheet.cell(2, 5) is None
        assert kinds(third.layout)[55] == "elsewhere"
        assert all(every_row_once(table, 55) for table in tables)


def test_the_means_under_such_a_table_are_no_row_of_it() -> None:
    numbers = [3.0, 5.0, 10.0, 2.0]
    mean, total = sum(numbers) / 4, sum(numbers)
    for last, kind in ((mean, "total"), (total, "total"), (4.9, "")):
        rows = [[f"E{n}", f"某{n}公司", value] for n, value in enumerate(numbers)]
        found = layout.find(sheet_of([["代号", "企业名称", "得分"], *rows, [None, None, last]]))
        assert kinds(found).get(6, "") == kind


HEAD = ["序号", "企业名称", "信用代码", "注册资本"]


def row(n: int) -> list[Any]:
    return [n, f"某某{n}茶业公司", f"91411523MA{n:06d}X{n % 10}", n * 10]


@pytest.mark.parametrize("gap", [0, 1])
def test_a_list_that_goes_on_in_the_next_columns_is_taken_apart(gap: int) -> None:
    left = [HEAD, *[row(n) for n in range(1, 9)]]
    right = [HEAD, *[row(n) for n in range(9, 14)]]
    rows = [["某县企业名单"], ["单位：万元"], *side_by_side([left, right], gap)]
    for line in rows[:2]:
        line += [None] * (8 + gap - len(line))
    tables = find_all(sheet_of(rows, [f"A1:{'HI'[gap]}1"]))
    assert data_of(tables) == [list(range(4, 12)), list(range(4, 9))]
    assert [t.layout.header_rows for t in tables] == [(3, 3), (3, 3)]
    assert [t.layout.title for t in tables] == ["某县企业名单"] * 2
    assert [t.layout.unit for t in tables] == ["万元"] * 2
    assert [h.text for h in tables[1].layout.headings] == HEAD
    assert tables[1].sheet.title == ("名单·E–H列", "名单·F–I列")[gap]


def test_a_dictionary_beside_a_list_is_another_table() -> None:
    codes = [["代码", "含义"], *[[n, f"类别{n}"] for n in range(1, 5)]]
    rows = side_by_side([[HEAD, *[row(n) for n in range(1, 21)]], codes], 1)
    tables = find_all(sheet_of(rows))
    assert [len(t.layout.data_rows) for t in tables] == [20, 4]


def test_one_table_stays_one() -> None:
    grouped = [
        ["机构名称", "储蓄", None, "对公", None],
        [None, "户数", "余额", "户数", "余额"],
        *[[f"第{n}支行", n, n * 2, n, n * 3] for n in range(1, 9)],
    ]
    assert len(find_all(sheet_of(grouped))) == 1
    figures = [line[1:] for line in grouped]
    assert len(find_all(sheet_of(figures, ["A1:B1", "C1:D1"]))) == 1
    spaced = [[*HEAD, None, "联系人", "电话"], *[[*row(n), None, "某人", f"139{n:08d}"]
                                             for n in range(1, 12)]]  # fmt: skip
    assert len(find_all(sheet_of(spaced))) == 1
    family = [["姓名", "电话", "配偶姓名", "配偶电话"], *[["某", "1", "某", "2"] for _ in range(5)]]
    assert len(find_all(sheet_of(family))) == 1


def test_a_table_below_another_begins_with_its_title_and_header() -> None:
    rows = [
        HEAD, *[row(n) for n in range(1, 6)], [], [],
        ["银行情况"], ["银行名称", "联系电话", "备注"],
        *[[f"第{n}银行", f"0376-29{n:05d}", "正常"] for n in range(1, 4)],
    ]  # fmt: skip
    first, second = find_all(sheet_of(rows))
    assert data_of([first, second]) == [[2, 3, 4, 5, 6], [11, 12, 13]]
    assert second.layout.header_rows == (10, 10)
    assert second.layout.title == "银行情况"
    assert second.sheet.title == "名单·第9行起"
    assert {kinds(first.layout)[n] for n in range(9, 14)} == {"elsewhere"}
    assert {kinds(second.layout)[n] for n in range(1, 7)} == {"elsewhere"}
    assert all(every_row_once(table, 13) for table in (first, second))


def test_blank_rows_within_a_table_do_not_end_it() -> None:
    rows = [HEAD, *[line for n in range(1, 9) for line in (row(n), [])]]
    (table,) = find_all(sheet_of(rows))
    assert len(table.layout.data_rows) == 8


def test_side_by_side_below_each_other_and_a_total_in_far_columns() -> None:
    left = [
        ["行业", "个数", "打分"],
        ["某农业", 6, 1],
        ["某工业", 5, 2],
        ["某商业", 7, 3],
        ["总计", 18, None],
    ]
    more = [
        [None] * 3,
        [None] * 3,
        ["行业", "总分", None],
        ["某农业", 12, None],
        ["某工业", 9, None],
    ]
    rows = side_by_side([[*left, *more], [["行业", "个数", "打分"], *left[1:]]], 3)
    tables = find_all(sheet_of(rows))
    assert data_of(tables) == [[2, 3, 4], [9, 10], [2, 3, 4]]
    assert kinds(tables[2].layout)[5] == "total"


# --- forms and prepared rows ----------------------------------------------------------------------


def test_forms_to_be_filled_in_are_refused_in_one_sentence() -> None:
    boxes = [["某检查记录表"], ["序号", "检查内容", "是否检查"],
             *[[n, f"某事项{n}", "是□ 否□"] for n in range(1, 5)], ["检查 人员", "年 月 日"]]  # fmt: skip
    holders = [["某评议表"], ["基本情况", "姓名", "年龄"], [None, "${xm}", "${nl}"],
               ["家庭情况", "收入", "支出"], ["评议结果", "${jg}", "${sr}"], ["意见", "同意", None]]  # fmt: skip
    head = [["企业名称", "信用代码", "授信金额"]]
    for rows in (boxes, holders, head, [*head, ["例：某某公司", "91…", 5]]):
        book = Book("xlsx", (sheet_of(rows, ["A1:C1"] if len(rows) > 2 else []),))
        with pytest.raises(UserError, match=r"是一张空白表.*没有填数据"):
            find_tables(book, "表.xlsx")
    filled = [[*line[:2], "是☑ 否□"] if n > 1 else line for n, line in enumerate(boxes)]
    assert find_tables(Book("xlsx", (sheet_of(filled),)), "表.xlsx")


def test_a_form_beside_its_drop_down_lists_is_refused_by_name_and_read_when_asked_for() -> None:
    form = sheet_of([["企业名称", "信用代码", "类型"]], name="填报表")
    codes = sheet_of([["类型编号", "类型名称"], [1, "甲类"], [2, "乙类"]], name="参数表")
    old = sheet_of([HEAD, row(1), row(2)], name="旧", hidden=True)
    book = Book("xlsm", (form, codes, old))
    with pytest.raises(UserError, match=r"“填报表”只有表头.*“参数表”、“旧”") as caught:
        find_tables(book, "表.xlsm")
    assert str(caught.value).endswith("。")
    (table,) = find_tables(book, "表.xlsm", sheet=" 旧 ")
    assert len(table.layout.data_rows) == 2
    with pytest.raises(UserError, match=r"没有叫“新”的工作表.*“填报表”"):
        find_tables(book, "表.xlsm", sheet="新")


def test_a_part_is_chosen_by_its_title() -> None:
    rows = side_by_side([[HEAD, *[row(n) for n in range(1, 9)]]] * 2)
    book = Book("xlsx", (sheet_of(rows),))
    both = find_tables(book, "a.xlsx", sheet="名单")
    assert [t.sheet.title for t in both] == ["名单·A–D列", "名单·E–H列"]
    (second,) = find_tables(book, "a.xlsx", sheet="名单·E–H列")
    assert second.sheet.name == "名单"
    assert second.sheet.cell(2, 6) == "某某1茶业公司"


def test_rows_that_are_only_numbered_or_hold_zeros_of_formulas_are_unfilled() -> None:
    head = ["序号", "企业名称", "本月金额", "占比"]
    rows = [
        head,
        [1, "某公司", 5, 0.5],
        [2, "另一公司", 0, 0],
        [3, None, 0, "#DIV/0!"],
        [4, None, 0, None],
    ]
    found = layout.find(sheet_of(rows))
    assert list(found.data_rows) == [2, 3]
    assert kinds(found) == {4: "unfilled", 5: "unfilled"}
    tail = layout.find(sheet_of([*rows, [5, "第三公司", 1, None]]))
    assert list(tail.data_rows) == [2, 3, 4, 5, 6]


def test_sums_that_are_indicators_are_data() -> None:
    body = [["资产总计", 5], ["负债合计", 3], ["其中：小计", 2], ["合计", 9]]
    found = layout.find(sheet_of([["指标名称", "总量"], ["营业收入", 8], *body]))
    assert list(found.data_rows) == [2, 3, 4]
    firms = layout.find(sheet_of([["乡镇", "总量"], ["某镇", 8], *body]))
    assert list(firms.data_rows) == [2]


# --- hidden data and formulas ---------------------------------------------------------------------


def test_hidden_data_and_formulas_without_results_are_told() -> None:
    sheet = sheet_of(
        [HEAD, *[row(n) for n in range(1, 6)]], hidden_rows=frozenset([3, 4, 99]),
        hidden_columns=frozenset([3]), uncalculated=frozenset([(2, 4), (1, 1)]),
    )  # fmt: skip
    found = layout.find(sheet)
    assert len(found.data_rows) == 5
    rows, columns, formulas = found.remarks
    assert "2 行数据在隐藏的行里" in rows
    assert "“信用代码”等 1 列是隐藏列" in columns
    assert formulas.startswith("D 列有公式")
    assert layout.find(sheet_of([HEAD, row(1)])).remarks == ()


# --- known and forced headers ---------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_known_headings_make_a_table_of_the_smallest_list(rows: int) -> None:
    head = ["法定代表人", "结论", "原因", "经营主体"]
    body = [
        ["某公司", "不是同一家", "名称不同", "某企业"],
        ["甲", "乙", "丙", "丁"],
        ["子", "丑", "寅", "卯"],
    ]
    table = sheet_of([head, *body[:rows]])
    assert layout.find(table, knows=set(head).__contains__).header_rows == (1, 1)
    assert list(layout.find(table, knows=set(head).__contains__).data_rows) == list(
        range(2, rows + 2)
    )


def test_three_known_headings_outweigh_any_number_of_strange_ones() -> None:
    head = ["企业名称", "信用代码", "注册资本", *[f"栏{n}" for n in range(20)]]
    rows = [head, *[[f"某{n}公司", f"9141{n:014d}", n, *["文字"] * 20] for n in range(9)]]
    assert not layout.find(sheet_of(rows)).has_header
    assert layout.find(sheet_of(rows), knows=knows).header_rows == (1, 1)


def test_labels_of_records_are_known_however_they_are_written() -> None:
    assert knows("统一社会\n信用代码*")
    assert knows(" 企业名称 ")
    assert knows("注册资本（万元）")
    assert not knows("某某茶业有限公司")
    assert not knows("企业名称" * 20)


def test_a_header_that_was_said_is_the_header() -> None:
    sheet = sheet_of([["甲", "乙"], ["子", "丑"], ["寅", "卯"]])
    assert layout.find(sheet, header=(2, 2)).header_rows == (2, 2)
    assert list(layout.find(sheet, header=(2, 2)).data_rows) == [3]
    assert [h.text for h in layout.find(sheet, header=(1, 2)).headings] == ["甲/子", "乙/丑"]
    none = layout.find(sheet_of([HEAD, row(1)]), header=(0, 0))
    assert (none.header_rows, list(none.data_rows)) == ((0, 0), [1, 2])
    assert not layout.find(sheet, header=(9, 9)).has_header


# --- properties -----------------------------------------------------------------------------------

CELLS = st.one_of(
    st.none(), st.integers(0, 10**12), st.floats(allow_nan=False, allow_infinity=False),
    st.dates(dt.date(1990, 1, 1)), st.text(max_size=6),
    st.sampled_from(["企业名称", "信用代码", "合计", "小计", "备注", "单位：万元", "注：", "序号", "${a}",
                     "是□", "一、", "例：", "填表人：", "#DIV/0!", "0", "--"]),
)  # fmt: skip


def tidy(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


@given(st.lists(st.lists(CELLS, min_size=1, max_size=9), min_size=1, max_size=14), st.booleans())
def test_every_row_is_in_one_place_of_every_table(rows: list[list[Any]], known: bool) -> None:
    sheet = sheet_of([[tidy(cell) for cell in line] for line in rows])
    tables = find_all(sheet, knows if known else None)
    assert tables
    for table in tables:
        assert every_row_once(table, len(sheet.rows))
        assert all(left.why for left in table.layout.left_out)
        columns = [h.column for h in table.layout.headings]
        assert columns == sorted(set(columns))


@given(st.integers(0, 30), st.integers(1, 12), st.integers(0, 3))
def test_blank_rows_above_and_columns_left_move_the_table_and_change_nothing(
    above: int, count: int, left: int
) -> None:
    rows = [["某县名单"], HEAD, *[row(n) for n in range(1, count + 1)], ["合计", None, None, 9]]
    plain = layout.find(sheet_of(rows))
    moved_rows = [[None]] * above + [[None] * left + line for line in rows]
    moved = layout.find(sheet_of(moved_rows))
    assert [n - above for n in moved.data_rows] == list(plain.data_rows)
    assert moved.header_rows == tuple(n + above for n in plain.header_rows)
    assert [h.text for h in moved.headings] == [h.text for h in plain.headings]
    assert layout.signature(moved) == layout.signature(plain)


@given(st.lists(st.integers(1, 30), min_size=2, max_size=5), st.integers(0, 1))
def test_lists_beside_each_other_are_all_found(sizes: list[int], gap: int) -> None:
    blocks = [[HEAD, *[row(n) for n in range(1, size + 1)]] for size in sizes]
    tables = find_all(sheet_of(side_by_side(blocks, gap)))
    assert [len(table.layout.data_rows) for table in tables] == sizes


def test_looking_for_tables_takes_time_in_step_with_the_rows() -> None:
    """Rows after gaps are looked at one by one, but not more than a few thousand of them."""
    rows: list[list[Any]] = [HEAD]
    for n in range(20_000):
        rows += [row(n), [None] * 4]

    class Counted(list[Any]):
        asked = 0

        def __getitem__(self, index: Any) -> Any:
            Counted.asked += 1
            return super().__getitem__(index)

    counted = Counted(rows)
    (table,) = find_all(Sheet("名单", counted, 4))
    assert len(table.layout.data_rows) == 20_000
    assert Counted.asked < 3 * len(rows)
