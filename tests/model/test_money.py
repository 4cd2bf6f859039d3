from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.model import money

FEN = st.integers(min_value=-(10**15), max_value=10**15)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("53.4600(万元)", 53_460_000),
        ("44(万)", 44_000_000),
        ("150万人民币", 150_000_000),
        ("1,234.50元", 123_450),
        ("人民币300万元", 300_000_000),
        ("500万(人民币)", 500_000_000),
        ("10万元人民币", 10_000_000),
        ("3.2亿", 32_000_000_000),
        ("2千元", 200_000),
        ("1,000(万元人民币)", 1_000_000_000),
        ("183.8000(万人民币元)", 183_800_000),
        ("3,700(万元(人民币))", 3_700_000_000),
        ("300( 万人民币元)", 300_000_000),
        ("50(万元人民币元)", 50_000_000),
        ("600（万元）", 600_000_000),
        ("18.2人民币元", 1_820),
        ("1854元人民币", 185_400),
        ("5()", 5_000_000),
        ("￥3.2亿元", 32_000_000_000),
        ("１２．５", 12_500_000),
        ("１，２３４．５０万元", 1_234_500_000),
        (" 12 \u200b", 12_000_000),
        ("'12", 12_000_000),
        (".5", 500_000),
        ("1E-06万人民币", 1),
        ("0.123456", 123_456),
        (12, 12_000_000),
        (12.5, 12_500_000),
        (Decimal("0.000001"), 1),
        ("5万元整", 5_000_000),
    ],
)
def test_amounts_as_offices_write_them_become_fen(cell: object, fen: int) -> None:
    assert money.parse_money(cell) == fen


@pytest.mark.parametrize(
    ("cell", "unit", "fen"),
    [
        ("12", "元", 1_200),
        ("12", "千元", 1_200_000),
        ("12", "万元", 12_000_000),
        ("12", "（万元）", 12_000_000),
        ("12", "单位：万元", 12_000_000),
        ("12", "人民币万元", 12_000_000),
        ("12", "百万元", 1_200_000_000),
        ("12", "亿元", 120_000_000_000),
        (0.1, "元", 10),
        ("￥50", "元", 5_000),
    ],
)
def test_the_unit_of_the_heading_counts_where_the_text_has_none(
    cell: object, unit: str, fen: int
) -> None:
    assert money.parse_money(cell, unit) == fen


def test_a_unit_in_the_text_wins_over_the_heading() -> None:
    assert money.parse_money("300元", "万元") == 30_000
    assert money.parse_money("3万", "元") == 3_000_000


@pytest.mark.parametrize("cell", ["-5", "−5", "－5", "负5", "(5)", "（5万元）", "-5万元"])
def test_minus_and_brackets_make_an_amount_negative(cell: str) -> None:
    assert money.parse_money(cell) == -5_000_000


def test_binary_tails_of_floats_are_not_taken_for_fractions_of_a_fen() -> None:
    assert money.parse_money(0.1 + 0.2) == 300_000
    assert money.parse_money(4.515) == 4_515_000
    assert money.parse_money(1.1 * 3) == 3_300_000


@pytest.mark.parametrize(
    "cell",
    ["5,405(万美元)", "270万港币", "2,610(万元(美元))", "300,000(万日元)", "90万英镑", "$500",
     "2,124(万德国马克)", "520(万澳大利亚元)", "3,350(万丹麦克郎)", "USD 30", "0万澳大利亚元",
     "25,220(万香港元)", "2,850(万法国法郎)", "300新台币"],
)  # fmt: skip
def test_foreign_currency_is_refused_and_the_clerk_told_to_convert(cell: str) -> None:
    with pytest.raises(ValueError, match=r"外币.*折算成人民币"):
        money.parse_money(cell)


def test_a_heading_in_foreign_currency_is_refused_too() -> None:
    with pytest.raises(ValueError, match="外币"):
        money.parse_money("5", "万美元")
    with pytest.raises(ValueError, match="不认识的金额单位"):
        money.parse_money("5", "人")


@pytest.mark.parametrize("cell", ["0.1234567", "1.001元", 0.0000001, 1 / 3, Decimal("0.0000015")])
def test_finer_than_a_fen_is_refused_rather_than_rounded_in_silence(cell: object) -> None:
    with pytest.raises(ValueError, match="分以下"):
        money.parse_money(cell)


@pytest.mark.parametrize(
    "cell",
    ["", "  ", "暂无", "N/A", "--", "1,23", "1,2345", "100 200", "约300万", "100-200", "5%", "JEAN",
     "万人民币", "3亿5000万", "-(5)", "5-", True, None, float("nan"), float("inf"), Decimal("NaN")],
)  # fmt: skip
def test_what_is_no_single_number_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r"金额"):
        money.parse_money(cell)


@pytest.mark.parametrize("cell", ["1e99", "9" * 40, 1e300, 10**30, "99999999999999亿"])
def test_absurd_amounts_are_refused(cell: object) -> None:
    with pytest.raises(ValueError, match="大得不像金额"):
        money.parse_money(cell)


@pytest.mark.parametrize("cell", ["￥50", "50人民币", "RMB 50"])
def test_a_currency_sign_without_a_unit_is_asked_about_not_guessed(cell: str) -> None:
    with pytest.raises(ValueError, match="没写明是元还是万元"):
        money.parse_money(cell)


@given(st.text(max_size=12) | st.text("0123456789.,-()万亿千元 eE", max_size=10))
def test_any_text_gives_fen_or_one_chinese_sentence(text: str) -> None:
    said = "。"
    try:
        money.parse_money(text)
    except ValueError as error:
        said = str(error)
    assert said.endswith("。")


@given(FEN)
def test_exact_texts_read_back_to_the_same_fen(fen: int) -> None:
    assert money.parse_money(money.exact_wan(fen)) == fen
    assert money.parse_money(money.wan(fen)) == fen
    assert money.parse_money(money.show_yuan(fen) + "元") == fen


@given(FEN)
def test_shown_amounts_are_within_half_of_the_last_shown_place(fen: int) -> None:
    shown = money.parse_money(money.show_wan(fen))
    assert abs(shown - fen) <= 5_000
    assert money.same_at_precision(shown, fen)


@given(st.integers(min_value=-(10**11), max_value=10**11))
def test_a_float_from_a_spreadsheet_reads_back_to_the_same_fen(fen: int) -> None:
    assert money.parse_money(fen / 1_000_000) == fen


def test_amounts_are_shown_half_up_with_separators() -> None:
    assert money.show_wan(1_234_500_000) == "1,234.50"
    assert money.show_wan(4_515_000) == "4.52"
    assert money.show_wan(12_345_678) == "12.35"
    assert money.show_wan(-4_515_000) == "-4.52"
    assert money.show_wan(-1) == "0.00"
    assert money.show_wan(1_500_000, places=0) == "2"
    assert money.exact_wan(12_345_600) == "12.3456"
    assert money.exact_wan(12_500_000) == "12.50"
    assert money.exact_wan(1) == "0.000001"
    assert money.exact_wan(0) == "0.00"
    assert money.show_yuan(123_450) == "1,234.50"
    assert money.rounded_wan(53_460_000) == Decimal("53.46")
    assert money.round_half_up(Decimal("2.5")) == 3


def test_a_returned_amount_is_the_same_at_the_precision_it_was_sent_in() -> None:
    stored = 12_345_600
    assert money.same_at_precision(12_350_000, stored)  # the list showed 12.35
    assert money.same_at_precision(12_345_600, stored)
    assert money.same_at_precision(12_345_000, 12_345_400)  # sent with three decimals
    assert not money.same_at_precision(12_340_000, stored)
    assert not money.same_at_precision(12_000_000, stored)  # 12 is 12.00, an edit
    assert not money.same_at_precision(12_346_600, stored)
    assert not money.same_at_precision(12_350_000, stored, unit="元")
    assert money.same_at_precision(12_345_600, 12_345_600, unit="元")


@pytest.mark.parametrize(
    ("cell", "millionths"),
    [(3.65, 36_500), ("3.65", 36_500), ("3.65%", 36_500), ("3.65％", 36_500), ("36.5‰", 36_500),
     ("百分之3.65", 36_500), (0.0365, 365), ("３.６５ %", 36_500), (100, 1_000_000), (-1.5, -15_000),
     ("3.6525%", 36_525), (3.1 + 0.55, 36_500)],
)  # fmt: skip
def test_rates_are_read_as_per_cent(cell: object, millionths: int) -> None:
    assert money.parse_rate(cell) == millionths


@pytest.mark.parametrize(
    "cell", ["", "LPR+50", "3.65%-4%", "3.65251%", "百分之3%", True, "1e9", None]
)
def test_what_is_no_rate_is_refused(cell: object) -> None:
    with pytest.raises(ValueError, match=r"。$"):
        money.parse_rate(cell)


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_shown_rate_reads_back(rate: int) -> None:
    assert money.parse_rate(money.show_rate(rate)) == rate
    assert money.parse_rate(money.percent(rate)) == rate


def test_rates_are_shown_with_two_decimals_or_more() -> None:
    assert money.show_rate(36_500) == "3.65%"
    assert money.show_rate(36_525) == "3.6525%"
    assert money.show_rate(40_000) == "4.00%"


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("伍拾万元整", 500_000), ("五十万元", 500_000), ("人民币壹佰贰拾叁万肆仟伍佰元整", 1_234_500),
        ("一亿零五十万圆", 100_500_000), ("50W", 500_000), ("50w元", 500_000), ("50萬元", 500_000),
    ],
)  # fmt: skip
def test_sums_in_characters_and_short_words_for_ten_thousand_are_read(cell: str, yuan: int) -> None:
    assert money.parse_money(cell) == yuan * 100


@pytest.mark.parametrize("cell", ["五十万", "一", "二二十元", "万元", "百元", "十百元"])
def test_characters_that_name_no_sum_are_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="不是金额"):
        money.parse_money(cell)


@pytest.mark.parametrize(
    "cell", ["5万泰国铢", "5万越南盾", "5万林吉特", "5万澳门币", "五万美元", "5万澳门元"]
)
def test_more_currencies_are_known_as_foreign(cell: str) -> None:
    with pytest.raises(ValueError, match="是外币"):
        money.parse_money(cell)


def test_every_way_of_writing_capital_in_the_real_registries_is_read_or_told(
    open_data: Path,
) -> None:
    """All 92 patterns: amounts in yuan are read, foreign ones told as such, names refused."""
    path = open_data / "02_names_uscc" / "registered_capital_formats.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 92
    foreign = re.compile("[美港日欧]元|港币|马克|英镑|法郎|[坡亚大]元|克郎")
    read = 0
    for row in rows:
        cell, digits = row["example"], re.match(r"[\d,.]+(?:E-\d+)?", row["example"])
        if digits is None or foreign.search(cell):
            with pytest.raises(ValueError, match="是外币" if digits else "不是金额"):
                money.parse_money(cell)
            continue
        number = Decimal(digits[0].replace(",", ""))
        unit = 10_000 if "万" in cell or "元" not in cell else 1
        assert money.parse_money(cell) == number * unit * 100, cell
        read += 1
    assert read == 21
