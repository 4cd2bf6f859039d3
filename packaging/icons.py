"""Copies the program's icons out of an unpacked @tabler/icons package.

    npm pack @tabler/icons@3.51.0 && tar xzf tabler-icons-3.51.0.tgz
    python packaging/icons.py package/icons/outline

Each icon keeps its name there, ``stroke="currentColor"`` and ``stroke-width="2"``, so that code
can set the ink and the stroke by replacing those two.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

# fmt: off
ICONS = (
    "list-check", "home", "building-store", "building-bank", "building-factory-2",
    "building", "walk", "clipboard-check", "clipboard-list", "send",
    "seedling", "plant", "refresh", "ticket", "speakerphone",
    "report", "arrows-exchange", "target", "settings", "search",
    "arrow-back-up", "arrow-forward-up", "help-circle", "plus", "minus",
    "columns-3", "file-import", "file-export", "file-text", "file-spreadsheet",
    "file-type-pdf", "printer", "lock", "lock-open", "chevron-up",
    "chevron-down", "chevron-left", "chevron-right", "chevrons-left", "chevrons-right",
    "calendar", "check", "x", "alert-triangle", "alert-circle",
    "info-circle", "clock", "user", "users", "trash",
    "restore", "database", "folder", "folder-open", "filter",
    "filter-off", "arrow-up", "arrow-down", "arrow-left", "arrow-right",
    "arrows-sort", "external-link", "copy", "history", "chart-bar",
    "table", "download", "upload", "device-floppy", "id",
    "phone", "map-pin", "cash", "calculator", "pencil",
    "eye", "eye-off", "list-details", "menu-2", "dots-vertical",
    "zoom-in", "zoom-out", "circle", "circle-check", "circle-half-2",
    "player-stop", "paperclip", "link", "sum", "package",
    "notes", "bell", "shield-lock", "keyboard", "book-2",
)
# fmt: on


def tidy(svg: str) -> str:
    """Drop the comment, the class and the empty frame; one line, so that a diff shows an icon."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r'\s*class="[^"]*"', "", svg)
    svg = re.sub(r'\s*<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "", svg)
    return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", svg)).replace(" >", ">").strip() + "\n"


def main() -> None:
    """Copy every icon of the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("outline", type=Path)
    here = Path(__file__).resolve().parents[1] / "resources" / "icons"
    parser.add_argument("--out", type=Path, default=here)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for name in ICONS:
        svg = (asked.outline / f"{name}.svg").read_text(encoding="utf-8")
        (asked.out / f"{name}.svg").write_bytes(tidy(svg).encode("utf-8"))
    print(f"{len(ICONS)} icons in {asked.out}")


if __name__ == "__main__":
    main()
