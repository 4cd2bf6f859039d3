"""What the gallery shows of filling: the first page, the match of a made-up table, its gaps."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ledger_desk.model.records import Enterprise
from ledger_desk.store.queries import Query
from ledger_desk.workbook.lists import ListColumn, write_list

_HEADS = ("序号", "企业全称", "信用代码", "法人", "法人手机", "所在乡镇", "目前贷款余额(万元)", "贷款行", "担保情况",
          "参保人数", "签字")  # fmt: skip


def _choose(page: Any) -> None:
    page.open_filling()


def _match(page: Any) -> None:
    """Fill a table of firms of the ledger, written beside nothing that matters."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-desk-sample-"))
    path = folder / "重点企业融资情况统计表.xlsx"
    firms = page.ledger.find(Query(Enterprise), 9)
    rows = [[n, firm.name, firm.code, *[None] * 8] for n, firm in enumerate(firms, 1)]
    write_list(path, "统计表", [ListColumn(head) for head in _HEADS], rows)
    page.open_filling(path)


def _gaps(page: Any) -> None:
    page.filling().go_on()


SCENES: tuple[tuple[str, Callable[[Any], object]], ...] = (
    ("choose", _choose), ("match", _match), ("gaps", _gaps),
)  # fmt: skip
