"""批量改: one field, one value, all chosen records; how many it changes is said before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange import pasting
from ledger_desk.model.fields import FieldSpec, fields_of
from ledger_desk.model.locks import locked
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.book import Book
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import CheckBox
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.pasting.editors import edit_text
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.records.editor import Editor
from ledger_desk.ui.records.editors import make_editor
from ledger_desk.ui.records.showing import split_unit
from ledger_desk.ui.rules import frame
from ledger_desk.work import bulk
from ledger_desk.work.outcome import Outcome

if TYPE_CHECKING:
    from ledger_desk.progress import Progress
    from ledger_desk.ui.books.view import BookView

_LOOKED_AT = 2_000  # records whose values are compared while one types
_WAIT_MS = 250


def changeable(book: Book) -> list[FieldSpec]:
    """Fields that many records can get the same value of: not what tells them apart."""
    return [
        spec
        for spec in fields_of(book.cls)
        if spec.name not in book.locked
        and spec.name not in locked(book.cls)
        and not spec.identity
        and spec.name != "enterprise"
    ]


class BulkDialog(Dialog):
    """Asks; `wanted` carries (field, text as it is typed)."""

    wanted = Signal(str, str)

    def __init__(
        self, parent: QWidget | None, ledger: Ledger, book: Book, ids: list[str], field: str = ""
    ) -> None:
        """Offer the fields of a book; ``field`` is the one that the keyboard was at."""
        noun = book.noun
        super().__init__(parent, f"批量改 {len(ids):,} {noun}{book.called}", width=620)
        self._ledger, self._book, self._ids = ledger, book, ids
        self._specs = {spec.name: spec for spec in changeable(book)}
        items = [PickItem(s.name, split_unit(s.label)[0], s.group) for s in self._specs.values()]
        first = next((item for item in items if item.id == field), None)
        self.field = Picker(pick_from(items, len(items)), first, "选一栏，例如担保方式")
        self.field.setAccessibleName("改哪一栏")
        self._place = Column(gap=0)
        holder = frame("bare")
        Column(holder, gap=0).add(self._place)
        self.empty = CheckBox("把这一栏清空")
        self._told = label("", "dim", wrap=True)
        self.editor: Editor | None = None
        self._value: Field | None = None
        self.body.add(Field("改哪一栏", self.field), holder, self.empty, self._told)
        self.add_close("不改了")
        self.go = self.add_button(Button("改", self._go, kind="pri"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._tell)
        self.field.picked.connect(self._picked)
        self.empty.toggled.connect(self._emptied)
        self._picked(first)
        self.field.setFocus()

    def choose(self, field: str) -> None:
        """Choose a field."""
        spec = self._specs[field]
        item = PickItem(field, split_unit(spec.label)[0], spec.group)
        self.field.set_item(item)
        self._picked(item)

    def _picked(self, item: PickItem | None) -> None:
        if self._value is not None:
            self._value.hide()
            self._value.deleteLater()
            self._value = self.editor = None
        spec = self._specs.get(item.id) if item is not None else None
        if spec is not None:
            title, unit = split_unit(spec.label)
            self.editor = make_editor(spec, self._book.cls, self._ledger)
            self._value = Field(f"都改成（{title}）", self.editor.widget, unit=unit)
            self._place.add(self._value)
            self.editor.typed.connect(self._timer.start)
            self.editor.left.connect(self._tell)
        self._emptied()

    def _emptied(self, _on: bool = False) -> None:
        if self._value is not None:
            self._value.setVisible(not self.empty.isChecked())
        self._tell()

    def answer(self) -> tuple[str, str] | None:
        """The field and its value as text; None while something is missing or cannot be read."""
        item = self.field.item()
        spec = self._specs.get(item.id) if item is not None else None
        if spec is None or self.editor is None or self._value is None:
            return None
        self._value.say("", "")
        if self.empty.isChecked():
            return spec.name, ""
        try:
            value: Any = self.editor.value()
        except ValueError as error:
            self._value.say("must", str(error))
            return None
        return None if value is None else (spec.name, edit_text(spec, value))

    def _tell(self) -> None:
        noun, found = self._book.noun, self.answer()
        many = len(self._ids)
        if found is None:
            self._told.setText("改成的值会写进选中的每一条，是一步，可以撤销。")
            self.go.block("改：还没写改成什么" if self.editor is not None else "改：还没选哪一栏")
            return
        if many > _LOOKED_AT:
            self._told.setText(f"选中 {many:,} {noun}，本来就一样的不动。")
            self.go.allow(f"改 {many:,} {noun}")
            return
        made = bulk.plan(self._ledger, self._book.cls, self._ids, *found)
        counts = made.counts
        changed, wrong = len(made.changes), counts[pasting.WRONG] + counts[pasting.LOCKED]
        said = [f"会改 {changed:,} {noun}"]
        if many - changed - wrong:
            said.append(f"{many - changed - wrong:,} {noun}本来就一样")
        if wrong:
            said.append(f"{wrong:,} {noun}改不了：{next(iter(made.whys.values()), '')}")
        self._told.setText("，".join(said) + ("" if wrong else "。"))
        if changed:
            self.go.allow(f"改 {changed:,} {noun}")
        else:
            self.go.block("没有要改的")

    def _go(self) -> None:
        found = self.answer()
        if found is not None:
            self.accept()
            self.wanted.emit(*found)


def ask_bulk(view: BookView) -> BulkDialog:
    """Ask what to change of the chosen records of a view, then change it as one step."""
    grid = view.panel.grid
    ids = view.chosen()
    place = grid.currentIndex().column()
    columns = grid.lazy_model().columns
    key = columns[place].key if 0 <= place < len(columns) else ""
    dialog = BulkDialog(view.main_window, view.ledger, view.book, ids, key)
    dialog.wanted.connect(partial(_change, view, ids))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def _change(view: BookView, ids: list[str], field: str, text: str) -> None:
    book = view.book

    def work(progress: Progress) -> Outcome:
        return bulk.change(view.ledger, book.cls, ids, field, text, progress, noun=book.noun)

    run_batch(view, "批量改", work, leaves="停下，一条都不改")
