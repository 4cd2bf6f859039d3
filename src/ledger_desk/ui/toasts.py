"""Toasts: undo at the bottom centre, done and progress at the bottom right, two at most.

Nothing that needs an answer is a toast, and none goes away by a timer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ledger_desk.ui import theme
from ledger_desk.ui.bars import Strip
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import IconPicture
from ledger_desk.ui.jobs import Job, Jobs
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.page import cast_shadow
from ledger_desk.ui.time_left import time_left

Action = tuple[str, Callable[[], object]]
PROGRESS_AFTER_MS = 500


class Toast(QFrame):
    """One floating strip."""

    def __init__(self, style: str, name: str, parent: QWidget) -> None:
        """Make a frame: ``dark``, ``done``, ``progress`` or ``explain``."""
        super().__init__(parent)
        self.setProperty("k", "toast")
        self.setProperty("s", style)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        cast_shadow(self)

    def first_button(self) -> Button | None:
        """Where F6 puts the focus."""
        return next((each for each in self.findChildren(Button) if each.isVisible()), None)


class UndoToast(Toast):
    """Dark; stays until the next change."""

    def __init__(
        self,
        text: str,
        sub: str,
        actions: Sequence[Action],
        close: Callable[[], object],
        parent: QWidget,
    ) -> None:
        """Say what was done, and offer 撤销 first."""
        super().__init__("dark", text, parent)
        row = Row(self, margins=(20, 10, 12, 10), gap=10)
        words = Column(gap=0).add(label(text, "ontopbold"))
        if sub:
            words.add(label(sub, "ontop"))
        row.add(IconPicture("arrow-back-up", "sheet", 18)).add(words)
        row.addSpacing(theme.look().px(10))
        for number, (word, slot) in enumerate(actions):
            row.add(Button(word, slot, kind="ondark" if number else "ondarkpri"))
        row.add(Button("关闭", close, kind="ondark"))


class DoneToast(Toast):
    """White with a green edge: what came of a piece of work."""

    def __init__(
        self,
        mark: str,
        title: str,
        text: str,
        actions: Sequence[Action],
        close: Callable[[], object],
        parent: QWidget,
    ) -> None:
        """Say what was done and what to look at."""
        super().__init__("explain" if mark == "explain" else "done", title, parent)
        column = Column(self, margins=(16, 8, 12, 12), gap=4)
        head = Row(gap=9).add(Mark(mark, size=18)).add(label(title, "bold", wrap=True), stretch=1)
        column.add(head.add(Button("关闭", close, kind="words")))
        if text:
            column.add(label(text, "dim", wrap=True))
        if actions:
            row = Row(gap=10)
            for number, (word, slot) in enumerate(actions):
                row.add(Button(word, slot, kind="words" if number else "plain"))
            column.add(row.push())


class ProgressToast(Toast):
    """White with a 黛 edge: which row of how many, how long still, what stopping leaves behind."""

    def __init__(self, job: Job, parent: QWidget) -> None:
        """Follow a job until it ends."""
        super().__init__("progress", job.title, parent)
        self._job_started = job.started_at
        column = Column(self, margins=(16, 12, 12, 12), gap=8)
        self._percent = label("", "bold")
        self._strip = Strip(job.title)
        self._strip.setRange(0, 0)
        self.news = label("正在开始", "dim")
        column.add(Row(gap=8).add(ElidedLabel(job.title, "bold"), stretch=1).add(self._percent))
        column.add(self._strip, self.news)
        self._stop = Button(job.leaves, kind="plain", icon="player-stop")
        self._stop.clicked.connect(job.cancel)
        self._stop.clicked.connect(self._stopping)
        column.add(Row(gap=8).add(label("可以接着干别的", "dim")).push().add(self._stop))
        job.progressed.connect(self._progressed)

    def _progressed(self, done: int, total: int, note: str) -> None:
        left = time_left(self._job_started, done, total)
        if total:
            self._strip.setRange(0, 100)
            self._strip.setValue(min(100, done * 100 // total))
            self._percent.setText(f"{min(100, done * 100 // total)}%")
            place = note or f"第 {done:,} 行，共 {total:,} 行"
        else:
            place = note or (f"已办 {done:,} 行" if done else "正在开始")
        self.news.setText("　".join(part for part in (place, left) if part))

    def _stopping(self) -> None:
        self._stop.block("正在停下")


class Toasts(QObject):
    """Places toasts over the window and keeps them there."""

    def __init__(self, host: QWidget, work_box: Callable[[], QRect]) -> None:
        """Float over ``host``; undo stands in the middle of what ``work_box`` gives."""
        super().__init__(host)
        self._host, self._work_box = host, work_box
        self._undo: Toast | None = None
        self._stack: list[Toast] = []
        host.installEventFilter(self)
        theme.current().changed.connect(self._place)

    def undo(self, text: str, sub: str = "", actions: Sequence[Action] = ()) -> None:
        """Say what was just done; the first action is 撤销 Ctrl+Z. Stays until the next change."""
        self.clear_undo()
        self._undo = self._show(UndoToast(text, sub, actions, self.clear_undo, self._host))

    def clear_undo(self) -> None:
        """Take the undo toast away: something else has changed."""
        if self._undo is not None:
            self._drop(self._undo)

    def done(self, title: str, text: str = "", actions: Sequence[Action] = ()) -> None:
        """Say what came of a piece of work."""
        self._add("done", title, text, actions)

    def warn(self, title: str, text: str = "", actions: Sequence[Action] = ()) -> None:
        """The same in ochre, where something wants to be looked at."""
        self._add("explain", title, text, actions)

    def watch(self, jobs: Jobs) -> None:
        """Show the progress of each job with a title that takes longer than half a second."""
        jobs.started.connect(self._watch)

    def shown(self) -> list[Toast]:
        """Toasts on the screen, undo first."""
        return ([self._undo] if self._undo is not None else []) + list(self._stack)

    def _add(self, mark: str, title: str, text: str, actions: Sequence[Action]) -> None:
        toast = DoneToast(mark, title, text, actions, lambda: self._drop(toast), self._host)
        self._stack.append(toast)
        self._trim()
        self._show(toast)

    def _watch(self, job: Job) -> None:
        if not job.title:
            return
        watcher = _Watcher(self, job)
        job.ended.connect(watcher.ended)

    def add_progress(self, job: Job) -> Toast:
        """Show a progress toast for a job."""
        toast = ProgressToast(job, self._host)
        self._stack.append(toast)
        self._trim()
        self._show(toast)
        return toast

    def drop(self, toast: Toast) -> None:
        """Take one away, unless it had to make room already."""
        if toast in self._stack:
            self._drop(toast)

    def _trim(self) -> None:
        """Two at most: the oldest finished one goes first."""
        while len(self._stack) > 2:
            old = next(
                (each for each in self._stack if isinstance(each, DoneToast)), self._stack[0]
            )
            self._drop(old)

    def _show(self, toast: Toast) -> Toast:
        toast.show()
        self._place()
        return toast

    def _drop(self, toast: Toast) -> None:
        if toast is self._undo:
            self._undo = None
        if toast in self._stack:
            self._stack.remove(toast)
        toast.hide()
        toast.deleteLater()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place when the window changes its size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        px, host = theme.look().px, self._host
        edge = px(16)
        lowest = host.height() - px(30 + 48)
        narrow = min(px(374), host.width() - 2 * edge)
        if self._undo is not None:
            self._undo.adjustSize()
            box = self._work_box()
            left = box.center().x() - self._undo.width() // 2
            left = max(edge, min(left, host.width() - edge - self._undo.width()))
            # Above 合计 of a list, and above a page's own bar of buttons where it has one.
            low = min(host.height() - px(30 + 40), box.bottom() - px(8))
            self._undo.move(left, low - self._undo.height())
            self._undo.raise_()
            if self._undo.geometry().right() + px(12) > host.width() - edge - narrow:
                lowest = self._undo.y() - px(12)
        for toast in reversed(self._stack):
            toast.setFixedWidth(narrow)
            inner = toast.layout()
            fits = inner.hasHeightForWidth()
            toast.resize(
                narrow, inner.totalHeightForWidth(narrow) if fits else toast.sizeHint().height()
            )
            toast.move(host.width() - narrow - edge, lowest - toast.height())
            lowest -= toast.height() + px(12)
            toast.raise_()


class _Watcher(QObject):
    """Waits half a second before a job gets its toast, and takes it away at the end."""

    def __init__(self, toasts: Toasts, job: Job) -> None:
        super().__init__(toasts)
        self._toasts = toasts
        self._job: Job | None = job
        self._toast: Toast | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)
        self._timer.start(PROGRESS_AFTER_MS)

    def _show(self) -> None:
        if self._job is not None:
            self._toast = self._toasts.add_progress(self._job)

    def ended(self) -> None:
        """The job is gone; forget it."""
        self._timer.stop()
        self._job = None
        if self._toast is not None:
            self._toasts.drop(self._toast)
        self.deleteLater()
