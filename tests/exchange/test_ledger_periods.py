from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.exchange.ledger_periods import earlier_grant, older_day, own_note, period_in
from ledger_desk.model.periods import Period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026年3月工作台账", ("2026-03-01", "2026-03-31")),
        ("期别：2026年3月1日至3月15日", ("2026-03-01", "2026-03-15")),
        ("2026年1-3月", ("2026-01-01", "2026-03-31")),
        ("2026年第二季度", ("2026-04-01", "2026-06-30")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("报出日期：2026-04-08", None),
        ("2026年13月", None),
        ("普惠小微企业首贷培植行动工作台帐", None),
    ],
)
def test_the_period_of_a_table(text, period):
    found = period_in([text])
    assert found == (Period(*map(date.fromisoformat, period)) if period else None)


def test_the_older_day_in_a_remark():
    assert older_day("12月30日对接", date(2026, 1, 31)) == date(2025, 12, 30)
    assert older_day("1月5日对接", date(2026, 1, 31)) == date(2026, 1, 5)
    assert older_day("2月30日对接", date(2026, 3, 31)) is None
    assert older_day("下月再谈", date(2026, 3, 31)) is None
    assert own_note("3月5日对接") is None
    assert own_note("3月5日对接；已签约") == "已签约"
    assert own_note("已签约；3月5日对接，等放款") == "已签约；等放款"
    assert own_note("2025年12月30日对接；1月3日授信50.00万元；已签约") == "已签约"
    assert earlier_grant("1月3日授信50.5万元", date(2026, 1, 31)) == (date(2026, 1, 3), 50_500_000)
    assert earlier_grant("1月3日对接", date(2026, 1, 31)) is None
