from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.exchange import preparing
from ledger_desk.exchange.errors_workbook import (
    suggest_path,
    write_all_errors,
    write_errors,
)
from ledger_desk.exchange.importing import apply, dry_run, prepare
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook import reading
from tests.exchange.making import HEAD, code, every, firm, text, xlsx
from tests.workbook.test_annotating import assert_only_added

BAD = "不知道多少"


def listing(path: Path, count: int, wrong: set[int]) -> Path:
    """A list of firms; the rows of ``wrong`` (from 0) have a capital that is no number."""
    rows = [firm(n, capital=BAD if n in wrong else "50(万元)") for n in range(count)]
    return xlsx(path, [["新县企业名单"], HEAD, *rows], merged=["A1:F1"])


def mend(path: Path, rows: list[int], value: Any = "60(万元)", column: int = 5) -> None:
    book = openpyxl.load_workbook(path)
    for row in rows:
        book.worksheets[0].cell(row, column).value = value
    book.save(path)


def column_of(path: Path, heading: str = "校验结果") -> dict[int, str]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    found = [c for row in sheet.iter_rows() for c in row if c.value == heading]
    assert len(found) == 1
    place = found[0].column
    return {
        row: sheet.cell(row, place).value
        for row in range(found[0].row + 1, sheet.max_row + 1)
        if sheet.cell(row, place).value
    }


def test_mended_rows_go_in_the_rest_are_the_same_and_what_is_wrong_stays_wrong(ledger, tmp_path):
    wrong = {1, 3, 5, 7, 9, 11, 13, 15, 17, 19}
    source = listing(tmp_path / "名单.xlsx", 25, wrong)
    before = source.read_bytes()
    prepared = prepare(source, ledger)
    result = apply(ledger, prepared)
    assert (result.new, result.wrong) == (15, 10)
    out = tmp_path / "回.xlsx"
    written = write_errors(ledger, prepared, result, out)
    assert (written.path, written.rows, written.cells, written.rebuilt) == (out, 10, 10, False)
    assert written.sentence == "校验结果写进了“回.xlsx”：10 行要处理，原文件“名单.xlsx”没有动。"
    assert source.read_bytes() == before
    assert_only_added(before, out.read_bytes(), "表1", 7)
    told = column_of(out)
    assert {row for row, words in told.items() if words.startswith("有错：注册资金：")} == {
        n + 3 for n in wrong
    }
    assert set(told.values()) - {told[4]} == {"已收：新增"}
    assert BAD in openpyxl.load_workbook(out).worksheets[0]["E4"].comment.text
    # Six are mended; the file comes back with the column, the comments and the sheet in it.
    mend(out, [4, 6, 8, 10, 12, 14])
    again = prepare(out, ledger)
    assert again.others == ()
    assert again.known
    assert [c.heading for c in again.mapping.unmatched] == []
    second = apply(ledger, again)
    assert second.counts == dict.fromkeys(second.counts, 0) | {
        "new": 6, "same": 15, "wrong": 4, "left_out": 1,
    }  # fmt: skip
    assert {r.row for r in second.fates("new")} == {4, 6, 8, 10, 12, 14}
    # And forth once more: one column, one sheet, four comments.
    third = tmp_path / "再回.xlsx"
    assert write_errors(ledger, again, second, third).cells == 4
    assert len(column_of(third)) == 25
    book = openpyxl.load_workbook(third)
    assert book.sheetnames == ["表1", "校验汇总"]
    commented = [c.coordinate for row in book["表1"].iter_rows() for c in row if c.comment]
    assert commented == ["E16", "E18", "E20", "E22"]
    assert book["校验汇总"]["B10"].value == 4


def test_every_fate_is_told_and_linked(ledger, tmp_path):
    apply(ledger, prepare(xlsx(tmp_path / "a.xlsx", [HEAD, firm(1), firm(2)]), ledger))
    rows = [
        HEAD,
        firm(1),
        firm(2, person="李四"),
        firm(3),
        firm(3),
        firm(4, capital="50(万美元)"),
        firm(5, capital=BAD, day="2003年13月"),
        ["合计", "", "", "", 5, ""],
    ]
    prepared = prepare(xlsx(tmp_path / "b.xlsx", rows), ledger)
    result = dry_run(ledger, prepared)
    out = tmp_path / "c.xlsx"
    write_errors(ledger, prepared, result, out)
    told = column_of(out)
    assert told[2] == "可收：相同"
    assert told[3].startswith("可收：变更（法定代表人")
    assert told[4] == "可收：新增"
    assert told[5].startswith("未读入：与第 4 行重复")
    assert told[6].startswith("可收：新增。须说明：注册资金：")
    assert told[7].startswith("有错：注册日期：")
    assert "注册资金：" in told[7]
    assert 8 not in told  # a total is no row of anybody's
    sheet = openpyxl.load_workbook(out)["校验汇总"]
    cells = [[c.value for c in row] for row in sheet.iter_rows()]
    assert ["新增", 2] in [row[:2] for row in cells]
    assert ["合计", 7] in [row[:2] for row in cells]
    lines = [row for row in cells if str(row[0]).startswith("第 ")]
    assert [(row[0], row[1], row[4]) for row in lines] == [
        ("第 6 行", "注册资金", "须说明"),
        ("第 7 行", "注册日期", "必改"),
        ("第 7 行", "注册资金", "必改"),
    ]
    targets = [c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink]
    assert targets == ["'表1'!E6", "'表1'!C7", "'表1'!E7"]


def test_nothing_personal_goes_where_it_was_not(ledger, tmp_path):
    person, phone = "411523199001011234", "13812345678"
    rows = [
        ["企业名称", "统一社会信用代码", "身份证号", "联系电话", "注册资本"],
        ["甲有限公司", code(1), 4.11523199e17, phone, "1"],
        ["乙有限公司", code(2), person, 1.38e20, "1"],
        ["丙有限公司", code(3), person[:-1], phone, f"见{person}，{phone}"],
    ]
    prepared = prepare(xlsx(tmp_path / "a.xlsx", rows), ledger)
    result = dry_run(ledger, prepared)
    assert result.wrong == 3
    out = tmp_path / "b.xlsx"
    write_errors(ledger, prepared, result, out)
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    said = [str(sheet.cell(row, 6).value) for row in range(2, 5)]
    said += [c.comment.text for row in sheet.iter_rows() for c in row if c.comment]
    said += [str(c.value) for row in book["校验汇总"].iter_rows() for c in row]
    whole = "\n".join(said)
    for secret in (person, person[:-1], phone, "4.11523199e+17", "1.38e+20"):
        assert secret not in whole
    assert "个人信息，见原格" in whole


def test_a_file_that_was_changed_since_is_refused(ledger, tmp_path):
    source = listing(tmp_path / "a.xlsx", 3, {1})
    prepared = prepare(source, ledger)
    result = dry_run(ledger, prepared)
    mend(source, [3])
    with pytest.raises(UserError, match="又被改过"):
        write_errors(ledger, prepared, result, tmp_path / "b.xlsx")
    source.unlink()
    with pytest.raises(UserError, match="打不开了"):
        write_errors(ledger, prepared, result, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()


def test_the_senders_file_and_the_ledger_are_never_written_over(ledger, tmp_path):
    source = listing(tmp_path / "a.xlsx", 3, {1})
    prepared = prepare(source, ledger)
    result = dry_run(ledger, prepared)
    (tmp_path / "hard.xlsx").hardlink_to(source)
    for out in (source, tmp_path / "hard.xlsx", ledger.path, tmp_path / "b.xls", tmp_path):
        with pytest.raises(UserError):
            write_errors(ledger, prepared, result, out)
    shutil.copy(ledger.path, tmp_path / "另一本.xlsx")
    with pytest.raises(UserError, match="是账套"):
        write_errors(ledger, prepared, result, tmp_path / "另一本.xlsx")
    assert suggest_path(prepared) == tmp_path / "a（校验结果）.xlsx"


def test_a_csv_comes_back_as_xlsx_and_goes_in_again(ledger, tmp_path):
    rows = [firm(n, capital=BAD if n in (1, 2) else "5(万元)") for n in range(5)]
    source = text(tmp_path / "名录.csv", [HEAD, *rows])
    prepared = prepare(source, ledger)
    result = apply(ledger, prepared)
    out = tmp_path / "回.xlsx"
    written = write_errors(ledger, prepared, result, out)
    assert written.rebuilt
    assert "已重做成 .xlsx" in written.sentence
    one, two = reading.read(source).sheets[0], reading.read(out).sheets[0]
    assert [row[:6] for row in two.rows] == one.rows
    mend(out, [3])
    second = apply(ledger, prepare(out, ledger))
    assert (second.new, second.same, second.wrong) == (1, 3, 1)


def test_several_sheets_of_one_file_go_back_in_one(ledger, tmp_path):
    source = xlsx(
        tmp_path / "a.xlsx",
        [HEAD, firm(1, capital=BAD), firm(2)],
        [HEAD, firm(3), firm(4, capital=BAD)],
    )
    pairs = []
    for prepared in preparing.prepare_all(source, ledger):
        pairs.append((prepared, apply(ledger, prepared)))
    assert len(pairs) == 2
    out = tmp_path / "b.xlsx"
    written = write_all_errors(ledger, pairs, out)
    assert (written.rows, written.cells) == (2, 2)
    book = openpyxl.load_workbook(out)
    assert [book[name]["G1"].value for name in ("表1", "表2")] == ["校验结果"] * 2
    assert book["表2"]["E3"].comment
    places = [c.value for row in book["校验汇总"].iter_rows() for c in row if c.hyperlink]
    assert places == ["表1 第 2 行", "表2 第 3 行"]


def test_a_workbook_that_cannot_be_changed_in_place_is_made_again(ledger, tmp_path, monkeypatch):
    from ledger_desk.workbook.package import Package

    source = listing(tmp_path / "a.xlsx", 3, {1})
    prepared = prepare(source, ledger)
    result = dry_run(ledger, prepared)
    honest = Package.sheets
    calls = []

    def strict(self: Package) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise UserError("这个工作簿是“严格 Open XML”格式")
        return honest(self)

    monkeypatch.setattr(Package, "sheets", strict)
    written = write_errors(ledger, prepared, result, tmp_path / "b.xlsx")
    assert written.rebuilt
    assert column_of(written.path)[4].startswith("有错：")


CELLS = st.sampled_from(["50(万元)", BAD, "1e", ""])


@settings(max_examples=12)
@given(data=st.data())
def test_mending_some_rows_applies_exactly_those(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("loop")
    capitals = data.draw(st.lists(CELLS, min_size=1, max_size=8))
    # Of a column that is mostly nonsense nobody would say that it holds amounts.
    capitals += ["50(万元)"] * (len(capitals) + 1)
    above = data.draw(st.integers(0, 2))
    wrong = [n for n, cell in enumerate(capitals) if cell in (BAD, "1e")]
    mended = data.draw(st.sets(st.sampled_from(wrong)) if wrong else st.just(set()))
    rows = [firm(n, capital=cell) for n, cell in enumerate(capitals)]
    source = xlsx(folder / "a.xlsx", [*[["新县企业名单"]] * above, HEAD, *rows])
    first_row = above + 2
    office = Office(name="新县专班", level="county", division="411523")
    with Ledger.create(folder / "账.ledger", office=office) as ledger:
        prepared = prepare(source, ledger)
        result = apply(ledger, prepared)
        assert result.wrong == len(wrong)
        out = folder / "b.xlsx"
        write_errors(ledger, prepared, result, out)
        mend(out, [n + first_row for n in mended])
        second = apply(ledger, prepare(out, ledger))
        assert {r.row for r in second.fates("new")} == {n + first_row for n in mended}
        assert second.wrong == len(wrong) - len(mended)
        assert second.same == len(capitals) - len(wrong)
        assert second.changed == second.doubtful == 0
        assert len(every(ledger, Enterprise)) == len(capitals) - len(wrong) + len(mended)


@pytest.mark.parametrize(
    "name",
    [
        "01_enterprise_lists/汕头_文化经营单位_企业.xls",
        "01_enterprise_lists/zj_check01_抽查名单.xlsx",
        "01_enterprise_lists/新县411523_真实企业.csv",
        "01_enterprise_lists/珠海金湾_四上企业情况表_202204.xlsx",
    ],
)
def test_real_files_come_back_and_read_the_same(ledger, open_data, tmp_path, name):
    source = open_data / name
    prepared = prepare(source, ledger, kind="enterprise")
    assert not prepared.missing
    result = dry_run(ledger, prepared)
    out = tmp_path / "回.xlsx"
    written = write_errors(ledger, prepared, result, out)
    assert written.rebuilt == (source.suffix != ".xlsx")
    if not written.rebuilt:
        sheet = openpyxl.load_workbook(out)[prepared.sheet.name]
        added = next(c.column for row in sheet.iter_rows() for c in row if c.value == "校验结果")
        assert_only_added(source.read_bytes(), out.read_bytes(), prepared.sheet.name, added)
    again = dry_run(ledger, prepare(out, ledger, kind="enterprise"))
    assert again.counts == result.counts
