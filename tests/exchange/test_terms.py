"""Entries of the office's own: steps, lists from and to spreadsheets, places of its own in imports."""

from __future__ import annotations

from collections.abc import Iterator

import openpyxl
import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange import term_lists, terms
from ledger_desk.exchange.importing import apply
from ledger_desk.exchange.preparing import prepare
from ledger_desk.model.records import Enterprise, Loan, Office, Term
from ledger_desk.model.terms import BY_KEY
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

VILLAGE, DIVISION, TAG = BY_KEY["village"], BY_KEY["division"], BY_KEY["tag"]


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    office = Office(name="甲县专班", level="县级", division="411523")
    with Ledger.create(tmp_path / "甲.账套", office=office) as made:
        yield made


def workbook(path, rows) -> None:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def test_a_list_of_villages_is_read_in_as_one_step_and_read_again_changes_nothing(
    ledger, tmp_path
) -> None:
    path = tmp_path / "村.xlsx"
    workbook(path, [
        ["行政村名单"], ["序号", "村（社区）", "所属乡镇", "村代码"],
        [1, "甲湾村村民委员会", "沙窝镇", None], [2, "乙湾村", None, "411523100999"],
        [3, "丙湾村", "没有的乡", None], [4, "甲湾村", "沙窝", None],
    ])  # fmt: skip
    made = term_lists.plan(ledger, VILLAGE, path)
    assert [(row["value"], row["parent"]) for row in made.new] == [
        ("甲湾村", "411523101"), ("乙湾村", "411523100"),
    ]  # fmt: skip
    assert made.same == 1
    assert [problem.row for problem in made.wrong] == [5]
    step = term_lists.apply(ledger, made)
    assert ledger.count(Query(Term)) == 2
    again = term_lists.plan(ledger, VILLAGE, path)
    assert not again.new
    assert not again.changed
    assert again.same == 3
    ledger.undo(step)
    assert ledger.count(Query(Term)) == 0


def test_what_was_written_out_comes_back_as_the_same(ledger, tmp_path) -> None:
    terms.add(ledger, TAG, {"value": "整村授信", "hint": "甲行", "source": "甲文 一"})
    path = tmp_path / "标签.xlsx"
    listing = terms.Listings(ledger).listing("tag")
    assert term_lists.write(listing, path) == len(listing)
    made = term_lists.plan(ledger, TAG, path)
    assert (made.new, made.changed, made.wrong) == ((), (), ())
    assert made.same == len(listing)


def test_a_corrected_list_changes_what_stands_beside_the_word(ledger, tmp_path) -> None:
    terms.add(ledger, TAG, {"value": "整村授信", "hint": "甲行"})
    path = tmp_path / "标签.csv"
    path.write_text("词条,说明\n整村授信,乙行\n", encoding="utf-8")
    made = term_lists.plan(ledger, TAG, path)
    assert [fields for _, fields in made.changed] == [{"hint": "乙行"}]
    term_lists.apply(ledger, made)
    assert ledger.find(Query(Term))[0].hint == "乙行"


def test_a_table_of_something_else_is_refused_in_words(ledger, tmp_path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("金额,日期\n1,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="没有认出词条"):
        term_lists.plan(ledger, TAG, path)


def test_renaming_takes_the_records_along_in_one_step(ledger) -> None:
    purpose = BY_KEY["loan_purpose"]
    terms.add(ledger, purpose, {"value": "春茶收购"})
    with ledger.step("登记") as step:
        firm = step.create(Enterprise(name="甲茶厂"))
        step.create_many(Loan, [{"enterprise": firm, "purpose": "春茶收购"} for _ in range(3)])
    (entry,) = terms.Listings(ledger).listing("loan_purpose").own
    with ledger.read() as rows:
        uses = terms.count_uses(rows, purpose, entry)
    assert {where: count for where, count in uses.items() if count} == {"贷款的“贷款用途”": 3}
    before = len(ledger.log())
    assert terms.change(ledger, purpose, entry, {"value": "收购春茶"}) == 3
    assert len(ledger.log()) == before + 1
    assert {loan.purpose for loan in ledger.find(Query(Loan))} == {"收购春茶"}
    ledger.undo()
    assert {loan.purpose for loan in ledger.find(Query(Loan))} == {"春茶收购"}


def test_two_entries_of_one_name_or_code_are_refused(ledger) -> None:
    terms.add(ledger, DIVISION, {"value": "甲开发区", "code": "411523580"})
    for values in ({"value": "甲开发区"}, {"value": "乙区", "code": "411523580"},
                   {"value": "乙区", "code": "411523100"}, {"value": " "}):  # fmt: skip
        with pytest.raises(UserError):
            terms.add(ledger, DIVISION, values)
    assert ledger.count(Query(Term)) == 1
    terms.add(ledger, VILLAGE, {"value": "同名村", "parent": "411523100"})
    terms.add(ledger, VILLAGE, {"value": "同名村", "parent": "411523101"})


def test_a_table_names_a_place_of_the_offices_own_by_name_or_code(ledger, tmp_path) -> None:
    terms.add(ledger, DIVISION, {"value": "甲产业集聚区", "code": "411523571"})
    path = tmp_path / "名录.csv"
    path.write_text(
        "企业名称,乡镇\n甲茶厂,甲产业集聚区\n乙茶厂,411523571\n丙茶厂,沙窝镇\n", encoding="utf-8"
    )
    apply(ledger, prepare(path, ledger))
    found = {firm.name: firm.township for firm in ledger.find(Query(Enterprise))}
    assert found == {"甲茶厂": "甲产业集聚区", "乙茶厂": "甲产业集聚区", "丙茶厂": "411523101"}


def test_dictionaries_are_read_again_when_the_ledger_changed(ledger) -> None:
    listings = terms.Listings(ledger)
    assert not listings.listing("tag").own
    terms.add(ledger, TAG, {"value": "整村授信"})
    assert [entry.text for entry in listings.listing("tag").own] == ["整村授信"]
    assert listings.listing("tag") is listings.listing("tag")
