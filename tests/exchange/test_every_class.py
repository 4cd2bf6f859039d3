"""Every field of every record class passes Excel → ledger → Excel with equal values."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange import tokens
from ledger_desk.exchange.exporting import export_list
from ledger_desk.exchange.importing import dry_run, prepare
from ledger_desk.model.fields import FieldSpec, Record, fields_of
from ledger_desk.model.locks import WHOLE, locked
from ledger_desk.model.records import (
    BY_TABLE,
    RECORDS,
    Credit,
    Drawdown,
    Help,
    Matching,
    Repayment,
)
from ledger_desk.store.ledger import Ledger
from tests.exchange.making import code, every, read_in, whole

ENDINGS = (".xlsx", ".csv")
READ_IN = [cls for cls in RECORDS if cls.TABLE not in WHOLE]
_DEEPEST = 8


def value_of(spec: FieldSpec) -> Any:
    """Some value of a field's kind that a list could damage; not that of a reference."""
    kind = spec.kind.name
    if kind == "choice":
        return spec.kind.options[0]
    if kind == "text" and spec.name == "name":
        return "=某某（新县）有限公司"
    if kind == "code" and spec.name == "code":
        return code(1)
    return {
        "money": 12_345_600, "rate": 36_525, "day": date(2024, 2, 29), "whole": 12, "figure": 987_654,
        "yes_no": False, "division": "411523205", "phone": "13800000001", "person_id": "411523199001011234",
        "year": 2024, "month": "2024-02", "quantity": 120_500_001, "code": "004105", "industry": "0111",
        "note": "第一行\n第二行 \ue863䶮", "text": "+86甲",
    }[kind]  # fmt: skip


class Filler:
    """Makes records with every field filled, and for each reference a record to point to."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._made: dict[str, str] = {"office": ledger.office.id}
        self._making: list[str] = []

    def record(self, cls: type[Record]) -> str:
        """Make one with all fields."""
        values = {s.name: self._to(s) if s.ref else value_of(s) for s in fields_of(cls)}
        with self._ledger.step("建") as step:
            return step.create(cls(**values))

    def _to(self, spec: FieldSpec) -> str | None:
        """Id of a record of the class that a reference points to: one for all, made once."""
        table = spec.ref
        if table not in self._made:
            if table in self._making or len(self._making) > _DEEPEST:
                return None  # two classes that point to each other
            self._making.append(table)
            cls = BY_TABLE[table]
            values: dict[str, Any] = {
                s.name: self._to(s) if s.ref else value_of(s)
                for s in fields_of(cls)
                if s.required or s.identity or s.name == cls.TITLE
            }
            # What tells records apart must not be that of the record that is made in full.
            values |= {s.name: f"某某{cls.LABEL}" for s in fields_of(cls) if s.name == "name"}
            values |= {
                s.name: code(7) if s.name == "code" else "X7"
                for s in fields_of(cls)
                if s.identity and s.kind.name == "code"
            }
            with self._ledger.step("建") as step:
                self._made[table] = step.create(cls(**values))
            self._making.pop()
        return self._made[table]


def cells_of(path: Path) -> list[list[Any]]:
    """All cells of a list, hidden ones too."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.reader(lines))
    from openpyxl import load_workbook

    return [[cell.value for cell in row] for row in load_workbook(path).worksheets[0].iter_rows()]


def line_of(cells: list[list[Any]], cls: type[Record], record: str) -> list[Any]:
    """The line of one record, known by its token in the last column."""
    (line,) = [row for row in cells[1:] if row[-1] == tokens.make(cls, record)]
    return line


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("cls", READ_IN, ids=lambda cls: cls.TABLE)
def test_every_field_passes_from_a_list_into_the_ledger_and_out_again(
    ledger, tmp_path, cls, ending
):
    made = Filler(ledger).record(cls)
    (held,) = [r for r in every(ledger, cls) if r.id == made]
    empty = [s.label for s in fields_of(cls) if getattr(held, s.name) is None]
    assert empty == [], "a field was not filled"
    first, second = tmp_path / f"一{ending}", tmp_path / f"二{ending}"
    count = export_list(ledger, cls, first, private=True)
    before = whole(ledger)
    result = read_in(ledger, first)
    assert [(r.fate, r.changes, r.reason) for r in result.rows if r.fate != "same"] == []
    assert (result.same, result.step, whole(ledger)) == (count, None, before)

    # The record is emptied: what it holds afterwards comes out of the file alone.
    by_move = locked(cls)
    with ledger.step("清空") as step:
        step.change(cls, made, {s.name: None for s in fields_of(cls) if s.name not in by_move})
    read_in(ledger, first)
    (after,) = [r for r in every(ledger, cls) if r.id == made]
    assert after == held
    export_list(ledger, cls, second, private=True)
    assert line_of(cells_of(second), cls, made) == line_of(cells_of(first), cls, made)


@pytest.mark.parametrize(
    "cls", [Credit, Drawdown, Help, Matching, Repayment], ids=lambda c: c.TABLE
)
def test_records_without_a_name_of_their_own_come_back_also_when_their_kind_is_named(
    ledger, tmp_path, cls
):
    made = Filler(ledger).record(cls)
    path = tmp_path / "名单.xlsx"
    export_list(ledger, cls, path, private=True)
    prepared = prepare(path, ledger, kind=cls.TABLE)
    assert prepared.cls is cls
    assert [r.record for r in dry_run(ledger, prepared).rows if r.fate == "same"].count(made) == 1


@pytest.mark.parametrize("cls", [c for c in RECORDS if c.TABLE in WHOLE], ids=lambda c: c.TABLE)
def test_what_only_a_deed_writes_goes_out_in_full_and_is_refused_with_the_reason(
    ledger, tmp_path, cls
):
    made = Filler(ledger).record(cls)
    path = tmp_path / "名单.xlsx"
    export_list(ledger, cls, path, private=True)
    cells = cells_of(path)
    assert {s.label for s in fields_of(cls)} <= set(cells[0])
    assert None not in line_of(cells, cls, made)
    with pytest.raises(UserError, match=WHOLE[cls.TABLE][:8]):
        read_in(ledger, path)
