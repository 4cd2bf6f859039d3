"""What the program computes of records and keeps beside them: names, labels and kinds, in one table.

To add one: a column of ``enterprise_index`` (`derived`), and a line here. Lists, conditions, sorting
and sums take it from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger_desk.model import kinds
from ledger_desk.model.kinds import Kind
from ledger_desk.model.vocabulary import FIRST_LOAN_STATES

INDEX = "enterprise_index"


@dataclass(frozen=True)
class Computed:
    """One computed value of a record class.

    Attributes:
        name: Column of the index, and name in conditions and orders.
        label: Heading.
        kind: How it is shown and compared; '' counts as no value.
    """

    name: str
    label: str
    kind: Kind


# By table of the record class.
COMPUTED: Mapping[str, Mapping[str, Computed]] = {
    "enterprise": {
        each.name: each
        for each in (
            Computed("size", "划型", kinds.choice("微型", "小型", "中型", "大型", "不适用")),
            Computed("complete", "完整度", kinds.WHOLE),
            Computed("prior", "首贷状态", kinds.choice(*FIRST_LOAN_STATES)),
            Computed("lenders", "在贷银行数", kinds.WHOLE),
        )
    }
}
