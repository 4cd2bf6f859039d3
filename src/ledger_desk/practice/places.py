"""Where made-up firms stand: the real townships and villages of 新县, which are public divisions."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk import paths

COUNTY = "411523"
COUNTY_NAME = "新县"
_ENDS = ("居民委员会", "村民委员会", "委员会")
_TOWN_ENDS = ("街道", "镇", "乡")


@dataclass(frozen=True)
class Township:
    """One township or sub-district: nine digits, name, short stem, names of its villages."""

    code: str
    name: str
    stem: str
    villages: tuple[str, ...]


def townships() -> tuple[Township, ...]:
    """Read the 16 townships of 新县 with their villages from the shipped dictionaries."""
    folder = paths.resources() / "dictionaries"
    villages: dict[str, list[str]] = {}
    for line in (folder / "villages_4115.tsv").read_text(encoding="utf-8").splitlines():
        code, _, name = line.partition("\t")
        if code.startswith(COUNTY):
            villages.setdefault(code[:9], []).append(_short(name))
    found = []
    for line in (folder / "divisions.tsv").read_text(encoding="utf-8").splitlines():
        code, _, name = line.partition("\t")
        if len(code) == 9 and code.startswith(COUNTY):
            found.append(Township(code, name, _stem(name), tuple(villages.get(code, ["中心村"]))))
    return tuple(found)


def industry_names() -> dict[str, str]:
    """Read the names of all industry codes."""
    text = (paths.resources() / "dictionaries" / "industries.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {row[0]: row[1] for row in rows}


def _short(name: str) -> str:
    for end in _ENDS:
        name = name.removesuffix(end)
    return name if name.endswith(("村", "社区")) else f"{name}村"


def _stem(name: str) -> str:
    for end in _TOWN_ENDS:
        name = name.removesuffix(end)
    return name
