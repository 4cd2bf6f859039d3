"""Numbers and days look on paper as their format says."""

from __future__ import annotations

import pytest

from ledger_desk.workbook.numbers import is_date, show


@pytest.mark.parametrize(
    ("value", "code", "wanted"),
    [
        (1234.5, "General", "1234.5"),
        (411523196001011234.0, "General", "4.11523196E+17"),
        (91411523, "General", "91411523"),
        (0.1 + 0.2, "General", "0.3"),
        (1335, "#,##0.00", "1,335.00"),
        (-1335.5, "#,##0.00", "-1,335.50"),
        (2.675, "0.00", "2.68"),
        (-0.001, "0.00", "0.00"),
        (0, "0", "0"),
        (1234567, "#,##0", "1,234,567"),
        (0.12345, "0.00%", "12.35%"),
        (0.5, "0%", "50%"),
        (12, '0" 户"', "12 户"),
        (1234567, "#,##0,", "1,235"),
        (12345, '0!.0000"万"', "1.2345万"),
        (7, "000000", "000007"),
        (1.5, "#.##", "1.5"),
        (0.25, "#.00", ".25"),
        (5, "0.0#", "5.0"),
        (-5, "0.00;(0.00)", "(5.00)"),
        (0, '0.00;-0.00;"—"', "—"),
        (12345.678, "¥#,##0.00", "¥12,345.68"),
        (3, "[$¥-804]#,##0.00", "¥3.00"),
        (12345, "0.00E+00", "1.23E+04"),
        (45597, "yyyy-mm-dd", "2024-11-01"),
        (45597, 'yyyy"年"m"月"d"日"', "2024年11月1日"),
        (45597, "m.d", "11.1"),
        (45597.75, "yyyy/m/d h:mm:ss", "2024/11/1 18:00:00"),
        (45597.75, "h:mm AM/PM", "6:00 PM"),
        (45597, "aaaa", "星期五"),
        (45597, "[$-804]yyyy年m月d日", "2024年11月1日"),
        (1.5, "[h]:mm", "36:00"),
        (60 + 1, "yyyy-mm-dd", "1900-03-01"),
        (True, "0", "TRUE"),
        ("文字", "@", "文字"),
        ("文字", "0.00", "文字"),
        ("户", '0;0;0;"共"@', "共户"),
        (None, "0", ""),
    ],
)
def test_a_value_shows_as_its_format_says(value: object, code: str, wanted: str) -> None:
    assert show(value, code) == wanted  # type: ignore[arg-type]


def test_days_are_told_from_numbers() -> None:
    assert is_date("yyyy-mm-dd")
    assert is_date("[h]:mm")
    assert not is_date('#,##0.00"月"')
    assert not is_date("General")


def test_a_workbook_may_count_from_1904() -> None:
    assert show(0, "yyyy-mm-dd", True) == "1904-01-01"
