"""设置与备份: the office and its people, backups, health, looks, holidays, history, about."""

from __future__ import annotations

from ledger_desk.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
