"""The zip of an .xlsx: its parts in order, and which part is which sheet (ECMA-376 part 2)."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass, field
from typing import Any

from ledger_desk.errors import UserError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"

# What a workbook may unpack to. Forms are some hundred kilobytes; this stops zip bombs.
_LARGEST = 512 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Link:
    """One relationship of a part: its id, the last word of its type, and the target part."""

    id: str
    kind: str
    part: str


@dataclass(frozen=True)
class SheetPart:
    """One sheet of the workbook: name on the tab, part in the zip, place among the tabs."""

    name: str
    part: str
    index: int
    sheet_id: int
    hidden: bool


@dataclass
class Package:
    """All parts of one workbook, by name, in the order of the file.

    Attributes:
        parts: Part name → its bytes after decompression.
        stored: Parts that the file keeps uncompressed.
    """

    parts: dict[str, bytes]
    stored: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def read(cls, data: bytes) -> Package:
        """Unpack a workbook.

        Raises:
            UserError: The bytes are no .xlsx, damaged, or unpack to more than 512 MB.
        """
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = [info for info in archive.infolist() if not info.is_dir()]
                if sum(info.file_size for info in infos) > _LARGEST:
                    raise UserError(
                        "这个工作簿解开后超过 512 MB，不像一张报表，没有打开。请换一个文件。"
                    )
                parts = {info.filename: archive.read(info) for info in infos}
        except (
            zipfile.BadZipFile,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise UserError(
                "这个文件不是完好的 .xlsx 工作簿，没有打开。请用 Excel 或 WPS 另存为 .xlsx 再试。"
            ) from error
        stored = frozenset(i.filename for i in infos if i.compress_type == zipfile.ZIP_STORED)
        return cls(parts, stored)

    def write(self) -> bytes:
        """Pack the parts again: same order, fixed time stamps, so equal parts give equal bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, data in self.parts.items():
                info = zipfile.ZipInfo(name, _EPOCH)
                info.create_system = 3  # else the byte differs between Windows and Linux
                info.external_attr = 0o600 << 16
                kept = name in self.stored
                info.compress_type = zipfile.ZIP_STORED if kept else zipfile.ZIP_DEFLATED
                archive.writestr(info, data)
        return out.getvalue()

    def xml(self, part: str) -> Any:
        """Parse one part.

        Raises:
            UserError: The part is missing or is no well-formed XML.
        """
        if part not in self.parts:
            raise UserError(
                f"工作簿里缺少“{part}”这一部分，文件不完整。请用 Excel 或 WPS 另存一份再试。"
            )
        return parse_xml(self.parts[part], part)

    def links(self, part: str) -> list[Link]:
        """Relationships of one part (``""`` for the package itself), external ones left out."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self.parts:
            return []
        found = []
        for item in self.xml(rels).iter(f"{{{_LINKS}}}Relationship"):
            if item.get("TargetMode") == "External":
                continue
            target = item.get("Target", "")
            whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = item.get("Type", "").rsplit("/", 1)[-1]
            found.append(Link(item.get("Id", ""), kind, posixpath.normpath(whole)))
        return found

    def workbook_part(self) -> str:
        """Name of the workbook part.

        Raises:
            UserError: There is none (not a workbook, or only a Word or PowerPoint file).
        """
        for link in self.links(""):
            if link.kind == "officeDocument" and link.part in self.parts:
                return link.part
        raise UserError("这个文件里没有工作簿，没有打开。请用 Excel 或 WPS 另存为 .xlsx 再试。")

    def sheets(self) -> list[SheetPart]:
        """Worksheets in the order of their tabs (chart sheets left out)."""
        book = self.workbook_part()
        links = {link.id: link for link in self.links(book)}
        root = self.xml(book)
        if root.tag.startswith(f"{{{STRICT}}}"):
            raise UserError(
                "这个工作簿是“严格 Open XML”格式，请在 Excel 里另存为普通的“Excel 工作簿 (.xlsx)”再试。"
            )
        found = []
        for index, item in enumerate(root.iter(f"{{{MAIN}}}sheet")):
            link = links.get(item.get(f"{{{RELATION}}}id", ""))
            if link is None or link.kind != "worksheet" or link.part not in self.parts:
                continue
            hidden = item.get("state", "visible") != "visible"
            number = int(item.get("sheetId", "0"))
            found.append(SheetPart(item.get("name", ""), link.part, index, number, hidden))
        return found

    def sheet(self, name: str | None = None) -> SheetPart:
        """One sheet by its tab; without a name the first visible one.

        Raises:
            UserError: No sheet has this name.
        """
        sheets = self.sheets()
        for item in sheets:
            if item.name == name or (name is None and not item.hidden):
                return item
        names = "、".join(f"“{item.name}”" for item in sheets) or "没有工作表"
        raise UserError(
            f"工作簿里没有名为“{name or ''}”的工作表（现有：{names}）。请核对报表定义里的表名。"
        )


def parse_xml(data: bytes, part: str = "") -> Any:
    """Parse XML of strangers: no entities, no network.

    Raises:
        UserError: Not well-formed.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UserError(
            f"工作簿里的“{part}”读不通，文件已损坏。请用 Excel 或 WPS 打开后另存一份再试。"
        ) from error


def to_bytes(root: Any) -> bytes:
    """Serialise a part the way Office writes it."""
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def compare_parts(blank: bytes, filled: bytes) -> list[str]:
    """Names of the parts that differ after decompression, added and missing ones included."""
    old, new = Package.read(blank).parts, Package.read(filled).parts
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
