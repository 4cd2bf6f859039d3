"""What the pictures of the pages show: each page as it opens, and what lies one step further."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Attachment, Enterprise, Loan, Matching
from ledger_desk.store.attachments import listing
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui.books.scenes import BOOK_TABS, on_page, show_book
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.filling.sample import SCENES as FILLING_SCENES
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.lists import sample
from ledger_desk.ui.pages.applications.scenes import DESK_SCENES
from ledger_desk.ui.pages.exchange.page import TABS as EXCHANGE_TABS
from ledger_desk.ui.pages.pushing.sample import SCENES as PUSHING_SCENES
from ledger_desk.ui.pages.reports.bulletins import scenes as bulletins
from ledger_desk.ui.pages.reports.scenes import SCENES as REPORT_SCENES
from ledger_desk.ui.pages.settings.page import TABS as SETTINGS_TABS
from ledger_desk.ui.pages.targets.dictionary.scenes import SCENES as INDICATORS
from ledger_desk.ui.pages.today.page import TABS as TODAY_TABS

_PATIENCE = 90.0  # seconds that a page gets for its jobs
_SETTLE = 0.4  # seconds for timers and layouts after the last job


@dataclass(frozen=True)
class Scene:
    """One picture of a page: ``prepare`` brings it into the state worth showing."""

    name: str
    page: str
    prepare: Callable[[Desk], object] = lambda desk: None


def scenes(desk: Desk, keys: list[str]) -> Iterator[Scene]:
    """One picture of each page as it opens, and of what lies one step further."""
    firm = next(iter(desk.ledger.find(Query(Enterprise), 1)), None)
    newest = Query(Matching, sort=(("day", True),))
    contact = next(iter(desk.ledger.find(newest, 1)), None)
    for key in keys:
        yield Scene(key, key)
        if key == "enterprises" and firm is not None:
            yield Scene("enterprises-view", key, lambda desk: sample.saved_view(_page_of(desk)))
            yield from _file_scenes(key, firm.id)
            yield Scene("enterprises-past", key, _past)
            yield Scene("import-columns", key, _read_in)
            yield Scene("import-changes", key, lambda desk: _assistant(desk).go_on())
        for deed in ("key_in", "begin_plan") if key == "visits" else ():
            yield Scene(f"visits-{deed}", key, partial(_begin, deed))
        if key == "first_loan" and contact is not None:
            yield Scene(
                "first_loan-contact", key, lambda desk: desk.open_record("matching", contact.id)
            )
        scenes = {"pushing": PUSHING_SCENES, "applications": DESK_SCENES, "bulletins": bulletins.SCENES, "targets": INDICATORS}  # fmt: skip
        for name, show in scenes.get(key, ()):
            yield Scene(f"{key}-{name}", key, partial(on_page, show))
        for name, show in REPORT_SCENES if key == "reports" else ():
            yield Scene(f"reports-{name}", key, partial(on_page, show))
        if key == "exchange":
            yield Scene("exchange-undo", key, _take_back)
            yield from (Scene(f"exchange-fill-{n}", key, partial(on_page, s)) for n, s in FILLING_SCENES)  # fmt: skip
            for tab in EXCHANGE_TABS[1:]:
                alike = tab.key == "duplicates"
                shown = _look_alikes if alike else partial(_show_tab, tab.key)
                yield Scene(f"exchange-{tab.key}", key, shown)
        for part in BOOK_TABS.get(key, ()):
            yield Scene(f"{key}-{part}", key, partial(show_book, part))
        for tab in {"settings": SETTINGS_TABS, "today": TODAY_TABS}.get(key, ())[1:]:
            yield Scene(f"{key}-{tab.key}", key, partial(_show_tab, tab.key))


def _file_scenes(key: str, firm: str) -> Iterator[Scene]:
    """Sections of a full file, one loan of it, its details, and an empty file."""
    from ledger_desk.ui.dossier.sample import fill_file

    def open_at(number: int, desk: Desk) -> None:
        if not desk.ledger.count(Query(Loan, (Where("enterprise", "=", firm),))):
            fill_file(desk.ledger, firm)
        desk.open_record("enterprise", firm)
        _page_of(desk).editor().show_section(number)

    def open_loan(desk: Desk) -> None:
        open_at(9, desk)
        view = _page_of(desk).editor().view()
        view.open_loan(view.card(Loan).records()[-1].id)

    def open_details(desk: Desk) -> None:
        open_at(2, desk)
        _page_of(desk).editor().write_memo()

    def begin(desk: Desk) -> None:
        page = _page_of(desk)
        page.editor().close_pane()
        page.begin()

    for number in (1, 2, 4, 9, 10, 18):
        name = "enterprises-record" if number == 1 else f"enterprises-record-{number:02}"
        yield Scene(name, key, partial(open_at, number))
    yield Scene("enterprises-record-loan", key, open_loan)
    yield Scene("enterprises-record-details", key, open_details)
    yield Scene("enterprises-record-new", key, begin)


def _begin(deed: str, desk: Desk) -> None:
    getattr(_page_of(desk), deed)()


def _page_of(desk: Desk) -> Any:
    return desk.window.page(desk.window.page_key())


def _assistant(desk: Desk) -> Any:
    return _page_of(desk).assistant()


def _show_tab(key: str, desk: Desk) -> None:
    page = _page_of(desk)
    if getattr(page, "cover_view", None) is not None:  # of the scene before
        page.uncover()
    page.show_tab(key)


def _look_alikes(desk: Desk) -> None:
    """Show 查重; in a ledger without look-alikes a firm is entered a second time, the way it happens."""
    firm = next((f for f in desk.ledger.find(Query(Enterprise), 50) if f.phone and f.person), None)
    _show_tab("duplicates", desk)
    settle(desk.jobs)
    view = _page_of(desk).view("duplicates")
    if view.groups.current() is None and firm is not None:
        with desk.ledger.step("装入 乡里报来.csv：新增 1", kind="import") as step:
            again = Enterprise(name=firm.name, person=firm.person, phone=firm.phone, kind=firm.kind,
                               staff=(firm.staff or 0) + 2, main_business="零售、批发")  # fmt: skip
            step.create(again)
        view.search.start()
        settle(desk.jobs)
    view.groups.open_current()


def split_dialog(desk: Desk) -> QWidget | None:
    """Merge the first group that looks like one firm, then ask what taking it apart would do."""
    from ledger_desk.ui.duplicates.view import MERGED

    desk.window.show_page("exchange")
    _show_tab("duplicates", desk)
    settle(desk.jobs)
    view = _page_of(desk).view("duplicates")
    if view.groups.current() is None:
        return None
    view.groups.merge()
    view.choose(MERGED)
    settle(desk.jobs)
    shown: QWidget | None = view.verdicts[MERGED].open_current()
    return shown


def list_sheets(desk: Desk) -> Iterator[tuple[str, QWidget | None]]:
    """Sheets of the list of firms, one after another: each is closed before the next opens."""
    desk.window.show_page("enterprises")
    page = _page_of(desk)
    if page.cover_view is not None:
        page.uncover()
    for key in ("township", "capital"):
        yield f"dialog-column-{key}", sample.column_sheet(page, key)
    yield "dialog-columns", sample.chooser(page)


def attachment_dialog(desk: Desk) -> QWidget | None:
    """Look at a file of the first firm that has one."""
    from ledger_desk.ui.attachments.looking import LookDialog

    one = next(iter(desk.ledger.find(Query(Attachment), 1)), None)
    if one is None or one.enterprise is None:
        return None
    with desk.ledger.read() as rows:
        return LookDialog(desk.window, desk.ledger, listing(rows, one.enterprise))


def _take_back(desk: Desk) -> None:
    """Look at what taking the newest reading in back would do, if there is one."""
    _page_of(desk).view("intakes").open_current()


def _past(desk: Desk) -> None:
    """Look at the list of firms as it was before the newest steps."""
    _page_of(desk).show_past(max(desk.ledger.log(1)[0].id - 3, 1))


def _read_in(desk: Desk) -> None:
    """Begin to read a list in: firms of this ledger, two of them changed, one new, one without a name."""
    from ledger_desk.exchange.exporting import export_list
    from ledger_desk.exchange.ways import Way

    path = desk.ledger.path.with_name("报来的名录.csv")
    fields = ("name", "code", "person", "township", "founded", "capital", "staff")
    export_list(desk.ledger, Enterprise, path, fields=fields, way=Way(tokens=False))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    changed = [line.rsplit(",", 1)[0] + ",88" for line in lines[1:3]]
    made_up = ["新县甲乙茶厂,,赵甲,千斤乡,2024-05-06,10,3", ",,钱乙,,,,"]
    lines = [lines[0], *changed, *lines[3:12], *made_up]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    _page_of(desk).open_import(path)


def settle(jobs: Jobs | None) -> None:
    """Let jobs, timers and layouts come to rest; a job that fails shows it in the picture."""
    # A real event loop: outside of one Qt keeps finished jobs waiting to be deleted.
    loop, poll = QEventLoop(), QTimer()
    start = time.monotonic()
    quiet = start

    def look() -> None:
        nonlocal quiet
        now = time.monotonic()
        if jobs is not None and jobs.running():
            quiet = now
        if now - quiet > _SETTLE or now - start > _PATIENCE:
            loop.quit()

    poll.timeout.connect(look)
    poll.start(20)
    loop.exec()
