"""``bulletin``: 通报 in the office's own wording, as Word file and PDF."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import opening, pairing
from ledger_desk.cli.parser import Parser, add_command, day, filled
from ledger_desk.cli.printing import Printer
from ledger_desk.cli.reporting import explanation_json, explanation_lines
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.model.periods import Period
    from ledger_desk.reports.bulletins.bulletin import Bulletin, Run
    from ledger_desk.store.ledger import Ledger


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    command = add_command(
        adder, "bulletin", "出一份通报（日通报、周通报、月通报），写成 Word 和 PDF", make,
        more="不写 --docx、--pdf 时只显示全文。范本在窗口的“通报”页里改。",
    )  # fmt: skip
    command.add_argument(
        "name", type=filled, metavar="范本", help="范本的名称，例如 日通报、周通报、月通报"
    )
    command.add_argument(
        "--from", dest="start", required=True, type=day, metavar="起日", help="例如 2024-11-01"
    )
    command.add_argument(
        "--to", dest="end", required=True, type=day, metavar="止日", help="例如 2024-11-30"
    )
    command.add_argument("--docx", type=filled, metavar="文件", help="写成这个 .docx")
    command.add_argument("--pdf", type=filled, metavar="文件", help="写成这个 PDF")
    command.add_argument(
        "--explain", type=int, metavar="第几个数", help="说明全文里第几个数从哪里来，从 1 数起"
    )


def make(given: argparse.Namespace, printer: Printer) -> int:
    """Make a bulletin, show it, write it."""
    from ledger_desk.reports.bulletins.explaining import explain_spot
    from ledger_desk.reports.bulletins.making import make_bulletin
    from ledger_desk.reports.bulletins.wordings import find_wording

    docx = Path(given.docx) if given.docx else None
    pdf = Path(given.pdf) if given.pdf else None
    pairing.check_targets(docx, pdf)
    period = _period(given)
    # Only what is written for others is registered; a look at the numbers changes nothing.
    open_it = opening.open_to_register if docx or pdf else opening.open_to_read
    with open_it(given) as ledger:
        made = make_bulletin(ledger, find_wording(ledger, given.name), period)
        told = explain_spot(ledger, made, given.explain) if given.explain is not None else None
        note = _write(ledger, made, docx, pdf)
    numbers = made.spots
    data: dict[str, Any] = {
        "name": made.name, "period": period.label, "office": made.office, "head": made.head,
        "text": made.text, "docx": given.docx, "pdf": given.pdf,
        "numbers": [_number_json(number, run) for number, run in numbers.items()],
    }  # fmt: skip
    lines = [made.text.rstrip(), f"（全文 {len(numbers)} 个数，--explain 1 看第 1 个从哪里来）"]
    lines += [f"已写出：{path}" for path in (docx, pdf) if path]
    if note:
        lines.append(note)
        data["note"] = note
    if told is not None:
        data["explain"] = explanation_json(told)
        lines += explanation_lines(f"第 {given.explain} 个数", told)
    printer.show(data, *lines)
    return cli.DONE


def _period(given: argparse.Namespace) -> Period:
    from ledger_desk.model.periods import Period

    try:
        return Period(given.start, given.end)
    except ValueError as error:
        raise UserError(str(error)) from None


def _write(ledger: Ledger, made: Bulletin, docx: Path | None, pdf: Path | None) -> str:
    """Write what was asked for and register it; gives why that could not be done, or ''."""
    from ledger_desk.exchange.dispatching import Leaving, register_all
    from ledger_desk.files import atomic_write
    from ledger_desk.reports.bulletins.papers import pdf_of, word_of

    if docx and pdf:
        pairing.write_both((docx, word_of(made)), (pdf, pdf_of(made)))
    elif docx:
        atomic_write(docx, word_of(made))
    elif pdf:
        atomic_write(pdf, pdf_of(made))
    paths = [path for path in (docx, pdf) if path]
    if not paths:
        return ""
    return register_all(ledger, paths, Leaving(f"{made.name} {made.period.label}")).why


def _number_json(number: int, run: Run) -> dict[str, Any]:
    spot = run.spot
    assert spot is not None
    return {"number": number, "title": spot.title, "text": run.text, "values": list(spot.values)}
