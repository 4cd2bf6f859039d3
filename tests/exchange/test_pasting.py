"""A block from the clipboard over a list: what each cell would do, and that it does just that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.errors import Cancelled
from ledger_desk.exchange import pasting
from ledger_desk.exchange.blocks import read_block, spread, write_block
from ledger_desk.exchange.pasting import Layout
from ledger_desk.model.identifiers import body_check_character, credit_check_character
from ledger_desk.model.records import Bank, Enterprise, Office, Person
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

COLUMNS = ("name", "code", "township", "size", "person", "capital", "founded", "phone", "industry")
XINJI, SHAWO = "411523100", "411523101"


def credit_code(number: int) -> str:
    body = f"MA8{number:05d}"
    first = f"92411523{body}{body_check_character(body)}"
    return first + credit_check_character(first)


def base(firms: int) -> list[dict[str, object]]:
    return [
        {
            "name": f"练习茶厂{n:03d}", "code": credit_code(n), "township": XINJI, "person": "付长青",
            "capital": 12_345_600 + n, "founded": date(2020, 1, 1 + n % 28), "phone": f"1380397{n:04d}",
            "industry": "1530", "regno": None,
        }
        for n in range(firms)
    ]  # fmt: skip


def fill(ledger: Ledger, firms: int) -> list[str]:
    with ledger.step("装入") as step:
        return step.create_many(Enterprise, base(firms))


@pytest.fixture
def firms(ledger: Ledger) -> list[str]:
    return fill(ledger, 12)


def layout(ids: list[str], start: str = "name", row: int = 0, **more) -> Layout:
    more.setdefault("locked", {"size": "划型是算出来的。"})
    return Layout(Enterprise, COLUMNS, COLUMNS.index(start), tuple(ids[row:]), **more)


def fates(made: pasting.PastePlan) -> list[list[str]]:
    return [list(row) for row in made.fates]


# -- the clipboard -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ("甲\n\n乙\n", [["甲"], [""], ["乙"]]),
        ('"一\n二"\t"他说""好"""\n三', [["一\n二", '他说"好"'], ["三", ""]]),
        ('"没有关上\t乙', [['"没有关上', "乙"]]),
        ("甲\t\t\n", [["甲", "", ""]]),
        ("一格", [["一格"]]),
        ("\r\n", []),
        ("", []),
    ],
)
def test_a_block_is_read_as_spreadsheets_write_it(text: str, block: list[list[str]]) -> None:
    assert read_block(text) == block


@given(
    st.integers(1, 4).flatmap(
        lambda wide: st.lists(
            st.lists(st.text("甲乙1\"\t\n\r '", max_size=6), min_size=wide, max_size=wide),
            min_size=1,
            max_size=5,
        )
    )
)
def test_a_written_block_is_read_back(block: list[list[str]]) -> None:
    if any(cell.strip(" \0") for row in block for cell in row) and write_block(block).strip():
        assert read_block(write_block(block)) == block


def test_a_value_fills_a_selection_and_a_block_that_does_not_fit_stays() -> None:
    assert spread([["甲"]], 2, 3) == [["甲"] * 3] * 2
    assert spread([["甲", "乙"]], 2, 2) == [["甲", "乙"]] * 2
    assert spread([["甲"], ["乙"]], 3, 1) == [["甲"], ["乙"]]


# -- cells ---------------------------------------------------------------------------------------


def test_each_cell_is_changed_same_wrong_or_locked(ledger: Ledger, firms: list[str]) -> None:
    block = [
        ["沙窝镇", "", "付长青", "99.5"],
        ["新集镇", "小型", "程映雪", "十万"],
    ]
    made = pasting.plan(ledger, layout(firms, "township", 2), block)
    assert fates(made) == [
        [pasting.CHANGED, pasting.BLANK, pasting.SAME, pasting.CHANGED],
        [pasting.SAME, pasting.LOCKED, pasting.CHANGED, pasting.WRONG],
    ]
    assert "不是金额" in made.whys[1, 3]
    assert made.changes == {
        firms[2]: {"township": SHAWO, "capital": 99_500_000},
        firms[3]: {"person": "程映雪"},
    }
    assert (made.size, made.fits) == ("2 行 × 4 列", False)


def test_an_amount_as_the_list_shows_it_is_the_same_and_a_typed_one_counts(
    ledger: Ledger, firms: list[str]
) -> None:
    at = layout(firms, "capital")
    assert fates(pasting.plan(ledger, at, [["12.35"]])) == [[pasting.SAME]]
    assert fates(pasting.plan(ledger, at, [["12.35"]], exact=True)) == [[pasting.CHANGED]]


def test_an_empty_cell_erases_only_when_one_says_so_and_never_the_name(
    ledger: Ledger, firms: list[str]
) -> None:
    block = [["", "", ""]]
    assert not pasting.plan(ledger, layout(firms), block).changes
    made = pasting.plan(ledger, layout(firms), block, erase=True)
    assert fates(made) == [[pasting.WRONG, pasting.CHANGED, pasting.CHANGED]]
    assert made.changes == {firms[0]: {"code": None, "township": None}}
    assert "不能空着" in made.whys[0, 0]


def test_a_masked_number_says_nothing_and_a_strange_one_is_told(
    ledger: Ledger, firms: list[str]
) -> None:
    made = pasting.plan(ledger, layout(firms, "phone"), [["138****0000"], ["138****0000"]])
    assert fates(made) == [[pasting.SAME], [pasting.HIDDEN]]
    assert not made.changes
    assert not made.fits


def test_a_code_is_checked_and_belongs_to_one_firm_only(ledger: Ledger, firms: list[str]) -> None:
    wrong = credit_code(77)[:-1]
    block = [[credit_code(5)], [credit_code(90)], [credit_code(90)], [wrong]]
    made = pasting.plan(ledger, layout(firms, "code"), block)
    assert [row[0] for row in made.fates] == ["wrong", "changed", "wrong", "wrong"]
    assert "练习茶厂005" in made.whys[0, 0]
    assert "另一户" in made.whys[2, 0]


def test_codes_are_not_exchanged_in_one_paste(ledger: Ledger, firms: list[str]) -> None:
    made = pasting.plan(ledger, layout(firms, "code"), [[credit_code(1)], [credit_code(0)]])
    assert fates(made) == [[pasting.WRONG], [pasting.WRONG]]
    assert pasting.apply(ledger, made) is None


def test_an_old_number_in_the_code_column_goes_where_it_belongs(
    ledger: Ledger, firms: list[str]
) -> None:
    made = pasting.plan(ledger, layout(firms, "code"), [["411523600012344"]])
    assert (made.changes, "注册号" in made.whys[0, 0]) in (
        ({firms[0]: {"regno": "411523600012344"}}, True),
    )


def test_names_of_industries_and_townships_are_read(ledger: Ledger, firms: list[str]) -> None:
    made = pasting.plan(ledger, layout(firms, "industry"), [["1530 精制茶加工"], ["0111"], ["茶"]])
    assert [row[0] for row in made.fates] == ["same", "changed", "wrong"]
    assert made.changes == {firms[1]: {"industry": "0111"}}


def test_references_are_found_by_name(ledger: Ledger) -> None:
    with ledger.step("登记") as step:
        bank = step.create(Bank(name="新县农村商业银行", short="农商行"))
        people = step.create_many(Person, [{"name": "甲"}, {"name": "乙"}])
    at = Layout(Person, ("name", "bank"), 1, tuple(people))
    made = pasting.plan(ledger, at, [["农商行"], ["没有的银行"]])
    assert made.changes == {people[0]: {"bank": bank}}
    assert "没有叫“没有的银行”的银行" in made.whys[1, 0]


# -- shape ---------------------------------------------------------------------------------------


def test_headings_are_seen_left_out_and_tell_the_columns(ledger: Ledger, firms: list[str]) -> None:
    block = [["联系电话", "经营者", "没见过的"], ["13900000001", "程映雪", "x"]]
    made = pasting.plan(ledger, layout(firms), block)
    assert (made.headed, made.heading, made.by_heading, made.movable) == (True,) * 4
    assert made.changes == {firms[0]: {"phone": "13900000001", "person": "程映雪"}}
    assert fates(made)[0][2] == pasting.OUTSIDE
    placed = pasting.plan(ledger, layout(firms), block, by_heading=False)
    assert placed.changes[firms[0]]["name"] == "13900000001"
    plain = pasting.plan(ledger, layout(firms, "person"), [["付长青"], ["程映雪"]])
    assert not plain.headed


def test_what_lies_outside_the_list_is_left_out_and_can_become_a_list(
    ledger: Ledger, firms: list[str]
) -> None:
    block = [["甲厂", credit_code(70)], ["乙厂", credit_code(71)]]
    made = pasting.plan(ledger, layout(firms, "name", 11), block)
    assert fates(made)[1] == [pasting.OUTSIDE] * 2
    assert (made.extra, made.is_list, made.fits) == (1, True, False)
    assert read_block(made.as_list(only_extra=True)) == [
        ["经营主体名称", "统一社会信用代码"],
        ["乙厂", credit_code(71)],
    ]
    wide = pasting.plan(ledger, layout(firms, "industry"), [["1530", "多的"]])
    assert fates(wide) == [[pasting.SAME, pasting.OUTSIDE]]


def test_many_firms_called_otherwise_are_looked_at_first(ledger: Ledger, firms: list[str]) -> None:
    one = pasting.plan(ledger, layout(firms), [["甲厂"]])
    two = pasting.plan(ledger, layout(firms), [["甲厂"], ["乙厂"]])
    assert (one.fits, two.fits, two.renamed) == (True, False, 2)


# -- writing -------------------------------------------------------------------------------------


def test_a_paste_is_one_named_step_that_undo_takes_back(ledger: Ledger, firms: list[str]) -> None:
    before = {f.id: f for f in ledger.find(Query(Enterprise))}
    made = pasting.plan(ledger, layout(firms, "person"), [["甲", "1.5"], ["乙", "2.5"]])
    step = pasting.apply(ledger, made)
    assert step is not None
    assert (step.name, step.rows) == ("粘贴 2 行 × 2 列", 2)
    assert ledger.get(Enterprise, firms[1]).capital == 2_500_000
    ledger.undo()
    assert {f.id: f for f in ledger.find(Query(Enterprise))} == before


def test_a_paste_that_changes_nothing_is_no_step(ledger: Ledger, firms: list[str]) -> None:
    head = ledger.head()
    assert (
        pasting.apply(ledger, pasting.plan(ledger, layout(firms, "person"), [["付长青"]])) is None
    )
    assert ledger.head() == head


def test_stopping_leaves_everything_as_it_was(ledger: Ledger, firms: list[str]) -> None:
    def stop(done: int, total: int, note: str) -> None:
        raise Cancelled

    made = pasting.plan(ledger, layout(firms, "person"), [["甲"], ["乙"]])
    head = ledger.head()
    with pytest.raises(Cancelled):
        pasting.apply(ledger, made, stop)
    with pytest.raises(Cancelled):
        pasting.plan(ledger, layout(firms, "person"), [["甲"]], progress=stop)
    assert ledger.head() == head
    assert ledger.get(Enterprise, firms[0]).person == "付长青"


def test_the_preview_says_old_and_new_and_hides_what_is_private(
    ledger: Ledger, firms: list[str]
) -> None:
    made = pasting.plan(ledger, layout(firms, "township"), [["沙窝镇"]])
    row = pasting.view(ledger, made, 0, 10)[0]
    assert (row.title, row.cells[0].old, row.cells[0].new) == ("练习茶厂000", "新集镇", "沙窝镇")
    made = pasting.plan(ledger, layout(firms, "phone"), [["13900000001"]])
    assert pasting.view(ledger, made, 0, 1)[0].cells[0].old == "138****0000"


_CELLS = st.sampled_from(
    ["", "甲", "新集镇", "沙窝", "12.35", "12.3456", "abc", "2024-02-30", "2024-11-20", "昨天", "--", "缺",
     "13900000001", "139****0001", "1530", "1530 精制茶加工", credit_code(3), credit_code(500), "小型", "3亿", "100美元"]
)  # fmt: skip


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ledger, list[str]]]:
    office = Office(name="新县专班", level="县级", division="411523")
    path = tmp_path_factory.mktemp("four") / "甲.账套"
    with Ledger.create(path, office=office) as made:
        yield made, fill(made, 4)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_applying_gives_exactly_what_was_planned(four, data) -> None:
    ledger, ids = four
    with ledger.step("恢复原样") as step:
        step.change_many(Enterprise, list(zip(ids, base(4), strict=True)))
    high, wide = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 6))
    row = st.lists(_CELLS, min_size=wide, max_size=wide)
    block = data.draw(st.lists(row, min_size=high, max_size=high))
    start, erase = data.draw(st.sampled_from(COLUMNS)), data.draw(st.booleans())
    first = data.draw(st.integers(0, 3))
    before = {f.id: f for f in ledger.find(Query(Enterprise))}
    made = pasting.plan(ledger, layout(ids, start, first), block, erase=erase)
    pasting.apply(ledger, made)
    after = {f.id: f for f in ledger.find(Query(Enterprise))}
    assert sum(made.counts.values()) == len(made.rows) * len(made.columns)
    for record, firm in before.items():
        for name in vars(firm):
            wanted = made.changes.get(record, {}).get(name, getattr(firm, name))
            assert getattr(after[record], name) == wanted, name
    assert all(
        values and all(getattr(before[r], n) != v for n, v in values.items())
        for r, values in made.changes.items()
    )
    codes = [f.code for f in after.values() if f.code]
    assert len(set(codes)) == len(codes)
    again = pasting.plan(
        ledger, made.layout, block, erase=erase, heading=made.heading, by_heading=made.by_heading
    )
    assert not again.changes or made.counts[pasting.WRONG]
