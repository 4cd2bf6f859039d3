"""Around the table: who sent it, which sheet, which rows are the header, what it is a list of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.prepared import Prepared
from ledger_desk.exchange.targets import INTERNAL, kind_name
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field
from ledger_desk.ui.importing.looking import Judged
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.workbook.cells import text_of

_ROWS_OFFERED = 25
_MOST_HEADER_ROWS = 4
_NO_HEADER = PickItem("0-0", "没有表头", "第一行就是数据")
_MOST_CHARACTERS = 26


class Around(QWidget):
    """Four choices in one line, or below one another.

    Signals:
        sender_given: Name of who sent the table.
        look_wanted: (``kind`` or ``sheet``, value): the table is to be looked at in another way.
        header_given: (first, last) row of the header; (0, 0) for none.
        sheet_given: Name of one of the tables that are taken together.
        several_wanted: Several tables are to be ticked.
    """

    sender_given = Signal(str)
    look_wanted = Signal(str, str)
    header_given = Signal(int, int)
    sheet_given = Signal(str)
    several_wanted = Signal()

    def __init__(self, *, upright: bool = False) -> None:
        """Make the choices; ``upright`` puts them below one another, for a sheet."""
        super().__init__()
        self._judged: Judged | None = None
        self._names: tuple[str, ...] = ()
        self._senders: Sequence[str] = ()
        self.who = Picker(self._offer_senders, None, "谁报来的", free=True)
        self.sheet = Picker(self._offer_sheets, None)
        self.header = Picker(self._offer_headers, None)
        self.kind = Picker(self._offer_kinds, None)
        self.several = Button("几张表一起装…", self.several_wanted.emit)
        named = ((self.who, "来表单位"), (self.sheet, "工作表"), (self.header, "表头"), (self.kind, "当作"))  # fmt: skip
        self._sheet_parts: list[QWidget] = []
        if upright:
            column = Column(self, gap=8)
            for picker, name in named:
                field = Field(name, picker)
                column.add(field)
                if picker is self.sheet:
                    line = Row().add(self.several).push()
                    column.add(line)
                    self._sheet_parts = [field, self.several]
        else:
            row = Row(self, gap=8)
            for picker, name in named:
                picker.setAccessibleName(name)
                word = label(name, "dim")
                row.add(word).add(picker, stretch=4 if picker is self.who else 3)
                if picker is self.sheet:
                    row.add(self.several)
                    self._sheet_parts = [word, picker, self.several]
        self.who.picked.connect(self._sender_picked)
        self.sheet.picked.connect(self._sheet_picked)
        self.header.picked.connect(self._header_picked)
        self.kind.picked.connect(self._kind_picked)

    def tell(self, judged: Judged, names: Sequence[str], senders: Sequence[str]) -> None:
        """Show how things stand; ``names``: the tables that are taken, ``senders``: to offer."""
        self._judged, self._names, self._senders = judged, tuple(names), senders
        prepared = judged.prepared
        self.who.set_item(PickItem("", prepared.sender) if prepared.sender else None)
        self.sheet.set_item(PickItem(prepared.sheet.title, prepared.sheet.title))
        self.header.set_item(_header_item(prepared, *prepared.layout.header_rows))
        self.kind.set_item(PickItem(kind_name(prepared.cls), prepared.cls.LABEL))
        for part in self._sheet_parts:
            part.setVisible(len(prepared.sheets) > 1)
        several = len(self._names) > 1
        self.several.set_text(f"一起装 {len(self._names)} 张表…" if several else "几张表一起装…")

    def _offer_senders(self, text: str) -> list[PickItem]:
        return pick_from([PickItem(name, name) for name in self._senders])(text)

    def _offer_sheets(self, text: str) -> list[PickItem]:
        if self._judged is None:
            return []
        items = []
        for info in self._judged.prepared.sheets:
            if len(self._names) > 1 and info.name not in self._names:
                continue
            words = f"{info.rows:,} 行　{info.label}"
            if info.hidden:
                words = f"{info.rows:,} 行　隐藏的表"
            elif not info.enough:
                words = f"{info.rows:,} 行　没有认出要紧的列"
            items.append(PickItem(info.name, info.name, words))
        return pick_from(items, 100)(text)

    def _offer_headers(self, text: str) -> list[PickItem]:
        if self._judged is None:
            return []
        prepared = self._judged.prepared
        most = min(len(prepared.sheet.rows), _ROWS_OFFERED)
        now = tuple(prepared.layout.header_rows)
        some = [now, (0, 0)] + [(row, row) for row in range(1, most + 1)]
        for height in range(2, _MOST_HEADER_ROWS + 1):
            for first in range(1, most - height + 2):
                # Headers of several rows are offered unasked where the present one begins.
                if text.strip() or abs(first - now[0]) <= 1:
                    some.append((first, first + height - 1))
        found = [_header_item(prepared, first, last) for first, last in dict.fromkeys(some)]
        return pick_from(found, 60)(text)

    def _offer_kinds(self, text: str) -> list[PickItem]:
        if self._judged is None:
            return []
        kinds = sorted(self._judged.kinds, key=lambda guess: guess.kind in INTERNAL)
        items = [
            PickItem(guess.kind, guess.label, f"对上 {guess.matched} 列" if guess.enough else "缺要紧的列")
            for guess in kinds
        ]  # fmt: skip
        return pick_from(items, 100)(text)

    def _sender_picked(self, item: PickItem | None) -> None:
        self.sender_given.emit(item.text.strip() if item is not None else "")

    def _sheet_picked(self, item: PickItem | None) -> None:
        if self._judged is None or item is None:
            return
        if len(self._names) > 1:
            self.sheet_given.emit(item.id)
        elif item.id != self._judged.prepared.sheet.title:
            self.look_wanted.emit("sheet", item.id)

    def _header_picked(self, item: PickItem | None) -> None:
        if self._judged is None or item is None:
            return
        first, _, last = item.id.partition("-")
        if (int(first), int(last)) != tuple(self._judged.prepared.layout.header_rows):
            self.header_given.emit(int(first), int(last))

    def _kind_picked(self, item: PickItem | None) -> None:
        if self._judged is None or item is None:
            return
        if item.id != kind_name(self._judged.prepared.cls):
            self.look_wanted.emit("kind", item.id)


class AroundSheet(Dialog):
    """The same choices in a sheet, where the page has no room for them."""

    def __init__(self, parent: QWidget) -> None:
        """Make it; fill ``around`` and open it."""
        super().__init__(parent, "来表与表头", width=520)
        self.around = Around(upright=True)
        self.body.add(self.around)
        self.add_button(Button("好了", self.accept, kind="pri"))
        self.around.several_wanted.connect(self.accept)


def _header_item(prepared: Prepared, first: int, last: int) -> PickItem:
    """Name a header by its rows; the hint shows what stands in the last of them."""
    if not first:
        return _NO_HEADER
    text = f"第 {first} 行" if first == last else f"第 {first}—{last} 行"
    cells = prepared.sheet.rows[last - 1] if last <= len(prepared.sheet.rows) else []
    words = "、".join(" ".join(t.split()) for cell in cells if (t := text_of(cell)))
    hint = words if len(words) <= _MOST_CHARACTERS else f"{words[:_MOST_CHARACTERS]}…"
    return PickItem(f"{first}-{last}", text, hint or "空行", (f"{first}", f"{first}-{last}"))
