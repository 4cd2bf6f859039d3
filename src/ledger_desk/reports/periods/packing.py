"""A frozen period as bytes: canonical JSON, packed; the same period always gives the same text.

What has an order is a list: names of keys are sorted. What is written here is read for ever: a later
version reads this one's ``version``.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Block, Form, FormShape
from ledger_desk.model.periods import Period
from ledger_desk.reports.findings import Finding
from ledger_desk.reports.periods.coding import (
    Register,
    origins_of,
    put,
    put_all,
    put_cell,
    put_origin,
    take,
    take_cell,
)
from ledger_desk.reports.periods.frozen import Frozen
from ledger_desk.reports.periods.signatures import Signed
from ledger_desk.reports.periods.stakes import Leaf, Question, Stake
from ledger_desk.reports.rowsets import FewRows, Ref, SourceField, SourceRow
from ledger_desk.reports.shapes import Adjustment, Filled, Report, ReportBlock
from ledger_desk.reports.styles import CellContent, style_of

VERSION = 1
_STRANGE = (
    "这次定稿的内容这个版本的程序读不全：{}。导出的文件照样能取出，一个字节也不变；"
    "要看每个数背后的企业，请用结账时的版本，或更新的版本打开。"
)


@dataclass(frozen=True)
class KeptColumn(Filled):
    """A column as it was: contents, texts and exact values are kept, not made."""

    kept: tuple[CellContent, ...] = ()
    texts: tuple[str, ...] = ()
    exacts: tuple[Any, ...] = ()

    def contents(self) -> list[CellContent]:
        """What the workbook got in all rows."""
        return list(self.kept)

    def content(self, place: int) -> CellContent:
        """What the workbook got in a row."""
        return self.kept[place]

    def sum(self) -> Decimal:
        """Sum of its numbers as they stand in the sheet."""
        return sum((Decimal(v) for v in self.kept if isinstance(v, int | Decimal)), Decimal(0))

    def text(self, place: int) -> str:
        """How it read."""
        return self.texts[place]

    def exact(self, place: int) -> Any:
        """What a formula found in a row."""
        return self.exacts[place]


def pack(frozen: Frozen, blank: str) -> bytes:
    """Write a frozen period; ``blank`` is the hash of its form's blank, which is kept apart."""
    report, refs, who = frozen.report, Register(), Register()
    shape = report.form.shape
    told = {
        "version": VERSION,
        "form": {
            "id": report.form.id, "title": report.form.title, "blank": blank,
            "shape": json.loads(shape.model_dump_json(exclude_none=True)),
        },
        "period": [report.period.start.isoformat(), report.period.end.isoformat()],
        "office": report.office, "office_name": report.office_name, "head": report.head,
        "cells": [[tab, [put_cell(c, refs) for c in some]] for tab, some in report.cells.items()],
        "blocks": [_put_block(block, shape, refs) for block in report.blocks],
        "adjusted": [
            [a.sheet, a.row, a.column, put(a.half_up), put(a.given)] for a in report.adjusted
        ],
        "unbalanced": list(report.unbalanced),
        "numbers": [
            [*asked[:4], [list(pair) for pair in asked[4]], [_put_leaf(leaf, who) for leaf in leaves]]
            for asked, leaves in frozen.numbers.items()
        ],
        "findings": [_put_finding(each) for each in frozen.findings],
        "remarks": dict(frozen.remarks),
        "signed": [frozen.signed.filled, frozen.signed.checked, frozen.signed.headed],
        "parameters": dict(frozen.parameters),
        "definitions": {name: list(said) for name, said in frozen.definitions.items()},
    }  # fmt: skip
    told |= {"refs": [list(each) for each in refs.items], "who": [list(e) for e in who.items]}
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return zlib.compress(text.encode(), 9)


def unpack(data: bytes, blank_of: Callable[[str], bytes], form: Form | None = None) -> Frozen:
    """Read a frozen period.

    Args:
        data: What `pack` gave.
        blank_of: Gives the bytes of a blank by their hash.
        form: The form as it is today: taken where its definition has not changed, so that reports of
            both are of one form.

    Raises:
        UserError: It was written by a version that this one does not understand.
    """
    try:
        told = json.loads(zlib.decompress(data))
        if told["version"] > VERSION:
            raise UserError(_STRANGE.format("它是更新的版本写的"))
        refs, who = Register(told["refs"]), told["who"]
        known = _form(told["form"], blank_of, form)
        start, end = (date.fromisoformat(each) for each in told["period"])
        report = Report(
            known, Period(start, end), told["office"], told["office_name"], told["head"],
            {tab: tuple(take_cell(c, tab, refs) for c in some) for tab, some in told["cells"]},
            tuple(_take_block(block, known.shape, refs) for block in told["blocks"]),
            tuple(Adjustment(a[0], a[1], a[2], take(a[3]), take(a[4])) for a in told["adjusted"]),
            tuple(told["unbalanced"]),
        )  # fmt: skip
        numbers: dict[Question, tuple[Leaf, ...]] = {
            (a, b, c, d, tuple((str(x), str(y)) for x, y in only)):
                tuple(_take_leaf(leaf, who) for leaf in leaves)
            for a, b, c, d, only, leaves in told["numbers"]
        }  # fmt: skip
        return Frozen(
            report, numbers, tuple(_take_finding(each) for each in told["findings"]),
            told["remarks"], Signed(*told["signed"]), told["parameters"],
            {name: tuple(said) for name, said in told["definitions"].items()},
        )  # fmt: skip
    except (KeyError, IndexError, TypeError, ValueError, zlib.error) as error:
        raise UserError(_STRANGE.format(_why(error))) from error


def _why(error: Exception) -> str:
    return "报表定义的写法变了" if isinstance(error, ValidationError) else "内容的写法不认识"


def _form(told: Mapping[str, Any], blank_of: Callable[[str], bytes], now: Form | None) -> Form:
    if now is not None and _shape_text(now.shape) == json.dumps(told["shape"], sort_keys=True):
        return now
    shape = FormShape.model_validate_json(json.dumps(told["shape"]))
    return Form(shape, blank_of(told["blank"]), "")


def _shape_text(shape: FormShape) -> str:
    return json.dumps(json.loads(shape.model_dump_json(exclude_none=True)), sort_keys=True)


# -- blocks ------------------------------------------------------------------------------------------


def _put_block(block: ReportBlock, shape: FormShape, refs: Register) -> dict[str, Any]:
    number = next(n for n, each in enumerate(shape.block) if each is block.shape)
    count = len(block.places)
    columns = []
    for at, column in block.columns.items():
        values = [column.content(place) for place in range(count)]
        texts = [column.text(place) for place in range(count)]
        columns.append([at, {
            "heading": column.heading, "column": column.column, "contents": put_all(values),
            "texts": put_all(texts, [_plain(each) for each in values]),
            "exacts": put_all([column.exact(place) for place in range(count)], values),
            "values": put_all([column.values[place] for place in range(count)], values),
            "kind": column.style(0).kind if count else "text",
            "origins": [put_origin(column.origin(place), refs) for place in range(count)],
        }])  # fmt: skip
    return {
        "sheet": block.sheet, "source": block.source, "shape": number, "moved": block.moved,
        "places": list(block.places), "columns": columns,
        "rows": [
            [block.body.key(place), block.body.row(place).label, block.body.firm(place)]
            for place in range(count)
        ],
        "fields": {name: [f.label, f.kind] for name, f in block.body.fields.items()},
        "totals": [[at, put_cell(cell, refs)] for at, cell in block.totals.items()],
        "empty": put_cell(block.empty, refs) if block.empty is not None else None,
    }  # fmt: skip


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _take_block(told: Mapping[str, Any], shape: FormShape, refs: Register) -> ReportBlock:
    own: Block = shape.block[told["shape"]]
    sheet = told["sheet"]
    columns = {at: _take_column(at, each, refs) for at, each in told["columns"]}
    named = {c.field: columns[c.at] for c in own.column if c.field and c.at in columns}
    rows = []
    for place, (key, label, firm) in enumerate(told["rows"]):
        values = {name: column.values[place] for name, column in named.items()}
        records = {
            name: getattr(column.origin(place), "records", ()) for name, column in named.items()
        }
        rows.append(
            SourceRow(key, label, values, records, Ref("enterprise", firm) if firm else None)
        )
    fields = {name: SourceField(label, kind) for name, (label, kind) in told["fields"].items()}
    empty = take_cell(told["empty"], sheet, refs) if told["empty"] is not None else None
    return ReportBlock(
        sheet, told["source"], FewRows(fields, rows), told["places"], columns,
        {at: take_cell(cell, sheet, refs) for at, cell in told["totals"]}, empty, own,
        told["moved"],
    )  # fmt: skip


def _take_column(at: str, told: Mapping[str, Any], refs: Register) -> KeptColumn:
    contents = tuple(take(each) for each in told["contents"])
    texts = told["texts"] if told["texts"] is not None else [_plain(each) for each in contents]
    exacts, values = (
        tuple(take(each) for each in told[name]) if told[name] is not None else contents
        for name in ("exacts", "values")
    )
    return KeptColumn(
        at, told["column"], told["heading"], values, style_of(told["kind"]),
        origins_of(told["origins"], refs), kept=contents, texts=tuple(texts), exacts=exacts,
    )  # fmt: skip


# -- numbers and findings ------------------------------------------------------------------------------


def _put_leaf(leaf: Leaf, who: Register) -> dict[str, Any]:
    stakes = leaf.stakes.items()
    told: dict[str, Any] = {
        "label": leaf.label, "unit": leaf.unit, "kind": leaf.kind, "value": leaf.value,
        "places": leaf.places, "span": leaf.span,
        "who": [who.number((*one, stake.name)) for one, stake in stakes],
        "events": [stake.events for _, stake in stakes],
    }  # fmt: skip
    for name in ("amount", "weighted"):
        values = [getattr(stake, name) for _, stake in stakes]
        if any(values):
            told[name] = put_all(values)
    return told


def _take_leaf(told: Mapping[str, Any], who: list[Any]) -> Leaf:
    count = len(told["who"])
    nothing = [0] * count
    stakes = {}
    for number, events, amount, weighted in zip(
        told["who"], told["events"], told.get("amount", nothing), told.get("weighted", nothing),
        strict=True,
    ):  # fmt: skip
        table, record, name = who[number]
        stakes[table, record] = Stake(name, events, take(amount), take(weighted))
    return Leaf(
        told["label"], told["unit"], told["kind"], told["value"], stakes, told["places"], told["span"]
    )  # fmt: skip


def _put_finding(finding: Finding) -> list[Any]:
    firm = finding.enterprise
    return [
        finding.grade, finding.rule, finding.title, finding.sentence, finding.remedy, finding.sheet,
        finding.cell, finding.row, finding.column, [[r.table, r.record] for r in finding.records],
        [firm.table, firm.record] if firm is not None else None, finding.beside,
    ]  # fmt: skip


def _take_finding(told: list[Any]) -> Finding:
    grade, rule, title, sentence, remedy, sheet, cell, row, column, records, firm, *beside = told
    return Finding(
        grade, rule, title, sentence, remedy, sheet, cell, row, column,
        tuple(Ref(*each) for each in records), Ref(*firm) if firm is not None else None,
        *beside,  # closings of earlier days have none
    )  # fmt: skip
