"""An .xls (or the .xls inside a .et) made again as .xlsx with its styles, by way of xlrd."""

from __future__ import annotations

import io
import struct
from typing import Any

from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.lists import clean
from ledger_desk.workbook.rebuilding import open_workbook, tab_name
from ledger_desk.workbook.rebuilding_pages import page_setups, set_print_areas, set_up_page

_HORIZONTAL = {1: "left", 2: "center", 3: "right", 4: "fill", 5: "justify", 6: "center_across",
               7: "distributed"}  # fmt: skip
_VERTICAL = {0: "top", 1: "vcenter", 2: "bottom", 3: "vjustify", 4: "vdistributed"}
_UNDERLINE = {1: 1, 2: 2, 0x21: 33, 0x22: 34}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!",
           42: "#N/A"}  # fmt: skip
_EMPTY, _TEXT, _NUMBER, _DAY, _YES_NO, _ERROR, _BLANK = range(7)
# Excel's widest column and highest row.
_WIDEST, _HIGHEST = 255, 409
_EVERY = 500


def rebuild_styled(data: bytes, progress: Progress = silent) -> tuple[bytes, dict[str, str]] | None:
    """Make an .xls again; None where xlrd cannot read it (other readers may)."""
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(),
            ignore_workbook_corruption=True,
        )  # fmt: skip
    except (XLRDError, struct.error, AssertionError, ValueError, LookupError, TypeError,
            AttributeError, EOFError, NotImplementedError, OverflowError):  # fmt: skip
        return None
    pages = page_setups(data, book.nsheets)
    made, out = open_workbook()
    formats = _Formats(book, made)
    tabs: dict[str, str] = {}
    taken: set[str] = set()
    for number, sheet in enumerate(book.sheets()):
        tabs[sheet.name] = tab_name(sheet.name, taken)
        page = made.add_worksheet(tabs[sheet.name])
        if sheet.visibility:
            page.hide()
        _Page(book, sheet, page, formats).write(progress)
        if number < len(pages):
            set_up_page(page, pages[number])
    set_print_areas(book, made)
    shown = [page for page in made.worksheets() if not page.hidden] or made.worksheets()
    shown[0].hidden = 0
    shown[0].activate()
    made.close()
    return out.getvalue(), tabs


class _Formats:
    """The .xls's cell formats (XF) as formats of the new workbook, each made once."""

    def __init__(self, book: Any, made: Any) -> None:
        self._book, self._made = book, made
        self._made_by: dict[tuple[Any, ...], Any] = {}
        self._by_xf: dict[int, Any] = {}
        normal = self._font(book.xf_list[0].font_index) if book.xf_list else {}
        for key in ("font_name", "font_size"):
            if key in normal:
                getattr(made.formats[0], f"set_{key}")(normal[key])

    def get(self, index: int) -> Any:
        """Give the format of an XF."""
        found = self._by_xf.get(index)
        if found is None:
            given = self._properties(index)
            key = tuple(sorted(given.items()))
            found = self._made_by.get(key)
            if found is None:
                found = self._made_by[key] = self._made.add_format(given)
            self._by_xf[index] = found
        return found

    def font(self, index: int) -> Any:
        """Give a format that only says a font."""
        key = ("font", index)
        if key not in self._made_by:
            self._made_by[key] = self._made.add_format(self._font(index))
        return self._made_by[key]

    def _properties(self, index: int) -> dict[str, Any]:
        book = self._book
        if not 0 <= index < len(book.xf_list):
            return {}
        xf = book.xf_list[index]
        given = self._font(xf.font_index)
        number = book.format_map.get(xf.format_key)
        if number is not None and number.format_str not in ("", "General", "GENERAL"):
            given["num_format"] = number.format_str
        align = xf.alignment
        if align.hor_align in _HORIZONTAL:
            given["align"] = _HORIZONTAL[align.hor_align]
        if align.vert_align in _VERTICAL:
            given["valign"] = _VERTICAL[align.vert_align]
        if align.text_wrapped:
            given["text_wrap"] = True
        if align.shrink_to_fit:
            given["shrink"] = True
        if align.indent_level:
            given["indent"] = align.indent_level
        if align.rotation:
            turned = align.rotation
            given["rotation"] = 270 if turned == 255 else turned if turned <= 90 else 90 - turned
        if not xf.protection.cell_locked:
            given["locked"] = False
        back = xf.background
        if 1 <= back.fill_pattern <= 18:
            given["pattern"] = back.fill_pattern
            # A solid fill's colour is its foreground in the file and its background to the writer.
            front, ground = "fg_color", "bg_color"
            for key, place in ((front, back.pattern_colour_index),
                               (ground, back.background_colour_index)):  # fmt: skip
                colour = self._colour(place)
                if colour:
                    given[key] = colour
        lines = xf.border
        for side in ("left", "right", "top", "bottom"):
            style = getattr(lines, f"{side}_line_style")
            if 1 <= style <= 13:
                given[side] = style
                colour = self._colour(getattr(lines, f"{side}_colour_index"))
                if colour:
                    given[f"{side}_color"] = colour
        if lines.diag_line_style and (lines.diag_down or lines.diag_up):
            given["diag_border"] = lines.diag_line_style
            given["diag_type"] = bool(lines.diag_up) + 2 * bool(lines.diag_down)
        return given

    def _font(self, index: int) -> dict[str, Any]:
        if not 0 <= index < len(self._book.font_list):
            return {}
        font = self._book.font_list[index]
        given: dict[str, Any] = {"font_name": font.name, "font_size": font.height / 20}
        if font.weight >= 600 or font.bold:
            given["bold"] = True
        if font.italic:
            given["italic"] = True
        if font.struck_out:
            given["font_strikeout"] = True
        if font.underline_type in _UNDERLINE:
            given["underline"] = _UNDERLINE[font.underline_type]
        if font.escapement in (1, 2):
            given["font_script"] = font.escapement
        colour = self._colour(font.colour_index)
        if colour:
            given["font_color"] = colour
        return given

    def _colour(self, index: int) -> str:
        found = self._book.colour_map.get(index)
        return "#{:02X}{:02X}{:02X}".format(*found) if found else ""


class _Page:
    """One sheet while it is written."""

    def __init__(self, book: Any, sheet: Any, page: Any, formats: _Formats) -> None:
        self.book, self.sheet, self.page, self.formats = book, sheet, page, formats

    def write(self, progress: Progress) -> None:
        """Write cells, lines, merges, panes."""
        sheet, page = self.sheet, self.page
        if sheet.default_row_height:
            page.set_default_row(sheet.default_row_height / 20)
        for first, last, width, style, hidden, level in self._columns():
            page.set_column(first, last, width, style, {"hidden": hidden, "level": min(level, 7)})
        for row in range(sheet.nrows):
            if row % _EVERY == 0:
                progress(row, sheet.nrows, f"正在重做“{sheet.name}”")
            for column in range(sheet.row_len(row)):
                self._write(row, column)
        for row, info in sorted(sheet.rowinfo_map.items()):
            height = min(info.height / 20, _HIGHEST) if not info.has_default_height else None
            if height is not None or info.hidden or info.outline_level:
                # in pixels, for in points the writer would round to whole pixels
                page.set_row_pixels(
                    row, None if height is None else height / 0.75, None,
                    {"hidden": bool(info.hidden), "level": min(info.outline_level, 7)},
                )  # fmt: skip
        seen: set[tuple[int, int]] = set()
        for top, bottom, left, right in sheet.merged_cells:
            corners = {(top, left), (bottom - 1, right - 1)}
            if len(corners) == 2 and not corners & seen:
                seen |= corners
                page.merge.append([top, left, bottom - 1, right - 1])
        if sheet.panes_are_frozen and (sheet.horz_split_pos or sheet.vert_split_pos):
            page.freeze_panes(
                sheet.horz_split_pos, sheet.vert_split_pos,
                max(sheet.horz_split_first_visible, sheet.horz_split_pos),
                max(sheet.vert_split_first_visible, sheet.vert_split_pos),
            )  # fmt: skip
        if not sheet.show_grid_lines:
            page.hide_gridlines(2)
        # both count the rows or columns before the break
        page.set_h_pagebreaks([row for row, *_ in sheet.horizontal_page_breaks])
        page.set_v_pagebreaks([column for column, *_ in sheet.vertical_page_breaks])

    def _columns(self) -> list[tuple[int, int, float, Any, bool, int]]:
        """Columns that say something of their own: from, to, width, style, hidden, outline."""
        sheet, found = self.sheet, []
        told = sheet.colinfo_map
        for column in range(max([sheet.ncols - 1, *told], default=-1) + 1):
            info = told.get(column)
            if info is not None:
                width = info.width / 256
            elif sheet.standardwidth is not None:
                width = sheet.standardwidth / 256
            elif sheet.defcolwidth not in (None, 8):
                width = sheet.defcolwidth + 5 / 7  # said without the padding
            else:
                continue  # eight digits and padding, which is what an .xlsx takes too
            style = self.formats.get(info.xf_index) if info and info.xf_index > 15 else None
            hidden, level = bool(info and info.hidden), info.outline_level if info else 0
            # The writer adds five pixels of padding, which the file's width has already.
            shown = min(max(width - 5 / 7, 0.1), _WIDEST)
            found.append((column, column, shown, style, hidden, level))
        return found

    def _write(self, row: int, column: int) -> None:
        sheet, page = self.sheet, self.page
        kind, value = sheet.cell_type(row, column), sheet.cell_value(row, column)
        index = sheet.cell_xf_index(row, column)
        style = self.formats.get(index) if index is not None else None
        runs = sheet.rich_text_runlist_map.get((row, column)) if kind == _TEXT else None
        if runs and value:
            self._write_runs(row, column, value, runs, style)
        elif kind == _TEXT and value != "":
            page.write_string(row, column, clean(value), style)
        elif kind in (_NUMBER, _DAY):
            page.write_number(row, column, value, style)
        elif kind == _YES_NO:
            page.write_boolean(row, column, bool(value), style)
        elif kind == _ERROR:
            page.write_string(row, column, _ERRORS.get(value, "#N/A"), style)
        elif kind != _EMPTY:
            page.write_blank(row, column, None, style)

    def _write_runs(
        self, row: int, column: int, text: str, runs: list[tuple[int, int]], style: Any
    ) -> None:
        """Write a text whose parts have fonts of their own: runs are (from, font)."""
        starts = [0, *(max(0, min(place, len(text))) for place, _ in runs), len(text)]
        fonts = [None, *(font for _, font in runs)]
        pieces: list[Any] = []
        for font, start, end in zip(fonts, starts, starts[1:], strict=False):
            part = clean(text[start:end])
            if part:
                pieces += [part] if font is None else [self.formats.font(font), part]
        if sum(isinstance(piece, str) for piece in pieces) < 2:
            self.page.write_string(row, column, clean(text), style)
        else:
            self.page.write_rich_string(row, column, *pieces, *([style] if style else []))
