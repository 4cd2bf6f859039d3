"""What the program computes of records: names, labels and kinds, in one table.

Of firms it is kept beside them: to add one, a column of ``enterprise_index`` (`derived`) and a line
here. Of all others it is asked for when it is wanted: a line in `worked.columns`. Lists, conditions, sorting
and sums take it from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger_desk.model import kinds
from ledger_desk.model.kinds import Kind
from ledger_desk.model.vocabulary import FIRST_LOAN_STATES, TAGS
from ledger_desk.store.worked import columns as worked

INDEX = "enterprise_index"


@dataclass(frozen=True)
class Many:
    """Where the several values of one computed column stand: a field of records that hang on it.

    Conditions ask whether one of them is so: ``in`` has one of the values, ``notin`` has none.

    Attributes:
        table: Table of the records that hang on it.
        link: Their reference to it.
        field: The field whose values are shown, each once, in the order in which they came.
    """

    table: str
    link: str
    field: str

    @property
    def sql(self) -> str:
        """Expression of all values as they are shown, with ``{row}`` for the record's table."""
        values = (
            f"SELECT {self.field} AS v FROM {self.table} WHERE {self.link} = {{row}}.id"
            f" AND removed = 0 AND {self.field} <> '' GROUP BY v ORDER BY min(rowid)"
        )
        return f"SELECT group_concat(v, '、') FROM ({values})"


@dataclass(frozen=True)
class Computed:
    """One computed value of a record class.

    Attributes:
        name: Column of the index, and name in conditions and orders.
        label: Heading.
        kind: How it is shown and compared; '' counts as no value.
        sql: Expression of the stored value, with ``{row}`` for the record's table; empty where it
            is kept in the index.
        many: Where its values stand, when there may be several; None: there is one.
    """

    name: str
    label: str
    kind: Kind
    sql: str = ""
    many: Many | None = None


_TAGS = Many("tagging", "enterprise", "tag")
_FIRM = (
    Computed("size", "划型", kinds.choice("微型", "小型", "中型", "大型", "不适用")),
    Computed("complete", "完整度", kinds.WHOLE),
    Computed("prior", "首贷状态", kinds.choice(*FIRST_LOAN_STATES)),
    Computed("lenders", "在贷银行数", kinds.WHOLE),
    Computed("tags", "标签", kinds.choice(*TAGS, open=True), _TAGS.sql, _TAGS),
)
# By table of the record class.
COMPUTED: Mapping[str, Mapping[str, Computed]] = {
    table: {name: Computed(name, label, kind, sql) for name, label, kind, sql in made}
    for table, made in worked.COLUMNS.items()
} | {"enterprise": {each.name: each for each in _FIRM}}
