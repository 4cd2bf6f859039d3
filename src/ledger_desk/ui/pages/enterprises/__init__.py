"""经营主体: the list of all firms, their details, and everything that is done to them."""

from __future__ import annotations

from ledger_desk.ui.pages.enterprises.page import EnterprisePage

__all__ = ["EnterprisePage"]
