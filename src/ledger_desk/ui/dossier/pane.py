"""Details of the field or cell that the keyboard is at: its history, memos, files, and links."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from ledger_desk.model.fields import FieldSpec, Record, field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.reviewing import HistoryItem
from ledger_desk.ui.attachments.strip import AttachmentStrip
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dossier.links import read_links
from ledger_desk.ui.dossier.memos import Memos, Place
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.records.field_history import way_of
from ledger_desk.ui.records.showing import show, split_unit
from ledger_desk.ui.records.times import when
from ledger_desk.ui.rules import frame

_MOST = 6


class DossierPane(QWidget):
    """Shows one place of the file at a time.

    Signals:
        restore_wanted: (class, record, field, value): an earlier value is to stand again.
        link_wanted: (table, id).
        changed: A memo was written.
        failed: Exception from the ledger.
    """

    restore_wanted = Signal(object, str, str, object)
    link_wanted = Signal(str, str)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, ledger: Ledger) -> None:
        """Start with nothing."""
        super().__init__()
        self._ledger, self._firm = ledger, ""
        self._cls: type[Record] = Enterprise
        self._record, self._field = "", ""
        outer = Column(self, gap=0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = frame("bare")
        column = Column(inner, margins=(16, 12, 16, 12), gap=10)
        self._title = label("", "heading", wrap=True)
        self._where = label("", "dim", wrap=True)
        self._history, self._links = Column(gap=6), Column(gap=4)
        self.memos = Memos(ledger)
        self.memos.changed.connect(self.changed)
        self.memos.failed.connect(self.failed)
        self.files = Column(gap=6)
        column.add(self._title, self._where, frame("rule"), self._history, frame("rule"))
        column.add(self.memos, self.files, self._links)
        column.push()
        self._area.setWidget(inner)
        outer.add(self._area, stretch=1)
        self._parts: dict[str, QWidget] = {}
        self.strip: AttachmentStrip | None = None

    def put_files(self, strip: AttachmentStrip) -> None:
        """Show the files of what the keyboard is at, too."""
        self.strip = strip
        strip.changed.connect(self.changed)
        self.files.add(frame("rule"), label("附件", "bold"), strip)

    def show_place(self, firm: str, cls: type[Record], record: str, field: str) -> None:
        """Show a field of the firm (``record`` '') or of a record that hangs on it."""
        self._firm, self._cls, self._record, self._field = firm, cls, record, field
        self.reload()

    def reload(self) -> None:
        """Read the same place again."""
        spec = field_map(self._cls).get(self._field)
        title = split_unit(spec.label)[0] if spec is not None else "这一户"
        self._title.setText(title)
        self._where.setText(
            self._cls.LABEL if self._cls is not Enterprise else "光标在哪一栏，这里就是哪一栏的来历"
        )
        record = self._record or (self._firm if self._cls is Enterprise else "")
        self._put("history", self._history, self._changes(record, spec))
        self.memos.setVisible(bool(self._firm))
        self.memos.show_place(Place(self._firm, self._cls.TABLE, record, spec.label if spec is not None else ""))  # fmt: skip
        if self.strip is not None:
            on = (self._cls.TABLE, self._record) if self._record else None
            self.strip.show_firm(self._firm or None, on)
        self._put("links", self._links, self._linked())

    def write_memo(self) -> None:
        """Put the keyboard where a memo is written (Alt+N)."""
        self.memos.area.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(self.memos.area, 0, 60)

    # Parts

    def _put(self, key: str, place: Column, content: QWidget) -> None:
        before = self._parts.get(key)
        if before is not None:
            before.hide()
            before.deleteLater()
        self._parts[key] = content
        place.add(content)

    def _changes(self, record: str, spec: FieldSpec | None) -> QWidget:
        content = QWidget()
        column = Column(content, gap=6)
        column.add(label("来历", "bold"))
        items: list[HistoryItem] = []
        if record and spec is not None:
            items = self._ledger.history(record, spec.name)
        if not items or spec is None:
            said = (
                "这一栏还没有填过。"
                if spec is not None
                else "点一栏，看它是谁、什么时候、从哪里填的。"
            )
            column.add(label(said, "dim", wrap=True))
            return content
        for place, item in enumerate(items[:_MOST]):
            text = show(self._ledger, spec, item.after, masked=True) or "（空）"
            row = Row(gap=6).add(label(text, "bold" if not place else "body", wrap=True), stretch=1)
            if place and not self._ledger.read_only:
                back = Button("恢复成它", self._restoring(spec.name, item.after), kind="words")
                back.setAccessibleName(f"恢复成 {when(item.at, clock=True)} 的值 {text}")
                row.add(back)
            column.add(row)
            who = f"{when(item.at, clock=True)}　{item.person or '没有登记姓名'}　{way_of(item.step_name)}"
            column.add(label(who, "faint", wrap=True))
        if len(items) > _MOST:
            column.add(label(f"更早的 {len(items) - _MOST} 次在第 18 节。", "dim", wrap=True))
        return content

    def _restoring(self, field: str, value: Any) -> Any:
        return partial(self.restore_wanted.emit, self._cls, self._record, field, value)

    def _linked(self) -> QWidget:
        content = QWidget()
        column = Column(content, gap=4)
        links = read_links(self._ledger, self._firm)
        if links:
            column.add(frame("rule"), label("有来往的", "bold"))
        for link in links:
            column.add(label(link.what, "faint"))
            go = Button(link.title, partial(self.link_wanted.emit, link.table, link.record), kind="words")  # fmt: skip
            go.setAccessibleName(f"{link.what}：{link.title}，打开")
            column.add(Row(gap=0).add(go).push())
        return content
