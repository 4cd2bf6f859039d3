"""Files of firms, or their visit sheets, as one PDF that is entered in the register of what left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.dossier.binding import dossiers
from ledger_desk.reports.dossier.options import Options
from ledger_desk.reports.visit_papers.sheet import visit_sheets
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.booklet import Written, write

DOSSIER, VISIT_SHEET = "一企一档", "走访登记表"


@dataclass(frozen=True)
class Printed:
    """What came of it.

    Attributes:
        path: The PDF.
        firms: How many firms are in it.
        pages: How many pages.
        missing: Characters that no font of the program has; a □ stands for them.
        note: Why the register was not written, empty when it was.
    """

    path: Path
    firms: int
    pages: int
    missing: str
    note: str = ""


def draw(
    ledger: Ledger,
    firms: Sequence[str],
    out: BinaryIO,
    options: Options,
    *,
    what: str = DOSSIER,
    progress: Progress = silent,
) -> Written:
    """Draw the PDF of firms, for looking or printing.

    Args:
        ledger: Where from.
        firms: Ids, in the order of the PDF.
        out: Where to.
        options: What is printed and how; a visit sheet heeds ``private`` only.
        what: `DOSSIER` or `VISIT_SHEET`.
        progress: Told after each firm; may cancel.

    Raises:
        UserError: None of the firms is there.
    """
    with ledger.read() as rows:
        known = rows.titles("enterprise", firms)
    if not known:
        raise UserError("要打印的经营主体已经不在账上了。请刷新名单，再选一次。")
    if what == VISIT_SHEET:
        booklets = visit_sheets(ledger, firms, options.private)
    else:
        booklets = dossiers(ledger, firms, options)
    return write(
        booklets, out, title=what, count=len(firms), progress=progress, plain=options.plain
    )


def print_dossiers(
    ledger: Ledger,
    firms: Sequence[str],
    path: Path,
    options: Options | None = None,
    *,
    what: str = DOSSIER,
    receiver: str = "",
    purpose: str = "",
    progress: Progress = silent,
) -> Printed:
    """Write the PDF to a file, whole or not at all, and enter it in the register.

    Args:
        ledger: Where from.
        firms: Ids, in the order of the PDF.
        path: Where to; replaced if it exists.
        options: As usual when None.
        what: `DOSSIER` or `VISIT_SHEET`.
        receiver: For whom, for the register.
        purpose: What for, for the register.
        progress: Told after each firm; may cancel.

    Raises:
        UserError: None of the firms is there, or the file cannot be written.
    """
    options = options or Options()
    kept: list[Written] = []

    def fill(out: BinaryIO) -> None:
        kept.append(draw(ledger, firms, out, options, what=what, progress=progress))

    files.atomic_write(path, fill)
    written = kept[-1]
    leaving = Leaving(what, written.booklets, None, receiver, purpose, options.private)
    told = register(ledger, path, leaving)
    return Printed(path, written.booklets, written.pages, written.missing, told.why)
