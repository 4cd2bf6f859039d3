"""Drawing files of firms in a process of its own: the window's thread never waits for it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from ledger_desk.progress import Progress, silent
from ledger_desk.reports.dossier.options import Options
from ledger_desk.reports.dossier.printing import draw
from ledger_desk.store.ledger import Ledger


def draw_apart(
    path: str,
    key: str | None,
    firms: Sequence[str],
    options: Options,
    what: str,
    progress: Progress = silent,
) -> tuple[bytes, int, int, str]:
    """Open the ledger to look and draw.

    Args:
        path: The ledger file.
        key: Its raw key, None for a plain file.
        firms: Ids in the order of the PDF.
        options: What is printed and how.
        what: 一企一档 or 走访登记表.
        progress: Told after each firm.

    Returns:
        The PDF, its firms, its pages, and the characters that no font has.

    Raises:
        UserError: None of the firms is there, or the ledger cannot be read.
    """
    out = io.BytesIO()
    with Ledger.open(Path(path), recovery_key=key, read_only=True) as ledger:
        written = draw(ledger, firms, out, options, what=what, progress=progress)
    return out.getvalue(), written.booklets, written.pages, written.missing
