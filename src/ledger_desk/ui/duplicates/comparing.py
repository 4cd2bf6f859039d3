"""What a person has decided about one group so far, and what the merged record would be; no Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ledger_desk.exchange.duplicates.facing import Facing, FacingField, face
from ledger_desk.exchange.duplicates.saying import Said, sayings
from ledger_desk.exchange.quick import is_sound_code
from ledger_desk.model.fields import FieldSpec, field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger

_ORDINALS = "一二三四五六七八九十"


def ordinal(place: int) -> str:
    """Name the column of a firm: 第一户."""
    return f"第{_ORDINALS[place]}户" if place < len(_ORDINALS) else f"第 {place + 1} 户"


class Comparing:
    """A group of firms under a person's hands.

    Columns keep their order; whichever stays is only marked. Fields that nobody has decided follow
    the rules of `choosing`, anew whenever another firm stays or one is left out.

    Attributes:
        ids: The firms, the one that the rules would keep first.
        survivor: Id of the one that stays.
        out: Firms that are left out of the merge.
        choices: Field → id of the firm whose value counts, where the person said so.
        said: Firm → field → who said it.
    """

    def __init__(self, ledger: Ledger, records: Sequence[str]) -> None:
        """Read the firms.

        Raises:
            UserError: One is gone, or lies in the recycle bin.
        """
        self._ledger = ledger
        self.whole: Facing = face(ledger, records)
        self.ids = [firm.id for firm in self.whole.firms]
        self.survivor = self.whole.survivor
        self.out: set[str] = set()
        self.choices: dict[str, str] = {}
        self.said: dict[str, dict[str, Said]] = sayings(ledger, self.ids)
        self._firms = {firm.id: firm for firm in self.whole.firms}
        self._rules = self._by_rules()

    # -- what is there -----------------------------------------------------------------------------

    def fields(self) -> list[FacingField]:
        """Every field that any of them has, as declared."""
        return list(self.whole.fields)

    def spec(self, name: str) -> FieldSpec:
        """The declaration of a field."""
        return field_map(Enterprise)[name]

    def title(self, record: str) -> str:
        """Name of a firm."""
        return self._firms[record].title

    def value(self, name: str, record: str) -> Any:
        """What a firm has in a field."""
        return getattr(self._firms[record], name)

    def differs(self, name: str) -> bool:
        """Whether those that are merged say different things; an empty one says nothing."""
        return len({self.value(name, r) for r in self.merged()} - {None}) > 1

    def partly(self, name: str) -> bool:
        """Whether only some of those that are merged say anything, and all of these the same."""
        values = [self.value(name, record) for record in self.merged()]
        return None in values and len(set(values) - {None}) == 1

    def hanging(self, record: str) -> dict[str, int]:
        """What hangs on a firm: kind of record → how many."""
        return self.whole.hanging[record]

    def hanging_together(self) -> dict[str, int]:
        """What will hang on the merged firm."""
        found: Counter[str] = Counter()
        for record in self.merged():
            found.update(self.hanging(record))
        return dict(found)

    # -- what is decided ---------------------------------------------------------------------------

    def merged(self) -> list[str]:
        """The firms that become one."""
        return [record for record in self.ids if record not in self.out]

    def absorbed(self) -> list[str]:
        """Those of them that go into the one that stays."""
        return [record for record in self.merged() if record != self.survivor]

    def chosen(self, name: str) -> str:
        """Id of the firm whose value counts for a field."""
        return self.choices.get(name) or self._rules.get(name, self.survivor)

    def result(self, name: str) -> Any:
        """What the merged record will have in a field."""
        return self.value(name, self.chosen(name))

    def taken(self) -> dict[str, int]:
        """From which other firms how many values come that the one that stays does not have."""
        found: Counter[str] = Counter()
        for field in self.whole.fields:
            if self.result(field.field) != self.value(field.field, self.survivor):
                found[self.chosen(field.field)] += 1
        return dict(found)

    def choose(self, name: str, record: str) -> None:
        """Let the value of a firm count."""
        if record in self.ids and record not in self.out:
            self.choices[name] = record

    def keep(self, record: str) -> None:
        """Let another firm be the one that stays."""
        if record in self.ids:
            self.survivor = record
            self.out.discard(record)
            self._rules = self._by_rules()

    def leave_out(self, record: str, *, out: bool = True) -> None:
        """Take a firm out of the merge, or in again; two at least remain."""
        if not out:
            self.out.discard(record)
        elif len(self.merged()) > 2 and record in self.ids:
            self.out.add(record)
            self.choices = {name: by for name, by in self.choices.items() if by != record}
            if record == self.survivor:
                self.survivor = self.merged()[0]
        self._rules = self._by_rules()

    def pairs_apart(self) -> list[tuple[str, str]]:
        """What 不是同一户 says: of all pairs, or of those left out against the rest."""
        if self.out:
            return [(one, other) for one in self.out for other in self.merged()]
        return [(a, b) for place, a in enumerate(self.ids) for b in self.ids[place + 1 :]]

    def two_codes(self) -> bool:
        """Whether two of them have different credit codes, both of them sound."""
        codes = {self._firms[record].code for record in self.merged()}
        return len({code for code in codes if code and is_sound_code(code)}) > 1

    def words(self) -> str:
        """Words of the button: how many values come from where."""
        taken, merged = self.taken(), self.merged()
        count = f" {len(merged)} 户" if len(merged) > 2 or self.out else ""
        if not taken:
            return f"合并{count}（都照{ordinal(self.ids.index(self.survivor))}）"
        (record, _), *more = taken.items()
        where = "另外几户" if more else ordinal(self.ids.index(record))
        return f"合并{count}（{sum(taken.values())} 项来自{where}）"

    def _by_rules(self) -> dict[str, str]:
        facing = face(self._ledger, self.merged(), self.survivor)
        return {field.field: field.chosen for field in facing.fields}
