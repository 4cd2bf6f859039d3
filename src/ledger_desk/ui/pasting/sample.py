"""A preview with something of everything, for the gallery."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ledger_desk.exchange import pasting
from ledger_desk.exchange.pasting import Layout
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.pasting.preview import PastePreview


def sample_preview(parent: QWidget, ledger: Ledger) -> PastePreview | None:
    """Lay an invented block over the first firms; None while there are none."""
    firms = ledger.find(Query(Enterprise), 4)
    if not firms:
        return None
    layout = Layout(
        Enterprise, ("person", "capital", "complete", "founded"), 0, tuple(firm.id for firm in firms),
        {"person": "经营者", "complete": "完整度"}, {"complete": "完整度是算出来的：把缺的必填补上，它就变了。"},
    )  # fmt: skip
    block = [
        ["经营者", "注册资本", "完整度", "成立日期"],
        ["程映雪", "12.5", "", "2024-01-05"],
        [firms[0].person or "沈砚", "十万", "90%", "2024-02-30"],
        ["", "14.5", "", "2024-03-01"],
        ["黎青禾", "8", "", "2024-03-08"],
        ["付长青", "3", "", "2024-01-01"],
    ]
    return PastePreview(parent, ledger, pasting.plan(ledger, layout, block), takes_lists=True)
