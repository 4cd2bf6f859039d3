"""Dialogs that need no ledger, one of each, for the gallery."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from ledger_desk.ui.crash import build_crash_dialog, note_of
from ledger_desk.ui.dialogs.ask import ChoiceQuestion, ReasonQuestion, TextQuestion
from ledger_desk.ui.dialogs.error import ErrorDialog
from ledger_desk.ui.dialogs.new_ledger import NewLedgerDialog
from ledger_desk.ui.dialogs.opening import OpeningDialog, PasswordDialog


def samples(folder: Path) -> list[tuple[str, QWidget]]:
    """Make them: name of the picture, dialog."""
    recent = [Path("新县专班 2024.账套"), Path("新县练习 2024-11.账套")]
    return [
        ("dialog-opening", OpeningDialog(None, recent, folder)),
        ("dialog-new-ledger", NewLedgerDialog(None, folder)),
        ("dialog-password", PasswordDialog(None, "新县专班 2024.账套")),
        ("dialog-text", TextQuestion(None, "登记新人员", "姓名", action="登记")),
        ("dialog-reason", ReasonQuestion(None, "移出培植名单？", "移出后不再计入培植户数，原因会留在记录里。",
                                         action="移出")),
        ("dialog-choice", ChoiceQuestion(None, "这本账现在不能改", "它正在别处打开着。",
                                         [("read", "只看方式打开"), ("other", "另选账套")])),
        ("dialog-error", ErrorDialog(None, "PDF 没有写成", "U 盘放不下了：还剩 0.4 MB，这份要 1.9 MB。请换一个盘。")),
        ("dialog-crash", build_crash_dialog(None, note_of(RuntimeError("示例"), "名单没有导出"))),
    ]  # fmt: skip
