"""Any spreadsheet in: told by content, typed, numbered as the file is; or one sentence."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

import openpyxl
import pytest

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.workbook import biff, cells, layout, marks
from ledger_desk.workbook.book import Merge
from ledger_desk.workbook.reading import read

HEAD = ["企业名称", "电话", "金额"]


def save_xlsx(path: Path, rows: Sequence[Sequence[object]], first_row: int = 1) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in enumerate(rows, first_row):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column, value)  # type: ignore[arg-type]
    book.save(path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(path)
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert path.name in sentence
    return sentence


# --- cells and places -----------------------------------------------------------------------------


def test_a_row_keeps_the_number_it_has_in_the_file(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", [[None, None, "甲"], [None, None, "乙"]], first_row=4)
    sheet = read(path).sheets[0]
    assert len(sheet.rows) == 5
    assert sheet.rows[3] == [None, None, "甲"]
    assert sheet.cell(5, 3) == "乙"
    assert sheet.cell(99, 1) is None


def test_cells_come_with_the_type_that_the_file_gives_them(tmp_path: Path) -> None:
    row = [
        "0012", 13800000001, 12.5, True, dt.datetime(2026, 3, 5), dt.datetime(2026, 3, 5, 9, 30),
        dt.time(9, 30), dt.timedelta(hours=30), None, "  ", "上\r\n下", "𫍽𬭎㛃\ue863",
    ]  # fmt: skip
    sheet = read(save_xlsx(tmp_path / "a.xlsx", [row])).sheets[0]
    assert sheet.rows[0] == [
        "0012", 13800000001, 12.5, True, dt.date(2026, 3, 5), dt.datetime(2026, 3, 5, 9, 30),
        "09:30:00", "30:00:00", None, None, "上\n下", "𫍽𬭎㛃\ue863",
    ]  # fmt: skip
    assert isinstance(sheet.rows[0][1], int)


def test_numbers_beyond_fifteen_digits_are_told_as_damaged(tmp_path: Path) -> None:
    row = [110101199003078123, 123456789012345, "1.10101E+17", "1.5E+3", 12.5]
    found = read(save_xlsx(tmp_path / "a.xlsx", [row])).sheets[0].rows[0]
    assert [cells.is_damaged(cell) for cell in found] == [True, False, True, False, False]


def test_errors_and_formulas_without_a_result_are_recognised(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["B2"], sheet["A9"] = "甲", "=1+1", "#DIV/0!"
    sheet["C1"] = "#N/A"
    sheet["A9"].data_type = sheet["C1"].data_type = "e"
    book.save(path)
    read_back = read(path).sheets[0]
    assert read_back.cell(1, 3) == "#N/A"
    assert read_back.cell(9, 1) == "#DIV/0!"
    assert cells.is_error(read_back.cell(9, 1))
    assert read_back.uncalculated == {(2, 2)}
    assert read_back.cell(2, 2) is None


def test_merges_hidden_sheets_rows_and_columns_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["D3"] = "标题", 1
    sheet.merge_cells("A1:C2")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("参数").sheet_state = "hidden"
    book.save(path)
    first, second = read(path).sheets
    assert first.merged == (Merge(1, 1, 2, 3),)
    assert first.hidden_rows == {3}
    assert first.hidden_columns == {2}
    assert (first.hidden, second.hidden, second.name, second.rows) == (False, True, "参数", [])


def test_empty_columns_on_the_right_and_rows_below_are_left_out(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", [["甲", None, " "], [None], ["乙"], [" "]])
    sheet = read(path).sheets[0]
    assert sheet.width == 1
    assert sheet.rows == [["甲"], [None], ["乙"]]


# --- csv ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16"), ("utf-16-be", "utf-16"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_its_encoding_and_separator(
    tmp_path: Path, codec: str, label: str, separator: str
) -> None:
    lines = [
        HEAD,
        ["新县䶮茶社", "0376-1", "1.5"],
        ['有"引号"', "a", "多\n行"],
        [],
        ["x", "y", "z"],
    ]
    text = "\r\n".join(
        separator.join('"' + c.replace('"', '""') + '"' if set(c) & set('"\n') else c for c in line)
        for line in lines
    )
    path = tmp_path / "名单.xls"
    path.write_bytes((text + "\r\n").encode(codec))
    book = read(path)
    assert (book.kind, book.encoding) == ("csv", label)
    sheet = book.sheets[0]
    assert sheet.name == "名单"
    assert sheet.rows == [
        HEAD, ["新县䶮茶社", "0376-1", "1.5"], ['有"引号"', "a", "多\n行"], [None] * 3, ["x", "y", "z"]
    ]  # fmt: skip


def test_csv_protection_of_digits_and_formulas_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('号码,话,名\n"=""0012""",\'+86 1,\'\'=x\nsep,-5,\'引\'\n', encoding="utf-8")
    assert read(path).sheets[0].rows[1:] == [["0012", "+86 1", "'=x"], ["sep", "-5", "'引'"]]


def test_a_late_foreign_byte_decides_the_encoding_of_the_whole_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n" * 120_000 + "新县,1\n".encode("gb18030"))
    book = read(path)
    assert book.encoding == "gb18030"
    assert book.sheets[0].rows[-1] == ["新县", "1"]


def test_a_quote_that_never_closes_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('a,b\n1,2\n3,"4\n5,6\n', encoding="utf-8")
    assert "第 3 行" in refusal(path)


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("甲,乙\n丙,".encode() + b"\xff\xff\n")
    assert "第 2 行" in refusal(path)


# --- what cannot be read --------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCK = b"\x06" + "\u65b0\u53bf\u5458".encode("gbk") + b" " * 48 + b"\x03\0" + b" \0" * 55


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.xlsx", b"", "空文件"),
        ("~$名单.xlsx", b"x" * 165, "临时文件"),
        ("锁.xlsx", LOCK[:165].ljust(165, b"\0"), "临时文件"),
        ("密.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") + b"\0\0", "密码"),
        ("网.xls", "\ufeff<html><table><tr><td>甲</table>".encode(), "网页"),
        ("网.xls", b"MIME-Version: 1.0\nContent-Type: multipart", "网页"),
        ("文.xls", OLE + "WordDocument".encode("utf-16-le") + b"\0\0", "Word"),
        ("纸.xlsx", b"%PDF-1.7\n", "PDF"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n", "图片"),
        ("包.xlsx", b"Rar!\x1a\x07", "压缩包"),
        ("半.xlsx", b"PK\x03\x04" + bytes(400), "不完整"),
        ("乱.csv", bytes(range(256)) * 40, "认不出"),
        ("别.xml", b"<?xml version='1.0'?><a/>", "XML"),
        ("古.xls", b"\x09\x08\x08\x00\x00\x05\x05\x00", "很早"),
    ],
)
def test_what_is_no_workbook_gets_its_own_sentence(
    tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


def test_missing_files_folders_and_locked_ones_get_their_own_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "找不到" in refusal(tmp_path / "没有.xlsx")
    assert "文件夹" in refusal(tmp_path)
    path = save_xlsx(tmp_path / "a.xlsx", [["甲"]])

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", denied)
    assert "占用" in refusal(path)


def test_a_word_document_and_a_plain_archive_are_not_workbooks(tmp_path: Path) -> None:
    for inside, words in (
        ("word/document.xml", "Word"),
        ("照片.jpg", "压缩包"),
        ("xl/a.xml", "损坏"),
    ):
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inside, "x")
        assert words in refusal(path)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_a_truncated_workbook_is_refused(tmp_path: Path, share: float) -> None:
    whole = save_xlsx(tmp_path / "a.xlsx", [HEAD] * 50).read_bytes()
    path = tmp_path / "半.xlsx"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "不完整" in refusal(path)


def test_a_broken_sheet_inside_a_sound_container_is_refused(tmp_path: Path) -> None:
    source = save_xlsx(tmp_path / "a.xlsx", [HEAD])
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] if "sheet1" in name else data)
    assert "损坏" in refusal(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "弹.xlsx", [["甲"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/a.bin", bytes(60_000_000))
    assert "非常大" in refusal(path)


def test_a_sheet_that_claims_a_million_columns_of_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = 1
    sheet["XFD1048576"] = 2
    book.save(path)
    assert "1,048,576 行 × 16,384 列" in refusal(path)
    assert marks.MOST_CELLS < 1_048_576 * 16_384


def test_entities_in_a_workbook_part_are_refused(tmp_path: Path) -> None:
    source = save_xlsx(tmp_path / "a.xlsx", [HEAD])
    path = tmp_path / "体.xlsx"
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/workbook.xml":
                cut = data.index(b"<workbook")
                data = data[:cut] + bomb + data[cut:]
            new.writestr(name, data)
    assert "损坏" in refusal(path)


# --- other formats --------------------------------------------------------------------------------

XMLSS = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="名单"><Table><Row><Cell ss:MergeAcross="2"><Data ss:Type="String">标题</Data></Cell></Row>
<Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="Number">12</Data></Cell>
<Cell><Data ss:Type="DateTime">2026-03-05T00:00:00.000</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="Error">#DIV/0!</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


def test_excel_2003_xml_is_read_under_any_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text(XMLSS, encoding="utf-8")
    book = read(path)
    sheet = book.sheets[0]
    assert book.kind == "xml"
    assert sheet.rows == [
        ["标题", None, None], [None] * 3, [None, 12, dt.date(2026, 3, 5)], ["#DIV/0!", None, None]
    ]  # fmt: skip
    assert sheet.merged == (Merge(1, 1, 1, 3),)
    assert sheet.hidden
    assert sheet.hidden_rows == {4}


@pytest.mark.parametrize(
    "change",
    [("</Workbook>", ""), ('Index="3"', 'Index="99999999"'), ('Index="2"', 'Index="99999"'),
     (">12<", ">十二<"), ('<?mso', '<!DOCTYPE a [<!ENTITY b "x">]><?mso')],
)  # fmt: skip
def test_broken_excel_2003_xml_is_refused(tmp_path: Path, change: tuple[str, str]) -> None:
    path = tmp_path / "a.xml"
    path.write_text(XMLSS.replace(*change), encoding="utf-8")
    assert "损坏" in refusal(path)


def test_an_xlsx_named_xls_and_an_ods_are_told_by_content(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", [HEAD])
    renamed = path.rename(tmp_path / "a.et")
    assert read(renamed).kind == "xlsx"
    ods = tmp_path / "b.xlsx"
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    book = read(ods)
    assert book.kind == "ods"
    assert book.sheets[0].rows == [["企业名称", None], [None, 7]]


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>
<table:table table:name="一"><table:table-row><table:table-cell office:value-type="string"><text:p>企业名称</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell/><table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
MANIFEST = """<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"""


def test_reading_reports_progress_and_can_be_cancelled(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", [HEAD] * 2_500)
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int, note: str = "") -> None:
        seen.append((done, total))
        if done >= 2_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        read(path, stop)
    assert (1_000, 2_500) in seen


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_errors_and_hidden_lines_of_an_xls_are_found_in_its_stream() -> None:
    """Records as in [MS-XLS]; two sheets whose tabs stand in another order than their streams."""
    later = (
        record(0x0809, bytes(16))
        + record(0x0208, struct.pack("<HHHHHHHH", 6, 0, 3, 255, 0, 0, 0x0120, 0x0F))
        + record(0x0205, struct.pack("<HHHBB", 6, 2, 15, 0x07, 1))
        + record(0x0205, struct.pack("<HHHBB", 7, 2, 15, 0x01, 0))
    )
    earlier = (
        record(0x0809, bytes(16))
        + record(0x007D, struct.pack("<HHHHHH", 1, 3, 2048, 15, 1, 0))
        + record(0x0006, struct.pack("<HHH", 0, 1, 15) + b"\x02\0\x2a\0\0\0\xff\xff" + bytes(8))
    )
    head = record(0x0809, bytes(16))
    length = len(head) + 2 * len(record(0x0085, bytes(9)))
    bounds = b"".join(
        record(0x0085, struct.pack("<IBBBB", start, 0, 0, 1, 0) + name)
        for start, name in ((length + len(later), b"A"), (length, b"B"))
    )
    first, second = biff.search(head + bounds + later + earlier)
    assert (first.errors, first.hidden_columns) == ({(1, 2): "#N/A"}, {2, 3, 4})
    assert (second.errors, second.hidden_rows) == ({(7, 3): "#DIV/0!"}, {7})


def test_broken_bytes_end_in_a_book_or_in_a_sentence(tmp_path: Path) -> None:
    """A small campaign in this process; larger damage is the guard's (see test_guarded)."""
    random = Random(20260305)
    sound = [
        save_xlsx(
            tmp_path / "a.xlsx", [HEAD, *[[f"某{n}公司", 1, 2.5] for n in range(9)]]
        ).read_bytes(),
        XMLSS.encode(),
        ",".join(HEAD).encode("gb18030") + b'\r\n"a",b,c\r\n' * 9,
    ]
    path = tmp_path / "b.xlsx"
    whole, sentences = 0, []
    for _ in range(240):
        broken = bytearray(random.choice(sound))
        for _ in range(random.choice([1, 5, 40])):
            broken[random.randrange(len(broken))] = random.randrange(256)
        if random.random() < 0.3:
            del broken[random.randrange(len(broken)) :]
        path.write_bytes(broken)
        try:
            for sheet in read(path).sheets:
                found = layout.find(sheet)
                assert len(found.data_rows) <= len(sheet.rows)
            whole += 1
        except UserError as error:
            sentences.append(str(error))
    assert min(whole, len(sentences)) > 20
    assert all(sentence.endswith("。") for sentence in sentences)
