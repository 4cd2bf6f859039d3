"""Jobs: progress on the window's thread, cancel, failure, a page closed midway, many in a row."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.progress import Progress
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.time_left import time_left
from ledger_desk.ui.toasts import ProgressToast
from ledger_desk.ui.widgets import Button


class Listener(QObject):
    """Writes down what a job says and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[str, object]] = []
        self.threads: set[int] = set()

    def _hear(self, what: str, value: object = None) -> None:
        self.said.append((what, value))
        self.threads.add(threading.get_ident())

    def progressed(self, done: int, total: int, note: str) -> None:
        self._hear("progressed", done)

    def succeeded(self, result: object) -> None:
        self._hear("succeeded", result)

    def failed(self, error: object) -> None:
        self._hear("failed", error)

    def cancelled(self) -> None:
        self._hear("cancelled")

    def ended(self) -> None:
        self._hear("ended")

    def slots(self) -> dict[str, Callable[..., None]]:
        names = ("progressed", "succeeded", "failed", "cancelled", "ended")
        return {name: getattr(self, name) for name in names}

    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.said]


class Sheet(QWidget):
    """A page that wants to know how its job went."""

    heard: ClassVar[list[object]] = []

    def show_result(self, result: object) -> None:
        self.heard.append(result)


def count_up(total: int, *, progress: Progress) -> int:
    for done in range(total):
        progress(done, total)
    return total


def raise_user_error(*, progress: Progress) -> None:
    raise UserError("第 3 行的日期不存在。")


def spin_for_ever(*, progress: Progress) -> None:
    while True:
        pass


def drop_dead(*, progress: Progress) -> None:
    os._exit(9)


def wait_for(qtbot, listener: Listener, kind: str = "ended") -> None:
    qtbot.waitUntil(lambda: kind in listener.kinds(), timeout=20_000)


def test_progress_and_result_arrive_on_the_windows_thread(qtbot, jobs: Jobs) -> None:
    listener, worker = Listener(), []

    def work(progress: Progress) -> str:
        worker.append(threading.get_ident())
        progress(10, 10)
        return "好"

    jobs.start(work, **listener.slots())
    wait_for(qtbot, listener)
    assert listener.said == [("progressed", 10), ("succeeded", "好"), ("ended", None)]
    assert listener.threads == {threading.get_ident()}
    assert worker[0] != threading.get_ident()


def test_a_failure_comes_as_the_exception_itself(qtbot, jobs: Jobs) -> None:
    listener = Listener()

    def work(progress: Progress) -> None:
        raise UserError("文件正被 Excel 打开。")

    jobs.start(work, **listener.slots())
    wait_for(qtbot, listener)
    assert listener.kinds() == ["failed", "ended"]
    assert str(listener.said[0][1]) == "文件正被 Excel 打开。"


def test_cancelling_is_silent_and_stops_at_the_next_report(qtbot, jobs: Jobs) -> None:
    listener, reached = Listener(), threading.Event()

    def work(progress: Progress) -> None:
        while True:
            reached.set()
            progress(1, 0)
            time.sleep(0.005)

    job = jobs.start(work, **listener.slots())
    assert reached.wait(5)
    job.cancel()
    wait_for(qtbot, listener)
    assert "succeeded" not in listener.kinds()
    assert "failed" not in listener.kinds()
    assert listener.kinds()[-2:] == ["cancelled", "ended"]


def test_a_page_closed_midway_does_not_hear_of_it_and_nothing_breaks(qtbot, jobs: Jobs) -> None:
    sheet, go, listener = Sheet(), threading.Event(), Listener()

    def work(progress: Progress) -> int:
        go.wait(5)
        progress(1, 1)
        return 7

    jobs.start(work, succeeded=sheet.show_result)
    jobs.start(lambda progress: 8, **listener.slots())
    sheet.deleteLater()
    del sheet
    QApplication.sendPostedEvents(None, 0)
    QApplication.processEvents()
    go.set()
    wait_for(qtbot, listener)
    assert Sheet.heard == []
    assert ("succeeded", 8) in listener.said


def test_two_thousand_in_a_row_keep_their_order(qtbot, jobs: Jobs) -> None:
    listener = Listener()
    for number in range(2000):
        jobs.start(lambda progress, number=number: number, succeeded=listener.succeeded)
    qtbot.waitUntil(lambda: len(listener.said) == 2000, timeout=20_000)
    assert [value for _, value in listener.said] == list(range(2000))
    qtbot.waitUntil(lambda: not jobs.running(), timeout=5_000)


def test_progress_does_not_flood_the_window(qtbot, jobs: Jobs) -> None:
    listener = Listener()

    def work(progress: Progress) -> None:
        for done in range(20_000):
            progress(done, 20_000)
        progress(20_000, 20_000)

    jobs.start(work, **listener.slots())
    wait_for(qtbot, listener)
    steps = [value for kind, value in listener.said if kind == "progressed"]
    assert len(steps) < 200
    assert steps[-1] == 20_000


def test_shutdown_cancels_what_runs_and_what_waits(qtbot, qapp) -> None:
    jobs, listener, second = Jobs(qapp), Listener(), Listener()
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress(0, 0)
            time.sleep(0.005)

    jobs.start(work, **listener.slots())
    jobs.start(lambda progress: 1, **second.slots())
    assert begun.wait(5)
    jobs.shutdown()
    QApplication.processEvents()
    assert "succeeded" not in second.kinds()
    assert listener.kinds()[-1] == "ended"
    jobs.deleteLater()


def test_heavy_work_runs_in_a_child_process_with_progress(qtbot, jobs: Jobs) -> None:
    listener = Listener()
    jobs.start_apart(count_up, 500, **listener.slots())
    wait_for(qtbot, listener)
    assert ("succeeded", 500) in listener.said
    assert "progressed" in listener.kinds()


def test_an_error_in_the_child_is_the_same_error_here(qtbot, jobs: Jobs) -> None:
    listener = Listener()
    jobs.start_apart(raise_user_error, **listener.slots())
    wait_for(qtbot, listener)
    error = next(value for kind, value in listener.said if kind == "failed")
    assert isinstance(error, UserError)
    assert "第 3 行" in str(error)


def test_a_child_that_never_reports_is_stopped_all_the_same(qtbot, jobs: Jobs) -> None:
    listener = Listener()
    job = jobs.start_apart(spin_for_ever, **listener.slots())
    qtbot.wait(300)
    job.cancel()
    wait_for(qtbot, listener)
    assert listener.kinds()[-2:] == ["cancelled", "ended"]


def test_a_child_that_dies_is_told_in_a_sentence(qtbot, jobs: Jobs) -> None:
    listener = Listener()
    jobs.start_apart(drop_dead, **listener.slots())
    wait_for(qtbot, listener)
    error = next(value for kind, value in listener.said if kind == "failed")
    assert isinstance(error, UserError)
    assert "账没有受影响" in str(error)


def test_a_toast_comes_after_half_a_second_says_how_far_and_can_stop(
    qtbot, window: MainWindow, jobs: Jobs
) -> None:
    window.show()
    listener, at = Listener(), {"done": 7964}

    def work(progress: Progress) -> None:
        while True:
            progress(at["done"], 12846)
            time.sleep(0.02)

    jobs.start(work, title="正在写 台账.xlsx", leaves="停下，不留半个文件", **listener.slots())
    assert window.toasts.shown() == []
    qtbot.waitUntil(lambda: bool(window.toasts.shown()), timeout=5000)
    toast = window.toasts.shown()[0]
    assert isinstance(toast, ProgressToast)
    qtbot.waitUntil(lambda: "第 7,964 行，共 12,846 行" in toast.news.text(), timeout=5000)
    stop = toast.findChild(Button)
    assert stop.text() == "停下，不留半个文件"
    stop.click()
    wait_for(qtbot, listener)
    qtbot.waitUntil(lambda: window.toasts.shown() == [], timeout=5000)
    assert "cancelled" in listener.kinds()


def test_quick_and_nameless_jobs_show_no_toast(qtbot, window: MainWindow, jobs: Jobs) -> None:
    window.show()
    listener = Listener()
    jobs.start(lambda progress: 1, title="很快", **listener.slots())
    wait_for(qtbot, listener)
    jobs.start(lambda progress: time.sleep(0.7), **listener.slots())
    qtbot.wait(650)
    assert window.toasts.shown() == []
    jobs.wait()


@pytest.mark.parametrize(
    ("gone", "done", "total", "words"),
    [
        (0.2, 10, 100, ""),
        (10, 0, 100, ""),
        (10, 5, 0, ""),
        (10, 62, 100, "还要约 6 秒"),
        (60, 10, 100, "还要约 9 分钟"),
        (10, 99, 100, "马上好"),
    ],
)
def test_the_time_left_is_told_in_round_words(gone, done, total, words) -> None:
    assert time_left(100.0, done, total, now=100.0 + gone) == words


def test_work_that_is_cancelled_before_it_begins_never_begins(qtbot, jobs: Jobs) -> None:
    gate, ran, listener = threading.Event(), [], Listener()
    jobs.start(lambda progress: gate.wait(5))
    job = jobs.start(lambda progress: ran.append(1), **listener.slots())
    job.cancel()
    gate.set()
    wait_for(qtbot, listener)
    assert ran == []
    assert Cancelled.__name__ == "Cancelled"
