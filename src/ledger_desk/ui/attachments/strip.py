"""The files of a firm on one strip: the list, what is known of the chosen one, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)  # fmt: skip
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QWidget

from ledger_desk.exchange.attaching import size_words
from ledger_desk.store.attachments import Held, listing
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.attachments.deeds import Deeds, files_in
from ledger_desk.ui.attachments.details import Details
from ledger_desk.ui.attachments.leaves import can_be_shown
from ledger_desk.ui.attachments.shelf import Shelf
from ledger_desk.ui.attachments.thumbs import Thumbs
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.cards import Nothing
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import FittingLabel, dress, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow

_BESIDE = 720  # logical pixels from which list and details stand side by side
_NONE = "这一户还没有附件。把文件拖到这里，或按 Insert 添加：营业执照、授权书、走访照片、签字页都放在一起。"
_NONE_ON = "这条记录还没有附件。把文件拖到这里，或按 Insert 添加。"
_NO_FIRM = "先填名称或统一社会信用代码：这一户记下以后，这里就能放文件。"
_LOOKING = "这本账是只看方式打开的，不能放文件。"


class AttachmentStrip(QFrame):
    """Shows, takes in and gives out files.

    Signals:
        changed: A step was written here.
        count_changed: Another number of files is shown.
    """

    changed = Signal()
    count_changed = Signal(int)

    def __init__(
        self, ledger: Ledger, jobs: Jobs, window: MainWindow, *, compact: bool = False,
        brief: bool = False,
    ) -> None:  # fmt: skip
        """Start without a firm.

        Args:
            ledger: Where the files are.
            jobs: For taking in and saving.
            window: For toasts, status bar and dialogs.
            compact: For the details pane: without the fields, and without Alt+A.
            brief: One line is enough where there are no files.
        """
        super().__init__()
        self._ledger, self._firm = ledger, ""
        self._compact, self._brief = compact, brief
        self._on: tuple[str, str] | None = None
        self._held: Sequence[Held] = ()
        self._keep: list[str] = []
        self._window = window
        self.deeds = Deeds(self, ledger, jobs, window)
        self.thumbs = Thumbs(ledger, jobs, self)
        self.shelf = Shelf(self.thumbs)
        self.details = Details(ledger)
        self._count = label("", "dim")
        self._how = FittingLabel([""], "faint")
        self._nothing = Nothing("paperclip", _NONE)
        key = None if compact else "Alt+A"  # two strips of a window must not share a key
        self.add_button = Button("添加附件…", self.deeds.ask_files, icon="plus", key=key)
        self.paste_button = Button("粘贴", self.paste, kind="words", icon="copy")
        self.look_button = Button("看", self.look, icon="eye", key="Enter")
        self.open_button = Button("打开", self.open)
        self.more = MenuButton("更多")
        self._build()
        self.setAcceptDrops(True)
        self._listen()
        self.show_firm(None)

    def _build(self) -> None:
        column = Column(self, margins=2, gap=8)
        column.add(
            Row(gap=10)
            .add(self._count)
            .add(self._how, stretch=1)
            .add(self.paste_button, self.add_button)
        )
        self._tools = Row(gap=8).add(self.look_button, self.open_button, self.more).push()
        left = QWidget()
        Column(left, gap=8).add(self.shelf, self._nothing).add(self._tools).push()
        self._parts = Row(gap=20).add(left, stretch=3)
        if self._compact:
            self.details.hide()
        else:
            self._parts.add(self.details, stretch=2)
            self._parts.setAlignment(self.details, Qt.AlignmentFlag.AlignTop)
        column.add(self._parts)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.follow(self._arrange)

    def _listen(self) -> None:
        shelf = self.shelf
        for signal, slot in (
            (shelf.look_wanted, self.look), (shelf.open_wanted, self.open),
            (shelf.remove_wanted, self.remove),
            (shelf.rename_wanted, self.rename), (shelf.paste_wanted, self.paste),
            (shelf.save_wanted, self.save), (shelf.print_wanted, self.print_out),
            (shelf.chosen_changed, self._chosen_changed),
        ):  # fmt: skip
            signal.connect(slot)
        self.details.changed.connect(self._edited)
        self.details.failed.connect(self._failed)
        self.deeds.taken.connect(self._taken)
        self.deeds.changed.connect(self._written)
        shortcut = QShortcut(QKeySequence("Ins"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.deeds.ask_files)

    # What pages call

    def show_firm(self, enterprise: str | None, on: tuple[str, str] | None = None) -> None:
        """Show the files of a firm, or of one of its records (table, id); None: not made yet."""
        if self._firm and (enterprise or "", on) != (self._firm, self._on):
            self.settle()
            self._keep = []
        self._firm, self._on = enterprise or "", on
        self.deeds.belong_to(self._firm, on)
        self.reload()

    def reload(self) -> None:
        """Read again."""
        before = self.count()
        with self._ledger.read() as rows:
            self._held = listing(rows, self._firm, self._on) if self._firm or self._on else ()
        self.shelf.show_files(self._held, self._keep)
        some = bool(self._held)
        self.shelf.setVisible(some)
        self._nothing.setVisible(not some and not self._brief)
        self._nothing.say(self._why_empty())
        for button in (self.look_button, self.open_button, self.more):
            button.setVisible(some)
        self.paste_button.setVisible(not self._compact)
        size = sum(held.attachment.size or 0 for held in self._held)
        none = "还没有，可以拖进来" if self._brief else ""
        self._count.setText(f"{len(self._held)} 件，共 {size_words(size)}" if some else none)
        self._how.set_texts(
            ["把文件拖进来，或 Ctrl+V 粘贴", ""]
            if some and not (self.deeds.closed or self._compact)
            else [""]
        )
        for button in (self.add_button, self.paste_button):
            button.setEnabled(not self.deeds.closed)
        self._chosen_changed()
        if self.count() != before:
            self.count_changed.emit(self.count())

    def count(self) -> int:
        """How many files are shown."""
        return len(self._held)

    def first_focus(self) -> QWidget:
        """Where the keyboard goes: the list, or the button that adds the first file."""
        return self.shelf if self._held else self.add_button

    def go_to(self, record: str, field: str = "") -> None:
        """Choose a file, and put the keyboard into the list or one of its fields."""
        self._keep = [record]
        self.reload()
        self.shelf.setFocus(Qt.FocusReason.OtherFocusReason)
        if field in self.details.editors and not self._compact:
            self.details.focus(field)

    def settle(self) -> None:
        """Keep what was typed and not left."""
        if not self._compact:
            self.details.settle()

    # What can be done

    def look(self) -> None:
        """Look at the current file in here."""
        self.deeds.look(self._held, self.shelf.current_row())

    def open(self) -> None:
        """Open it with the system's program."""
        self.deeds.open(self.shelf.chosen())

    def save(self) -> None:
        """Save copies of the chosen ones."""
        self.deeds.save([held.attachment for held in self.shelf.chosen()])

    def print_out(self) -> None:
        """Print the chosen one."""
        for held in self.shelf.chosen()[:1]:
            if can_be_shown(held.attachment):
                self.deeds.print_one(held.attachment)
            else:
                self._window.status.say("这种文件要用它自己的程序打印，请按“打开”")

    def remove(self) -> None:
        """Put the chosen ones into the recycle bin."""
        self.settle()
        self.deeds.remove(self.shelf.chosen())

    def rename(self) -> None:
        """Put the keyboard into the name."""
        if not self._compact and len(self.shelf.chosen()) == 1:
            self.details.focus("name")

    def paste(self) -> None:
        """Take in what was copied: files or a picture."""
        if self.deeds.closed:
            return
        if not self.deeds.take_from(QGuiApplication.clipboard().mimeData()):
            self._window.status.say("剪贴板里没有文件，也没有图片")

    # Dragging

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures."""
        data = event.mimeData()
        count = len(files_in(data))
        if self.deeds.closed or not (count or data.hasImage()):
            event.ignore()
            return
        event.acceptProposedAction()
        dress(self, k="dropping")
        self._window.status.say(f"松开，收进 {max(count, 1)} 个文件")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Stop showing where it would go."""
        dress(self, k="")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them in."""
        dress(self, k="")
        if self.deeds.take_from(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it was
            event.accept()

    # Inner

    def _why_empty(self) -> str:
        if not self._firm and self._on is None:
            return _NO_FIRM
        if self._ledger.read_only:
            return _LOOKING
        return _NONE_ON if self._on is not None else _NONE

    def _chosen_changed(self) -> None:
        chosen = self.shelf.chosen()
        known = [held.attachment for held in self.details.held]
        if not self._compact and (not chosen or [held.attachment for held in chosen] != known):
            self.details.show_files(chosen)
        self._keep = [held.attachment.id for held in chosen]
        one = len(chosen) == 1
        self.look_button.setEnabled(bool(chosen))
        self.open_button.setEnabled(one)
        count = f" {len(chosen)} 个" if len(chosen) > 1 else ""
        entries = [(f"另存{count}…  Ctrl+S", self.save, "download")]
        if one and can_be_shown(chosen[0].attachment):
            entries.append(("打印…  Ctrl+P", self.print_out, "printer"))
        if not self._ledger.read_only:
            entries.append((f"移出{count}  Del", self.remove, "trash"))
        self.more.set_entries(entries)

    def _taken(self, made: list[str]) -> None:
        self._keep = made
        self.reload()
        self.shelf.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self, ids: list[str]) -> None:
        self._keep = ids
        self._written()

    def _written(self) -> None:
        self.reload()
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        show_error(self._window, error, "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= theme.look().px(_BESIDE)
        ways = QBoxLayout.Direction
        self._parts.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
