"""The program's help: topics in ``resources/help``, shown in a window of their own; no network.

To add a topic: a file in ``resources/help``. Its first line is ``# title``; comments below say where
it opens (``<!-- where: reports, EntryPage -->``: a page, a page with its tab as ``settings/people``,
or the class of what covers a page) and which other words find it (``<!-- also: … -->``).
"""

from __future__ import annotations

from ledger_desk.ui.help.places import show_help

__all__ = ["show_help"]
