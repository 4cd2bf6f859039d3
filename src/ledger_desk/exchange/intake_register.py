"""The register of files that were read in (装入登记), kept by the step that reads them in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ledger_desk.exchange.dispatching import file_hash
from ledger_desk.exchange.preparing import Prepared
from ledger_desk.exchange.results import ImportResult
from ledger_desk.model.records import Intake
from ledger_desk.store import intakes
from ledger_desk.store.journal import Step


def _digest(path: Path) -> str:
    """SHA-256 of a file; empty where it is not there any more (a block from the clipboard)."""
    try:
        return file_hash(path)
    except OSError:
        return ""


def read_before(step: Step, prepared: Prepared) -> list[str]:
    """Say whether this very file was read in already (and not taken back)."""
    digest = _digest(prepared.path)
    earlier = intakes.read_before(step.rows, digest) if digest else None
    if earlier is None:
        return []
    day = f"{earlier.at.month}月{earlier.at.day}日"
    return [f"这个文件 {day} 已经装入过（第 {earlier.id} 步）。"]


def enter(step: Step, prepared: Prepared, result: ImportResult) -> None:
    """Register a reading in, as the last thing of its step."""
    enter_all(step, [(prepared, result)])


def enter_all(step: Step, tables: Sequence[tuple[Prepared, ImportResult]]) -> None:
    """Register several tables of one file that one step read in, as the last thing of it."""
    first = tables[0][0]
    results = [result for _, result in tables]
    step.create(
        Intake(
            file=first.file,
            sheet=_joined(prepared.sheet.title for prepared, _ in tables),
            sender=_joined(prepared.sender for prepared, _ in tables) or None,
            content=_joined(prepared.cls.LABEL for prepared, _ in tables),
            layout=first.mapping.signature,
            hash=_digest(first.path) or None,
            new=sum(result.new for result in results),
            changed=sum(result.changed for result in results),
            same=sum(result.same for result in results),
            doubtful=sum(result.doubtful for result in results),
            wrong=sum(result.wrong for result in results),
            left_out=sum(result.left_out for result in results),
        )
    )


def _joined(words: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(word for word in words if word))
