"""Townships: told from an address, found by name, shown by name.

Codes and names are the statistical divisions in ``resources/dictionaries/divisions.tsv``
(`domain.md` §9.5); an office reads addresses of its own county or city only. A doubtful address
gives nothing: a wrong township would move a firm's numbers to another township (`decisions.md` 25).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from unicodedata import is_normalized

from ledger_desk.model.divisions import NO_NAMES, divisions
from ledger_desk.model.plain import plain

_TOWNSHIP_ENDS = ("街道办事处", "办事处", "街道", "地区", "民族乡", "乡", "镇", "苏木")
# A township that became a town, or the other way, is still written the old way for years.
_LOOSE_ENDS = ("乡", "镇", "街道", "街道办事处", "办事处")
# Names that are districts somewhere and plain words everywhere (阳泉市城区, 攀枝花市东区 …).
_PLAIN_WORDS = 2
_UNKNOWN = "?"


class _Finder:
    """Finds the names of a list in a text, leftmost and longest first, without overlaps."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for name in sorted(set(names), key=len, reverse=True):
            self._by_start.setdefault(name[:2], []).append(name)
        firsts = "".join(sorted({start[0] for start in self._by_start}))
        self._start = re.compile(f"[{re.escape(firsts)}]") if firsts else None

    def find(self, text: str) -> list[tuple[int, str]]:
        """Give (position, name) of each name in ``text``, in order."""
        found: list[tuple[int, str]] = []
        end = 0
        for match in self._start.finditer(text) if self._start else ():
            at = match.start()
            if at < end:
                continue
            for name in self._by_start.get(text[at : at + 2], ()):
                if text.startswith(name, at):
                    found.append((at, name))
                    end = at + len(name)
                    break
        return found


@lru_cache(maxsize=1)
def _counties_and_above() -> tuple[_Finder, dict[str, frozenset[str]]]:
    """Finder of all province, city and county names, and the codes behind each name."""
    codes: dict[str, set[str]] = {}
    for code, name in divisions().items():
        if len(code) > 6 or name in NO_NAMES:
            continue
        if len(name) <= _PLAIN_WORDS and name.endswith("区"):
            continue
        codes.setdefault(name, set()).add(code)
    return _Finder(codes), {name: frozenset(found) for name, found in codes.items()}


def name_of(code: str | None) -> str:
    """Give the name of a division; a code that is not known, or an own name, stays as it is."""
    if not code:
        return ""
    return divisions().get(code, code)


def full_name_of(code: str) -> str:
    """Give the names from the county down (``新县卡房乡``); unknown codes stay as they are."""
    if len(code) != 9 or code not in divisions():
        return name_of(code)
    return name_of(code[:6]) + name_of(code)


@dataclass(frozen=True)
class Places:
    """The divisions that one office works in.

    Attributes:
        home: Division code of the office: 6 digits for a county, 4 for a city, 9 for a township.
            Empty: the office has not said where it is, and no address is read.
    """

    home: str
    _names: dict[str, dict[str, str]] = field(init=False, repr=False, compare=False)
    _finder: _Finder = field(init=False, repr=False, compare=False)
    # What stands ahead of townships is nearly always one of a few words: 新县, 信阳市新县 …
    _counties: dict[str, str | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        home = (self.home or "").strip()
        # A township office meets firms of its whole county.
        home = home[:6] if len(home) > 6 else home
        object.__setattr__(self, "home", home)
        names: dict[str, dict[str, str]] = {}
        if home:
            for code, name in divisions().inside(home, 9).items():
                names.setdefault(code[:6], {})[name] = code
        forms = {c: _with_loose_forms(n) for c, n in names.items()}
        object.__setattr__(self, "_names", forms)
        object.__setattr__(self, "_counties", {})
        object.__setattr__(self, "_finder", _Finder(n for f in forms.values() for n in f))

    def township_of(self, address: str | None) -> str | None:
        """Tell the township (9 digits) that an address lies in, or None.

        None where the address names another county, two townships, or none at all.
        """
        if not address or not self.home:
            return None
        text = address if is_normalized("NFKC", address) else plain(address)
        hits = self._finder.find(text)
        if not hits:
            return None
        ahead = text[: hits[0][0]]
        county = self._counties.get(ahead, _UNKNOWN)
        if county == _UNKNOWN:
            county = self._counties[ahead] = self._county_in(ahead)
        if county == "":
            return None
        scopes = [self._names[county]] if county else list(self._names.values())
        found = {scope[name] for _, name in hits for scope in scopes if name in scope}
        return found.pop() if len(found) == 1 else None

    def townships(self) -> list[str]:
        """List the codes of all townships of home."""
        return sorted({code for names in self._names.values() for code in names.values()})

    def named_in(self, text: str) -> set[str]:
        """Find the townships of home that a text names, in full or by their stem (卡房10月 → 卡房乡).

        Stems count only where no full name is found; one that two townships share counts for both.
        """
        flat = plain(text).replace(" ", "")
        scopes = list(self._names.values())
        hits = [name for _, name in self._finder.find(flat)]
        found = {scope[name] for name in hits for scope in scopes if name in scope}
        if found:
            return found
        return {
            code for scope in scopes for name, code in scope.items()
            if len(stem := _stem(name)) >= 2 and stem in flat
        }  # fmt: skip

    def _county_in(self, ahead: str) -> str | None:
        """County named ahead of the township: its code, None if none is named, '' if a strange one."""
        finder, codes = _counties_and_above()
        for _, name in finder.find(ahead):
            possible = codes[name]
            inside = [c for c in possible if c.startswith(self.home) or self.home.startswith(c)]
            if not inside:
                return ""
            counties = [c for c in inside if len(c) == 6]
            if len(counties) == 1:
                return counties[0] if counties[0] in self._names else ""
        return None

    def code_of(self, text: str) -> str | None:
        """Find the township that a cell names: a code, a name with or without 乡/镇/街道.

        Returns:
            A known code, or None where the name is not one of home or fits two.
        """
        said = plain(text).replace(" ", "")
        if said.isdigit():
            # Twelve digits go down to the village; the township is in the first nine.
            code = said[:9] if len(said) == 12 else said
            return code if code in divisions() else None
        found = self._exact(said)
        if not found:
            finder, _ = _counties_and_above()
            above = finder.find(said)
            if above and above[0][0] == 0 and said != above[-1][1]:
                return self.township_of(text)
        return found.pop() if len(found) == 1 else None

    def _exact(self, said: str) -> set[str]:
        """Codes of home whose name is ``said``, or whose stem is."""
        for match in (lambda n: n == said, lambda n: _stem(n) == said):
            found = {
                code for names in self._names.values() for n, code in names.items() if match(n)
            }
            if found:
                return found
        return set()


def _stem(name: str) -> str:
    for end in _TOWNSHIP_ENDS:
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name[: -len(end)]
    return name


def _with_loose_forms(names: dict[str, str]) -> dict[str, str]:
    """Add the other endings of each name (陈店镇 for 陈店乡) where only one township can be meant."""
    forms = dict(names)
    loose: dict[str, set[str]] = {}
    for name, code in names.items():
        stem = _stem(name)
        if len(stem) >= 2 and stem != name:
            for end in _LOOSE_ENDS:
                loose.setdefault(stem + end, set()).add(code)
    for name, codes in loose.items():
        if name not in forms and len(codes) == 1:
            forms[name] = next(iter(codes))
    return forms
