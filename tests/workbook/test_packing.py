"""Rows come out of their packing as they went in; tidied together they are as tidied alone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ledger_desk.workbook.cells import tidy_row, tidy_rows
from ledger_desk.workbook.packing import pack_given, pack_rows, unpack_rows

WORDS = st.text(alphabet='甲乙 a"\\\n\t\0\u3000é1', max_size=4)
CELLS = (
    WORDS,
    st.sampled_from(["存续", "注销", "", " "]),
    st.floats(allow_nan=False),
    st.floats(-1e6, 1e6).map(round).map(float),
    st.integers(-(2**70), 2**70),
    st.integers(0, 300),
    st.dates(),
    st.datetimes(),
    st.booleans(),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=3)),
)


@st.composite
def tables(draw):
    """Rows whose columns hold one kind of cell, or several, with or without gaps."""
    width, height = draw(st.integers(1, 4)), draw(st.integers(1, 12))
    columns = []
    for _ in range(width):
        cells = st.one_of(draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=2)))
        if draw(st.booleans()):
            cells = cells | st.none()
        columns.append(draw(st.lists(cells, min_size=height, max_size=height)))
    return [list(row) for row in zip(*columns, strict=True)]


def typed(rows):
    return [[(type(cell), cell) for cell in row] for row in rows]


@given(tables())
def test_rows_come_back_as_they_were(rows):
    assert typed(unpack_rows(pack_rows(rows))) == typed(rows)


def test_many_different_texts_come_back_as_they_were():
    rows = [[f"名{n}", f"名{n}" if n % 3 else None, "甲" if n % 2 else None] for n in range(700)]
    assert unpack_rows(pack_rows(rows)) == rows
    rows[5][0] = "两\n行"
    rows[7][1] = "有\0号"
    assert unpack_rows(pack_rows(rows)) == rows


def test_ragged_rows_are_filled_up():
    assert unpack_rows(pack_rows([["甲"], [], [1, 2.5]])) == [["甲", None], [None, None], [1, 2.5]]
    assert unpack_rows(pack_rows([[], []])) == [[], []]


@given(tables())
def test_rows_are_tidied_together_as_they_are_alone(rows):
    assert typed(tidy_rows(rows)) == typed(map(tidy_row, rows))


def test_cells_of_every_kind_are_tidied_in_a_column_of_their_own():
    column = [
        "",
        " ",
        "甲",
        3.0,
        1e16,
        -0.5,
        date(2024, 1, 2),
        datetime(2024, 1, 2),
        time(9, 30),
        None,
        True,
    ]
    for cell in column:
        rows = [[cell], [cell]]
        assert typed(tidy_rows(rows)) == typed([tidy_row([cell])] * 2)


@given(tables())
def test_rows_are_tidied_while_they_are_packed_as_they_are_alone(rows):
    packed, width, last = pack_given(rows)
    tidied = [tidy_row(row) for row in rows]
    assert typed(unpack_rows(packed)) == typed(tidied)
    filled = [
        (n, m) for n, row in enumerate(tidied, 1) for m, c in enumerate(row, 1) if c is not None
    ]
    assert (last, width) == (max(filled)[0], max(m for _, m in filled)) if filled else (0, 0)


def test_many_different_texts_are_tidied_while_they_are_packed():
    rows = [[f"名{n}", f"名{n}" * (n % 3), f"甲 {n}", "  甲"[: n % 4]] for n in range(700)]
    assert unpack_rows(pack_given(rows)[0]) == list(map(tidy_row, rows))
    rows[5][0], rows[7][1] = "两\r\n行", "有\0号"
    assert unpack_rows(pack_given([[], *rows, []])[0])[1:-1] == list(map(tidy_row, rows))
    assert pack_given([[], *rows, [], [""]])[1:] == (4, 701)
    assert pack_given([[], []])[1:] == (0, 0)
