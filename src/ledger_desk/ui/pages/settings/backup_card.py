"""Backups of the ledger: make one here or on a stick, look at them, put one back; 账套体检."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from ledger_desk.progress import Progress
from ledger_desk.store import backups, health
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Card
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice, tell
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.rules import frame

_SHOWN = 6
_GO = "go"


class BackupCard(Card):
    """The card.

    Signals:
        restore_wanted: Path of a backup that is to take the ledger's place.
        backed_up: A backup was made.
    """

    restore_wanted = Signal(object)
    backed_up = Signal()

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Show the backups beside the ledger."""
        super().__init__("备份和体检")
        self._ledger, self._jobs, self._window = ledger, jobs, window
        self._now = Button("现在备份", self.back_up, icon="device-floppy", kind="pri")
        self._away = Button("备份到 U 盘…", self.back_up_elsewhere)
        self._check = Button("账套体检", self.check, icon="clipboard-check")
        self.body.add(Row(gap=8).add(self._now, self._away, self._check).push())
        self.body.add(
            label(
                "改动后每半小时、关闭时、装入前都会自动备份；每份都打开核对过才算数。",
                "dim",
                wrap=True,
            )
        )
        self._list = frame("bare")
        self._rows = Column(self._list, gap=4)
        self.body.add(self._list)
        self.refresh()

    def refresh(self) -> None:
        """List the backups again."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        found = backups.listing(self._ledger.path)
        for backup in found[:_SHOWN]:
            line = frame("bare")
            row = Row(line, gap=10)
            row.add(label(f"{backup.at:%Y-%m-%d %H:%M}", "figure"), label(backup.why, "dim"))
            row.add(label(f"{backup.size / 1e6:.1f} MB", "dim")).push()
            row.add(Button("还原到这一份", partial(self._restore, backup), kind="words"))
            self._rows.add(line)
        if not found:
            self._rows.add(label("还没有备份。", "dim"))
        elif len(found) > _SHOWN:
            self._rows.add(
                label(
                    f"另有 {len(found) - _SHOWN} 份更早的，在“{backups.folder_of(self._ledger.path)}”里。",
                    "dim",
                    wrap=True,
                )
            )

    def back_up(self) -> None:
        """Back up beside the ledger."""
        self._back_up_to(None)

    def back_up_elsewhere(self) -> None:
        """Back up to a folder that the person chooses."""
        folder = QFileDialog.getExistingDirectory(self, "备份放到哪里")
        if folder:
            self._back_up_to(Path(folder))

    def _back_up_to(self, folder: Path | None) -> None:
        def work(progress: Progress) -> Path:
            return backups.back_up(self._ledger, folder, progress=progress)

        self._jobs.start(
            work,
            title="正在备份",
            leaves="停下，不留半个文件",
            succeeded=self._made,
            failed=self._failed,
        )

    def _made(self, path: Path) -> None:
        self._window.toasts.done("已备份并核对", str(path))
        self.refresh()
        self.backed_up.emit()

    def check(self) -> None:
        """Check everything about the ledger."""

        def work(progress: Progress) -> health.Health:
            return health.check(self._ledger, progress=progress)

        self._jobs.start(work, title="账套体检", succeeded=self._checked, failed=self._failed)

    def _checked(self, found: health.Health) -> None:
        if found.ok:
            self._window.toasts.done(
                "账套完好", f"{found.steps:,} 步、{found.changes:,} 条变更都对得上"
            )
        else:
            tell(self._window, f"发现 {len(found.findings)} 处问题", "\n".join(found.findings[:20]))

    def _restore(self, backup: backups.Backup) -> None:
        sentence = f"账套会回到 {backup.at:%Y-%m-%d %H:%M} 的样子。现在的账先另存成一份备份，所以还可以再还原回来。"
        if ask_choice(self._window, "还原到这一份备份？", sentence, [(_GO, "还原")]) == _GO:
            self.restore_wanted.emit(backup.path)

    def _failed(self, error: BaseException) -> None:
        show_error(self._window, error)
