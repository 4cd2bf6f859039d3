"""Which widget Tab goes to next, where parts are made at different times."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import FieldSpec
from ledger_desk.ui.dossier.child_card import ChildCard
from ledger_desk.ui.records.form import RecordForm


def chain(*parts: Iterable[QWidget]) -> None:
    """Let Tab go through widgets in this order."""
    for one, next_ in pairwise([widget for part in parts for widget in part]):
        QWidget.setTabOrder(one, next_)


def stops_of(form: RecordForm | None, specs: Sequence[FieldSpec]) -> list[QWidget]:
    """Where Tab stops in a form of these fields."""
    return [form.editor(spec.name).widget for spec in specs] if form is not None else []


def stops_in(cards: Sequence[ChildCard]) -> list[QWidget]:
    """Where Tab stops in lists."""
    return [stop for card in cards for stop in card.stops()]
