"""Recall and precision of a search against the planted truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store.ledger import Ledger
from tests.exchange.duplicates.planting import Planted


def put(path: Path, planted: Planted) -> Ledger:
    """Make a ledger of the county with the planted rows."""
    ledger = Ledger.create(path, office=Office(name="新县专班", level="county", division="411523"))
    with ledger.step("种下", "import") as step:
        step.create_many(Enterprise, [_typed(row) for row in planted.rows])
    return ledger


def _typed(row: dict[str, Any]) -> dict[str, Any]:
    founded = row.get("founded")
    return row | {"founded": date.fromisoformat(founded)} if founded else row


@dataclass(frozen=True)
class Score:
    """``found`` planted pairs of ``planted``; ``shown`` pairs in all, ``namesakes`` of them planted ones."""

    planted: int
    found: int
    shown: int
    namesakes: int
    missed_by_kind: Counter[str]
    wrong_by_kind: Counter[str]

    @property
    def recall(self) -> float:
        return self.found / self.planted

    @property
    def precision(self) -> float:
        return self.found / self.shown if self.shown else 0.0

    def __str__(self) -> str:
        return (
            f"recall {self.recall:.2%} ({self.found}/{self.planted}), precision {self.precision:.2%}"
            f" ({self.found}/{self.shown}, planted namesakes among them {self.namesakes});"
            f" missed {dict(self.missed_by_kind)}, wrong {dict(self.wrong_by_kind)}"
        )


def score(planted: Planted, pairs: Iterable[tuple[str, str]]) -> Score:
    """Compare the pairs that were shown (sorted ids) with the truth."""
    shown = set(pairs)
    return Score(
        len(planted.alike),
        len(shown & planted.alike.keys()),
        len(shown),
        len(shown & planted.namesakes.keys()),
        Counter(why for pair, why in planted.alike.items() if pair not in shown),
        Counter(planted.namesakes.get(pair, "chance") for pair in shown - planted.alike.keys()),
    )
