from __future__ import annotations

import pytest

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.exchange import preparing
from ledger_desk.exchange.importing import prepare
from ledger_desk.exchange.importing_several import apply_all, dry_run_all
from ledger_desk.exchange.preparing import again, prepare_all
from ledger_desk.model.records import Cultivation, Enterprise, Intake, Person
from tests.exchange.making import code, every, whole


def book(path, sheets, hidden=()):
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    made.save(path)
    return path


def firms(*numbers):
    return [["企业名称", "信用代码"], *([f"新县第{n}茶业有限公司", code(n)] for n in numbers)]


SHEETS = {
    "首贷培植": [["企业名称", "列入名单日期", "名单来源"], ["新县第1茶业有限公司", "2024-01-02", "银行推荐"],
              ["新县第3茶业有限公司", "2024-01-02", "银行推荐"]],
    "卡房乡": firms(1, 2),
    "千斤乡": firms(3, 4),
    "人员名单": [["姓名", "联系电话"], ["张三", "13800000001"], ["李四", "13800000002"]],
    "填表说明": [["项目", "说明"], ["企业名称", "照执照写"], ["信用代码", "18 位"]],
}  # fmt: skip


def test_every_sheet_is_prepared_from_one_reading_and_told_by_itself(ledger, tmp_path, monkeypatch):
    path = book(tmp_path / "汇总.xlsx", SHEETS, hidden=["千斤乡"])
    read, times = preparing.read_guarded, []
    monkeypatch.setattr(preparing, "read_guarded", lambda p, **n: times.append(p) or read(p, **n))
    tables = prepare_all(path, ledger)
    assert len(times) == 1
    # A hidden sheet is not read in unasked.
    assert [(t.sheet.name, t.cls) for t in tables] == [
        ("首贷培植", Cultivation), ("卡房乡", Enterprise), ("人员名单", Person)]  # fmt: skip
    assert [t.sender for t in tables] == ["", "卡房乡", ""]
    assert {o for t in tables for o in t.others} == {"千斤乡", "填表说明"}
    shown = {s.name: (s.rows, s.hidden, s.kind, s.enough) for s in tables[0].sheets}
    assert shown["千斤乡"] == (2, True, "enterprise", True)
    assert list(shown) == list(SHEETS)
    asked = prepare_all(path, ledger, ["千斤乡", "卡房乡"], kind="enterprise")
    assert [t.sheet.name for t in asked] == ["卡房乡", "千斤乡"]
    with pytest.raises(UserError, match="没有叫“某乡”的工作表"):
        prepare_all(path, ledger, ["某乡"])


def test_all_tables_go_in_as_one_step_and_come_out_as_one(ledger, tmp_path):
    path = book(tmp_path / "汇总.xlsx", SHEETS)
    tables = prepare_all(path, ledger)
    assert len(tables) == 4
    before = whole(ledger)
    rehearsed = dry_run_all(ledger, tables)
    assert whole(ledger) == before
    results = apply_all(ledger, tables, None, rehearsed[0].head)
    # What the list of 首贷培植 points to stands on the sheets after it.
    assert [r.new for r in results] == [r.new for r in rehearsed] == [2, 2, 2, 2]
    assert not any(r.moved for r in results)
    assert {r.step.id for r in results} == {results[0].step.id}
    assert results[0].step.name == "装入 汇总.xlsx（4 张表）：新增 8、变更 0"
    (intake,) = every(ledger, Intake)
    assert (intake.sheet, intake.new) == ("首贷培植、卡房乡、千斤乡、人员名单", 8)
    assert all(t.known for t in prepare_all(path, ledger))
    again_ = apply_all(ledger, prepare_all(path, ledger))
    assert [r.same for r in again_] == [2, 2, 2, 2]
    assert again_[0].step is None
    ledger.undo()
    assert whole(ledger) == before


def test_one_table_that_lacks_a_column_or_a_cancel_leaves_everything_as_it_was(ledger, tmp_path):
    path = book(tmp_path / "汇总.xlsx", SHEETS)
    tables = prepare_all(path, ledger)
    before = whole(ledger)
    lacking = tables[1].with_mapping(tables[1].mapping.with_field(1, None).with_field(2, None))
    with pytest.raises(UserError, match="卡房乡"):
        apply_all(ledger, [tables[0], lacking])
    seen = []

    def stop(done, total, words):
        seen.append(words)
        if len(seen) > 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        apply_all(ledger, tables, progress=stop)
    with pytest.raises(UserError, match="至少选一张"):
        apply_all(ledger, [])
    assert whole(ledger) == before


def test_tables_side_by_side_are_tables_of_their_own(ledger, tmp_path):
    left, right = firms(1, 2, 3), firms(4, 5, 6)
    rows = [[*a, None, *b] for a, b in zip(left, right, strict=True)]
    path = book(tmp_path / "并排.xlsx", {"名单": rows})
    tables = prepare_all(path, ledger)
    assert len(tables) == 2
    assert sum(r.new for r in apply_all(ledger, tables)) == 6
    assert len(every(ledger, Enterprise)) == 6
    assert {s.name for s in prepare(path, ledger).sheets} == {t.sheet.title for t in tables}


def test_another_sheet_is_looked_at_without_reading_the_file_again(ledger, tmp_path):
    path = book(tmp_path / "汇总.xlsx", SHEETS)
    prepared = prepare(path, ledger, sheet="卡房乡")
    assert prepared.others == ("首贷培植", "千斤乡", "人员名单", "填表说明")
    path.unlink()
    other = again(prepared, ledger, sheet="人员名单")
    assert (other.sheet.name, other.cls) == ("人员名单", Person)
    assert "卡房乡" in other.others
    with pytest.raises(UserError, match="没有“某乡”这张表"):
        again(prepared, ledger, sheet="某乡")
