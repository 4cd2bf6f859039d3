"""对列 with what was found around the tables: file, sender, sheets, header, rows left out, kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.exchange.mapping import Mapping
from ledger_desk.exchange.preparing import Prepared
from ledger_desk.ui.cards import Card, IconPicture, MarkLabel
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.dialogs.choose_many import ChooseMany
from ledger_desk.ui.importing.around import Around, AroundSheet
from ledger_desk.ui.importing.columns_view import ColumnsView
from ledger_desk.ui.importing.looking import Judged, together
from ledger_desk.ui.labels import ElidedLabel, FittingLabel
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.picker import PickItem

_FORMATS = {"csv": "CSV 文本", "xls": "Excel 97 表格", "xlsx": "Excel 表格", "xlsm": "带宏的 Excel 表格",
            "xlsb": "Excel 二进制表格", "ods": "ODS 表格", "xml": "Excel 2003 XML 表格"}  # fmt: skip


class MapPage(QWidget):
    """Shows the tables that are to be read in, one at a time, and lets a person correct them.

    Signals:
        changed: The columns were corrected.
        judge_wanted: (judged, prepared): the corrected table is to be judged again.
        look_wanted: (how, header): the table is to be looked at in another way (`looking`).
        several_wanted: Names of the tables that are to be taken together.
    """

    changed = Signal()
    judge_wanted = Signal(object, object)
    look_wanted = Signal(object, object)
    several_wanted = Signal(object)

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self._judged: list[Judged] = []
        self._at = 0
        self._senders: Sequence[str] = ()
        self._file = ElidedLabel("", "bold")
        self._facts = FittingLabel([""], "dim")
        self._skipped = MarkLabel("hint", "", "hint", wrap=True)
        self._missing = MarkLabel("must", "", "must", wrap=True)
        self.around = Around()
        self._sheet: AroundSheet | None = None
        self.making = CheckBox("账里没有的企业，按名称新建")
        self.columns = ColumnsView()
        card = Card(pad=12)
        top = Row(gap=10).add(IconPicture("file-spreadsheet", size=22))
        top.add(self._file, stretch=1).add(self._facts)
        card.body.set_gap(6)
        card.body.add(top, self.around, self._skipped, self._missing, self.making)
        self._card = card
        Column(self, gap=10).add(card).add(self.columns, stretch=1)
        self.columns.changed.connect(self._take)
        self._listen(self.around)

    def show_tables(
        self, tables: Sequence[Judged], senders: Sequence[str] = (), *, temporary: bool = False
    ) -> None:
        """Show the tables of a file; ``senders`` are the names to offer."""
        self._judged, self._at = list(tables), 0
        self._senders = senders or self._senders
        prepared = tables[0].prepared
        self._file.setText("剪贴板里的表格" if temporary else prepared.file)
        self._show()

    def replace_table(self, judged: Judged) -> None:
        """Show the present table as it was looked at anew."""
        self._judged[self._at] = judged
        self._show()

    def take_judged(self, judged: Judged) -> None:
        """Take what was found out about a corrected table, unless it was corrected again since."""
        for at, held in enumerate(self._judged):
            if held.prepared is judged.prepared:
                self._judged[at] = judged
                if at == self._at:
                    self.columns.show_judged(judged)
        self.changed.emit()

    def judged(self) -> list[Judged]:
        """All tables that are taken."""
        return list(self._judged)

    def prepared(self) -> Prepared:
        """The table shown, with its columns as they were corrected."""
        return self._judged[self._at].prepared

    def tables(self) -> list[Prepared]:
        """All tables that are taken, as one reading in takes them."""
        return together(self._judged)

    def create_missing(self) -> bool:
        """Whether firms that are not known are to be made."""
        return self.making.isChecked() and any(
            each.prepared.cls is LedgerRow for each in self._judged
        )

    def lacking(self) -> str:
        """Name of the first table whose columns do not suffice; '' where all do."""
        return next((j.prepared.sheet.title for j in self._judged if j.prepared.missing), "")

    def settled(self) -> tuple[int, int, int]:
        """Columns that are read in, left over, and to be looked at, of the table shown."""
        mapping = self.prepared().mapping
        left = [c for c in mapping.unmatched if c.how != "chosen"]
        return len(mapping.used), len(left), len(self.columns.open_columns())

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """What stands around the table gives way where room is short; a sheet has it then."""
        self.columns.set_mode(mode)
        self.around.setVisible(mode in ("full", "drawer") and not very_short)
        self._card.setVisible(not very_short)

    def first_focus(self) -> QWidget | None:
        """The first column that could not be settled; None where nothing is in the way."""
        return self.columns.first_open()

    def show_around(self) -> None:
        """Open what stands around the table in a sheet."""
        self._sheet = AroundSheet(self.window())
        self._listen(self._sheet.around)
        self._tell_around(self._sheet.around)
        self._sheet.fit_height()
        self._sheet.open()

    def ask_several(self) -> None:
        """Let the person tick the tables that are to be read in together."""
        infos = self.prepared().sheets
        items = [PickItem(i.name, f"{i.name}（{i.rows:,} 行，{i.label}）", "" if i.enough else "没有认出要紧的列")
                 for i in infos]  # fmt: skip
        ticked = {each.prepared.sheet.title for each in self._judged}
        if len(ticked) == 1:
            ticked |= {i.name for i in infos if i.enough and not i.helps}
        dialog = ChooseMany(self.window(), "几张表一起装", items, ticked, least=1)
        dialog.chosen.connect(self._ticked)
        dialog.fit_height()
        dialog.open()

    def _listen(self, around: Around) -> None:
        around.sender_given.connect(self._sender_given)
        around.look_wanted.connect(self._look)
        around.header_given.connect(self._header_given)
        around.sheet_given.connect(self._turn_to)
        around.several_wanted.connect(self.ask_several)

    def _show(self) -> None:
        judged = self._judged[self._at]
        prepared, layout = judged.prepared, judged.prepared.layout
        what = _FORMATS.get(prepared.kind, "表格")
        rows = f"{len(layout.data_rows):,} 行数据"
        total = sum(len(each.prepared.layout.data_rows) for each in self._judged)
        if len(self._judged) > 1:
            rows = f"{rows}（{len(self._judged)} 张表共 {total:,} 行）"
        self._facts.set_texts([f"内容是 {what}　{rows}", rows])
        skipped = _skipped(prepared)
        self._skipped.label.setText(skipped)
        self._skipped.setVisible(bool(skipped))
        self.making.setVisible(any(j.prepared.cls is LedgerRow for j in self._judged))
        self._tell_around(self.around)
        if self._sheet is not None and self._sheet.isVisible():
            self._tell_around(self._sheet.around)
        self.columns.show_judged(judged)
        self._tell()
        self.changed.emit()

    def _tell_around(self, around: Around) -> None:
        names = [each.prepared.sheet.title for each in self._judged]
        around.tell(self._judged[self._at], names, self._senders)

    def _tell(self) -> None:
        missing = self.prepared().missing
        self._missing.label.setText(missing)
        self._missing.setVisible(bool(missing))

    def _take(self, mapping: Mapping) -> None:
        """Correct the columns; tables with the very same headings are corrected with them."""
        before = self.prepared()
        headings = [c.heading for c in before.mapping]
        different = [c.column for c in mapping if c != before.mapping.column(c.column)]
        for at, held in enumerate(self._judged):
            other = held.prepared
            if at == self._at:
                corrected = mapping
            elif other.cls is before.cls and [c.heading for c in other.mapping] == headings:
                corrected = _follow(other.mapping, mapping, different)
            else:
                continue
            prepared = other.with_mapping(corrected)
            kept = {n: r for n, r in held.readings.items() if n not in different}
            held = replace(held, readings=kept)
            self._judged[at] = replace(held, prepared=prepared)
            self.judge_wanted.emit(held, prepared)
        self.columns.show_mapping(mapping)
        self._tell()
        self.changed.emit()

    def _sender_given(self, sender: str) -> None:
        before = self.prepared().sender
        corrected = any(c.how == "chosen" or c.reading for c in self.prepared().mapping)
        for at, held in enumerate(self._judged):
            if held.prepared.sender == before:
                given = held.prepared.with_sender(sender)
                self._judged[at] = replace(held, prepared=given)
        if not corrected and len(self._judged) == 1:
            self.look_wanted.emit({"sender": sender}, None)  # its columns may be remembered
        else:
            self._show()

    def _look(self, what: str, value: str) -> None:
        self.look_wanted.emit({what: value}, None)

    def _header_given(self, first: int, last: int) -> None:
        self.look_wanted.emit({}, (first, last))

    def _turn_to(self, name: str) -> None:
        """Show another of the tables that are taken together."""
        for at, each in enumerate(self._judged):
            if each.prepared.sheet.title == name and at != self._at:
                self._at = at
                self._show()

    def _ticked(self, items: Sequence[PickItem]) -> None:
        self.several_wanted.emit(tuple(item.id for item in items))


def _follow(mapping: Mapping, leader: Mapping, columns: Sequence[int]) -> Mapping:
    """Correct a table like another one with the same headings."""
    for number in columns:
        wanted = leader.column(number)
        if mapping.column(number).field != wanted.field:
            mapping = mapping.with_field(number, wanted.field)
        if wanted.reading and wanted.field is not None:
            mapping = mapping.with_reading(number, wanted.reading)
    return mapping


def _skipped(prepared: Prepared) -> str:
    """Say which rows are no records: ``略过 6 行：第 1 行表的标题、…``."""
    left = [each for each in prepared.layout.left_out if each.kind != "blank"]
    if not left:
        return ""
    named = [f"第 {each.row} 行{each.why}" for each in left[:4]]
    more = Counter(each.why for each in left[4:])
    named += [f"另有 {count} 行{why}" for why, count in more.items()]
    return f"略过 {len(left)} 行：{'、'.join(named)}"
