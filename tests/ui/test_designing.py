"""用新表样做报表: from a new blank to a form that is made, by keyboard; packages in and out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.designing.draft import Field, Formula, Nothing, Number
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.designing import assistant as assistants
from ledger_desk.ui.designing import hosting
from ledger_desk.ui.designing.assistant import CHOOSE, COLUMNS, FOUND, TRIED, DesignAssistant
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.theme import Theme
from tests.conftest import Practised
from tests.ui.places import press, settle
from tests.ui.walk import walk

CONTROL = Qt.KeyboardModifier.ControlModifier
TITLE = "各乡镇首贷培植情况旬报"


def blank(folder: Path) -> Path:
    """A made-up blank: title, unit, two header rows, six rows to fill, a total, who filled it in."""
    book = Workbook()
    sheet = book.active
    sheet.title = "旬报"
    sheet["A1"], sheet["A2"], sheet["F2"] = TITLE, "填报单位：", "单位：户、万元"
    heads = ("序号", "乡镇（街道）", "授信", None, "放款", None, "放款占授信比例", "备注")
    below = (None, None, "户数", "金额", "户数", "金额", None, None)
    for column, (head, low) in enumerate(zip(heads, below, strict=True), 1):
        sheet.cell(3, column, head)
        sheet.cell(4, column, low)
    for area in ("A1:H1", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "H3:H4"):
        sheet.merge_cells(area)
    sheet["A11"], sheet["A12"] = "合计", "填表人："
    thin = Side(style="thin")
    for row in sheet["A3:H11"]:
        for cell in row:
            cell.border = Border(thin, thin, thin, thin)
    path = folder / "首贷培植旬报.xlsx"
    book.save(path)
    return path


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path, practised: Practised) -> Iterator[Desk]:
    path = practised(tmp_path / "新县练习.账套", firms=12, today=date(2024, 11, 20))
    made = Desk(Ledger.open(path), theme, Jobs())
    for entry in entries(made):
        made.add(entry)
    made.window.resize(1366, 768)
    made.show()
    made.window.show_page("reports")
    made.window.activateWindow()
    settle(qtbot, made.window.isActiveWindow)
    idle(qtbot, made)
    yield made
    idle(qtbot, made)
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def idle(qtbot: QtBot, desk: Desk) -> None:
    settle(qtbot, lambda: not desk.jobs.running())


def page_of(desk: Desk) -> Any:
    return desk.window.page("reports")


def at(qtbot: QtBot, desk: Desk, stage: int) -> DesignAssistant:
    made: DesignAssistant = page_of(desk).designer()
    settle(qtbot, lambda: made.stage() == stage and made._job is None)
    return made


def choice(made: DesignAssistant, letters: str) -> object:
    assert made.held.draft is not None
    return made.held.draft.blocks[0].column(letters).choice


def test_a_new_blank_becomes_a_form_by_keyboard_and_undo_takes_it_back(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = blank(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(path), ""))
    press(qtbot, Qt.Key.Key_T, CONTROL)
    settle(qtbot, lambda: page_of(desk).cover_view is not None)
    made = at(qtbot, desk, CHOOSE)
    settle(qtbot, made._start.choose.hasFocus)
    press(qtbot, Qt.Key.Key_Return)
    at(qtbot, desk, FOUND)
    draft = made.held.draft
    assert draft is not None
    block = draft.blocks[0]
    assert (draft.title, block.rows, block.header_rows) == (TITLE, "townships", (3, 4))
    assert (block.first_row, block.room, block.total_row) == (5, 6, 11)
    assert [band.rows for band in made.blank.paper.bands()] == [(3, 4), (5, 10), (11, 11)]
    assert not walk(made)

    made.side.name.setFocus()
    made.side.name.setText(f"{TITLE}（试）")
    press(qtbot, Qt.Key.Key_Return)
    assert made.held.draft.title == f"{TITLE}（试）"
    press(qtbot, Qt.Key.Key_Z, CONTROL)  # of the form on the desk; the ledger has nothing new
    assert made.held.draft.title == TITLE

    made._go.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    at(qtbot, desk, COLUMNS)
    assert choice(made, "A") == Field("number")
    assert [choice(made, each).indicator for each in "CDEF"] == [  # type: ignore[attr-defined]
        "granted_firms", "granted_amount", "drawn_firms", "drawn_amount",
    ]  # fmt: skip
    assert isinstance(choice(made, "H"), Nothing)
    columns = made.columns
    columns.go_to("G")
    settle(qtbot, columns.rows["G"].picker.lineEdit().hasFocus)
    assert made.blank.paper.bands()[-1].columns == (7, 7)
    made.blank.paper.chosen.emit(4, 5)  # a click on the blank goes to the line of that column
    settle(qtbot, columns.rows["E"].picker.lineEdit().hasFocus)
    columns._tied(0, "G", Formula("F / "))
    assert "公式" in made._wrong["0:G"]
    assert not made._go.isEnabled()
    made.step_back()
    assert made._wrong == {}
    columns._tied(0, "G", Formula("F / D"))
    columns.go_to("D")
    line = columns.rows["D"].picker.lineEdit()
    settle(qtbot, line.hasFocus)
    line.selectAll()
    qtbot.keyClicks(line, "sxje")  # initials of 授信金额
    popup = columns.rows["D"].picker.popup()
    settle(qtbot, popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    tied = choice(made, "D")
    assert isinstance(tied, Number)
    assert tied.indicator == "granted_amount"
    desk.window.activateWindow()  # the offscreen platform does not give it back after a list
    settle(qtbot, desk.window.isActiveWindow)
    assert not walk(made)

    made._go.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    at(qtbot, desk, TRIED)
    assert made.tried.period() is not None
    assert made.tried.preview.paper.page_count() == 1
    assert not walk(made)
    head = desk.ledger.head()
    assert load_forms(desk.ledger).forms.keys() == load_forms().forms.keys()
    press(qtbot, Qt.Key.Key_F12)
    settle(qtbot, lambda: page_of(desk).cover_view is None and page_of(desk).report() is not None)
    idle(qtbot, desk)
    page = page_of(desk)
    new = page.report().report.form
    assert new.title == TITLE
    assert new.id not in load_forms().forms
    assert desk.ledger.head() != head
    assert page.forms.chosen() == new.id
    assert new.id in page.own.ids()
    desk.undo()
    idle(qtbot, desk)
    settle(qtbot, lambda: new.id not in page._infos)
    assert page.forms.chosen() != new.id


def test_a_form_can_be_changed_put_aside_and_gone_on_with(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(desk)
    form = load_forms().forms["visit_progress"]
    page.edit_form(form)
    made = at(qtbot, desk, FOUND)
    asked: list[str] = []

    def answer(_parent: object, title: str, *_: object, **__: object) -> str | None:
        asked.append(title)
        return ["aside", None][len(asked) - 1]

    monkeypatch.setattr(assistants, "ask_choice", answer)
    made.side.every.changed.emit("季")
    assert made.held.draft is not None
    assert made.held.draft.every == "季"
    made.side.name.setFocus()
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.cover_view is None)
    page.open_designing()
    at(qtbot, desk, CHOOSE)
    assert made._start.resume.isVisible()
    made._start.resume.click()
    at(qtbot, desk, FOUND)
    assert made.held.draft.every == "季"
    press(qtbot, Qt.Key.Key_Escape)  # and then thinks better of leaving
    assert page.cover_view is made
    assert asked == ["表样还没有保存"] * 2
    made.step_back()
    assert made.held.draft.every == form.shape.due.every
    assert not made.held.is_changed()
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.cover_view is None)


@pytest.mark.parametrize("factor", [pytest.param(1.5, marks=pytest.mark.slow), 2.0])
def test_every_step_can_be_read_with_large_text(
    qtbot: QtBot, desk: Desk, theme: Theme, factor: float
) -> None:
    theme.set(factor=factor, contrast=False)
    desk.window.resize(QSize(1366, 768))
    page_of(desk).edit_form(load_forms().forms["visit_progress"])
    made = at(qtbot, desk, FOUND)
    wrong = []
    for stage in (FOUND, COLUMNS, TRIED):
        at(qtbot, desk, stage)
        wrong += walk(made)
        made._turn()
        wrong += walk(made)
        if stage != TRIED:
            made.go_on()
    assert not wrong
    made._turn()
    assert not made.tried.side.isVisible()
    origins = made.tried.origins
    paper = made.tried.preview.paper
    for spot in paper._spots.choices(paper.page()):
        paper.go_to(*spot.key)
        origins.explain()
        told = origins.strip.explanation()
        if told is not None and told.rows:
            break
    origins.open_list()
    assert made.tried.side.isVisible()  # the list of the firms behind the number
    made.held.begin(None)
    made.leave()


def drop(path: Path) -> QDropEvent:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    drop._held = mime  # type: ignore[attr-defined]  # Qt does not keep it
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    return QDropEvent(QPointF(5, 5), action, mime, button, Qt.KeyboardModifier.NoModifier)


def test_a_package_goes_out_and_comes_in_after_a_look(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, target = page_of(desk), tmp_path / "走访.ldform"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    page.own._export(load_forms().forms["visit_progress"])
    idle(qtbot, desk)
    settle(qtbot, target.exists)
    desk.window.show_page("today")
    desk.window.dropEvent(drop(target))  # on any page
    settle(qtbot, lambda: page.packages().dialog is not None)
    dialog = page.packages().dialog
    assert desk.window.page_key() == "reports"
    assert not dialog.go.isEnabled()  # it is the built-in one
    assert not walk(dialog)
    dialog.reject()

    path = blank(tmp_path)
    page.open_designing(path)
    made = at(qtbot, desk, FOUND)
    made.go_on()
    made.go_on()
    at(qtbot, desk, TRIED)
    made.go_on()
    settle(qtbot, lambda: page.cover_view is None and page.report() is not None)
    idle(qtbot, desk)
    form = page._forms.forms[page._form]
    target.unlink()
    page.own._export(form)
    idle(qtbot, desk)
    desk.undo()
    idle(qtbot, desk)
    settle(qtbot, lambda: form.id not in page._infos)
    desk.window.dropEvent(drop(target))
    settle(qtbot, lambda: page.packages().dialog is not None)
    dialog = page.packages().dialog
    assert dialog.go.words == "装入 1 张表样"
    dialog.accept()
    settle(qtbot, lambda: form.id in page._infos)
    idle(qtbot, desk)
    assert page.forms.chosen() == form.id


def test_a_damaged_package_and_a_strange_file_are_refused_in_a_sentence(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(desk)
    broken = tmp_path / "坏.ldform"
    broken.write_bytes(b"PK\x03\x04 nothing")
    told: list[str] = []
    monkeypatch.setattr(
        "ledger_desk.ui.designing.packages.show_error",
        lambda _parent, error, _doing: told.append(str(error)),
    )
    desk.window.dropEvent(drop(broken))
    settle(qtbot, lambda: bool(told))
    assert told[0].startswith("这不是完好的表样包")
    asked: list[list[str]] = []

    def answer(_p: object, _t: str, _s: str, choices: Any, **__: object) -> str:
        asked.append([words for _, words in choices])
        return "design"

    monkeypatch.setattr(hosting, "ask_choice", answer)
    empty = tmp_path / "空.xlsx"
    Workbook().save(empty)
    page.dropEvent(drop(empty))
    made = at(qtbot, desk, CHOOSE)
    settle(qtbot, lambda: made._job is None and bool(made.refusal()))
    assert asked == [["装入数据", "填上级来表", "做成报表"]]
    assert not walk(made)
    press(qtbot, Qt.Key.Key_Escape)
    settle(qtbot, lambda: page.cover_view is None)
