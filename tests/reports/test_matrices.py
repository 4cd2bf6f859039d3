"""Matrices of listed rows, formulas, kept sums and a form's own checks, all from the form's file."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger_desk.exchange.definitions import load_all
from ledger_desk.model.money import rounded_wan
from ledger_desk.model.periods import Period
from ledger_desk.reports.build import build_on
from ledger_desk.reports.catalogue import run
from ledger_desk.reports.explain import explain
from ledger_desk.reports.output import write_xlsx
from ledger_desk.reports.shapes import FromFormula, FromIndicator
from ledger_desk.reports.vocabulary import known
from ledger_desk.store.ledger import Ledger
from tests.reports.conftest import WAN, Book, day, writing
from tests.reports.making_forms import OCTOBER, form_of, load, made, texts_of, wrong

LISTED = """
[[block]]
rows = "listed"
first_row = 5
row = [
  { label = "对接户数", indicator = "matched_firms" },
  { label = "授信户数", indicator = "granted_firms" },
  { label = "授信金额", at_row = 9, indicator = "granted_amount", unit = "万元" },
  { label = "其中：个体", at_row = 10, indicator = "granted_amount", part = { kind = "个体工商户" } },
  { label = "户数合计", at_row = 12, formula = "合计({5}:{6})" },
]
column = [
  { at = "C", heading = "本期", measure = "本期" },
  { at = "D", heading = "累计", measure = "启动以来累计" },
  { at = "E", heading = "占比", formula = "C / D", unit = "%" },
]
[[cell]]
at = "C14"
formula = "C10 / C9"
unit = "%"
"""
PRINTED = {
    "B3": "指标", "C3": "本期", "D3": "累计", "E3": "占比", "B5": "对接户数", "B6": "授信户数",
    "B9": "授信金额", "B10": "其中：个体", "B12": "户数合计", "A14": "个体占比",
}  # fmt: skip


def fill(book: Book) -> None:
    tea, rope = book.firm("甲茶厂"), book.firm("乙面馆", "411523102", "个体工商户")
    book.credit(book.matching(tea, "甲银行", day(10, 8)), day(10, 9), 100 * WAN)
    book.credit(book.matching(rope, "甲银行", day(9, 8)), day(9, 9), 40 * WAN)
    book.credit(book.matching(rope, "乙银行", day(10, 8)), day(10, 9), 60 * WAN)


def test_each_cell_is_the_union_of_its_row_and_its_column(ledger: Ledger, tmp_path: Path) -> None:
    with writing(ledger) as book:
        fill(book)
    report = made(ledger, form_of(tmp_path, LISTED, PRINTED))
    assert texts_of(report, "C", "D", "E") == [
        ["2", "2", "100.00"], ["2", "2", "100.00"], ["160.00", "200.00", "80.00"],
        ["60.00", "100.00", "60.00"], ["4", "4", "100.00"],
    ]  # fmt: skip
    cell = report.at("D10")
    assert cell is not None
    assert cell.provenance == FromIndicator(
        "granted_amount", "启动以来累计", "kind", "个体工商户", 100 * WAN
    )
    assert report.at("C14").text == "37.50"  # type: ignore[union-attr]
    assert report.at("C7") is None
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))["表"]
    assert (sheet["D9"].value, sheet["C12"].value, sheet["B7"].value) == (200, 4, None)


def test_every_number_of_a_matrix_is_explained(ledger: Ledger, tmp_path: Path) -> None:
    with writing(ledger) as book:
        fill(book)
    report = made(ledger, form_of(tmp_path, LISTED, PRINTED))
    own = explain(ledger, report, "D10")
    assert own.title.startswith("其中：个体")
    assert [row.name for row in own.rows] == ["乙面馆"]
    assert (own.value_now, own.agrees) == (100 * WAN, True)
    ratio = explain(ledger, report, "E9")
    assert "C / D" in ratio.definition
    assert "160" in ratio.sentence
    assert "200" in ratio.sentence
    assert [row.name for row in ratio.rows] == ["C9 授信金额、本期", "D9 授信金额、累计"]
    total = explain(ledger, report, "C12")
    assert [row.name for row in total.rows] == ["C5 对接户数、本期", "C6 授信户数、本期"]


def test_an_empty_denominator_shows_a_dash(ledger: Ledger, tmp_path: Path) -> None:
    report = made(ledger, form_of(tmp_path, LISTED, PRINTED))
    assert report.at("E9").value == "—"  # type: ignore[union-attr]
    origin = report.at("E9").provenance  # type: ignore[union-attr]
    assert isinstance(origin, FromFormula)
    assert origin.value is None


TOWNS = """
checks = []
[[block]]
rows = "townships"
first_row = 5
room = 3
shrink = true
total_row = 8
column = [
  { at = "A", heading = "乡镇", field = "label" },
  { at = "B", heading = "对接", indicator = "matched_firms", measure = "本期", total = "sum" },
  { at = "C", heading = "授信", indicator = "granted_firms", measure = "本期", total = "sum" },
  { at = "D", heading = "授信率", formula = "授信 / 对接", unit = "%", total = "sum" },
  { at = "E", heading = "比上期", formula = "B - 上期(B)", total = "sum" },
  { at = "F", heading = "金额", indicator = "granted_amount", measure = "本期", total = "sum" },
]
[[check]]
formula = "C <= B - 1 或 B = 0"
label = "授信少于对接"
grade = "explain"
why = "多半是授信没有先记对接。"
[[check]]
formula = "B8 = 合计(B5:B7)"
label = "合计等于各行"
[[check]]
formula = "合计(B) >= 上期(B8)"
label = "不少于上期"
grade = "hint"
"""
HEADS = dict(zip(("A3", "B3", "C3", "D3", "E3", "F3", "A8"), ("乡镇", "对接", "授信", "授信率", "比上期", "金额", "合计"), strict=True))  # fmt: skip


def test_formulas_are_worked_out_for_each_row_and_again_for_the_total(
    ledger: Ledger, tmp_path: Path
) -> None:
    with writing(ledger) as book:
        fill(book)
        book.matching(book.firm("丙厂"), "甲银行", day(10, 3))
    report = made(ledger, form_of(tmp_path, TOWNS, HEADS))
    rows = {row.source.key: row for row in report.blocks[0].rows}
    assert [rows["411523101"].cells[at].text for at in "BCDE"] == ["2", "1", "50.00", "2"]
    assert [rows["411523102"].cells[at].text for at in "BCDE"] == ["1", "1", "100.00", "0"]
    total = report.blocks[0].totals
    assert [total[at].text for at in "BCDE"] == ["3", "2", "66.67", "2"]


def test_the_checks_of_a_form_say_the_row_the_numbers_and_the_likely_cause(
    ledger: Ledger, tmp_path: Path
) -> None:
    with writing(ledger) as book:
        fill(book)
    forms = load_all([tmp_path], known()) if load(tmp_path, TOWNS, HEADS) else None
    found = run(ledger, "trial", date(2024, 10, 1), date(2024, 10, 31), forms=forms).checks
    assert {f.rule for f in found.findings} == {"own:授信少于对接"}
    first = found.findings[0]
    assert first.grade == "explain"
    assert "授信 1 ≤ 对接 1 - 1（得 0）" in first.sentence
    assert first.remedy == "多半是授信没有先记对接。"
    assert first.cell.startswith("C")
    earlier = run(ledger, "trial", date(2024, 11, 1), date(2024, 11, 30), forms=forms).checks
    assert any("不少于上期" in f.title and "上期" in f.sentence for f in earlier.of("hint"))


def test_a_form_may_look_into_another_one(ledger: Ledger, tmp_path: Path) -> None:
    with writing(ledger) as book:
        fill(book)
    load(tmp_path, LISTED, PRINTED, "first")
    text = """
[[cell]]
at = "B5"
formula = "first表!C9 + first!C9"
[[check]]
formula = "B5 = [first表]!D9"
label = "两表相等"
"""
    forms = load(tmp_path, text, {"A3": "x"}, "second")
    assert not forms.problems, [p.sentence() for p in forms.problems]
    made_ = run(ledger, "second", date(2024, 10, 1), date(2024, 10, 31), forms=forms)
    assert made_.report.at("B5").text == "320"  # type: ignore[union-attr]
    assert [f.title for f in made_.checks.of("must")] == ["两表相等"]


def test_the_sums_of_a_form_hold_after_rounding(ledger: Ledger, tmp_path: Path) -> None:
    text = 'balance = { sums = [["F8", "F5:F7"]] }\n' + TOWNS
    with writing(ledger) as book:
        for number, township in enumerate((None, "411523101", "411523102")):
            firm = book.firm(f"甲{number}厂", township)
            book.credit(book.matching(firm, "甲银行", day(10, 8)), day(10, 9), 1_333_333)
    report = made(ledger, form_of(tmp_path, text, HEADS))
    shown = [row.cells["F"].value for row in report.blocks[0].rows]
    total = report.blocks[0].totals["F"].value
    assert total == Decimal("4.00")
    assert sum(v for v in shown if isinstance(v, Decimal)) == total
    assert len(report.adjusted) == 1
    moved = report.adjusted[0]
    assert report.at(moved.name).value == moved.given  # type: ignore[union-attr]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))["表"]
    assert Decimal(str(sheet[moved.name].value)) == moved.given


MISTAKES = [
    ('formula = "C / D"', 'formula = "C / "', "“C /”：公式第"),
    ('formula = "C / D"', 'formula = "C / E"', "绕回了自己"),
    ('formula = "C / D"', 'formula = "C / K"', "没有 K 这一列"),
    ('formula = "C / D"', 'formula = "C <= D"', "请写成 [[check]]"),
    ('formula = "C / D"', 'formula = "C.real"', "公式第"),
    ('formula = "C / D"', 'formula = "2^99999"', "没有乘方"),
    ('formula = "C10 / C9"', 'formula = "C10 / Z900"', "超出了空白表的范围"),
    ('formula = "C10 / C9"', 'formula = "无此表!C9"', "没有“无此表”这张报表"),
    ('formula = "C10 / C9"', 'formula = "C"', "要写行号"),
    ('measure = "本期" }', 'measure = "本期", indicator = "matched_firms" }', "indicator（指标）说了 2 次"),
    ('{ at = "D", heading = "累计", measure = "启动以来累计" }', '{ at = "D", heading = "累计" }', "没有写 measure"),
    ('part = { kind = "个体工商户" }', 'part = { sort = "个体工商户" }', "part 里不认识“sort”"),
    ('label = "授信户数"', 'label = "授信户次"', "与“授信户次”对不上"),
    ("at_row = 9,", "at_row = 6,", "第 6 行列了两次"),
    ("at_row = 12,", "at_row = 120,", "超出了空白表"),
    ('at = "C14"', 'at = "C10"', "也写，请分开"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), MISTAKES)
def test_a_mistake_in_a_matrix_is_a_sentence(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in LISTED
    found = wrong(tmp_path, LISTED.replace(old, new), PRINTED)
    assert any(words in sentence for sentence in found), found


CHECKS = [
    ("G <= F", "不在同一个区块里"),
    ("C + D", "没有判断"),
    ("C5 <= Z99", "超出了空白表的范围"),
    ("C <=", "公式第"),
    ("__import__ = 1", "公式第"),
    ("C5 <= 别表!F1", "没有“别表”这张报表"),
]


@pytest.mark.parametrize(("formula", "words"), CHECKS)
def test_a_mistake_in_a_check_is_a_sentence(tmp_path: Path, formula: str, words: str) -> None:
    text = f'{LISTED}\n[[check]]\nformula = "{formula}"\nlabel = "试"\n'
    found = wrong(tmp_path, text, PRINTED)
    assert any(words in sentence for sentence in found), found


def test_periods_are_kept_apart(ledger: Ledger, tmp_path: Path) -> None:
    with writing(ledger) as book:
        fill(book)
    form = form_of(tmp_path, LISTED, PRINTED)
    september = made(ledger, form, Period(date(2024, 9, 1), date(2024, 9, 30)))
    assert september.at("C9").text == "40.00"  # type: ignore[union-attr]


def test_a_formula_that_is_too_deep_or_too_long_is_refused(tmp_path: Path) -> None:
    for number, formula in enumerate(
        ("(" * 200 + "C5" + ")" * 200, "C5+" * 400 + "C5", "-" * 300 + "C5")
    ):
        text = LISTED.replace('formula = "C10 / C9"', f'formula = "{formula}"')
        found = wrong(tmp_path / str(number), text, PRINTED)
        assert len(found) == 1
        assert "公式" in found[0]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_rounded_rows_always_make_the_rounded_total(
    ledger: Ledger, tmp_path: Path, amounts: list[int]
) -> None:
    text = 'balance = { sums = [["F8", "F5:F7"]] }\n' + TOWNS
    form = form_of(tmp_path, text, HEADS)
    with ledger.rehearse() as step:
        book = Book(step, ledger.office.id, 900_000)
        for number, amount in enumerate(amounts):
            firm = book.firm(f"厂{number}", (None, "411523101", "411523102", "9")[number % 4])
            book.credit(book.matching(firm, "甲银行", day(10, 8)), day(10, 9), amount)
        report = build_on(step.rows, ledger, form, OCTOBER)
    column = report.blocks[0].columns["F"]
    shown = [value for value in column.contents() if isinstance(value, Decimal)]
    assert report.unbalanced == ()
    assert sum(shown) == report.blocks[0].totals["F"].value == rounded_wan(sum(amounts))
    for value, fen in zip(shown, [v for v in column.values if v is not None], strict=True):
        assert abs(value - rounded_wan(fen, 6)) < Decimal("0.01")
