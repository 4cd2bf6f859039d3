"""Forms made for a test: a ``form.toml`` and a blank with headings where the columns stand."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from ledger_desk.exchange.definitions import Form, Forms, load_all
from ledger_desk.model.periods import Period
from ledger_desk.reports.build import build
from ledger_desk.reports.shapes import Report
from ledger_desk.reports.vocabulary import known
from ledger_desk.store.ledger import Ledger

OCTOBER = Period(date(2024, 10, 1), date(2024, 10, 31))
_HEAD = """
id = "{name}"
title = "{name}表"
standing = "默认表样"
mechanism = "首贷培植行动"
sheet = "表"
source = {{ document = "002", title = "某文", clause = "附" }}
due = {{ every = "月", day = 10 }}
"""


def blank(texts: Mapping[str, str], rows: int = 30, columns: int = 12, sheets: tuple[str, ...] = ("表",)) -> bytes:  # fmt: skip
    """A blank of empty cells with some printed texts (``A3`` or ``附表!A3``)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in sheets:
        sheet = book.create_sheet(name)
        for row in range(1, rows + 1):
            for column in range(1, columns + 1):
                sheet.cell(row, column).number_format = "0.00"
    for at, text in texts.items():
        tab, _, cell = at.rpartition("!")
        book[tab or sheets[0]][cell] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def load(
    folder: Path, text: str, texts: Mapping[str, str], name: str = "trial", **more: Any
) -> Forms:
    """Write a form below ``folder`` and load all that stand there; ``text`` follows the head."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "form.toml").write_text(_HEAD.format(name=name) + text, encoding="utf-8")
    (place / "blank.xlsx").write_bytes(blank(texts, **more))
    return load_all([folder], known())


def form_of(folder: Path, text: str, texts: Mapping[str, str], **more: Any) -> Form:
    """A form that must have no mistakes."""
    found = load(folder, text, texts, **more)
    assert not found.problems, [problem.sentence() for problem in found.problems]
    return found.get("trial")


def wrong(folder: Path, text: str, texts: Mapping[str, str], **more: Any) -> list[str]:
    """The sentences about a form that has mistakes."""
    found = load(folder, text, texts, **more)
    assert not found.forms
    sentences = [problem.sentence() for problem in found.problems]
    for sentence in sentences:
        assert sentence.startswith("报表“trial”")
        assert sentence.endswith("。")
        assert "Error" not in sentence
    return sentences


def texts_of(report: Report, *columns: str, block: int = 0) -> list[list[str]]:
    """What a block's rows say in some columns."""
    return [[row.cells[at].text for at in columns] for row in report.blocks[block].rows]


def made(ledger: Ledger, form: Form, period: Period = OCTOBER, **more: Any) -> Report:
    """The report of a form."""
    return build(ledger, form, period, **more)
