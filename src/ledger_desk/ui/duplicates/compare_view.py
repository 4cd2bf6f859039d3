"""One group under a person's eyes: why it was found, the firms side by side, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import Notice
from ledger_desk.ui.duplicates.comparing import Comparing
from ledger_desk.ui.duplicates.field_table import FieldTable
from ledger_desk.ui.duplicates.heads import FirmHeads
from ledger_desk.ui.labels import FittingLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.rules import frame


class CompareView(QWidget):
    """Firms side by side; whoever holds it puts `buttons` where its own buttons stand.

    Signals:
        merge_wanted: Do it as `comparing` says.
        apart_wanted: They are not one firm.
        skip_wanted: Look at the next.
        open_wanted: Id of a firm that is to be opened.
        told: A sentence for the status bar.
    """

    merge_wanted = Signal()
    apart_wanted = Signal()
    skip_wanted = Signal()
    open_wanted = Signal(str)
    told = Signal(str)

    def __init__(self, ledger: Ledger, *, alone: bool = False) -> None:
        """Start with no group; ``alone``: there is no list beside it to skip through."""
        super().__init__()
        self._ledger = ledger
        self.comparing: Comparing | None = None
        self._alone = alone
        self._why = FittingLabel([""], "dim")
        self.reveal = Button("显示电话和证件号", self._toggle_masks, kind="words", icon="eye")
        self.heads = FirmHeads()
        self.table = FieldTable(ledger)
        self._nothing = label("", "dim", wrap=True)
        self.open = Button("打开这一户", self._open, key="Ctrl+E")
        self.skip = Button("跳过", self.skip_wanted.emit, key="F8")
        self.apart = Button("不是同一户", self.apart_wanted.emit, key="F9")
        self.merge = Button("合并", self.merge_wanted.emit, kind="pri", key="F12")
        if alone:
            self.skip.retire()
        self._top = QWidget()
        row = Row(self._top, margins=(12, 2, 4, 2), gap=8).add(self._why, stretch=1)
        if not alone:  # a page of its own has them in its head
            row.add(self.reveal)
        self._rule = frame("rule")
        self._doubt = Notice(
            "explain",
            "这几户的统一社会信用代码不一样，而且都对：多半不是同一户，请核对以后再合并。",
        )
        column = Column(self, gap=0).add(self._top, self._doubt, self._rule, self.heads)
        column.add(self.table, stretch=1).add(self._nothing)
        self.table.widths_changed.connect(self.heads.place)
        self.table.decided.connect(self._tell)
        self.table.told.connect(self.told)
        self.heads.kept.connect(self._keep)
        self.heads.left_out.connect(self._leave_out)
        self.show_firms((), "")

    def buttons(self) -> list[Button]:
        """What can be done, the filled one last."""
        return [self.open, self.skip, self.apart, self.merge]

    def show_firms(self, records: Sequence[str], why: str) -> None:
        """Put firms side by side; fewer than two shows nothing."""
        self.comparing, said = None, ""
        if len(records) > 1:
            try:
                self.comparing = Comparing(self._ledger, records)
            except UserError as error:  # one of them is gone since they were found
                said = str(error)
        here = self.comparing is not None
        self._why.set_texts([why, ""])
        self._nothing.setText(said)
        for part, shown in (
            (self._top, here and not self._alone), (self._rule, here), (self.heads, here), (self.table, here),
            (self._nothing, not here),
        ):  # fmt: skip
            part.setVisible(shown)
        self._hide_again()
        self.heads.show_group(self.comparing)
        self.table.show_group(self.comparing)
        self.reveal.retire(away=not self._has_private())
        self._tell()

    def here(self) -> str:
        """Id of the firm that the keyboard is at, else of the one that stays."""
        model, comparing = self.table.field_model(), self.comparing
        if comparing is None:
            return ""
        if self.table.hasFocus():
            return model.record(self.table.currentIndex()) or comparing.survivor
        focused = next((n for n, head in enumerate(self.heads.heads()) if head.hasFocus()), None)
        return comparing.survivor if focused is None else comparing.ids[focused]

    def is_busy(self, *, busy: bool) -> None:
        """Nothing can be pressed while it is being done."""
        self.setEnabled(not busy)

    def _keep(self, record: str) -> None:
        if self.comparing is not None and not self._ledger.read_only:
            self.comparing.keep(record)
            self._renew()

    def _leave_out(self, record: str) -> None:
        if self.comparing is None or self._ledger.read_only:
            return
        if len(self.comparing.ids) < 3:
            self.told.emit("只有两户，没有第三户能留在外面；不是同一户的按 F9。")
            return
        out = record not in self.comparing.out
        self.comparing.leave_out(record, out=out)
        if out and record not in self.comparing.out:
            self.told.emit("合并至少要两户，不能再少了。")
        self._renew()

    def _renew(self) -> None:
        self.heads.tell()
        self.table.renew()
        self._tell()

    def _open(self) -> None:
        if self.here():
            self.open_wanted.emit(self.here())

    def _has_private(self) -> bool:
        comparing = self.comparing
        return comparing is not None and any(field.private for field in comparing.fields())

    def _toggle_masks(self) -> None:
        masked = not self.table.field_model().masked
        self.table.set_masked(masked=masked)
        self.reveal.set_text("显示电话和证件号" if masked else "遮住电话和证件号")
        self.reveal.set_icon("eye" if masked else "eye-off")

    def _hide_again(self) -> None:
        if not self.table.field_model().masked:
            self.table.field_model().masked = True
            self.reveal.set_text("显示电话和证件号")
            self.reveal.set_icon("eye")

    def _tell(self) -> None:
        comparing = self.comparing
        self._doubt.setVisible(comparing is not None and comparing.two_codes())
        self.open.setEnabled(comparing is not None)
        self.skip.setEnabled(comparing is not None or bool(self._nothing.text()))
        if comparing is None:
            self.merge.block("合并")
            self.apart.setEnabled(False)
        elif self._ledger.read_only:
            self.merge.block("只看，不能合并")
            self.apart.setEnabled(False)
        else:
            self.merge.allow(comparing.words())
            self.apart.setEnabled(True)
            out = len(comparing.out)
            self.apart.set_text(f"{out} 户不是同一户" if out else "不是同一户")
