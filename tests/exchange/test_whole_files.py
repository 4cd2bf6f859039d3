from __future__ import annotations

import pytest

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.exchange.importing import apply, dry_run, prepare
from ledger_desk.model.records import Bank, CalendarDay, Enterprise, Person, Setting
from tests.exchange.making import HEAD, code, every, firm, read_in, text, whole, xlsx


def test_rows_that_are_no_firms_are_left_out_by_name(ledger, tmp_path):
    rows = [
        ["新县企业名录"], ["单位：万元"], ["序号", "企业名称", "注册资本"],
        [1, "甲茶业有限公司", 3], [None, None, None], [2, "乙茶业有限公司", 4], ["合计", None, 7],
        ["注：数据截至上月底。"],
    ]  # fmt: skip
    result = read_in(ledger, xlsx(tmp_path / "a.xlsx", rows))
    fates = {r.row: (r.fate, r.reason) for r in result.rows}
    assert [fates[n][0] for n in (1, 2, 4, 6, 7, 8)] == [
        "left_out",
        "left_out",
        "new",
        "new",
        "left_out",
        "left_out",
    ]
    assert 5 not in fates  # a blank row is no row
    assert "合计" in fates[7][1]
    assert "标题" in fates[1][1]


def test_a_row_with_nothing_in_the_columns_read_in_is_left_out(ledger, tmp_path):
    rows = [
        ["企业名称", "英文名称", "商标类别"],
        ["甲茶业有限公司", "A Tea", "绿茶"],
        ["空", "B Tea", "红茶"],
    ]
    result = read_in(ledger, text(tmp_path / "a.csv", rows))
    assert [r.fate for r in result.rows] == ["new", "left_out"]
    assert any("英文名" in remark for remark in result.remarks)


def test_a_merged_cell_holds_for_the_rows_it_covers(ledger, tmp_path):
    rows = [
        ["乡镇", "企业名称"],
        ["卡房乡", "甲茶业有限公司"],
        [None, "乙茶业有限公司"],
        ["千斤乡", "丙茶业有限公司"],
    ]
    read_in(ledger, xlsx(tmp_path / "a.xlsx", rows, merged=["A2:A3"]))
    assert [f.township for f in every(ledger, Enterprise)] == [
        "411523205",
        "411523205",
        "411523204",
    ]


def test_the_sheet_with_the_firms_is_chosen_and_the_others_are_named(ledger, tmp_path):
    notes = [["填表说明"], ["请逐项填写"]]
    firms = [["企业名称", "信用代码"], ["甲茶业有限公司", code(1)]]
    more = [["项目", "数量"], ["桌子", 3], ["椅子", 4]]
    path = xlsx(tmp_path / "a.xlsx", notes, more, firms)
    result = read_in(ledger, path)
    assert (result.sheet, result.new) == ("表3", 1)
    assert any("表2" in remark for remark in result.remarks)
    with pytest.raises(UserError, match="没有叫“表9”的工作表"):
        prepare(path, ledger, sheet="表9")


def test_a_table_without_the_needed_columns_is_refused_with_the_headings_it_has(ledger, tmp_path):
    path = text(tmp_path / "a.csv", [["项目", "数量"], ["桌子", "3"], ["椅子", "4"]])
    prepared = prepare(path, ledger)
    assert "项目、数量" in prepared.missing
    with pytest.raises(UserError, match="没有认出经营主体的"):
        apply(ledger, prepared)
    corrected = prepared.with_mapping(prepared.mapping.with_field(1, "name"))
    assert corrected.missing == ""
    assert apply(ledger, corrected).new == 2


def test_a_correction_is_remembered_with_the_import_and_not_before(ledger, tmp_path):
    rows = [["全名", "代号"], ["甲茶业有限公司", "A1"], ["丙茶业有限公司", "C3"]]
    path = text(tmp_path / "a.csv", rows)
    prepared = prepare(path, ledger)
    chosen = prepared.with_mapping(
        prepared.mapping.with_field(1, "name").with_field(2, "internal_no")
    )
    dry_run(ledger, chosen)
    assert not prepare(path, ledger).known
    apply(ledger, chosen)
    following = prepare(
        text(tmp_path / "下月.csv", [rows[0], ["乙茶业有限公司", "B2"], ["丁茶业有限公司", "D4"]]),
        ledger,
    )
    assert following.known
    assert apply(ledger, following).new == 2
    assert len(every(ledger, Setting)) == 1
    ledger.undo()
    ledger.undo()
    assert every(ledger, Setting) == []
    assert not prepare(path, ledger).known


def test_a_dry_run_says_what_the_run_does_and_changes_nothing(ledger, tmp_path):
    read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1), firm(2)]))
    before, head = whole(ledger), ledger.head()
    rows = [HEAD, firm(1), firm(2, person="李四"), firm(3), firm(3), firm(4, day="?")]
    prepared = prepare(text(tmp_path / "b.csv", rows), ledger)
    shown = dry_run(ledger, prepared)
    assert (whole(ledger), ledger.head(), shown.step) == (before, head, None)
    with ledger.step("别人能写") as step:  # the write lock has been let go
        step.create(Bank(name="某银行"))
    done = apply(ledger, prepared, expected_head=shown.head)
    assert done.moved
    assert done.counts == shown.counts
    assert [r[:5] for r in done.rows] == [r[:5] for r in shown.rows]


def test_applying_compares_again_when_the_ledger_has_moved(ledger, tmp_path):
    prepared = prepare(text(tmp_path / "a.csv", [HEAD, firm(1), firm(2)]), ledger)
    shown = dry_run(ledger, prepared)
    assert shown.new == 2
    read_in(ledger, text(tmp_path / "b.csv", [HEAD, firm(1, person="李四")]))
    done = apply(ledger, prepared, expected_head=shown.head)
    assert (done.moved, done.new, done.changed) == (True, 1, 1)
    fresh = prepare(text(tmp_path / "c.csv", [HEAD, firm(9)]), ledger)
    assert not apply(ledger, fresh, expected_head=dry_run(ledger, fresh).head).moved


def test_cancelling_leaves_the_ledger_as_it_was(ledger, tmp_path):
    prepared = prepare(text(tmp_path / "a.csv", [HEAD, *(firm(i) for i in range(2500))]), ledger)

    def cancel(done: int, total: int, note: str = "") -> None:
        if done >= 2000:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply(ledger, prepared, progress=cancel)
    assert every(ledger, Enterprise) == []
    assert [step.kind for step in ledger.log()] == ["create"]


def test_every_row_has_one_fate_and_the_json_tells_those_that_need_a_word(ledger, tmp_path):
    read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1)]))
    rows = [HEAD, firm(1), firm(2), firm(2), firm(3, day="?"), firm(4, code="x")]
    result = read_in(ledger, text(tmp_path / "b.csv", rows))
    told = result.as_json()
    counts = [told[n] for n in ("new", "changed", "same", "doubtful", "wrong", "left_out")]
    assert counts == [1, 0, 1, 0, 2, 1]
    assert [r["row"] for r in told["rows"]] == [4, 5, 6]
    assert told["step"]["name"] == "装入 b.csv：新增 1、变更 0"
    assert len({r.row for r in result.rows}) == len(result.rows) == 5
    assert result.needs_attention


def test_personal_data_is_not_in_the_json(ledger, tmp_path):
    head = ["企业名称", "信用代码", "电话"]
    read_in(ledger, text(tmp_path / "a.csv", [head, ["甲茶业有限公司", code(1), "13800000001"]]))
    result = read_in(
        ledger, text(tmp_path / "b.csv", [head, ["甲茶业有限公司", code(1), "13900000002"]])
    )
    assert result.rows[0].changes[0].new == "13900000002"
    assert "13900000002" not in str(result.as_json())


def test_banks_are_read_in_by_their_declaration(ledger, tmp_path):
    rows = [
        ["银行名称", "简称", "银行类型"],
        ["新县农村商业银行", "农商行", "农信系统"],
        ["某村镇银行", "", ""],
    ]
    path = text(tmp_path / "a.csv", rows)
    assert read_in(ledger, path, "bank").new == 2
    assert [b.short for b in every(ledger, Bank)] == ["农商行", None]
    assert read_in(ledger, path, "银行").same == 2


def test_people_point_to_their_bank_by_its_name(ledger, tmp_path):
    read_in(
        ledger,
        text(tmp_path / "b.csv", [["银行名称", "简称"], ["新县农村商业银行", "农商行"]]),
        "bank",
    )
    rows = [
        ["姓名", "所属银行", "联系电话"],
        ["张三", "农商行", "13800000001"],
        ["李四", "没有的银行", ""],
    ]
    path = text(tmp_path / "a.csv", rows)
    result = read_in(ledger, path, "person")
    assert [r.fate for r in result.rows] == ["new", "wrong"]
    assert "没有叫“没有的银行”的银行" in result.rows[1].reason
    (person,) = every(ledger, Person)
    assert person.bank == every(ledger, Bank)[0].id
    assert read_in(ledger, path, "person").same == 1


def test_days_of_the_calendar_are_known_by_their_date(ledger, tmp_path):
    head = ["日期", "名称", "放假"]
    read_in(ledger, text(tmp_path / "a.csv", [head, ["2027-01-01", "元旦", "是"]]), "calendar_day")
    rows = [
        head,
        ["2027年1月1日", "元旦", "是"],
        ["2027-01-02", "元旦", "√"],
        ["2027-01-03", "", "也许"],
    ]
    result = read_in(ledger, text(tmp_path / "b.csv", rows), "calendar_day")
    assert [r.fate for r in result.rows] == ["same", "new", "wrong"]
    assert [d.off for d in every(ledger, CalendarDay)] == [True, True]


def test_a_word_that_is_no_record_is_refused_with_what_there_is(ledger, tmp_path):
    path = text(tmp_path / "a.csv", [HEAD, firm(1)])
    with pytest.raises(UserError, match=r"不认识“carrots”.*enterprise（经营主体）"):
        prepare(path, ledger, kind="carrots")
