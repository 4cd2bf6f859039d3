from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.model.records import Enterprise
from tests.exchange.making import HEAD, code, every, firm, only, read_in, regno, text, whole, xlsx


def test_each_cell_becomes_the_value_it_means(ledger, tmp_path):
    path = text(tmp_path / "名录.csv", [HEAD, firm(1, person="N/A")])
    result = read_in(ledger, path)
    assert result.counts == dict.fromkeys(result.counts, 0) | {"new": 1}
    made = only(ledger)
    assert made.name == "新县第1茶油加工有限公司"
    assert made.code == code(1)
    assert made.founded == date(2003, 4, 5)
    assert made.person is None  # N/A says nothing
    assert made.capital == 53_460_000  # 534,600 元 in fen
    assert made.address == "新县卡房乡古店村"
    assert made.place is None  # never invented from the registered address
    assert made.township == "411523205"
    assert made.kind == "企业"
    assert result.step is not None
    assert result.step.name == "装入 名录.csv：新增 1、变更 0"
    assert result.step.kind == "import"


@pytest.mark.parametrize(
    ("heading", "cell", "fen"),
    [
        ("注册资本(万元)", "100", 100_000_000),
        ("注册资本(元)", 1000000, 100_000_000),
        ("注册资金", "1,000(万)", 1_000_000_000),
        ("注册资本", "45.5万人民币", 45_500_000),
        ("注册资本", 12.5, 12_500_000),
        ("注册资本", "--", None),
    ],
)
def test_amounts_are_read_in_the_unit_of_their_heading_or_their_own(
    ledger, tmp_path, heading, cell, fen
):
    read_in(ledger, xlsx(tmp_path / "a.xlsx", [["企业名称", heading], ["某某茶业有限公司", cell]]))
    assert only(ledger).capital == fen


def test_a_unit_line_above_the_table_counts_for_headings_without_one(ledger, tmp_path):
    rows = [
        ["企业情况表"],
        ["单位：元"],
        ["企业名称", "营业收入", "从业人员"],
        ["某某茶业有限公司", 1200, 3],
    ]
    result = read_in(ledger, xlsx(tmp_path / "a.xlsx", rows))
    assert only(ledger).revenue == 120_000
    assert [(r.row, r.fate) for r in result.rows] == [(1, "left_out"), (2, "left_out"), (4, "new")]


def test_a_foreign_amount_leaves_the_cell_out_and_the_firm_in(ledger, tmp_path):
    result = read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1, capital="50(万美元)")]))
    assert result.new == 1
    assert only(ledger).capital is None
    (problem,) = result.problems
    assert (problem.row, problem.label, problem.grade) == (2, "注册资金", "explain")


def test_rare_characters_are_kept(ledger, tmp_path):
    name = "新县\ue863\U0002bb4d䶮茶业有限公司"
    read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1, name=name)]))
    assert only(ledger).name == name


def test_kinds_follow_from_code_and_name_where_the_file_does_not_say(ledger, tmp_path):
    rows = [
        ["企业名称", "统一社会信用代码", "主体类型"],
        ["老王小吃店", code(1, "92"), ""],
        ["某某种植专业合作社", code(2, "93"), ""],
        ["某某家庭农场", code(3, "92"), ""],
        ["某某协会", code(4, "51"), ""],
        ["某某商行", code(5, "92"), "企业"],
        ["没有代码的铺子", "", ""],
    ]
    read_in(ledger, text(tmp_path / "a.csv", rows))
    kinds = [f.kind for f in every(ledger, Enterprise)]
    assert kinds == ["个体工商户", "农民专业合作社", "家庭农场", "其他组织", "企业", None]


def test_codes_of_every_sort_go_where_they_belong(ledger, tmp_path):
    wrong_check = code(2)[:-1] + ("A" if code(2)[-1] != "A" else "B")
    rows = [
        ["企业名称", "统一社会信用代码"],
        ["甲有限公司", code(1).lower()],
        ["乙有限公司", wrong_check],
        ["丙有限公司", regno(3)],
        ["丁有限公司", "4115231012345"],
        ["戊有限公司", "企外豫信字第1024号"],
        ["己有限公司", 9.1411523e17],
        ["庚有限公司", code(7)[:-1]],
        ["辛有限公司", ""],
    ]
    result = read_in(ledger, xlsx(tmp_path / "a.xlsx", rows))
    assert [r.fate for r in result.rows] == ["new"] * 5 + ["wrong", "wrong", "new"]
    made = {f.name[0]: f for f in every(ledger, Enterprise)}
    assert made["甲"].code == code(1)
    assert made["乙"].code == wrong_check
    assert (made["丙"].code, made["丙"].regno) == (None, regno(3))
    assert (made["丁"].code, made["丁"].regno) == (None, "4115231012345")
    assert (made["戊"].code, made["戊"].regno) == (None, "企外豫信字第1024号")
    grades = {p.row: p.grade for p in result.problems}
    assert grades == {3: "explain", 5: "hint", 6: "hint", 7: "must", 8: "must"}
    assert "科学计数" in result.rows[5].reason or "截断" in result.rows[5].reason
    assert "17位" in result.rows[6].reason.replace(" ", "")


def test_a_credit_code_among_registration_numbers_is_taken_for_what_it_is(ledger, tmp_path):
    rows = [["企业名称", "工商注册号"], ["甲有限公司", code(1)], ["乙有限公司", regno(2)]]
    read_in(ledger, text(tmp_path / "a.csv", rows))
    assert [(f.code, f.regno) for f in every(ledger, Enterprise)] == [
        (code(1), None),
        (None, regno(2)),
    ]


def test_a_row_without_name_and_number_is_wrong(ledger, tmp_path):
    result = read_in(
        ledger, text(tmp_path / "a.csv", [HEAD, firm(1, name="", code=""), firm(2, name="")])
    )
    assert [r.fate for r in result.rows] == ["wrong", "wrong"]
    assert every(ledger, Enterprise) == []
    assert result.step is None


def test_an_unreadable_cell_makes_its_row_wrong_and_only_that_row(ledger, tmp_path):
    result = read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1, day="昨天下午"), firm(2)]))
    assert [(r.row, r.fate) for r in result.rows] == [(2, "wrong"), (3, "new")]
    (problem,) = result.problems
    assert (problem.row, problem.label, problem.value, problem.grade) == (
        2,
        "注册日期",
        "昨天下午",
        "must",
    )
    mended = read_in(ledger, text(tmp_path / "b.csv", [HEAD, firm(1), firm(2)]))
    assert [(r.row, r.fate) for r in mended.rows] == [(2, "new"), (3, "same")]


def test_the_same_file_again_is_all_same_and_no_step(ledger, tmp_path):
    path = text(tmp_path / "a.csv", [HEAD, *(firm(i) for i in range(1, 30))])
    assert read_in(ledger, path).new == 29
    head = ledger.head()
    again = read_in(ledger, path)
    assert (again.same, again.step) == (29, None)
    assert ledger.head() == head


def test_a_changed_row_tells_old_and_new_by_field(ledger, tmp_path):
    read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1)]))
    result = read_in(
        ledger, text(tmp_path / "b.csv", [HEAD, firm(1, capital="60万元", person="李四")])
    )
    (row,) = result.rows
    assert row.fate == "changed"
    assert [(c.label, c.old, c.new) for c in row.changes] == [
        ("法定代表人(经营者)", "张三", "李四"),
        ("注册资本(万元)", "53.46", "60.00"),
    ]
    assert (only(ledger).person, only(ledger).capital) == ("李四", 60_000_000)
    assert result.step is not None
    assert result.step.name == "装入 b.csv：新增 0、变更 1"


def test_an_empty_cell_never_erases(ledger, tmp_path):
    read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1)]))
    empty = text(tmp_path / "b.csv", [HEAD, firm(1, capital="——", person="", day="N/A")])
    assert read_in(ledger, empty).same == 1
    assert only(ledger).person == "张三"


@pytest.mark.parametrize(
    ("stored", "sent", "fate"),
    [
        ("12.3456", "12.35", "same"),
        ("12.3456", "12.3456", "same"),
        ("12.3456", "12.36", "changed"),
        ("12.3456", "12.346万元", "same"),
        ("12.004", "120000元", "changed"),
        ("12.004", "120040元", "same"),
    ],
)
def test_an_amount_is_the_same_at_the_precision_of_its_sender(ledger, tmp_path, stored, sent, fate):
    head = ["企业名称", "注册资本(万元)"]
    read_in(ledger, text(tmp_path / "a.csv", [head, ["某某茶业有限公司", stored]]))
    result = read_in(ledger, text(tmp_path / "b.csv", [head, ["某某茶业有限公司", sent]]))
    assert [r.fate for r in result.rows] == [fate]


def test_a_township_that_a_person_set_stays_and_a_derived_one_follows_the_address(ledger, tmp_path):
    read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1), firm(2)]))
    one, _ = every(ledger, Enterprise)
    with ledger.step("改乡镇") as step:
        step.change(Enterprise, one.id, {"township": "411523210"})
    assert read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1), firm(2)])).same == 2
    moved = [firm(1, address="新县苏河镇街道"), firm(2, address="新县苏河镇街道")]
    result = read_in(ledger, text(tmp_path / "b.csv", [HEAD, *moved]))
    assert result.changed == 2
    assert [f.township for f in every(ledger, Enterprise)] == ["411523210", "411523104"]


def test_a_township_column_is_read_by_name_and_an_unknown_name_is_kept(ledger, tmp_path):
    rows = [["企业名称", "乡镇"], ["甲茶业有限公司", "卡房"], ["乙茶业有限公司", "羚锐工业园"]]
    path = text(tmp_path / "a.csv", rows)
    result = read_in(ledger, path)
    assert [f.township for f in every(ledger, Enterprise)] == ["411523205", "羚锐工业园"]
    assert [(p.row, p.grade) for p in result.problems] == [(3, "hint")]
    assert read_in(ledger, path).same == 2


def test_undoing_an_import_gives_equal_rows_and_redoing_brings_them_back(ledger, tmp_path):
    read_in(ledger, text(tmp_path / "a.csv", [HEAD, *(firm(i) for i in range(5))]))
    before = whole(ledger)
    changed = [firm(i, capital="9万元", name=f"改名后的第{i}有限公司") for i in range(3, 9)]
    read_in(ledger, text(tmp_path / "b.csv", [HEAD, *changed]))
    after = whole(ledger)
    assert after != before
    ledger.undo()
    assert whole(ledger) == before
    ledger.redo()
    assert whole(ledger) == after


def test_a_row_that_brings_nothing_is_named_by_its_first_words(ledger, tmp_path):
    rows = [["序号", "查询结果", "企业名称", "统一社会信用代码"], *[[n, "查到", f"甲{n}茶业有限公司", ""] for n in range(1, 9)],
            [9, "没有查到这一户", "", ""]]  # fmt: skip
    result = read_in(ledger, text(tmp_path / "查询.csv", rows))
    assert [(r.row, r.title) for r in result.fates("left_out")] == [(10, "没有查到这一户")]
