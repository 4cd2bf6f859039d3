"""Lines declared, not programmed: which table, which day, what is tested, what a line carries.

One `Reading` is one select of lines as `event_lines.line` makes them, with more columns: the weight of a
mean, a title, and the keys of `splitting.OWN`. In its expressions ``t`` is the row; ``:first`` and
``:last`` are the days of the window, ``:first`` NULL for a stock (期末数).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, TextClause, column, select, text

from ledger_desk.model.work_parameters import BY_KEY
from ledger_desk.store.counting.event_lines import Window
from ledger_desk.store.counting.splitting import OWN

COLUMNS = (
    "enterprise", "bank", "office", "township", "day", "amount", "weighted", "source", "record", "title",
    *OWN,
)  # fmt: skip
NONE = "NULL"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How the rows of one table become lines.

    Attributes:
        table: Name of the table; removed rows are never read.
        day: The day of the line.
        test: What must hold besides.
        firm: The firm.
        amount: Fen, or another whole number that is summed.
        weight: What the amount is multiplied by for a mean; rows without one are left out.
        title: What the record is called in a list.
        joins: Tables besides.
        stock: The test itself says which rows stand at the last day; the day is not asked.
    """

    table: str
    day: str
    test: str = "1"
    firm: str = NONE
    bank: str = NONE
    office: str = NONE
    township: str = NONE
    amount: str = "0"
    weight: str = ""
    title: str = NONE
    joins: str = ""
    stock: bool = False
    person: str = NONE
    star: str = NONE
    park: str = NONE
    guarantor: str = NONE
    what: str = NONE

    @property
    def keys(self) -> frozenset[str]:
        """Keys of its own that it has."""
        return frozenset(name for name in OWN if getattr(self, name) != NONE)

    def sql(self, window: Window) -> str:
        """The select as text."""
        tests = ["t.removed = 0", f"({self.test})"]
        if not self.stock:
            tests.append(f"{self.day} <= :last")
            if window.first is not None:
                tests.append(f"{self.day} >= :first")
        weighted = "0"
        if self.weight:
            weighted = f"coalesce({self.amount}, 0) * {self.weight}"
            tests.append(f"{self.weight} IS NOT NULL")
        shown = {
            "enterprise": self.firm, "bank": self.bank, "office": self.office, "township": self.township,
            "day": self.day, "amount": f"coalesce({self.amount}, 0)", "weighted": weighted,
            "source": f"'{self.table}'", "record": "t.id", "title": self.title,
            **{name: getattr(self, name) for name in OWN},
        }  # fmt: skip
        columns = ", ".join(f"{sql} AS {name}" for name, sql in shown.items())
        return f"SELECT {columns} FROM {self.table} AS t {self.joins} WHERE {' AND '.join(tests)}"


def read_lines(readings: tuple[Reading, ...], window: Window) -> Select[Any]:
    """Give the select of the lines of all readings together."""
    wanted = " UNION ALL ".join(reading.sql(window) for reading in readings)
    days = {"first": window.first and window.first.isoformat(), "last": window.last.isoformat()}
    found: TextClause = text(wanted)
    found = found.bindparams(**{name: day for name, day in days.items() if f":{name}" in wanted})
    lines = found.columns(*(column(name) for name in COLUMNS)).subquery()
    return select(lines)


def parameter(key: str, kind: str = "INTEGER") -> str:
    """Give the SQL of a number that the office may set, as it holds on the last day."""
    known = BY_KEY[key]
    return (
        "CAST(coalesce((SELECT json_extract(h.value, '$[1]') FROM setting AS s,"
        " json_each(CASE WHEN json_valid(s.value) THEN s.value ELSE '[]' END) AS h"
        f" WHERE s.name = '{known.name}' AND s.removed = 0 AND json_extract(h.value, '$[0]') <= :last"
        f" ORDER BY json_extract(h.value, '$[0]') DESC LIMIT 1), '{known.default}') AS {kind})"
    )
