"""Many forms, or one form for several offices, in one job: into one folder, nothing written over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Forms
from ledger_desk.exchange.dispatching import Leaving, register_all
from ledger_desk.files import atomic_write, free_name
from ledger_desk.model.periods import Period
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.periods.kept import closed_or_made
from ledger_desk.store.ledger import Ledger

XLSX, PDF = "xlsx", "pdf"


@dataclass(frozen=True)
class Item:
    """What became of one form of one office.

    Attributes:
        form: Id of the form.
        title: Its title.
        office: Name of the office it was made for; '' for the whole ledger.
        files: What was written.
        rows: How many rows it has.
        must: How much has to be mended.
        why: Why it was not made, in a sentence; '' when it was.
        closed: Whether it was taken from what was kept at closing.
    """

    form: str
    title: str
    office: str
    files: tuple[Path, ...] = ()
    rows: int = 0
    must: int = 0
    why: str = ""
    closed: bool = False

    @property
    def name(self) -> str:
        """The form, and the office where it is one office's."""
        return f"{self.title}（{self.office}）" if self.office else self.title

    def as_json(self) -> dict[str, Any]:
        """What programs see."""
        return {
            "form": self.form, "title": self.title, "office": self.office, "rows": self.rows,
            "must": self.must, "closed": self.closed, "files": [str(path) for path in self.files],
            "why": self.why,
        }  # fmt: skip


@dataclass(frozen=True)
class Batch:
    """What became of all of them; ``note`` says why the register could not be written, or ''."""

    folder: Path
    items: tuple[Item, ...]
    note: str = ""

    @property
    def failed(self) -> tuple[Item, ...]:
        """Those that were not made."""
        return tuple(item for item in self.items if item.why)

    @property
    def made(self) -> tuple[Item, ...]:
        """Those that were."""
        return tuple(item for item in self.items if not item.why)

    @property
    def sentence(self) -> str:
        """``出了 26 张，2 张没有出成：…``."""
        said = f"出了 {len(self.made)} 张表"
        must = [item.name for item in self.made if item.must]
        if must:
            said += f"，其中 {len(must)} 张还有必改（{_named(must)}）"
        if self.failed:
            told = "；".join(f"{item.name}：{item.why.rstrip('。')}" for item in self.failed[:3])
            more = f"；另有 {len(self.failed) - 3} 张" if len(self.failed) > 3 else ""
            said += f"；{len(self.failed)} 张没有出成：{told}{more}"
        return f"{said}。"


def _named(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + (" 等" if len(names) > 3 else "")


def make_all(
    ledger: Ledger,
    forms: Forms,
    wanted: Sequence[tuple[str, str | None, str]],
    period: Period,
    folder: Path,
    endings: Sequence[str] = (XLSX, PDF),
    progress: Progress = silent,
) -> Batch:
    """Make reports one after another; one that fails does not stop the others.

    Args:
        ledger: The open ledger.
        forms: All forms.
        wanted: (form id, office id or None for the whole ledger, office's name) each.
        period: The period of all of them.
        folder: Where the files go; names that are taken get a number behind.
        endings: ``xlsx``, ``pdf`` or both.
        progress: Told which one is made; may cancel between two reports and within one.

    Raises:
        UserError: The folder is missing, or nothing is wanted.
        Cancelled: The person asked to stop; what was written stays.
    """
    if not wanted or not endings:
        raise UserError("还没有选要出的表。请至少选一张表和一种文件。")
    if not folder.is_dir():
        raise UserError(f"文件夹“{folder}”不存在，一张表也没有出。请换一个文件夹。")
    items: list[Item] = []
    note = ""
    for place, (form, office, name) in enumerate(wanted):
        known = forms.forms.get(form)
        title = known.title if known is not None else form
        progress(place, len(wanted), f"{title}　{name}".rstrip())

        try:
            made = closed_or_made(
                ledger,
                form,
                period.start,
                period.end,
                _within(progress, place, len(wanted), title),
                office=office,
                forms=forms,
            )
            files = []
            for ending in endings:
                content = made.xlsx if ending == XLSX else made.pdf.pdf
                path = free_name(folder / made.name(ending))
                atomic_write(path, content)
                files.append(path)
            report = made.report
            left = Leaving(content_of(title, period, name), report.rows)
            note = register_all(ledger, files, left).why or note
        except UserError as error:
            items.append(Item(form, title, name, why=str(error)))
            continue
        closed = getattr(made, "closing", None) is not None
        must = made.checks.counts["must"]
        items.append(Item(form, title, name, tuple(files), report.rows, must, closed=closed))
    progress(len(wanted), len(wanted), "")
    return Batch(folder, tuple(items), note)


def _within(progress: Progress, place: int, many: int, title: str) -> Progress:
    """Progress of one report as a step of all: it may still be cancelled."""

    def told(done: int, total: int, note: str = "") -> None:
        progress(place, many, title)

    return told


def content_of(title: str, period: Period, office: str = "") -> str:
    """What the register of what goes out calls a form: title, period, and the office if it is one's."""
    return f"{title} {period.label}" + (f"（{office}）" if office else "")
