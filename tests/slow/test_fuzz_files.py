"""Ten thousand broken and hostile files: a sentence or a table, never more.

Each goes the whole way of a file that a clerk chooses: read in the child process with its watchdog,
laid out, matched, and rehearsed on a ledger. ``LEDGER_DESK_FUZZ=first:last`` runs other numbers.
"""

from __future__ import annotations

import os
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange import importing
from ledger_desk.model.records import Office
from ledger_desk.store.ledger import Ledger
from tests.slow import fuzzing

FIRST, LAST = map(int, os.environ.get("LEDGER_DESK_FUZZ", "0:10000").split(":"))
_BLOCK = 200
LONGEST = 120  # seconds for one file: far above what any takes, far below a hang
CHILD_MB, OWN_MB = 1_700, 700  # the watchdog's limit with what it may overshoot; this process
_SENTENCE = re.compile(r"^[^\n]*[\u4e00-\u9fff][^\n]*[。！]$")


def _try(ledger: Ledger, folder: Path, number: int) -> tuple[str, str]:
    """Give ('read' | 'refused' | 'FAULT', what)."""
    ending, content = fuzzing.make(number)
    path = folder / f"坏文件{number}{ending}"
    path.write_bytes(content)
    begun = time.monotonic()
    try:
        prepared = importing.prepare(path, ledger)
        if prepared.missing:
            outcome = "refused", prepared.missing
        else:
            result = importing.dry_run(ledger, prepared)
            outcome = "read", "" if sum(result.counts.values()) == len(result.rows) else "counts"
    except UserError as error:
        outcome = "refused", str(error)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is a fault and is told
        outcome = "FAULT", f"{type(error).__name__}: {error}"
    finally:
        path.unlink()
    took = time.monotonic() - begun
    if took > LONGEST:
        return "FAULT", f"{took:.0f} seconds"
    if outcome[0] == "refused" and not _SENTENCE.match(outcome[1]):
        return "FAULT", f"not one sentence: {outcome[1]!r}"
    return outcome


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """One ledger with a few firms for the whole campaign: it must come out as it went in."""
    folder = tmp_path_factory.mktemp("账")
    office = Office(name="某县专班", level="县级", division="411523")
    with Ledger.create(folder / "账.账套", office=office) as made:
        sound = folder / "名单.csv"
        sound.write_bytes(fuzzing.comma())
        importing.apply(made, importing.prepare(sound, made))
        yield made
        assert made.verify() == []


@pytest.mark.slow
@pytest.mark.parametrize("first", range(FIRST, LAST, _BLOCK))
def test_broken_files_change_nothing_and_break_nothing(tmp_path, capsys, ledger, first):
    head = ledger.head()
    numbers = range(first, min(first + _BLOCK, LAST))
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        for number, (kind, what) in zip(
            numbers, pool.map(lambda n: _try(ledger, tmp_path, n), numbers), strict=True
        ):
            outcomes[kind] += 1
            if kind == "FAULT" or (kind == "read" and what):
                faults.append(f"{number}: {what}")
    assert not faults, f"{len(faults)} of {len(numbers)}:\n" + "\n".join(faults[:30])
    assert ledger.head() == head
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with capsys.disabled():
        print(f"\n{first}: {dict(outcomes)}; most memory: child {child} MB, own {own} MB")
    assert child < CHILD_MB
    assert own < OWN_MB
    assert outcomes["read"] or outcomes["refused"]
