"""Who goes: rows of two visitors and a bank, each with the townships it stays in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import VisitTask
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.dialogs.choose_many import ChooseMany
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode, mode_of
from ledger_desk.ui.pages.visits.scopes import items_of
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.records.editors import PickEditor, make_editor
from ledger_desk.work import planning_tasks
from ledger_desk.work.outcome import Outcome
from ledger_desk.work.planning_sharing import Pair
from ledger_desk.work.planning_targets import BY_TOWN


class PairRow(QWidget):
    """One pair.

    Signals:
        changed: Somebody or some place was chosen.
        gone: The row is to be taken away.
    """

    changed = Signal()
    gone = Signal(object)

    def __init__(self, ledger: Ledger, number: int) -> None:
        """Nobody yet."""
        super().__init__()
        self._ledger = ledger
        self.townships: frozenset[str] = frozenset()
        spec = field_map(VisitTask)
        self.number = label("", "dim")
        self._row = row = Row(self, gap=8).add(self.number)
        self.editors: dict[str, PickEditor] = {}
        for name, words in (
            ("first", "走访人1"),
            ("second", "走访人2"),
            ("bank", "协同银行（可不选）"),
        ):
            editor = make_editor(spec[name], VisitTask, ledger)
            assert isinstance(editor, PickEditor)
            editor.picker.lineEdit().setPlaceholderText(words)
            editor.picker.setAccessibleName(words)
            editor.left.connect(self.changed)
            self.editors[name] = editor
            row.add(editor.widget, stretch=1)
        self.places = Button("不限乡镇", self._choose)
        self.away = Button("", lambda: self.gone.emit(self), kind="words", icon="x")
        row.add(self.places, self.away)
        self.call(number)

    def set_mode(self, mode: Mode) -> None:
        """One under another in the narrowest layout."""
        under = QBoxLayout.Direction.TopToBottom
        self._row.setDirection(under if mode == "single" else QBoxLayout.Direction.LeftToRight)

    def call(self, number: int) -> None:
        """Say which pair it is."""
        self.number.setText(f"第 {number} 组")
        self.away.setAccessibleName(f"去掉第 {number} 组")
        self.away.setToolTip(f"去掉第 {number} 组")

    def pair(self) -> Pair | None:
        """Who stands there; None for nobody."""
        found: dict[str, str | None] = {}
        for name, editor in self.editors.items():
            try:
                found[name] = editor.value()
            except ValueError:
                found[name] = None
        if not found["first"] and not found["second"]:
            return None
        first, second = found["first"] or found["second"], found["second"]
        return Pair(first, second if second != first else None, found["bank"], self.townships)

    def title(self) -> str:
        """Who goes, in words."""
        names = [self.editors[name].text() for name in ("first", "second")]
        return "、".join(name for name in names if name) or self.number.text()

    def _choose(self) -> None:
        with self._ledger.read() as rows:
            items = items_of(rows, BY_TOWN)
        dialog = ChooseMany(
            self.window(), f"{self.number.text()}只跑哪些乡镇", items, self.townships
        )
        dialog.chosen.connect(self._take)
        dialog.open()

    def _take(self, items: Sequence[PickItem]) -> None:
        self.townships = frozenset(item.id for item in items)
        self.places.set_text(f"只跑 {len(items)} 个乡镇" if items else "不限乡镇")
        self.changed.emit()


class PairRows(QWidget):
    """Rows of pairs, with a button for one more.

    Signals:
        changed: Something was chosen, added or taken away.
    """

    changed = Signal()
    _mode: Mode = "full"

    def __init__(self, ledger: Ledger) -> None:
        """Begin with one empty row."""
        super().__init__()
        self._ledger = ledger
        self.rows: list[PairRow] = []
        column = Column(self, gap=4)
        self._place = Column(gap=4)
        self.more = Button("加一组", self.add, kind="words", icon="plus")
        column.add(self._place).add(Row().add(self.more).push())
        self.add()

    def add(self) -> PairRow:
        """One more pair."""
        row = PairRow(self._ledger, len(self.rows) + 1)
        row.set_mode(self._mode)
        row.changed.connect(self.changed)
        row.gone.connect(self._drop)
        self.rows.append(row)
        self._place.add(row)
        self.updateGeometry()
        return row

    def set_mode(self, mode: Mode) -> None:
        """Fit all rows."""
        self._mode = mode
        for row in self.rows:
            row.set_mode(mode)

    def pairs(self) -> tuple[Pair, ...]:
        """The pairs that somebody stands in."""
        return tuple(pair for row in self.rows if (pair := row.pair()) is not None)

    def titles(self) -> list[str]:
        """The same in words."""
        return [row.title() for row in self.rows if row.pair() is not None]

    def _drop(self, row: PairRow) -> None:
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        if not self.rows:
            self.add()
        for number, each in enumerate(self.rows, 1):
            each.call(number)
        self.changed.emit()


class PairsSheet(Dialog):
    """Asks who goes.

    Signals:
        wanted: Tuple of `Pair`.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget, ledger: Ledger, count: int) -> None:
        """Ask for ``count`` firms."""
        super().__init__(parent, f"{count:,} 户重新均分", width=860)
        words = "按村分给各组，尽量一组不跨村，各组户数相差不多。已经走访的和剔除的不动。"
        self.body.add(label(words, "dim", wrap=True))
        self.rows = PairRows(ledger)
        self.rows.set_mode(mode_of(parent.width(), theme.look().factor))
        self.body.add(self.rows)
        self.add_close("不分了")
        self.go = self.add_button(Button("", self._take, kind="pri"))
        self.rows.changed.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        many = len(self.rows.pairs())
        if many:
            self.go.allow(f"分给 {many} 组")
        else:
            self.go.block("先选走访人")
        self.fit_height()

    def _take(self) -> None:
        pairs = self.rows.pairs()
        self.accept()
        self.wanted.emit(pairs)


def ask_pairs(view: BookView, ids: Sequence[str]) -> PairsSheet:
    """Ask who goes, and share tasks out to them."""

    def share(pairs: tuple[Pair, ...]) -> None:
        def work(progress: Progress) -> Outcome:
            return planning_tasks.share_out(view.ledger, ids, pairs, progress)

        run_batch(view, "重新均分", work, leaves="停下，一户都不动")

    sheet = PairsSheet(view.main_window, view.ledger, len(ids))
    sheet.wanted.connect(share)
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet
