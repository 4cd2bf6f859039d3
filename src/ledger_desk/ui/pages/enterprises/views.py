"""Views of the list: all, incomplete, odd codes, recycle bin; one of them looks at every firm."""

from __future__ import annotations

from collections.abc import Callable

from ledger_desk.model.identifiers import check_credit_code
from ledger_desk.model.records import Enterprise
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.tabs import Tab

ALL, INCOMPLETE, ODD, BIN = "all", "incomplete", "odd", "bin"
_AT_ONCE = 2_000

TABS = (Tab(ALL, "全部"), Tab(INCOMPLETE, "缺必填"), Tab(ODD, "代码有问题"), Tab(BIN, "回收站"))
NOTHING = {
    INCOMPLETE: "必填项都填齐了，没有一户缺。",
    ODD: "信用代码都对得上校验位，没有要核对的。",
    BIN: "回收站是空的。删除的经营主体会先到这里，随时可以恢复。",
}


WHERES = {INCOMPLETE: (Where("complete", "<", 100),)}


def count_incomplete(ledger: Ledger, progress: Progress = silent) -> int:
    """Count the firms that lack a required field."""
    return ledger.count(Query(Enterprise, WHERES[INCOMPLETE]))


def find_odd(ledger: Ledger, progress: Progress = silent) -> frozenset[str]:
    """Find the firms whose code fails its check and that give no reason for it."""
    query = Query(Enterprise, (Where("code", "notnull"), Where("code_reason", "null")))
    found: set[str] = set()
    with ledger.read() as rows:
        ids = rows.ids(query)
        for start in range(0, len(ids), _AT_ONCE):
            progress(start, len(ids), "正在核对信用代码")
            some = rows.many(Enterprise, ids[start : start + _AT_ONCE])
            found.update(
                firm.id for firm in some.values() if not check_credit_code(firm.code or "").ok
            )
    return frozenset(found)


SCANS: dict[str, Callable[[Ledger, Progress], frozenset[str]]] = {
    ODD: find_odd,
}
