"""Files of firms are chosen, looked at, saved and printed by keyboard."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFileDialog

from ledger_desk.model.exchanging import Dispatch
from ledger_desk.settings import Settings
from ledger_desk.store.queries import Query
from ledger_desk.ui import theme as themes
from ledger_desk.ui.pages.enterprises import EnterprisePage
from ledger_desk.ui.printing.dossier_dialog import SAVE, VISIT_SHEET, DossierDialog
from ledger_desk.ui.printing.papers import PreviewDialog
from tests.ui.enterprise_places import FIRMS, enterprise_page
from tests.ui.places import ledger_of, settle
from tests.ui.walk import walk

ledger = ledger_of(FIRMS)
page = enterprise_page


def asked(page: EnterprisePage, qtbot) -> DossierDialog:
    page.panel.grid.setFocus()
    qtbot.keyClick(page.panel.grid, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page._window.findChild(DossierDialog) is not None)
    dialog = page._window.findChild(DossierDialog)
    settle(qtbot, dialog.isVisible)
    return dialog


def test_the_present_firm_is_looked_at_and_saved_and_the_register_says_so(
    qtbot, page, ledger, tmp_path, monkeypatch
):
    dialog = asked(page, qtbot)
    assert "打印“" in dialog.windowTitle()
    dialog.look.click()
    qtbot.waitUntil(lambda: page._window.findChild(PreviewDialog) is not None, timeout=20_000)
    preview = page._window.findChild(PreviewDialog)
    settle(qtbot, preview.isVisible)
    assert preview.panel.paper.page_count() >= 3
    out = tmp_path / "档案.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(out), ""))
    preview.save_wanted.emit()
    qtbot.waitUntil(lambda: ledger.count(Query(Dispatch)) == 1, timeout=10_000)
    (sent,) = ledger.find(Query(Dispatch))
    assert (sent.content, sent.rows, sent.private) == ("一企一档", 1, "遮盖")
    with pdfium.PdfDocument(out) as document:
        assert len(document) == preview.panel.paper.page_count()


def test_several_firms_make_one_file_in_the_order_of_the_list(
    qtbot, page, ledger, tmp_path, monkeypatch
):
    page.panel.grid.selectAll()
    dialog = asked(page, qtbot)
    assert f"{FIRMS} 户" in dialog.windowTitle()
    dialog.what.set_value(VISIT_SHEET)
    out = tmp_path / "走访.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(out), ""))
    dialog._go(SAVE)
    qtbot.waitUntil(out.exists, timeout=20_000)
    page._jobs.wait()
    with pdfium.PdfDocument(out) as document:
        marks = [item.get_title() for item in document.get_toc() if item.level == 0]
    shown = [page.panel.grid.lazy_model().record(n) for n in range(FIRMS)]
    with ledger.read() as rows:
        titles = rows.titles("enterprise", shown)
    assert marks == [titles[record] for record in shown]


def test_choices_are_remembered_but_never_that_personal_data_went_in_full(qtbot, page):
    dialog = asked(page, qtbot)
    dialog.private.set_value("照写")
    dialog.blank.setChecked(True)
    dialog._sections = ("finance", "tax")
    dialog.wanted.disconnect()
    dialog._go(SAVE)
    kept = Settings.load().printing
    assert (kept["sections"], kept["blank"]) == ("finance,tax", "yes")
    again = DossierDialog(None, 1, "甲")
    qtbot.addWidget(again)
    assert again.options().sections == ("finance", "tax")
    assert again.options().blank
    assert again.options().private == "遮盖"


@pytest.mark.parametrize("factor", [1.0, 2.0])
def test_nothing_is_cut_off(qtbot, page, factor):
    themes.current().set(factor=factor, contrast=False)
    page._window.resize(QSize(1366, 698))
    dialog = asked(page, qtbot)
    dialog.private.set_value("照写")
    qtbot.wait(50)
    assert not walk(dialog)
