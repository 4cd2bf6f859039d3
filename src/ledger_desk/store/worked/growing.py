"""What is counted for a firm under cultivation: helps, contacts with banks, credit that came of it."""

from __future__ import annotations

from ledger_desk.model import kinds
from ledger_desk.model.kinds import Kind

_MET = "FROM matching AS m WHERE m.enterprise = {row}.enterprise AND m.removed = 0"
COLUMNS: dict[str, tuple[tuple[str, str, Kind, str], ...]] = {
    "cultivation": (
        (
            "helps", "帮扶次数", kinds.WHOLE,
            "SELECT nullif(count(*), 0) FROM help AS h WHERE h.cultivation = {row}.id AND h.removed = 0",
        ),
        ("contacts", "对接次数", kinds.WHOLE, f"SELECT nullif(count(*), 0) {_MET}"),
        (
            "granted", "授信金额(万元)", kinds.MONEY,
            "SELECT sum(c.amount) FROM matching AS m JOIN credit AS c ON c.matching = m.id"
            " AND c.removed = 0 AND c.granted = 1"
            " WHERE m.enterprise = {row}.enterprise AND m.removed = 0",
        ),
    )
}  # fmt: skip
