"""Which firm a word on the command line means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.store.queries import Rows

FIRM = "编号、统一社会信用代码、注册号或名称"  # what may be written


def find_firm(rows: Rows, said: str, *, removed: bool = False) -> str:
    """Find the one firm that a word names: id, credit code, registration number or name.

    Args:
        rows: Where to look.
        said: The word.
        removed: Look among the firms that were merged into others.

    Raises:
        UserError: There is none, or several.
    """
    from ledger_desk.model.records import Enterprise
    from ledger_desk.store import alikes
    from ledger_desk.store.queries import Query, Where

    where = "并掉的经营主体里" if removed else "账上"
    if rows.get(Enterprise, said.lower()) is not None:
        return said.lower()
    merged = alikes.aliases(rows) if removed else {}
    for field, value in (("code", said.upper()), ("regno", said.upper()), ("name", said)):
        query = Query(Enterprise, (Where(field, "=", value),), removed=removed)
        found = [f.id for f in rows.find(query) if not removed or f.id in merged]
        if len(found) > 1:
            raise UserError(
                f"{where}有 {len(found)} 户是“{said}”，分不清是哪一户。请改写编号，见 duplicates --json。"
            )
        if found:
            return found[0]
    raise UserError(f"{where}没有“{said}”。请核对代码或名称，或改写编号，见 duplicates --json。")
