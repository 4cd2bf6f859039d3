"""The page 通报: bulletins in the office's own wording, every number of the text openable."""

from ledger_desk.ui.pages.reports.bulletins.page import BulletinPage

__all__ = ["BulletinPage"]
