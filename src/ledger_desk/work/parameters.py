"""Reading and setting the parameters of an office (口径与办法)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger_desk.model.lending import MostLenders
from ledger_desk.model.parameters import Holding, Parameter, holding_on, holdings, write
from ledger_desk.model.records import Setting
from ledger_desk.model.work_parameters import BY_KEY, PARAMETERS
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where


class Parameters:
    """The values that hold on a day; one read for all of them.

    ``values["clock.decision_days"]`` gives a value of the parameter's kind: a number, a text, yes
    or no.
    """

    def __init__(self, texts: Mapping[str, str | None], day: date) -> None:
        """Hold what settings say.

        Args:
            texts: Name of the setting → its text.
            day: The day that is asked about.
        """
        self._texts, self.day = texts, day

    def __getitem__(self, key: str) -> Any:
        """Give a value; KeyError for a key that nobody declared."""
        parameter = BY_KEY[key]
        shown = holding_on(parameter, self._texts.get(parameter.name), self.day)
        try:
            return parameter.kind.parse(shown, None)
        except ValueError:  # written by hand into the list of settings
            return parameter.kind.parse(parameter.default, None)


def read(rows: Rows, day: date | None = None) -> Parameters:
    """Read the parameters as they hold on a day, today if none is given."""
    names = tuple(each.name for each in PARAMETERS)
    found = rows.find(Query(Setting, (Where("name", "in", names),)))
    return Parameters({str(each.name): each.value for each in found}, day or date.today())


def most_lenders(rows: Rows, day: date | None = None) -> MostLenders:
    """From how many banks on a firm is warned of (垒小户), as the office has it on a day."""
    held = read(rows, day)
    return MostLenders(int(held["lenders.enterprise"]), int(held["lenders.person"]))


def history(rows: Rows, parameter: Parameter) -> tuple[Holding, ...]:
    """All values that were set for a parameter, the oldest first."""
    found = rows.find(Query(Setting, (Where("name", "=", parameter.name),)), 1)
    return holdings(found[0].value if found else None)


def put(ledger: Ledger, key: str, value: Any, since: date, why: str = "") -> int | None:
    """Let a value hold from a day on, as one step; gives its number, None when nothing changed.

    Raises:
        UserError: The ledger refuses it.
    """
    parameter = BY_KEY[key]
    with ledger.step(f"定口径：{parameter.label}", kind="edit") as step:
        found = step.rows.find(Query(Setting, (Where("name", "=", parameter.name),)), 1)
        known = holdings(found[0].value if found else None)
        kept = [each for each in known if each.since != since]
        text = write([*kept, Holding(since, parameter.kind.show(value), why)])
        if found:
            step.change(Setting, found[0].id, {"value": text})
        else:
            step.create(Setting(name=parameter.name, value=text))
    return step.result.id if step.result is not None else None
