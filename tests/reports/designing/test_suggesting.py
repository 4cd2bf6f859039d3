"""What a blank says by itself: where the table stands, what its rows are, what its columns ask for."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.form_parts import LISTED, RECORDS
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.designing.cells_found import fill_in
from ledger_desk.reports.designing.draft import (
    LABEL,
    SERIAL,
    Draft,
    DraftBlock,
    Field,
    Formula,
    Nothing,
    Number,
    Text,
    draft_from,
    form_of,
    mistakes,
)
from ledger_desk.reports.designing.suggesting import (
    add_block,
    draft_of,
    free_id,
    reread,
    with_rows,
)
from tests.reports.designing.making import blank_of, new_ledger, share

FORMS = load_forms().forms
BY_TOWN = [
    "序号", "乡镇", "走访户数/本期", "走访户数/累计", "其中：个体工商户", "授信/户数", "授信/金额（万元）",
    "任务完成情况/任务（户）", "首贷户数", "首贷占比", "备注",
]  # fmt: skip


def draft(blank: bytes, name: str = "表.xlsx") -> Draft:
    (found,) = draft_of(blank, name, forms=())
    return found


def tied(block: DraftBlock) -> dict[str, object]:
    return {c.printed: c.choice for c in block.columns if not isinstance(c.choice, Nothing)}


def test_a_table_by_township_is_read_with_its_measures_parts_and_amounts() -> None:
    made = draft(blank_of("支持小微企业融资情况月报表", BY_TOWN))
    block = made.blocks[0]
    assert (block.rows, block.header_rows, block.first_row, block.room, block.total_row) == (
        "townships", (3, 4), 5, 6, 11,
    )  # fmt: skip
    assert block.shrink
    assert block.sure
    found = tied(block)
    assert found["序号"] == SERIAL
    assert found["乡镇"] == LABEL
    assert found["走访户数/本期"] == Number("visited_firms", "本期")
    assert found["走访户数/累计"] == Number("visited_firms", "启动以来累计")
    assert found["授信/金额（万元）"] == Number("granted_amount", "启动以来累计")
    assert found["首贷户数"] == Number("first_loan_firms", "启动以来累计")
    assert "备注" not in found
    assert (made.title, made.every, made.due_day) == ("支持小微企业融资情况月报表", "月", 10)
    assert {c.at: c.choice for c in made.cells} == {
        "A2": Text("填报单位：{office}"), "A13": Text("填表人：{person}　审核人：{checked}")
    }  # fmt: skip
    assert not mistakes(made)


def test_a_share_of_two_columns_is_divided_out() -> None:
    heads = ["序号", "银行名称", "放款金额（万元）", "信用贷款金额（万元）", "信用贷款占比"]
    block = draft(blank_of("信用贷款情况表", heads)).blocks[0]
    assert block.rows == "banks"
    assert block.column("E").choice == Formula("D / C")
    assert block.column("E").unit == "%"


def test_a_list_is_told_by_its_columns_and_its_day_by_its_title() -> None:
    heads = [
        "序号",
        "企业名称",
        "统一社会信用代码",
        "收集日期",
        "问题描述",
        "企业诉求",
        "办理时限",
        "状态",
    ]
    block = draft(blank_of("企业问题诉求台账", heads, total=False)).blocks[0]
    assert (block.rows, block.of, block.day, block.sort) == (
        RECORDS,
        "ticket",
        "collected_on",
        ("collected_on",),
    )
    found = tied(block)
    assert found["企业名称"] == Field("enterprise.name")
    assert found["问题描述"] == Field("problem")
    assert block.empty is not None
    assert block.empty.at == "B"


def test_printed_rows_are_parts_of_the_ledger_or_indicators(tmp_path: Path) -> None:
    kinds = ["小型企业", "微型企业", "个体工商户", "农民专业合作社"]
    block = draft(
        blank_of("情况表", ["序号", "类型", "授信户数", "授信金额"], labels=kinds, room=4)
    ).blocks[0]
    assert block.rows == LISTED
    assert [dict(row.part) for row in block.row][2] == {"category": "小型企业"} or len(
        block.row
    ) == 4
    assert [row.label for row in block.row] == kinds
    rows = ["授信户数", "授信金额（万元）", "放款户数", "不知道是什么"]
    made = draft(
        blank_of("指标表", ["序号", "指标", "本期", "本年累计"], labels=rows, room=4, total=False)
    )
    block = made.blocks[0]
    assert [(row.indicator, row.at_row) for row in block.row] == [
        ("granted_firms", 4), ("granted_amount", 5), ("drawn_firms", 6),
    ]  # fmt: skip
    assert block.column("D").choice == Number(measure="本年累计")
    assert not block.sure
    assert not mistakes(made)
    with new_ledger(tmp_path / "新县.账套") as ledger:
        towns = blank_of(
            "走访表", ["序号", "乡镇", "走访户数"], labels=["新集镇", "沙窝镇", "吴陈河镇"], room=3
        )
        (made,) = draft_of(towns, "走访.xlsx", ledger=ledger, forms=())
    assert [set(row.part) for row in made.blocks[0].row] == [{"township"}] * 3
    assert not mistakes(made)


def test_what_others_filled_in_is_taken_out_and_a_bare_header_gets_a_ready_row() -> None:
    filled = {"A4": 1, "B4": "甲公司", "C4": "旧的问题", "B5": "乙公司"}
    heads = ["序号", "企业名称", "问题描述", "收集日期", "状态"]
    made = draft(blank_of("问题台账", heads, filled=filled, total=False))
    assert not any("公司" in text for text in made.outlines["Sheet1"].texts.values())
    assert any("已清空" in each for each in made.remarks)
    bare = draft(blank_of("问题台账", heads, room=0, total=False))
    assert bare.blocks[0].room == 2  # down to the signature
    assert not mistakes(bare)


def test_a_new_blank_of_a_form_that_there_is_keeps_what_the_form_said() -> None:
    form = FORMS["park_credit"]
    (made,) = draft_of(form.blank, "下发.xlsx", forms=FORMS.values())
    again = form_of(made).shape
    assert (again.id, again.block, again.check, again.due) == (
        form.shape.id, form.shape.block, form.shape.check, form.shape.due,
    )  # fmt: skip
    assert any("同名" in each for each in made.remarks)


def test_corrections_read_the_table_again_and_keep_what_a_person_chose() -> None:
    from ledger_desk.reports.designing.choices import tie

    made = tie(draft(blank_of("月报表", BY_TOWN)), 0, "I", Number("first_loan_firms", "本期"))
    lower = reread(made, 0, header_rows=(4, 4))
    assert lower.blocks[0].column("F").printed == "户数"
    assert reread(lower, 0, header_rows=(3, 4)).blocks[0].column("F").printed == "授信/户数"
    fewer = reread(made, 0, first_row=6, room=5, total_row=None)
    assert (fewer.blocks[0].first_row, fewer.blocks[0].room, fewer.blocks[0].total_row) == (
        6,
        5,
        None,
    )
    assert fewer.blocks[0].column("I").choice == Number("first_loan_firms", "本期")
    banks = with_rows(made, 0, "banks")
    assert banks.blocks[0].rows == "banks"
    assert banks.blocks[0].first_row == 5
    visits = with_rows(made, 0, RECORDS, "visit")
    assert (visits.blocks[0].of, visits.blocks[0].shrink) == ("visit", False)
    again = add_block(replace(made, blocks=()), "Sheet1", (3, 4))
    assert again.blocks[0].rows == "townships"
    with pytest.raises(UserError):
        draft(blank_of("", [""], total=False, above={"A2": ""}))


def test_other_formats_are_made_again_as_xlsx_and_what_is_no_table_is_refused() -> None:
    text = "走访情况表,,\n序号,乡镇,走访户数\n,,\n"
    made = draft(text.encode("utf-8-sig"), "走访.csv")
    assert made.blocks[0].rows == "townships"
    assert made.blank.startswith(b"PK")
    assert made.remarks[0].startswith("这个文件不是 .xlsx")
    assert not mistakes(made)
    for bad in (b"", b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0" + bytes(600)):
        with pytest.raises(UserError):
            draft(bad, "坏.xlsx")


@pytest.mark.parametrize(
    ("printed", "filled"),
    [
        ("填报单位（盖章）：", "填报单位（盖章）：{office}"),
        ("填报单位：              （盖章）", "填报单位：{office}（盖章）"),
        ("统计截止日期：     年   月   日", "统计截止日期：{end}"),
        ("2024年  月统计表", "{period}统计表"),
        ("    年    月", "{period}"),
        ("单位：万元", "单位：万元"),
        ("2024年11月统计表", "2024年11月统计表"),
        ("联系电话：", "联系电话："),
    ],
)
def test_single_cells_that_are_filled_every_time_are_found(printed: str, filled: str) -> None:
    assert fill_in(printed) == filled


def test_a_form_gets_an_id_of_its_own() -> None:
    assert free_id("支持小微企业统计表", ()) == "zcxwqytjb"
    assert free_id("支持小微企业统计表", {"zcxwqytjb", "zcxwqytjb_2"}) == "zcxwqytjb_3"
    assert free_id("2024年报", ()) == "f2024nb"
    assert free_id("《》", ()) == "form"


@pytest.mark.slow
def test_the_blanks_of_the_built_in_forms_are_suggested_rightly_by_85_in_100_columns(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for others in (False, True):
        right = asked = 0
        wrong: list[str] = []
        for form in FORMS.values():
            known = [each for each in FORMS.values() if others and each.id != form.id]
            (made,) = draft_of(form.blank, f"{form.title}.xlsx", forms=known)
            by_sheet = {block.sheet: block for block in made.blocks}
            for want in draft_from(form).blocks:
                good, all_, bad = share(by_sheet.get(want.sheet), want)
                right, asked = right + good, asked + all_
                wrong += [f"{form.id} {each}" for each in bad]
        with capsys.disabled():
            known_too = "，别的表样记得" if others else ""
            print(f"\n自带 28 张空白表{known_too}：{asked} 列对上 {right} 列，{right / asked:.1%}")
        assert right / asked >= 0.85, wrong


@pytest.mark.slow
def test_random_tables_of_columns_of_our_forms_are_suggested_rightly_by_85_in_100(
    capsys: pytest.CaptureFixture[str],
) -> None:
    draw = random.Random(20241122)
    right = asked = 0
    for _ in range(24):
        form = draw.choice(list(FORMS.values()))
        want = draw.choice(draft_from(form).blocks)
        own = [c for c in want.columns if c.choice in (SERIAL, LABEL)]
        rest = [
            c for c in want.columns if c not in own and not isinstance(c.choice, Nothing | Formula)
        ]
        some = draw.sample(rest, min(len(rest), draw.randint(6, 14)))
        some.sort(key=rest.index)
        columns = [*own, *some]
        blank = blank_of(form.title, [c.printed for c in columns], sheet=want.sheet)
        (made,) = draft_of(blank, "表.xlsx", forms=())
        if want.is_list and not made.blocks[0].is_list:
            asked += len(columns)
            continue
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        moved = tuple(replace(c, at=letters[n]) for n, c in enumerate(columns))
        good, all_, _ = share(made.blocks[0], replace(want, columns=moved))
        right, asked = right + good, asked + all_
    with capsys.disabled():
        print(f"\n随机拼成的 24 张表：{asked} 列对上 {right} 列，{right / asked:.1%}")
    assert right / asked >= 0.85
