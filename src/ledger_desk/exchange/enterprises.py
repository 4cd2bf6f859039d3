"""What is special about reading in enterprises: which rows can be one, and who is who.

Sources: `decisions.md` 1 and 25, `domain.md` §9.1–9.2, `product.md` §3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from ledger_desk.exchange.duplicates.incoming import Aliases, Lookalikes, sentence
from ledger_desk.exchange.identities import Match, Pending
from ledger_desk.exchange.looking_up import by_name, by_value
from ledger_desk.exchange.names import is_corporate, name_key
from ledger_desk.exchange.parsing import ParsedRow
from ledger_desk.model.identifiers import check_credit_code
from ledger_desk.model.records import Enterprise
from ledger_desk.store.queries import Rows

Firm: TypeAlias = Enterprise | Pending

_MASKED = re.compile(r"[*＊]")
_BROKEN = "\ufffd"  # what a program writes for a character that it could not read
# Fields that tell two firms of one name apart.
_TELLING = ("person", "phone", "place", "address", "township", "founded")


def check_row(row: ParsedRow) -> str:
    """Give why a row cannot be an enterprise at all, or ''.

    A name behind stars or with broken characters is no name: two such rows look alike and are not.
    """
    name = row.values.get("name") or ""
    if _MASKED.search(name):
        if not row.values.get("code") and not row.values.get("regno"):
            return f"“{name}”的名称遮住了几个字，又没有信用代码或注册号，认不出是哪一户。请补上全称或代码。"
        del row.values["name"]  # says nothing: the name that the ledger has stays
        return ""
    if _BROKEN in name:
        return (
            f"“{name}”的名称里有乱码（{_BROKEN}），原来的字已经丢了。请向来表单位要文字完好的表。"
        )
    if not row.values.get("name") and not row.values.get("code") and not row.values.get("regno"):
        return "这一行没有主体名称，也没有信用代码或注册号，认不出是哪一户。"
    return ""


class EnterpriseIdentity:
    """Finds the firm that each row is about: code, registration number, own number, name."""

    def __init__(self, rows: Rows) -> None:
        """Look in ``rows``, which see what this reading in has already written."""
        self._rows = rows
        self._by: dict[str, dict[str, list[Firm]]] = {}
        # Per block: what `_by` holds, and the firms of a name that have no own number yet.
        self._known: set[tuple[str, str, str]] = set()
        self._unnumbered: dict[str, dict[str, Firm]] = {}
        self.aliases, self._alike = Aliases(rows), Lookalikes(rows)

    def begin(self, block: Sequence[ParsedRow], asked: bool = False) -> None:
        """Look up everything that a block of rows may be about; ``asked``: see `Lookalikes`."""
        self._by = {}
        for field in ("code", "regno", "internal_no"):
            values = {r.values.get(field) for r in block}
            found = by_value(self._rows, Enterprise, field, values)
            self._by[field] = {value: list(records) for value, records in found.items()}
        codes = self._by["code"]
        names = {r.values["name"] for r in block
                 if "name" in r.values and r.values.get("code") not in codes}  # fmt: skip
        self._by["name"] = {k: list(v) for k, v in by_name(self._rows, Enterprise, names).items()}
        self._known = {
            (field, key, firm.id)
            for field, found in self._by.items() for key, some in found.items() for firm in some
        }  # fmt: skip
        self._unnumbered = {
            key: {firm.id: firm for firm in some if firm.internal_no is None}
            for key, some in self._by["name"].items()
        }
        self.aliases.begin(r.values for r in block)
        self._alike.begin([r.values for r in block if self._is_stranger(r)], asked)

    def _is_stranger(self, row: ParsedRow) -> bool:
        """Tell that nothing in the ledger has a key of this row."""
        get = row.values.get
        name = get("name")
        return not (
            get("code") in self._by["code"]
            or get("regno") in self._by["regno"]
            or get("internal_no") in self._by["internal_no"]
            or (name and name_key(name) in self._by["name"])
        )

    def add(self, record: Any, seen_as: Any) -> None:
        """Let later rows of the block see a firm as it is about to be made or changed."""
        for field in ("code", "regno", "internal_no", "name"):
            value = getattr(seen_as, field)
            if value is not None:
                key = name_key(value) if field == "name" else value
                if (field, key, record.id) not in self._known:
                    self._known.add((field, key, record.id))
                    self._by[field].setdefault(key, []).append(record)
                if field == "name" and seen_as.internal_no is None:
                    self._unnumbered.setdefault(key, {})[record.id] = record
                elif field == "name":
                    self._unnumbered.get(key, {}).pop(record.id, None)
        if isinstance(record, Pending):
            self._alike.add(record)

    def match(self, row: ParsedRow, touched: dict[str, int]) -> Match:
        """Find the firm of one row; ``touched`` holds the firms that this file already spoke of.

        What no key finds may mean a firm that was merged away, or look like one that is there.
        """
        found = self._by_keys(row, touched)
        if found.record is not None:
            self.aliases.settle(row.values, found.record.id)
        if found.record is not None or found.doubt:
            return found
        survivor = self.aliases.survivor(row.values)
        if survivor is not None:
            return Match(survivor, by="并户前的号码或名称")
        alike = self._alike.of(row.values)
        if not alike:
            return found
        return Match(None, tuple(self._alike.records(alike)), sentence(alike))

    def _by_keys(self, row: ParsedRow, touched: dict[str, int]) -> Match:
        code = row.values.get("code")
        if code is not None:
            found = self._by["code"].get(code, [])
            if found:
                return Match(found[0], by="统一社会信用代码")
        for field, label in (("regno", "工商注册号"), ("internal_no", "内部编号")):
            value = row.values.get(field)
            some = self._by[field].get(value, []) if value is not None else []
            if code is not None:
                others = [f for f in some if f.code is not None]
                if others:
                    why = f"{label}“{value}”与账上“{others[0].name}”相同，统一社会信用代码却不同（账上是 {others[0].code}）。"
                    return Match(None, tuple(some), why)
            if len(some) > 1:
                return Match(
                    None,
                    tuple(some),
                    f"账上有 {len(some)} 户的{label}是“{value}”，分不清是哪一户。",
                )
            if some:
                return Match(some[0], by=label)
        return self._by_name(row, touched)

    def _by_name(self, row: ParsedRow, touched: dict[str, int]) -> Match:
        name, code, regno = (row.values.get(n) for n in ("name", "code", "regno"))
        some = self._by["name"].get(name_key(name), []) if name else []
        if name and row.values.get("internal_no") is not None and not is_corporate(name):
            # Stalls of one name are told apart by the office's own numbers.
            some = list(self._unnumbered.get(name_key(name), {}).values())
        if code is not None:
            coded = [f for f in some if f.code is not None and f.id not in touched]
            some = [f for f in some if f.code is None]
            if (
                not some
                and coded
                and not all(check_credit_code(c).ok for c in (code, coded[0].code or ""))
            ):
                why = (f"账上已有同名的“{coded[0].name}”，代码是 {coded[0].code}，与这一行的 {code} 不同，"
                       "其中有一个校验不符。请看是抄错了代码，还是两户。")  # fmt: skip
                return Match(None, tuple(coded), why)
        if not some:
            return Match(None)
        if len(some) > 1:
            return Match(
                None, tuple(some), f"账上有 {len(some)} 户叫“{name}”，只凭名称分不清是哪一户。"
            )
        firm = some[0]
        if regno is not None and firm.regno is not None and regno != firm.regno:
            why = f"账上“{firm.name}”的注册号是 {firm.regno}，与这一行的 {regno} 不同。"
            return Match(None, (firm,), why)
        doubt = _doubt(row, firm, coded=code is not None)
        return Match(None, (firm,), doubt) if doubt else Match(firm, by="名称")


def _doubt(row: ParsedRow, firm: Firm, *, coded: bool) -> str:
    """Give why a firm of the same name may be another one, or ''.

    A corporate name is given once by a registry. A shop sign is not: something else must agree
    where something disagrees, or where a code would be written to a firm that has none.
    """
    assert firm.name is not None
    if is_corporate(firm.name):
        return ""
    both = [f for f in _TELLING if row.values.get(f) is not None and getattr(firm, f) is not None]
    agree = [f for f in both if row.values[f] == getattr(firm, f)]
    if agree or (not both and not coded):
        return ""
    if both:
        return f"账上有同名的“{firm.name}”，但经营者、电话或地址都对不上，可能是另一户。"
    return f"账上有同名的“{firm.name}”，没有信用代码，也没有别的可以核对，不知是不是同一户。"
