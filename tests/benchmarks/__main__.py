"""Run the cases and print ratios: ``python -m tests.benchmarks [case …] [--folder DIR] [--json OUT]``."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.benchmarks import floors, inputs, sides


def run_side(name: str, folder: Path) -> dict[str, Any]:
    """Run one side here and give seconds, rows and the peak memory of this process and its children."""
    begun = [(time.perf_counter(), cpu())]

    def tick() -> None:
        begun[0] = (time.perf_counter(), cpu())

    with watched() as most:
        rows, note = getattr(sides, name)(folder, tick), ""
        seconds, used = time.perf_counter() - begun[0][0], cpu() - begun[0][1]
    if isinstance(rows, tuple):  # a side that has more to tell than its time, or that rests between
        rows, note, *own = rows
        seconds = own[0] if own else seconds
        used = own[1] if len(own) > 1 else used
    return {"seconds": seconds, "cpu": used, "rows": rows, "mb": most[0] / 1e6, "note": note}


def cpu() -> float:
    """Processor seconds of this process and of its children that have ended.

    On a machine that does other work too they say more than the clock does.
    """
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


@contextmanager
def watched() -> Iterator[list[int]]:
    """Measure the most memory (resident bytes) that this process and its children hold together."""
    import psutil

    me, most, over = psutil.Process(), [0], threading.Event()

    def look() -> None:
        some, looks = [me], 0
        while not over.wait(0.05):
            if (
                looks % 8 == 0
            ):  # looking through all processes costs milliseconds of what is measured
                some = [me, *me.children(recursive=True)]
            looks += 1
            held = 0
            for one in some:
                with suppress(psutil.Error):
                    held += one.memory_info().rss
            most[0] = max(most[0], held)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()


def measure(name: str, folder: Path, rounds: int) -> dict[str, Any]:
    """Run one side in processes of its own; the best time counts.

    An installed program is compiled, and so is what runs here from the second round on, whatever
    the environment says: the helper processes of an import took half a second to compile.
    """
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    offscreen = {"QT_QPA_PLATFORM": "offscreen"}
    best: dict[str, Any] = {}
    for _ in range(rounds):
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks", "--side", name, "--folder", str(folder)],
            capture_output=True, text=True, check=False, env={**os.environ, **offscreen, **compiled},
        )  # fmt: skip
        if done.returncode:
            raise SystemExit(f"{name}: {done.stderr[-2000:]}")
        one = json.loads(done.stdout.strip().splitlines()[-1])
        if not best or one["seconds"] < best["seconds"]:
            best = one
    return best


def main() -> None:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--side")
    given = parser.parse_args()
    if given.side:
        os.environ.setdefault("LEDGER_DESK_HOME", str(given.folder / "home"))
        print(json.dumps(run_side(given.side, given.folder)))
        sys.stdout.flush()
        os._exit(0)  # the time of tearing down a window is not asked for
    floors.check()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="ledger-desk-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("LEDGER_DESK_HOME", str(folder / "home"))
    inputs.list_file(folder)
    inputs.ledger_file(folder)
    print(
        f"{'case':<16}{'N':>8}{'ours s':>10}{'floor s':>10}{'ratio':>8}{'bar':>7}{'cpu s':>14}{'rows':>16}{'MB':>7}{'bar':>5}  what"
    )
    results = []
    for case in floors.CASES:
        if given.cases and case.name not in given.cases:
            continue
        floor, ours = (
            measure(case.floor, folder, case.rounds),
            measure(case.ours, folder, case.rounds),
        )
        if not floor["rows"] and ours["rows"]:
            print(f"{case.name:<16} floor is not installed here")
            continue
        if case.same_rows and floor["rows"] != ours["rows"]:
            raise SystemExit(f"{case.name}: rows differ, {ours['rows']} and {floor['rows']}")
        ratio = ours["seconds"] / floor["seconds"]
        results.append({"case": case.name, "n": case.n, "seed": case.seed, "bar": case.bar, "ratio": ratio,
                        "most_mb": case.most_mb, "ours": ours, "floor": floor})  # fmt: skip
        print(f"{case.name:<16}{case.n:>8}{ours['seconds']:>10.3f}{floor['seconds']:>10.3f}{ratio:>8.2f}{case.bar:>7}"
              f"{ours['cpu']:>8.2f}/{floor['cpu']:<5.2f}"
              f"{ours['rows']:>9}/{floor['rows']:<6}{ours['mb']:>7.0f}{case.most_mb or '':>5}  {case.what} {ours['note']}", flush=True)  # fmt: skip
    if given.json:
        given.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
