"""Below the list of doubtful rows: decide the present row, all of its kind, or all there are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.comparing_rows import NEW, SKIP, TAKE
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.importing.result_rows import ResultRows
from ledger_desk.ui.importing.work import Decisions, Place
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Row

_MOST_NAMED = 2
_SHORT = 14


class DecisionBar(QWidget):
    """`decided` carries (places, decision or None)."""

    decided = Signal(object, object)

    def __init__(self) -> None:
        """Start hidden."""
        super().__init__()
        self._row = Row(self, margins=(0, 4, 0, 0), gap=8)
        self.hide()

    def offer(self, rows: ResultRows, place: Place, decisions: Decisions, *, narrow: bool) -> None:
        """Offer what can be decided about a doubtful row; ``narrow``: in one menu."""
        self._clear()
        fate, alike = rows.fates[place], rows.alike(place)
        entries = [
            (f"就是“{_shortened(rows.candidates[each].title)}”", self._doing([place], each))
            for each in fate.candidates[:_MOST_NAMED]
            if each in rows.candidates
        ]
        entries += [
            ("算新增一户", self._doing([place], NEW)),
            ("不装这一行", self._doing([place], SKIP)),
        ]
        decided = decisions.get(place)
        if decided is not None:
            entries.append(("先不定", self._doing([place], None)))
        others = self._others(rows, place, decided, decisions)
        more = []
        if others:
            more.append(
                (f"这 {len(others) + 1:,} 行都这样定", self._doing(others, _as_rule(decided)))
            )
        every = [p for some in rows.doubts.values() for p in some]
        if len(every) > 1:
            single = [p for p in every if len(rows.fates[p].candidates) == 1]
            if 1 < len(alike) < len(every):
                more.append((f"同样情形的 {len(alike):,} 行都算新增", self._doing(alike, NEW)))
                more.append((f"同样情形的 {len(alike):,} 行都不装", self._doing(alike, SKIP)))
            if single:
                words = f"{len(single):,} 行都算账上那一户（只有一户像的）"
                more.append((words, self._doing(single, TAKE)))
            more.append((f"存疑的 {len(every):,} 行都算新增", self._doing(every, NEW)))
            more.append((f"存疑的 {len(every):,} 行都不装", self._doing(every, SKIP)))
            more.append((f"存疑的 {len(every):,} 行都先不定", self._doing(every, None)))
        if narrow:
            self._row.add(MenuButton(f"第 {place[1]:,} 行怎么办", [*entries, None, *more])).push()
        else:
            said = f"第 {place[1]:,} 行："
            self._row.add(FittingLabel([said, ""], "bold"))
            for words, on in entries:
                self._row.add(Button(words, on))
            if others:
                self._row.add(Button(more[0][0], more[0][1], kind="plain", icon="check"))
            self._row.push()
            if len(every) > 1:
                self._row.add(MenuButton("一起定", more))
        self.show()

    def _others(
        self, rows: ResultRows, place: Place, decided: str | None, decisions: Decisions
    ) -> list[Place]:
        """Rows of the same kind for which the same decision would be something new."""
        if decided is None:
            return []
        rule = _as_rule(decided)
        some = [p for p in rows.alike(place) if p != place]
        if rule == TAKE:
            some = [p for p in some if len(rows.fates[p].candidates) == 1]
            return [p for p in some if decisions.get(p) not in (TAKE, rows.fates[p].candidates[0])]
        return [p for p in some if decisions.get(p) != rule]

    def _doing(self, places: list[Place], decision: str | None) -> Callable[[], None]:
        return lambda: self.decided.emit(tuple(places), decision)

    def _clear(self) -> None:
        while self._row.count():
            part = self._row.takeAt(0)
            if part is not None and part.widget() is not None:
                part.widget().hide()
                part.widget().deleteLater()


def _as_rule(decision: str | None) -> str | None:
    """A decision as it goes for other rows: the id of a record becomes "the one it may be"."""
    return decision if decision in (None, NEW, SKIP) else TAKE


def _shortened(name: str) -> str:
    return name if len(name) <= _SHORT else f"{name[:6]}…{name[-7:]}"
