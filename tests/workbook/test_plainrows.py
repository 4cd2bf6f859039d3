"""Rows told by the column are those that are told one by one."""

from __future__ import annotations

from random import Random

import pytest

from ledger_desk.workbook import layout, plainrows
from ledger_desk.workbook.book import CHUNK, RowStore, Sheet, StoredRows
from ledger_desk.workbook.packing import pack_rows

HEAD = ["企业名称", "统一社会信用代码", "注册资本", "备注"]


def stored(rows: list[list[object]], width: int) -> StoredRows:
    store = RowStore()
    places = [
        store.put(pack_rows(rows[start : start + CHUNK])) for start in range(0, len(rows), CHUNK)
    ]
    return StoredRows(store, places, len(rows), width)


@pytest.mark.parametrize("seed", range(8))
def test_the_layout_of_kept_rows_is_that_of_plain_ones(seed: int) -> None:
    chance = Random(seed)
    rows: list[list[object]] = [["新县企业名录", None, None, None], list(HEAD)]
    for number in range(2 * CHUNK + 40):
        odd = chance.random() < 0.004 * seed
        row: list[object] = [f"新县第{number}茶油有限公司", f"91{number:016}", number / 4, "甲"]
        if odd:
            row = chance.choice([
                ["合计", None, 12.5, None], ["小计", "3户", 4, "乙"], [None] * 4, list(HEAD),
                ["新县设计有限公司", "9", 1, "丙"], ["（二）商贸", None, None, None], ["企业服务部", "8", 2, None],
                ["填表人：程", "审核人：吕", 1, "x"], [f"新县{number}厂", None, 3, "丁"], [7, 8, 9, 10],
            ])  # fmt: skip
        rows.append(row)
    plain = layout.find(Sheet("表", rows, 4))  # type: ignore[arg-type]
    kept = layout.find(Sheet("表", stored(rows, 4), 4))
    assert kept == plain
    assert len(kept.data_rows) > CHUNK


def test_a_row_that_may_be_a_total_is_never_certain() -> None:
    rows: list[list[object]] = [[f"甲{n}", n, "乙"] for n in range(30)]
    rows[10], rows[20] = ["合计", 12, "乙"], ["甲", None, "乙"]
    found = plainrows.find(stored(rows, 3), 1, {"企业"}, {"企"})
    assert not any(found)  # not every row begins with a filled cell in all three
    rows[20] = ["甲", 3, "乙"]
    found = plainrows.find(stored(rows, 3), 1, {"企业"}, {"企"})
    assert [n for n in range(1, 31) if not found[n]] == [11]
    assert found[31] == 0
    assert not any(plainrows.find(stored(rows, 3), 3, set(), set()))  # none has more than three
