"""Backups: the list, one more now, and going back to one in three clicks."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ledger_desk.exchange.dispatching import Leaving, register
from ledger_desk.progress import Progress
from ledger_desk.store import backups
from ledger_desk.store.backups import Backup
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, ListSource
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import open_with_system
from ledger_desk.ui.records.times import when

_COLUMNS = (
    GridColumn("at", "什么时候", "text", 150, essential=True),
    GridColumn("why", "为什么备份", "text", 130, essential=True),
    GridColumn("size", "大小", "number", 100),
    GridColumn("file", "文件", "text", 360, stretch=True),
)


class BackupsView(QWidget):
    """Lists the backups of a ledger.

    Signals:
        restore_wanted: Path of the backup that is to take the ledger's place; only whoever opened
            the ledger can close it for that.
        backed_up: A backup was made.
    """

    restore_wanted = Signal(object)
    backed_up = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Read the list."""
        super().__init__()
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._found: dict[str, Backup] = {}
        self._notice = Notice("done", "")
        self.panel = GridPanel(ListSource(_COLUMNS, []), noun="份", name="备份")
        self.panel.say_nothing("还没有备份。改动以后半小时内会自动做一份，也可以现在就做。")
        self._restore = Button("还原成这一份…", self.ask_restore, icon="restore")
        now = Button("立即备份", self.back_up, kind="pri", icon="device-floppy")
        away = Button("备份到 U 盘…", self.ask_folder, icon="external-link")
        folder = Button("打开备份文件夹", self.open_folder, kind="words", icon="folder-open")
        tools = Row(gap=8).add(folder).push().add(self._restore, away, now)
        Column(self, gap=8).add(self._notice).add(tools).add(self.panel, stretch=1)
        self.panel.grid.opened.connect(lambda _: self.ask_restore())
        self.panel.grid.current_changed.connect(lambda _: self._tell())
        self.reload()

    def reload(self) -> None:
        """Read the list again."""
        found = backups.listing(self._ledger.path)
        self._found = {str(backup.path): backup for backup in found}
        rows = [
            GridRow(
                str(b.path),
                [
                    f"{b.at:%Y-%m-%d %H:%M:%S}",
                    b.why or "手工",
                    Cell(_size(b.size), value=b.size),
                    b.path.name,
                ],
            )
            for b in found
        ]
        self.panel.set_source(ListSource(_COLUMNS, rows))
        if found:
            sentence = f"最近一份是{when(found[0].at, clock=True)} 的，打开核对过。共 {len(found)} 份，按天、周、月留。"
            store = backups.library_of(self._ledger.path, self._ledger.key)
            if store.exists():
                sentence += f"附件只存一份，在旁边的附件库里，{_size(store.stat().st_size)}。"
            self._notice.set("done", sentence)
            self.panel.grid.setCurrentIndex(self.panel.grid.lazy_model().index(0, 0))
        else:
            self._notice.set(
                "explain", "还没有备份。机器坏了、文件丢了，就只能重新录。现在就做一份吧。"
            )
        self._tell()

    def back_up(self, folder: Path | None = None) -> None:
        """Make one now, as a job."""

        def work(progress: Progress) -> Path:
            made = backups.back_up(self._ledger, folder, progress=progress)
            if folder is not None:  # a copy in a place of the person's own choice has left
                register(self._ledger, made, Leaving("账套备份", private="照写"))
            return made

        self._jobs.start(
            work,
            title="正在备份",
            leaves="停下，原来的备份都还在",
            succeeded=self._made,
            failed=self._failed,
        )

    def ask_folder(self) -> None:
        """Ask for a folder, for instance on a USB stick."""
        chosen = QFileDialog.getExistingDirectory(self._window, "备份到哪个文件夹")
        if chosen:
            self.back_up(Path(chosen))

    def ask_restore(self) -> None:
        """Say what going back to the chosen backup does, and do it when the person agrees."""
        backup = self._found.get(self.panel.grid.current_id())
        if backup is None or self._ledger.read_only:
            return
        sentence = (
            f"账套会回到 {backup.at:%Y-%m-%d %H:%M} 的样子，之后的改动不在里面。"
            "还原前先把现在的账另存一份备份，反悔了还能还原回来。"
        )
        if (
            ask_choice(
                self._window, "还原账套", sentence, [("go", "先备份现在的，再还原")], close="不还原"
            )
            is None
        ):
            return
        self.restore_wanted.emit(backup.path)

    def open_folder(self) -> None:
        """Open the folder of backups in the system's own way."""
        folder = backups.folder_of(self._ledger.path)
        target = folder if folder.is_dir() else self._ledger.path.parent
        open_with_system(target)

    def _made(self, path: Path) -> None:
        self._window.toasts.done(
            "已备份",
            f"{path.name}，打开核对过。",
            [("打开文件夹", partial(open_with_system, path.parent))],
        )
        self.backed_up.emit()
        self.reload()

    def _failed(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "没有备份成")

    def _tell(self) -> None:
        here = self._found.get(self.panel.grid.current_id())
        self._restore.setEnabled(here is not None and not self._ledger.read_only)


def _size(size: int) -> str:
    return (
        f"{size / 1024 / 1024:,.1f} 兆"
        if size >= 1024 * 1024
        else f"{max(size // 1024, 1):,} 千字节"
    )
