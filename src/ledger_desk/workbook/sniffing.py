"""What a file is, told from its content; what cannot be read is refused in one sentence.

Names lie: banks rename web pages to .xls, WPS saves Excel-2003 XML as .xlsx. Only the lock file
of an open workbook is known by its name as well, since people pick it from the same folder.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path

from ledger_desk import files
from ledger_desk.errors import UserError

# A county's registry with every column is below 100 MB; more than this is the wrong file.
MOST_BYTES = 400_000_000
# Unpacked XML of a workbook: 50,000 rows of 30 columns are 80 MB.
MOST_UNPACKED = 2_000_000_000
MOST_PARTS = 20_000
# Deflate reaches 1032:1; sheets of real offices stay below 60:1 (blank formatted rows).
_BOMB_RATIO = 150
_BOMB_FROM = 50_000_000

_AGAIN = "请在 Excel 或 WPS 里打开它，另存为 .xlsx 后再读入"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF", b"8BPS")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
# BIFF 2, 3, 4 and bare BIFF 5 streams: workbooks of the years before 1995, no container round them.
_OLD_BIFF = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00")
_WEB = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<table[\s>]|<script[\s>]", re.I
)


def sniff(path: Path) -> str:
    """Tell the kind of a file: ``xlsx xlsm xlsb xls ods xml csv``.

    Raises:
        UserError: The file is missing, locked, empty, encrypted, broken, too large or nothing
            that holds a table.
    """
    path = Path(path)
    try:
        facts = path.stat()
        size = facts.st_size
        if stat.S_ISDIR(facts.st_mode):
            raise UserError(f"“{path.name or path}”是一个文件夹，不是表格。请选里面的文件。")
        if not stat.S_ISREG(facts.st_mode):  # a pipe would be waited for without end
            raise UserError(f"“{path.name}”不是普通文件，里面没有表格。请另选文件。")
        with path.open("rb") as file:
            head = file.read(8_192)
    except OSError as error:
        raise UserError(_why_not_opened(path, error)) from error
    if path.name.startswith(("~$", ".~")) or _is_lock(head, size):
        raise UserError(
            f"“{path.name}”是 Excel 或 WPS 打开表格时留下的临时文件，里面没有数据。"
            "请选名字里没有“~$”的那个文件。"
        )
    if size == 0:
        raise UserError(f"“{path.name}”是空文件，一个字也没有。请核对来源，重新取一份。")
    if size > MOST_BYTES:
        raise UserError(
            f"“{path.name}”有 {size / 1e6:,.0f} MB，大得不像名单。请拆成几个文件再读入。"
        )
    return _kind(path, head)


def contents(path: Path) -> bytes:
    """Give a file's bytes.

    Raises:
        UserError: It went away or was locked since it was looked at.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(_why_not_opened(path, error)) from error


def _kind(path: Path, head: bytes) -> str:
    """Tell the kind from the first bytes, looking further where they do not decide."""
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return _kind_of_ole(path)
    for marks, what in (
        ((b"%PDF",), "PDF 文件"),
        (_PICTURES, "图片或多媒体文件"),
        (_ARCHIVES, "压缩包"),
        ((b"{\\rtf",), "Word 文档（RTF）"),
        ((b"MZ", b"\x7fELF"), "程序文件"),
    ):
        if head.startswith(marks):
            raise UserError(_not_a_table(path, what))
    if head.startswith(_OLD_BIFF):
        raise UserError(f"“{path.name}”是很早的 Excel 格式，读不了。{_AGAIN}。")
    return _kind_of_text(path, head)


def _kind_of_text(path: Path, head: bytes) -> str:
    plain = head.replace(b"\0", b"")
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain and b"<" in plain[:8]:
        return "xml"
    if _WEB.search(plain[:4_096]) or plain[:400].lstrip().lower().startswith(b"mime-version:"):
        raise UserError(f"“{path.name}”其实是网页，只是改了扩展名。{_AGAIN}。")
    if plain.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").startswith(b"<?xml"):
        raise UserError(f"“{path.name}”是 XML 文件，但不是 Excel 的表格。请核对来源。")
    return "csv"


def _kind_of_zip(path: Path) -> str:
    """Tell what a zip container holds, after its directory has been weighed."""
    broken = (
        f"“{path.name}”不完整或已损坏（可能没有下载完或没有保存完）。"
        "请重新取一份；如果 Excel 或 WPS 还能打开它，请另存为新文件再读入。"
    )
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename.replace("\\", "/").lower() for part in parts}
            _weigh(path, parts)
            if any(part.flag_bits & 1 for part in parts):
                raise UserError(_encrypted(path))
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, KeyError, RuntimeError, NotImplementedError, EOFError,
            ValueError) as error:  # fmt: skip
        raise UserError(broken) from error
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        if b"spreadsheet" not in mimetype:
            raise UserError(_not_a_table(path, "文字或演示文档"))
        return "ods"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/workbook") for name in names) and "[content_types].xml" in names:
        return "xlsm" if "xl/vbaproject.bin" in names else "xlsx"
    if any(name.startswith("word/") for name in names):
        raise UserError(_not_a_table(path, "Word 文档"))
    if any(name.startswith("ppt/") for name in names):
        raise UserError(_not_a_table(path, "演示文稿"))
    if any(name.startswith(("xl/", "docprops/")) for name in names) or not names:
        raise UserError(broken)
    raise UserError(_not_a_table(path, "压缩包"))


def _weigh(path: Path, parts: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse a container that would unpack into more than any workbook needs."""
    total = 0
    for number, part in enumerate(parts, 1):
        total += part.file_size
        bomb = part.file_size > _BOMB_FROM and part.file_size > part.compress_size * _BOMB_RATIO
        if bomb or total > MOST_UNPACKED or number > MOST_PARTS:
            raise UserError(
                f"“{path.name}”解开以后会非常大（超过 {total / 1e6:,.0f} MB），像是被做过手脚或"
                "带着上百万空行。没有读入。请在 Excel 或 WPS 里删掉多余的行和表，另存后再试。"
            )


def _kind_of_ole(path: Path) -> str:
    """Tell an old workbook from an encrypted one and from other programs' files."""
    data = contents(path)

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if holds("EncryptedPackage") or holds("EncryptionInfo"):
        raise UserError(_encrypted(path))
    if holds("Workbook") or holds("Book"):
        return "xls"
    if holds("WordDocument"):
        raise UserError(_not_a_table(path, "Word 文档"))
    if holds("PowerPoint Document"):
        raise UserError(_not_a_table(path, "演示文稿"))
    raise UserError(
        f"“{path.name}”不完整或不是 Excel 表格。请重新取一份；如果 Excel 或 WPS 还能打开它，请另存为"
        "新文件再读入。"
    )


def _is_lock(head: bytes, size: int) -> bool:
    """Tell Excel's or Word's owner file: name length, name, blanks, the same in UTF-16."""
    if size not in (162, 165) or not 0 < head[0] <= 54:
        return False
    return not head[1 + head[0] : 54].strip(b" \0")


def _encrypted(path: Path) -> str:
    return f"“{path.name}”设了打开密码，读不了。请在 Excel 或 WPS 里打开它，去掉密码另存后再读入。"


def _not_a_table(path: Path, what: str) -> str:
    return f"“{path.name}”其实是{what}，不是电子表格。请向来表单位要 Excel、WPS 表格或 CSV 文件。"


def _why_not_opened(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return f"找不到“{path}”。文件可能已被移走或改名，请重新选择。"
    if isinstance(error, IsADirectoryError):
        return f"“{path.name or path}”是一个文件夹，不是表格。请选里面的文件。"
    if isinstance(error, PermissionError):
        return (
            f"“{path.name}”打不开：它正被 Excel/WPS 占用，或者您没有读它的权限。"
            "请先关掉打开它的程序，再试一次。"
        )
    return f"“{path.name}”打不开：{files.reason(error)}。请核对磁盘或换一份文件。"
