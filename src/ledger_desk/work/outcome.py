"""What came of a piece of work on several records: what was done, and what was not and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from ledger_desk.store.journal import StepInfo


class Refused(NamedTuple):
    """One record that nothing was done to: its id, what it is called, and why, in one sentence."""

    id: str
    title: str
    why: str


@dataclass(frozen=True)
class Outcome:
    """What came of it.

    Attributes:
        done: Ids of the records that something was done to.
        refused: Those that it could not be done to.
        step: Number of the step that was written; None: nothing was.
        sentence: What was done: ``初审通过 5 笔``; empty: whoever shows it makes one.
        table: Table of the refused records, where it is not that of the list.
    """

    done: Sequence[str] = ()
    refused: Sequence[Refused] = ()
    step: int | None = None
    sentence: str = ""
    table: str = ""

    @classmethod
    def of_step(
        cls,
        step: StepInfo | None,
        done: Sequence[str],
        refused: Sequence[Refused] = (),
        sentence: str = "",
        table: str = "",
    ) -> Self:
        """Make one from what a step of the ledger says of itself (``step.result``)."""
        return cls(done, refused, None if step is None else step.id, sentence, table)
