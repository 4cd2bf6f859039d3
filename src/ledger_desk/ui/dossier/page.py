"""一企一档: the file of one firm, section by section; lies over the list it was opened from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ledger_desk.errors import UserError
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import Bank, Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.attachments.strip import AttachmentStrip
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.dossier.leafing import LeafingPage
from ledger_desk.ui.dossier.reading import read_file
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.choosing import shown_title
from ledger_desk.ui.records.record_dialog import RecordDialog

DROP, SAVE = "drop", "save"


class DossierPage(LeafingPage):
    """Shows and edits one firm after another."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Build the page; sections are built when they are first shown."""
        super().__init__(ledger, jobs, window)
        self._preset: dict[str, Any] = {}
        pane = self.pane_content
        pane.put_files(AttachmentStrip(ledger, jobs, window, compact=True))
        pane.restore_wanted.connect(self.restore)
        pane.link_wanted.connect(self.follow)
        pane.changed.connect(self.changed_here)
        pane.failed.connect(self._failed)

    # What the list calls

    def open(self, record: str) -> None:
        """Show a firm, at the section that is open.

        Raises:
            UserError: It is not there any more.
        """
        self.keeper.take(record)
        self._start()

    def begin(self, preset: Mapping[str, Any] | None = None) -> None:
        """Show an empty file with some values given; it is made once its name or code is left."""
        self._preset = dict(preset or {})
        self.keeper.take("", self._preset)
        self.number = 1
        self._start()

    def reload(self) -> None:
        """Read again after a change elsewhere; what is being typed stays.

        Raises:
            UserError: The firm is not there any more.
        """
        self.keeper.reload()
        self._behind = set(self._views)
        self._read()
        self._show_here()

    def save(self) -> bool:
        """Keep what is being typed (Ctrl+S); whether all of it is stored."""
        view = self.view()
        if view.strip is not None and view.strip.shelf.hasFocus():
            view.strip.save()  # there the key saves copies of the chosen files
            return True
        view.settle()
        if self.keeper.is_new and self.keeper.is_touched and not self._make():
            self.show_section(1)
            form = self.view(1).form
            if form is not None:
                form.field("name").say("must", "先填名称或统一社会信用代码，这一户才记得下。")
                form.focus_field("name")
            return False
        if self._unsaved():
            return False
        self._window.status.say("都已存下")
        return True

    def begin_another(self) -> None:
        """Begin the next new firm, with what the list gave the first (F12)."""
        if self._ledger.read_only or not self.settled():
            return
        self.begin(self._preset)

    def leave(self) -> None:
        """Go back; asks only when something typed could not be kept."""
        if self.settled():
            self.closed.emit()

    def settled(self) -> bool:
        """Keep what can be kept and ask about the rest; whether one may go on."""
        for view in list(self._views.values()):
            view.settle()
        unsaved = self._unsaved()
        if not unsaved:
            return True
        labels = "、".join(f"“{each}”" for each in unsaved[:4]) + ("等" if len(unsaved) > 4 else "")
        answer = ask_choice(
            self.window(),
            f"还有 {len(unsaved)} 项没有存",
            f"{labels}只写在这一页上，还没有存进账里。",
            [(DROP, "不要了"), (SAVE, "存下再走")],
            close="接着填",
        )
        return answer == DROP or (answer == SAVE and self.save())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the drawer away, else goes back."""
        if event.key() == Qt.Key.Key_Escape:
            if self.pane is not None and self._floating and self.pane.isVisible():
                self.close_pane()
            else:
                self.leave()
            return
        super().keyPressEvent(event)

    # What was written

    def _start(self) -> None:
        self._behind = set(self._views)
        self._read()
        for view in self._views.values():
            view.close_loan()
        self._show_here(afresh=True)
        self._pane_timer.start()
        if self.isVisible():
            self._focus_first()

    def changed_here(self) -> None:
        """Something was written, or held for a firm that is not made yet."""
        if self._busy:
            return
        made = False
        if self.keeper.is_new:
            made = self._make()
        self._read()
        if made or not self.keeper.is_new:
            self._behind |= set(self._views) - {self.number}
        if made:
            self._show_in(self.view(), afresh=False)
        self._tell()
        self._pane_timer.start()
        if not self.keeper.is_new:
            self.saved.emit(self.keeper.record)

    def _make(self) -> bool:
        """Make the new firm if it can be found again; whether it was made."""
        if self.keeper.missing():
            return False
        if any(t.field == "code" and t.finding.kind == "must" and self.keeper.values.get("code")
               for t in read_file(self._ledger, "", self.keeper.values).troubles):  # fmt: skip
            return False
        try:
            self.keeper.make()
        except UserError as error:
            self._failed(error)
            return False
        return True

    def _unsaved(self) -> list[str]:
        if self.keeper.is_touched:
            return [field_map(Enterprise)[name].label for name in self.keeper.values]
        return [each for view in self._views.values() for each in view.unsaved()]

    def restore(self, cls: type[Record], record: str, field: str, value: object) -> None:
        """Let an earlier value stand again, as a step of its own."""
        try:
            if cls is Enterprise:
                self.keeper.keep(field, value)
            else:
                found = self._ledger.get(cls, record)
                name = f"修改 {shown_title(found)}：{field_map(cls)[field].label}"
                with self._ledger.step(name) as step:
                    step.change(cls, record, {field: value})
        except UserError as error:
            self._failed(error)
            return
        self._behind = set(self._views)
        self._read()
        self._show_here()
        self.saved.emit(self.keeper.record)

    def follow(self, table: str, record: str) -> None:
        """Open a bank here; for anything else go to its page."""
        if table == Bank.TABLE:
            sheet = RecordDialog(self._window, self._ledger, Bank, record, noun="家")
            sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            sheet.open()
        elif self.settled():
            self.elsewhere_wanted.emit(table, record)
