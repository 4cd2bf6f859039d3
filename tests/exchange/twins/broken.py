"""Files that nobody can read: each is refused in its own sentence."""

from __future__ import annotations

from tests.exchange.twins import words
from tests.exchange.twins.pages import Page, Twin
from tests.exchange.twins.xls import container


def twins() -> dict[str, Twin]:
    owner = "青禾".encode("gb18030")
    lock = bytes([len(owner)]) + owner.ljust(54, b" ")
    lock += b"\x02\0" + "青禾".encode("utf-16-le").ljust(108, b" ")
    page = Page("名单").row(1, "企业名称", "注册号").row(2, words.firm(1), words.old_number(1))
    return {
        "lock-file": Twin("青禾重点户_~$情况.xlsx", "raw", raw=lock),
        "xlsx-without-parts": Twin(
            "青禾名单.xlsx", "xlsx", (page,), drop=("[Content_Types]", "xl/workbook", "xl/worksheets")
        ),
        "xlsx-encrypted": Twin("青禾加密.xlsx", "raw", raw=container("EncryptedPackage", b"\x07" * 5_000)),
        "web-page-named-xls": Twin("青禾导出.xls", "raw", raw=b"<html><table><tr><td>1</td></tr></table>"),
    }  # fmt: skip
