"""Lists inside the file edit like a grid: new rows, paste, fill, bin, wrong input."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ledger_desk.model.records import Associate, Enterprise, Finance, Tagging
from ledger_desk.store.queries import Query
from ledger_desk.ui.dossier.child_source import GO_ON
from tests.ui.dossier_places import compose, hit, open_file, put, put_cells, state_of, texts
from tests.ui.places import ledger_of, press, settle

_CTRL = Qt.KeyboardModifier.ControlModifier


ledger = ledger_of(3)


@pytest.fixture
def firm(ledger) -> str:
    return ledger.find(Query(Enterprise), 1)[0].id


def lists(qtbot, window, jobs, ledger, firm, number, cls):
    page = open_file(qtbot, window, jobs, ledger, firm)
    page.show_section(number)
    return page, page.view().card(cls)


def test_the_last_row_waits_for_the_next_record(qtbot, window, jobs, ledger, firm) -> None:
    _, people = lists(qtbot, window, jobs, ledger, firm, 2, Associate)
    assert texts(people)[0][0] == GO_ON
    compose("周慎行", by="zsx")
    press(qtbot, Qt.Key.Key_Return)  # Enter goes along the row, too
    assert people.grid.currentIndex().column() == 1
    assert [row[0] for row in texts(people)] == ["周慎行", GO_ON]
    assert state_of(people, 0, "role") == "missing"
    assert people.records()[0].enterprise == firm


def test_a_block_of_rows_is_one_step_and_one_undo(qtbot, window, jobs, ledger, firm) -> None:
    with ledger.step("登记") as step:
        step.create(Associate(enterprise=firm, name="周慎行", role="股东"))
    page, people = lists(qtbot, window, jobs, ledger, firm, 2, Associate)
    steps = len(ledger.log())
    QGuiApplication.clipboard().setText("周慎行\t法定代表人\n付长青\t配偶\n吕文昭\t股东\n")
    people.go_to(people.records()[0].id, "name")
    press(qtbot, Qt.Key.Key_V, _CTRL)
    assert [(p.name, p.role, p.enterprise) for p in ledger.find(Query(Associate))] == [
        ("周慎行", "法定代表人", firm),
        ("付长青", "配偶", firm),
        ("吕文昭", "股东", firm),
    ]
    assert len(ledger.log()) == steps + 1
    assert window.toasts.shown()[0].accessibleName() == "已粘贴 3 行 × 2 列"
    ledger.undo()
    page.reload()
    assert [(row[0], row[1]) for row in texts(people)[:1]] == [("周慎行", "股东")]
    assert len(people.records()) == 1


def test_what_cannot_be_read_stays_in_the_cell_with_its_sentence(
    qtbot, window, jobs, ledger, firm
) -> None:
    _, years = lists(qtbot, window, jobs, ledger, firm, 4, Finance)
    put(qtbot, "2023x")
    press(qtbot, Qt.Key.Key_Tab)
    assert "不是年份" in years.grid.cell_note.text()
    assert years.grid.editing.editing().text() == "2023x"
    assert ledger.count(Query(Finance)) == 0
    years.grid.editing.editing().widget.selectAll()
    put_cells(qtbot, years.grid, ["2023", "486"])
    made = ledger.find(Query(Finance))[0]
    assert (made.year, made.revenue, made.enterprise) == (2023, 486_000_000, firm)


def test_del_empties_and_ctrl_minus_puts_the_row_into_the_bin(
    qtbot, window, jobs, ledger, firm
) -> None:
    with ledger.step("登记") as step:
        for name in ("周慎行", "付长青"):
            step.create(Associate(enterprise=firm, name=name, role="股东", age=40))
    _, people = lists(qtbot, window, jobs, ledger, firm, 2, Associate)
    first, second = people.records()
    people.go_to(first.id, "age")
    press(qtbot, Qt.Key.Key_Delete)
    assert ledger.get(Associate, first.id).age is None
    people.go_to(second.id, "name")
    press(qtbot, Qt.Key.Key_Minus, _CTRL)
    settle(qtbot, lambda: len(people.records()) == 1)
    assert ledger.get(Associate, second.id).removed
    toast = window.toasts.shown()[0]
    assert toast.accessibleName() == "已删除关联人 付长青"
    people._undo(ledger.log(1)[0].id)
    assert len(people.records()) == 2


def test_ctrl_d_fills_down_also_into_the_empty_row(qtbot, window, jobs, ledger, firm) -> None:
    with ledger.step("登记") as step:
        step.create(Associate(enterprise=firm, name="周慎行", role="股东"))
    _, people = lists(qtbot, window, jobs, ledger, firm, 2, Associate)
    people.go_to("", "role")
    press(qtbot, Qt.Key.Key_D, _CTRL)
    assert [(p.name, p.role) for p in ledger.find(Query(Associate))] == [
        ("周慎行", "股东"),
        (None, "股东"),
    ]


def test_a_choice_is_picked_by_key_and_keeps_the_offices_own_words(
    qtbot, window, jobs, ledger, firm
) -> None:
    page, tags = lists(qtbot, window, jobs, ledger, firm, 1, Tagging)
    tags.go_to("", "tag")
    compose("科创")
    hit(qtbot, Qt.Key.Key_Tab)  # takes what is marked in the list
    settle(qtbot, lambda: [t.tag for t in ledger.find(Query(Tagging))] == ["科创型"])
    tags.go_to("", "tag")
    compose("本县龙头")
    hit(qtbot, Qt.Key.Key_Tab)
    assert [t.tag for t in ledger.find(Query(Tagging))] == ["科创型", "本县龙头"]
    assert [tag.accessibleName() for tag in page.summary._tags[:2]] == ["科创型", "本县龙头"]


def test_tab_leaves_the_list_from_its_empty_row(qtbot, window, jobs, ledger, firm) -> None:
    page, people = lists(qtbot, window, jobs, ledger, firm, 2, Associate)
    press(qtbot, Qt.Key.Key_Tab)
    assert page.view().cards[1].grid.hasFocus()
    press(qtbot, Qt.Key.Key_Backtab)
    assert people.grid.hasFocus()
