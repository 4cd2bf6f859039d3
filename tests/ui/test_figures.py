"""填报数: keyed in on their own tab, in the indicator's unit; the report follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ledger_desk.model.periods import month
from ledger_desk.model.records import Bank, Figure
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.reports import ReportsPage
from ledger_desk.ui.pages.targets import TargetsPage
from ledger_desk.ui.pages.targets.figure_dialog import FigureDialog
from tests.ui.places import (
    XINJI,
    focus,
    ledger_at,
    ledger_of,
    open_sheet,
    press,
    settle,
    show,
    type_into,
)
from tests.ui.walk import walk

WAN = 1_000_000  # fen in one 万元
BALANCE = "普惠型小微企业贷款余额"
LAST = dt.date(2024, 11, 30)


ledger = ledger_of(3)


@pytest.fixture
def page(qtbot, window: MainWindow, jobs: Jobs, ledger: Ledger) -> Iterator[TargetsPage]:
    made = TargetsPage(ledger, jobs, window)
    window.add_page("targets", "任务与口径", "target", made, "numbers")
    show(qtbot, window, 1366, 768)
    made.show_panel("figures")
    yield made
    jobs.wait()


def record(ledger: Ledger, value: int, division: str | None = None, day: dt.date = LAST) -> str:
    with ledger.step("记") as step:
        return step.create(
            Figure(
                indicator="inclusive_balance", day=day, office=ledger.office.id, value=value,
                division=division, source="月报",
            )
        )  # fmt: skip


def sheet(qtbot) -> FigureDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FigureDialog)
    open_sheet(qtbot, dialog)
    return dialog


def write(qtbot, dialog: FigureDialog, **texts: str) -> None:
    for name, text in texts.items():
        editor = dialog.editors[name]
        type_into(qtbot, editor.widget, text)
        if name in ("division", "indicator"):
            popup = editor.widget.popup()
            qtbot.waitUntil(popup.isVisible)
            QApplication.processEvents()  # offscreen the popup becomes the active window, late
            qtbot.keyClick(popup, Qt.Key.Key_Return)
        else:
            press(qtbot, Qt.Key.Key_Tab)


def close(dialog: FigureDialog) -> None:
    dialog._before = dialog._texts()
    dialog.reject()


def cells(page: TargetsPage) -> list[list[object]]:
    model = page.figures.panel.grid.lazy_model()
    return [list(model.row_at(n).cells) for n in range(model.rowCount())]


def test_a_number_is_keyed_in_in_its_unit_as_one_named_step(qtbot, page, ledger) -> None:
    page.figures._new.click()
    dialog = sheet(qtbot)
    write(qtbot, dialog, indicator=BALANCE)
    assert dialog.fields["value"].message().startswith("按万元填。")
    write(qtbot, dialog, day="20241130", division="新集镇", value="1,234.56", source="辖内网点月报")
    before = len(ledger.log())
    with qtbot.waitSignal(page.changed):
        press(qtbot, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (made,) = ledger.find(Query(Figure))
    assert (made.indicator, made.day, made.division) == ("inclusive_balance", LAST, XINJI)
    assert (made.value, made.source) == (1_234_560_000, "辖内网点月报")
    assert made.office == ledger.office.id
    assert len(ledger.log()) == before + 1
    assert ledger.log(1)[0].name == "记填报数 普惠型小微企业贷款余额 2024-11-30 新集镇"
    settle(qtbot, lambda: len(cells(page)) == 1)
    assert cells(page)[0][:5] == [
        "普惠型小微企业贷款余额", "2024-11-30", "新集镇", "", "1,234.56 万元",
    ]  # fmt: skip


def test_without_a_source_or_with_a_bad_number_nothing_is_stored(qtbot, page, ledger) -> None:
    page.figures.begin()
    dialog = sheet(qtbot)
    write(qtbot, dialog, indicator=BALANCE, day="20241130", value="-5")
    assert "不会是负数" in dialog.fields["value"].message()
    assert not dialog.save()
    assert dialog.fields["source"].message() == "“数据来源”还没填。"
    write(qtbot, dialog, value="100", source="x")
    type_into(qtbot, dialog.editors["division"].widget, "no such town")
    assert not dialog.save()
    assert "不在可选的内容里" in dialog.fields["division"].message()
    assert ledger.count(Query(Figure)) == 0
    close(dialog)


def test_the_next_one_keeps_day_and_source_and_asks_place_and_value_anew(
    qtbot, page, ledger
) -> None:
    page.figures.begin()
    dialog = sheet(qtbot)
    write(
        qtbot, dialog, indicator=BALANCE, day="20241130", division="新集镇", value="10", source="x"
    )
    dialog.save_and_begin()
    texts = {name: dialog.editors[name].text() for name in ("day", "source", "division", "value")}
    assert texts == {"day": "2024-11-30", "source": "x", "division": "", "value": ""}
    write(qtbot, dialog, division="新集镇")
    assert "已经记过 10.00 万元" in dialog.fields["value"].message()
    write(qtbot, dialog, division="沙窝镇", value="20")
    assert dialog.save()
    assert sorted(each.value for each in ledger.find(Query(Figure))) == [10 * WAN, 20 * WAN]
    close(dialog)


def test_one_is_opened_by_enter_changed_and_taken_away(qtbot, page, ledger, window) -> None:
    made = record(ledger, 10 * WAN)
    page.refresh()
    focus(qtbot, page.figures.panel.grid)
    page.figures.panel.grid.go_to(made)
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), FigureDialog))
    dialog = sheet(qtbot)
    assert dialog.editors["value"].text() == "10.00"
    write(qtbot, dialog, value="12.5")
    dialog._save_and_close()
    assert ledger.get(Figure, made).value == 12_500_000
    assert ledger.log(1)[0].name == "改填报数 普惠型小微企业贷款余额 2024-11-30"
    page.figures.panel.grid.go_to(made)
    page.figures.remove_current()
    assert ledger.count(Query(Figure)) == 0
    assert ledger.log(1)[0].name == "删除填报数 普惠型小微企业贷款余额 2024-11-30"
    window.toasts.shown()[0].first_button().click()
    settle(qtbot, lambda: ledger.count(Query(Figure)) == 1)


def test_the_report_shows_the_number_that_was_keyed_in(
    qtbot, page, window, jobs, ledger, monkeypatch
) -> None:
    reports = ReportsPage(ledger, jobs, window)
    reports.choose("credit_access", month(2024, 11))
    with qtbot.waitSignal(reports.made, timeout=20_000):
        window.add_page("reports", "报表", "report", reports, "numbers")
        window.show_page("reports")
    assert total(reports) is None
    found = [each for each in reports.report().checks.findings if each.cell == "D11"]
    assert "“任务与口径”的“填报数”" in found[0].remedy
    window.show_page("targets")
    page.figures.begin()
    dialog = sheet(qtbot)
    write(
        qtbot,
        dialog,
        indicator=BALANCE,
        day="20241130",
        division="新集镇",
        value="1234.56",
        source="x",
    )
    dialog._save_and_close()
    with qtbot.waitSignal(reports.made, timeout=20_000):
        window.show_page("reports")
        reports.rebuild()
    assert total(reports) == Decimal("1234.56")


def total(reports: ReportsPage) -> Decimal | None:
    cell = reports.report().report.at("D11")
    assert cell is not None
    assert cell.provenance.indicator == "inclusive_balance"
    return cell.value


def test_a_ledger_opened_for_looking_takes_no_number(qtbot, window, jobs, tmp_path) -> None:
    with ledger_at(tmp_path / "乙.账套") as made:
        one = record(made, 10 * WAN)
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        page = TargetsPage(ledger, jobs, window)
        window.add_page("targets", "任务与口径", "target", page, "numbers")
        show(qtbot, window, 1366, 768)
        page.show_record("figure", one)
        dialog = sheet(qtbot)
        assert not page.figures._new.isEnabled()
        assert not dialog.keep.isEnabled()
        dialog.reject()
        jobs.wait()


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_of_the_tab_and_its_sheet_is_cut_off(
    qtbot, page, window, theme, ledger, factor
) -> None:
    with ledger.step("登记") as step:
        step.create(Bank(name="新县农村商业银行", short="农商行"))
    made = record(ledger, 1_234_567 * WAN, XINJI)
    theme.set(factor=factor)
    window.resize(1366, 768)
    page.refresh()
    qtbot.wait(120)
    assert [str(each) for each in walk(window)] == []
    page.figures.open(made)
    dialog = sheet(qtbot)
    qtbot.wait(120)
    assert [str(each) for each in walk(dialog)] == []
    dialog.reject()
    page.figures.begin()
    dialog = sheet(qtbot)
    write(qtbot, dialog, day="20241130", division="新集镇")
    dialog.save()
    qtbot.wait(120)
    assert [str(each) for each in walk(dialog)] == []
    close(dialog)
    assert (window.width(), window.height()) == (1366, 768)
