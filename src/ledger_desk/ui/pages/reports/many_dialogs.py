"""Dialogs: the offices of a form's period, and which forms and offices to make in one job."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ledger_desk.reports.batch import PDF, XLSX
from ledger_desk.reports.offices import WHOLE, OfficeStanding
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, CellState, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Row
from ledger_desk.work.handing import HANDED, LATE, RETURNED

_OFFICES = (
    GridColumn("name", "单位", width=250, essential=True, stretch=True),
    GridColumn("closed", "结账", width=210, essential=True),
    GridColumn("handed", "报送", width=150),
)
_ALL = "all"  # the row of the whole ledger


class OfficesDialog(Dialog):
    """Who has closed, who has handed in, who is late; Enter shows one office's report."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        found: Sequence[OfficeStanding],
        office: str | None,
    ) -> None:
        """Show how they stand.

        Args:
            parent: Window behind it.
            title: Form and period.
            found: The whole ledger first, then each office.
            office: Whose report is on the page; None for the whole ledger.
        """
        super().__init__(parent, f"各单位　{title}", width=760)
        self._names = {each.office or _ALL: each.name for each in found}
        late = sum(each.debtor is not None and each.debtor.state == LATE for each in found)
        closed = sum(each.office is not None and each.closed.closed is not None for each in found)
        said = f"{len(found) - 1} 个单位，{closed} 个已结账" + (
            f"，{late} 个逾期未报。" if late else "。"
        )
        self.body.add(label(said + "选一个单位，只出它的一份，结账也只结它的。", "body", wrap=True))
        rows = [
            GridRow(each.office or _ALL, (
                each.name,
                Cell(each.closed.words, state="" if each.closed.closed is not None else "na"),
                Cell(each.handed, state=_state(each)),
            ))
            for each in found
        ]  # fmt: skip
        self.panel = GridPanel(ListSource(_OFFICES, rows), noun="个单位", name="各单位")
        self.panel.setMinimumHeight(max(160, (parent.height() if parent else 700) - 330))
        self.panel.grid.opened.connect(lambda _id: self.accept())
        self.body.add(self.panel)
        self.add_close()
        self.add_button(Button("出这一份", self.accept, kind="pri"))
        self.panel.grid.go_to(office or _ALL)
        self.panel.grid.setFocus()

    def answer(self) -> tuple[str, str]:
        """Id and name of the office gone to; ('', '') for the whole ledger."""
        key = self.panel.grid.current_id()
        return ("", "") if key in ("", _ALL) else (key, self._names[key])


def _state(each: OfficeStanding) -> CellState:
    if each.debtor is None:
        return ""
    known: dict[str, CellState] = {HANDED: "", LATE: "must", RETURNED: "explain"}
    return known.get(each.debtor.state, "na")


class BatchDialog(Dialog):
    """Forms at the left, offices at the right; all that is ticked is made."""

    def __init__(
        self, parent: QWidget | None, period: str, forms: Sequence[tuple[str, str]],
        offices: Sequence[tuple[str, str]], form: str, office: str | None,
    ) -> None:  # fmt: skip
        """Offer (id, name) pairs; the form and office on the page are the ones gone to."""
        super().__init__(parent, f"几张一起出　{period}", width=980)
        self._names = dict(offices)
        self.body.add(label(
            "勾上要出的表；勾了单位的，每张表给每个单位各出一份。都出到一个文件夹，同名的不盖掉。",
            "body", wrap=True,
        ))  # fmt: skip
        self.forms, self.offices = (
            GridPanel(
                ListSource((GridColumn("name", title, width=300, essential=True, stretch=True),),
                           [GridRow(key, (name,)) for key, name in some]),
                checks=True, noun=noun, name=title,
            )
            for title, noun, some in (
                ("报表", "张", forms), ("单位", "个", [(_ALL, WHOLE), *offices]),
            )
        )  # fmt: skip
        high = max(160, (parent.height() if parent else 700) - 360)
        for panel, key in ((self.forms, form), (self.offices, office or _ALL)):
            panel.setMinimumHeight(high)
            panel.grid.go_to(key)
            panel.grid.selection_changed.connect(lambda _ids: self._check())
        self.body.add(Row(gap=10).add(self.forms, stretch=1).add(self.offices, stretch=1))
        self.xlsx, self.pdf = CheckBox("Excel", True), CheckBox("PDF", True)
        for box in (self.xlsx, self.pdf):
            box.toggled.connect(lambda _on: self._check())
        self.body.add(Row(gap=16).add(self.xlsx, self.pdf).push())
        self.add_close("不出了")
        self.go = self.add_button(Button("出", self._go, kind="pri"))
        self._check()
        self.forms.grid.setFocus()

    def wanted(self) -> list[tuple[str, str | None, str]]:
        """(form, office or None, its name) of each report, form by form."""
        who = self.offices.grid.selected_ids() or [self.offices.grid.current_id() or _ALL]
        return [
            (form, None if key == _ALL else key, self._names.get(key, ""))
            for form in self.forms.grid.chosen_ids() for key in who
        ]  # fmt: skip

    def endings(self) -> list[str]:
        """``xlsx``, ``pdf`` or both."""
        boxes = ((self.xlsx, XLSX), (self.pdf, PDF))
        return [ending for box, ending in boxes if box.isChecked()]

    def _check(self) -> None:
        many = len(self.wanted())
        if not self.endings():
            self.go.block("出：还没选文件")
        else:
            self.go.allow(f"出 {many:,} 张…")

    def _go(self) -> None:
        if self.endings() and self.wanted():
            self.accept()
