"""What stands around a list in memory: `ListBench` whose values are counted here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject

from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists.bench import ListBench
from ledger_desk.ui.lists.condition_bar import ConditionBar
from ledger_desk.ui.lists.filters import Filters
from ledger_desk.ui.lists.local_source import LocalSource
from ledger_desk.ui.lists.record_subjects import MOST_VALUES
from ledger_desk.ui.lists.subjects import Subject, Value, subject_of
from ledger_desk.ui.lists.tools import OwnPool
from ledger_desk.ui.tabs import Tabs


class LocalSubjects(QObject):
    """The columns of a list in memory as subjects of conditions."""

    def __init__(self, source: LocalSource, filters: Filters) -> None:
        """Ask ``source``; ``filters`` are the conditions that are on."""
        super().__init__(filters)
        self._source, self._filters = source, filters

    def subject(self, field: str) -> Subject | None:
        """What a column can be asked; None for one that is no field."""
        if field not in self._source.names:
            return None
        title = next(c.title for c in self._source.columns if c.key == field)
        return subject_of(self._source.cls, field, title)

    def words(self, values: Sequence[Any], field: str) -> list[str]:
        """Values in words."""
        subject = self.subject(field)
        assert subject is not None
        return [subject.show(value) for value in values]

    def values(self, field: str, done: Callable[[Sequence[Value], bool], None]) -> None:
        """Count the values of a column."""
        found = self._source.values(field, self._filters.wheres(field))
        some = found[:MOST_VALUES]
        said = self.words([value for value, _ in some], field)
        done(
            [Value(v, text, count) for (v, count), text in zip(some, said, strict=True)],
            len(found) > MOST_VALUES,
        )


class LocalConditions(ConditionBar):
    """The chips above a list in memory.

    Attributes:
        subjects: What its columns can be asked.
    """

    def __init__(self, source: LocalSource) -> None:
        """Narrow ``source``."""
        filters = Filters()
        self.subjects = LocalSubjects(source, filters)
        super().__init__(filters, self.subjects, (), lambda: source.names)
        self.filters.setParent(self)


class LocalBench(ListBench):
    """Conditions, columns and saved views of a list in memory."""

    def __init__(
        self, ledger: Ledger, jobs: Jobs, source: LocalSource, panel: GridPanel, tabs: Tabs, key: str,
        usual: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Stand around the list that ``panel`` shows of ``source``; views are kept in ``ledger``.

        ``usual`` are the columns shown at first; none: all.
        """
        self._local = source
        super().__init__(
            ledger, jobs, source, panel, tabs, key=key, pool=OwnPool(panel, usual),  # type: ignore[arg-type]
            known=lambda name: any(name == column.key for column in source.columns),
        )  # fmt: skip

    def make_conditions(self, ledger: Ledger, jobs: Jobs) -> Any:
        """Make the chips."""
        return LocalConditions(self._local)

    def _find(self, text: str) -> str:
        here = self._panel.grid.currentIndex().row()
        places = sorted(
            (place, r) for r, place in self._local.places(self._local.find(text)).items()
        )
        after = [record for place, record in places if place > here]
        return after[0] if after else places[0][1] if places else ""
