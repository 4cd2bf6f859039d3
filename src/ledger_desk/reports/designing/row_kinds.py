"""What the rows of a table are: townships, banks, kinds of firms, printed rows, or records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger_desk.exchange.form_parts import LISTED, Listed
from ledger_desk.exchange.headings import key_of
from ledger_desk.reports.designing.counted import (
    Guess,
    guess_measures,
    guess_numbers,
    name_indicator,
)
from ledger_desk.reports.designing.draft import LABEL, SERIAL, UNIT, Formula, Number
from ledger_desk.reports.designing.listed import Listing, guess_list, guess_listings
from ledger_desk.reports.designing.spoken import part_words
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.reports.sources import SOURCES
from ledger_desk.workbook.forms import SERIAL as SERIALS
from ledger_desk.workbook.headings import unit_of
from ledger_desk.workbook.outline import Heading

RECORDS_LIKE = ("records", "matching_events")
# Heading of the column that says what a row is → source of its rows; the first that holds.
_CALLED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), rows)
    for pattern, rows in (
        (r"银行(?:类型|类别|性质)|机构类[型别]", "bank_types"),
        (r"乡镇|街道|乡\(镇|辖区|镇办", "townships"),
        (r"担保(?:机构|公司)", "guarantors"), (r"星级", "park_stars"), (r"园区|小微企业园", "parks"),
        (r"银行|金融机构", "banks"), (r"填报单位|报送单位|成员单位|县\(?市?区|县区|部门|^单位$|单位名称", "offices"),
        (r"划型|企业规模|规模类型", "sizes"), (r"企业类[型别]|主体划型", "categories"),
        (r"主体类[型别]|经营主体类|主体性质", "enterprise_kinds"), (r"走访人|人员|姓名|责任人", "people"),
        (r"行业", "industries"), (r"问题类[型别]", "ticket_kinds"), (r"活动类[型别]|^类别$", "classes"),
    )
)  # fmt: skip
_INDICATOR = re.compile(r"^(?:指标|项目|内容|栏目|指标名称|统计指标|项目名称)$")
_UNIT = re.compile(r"^(?:计量)?单位$")
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|全[县市区]?合?计|小\s*计)$")
_INKED = re.compile("备注|说明$|签[字名]|盖章")
_HARDLY = 0.3  # of a list's columns explained
_SURELY = 0.72  # of the columns count something
_MOST_LABELS = 3  # columns from the left in which rows are named


@dataclass(frozen=True)
class RowsGuess:
    """What rows are, with the columns that follow.

    Attributes:
        rows: Word of ``form.toml``.
        of: Table of records.
        guesses: Column → what it may be.
        row: The printed rows.
        why: In Chinese.
        sure: It needs no second look.
        first_row: First of the printed rows; 0 where none are printed.
    """

    rows: str
    of: str | None
    guesses: Mapping[int, Guess]
    row: tuple[Listed, ...] = ()
    why: str = ""
    sure: bool = False


def guess_rows(
    headings: Sequence[Heading],
    title: str,
    printed: Mapping[int, str],
    townships: Mapping[str, str],
) -> RowsGuess:
    """Tell what the rows of a table are.

    Args:
        headings: Its columns.
        title: Title and name of the sheet.
        printed: Row → the label that is printed in it, where the blank has any.
        townships: Name → code of the townships of home.
    """
    if printed:
        found = _printed(headings, title, printed, townships)
        if found is not None:
            return found
    label = label_column(headings)
    parts = _parts(headings, title, label)
    counting = _counting(parts, headings) if parts is not None else 0.0
    if parts is not None and counting > _SURELY:
        return parts
    best = guess_listings(headings, title)[0]
    if parts is not None and counting >= _explained(best, headings):
        return parts
    why = f"各列的标题和“{best.label}”的项目相符"
    if best.score < _HARDLY:
        why = f"看不出每行是什么，先当作“{best.label}”，请选定"
    guesses = _own(headings, 0) | dict(best.guesses)
    return RowsGuess(best.rows, best.of, guesses, (), why, best.score > 0.55)


def guess_columns(
    headings: Sequence[Heading], title: str, rows: str, of: str | None,
    row: Sequence[Listed] = (), given: str = "",
) -> Mapping[int, Guess]:  # fmt: skip
    """Guess the columns of a table whose rows are known."""
    if rows in RECORDS_LIKE:
        return _own(headings, 0) | dict(guess_list(headings, rows, of, title).guesses)
    label = label_column(headings, rows)
    own = _own(headings, label)
    rest = [h for h in headings if h.column not in own]
    if rows == LISTED and (not row or any(each.indicator for each in row)):
        return own | guess_measures(rest)
    split = SOURCES[rows].by if rows in SOURCES else next((k for r in row for k in r.part), "")
    return own | guess_numbers(_countable(rest), split=split, title=title, given=given)


def label_column(headings: Sequence[Heading], rows: str = "") -> int:
    """Find the column in which the rows are named; 0 for none."""
    first = [h for h in headings if not _is_serial(h)][:_MOST_LABELS]
    for heading in first:
        key = key_of(heading.text)
        if any(rule.search(key) and rows in ("", name) for rule, name in _CALLED):
            return heading.column
        if _INDICATOR.match(key) and rows in ("", LISTED):
            return heading.column
    return first[0].column if first and rows else 0


def source_called(heading: str) -> str:
    """Which parts of the ledger a heading of labels speaks of; '' for none."""
    key = key_of(heading)
    return next((name for rule, name in _CALLED if rule.search(key)), "")


def _is_serial(heading: Heading) -> bool:
    return heading.text.strip("/") in SERIALS or heading.text.rstrip(".。") in SERIALS


def _own(headings: Sequence[Heading], label: int) -> dict[int, Guess]:
    found = {h.column: Guess(SERIAL, 1.0, "序号") for h in headings if _is_serial(h)}
    for heading in headings:
        if heading.column != label and _UNIT.match(key_of(heading.text)) and label:
            found[heading.column] = Guess(UNIT, 1.0, "每行的计量单位")
    return found | ({label: Guess(LABEL, 1.0, "本行的名称")} if label else {})


def _countable(headings: Sequence[Heading]) -> list[Heading]:
    return [h for h in headings if h.text and not _INKED.search(h.text)]


def _parts(headings: Sequence[Heading], title: str, label: int) -> RowsGuess | None:
    """A matrix by parts of the ledger, when the labels' heading names some."""
    if not label:
        return None
    heading = next(h for h in headings if h.column == label)
    if _INDICATOR.match(key_of(heading.text)):
        guesses = guess_columns(headings, title, LISTED, None)
        why = f"“{heading.text}”一列写指标的名称，请逐行选定指标"
        return RowsGuess(LISTED, None, guesses, (), why)
    rows = source_called(heading.text)
    guesses = guess_columns(headings, title, rows, None)
    why = f"“{heading.text}”一列写的是{SOURCES[rows].label}"
    return RowsGuess(rows, None, guesses, (), why, True)


def _counting(found: RowsGuess, headings: Sequence[Heading]) -> float:
    numbers = [g.score for g in found.guesses.values() if isinstance(g.choice, Number)]
    rest = len(headings) - sum(g.choice in (SERIAL, LABEL, UNIT) for g in found.guesses.values())
    counted = sum(numbers) + sum(isinstance(g.choice, Formula) for g in found.guesses.values())
    return counted / max(rest, 1)


def _explained(best: Listing, headings: Sequence[Heading]) -> float:
    rest = sum(not _is_serial(h) for h in headings)
    return sum(g.score for g in best.guesses.values()) / max(rest, 1)


def _printed(
    headings: Sequence[Heading],
    title: str,
    printed: Mapping[int, str],
    townships: Mapping[str, str],
) -> RowsGuess | None:
    """Rows whose labels stand in the blank: each a part of the ledger, or each an indicator."""
    labels = {row: text for row, text in printed.items() if not _TOTAL.match(text.strip())}
    parts = {row: _part(text, townships) for row, text in labels.items()}
    if labels and sum(p is not None for p in parts.values()) * 2 > len(labels):
        listed = [
            Listed(label="".join(text.split()), at_row=row, part=dict([part]) if part else {})
            for row, text in labels.items() for part in [parts[row]]
            if part is not None
        ]  # fmt: skip
        guesses = guess_columns(headings, title, LISTED, None, listed)
        return RowsGuess(LISTED, None, guesses, tuple(listed), "每行印着名称，逐行对应", True)
    named = {row: name_indicator(text, unit_of(text) or "", title) for row, text in labels.items()}
    known = {row: g for row, g in named.items() if g is not None and isinstance(g.choice, Number)}
    if not labels or len(known) * 2 <= len(labels):
        return None
    listed = [
        Listed(
            label="".join(labels[row].split()), at_row=row, indicator=guess.choice.indicator,
            part=dict(guess.choice.part), unit=INDICATORS[guess.choice.indicator].unit,
        )
        for row, guess in known.items() if isinstance(guess.choice, Number)
    ]  # fmt: skip
    guesses = guess_columns(headings, title, LISTED, None, listed)
    why = f"每行印着指标的名称，{len(labels)} 行里对上 {len(known)} 行"
    return RowsGuess(LISTED, None, guesses, tuple(listed), why, len(known) == len(labels))


def _part(text: str, townships: Mapping[str, str]) -> tuple[str, str] | None:
    bare = re.sub(r"^(?:其中|[#\d一二三四五六七八九十.、()（）]*)[:：]?", "", "".join(text.split()))
    if bare in townships:
        return ("township", townships[bare])
    return part_words().get(bare)
