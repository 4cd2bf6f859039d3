"""What taking a reading in back would do, said before it is done; choices record by record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Setting
from ledger_desk.store.intakes import Reading
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.undoing import UndoPlan
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import Option, Segmented
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.pages.exchange.intake_rows import file_of, sentence
from ledger_desk.ui.pages.exchange.kept_rows import KEEP, REVERT, KeptSource
from ledger_desk.ui.rules import frame


class TakeBackPage(Page):
    """Lies over the page 数据交换. Nothing is changed before the last button.

    Signals:
        closed: The person does not want to.
        go_wanted: Do it, with `chosen`.
    """

    closed = Signal()
    go_wanted = Signal()

    def __init__(self, ledger: Ledger, reading: Reading, plan: UndoPlan) -> None:
        """Show a plan: of taking back, or, for what is taken back, of putting in again."""
        self._again = reading.step.undone
        super().__init__("恢复装入" if self._again else "撤销这次装入")
        self._plan = plan
        # The memory of the columns is no business of the person's; it is kept without a word.
        kept = [item for item in plan.kept if item.table != Setting.TABLE]
        self.source = KeptSource(ledger, reading.step.id, kept, choices=not self._again)
        self.head.set_counts(file_of(reading))
        self._close = self.head.add_button(Button("返回", self.closed.emit, key="Esc"))
        self._box = box = frame("box")
        words = Column(box, margins=(16, 12, 16, 12), gap=4)
        self._long = [
            label(file_of(reading), "heading", wrap=True),
            label(sentence(reading), "dim", wrap=True),
            *(label(line, "body", wrap=True) for line in self._says(len(kept))),
        ]
        self._short = label(self._says_briefly(len(kept)), "body", wrap=True)
        words.add(*self._long, self._short)
        self.body.add(box)
        self.panel = GridPanel(self.source, noun="行", name="装入以后改过的内容")
        self._tools = self._choosers()
        if kept:
            self.body.add(self._tools).add(self.panel, stretch=1)
        else:
            self.body.push()
        for part in (self._tools, self.panel):
            part.setParent(part.parentWidget() or self)
            part.setVisible(bool(kept) and (part is self.panel or not self._again))
        self._words = FittingLabel([""], "dim")
        self.bottom.say(self._words)
        self._go = self.bottom.add_button(Button("", self.go_wanted.emit, kind="pri"))
        grid = self.panel.grid
        grid.opened.connect(self._toggle)
        grid.current_changed.connect(self._moved)
        for key, revert in (("1", False), ("2", True)):
            shortcut = QShortcut(QKeySequence(key), grid)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self.choose, revert=revert))
        self._tell()

    def chosen(self) -> list[str]:
        """Ids of records whose later edits are taken back as well."""
        return sorted(self.source.chosen)

    def set_busy(self, *, busy: bool) -> None:
        """While it is being done nothing can be pressed."""
        self._tools.setEnabled(not busy)
        if busy:
            self._go.block("正在恢复" if self._again else "正在撤销")
        else:
            self._tell()

    def first_focus(self) -> QWidget | None:
        """What is to be decided, or the way on."""
        if self.source.choosable() and not self._again:
            return self.panel.grid
        return self._go if self._go.isEnabled() else self._close

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Where room is short one sentence says it all."""
        super().set_mode(mode, very_short=very_short)
        brief = very_short or mode in ("narrow", "single")
        for part in self._long:
            part.setVisible(not brief)
        self._short.setVisible(brief)
        self._box.setVisible(not (brief and self.source.count()))  # the bar below says it too
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; Enter on the way on presses it."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._go.hasFocus():
            self._go.click()
            return
        super().keyPressEvent(event)

    def choose_all(self, *, revert: bool) -> None:
        """Decide about all at once."""
        self.source.choose(self.source.choosable(), revert=revert)
        self._decided()

    def choose(self, *, revert: bool) -> None:
        """Decide about the record of the present line."""
        item = self.source.item(self.panel.grid.current_id())
        if item is not None:
            self.source.choose([item.record], revert=revert)
            self._decided()

    def _choosers(self) -> QWidget:
        made = QWidget()
        self.one = Segmented([Option(False, KEEP), Option(True, REVERT)], False, "这一条怎么办")
        self.one.changed.connect(lambda revert: self.choose(revert=bool(revert)))
        row = Row(made, gap=10).add(label("这一条", "bold"), self.one).push()
        row.add(Button("全部保留", lambda: self.choose_all(revert=False)))
        row.add(Button("全部恢复", lambda: self.choose_all(revert=True)))
        return made

    def _toggle(self, row_id: str) -> None:
        item = self.source.item(row_id)
        if item is not None and not self._again:
            self.choose(revert=item.record not in self.source.chosen)

    def _moved(self, row_id: str) -> None:
        item = self.source.item(row_id)
        if item is not None:
            self.one.set_value(item.record in self.source.chosen)
            self.one.set_enabled_values({False} if item.fixed else {False, True})

    def _decided(self) -> None:
        self.panel.reload()
        self._moved(self.panel.grid.current_id())
        self._tell()

    def _says(self, kept: int) -> list[str]:
        plan = self._plan
        put = plan.restored - plan.gone
        if self._again:
            parts = [f"放回 {plan.gone:,} 条"] * bool(plan.gone) + [f"改回 {put:,} 条"] * bool(put)
            said = [f"恢复以后和撤销以前一样：{'，'.join(parts)}。" if parts else "没有能恢复的。"]
            if kept:
                said.append(f"有 {kept:,} 条撤销以后又动过，恢复不了，留着现在的内容：")
            return said
        parts = [f"收回装入时新增的 {plan.gone:,} 条"] * bool(plan.gone)
        parts += [f"把改过的 {put:,} 条恢复成装入以前的样子"] * bool(put)
        said = [f"撤销会{'，'.join(parts)}。"] if parts else []
        if kept:
            said.append(
                f"另有 {kept:,} 条装入以后又有人动过，现在先都保留。要连后来的改动一起退掉的，在下面选。"
            )
        else:
            said.append("装入以后没有人动过这些内容。")
        return [*said, "撤销也是一步，以后随时能按“恢复装入”放回来。"]

    def _says_briefly(self, kept: int) -> str:
        plan = self._plan
        put = plan.restored - plan.gone
        verb = "放回" if self._again else "收回"
        parts = [f"{verb} {plan.gone:,} 条"] * bool(plan.gone) + [f"改回 {put:,} 条"] * bool(put)
        if kept:
            later = "后来又动过，恢复不了" if self._again else "后来又动过，在下面选"
            parts.append(f"另有 {kept:,} 条{later}")
        return "，".join(parts) + "。" if parts else "没有能恢复的。"

    def _tell(self) -> None:
        back = len(self.source.chosen)
        count = self._plan.restored + back
        if self._again:
            self._words.set_texts([""])
            word, none = f"恢复 {count:,} 条", "没有能恢复的"
        else:
            kept = len({i.record for i in self._plan.kept if i.table != Setting.TABLE}) - back
            counts = f"后来改过的：保留 {kept:,} 条，恢复 {back:,} 条"
            if not self._box.isVisibleTo(self):  # short of room: what the box says stands here
                put = self._plan.restored - self._plan.gone
                counts = f"收回 {self._plan.gone:,} 条，改回 {put:,} 条；{counts}"
            short = f"保留 {kept:,} 条，恢复 {back:,} 条"
            self._words.set_texts([counts, short, ""] if kept + back else [""])
            word, none = f"撤销 {count:,} 条", "没有能撤销的：全部保留了"
        if count:
            self._go.allow(word)
        else:
            self._go.block(none)
