"""The search over the whole ledger as a job, and what became of its groups since."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from ledger_desk.exchange.duplicates.finding import Group, Groups, find_groups
from ledger_desk.progress import Progress
from ledger_desk.store import reviewing
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Job, Jobs
from ledger_desk.ui.main_window import MainWindow

_QUICK = 2.0  # seconds that a search may take to be repeated without asking
_LOOKED_AT = 200  # steps since the search whose kind is looked at


@dataclass(frozen=True)
class _Found:
    groups: Groups
    step: int  # newest step of the ledger that was searched
    seconds: float


@dataclass(frozen=True)
class Settled:
    """What one step settled: firms that are gone, and of groups what is left to be looked at."""

    firms: frozenset[str] = frozenset()
    group: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    def apply(self, group: Group) -> Group | None:
        """Give what remains of a group, None where nothing does."""
        if group.ids == self.group:
            return shrink(group, self.left)
        if self.firms.isdisjoint(group.ids):
            return group
        return shrink(group, [record for record in group.ids if record not in self.firms])


def shrink(group: Group, left: Sequence[str]) -> Group | None:
    """Give the group of some of its firms, with the level of the weakest pair among these."""
    kept = [place for place, record in enumerate(group.ids) if record in left]
    if len(kept) < 2:
        return None
    ids = tuple(group.ids[place] for place in kept)
    pairs = tuple(pair for pair in group.pairs if pair.one in ids and pair.other in ids)
    weakest = pairs[-1]
    titles = tuple(group.titles[place] for place in kept)
    return Group(ids, titles, weakest.level, weakest.score, weakest.reason, pairs)


class Search(QObject):
    """Finds groups, takes out those that were dealt with, and brings them back after an undo.

    Signals:
        changed: Other groups, or another state.
    """

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Begin with nothing found; `start` searches."""
        super().__init__()
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._found: _Found | None = None
        self._job: Job | None = None
        self._gone: dict[int, Settled] = {}  # by own step
        self._undone: frozenset[int] = frozenset()
        self._newest = 0
        self.at: datetime | None = None
        self.stopped = False
        self._foreign: set[int] = set()  # steps since the search that are not this page's

    @property
    def stale(self) -> bool:
        """Whether the ledger was changed since by something that may make others look alike."""
        return bool(self._foreign)

    def running(self) -> bool:
        """Whether a search is under way."""
        return self._job is not None

    def searched(self) -> bool:
        """Whether there is a result."""
        return self._found is not None

    def firms(self) -> int:
        """How many firms were looked at."""
        return self._found.groups.firms if self._found is not None else 0

    def count(self) -> int:
        """How many groups there were at first."""
        return len(self._found.groups) if self._found is not None else 0

    def groups(self) -> list[Group]:
        """Groups that nobody has dealt with, the surest first."""
        if self._found is None:
            return []
        settled = [each for step, each in self._gone.items() if step not in self._undone]
        found = []
        for group in self._found.groups:
            left: Group | None = group
            for each in settled:
                left = each.apply(left) if left is not None else None
            if left is not None:
                found.append(left)
        return found

    def start(self, *, quietly: bool = False) -> None:
        """Search the whole ledger; ``quietly`` without a word of progress."""
        if self._job is not None:
            return
        self.stopped = False
        self._job = self._jobs.start(
            self._work, title="" if quietly else "正在查重", leaves="停下，账没有变",
            succeeded=self._succeeded, failed=self._failed, cancelled=self._cancelled,
        )  # fmt: skip
        self.changed.emit()

    def settle(self, step: StepInfo, settled: Settled) -> None:
        """Take out what a step of this page has settled."""
        self._gone[step.id] = settled
        self._foreign.discard(step.id)  # the watch on the ledger may have seen it before
        self._newest = max(self._newest, step.id)
        self.changed.emit()

    def look(self) -> None:
        """Notice what else was written: undone merges come back, other changes make it stale."""
        if self._found is None:
            if not self.stopped:
                self.start()
            return
        newest = next(iter(self._ledger.log(1)), None)
        if newest is None or newest.id == self._newest:
            return
        steps = self._ledger.log(min(newest.id - self._newest, _LOOKED_AT))
        self._newest = newest.id
        with self._ledger.read() as rows:
            infos = reviewing.infos(rows, list(self._gone))
        undone = frozenset(step for step, info in infos.items() if info.undone)
        own = len(undone ^ self._undone)
        self._undone = undone
        turned = sum(step.kind in ("undo", "redo") for step in steps)
        others = [s for s in steps if s.kind not in ("undo", "redo") and s.id not in self._gone]
        self._foreign.update(step.id for step in others)
        if turned > own:
            self._foreign.add(newest.id)
        if self.stale and self._found.seconds < _QUICK:
            self.start(quietly=True)
        self.changed.emit()

    def _work(self, progress: Progress) -> _Found:
        newest = next(iter(self._ledger.log(1)), None)
        begun = time.monotonic()
        groups = find_groups(self._ledger, progress)
        return _Found(groups, newest.id if newest else 0, time.monotonic() - begun)

    def _succeeded(self, found: _Found) -> None:
        self._job, self._found, self.at = None, found, datetime.now()
        self._gone = {step: each for step, each in self._gone.items() if step > found.step}
        self._newest = max(found.step, *self._gone) if self._gone else found.step
        self._foreign.clear()
        self.changed.emit()

    def _cancelled(self) -> None:
        self._job, self.stopped = None, True
        self.changed.emit()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        self._cancelled()
        show_error(self._window, error, "没有查完")
