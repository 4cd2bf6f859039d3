"""报送登记: who has handed in a form of a period; many are marked at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, CellState, GridColumn, GridRow, ListSource
from ledger_desk.ui.layouts import Row
from ledger_desk.work.handing import EXEMPT, FREE, HANDED, LATE, RETURNED, Debtor, told

_COLUMNS = (
    GridColumn("name", "单位、银行", width=260, essential=True),
    GridColumn("kind", "类别", width=90),
    GridColumn("state", "状态", width=110, essential=True),
    GridColumn("due", "报送时限", "day", width=110),
    GridColumn("day", "报送日期", "day", width=110, essential=True),
    GridColumn("note", "备注", width=140, stretch=True),
)
_STATES: dict[str, CellState] = {
    HANDED: "",
    RETURNED: "explain",
    LATE: "must",
    EXEMPT: "na",
    FREE: "na",
}
Mark = Callable[[Sequence[tuple[str, str]], str | None, dt.date], int]


class HandingDialog(Dialog):
    """The register of a form's period."""

    def __init__(
        self, parent: QWidget | None, title: str, read: Callable[[], list[Debtor]], mark: Mark,
        *, read_only: bool = False,
    ) -> None:  # fmt: skip
        """Show the register.

        Args:
            parent: Window behind it.
            title: Form and period.
            read: Gives the register as it is now.
            mark: Registers for some (table, id) a state, None to take it away, on a day.
            read_only: Nothing can be marked.
        """
        super().__init__(parent, f"报送登记　{title}", width=980)
        self._read, self._mark = read, mark
        self._found: list[Debtor] = []
        self.count = MarkLabel("hint", "", wrap=True)
        self.body.add(self.count)
        self.panel = GridPanel(ListSource(_COLUMNS, []), checks=True, noun="家", name="报送登记")
        self.panel.setMinimumHeight(max(180, (parent.height() if parent else 700) - 340))
        self.panel.grid.selection_changed.connect(self._allow)
        self.body.add(self.panel)
        self.day = DayField(dt.date.today())
        self.body.add(Row().add(Field("报送日期", self.day)).push())
        self.add_close()
        self.more = MenuButton(
            "改作", [("已退回", lambda: self.register(RETURNED)), ("免报", lambda: self.register(EXEMPT)),
                   None, ("撤回登记", lambda: self.register(None))],
        )  # fmt: skip
        self.add_button(self.more)
        self.go = self.add_button(Button("登记已报", self._hand, kind="pri"))
        self._read_only = read_only
        self.reload()
        self.panel.grid.setFocus()

    def reload(self) -> None:
        """Read the register again."""
        self._found = self._read()
        rows = [
            GridRow(f"{each.table}:{each.id}", (
                f"{each.name}（本单位上报）" if each.own else each.name,
                "银行" if each.table == "bank" else "单位",
                Cell(_words(each), state=_STATES.get(each.state, "")),
                each.due.isoformat() if each.due is not None else "",
                _day(each), (each.handing.note or "") if each.handing is not None else "",
            ))
            for each in self._found
        ]  # fmt: skip
        self.panel.set_source(ListSource(_COLUMNS, rows))
        late = any(each.state == LATE for each in self._found)
        owing = any(each.owes for each in self._found)
        self.count.set("late" if late else "explain" if owing else "done", told(self._found))
        self._allow([])

    def register(self, state: str | None) -> None:
        """Mark those that are ticked, or the one gone to."""
        units = self._chosen()
        try:
            self._mark(units, state, self.day.day() or dt.date.today())
        except UserError as error:
            self.count.set("must", str(error))
            return
        self.reload()
        self.panel.grid.setFocus()

    def _hand(self) -> None:
        self.register(HANDED)

    def _chosen(self) -> list[tuple[str, str]]:
        grid = self.panel.grid
        keys = grid.selected_ids() or [grid.current_id()]
        return [(table, record) for table, _, record in (key.partition(":") for key in keys if key)]

    def _allow(self, keys: list[str]) -> None:
        if self._read_only:
            self.go.block("只看方式打开，不能登记")
            self.more.setEnabled(False)
        else:
            self.go.allow(f"登记已报 {len(keys)} 家" if len(keys) > 1 else "登记已报")


def _words(each: Debtor) -> str:
    return f"{each.state}，晚 {each.late_days} 天" if each.late_days else each.state


def _day(each: Debtor) -> str:
    day = each.handing.handed_on if each.handing is not None else None
    return day.isoformat() if day is not None else ""
