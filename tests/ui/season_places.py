"""The pages 续贷, 小微园区, 活动信息 and 任务与口径 in a shown window, empty and with a few records."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from ledger_desk.model.records import Activity, Bank, Enterprise, Loan, Park, TaxYear
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.books.page import BookPage
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.activities import ActivitiesPage
from ledger_desk.ui.pages.parks import ParksPage
from ledger_desk.ui.pages.renewals import RenewalsPage
from ledger_desk.ui.pages.targets import TargetsPage
from ledger_desk.ui.picker import Picker
from ledger_desk.work import activities, parks, quotas, renewing
from tests.ui.places import open_sheet, press, settle, show, type_into

TODAY = date.today()
CONTROL = Qt.KeyboardModifier.ControlModifier
PAGES = {
    "renewals": (RenewalsPage, "续贷"), "parks": (ParksPage, "小微园区"),
    "activities": (ActivitiesPage, "活动信息"), "targets": (TargetsPage, "任务与口径"),
}  # fmt: skip


def fill_season(ledger: Ledger) -> None:
    """A few records of everything that the four pages show."""
    with ledger.read() as rows:
        firms = rows.ids(Query(Enterprise))
    with ledger.step("登记一季") as step:
        bank = step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
        for n, firm in enumerate(firms):
            due = TODAY + timedelta(days=5 * n - 10)
            step.create(
                Loan(enterprise=firm, bank=bank, contract=f"HT-{n}", due_on=due, amount=50_000_000)
            )
            step.create(TaxYear(enterprise=firm, year=2023, grade="ABM"[n % 3], paid=1_000_000))
        park = step.create(Park(name="羚锐小微企业园", stars="四星级", bank=bank))
        fair = step.create(
            Activity(
                name="全县首贷专场对接会", kind="首贷专场对接会", day=TODAY, office=ledger.office.id
            )
        )
    parks.add_firms(ledger, park, firms[:3])
    activities.attend(ledger, fair, firms[:2])
    renewing.propose(ledger)
    quotas.lay_down(
        ledger, quotas.usual(ledger.office), date(TODAY.year, 1, 1), date(TODAY.year, 12, 31)
    )


def open_page(qtbot, window: MainWindow, jobs: Jobs, ledger: Ledger, key: str) -> BookPage:
    """Show one of the pages."""
    cls, title = PAGES[key]
    made = cls(ledger, jobs, window)
    window.add_page(key, title, "refresh", made)
    show(qtbot, window, 1366, 768)
    window.resize(1366, 768)
    settle(qtbot, lambda: made.tabs.tabs()[0].count is not None and not jobs.running())
    made.view().panel.grid.setFocus()
    return made


def sheet(qtbot, cls: type[QDialog]) -> QDialog:
    """The sheet of a class that is open now."""
    settle(qtbot, lambda: isinstance(QApplication.activeModalWidget(), cls))
    found = QApplication.activeModalWidget()
    assert isinstance(found, cls)
    open_sheet(qtbot, found)
    return found


def choose(qtbot, sheet: QDialog, **texts: str) -> None:
    """Put texts into editors of a sheet as one types and leaves them; pickers take the first found."""
    editors = getattr(sheet, "editors", None) or sheet.form._editors
    for name, text in texts.items():
        widget = editors[name].widget
        type_into(qtbot, widget, text)
        if isinstance(widget, Picker):
            settle(qtbot, widget.popup().isVisible)
            QApplication.processEvents()  # offscreen the popup becomes the active window, late
            qtbot.keyClick(widget.popup(), Qt.Key.Key_Return)
            settle(qtbot, lambda widget=widget: not widget.popup().isVisible())
        else:
            press(qtbot, Qt.Key.Key_Tab)
