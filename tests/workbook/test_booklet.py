"""Bound files on paper: every text arrives, nothing leaves its page, marks and numbers are right."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.errors import Cancelled
from ledger_desk.workbook.booklet import (
    Booklet,
    Chapter,
    Column,
    Facts,
    FormCell,
    FormRow,
    Table,
    Words,
    write,
)

RARE = "𫍽𬭎㛃䶮赟"


def made(*booklets, **more):
    out = io.BytesIO()
    written = write(booklets, out, title="一企一档", count=len(booklets), **more)
    return written, out.getvalue()


def texts(data):
    with pdfium.PdfDocument(data) as document:
        found = []
        for page in document:
            part = page.get_textpage()
            found.append(part.get_text_range())
            part.close()
            page.close()
        return found


def squeezed(text):
    return "".join(text.split())


def table(rows, total=(), blank=0):
    columns = (Column("银行", 2), Column("合同", 1), Column("金额（万元）", 1, True))
    return Table(columns, tuple(rows), total, blank, "存量贷款")


def file_of(*chapters, title="新县青禾茶业有限责任公司", bound=True):
    return Booklet(title, "一企一档", chapters, (("信用代码", "91411523"),), "页眉", "页脚", bound)


def test_cover_contents_chapters_page_numbers_and_marks_agree():
    long = Chapter("存量贷款", (table([(f"{n}号支行", "HT", "1.00") for n in range(120)]),), "二")
    booklets = [
        file_of(Chapter("基本信息", (Words("甲" * 30),), "一"), long, Chapter("附件", (Words("无"),), "三"), title=f"{n}公司")
        for n in range(3)
    ]  # fmt: skip
    written, data = made(*booklets)
    pages = texts(data)
    assert written.booklets == 3
    assert written.pages == len(pages)
    each = len(pages) // 3
    assert f"共{each}页" in squeezed(pages[2])
    assert "第3页" in squeezed(pages[2 + each])
    contents = squeezed(pages[1])
    for title in ("基本信息", "存量贷款", "附件"):
        number = int(contents.split(title)[1][0])
        assert title in squeezed(pages[number - 1]), title
    with pdfium.PdfDocument(data) as document:
        marks = [(item.level, item.get_title()) for item in document.get_toc()]
    assert [title for level, title in marks if level == 0] == ["0公司", "1公司", "2公司"]
    assert [title for level, title in marks if level == 1] == ["基本信息", "存量贷款", "附件"] * 3


def test_the_heading_of_a_table_stands_on_each_of_its_pages_and_the_sum_beside_a_row():
    rows = [(f"{n}号支行", "HT", "1.00") for n in range(100)]
    for count in (*range(66, 70), *range(96, 100)):  # whatever the last row's place on the page
        _, data = made(file_of(Chapter("贷款", (table(rows[:count], ("合计", "", "9.00")),)), bound=False))  # fmt: skip
        pages = texts(data)
        assert all("金额（万元）" in squeezed(page) for page in pages)
        assert "合计" in pages[-1]
        assert "号支行" in pages[-1]


def test_rare_characters_are_copied_out_right():
    written, data = made(file_of(Chapter("人", (Facts((("姓名", RARE),)), Words(RARE)))))
    assert written.missing == ""
    assert "".join(texts(data)).count(RARE) == 2
    assert made(file_of(title="\ue863公司"))[0].missing == "\ue863"


def test_equal_booklets_give_equal_bytes():
    booklet = file_of(Chapter("贷款", (table([("甲", "乙", "1")]),)))
    assert made(booklet)[1] == made(booklet)[1]


def boxes_inside(data):
    with pdfium.PdfDocument(data) as document:
        for page in document:
            wide, high = page.get_size()
            part = page.get_textpage()
            for n in range(part.count_rects()):
                left, bottom, right, top = part.get_rect(n)
                assert left >= 40, part.get_text_bounded(left, bottom, right, top)
                assert right <= wide - 40, part.get_text_bounded(left, bottom, right, top)
                assert bottom >= 15
                assert top <= high - 15
            part.close()
            page.close()


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text("新县茶业有限公司ABC019（）-", max_size=300),
            st.text("备注0123456789abcdefgh", max_size=80),
            st.text("0123456789.,", max_size=14),
        ),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_every_text_arrives_whole_and_inside_its_page(rows):
    facts = Facts(tuple((f"栏{n}", row[0]) for n, row in enumerate(rows)))
    form = FormRow(tuple(FormCell("栏", row[1]) for row in rows[:3]), 2)
    _, data = made(file_of(Chapter("一", (facts, table(rows), form), "一")))
    boxes_inside(data)
    together = squeezed("".join(texts(data)))
    for row in rows:
        for text in row:
            for piece in (text[:20], text[-20:]):
                assert all(letter in together for letter in squeezed(piece))


def test_a_value_longer_than_a_page_runs_on():
    long = "".join(f"第{n}句话。" for n in range(1200))
    for block in (Facts((("经营范围", long),)), table([(long, "", "")]), Words(long)):
        _, data = made(file_of(Chapter("长", (block,), "一")))
        boxes_inside(data)
        found = squeezed("".join(texts(data)))
        assert all(f"第{n}句话" in found for n in (0, 599, 1199))


def test_writing_can_be_stopped_and_nothing_to_write_is_a_mistake():
    def stop(done, total, note):
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        made(file_of(), file_of(), progress=stop)
    with pytest.raises(ValueError, match="no booklets"):
        made()
