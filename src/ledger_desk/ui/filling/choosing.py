"""Which firms are listed in a table that is empty below its header: all, filtered, saved, tagged, of a township."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ledger_desk.exchange.places import name_of
from ledger_desk.model.records import Enterprise, Setting, Tagging
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.lists.state import wheres_of_json
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.picker import PickItem

ALL, PRESENT = "all", "present"
_VIEW = "view:enterprises:"
_ORDER = (("township", False), ("village", False), ("name", False))


def offered(ledger: Ledger, window: MainWindow) -> list[PickItem]:
    """List the choices with how many firms each has."""
    with ledger.read() as rows:
        found = [PickItem(ALL, "全部经营主体", f"{rows.count(Query(Enterprise)):,} 户")]
        present = _present(window)
        if present is not None:
            found.append(
                PickItem(PRESENT, "“经营主体”页上现在筛出的", f"{rows.count(present):,} 户")
            )
        for setting in rows.find(Query(Setting, (Where("name", "like", _VIEW),))):
            if (setting.name or "").startswith(_VIEW):
                name = (setting.name or "").removeprefix(_VIEW)
                found.append(PickItem(f"view:{setting.id}", f"视图“{name}”", "存下的条件"))
        for code, count in rows.values(Query(Enterprise), "township"):
            if code:
                found.append(PickItem(f"town:{code}", name_of(code), f"{count:,} 户"))
        for tag, count in rows.values(Query(Tagging), "tag"):
            if tag:
                found.append(PickItem(f"tag:{tag}", f"标签“{tag}”", f"{count:,} 户"))
    return found


def resolve(ledger: Ledger, window: MainWindow, choice: str) -> list[str]:
    """Give the ids of the firms of a choice, by township, village and name."""
    kind, _, value = choice.partition(":")
    query: Query[Any] = Query(Enterprise, sort=_ORDER)
    tagged: set[str] | None = None
    with ledger.read() as rows:
        if kind == PRESENT:
            present = _present(window)
            if present is None:
                return []
            query = present
        elif kind == "town":
            query = Query(Enterprise, (Where("township", "=", value),), sort=_ORDER)
        elif kind == "view":
            held = rows.get(Setting, value)
            query = Query(Enterprise, _wheres(held), sort=_ORDER)
        elif kind == "tag":
            found = rows.find(Query(Tagging, (Where("tag", "=", value),)))
            tagged = {each.enterprise for each in found if each.enterprise}
        ids: Sequence[str] = rows.ids(query)
    return [each for each in ids if tagged is None or each in tagged]


def _wheres(held: Setting | None) -> tuple[Where, ...]:
    try:
        data = json.loads(held.value or "{}") if held is not None else {}
    except ValueError:
        return ()
    return wheres_of_json(Enterprise, data.get("wheres") if isinstance(data, dict) else None)[0]


def _present(window: MainWindow) -> Query[Any] | None:
    """What the page of firms shows now, where it was opened and shows less than everything."""
    page: Any = window.opened("enterprises")
    ask = getattr(page, "shown_query", None)
    query: Query[Any] | None = ask() if ask is not None else None
    narrowed = query is not None and (query.where or query.text.strip())
    return query if narrowed and query is not None and not query.removed else None
