"""Files of a firm on the screen: dropped, added, pasted, opened, looked at, changed, removed and back."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from reportlab.pdfgen.canvas import Canvas

from ledger_desk.exchange import dispatching
from ledger_desk.exchange.attaching import attach, content
from ledger_desk.model.records import Attachment, Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.attachments import outside
from ledger_desk.ui.attachments.strip import AttachmentStrip
from ledger_desk.ui.dialogs.error import ErrorDialog
from ledger_desk.ui.page import Page
from tests.ui.places import focus, ledger_at, press, settle, type_into
from tests.ui.walk import walk

ENDINGS = ("docx", "pdf", "jpg")
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def pdf(pages: int = 2, word: str = "page") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number in range(pages):
        canvas.rect(0, 802, 40, 40, stroke=0, fill=1)
        canvas.drawString(100, 700, f"{word} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def photo(path: Path, size: tuple[int, int] = (800, 600), colour: str = "#1E5855") -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


@pytest.fixture
def ledger(tmp_path):
    with ledger_at(tmp_path / "新县专班.账套", 2) as made:
        yield made


@pytest.fixture
def firm(ledger):
    return ledger.find(Query(Enterprise))[0].id


@pytest.fixture
def papers(tmp_path) -> list[Path]:
    folder = tmp_path / "来的文件"
    folder.mkdir()
    licence = folder / "营业执照 副本.pdf"
    licence.write_bytes(pdf())
    notes = folder / "会议记录.docx"
    notes.write_bytes(b"PK\x03\x04 not really")
    return [licence, photo(folder / "现场照片.jpg"), notes]


@pytest.fixture
def strip(qtbot, window, ledger, jobs, firm):
    made = AttachmentStrip(ledger, jobs, window)
    page = Page("经营主体")
    page.body.add(made)
    page.body.push()
    window.add_page("enterprises", "经营主体", "building-store", page)
    window.show_page("enterprises")
    window.resize(1366, 768)
    window.show()
    made.show_firm(firm)
    qtbot.waitExposed(window)
    return made


@pytest.fixture
def full(strip, ledger, firm, papers):
    attach(ledger, firm, papers)
    strip.reload()
    return strip


@pytest.fixture
def opened(monkeypatch):
    """What was handed to the system's programs."""
    seen: list[Path] = []
    monkeypatch.setattr(outside, "open_with_system", lambda path: seen.append(path) or True)
    return seen


@pytest.fixture
def errors(monkeypatch):
    told: list[str] = []
    monkeypatch.setattr(ErrorDialog, "exec", lambda self: told.append(self.text()) or 0)
    return told


def carried(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(widget, data: QMimeData) -> bool:
    """Drag over the middle of a widget and let go; whether it was taken."""
    where, action = QPoint(30, 10), Qt.DropAction.CopyAction
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, action, data, button, none)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    fall = QDropEvent(QPointF(where), action, data, button, none)
    QApplication.sendEvent(widget, fall)
    return fall.isAccepted()


def held(ledger) -> dict[str, Attachment]:
    return {each.name: each for each in ledger.find(Query(Attachment))}


def rows(strip) -> list[str]:
    return [each.attachment.title for each in strip.shelf.files.held]


def choose(strip, *numbers: int) -> None:
    selection = strip.shelf.selectionModel()
    selection.clear()
    for number in numbers:
        index = strip.shelf.files.index(number)
        selection.select(index, selection.SelectionFlag.Select)
        selection.setCurrentIndex(index, selection.SelectionFlag.NoUpdate)


# -- in ------------------------------------------------------------------------------------------


def test_files_dropped_go_in_as_one_step_that_the_toast_takes_back(
    qtbot, strip, window, ledger, papers
):
    before = len(ledger.log())
    counts = []
    strip.count_changed.connect(counts.append)
    assert "还没有附件" in strip._nothing.sentence.text()
    with qtbot.waitSignal(strip.changed, timeout=20_000):
        assert drop(strip, carried(*papers))
    assert rows(strip) == [path.name for path in papers]
    assert [each.kind for each in held(ledger).values()] == ["营业执照", "走访照片", "其他"]
    assert len(ledger.log()) == before + 1
    assert counts == [3]
    assert all(path.exists() for path in papers)
    toast = window.toasts.shown()[0]
    assert "已收 3 个附件" in toast.accessibleName()
    toast.first_button().click()
    assert rows(strip) == []
    assert not strip.shelf.isVisible()
    assert counts == [3, 0]


def test_alt_a_and_insert_ask_for_files(qtbot, strip, ledger, papers, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([str(papers.pop(0))], ""))
    focus(qtbot, strip.add_button)
    press(qtbot, Qt.Key.Key_A, ALT)
    settle(qtbot, lambda: strip.count() == 1)
    focus(qtbot, strip.shelf)
    press(qtbot, Qt.Key.Key_Insert)
    settle(qtbot, lambda: strip.count() == 2)
    assert strip.shelf.chosen()[0].attachment.name == "现场照片.jpg"


def test_what_was_copied_is_pasted_files_and_pictures_alike(qtbot, strip, ledger, papers):
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(carried(papers[0]))
    strip.paste()
    settle(qtbot, lambda: strip.count() == 1)
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    clipboard.setImage(image)
    focus(qtbot, strip.shelf)
    press(qtbot, Qt.Key.Key_V, CONTROL)
    settle(qtbot, lambda: strip.count() == 2)
    name = rows(strip)[1]
    assert name.startswith("粘贴的图片 ")
    assert QImage.fromData(content(ledger, held(ledger)[name])).size() == image.size()
    clipboard.clear()
    strip.paste()
    assert strip.count() == 2


def test_a_file_that_cannot_be_taken_is_named_and_nothing_goes_in(
    qtbot, strip, ledger, papers, tmp_path, errors
):
    empty = tmp_path / "空的.pdf"
    empty.write_bytes(b"")
    drop(strip, carried(papers[0], empty))
    settle(qtbot, lambda: bool(errors))
    assert "空的.pdf" in errors[0]
    assert held(ledger) == {}


def test_what_the_firm_has_already_is_not_put_in_again(qtbot, full, window, ledger, papers):
    assert drop(full, carried(papers[0]))
    settle(qtbot, lambda: any("已经有了" in t.accessibleName() for t in window.toasts.shown()))
    assert full.count() == 3


def test_a_firm_that_is_not_made_takes_nothing(strip, papers):
    strip.show_firm(None)
    assert not drop(strip, carried(papers[0]))
    assert not strip.add_button.isEnabled()
    assert "先填名称" in strip._nothing.sentence.text()
    assert not drop(strip, QMimeData())


def test_files_of_one_record_stand_alone_and_with_the_firm(qtbot, strip, ledger, firm, papers):
    attach(ledger, firm, papers[:1])
    strip.show_firm(firm, on=("loan", "a" * 32))
    assert rows(strip) == []
    assert drop(strip, carried(papers[1]))
    settle(qtbot, lambda: strip.count() == 1)
    (found,) = [each for each in held(ledger).values() if each.on_record]
    assert (found.on_table, found.on_record) == ("loan", "a" * 32)
    strip.show_firm(firm)
    assert rows(strip) == ["营业执照 副本.pdf", "现场照片.jpg"]


def test_a_ledger_that_is_only_looked_at_shows_files_and_takes_none(
    qtbot, full, window, jobs, ledger, firm, papers
):
    with Ledger.open(ledger.path, read_only=True) as looking:
        strip = AttachmentStrip(looking, jobs, window)
        qtbot.addWidget(strip)
        strip.show_firm(firm)
        assert strip.count() == 3
        assert not strip.add_button.isEnabled()
        assert not strip.details.editors["name"].widget.isEnabled()
        assert not drop(strip, carried(papers[0]))
        strip.remove()
        assert strip.count() == 3
        jobs.wait()


# -- looking ----------------------------------------------------------------------------------------


def test_photographs_and_pdfs_get_a_small_picture(qtbot, full):
    licence, picture, notes = [each.attachment for each in full.shelf.files.held]
    settle(qtbot, lambda: full.thumbs.get(picture) is not None)
    settle(qtbot, lambda: full.thumbs.get(licence) is not None)
    seen = full.thumbs.get(picture).pixelColor(5, 5)
    assert abs(seen.green() - 0x58) < 4 > abs(seen.red() - 0x1E)
    assert full.thumbs.get(licence).pixelColor(1, 1).lightness() < 40  # the black corner
    assert full.thumbs.get(notes) is None


def test_the_second_line_says_what_how_large_when_and_who(full):
    index = full.shelf.files.index(0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("营业执照 副本.pdf", "KB", "收", "程映雪"):
        assert part in said


def test_enter_looks_at_a_file_and_keys_turn_to_the_next(qtbot, full):
    focus(qtbot, full.shelf)
    choose(full, 0)
    press(qtbot, Qt.Key.Key_Return)
    dialog = full.deeds.looking()
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.paper.page_count() == 2
    dialog.paper.setFocus()
    qtbot.keyClick(dialog.paper, Qt.Key.Key_PageDown)
    assert dialog.paper.page() == 1
    qtbot.keyClick(dialog.paper, Qt.Key.Key_Right)
    assert dialog.attachment().name == "现场照片.jpg"
    assert dialog.paper.page_count() == 1
    before = dialog.paper.percent()
    qtbot.keyClick(dialog.paper, Qt.Key.Key_Plus, CONTROL)
    assert dialog.paper.percent() > before
    dialog.after.click()
    assert "不是图片或 PDF" in dialog.sentence()
    assert not dialog.print_button.isEnabled()
    assert walk(dialog, allow=ENDINGS) == []
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: full.deeds.looking() is None)


def test_a_damaged_pdf_is_a_sentence(qtbot, strip, ledger, firm, tmp_path):
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7 torn")
    attach(ledger, firm, [bad])
    strip.reload()
    strip.look()
    assert "没有传完" in strip.deeds.looking().sentence()
    strip.deeds.looking().reject()


def test_a_drawing_under_the_name_of_a_photograph_is_not_drawn(strip, ledger, firm, tmp_path):
    drawing = tmp_path / "照片.jpg"
    drawing.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    attach(ledger, firm, [drawing])
    strip.reload()
    strip.look()
    assert "不认得这种图片" in strip.deeds.looking().sentence()
    strip.deeds.looking().reject()


def test_opening_hands_a_read_only_copy_to_the_system_and_clears_it_away(
    qtbot, full, ledger, opened
):
    choose(full, 0)
    focus(qtbot, full.shelf)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    (path,) = opened
    assert path.name == "营业执照 副本.pdf"
    assert path.read_bytes() == content(ledger, held(ledger)[path.name])
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IRUSR
    assert not stat.S_IMODE(path.parent.parent.stat().st_mode) & 0o077
    full.open()
    assert opened[1] != path
    full.deeds._outside.clear()
    assert not path.parent.parent.exists()


def test_what_would_be_run_is_not_opened(strip, ledger, firm, tmp_path, opened, errors):
    program = tmp_path / "贷款计算器.exe"
    program.write_bytes(b"MZ")
    attach(ledger, firm, [program])
    strip.reload()
    strip.open()
    assert opened == []
    assert "打开就会运行" in errors[0]


def test_a_picture_and_a_pdf_are_printed(qtbot, full, window, tmp_path, monkeypatch):
    out = tmp_path / "印.pdf"

    class OntoFile:
        """A printer that was chosen: a file."""

        def __init__(self, printer: QPrinter, parent: QWidget) -> None:
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setOutputFileName(str(out))

        def setWindowTitle(self, title: str) -> None: ...

        def setMinMax(self, first: int, last: int) -> None: ...

        def exec(self) -> int:
            return 1

    monkeypatch.setattr("PySide6.QtPrintSupport.QPrintDialog", OntoFile)
    focus(qtbot, full.shelf)
    for row, pages in ((0, 2), (1, 1)):
        choose(full, row)
        press(qtbot, Qt.Key.Key_P, CONTROL)
        assert any(f"已送去打印 {pages} 页" in t.accessibleName() for t in window.toasts.shown())
        assert out.read_bytes().startswith(b"%PDF")


def test_saved_copies_are_entered_in_the_register_and_nothing_is_written_over(
    qtbot, full, ledger, tmp_path, monkeypatch
):
    folder = tmp_path / "给银行"
    folder.mkdir()
    (folder / "现场照片.jpg").write_bytes(b"another")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(folder))
    choose(full, 0, 1)
    focus(qtbot, full.shelf)
    press(qtbot, Qt.Key.Key_S, CONTROL)
    settle(qtbot, lambda: len(dispatching.listing(ledger)) == 2)
    assert (folder / "现场照片.jpg").read_bytes() == b"another"
    assert (folder / "营业执照 副本.pdf").read_bytes() == pdf()
    assert {each.dispatch.file for each in dispatching.listing(ledger)} == {
        "营业执照 副本.pdf", "现场照片 (2).jpg",
    }  # fmt: skip


# -- changing ----------------------------------------------------------------------------------------


def test_kind_name_day_and_note_are_changed_in_place(qtbot, full, ledger):
    choose(full, 2)
    details = full.details
    focus(qtbot, full.shelf)
    press(qtbot, Qt.Key.Key_F2)
    line = details.editors["name"].widget
    qtbot.waitUntil(line.hasFocus)
    type_into(qtbot, line, "对接会纪要")
    press(qtbot, Qt.Key.Key_Return)
    assert "对接会纪要.docx" in held(ledger)  # the ending stays
    details.editors["kind"].set_value("合同")
    details.editors["kind"].left.emit()
    type_into(qtbot, details.editors["day"].widget, "20241120")
    press(qtbot, Qt.Key.Key_Return)
    type_into(qtbot, details.editors["note"].widget, "只有复印件")
    full.settle()
    found = held(ledger)["对接会纪要.docx"]
    assert (found.kind, str(found.day), found.note) == ("合同", "2024-11-20", "只有复印件")
    assert rows(full)[2] == "对接会纪要.docx"
    assert full.shelf.chosen()[0].attachment.id == found.id
    type_into(qtbot, details.editors["name"].widget, "")
    full.settle()
    assert "不能空着" in details.fields["name"].message()
    assert "对接会纪要.docx" in held(ledger)


def test_the_kind_of_several_is_changed_as_one_step(full, ledger):
    choose(full, 0, 1)
    before = len(ledger.log())
    assert full.details.fields["name"].isHidden()
    full.details.editors["kind"].set_value("签字页")
    full.details.editors["kind"].left.emit()
    assert [each.kind for each in held(ledger).values()] == ["签字页", "签字页", "其他"]
    assert len(ledger.log()) == before + 1


def test_the_content_is_verified_and_damage_is_told(full, ledger, errors):
    choose(full, 0)
    assert "校验" in full.details._hash.texts()[0]
    full.details.verify_button.click()
    assert "和收进来时一样" in full.details._hash.texts()[0]
    with ledger._writing() as connection:
        connection.exec_driver_sql("UPDATE blob SET data = x'00'")
    full.details.verify_button.click()
    assert "已损坏" in errors[0]


def test_removed_files_lie_in_the_bin_and_come_back(qtbot, full, window, ledger):
    focus(qtbot, full.shelf)
    choose(full, 0, 2)
    press(qtbot, Qt.Key.Key_Delete)
    assert rows(full) == ["现场照片.jpg"]
    assert ledger.count(Query(Attachment, removed=True)) == 2
    window.toasts.shown()[0].first_button().click()
    assert len(rows(full)) == 3


# -- looks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [1.0, 2.0])
@pytest.mark.parametrize("compact", [False, True])
def test_nothing_is_squeezed_or_without_a_name(
    qtbot, window, ledger, jobs, firm, papers, theme, factor, compact
):
    theme.set(factor=factor, contrast=False)
    made = AttachmentStrip(ledger, jobs, window, compact=compact)
    page = Page("经营主体", scroll=True)
    if compact:
        page.set_pane(made, title="详情")
    else:
        page.body.add(made)
        page.body.push()
    window.add_page("enterprises", "经营主体", "building-store", page)
    window.show_page("enterprises")
    window.show()
    for shown in (None, firm):
        made.show_firm(shown)
        qtbot.wait(50)
        assert walk(window, allow=ENDINGS) == []
    attach(ledger, firm, papers)
    made.reload()
    qtbot.wait(80)
    assert walk(window, allow=ENDINGS) == []
