"""What a rehearsed step did, kept so that the real one need not find it out again.

A dry run ends before it is shown (`decisions.md` 32). Where the head of the journal has not moved
since, the ledger is what it was, and the same changes follow: they are played back, not computed.
Kept in a temporary file that vanishes with its last reader, like the rows of the table itself.
"""

from __future__ import annotations

import pickle
import weakref
from collections.abc import Iterator, Mapping, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, Protocol, TypeAlias

from ledger_desk.model.fields import Record
from ledger_desk.progress import Progress, silent
from ledger_desk.store.bulk import NewRows

Items: TypeAlias = Sequence[tuple[str, Mapping[str, Any]]]
Deed: TypeAlias = NewRows | tuple[type[Record], Items]

_IN_MEMORY = 4_000_000
# Some 300,000 rows of thirty columns; a larger table is compared again, and the disk stays free.
_LARGEST = 600_000_000
_LINE = b"\n"  # never inside the journal's texts: JSON escapes it


class _Player(Protocol):
    """The step that does it again."""

    def add(self, new: NewRows) -> None:
        """Add new records."""

    def update(self, cls: type[Record], items: Items) -> int:
        """Change stored values."""


class Tape:
    """Changes in their order; nothing is given back unless all of them are there."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        weakref.finalize(self, self._file.close)
        self._count = 0
        self.whole = True

    def add(self, new: NewRows, texts: Sequence[bytes], computed: Sequence[Any] | None) -> None:
        """Keep new records with what was made of them."""
        self._put((new.cls, new.ids, dict(new.columns), _LINE.join(texts), computed))

    def update(self, cls: type[Record], items: Items) -> None:
        """Keep changes of stored values."""
        self._put((cls, [(record, dict(values)) for record, values in items]))

    def play(self, step: _Player, progress: Progress = silent) -> None:
        """Have a step do again what was done, from the same state of the ledger."""
        for done, deed in enumerate(self):
            progress(done, self._count, "正在写入")
            if isinstance(deed, NewRows):
                step.add(deed)
            else:
                step.update(*deed)

    def drop(self) -> None:
        """Forget everything: what happened cannot be played back, or is too much."""
        self.whole = False
        self._file.close()

    def _put(self, deed: tuple[Any, ...]) -> None:
        if not self.whole:
            return
        try:
            pickle.dump(deed, self._file, protocol=5)
            self._count += 1
            too_large = self._file.tell() > _LARGEST
        except OSError:  # the disk is full: then everything is compared again
            too_large = True
        if too_large:
            self.drop()

    def __iter__(self) -> Iterator[Deed]:
        """Give the changes: new records, or (class, changed stored values)."""
        self._file.seek(0)
        for _ in range(self._count):
            deed = pickle.load(self._file)
            if len(deed) == 2:
                yield deed
            else:
                cls, ids, columns, texts, computed = deed
                yield NewRows(cls, ids, columns, texts.split(_LINE), computed)


def drop(tape: Tape | None) -> None:
    """Forget what a step has kept, if it keeps anything: it did what cannot be played back."""
    if tape is not None:
        tape.drop()
