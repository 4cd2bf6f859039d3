"""Whatever is wrong with a formula, or meant to do harm, is said in one sentence with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger_desk.model.formulas import Formula, FormulaMistake, Held, Reference, Value, parse

NAMES = {"本期": "C", "累计": "D", "授信金额（万元）": "H"}


class Same:
    """Every cell holds the same."""

    def __init__(self, value: Held, count: int = 3) -> None:
        self._value = value
        self._count = count

    def value(self, reference: Reference) -> Held:
        return self._value

    def values(self, reference: Reference) -> Iterable[Held]:
        return (self._value for _ in range(self._count))


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("9**9**9", 2, "没有乘方"),
        ("9^9", 2, "没有乘方"),
        ("9 ＊＊ 9", 3, "没有乘方"),
        ("__class__", 1, "下划线"),
        ("C.__class__.__mro__", 2, "点号"),
        ("本期.real", 3, "点号"),
        ("().__class__", 3, "点号"),
        ("lambda x: x", 1, "没有“lambda”这一列"),
        ("(lambda: 1)()", 2, "没有“lambda”这一列"),
        ("__import__('os')", 1, "下划线"),
        ("eval(C)", 1, "没有“eval”这个函数"),
        ("POWER(9, 9)", 1, "连乘"),
        ("AND(C > 1, D > 1)", 1, "“A 且 B”"),
        ("open(“/etc/passwd”)", 1, "没有“open”这个函数"),
        ("{1: 2}", 1, "不认识“{”"),
        ("C[0]", 2, "“0”前面缺一个运算符"),
        ("C if C else D", 8, "没有“else”这一列"),
        ("C\\D", 2, "不认识“\\”"),
        ("(" * 10_000 + "1" + ")" * 10_000, 501, "最多 500 个"),
        ("(" * 90 + "1" + ")" * 90, 31, "超过 30 层"),
        ("-" * 150 + "1", 31, "超过 30 层"),
        ("非" * 100 + "空(C)", 31, "超过 30 层"),
        ("绝对值(" * 50 + "1" + ")" * 50, 124, "超过 30 层"),
        ("+".join("1" * 120), 201, "多于 200 个"),
        ("9" * 400, 1, "10 的 24 次方"),
        ("1e999", 2, "不能直接跟“e”"),
        ("0x10", 2, "不能直接跟“x”"),
        ("0." + "1" * 21, 1, "小数多于 20 位"),
        ("1.2.3", 4, "一个小数点"),
        ("合计(A1:XFD1048576)", 4, "请缩小区域"),
        ("SUM(A1:J9999) + SUM(A1:J9999)", 5, "请缩小区域"),
        ("ZZZ1", 1, "没有 ZZZ1"),
        ("C0", 1, "没有 C0"),
        ("C9999999", 1, "没有 C9999999"),
        ("\u0421 + 1", 1, "不认识“\u0421”"),  # Cyrillic
        ("\U0001d7d7 + 1", 1, "不认识"),  # mathematical nine
        ("٣ + 1", 1, "不认识"),  # Arabic three
        ("C\u200b > 1", 2, "(U+200B)"),
        ("\u202eC > 1", 1, "(U+202E)"),
        ("\ud800", 1, "(U+D800)"),
        ("ﬁ + 1", 1, "不认识"),  # a ligature that NFKC would make two letters
        ("", 1, "是空的"),
        ("   ", 1, "是空的"),
        ("=", 1, "是空的"),
        ("C +", 4, "没有写完"),
        ("C D", 3, "前面缺一个运算符"),
        ("(C", 1, "左括号没有配对"),
        ("C)", 2, "多了一个右括号"),
        ("[本期", 1, "没有配对"),
        ("[]", 1, "没有名称"),
        ("C = “是", 5, "引号没有配对"),
        ("本起 > 1", 1, "是不是“本期”"),
        ("本期新增 > 1", 1, "没有“本期新增”这一列"),
        ("C>1且本起>1", 5, "是不是“本期”"),
        ("1,234", 1, "千分位"),
        ("最大(1,234)", 4, "千分位"),
        ("C > 1, 2", 6, "只能写在函数的括号里"),
        ("100万元", 4, "不能直接跟“万”"),
        ("1 < C < 3", 7, "一次只能比较两边"),
        ("C == D", 3, "只写一个 ="),
        ("C => D", 3, "请写 >="),
        ("C ≥= D", 4, "不用再写 ="),
        ("C = ''", 5, "双引号"),
        ("C = “”", 5, "空(C)"),
        ("(C > 1) + 1", 4, "不能加减乘除"),
        ("“a” + 1", 1, "文字不能加减乘除"),
        ("C 且 D", 1, "连接的要是比较"),
        ("非 C", 3, "连接的要是比较"),
        ("如果(C, 1, 2)", 4, "第一项要是比较"),
        ("如果(C > 1, D > 1, 2)", 18, "要么都是比较"),
        ("如果(C > 1)", 1, "请照这个样子写"),
        ("合计()", 1, "0 项"),
        ("合计", 1, "要有括号"),
        ("C6:C9 > 1", 1, "请放进函数里"),
        ("四舍五入(C6:C9, 2)", 6, "请放进函数里"),
        ("合计(C:E)", 4, "两头都要写行号"),
        ("成效统计表!F > 1", 1, "要写到单元格"),
        ("成效统计表![本期] > 1", 7, "不能写列名"),
        ("!F12", 1, "前面要有表名"),
        ("上期(上期(C))", 1, "只能写一个列"),
        ("上期(C + 1)", 1, "只能写一个列"),
        ("5%%", 3, "写了两个"),
    ],
)  # fmt: skip
def test_one_sentence_with_its_place(text: str, place: int, says: str) -> None:
    with pytest.raises(FormulaMistake) as caught:
        parse(text, NAMES)
    sentence = str(caught.value)
    assert caught.value.position == place
    assert sentence.startswith(f"公式第 {place} 个字：")
    assert says in sentence
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert sentence.isprintable()
    assert len(sentence) < 150


def test_names_that_lead_nowhere_are_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="no column") as caught:
        parse("C", {"本期": "第三列"})
    assert not isinstance(caught.value, FormulaMistake)


@pytest.mark.parametrize(
    ("text", "value", "place", "says"),
    [
        ("D + 本期", "约三百", 5, "本期 是文字“约三百”"),
        ("合计(C6:C9)", "约三百", 4, "C6:C9 是文字“约三百”"),
        ("C > 3", "约三百", 1, "本期 是文字“约三百”"),
        ("C * C * C", Decimal(10**9), 7, "10 的 24 次方"),
        ("C / 0.00000000000000000001", Decimal(10**9), 3, "10 的 24 次方"),
        ("C + 1", Decimal("1E+999999"), 1, "10 的 24 次方"),
        ("ROUND(1, C)", Decimal("1E+20"), 10, "整数"),
        ("ROUND(1, C)", Decimal("0.5"), 10, "整数"),
    ],
)
def test_what_only_the_cells_make_wrong(text: str, value: Held, place: int, says: str) -> None:
    formula = parse(text, NAMES if "D +" not in text else {"本期": "C"})
    cells = Same(value)
    if text.startswith("D"):
        cells.value = lambda reference: value if reference.column == "C" else 1  # type: ignore[method-assign]
    with pytest.raises(FormulaMistake) as caught:
        formula.evaluate(cells)
    assert caught.value.position == place
    assert says in str(caught.value)


def test_a_whole_column_of_endless_rows_is_cut_off() -> None:
    with pytest.raises(FormulaMistake, match="100,000 个单元格"):
        parse("合计(C)").evaluate(Same(1, 10**12))
    assert parse("合计(C)").evaluate(Same(1, 100_000)) == 100_000


def test_floats_and_not_a_number_are_the_callers_mistake() -> None:
    for wrong in (0.1, Decimal("NaN"), Decimal("Infinity"), b"1"):
        with pytest.raises(TypeError):
            parse("C + 1").evaluate(Same(wrong))  # type: ignore[arg-type]


_PIECES = st.sampled_from(
    [*"CDF0123456789+-*/×÷%()（）[]「」!：:,，=<>≤≥≠且或非空\"“”' ._$^&;{}\\#@~`|?\n\t\u200b—。、",
     "合计", "SUM(", "如果(", "IF(", "上期(", "上年同期(", "空(", "本期", "累计", "授信金额", "C6:C9", "F12",
     "成效统计表!", "__class__", "**", "lambda", "四舍五入(", "平均(", "1e9", "ZZZ", "９", "＋", "＜＝", "𝟗", "ﬁ"]
)  # fmt: skip
_CELLS = st.sampled_from(
    [None, 0, 3, Decimal("-2.50"), "是", "约三百", "1,200", True, Decimal(10**23)]
)


@given(st.one_of(st.lists(_PIECES, max_size=25).map("".join), st.text(max_size=60)), _CELLS)
@settings(max_examples=250)
@example("非" * 300, None)
@example("且或" * 200, None)
@example("本期" * 200, 1)
@example("\x00", None)
def test_random_text_is_read_or_refused_in_a_sentence(text: str, cell: Held) -> None:
    found = _run(text, Same(cell))
    if isinstance(found, FormulaMistake):
        assert re.fullmatch(r"公式第 [0-9]+ 个字：.+。", str(found))
        assert 1 <= found.position <= len(text) + 1
        return
    formula, value = found
    assert value is None or isinstance(value, Decimal | bool | str)
    # What is read once can be read again from its own words, and comes to the same.
    if not formula.references:
        assert parse(formula.words).evaluate(Same(cell)) == value


def _run(text: str, cells: Same) -> tuple[Formula, Value] | FormulaMistake:
    try:
        formula = parse(text, NAMES)
        assert formula.words
        assert formula.said(cells)
        return formula, formula.evaluate(cells)
    except FormulaMistake as mistake:
        return mistake
