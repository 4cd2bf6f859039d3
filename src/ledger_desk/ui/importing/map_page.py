"""对列 with what was found around the table: file, sheet, header, rows left out, kind of record."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.exchange.mapping import Mapping
from ledger_desk.exchange.preparing import Prepared
from ledger_desk.exchange.targets import LEDGER_ROWS
from ledger_desk.model.records import Bank, Cultivation, Enterprise, Person
from ledger_desk.ui.cards import Card, IconPicture, MarkLabel
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.importing.columns_view import ColumnsView
from ledger_desk.ui.labels import ElidedLabel, FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.picker import Picker, PickItem, pick_from

_KINDS = (
    PickItem(Enterprise.TABLE, "经营主体名单"),
    PickItem(LEDGER_ROWS, "首贷培植工作台帐"),
    PickItem(Cultivation.TABLE, "首贷培植名单"),
    PickItem(Bank.TABLE, "银行名单"),
    PickItem(Person.TABLE, "人员名单"),
)
_FORMATS = {"csv": "CSV 文本", "xls": "Excel 97 表格", "xlsx": "Excel 表格", "xlsm": "带宏的 Excel 表格",
            "xlsb": "Excel 二进制表格", "ods": "ODS 表格", "xml": "Excel 2003 XML 表格"}  # fmt: skip


class MapPage(QWidget):
    """Shows a `Prepared` and lets a person correct it.

    Signals:
        changed: The columns were changed.
        other_wanted: (kind, sheet): the file is to be read again as something else.
    """

    changed = Signal(object)
    other_wanted = Signal(str, str)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._prepared: Prepared | None = None
        self._file = ElidedLabel("", "bold")
        self._facts = FittingLabel([""], "dim")
        self._skipped = MarkLabel("hint", "", "hint", wrap=True)
        self._missing = MarkLabel("must", "", "must", wrap=True)
        self.kind = Picker(pick_from(_KINDS), None)
        self.kind.setAccessibleName("当作什么装入")
        self.sheet = Picker(self._sheets, None)
        self.sheet.setAccessibleName("工作表")
        self.making = CheckBox("账里没有的企业，按名称新建")
        self.columns = ColumnsView()
        card = Card(pad=12)
        words = Column(gap=1).add(self._file, self._facts)
        top = Row(gap=12).add(IconPicture("file-spreadsheet")).add(words, stretch=1)
        self._ways = QWidget()
        self._kind_word, self._sheet_word = label("当作", "dim"), label("工作表", "dim")
        ways = Row(self._ways, gap=8).add(self._kind_word).add(self.kind, stretch=1)
        ways.add(self._sheet_word).add(self.sheet, stretch=1)
        top.add(self._ways, stretch=1)
        card.body.set_gap(4)
        card.body.add(top, self._skipped, self._missing, self.making)
        self._card = card
        Column(self, gap=10).add(card).add(self.columns, stretch=1)
        self.columns.changed.connect(self._take)
        self.kind.picked.connect(self._other)
        self.sheet.picked.connect(self._other)

    def show_prepared(self, prepared: Prepared, *, temporary: bool = False) -> None:
        """Show a table."""
        self._prepared = prepared
        layout = prepared.layout
        self._file.setText("剪贴板里的表格" if temporary else prepared.file)
        first, last = layout.header_rows
        head = f"第 {first} 行是表头" if first == last else f"第 {first}—{last} 行是表头"
        head = head if layout.has_header else "没有找到表头"
        what = _FORMATS.get(prepared.kind, "表格")
        rows = f"{len(layout.data_rows):,} 行数据"
        self._facts.set_texts(
            [f"内容是 {what}，取“{prepared.sheet.name}”　{head}　{rows}", f"{head}　{rows}", rows]
        )
        skipped = _skipped(prepared)
        self._skipped.label.setText(skipped)
        self._skipped.setVisible(bool(skipped))
        wanted = LEDGER_ROWS if prepared.cls is LedgerRow else prepared.cls.TABLE
        self.kind.set_item(next((item for item in _KINDS if item.id == wanted), None))
        self.sheet.set_item(PickItem(prepared.sheet.name, prepared.sheet.name))
        for part in (self._sheet_word, self.sheet):
            part.setVisible(bool(prepared.others))
        self.making.setVisible(prepared.cls is LedgerRow)
        self.columns.show_mapping(prepared.mapping)
        self._tell()

    def prepared(self) -> Prepared:
        """The table with the columns as they were corrected."""
        assert self._prepared is not None
        return self._prepared

    def create_missing(self) -> bool:
        """Whether firms that are not known are to be made."""
        return (
            self._prepared is not None
            and self._prepared.cls is LedgerRow
            and self.making.isChecked()
        )

    def ready(self) -> bool:
        """Whether the columns suffice."""
        return self._prepared is not None and not self._prepared.missing

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """The facts about the file give way where room is short."""
        self.columns.set_mode(mode)
        self._ways.setVisible(mode in ("full", "drawer"))
        self._card.setVisible(not very_short)

    def first_focus(self) -> QWidget | None:
        """The first column that is not settled."""
        return self.columns.first_focus()

    def _take(self, mapping: Mapping) -> None:
        assert self._prepared is not None
        self._prepared = self._prepared.with_mapping(mapping)
        self.columns.show_mapping(mapping)
        self._tell()
        self.changed.emit(mapping)

    def _tell(self) -> None:
        missing = self._prepared.missing if self._prepared else ""
        self._missing.label.setText(missing)
        self._missing.setVisible(bool(missing))

    def _sheets(self, text: str) -> list[PickItem]:
        if self._prepared is None:
            return []
        names = (self._prepared.sheet.name, *self._prepared.others)
        return pick_from([PickItem(name, name) for name in names])(text)

    def _other(self, _item: object) -> None:
        if self._prepared is None:
            return
        kind, sheet = self.kind.value() or "", self.sheet.value() or ""
        now = LEDGER_ROWS if self._prepared.cls is LedgerRow else self._prepared.cls.TABLE
        if (kind, sheet) != (now, self._prepared.sheet.name):
            self.other_wanted.emit(kind, sheet)


def _skipped(prepared: Prepared) -> str:
    """Say which rows are no records: ``略过 6 行：第 1 行表的标题、…``."""
    left = [each for each in prepared.layout.left_out if each.kind != "blank"]
    if not left:
        return ""
    named = [f"第 {each.row} 行{each.why}" for each in left[:4]]
    more = Counter(each.why for each in left[4:])
    named += [f"另有 {count} 行{why}" for why, count in more.items()]
    return f"略过 {len(left)} 行：{'、'.join(named)}"
