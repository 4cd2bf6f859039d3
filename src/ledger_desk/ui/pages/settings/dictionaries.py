"""The tab 词典: all dictionaries with their sources; the office adds, renames and switches off."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange import terms
from ledger_desk.exchange.terms import Listings
from ledger_desk.model.listing import Listing
from ledger_desk.model.terms import BY_KEY, DICTIONARIES, Dictionary, Entry, uses_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.buttons import Entry as MenuEntry
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import ListSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.settings.dictionary_files import DictionaryFiles
from ledger_desk.ui.pages.settings.dictionary_rows import (
    LISTS,
    EntrySource,
    dictionary_source,
    entry_id,
)
from ledger_desk.ui.pages.settings.term_dialog import TermDialog
from ledger_desk.ui.picker import Picker, PickItem, pick_from

_WAIT = 120  # milliseconds after the last key


class DictionariesView(QWidget):
    """Lists the dictionaries and the entries of one; `changed` says that the ledger was changed."""

    changed = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Build it empty: the tables are read when the tab is first shown."""
        super().__init__()
        self._ledger, self._window = ledger, window
        self._narrow, self._ready = False, False
        self._listings = Listings(ledger)
        self._dictionary = BY_KEY["tag"]
        self.files = DictionaryFiles(self, ledger, jobs, window)
        self.files.changed.connect(self._written)
        self.lists = GridPanel(ListSource(LISTS, []), noun="个", name="词典")
        items = [PickItem(each.key, each.title) for each in DICTIONARIES]
        self.choose = Picker(pick_from(items), items[0])
        self.choose.setAccessibleName("词典")
        self.search = TextField("", "查词条：代码、字或拼音")
        self.search.setAccessibleName("查词条")
        self.entries = GridPanel(ListSource(EntrySource.columns, []), noun="条", name="词条")
        self._source, self._uses = label("", "dim", wrap=True), label("", "body", wrap=True)
        self._change = Button("改", self.change_current, key="Enter")
        self._switch = Button("停用", self.switch_current)
        self._more = MenuButton("读入传出", [])
        self._add = Button("加一条", self.begin, kind="pri", icon="plus")
        tools = Row(gap=8).add(self.choose, stretch=1).add(self.search, stretch=2)
        tools.add(self._change, self._switch, self._more, self._add)
        right = Column(gap=8).add(tools, self._source).add(self.entries, stretch=1).add(self._uses)
        Row(self, gap=12).add(self.lists).add(right, stretch=1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_WAIT)
        self._later.timeout.connect(self._show_entries)
        self.search.textEdited.connect(self._typed)
        self.lists.grid.current_changed.connect(self.show_dictionary)
        self.choose.picked.connect(self._chosen)
        self.entries.grid.current_changed.connect(self._tell)
        self.entries.grid.opened.connect(self._opened)
        self._fill_more()
        theme.follow(self._fit)

    def reload(self) -> None:
        """Read again, for instance after an undo."""
        here = self.entries.grid.current_id()
        self.lists.set_source(dictionary_source(self._listings))
        self.lists.grid.go_to(self._dictionary.key)
        self._show_entries()
        if here:
            self.entries.grid.go_to(here)

    def show_dictionary(self, key: str) -> None:
        """Show the entries of a dictionary."""
        if key not in BY_KEY:
            return
        self._dictionary = BY_KEY[key]
        self.choose.set_item(PickItem(key, self._dictionary.title))
        self.search.set_text("")
        if self.lists.grid.current_id() != key:
            self.lists.grid.go_to(key)
        self._show_entries()

    def current(self) -> Entry | None:
        """The entry that the grid stands on."""
        source = self.entries.grid.lazy_model().source
        return (
            source.entry(self.entries.grid.current_id())
            if isinstance(source, EntrySource)
            else None
        )

    def set_mode(self, mode: Mode) -> None:
        """A list at the left where there is room for it, else a picker above."""
        self.lists.setVisible(mode in ("full", "drawer"))
        self._narrow = mode not in ("full", "drawer")
        self.choose.setVisible(self._narrow)
        self._change.setVisible(not self._narrow)
        self._switch.setVisible(not self._narrow)
        self._fill_more()
        if self._ready:
            self._tell()

    def _fill_more(self) -> None:
        few: list[MenuEntry] = [("改", self.change_current), ("停用或启用", self.switch_current)]
        files: list[MenuEntry] = [
            ("读入 Excel 名单…", self._ask_read, "file-import"),
            ("传出 Excel…", self._ask_write, "download"),
        ]
        self._more.set_text("更多" if self._narrow else "读入传出")
        self._more.set_entries([*(few if self._narrow else []), *files])

    def begin(self) -> None:
        """Open a sheet for a new entry."""
        self._open(TermDialog(self._window, self._ledger, self._dictionary))

    def change_current(self) -> None:
        """Open the sheet of the present entry, if it is the office's own."""
        entry = self.current()
        if entry is not None and entry.own:
            self._open(TermDialog(self._window, self._ledger, self._dictionary, entry))

    def switch_current(self) -> None:
        """Stop or begin to offer the present entry."""
        entry = self.current()
        if entry is None or not self._can_switch(entry):
            return
        off = not entry.off
        try:
            terms.switch(self._ledger, self._dictionary, entry, off=off)
        except UserError as error:
            show_error(self._window, error, "没有改成")
            return
        sub = "不再供选，已经写着的照旧" if off else "又可以选了"
        self._done(f"已{'停用' if off else '启用'}“{entry.text}”", sub)
        self.entries.grid.go_to(entry_id(entry))

    def _listing(self) -> Listing:
        return self._listings.listing(self._dictionary.key)

    def _open(self, dialog: TermDialog) -> None:
        dialog.saved.connect(self._done)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _opened(self, _row: str) -> None:
        self.change_current()

    def _chosen(self, item: PickItem | None) -> None:
        if item is not None:
            self.show_dictionary(item.id)

    def _typed(self, _text: str) -> None:
        self._later.start()

    def _ask_read(self) -> None:
        if self._dictionary.open and not self._ledger.read_only:
            self.files.ask_and_read(self._dictionary)
        else:
            self._window.status.say(self._why_closed(self._dictionary))

    def _ask_write(self) -> None:
        self.files.ask_and_write(self._listing())

    def _done(self, said: str, sub: str = "") -> None:
        step = next(iter(self._ledger.log(1)), None)
        actions = [("撤销  Ctrl+Z", partial(self._undo, step.id))] if step is not None else []
        self._window.toasts.undo(said, sub, actions)
        self._written()

    def _undo(self, step: int) -> None:
        self._window.toasts.clear_undo()
        try:
            self._ledger.undo(step)
        except UserError as error:
            show_error(self._window, error, "没有撤销")
        self._written()

    def _written(self) -> None:
        self.reload()
        self.changed.emit()

    def _show_entries(self) -> None:
        self._ready = True
        self._later.stop()
        source = EntrySource(self._listing(), self.search.text())
        self.entries.set_source(source)
        typed = self.search.text().strip()
        self.entries.say_nothing(
            f"“{self._dictionary.title}”里没有“{typed}”。"
            if typed
            else "还没有词条。按“加一条”，或从 Excel 读入。"
        )
        where = "、".join(f"{cls.LABEL}的“{spec.label}”" for cls, spec in uses_of(self._dictionary))
        used = f"用在{where}。" if where else "眼下没有栏目用它。"
        self._source.setText(f"出处：{self._dictionary.source}。{used}{self._dictionary.note}")
        self._tell()

    def _fit(self) -> None:
        self.lists.setFixedWidth(theme.look().px(318))

    def _can_switch(self, entry: Entry) -> bool:
        return not self._ledger.read_only and self._dictionary.open and (
            entry.own or not self._dictionary.coded
        )  # fmt: skip

    @staticmethod
    def _why_closed(dictionary: Dictionary) -> str:
        return f"“{dictionary.title}”照国家标准，不能自己加"

    def _tell(self, _row: str = "") -> None:
        entry, can = self.current(), not self._ledger.read_only
        self._change.setEnabled(can and entry is not None and entry.own)
        self._switch.setEnabled(entry is not None and self._can_switch(entry))
        self._switch.set_text("启用" if entry is not None and entry.off else "停用")
        if not self._dictionary.open:
            self._add.block("照国标，不能加")
        elif can:
            self._add.allow("加一条")
        else:
            self._add.block("只看，不能加")
        self._uses.setVisible(entry is not None and not self._narrow)
        if entry is None:
            return
        with self._ledger.read() as rows:
            counts = terms.count_uses(rows, self._dictionary, entry)
        told = "、".join(f"{where} {count:,} 条" for where, count in counts.items() if count)
        said = f"“{entry.text}”写在：{told}" if told else f"“{entry.text}”还没有记录用到"
        self._uses.setText(said)
        if self._narrow and self.isVisible():
            self._window.status.say(said)
