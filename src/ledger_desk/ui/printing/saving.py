"""Where a workbook or PDF is saved: a suggested name, the folder used last, never over a file unseen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ledger_desk.files import free_name
from ledger_desk.settings import Settings
from ledger_desk.ui.dialogs.ask import ask_choice

_KINDS = {".xlsx": "Excel 工作簿", ".docx": "Word 文档", ".ldform": "表样包"}


def choose_target(
    parent: QWidget, name: str, size: int = 0, *, action: str = "report"
) -> Path | None:
    """Ask where to save.

    Args:
        parent: Window behind the dialog.
        name: Suggested file name; its ending says what is written.
        size: Bytes that will be written, told when a file is there already; 0 when not known yet.
        action: Whose last folder is proposed.

    Returns:
        The file to write, None when the person thought better of it.
    """
    ending = Path(name).suffix
    folder = Settings.load().folder_of(action) or Path.home()
    suggested = folder / name
    while True:
        words = f"{_KINDS.get(ending, 'PDF')} (*{ending})"
        chosen, _ = QFileDialog.getSaveFileName(
            parent,
            "导出到哪里",
            str(suggested),
            words,
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not chosen:
            return None
        target = Path(chosen)
        if target.suffix.lower() != ending:
            target = target.with_name(target.name + ending)
        answer = "over" if not target.exists() else _ask_over(parent, target, size)
        if answer is None:
            return None
        if answer == "other":
            suggested = free_name(target)
            continue
        Settings.load().used(action, target.parent).save()
        return target


def _ask_over(parent: QWidget, target: Path, size: int) -> str | None:
    there = target.stat()
    when = dt.datetime.fromtimestamp(there.st_mtime)
    sentence = (
        f"“{target.name}”已经有了。\n"
        f"原来那份：{when:%Y-%m-%d %H:%M}，{show_size(there.st_size)}\n"
        f"现在这份：{dt.datetime.now():%Y-%m-%d %H:%M}{f'，{show_size(size)}' if size else ''}\n"
        "另存会换一个名字，两份都留着。"
    )
    return ask_choice(
        parent, "这个名字已经有文件", sentence,
        [("over", "换成现在这份"), ("other", "换个名字另存")], close="不导出了",
    )  # fmt: skip


def show_size(size: int) -> str:
    """Show a size in bytes as people do."""
    if size < 1024:
        return f"{size} 字节"
    return f"{size / 1024:,.1f} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:,.1f} MB"
