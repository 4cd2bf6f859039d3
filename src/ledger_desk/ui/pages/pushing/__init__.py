"""The page 推送与银行: pushed lists, what banks answer, coaching, guarantees, products, teams."""

from ledger_desk.ui.pages.pushing.page import PushingPage

__all__ = ["PushingPage"]
