"""What pickers offer from the dictionaries: the office's own entries and the built-in ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from ledger_desk.exchange.terms import Listings
from ledger_desk.model.divisions import NO_NAMES, divisions
from ledger_desk.model.listing import Listing
from ledger_desk.model.terms import BY_KEY, Dictionary, Entry, industries, industry_path
from ledger_desk.ui.picker import Items, PickItem

__all__ = [
    "DictionaryItems",
    "divisions",
    "find_division",
    "full_name",
    "industry_item",
    "industry_items",
    "item_of",
    "township_item",
    "townships",
]
_MOST = 50


def item_of(dictionary: Dictionary, entry: Entry) -> PickItem:
    """Show an entry: what it lies in or means, and its code, at the right."""
    if dictionary.key == "industry":
        return industry_item(entry.code)
    hint = "　".join(part for part in (entry.hint, entry.code) if part)
    if dictionary.key == "village":
        hint = entry.hint or divisions().get(entry.parent, entry.parent)
    keys = tuple(key for key in (entry.code, *entry.also) if key)
    return PickItem(dictionary.value_of(entry), entry.text, hint, keys)


class DictionaryItems:
    """Offers the entries of a dictionary to a `Picker`; what is off is not offered."""

    def __init__(
        self, listings: Listings, dictionary: Dictionary, *, within: Callable[[], str] | None = None
    ) -> None:
        """Offer a dictionary.

        Args:
            listings: The dictionaries of the ledger.
            dictionary: Which one.
            within: Tells the place (a township's code) whose entries come first; '' for all.
        """
        self._listings, self._dictionary, self._within = listings, dictionary, within

    def __call__(self, text: str) -> list[PickItem]:
        """Find what was typed; with nothing typed, give the first entries."""
        listing = self._listings.listing(self._dictionary.key)
        place = self._within() if self._within is not None else ""
        if self._dictionary.key == "division" and not text.strip():
            found = listing.find(text, _MOST, keep=lambda e: e.own or not e.hint)
        elif place:
            found = listing.find(text, _MOST, keep=lambda e: e.parent == place)
            found = found or listing.find(text, _MOST)
        else:
            found = listing.find(text, _MOST)
        return [item_of(self._dictionary, entry) for entry in found]

    def show(self, value: Any) -> PickItem:
        """Show a value of a field; wording that is no entry stays as it is."""
        if self._dictionary.key == "division":
            return township_item(value)
        if self._dictionary.key == "industry":
            return industry_item(value)
        return PickItem(value, value)


def township_item(code: str) -> PickItem:
    """Show a division code as one shows it to people; an own name stays as it is."""
    name = divisions().get(code)
    if name is None:
        return PickItem(code, code, "自定")
    return PickItem(code, name, code)


@lru_cache(maxsize=8)
def townships(home: str) -> tuple[PickItem, ...]:
    """Townships of an office's county (or of its city), in the order of their codes.

    Args:
        home: Division of the office, 4 to 9 digits; a township office picks in its whole county.
    """
    near = home[:6]
    some = divisions().inside(near, 9) if len(near) >= 4 else {}
    return tuple(PickItem(code, name, code) for code, name in some.items())


@lru_cache(maxsize=1)
def _country() -> Listing:
    return Listing(BY_KEY["division"])


def find_division(text: str) -> list[PickItem]:
    """Find a division of any level by code, fragment, full name or pinyin, larger ones first."""
    wanted = text.strip()
    if not wanted:
        return [_division_item(code) for code in _provinces()]
    found = [entry.code for entry in _country().find(_shortest(wanted), _MOST)]
    return [_division_item(code) for code in found]


def _shortest(wanted: str) -> str:
    """Take what a place lies in away from its name: 河南省信阳市新县 → 新县."""
    place, rest = "", wanted
    for size in (2, 4, 6):
        some = divisions().inside(place, size) if place else _provinces()
        for code, name in some.items():
            if name not in NO_NAMES and rest != name and rest.startswith(name):
                place, rest = code, rest.removeprefix(name)
                break
        if not place:
            return wanted
    return rest


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    return {code: divisions()[code] for code in divisions() if len(code) == 2}


def _division_item(code: str) -> PickItem:
    return PickItem(code, full_name(code) or code, code, (divisions().get(code, ""),))


def full_name(code: str) -> str:
    """Give a division with what it lies in: ``河南省信阳市新县``."""
    return divisions().full_name(code)


@lru_cache(maxsize=1)
def industry_items() -> Items:
    """Give the filter over all industries: code, fragment of the name, pinyin."""
    listing = Listing(BY_KEY["industry"])
    return lambda text: [industry_item(entry.code) for entry in listing.find(text, _MOST)]


def industry_item(code: str) -> PickItem:
    """Show an industry: ``1530 精制茶加工``, and its path from the section down."""
    name = industries().get(code, (code, ""))[0]
    return PickItem(code, f"{code} {name}", industry_path(code), (name,))
