"""Tables that say less than they seem to: hidden names, broken characters, headers that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.exchange.making import text


def _names(ledger: Ledger) -> list[str | None]:
    return sorted(f.name or "" for f in ledger.find(Query(Enterprise)))  # type: ignore[return-value]


def test_names_behind_stars_are_no_names_and_are_not_repeats_of_each_other(
    ledger: Ledger, tmp_path: Path
) -> None:
    rows = [
        ["企业名称", "法定代表人"],
        ["***商贸有限公司", "程甲"],
        ["***商贸有限公司", "吕乙"],
        ["新县甲茶业有限公司", "付丙"],
    ]
    result = apply(ledger, prepare(text(tmp_path / "遮.csv", rows), ledger))
    assert (result.new, result.counts["wrong"], result.counts["left_out"]) == (1, 2, 0)
    assert all("遮住" in row.reason for row in result.fates("wrong"))
    assert _names(ledger) == ["新县甲茶业有限公司"]


def test_a_name_behind_stars_does_not_replace_the_name_that_is_known(
    ledger: Ledger, tmp_path: Path
) -> None:
    plain = [
        ["企业名称", "注册号", "法定代表人"],
        ["新县甲茶业有限公司", "411523000000017", "程甲"],
    ]
    apply(ledger, prepare(text(tmp_path / "一.csv", plain), ledger))
    hidden = [["企业名称", "注册号", "法定代表人"], ["新县**有限公司", "411523000000017", "吕乙"]]
    result = apply(ledger, prepare(text(tmp_path / "二.csv", hidden), ledger))
    assert (result.counts["changed"], result.counts["wrong"]) == (1, 0)
    firm = ledger.find(Query(Enterprise))[0]
    assert (firm.name, firm.person) == ("新县甲茶业有限公司", "吕乙")


def test_names_with_characters_that_were_lost_are_wrong(ledger: Ledger, tmp_path: Path) -> None:
    rows = [
        ["企业名称", "法定代表人"],
        ["\ufffd\ufffd茶业有限公司", "程甲"],
        ["新县𫍽䶮茶业有限公司", "吕乙"],
    ]
    result = apply(ledger, prepare(text(tmp_path / "乱.csv", rows), ledger))
    assert (result.new, result.counts["wrong"]) == (1, 1)
    assert "乱码" in result.fates("wrong")[0].reason
    assert _names(ledger) == ["新县𫍽䶮茶业有限公司"]


@pytest.mark.parametrize("header", [(5, 5), (3, 99_999_999)])
def test_a_header_below_the_last_row_is_refused(
    ledger: Ledger, tmp_path: Path, header: tuple[int, int]
) -> None:
    rows = [["企业名称", "法定代表人"], *[[f"新县{n}茶业有限公司", "程甲"] for n in "甲乙丙"]]
    with pytest.raises(UserError, match="只到第 4 行"):
        prepare(text(tmp_path / "表.csv", rows), ledger, header=header)
