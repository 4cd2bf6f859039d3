"""The columns of a list of records as subjects of conditions; their values are counted in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from ledger_desk.model.fields import Record
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.jobs import Jobs, stopper
from ledger_desk.ui.lists.fields import shown_field
from ledger_desk.ui.lists.subjects import Subject, Value, subject_of

MOST_VALUES = 500
"""So many values are offered; of names and numbers of which there are more, one types a part."""


class RecordSubjects(QObject):
    """Subjects of the columns of one record class."""

    def __init__(
        self,
        ledger: Ledger,
        cls: type[Record],
        query: Callable[[str], Query[Any]],
        jobs: Jobs,
        titles: Mapping[str, str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Ask a ledger.

        Args:
            ledger: Where the values are.
            cls: Record class.
            query: What the list shows but for the conditions on one field.
            jobs: Counts beside the window.
            titles: Headings, where they are not the labels.
            parent: Owner.
        """
        super().__init__(parent)
        self._ledger, self._cls, self._query, self._jobs = ledger, cls, query, jobs
        self._titles = dict(titles or {})
        self._done: Callable[[Sequence[Value], bool], None] | None = None
        self._asked = 0

    def subject(self, field: str) -> Subject | None:
        """What a column can be asked; None for one that is no field."""
        try:
            return subject_of(self._cls, field, self._titles.get(field, ""))
        except KeyError:
            return None

    def words(self, values: Sequence[Any], field: str) -> list[str]:
        """Values in words; those of references are titles."""
        table = shown_field(self._cls, field).ref
        if table:
            with self._ledger.read() as rows:
                found = rows.titles(table, [value for value in values if value])
            return [found.get(value, "（已不在）") if value else "空白" for value in values]
        subject = self.subject(field)
        assert subject is not None
        return [subject.show(value) for value in values]

    def values(self, field: str, done: Callable[[Sequence[Value], bool], None]) -> None:
        """Count the values of a column beside the window; only the last question is answered."""
        self._asked += 1
        self._done = done
        query = replace(self._query(field), sort=())
        self._jobs.read(partial(self._count, self._asked, query, field), succeeded=self._counted)

    def _count(
        self, number: int, query: Query[Any], field: str, progress: Progress
    ) -> tuple[int, str, list[tuple[Any, int]]]:
        with self._ledger.read() as rows:
            return number, field, rows.values(query, field, MOST_VALUES + 1, stopper(progress))

    def _counted(self, result: tuple[int, str, list[tuple[Any, int]]]) -> None:
        number, field, found = result
        done = self._done
        if number != self._asked or done is None:
            return
        self._done = None
        some = found[:MOST_VALUES]
        said = self.words([value for value, _ in some], field)
        done([Value(value, text, count) for (value, count), text in zip(some, said, strict=True)],
             len(found) > MOST_VALUES)  # fmt: skip
