"""Which parameters (口径与办法) a kind of line asks for: read off the very SQL that counts.

Nobody keeps a list of it, so none can be wrong: a select that names a setting depends on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from sqlalchemy.dialects import sqlite

from ledger_desk.model.parameters import PREFIX
from ledger_desk.store.computed import COMPUTED
from ledger_desk.store.counting.event_lines import WHOLE, Window
from ledger_desk.store.counting.events import event_lines

_NAMED = re.compile(rf"'{PREFIX}([a-z_.]+)'(.*?)ORDER BY", re.DOTALL)
_TODAY = "date('now'"
_LAST = date(2024, 12, 31)
# Long windows are counted by another select than short ones, stocks by a third.
_WINDOWS = (Window(_LAST, _LAST), Window(date(2020, 1, 1), _LAST), Window(None, _LAST))


@cache
def parameters_of(events: str) -> Mapping[str, bool]:
    """Give the parameters of a kind of line.

    Returns:
        Key of each parameter → whether its value of **today** counts, whatever the days of the
        line; else that of the last day of the window counts.
    """
    selects = (event_lines(events, window, WHOLE) for window in _WINDOWS)
    return _found(str(select.compile(dialect=sqlite.dialect())) for select in selects)


@cache
def parameters_of_column(table: str, name: str) -> Mapping[str, bool]:
    """Give the parameters of a computed column, as `parameters_of` does; none of a stored field."""
    column = COMPUTED.get(table, {}).get(name)
    return _found([column.sql]) if column is not None else {}


def _found(statements: Iterable[str]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for statement in statements:
        for key, condition in _NAMED.findall(statement):
            found[key] = found.get(key, False) or _TODAY in condition
    return found
