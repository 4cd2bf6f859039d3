"""Filling cells of a list: down, right, from above, with today's date. Each is one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ledger_desk.exchange.blocks import Block
from ledger_desk.exchange.pasting import CHANGED, PastePlan
from ledger_desk.model.fields import field_map
from ledger_desk.ui.pasting.deeds import Deed
from ledger_desk.ui.pasting.editors import edit_text
from ledger_desk.ui.pasting.target import Target, target_of

if TYPE_CHECKING:
    from ledger_desk.ui.pasting.writer import GridWriter


class Fills:
    """Plans what is to be filled, and hands it on to be written."""

    def __init__(self, writer: GridWriter) -> None:
        """Fill the cells that ``writer`` writes."""
        self._writer = writer

    def down(self) -> None:
        """Give the selected cells what stands in the first; a single row, what stands above it."""
        target = target_of(self._writer.grid, 1, 1)
        if target is not None and len(target.ids) == 1:
            self._from_above(target)
        elif target is not None:
            row = self._texts(target.ids[:1], target.first, target.width)
            below = Target(target.ids[1:], target.first, 1, target.width, target.marked, target.top)
            self._fill(below, row * len(below.ids))

    def above(self) -> None:
        """Give the current cell what stands above it, whatever is selected."""
        target = target_of(self._writer.grid, 1, 1, alone=True)
        if target is not None:
            self._from_above(target)

    def _from_above(self, target: Target) -> None:
        above = self._writer.grid.lazy_model().record(target.top - 1)
        if above:
            self._fill(target, self._texts([above], target.first, target.width))

    def right(self) -> None:
        """Give the selected cells what stands in the leftmost; a single one, what stands left of it."""
        target = target_of(self._writer.grid, 1, 1)
        if target is None:
            return
        first, width = target.first, target.width - 1
        if not width:
            first, width = first - 1, 1
        if first < 0:
            return
        found = self._texts(target.ids, first, 1)
        block = [row * width for row in found]
        self._fill(Target(target.ids, first + 1, 1, width, target.marked, target.top), block)

    def today(self) -> None:
        """Write today's date into the selected cells; a column that holds no dates says so."""
        target = target_of(self._writer.grid, 1, 1)
        if target is None:
            return
        known = field_map(self._writer.cls)
        keys = self._writer.keys()[target.first : target.first + target.width]
        if not any(key in known and known[key].kind.name == "day" for key in keys):
            self._writer.say("这一列不是日期，Ctrl+; 只填日期。")
            return
        days = [
            date.today().isoformat() if key in known and known[key].kind.name == "day" else ""
            for key in keys
        ]
        self._fill(target, [days] * len(target.ids), erase=False)

    def text(self, target: Target, text: str) -> None:
        """Write one text into cells."""
        self._fill(target, [[text] * target.width] * len(target.ids))

    def _texts(self, ids: Sequence[str], first: int, width: int) -> Block:
        """What stands in some rows, as text that is read back exactly."""
        writer = self._writer
        known, keys = field_map(writer.cls), writer.keys()[first : first + width]
        with writer.ledger.read() as rows:
            found = rows.many(writer.cls, list(ids))
        return [
            [
                edit_text(known[key], getattr(found[record], key))
                if key in known and record in found
                else ""
                for key in keys
            ]
            for record in ids
        ]

    def _fill(self, target: Target, block: Block, *, erase: bool = True) -> None:
        if target.ids and block:
            self._writer.deeds.plan(
                block,
                self._writer.layout(target),
                self._filled,
                "正在填充",
                erase=erase,
                exact=True,
            )

    def _filled(self, made: PastePlan) -> None:
        if not made.changes:
            why = next(iter(made.whys.values()), "") or next(
                (c.why for c in made.columns if c.why), ""
            )
            self._writer.say(why or "内容本来就一样。")
            return
        self._writer.deeds.write(Deed(made, f"填充 {made.counts[CHANGED]:,} 格"))
