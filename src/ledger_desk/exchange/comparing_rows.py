"""The run of one reading in: each row gets one fate, and the step gets what follows from it.

The same code makes the dry run and the real one; only the caller's transaction differs
(`product.md` §6). Rows come in blocks, so that a large file costs the memory of a block.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import count, repeat
from typing import Any

from ledger_desk.errors import Problem
from ledger_desk.exchange.differences import Differ
from ledger_desk.exchange.identities import Identity, Match, Pending
from ledger_desk.exchange.newcomers import Ready
from ledger_desk.exchange.parsing import Block, ParsedRow
from ledger_desk.exchange.results import FieldChange, RowFate
from ledger_desk.exchange.targets import target_of
from ledger_desk.model.fields import Record, field_map
from ledger_desk.store.journal import Step
from ledger_desk.store.rowing import fresh_ids

# What a person can decide about a doubtful row; any other word is the id of a candidate.
SKIP, NEW, TAKE = "skip", "new", "take"
Derive = Callable[[Any], dict[str, Any]]
Check = Callable[[ParsedRow], str]


class Run:
    """One reading in while it goes on."""

    def __init__(
        self,
        step: Step,
        cls: type[Record],
        identity: Identity,
        differ: Differ,
        *,
        derive: Derive | None = None,
        check: Check | None = None,
        decisions: Mapping[int, str] | None = None,
    ) -> None:
        """Write into ``step``.

        Args:
            step: A journal step, or one that will be rolled back.
            cls: Record class that is read in.
            identity: Finds the records that rows are about.
            differ: Compares rows with records.
            derive: Gives values that follow from others (乡镇 from an address).
            check: Says why a row cannot be a record at all.
            decisions: Row number → `SKIP`, `NEW`, `TAKE` or the id of a candidate.
        """
        self._step, self._cls, self._identity, self._differ = step, cls, identity, differ
        self._derive, self._check = derive, check
        self._decisions = decisions or {}
        self._labels = {name: spec.label for name, spec in field_map(cls).items()}
        self.fates: list[RowFate] = []
        self.problems: list[Problem] = []
        self._touched: dict[str, int] = {}
        self._creates: dict[str, Pending] = {}
        self._changes: dict[str, dict[str, Any]] = {}
        self._urgent: list[str] = []
        self._id = ""  # for the row in hand, should it be new
        self._edited = False  # a later row has changed a record that is still to be made
        self._known_by = {name for key in target_of(cls).keys for name in key}

    def take(self, block: Sequence[ParsedRow]) -> None:
        """Give each row of a block its fate; new records are written at the end of the block."""
        self._identity.begin([row for row in block if not row.wrong])
        for row, self._id in zip(block, fresh_ids(len(block)), strict=True):
            self._take_row(row)
        if self._creates:
            rows = [{"id": p.id, **p.values} for p in self._creates.values()]
            self._step.create_many(self._cls, rows)
            self._creates.clear()
        self._end_block()

    def take_ready(self, ready: Ready, sure: Sequence[bool]) -> None:
        """Give each row of a block of enterprises its fate.

        Args:
            ready: The rows, made ready as if all were new.
            sure: Whether that is certain, for each row; the others are looked at one by one. The
                identity has begun with those.
        """
        if all(sure):
            self._take_strangers(ready)
        else:
            for place, certain in enumerate(sure):
                self._id = ready.ids[place]
                if certain:
                    self._take_stranger(ready.block, place)
                else:
                    self._take_row(ready.block.row(place))
        made = [
            place
            for place, record in enumerate(ready.ids)
            if sure[place] or record in self._creates
        ]
        if self._edited:
            rows = [
                {"id": ready.ids[p], **(self._values(ready.block, p) if sure[p] else self._creates[ready.ids[p]].values)}
                for p in made
            ]  # fmt: skip
            self._step.create_many(self._cls, rows)
        elif made:
            self._step.add(ready.new(made))
        self._creates.clear()
        self._edited = False
        self._end_block()

    def _take_strangers(self, ready: Ready) -> None:
        """Take a block of rows all of which are new for certain, as `_take_stranger` takes one."""
        block = ready.block
        for place in sorted(block.problems):
            self.problems += block.problems[place]
        self._touched.update(zip(ready.ids, count(len(self.fates)), strict=False))
        titles = map(str, block.columns[self._cls.TITLE])
        fields = zip(block.numbers, repeat("new"), titles, repeat(""), repeat(()), ready.ids, repeat(()))  # fmt: skip
        self.fates += map(partial(tuple.__new__, RowFate), fields)

    def _take_stranger(self, block: Block, place: int) -> None:
        """Take a row that is new for certain; only its odd cells have something to say."""
        if place in block.problems:
            self.problems += block.problems[place]
        self._touched[self._id] = len(self.fates)
        title = str(block.columns[self._cls.TITLE][place])
        self.fates.append(RowFate(block.numbers[place], "new", title, record=self._id))

    def _values(self, block: Block, place: int) -> dict[str, Any]:
        values = block.row(place).values
        derived = self._derive(Pending("", values)) if self._derive is not None else {}
        return derived | values

    def _end_block(self) -> None:
        if self._urgent:
            # Later rows must find these records by what they are called now.
            self._step.change_many(self._cls, [(r, self._changes.pop(r)) for r in self._urgent])
            self._urgent.clear()

    def finish(self) -> None:
        """Write the changes of existing records."""
        if self._changes:
            self._step.change_many(self._cls, list(self._changes.items()))
            self._changes.clear()

    # -- one row -------------------------------------------------------------------------------

    def _take_row(self, row: ParsedRow) -> None:
        self.problems += row.problems
        if row.wrong:
            why = next(p.why for p in row.problems if p.grade == "must")
            self._tell(row, "wrong", why)
            return
        if not row.values:
            self._tell(row, "left_out", "对应到账上的各列都是空的。")
            return
        why = self._check(row) if self._check else ""
        if why:
            self._wrong(row, why)
            return
        match = self._decided(row, self._identity.match(row, self._touched))
        if match is None:
            return
        if match.record is None:
            self._new(row)
        elif match.record.id in self._touched:
            self._again(row, match)
        else:
            self._known(row, match.record)

    def _decided(self, row: ParsedRow, match: Match) -> Match | None:
        """Apply the person's decision to a doubtful match; None if the row is done with."""
        if not match.doubt:
            return match
        wish = self._decisions.get(row.row)
        if wish == NEW:
            return Match()
        if wish == TAKE and len(match.candidates) == 1:
            return Match(match.candidates[0])
        for candidate in match.candidates:
            if candidate.id == wish:
                return Match(candidate)
        if wish == SKIP:
            self._tell(row, "left_out", f"按您的决定不读入。{match.doubt}")
            return None
        changes: tuple[FieldChange, ...] = ()
        if len(match.candidates) == 1:
            only = match.candidates[0]
            changes = self._differ.told(
                self._step.rows, only, self._differ.differences(only, row.values)
            )
        ids = tuple(c.id for c in match.candidates)
        self._tell(row, "doubtful", match.doubt, changes=changes, candidates=ids)
        return None

    def _new(self, row: ParsedRow) -> None:
        key = self._missing_key(row)
        if key:
            self._wrong(row, key)
            return
        made = Pending(self._id, row.values)
        if self._derive is not None:
            for name, value in self._derive(made).items():
                row.values.setdefault(name, value)
        self._creates[made.id] = made
        self._identity.add(made, made)
        self._tell(row, "new", record=made.id)

    def _missing_key(self, row: ParsedRow) -> str:
        """Say what a new record cannot do without, or ''."""
        if "name" in self._labels and not row.values.get("name"):
            return f"账上没有这一户，这一行又没有“{self._labels['name']}”，不能新增。请补上名称。"
        return ""

    def _known(self, row: ParsedRow, record: Any) -> None:
        new = self._differ.differences(record, row.values)
        if new and self._derive is not None:
            new |= self._derived(record, new)
        if not new:
            self._tell(row, "same", record=record.id)
            return
        told = self._differ.told(self._step.rows, record, new)
        self._changes[record.id] = new
        if self._known_by & set(new):
            self._urgent.append(record.id)
            self._identity.add(record, _After(record, new))
        self._tell(row, "changed", record=record.id, changes=told)

    def _derived(self, record: Any, new: Mapping[str, Any]) -> dict[str, Any]:
        """Give derived values that follow from what changes: 乡镇 when the address moves.

        What a person has set otherwise stays, and nothing is derived where nothing changes.
        """
        assert self._derive is not None
        after = _After(record, new)
        before, now = self._derive(record), self._derive(after)
        return {
            name: value
            for name, value in now.items()
            if name not in new
            and before.get(name) != value
            and getattr(record, name) in (None, before.get(name))
        }

    def _again(self, row: ParsedRow, match: Match) -> None:
        """A record that an earlier row of this file is about."""
        record, place = match.record, self._touched[match.record.id]
        leader = self.fates[place]
        now = _After(record, self._changes.get(record.id, {}))
        new = self._differ.differences(now, row.values)
        by = f"（{match.by}相同）" if match.by else ""
        if not new:
            why = f"与第 {leader.row} 行重复{by}，内容没有不同。"
            self._tell(row, "left_out", why, record=record.id)
            return
        if (
            leader.fate == "changed"
            and record.id in self._changes
            and not self._differ.differences(record, row.values)
        ):
            # The ledger already says what this row says: the earlier row is the doubtful one.
            del self._changes[record.id]
            self._urgent = [r for r in self._urgent if r != record.id]
            why = (
                f"与第 {row.row} 行说的是同一条{by}，内容不同；账上与第 {row.row} 行一致，没有改。"
            )
            self.fates[place] = leader._replace(
                fate="doubtful", reason=why, record="", candidates=(record.id,)
            )
            self._tell(row, "same", record=record.id)
            return
        told = self._differ.told(self._step.rows, now, new)
        labels = "、".join(change.label for change in told)
        why = f"与第 {leader.row} 行说的是同一条{by}，但“{labels}”不同，不知以哪一行为准。"
        wish = self._decisions.get(row.row)
        if wish == SKIP:
            self._tell(row, "left_out", f"按您的决定不读入。{why}")
        elif wish in (TAKE, record.id):
            if record.id in self._creates:
                self._creates[record.id].values.update(new)
                self._edited = True
            else:
                self._changes.setdefault(record.id, {}).update(new)
            self._tell(row, "changed", record=record.id, changes=told)
        else:
            self._tell(row, "doubtful", why, changes=told, candidates=(record.id,))

    # -- telling -------------------------------------------------------------------------------

    def _wrong(self, row: ParsedRow, why: str) -> None:
        self.problems.append(Problem(row.row, "", "", why, "must"))
        self._tell(row, "wrong", why)

    def _tell(
        self,
        row: ParsedRow,
        fate: str,
        reason: str = "",
        *,
        record: str = "",
        changes: tuple[FieldChange, ...] = (),
        candidates: tuple[str, ...] = (),
    ) -> None:
        if record and fate in ("new", "changed", "same"):
            self._touched.setdefault(record, len(self.fates))
        title = str(row.values.get(self._cls.TITLE) or row.values.get("code") or "")
        self.fates.append(RowFate(row.row, fate, title, reason, changes, record, candidates))


class _After:
    """A record as it will be with some fields changed."""

    __slots__ = ("_new", "_record")

    def __init__(self, record: Any, new: Mapping[str, Any]) -> None:
        self._record, self._new = record, new

    def __getattr__(self, name: str) -> Any:
        return self._new[name] if name in self._new else getattr(self._record, name)
