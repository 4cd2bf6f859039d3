"""What the program computes of records: names, labels and kinds, in one table.

Of firms it is kept beside them: to add one, a column of ``enterprise_index`` (`derived`) and a line
here. Of all others it is asked for when it is wanted: a line in `worked`. Lists, conditions, sorting
and sums take it from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger_desk.model import kinds
from ledger_desk.model.kinds import Kind
from ledger_desk.model.vocabulary import FIRST_LOAN_STATES
from ledger_desk.store import worked

INDEX = "enterprise_index"


@dataclass(frozen=True)
class Computed:
    """One computed value of a record class.

    Attributes:
        name: Column of the index, and name in conditions and orders.
        label: Heading.
        kind: How it is shown and compared; '' counts as no value.
        sql: Expression of the stored value, with ``{row}`` for the record's table; empty where it
            is kept in the index.
    """

    name: str
    label: str
    kind: Kind
    sql: str = ""


_FIRM = (
    Computed("size", "划型", kinds.choice("微型", "小型", "中型", "大型", "不适用")),
    Computed("complete", "完整度", kinds.WHOLE),
    Computed("prior", "首贷状态", kinds.choice(*FIRST_LOAN_STATES)),
    Computed("lenders", "在贷银行数", kinds.WHOLE),
)
# By table of the record class.
COMPUTED: Mapping[str, Mapping[str, Computed]] = {
    table: {name: Computed(name, label, kind, sql) for name, label, kind, sql in made}
    for table, made in worked.COLUMNS.items()
} | {"enterprise": {each.name: each for each in _FIRM}}
