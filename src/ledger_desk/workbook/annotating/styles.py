"""Cell styles added at the end of a workbook's own: nothing that is there is renumbered."""

from __future__ import annotations

import re
from typing import Any

from ledger_desk.workbook.annotating.pieces import add_to_group, as_text, children, prefix_of
from ledger_desk.workbook.package import MAIN, Package, parse_xml

# Text and background by grade: zhu, zhe, ink of `look.md` (RRGGBB); None keeps the neighbour's.
_COLOURS: dict[str, tuple[str | None, str | None]] = {
    "must": ("B02A1F", "FBE8E4"),
    "explain": ("875200", "FBEFD5"),
    "ok": ("5C6661", None),
}
_BORDER = "BFBFBF"
_SIDES = ("left", "right", "top", "bottom")
# Summary sheet: font size, bold, text colour, background, border, horizontal, wrap, underline.
LOOKS: dict[str, tuple[float, bool, str, str | None, bool, str, bool, bool]] = {
    "title": (16, True, "1C2726", None, False, "left", False, False),
    "note": (10.5, False, "47534F", None, False, "left", True, False),
    "head": (10.5, True, "1C2726", "EEF2F6", True, "center", True, False),
    "plain": (10.5, False, "1C2726", None, True, "left", True, False),
    "number": (10.5, False, "1C2726", None, True, "right", False, False),
    "link": (10.5, False, "1E5855", None, True, "center", False, True),
    "must": (10.5, True, "B02A1F", "FBE8E4", True, "center", False, False),
    "explain": (10.5, True, "875200", "FBEFD5", True, "center", False, False),
}
# Order of a font's properties as Excel writes them (18.8.22, CT_Font).
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip


class StyleSheet:
    """The style part of a workbook, to which styles are added.

    A workbook without a style part gets none: every style is then number 0.
    """

    def __init__(self, package: Package) -> None:
        links = {link.kind: link.part for link in package.links(package.workbook_part())}
        self._package, self._part = package, links.get("styles", "")
        if self._part not in package.parts:
            self._part = ""
            return
        self._raw = as_text(package.parts[self._part])
        self._p = prefix_of(self._raw)
        root = parse_xml(self._raw)
        self._groups = {
            name: [] if (group := root.find(f"{{{MAIN}}}{name}")) is None
            else [item for item in group if isinstance(item.tag, str)]
            for name in ("fonts", "fills", "borders", "cellXfs")
        }  # fmt: skip
        self._added: dict[str, dict[str, int]] = {name: {} for name in self._groups}
        # What a former round added is found again, so that styles do not grow with each round.
        self._there: dict[str, dict[str, int]] = {
            name: {_rendered(item, self._p): place for place, item in reversed([*enumerate(items)])}
            for name, items in self._groups.items()
        }
        if not all(self._groups.values()):
            self._part = ""
        self._known: dict[tuple[str, int], int] = {}

    def graded(self, base: int, grade: str) -> int:
        """Give a cell's style in the colours of a grade: ``must``, ``explain`` or ``ok``."""
        if not self._part:
            return 0
        found = self._known.get((grade, base))
        if found is None:
            xfs = self._groups["cellXfs"]
            xf = xfs[base] if base < len(xfs) else xfs[0]
            ink, ground = _COLOURS.get(grade, _COLOURS["ok"])
            font = self._font(self._pick("fonts", xf.get("fontId")), colour=ink, b=False, u=False)
            fill = int(xf.get("fillId", "0")) if ground is None else self._fill(ground)
            align = f'<{self._p}alignment horizontal="left" vertical="center"/>'
            found = self._xf(font, fill, int(xf.get("borderId", "0")), align, xf.get("xfId", "0"))
            self._known[grade, base] = found
        return found

    def look(self, name: str) -> int:
        """Give a style of the summary sheet, a key of `LOOKS`."""
        if not self._part:
            return 0
        size, bold, ink, ground, lined, horizontal, wrap, underline = LOOKS[name]
        font = self._font(self._groups["fonts"][0], colour=ink, sz=f"{size:g}", b=bold, u=underline)
        fill = 0 if ground is None else self._fill(ground)
        p = self._p
        border = 0
        if lined:
            line = f'<{p}color rgb="FF{_BORDER}"/>'
            sides = "".join(f'<{p}{s} style="thin">{line}</{p}{s}>' for s in _SIDES)
            border = self._add("borders", f"<{p}border>{sides}<{p}diagonal/></{p}border>")
        wrapped = ' wrapText="1"' if wrap else ""
        align = f'<{p}alignment horizontal="{horizontal}" vertical="center"{wrapped}/>'
        return self._xf(font, fill, border, align, "0")

    def write(self) -> None:
        """Put what was added into the package."""
        if not self._part or not any(self._added.values()):
            return
        data = self._raw
        for name, items in self._added.items():
            if not items:
                continue
            group = next(c for c in children(data) if c.name == name)
            data = add_to_group(data, group, "".join(items).encode())
            tag_end = data.index(b">", group.start)
            total = len(self._groups[name]) + len(items)
            data = (
                data[: group.start] + _counted(data[group.start : tag_end], total) + data[tag_end:]
            )
        self._package.parts[self._part] = data

    def _pick(self, group: str, index: str | None) -> Any:
        items = self._groups[group]
        place = int(index or 0)
        return items[place] if place < len(items) else items[0]

    def _add(self, group: str, xml: str) -> int:
        there = self._there[group].get(xml)
        if there is not None:
            return there
        items = self._added[group]
        return items.setdefault(xml, len(self._groups[group]) + len(items))

    def _font(self, base: Any, *, colour: str | None, b: bool, u: bool, sz: str = "") -> int:
        """Add a font like another one, in another colour, weight or size."""
        own = {c.tag.rpartition("}")[2]: dict(c.attrib) for c in base if isinstance(c.tag, str)}
        if colour is not None:
            own["color"] = {"rgb": f"FF{colour}"}
        if sz:
            own = {k: v for k, v in own.items() if k in ("name", "family", "charset", "scheme",
                                                         "color")} | {"sz": {"val": sz}}  # fmt: skip
        for key, wanted in (("b", b), ("u", u)):
            own.pop(key, None)
            if wanted:
                own[key] = {}
        p = self._p
        parts = [
            f"<{p}{key}" + "".join(f' {k}="{v}"' for k, v in own[key].items()) + "/>"
            for key in _FONT_ORDER
            if key in own
        ]
        return self._add("fonts", f"<{p}font>{''.join(parts)}</{p}font>")

    def _fill(self, ground: str) -> int:
        p = self._p
        inside = f'<{p}fgColor rgb="FF{ground}"/><{p}bgColor indexed="64"/>'
        pattern = f'<{p}patternFill patternType="solid">{inside}</{p}patternFill>'
        return self._add("fills", f"<{p}fill>{pattern}</{p}fill>")

    def _xf(self, font: int, fill: int, border: int, align: str, base: str) -> int:
        p = self._p
        return self._add(
            "cellXfs",
            f'<{p}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="{base}" '
            f'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
            f"{align}</{p}xf>",
        )


def _rendered(item: Any, p: str) -> str:
    """Write an element the way in which this module writes new ones."""
    tag = item.tag.rpartition("}")[2]
    given = "".join(f' {k}="{v}"' for k, v in item.attrib.items())
    inside = "".join(_rendered(child, p) for child in item if isinstance(child.tag, str))
    return f"<{p}{tag}{given}>{inside}</{p}{tag}>" if inside else f"<{p}{tag}{given}/>"


def _counted(tag: bytes, total: int) -> bytes:
    return re.sub(rb'\bcount="\d+"', b'count="%d"' % total, tag)
