"""数据交换: what was read in and can be taken back, what left, and who gets what."""

from __future__ import annotations

from ledger_desk.ui.pages.exchange.page import ExchangePage

__all__ = ["ExchangePage"]
