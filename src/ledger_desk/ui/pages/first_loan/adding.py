"""Putting firms on the white list: found by name, code or initials, several at once, one step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Cultivation, Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where
from ledger_desk.ui import theme
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.crash import show_error
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.flow import Flow
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.pages.first_loan.keeping import list_firms
from ledger_desk.ui.pages.first_loan.sources import town_of
from ledger_desk.ui.records.editors import DayEditor, make_editor

_MOST = 60
_COLUMNS = (
    GridColumn("mark", "选", width=88, sortable=False, essential=True),
    GridColumn("name", "经营主体名称", width=240, essential=True, stretch=True),
    GridColumn("code", "统一社会信用代码", "code", 180),
    GridColumn("town", "乡镇", width=88),
)


class AddDialog(Dialog):
    """Chooses firms and puts them on the list; show it with ``open()``.

    Signals:
        added: Ids of the new entries.
    """

    added = Signal(list)

    def __init__(self, parent: QWidget, ledger: Ledger, firms: Sequence[str] = ()) -> None:
        """Offer the firms of the ledger; ``firms`` are chosen already."""
        super().__init__(parent, "加入培植名单", width=820)
        self._ledger = ledger
        self._chosen: dict[str, str] = {}
        self.search = TextField("", "输名称、代码或拼音首字母；按 ↓ 到下面的名单，回车选上")
        self.search.setAccessibleName("查企业")
        self.panel = GridPanel(ListSource(_COLUMNS, []), name="可以加入的企业", frozen=0)
        self._told = label("", "dim", wrap=True)
        self.day = DayEditor()
        self.day.set_value(dt.date.today())
        fields = field_map(Cultivation)
        self.source = make_editor(fields["source"], Cultivation, ledger)
        self.office = make_editor(fields["source_office"], Cultivation, ledger)
        self.bank = make_editor(fields["bank"], Cultivation, ledger)
        self._day_field = Field("列入日期", self.day.widget, required=True)
        fields_box = QWidget()
        self._flow = Flow(fields_box, gap=12)
        self._flow.add(self._day_field, 2)
        self._flow.add(Field("名单来源", self.source.widget), 3)
        self._flow.add(Field("推荐单位", self.office.widget), 3)
        self._flow.add(Field("培植银行", self.bank.widget), 4)
        self.body.add(self.search).add(self.panel, stretch=1).add(self._told, fields_box)
        self.add_close("不加了")
        self.go = self.add_button(Button("", self._add, kind="pri", key="F12"))
        self.search.textChanged.connect(self._find)
        self.panel.grid.opened.connect(self.toggle)
        with ledger.read() as rows:
            for firm in rows.many(Enterprise, list(firms)).values():
                self._chosen[firm.id] = firm.title
        self._find("")
        self._fit()
        self.search.installEventFilter(self)
        self.search.setFocus()

    def toggle(self, firm: str) -> None:
        """Choose a firm, or not."""
        if firm in self._listed:
            return
        if firm in self._chosen:
            del self._chosen[firm]
        else:
            found = self._ledger.get(Enterprise, firm)
            self._chosen[firm] = found.title if found is not None else firm
        self._fill()
        self.panel.grid.go_to(firm)

    def chosen(self) -> list[str]:
        """Ids of the firms chosen."""
        return list(self._chosen)

    def _find(self, text: str) -> None:
        with self._ledger.read() as rows:
            self._found = rows.find(Query(Enterprise, text=text), _MOST)
            ids = tuple(firm.id for firm in self._found) + tuple(self._chosen)
            entries = (
                rows.find(Query(Cultivation, (Where("enterprise", "in", ids),))) if ids else []
            )
        self._listed = {str(entry.enterprise) for entry in entries if entry.state != "退出"}
        for firm in self._listed & self._chosen.keys():
            del self._chosen[firm]
        self._fill()

    def _fill(self) -> None:
        rows = [
            GridRow(f.id, (self._mark(f.id), f.title, f.code or "", town_of(f)))
            for f in self._found
        ]
        self.panel.set_source(ListSource(_COLUMNS, rows))
        self.panel.say_nothing("" if rows else "没有找到。可以输名称里的几个字、代码、拼音首字母。")
        if rows:
            self.panel.grid.setCurrentIndex(self.panel.grid.lazy_model().index(0, 0))
        names = list(self._chosen.values())
        more = f" 等 {len(names)} 户" if len(names) > 6 else ""
        if names:
            self._told.setText(f"已选：{'、'.join(names[:6])}{more}")
        else:
            self._told.setText("还没有选。同一户再按一次回车就不选了。")
        if names:
            self.go.allow(f"加入 {len(names)} 户")
        else:
            self.go.block("先选企业")

    def _mark(self, firm: str) -> Cell:
        if firm in self._listed:
            return Cell("已在名单", "readonly", note="这一户已经在培植名单里。")
        return Cell("选上了", "changed") if firm in self._chosen else Cell("")

    def _add(self) -> None:
        try:
            day = self.day.value()
            values = {
                "source": self.source.value(), "source_office": self.office.value(),
                "bank": self.bank.value(),
            }  # fmt: skip
        except ValueError as error:
            self._day_field.say("must", str(error))
            return
        if day is None:
            self._day_field.say("must", "还没填列入日期。")
            return
        try:
            entries = list_firms(self._ledger, self.chosen(), day, **values)
        except UserError as error:
            show_error(self, error, "没有加入名单")
            return
        self.added.emit(entries)
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↓ in the search line goes to the list (the sheet would scroll)."""
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if down and event.type() == QEvent.Type.KeyPress and watched is self.search:
            self.panel.grid.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the only firm found, or goes to the list; it never closes."""
        grid = self.panel.grid
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.search.hasFocus() and len(self._found) == 1:
                self.toggle(self._found[0].id)
                self.search.selectAll()
            elif self.search.hasFocus():
                grid.setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _fit(self) -> None:
        if hasattr(self, "panel"):
            room = self.parentWidget().window().height() - theme.look().px(330)
            mode = mode_of(self.parentWidget().window().width(), theme.look().factor)
            self._flow.set_mode("narrow" if mode == "single" else "full")
            self.panel.setFixedHeight(max(min(theme.look().px(300), room), theme.look().px(110)))
        super()._fit()
