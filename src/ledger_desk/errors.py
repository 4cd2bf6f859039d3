"""The three kinds of error: the user's, the silent one, and rows that are wrong.

Everything else that is raised is a bug and ends in the crash dialog.
"""

from __future__ import annotations

from dataclasses import dataclass


class UserError(Exception):
    """A finished Chinese sentence: what did not happen, where, and what to do."""


class Cancelled(Exception):  # noqa: N818 - cancelling is not an error
    """The person asked a long piece of work to stop; nobody is told."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one cell of one row; data, never raised.

    Attributes:
        row: Row number as the file's own program shows it (1-based), 0 for the whole file.
        label: Chinese heading of the column or field, empty for the whole row.
        value: The offending value as text.
        why: One sentence: what is wrong and what to write instead.
        grade: ``must`` (必改), ``explain`` (须说明) or ``hint`` (提示).
    """

    row: int
    label: str
    value: str
    why: str
    grade: str = "must"

    def sentence(self) -> str:
        """Give the problem as one line for a list: place first, reason after."""
        place = f"第 {self.row} 行" if self.row else "整个文件"
        field = f"“{self.label}”" if self.label else ""
        return f"{place}{field}：{self.why}"
