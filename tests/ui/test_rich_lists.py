"""Lists of pages that are no books narrow, choose columns and keep views; tags; books as they were."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from ledger_desk.model.records import (
    Bank,
    Cultivation,
    Destination,
    Dispatch,
    Enterprise,
    Help,
    Loan,
    Matching,
    Tagging,
)
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.history.past_page import CHANGED, GONE
from ledger_desk.ui.lists.column_sheet import ColumnSheet
from ledger_desk.ui.lists.filter_box import NONE
from ledger_desk.ui.pages.enterprises import EnterprisePage
from ledger_desk.ui.pages.exchange import ExchangePage
from ledger_desk.ui.pages.first_loan import FirstLoanPage
from tests.ui.book_places import book_page
from tests.ui.places import ledger_of, press, settle, show
from tests.ui.walk import walk_pages

TODAY = date.today()
ledger = ledger_of(8)
books = book_page


def firms(ledger):
    return ledger.find(Query(Enterprise))


def texts(grid, key: str) -> list[str]:
    model = grid.lazy_model()
    place = [column.key for column in model.columns].index(key)
    return [str(model.data(model.index(n, place)) or "") for n in range(model.rowCount())]


def put(window, jobs, ledger, qtbot, cls, key):
    made = cls(ledger, jobs, window)
    window.add_page(key, made.head.title(), "seedling", made)
    show(qtbot, window, 1366, 768)
    window.show_page(key)
    return made


@pytest.fixture
def grown(ledger):
    """Every firm is on the white list; two were helped, three met a bank."""
    with ledger.step("建") as step:
        bank = step.create(Bank(name="新县农商行", short="农商行"))
        entries = step.create_many(Cultivation, [
            {"enterprise": f.id, "listed_on": TODAY, "state": "培植中",
             "source": "部门推荐" if n % 2 else "银行推荐"} for n, f in enumerate(firms(ledger))
        ])  # fmt: skip
        for n in range(2):
            step.create(Help(cultivation=entries[n], day=TODAY, kind=("财务管理", "其他")[n],
                             content=f"帮扶{n}", who=f"王{n}"))  # fmt: skip
        for n in range(3):
            step.create(Matching(office=ledger.office.id, enterprise=firms(ledger)[n].id, bank=bank,
                                 day=TODAY, method="电话", need=n * 10_000_000 or None))  # fmt: skip
    return ledger


def test_the_white_list_narrows_by_its_fields_by_those_of_the_firm_and_by_what_is_counted(
    qtbot, window, jobs, grown
) -> None:
    page = put(window, jobs, grown, qtbot, FirstLoanPage, "first_loan")
    rich, grid = page.lists.rich["white"], page.lists.grid()
    filters = rich.conditions.filters
    filters.put("source", (Where("source", "in", ("部门推荐",)),))
    assert grid.lazy_model().rowCount() == 4
    assert rich.conditions.words() == {"source": "部门推荐"}
    filters.put("contacts", (Where("contacts", "notblank"),))
    assert grid.lazy_model().rowCount() == 1
    filters.clear()
    filters.put("helps", (Where("helps", "between", (1, None)),))
    assert texts(grid, "helps") == ["1", "1"]
    rich.shelf.save("帮过的")
    assert [tab.text for tab in rich.tabs.tabs()] == ["全部", "帮过的"]
    rich.show_view("all")
    assert grid.lazy_model().rowCount() == 8
    rich.show_view(rich.tabs.tabs()[1].key)
    assert grid.lazy_model().rowCount() == 2
    rich.bench.tools._show(("enterprise", "team", "need"))
    assert [column.key for column in grid.lazy_model().columns if column.key] == ["enterprise", "team", "need"]  # fmt: skip
    for factor in (1.0, 2.0):
        assert not walk_pages(window, factors=(factor,))
    before = grown.log(1)[0].id
    with grown.step("改") as step:
        step.change(Cultivation, grown.find(Query(Cultivation))[0].id, {"state": "退出"})
    page.machine.show(before)
    settle(qtbot, lambda: page.cover_view is not None and page.cover_view is page.machine.view)
    past = page.machine.view
    assert {tab.key: tab.count for tab in past.tabs.tabs()}["changed"] == 1
    past.tabs.choose(CHANGED)
    assert past.panel.grid.lazy_model().rowCount() == 1
    assert not walk_pages(window, factors=(1.0, 2.0))


def test_lists_that_python_works_out_narrow_sort_and_keep_views_too(
    qtbot, window, jobs, grown
) -> None:
    page = put(window, jobs, grown, qtbot, FirstLoanPage, "first_loan")
    page.show_view("contacts")
    rich, grid = page.lists.rich["contacts"], page.lists.grid()
    assert "method" not in grid.columns.shown(), "the ten columns of the ledger at first"
    rich.bench.tools._show(("day", "name", "method", "need"))
    assert list(grid.columns.shown()) == ["day", "name", "method", "need"]
    rich.conditions.filters.put("need", (Where("need", "between", (15_000_000, None)),))
    assert grid.lazy_model().rowCount() == 1
    assert rich.conditions.words() == {"need": "从 15.00"}
    rich.conditions.filters.put("need", (Where("need", "blank"),))
    assert grid.lazy_model().rowCount() == 1
    rich.conditions.filters.clear()
    rich.conditions.filters.put("day", (Where("day", "between", (TODAY, TODAY)),))
    assert grid.lazy_model().rowCount() == 3
    rich.shelf.save("今天谈的")
    rich.show_view("all")
    rich.conditions.filters.put("bank", (Where("bank", "lacks", "农商"),))
    assert grid.lazy_model().rowCount() == 0
    rich.show_view(rich.tabs.tabs()[1].key)
    assert grid.lazy_model().rowCount() == 3
    page.show_view("helps")
    helps = page.lists.rich["helps"]
    helps.conditions.open("kind")
    dialog = sheet(qtbot)
    assert {value.text for value in dialog.box.values.unticked()} == {"财务管理", "其他"}
    settle(qtbot, dialog.box.values.hasFocus)
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: page.lists.grid().lazy_model().rowCount() == 1)
    for factor in (1.0, 2.0):
        assert not walk_pages(window, factors=(factor,))


def sheet(qtbot) -> ColumnSheet:
    from PySide6.QtWidgets import QApplication

    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), ColumnSheet))
    found = QApplication.activeModalWidget()
    settle(qtbot, lambda: found.box is not None and found.box.loaded)
    return found


def test_the_registers_of_exchange_narrow_and_keep_views(qtbot, window, jobs, ledger) -> None:
    with ledger.step("登记") as step:
        to = step.create(Destination(name="市局"))
        for n in range(4):
            step.create(Dispatch(day=date(2024, 11, 1 + n), time="08:00:00", file=f"名单{n}.xlsx",
                                 content="经营主体", rows=10 * n, destination=to if n % 2 else None,
                                 receiver=None if n % 2 else "省局"))  # fmt: skip
    page = put(window, jobs, ledger, qtbot, ExchangePage, "exchange")
    page.show_tab("dispatches")
    view = page.view("dispatches")
    assert texts(view.panel.grid, "receiver") == ["市局", "省局", "市局", "省局"]
    view.rich.conditions.filters.put("rows", (Where("rows", "between", (10, 20)),))
    assert texts(view.panel.grid, "file") == ["名单2.xlsx", "名单1.xlsx"]
    view.rich.shelf.save("十来行的")
    view.rich.show_view("all")
    view.filter.setText("市局")
    settle(qtbot, lambda: view.panel.grid.lazy_model().rowCount() == 2)
    page.show_tab("destinations")
    destinations = page.view("destinations")
    destinations.rich.conditions.filters.put("name", (Where("name", "lacks", "市"),))
    assert destinations.panel.grid.lazy_model().rowCount() == 0
    for factor in (1.0, 2.0):
        for tab in ("intakes", "dispatches", "destinations"):
            page.show_tab(tab)
            assert not walk_pages(window, factors=(factor,)), tab


def test_firms_are_narrowed_by_a_tag_they_have_and_by_one_they_lack(
    qtbot, window, jobs, ledger
) -> None:
    some = firms(ledger)
    with ledger.step("标签") as step:
        for n, firm in enumerate(some[:4]):
            step.create(Tagging(enterprise=firm.id, tag="外贸"))
            if n % 2:
                step.create(Tagging(enterprise=firm.id, tag="科创型"))
    page = put(window, jobs, ledger, qtbot, EnterprisePage, "enterprises")
    page.tools._show(("name", "tags"))
    assert texts(page.panel.grid, "tags") == ["外贸", "外贸、科创型"] * 2 + [""] * 4
    page.conditions.open("tags")
    dialog = sheet(qtbot)
    assert {value.text: value.rows for value in dialog.box.values.unticked()} == {
        "空白": 4, "外贸": 4, "科创型": 2,
    }  # fmt: skip
    values = dialog.box.values
    place = next(
        n for n in range(values.model().rowCount())
        if values.model().index(n, 0).data() == "科创型"
    )  # fmt: skip
    values._toggle(values.model().index(place, 0))
    assert dialog.go.words == "只看有这 1 种的"
    dialog.go.click()
    settle(qtbot, lambda: page.panel.grid.lazy_model().rowCount() == 2)
    assert page.conditions.words() == {"tags": "有科创型"}
    page.conditions.open("tags")
    again = sheet(qtbot)
    again.box.ways.set_value(NONE)
    again.box._turn(NONE)
    assert again.go.words == "只看没有这 1 种的"
    again.go.click()
    settle(qtbot, lambda: page.panel.grid.lazy_model().rowCount() == 6)
    assert page.conditions.words() == {"tags": "没有科创型"}


def test_a_book_is_looked_at_as_it_was_and_a_record_brought_back(
    qtbot, books, ledger, window
) -> None:
    page = books
    view = page.view()
    before = ledger.log(1)[0].id
    loans = ledger.find(Query(Loan))
    with ledger.step("改") as step:
        step.change(Loan, loans[0].id, {"purpose": "改过的用途"})
        step.remove(Loan, loans[1].id)
    page.refresh()
    page.machine.show(before)
    settle(qtbot, lambda: page.machine.view is not None and page.cover_view is page.machine.view)
    past = page.machine.view
    counts = {tab.key: tab.count for tab in past.tabs.tabs()}
    assert counts == {"then": len(loans), "changed": 1, "gone": 1, "added": 0}
    assert past.panel.grid.lazy_model().rowCount() == len(loans)
    past.tabs.choose(CHANGED)
    assert texts(past.panel.grid, "purpose") != ["改过的用途"]
    past.conditions.filters.put("purpose", (Where("purpose", "contains", "改过"),))
    assert past.panel.grid.lazy_model().rowCount() == 0
    past.conditions.filters.clear()
    for factor in (1.0, 2.0):
        assert not walk_pages(window, factors=(factor,))
    past.tabs.choose(GONE)
    past.panel.grid.setCurrentIndex(past.panel.grid.lazy_model().index(0, 1))
    past.bring_back()
    settle(qtbot, lambda: not ledger.get(Loan, loans[1].id).removed)
    past.closed.emit()
    settle(qtbot, lambda: page.cover_view is None)
    past.deeds.changed.emit()  # a job that ends after the page was left finds nothing to show anew
    settle(qtbot, lambda: view.count() == len(loans))
