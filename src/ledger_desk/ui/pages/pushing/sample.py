"""What the gallery shows of the page: its books, a bank's answer, the reading back of workbooks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ledger_desk.model.records import Referral
from ledger_desk.store.queries import Query
from ledger_desk.ui.pages.pushing.page import PushingPage


def _key_in(page: PushingPage) -> None:
    ids = [each.id for each in page.ledger.find(Query(Referral), 3)]
    page.key_in(ids, ids[0] if ids else "")


def _show(book: str, page: PushingPage) -> None:
    page.show_book(book)


SCENES: tuple[tuple[str, Callable[[PushingPage], object]], ...] = (
    ("waiting", partial(_show, "waiting")),
    ("refusals", partial(_show, "refusals")),
    ("guarantees", partial(_show, "guarantees")),
    ("answer", _key_in),
    ("read", PushingPage.read_back),
)
