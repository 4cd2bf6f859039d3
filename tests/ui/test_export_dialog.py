"""A list goes out by keyboard: to whom, how, and into the register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from ledger_desk.model.exchanging import Destination, Dispatch
from ledger_desk.model.records import Enterprise
from ledger_desk.settings import Settings
from ledger_desk.store import collating
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui import theme as themes
from ledger_desk.ui.dialogs.exporting import ExportDialog
from ledger_desk.ui.pages.enterprises import EnterprisePage
from ledger_desk.ui.picker import PickItem
from tests.ui.enterprise_places import FIRMS, enterprise_page, open_page
from tests.ui.places import ledger_at, press, settle
from tests.ui.walk import EACH_SIZE, walk


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "甲.账套", FIRMS) as made:
        with made.step("去向") as step:
            step.create(Destination(name="市专班", codes="四位一空", money="元", days="2024.11.20",
                                    private="照写", contact="王科长"))  # fmt: skip
            step.create(Destination(name="统计局", private="不给", tokens=False))
        yield made


page = enterprise_page


def opened(page: EnterprisePage, qtbot) -> ExportDialog:
    page.export()
    dialog = page._window.findChild(ExportDialog)
    assert dialog is not None
    settle(qtbot, dialog.isVisible)
    dialog.activateWindow()
    settle(qtbot, dialog.isActiveWindow)
    return dialog


def pick(dialog: ExportDialog, ledger: Ledger, name: str) -> None:
    place = next(p for p in ledger.find(Query(Destination)) if p.name == name)
    item = PickItem(place.id, place.title)
    dialog.receiver.set_item(item)
    dialog.receiver.picked.emit(item)


def test_the_list_goes_out_and_is_entered_in_the_register(
    qtbot, page, ledger, window, tmp_path, monkeypatch
) -> None:
    path = tmp_path / "给市里.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    page.source.sort((("name", True),))
    dialog = opened(page, qtbot)
    assert dialog.windowTitle() == "导出 30 户经营主体"
    pick(dialog, ledger, "市专班")
    assert dialog.private.value() == "照写"
    assert "号码四位一空，金额用元，日期写成 2024.11.20" in dialog._receiver_field._sentence.text()
    dialog.purpose.setText("monthly")
    dialog.go.setFocus()
    undo = ledger.undo_name()
    press(qtbot, Qt.Key.Key_Return)
    settle(qtbot, lambda: [t.accessibleName() for t in window.toasts.shown()] == ["已导出 30 户"])
    (sent,) = ledger.find(Query(Dispatch))
    assert (sent.file, sent.rows, sent.receiver, sent.purpose) == (
        "给市里.xlsx",
        30,
        "市专班",
        "monthly",
    )
    assert (sent.private, sent.folder, sent.content) == ("照写", str(tmp_path), "经营主体名单")
    assert sent.hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert ledger.log(1)[0].name == "传出 给市里.xlsx：30 行"
    assert ledger.undo_name() == undo  # a file that left cannot be called back
    from openpyxl import load_workbook

    sheet = load_workbook(path).active
    head = [cell.value for cell in sheet[1]]  # type: ignore[index]
    assert head == ["经营主体名称", "统一社会信用代码", "乡镇(街道)", "划型结果", "法定代表人(经营者)",
                    "注册资本(元)", "建档完整度(%)", "成立日期", "联系电话", "台账记号"]  # fmt: skip
    names = [row[0].value for row in sheet.iter_rows(2)]  # type: ignore[union-attr]
    assert names == sorted(names, key=collating.key, reverse=True)


def test_last_answers_are_there_again_but_personal_data_is_masked(qtbot, page, ledger) -> None:
    dialog = opened(page, qtbot)
    dialog.receiver.set_item(PickItem("", "some bank"))
    dialog.columns.set_value("every")
    dialog.private.set_value("照写")
    dialog.format.set_value(".csv")
    dialog.wanted.disconnect()
    dialog._go()
    assert Settings.load().export["receiver"] == "some bank"
    order = ExportDialog(page._window, ledger, dialog._offer).order()
    assert (order.suffix, order.receiver, order.way.private) == (".csv", "some bank", "遮盖")
    assert len(order.fields) > 40


def test_a_destination_that_gets_no_personal_data(qtbot, page, ledger) -> None:
    dialog = opened(page, qtbot)
    pick(dialog, ledger, "统计局")
    order = dialog.order()
    assert (order.way.private, order.way.tokens) == ("不给", False)
    dialog.receiver.setEditText("别处")  # typed over it: nobody in particular
    assert dialog.order().destination is None
    dialog.reject()


def test_everything_is_reached_by_the_keyboard(qtbot, page) -> None:
    dialog = opened(page, qtbot)
    seen = set()
    for _ in range(12):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.add(widget.accessibleName().partition("：")[0])
        press(qtbot, Qt.Key.Key_Tab)
    assert {"写哪些列", "给谁", "用途", "个人信息（电话、证件号）", "格式", "带回传记号（表改好再装入，认得出每一行）"} <= seen  # fmt: skip
    press(qtbot, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("factor", EACH_SIZE)
def test_it_fits_and_says_everything_at_every_size(qtbot, page, theme, factor) -> None:
    theme.set(factor=factor)
    page._window.resize(QSize(1366, 768))
    dialog = opened(page, qtbot)
    dialog.private.set_value("照写")
    dialog._tell()
    settle(qtbot, lambda: walk(dialog) == [])
    assert dialog.height() <= 768
    dialog.reject()
    assert themes.look().factor == factor


def test_a_ledger_opened_for_looking_gives_the_list_but_says_it_is_not_registered(
    qtbot, window, jobs, tmp_path, monkeypatch
) -> None:
    with ledger_at(tmp_path / "乙.账套", 3):
        pass
    path = tmp_path / "a.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    with Ledger.open(tmp_path / "乙.账套", read_only=True) as ledger:
        page = open_page(qtbot, window, jobs, ledger)
        opened(page, qtbot)._go()
        settle(qtbot, path.exists)
        settle(qtbot, lambda: bool(window.toasts.shown()))
        toast = window.toasts.shown()[0]
        assert any("没有记进传出登记" in part.text() for part in toast.findChildren(QLabel))
        assert ledger.count(Query(Enterprise)) == 3
        jobs.wait()
