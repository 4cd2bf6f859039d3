"""Forms are data; every mistake in one is a sentence with its place, all of them at once."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Forms, load_all
from ledger_desk.reports.vocabulary import known

GOOD = """
id = "试表"
title = "试表"
standing = "默认表样"
mechanism = "首贷培植行动"
sheet = "表"
checks = ["undecided"]
source = { document = "002", title = "某文", clause = "附" }
due = { every = "月", day = 10 }

[[cell]]
at = "A2"
text = "填报单位：{office}　{period}"

[[block]]
rows = "matching_events"
first_row = 4
room = 3
total_row = 7

[[block.column]]
at = "A"
heading = "企业"
field = "enterprise"

[[block.column]]
at = "B"
heading = "授信金额"
field = "credit_amount"
total = "sum"
"""


def blank() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet["A1"] = "试表"
    sheet.merge_cells("A1:C1")
    sheet["A2"] = "x"
    for row in range(3, 9):
        for column in range(1, 4):
            sheet.cell(row, column).number_format = "0.00"
    sheet["A3"], sheet["B3"] = "企业", "授信\n金额"
    sheet["C8"] = "末"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def load(tmp_path: Path, text: str, name: str = "trial", with_blank: bool = True) -> Forms:
    folder = tmp_path / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "form.toml").write_text(
        text.replace('id = "试表"', f'id = "{name}"'), encoding="utf-8"
    )
    if with_blank:
        (folder / "blank.xlsx").write_bytes(blank())
    return load_all([tmp_path], known())


def sentences(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    found = load(tmp_path, text)
    assert not found.forms
    return [problem.sentence() for problem in found.problems]


def test_a_form_without_mistakes_is_loaded_with_its_blank(tmp_path: Path) -> None:
    found = load(tmp_path, GOOD)
    assert found.problems == ()
    form = found.get("trial")
    assert form.title == "试表"
    assert form.shape.due.text == "月报，月后10日内"
    assert form.blank == (tmp_path / "trial" / "blank.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('field = "credit_amount"', 'indicator = "granted_amounts"\nmeasure = "本期"', ["没有“granted_amounts”这个指标", "是不是“granted_amount”"]),
        ('field = "credit_amount"', 'field = "credit_amout"', ["没有“credit_amout”这一项", "是不是“credit_amount”"]),
        ('field = "credit_amount"', 'field = "note"', ["“note”不是数"]),
        ('rows = "matching_events"', 'rows = "townships"', ["“townships”没有“enterprise”"]),
        ('rows = "matching_events"', 'rows = "matchings"', ["没有“matchings”这种行来源"]),
        ('at = "A2"', 'at = "H2"', ["单元格 H2", "超出了空白表的范围"]),
        ('at = "A2"', 'at = "B1"', ["单元格 B1", "并在 A1 里"]),
        ('at = "A2"', 'at = "2A"', ["“2A”不对"]),
        ("{period}", "{periode}", ["不认识 {periode}", "是不是“period”"]),
        ("{period}", "{period", ["花括号没有配成对"]),
        ('checks = ["undecided"]', 'checks = ["undecidet"]', ["没有“undecidet”这条审核规则"]),
        ('sheet = "表"', 'sheet = "表一"', ["没有“表一”这张工作表"]),
        ("room = 3", "room = 30", ["第 4—33 行超出了空白表"]),
        ("total_row = 7", "total_row = 5", ["合计行 5"]),
        ("total_row = 7", "", ["没有 total_row"]),
        ('at = "B"', 'at = "A"', ["A 列写了两次"]),
        ('total = "sum"', 'total = "max"', ["不能写“max”", "sum"]),
        ('standing = "默认表样"', 'standing = "表样"', ["“standing”", "不能写“表样”"]),
        ('mechanism = "首贷培植行动"', 'mechanism = "别的"', ["没有“别的”这个工作机制"]),
        ('heading = "企业"', 'headline = "企业"', ["第 1 个 [[block]]的第 1 个 [[block.column]]的“headline”", "不认识这一项", "是不是“heading”"]),
        ('title = "试表"', "", ["“title”", "没有写"]),
        ("first_row = 4", 'first_row = "4"', ["“first_row”", "整数"]),
        ("day = 10", "day = 31", ["不大于 28"]),
        ('heading = "企业"', 'heading = "银行"', ["A 列“银行”", "印的是“企业”", "对不上"]),
        ('id = "试表"', 'id = "other"', ["与文件夹同名“trial”"]),
        ("[[cell]]", "[[cell]", ["第 ", "TOML"]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, words: list[str]
) -> None:
    found = sentences(tmp_path, (old, new))
    for word in words:
        assert any(word in sentence for sentence in found), found
    for sentence in found:
        assert sentence.startswith("报表“trial”")
        assert sentence.endswith("。")
        assert "Error" not in sentence


def test_an_indicator_cannot_stand_in_a_list_of_records(tmp_path: Path) -> None:
    found = sentences(
        tmp_path, ('field = "credit_amount"', 'indicator = "granted_amount"\nmeasure = "本期"')
    )
    assert any("一行是一笔记录" in sentence for sentence in found)


def test_a_measure_that_an_indicator_lacks_is_told_with_those_it_has(tmp_path: Path) -> None:
    found = sentences(
        tmp_path,
        ('rows = "matching_events"', 'rows = "townships"'),
        ('field = "enterprise"', 'field = "label"'),
        ('field = "credit_amount"', 'indicator = "loan_balance"\nmeasure = "本期"'),
    )
    assert found == [
        "报表“trial”区块“townships”的 B 列“授信金额”：指标“loan_balance”没有“本期”这种数，它有：期末数、年初数、上年同期末数、"
        "比年初增长量、比年初增长率、比同期末增长量、比同期末增长率。"
    ]


def test_all_mistakes_are_told_at_once_also_behind_unknown_keys(tmp_path: Path) -> None:
    found = sentences(
        tmp_path,
        ('at = "A2"', 'at = "A2"\ncolour = "red"'),
        ('checks = ["undecided"]', 'checks = ["no_such"]'),
        ('field = "credit_amount"', 'field = "credit"'),
        ('heading = "企业"\nfield = "enterprise"', 'heading = "企业"'),
        ("{office}", "{officer}"),
    )
    text = "\n".join(found)
    for word in ("“colour”", "no_such", "“credit”", "field 与 indicator", "{officer}"):
        assert word in text, text
    assert len(found) == 5


def test_a_blank_that_is_missing_or_no_workbook_is_told(tmp_path: Path) -> None:
    found = load(tmp_path / "a", GOOD, with_blank=False)
    assert "没有空白表“blank.xlsx”" in found.problems[0].sentence()
    folder = tmp_path / "b" / "trial"
    folder.mkdir(parents=True)
    (folder / "blank.xlsx").write_bytes(b"no zip")
    found = load(tmp_path / "b", GOOD, with_blank=False)
    assert "不是完好的 .xlsx" in found.problems[0].sentence()


def test_a_wrong_form_leaves_the_others_and_says_why_when_asked_for(tmp_path: Path) -> None:
    load(tmp_path, GOOD, "right")
    found = load(tmp_path, GOOD.replace("首贷培植行动", "无"), "wrong")
    assert list(found.forms) == ["right"]
    with pytest.raises(UserError, match="定义有 1 处要改"):
        found.get("wrong")
    with pytest.raises(UserError, match="没有“nothing”这张报表"):
        found.get("nothing")


def test_a_later_folder_replaces_the_form_of_an_earlier_one(tmp_path: Path) -> None:
    load(tmp_path / "built_in", GOOD)
    load(tmp_path / "own", GOOD.replace('title = "试表"', 'title = "本县的表"'))
    found = load_all([tmp_path / "built_in", tmp_path / "own", tmp_path / "missing"], known())
    assert [form.title for form in found.forms.values()] == ["本县的表"]
