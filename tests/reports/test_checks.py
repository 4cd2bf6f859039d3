"""The checks speak in three grades, naming firm, field and numbers (`domain.md` §3.1)."""

from __future__ import annotations

import pytest

from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.periods import Period, month
from ledger_desk.reports.build import build
from ledger_desk.reports.checks import Checks, check
from ledger_desk.reports.findings import Finding
from ledger_desk.reports.rules import RULES
from ledger_desk.store.ledger import Ledger

from .conftest import WAN, Book, day, writing

OCTOBER = month(2024, 10)


def checked(ledger: Ledger, forms: Forms, period: Period = OCTOBER) -> Checks:
    return check(ledger, build(ledger, forms.get("first_loan_ledger"), period))


def only(ledger: Ledger, forms: Forms, period: Period = OCTOBER) -> Finding:
    (finding,) = checked(ledger, forms, period).findings
    return finding


def one_matching(book: Book, **more: object) -> tuple[str, str]:
    firm = book.firm("红城印象文旅")
    book.listed(firm)
    return firm, book.matching(firm, "建行新县支行", day(10, 16), **more)  # type: ignore[arg-type]


def test_a_sound_row_has_no_findings(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        firm, matching = one_matching(book)
        book.credit(matching, day(10, 20), 200 * WAN, "抵押")
        book.drawdown(book.loan(firm, "建行新县支行", matching), day(10, 21), 200 * WAN)
    found = checked(ledger, forms)
    assert found.findings == ()
    assert found.clean
    assert found.counts == {"must": 0, "explain": 0, "hint": 0}


def test_granted_without_security_must_be_mended(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        firm, matching = one_matching(book)
        credit = book.credit(matching, day(10, 20), 200 * WAN, None)
    finding = only(ledger, forms)
    assert (finding.grade, finding.grade_label, finding.rule) == (
        "must",
        "必改",
        "granted_without_security",
    )
    assert finding.title == "第 1 行 担保情况没有填"
    assert finding.sentence == "红城印象文旅：是否授信为“是”，授信 200.00 万元，担保情况为空。"
    assert finding.remedy.endswith("。")
    assert (finding.cell, finding.row, finding.column) == ("G4", 4, 7)
    assert [ref.record for ref in finding.records] == [credit, matching]
    assert finding.enterprise is not None
    assert finding.enterprise.record == firm


@pytest.mark.parametrize("amount", [None, 0])
def test_granted_without_an_amount_must_be_mended(
    ledger: Ledger, forms: Forms, amount: int | None
) -> None:
    with writing(ledger) as book:
        book.credit(one_matching(book)[1], day(10, 20), amount)
    finding = only(ledger, forms)
    assert (finding.grade, finding.rule, finding.cell) == ("must", "granted_without_amount", "F4")
    assert "红城印象文旅：是否授信为“是”，授信金额" in finding.sentence


def test_refused_without_a_problem_must_be_mended(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        book.refusal(one_matching(book)[1], day(10, 20), None)
    finding = only(ledger, forms)
    assert (finding.grade, finding.rule, finding.cell) == ("must", "refused_without_problem", "H4")
    assert finding.sentence == "红城印象文旅：是否授信为“否”，存在的主要问题为空。"


def test_refused_with_an_amount_must_be_mended_and_shows_it(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        book.refusal(one_matching(book)[1], day(10, 20), "缺抵押", amount=50 * WAN)
    finding = only(ledger, forms)
    assert (finding.grade, finding.rule, finding.cell) == ("must", "refused_with_amount", "F4")
    assert "50.00 万元" in finding.sentence


@pytest.mark.parametrize(("refused", "word"), [(True, "为“否”"), (False, "还没有填")])
def test_a_drawdown_without_credit_must_be_mended(
    ledger: Ledger, forms: Forms, refused: bool, word: str
) -> None:
    with writing(ledger) as book:
        firm, matching = one_matching(book)
        if refused:
            book.refusal(matching, day(10, 20))
        book.drawdown(book.loan(firm, "建行新县支行", matching), day(10, 21), 5 * WAN)
    finding = checked(ledger, forms).of("must")[0]
    assert (finding.rule, finding.cell) == ("drawn_without_credit", "I4")
    assert finding.sentence == f"红城印象文旅：是否授信{word}，累计放款却有 5.00 万元。"


def test_a_drawdown_above_the_credit_is_to_be_explained_over_the_whole_matching(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        firm, matching = one_matching(book)
        book.credit(matching, day(10, 20), 260 * WAN, "质押")
        loan = book.loan(firm, "建行新县支行", matching)
        book.drawdown(loan, day(10, 21), 200 * WAN)
        book.drawdown(loan, day(11, 5), 100 * WAN)
    assert checked(ledger, forms).findings == ()
    (finding,) = checked(ledger, forms, month(2024, 11)).of("explain")
    assert (finding.rule, finding.cell) == ("drawn_above_credit", "I4")
    assert finding.sentence == (
        "红城印象文旅：累计放款 300.00 万元（其中以前各期 200.00），授信金额 260.00 万元，多 40.00 万元。"
    )
    assert "循环额度" in finding.remedy


def test_a_drawdown_of_the_whole_credit_is_fine(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        firm, matching = one_matching(book)
        book.credit(matching, day(10, 20), 260 * WAN)
        book.drawdown(book.loan(firm, "建行新县支行", matching), day(10, 21), 260 * WAN)
    assert checked(ledger, forms).findings == ()


def test_undecided_is_to_be_explained_with_the_days_waited(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        one_matching(book)
    finding = only(ledger, forms)
    assert (finding.grade, finding.rule, finding.cell) == ("explain", "undecided", "E4")
    assert "到 2024年10月31日已 15 天" in finding.sentence
    assert "不当作“否”" in finding.sentence


def test_a_contact_without_a_day_and_one_after_the_period_are_told(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        for number, on in enumerate((None, day(11, 3))):
            firm = book.firm(f"厂{number}")
            book.listed(firm)
            book.credit(book.matching(firm, "农商行", on), day(10, 20), WAN)
    found = {f.rule: f for f in checked(ledger, forms).findings}
    assert set(found) == {"day_missing", "day_outside"}
    assert found["day_missing"].grade == "must"
    assert (
        "厂1：对接时间 2024年11月3日晚于本期最后一日 2024年10月31日"
        in found["day_outside"].sentence
    )


def test_an_older_contact_is_explained_by_the_note_and_not_told(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        book.listed(firm)
        book.credit(book.matching(firm, "农商行", day(9, 3)), day(10, 20), WAN)
    assert checked(ledger, forms).findings == ()


def test_a_drawdown_before_the_contact_is_to_be_explained(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        firm, matching = one_matching(book)
        book.credit(matching, day(10, 20), 260 * WAN)
        book.drawdown(book.loan(firm, "建行新县支行", matching), day(10, 2), 26 * WAN)
    finding = only(ledger, forms)
    assert (finding.rule, finding.grade) == ("drawn_before_contact", "explain")
    assert "2024年10月2日放款 26.00 万元，早于 2024年10月16日的对接" in finding.sentence


def test_hints_tell_of_a_kept_problem_and_of_firms_off_the_list_once(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        firm = book.firm("甲厂")
        book.listed(firm, left_on=day(10, 1))
        for bank in ("农商行", "中行"):
            book.credit(book.matching(firm, bank, day(10, 8)), day(10, 9), WAN, problem="缺抵押")
    found = checked(ledger, forms).of("hint")
    assert sorted(f.rule for f in found) == [
        "granted_with_problem",
        "granted_with_problem",
        "not_listed",
    ]


def test_a_fall_of_more_than_three_tenths_is_told_with_both_numbers(
    ledger: Ledger, forms: Forms
) -> None:
    with writing(ledger) as book:
        for number in range(22):
            firm = book.firm(f"厂{number}")
            book.listed(firm)
            on = day(9, 5) if number < 13 else day(10, 5)
            book.credit(book.matching(firm, "农商行", on), on, WAN)
    finding = only(ledger, forms)
    assert (finding.grade, finding.rule) == ("hint", "fewer_granted")
    assert finding.title == "授信户数比上期少 4 户"
    assert "2024年10月 9 户，2024年9月 13 户，少 4 户（31%）" in finding.sentence
    with writing(ledger) as book:
        firm = book.firm("再一厂")
        book.listed(firm)
        book.credit(book.matching(firm, "农商行", day(10, 6)), day(10, 6), WAN)
    assert checked(ledger, forms).findings == ()


def test_an_empty_period_is_told_as_a_nil_report(ledger: Ledger, forms: Forms) -> None:
    finding = only(ledger, forms)
    assert (finding.grade, finding.rule) == ("hint", "empty_period")
    assert "零报告" in finding.sentence


def test_findings_come_by_grade_then_by_place(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        for number in range(3):
            firm = book.firm(f"厂{number}")
            book.credit(book.matching(firm, "农商行", day(10, 3 + number)), day(10, 9), None, None)
        book.matching(book.firm("厂9"), "农商行", day(10, 1))
    found = checked(ledger, forms)
    order = [(f.grade, f.row, f.column) for f in found.findings]
    assert order == sorted(
        order, key=lambda item: (["must", "explain", "hint"].index(item[0]), item[1:])
    )
    assert found.counts == {"must": 6, "explain": 1, "hint": 4}
    assert len({f.key for f in found.findings}) == 11


def test_every_rule_says_what_it_is_and_is_used_by_a_form(forms: Forms) -> None:
    used = {name for form in forms.forms.values() for name in form.shape.checks}
    assert used == set(RULES)
    for rule in RULES.values():
        assert rule.label
        assert rule.clause
