"""Files of firms on paper: asks what is wanted, draws it apart, shows it, prints it or saves it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise
from ledger_desk.reports.dossier.apart import draw_apart
from ledger_desk.reports.dossier.options import Options
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.printing.dossier_dialog import LOOK, PRINT, DossierDialog
from ledger_desk.ui.printing.papers import Drawn, Papers

MOST_FIRMS = 2_000  # more pages than anybody binds


class DossierPrinting(Papers):
    """Asks what is wanted of firms, and does it."""

    def __init__(self, ledger: Ledger, jobs: Jobs, window: MainWindow, parent: QObject) -> None:
        """Print from a ledger."""
        super().__init__(ledger, jobs, window, parent)
        self._deed, self._what, self._options = LOOK, "", Options()

    def ask(self, firms: Sequence[str]) -> None:
        """Ask what is wanted of some firms, in their order."""
        if not firms:
            self._window.status.say("先在名单里选要打印的企业")
            return
        if len(firms) > MOST_FIRMS:
            error = UserError(
                f"一次最多打印 {MOST_FIRMS:,} 户，现在选了 {len(firms):,} 户。请先筛选，分几次印。"
            )
            show_error(self._window, error, "没有打印")
            return
        with self._ledger.read() as rows:
            first = rows.get(Enterprise, firms[0])
        self._name = first.title if len(firms) == 1 and first is not None else f"{len(firms):,} 户"
        dialog = DossierDialog(self._window, len(firms), self._name)
        dialog.wanted.connect(partial(self._draw, list(firms)))
        dialog.open()

    def _draw(self, firms: list[str], what: str, options: Options, deed: str) -> None:
        self._deed, self._what, self._options = deed, what, options
        self._jobs.start_apart(
            draw_apart, str(self._ledger.path), self._ledger.key, firms, options, what,
            title=f"正在生成{what} {len(firms):,} 户", leaves="停下，什么也不留",
            succeeded=self._drawn, failed=self._failed,
        )  # fmt: skip

    def _drawn(self, result: tuple[bytes, int, int, str]) -> None:
        pdf, firms, pages, missing = result
        drawn = Drawn(pdf, firms, pages, missing, self._what, self._name, self._options.private)
        self.tell_missing(missing)
        if self._deed == LOOK:
            self.look_at(drawn)
        elif self._deed == PRINT:
            self.print_out(drawn)
        else:
            self.save(drawn)
