"""Leafing through the file: sections built when they are first shown, and the way to what is wrong."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.model.sections import SECTIONS
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dossier.frame import DossierFrame
from ledger_desk.ui.dossier.given import Given
from ledger_desk.ui.dossier.reading import FileState, Trouble, read_file
from ledger_desk.ui.dossier.section_view import SectionView
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.records.editor import Editor
from ledger_desk.ui.records.keeping import RecordKeeper


class LeafingPage(DossierFrame):
    """Shows the sections of the firm that its keeper holds.

    Signals:
        saved: Id of the firm, after each step written.
        elsewhere_wanted: (table, id) of a record that another page shows.
    """

    saved = Signal(str)
    elsewhere_wanted = Signal(str, str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show no firm yet."""
        super().__init__(ledger)
        self._window = window
        self.keeper = RecordKeeper(ledger, Enterprise)
        self._given = Given(ledger, jobs, window, self.keeper)
        self._views: dict[int, SectionView] = {}
        self._state: FileState = read_file(ledger, "", {})
        self._busy = False
        # Sections that show less than the ledger holds, and those that still show another firm.
        self._behind: set[int] = set()
        self._afresh: set[int] = set()
        QApplication.instance().focusChanged.connect(self._focus_moved)

    # What the page does with what is written

    def changed_here(self) -> None:
        """Something was written, or held for a firm that is not made yet."""
        raise NotImplementedError

    def follow(self, table: str, record: str) -> None:
        """Go to a record that is shown elsewhere."""
        raise NotImplementedError

    def restore(self, cls: type[Record], record: str, field: str, value: object) -> None:
        """Let an earlier value stand again."""
        raise NotImplementedError

    # Sections

    def show_section(self, number: int) -> None:
        """Show a section; the keyboard goes to its first field."""
        before = self._views.get(self.number)
        if before is not None:
            before.settle()
        self.number = number
        self._window.status.say("")
        self._show_here()
        if self.isVisible():
            self._focus_first()

    def view(self, number: int = 0) -> SectionView:
        """The view of a section, the one shown by default; built when it is first asked for."""
        number = number or self.number
        view = self._views.get(number)
        if view is None:
            view = self._views[number] = SectionView(SECTIONS[number - 1], self._given)
            view.hide()
            self.place.add(view, stretch=1)
            view.order_stops()
            view.changed.connect(self.changed_here)
            view.focus_changed.connect(self._pane_timer.start)
            view.elsewhere_wanted.connect(self.follow)
            view.set_mode(self.mode)
            self._show_in(view, afresh=True)
        return view

    def editor(self, name: str) -> Editor:
        """The editor of a field of the firm; its section is shown."""
        spec = field_map(Enterprise)[name]
        number = next(s.number for s in SECTIONS if spec.group in s.groups)
        if number != self.number:
            self.show_section(number)
        form = self.view().form
        assert form is not None
        return form.editor(name)

    def focused_name(self) -> str:
        """Name of the firm's own field that the keyboard is in."""
        cls, _, name = self.view().focused()
        return name if cls is Enterprise else ""

    def state(self) -> FileState:
        """How the file stands."""
        return self._state

    def title(self) -> str:
        """What the firm is called."""
        return self.keeper.title

    def first_focus(self) -> QWidget | None:
        """The first field or list of the section, else its line in the contents."""
        target = self.view().first_focus()
        if target is not None and target.isVisibleTo(self) and target.isEnabled():
            return target
        beside = self.sections.isVisibleTo(self)
        return self.sections.entry(self.number) if beside else self.section_menu

    def go_to(self, trouble: object) -> None:
        """Show the section in which something is wrong, and put the keyboard there."""
        assert isinstance(trouble, Trouble)
        if trouble.section != self.number:
            self.show_section(trouble.section)
        self.view().go_to(trouble)

    def next_problem(self) -> None:
        """Go to the next 必改 or 须说明 after the present place, going round (F8)."""
        self.view().settle()
        troubles = self._state.troubles
        if not troubles:
            self._window.status.say("没有要改的")
            return
        cls, record, field = self.view().focused()
        here = (self.number, cls, record, field)
        places = [(t.section, t.cls, t.record, t.field) for t in troubles]
        if here in places:
            following = (places.index(here) + 1) % len(places)
        else:
            after = (n for n, place in enumerate(places) if place[0] >= self.number)
            following = next(after, 0)
        self.go_to(troubles[following])

    def show_history(self) -> None:
        """Show under a field of the firm, or in the details, where its value comes from (Alt+H)."""
        view = self.view()
        view.open_history(self.restore)

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit frame and sections."""
        super().set_mode(mode, very_short=very_short)
        for view in self._views.values():
            view.set_mode(mode)
        if self._views:
            self._tell()

    def _focus_first(self) -> None:
        target = self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _read(self) -> None:
        self._state = read_file(self._ledger, self.keeper.record, self.keeper.values)

    def _show_here(self, *, afresh: bool = False) -> None:
        view = self.view()
        for each in self._views.values():
            each.setVisible(each is view)
        if afresh:
            self._afresh = set(self._views)
        if self.number in self._behind:
            self._show_in(view, afresh=self.number in self._afresh)
        self.sections.set_here(self.number)
        self._tell()

    def _show_in(self, view: SectionView, *, afresh: bool) -> None:
        number = view.section.number
        busy, self._busy = self._busy, True
        try:
            view.show_firm(self._state, afresh=afresh)
        finally:
            self._busy = busy
        self._behind.discard(number)
        self._afresh.discard(number)

    def _tell(self) -> None:
        self.show_state(self._state, self.keeper.title, new=self.keeper.is_new)
        self.view().tell(self._state)

    def _focus_moved(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self.holder.isAncestorOf(now):
            self._pane_timer.start()

    def tell_pane(self, *, at_once: bool = False) -> None:
        """Show in the details what the keyboard is at; while it is in them they stay as they are."""
        here = QApplication.focusWidget()
        if self.pane is not None and here is not None and self.pane.isAncestorOf(here):
            return
        if self.pane is None or (not self.pane.isVisible() and not at_once):
            return
        cls, record, field = self.view().focused()
        self.pane_content.show_place(self.keeper.record, cls, record, field)

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "没有存下")
