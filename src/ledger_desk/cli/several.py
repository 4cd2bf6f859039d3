"""``report`` of many forms or offices at once, and of papers that are made for records."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_desk import cli
from ledger_desk.cli import opening, pairing
from ledger_desk.cli.printing import Printer, some
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.store.ledger import Ledger


def check(given: argparse.Namespace) -> None:
    """Look at what was written together.

    Raises:
        UserError: Something is missing, or two things do not go together.
    """
    if bool(given.form) == given.all:
        raise UserError("要么写报表的代号，要么写 --all，两样写一样。代号见 forms。")
    if given.start is None or given.end is None:
        raise UserError("少写了 --from 或 --to：请写这一期的起日和止日，例如 --from 2024-11-01。")
    if given.record:
        raise UserError("--record 只用于单张（如 ticket_sheet 批分单）。单张的代号见 forms。")
    many = given.all or len(given.form) > 1 or len(given.office) > 1
    if given.folder and (given.xlsx or given.pdf or given.explain):
        raise UserError("写了 --folder 就不要写 --xlsx、--pdf 和 --explain：文件名由程序定。")
    if given.proof and (many or not given.pdf):
        raise UserError("--proof 把佐证附在一张报表的 PDF 后面，要同时写 --pdf，一次出一张。")
    if many and not given.folder:
        raise UserError("几张一起出要写 --folder：出到哪个文件夹。")


def office_of(ledger: Ledger, said: str = "") -> str | None:
    """Id of the office that a command names; None for the whole ledger.

    Raises:
        UserError: There is no such office.
    """
    from ledger_desk.reports.offices import find_office

    if not said:
        return None
    with ledger.read() as rows:
        return find_office(rows, ledger.office.id, said).id


def make_many(given: argparse.Namespace, printer: Printer) -> int:
    """Make all that is asked for into one folder."""
    from ledger_desk.model.periods import Period
    from ledger_desk.reports.batch import make_all
    from ledger_desk.reports.catalogue import load_forms
    from ledger_desk.reports.offices import find_office

    if given.end < given.start:
        raise UserError(f"期别的最后一天 {given.end} 早于第一天 {given.start}。请把起止日期对调。")
    with opening.open_to_register(given) as ledger:
        forms = load_forms(ledger)
        for name in given.form:
            forms.get(name)  # refused before anything is made
        with ledger.read() as rows:
            who: list[tuple[str | None, str]] = [
                (one.id, one.title)
                for one in (find_office(rows, ledger.office.id, said) for said in given.office)
            ] or [(None, "")]
        wanted = [
            (form, office, name)
            for form in (given.form or list(forms.forms)) for office, name in who
        ]  # fmt: skip
        period = Period(given.start, given.end)
        made = make_all(
            ledger, forms, wanted, period, Path(given.folder), progress=printer.progress
        )
    data = {
        "folder": given.folder, "period": period.label, "note": made.note,
        "reports": [item.as_json() for item in made.items],
    }  # fmt: skip
    lines = [made.sentence, *([made.note] if made.note else [])]
    printer.show(data, *lines, *some([f"已写出：{p}" for item in made.made for p in item.files]))
    must = any(item.must for item in made.items)
    return cli.ATTENTION if must or made.failed else cli.DONE


def draw_paper(given: argparse.Namespace, printer: Printer) -> int:
    """Draw a paper for the records that are named."""
    from ledger_desk.exchange.dispatching import Leaving, register
    from ledger_desk.files import atomic_write
    from ledger_desk.model.vocabulary import PRIVATE_WAYS
    from ledger_desk.reports import record_papers

    paper = record_papers.PAPERS[given.form[0]]
    if not given.record or not given.pdf:
        raise UserError(
            f"“{paper.title}”是选记录出的单张，请写 --record {paper.record} 和 --pdf 文件。"
        )
    target, private = Path(given.pdf), PRIVATE_WAYS[1 if given.full else 0]
    pairing.check_targets(target)
    with opening.open_to_register(given) as ledger:
        with ledger.read() as rows:
            ids = record_papers.find_records(rows, paper.id, given.record)
        pdf, many, pages, missing = record_papers.draw(
            str(ledger.path), ledger.key, paper.id, ids, private, printer.progress
        )
        atomic_write(target, pdf)
        left = Leaving(paper.title, many, None, "", "", private if paper.private else "")
        note = register(ledger, target, left).why
    notes = [note] if note else []
    if missing:
        notes.append(f"这几个字字库里没有，用 □ 代替：{missing}")
    printer.show(
        {"paper": paper.id, "title": paper.title, "pdf": given.pdf, "records": many, "pages": pages,
         "missing": missing, "note": note},
        f"已写出{paper.title} {many:,} {paper.noun}、{pages:,} 页：{target}", *notes,
    )  # fmt: skip
    return cli.DONE
