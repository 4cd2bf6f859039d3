"""What is done with files of a firm: taken in, opened, looked at, printed, saved, put in the bin."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange import attaching
from ledger_desk.exchange.attaching import content
from ledger_desk.model.records import Attachment
from ledger_desk.progress import Progress
from ledger_desk.settings import Settings
from ledger_desk.store.attachments import Held
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.attachments.leaves import pdf_of
from ledger_desk.ui.attachments.looking import LookDialog
from ledger_desk.ui.attachments.outside import Outside
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.opening import open_with_system
from ledger_desk.ui.printing.paper import ask_printer, print_pages

_FOLDER = "attachment"  # whose last folder is proposed
_EVERY = "所有文件 (*);;图片 (*.jpg *.jpeg *.png *.webp *.bmp *.tif *.tiff);;PDF (*.pdf)"


def files_in(data: QMimeData | None) -> list[Path]:
    """Files of this computer that were dragged or copied."""
    if data is None or not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Deeds(QObject):
    """Does it, for one list of files; each thing once, whichever button or key asked.

    Signals:
        taken: Ids of what was taken in.
        changed: Something was written.
    """

    taken = Signal(list)
    changed = Signal()

    def __init__(self, host: QWidget, ledger: Ledger, jobs: Jobs, window: MainWindow) -> None:
        """Belong to the list."""
        super().__init__(host)
        self._host, self._ledger, self._jobs, self._window = host, ledger, jobs, window
        self._outside = Outside(self)
        self._firm, self._on = "", None  # type: str, tuple[str, str] | None
        self._look: LookDialog | None = None

    def belong_to(self, firm: str, on: tuple[str, str] | None) -> None:
        """Take in for this firm, or this record of it, from now on."""
        self._firm, self._on = firm, on

    @property
    def closed(self) -> bool:
        """Whether nothing can be taken in."""
        return not (self._firm or self._on) or self._ledger.read_only

    # In

    def ask_files(self) -> None:
        """Ask for files and take them in."""
        if self.closed:
            return
        folder = Settings.load().folder_of(_FOLDER) or Path.home()
        names, _ = QFileDialog.getOpenFileNames(self._window, "添加附件", str(folder), _EVERY)
        if names:
            Settings.load().used(_FOLDER, Path(names[0]).parent).save()
            self.take([Path(name) for name in names])

    def take_from(self, data: QMimeData | None) -> bool:
        """Take in what was dropped or copied: files, or a picture; whether there was any."""
        if self.closed or data is None:
            return False
        paths = files_in(data)
        if paths:
            self.take(paths)
            return True
        image = QImage(data.imageData()) if data.hasImage() else QImage()
        if image.isNull():
            return False
        folder = Path(tempfile.mkdtemp(prefix="ledger-desk-paste-"))
        path = folder / f"粘贴的图片 {datetime.now():%Y-%m-%d %H-%M-%S}.png"
        if not image.save(str(path)):
            shutil.rmtree(folder, ignore_errors=True)
            sentence = "粘贴的图片没处存放：临时文件夹写不进去。请腾出磁盘空间再试。"
            show_error(self._window, UserError(sentence), "附件没有收进来")
            return True
        self.take([path], clear=folder)
        return True

    def take(self, paths: Sequence[Path], *, clear: Path | None = None) -> None:
        """Take files in as one step, in a job."""
        if self.closed:
            return
        firm, on, kept = self._firm, self._on, list(paths)

        def work(progress: Progress) -> tuple[str, list[str], int]:
            try:
                made = attaching.attach(self._ledger, firm, kept, on=on, progress=progress)
            finally:
                if clear is not None:
                    shutil.rmtree(clear, ignore_errors=True)
            return firm, made, len(kept)

        many = f"{len(kept)} 个附件" if len(kept) > 1 else f"附件 {kept[0].name}"
        self._jobs.start(
            work, title=f"正在收{many}", leaves="停下，一个也不收",
            succeeded=self._took, failed=self._not_taken,
        )  # fmt: skip

    def _took(self, result: tuple[str, list[str], int]) -> None:
        firm, made, asked = result
        had = asked - len(made)
        if not made:
            self._window.toasts.done(
                "这一户已经有了，没有再收", f"{had} 个文件的内容和已有的附件一样。"
            )
            return
        with self._ledger.read() as rows:
            kinds = Counter(str(each.kind) for each in rows.many(Attachment, made).values())
        told = "、".join(f"{kind} {count}" for kind, count in kinds.items())
        sub = told + (f"；另有 {had} 个已经有了，没有再收" if had else "")
        newest = next((s.id for s in self._ledger.log(20) if s.kind == "attach"), None)
        if newest is not None:
            self._window.toasts.undo(f"已收 {len(made)} 个附件", sub, [("撤销  Ctrl+Z", partial(self._undo, newest))])  # fmt: skip
        if firm == self._firm:
            self.taken.emit(made)
        self.changed.emit()

    def _not_taken(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "附件没有收进来", safe="一个也没有收，账没有受影响。")

    # Out

    def open(self, held: Sequence[Held]) -> None:
        """Open copies with the system's programs."""
        for each in held[:1]:
            self._open(each.attachment)

    def _open(self, attachment: Attachment) -> None:
        try:
            path = self._outside.open(attachment.title, content(self._ledger, attachment))
        except UserError as error:
            show_error(self._window, error, "附件没有打开")
            return
        self._window.status.say(f"已打开“{path.name}”的只读副本；在里面改了不会存回账里")

    def look(self, all_held: Sequence[Held], at: int) -> None:
        """Look at one in here; the others can be turned to."""
        if not all_held:
            return
        dialog = self._look = LookDialog(self._window, self._ledger, all_held, at)
        dialog.open_wanted.connect(self._open)
        dialog.print_wanted.connect(self.print_one)
        dialog.save_wanted.connect(self.save_one)
        dialog.finished.connect(self._looked)
        dialog.open()

    def looking(self) -> LookDialog | None:
        """The sheet that is open."""
        return self._look

    def _looked(self) -> None:
        if self._look is not None:
            self._look.deleteLater()
            self._look = None

    def print_one(self, attachment: Attachment) -> None:
        """Ask for a printer, then print a PDF or a picture."""
        try:
            pdf = pdf_of(attachment, content(self._ledger, attachment))
            printer = ask_printer(self._look or self._window, pdf, attachment.title)
            if printer is None:
                return
            pages = print_pages(printer, pdf)
        except UserError as error:
            show_error(self._look or self._window, error, "没有打印出来")
            return
        self._window.toasts.done(f"已送去打印 {pages} 页", attachment.title)

    def save_one(self, attachment: Attachment) -> None:
        """Save a copy of one."""
        self.save([attachment])

    def save(self, attachments: Sequence[Attachment]) -> None:
        """Ask for a folder, and save copies there; nothing in it is written over."""
        if not attachments:
            return
        start = str(Settings.load().folder_of(_FOLDER) or Path.home())
        chosen = QFileDialog.getExistingDirectory(
            self._look or self._window, "另存到哪个文件夹", start
        )
        if not chosen:
            return
        Settings.load().used(_FOLDER, Path(chosen)).save()
        paths, some = attaching.free_paths(Path(chosen), attachments), list(attachments)

        def work(progress: Progress) -> tuple[list[Path], str]:
            return paths, attaching.give_out(self._ledger, some, paths, progress=progress).why

        self._jobs.start(
            work, title=f"正在另存 {len(paths)} 个附件", leaves="停下，已存的留着",
            succeeded=self._saved, failed=self._not_saved,
        )  # fmt: skip

    def _saved(self, result: tuple[list[Path], str]) -> None:
        paths, why = result
        what = f"“{paths[0].name}”" if len(paths) == 1 else f" {len(paths)} 个附件"
        self._window.toasts.done(
            f"已另存{what}", why or "记进了传出登记。",
            [("打开文件夹", partial(open_with_system, paths[0].parent))],
        )  # fmt: skip
        self.changed.emit()

    def _not_saved(self, error: object) -> None:
        assert isinstance(error, BaseException)
        show_error(self._window, error, "附件没有存出来")

    # Away

    def remove(self, held: Sequence[Held]) -> None:
        """Put files into the recycle bin as one step."""
        if not held or self._ledger.read_only:
            return
        many = f" {len(held)} 个" if len(held) > 1 else f"“{held[0].attachment.title}”"
        name = f"移出附件{many}"
        try:
            with self._ledger.step(name) as step:
                for each in held:
                    step.remove(Attachment, each.attachment.id)
        except UserError as error:
            show_error(self._window, error, "没有移出")
            return
        if step.result is not None:
            undo = partial(self._undo, step.result.id)
            self._window.toasts.undo(f"已{name}", "在回收站里", [("撤销  Ctrl+Z", undo)])
        self.changed.emit()

    def _undo(self, step: int) -> None:
        self._window.toasts.clear_undo()
        with contextlib.suppress(RuntimeError):  # the list may be gone meanwhile
            try:
                self._ledger.undo(step)
            except UserError as error:
                show_error(self._window, error, "没有撤销")
            self.changed.emit()
