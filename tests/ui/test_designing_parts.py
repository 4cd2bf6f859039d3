"""Parts of the form designer that need no window: bands on paper, undo, texts, places of mistakes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF

from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.designing.choices import TEXTS, tie, tie_cell
from ledger_desk.reports.designing.draft import DraftColumn, Formula, Text, draft_from, mistakes
from ledger_desk.ui.designing.column_words import said_heading
from ledger_desk.ui.designing.holding import Holding
from ledger_desk.ui.designing.lattice import Lattice
from ledger_desk.ui.designing.mistake_places import by_place
from ledger_desk.ui.designing.text_places import SAID, meant, shown
from ledger_desk.ui.preview.spots import Spot


def test_rows_and_columns_are_put_together_from_the_boxes_of_cells() -> None:
    cells = [(3, 1, 0, 20), (3, 2, 50, 20), (4, 1, 0, 10), (4, 2, 50, 10), (6, 1, 0, 10)]
    tops = {3: 100, 4: 120, 6: 140}
    spots = [Spot(0, row, at, QRectF(x, tops[row], 50, high)) for row, at, x, high in cells]
    lattice = Lattice.of(spots)
    assert lattice.box((3, 4), (1, 2)) == QRectF(0, 100, 100, 40)  # up to the next row there is
    assert lattice.box((4, 9), (2, 2)) == QRectF(50, 120, 50, 30)
    assert lattice.box((7, 9), (1, 2)) is None
    assert lattice.row(6) == (140, 150)
    assert lattice.column(2) == (50, 100)


def test_every_change_can_be_taken_back_and_done_again() -> None:
    held, draft = Holding(), draft_from(load_forms().forms["renewals"])
    held.begin(draft)
    held.change(draft, "什么也没改")
    assert (held.undo_name(), held.is_changed()) == ("", False)
    held.change(replace(draft, title="甲"), "改表名")
    held.change(replace(draft, title="乙"), "又改表名")
    assert held.undo() == "又改表名"
    assert held.draft is not None
    assert (held.draft.title, held.is_changed()) == ("甲", True)
    assert (held.redo(), held.redo(), held.draft.title) == ("又改表名", "", "乙")
    held.undo()
    held.undo()
    assert (held.undo(), held.is_changed()) == ("", False)
    held.change(replace(draft, title="丙"), "再改")
    assert held.redo() == ""


def test_texts_are_shown_in_chinese_and_kept_as_they_were() -> None:
    assert {code for code, _ in TEXTS} == set(SAID)
    text = "填报单位：{office}（盖章）　{year}年{month}月"
    assert shown(text) == "填报单位：【填报单位】（盖章）　【年】年【月】月"
    assert meant(shown(text)) == text


def test_each_mistake_finds_its_line() -> None:
    draft = draft_from(load_forms().forms["renewals"])
    assert by_place(draft, mistakes(draft)) == ({}, [])
    draft = tie(draft, 0, "D", Formula(""))
    assert set(by_place(draft, mistakes(draft))[0]) == {"0:D"}
    draft = tie(draft, 0, "D", Formula("Q / R"))
    draft = tie(draft, 1, "F", Formula("Q + * 2"))
    draft = tie_cell(draft, "按企业类型", "A2", Text("填{xx}"))
    placed, rest = by_place(draft, mistakes(draft))
    assert set(placed) == {"1:F", "按企业类型!A2"}
    assert "第 5 个字" in placed["1:F"]
    assert rest == []
    rest = by_place(replace(draft, title=""), mistakes(replace(draft, title="")))[1]
    assert rest == ["表名：不能是空的。"]


def test_a_row_that_only_counts_the_columns_is_no_part_of_the_heading() -> None:
    assert said_heading(DraftColumn("C", "户数", printed="授信/户数/1")) == "授信 › 户数"
    assert said_heading(DraftColumn("B", "乡镇", printed="乡镇/乙")) == "乡镇"
    assert said_heading(DraftColumn("D", "2024", printed="2024")) == "2024"
