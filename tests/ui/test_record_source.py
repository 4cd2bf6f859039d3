"""Lists that answer later: old rows until the new are there, the newest question wins, one stays put."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event

import pytest

from ledger_desk.model.records import Bank, Enterprise, Loan, Person
from ledger_desk.store import orders
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell
from ledger_desk.ui.lists import record_source
from ledger_desk.ui.lists.choice import Choice
from ledger_desk.ui.lists.record_source import RecordSource
from tests.ui.places import ledger_of, settle, show

FIRMS = 60
NAMES = ("name", "staff", "capital", "phone")


ledger = ledger_of(FIRMS)


@pytest.fixture
def long_list(monkeypatch) -> None:
    """Every list counts as a long one."""
    monkeypatch.setattr(record_source, "AT_ONCE", 0)


@pytest.fixture
def panel(qtbot, jobs, ledger, long_list) -> Iterator[GridPanel]:
    made = GridPanel(RecordSource(ledger, Enterprise, NAMES, jobs), checks=True, totals=True)
    show(qtbot, made, 900, 400)
    settle(qtbot, lambda: made.grid.lazy_model().source._listing.ordering is not None)
    yield made
    jobs.wait()


class Held:
    """Holds readings back until they are let go."""

    def __init__(self, monkeypatch) -> None:
        self.go, self.begun, self.given_up = Event(), 0, 0
        real = record_source._order

        def order(ledger, query, stop):
            self.begun += 1
            while not self.go.wait(0.005):
                if stop():
                    self.given_up += 1
                    break
            return real(ledger, query, stop)

        monkeypatch.setattr(record_source, "_order", order)


@pytest.fixture
def held(monkeypatch, panel) -> Held:
    return Held(monkeypatch)


def shown_ids(panel: GridPanel) -> list[str]:
    model = panel.grid.lazy_model()
    return [model.record(row) for row in range(model.rowCount())]


def wanted_ids(ledger: Ledger, *sort: tuple[str, bool]) -> list[str]:
    with ledger.read() as rows:
        return rows.ids(Query(Enterprise, sort=sort))


def test_the_first_rows_are_there_at_once_and_the_sums_follow(
    qtbot, jobs, ledger, long_list
) -> None:
    panel = GridPanel(RecordSource(ledger, Enterprise, NAMES, jobs), totals=True)
    show(qtbot, panel, 900, 400)
    assert shown_ids(panel) == wanted_ids(ledger)
    settle(qtbot, lambda: "注册资本" in panel.totals_text())
    assert panel.totals_text().startswith(f"合计 {FIRMS} 户")
    jobs.wait()


def test_old_rows_stay_until_the_new_order_is_there(qtbot, panel, ledger, held) -> None:
    grid, told = panel.grid, []
    grid.lazy_model().waiting.connect(told.append)
    before = shown_ids(panel)
    grid.go_to(before[7])
    grid.sort_by((("capital", True),))
    assert shown_ids(panel) == before
    settle(qtbot, lambda: told == ["正在排序…"])
    held.go.set()
    settle(qtbot, lambda: shown_ids(panel) == wanted_ids(ledger, ("capital", True)))
    assert told == ["正在排序…", ""]
    assert grid.current_id() == before[7]
    assert grid.currentIndex().row() == shown_ids(panel).index(before[7])


def test_a_newer_question_gives_the_older_one_up(qtbot, panel, ledger, held) -> None:
    panel.grid.sort_by((("capital", True),))
    settle(qtbot, lambda: held.begun == 1)
    panel.grid.sort_by((("name", True),))
    settle(qtbot, lambda: held.given_up == 1)
    resets: list[bool] = []
    panel.grid.lazy_model().renewed.connect(resets.append)
    held.go.set()
    settle(qtbot, lambda: bool(resets))
    qtbot.wait(50)
    assert resets == [True]
    assert shown_ids(panel) == wanted_ids(ledger, ("name", True))


def test_what_one_moved_to_meanwhile_is_where_one_stays(qtbot, panel, held) -> None:
    panel.grid.sort_by((("capital", True),))
    after = shown_ids(panel)[20]
    panel.grid.go_to(after)
    held.go.set()
    settle(qtbot, lambda: not panel.grid.lazy_model().source.waiting)
    assert panel.grid.current_id() == after


def test_marked_firms_stay_marked_wherever_they_stand(qtbot, panel) -> None:
    marked = [shown_ids(panel)[row] for row in (3, 11, 40)]
    box = panel.grid.selectionModel()
    for record in marked:
        place = panel.grid.lazy_model().source.place(record)
        index = panel.grid.lazy_model().index(place, 0)
        box.select(index, box.SelectionFlag.Select | box.SelectionFlag.Rows)
    panel.grid.sort_by((("name", True),))
    settle(qtbot, lambda: not panel.grid.lazy_model().source.waiting)
    assert sorted(panel.grid.selected_ids()) == sorted(marked)


def test_a_new_firm_is_gone_to_as_soon_as_it_is_read(qtbot, panel, ledger) -> None:
    with ledger.step("新增") as step:
        new = step.create(Enterprise(name="新来的一户"))
    panel.reload()
    assert panel.grid.lazy_model().rowCount() == FIRMS  # the old rows, and no flicker
    assert not panel.grid.go_to(new)
    settle(qtbot, lambda: panel.grid.current_id() == new)
    assert panel.grid.lazy_model().rowCount() == FIRMS + 1


def test_values_changed_elsewhere_are_seen_at_once(qtbot, panel, ledger, held) -> None:
    record = shown_ids(panel)[2]
    with ledger.step("改名") as step:
        step.change(Enterprise, record, {"name": "改过的名字"})
    panel.reload()
    assert panel.grid.lazy_model().cell(2, 1) == "改过的名字"
    held.go.set()


def test_a_filter_answers_later_too_and_its_sum_is_its_own(qtbot, panel, ledger) -> None:
    source = panel.grid.lazy_model().source
    where = Where("capital", ">", 20 * 1_000_000)
    source.choose(Choice(wheres=(where,)))
    panel.reload()
    with ledger.read() as rows:
        count, sums = rows.sums(Query(Enterprise, (where,)), ["capital"])
    assert 0 < count < FIRMS
    settle(qtbot, lambda: panel.grid.lazy_model().rowCount() == count)
    settle(qtbot, lambda: f"{sums['capital'] / 1_000_000:,.2f}" in panel.totals_text())


def test_a_reading_that_fails_is_told_and_the_rows_stay(qtbot, panel, monkeypatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("坏了")

    monkeypatch.setattr(orders, "order", fail)
    told: list[object] = []
    panel.grid.failed.connect(told.append)
    panel.grid.sort_by((("name", True),))  # no index has that order
    settle(qtbot, lambda: bool(told))
    assert str(told[0]) == "坏了"
    assert panel.grid.lazy_model().rowCount() == FIRMS


def test_short_lists_answer_at_once(jobs, ledger) -> None:
    source = RecordSource(ledger, Enterprise, NAMES, jobs)
    source.sort((("name", True),))
    source.renew()
    assert not source.waiting
    assert source.ids(0, 99) == wanted_ids(ledger, ("name", True))


def test_any_class_is_listed_from_its_declaration(ledger) -> None:
    with ledger.step("装入") as step:
        firm = step.rows.ids(Query(Enterprise))[0]
        banks = [step.create(Bank(name=name)) for name in ("中原银行", "阿里银行")]
        loans = [
            step.create(Loan(enterprise=firm, bank=bank, amount=12_345_600))
            for bank in (*banks, None)
        ]
        step.create(Person(name="程甲", phone="13812345678"))
    source = RecordSource(
        ledger, Loan, ("bank", "amount", "enterprise.name", "enterprise.phone", "enterprise.size")
    )
    source.sort((("bank", False),))
    source.renew()
    assert source.ids(0, 9) == [loans[1], loans[0], loans[2]]
    titles = {column.key: column.title for column in source.columns}
    assert titles["amount"].endswith("(万元)")
    first = dict(zip(titles, source.page(0, 1)[0].cells, strict=True))
    assert first["bank"] == "阿里银行"
    assert first["amount"] == Cell("12.35", value=12_345_600, note="准确数 12.3456 万元")
    assert first["enterprise.name"] == ledger.get(Enterprise, firm).name
    assert source.totals()["amount"] == "37.04"
    people = RecordSource(ledger, Person, ("name", "phone"))
    assert "138****5678" in [row.cells[1] for row in people.page(0, people.count())]
