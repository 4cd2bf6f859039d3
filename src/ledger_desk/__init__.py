"""Ledger Desk 专班台账: the ledger of a county task force, in one SQLite file."""

from __future__ import annotations

__version__ = "0.1.0"
