"""What tokens settle when a list comes back, and what they leave to the ordinary way."""

from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.exchange import tokens
from ledger_desk.exchange.exporting import export_list
from ledger_desk.exchange.importing import apply, dry_run, prepare
from ledger_desk.exchange.ways import Way
from ledger_desk.model.records import Bank, Enterprise, Loan, Matching, Office, Verdict
from ledger_desk.store.ledger import Ledger
from tests.exchange.coming_back import Sheet
from tests.exchange.making import code, every

FIELDS = ("name", "code", "person", "capital", "staff")


@pytest.fixture
def firms(ledger):
    with ledger.step("建") as step:
        return step.create_many(Enterprise, [
            {"name": f"第{n}茶业有限公司", "code": code(n), "person": f"张{n}", "capital": 123_456_789, "staff": 5}
            for n in range(4)
        ])  # fmt: skip


@pytest.fixture(params=[".xlsx", ".csv"])
def sheet(request, ledger, firms, tmp_path):
    path = tmp_path / f"名单{request.param}"
    export_list(ledger, Enterprise, path, fields=FIELDS)
    return Sheet(path)


def look(ledger, sheet, kind=None):
    sheet.save()
    return dry_run(ledger, prepare(sheet.path, ledger, kind=kind))


def fates(result):
    return [row.fate for row in result.rows]


def test_name_and_code_can_be_changed_through_the_token(ledger, sheet, firms):
    sheet.rows[1][:2] = ["改了名的公司", code(77)]
    sheet.save()
    result = apply(ledger, prepare(sheet.path, ledger))
    assert fates(result) == ["same", "changed", "same", "same"]
    assert {c.field for c in result.rows[1].changes} == {"name", "code"}
    assert (ledger.get(Enterprise, firms[1]).name, len(every(ledger, Enterprise))) == (
        "改了名的公司",
        4,
    )


def test_an_emptied_cell_erases_nothing_and_is_counted(ledger, sheet):
    sheet.rows[0][2] = sheet.rows[0][3] = sheet.rows[2][4] = None
    result = look(ledger, sheet)
    assert fates(result) == ["same"] * 4
    assert "有 3 格空着，账上原有内容没有清掉。" in result.remarks


def test_even_without_name_and_code_a_row_is_known_by_its_token(ledger, sheet):
    for row in sheet.rows:
        row[:2] = [None, None]
    sheet.rows[3][4] = 9
    assert fates(look(ledger, sheet)) == ["same", "same", "same", "changed"]


@pytest.mark.parametrize("copy_first", [False, True])
def test_a_copied_row_is_a_new_firm_and_the_original_stays_itself(ledger, sheet, firms, copy_first):
    copy = list(sheet.rows[2])
    copy[:3] = ["抄出来的新户有限公司", code(55), "李四"]
    sheet.rows.insert(0 if copy_first else 4, copy)
    result = look(ledger, sheet)
    new = [r for r in result.rows if r.fate == "new"]
    assert [r.title for r in new] == ["抄出来的新户有限公司"]
    assert result.same == 4
    assert any("复制" in p.why for p in result.problems)


def test_a_row_that_stands_twice_unchanged_is_left_out_once(ledger, sheet):
    sheet.rows.append(list(sheet.rows[0]))
    assert fates(look(ledger, sheet)) == ["same"] * 4 + ["left_out"]


def test_a_damaged_token_falls_back_with_a_hint(ledger, sheet):
    sheet.rows[0][-1] = sheet.rows[0][-1][:-3]
    sheet.rows[0][4] = 6
    result = look(ledger, sheet)
    assert fates(result) == ["changed", "same", "same", "same"]
    assert [p.grade for p in result.problems] == ["hint"]


def test_a_token_of_a_removed_record_is_a_doubt(ledger, sheet, firms):
    with ledger.step("删") as step:
        step.remove(Enterprise, firms[2])
    result = look(ledger, sheet)
    assert fates(result) == ["same", "same", "doubtful", "same"]
    assert "回收站" in result.rows[2].reason


def test_a_record_that_was_merged_away_speaks_for_its_survivor(ledger, sheet, firms):
    with ledger.step("合并") as step:
        step.remove(Enterprise, firms[2])
        step.remove(Enterprise, firms[3])
        step.create(Verdict(one=firms[3], other=firms[2], verdict="同一户"))
        step.create(Verdict(one=firms[0], other=firms[3], verdict="同一户"))
    sheet.rows = [sheet.rows[2]]
    result = look(ledger, sheet)
    assert result.rows[0].record == firms[0]
    assert any("已经并入" in p.why for p in result.problems)


def test_another_ledgers_tokens_fall_back_to_codes_and_names(sheet, tmp_path):
    sheet.save()
    with Ledger.create(tmp_path / "乙.ledger", office=Office(name="乙", level="县级")) as other:
        with other.step("建") as step:
            step.create(Enterprise(name="另叫一名有限公司", code=code(1)))
        result = dry_run(other, prepare(sheet.path, other))
    assert fates(result) == ["new", "changed", "new", "new"]
    assert any("不是这本账的" in remark for remark in result.remarks)


def test_sorting_only_some_of_the_columns_changes_nothing_and_is_told(ledger, sheet):
    marks = [row[-1] for row in sheet.rows]
    for row, mark in zip(sheet.rows, marks[1:] + marks[:1], strict=True):
        row[-1] = mark
    result = look(ledger, sheet)
    assert fates(result) == ["doubtful"] * 4
    assert any("只选了一部分列" in remark for remark in result.remarks)


def test_the_heading_may_be_lost_and_the_column_moved(ledger, sheet):
    for row in (sheet.head, *sheet.rows):
        row.insert(0, row.pop())
    sheet.head[0] = "列1"
    sheet.rows[0][1:3] = ["改了名的公司", code(77)]
    assert fates(look(ledger, sheet)) == ["changed", "same", "same", "same"]


def test_masked_cells_say_nothing(ledger, firms, tmp_path):
    with ledger.step("改") as step:
        step.change(
            Enterprise, firms[0], {"phone": "13812345678", "person_id": "411523199001011234"}
        )
    path = tmp_path / "名单.xlsx"
    export_list(ledger, Enterprise, path)
    assert fates(dry_run(ledger, prepare(path, ledger))) == ["same"] * 4


def test_words_that_look_like_totals_or_samples_stay_rows_of_data(ledger, tmp_path):
    with ledger.step("建") as step:
        step.create_many(
            Bank, [{"name": n} for n in ("某某银行", "合计", "小计", "注：银行", "示例")]
        )
    path = tmp_path / "名单.xlsx"
    export_list(ledger, Bank, path)
    assert fates(dry_run(ledger, prepare(path, ledger))) == ["same"] * 5


def test_references_to_namesakes_and_to_nameless_records_come_back(ledger, tmp_path):
    with ledger.step("建") as step:
        bank = step.create(Bank(name="甲银行"))
        for _ in range(2):
            firm = step.create(Enterprise(name="小吃店"))
            met = step.create(
                Matching(office=ledger.office.id, enterprise=firm, bank=bank, day=date(2024, 11, 5))
            )
            step.create(Loan(enterprise=firm, bank=bank, matching=met, contract="01"))
    path = tmp_path / "贷款.csv"
    for cls in (Loan, Matching):
        export_list(ledger, cls, path)
        prepared = prepare(path, ledger)
        assert prepared.cls is cls
        assert fates(dry_run(ledger, prepared)) == ["same"] * 2
    export_list(ledger, Loan, path, way=Way(tokens=False))
    assert "LD" not in path.read_text(encoding="utf-8-sig")


def test_the_computed_columns_come_back_ignored_and_unmentioned(ledger, firms, tmp_path):
    path = tmp_path / "名单.xlsx"
    export_list(ledger, Enterprise, path, fields=("name", "size", "complete", "code"))
    sheet = Sheet(path)
    sheet.rows[0][1:3] = ["大型", 100]
    result = look(ledger, sheet)
    assert fates(result) == ["same"] * 4
    assert result.remarks == ()
    assert sheet.head == [
        "经营主体名称",
        "划型结果",
        "建档完整度(%)",
        "统一社会信用代码",
        tokens.HEADING,
    ]
