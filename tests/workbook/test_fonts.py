"""The bundled faces stand for the workbook's fonts, know rare characters and can be copied from."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from ledger_desk.workbook.fonts import BLACK, BOLD, SANS, SERIF, face, face_key, mend_library
from ledger_desk.workbook.wrapping import wrap

RARE = "𫍽𬭎㛃䶮赟堃𠅤𬱖𨱏㸌〇"


@pytest.mark.parametrize(
    ("name", "bold", "wanted"),
    [
        ("宋体", False, SERIF),
        ("SimSun", True, BLACK),
        ("仿宋_GB2312", False, SERIF),
        ("Times New Roman", False, SERIF),
        ("方正小标宋简体", False, BLACK),
        ("黑体", False, SANS),
        ("微软雅黑", True, BOLD),
        ("Microsoft YaHei", False, SANS),
        ("某种没听过的字体", False, SERIF),
    ],
)
def test_each_font_of_a_workbook_has_its_face(name: str, bold: bool, wanted: str) -> None:
    assert face_key(name, bold) == wanted


@pytest.mark.parametrize("key", [SERIF, BLACK, SANS, BOLD])
def test_rare_characters_of_names_are_in_every_face(key: str) -> None:
    assert [letter for letter in RARE if not face(key).has(letter)] == []
    assert face(key).missing(RARE) == set()


def test_widths_are_those_of_the_font() -> None:
    text = "授信金额 1,335.00 (万元) Ab"
    assert face(SERIF).width(text) * 10 == pytest.approx(
        pdfmetrics.stringWidth(text, SERIF, 10), abs=0.01
    )


def test_a_character_missing_from_one_face_comes_from_another_or_is_named() -> None:
    serif = face(SERIF)
    only_sans = next(
        chr(code) for code in face(SANS).font.face.charToGlyph if not serif.has(chr(code))
    )
    assert serif.runs(f"甲{only_sans}乙") == [(SERIF, "甲"), (SANS, only_sans), (SERIF, "乙")]
    assert serif.runs("甲☑") == [(SERIF, "甲√")]
    assert serif.missing(f"甲{only_sans}☑") == set()
    assert serif.missing("甲\U0001f600") == {"\U0001f600"}
    assert serif.runs("\U0001f600") == [(SERIF, "□")]


def test_rare_characters_can_be_copied_out_of_a_page() -> None:
    face(SERIF)
    out = io.BytesIO()
    canvas = Canvas(out, initialFontName=SERIF)
    canvas.setFont(SERIF, 20)
    canvas.drawString(50, 700, RARE)
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    assert document[0].get_textpage().get_text_range().strip() == RARE
    document.close()


def test_the_mended_map_is_still_the_one_that_the_library_calls() -> None:
    mend_library()
    mend_library()
    text = ttfonts.makeToUnicodeCMap("F1", [0x41, 0x2CB2E])
    assert "<01> <D872DF2E>" in text
    assert "<00> <0041>" in text
    many = ttfonts.makeToUnicodeCMap("F1", list(range(0x4E00, 0x4E00 + 256)))
    assert many.count("beginbfchar") == 3


def test_lines_break_where_chinese_allows_it() -> None:
    serif = face(SERIF)
    lines = wrap("缺抵押，流水不足，征信有逾期。", serif, 10, 41)
    assert "".join(lines) == "缺抵押，流水不足，征信有逾期。"
    assert all(serif.width(line) * 10 <= 41 for line in lines)
    assert not any(line[0] in "，。" for line in lines)
    assert wrap("甲\n乙", serif, 10, 100) == ["甲", "乙"]
    assert wrap("贷款 Fenghe Tea", serif, 10, 40) == ["贷款", "Fenghe", "Tea"]
    assert wrap("1,335.00万元", serif, 10, 45)[0] == "1,335.00"
    assert "".join(wrap("x" * 50, serif, 10, 40)) == "x" * 50
    assert wrap("宽", serif, 100, 10) == ["宽"]
    assert wrap("", serif, 10, 10) == [""]
