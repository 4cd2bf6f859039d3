"""A letter as .docx: fonts by their official names, bytes that do not change from day to day."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

from ledger_desk.workbook.letters.blocks import (
    BOTTOM,
    LEAD,
    LEFT,
    NUMBER,
    PAPER,
    RIGHT,
    TABLE,
    TABLE_LEAD,
    TEXT,
    TITLE,
    TITLE_LEAD,
    TOP,
    Grid,
    Letter,
    Line,
)

# Word takes the nearest font that it has where one of these is missing; the names are the standard's.
_TITLE, _TEXT, _CHAPTER, _SECTION, _LATIN = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
    "Times New Roman",
)
_FALLBACK = {_TITLE: "宋体", _TEXT: "仿宋", _SECTION: "楷体", _CHAPTER: "宋体"}
_FONTS = {"body": _TEXT, "address": _TEXT, "right": _TEXT, "chapter": _CHAPTER, "section": _SECTION}
_TWO = round(2 * TEXT * 20)  # two characters in twips
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_word(letter: Letter) -> bytes:
    """Give the bytes of the .docx."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm

    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAPER[0]), Mm(PAPER[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.footer_distance = Mm(BOTTOM - 7 - 5)  # 7 mm below the text (GB/T 9704-2012, 7.5)
    _set_font(document.styles["Normal"], _TEXT, TEXT)
    for text in letter.title.split("\n"):
        paragraph = _paragraph(document, text, _TITLE, TITLE, TITLE_LEAD)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _paragraph(document, "", _TEXT, TEXT, LEAD)
    for block in letter.blocks:
        if isinstance(block, Line):
            _line(document, block)
        else:
            _grid(document, block)
    _number_pages(section.footer.paragraphs[0])
    _declare_fallbacks(document)
    _name_document(document, letter)
    out = io.BytesIO()
    document.save(out)
    return _repeatable(out.getvalue())


def _line(document: Any, block: Line) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = _paragraph(document, block.text, _FONTS[block.kind], TEXT, LEAD)
    if block.kind == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _indent(paragraph, rightChars=200, right=_TWO)
    else:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if block.kind != "address":
            _indent(paragraph, firstLineChars=200, firstLine=_TWO)
    if block.kind in ("chapter", "section"):
        paragraph.paragraph_format.keep_with_next = True


def _paragraph(place: Any, text: str, font: str, size: float, lead: float) -> Any:
    """Add a paragraph of one font with lines of a fixed height."""
    paragraph = place.add_paragraph()
    _set_lines(paragraph, lead)
    _set_font(paragraph.add_run(text), font, size)
    return paragraph


def _set_lines(paragraph: Any, lead: float) -> None:
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(lead)


def _set_font(thing: Any, font: str, size: float) -> None:
    """Give a run or a style its hanzi and Latin fonts and its size."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    thing.font.name, thing.font.size = _LATIN, Pt(size)
    thing._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _indent(paragraph: Any, **given: int) -> None:
    """Indent by characters, hundredths of one, and by twips for programs that do not count them."""
    from docx.oxml.ns import qn

    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    for name, value in given.items():
        indent.set(qn(f"w:{name}"), str(value))


def _grid(document: Any, block: Grid) -> None:
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.parser import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    room = PAPER[0] - LEFT - RIGHT
    widths = [Mm(room * share) for share in block.weights]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, texts in enumerate((block.columns, *block.lines)):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))  # repeated on each page
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            _set_lines(paragraph, TABLE_LEAD)
            font = _CHAPTER if number == 0 else _TEXT
            _set_font(paragraph.add_run(text), font, TABLE)
            if number == 0:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            elif place:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _paragraph(document, "", _TEXT, TABLE, TABLE_LEAD)


def _number_pages(paragraph: Any) -> None:
    """``— 1 —`` in the middle of the foot."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _set_font(paragraph.add_run("— "), "宋体", NUMBER)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = paragraph.add_run("1")
    _set_font(run, "宋体", NUMBER)
    field.append(run._r)
    paragraph._p.append(field)
    _set_font(paragraph.add_run(" —"), "宋体", NUMBER)


def _declare_fallbacks(document: Any) -> None:
    """Say in the font table what stands in for a font that a computer does not have."""
    from docx.oxml.ns import nsdecls

    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            fonts = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/>'
                '<w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
                for name, other in _FALLBACK.items()
            )
            text = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
            part._blob = text.encode()


def _name_document(document: Any, letter: Letter) -> None:
    links = document.part.package.rels
    for name, link in list(links.items()):
        if link.reltype.endswith("/thumbnail"):  # a picture of the library's own empty page
            del links[name]
    known = document.core_properties
    known.title = letter.title.replace("\n", "")
    known.author = known.last_modified_by = letter.office
    known.comments, known.language = "", "zh-CN"
    moment = datetime(letter.day.year, letter.day.month, letter.day.day, tzinfo=UTC)
    known.created = known.modified = moment


def _repeatable(data: bytes) -> bytes:
    """Pack again without the hour of saving."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3  # else the byte differs between Windows and Linux
            info.external_attr = 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()
