"""Whom each row asks about: a firm by code, number, name and township; a township; a bank."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.exchange.enterprises import EnterpriseIdentity
from ledger_desk.exchange.looking_up import by_name, by_value
from ledger_desk.exchange.names import name_key
from ledger_desk.exchange.parsing import ParsedRow
from ledger_desk.exchange.places import Places, name_of
from ledger_desk.model.identifiers import check_credit_code, normalise_code
from ledger_desk.model.kinds import clean, is_empty
from ledger_desk.model.records import Bank, Enterprise
from ledger_desk.reports.filling.matching import FilledColumn
from ledger_desk.reports.filling.opening import Opened
from ledger_desk.store.queries import Query, Rows

KNOWN, DOUBTFUL, UNKNOWN = "known", "doubtful", "unknown"
_MOST_TRIED = 60
_TELLING = ("township", "person", "phone", "village")
_SHORTEST_BANK = 2
_BANK_TAIL = re.compile(r"(?:股份)?有限(?:责任)?公司")
_OFFICE = re.compile(r"(?<=.{2})(?:人民政府|政府|党工委|党委|管委会)$")
_TOTALS = frozenset(["合计", "总计", "全县", "全县合计", "小计", "共计", "全市"])


@dataclass(frozen=True)
class AskedRow:
    """One row and whom it asks about.

    Attributes:
        row: Number in the file.
        name: As the row writes it.
        state: `KNOWN`, `DOUBTFUL` or `UNKNOWN`.
        key: Id of the firm, code of the township, id of the bank; '' where not known.
        by: What it was known by, in words.
        why: Why it is doubtful or not known.
        candidates: (id, words) of firms that it may be.
    """

    row: int
    name: str
    state: str
    key: str = ""
    by: str = ""
    why: str = ""
    candidates: tuple[tuple[str, str], ...] = ()


def tell_firms(rows: Rows, cells: Sequence[object]) -> str:
    """Tell cells that name firms of the ledger: ``firm.code``, ``firm.regno``, ``firm.name`` or ''."""
    texts = [clean(cell) for cell in cells if not is_empty(cell)][:_MOST_TRIED]
    if not texts:
        return ""
    codes = [normalise_code(text) for text in texts]
    for field in ("code", "regno"):
        if len(by_value(rows, Enterprise, field, codes)) * 2 > len(set(codes)):
            return f"firm.{field}"
    if sum(check_credit_code(text).ok for text in texts) * 2 > len(texts):
        return "firm.code"
    names = by_name(rows, Enterprise, texts)
    return "firm.name" if len(names) * 2 > len(set(map(name_key, texts))) else ""


def ask_firms(
    rows: Rows,
    opened: Opened,
    columns: Sequence[FilledColumn],
    places: Places,
    decisions: Mapping[int, str],
) -> list[AskedRow]:
    """Find the firm of each row; ``decisions`` are what a person said: row → firm, '' for none."""
    parsed = [_parsed(opened, columns, row, places) for row in opened.asked]
    identity = EnterpriseIdentity(rows)
    identity.begin(parsed, asked=True)
    former = _former(rows, parsed)
    towns = {r.row: r.values.get("township") for r in parsed}
    found = []
    for row in parsed:
        name = str(
            row.values.get("name") or row.values.get("code") or row.values.get("regno") or ""
        )
        if row.row in decisions:
            firm = decisions[row.row]
            held = rows.get(Enterprise, firm) if firm else None
            if held is not None:
                found.append(AskedRow(row.row, name or held.title, KNOWN, held.id, "人工指定"))
            else:
                found.append(AskedRow(row.row, name, UNKNOWN, why="人工定为账上没有"))
            continue
        found.append(_one(row, name, identity, former, places, towns[row.row]))
    return found


def _one(
    row: ParsedRow,
    name: str,
    identity: EnterpriseIdentity,
    former: Mapping[str, list[Enterprise]],
    places: Places,
    town: str | None,
) -> AskedRow:
    if not name:
        return AskedRow(row.row, "", UNKNOWN, why="这一行没有写企业名称或信用代码")
    match = identity.match(row, {})
    if match.record is not None:
        firm = match.record
        written = row.values.get("name")
        if match.by == "名称" and town and firm.township and firm.township != town:
            why = f"账上同名的“{firm.title}”在{name_of(firm.township)}，表里写的是{name_of(town)}。"
            return AskedRow(row.row, name, DOUBTFUL, why=why, candidates=_named([firm]))
        by = match.by or "名称"
        if written and by != "名称" and name_key(written) != name_key(firm.name or ""):
            by += f"（账上叫“{firm.title}”）"
        return AskedRow(row.row, name, KNOWN, firm.id, by)
    some = list(match.candidates) or former.get(name_key(name), [])
    if match.candidates and len(some) > 1:
        told = _narrowed(row, some)
        if told is not None:
            return AskedRow(row.row, name, KNOWN, told.id, "名称和乡镇等")
    if not match.candidates and len(some) == 1:
        return AskedRow(row.row, name, KNOWN, some[0].id, f"曾用名（现名“{some[0].title}”）")
    if some:
        return AskedRow(row.row, name, DOUBTFUL, why=match.doubt, candidates=_named(some))
    return AskedRow(row.row, name, UNKNOWN, why="账上没有这一户")


def _narrowed(row: ParsedRow, some: Sequence[Any]) -> Any:
    """Give the one of several namesakes with which the row agrees in its other cells."""
    if len({name_key(firm.name or "") for firm in some}) != 1:
        return None
    for field in _TELLING:
        value = row.values.get(field)
        agree = [firm for firm in some if value and getattr(firm, field) == value]
        if len(agree) == 1:
            return agree[0]
    return None


def _named(some: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (firm.id, "　".join(part for part in (firm.title, name_of(firm.township), firm.village, firm.person) if part))
        for firm in some
    )  # fmt: skip


def _former(rows: Rows, parsed: Sequence[ParsedRow]) -> dict[str, list[Enterprise]]:
    names = {str(row.values["name"]) for row in parsed if row.values.get("name")}
    return by_name(rows, Enterprise, names, "former_name")


def _parsed(opened: Opened, columns: Sequence[FilledColumn], row: int, places: Places) -> ParsedRow:
    values: dict[str, Any] = {}
    for column in columns:
        source, _, name = column.topic.partition(".")
        cell = opened.sheet.cell(row, column.column)
        if source != "firm" or is_empty(cell) or (row, column.column) in opened.locked:
            continue
        text = clean(cell)
        if name in ("code", "regno"):
            said = check_credit_code(text)
            values.setdefault("regno" if said.kind == "registration" else name, said.value or text)
        elif name == "township":
            code = township_called(places, text)
            if code is not None:
                values[name] = code
        elif name in ("name", "person", "phone", "village", "place", "address"):
            values[name] = text
    return ParsedRow(row, values)


def township_called(places: Places, text: str) -> str | None:
    """Find the township that a cell names, by its own name or as an office: 沙窝镇人民政府."""
    return places.code_of(text) or places.code_of(_OFFICE.sub("", text.strip()))


def ask_townships(
    opened: Opened, column: FilledColumn, places: Places, decisions: Mapping[int, str]
) -> list[AskedRow]:
    """Find the township of each row; rows called 合计 ask for the whole, whose key is ``*``."""

    def find(text: str) -> tuple[str, str]:
        code = township_called(places, text)
        return (code, "") if code else ("", f"“{text}”不是本地的乡镇（街道）")

    return _ask(opened, column, find, decisions)


def banks_called(banks: Sequence[Bank], text: str) -> list[Bank]:
    """Find the banks that a text may mean: by name or short name, else by what only they contain.

    农商行 and 新县农商银行 are one where the county has no other.
    """
    key = _bank_key(text)
    if len(key) < _SHORTEST_BANK:
        return []
    named = {
        bank.id: [_bank_key(word) for word in (bank.name, bank.short) if word] for bank in banks
    }
    exact = [bank for bank in banks if key in named[bank.id]]
    return exact or [bank for bank in banks if any(_one_in_other(key, w) for w in named[bank.id])]


def _one_in_other(key: str, word: str) -> bool:
    return key in word or (len(word) > _SHORTEST_BANK and word in key)


def _bank_key(text: str) -> str:
    return _BANK_TAIL.sub("", name_key(text)).replace("银行", "行").replace("农村商业行", "农商行")


def ask_banks(
    rows: Rows, opened: Opened, column: FilledColumn, decisions: Mapping[int, str]
) -> list[AskedRow]:
    """Find the bank of each row, by name or short name, or by what only one of them contains."""
    banks = rows.find(Query(Bank))

    def find(text: str) -> tuple[str, str]:
        some = banks_called(banks, text)
        if len(some) == 1:
            return some[0].id, ""
        if some:
            return "", f"账上有 {len(some)} 家银行像“{text}”"
        return "", f"账上没有叫“{text}”的银行"

    return _ask(opened, column, find, decisions)


def _ask(opened: Opened, column: FilledColumn, find: Any, decisions: Mapping[int, str]) -> list[AskedRow]:  # fmt: skip
    found = []
    for row in sorted({*opened.asked, *opened.totals}):
        cell = opened.sheet.cell(row, column.column)
        text = clean(cell) if not is_empty(cell) else ""
        first = next((clean(c) for c in opened.sheet.rows[row - 1] if not is_empty(c)), "")
        if text in _TOTALS or first in _TOTALS or row in opened.totals:
            found.append(AskedRow(row, text or first or "合计", KNOWN, "*", "合计行"))
            continue
        key, why = (
            (decisions[row], "")
            if row in decisions
            else find(text)
            if text
            else ("", "这一行没有写名称")
        )
        found.append(
            AskedRow(row, text, KNOWN if key else UNKNOWN, key, "名称" if key else "", why)
        )
    return found
