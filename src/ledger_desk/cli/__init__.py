"""The command line: every use case without a window (`product.md` §9).

Exit status: 0 done, 1 done with rows that need attention, 2 wrong use or refused (one sentence on
stderr, nothing changed), 130 stopped by the person.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

DONE, ATTENTION, REFUSED, STOPPED = 0, 1, 2, 130
# What `workbook.guarded` starts a frozen program with; a test holds the two together.
READER_FLAG = "--ledger-desk-reader"
MAKER_FLAG = "--ledger-desk-maker"  # likewise `exchange.making`


def commands() -> tuple[str, ...]:
    """Names of all commands, in the order in which the help lists them."""
    from ledger_desk.cli import parser

    return parser.commands()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command, or open the window where none is given; gives the exit status."""
    try:
        return _main(list(sys.argv[1:] if argv is None else argv))
    except KeyboardInterrupt:  # during the imports: nothing has begun yet
        return STOPPED


def _main(arguments: list[str]) -> int:
    if arguments[:1] == [READER_FLAG]:
        from ledger_desk.workbook import guarded

        return guarded.serve()
    if arguments[:1] == [MAKER_FLAG]:
        from ledger_desk.exchange import making

        return making.serve()
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # a child of a frozen program ends in here
    from ledger_desk.cli import running

    return running.run(arguments)
