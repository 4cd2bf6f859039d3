"""Who may say what when; what a review freezes; batches, undo, the signing sheet, department checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange import pasting
from ledger_desk.exchange.importing import apply, dry_run, prepare
from ledger_desk.exchange.pasting import Layout
from ledger_desk.model import review
from ledger_desk.model.records import Application, Check, Loan, Review, Visit
from ledger_desk.reports.signing.sheet import draw_sheet
from ledger_desk.store.queries import Query
from ledger_desk.work import applying, bulk, checking, parameters, reviewing, signing
from ledger_desk.work.numbering import next_numbers
from ledger_desk.workbook.lists import ListColumn, write_list
from tests.store.conftest import snapshot
from tests.work.review_places import County, county_at

TODAY = date.today()


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    with county_at(tmp_path / "甲.账套") as made:
        yield made


def listed(county: County, firms: int = 4) -> list[str]:
    made = applying.register(county.ledger, [county.entry(n) for n in range(firms)], enter=True)
    assert not made.refused
    return list(made.done)


def why(outcome) -> str:
    (refused,) = outcome.refused
    return refused.why


def test_numbers_go_on_after_the_largest_even_of_removed_ones(county):
    first, second = applying.register(county.ledger, [county.entry(0), county.entry(1)]).done
    assert [county.one(each).no for each in (first, second)] == [
        f"申报{TODAY.year}-0001",
        f"申报{TODAY.year}-0002",
    ]
    with county.ledger.step("删") as step:
        step.remove(Application, second)
    with county.ledger.read() as rows:
        assert next_numbers(rows, Application, "申报", TODAY, 2) == [
            f"申报{TODAY.year}-0003",
            f"申报{TODAY.year}-0004",
        ]
        assert next_numbers(rows, Application, "申报", date(2031, 1, 1), 1) == ["申报2031-0001"]
    with county.ledger.step("改号") as step:
        step.change(Application, first, {"no": f"申报{TODAY.year}-9999"})
    with county.ledger.read() as rows:
        assert next_numbers(rows, Application, "申报", TODAY, 1) == [f"申报{TODAY.year}-10000"]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"amount": None}, "融资需求金额"), ({"purpose": None}, "用途"), ({"bank1": None}, "意向银行"),
        ({"lawful": "不符合"}, "合规持续经营"), ({"proper": "待核"}, "待核"), ({"settled": None}, "固定经营场所"),
    ],
)  # fmt: skip
def test_the_list_takes_only_what_is_complete_and_meets_all_five(county, lacking, said):
    outcome = applying.register(county.ledger, [county.entry(0, **lacking)], enter=True)
    assert said in why(outcome)
    assert county.states(outcome.done) == [review.REGISTERED]


def test_the_same_bank_twice_and_a_third_bank_are_refused(county):
    bank, other, third = county.banks
    outcome = applying.register(county.ledger, [county.entry(0, bank2=bank)], enter=True)
    assert "同一家" in why(outcome)
    assert not applying.register(county.ledger, [county.entry(1, bank2=other)], enter=True).refused
    outcome = applying.register(county.ledger, [county.entry(1, bank1=third)], enter=True)
    assert "3 家" in why(outcome)
    both = applying.register(
        county.ledger, [county.entry(2, bank2=other), county.entry(2, bank1=third)], enter=True
    )
    assert len(both.done) == 2
    assert len(both.refused) == 1


def test_registering_and_entering_is_one_step_and_one_undo(county):
    before = snapshot(county.ledger)
    listed(county)
    county.ledger.undo()
    assert snapshot(county.ledger) == before


def test_undo_of_a_batch_restores_equal_rows(county):
    ids = listed(county)
    reviewing.approve(county.ledger, ids[1:2], "同意。")
    before = snapshot(county.ledger)
    outcome = reviewing.approve(county.ledger, ids, "同意。", level=review.BY_FIRST)
    assert len(outcome.done) == 3
    assert [each.id for each in outcome.refused] == [ids[1]]
    assert outcome.step is not None
    county.ledger.undo(outcome.step)
    assert snapshot(county.ledger) == before


def test_a_return_wants_words_and_a_resubmitted_one_begins_anew(county):
    (one, *_) = listed(county)
    reviewing.approve(county.ledger, [one])
    assert "要写意见" in why(reviewing.send_back(county.ledger, [one], "  "))
    assert reviewing.send_back(county.ledger, [one], "用途不具体").done
    assert "改好" in why(reviewing.approve(county.ledger, [one]))
    assert applying.resubmit(county.ledger, [one]).done
    assert county.states([one]) == [review.FIRST]
    assert [(each.level, each.verdict) for each in county.said(one)] == [
        ("专班初审", "通过"),
        ("专班银行审核", "退回"),
    ]


def test_whoever_entered_it_does_not_sign_where_that_is_switched_on(county):
    (one, *_) = listed(county)
    for _ in range(3):
        assert reviewing.approve(county.ledger, [one]).done
    parameters.put(county.ledger, "review.separation", True, TODAY)
    assert "本人" in why(reviewing.approve(county.ledger, [one]))
    assert reviewing.send_back(county.ledger, [one], "可以退回").done
    applying.resubmit(county.ledger, [one])
    for _ in range(3):
        reviewing.approve(county.ledger, [one])
    county.ledger.work_as(county.leader)
    assert reviewing.approve(county.ledger, [one]).done


def test_a_banker_of_an_intended_bank_is_not_alone_where_that_is_switched_off(county):
    own, other = applying.register(
        county.ledger, [county.entry(0), county.entry(1, bank1=county.banks[2])], enter=True
    ).done
    reviewing.approve(county.ledger, [own, other])
    county.ledger.work_as(county.banker)
    parameters.put(county.ledger, "review.banker_alone", False, TODAY)
    outcome = reviewing.approve(county.ledger, [own, other], level=review.BY_BANK)
    assert outcome.done == [other]
    assert "客户经理乙" in why(outcome)
    assert county.said(other)[-1].bank == county.banks[0]


def test_a_day_before_the_last_review_and_one_to_come_are_refused(county):
    (one, *_) = listed(county)
    assert reviewing.approve(county.ledger, [one], day=TODAY - timedelta(3)).done
    assert str(TODAY - timedelta(3)) in why(
        reviewing.approve(county.ledger, [one], day=TODAY - timedelta(4))
    )
    with pytest.raises(UserError, match="还没有到"):
        reviewing.approve(county.ledger, [one], day=TODAY + timedelta(1))
    assert reviewing.approve(county.ledger, [one], day=TODAY - timedelta(3)).done


@pytest.mark.parametrize("level", ["乡镇", "township", "bank"])
def test_below_the_county_reviews_are_only_looked_at(tmp_path, level):
    with county_at(tmp_path / "乡.账套", level=level) as county:
        (one, *_) = listed(county, 1)
        assert "县级账套" in why(reviewing.approve(county.ledger, [one], "同意。"))
        with pytest.raises(UserError, match="县级账套"):
            signing.make_sheet(county.ledger, [one])


def test_nobody_at_work_cannot_review(county):
    (one, *_) = listed(county, 1)
    county.ledger.work_as(None)
    assert "选经办人" in why(reviewing.approve(county.ledger, [one], "同意。"))


def test_odd_checks_want_an_opinion_and_open_ones_hold_up_where_switched(county):
    one, two, *_ = listed(county)
    checking.ask(county.ledger, [one, two])
    checking.record(county.ledger, [one], "涉法涉诉", "有异常", remark="合同纠纷")
    outcome = reviewing.approve(county.ledger, [one, two], level=review.BY_FIRST)
    assert outcome.done == [two]
    assert "涉法涉诉" in why(outcome)
    assert reviewing.approve(county.ledger, [one], "已结案，可以通过。").done
    parameters.put(county.ledger, "review.checks_needed", False, TODAY)
    third = applying.register(county.ledger, [county.entry(4)], enter=True).done[0]
    assert "9 项没有反馈" in why(reviewing.approve(county.ledger, [third]))
    for item in review.words.CHECK_ITEMS:
        checking.record(county.ledger, [third], item, "无异常")
    assert reviewing.approve(county.ledger, [third]).done


def test_an_ask_list_goes_out_and_comes_back(county, tmp_path):
    ids = listed(county)
    checking.ask(county.ledger, ids)
    path = tmp_path / "请法院核查.xlsx"
    assert checking.write_ask_list(county.ledger, path, "法院") == 4
    with pytest.raises(UserError, match="没有要请"):
        checking.write_ask_list(county.ledger, path, "海关")
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.active
    assert sheet["E2"].value == "涉法涉诉"
    sheet["F2"], sheet["H2"] = "有异常", "2023 年合同纠纷"
    sheet["F3"] = "无异常"
    book.save(path)
    ready = prepare(path, county.ledger)
    assert ready.cls is Check
    result = dry_run(county.ledger, ready)
    assert not result.problems, result.problems[:3]
    assert [row.fate for row in result.rows] == ["changed", "changed", "same", "same"]
    apply(county.ledger, ready, result)
    with county.ledger.read() as rows:
        assert rows.beside(Application, ids[:1])[ids[0]]["found_odd"] == 1
    assert checking.departments(county.ledger)["法院"] == 2


def test_many_lenders_are_warned_of_with_the_intended_banks(county):
    one, two, *_ = listed(county)
    with county.ledger.step("贷款") as step:
        firm = county.one(one).enterprise
        step.create_many(
            Loan, [{"enterprise": firm, "bank": bank, "amount": 1} for bank in county.banks[1:]]
        )
    with county.ledger.read() as rows:
        assert {
            key: each.kind for key, each in reviewing.warn_of_lenders(rows, [one, two]).items()
        } == {one: "explain"}


def test_the_office_says_how_many_lenders_are_too_many(county):
    one, *_ = listed(county)
    with county.ledger.read() as rows:
        assert reviewing.warn_of_lenders(rows, [one]) == {}
    parameters.put(county.ledger, "lenders.enterprise", 0, date(2020, 1, 1))
    parameters.put(county.ledger, "lenders.person", 0, date(2020, 1, 1))
    with county.ledger.read() as rows:
        (warned,) = reviewing.warn_of_lenders(rows, [one]).values()
    assert warned.kind == "must"
    assert "超过 0 家" in warned.sentence


def test_what_was_signed_is_frozen_and_a_later_change_is_shown(county):
    one, two, three, four = listed(county)
    for _ in range(3):
        assert len(reviewing.approve(county.ledger, [one, two, three, four], "同意。").done) == 4
    with county.ledger.step("改") as step:
        step.change(Application, four, {"amount": 70_000_000})
    made = signing.make_sheet(county.ledger, [one, two, three, four])
    assert made.sheet == f"签字{TODAY.year}-0001"
    assert list(made.done) == [one, two, three]
    assert "融资需求金额" in why(made)
    assert "签字页" in signing.make_sheet(county.ledger, [one]).refused[0].why
    _, many, pages, missing = draw_sheet(county.ledger, made.sheet)
    assert (many, pages, missing) == (3, 1, "")
    sheet = signing.read_sheet(county.ledger, made.sheet)
    assert sheet.head == county.ledger.infos([made.step])[0].hash
    with county.ledger.step("又改") as step:
        step.change(Application, two, {"months": 36})
        step.change(Application, three, {"note": "备注不算内容"})
    with county.ledger.read() as rows:
        assert reviewing.altered(rows, [one, two, three]) == {two: ("期限(月)",)}
    assert [row.values["months"] for row in signing.read_sheet(county.ledger, made.sheet).rows] == [
        "12",
        "12",
        "12",
    ]
    outcome = reviewing.approve(county.ledger, [one, two, three], level=review.BY_CONVENER)
    assert list(outcome.done) == [one, three]
    assert made.sheet in why(outcome)
    assert county.said(one)[-1].sheet == made.sheet
    assert county.one(one).batch == sheet.batch == f"推荐{TODAY.year}-0001"


def test_the_same_sheet_gives_the_same_bytes_and_an_undone_one_is_gone(county):
    (one, *_) = listed(county, 1)
    for _ in range(3):
        reviewing.approve(county.ledger, [one])
    made = signing.make_sheet(county.ledger, [one])
    first = draw_sheet(county.ledger, made.sheet)[0]
    with county.ledger.step("别的事") as step:
        step.change(Application, one, {"note": "别的"})
    assert draw_sheet(county.ledger, made.sheet)[0] == first
    county.ledger.undo()
    county.ledger.undo()
    with pytest.raises(UserError, match="没有签字页"):
        draw_sheet(county.ledger, made.sheet)


def test_a_visit_becomes_an_application_once(county):
    with county.ledger.step("走访") as step:
        visit, idle = step.create_many(Visit, [
            {**county.entry(3), "day": TODAY, "has_need": True, "lawful_why": "执照齐全"},
            {"enterprise": county.firms[4], "day": TODAY, "has_need": False},
        ])  # fmt: skip
    outcome = applying.register_visits(county.ledger, [visit, idle], enter=True)
    (made,) = outcome.done
    one = county.one(made)
    assert (one.visit, one.source, one.lawful_why, one.state) == (
        visit,
        "走访",
        "执照齐全",
        review.FIRST,
    )
    assert "没有融资需求" in why(outcome)
    assert one.no in why(applying.register_visits(county.ledger, [visit]))


def test_an_application_below_the_pen_is_not_amended(county):
    (one, *_) = listed(county)
    with pytest.raises(UserError, match="先退回"):
        applying.amend(county.ledger, one, {"amount": 1})
    reviewing.send_back(county.ledger, [one], "金额不对")
    outcome = applying.amend(
        county.ledger, one, {"amount": 10_000_000, "state": review.RECOMMENDED}, submit=True
    )
    assert not outcome.refused
    assert (county.one(one).amount, county.one(one).state) == (10_000_000, review.FIRST)


def test_neither_cells_nor_many_at_once_nor_tables_write_a_state(county, tmp_path):
    (one, *_) = listed(county)
    plan = pasting.plan(
        county.ledger, Layout(Application, ("state", "months"), 0, (one,)), [["已推荐", "24"]]
    )
    assert plan.fates[0][0] == pasting.LOCKED
    assert plan.changes == {one: {"months": 24}}
    outcome = bulk.change(county.ledger, Application, [one], "state", "已推荐")
    assert not outcome.done
    path = tmp_path / "申报.xlsx"
    columns = [ListColumn("申报编号"), ListColumn("状态"), ListColumn("期限(月)")]
    write_list(path, "融资申报", columns, [[county.one(one).no, "已推荐", "36"]])
    ready = prepare(path, county.ledger, kind="application")
    result = dry_run(county.ledger, ready)
    assert [row.fate for row in result.rows] == ["changed"], result
    apply(county.ledger, ready, result)
    assert (county.one(one).state, county.one(one).months) == (review.FIRST, 36)
    write_list(path, "审核意见", [ListColumn("融资申报"), ListColumn("审核环节"), ListColumn("审核结论"), ListColumn("审核日期")],
               [[county.one(one).no, "专班初审", "通过", "2024-11-20"]])  # fmt: skip
    with pytest.raises(UserError):
        dry_run(county.ledger, prepare(path, county.ledger, kind="review"))
    assert county.ledger.count(Query(Review)) == 0
