"""One sheet of a workbook made into several, each with the print set-up and styles of the first.

What a sheet shares with others (styles, texts, printer settings) stays shared; its own print areas and
titles are defined again for each. Sheets with drawings, comments or tables are refused: those parts
belong to one sheet only.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.workbook.package import MAIN, RELATION, Package, SheetPart, to_bytes

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31  # characters of a tab's name
_NAMED = re.compile(r"'((?:[^']|'')+)'!|([^\s'!,;()+\-*/&=<>^]+)!")
_OWN = {
    "drawing": "图形", "vmlDrawing": "批注", "comments": "批注", "threadedComment": "批注",
    "table": "表格对象", "pivotTable": "透视表",
}  # fmt: skip
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def tab_names(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """Make names that Excel takes on tabs: no forbidden characters, short, none twice."""
    used = {name.casefold() for name in taken}
    found = []
    for name in names:
        plain = _FORBIDDEN.sub("_", name).strip(" '")[:_LONGEST] or "表"
        made, number = plain, 2
        while made.casefold() in used:
            end = f" ({number})"
            made, number = plain[: _LONGEST - len(end)] + end, number + 1
        used.add(made.casefold())
        found.append(made)
    return found


def what_cannot_be_copied(blank: bytes, sheet: str) -> str:
    """Say what on a sheet belongs to it alone, such as 图形; '' where it can be copied."""
    package = Package.read(blank)
    links = package.links(package.sheet(sheet).part)
    return "、".join(dict.fromkeys(_OWN[link.kind] for link in links if link.kind in _OWN))


@lru_cache(maxsize=4)
def copy_sheet(blank: bytes, sheet: str, names: tuple[str, ...]) -> bytes:
    """Make one sheet into several, one beside the other; all else stays.

    Args:
        blank: The workbook.
        sheet: Tab of the sheet.
        names: What the sheet itself is called from now on, then its copies (see `tab_names`).

    Raises:
        UserError: The workbook is damaged, has no such sheet, or the sheet cannot be copied.
    """
    own = what_cannot_be_copied(blank, sheet)
    if own:
        raise UserError(f"工作表“{sheet}”里有{own}，不能照它再做几张。请在空白表里去掉再试。")
    package = Package.read(blank)
    part = package.sheet(sheet)
    book = package.workbook_part()
    root = package.xml(book)
    tabs = list(root.iter(f"{{{MAIN}}}sheet"))
    numbers = [int(tab.get("sheetId", "0")) for tab in tabs]
    here = tabs[part.index]
    here.set("name", names[0])
    links = _links_of(package, book)
    for place, name in enumerate(names[1:], start=1):
        target, link = _copy_part(package, part, name), _free_id(links)
        _add_link(links, link, posixpath.relpath(target, posixpath.dirname(book)))
        tab = here.makeelement(here.tag, dict(here.attrib))
        tab.set("name", name)
        tab.set("sheetId", str(max(numbers) + place))
        tab.set(f"{{{RELATION}}}id", link)
        here.getparent().insert(here.getparent().index(here) + place, tab)
    _define(root, part, sheet, names)
    package.parts[_rels(book)] = to_bytes(links)
    package.parts[book] = to_bytes(root)
    _edit(package, part.part, _renaming(sheet, names[0]))
    return package.write()


def _copy_part(package: Package, part: SheetPart, name: str) -> str:
    """Copy the sheet's XML and its links; gives the new part's name."""
    folder, number = posixpath.dirname(part.part), 1
    while f"{folder}/sheet{number}.xml" in package.parts:
        number += 1
    target = f"{folder}/sheet{number}.xml"
    package.parts[target] = package.parts[part.part]
    rename = _renaming(part.name, name)

    def change(root: Any) -> None:
        rename(root)
        for view in root.iter(f"{{{MAIN}}}sheetView"):
            view.attrib.pop("tabSelected", None)  # two chosen tabs would be edited together

    _edit(package, target, change)
    if _rels(part.part) in package.parts:
        package.parts[_rels(target)] = package.parts[_rels(part.part)]
    types = package.xml("[Content_Types].xml")
    for item in list(types.iter(f"{{{_TYPES}}}Override")):
        if item.get("PartName") == f"/{part.part}":
            made = item.makeelement(item.tag, dict(item.attrib))
            made.set("PartName", f"/{target}")
            item.addnext(made)
    package.parts["[Content_Types].xml"] = to_bytes(types)
    return target


def _define(root: Any, part: SheetPart, sheet: str, names: Sequence[str]) -> None:
    """Give each copy the sheet's own names, and move the numbers of the sheets behind it."""
    more = len(names) - 1
    for item in list(root.iter(f"{{{MAIN}}}definedName")):
        local = item.get("localSheetId")
        text = item.text or ""
        item.text = _renamed(text, sheet, names[0])
        if local is None:
            continue
        if int(local) > part.index:
            item.set("localSheetId", str(int(local) + more))
        elif int(local) == part.index:
            for place, name in reversed(list(enumerate(names[1:], start=1))):
                made = item.makeelement(item.tag, dict(item.attrib))
                made.set("localSheetId", str(part.index + place))
                made.text = _renamed(text, sheet, name)
                item.addnext(made)
    for view in root.iter(f"{{{MAIN}}}workbookView"):
        for key in ("activeTab", "firstSheet"):
            if int(view.get(key, "0")) > part.index:
                view.set(key, str(int(view.get(key, "0")) + more))


def _renaming(old: str, new: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        for item in root.iter(f"{{{MAIN}}}f"):
            if item.text:
                item.text = _renamed(item.text, old, new)

    return change


def _renamed(text: str, old: str, new: str) -> str:
    """Let references to a sheet name another one."""
    quoted = "'" + new.replace("'", "''") + "'!"

    def one(found: re.Match[str]) -> str:
        name = (found[1] or "").replace("''", "'") or found[2]
        return quoted if name == old else found[0]

    return _NAMED.sub(one, text)


def _edit(package: Package, part: str, change: Callable[[Any], None]) -> None:
    root = package.xml(part)
    change(root)
    package.parts[part] = to_bytes(root)


def _rels(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _links_of(package: Package, part: str) -> Any:
    return package.xml(_rels(part))


def _free_id(links: Any) -> str:
    used = {item.get("Id") for item in links}
    number = 1
    while f"rId{number}" in used:
        number += 1
    return f"rId{number}"


def _add_link(links: Any, link: str, target: str) -> None:
    item = links.makeelement(f"{{{_LINKS}}}Relationship", {
        "Id": link, "Type": f"{RELATION}/worksheet", "Target": target,
    })  # fmt: skip
    links.append(item)
