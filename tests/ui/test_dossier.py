"""The file of a firm: how its sections stand, what is missing, details, memos, leaving."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ledger_desk.model.records import (
    Associate,
    Cultivation,
    Enterprise,
    Finance,
    Loan,
    Matching,
    Memo,
    Review,
)
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.dossier import page as dossier_page
from ledger_desk.ui.dossier.sample import fill_file
from tests.ui.dossier_places import open_file, put, texts
from tests.ui.places import credit_code, ledger_at, ledger_of, meet, press, settle, type_into
from tests.ui.walk import walk

_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


ledger = ledger_of(6)


@pytest.fixture
def full(ledger) -> str:
    """A firm with a full file."""
    firm = ledger.find(Query(Enterprise), 2)[1].id
    fill_file(ledger, firm)
    return firm


def test_every_section_says_how_much_is_in_it(qtbot, window, jobs, ledger, full) -> None:
    standings = open_file(qtbot, window, jobs, ledger, full).state().standings
    assert (standings[1].count, standings[1].mark) == ("6/6", "done")
    assert (standings[2].count, standings[2].mark) == ("4 条", "half")  # one person has no role
    assert (standings[9].count, standings[9].mark) == ("2 笔", "done")
    assert (standings[12].count, standings[12].mark) == ("0 条", "none")


def test_what_is_missing_is_a_menu_that_leads_there(qtbot, window, jobs, ledger, full) -> None:
    page = open_file(qtbot, window, jobs, ledger, full)
    entries = page.summary._missing.menu().actions()
    assert [entry.text() for entry in entries] == ["2 股东、法人、实控人、关联人：关系"]
    entries[0].trigger()
    assert page.number == 2
    people = page.view().card(Associate)
    assert people.grid.hasFocus()
    record, key = people.current()
    assert (ledger.get(Associate, record).name, key) == ("吕文昭", "role")


def test_f8_goes_from_section_to_section_and_round(qtbot, window, jobs, ledger) -> None:
    firm = ledger.find(Query(Enterprise), 1)[0]  # has no telephone
    with ledger.step("登记") as step:
        step.create(Associate(enterprise=firm.id, name="吕文昭"))
    page = open_file(qtbot, window, jobs, ledger, firm.id)
    press(qtbot, Qt.Key.Key_F8)
    assert (page.number, page.focused_name()) == (1, "phone")
    press(qtbot, Qt.Key.Key_F8)
    assert (page.number, page.view().focused()[2]) == (2, "role")
    press(qtbot, Qt.Key.Key_F8)
    assert (page.number, page.focused_name()) == (1, "phone")


def test_two_years_stand_side_by_side_with_their_ratios(qtbot, window, jobs, ledger, full) -> None:
    page = open_file(qtbot, window, jobs, ledger, full)
    press(qtbot, Qt.Key.Key_4, _CTRL)
    model = page.view()._years.panel.grid.lazy_model()
    titles = [column.title for column in model.columns]
    assert titles == ["项目", "2022(万元)", "2023(万元)", "增减"]
    rows = {
        str(model.data(model.index(n, 0))): [str(model.data(model.index(n, c))) for c in (1, 2, 3)]
        for n in range(model.rowCount())
    }
    assert rows["营业收入"] == ["412.00", "486.00", "+18.0%"]
    assert rows["毛利率"] == ["24.8%", "27.6%", "+2.8 点"]  # (412 − 310) ÷ 412
    assert rows["资产负债率"] == ["44.2%", "41.8%", "-2.4 点"]
    assert model.cell(list(rows).index("毛利率"), 1).state == "computed"
    press(qtbot, Qt.Key.Key_End, _CTRL)
    year = page.view().card(Finance)
    assert year.source.is_fresh(year.grid.current_id())


def test_a_loan_is_compared_with_what_was_paid(qtbot, window, jobs, ledger, full) -> None:
    page = open_file(qtbot, window, jobs, ledger, full)
    page.show_section(9)
    loans = page.view().card(Loan)
    place = [column.key for column in loans.source.columns].index("computed_balance")
    cells = {
        each.amount: loans.grid.lazy_model().cell(n, place)
        for n, each in enumerate(loans.records())
    }
    told = cells[200_000_000]
    assert (told.text, told.state) == ("160.00", "explain")
    assert "差 10.00 万元" in told.note
    assert (cells[50_000_000].text, cells[50_000_000].state) == ("", "computed")


def test_alt_n_writes_a_memo_about_the_field_and_it_can_be_mended_and_removed(
    qtbot, window, jobs, ledger, full
) -> None:
    page = open_file(qtbot, window, jobs, ledger, full)
    page.editor("phone").widget.setFocus()
    press(qtbot, Qt.Key.Key_N, _ALT)
    memos = page.pane_content.memos
    assert memos.area.hasFocus()
    put(qtbot, "打不通，换了号")
    press(qtbot, Qt.Key.Key_Return, _CTRL)
    memo = memos.memos()[0]
    assert (memo.text, memo.field, memo.enterprise) == ("打不通，换了号", "联系电话", full)
    assert ledger.get(Memo, memo.id).person == ledger.person.id
    memos._mend(memo)
    type_into(qtbot, memos.area, "打通了")
    press(qtbot, Qt.Key.Key_Return, _CTRL)
    assert ledger.get(Memo, memo.id).text == "打通了"
    memos._remove(ledger.get(Memo, memo.id))
    assert ledger.get(Memo, memo.id).removed


def test_the_details_tell_where_a_cell_comes_from_and_bring_it_back(
    qtbot, window, jobs, ledger, full
) -> None:
    page = open_file(qtbot, window, jobs, ledger, full)
    page.show_section(2)
    people = page.view().card(Associate)
    person = people.records()[0]
    people.go_to(person.id, "name")
    put(qtbot, "周")
    press(qtbot, Qt.Key.Key_Tab)
    people.go_to(person.id, "name")
    page.open_pane()
    assert page.pane_content._title.text() == "姓名"
    page.pane_content.restore_wanted.emit(Associate, person.id, "name", "周慎行")
    assert ledger.get(Associate, person.id).name == "周慎行"
    assert texts(people)[0][0] == "周慎行"


def test_links_lead_to_other_firms_and_pages(qtbot, window, jobs, ledger, full) -> None:
    meet(ledger, full)
    page = open_file(qtbot, window, jobs, ledger, full)
    wanted: list[tuple[str, str]] = []
    page.elsewhere_wanted.connect(lambda table, record: wanted.append((table, record)))
    supplier = ledger.find(Query(Enterprise), 1)[0].id
    page.pane_content.link_wanted.emit("enterprise", supplier)
    page.show_section(15)
    contacts = page.view().card(Matching)
    contacts.opened.emit(contacts.records()[0].id)
    assert [table for table, _ in wanted] == ["enterprise", "matching"]


def test_cultivation_and_its_help_are_shown_and_not_written_here(
    qtbot, window, jobs, ledger, full
) -> None:
    page = open_file(qtbot, window, jobs, ledger, full)
    page.show_section(14)
    card = page.view().card(Cultivation)
    assert not card.source.editable
    assert not card.panel.isVisible()
    page.show_section(13)
    assert not page.view().card(Review).source.editable


def test_a_new_file_says_what_it_needs_and_keeps_what_was_typed(
    qtbot, window, jobs, ledger, monkeypatch
) -> None:
    answers = [None, dossier_page.DROP]
    monkeypatch.setattr(dossier_page, "ask_choice", lambda *_a, **_k: answers.pop(0))
    page = open_file(qtbot, window, jobs, ledger)
    count = ledger.count(Query(Enterprise))
    type_into(qtbot, page.editor("person").widget, "付长青")
    press(qtbot, Qt.Key.Key_Tab)
    assert ledger.count(Query(Enterprise)) == count
    press(qtbot, Qt.Key.Key_S, _CTRL)
    assert page.focused_name() == "name"
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    press(qtbot, Qt.Key.Key_Escape)
    assert not closed  # 接着填
    type_into(qtbot, page.editor("code").widget, credit_code(1))  # the code of another firm
    press(qtbot, Qt.Key.Key_Tab)
    assert ledger.count(Query(Enterprise)) == count
    assert "已用这个代码" in page.view().form.field("code").message()
    type_into(qtbot, page.editor("code").widget, credit_code(700))
    press(qtbot, Qt.Key.Key_Tab)
    made = page.keeper.record
    assert (ledger.get(Enterprise, made).person, ledger.get(Enterprise, made).code) == (
        "付长青",
        credit_code(700),
    )
    page.show_section(2)
    assert page.view().card(Associate).grid.hasFocus()


def test_undo_shows_what_is_in_the_ledger_again(qtbot, window, jobs, ledger, full) -> None:
    page = open_file(qtbot, window, jobs, ledger, full)
    page.show_section(2)
    people = page.view().card(Associate)
    people.go_to("", "name")
    put(qtbot, "Y")
    press(qtbot, Qt.Key.Key_Tab)
    assert len(people.records()) == 4
    ledger.undo()
    page.reload()
    assert len(people.records()) == 3
    assert page.state().standings[2].count == "4 条"


def test_a_ledger_opened_for_looking_shows_everything_and_takes_nothing(
    qtbot, window, jobs, tmp_path
) -> None:
    with ledger_at(tmp_path / "乙.账套", firms=2) as made:
        firm = made.find(Query(Enterprise), 1)[0].id
        fill_file(made, firm)
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        page = open_file(qtbot, window, jobs, ledger, firm)
        page.show_section(2)
        people = page.view().card(Associate)
        assert people.writer is None
        assert len(texts(people)) == 3
        assert not page._again.isEnabled()


_SIZES = [pytest.param(1.0, marks=pytest.mark.slow), pytest.param(1.5, marks=pytest.mark.slow), 2.0]


@pytest.mark.parametrize("factor", _SIZES)
@pytest.mark.parametrize("which", ["full", "half", "new"])
def test_nothing_in_any_section_is_cut_off_or_nameless(
    qtbot, window, jobs, ledger, full, theme, factor, which
) -> None:
    theme.set(factor=factor)
    half = ledger.find(Query(Enterprise), 4)[3].id  # its code has a wrong digit
    firm = {"full": full, "half": half, "new": ""}[which]
    page = open_file(qtbot, window, jobs, ledger, firm)
    found: list[str] = []
    for number in range(1, 19):
        page.show_section(number)
        qtbot.wait(40)
        found += [f"{number}: {each}" for each in walk(page)]
    page.open_pane()
    qtbot.wait(40)
    found += [f"details: {each}" for each in walk(page.pane)]
    assert found == []


def test_another_firm_takes_the_place_of_all_sections(qtbot, window, jobs, ledger, full) -> None:
    page = open_file(qtbot, window, jobs, ledger, full)
    page.show_section(2)
    other = ledger.find(Query(Enterprise), 5)[4]
    page.open(other.id)
    assert page.number == 2
    assert page.view().card(Associate).records() == []
    page.show_section(1)
    assert page.editor("name").text() == other.name
    settle(qtbot, lambda: page.head.title() == other.name)
