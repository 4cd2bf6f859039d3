"""The page of all enterprises, and what is done to them: new, edit, import, export, bin, restore."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dossier.page import DossierPage
from ledger_desk.ui.history.hosting import TimeMachine
from ledger_desk.ui.importing.hosting import ImportingPage
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.enterprises import views
from ledger_desk.ui.pages.enterprises.deeds import Deeds
from ledger_desk.ui.pages.enterprises.emptiness import first_state
from ledger_desk.ui.pages.enterprises.listing import MOST_MERGED, EnterpriseList
from ledger_desk.ui.pages.enterprises.planning import Planning

if TYPE_CHECKING:
    from ledger_desk.ui.duplicates.deeds import DuplicateDeeds
    from ledger_desk.ui.duplicates.merge_page import MergePage
    from ledger_desk.ui.pages.enterprises.past import PastFirms
    from ledger_desk.ui.printing.dossiers import DossierPrinting

_AHEAD_AFTER = 1_500  # milliseconds of rest in the list after which the file is made ready


class EnterprisePage(EnterpriseList, ImportingPage):
    """经营主体.

    Signals:
        changed: The ledger was changed here; other pages read again.
        practice_wanted: The person would like to try things in a practice ledger.
        elsewhere_wanted: (table, id): go to the page that shows such records.
        plan_wanted: (ids, words, into one that is there): firms for a plan of visits.
    """

    practice_wanted = Signal()
    plan_wanted = Signal(list, str, bool)
    elsewhere_wanted = Signal(str, str)

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the enterprises of a ledger."""
        super().__init__(ledger, jobs, window)
        self._editor: DossierPage | None = None
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(_AHEAD_AFTER)
        self._ahead.timeout.connect(self.make_ready)
        self.panel.grid.verticalScrollBar().valueChanged.connect(self._put_off)
        self.panel.grid.lazy_model().renewing.connect(self._put_off)
        self.panel.grid.current_changed.connect(self._put_off)
        self._merge: MergePage | None = None
        self._duplicates: DuplicateDeeds | None = None
        self._printing: DossierPrinting | None = None
        self.deeds = Deeds(ledger, jobs, window, self)
        self.planning = Planning(ledger, jobs, window, self.source)
        self.planning.wanted.connect(self.plan_wanted)
        self.more_entries = [("编入走访计划…", partial(self.planning.take, False), "walk")]
        self.tool_row.add(self.planning.button)
        self.head.add_button(Button("列", self.choose_columns, icon="columns-3"))
        self._in = self.head.add_button(Button("导入", self.open_import, icon="file-import"))
        self._out = self.head.add_button(Button("导出", self.export, icon="file-export"))
        self._new = self.head.add_button(
            Button("新增", self.begin, icon="plus", key="F12", kind="pri")
        )
        self.deeds.changed.connect(self._changed)
        self.deeds.bin_wanted.connect(partial(self.show_view, views.BIN))
        self.panel.grid.opened.connect(self.open_record)
        self.pane_content.open_wanted.connect(self.open_record)
        self.writer.list_wanted.connect(self.paste_list)
        QShortcut(QKeySequence("Ctrl+N"), self.panel.grid).activated.connect(self.begin)
        prints = QShortcut(QKeySequence("Ctrl+P"), self)
        prints.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        prints.activated.connect(self.print_files)
        shortcut = QShortcut(QKeySequence("Ctrl+-"), self.panel.grid)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self.remove_selected)
        self.machine = TimeMachine(ledger, jobs, window, self, self._past_list)
        self.machine.changed.connect(self.changed)
        self.machine.left.connect(self.entered)
        self.setAcceptDrops(True)  # what it shows is read when it comes to the front

    # Editing

    def shown_query(self) -> Query[Enterprise]:
        """What the list shows now, for those who take the firms of it elsewhere."""
        return self._query()

    def open_record(self, record: str) -> None:
        """Open the file of a firm."""
        try:
            self.editor().open(record)
        except UserError as error:
            self._failed(error)
            self.refresh()
            return
        self.cover(self.editor())
        self._tell_place()

    def open_current(self) -> None:
        """Open the file of the present firm."""
        if self.panel.grid.current_id():
            self.open_record(self.panel.grid.current_id())

    def begin(self) -> None:
        """Begin a new firm; a township that the list is narrowed to is filled in."""
        towns = [where.value for where in self.conditions.wheres() if where.field == "township"]
        preset = {"township": towns[0][0]} if towns and len(towns[0]) == 1 else None
        self.editor().begin(preset)
        self.cover(self.editor())

    def editor(self) -> DossierPage:
        """The file of one firm; made when it is first needed, or a little ahead of it."""
        if self._editor is None:
            self._editor = DossierPage(self._ledger, self._jobs, self._window)
            self._editor.setParent(self)
            self._editor.hide()
            self._editor.elsewhere_wanted.connect(self.elsewhere_wanted)
            self._editor.print_wanted.connect(self.print_files)
            self._editor.closed.connect(self._leave)
            self._editor.saved.connect(self._edited)
            self._editor.neighbour_wanted.connect(self._neighbour)
        return self._editor

    def entered(self) -> None:
        """Read again; while the list is only looked at, the file is made ready to be opened."""
        super().entered()
        if self._editor is None:
            self._ahead.start()

    def _put_off(self) -> None:
        """Somebody is at work in the list: what can be made ready waits for a rest."""
        if self._ahead.isActive():
            self._ahead.start()

    def make_ready(self) -> None:
        """Make the file of one firm ahead, in two steps, so that opening it only fills it in."""
        if not self.isVisible() or self.cover_view is not None:
            return
        if self._editor is None:
            self.editor()
            self._ahead.start()
            return
        try:
            self._editor.view()
        except UserError:  # whoever opens it is told
            return

    def refresh(self) -> None:
        """Read everything again, the open editor too."""
        super().refresh()
        self.machine.refresh()
        if self._editor is None or self.cover_view is not self._editor:
            return
        try:
            self._editor.reload()
        except UserError as error:  # the firm itself was taken back
            self._leave()
            self._failed(error)

    def _edited(self, _record: str) -> None:
        self.changed.emit()

    def _tell_place(self) -> None:
        """Say which firm of how many is open."""
        grid, record = self.panel.grid, self.editor().keeper.record
        self._window.status.set_selection("")
        if grid.current_id() == record:
            place, whole = grid.currentIndex().row() + 1, grid.lazy_model().rowCount()
            self._window.status.set_rows(f"第 {place:,} 户 / 共 {whole:,} 户")

    def tell_rows(self) -> None:
        """Firms of the list."""
        self._tell_status("")

    def _leave(self) -> None:
        editing = self._editor is not None and self.cover_view is self._editor
        record = self._editor.keeper.record if editing and self._editor is not None else ""
        self.uncover()
        self.entered()
        if record and self.panel.grid.go_to(record):
            self.pane_content.show_record(record)

    def _neighbour(self, by: int) -> None:
        grid = self.panel.grid
        model, row = grid.lazy_model(), grid.currentIndex().row() + by
        if 0 <= row < model.rowCount():
            grid.setCurrentIndex(model.index(row, max(grid.currentIndex().column(), 1)))
            self.editor().open(model.record(row))
            self._tell_place()
        else:
            self._window.status.say("已经是最后一户" if by > 0 else "已经是第一户")

    # Bin and export

    def remove_selected(self) -> None:
        """Put the selected firms, or the present one, into the recycle bin as one step."""
        if self.view() != views.BIN and not self._ledger.read_only:
            self.deeds.remove(self.selected())

    def restore_selected(self) -> None:
        """Take the selected firms, or the present one, out of the recycle bin as one step."""
        self.deeds.restore(self.selected())

    # The past

    def _past_list(self) -> PastFirms:
        from ledger_desk.ui.pages.enterprises.past import PastFirms

        return PastFirms(tuple(self.source.names))

    def ask_past(self) -> None:
        """Look at the list as it was on some day."""
        self.machine.ask()

    def show_past(self, step: int) -> None:
        """Show the list as it was after a step."""
        self.machine.show(step)

    # Look-alikes

    def merge_selected(self) -> None:
        """Look at the selected firms side by side, to make one of them."""
        from ledger_desk.ui.duplicates.merge_page import BY_HAND, MergePage

        records = self.selected()
        if not 2 <= len(records) <= MOST_MERGED or self._ledger.read_only:
            return
        self._close_merge()
        view = self._merge = MergePage(
            self._ledger, self._window, self.duplicate_deeds(), records, BY_HAND
        )
        view.closed.connect(self._close_merge)
        view.open_wanted.connect(self._open_merged)
        self.cover(view)

    def duplicate_deeds(self) -> DuplicateDeeds:
        """What merges; made when it is first needed."""
        from ledger_desk.ui.duplicates.deeds import DuplicateDeeds

        if self._duplicates is None:
            self._duplicates = DuplicateDeeds(self._ledger, self._jobs, self._window, self)
            self._duplicates.changed.connect(self._changed)
        return self._duplicates

    def find_duplicates(self) -> None:
        """Go to the search for firms that look alike."""
        self.elsewhere_wanted.emit("verdict", "")

    def _open_merged(self, record: str) -> None:
        self._close_merge()
        self.open_record(record)

    def _close_merge(self) -> None:
        view, self._merge = self._merge, None
        if view is not None:
            if self.cover_view is view:
                self.uncover()
            view.deleteLater()

    def export(self) -> None:
        """Write the list as it is filtered and sorted, with the columns it shows."""
        self.deeds.ask_and_export(
            self.source.query(), self.panel.grid.lazy_model().rowCount(), self.source.names
        )

    def print_files(self) -> None:
        """Print the file that is open, or those of the selected firms."""
        from ledger_desk.ui.printing.dossiers import DossierPrinting

        if self._printing is None:
            self._printing = DossierPrinting(self._ledger, self._jobs, self._window, self)
        if self._editor is not None and self.cover_view is self._editor:
            firm = self._editor.keeper
            if self._editor.save() and firm.record:
                self._printing.ask([firm.record])
        else:
            self._printing.ask(self.selected())

    def _changed(self) -> None:
        self.panel.grid.clearSelection()
        self.refresh()
        self.changed.emit()

    def empty_state(self) -> QWidget:
        """Three ways to put firms into an empty ledger."""
        ways = (self.choose_file, self.paste, self.begin, self.practice_wanted.emit)
        return first_state(*ways, practice=not self._ledger.practice)

    def _tell(self) -> None:
        super()._tell()
        if not hasattr(self, "_out"):
            return  # the list is being built
        shown, capped = self.panel.grid.lazy_model().rowCount(), self.source.capped
        if shown:
            self._out.allow("导出筛出的" if capped else f"导出 {shown:,} 户")
        else:
            self._out.block("导出 0 户")
        if self._ledger.read_only:
            self._new.block("只看，不能新增")
            self._in.block("只看，不能导入")

    def _tell_selection(self) -> None:
        super()._tell_selection()
        if hasattr(self, "planning"):
            shown, grid = self.panel.grid.lazy_model().rowCount(), self.panel.grid
            found = [self._text, *self.conditions.words().values()]
            if self.view() != views.ALL:
                found.append(next((t.text for t in self.tabs.tabs() if t.key == self.view()), ""))
            words = "、".join(word for word in found if word)
            marked = grid.selected_ids() if grid.selected_count() else []
            self.planning.tell(marked, shown, self.source.capped, words)
            free = self.view() != views.BIN and not self._ledger.read_only
            self.planning.button.setVisible(free and self.mode != "single")
