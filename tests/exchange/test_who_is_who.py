from __future__ import annotations

from ledger_desk.exchange import importing
from ledger_desk.exchange.importing import NEW, SKIP, TAKE, dry_run, prepare
from ledger_desk.model.records import Enterprise
from tests.exchange.making import HEAD, code, every, firm, only, read_in, regno, text


def test_a_repeat_in_the_file_is_left_out_naming_the_row_it_repeats(ledger, tmp_path):
    rows = [HEAD, firm(1), firm(2), firm(1), firm(2, person="李四"), firm(3)]
    result = read_in(ledger, text(tmp_path / "a.csv", rows))
    assert [r.fate for r in result.rows] == ["new", "new", "left_out", "doubtful", "new"]
    assert "第 2 行" in result.rows[2].reason
    assert "第 3 行" in result.rows[3].reason
    assert "法定代表人" in result.rows[3].reason
    assert sum(result.counts.values()) == 5


def test_deciding_for_the_later_of_two_rows_lasts_when_the_file_is_read_again(ledger, tmp_path):
    path = text(tmp_path / "a.csv", [HEAD, firm(1), firm(1, person="李四")])
    result = read_in(ledger, path, decisions={3: TAKE})
    assert [r.fate for r in result.rows] == ["new", "changed"]
    assert only(ledger).person == "李四"
    again = read_in(ledger, path)
    assert [r.fate for r in again.rows] == ["doubtful", "same"]
    assert again.step is None
    assert only(ledger).person == "李四"


def test_repeats_are_found_across_blocks_of_rows(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "_BLOCK", 2)
    rows = [HEAD, *(firm(i) for i in range(7)), firm(0), firm(1, person="李四"), firm(6)]
    result = read_in(ledger, text(tmp_path / "a.csv", rows))
    assert result.counts | {"new": 7, "doubtful": 1, "left_out": 2} == result.counts
    assert len(every(ledger, Enterprise)) == 7


def test_a_firm_is_found_by_code_then_number_then_name(ledger, tmp_path):
    head = ["企业名称", "统一社会信用代码", "工商注册号", "内部编号", "法人代表"]
    first = [
        ["甲茶业开发有限公司", code(1), "", "", "张"],
        ["乙茶业开发有限公司", "", regno(2), "", "王"],
        ["丙摊位", "", "", "T-3", "李"],
        ["丁茶业开发（新县）有限公司", "", "", "", "赵"],
    ]
    second = [
        ["甲茶业改名有限公司", code(1), "", "", "张"],
        ["乙茶业改名有限公司", "", regno(2), "", "王"],
        ["丙摊位改名", "", "", "T-3", "李"],
        ["丁茶业开发(新县) 有限公司", "", "", "", "钱"],
    ]
    read_in(ledger, text(tmp_path / "a.csv", [head, *first]))
    ids = [f.id for f in every(ledger, Enterprise)]
    result = read_in(ledger, text(tmp_path / "b.csv", [head, *second]))
    assert [r.record for r in result.rows] == ids
    assert result.changed == 4


def test_a_code_is_added_to_a_firm_that_had_only_its_number_or_its_corporate_name(ledger, tmp_path):
    head = ["企业名称", "统一社会信用代码", "工商注册号"]
    read_in(
        ledger,
        text(
            tmp_path / "a.csv",
            [head, ["甲茶业有限公司", "", regno(1)], ["乙茶业开发有限公司", "", ""]],
        ),
    )
    rows = [["甲茶业有限公司", code(1), regno(1)], ["乙茶业开发有限公司", code(2), ""]]
    result = read_in(ledger, text(tmp_path / "b.csv", [head, *rows, rows[1]]))
    assert [r.fate for r in result.rows] == ["changed", "changed", "left_out"]
    assert [f.code for f in every(ledger, Enterprise)] == [code(1), code(2)]


def test_a_code_given_to_a_known_firm_is_found_by_later_blocks(ledger, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "_BLOCK", 1)
    head = ["企业名称", "统一社会信用代码"]
    read_in(ledger, text(tmp_path / "a.csv", [head, ["乙茶业开发有限公司", ""]]))
    rows = [["乙茶业开发有限公司", code(2)], ["乙茶业股份有限公司", code(2)]]
    result = read_in(ledger, text(tmp_path / "b.csv", [head, *rows]))
    assert [r.fate for r in result.rows] == ["changed", "doubtful"]
    assert only(ledger).code == code(2)


def test_namesakes_with_sound_codes_are_different_firms(ledger, tmp_path):
    rows = [HEAD, firm(1, name="利民超市"), firm(2, name="利民超市")]
    assert read_in(ledger, text(tmp_path / "a.csv", rows)).new == 2
    later = read_in(ledger, text(tmp_path / "b.csv", [HEAD, firm(3, name="利民超市")]))
    assert later.new == 1


def test_a_namesake_whose_code_fails_the_check_is_doubtful(ledger, tmp_path):
    read_in(ledger, text(tmp_path / "a.csv", [HEAD, firm(1)]))
    wrong = code(1)[:-1] + ("A" if code(1)[-1] != "A" else "B")
    result = read_in(ledger, text(tmp_path / "b.csv", [HEAD, firm(1, code=wrong)]))
    (row,) = result.rows
    assert row.fate == "doubtful"
    assert row.candidates == (only(ledger).id,)
    assert code(1) in row.reason


def test_only_a_shop_sign_in_common_is_doubtful_until_a_person_decides(ledger, tmp_path):
    head = ["名称", "经营者", "联系电话"]
    read_in(ledger, text(tmp_path / "a.csv", [head, ["利民超市", "张三", "13800000001"]]))
    mine = only(ledger)
    other = text(tmp_path / "b.csv", [head, ["利民超市", "李四", "13800000002"]])
    result = read_in(ledger, other)
    assert result.doubtful == 1
    assert result.step is None
    assert [c.label for c in result.rows[0].changes] == ["法定代表人(经营者)", "联系电话"]
    assert read_in(ledger, other, decisions={2: SKIP}).left_out == 1
    assert dry_run(ledger, prepare(other, ledger), decisions={2: NEW}).new == 1
    assert read_in(ledger, other, decisions={2: mine.id}).changed == 1
    assert only(ledger).person == "李四"


def test_a_name_that_two_firms_have_is_doubtful(ledger, tmp_path):
    read_in(
        ledger, text(tmp_path / "a.csv", [HEAD, firm(1, name="利民超市"), firm(2, name="利民超市")])
    )
    result = read_in(
        ledger, text(tmp_path / "b.csv", [["企业名称", "电话"], ["利民超市", "13800000001"]])
    )
    (row,) = result.rows
    assert row.fate == "doubtful"
    assert len(row.candidates) == 2
    chosen = read_in(ledger, tmp_path / "b.csv", decisions={2: row.candidates[1]})
    assert chosen.changed == 1
