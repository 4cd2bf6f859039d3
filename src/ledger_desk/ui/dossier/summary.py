"""The line under the head: tags, 划型, first-loan standing, lenders, how complete, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Tagging
from ledger_desk.model.sections import SECTIONS
from ledger_desk.ui import theme
from ledger_desk.ui.bars import Strip
from ledger_desk.ui.buttons import Entry, MenuButton
from ledger_desk.ui.dossier.reading import FileState, Trouble
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.checks import size_of
from ledger_desk.ui.records.showing import split_unit
from ledger_desk.ui.tags import Tag

_MOST_TAGS = 3  # look.md §3
_MOST_ENTRIES = 24
_TITLES = {section.number: section.title for section in SECTIONS}
_TONES = {"首贷户": ("ok", "done"), "有贷户": ("dai", "done"), "无贷户": ("grey", "none")}


class Summary(QWidget):
    """Says in one line what the firm is; `wanted` carries a `Trouble` to go to."""

    wanted = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._size, self._loan, self._lenders = Tag("划型未定"), Tag("未核"), Tag("")
        self._tags = [Tag("", "dai") for _ in range(_MOST_TAGS)]
        self._more = FittingLabel(["", ""], "dim")
        self._detail = FittingLabel([""], "dim")
        self._strip = Strip("建档完整度", grades=True)
        self._strip.setMaximumWidth(160)
        self._missing = MenuButton("还缺 0 项", kind="words")
        row = Row(self, gap=6).add(self._size, self._loan, self._lenders, *self._tags, self._more)
        row.push()
        row.add(self._detail, self._strip, self._missing)
        self._mode: Mode = "full"
        self._named = 0
        theme.follow(self._fit)

    def set_state(self, state: FileState) -> None:
        """Show a firm."""
        size = size_of(state.values)
        grade = state.values.get("size_set") or size.grade
        self._size.set(f"划型 {grade}" if grade else "划型未定", "grey")
        self._size.setToolTip(size.reason)
        standing = state.first_loan.value
        tone, mark = _TONES.get(standing, ("zhe", "half"))
        self._loan.set(f"首贷 {standing}" if standing == "未核" else standing, tone, mark)
        self._loan.setToolTip(state.first_loan.reason)
        warned = bool(state.lenders.warning)
        self._lenders.set(
            f"垒小户 {state.lenders.count} 家"
            if state.lenders.warning == "must"
            else f"在贷 {state.lenders.count} 家，到限",
            "zhu" if state.lenders.warning == "must" else "zhe",
            state.lenders.warning or None,
        )
        self._lenders.setVisible(warned)
        self._lenders.setToolTip(state.lenders.reason + state.lenders.advice)
        self._show_tags([each for each in state.children.get(Tagging, ()) if _holds(each)])
        done = state.complete
        self._strip.setValue(done.percent)
        self._detail.set_texts(
            [f"建档完整度 {done.filled}/{done.required} 必填　{done.percent}%", f"{done.percent}%"]
        )
        musts = [trouble for trouble in state.troubles if trouble.finding.kind == "must"]
        self._missing.set_text(f"还差 {len(musts)} 处")
        self._missing.setVisible(bool(musts))
        entries: list[Entry] = [(_words(each), self._going(each)) for each in musts[:_MOST_ENTRIES]]
        self._missing.set_entries(entries)

    def set_mode(self, mode: Mode) -> None:
        """In the narrowest layouts only what must be known stays."""
        self._mode = mode
        self._strip.setVisible(mode in ("full", "drawer"))
        self._fit_tags()

    def _show_tags(self, taggings: Sequence[Tagging]) -> None:
        self._named = min(len(taggings), _MOST_TAGS)
        for place, tag in enumerate(self._tags):
            if place < len(taggings):
                each = taggings[place]
                tag.set(f"{each.level or ''}{each.tag}", "dai")
        more = len(taggings) - _MOST_TAGS
        words = "、".join(str(each.tag) for each in taggings[_MOST_TAGS:])
        self._more.set_texts([f"另有 {words}", f"另有 {more} 个标签", ""] if more > 0 else [""])
        self._fit_tags()

    def _fit_tags(self) -> None:
        most = {"full": 3, "drawer": 3, "narrow": 1}.get(self._mode, 0)
        for place, tag in enumerate(self._tags):
            tag.setVisible(place < min(self._named, most))
        self._more.setVisible(most == _MOST_TAGS)

    def _fit(self) -> None:
        self.setFixedHeight(theme.look().px(34))

    def _going(self, trouble: Trouble) -> Callable[[], None]:
        return partial(self.wanted.emit, trouble)


def _holds(tagging: Tagging) -> bool:
    return bool(tagging.tag) and (tagging.until is None or tagging.until >= date.today())


def _words(trouble: Trouble) -> str:
    return f"{trouble.section} {_TITLES[trouble.section]}：{split_unit(trouble.label)[0]}"
