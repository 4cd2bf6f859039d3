"""账套体检: is the file sound, is the journal unbroken, do rows, search index and journal agree."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.errors import UserError
from ledger_desk.progress import Progress, silent
from ledger_desk.store import blobs, derived, verifying
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.lineage import fetch


@dataclass(frozen=True)
class Health:
    """Result of a check: findings are Chinese sentences, none when all is well."""

    findings: tuple[str, ...]
    steps: int
    changes: int
    head: str

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check(ledger: Ledger, *, head: str | None = None, progress: Progress = silent) -> Health:
    """Check everything; reads only, so work can go on meanwhile.

    Args:
        ledger: An open ledger.
        head: A head printed earlier that must still be found.
        progress: Told and asked for cancel.
    """
    steps = changes = 0
    findings: list[str] = []
    try:
        with ledger.read() as rows:
            sql = "SELECT (SELECT count(*) FROM step), (SELECT count(*) FROM change)"
            steps, changes = fetch(rows.connection, sql)[0]
            findings += verifying.verify(rows.connection, head, progress)
            findings += blobs.check(rows.connection)
            wrong = derived.check(rows.connection)
            if wrong:
                findings.append(f"有 {wrong} 户的查找、划型或完整度和数据不符。")
        return Health(tuple(findings), steps, changes, ledger.head())
    except UserError as error:  # too damaged to be read to the end
        return Health((*findings, str(error)), steps, changes, "")
