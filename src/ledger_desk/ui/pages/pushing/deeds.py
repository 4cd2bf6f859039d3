"""What is done on the page 推送与银行: push, withdraw, contact, feed back, coach, apply again, workbooks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ledger_desk.model.records import Application, Referral
from ledger_desk.progress import Progress
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.pages.pushing.asking import DaySheet, PushSheet
from ledger_desk.work import applying, bank_books, coaching, deciding, pushing

if TYPE_CHECKING:
    from ledger_desk.ui.pages.pushing.page import PushingPage

_MOST_ANSWERED = 2_000


def page_of(widget: QWidget) -> PushingPage:
    """Find the page that a view stands on."""
    from ledger_desk.ui.pages.pushing.page import PushingPage

    above = widget.parentWidget()
    while above is not None and not isinstance(above, PushingPage):
        above = above.parentWidget()
    assert isinstance(above, PushingPage)
    return above


def _show(view: BookView, sheet: Dialog) -> None:
    sheet.finished.connect(sheet.deleteLater)
    sheet.finished.connect(lambda _: view.panel.grid.setFocus())
    sheet.open()


# Applications


def push(view: BookView, ids: list[str]) -> None:
    """Ask for the day and push."""
    sheet = PushSheet(view.main_window, view.ledger, ids)
    sheet.answered.connect(partial(_push, view, ids))
    _show(view, sheet)


def _push(view: BookView, ids: list[str], day: date, guarantor: str) -> None:
    run_batch(
        view, "推送",
        lambda progress: pushing.push(view.ledger, ids, day, guarantor=guarantor, progress=progress),
        leaves="停下，一户都不推",
    )  # fmt: skip


# Referrals


def withdraw(view: BookView, ids: list[str]) -> None:
    """Take pushes back."""
    run_batch(view, "撤回推送", lambda progress: pushing.withdraw(view.ledger, ids, progress))


def key_in(view: BookView, ids: list[str]) -> None:
    """Key in what banks told, one firm after another: the marked ones, else all that the list shows."""
    current = view.current()
    if view.panel.grid.selected_count() < 2:
        with view.ledger.read() as rows:
            ids = rows.ids(view.query(), _MOST_ANSWERED)
    page_of(view).key_in(ids, current or (ids[0] if ids else ""))


def open_referral(view: BookView, record: str) -> None:
    """Open one referral for keying in, with the others of the list after it."""
    with view.ledger.read() as rows:
        ids = rows.ids(view.query(), _MOST_ANSWERED)
    page_of(view).key_in(ids if record in ids else [record], record)


def contact(view: BookView, ids: list[str]) -> None:
    """Record a contact of the bank on one day for all chosen."""
    sheet = DaySheet(
        view.main_window, view.ledger, f"记对接 {len(ids):,} 户", "对接日期",
        "银行已经联系上这些企业的，一起记；已经对接过的不动。", f"记对接 {len(ids):,} 户", method=True,
    )  # fmt: skip
    sheet.answered.connect(
        lambda day, method: run_batch(
            view, "记对接",
            lambda progress: deciding.contact(view.ledger, ids, day, method, progress),
        )
    )  # fmt: skip
    _show(view, sheet)


def feed_back(view: BookView, ids: list[str]) -> None:
    """Record that the banks reported these refusals."""
    sheet = DaySheet(
        view.main_window, view.ledger, f"记反馈专班 {len(ids):,} 户", "反馈日期",
        "不予授信的，银行 5 个工作日内要向专班反馈。", f"记反馈 {len(ids):,} 户",
    )  # fmt: skip
    sheet.answered.connect(
        lambda day, _method: run_batch(
            view, "记反馈专班",
            lambda progress: coaching.feed_back(view.ledger, ids, day, progress),
        )
    )  # fmt: skip
    _show(view, sheet)


def coach(view: BookView, ids: list[str]) -> None:
    """Take refused firms into coaching."""
    run_batch(view, "转辅导", lambda progress: coaching.coach(view.ledger, ids, progress=progress))


def again(view: BookView, ids: list[str]) -> None:
    """Apply again for firms that were refused."""
    run_batch(
        view, "再次申报",
        lambda progress: applying.again_refused(view.ledger, ids, progress=progress),
    )  # fmt: skip


# Workbooks


def books_of_batches(view: BookView, ids: list[str]) -> None:
    """Write the workbooks of the chosen batches."""
    _write(view, lambda: bank_books.referrals_of(view.ledger, ids))


def books_of_referrals(view: BookView, ids: list[str]) -> None:
    """Write workbooks of what is chosen; of all that is still open where only one is."""
    chosen = list(ids) if view.panel.grid.selected_count() > 1 else []
    _write(view, lambda: chosen or bank_books.referrals_of(view.ledger))


def _write(view: BookView, which: Callable[[], list[str]]) -> None:
    window = view.main_window
    referrals = which()
    with view.ledger.read() as rows:
        query = Query(Referral, (Where("id", "in", tuple(referrals)), Where("bank", "notblank")))
        banks = len(rows.values(query, "bank"))
    if not referrals:
        window.status.say("没有要发给银行的推荐，请先推送")
        return
    answer = ask_choice(
        window, f"写 {banks} 家银行的回填表",
        f"共 {len(referrals):,} 户，每家银行一份 .xlsx，只有推给它的企业，带下拉，银行填好发回就能读。"
        "电话要不要写全？",
        [("full", "电话写全"), ("masked", "电话遮盖")], close="先不写",
    )  # fmt: skip
    if answer is None:
        return
    folder = QFileDialog.getExistingDirectory(window, "回填表放在哪个文件夹")
    if not folder:
        return
    write_to(view, Path(folder), referrals, private=answer == "full")


def write_to(view: BookView, folder: Path, referrals: list[str], *, private: bool) -> None:
    """Write the workbooks as a job and say where they are."""
    window = view.main_window

    def work(progress: Progress) -> bank_books.Written:
        return bank_books.write_books(
            view.ledger, folder, referrals, private=private, progress=progress
        )

    def done(made: bank_books.Written) -> None:
        names = "、".join(book.path.name for book in made.books[:3])
        more = f" 等 {len(made.books)} 份" if len(made.books) > 3 else ""
        text = "".join(made.remarks) or f"{names}{more}，在“{folder}”，已记入传出登记"
        window.toasts.done(f"写好 {len(made.books)} 家银行的回填表，{made.rows:,} 户", text)
        view.wrote()

    def failed(error: BaseException) -> None:
        show_error(window, error, "回填表没有写成")

    page_of(view).keep_slots(done, failed)
    view.jobs.start(
        work, title="正在写银行回填表", leaves="停下，写好的几份留着",
        succeeded=page_of(view).job_done, failed=page_of(view).job_failed,
    )  # fmt: skip


def read_back(view: BookView, _ids: list[str]) -> None:
    """Read what banks sent back."""
    page_of(view).read_back()


def show_batch(view: BookView, record: str) -> None:
    """Show the referrals of a batch."""
    page_of(view).show_batch(record)


def open_application(view: BookView, record: str) -> None:
    """Go to an application where it is shown."""
    view.elsewhere_wanted.emit(Application.TABLE, record)
