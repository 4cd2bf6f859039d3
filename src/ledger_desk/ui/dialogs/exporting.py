"""Before a list goes out: what, to whom, what for, how personal data is written, in which format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.ways import AS_IT_IS, IN_FULL, MASKED, USUAL_DAY, WAN, WITHHELD, Way
from ledger_desk.model.exchanging import Destination
from ledger_desk.settings import Settings
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import CheckBox, Option, Segmented
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Form2
from ledger_desk.ui.picker import Picker, PickItem, pick_from

_SHOWN, _EVERY = "shown", "every"
_FORMATS = {".xlsx": "Excel 表格", ".csv": "CSV 文本"}
_MOST_PLACES = 200


@dataclass(frozen=True)
class ExportOffer:
    """The list that can go out.

    Attributes:
        label: What it lists: 经营主体.
        amount: How many, in words: ``1,284 户``.
        shown: Columns as they stand on the screen.
        every: All columns that there are.
    """

    label: str
    amount: str
    shown: tuple[str, ...]
    every: tuple[str, ...]


@dataclass(frozen=True)
class ExportOrder:
    """What the person wants to go out.

    Attributes:
        fields: Columns, in order.
        suffix: ``.xlsx`` or ``.csv``.
        way: How values are written.
        destination: Id of a destination record, or None.
        receiver: To whom, in words.
        purpose: What for.
    """

    fields: tuple[str, ...]
    suffix: str = ".xlsx"
    way: Way = field(default_factory=Way)
    destination: str | None = None
    receiver: str = ""
    purpose: str = ""


class ExportDialog(Dialog):
    """Asks once, with last time's answers; ``wanted`` carries an `ExportOrder`."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None, ledger: Ledger, offer: ExportOffer) -> None:
        """Offer a list of a ledger."""
        super().__init__(parent, f"导出 {offer.amount}{offer.label}", width=620)
        self._offer = offer
        places = ledger.find(Query(Destination, sort=(("name", False),)), _MOST_PLACES)
        self._places = {place.id: place for place in places}
        last = Settings.load().export
        self.columns = Segmented(
            [Option(_SHOWN, f"眼前的 {len(offer.shown)} 列"), Option(_EVERY, f"全部 {len(offer.every)} 列")],
            _EVERY if last.get("columns") == _EVERY else _SHOWN, "写哪些列",
        )  # fmt: skip
        items = [PickItem(p.id, p.title, p.contact or "") for p in places]
        self.receiver = Picker(
            pick_from(items, _MOST_PLACES), placeholder="选一个去向，或直接写，例如：市专班", free=True
        )  # fmt: skip
        self.purpose = TextField(last.get("purpose", ""), "例如：十一月月报核对")
        self.private = Segmented(
            [Option(MASKED, MASKED), Option(IN_FULL, IN_FULL, "zhu"), Option(WITHHELD, WITHHELD)],
            MASKED, "个人信息",
        )  # fmt: skip
        suffix = last.get("suffix", ".xlsx")
        self.format = Segmented(
            [Option(ending, word) for ending, word in _FORMATS.items()],
            suffix if suffix in _FORMATS else ".xlsx", "格式",
        )  # fmt: skip
        self.tokens = CheckBox(
            "带回传记号（表改好再装入，认得出每一行）", last.get("tokens") != "no"
        )
        self._private_field = Field("个人信息（电话、证件号）", self.private)
        self._receiver_field = Field("给谁", self.receiver)
        form = Form2(gap=28)
        form.add(Field("写哪些列", self.columns, note="按眼前的筛选和次序"))
        form.add(Field("格式", self.format))
        form.add_wide(self._receiver_field)
        form.add_wide(Field("用途", self.purpose))
        form.add_wide(self._private_field)
        form.add_wide(self.tokens)
        self.body.add(form)
        if ledger.read_only:
            self.body.add(label("账套是只看方式打开的：文件照样写出，传出登记记不上。", "explain", wrap=True))  # fmt: skip
        self.add_close("不导出")
        self.go = self.add_button(Button("选地方并导出", self._go, kind="pri"))
        self.receiver.picked.connect(self._picked)
        self.private.changed.connect(self._tell)
        self._recall(last)
        self._tell()
        self.columns.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height again once the sentences have their fonts."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.fit_height)

    def order(self) -> ExportOrder:
        """What stands in the dialog now."""
        item = self.receiver.item()
        place = self._place()
        typed = self.receiver.text()
        way = replace(
            Way.of(place) if place is not None else Way(),
            private=str(self.private.value()),
            tokens=self.tokens.isChecked(),
        )
        fields = self._offer.every if self.columns.value() == _EVERY else self._offer.shown
        return ExportOrder(
            fields, str(self.format.value()), way, place.id if place else None,
            typed or (item.text if item else ""), self.purpose.text().strip(),
        )  # fmt: skip

    def _place(self) -> Destination | None:
        """The destination that is picked; a text typed over it is somebody else."""
        item, typed = self.receiver.item(), self.receiver.text()
        if item is not None and item.id and typed == item.text:
            return self._places.get(item.id)
        return next((p for p in self._places.values() if p.title == typed), None)

    def _recall(self, last: Mapping[str, str]) -> None:
        """Put in whom the last list went to; that personal data went in full is not repeated."""
        name = last.get("receiver", "")
        place = next((p for p in self._places.values() if p.title == name), None)
        if place is not None:
            self.receiver.set_item(PickItem(place.id, place.title, place.contact or ""))
            self._take_way(place)
        elif name:
            self.receiver.set_item(PickItem("", name))

    def _picked(self, _item: object) -> None:
        place = self._place()
        if place is not None:
            self._take_way(place)
        self._tell()

    def _take_way(self, place: Destination) -> None:
        way = Way.of(place)
        self.private.set_value(way.private)
        self.tokens.setChecked(way.tokens)

    def _tell(self, _value: object = None) -> None:
        place = self._place()
        self._receiver_field.say(*(("hint", _say_way(place)) if place is not None else ("", "")))
        told = {
            IN_FULL: ("explain", "电话、证件号一个不少地写出，请确认对方该看到。"),
            WITHHELD: ("hint", "这几列不写。"),
        }.get(str(self.private.value()), ("hint", "中间几位写成星号；这样的格子装回来时不动账。"))
        self._private_field.say(*told)

    def _go(self) -> None:
        order = self.order()
        kept = {
            "columns": str(self.columns.value()), "receiver": order.receiver,
            "purpose": order.purpose, "suffix": order.suffix,
            "tokens": "yes" if order.way.tokens else "no",
        }  # fmt: skip
        replace(Settings.load(), export=kept).save()
        self.accept()
        self.wanted.emit(order)


def _say_way(place: Destination) -> str:
    way = Way.of(place)
    said = []
    if way.codes != AS_IT_IS:
        said.append(f"号码{way.codes}")
    if way.money != WAN:
        said.append(f"金额用{way.money}")
    if way.days != USUAL_DAY:
        said.append(f"日期写成 {way.days}")
    return f"按“{place.title}”的写法：{'，'.join(said) or '和账上一样'}。"
