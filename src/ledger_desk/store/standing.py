"""Which steps stand and which are taken back at present: by an undo, or by going back past them.

A step of the kind `BACK` went back to the step it names (``undoes``): all steps between the two are
taken back while it stands, also what undos and redos among them did.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from ledger_desk.store.lineage import fetch

FOUNDING = "create"  # kind of a ledger's first step, 建账
DISPATCHED = "dispatch"  # kind of a step that registers a file which left
CLOSED = "closing"  # kind of a step that closes a period or opens it again
BACK = "back"  # kind of a step that took back everything after the step it names
# Steps that record what is so whatever the ledger says; undo passes over them.
NOT_TAKEN_BACK = frozenset({FOUNDING, DISPATCHED, CLOSED})

Word = tuple[int, str]  # an undo or redo: its step, its kind


class Standing:
    """Says of steps whether they stand; read once, costs as much as there are undos and redos."""

    def __init__(self, connection: Connection) -> None:
        """Read what is said about steps."""
        words: dict[int, list[Word]] = {}
        backs: list[tuple[int, int]] = []
        sql = "SELECT id, kind, undoes FROM step WHERE undoes IS NOT NULL ORDER BY id DESC"
        for step, kind, target in fetch(connection, sql):
            if kind == BACK:
                backs.append((target, step))
            else:
                words.setdefault(target, []).append((step, kind))
        self._words = words
        self._ranges: list[tuple[int, int]] = []
        for target, step in backs:  # newest first: a later going back may take an earlier one back
            last = self.word(step)
            if self.passed(step) is None and (last is None or last[1] != "undo"):
                self._ranges.append((target, step))

    def word(self, step: int) -> Word | None:
        """The last undo or redo of a step that stands itself."""
        return next((w for w in self._words.get(step, ()) if self.passed(w[0]) is None), None)

    def passed(self, step: int) -> int | None:
        """The step that went back past a step, None while nothing did."""
        return next((back for target, back in self._ranges if target < step < back), None)

    def taken_back(self, step: int) -> int | None:
        """The undo, or the going back, by which a step is taken back; None while it stands."""
        back = self.passed(step)
        if back is not None:
            return back
        last = self.word(step)
        return last[0] if last is not None and last[1] == "undo" else None


def stacks(connection: Connection) -> tuple[list[int], list[int]]:
    """Steps that can be taken back and steps that can be done again, latest last.

    A step that was done again stands for the step it repeats. A new step ends doing again. Going
    back to a step gives the steps of then, and itself.
    """
    steps = fetch(connection, "SELECT id, kind, undoes FROM step ORDER BY id")
    targets = {undoes for _, kind, undoes in steps if kind == BACK}
    then: dict[
        int, list[int]
    ] = {}  # what could be taken back after each step that was gone back to
    instead: dict[int, list[int]] = {}  # of each going back: what could be taken back before it
    done: list[int] = []
    undone: list[int] = []
    for step, kind, undoes in steps:
        if kind == "undo":
            place = _place(done, undoes)
            if place is not None:
                del done[place]
                if undoes in instead:
                    done = [*instead[undoes], *done[place:]]
            undone.append(undoes)
        elif kind == "redo":
            place = _place(undone, undoes)
            if place is not None:
                del undone[place]
            if undoes in instead:
                done = [*then[_target(steps, undoes)], *_since(done, instead[undoes])]
            done.append(undoes)
        elif kind not in NOT_TAKEN_BACK:
            if kind == BACK:
                instead[step], done = done, list(then.get(undoes, ()))
            done.append(step)
            undone.clear()
        if step in targets:
            then[step] = list(done)
    return done, undone


def _place(steps: Sequence[int], step: int) -> int | None:
    """Place of a step, looked for from the end: most of what is taken back is the latest."""
    return next((n for n in range(len(steps) - 1, -1, -1) if steps[n] == step), None)


def _target(steps: Sequence[tuple[int, str, int]], back: int) -> int:
    return next(undoes for step, _, undoes in steps if step == back)


def _since(done: Sequence[int], before: Sequence[int]) -> list[int]:
    known = set(before)
    return [step for step in done if step not in known]


def is_undone(connection: Connection, step: int) -> bool:
    """Tell whether a step is taken back at present."""
    return Standing(connection).taken_back(step) is not None
