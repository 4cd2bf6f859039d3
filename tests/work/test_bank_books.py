"""Workbooks out and in: exactly what a bank filled in, whatever it did to rows and columns."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.bank_books import opening
from ledger_desk.exchange.dispatching import listing
from ledger_desk.model.bank_answers import BY_NAME, IN_BOOK
from ledger_desk.model.records import Credit, Intake, Matching
from ledger_desk.store.queries import Query
from ledger_desk.work import bank_books, deciding, reading_back
from ledger_desk.work.answered import read_answered
from tests.work.bank_places import PUSHED, County, Workbook, county

DAY = PUSHED + timedelta(days=5)
HEADING = {each.name: each.label.split("(")[0] for each in IN_BOOK}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[County]:
    with county(tmp_path / "甲.账套", 6) as made:
        made.push()
        yield made


def write(place: County, folder: Path) -> list[Workbook]:
    """The workbooks of the first and of the second bank."""
    made = bank_books.write_books(place.ledger, folder, bank_books.referrals_of(place.ledger))
    order = {book.bank: Workbook(book.path) for book in made.books}
    return [order["甲县农业银行"], order["甲县工商银行"]]


def read(place: County, *books: Workbook) -> reading_back.ReadBack:
    return reading_back.apply(place.ledger, reading_back.open_files([b.path for b in books]), DAY)


def answers(place: County) -> dict[str, dict[str, Any]]:
    """What the ledger holds, by firm and bank."""
    ids = [r.id for bank in range(2) for r in place.at(bank)]
    with place.ledger.read() as rows:
        return {i: one.values for i, one in read_answered(rows, ids).items()}


def test_one_workbook_for_each_bank_with_its_own_firms_choices_and_a_hidden_token(
    place: County, tmp_path: Path
):
    first, second = write(place, tmp_path / "发出")
    assert len(first.rows()) == 6
    assert len(second.rows()) == 3
    sheet = first.sheet
    assert sheet.cell(1, 1).value == "甲县农业银行推荐企业对接授信回填表"
    assert sheet.freeze_panes == f"D{first.head + 1}"
    assert not sheet.protection.sheet
    token = first.columns["台账记号"]
    letter = openpyxl.utils.get_column_letter(token)
    assert sheet.auto_filter.ref.split(":")[1].startswith(letter)
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(rules) >= 8
    assert any(rule.type == "date" for rule in sheet.data_validations.dataValidation)
    assert "缺抵质押、担保" in [
        cell.value for column in first.book["选项"].columns for cell in column
    ]
    assert "*" in str(sheet.cell(first.head + 1, first.columns["联系电话"]).value)
    sent = [entry.dispatch for entry in listing(place.ledger)]
    assert {s.receiver for s in sent} == {"甲县农业银行", "甲县工商银行"}
    again = bank_books.write_books(
        place.ledger, tmp_path / "发出", bank_books.referrals_of(place.ledger)
    )
    assert {b.path for b in again.books}.isdisjoint({first.path, second.path})


def random_answer(dice: random.Random) -> dict[str, Any]:
    """An answer that a bank could give, all of it in the workbook."""
    met = PUSHED + timedelta(days=dice.randint(0, 3))
    given: dict[str, Any] = {"contacted_on": met}
    if dice.random() < 0.6:
        given |= {"manager": dice.choice(["胡志远", "方勤"]), "accepted_on": met}
    if dice.random() < 0.5:
        given |= {"complete_on": met + timedelta(days=1), "qualified": dice.random() < 0.7}
    kind = dice.choice(["授信", "不予授信", "企业放弃", None])
    if kind:
        given |= {"decision": kind, "decided_on": met + timedelta(days=2)}
    if kind == "授信":
        given |= {"amount": dice.randint(1, 500) * 1_000_000, "rate": dice.choice([38_500, 43_500]),
                  "wants_money": True}  # fmt: skip
        if dice.random() < 0.6:
            given |= {"drawn_on": met + timedelta(days=3), "drawn": 1_000_000,
                      "first_marked": dice.random() < 0.5, "form": "新增"}  # fmt: skip
    elif kind:
        given |= {"problem": "厂房是租的"} | (
            {"reason": "缺抵质押、担保"} if kind == "不予授信" else {}
        )
    return given


def cell(name: str, value: Any) -> Any:
    kind = BY_NAME[name].spec.kind.name
    if kind == "money":
        return value / 1_000_000
    if kind == "rate":
        return value / 10_000
    return BY_NAME[name].spec.kind.show(value) if not isinstance(value, date) else value


@pytest.mark.parametrize("seed", range(6))
def test_what_banks_fill_in_comes_back_as_exactly_that(place: County, tmp_path: Path, seed: int):
    dice = random.Random(seed)
    before = answers(place)
    wanted: dict[str, dict[str, Any]] = {}
    books = write(place, tmp_path / "发出")
    for bank, book in enumerate(books):
        for number, referral in enumerate(place.at(bank)):
            if dice.random() < 0.8:
                given = wanted[referral.id] = random_answer(dice)
                row = book.head + 1 + number
                book.put(row, **{HEADING[name]: cell(name, v) for name, v in given.items()})

        def shuffle(rows: list[list[Any]]) -> list[list[Any]]:
            dice.shuffle(rows)
            return rows

        book.reorder(shuffle)
        book.save()
    result = read(place, *books)
    assert result.counts["new"] == len(wanted)
    assert not result.needs_attention
    follows = {"fed_back_on", "repairable", "department", "measure", "mend_by", "loan_rate",
               "qualified_on", "wants_on"}  # fmt: skip
    for referral, held in answers(place).items():
        given = {n: v for n, v in held.items() if n not in follows}
        if given.get("decision") == "审批中":  # what an answer without a decision means
            del given["decision"]
        assert given == wanted.get(referral, before[referral])
    head = place.ledger.head()
    again = read(place, *books)
    assert place.ledger.head() == head
    assert again.counts["same"] == 9
    assert again.step is None
    assert result.step is not None
    place.ledger.undo(result.step.id)
    assert answers(place) == before


def test_a_blanked_cell_never_erases_and_an_untouched_one_never_overwrites(
    place: County, tmp_path: Path
):
    first, second = (r.id for r in place.at(0)[:2])
    known = {"contacted_on": PUSHED, "decision": "授信", "decided_on": DAY, "amount": 5_000_000}
    deciding.answer(place.ledger, {first: known, second: known}, DAY)
    book = write(place, tmp_path / "发出")[0]
    row = book.row_of("甲县000号茶厂")
    book.put(row, 授信金额=None, 银行决定=None, 担保方式="信用")
    book.save()
    # Meanwhile somebody mends the amount of the other firm in the window.
    deciding.answer(place.ledger, {second: {"amount": 7_000_000}}, DAY)
    result = read(place, book)
    held = answers(place)
    assert held[first] == {**known, "security": "信用"}
    assert held[second]["amount"] == 7_000_000
    assert result.counts["changed"] == 1


def test_a_lost_token_falls_back_to_code_bank_and_batch_else_it_is_doubtful(
    place: County, tmp_path: Path
):
    book = write(place, tmp_path / "发出")[0]
    for number in range(3):
        book.put(book.head + 1 + number, 台账记号=None, 对接日期=DAY)
    book.put(book.head + 2, 统一社会信用代码=None)
    book.put(book.head + 3, 台账记号="LDAAAA", 推送批次号="推送2026-0009")
    book.save()
    (one,) = read(place, book).files
    fates = {f.row - book.head: f for f in one.result.rows}
    assert fates[1].fate == "new"
    assert fates[2].fate == "doubtful"
    assert fates[2].candidates == (place.at(0)[1].id,)
    assert fates[3].fate == "doubtful"
    assert "推送2026-0009" in fates[3].reason
    assert place.ledger.count(Query(Matching)) == 1


def test_cut_extended_and_copied_rows(place: County, tmp_path: Path):
    book = write(place, tmp_path / "发出")[0]
    book.put(book.head + 1, 对接日期=DAY)
    code = book.columns["统一社会信用代码"] - 1
    firm = book.columns["经营主体名称"] - 1
    token = book.columns["台账记号"] - 1

    def change(rows: list[list[Any]]) -> list[list[Any]]:
        copy, strange = list(rows[0]), [None] * len(rows[0])
        copy[code], copy[firm] = "9141", "乙厂"
        strange[code], strange[firm] = "92411523MA9ZZZZZ9Q", "丙厂"
        strange[book.columns["对接日期"] - 1] = DAY
        assert copy[token]
        return [copy, rows[0], strange, *rows[3:]]

    book.reorder(change)
    book.save()
    (one,) = read(place, book).files
    fates = {f.title: f for f in one.result.rows}
    assert fates["甲县000号茶厂"].fate == "new"
    assert fates["乙厂"].fate == "doubtful"
    assert fates["丙厂"].fate == "doubtful"
    assert one.result.counts["same"] == 3


def test_sorting_only_some_columns_is_found_out(place: County, tmp_path: Path):
    book = write(place, tmp_path / "发出")[0]
    token = book.columns["台账记号"]
    marks = [book.sheet.cell(n, token).value for n in range(book.head + 1, book.head + 7)]
    for number, mark in enumerate(reversed(marks)):
        book.put(book.head + 1 + number, 台账记号=mark, 对接日期=DAY)
    book.save()
    result = read(place, book)
    assert result.counts["doubtful"] == 6
    assert result.step is None


def test_another_banks_file_and_another_ledgers_are_refused_in_a_sentence(
    place: County, tmp_path: Path
):
    first, second = write(place, tmp_path / "发出")
    second.sheet.cell(2, 1).value = first.sheet.cell(
        2, 1
    ).value  # the one bank's rows under the other's name
    second.put(second.head + 1, 对接日期=DAY)
    second.save()
    with county(tmp_path / "乙.账套", 2) as other:
        other.push()
        with other.ledger.step("另") as step:
            from ledger_desk.model.records import Bank

            step.change(Bank, other.banks[0], {"name": "乙县农业银行", "short": None})
        strange = write_all(other, tmp_path / "乙")["乙县农业银行"]
    (tmp_path / "坏.xlsx").write_bytes(b"not a workbook")
    files = reading_back.open_files([second.path, strange.path, tmp_path / "坏.xlsx"])
    result = reading_back.apply(place.ledger, files, DAY)
    whys = [one.why for one in result.files]
    assert "两家银行的表弄混了" in whys[0]
    assert "账上没有这家银行" in whys[1]
    assert whys[2]
    assert result.step is None
    assert place.ledger.count(Query(Matching)) == 0


def write_all(place: County, folder: Path) -> dict[str, Workbook]:
    made = bank_books.write_books(place.ledger, folder, bank_books.referrals_of(place.ledger))
    return {book.bank: Workbook(book.path) for book in made.books}


def test_wrong_values_are_refused_and_go_back_in_the_banks_own_file(place: County, tmp_path: Path):
    book = write(place, tmp_path / "发出")[0]
    book.put(book.head + 1, 授信金额="五十万左右")
    book.put(book.head + 2, 银行决定="授信", 决定日期=DAY)
    book.put(book.head + 3, 对接日期=DAY)
    book.save()
    result = read(place, book)
    assert result.counts["wrong"] == 2
    assert result.counts["new"] == 1
    assert place.ledger.count(Query(Credit)) == 0
    made = reading_back.write_errors(place.ledger, result.files[0], taken=True)
    assert made is not None
    assert made.rows == 2
    assert made.path.parent.name == "校验结果"
    text = str(
        [[c.value for c in row] for row in openpyxl.load_workbook(made.path)["回填表"].iter_rows()]
    )
    assert "授信要写授信金额" in text
    assert "不是金额" in text
    # Mended in that very copy and sent back, only the mended rows go in.
    mended = Workbook(made.path)
    mended.put(mended.head + 1, 授信金额=50, 银行决定="授信", 决定日期=DAY)
    mended.put(mended.head + 2, 授信金额=30)
    mended.save()
    assert read(place, mended).counts["new"] == 2
    assert sorted(c.amount for c in place.ledger.find(Query(Credit))) == [30_000_000, 50_000_000]


def test_a_folder_is_read_in_one_go_and_registered(place: County, tmp_path: Path):
    for book in write(place, tmp_path / "发出"):
        book.put(book.head + 1, 对接日期=DAY)
        book.save()
    folder = tmp_path / "发出"
    (folder / "~$锁.xlsx").write_bytes(b"")
    paths = opening.files_in(folder)
    assert len(paths) == 2
    result = reading_back.apply(place.ledger, reading_back.open_files(paths), DAY)
    assert result.step is not None
    assert "农" in result.step.name
    assert result.counts["new"] == 2
    assert {i.sender for i in place.ledger.find(Query(Intake))} == {"甲县农业银行", "甲县工商银行"}
    assert all(
        "已经读过" in one.again
        for one in reading_back.look(place.ledger, reading_back.open_files(paths)).files
    )
    with pytest.raises(UserError, match="没有表格文件"):
        opening.files_in(tmp_path / "空" if (tmp_path / "空").mkdir() is None else tmp_path)


def test_two_files_that_say_different_things_of_one_firm(place: County, tmp_path: Path):
    book = write(place, tmp_path / "发出")[0]
    other = Workbook(Path(shutil.copy(book.path, tmp_path / "另一份.xlsx")))
    book.put(book.head + 1, 对接日期=DAY)
    other.put(other.head + 1, 对接日期=DAY + timedelta(days=1))
    book.save(), other.save()
    result = read(place, book, other)
    assert result.counts["new"] == 1
    assert result.counts["doubtful"] == 1


def test_another_drawdown_is_added_and_a_mere_change_of_its_day_is_asked_about(
    place: County, tmp_path: Path
):
    first, second = (r.id for r in place.at(0)[:2])
    known = {"contacted_on": PUSHED, "decision": "授信", "decided_on": PUSHED, "amount": 90_000_000,
             "drawn_on": DAY, "drawn": 1_000_000}  # fmt: skip
    deciding.answer(place.ledger, {first: known, second: known}, DAY)
    book = write(place, tmp_path / "发出")[0]
    later = DAY + timedelta(days=3)
    book.put(book.row_of("甲县000号茶厂"), 放款日期=later, 放款金额=2)
    book.put(book.row_of("甲县001号茶厂"), 放款日期=later)
    book.save()
    result = read(place, book)
    assert result.counts["changed"] == 1
    assert result.counts["doubtful"] == 1
    with place.ledger.read() as rows:
        found = read_answered(rows, [first, second])
    assert [d.amount for d in found[first].drawdowns] == [1_000_000, 2_000_000]
    assert len(found[second].drawdowns) == 1
