"""Where the number in the chosen cell comes from: said below the paper, listed at the right."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget

from ledger_desk.errors import UserError
from ledger_desk.reports.checks import Checks
from ledger_desk.reports.evidence import Explanation
from ledger_desk.reports.explain import explain
from ledger_desk.reports.periods.explaining import explain_kept
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.reports.building import Made
from ledger_desk.ui.pages.reports.cell_strip import CellStrip
from ledger_desk.ui.pages.reports.drill_down import DrillDown
from ledger_desk.ui.pages.reports.findings_panel import FindingsPanel
from ledger_desk.ui.preview.panel import PreviewPanel
from ledger_desk.workbook.references import name as cell_name

_PAUSE_MS = 60
"""Wait between going to a cell and asking where it comes from: arrows repeat faster."""


class Origins(QObject):
    """Ties paper, strip and the pane of the page together."""

    def __init__(
        self, page: Page, ledger: Ledger, window: MainWindow, preview: PreviewPanel
    ) -> None:
        """Make strip, findings and drill-down for a page's preview."""
        super().__init__(page)
        self._page, self._ledger, self._window, self._preview = page, ledger, window, preview
        self._made: Made | None = None
        self.strip, self.findings, self.drill = CellStrip(), FindingsPanel(), DrillDown()
        self.side = QStackedWidget()
        self.side.addWidget(self.findings)
        self.side.addWidget(self.drill)
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(_PAUSE_MS)
        self._asking.timeout.connect(self.explain)
        preview.chosen.connect(lambda _row, _column: self._asking.start())
        preview.opened.connect(lambda _row, _column: self.open_list())
        self.strip.list_wanted.connect(self.open_list)
        self.findings.cell_wanted.connect(self.see_cell)
        self.drill.left.connect(self.back)

    def take(self, made: Made) -> None:
        """Show the findings of another report, and explain the cell that is still chosen."""
        self._made = made
        self.findings.set_checks(
            made.checks,
            made.texts,
            made.offers,
            made.standing.words if made.frozen else "",
            several=len(made.painted.by_sheet) > 1,
        )
        self.back(focus=False)
        self.explain()

    def clear(self) -> None:
        """Forget the report: what is chosen now has no cells and no checks."""
        self._made = None
        self.findings.set_checks(Checks(()), closed="单张不用审核，也不结账。")
        self.back(focus=False)
        self.explain()

    def explain(self) -> None:
        """Say where the chosen cell comes from."""
        here = self._preview.paper.current()
        if self._made is None or here is None:
            self.strip.show_explanation(None)
            return
        try:
            sheet = self._preview.paper.sheet() or self._made.sheet
            found = self._explained(self._made, cell_name(*here), sheet)
        except UserError as error:
            show_error(self._page, error, "来历没有读出来")
            return
        self.strip.show_explanation(found)
        if self.strip.isHidden():
            self._window.status.say(f"{found.title}　{found.sentence}")
        spoken = f"{found.title}，{found.value}。{found.sentence}"
        self._preview.paper.setAccessibleDescription(spoken)

    def _explained(self, made: Made, at: str, sheet: str) -> Explanation:
        """Of a closed period out of what was kept, else out of the ledger."""
        cell = made.report.at(at, sheet)
        if made.frozen is None or cell is None:
            return explain(self._ledger, made.report, at, sheet)
        with self._ledger.read() as rows:
            return explain_kept(rows, made.frozen, cell)

    def see_cell(self, sheet: str, row: int, column: int) -> None:
        """Go to a cell that a finding is about, whatever sheet it is on."""
        if self._page.mode != "full":
            self._page.close_pane()
        self._preview.go_to(row, column or 1, sheet or None)
        self._preview.paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_list(self) -> None:
        """Show the firms and records behind the chosen cell."""
        self.explain()
        found = self.strip.explanation()
        if found is None or not found.rows:
            return
        self.drill.show_explanation(found)
        self.side.setCurrentWidget(self.drill)
        self._page.open_pane()
        self.drill.focus_list()

    def back(self, *, focus: bool = True) -> None:
        """Show the findings again."""
        if self.side.currentWidget() is self.findings:
            return
        here = QApplication.focusWidget()
        focus = focus or (here is not None and self.drill.isAncestorOf(here))
        self.side.setCurrentWidget(self.findings)
        if focus:
            self._preview.paper.setFocus(Qt.FocusReason.OtherFocusReason)
