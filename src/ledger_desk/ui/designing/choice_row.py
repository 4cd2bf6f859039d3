"""One line of the assistant: a column or a cell, what it is tied to, how that is counted, how sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ledger_desk.reports.designing.choices import Offer, find, label_of, part_values, parts_for
from ledger_desk.reports.designing.draft import (
    LABEL,
    SERIAL,
    UNIT,
    Choice,
    DraftBlock,
    Formula,
    Nothing,
    Number,
    Text,
)
from ledger_desk.ui.buttons import MenuButton
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.designing.text_places import meant, places, shown
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.layouts import Row
from ledger_desk.ui.picker import Picker, PickItem, pick_from

_FORMULA = PickItem("=", "公式", "由别的列算出来", ("gs", "jisuan", "js"))
_TEXT = PickItem("T", "文字", "单位、日期、填表人", ("wz",))
_WHOLE = PickItem("", "全部", "不分")
_UNITS = ("户", "笔", "家", "人", "次", "个", "元", "万元", "亿元", "%")


class ChoiceRow(QObject):
    """The editors of one line; they are placed by the view.

    Signals:
        chosen: Another `Choice`.
        unit_said: Another unit.
        entered: The keyboard arrived.
    """

    chosen = Signal(object)
    unit_said = Signal(str)
    entered = Signal()

    def __init__(
        self, parent: QObject, name: str, offers: Callable[[], Sequence[Offer]], *,
        texts: bool = False,
    ) -> None:  # fmt: skip
        """Make the editors; ``name`` is for screen readers, ``texts`` for cells outside tables."""
        super().__init__(parent)
        self._offers, self._texts = offers, texts
        self._choice: Choice = Nothing()
        self._block: DraftBlock | None = None
        self._known: dict[str, Choice] = {}
        self._likely: tuple[Choice, ...] = ()
        self.picker = Picker(self._items, None, "选一项，或“不填”")
        self.picker.setAccessibleName(f"{name}填什么")
        self.picker.picked.connect(self._picked)
        self.picker.entered.connect(self.entered)
        self.formula = TextField("", "例如 D / C")
        self.formula.setAccessibleName(f"{name}的公式，字母是列")
        self.formula.committed.connect(lambda text: self.chosen.emit(Formula(text)))
        self.part = Picker(self._parts, None, "其中")
        self.part.setAccessibleName(f"{name}数哪一部分")
        self.part.picked.connect(self._parted)
        self.text = TextField("", "写要印的字")
        self.text.setAccessibleName(f"{name}的文字")
        self.text.committed.connect(lambda text: self.chosen.emit(Text(meant(text))))
        self.shows_unit = True
        self.unit = Picker(pick_from([PickItem(u, u) for u in _UNITS]), None, "", free=True)
        self.unit.setAccessibleName(f"{name}的单位")
        self.unit.picked.connect(self._united)
        self.mark = MarkLabel("none", "", "dim", wrap=True)
        self.beside = _Beside()
        nothing = QWidget()
        for page in (nothing, self.formula, self.part, self._text_page() if texts else QWidget()):
            self.beside.addWidget(page)

    def _text_page(self) -> QWidget:
        page = QWidget()
        put = MenuButton(
            "插入", [(f"{name}　{said}", partial(self._insert, name)) for name, said in places()]
        )
        Row(page, gap=6).add(self.text, stretch=1).add(put)
        return page

    def show_choice(
        self, choice: Choice, block: DraftBlock | None, unit: str, likely: Sequence[Choice] = ()
    ) -> None:
        """Show what the line is tied to; ``likely`` are offered first."""
        self._choice, self._block, self._likely = choice, block, tuple(likely)
        self.picker.set_item(self._item_of(choice))
        place = 0
        if isinstance(choice, Formula):
            self.formula.set_text(choice.text)
            place = 1
        elif isinstance(choice, Number) and (choice.part or self._parts("")[1:]):
            said = "、".join(value for _, value in choice.part)
            self.part.set_item(PickItem("*", said) if said else _WHOLE)
            place = 2
        elif isinstance(choice, Text):
            self.text.set_text(shown(choice.text))
            place = 3
        self.beside.setCurrentIndex(place)
        self.unit.set_item(PickItem(unit, unit) if unit else None)
        wants = not isinstance(choice, Nothing | Text) and choice not in (SERIAL, LABEL, UNIT)
        self.unit.setVisible(wants and self.shows_unit)

    def tell(self, mark: str, words: str, whole: str = "") -> None:
        """Say how sure the choice is, or what is wrong with it; ``whole`` where room was short."""
        self.mark.set(mark, words)
        self.mark.setToolTip(whole)
        self.picker.setAccessibleDescription(whole)
        state = mark if mark == "must" else ""
        self.picker.set_state(state)
        self.formula.set_state(state)

    def inner_focus(self) -> QWidget:
        """Where the focus goes: the editor that still has to be filled in."""
        if isinstance(self._choice, Formula) and not self._choice.text:
            return self.formula
        if isinstance(self._choice, Text):
            return self.text
        return self.picker

    # What is offered

    def _items(self, typed: str) -> list[PickItem]:
        offers = list(find(self._offers(), typed))
        plain = [offer for offer in offers if not typed or not isinstance(offer.choice, Nothing)]
        items = [self._keep(offer.choice, offer.label, offer.group) for offer in plain[:60]]
        fixed = [_FORMULA] if not self._texts else [_TEXT, _FORMULA]
        if not typed.strip():
            likely = [self._keep(c, label_of(c, self._block), "表头像") for c in self._likely]
            head = items[:1]  # 不填
            return [*head, *fixed, *likely, *items[1:]]
        return [*pick_from(fixed)(typed), *items]

    def _keep(self, choice: Choice, words: str, hint: str) -> PickItem:
        key = repr(choice)
        self._known[key] = choice
        return PickItem(key, words, hint)

    def _item_of(self, choice: Choice) -> PickItem | None:
        if isinstance(choice, Formula):
            return _FORMULA
        if isinstance(choice, Text):
            return _TEXT
        if isinstance(choice, Number):
            bare = replace(choice, part=())
            return self._keep(bare, label_of(bare, self._block), "")
        return self._keep(choice, label_of(choice, self._block), "")

    def _parts(self, typed: str) -> list[PickItem]:
        choice = self._choice
        if not isinstance(choice, Number) or not choice.indicator or self._block is None:
            return [_WHOLE]
        items = [_WHOLE]
        for key, said in parts_for(choice.indicator, self._block):
            items += [PickItem(f"{key}={value}", value, said) for value in part_values(key)]
        return pick_from(items, 80)(typed)

    # What is chosen

    def _picked(self, item: PickItem | None) -> None:
        if item is None:
            self.chosen.emit(Nothing())
        elif item.id == _FORMULA.id:
            self.chosen.emit(Formula(""))
        elif item.id == _TEXT.id:
            self.chosen.emit(Text(""))
        elif item.id in self._known:
            self.chosen.emit(self._known[item.id])

    def _parted(self, item: PickItem | None) -> None:
        choice = self._choice
        if isinstance(choice, Number) and item is not None and item.id != "*":
            key, _, value = item.id.partition("=")
            self.chosen.emit(replace(choice, part=((key, value),) if key else ()))

    def _united(self, item: PickItem | None) -> None:
        self.unit_said.emit(item.text if item is not None else "")

    def _insert(self, name: str) -> None:
        self.text.insert(name)
        self.text._leave()


class _Beside(QStackedWidget):
    """As small as what it shows."""

    def minimumSizeHint(self) -> QSize:
        """Only the height of the editors counts."""
        here = self.currentWidget()
        return QSize(40, here.minimumSizeHint().height() if here is not None else 0)

    def sizeHint(self) -> QSize:
        """The same."""
        return self.minimumSizeHint()
