"""The fate of each cell of a pasted block: changed, same, wrong, not to be changed, empty, outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from ledger_desk import paths
from ledger_desk.exchange import firm_cells, looking_up
from ledger_desk.exchange.mapping import ColumnMatch
from ledger_desk.exchange.parsing import ColumnReader, Odd, Special
from ledger_desk.exchange.paste_columns import PasteColumn
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.terms import own_places
from ledger_desk.exchange.townships import townships
from ledger_desk.model import masks, money
from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store.queries import Rows

CHANGED, SAME, WRONG, LOCKED = "changed", "same", "wrong", "locked"
HIDDEN = "hidden"  # a masked number, which says nothing
BLANK, OUTSIDE = "blank", "outside"

# What lists write into empty cells.
_EMPTY_WORDS = frozenset(["缺", "未报", "不适用", "（空）"])
_INDUSTRY = re.compile(r"[A-T]?(\d{2,4})(?:[\s　].*)?")
_LINES = re.compile(r"[\r\n\t]+")


class Fates:
    """Takes the rows of a block one thousand at a time."""

    def __init__(
        self, cls: type[Record], columns: Sequence[PasteColumn], *, erase: bool, exact: bool,
        fresh: Mapping[str, Record] | None = None,
    ) -> None:  # fmt: skip
        """Compare with records of ``cls``; ``fresh`` are those that are not in the ledger yet."""
        self._cls, self._columns = cls, columns
        self._fresh = dict(fresh or {})
        self._erase, self._exact = erase, exact
        self._known = field_map(cls)
        self.fates: list[list[str]] = []
        self.whys: dict[tuple[int, int], str] = {}
        self.changes: dict[str, dict[str, Any]] = {}
        self._cells: dict[str, tuple[int, int]] = {}  # code's cell of each record that gets one

    def begin(self, rows: Rows, division: str) -> None:
        """Read through ``rows`` from now on."""
        self._rows = rows
        places = Places(division)
        self._readers = [
            ColumnReader(
                column.spec,
                ColumnMatch(number + 1, column.heading, _unit(column.spec), column.name, "place", 1.0),
                self._special(column.spec, places),
            )
            if column.spec is not None
            else None
            for number, column in enumerate(self._columns)
        ]  # fmt: skip

    def _special(self, spec: FieldSpec, places: Places) -> Special | None:
        if spec.ref:
            return looking_up.references(self._rows)
        if spec.kind.name == "division":
            return townships(places, own_places(self._rows))
        if spec.kind.name == "industry":
            return read_industries
        if self._cls is Enterprise and spec.name == "code":
            return firm_cells.read_codes
        if self._cls is Enterprise and spec.name == "regno":
            return firm_cells.read_regnos
        return None

    def take(
        self,
        block: Sequence[Sequence[str]],
        ids: Sequence[str],
        shown: Mapping[str, Mapping[str, str]],
    ) -> None:
        """Give the cells of some rows their fates; rows without an id lie outside the list."""
        base = len(self.fates)
        records: dict[str, Any] = {**self._fresh, **self._rows.many(self._cls, list(ids))}
        inside = [records.get(record) for record in ids[: len(block)]]
        self.fates += [[OUTSIDE] * len(self._columns) for _ in block]
        for number, (column, reader) in enumerate(zip(self._columns, self._readers, strict=True)):
            # What stands there already, as the list shows it, needs no reading at all.
            cells: list[str | None] = []
            for place, record in enumerate(inside):
                text, at = block[place][number].strip(), base + place
                fate, why = self._at_sight(column, record, text, shown.get(ids[place], {}))
                if fate:
                    self.fates[at][number] = fate
                    if why:
                        self.whys[at, number] = why
                cells.append(None if fate else block[place][number])
            if reader is None:
                continue
            for place, value in enumerate(reader.read(cells)):
                if cells[place] is not None:
                    self._tell(base + place, number, reader, inside[place], value)

    def _at_sight(
        self, column: PasteColumn, record: Any, text: str, shown: Mapping[str, str]
    ) -> tuple[str, str]:
        """Fate and sentence of a cell that needs no reading; '' for one that does."""
        if not column.name:
            return OUTSIDE, ""
        if record is None:
            return WRONG, "这一行刚才还在，现在已经不在账里了。请关掉再贴一次。"
        if column.name in shown and _line(text) == _line(shown[column.name]):
            return (SAME, "") if text else self._blank(column, record)
        spec = column.spec
        if spec is None:
            return (LOCKED, column.why) if text else (BLANK, "")
        if not text or (text in _EMPTY_WORDS and text not in spec.kind.options):
            return self._blank(column, record)
        if spec.private and "*" in text:
            held = getattr(record, spec.name) or ""
            if held and text in (masks.mask_phone(held), masks.mask_id(held, "ends")):
                return SAME, ""
            return HIDDEN, "这是隐去了中间几位的号码，贴不出原来的号码，这一格不动。"
        return "", ""

    def _blank(self, column: PasteColumn, record: Any) -> tuple[str, str]:
        spec = column.spec
        if spec is None or getattr(record, spec.name) is None:
            return (SAME if spec is not None and self._erase else BLANK), ""
        if not self._erase:
            return BLANK, ""
        if spec.name == self._cls.TITLE or (spec.ref and spec.required):
            return WRONG, f"“{spec.label}”不能空着，没有清空。"
        self.changes.setdefault(record.id, {})[spec.name] = None
        return CHANGED, ""

    def _tell(self, at: int, number: int, reader: ColumnReader, record: Any, value: Any) -> None:
        """Give a cell that was read its fate."""
        spec = reader.spec
        why, target = "", spec.name
        if isinstance(value, Odd):
            why, target, value = value.why, value.field, value.value
            if value is None:
                self.fates[at][number], self.whys[at, number] = WRONG, why
                return
        if value is None:
            self.fates[at][number], why = self._blank(self._columns[number], record)
        elif target != spec.name and getattr(record, target) not in (None, value):
            label = self._known[target].label
            self.fates[at][number] = WRONG
            why = f"{why}账上的“{label}”是 {getattr(record, target)}，两个不一样，没有改。"
        elif self._is_same(self._known[target], getattr(record, target), value, reader):
            self.fates[at][number] = SAME
        else:
            self.fates[at][number] = CHANGED
            self.changes.setdefault(record.id, {})[target] = value
            if target == "code" and self._cls is Enterprise:
                self._cells[record.id] = (at, number)
        if why:
            self.whys[at, number] = why

    def _is_same(self, spec: FieldSpec, old: Any, value: Any, reader: ColumnReader) -> bool:
        if old == value:
            return True
        if self._exact or spec.kind.name != "money" or old is None:
            return False
        return money.same_at_precision(value, old, reader.own_units.get(value, _unit(spec)))

    def finish(self) -> None:
        """Refuse codes that two firms would have; then count those called otherwise."""
        if self._cells:
            self._refuse_codes()
        title = self._cls.TITLE
        self.renamed = sum(
            1
            for each, values in self.changes.items()
            if title in values and each not in self._fresh
        )

    def _refuse_codes(self) -> None:
        """A code that another firm has, or gets here, is refused: the ledger holds each only once.

        Also where the other firm gives it up in the same paste: taking that back would have to go
        through a moment in which both have it.
        """
        wanted = {record: self.changes[record]["code"] for record in self._cells}
        holders = looking_up.by_value(self._rows, Enterprise, "code", wanted.values())
        given: set[str] = set()
        for record, code in wanted.items():
            other = next((f for f in holders.get(code, []) if f.id != record), None)
            if other is None and code not in given:
                given.add(code)
                continue
            at, number = self._cells.pop(record)
            name = f"账里“{other.title}”" if other is not None else "这次要贴的另一户"
            self.fates[at][number] = WRONG
            self.whys[at, number] = f"{name}已用这个代码。请核对执照，一个代码只能是一户的。"
            del self.changes[record]["code"]
            if not self.changes[record]:
                del self.changes[record]


def _unit(spec: FieldSpec | None) -> str | None:
    return money.DEFAULT_UNIT if spec is not None and spec.kind.name == "money" else None


def _line(text: str) -> str:
    """A text as a list shows it: on one line."""
    return _LINES.sub(" ", text).strip()


def read_industries(spec: FieldSpec, texts: Iterable[str]) -> dict[str, Any]:
    """Read industry cells: a code, a code with its name (``1530 精制茶加工``), or a name alone."""
    codes, names = _industries()
    found: dict[str, Any] = {}
    for text in texts:
        match = _INDUSTRY.fullmatch(text)
        if text in codes:
            found[text] = text
        elif match is not None and match[1] in codes:
            found[text] = match[1]
        elif text in names:
            found[text] = names[text]
        else:
            why = f"“{text}”不是国民经济行业的代码，也不是其中一个名称。请填四位代码，例如 1530。"
            found[text] = Odd(spec.name, None, why, "must")
    return found


@lru_cache(maxsize=1)
def _industries() -> tuple[frozenset[str], dict[str, str]]:
    """All codes of GB/T 4754-2017, and the narrowest code of each name."""
    codes: set[str] = set()
    names: dict[str, str] = {}
    with (paths.resources() / "dictionaries" / "industries.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            code, name, *_ = line.rstrip("\n").split("\t")
            codes.add(code)
            if len(code) > len(names.get(name, "")):
                names[name] = code
    return frozenset(codes), names
