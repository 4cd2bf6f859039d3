"""The pulse of the window's thread: how long it was away between two beats, and whose doing that was.

A gap is made of work of the window's thread; of standing in line for a processor; and of the rest,
waiting for the interpreter's lock or for nothing at all. Who stands in line does so because all
processors are taken: the part of them that other threads of this program took is ours too, the rest is
the machine's. Who waits for the lock while the thread that has it stands in line waits for the machine
as well. Next to it two bare Qt loops beat in processes of their own, one that does nothing at all and
one that works a little now and then: what any window shows under the same load.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MOST_GAP_MS = 100
_PULSE_MS = 5
_WORK_MS, _EVERY_MS = 40, 400  # of the bare loop that works: about what painting a page takes


@dataclass(frozen=True)
class Clocks:
    """Seconds: on the wall, worked by this thread and by all, stood in line by this one and by others."""

    wall: float
    work: float
    all: float
    stood: float
    others: float

    @classmethod
    def now(cls) -> Clocks:
        """Read them all."""
        stood = _stood("/proc/thread-self")
        others = sum(map(_stood, Path("/proc/self/task").glob("*"))) - stood
        return cls(time.perf_counter(), time.thread_time(), time.process_time(), stood, others)

    def since(self, before: Clocks) -> Clocks:
        """What has passed since then."""
        return Clocks(self.wall - before.wall, self.work - before.work, self.all - before.all,
                      self.stood - before.stood, self.others - before.others)  # fmt: skip

    @property
    def ours(self) -> float:
        """What is ours of a gap."""
        beside = max(0.0, self.all - self.work) / (os.cpu_count() or 1)
        waited = max(0.0, self.wall - self.work - self.stood)
        return self.work + min(self.stood, beside) + max(0.0, waited - max(0.0, self.others))


def _stood(thread: str | Path) -> float:
    """Seconds for which a thread could have run and no processor was free; 0 where nobody tells."""
    try:
        return int(Path(thread, "schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


class Worst:
    """The largest gaps of a while: by the clock, of what is ours, and the most work between two beats."""

    def __init__(self) -> None:
        """Start with none."""
        self.gap = self.ours = self.work = 0.0
        self.when = self.ours_when = self.work_when = ""

    def take(self, gap: Clocks, what: str) -> None:
        """Take one gap."""
        if gap.wall > self.gap:
            self.gap, self.when = gap.wall, what
        if gap.ours > self.ours:
            self.ours, self.ours_when = gap.ours, what
        if gap.work > self.work:
            self.work, self.work_when = gap.work, what


class Pulse:
    """A heartbeat on the thread that makes it.

    Attributes:
        worst: Of all gaps.
        over: How many gaps were above the bar, and of how many the part that is ours was.
    """

    def __init__(self) -> None:
        """Start beating."""
        from PySide6.QtCore import Qt, QTimer

        self.worst, self._own = Worst(), Worst()
        self.over = [0, 0]
        self._now, self._last = "open", Clocks.now()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_PULSE_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self, what: str) -> None:
        """Say what is being done from now on."""
        self._own, self._now = Worst(), what
        self._last = Clocks.now()

    def end(self) -> str:
        """Largest gap, what of one is ours and most work since `begin`, in milliseconds."""
        own = self._own
        return f"gap {1000 * own.gap:.0f}, ours {1000 * own.ours:.0f}, work {1000 * own.work:.0f}"

    def _beat(self) -> None:
        now = Clocks.now()
        gap = now.since(self._last)
        self._last = now
        for worst in (self.worst, self._own):
            worst.take(gap, self._now)
        self.over[0] += 1000 * gap.wall > MOST_GAP_MS
        self.over[1] += 1000 * gap.ours > MOST_GAP_MS

    def verdict(self, bare: Bare) -> str:
        """What a benchmark tells at its end; ends the bare loop."""
        worst, (idle, many), (working, more) = self.worst, *bare.end()
        if 1000 * worst.gap <= MOST_GAP_MS:
            said = "kept"
        elif 1000 * worst.ours <= MOST_GAP_MS:
            said = "kept but for the machine"
        else:
            said = "OVER THE BAR"
        return (
            f"largest gap {1000 * worst.gap:.0f} ms at “{worst.when}” (bar {MOST_GAP_MS}: {said}),"
            f" ours of one {1000 * worst.ours:.0f} ms at “{worst.ours_when}”,"
            f" most work between two beats {1000 * worst.work:.0f} ms at “{worst.work_when}”,"
            f" gaps above the bar {self.over[0]}, of ours {self.over[1]};"
            f" a bare Qt loop meanwhile: {1000 * idle:.0f} ms, {many} above; one that works {_WORK_MS} ms"
            f" now and then: {1000 * working:.0f} ms, {more} above"
        )


class Bare:
    """Qt loops in processes of their own: one only beats, the other works now and then."""

    def __init__(self) -> None:
        """Start them."""
        self._children = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.benchmarks.pulse", kind], stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, text=True,
            )
            for kind in ("idle", "working")
        ]  # fmt: skip
        for child in self._children:
            assert child.stdout is not None
            child.stdout.readline()  # it beats

    def end(self) -> list[tuple[float, int]]:
        """The largest gap of each, seconds, and how many were above the bar."""
        ended = [child.communicate("end\n")[0].split() for child in self._children]
        return [(float(gap), int(many)) for gap, many in ended]


def _beat_alone() -> None:
    import threading

    from PySide6.QtCore import QCoreApplication, QTimer

    app = QCoreApplication([])
    pulse, timer = Pulse(), QTimer()

    def work() -> None:
        until = time.thread_time() + _WORK_MS / 1000
        while time.thread_time() < until:
            pass

    if "working" in sys.argv:
        timer.timeout.connect(work)
        timer.start(_EVERY_MS)

    def wait() -> None:
        sys.stdin.readline()
        app.quit()

    threading.Thread(target=wait, daemon=True).start()
    print("beats", flush=True)
    app.exec()
    print(pulse.worst.gap, pulse.over[0])


if __name__ == "__main__":
    _beat_alone()
