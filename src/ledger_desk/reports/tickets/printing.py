"""Papers about tickets and mendings as one PDF."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.dossier.options import MASKED
from ledger_desk.reports.tickets.letters import order_letters
from ledger_desk.reports.tickets.lists import mending_list, ticket_list
from ledger_desk.reports.tickets.sheets import ticket_sheets
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook.booklet import Booklet, Written, write

SHEETS, LETTERS, TICKET_LIST, MENDING_LIST = "批分单", "交办函", "批分单台账", "问题整改台账"


def draw(
    ledger: Ledger,
    ids: Sequence[str],
    out: BinaryIO,
    what: str,
    private: str = MASKED,
    progress: Progress = silent,
) -> Written:
    """Draw the PDF of some tickets or faults, for looking, printing or saving.

    Args:
        ledger: Where from.
        ids: Of tickets or of faults, in the order of the PDF.
        out: Where to.
        what: `SHEETS`, `LETTERS`, `TICKET_LIST` or `MENDING_LIST`.
        private: What becomes of telephones: 遮盖, 照写 or 不给.
        progress: Told after each; may cancel.

    Raises:
        UserError: None of them is there.
    """
    table = "ticket" if what in (SHEETS, TICKET_LIST) else "rectification"
    with ledger.read() as rows:
        known = rows.titles(table, ids)
    if not known:
        raise UserError("要打印的记录已经不在账上了。请刷新名单，再选一次。")
    made: Iterable[Booklet]
    if what == SHEETS:
        made = ticket_sheets(ledger, ids, private)
    elif what == LETTERS:
        made = order_letters(ledger, ids)
    else:
        made = [(ticket_list if what == TICKET_LIST else mending_list)(ledger, ids)]
    return write(made, out, title=what, count=len(known), progress=progress)


def draw_apart(
    path: str,
    key: str | None,
    ids: Sequence[str],
    what: str,
    private: str = MASKED,
    progress: Progress = silent,
) -> tuple[bytes, int, int, str]:
    """Open the ledger to look and draw; importable by name for a child process.

    Returns:
        The PDF, how many records, how many pages, and the characters that no font has.
    """
    out = io.BytesIO()
    with Ledger.open(Path(path), recovery_key=key, read_only=True) as ledger:
        written = draw(ledger, ids, out, what, private, progress)
    return out.getvalue(), len(ids), written.pages, written.missing
