"""A ruled table across with boxes for signatures: nothing is lost over several pages."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from ledger_desk.workbook.broad import Broad, BroadColumn, SignBox, write_broad

COLUMNS = (
    BroadColumn("序号", 0.5),
    BroadColumn("经营主体", 3),
    BroadColumn("需求", 1, numeric=True),
)


def sheet(rows: int) -> Broad:
    return Broad(
        "签字页", (("单位：新县专班", "批次：一"),), COLUMNS,
        tuple((f"{n}", f"第{n:03d}号名字很长很长很长很长很长很长很长很长很长很长很长很长的茶厂", "1.00") for n in range(1, rows + 1)),
        ("", "合计", "9.00"), (SignBox("初审", ("程映雪",)), SignBox("召集人签字")), ("说明",), "编号一",
    )  # fmt: skip


def texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("rows", [1, 14, 15, 16, 17, 18, 22, 23, 24, 60])
def test_every_row_stands_once_and_the_boxes_never_without_one(rows):
    out = io.BytesIO()
    pages, missing = write_broad(sheet(rows), out)
    found = texts(out.getvalue())
    assert (len(found), missing) == (pages, "")
    for n in range(1, rows + 1):
        assert sum(f"第{n:03d}号" in text for text in found) == 1
    assert ["召集人签字" in text for text in found] == [False] * (pages - 1) + [True]
    assert f"第{rows:03d}号" in found[-1]
    assert all("经营主体" in text for text in found)


def test_the_same_sheet_gives_the_same_bytes():
    one, other = io.BytesIO(), io.BytesIO()
    write_broad(sheet(30), one)
    write_broad(sheet(30), other)
    assert one.getvalue() == other.getvalue()
