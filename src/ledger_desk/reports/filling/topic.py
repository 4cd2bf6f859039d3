"""One thing that the ledger can say of a firm, of a township or of a bank under a heading."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ledger_desk.model.kinds import Kind


@dataclass(frozen=True)
class Topic:
    """What may stand in a column.

    Attributes:
        id: ``firm.name``, ``visit.day``, ``loan.balance``, ``number.visited_firms``.
        label: What to call it.
        group: Whose it is: 经营主体, 最近走访, 贷款, 指标 …
        kind: How it is written.
        own: Words that mean it by themselves.
        loose: Words that mean it only where heading or table speak of its group.
        private: Personal data.
        quiet: Nothing known is an answer too (why not granted, of a firm that was).
        keeps: (table, field) that a typed-in answer is kept in; None: in the file only.
        note: How it is worked out where that is not plain.
    """

    id: str
    label: str
    group: str
    kind: Kind
    own: tuple[str, ...]
    loose: tuple[str, ...] = ()
    private: bool = False
    quiet: bool = False
    keeps: tuple[str, str] | None = None
    note: str = ""

    @property
    def source(self) -> str:
        """First part of the id: which reader answers it."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """Last part of the id."""
        return self.id.partition(".")[2]

    @property
    def yearly(self) -> bool:
        """Whether it has an answer for each year."""
        return self.source in ("tax", "finance")

    def of_year(self, year: str) -> Topic:
        """The same of one year; such an answer is typed in only where the year is known."""
        label = f"{year}年{self.label}"
        return replace(self, id=f"{self.id}@{year}", label=label, keeps=None)

    @property
    def title(self) -> str:
        """Group and label, for a list to choose from."""
        label = self.label.partition("(万元)")[0] or self.label
        return label if self.group in ("经营主体", "指标") else f"{self.group}·{label}"


@dataclass(frozen=True)
class Answer:
    """What the ledger says.

    Attributes:
        value: As the topic's kind holds it; None: nothing.
        record: The record that says it, or that would have to; '' where there is none.
        why: Why there is nothing, in words.
    """

    value: Any = None
    record: str = ""
    why: str = ""
