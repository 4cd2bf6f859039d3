from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.model.lending import LoanCheck, LoanFact, MostLenders, first_loan, lenders
from ledger_desk.model.parameters import Holding, write

OLD = LoanFact("a", "甲银行", signed_on=date(2020, 3, 1), due_on=date(2021, 3, 1))
NEW = LoanFact(
    "b", "乙银行", followed=True, signed_on=date(2025, 5, 1), drawn_on=date(2025, 5, 6), drawn=100
)


@pytest.mark.parametrize(
    ("loans", "checks", "state", "word"),
    [
        ([], [], "未核", "没有做过征信核验"),
        ([], [LoanCheck("未核", date(2025, 1, 1))], "未核", "没有做过征信核验"),
        ([], [LoanCheck("无贷", date(2025, 1, 1))], "无贷户", "2025-01-01"),
        ([], [LoanCheck("无贷", date(2025, 1, 1)), LoanCheck("有贷", date(2025, 2, 1))], "有贷户", "2025-02-01"),
        ([OLD], [LoanCheck("无贷", date(2025, 1, 1))], "有贷户", "甲银行"),
        # A contract of ours under which nothing was paid out is no loan yet.
        ([LoanFact("b", followed=True, signed_on=date(2025, 5, 1))], [], "未核", "没有贷款记录"),
        ([NEW], [LoanCheck("无贷", date(2025, 5, 6))], "首贷户", "2025-05-06"),
        ([NEW], [LoanCheck("无贷", date(2025, 5, 7))], "未核", "定不了"),
        ([NEW], [LoanCheck("无贷")], "未核", "定不了"),
        ([NEW], [], "未核", "定不了"),
        ([NEW], [LoanCheck("有贷")], "有贷户", "征信核验为有贷"),
        ([NEW], [LoanCheck("有贷", date(2025, 6, 1)), LoanCheck("无贷", date(2025, 4, 1))], "首贷户", "2025-04-01"),
        # 2020-03-01 to 2021-03-01 reaches into the five years before 2025-05-06.
        ([NEW, OLD], [LoanCheck("无贷", date(2025, 4, 1))], "有贷户", "甲银行 2020-03-01"),
    ],
)  # fmt: skip
def test_first_loan_standing_follows_from_loans_and_checks(loans, checks, state, word):
    found = first_loan(loans, checks)
    assert (found.value, word in found.reason) == (state, True), found


def test_a_loan_that_ended_before_the_look_back_does_not_count():
    old = LoanFact("a", signed_on=date(2018, 1, 1), due_on=date(2019, 1, 1))
    check = [LoanCheck("无贷", date(2025, 4, 1))]
    assert first_loan([NEW, old], check).value == "首贷户"
    ten = write([Holding(date(2020, 1, 1), "10"), Holding(date(2025, 5, 7), "5")])
    told = first_loan([NEW, old], check, lookback=ten)  # as it holds on the day of the drawdown
    assert (told.value, "此前 10 年内" in told.reason) == ("有贷户", True)
    leap = LoanFact("b", followed=True, drawn_on=date(2024, 2, 29), drawn=1)
    assert first_loan([leap, old], [LoanCheck("无贷", date(2024, 2, 1))]).value == "首贷户"


def test_what_somebody_set_by_hand_holds_and_is_explained():
    found = first_loan([OLD], [], own="首贷户", note="人行核过")
    assert found.value == "首贷户"
    assert "人行核过" in found.reason
    assert lenders([OLD], "企业", own=5, note="来函为证").count == 5


def test_only_banks_that_are_still_owed_money_lend():
    loans = [
        OLD,
        LoanFact("c", "丙银行", signed_on=date(2024, 1, 1), settled=True),
        LoanFact("d", "丁银行", signed_on=date(2024, 1, 1), balance=0),
        LoanFact("e", "戊银行", drawn_on=date(2024, 1, 1), drawn=100, repaid=100),
        LoanFact("f", "己银行", drawn_on=date(2024, 1, 1), drawn=100, repaid=99),
        LoanFact("f", "己银行", signed_on=date(2024, 1, 1), balance=5),
        LoanFact("g", "庚银行", followed=True, signed_on=date(2024, 1, 1)),
    ]
    found = lenders(loans, "企业")
    assert (found.count, found.warning) == (2, "")
    assert "己银行、甲银行" in found.reason


@pytest.mark.parametrize(
    ("kind", "banks", "warning"),
    [("企业", 2, ""), ("企业", 3, "explain"), ("企业", 4, "must"),
     ("个体工商户", 1, ""), ("个体工商户", 2, "explain"), ("个体工商户", 3, "must")],
)  # fmt: skip
def test_many_lenders_warn_by_the_kind_of_firm(kind, banks, warning):
    loans = [LoanFact(str(n), f"{n}号银行", signed_on=date(2024, 1, 1)) for n in range(banks)]
    assert lenders(loans, kind).warning == warning


def test_intended_banks_count_once():
    loans = [LoanFact(str(n), signed_on=date(2024, 1, 1)) for n in range(2)]
    assert lenders(loans, "企业", intended=("1", "9")).count == 3


def test_an_owner_is_warned_of_as_a_sole_trader_is():
    assert MostLenders().of("小微企业主") == MostLenders().of("个体工商户") == 2
    assert MostLenders().of("企业") == 3
