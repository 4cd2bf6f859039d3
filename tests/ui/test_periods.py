"""The period on the page 报表 by keyboard: explained, closed, opened again, restated, checked, registered."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from ledger_desk.model.records import Closing, Credit, Handing, Matching, Office, Remark
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui import theme
from ledger_desk.ui.pages.reports import ReportsPage
from tests.ui import test_reports as reports
from tests.ui.places import press, type_into
from tests.ui.walk import walk

ledger, page = reports.ledger, reports.page  # the same ledger, and the page on it


@pytest.fixture
def clean(qtbot, page: ReportsPage, ledger: Ledger) -> Iterator[ReportsPage]:
    """The page once 必改 is mended; what is to be explained is still open."""
    credit = next(c for c in ledger.find(Query(Credit)) if c.granted and not c.security)
    with ledger.step("补担保情况") as step:
        step.change(Credit, credit.id, {"security": "信用"})
    reports.remake(qtbot, page, page.rebuild)
    yield page
    if page.periods.dialog is not None:
        page.periods.dialog.close()


def shown(qtbot, page: ReportsPage, before: QDialog | None) -> QDialog:
    """Wait for the next dialog."""
    qtbot.waitUntil(
        lambda: page.periods.dialog is not before and page.periods.dialog.isVisible(),
        timeout=20_000,
    )
    return page.periods.dialog


def f9(qtbot, page: ReportsPage) -> QDialog:
    before, paper = page.periods.dialog, page.preview.paper
    paper.window().activateWindow()
    paper.setFocus()
    qtbot.waitUntil(paper.hasFocus)
    qtbot.keyClick(paper, Qt.Key.Key_F9)
    return shown(qtbot, page, before)


def close(qtbot, page: ReportsPage) -> None:
    findings = list(page.report().checks.of("explain"))
    if findings:
        page._explain(findings, "情况已经核实")
    dialog = f9(qtbot, page)
    with qtbot.waitSignal(page.made, timeout=20_000):
        qtbot.keyClick(dialog.filled, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def take_one_away(ledger: Ledger) -> None:
    with ledger.step("删对接") as step:
        step.remove(Matching, ledger.find(Query(Matching))[0].id)


def test_f9_says_what_is_missing_while_something_must_be_mended(qtbot, page: ReportsPage) -> None:
    dialog = f9(qtbot, page)
    assert dialog.go.words == "去看审核"
    qtbot.keyClick(dialog.go, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_an_explanation_is_typed_in_place_and_lets_the_period_close(
    qtbot, clean: ReportsPage, ledger: Ledger
) -> None:
    findings = clean.report().checks.of("explain")
    if not findings:
        with ledger.step("撤掉授信结果") as step:
            step.remove(Credit, ledger.find(Query(Credit))[-1].id)
        reports.remake(qtbot, clean, clean.rebuild)
        findings = clean.report().checks.of("explain")
    assert findings
    clean.window().activateWindow()
    clean.preview.paper.setFocus()
    press(qtbot, Qt.Key.Key_F8)
    field = QApplication.focusWidget()
    assert field is clean.findings._cards[0][1].field
    type_into(qtbot, field, "名单下月补报")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    (remark,) = ledger.find(Query(Remark))
    assert (remark.text, remark.item) == ("名单下月补报", findings[0].key)
    assert clean.findings._cards[0][1].field.text() == "名单下月补报"
    if len(findings) == 1:
        assert clean.findings._foot.label.text() == "没有必改，须说明的都写明了，可以结账。"


def test_a_period_is_closed_by_keyboard_and_its_paper_stays(
    qtbot, clean: ReportsPage, ledger: Ledger
) -> None:
    close(qtbot, clean)
    (closing,) = ledger.find(Query(Closing))
    assert closing.filled_by == "程映雪"
    assert clean.closing.words == "反结账…"
    assert clean.findings._foot.label.text() == "已结账，第 1 次定稿"
    pdf = clean.report().painted.pdf
    take_one_away(ledger)
    reports.remake(qtbot, clean, clean.rebuild)
    assert clean.report().painted.pdf == pdf
    assert clean.report().report.rows == 3


def test_opening_again_wants_both_words(qtbot, clean: ReportsPage, ledger: Ledger) -> None:
    close(qtbot, clean)
    dialog = f9(qtbot, clean)
    assert dialog.go.words == "反结账：还没写原因"
    dialog.reason.setPlainText("乡里补报了一户")
    assert dialog.go.words == "反结账：还没写谁同意的"
    type_into(qtbot, dialog.approver, "李局长")
    with qtbot.waitSignal(clean.made, timeout=20_000):
        dialog.go.click()
    (closing,) = ledger.find(Query(Closing))
    assert (closing.state, closing.approver) == ("已反结账", "李局长")
    assert clean.closing.words == "结账…"


def test_the_restatement_lists_who_moved_and_opens_the_firm(
    qtbot, clean: ReportsPage, ledger: Ledger
) -> None:
    close(qtbot, clean)
    take_one_away(ledger)
    before = clean.periods.dialog
    clean.periods.restate()
    grid = shown(qtbot, clean, before).panel.grid
    rows = [grid.lazy_model().row_at(n) for n in range(grid.lazy_model().rowCount())]
    assert rows[0].cells[1:3] == ("3", "2")
    assert "删除" in rows[1].cells[4].text
    wanted: list[tuple[str, str]] = []
    clean.open_record.connect(lambda table, record: wanted.append((table, record)))
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert [table for table, _ in wanted] == ["enterprise"]


def test_a_code_is_checked_and_a_wrong_one_is_told(
    qtbot, clean: ReportsPage, ledger: Ledger
) -> None:
    close(qtbot, clean)
    dialog = clean.periods.check_code()
    type_into(qtbot, dialog.field, ledger.find(Query(Closing))[0].code)
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert "第 1 次定稿一致" in dialog.told.label.text()
    type_into(qtbot, dialog.field, "ACDE")
    dialog.check()
    assert "少了 8 个字" in dialog.told.label.text()


def test_who_handed_in_is_registered_for_many_at_once(
    qtbot, page: ReportsPage, ledger: Ledger
) -> None:
    with ledger.step("登记单位") as step:
        step.create(Office(name="浒湾乡", level="乡镇"))
    page.periods.register()
    dialog = shown(qtbot, page, None)
    grid = dialog.panel.grid
    qtbot.keyClick(grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: dialog.go.words == "登记已报 3 家")
    dialog.go.click()
    assert len(ledger.find(Query(Handing))) == 3  # the bank is one of them
    assert "已报 3 家" in dialog.count.label.text()
    dialog.close()


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_every_sheet_of_a_period_can_be_read(
    qtbot, clean: ReportsPage, window, ledger: Ledger, factor: float
) -> None:
    theme.current().set(factor=factor)
    window.resize(1366, 768)
    found: list[str] = []

    def look() -> None:
        qtbot.wait(150)
        found.extend(
            f"{clean.periods.dialog.windowTitle()}: {each}" for each in walk(clean.periods.dialog)
        )
        clean.periods.dialog.reject()

    if clean.report().checks.of("explain"):
        clean.periods.close()  # what is missing
        look()
        clean._explain(list(clean.report().checks.of("explain")), "情况已经核实")
        found.extend(str(each) for each in walk(window))
    clean.periods.close()
    look()
    close(qtbot, clean)
    found.extend(str(each) for each in walk(window))
    for deed in (clean.periods.reopen, clean.periods.check_code, clean.periods.register):
        deed()
        look()
    take_one_away(ledger)
    before = clean.periods.dialog
    clean.periods.restate()
    shown(qtbot, clean, before)
    look()
    assert not found
