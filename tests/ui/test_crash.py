"""Errors in words: three kinds, one sheet for each bug, and a last line that does not break."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.ui.crash import Crashes, CrashNote, build_crash_dialog, note_of, show_error
from ledger_desk.ui.dialogs.ask import ChoiceQuestion, ReasonQuestion, TextQuestion
from ledger_desk.ui.dialogs.error import ErrorDialog, WayOut
from ledger_desk.ui.widgets import Button
from tests.ui.walk import walk


def caught(doing: str = "") -> BaseException:
    try:
        raise ZeroDivisionError(f"{doing} 13803972261")
    except ZeroDivisionError as error:
        return error


def caught_elsewhere() -> BaseException:
    try:
        return BaseException(int("x"))
    except ValueError as error:
        return error


@pytest.fixture
def sheets(monkeypatch) -> list[ErrorDialog]:
    """Sheets that would have waited for a person."""
    seen: list[ErrorDialog] = []

    def take(self: ErrorDialog) -> int:
        seen.append(self)
        return 0

    monkeypatch.setattr(QDialog, "exec", take)
    return seen


@pytest.fixture
def crashes(tmp_path: Path, qapp):
    """Hooks that write down what they would have shown."""
    shown: list[CrashNote] = []
    made = Crashes(tmp_path, qapp, show=shown.append)
    made.shown = shown
    made.left = made.install()
    yield made
    made.remove()
    made.deleteLater()


def words(dialog: QWidget) -> str:
    return "\n".join(part.text() for part in dialog.findChildren(QLabel))


def test_a_users_error_is_a_sentence_without_code(sheets, qtbot) -> None:
    show_error(
        None, UserError("“台账.xlsx”没有写成：文件正被别的程序打开。请关掉它。"), "报表没有导出"
    )
    text = words(sheets[0])
    assert "报表没有导出" in text
    assert "文件正被别的程序打开" in text
    assert "账没有受影响" in text
    assert "编号" not in text


def test_cancelling_shows_nothing(sheets) -> None:
    show_error(None, Cancelled())
    assert sheets == []


def test_a_bug_shows_what_did_not_happen_that_the_ledger_is_safe_and_a_code(sheets, qtbot) -> None:
    show_error(None, caught(), "PDF 没有写成")
    text = words(sheets[0])
    assert "PDF 没有写成" in text
    assert "账没有受影响" in text
    assert note_of(caught()).code in text or "E-" in text
    assert "Traceback" not in text


def test_the_same_bug_has_the_same_code_and_another_one_another() -> None:
    assert note_of(caught("一")).code == note_of(caught("二")).code
    assert note_of(caught()).code != note_of(caught_elsewhere()).code


def test_long_numbers_are_masked_before_they_can_be_copied() -> None:
    assert "13803972261" not in note_of(caught()).details


def test_each_bug_is_shown_once_and_logged_every_time(qtbot, crashes, tmp_path: Path) -> None:
    for _ in range(3):
        crashes.report(caught())
    crashes.report(caught_elsewhere())
    qtbot.waitUntil(lambda: len(crashes.shown) == 2)
    QApplication.processEvents()
    assert len(crashes.shown) == 2
    assert (tmp_path / "crash.log").read_text("utf-8").count("Traceback") == 4


def test_an_exception_in_a_slot_reaches_the_hook(qtbot, crashes) -> None:
    def broken() -> None:
        raise KeyError("没有这一栏")

    with qtbot.captureExceptions():
        sys.excepthook = crashes._hook
        QTimer.singleShot(0, broken)
        qtbot.waitUntil(lambda: bool(crashes.shown))
    assert crashes.shown[0].kind == "KeyError"


def test_an_exception_in_a_thread_arrives_on_the_windows_thread(qtbot, tmp_path, qapp) -> None:
    where: list[int] = []
    crashes = Crashes(tmp_path, qapp, show=lambda note: where.append(threading.get_ident()))
    crashes.install()
    try:
        thread = threading.Thread(target=lambda: [][0])
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: bool(where))
        assert where == [threading.get_ident()]
    finally:
        crashes.remove()
        crashes.deleteLater()


def test_a_sheet_that_breaks_does_not_break_the_program(qtbot, tmp_path, qapp, capfd) -> None:
    def broken(note: CrashNote) -> None:
        raise RuntimeError("the sheet itself")

    crashes = Crashes(tmp_path, qapp, show=broken)
    try:
        crashes.report(caught())
        qtbot.waitUntil(lambda: "ZeroDivisionError" in capfd.readouterr().err)
    finally:
        crashes.deleteLater()


def test_a_log_that_cannot_be_written_does_not_hide_the_bug(qtbot, tmp_path, qapp) -> None:
    file = tmp_path / "not a folder"
    file.write_text("x")
    shown: list[CrashNote] = []
    crashes = Crashes(file, qapp, show=shown.append)
    try:
        crashes.report(caught())
        qtbot.waitUntil(lambda: len(shown) == 1)
    finally:
        crashes.deleteLater()


def test_keyboard_interrupt_goes_to_python_itself(crashes, monkeypatch) -> None:
    told: list[object] = []
    crashes._before = (lambda *args: told.append(args[0]), threading.excepthook)
    crashes._hook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == [KeyboardInterrupt]
    assert crashes.shown == []


def test_the_next_start_hears_of_a_hard_crash(tmp_path: Path, qapp) -> None:
    (tmp_path / "faults.log").write_text("Fatal Python error: Segmentation fault", "utf-8")
    crashes = Crashes(tmp_path, qapp)
    left = crashes.install()
    crashes.remove()
    crashes.deleteLater()
    assert "Segmentation fault" in left
    assert (tmp_path / "faults-last.log").is_file()


def test_the_error_sheet_has_four_parts_and_its_buttons_work(qtbot) -> None:
    did: list[str] = []
    parent = QWidget()
    parent.resize(1366, 768)
    qtbot.addWidget(parent)
    parent.show()
    dialog = ErrorDialog(
        parent,
        "PDF 没有写成",
        "U 盘放不下了：还剩 0.4 MB，这份要 1.9 MB。",
        ways=[
            WayOut("先存到“文档”", "存到“文档”", lambda: did.append("文档")),
            WayOut("腾出地方后再来", "再试一次", lambda: did.append("再试")),
        ],
        code="E-2107",
        facts="E-2107　写 PDF 时目标盘返回“空间不足”",
        details="一长串",
    )
    dialog.show()
    assert walk(dialog) == []
    buttons = {button.words: button for button in dialog.findChildren(Button)}
    buttons["复制"].click()
    assert "E-2107" in QGuiApplication.clipboard().text()
    assert "一长串" in QGuiApplication.clipboard().text()
    before = dialog.height()
    buttons["展开全文"].click()
    qtbot.waitUntil(lambda: dialog.height() > before)
    buttons["再试一次"].click()
    assert did == ["再试"]
    assert not dialog.isVisible()


def test_a_sheet_too_high_for_the_window_scrolls_and_keeps_its_buttons(qtbot, theme) -> None:
    theme.set(factor=2.0)
    parent = QWidget()
    parent.resize(1366, 768)
    qtbot.addWidget(parent)
    parent.show()
    ways = [WayOut(f"第 {n} 个办法", "试试", parent.update) for n in range(6)]
    dialog = ErrorDialog(parent, "PDF 没有写成", "放不下了。", ways=ways, code="E-2107", facts="x")
    dialog.show()
    qtbot.wait(5)
    close = next(b for b in dialog.findChildren(Button) if b.words == "关闭")
    assert dialog.height() <= 768
    assert dialog.rect().contains(close.geometry())
    assert walk(dialog) == []


def test_escape_closes_without_doing_anything(qtbot) -> None:
    dialog = build_crash_dialog(None, note_of(caught()))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_questions_fit_at_every_text_size(qtbot, theme, factor: float) -> None:
    theme.set(factor=factor)
    parent = QWidget()
    parent.resize(1366, 768)
    qtbot.addWidget(parent)
    parent.show()
    questions = [
        TextQuestion(parent, "改名", "新名字", text="新县专班 2024"),
        ReasonQuestion(parent, "反结账", "这一期已于 11-09 报出。请写原因。", action="反结账"),
        ChoiceQuestion(
            parent, "怎么办", "这份文件里有两张表。", [("a", "装第一张"), ("b", "两张都装")]
        ),
    ]
    for question in questions:  # their parent takes them along
        question.show()
        assert walk(question) == []
        question.reject()


def test_a_question_without_an_answer_cannot_be_confirmed(qtbot) -> None:
    question = ReasonQuestion(None, "反结账", "这一期已报出。", action="反结账", danger=True)
    qtbot.addWidget(question)
    question.show()
    assert question.go.words == "反结账：还没写原因"
    assert not question.go.isEnabled()
    question.area.setPlainText("县里改了口径")
    assert question.go.isEnabled()
    question.go.click()
    assert question.result() == QDialog.DialogCode.Accepted
    assert question.answer() == "县里改了口径"


def test_a_choice_gives_its_key_and_closing_gives_none(qtbot) -> None:
    question = ChoiceQuestion(None, "怎么办", "两张表。", [("a", "装第一张"), ("b", "两张都装")])
    qtbot.addWidget(question)
    question.show()
    next(b for b in question.findChildren(Button) if b.words == "两张都装").click()
    assert question.answer() == "b"
    other = ChoiceQuestion(None, "怎么办", "两张表。", [("a", "装第一张")])
    qtbot.addWidget(other)
    other.show()
    qtbot.keyClick(other, Qt.Key.Key_Escape)
    assert other.answer() is None
