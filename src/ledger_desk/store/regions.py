"""Names of provinces, cities and counties in front of a firm's name, from the division table.

``新县``, ``河南省信阳市新县``, ``信阳`` stand ahead of what a firm is called. Many short forms are also
signs (安康, 兴隆, 永安): that of a city counts only where enough is left behind it, that of a county
only for an office that lies there.
"""

from __future__ import annotations

from functools import lru_cache

from ledger_desk import paths

_ENDS = (
    "特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "地区", "林区",
    "特区", "矿区", "新区", "省", "市", "盟", "县", "区", "旗",
)  # fmt: skip
_NO_NAMES = frozenset(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"])
_LEAST = 2  # characters that must be left behind a region
_LEFT_BEHIND = 4  # and behind what may also be a sign
_PROVINCE, _CITY = 2, 4
_TOWN_LEFT = 3

# Name, codes that it may mean, characters left behind, its own length.
Region = tuple[str, tuple[str, ...], int, int]
Split = tuple[tuple[str, ...], str]


@lru_cache(maxsize=4)
def _starts(home: str) -> dict[str, tuple[Region, ...]]:
    """First two characters → regions whose names begin so, the longest first."""
    found: dict[tuple[str, int], list[str]] = {}
    with (paths.resources() / "dictionaries" / "divisions.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            if line[6:7].isdigit():  # townships
                continue
            code, _, name = line.rstrip("\n").partition("\t")
            if name in _NO_NAMES or len(name) < _LEAST:
                continue
            plain = len(name) == 2 and name.endswith("区")  # 城区, 东区: plain words elsewhere
            found.setdefault((name, _LEFT_BEHIND if plain else _LEAST), []).append(code)
            short = next((name[: -len(e)] for e in _ENDS if name.endswith(e)), "")
            if len(short) < 2 or not _short_counts(code, home):
                continue
            behind = _LEAST if len(code) == _PROVINCE else _LEFT_BEHIND
            found.setdefault((short, behind), []).append(code)
    starts: dict[str, list[Region]] = {}
    for (name, behind), codes in found.items():
        starts.setdefault(name[:2], []).append((name, tuple(codes), behind, len(name)))
    return {
        two: tuple(sorted(some, key=lambda r: (-len(r[0]), r[2]))) for two, some in starts.items()
    }


def _short_counts(code: str, home: str) -> bool:
    if len(code) == _PROVINCE:
        return True
    if home:
        return home[:_CITY] == code[:_CITY]
    return len(code) == _CITY


@lru_cache(maxsize=1 << 12)
def _inside(means: tuple[str, ...], codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([code for code in means if code.startswith(codes)])


def split(name: str, home: str = "") -> Split:
    """Cut the regions off a name: 河南省新县卡房乡鸿运茶业 → (("411523",), 鸿运茶业).

    Args:
        name: Normalised, without brackets and legal form.
        home: Division code of the office, '' if it does not count.

    Returns:
        Codes that the smallest region may mean, and what is left; ``((), name)`` for no region.
    """
    get = _starts(home).get
    some = get(name[:2])
    if some is None:
        return (), name
    codes: tuple[str, ...] = ()
    while some is not None:
        length = len(name)
        for region, means, behind, long in some:
            if length - long < behind or not name.startswith(region):
                continue
            if codes:  # a smaller one lies in the one ahead: 新县永康药业 is not in 永康
                means = _inside(means, codes)
                if not means:
                    continue
            codes, name = means, name[long:]
            break
        else:
            break
        some = get(name[:2])
    if codes:  # a township below
        for at in (2, 3):
            if name[at : at + 1] in ("乡", "镇") and len(name) - at > _TOWN_LEFT:
                return codes, name[at + 1 :]
    return codes, name


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two readings of regions can be one place: equal, one inside the other, or none."""
    if not one or not other:
        return True
    return any(a.startswith(b) or b.startswith(a) for a in one for b in other)
