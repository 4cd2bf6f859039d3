"""Every page and dialog as a picture, for looking at and for the README; needs no screen."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.store import backups
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme as themes
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.dialogs.samples import samples
from ledger_desk.ui.gallery_scenes import (
    attachment_dialog,
    list_sheets,
    scenes,
    settle,
    split_dialog,
)
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.pages.reports.bulletins import scenes as bulletins
from ledger_desk.ui.pasting.sample import sample_preview
from ledger_desk.ui.records.pick_editors import sample_list
from ledger_desk.ui.theme import Theme

SIZE = (1366, 768)
FACTORS = (1.0, 2.0)


def render_gallery(
    ledger_path: Path, folder: Path, *, password: str | None = None, only: Sequence[str] = ()
) -> list[Path]:
    """Draw every page and dialog; the ledger is drawn from a copy and stays as it is.

    Args:
        ledger_path: The ledger to show.
        folder: Where the pictures go; made if it is missing.
        password: The ledger's, if it has one.
        only: What the names of the pictures begin with, where only some are wanted.

    Returns:
        The pictures in the order of the navigation, pages first.

    Raises:
        UserError: The ledger cannot be opened, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"文件夹“{folder}”建不了：{files.reason(error)}。请换一个文件夹。"
        ) from error
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        themes.before_application()
        app = QApplication([])
    theme = themes.install(app)
    before = theme.look
    with tempfile.TemporaryDirectory(prefix="ledger-desk-gallery-") as place:
        with Ledger.open(ledger_path, password=password, read_only=True) as ledger:
            copied = backups.back_up(ledger, Path(place) / "copy")
        copy = copied.rename(copied.with_name(ledger_path.name))
        try:
            pictures = []
            for factor in FACTORS:
                theme.set(factor=factor, contrast=False)
                shown = Ledger.open(copy, password=password)
                pictures += _pages(shown, theme, folder, factor, tuple(only) or ("",))
                pictures += _dialogs(folder, factor, tuple(only) or ("",))
        finally:
            theme.set(factor=before.factor, contrast=before.tokens.contrast)
    return pictures


def _pages(
    ledger: Ledger, theme: Theme, folder: Path, factor: float, only: tuple[str, ...]
) -> list[Path]:
    desk = Desk(ledger, theme, Jobs())
    pictures = []
    try:
        found = entries(desk)
        for entry in found:
            desk.add(entry)
        desk.window.resize(*SIZE)
        desk.show()
        for scene in scenes(desk, [entry.key for entry in found]):
            if not scene.name.startswith(only):
                continue
            desk.window.show_page(scene.page)
            scene.prepare(desk)
            settle(desk.jobs)
            pictures.append(_save(desk.window, folder, scene.name, factor))
        sheets: list[tuple[str, QWidget | None]] = [
            ("dialog-paste", sample_preview(desk.window, desk.ledger)),
            ("dialog-split", split_dialog(desk)),
            ("dialog-attachment", attachment_dialog(desk)),
            ("picker-open", sample_list(desk.window, desk.ledger)),
            ("dialog-wording", bulletins.wording_dialog(desk.window.page("bulletins"))),
        ]
        for name, sheet in chain(sheets, list_sheets(desk)):
            if sheet is not None and name.startswith(only):
                sheet.show()
                settle(desk.jobs)
                pictures.append(_save(sheet, folder, name, factor))
                sheet.close()
    finally:
        desk.window.close()
        desk.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return pictures


def _dialogs(folder: Path, factor: float, only: tuple[str, ...]) -> list[Path]:
    pictures = []
    for name, dialog in samples(folder):
        if not name.startswith(only):
            dialog.deleteLater()
            continue
        dialog.show()
        settle(None)
        pictures.append(_save(dialog, folder, name, factor))
        dialog.close()
        dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return pictures


def _save(widget: QWidget, folder: Path, name: str, factor: float) -> Path:
    path = folder / (
        f"{name}.png" if factor == 1.0 else f"{name}-{factor:.0%}.png".replace("%", "")
    )
    if not widget.grab().save(str(path)):
        raise UserError(f"“{path}”没有写成：文件夹不许写或磁盘满了。请换一个文件夹。")
    return path
