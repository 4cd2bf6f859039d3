"""The frame of the file's page: head, line of tags, contents, place of the section, bars, keys."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ledger_desk.model.sections import SECTIONS
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.dossier.contents import SectionList, short_title
from ledger_desk.ui.dossier.pane import DossierPane
from ledger_desk.ui.dossier.reading import FileState
from ledger_desk.ui.dossier.summary import Summary
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.records.dictionaries import divisions

_PANE_WAIT_MS = 120
# The details stand beside the file from this width (at 100 %) on; below it they are a drawer over
# it, as in look/03-dossier.png, since a form of two columns needs the room.
_WIDE_ENOUGH = 1600
_CTRL_KEYS = 9


class DossierFrame(Page):
    """What stands around a section; what is done in it is in `page`.

    Signals:
        closed: The person goes back to the list.
        neighbour_wanted: -1 or 1: the firm before or after.
        print_wanted: The file is to be printed.
    """

    closed = Signal()
    print_wanted = Signal()
    neighbour_wanted = Signal(int)

    def __init__(self, ledger: Ledger) -> None:
        """Build the frame; no firm is shown yet."""
        super().__init__("一企一档")
        self.number = 1
        self._ledger = ledger
        self._back = self.head.add_button(
            Button("返回名单", self.leave, icon="arrow-left", key="Esc")
        )
        self._again = self.head.add_button(
            Button("再登一户", self.begin_another, icon="plus", key="F12")
        )
        # The key is the list's own, which prints what is open or what is selected.
        self._print = self.head.add_button(
            Button("打印档案  Ctrl+P", self.print_wanted.emit, icon="printer")
        )
        self.summary = Summary()
        self.sections = SectionList()
        self.section_menu = MenuButton("1 基本信息")
        self.holder = QWidget()
        self.place = Column(self.holder, gap=0)
        self.body.set_gap(8)
        row = Row(gap=12).add(self.sections).add(self.holder, stretch=1)
        self.body.add(self.summary, self.section_menu).add(row, stretch=1)
        self.pane_content = DossierPane(ledger)
        self.set_pane(self.pane_content)
        self._pane_timer = QTimer(self)
        self._pane_timer.setSingleShot(True)
        self._pane_timer.setInterval(_PANE_WAIT_MS)
        self._pane_timer.timeout.connect(self.tell_pane)
        self._bars()
        self._keys()
        self.summary.wanted.connect(self.go_to)
        self.sections.chosen.connect(self.show_section)

    def _bars(self) -> None:
        self._must = MarkLabel("must", "", "must")
        self._explain = MarkLabel("explain", "", "explain")
        self._fine = MarkLabel("done", "没有要改的", "ok")
        self._next_wrong = Button("下一处  F8", self.next_problem, kind="words")
        self._how = FittingLabel(["每格离开即存，不用按保存", "每格离开即存", ""], "dim")
        self.bottom.say(self._must, self._explain, self._fine, self._next_wrong)
        self.bottom.push()
        self.bottom.say(self._how)
        self._before = self.bottom.add_button(Button("上一户", partial(self._go, -1)))
        self._after = self.bottom.add_button(Button("下一户  Ctrl+PgDn", partial(self._go, 1)))
        self._before.setToolTip("Ctrl+PgUp")
        self._on = self.bottom.add_button(Button("下一节", partial(self.turn, 1), kind="pri"))

    def _keys(self) -> None:
        keys = {
            "F8": self.next_problem, "PgUp": partial(self.turn, -1), "PgDown": partial(self.turn, 1),
            "Ctrl+PgUp": partial(self._go, -1), "Ctrl+PgDown": partial(self._go, 1),
            "Ctrl+S": self.save, "Alt+N": self.write_memo, "Alt+H": self.show_history,
            **{f"Ctrl+{n}": partial(self.show_section, n) for n in range(1, _CTRL_KEYS + 1)},
            "Ctrl+0": partial(self.show_section, 10),
        }  # fmt: skip
        for key, slot in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(slot)

    # What the page does

    def leave(self) -> None:
        """Go back to the list."""
        raise NotImplementedError

    def begin_another(self) -> None:
        """Begin the next new firm."""
        raise NotImplementedError

    def show_section(self, number: int) -> None:
        """Show a section."""
        raise NotImplementedError

    def go_to(self, trouble: object) -> None:
        """Go where something is wrong."""
        raise NotImplementedError

    def next_problem(self) -> None:
        """Go to the next 必改 or 须说明."""
        raise NotImplementedError

    def save(self) -> bool:
        """Keep what is being typed."""
        raise NotImplementedError

    def settled(self) -> bool:
        """Whether one may go away."""
        raise NotImplementedError

    def show_history(self) -> None:
        """Show where the value comes from."""
        raise NotImplementedError

    def tell_pane(self, *, at_once: bool = False) -> None:
        """Show in the details what the keyboard is at; ``at_once`` also while they are put away."""
        raise NotImplementedError

    # Around the section

    def turn(self, by: int) -> None:
        """Go to the section after (1) or before (-1)."""
        number = self.number + by
        if 1 <= number <= len(SECTIONS):
            self.show_section(number)

    def write_memo(self) -> None:
        """Open the details where a memo is written (Alt+N)."""
        self.open_pane()
        self.pane_content.write_memo()

    def open_pane(self) -> None:
        """Open the details at what the keyboard is at."""
        self.tell_pane(at_once=True)
        super().open_pane()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The contents become a menu where room is short; the details stay a drawer up to 1600."""
        wide = self.window().width() / theme.look().factor
        drawer: Mode = "drawer" if mode == "full" and wide < _WIDE_ENOUGH else mode
        super().set_mode(drawer, very_short=very_short)
        beside = mode in ("full", "drawer")
        self._back.set_text("返回名单" if mode != "narrow" else "返回")
        self._print.set_text("打印档案  Ctrl+P" if mode != "narrow" else "打印  Ctrl+P")
        self.sections.setVisible(beside)
        self.section_menu.setVisible(not beside)
        self.summary.setVisible(not very_short)
        self.summary.set_mode(mode)

    def show_state(self, state: FileState, title: str, *, new: bool) -> None:
        """Say everywhere how the firm stands."""
        values, narrow = state.values, self.mode == "single"
        self.head.set_title("新增经营主体" if new and not values.get("name") else title)
        code, town = str(values.get("code") or ""), str(values.get("township") or "")
        town = divisions().get(town, town) if town else ""
        if new:
            self.head.set_counts("填了名称或代码就记下，其余以后再补")
        else:
            parts = [part for part in (code or "没有信用代码", town, "一企一档") if part]
            self.head.set_counts("　".join(parts), "　".join(parts[:2]), parts[0])
        self.sections.set_standings(state.standings, state.complete.percent)
        self.summary.set_state(state)
        must, explain = state.count("must"), state.count("explain")
        self._must.set("must", f"必改 {must}")
        self._explain.set("explain", f"须说明 {explain}")
        self._must.setVisible(must > 0 and not narrow)
        self._explain.setVisible(explain > 0 and not narrow)
        self._fine.setVisible(not must and not explain and not narrow)
        self._next_wrong.setVisible(bool(must or explain))
        self._next_wrong.set_text(f"下一处 {must + explain}" if narrow else "下一处  F8")
        self._before.retire(away=new)
        self._after.retire(away=new)
        self.bottom.set_mode(self.mode)
        self._again.setEnabled(not self._ledger.read_only)
        self._print.retire(away=new)
        self.head.set_mode(self.mode, very_short=self._very_short)
        self._offer_sections(state)

    def _offer_sections(self, state: FileState) -> None:
        entries: list[Entry] = []
        for section in SECTIONS:
            count = state.standings[section.number].count
            words = f"{section.number} {section.title}　{count}".rstrip("　")
            entries.append((words, partial(self.show_section, section.number)))
        self.section_menu.set_entries(entries)
        here = SECTIONS[self.number - 1]
        count = state.standings[self.number].count
        self.section_menu.set_text(f"{here.number} {here.title}　{count}".rstrip("　"))
        following = SECTIONS[self.number] if self.number < len(SECTIONS) else None
        self._on.retire(away=following is None)
        if following is not None:
            self._on.set_text(f"下一节：{short_title(following)}  PgDn")

    def _go(self, by: int) -> None:
        if self.settled():
            self.neighbour_wanted.emit(by)
