"""Colours and sizes of the program, named as in look.md §2 (designer's table, both columns)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """One set of colours as ``#RRGGBB``; names are those of look.md §2."""

    ink: str
    ink2: str
    ink3: str
    sheet: str
    work: str
    nav: str
    grey: str
    line: str
    line2: str
    field: str
    dai: str
    dai3: str
    sel: str
    top: str
    topdim: str
    tops: str
    zhu: str
    zhu3: str
    zhe: str
    zhe3: str
    dian: str
    dian3: str
    ok: str
    ok3: str
    comp: str
    off: str
    hover: str
    thumb: str
    desk: str
    practice: str
    practice2: str
    contrast: bool


LIGHT = Tokens(
    ink="#1C2726",
    ink2="#47534F",
    ink3="#5C6661",
    sheet="#FFFFFF",
    work="#F8F6F0",
    nav="#EAE6DB",
    grey="#F1EFE8",
    line="#DED9CC",
    line2="#C9C3B3",
    field="#8C8A7E",
    dai="#1E5855",
    dai3="#DCEAE6",
    sel="#CFE3DD",
    top="#173F3E",
    topdim="#B9CFCA",
    tops="#245250",
    zhu="#B02A1F",
    zhu3="#FBE8E4",
    zhe="#875200",
    zhe3="#FBEFD5",
    dian="#2A5593",
    dian3="#E6EDF7",
    ok="#2C6B35",
    ok3="#E3F0E1",
    comp="#EEF3F6",
    off="#646B66",
    hover="#EEF3F0",
    thumb="#A9A594",
    desk="#D9D5C9",
    practice="#6E4300",
    practice2="#8A5A10",
    contrast=False,
)

CONTRAST = Tokens(
    ink="#000000",
    ink2="#1A1A1A",
    ink3="#2B2B2B",
    sheet="#FFFFFF",
    work="#FFFFFF",
    nav="#FFFFFF",
    grey="#EFEFEF",
    line="#767676",
    line2="#4A4A4A",
    field="#000000",
    dai="#00403D",
    dai3="#C9EDE6",
    sel="#A9E0D4",
    top="#000000",
    topdim="#FFFFFF",
    tops="#000000",
    zhu="#8E0F06",
    zhu3="#FFE1DB",
    zhe="#5C3600",
    zhe3="#FFE9B8",
    dian="#0B3A7E",
    dian3="#DCE8FF",
    ok="#0B4A14",
    ok3="#D3F2D0",
    comp="#E6EEF5",
    off="#4A4A4A",
    hover="#EFEFEF",
    thumb="#4A4A4A",
    desk="#FFFFFF",
    practice="#5C3600",
    practice2="#000000",
    contrast=True,
)

TONES: dict[str, tuple[str, str]] = {
    "grey": ("ink2", "grey"),
    "dai": ("dai", "dai3"),
    "ok": ("ok", "ok3"),
    "zhe": ("zhe", "zhe3"),
    "zhu": ("zhu", "zhu3"),
    "dian": ("dian", "dian3"),
}
"""Tone of a tag or notice: names of its text token and of its tint token."""

SMALLEST_FACTOR, LARGEST_FACTOR = 1.0, 2.0
LEAST_LOGICAL_WIDTH, LEAST_LOGICAL_HEIGHT = 683, 384
"""Text may not grow beyond what still leaves this much room (look.md §7)."""


def limit_factor(wanted: float, width: int, height: int) -> float:
    """Keep a text-size factor between 1.0 and 2.0 and small enough for the screen.

    Args:
        wanted: The factor asked for.
        width: Free width of the screen in Qt's own pixels (system scaling already taken off).
        height: Free height, likewise.
    """
    room = min(width / LEAST_LOGICAL_WIDTH, height / LEAST_LOGICAL_HEIGHT)
    return round(max(SMALLEST_FACTOR, min(wanted, LARGEST_FACTOR, room)), 2)
