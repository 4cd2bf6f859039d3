"""Before files of firms are printed: what, which sections, how personal data is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.model.sections import SECTIONS
from ledger_desk.reports.dossier import DOSSIER, VISIT_SHEET
from ledger_desk.reports.dossier.binding import numeral
from ledger_desk.reports.dossier.options import IN_FULL, MASKED, WITHHELD, Options
from ledger_desk.settings import Settings
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.choices import CheckBox, Option, Segmented
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.dialogs.choose_many import ChooseMany
from ledger_desk.ui.fields import Field
from ledger_desk.ui.layouts import Form2, Row
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.rules import frame

_ALL = tuple(section.key for section in SECTIONS)
LOOK, PRINT, SAVE = "look", "print", "save"


class DossierDialog(Dialog):
    """Asks once, with last time's answers.

    Signals:
        wanted: (what, `Options`, `LOOK` | `PRINT` | `SAVE`).
    """

    wanted = Signal(str, object, str)

    def __init__(self, parent: QWidget | None, count: int, name: str) -> None:
        """Offer ``count`` firms; ``name`` is that of the only one."""
        title = f"打印“{name}”" if count == 1 else f"打印 {count:,} 户的档案"
        super().__init__(parent, title, width=620)
        last = Settings.load().printing
        self._amount = f"{count:,} 户" if count > 1 else ""
        self._sections: tuple[str, ...] = _kept(last.get("sections", ""))
        self.what = Segmented(
            [Option(DOSSIER, "一企一档（整本）"), Option(VISIT_SHEET, "走访登记表（每户一页）")],
            VISIT_SHEET if last.get("what") == VISIT_SHEET else DOSSIER, "印什么",
        )  # fmt: skip
        self.sections = Button("", self._choose_sections)
        self.private = Segmented(
            [Option(MASKED, MASKED), Option(IN_FULL, IN_FULL, "zhu"), Option(WITHHELD, WITHHELD)],
            MASKED, "个人信息",
        )  # fmt: skip
        self.blank = CheckBox("没填的也印出来，留空手填", last.get("blank") == "yes")
        self.empty = CheckBox("没有内容的部分也印标题", last.get("empty") != "no")
        self.changes = CheckBox("印最近的变更", last.get("changes") != "no")
        self.plain = CheckBox("省墨（不印底色）", last.get("plain") == "yes")
        self._private_field = Field("个人信息（电话、证件号、住址）", self.private)
        holder = frame("bare")
        Row(holder).add(self.sections).push()
        self._sections_field = Field("印哪几部分", holder)
        form = Form2(gap=28)
        form.add_wide(Field("印什么", self.what))
        form.add_wide(self._sections_field)
        form.add_wide(self._private_field)
        for box in (self.blank, self.empty, self.changes, self.plain):
            form.add(box)
        self.body.add(form)
        self.add_close("不印了")
        self.add_button(Button("存成 PDF", lambda: self._go(SAVE)))
        self.add_button(Button("直接打印", lambda: self._go(PRINT), icon="printer"))
        self.look = self.add_button(Button("先看纸面", lambda: self._go(LOOK), kind="pri"))
        self.what.changed.connect(self._tell)
        self.private.changed.connect(self._tell)
        self._tell()
        self.what.setFocus()

    def options(self) -> Options:
        """What stands in the dialog now."""
        return Options(
            sections=self._sections,
            private=str(self.private.value()),
            blank=self.blank.isChecked(),
            empty=self.empty.isChecked(),
            changes=Options().changes if self.changes.isChecked() else 0,
            plain=self.plain.isChecked(),
        )

    def _choose_sections(self) -> None:
        items = [PickItem(s.key, f"{numeral(s.number)}　{s.title}") for s in SECTIONS]
        dialog = ChooseMany(self, "印哪几部分", items, set(self._sections), least=1)
        dialog.chosen.connect(self._take_sections)
        dialog.open()

    def _take_sections(self, items: Sequence[PickItem]) -> None:
        self._sections = tuple(item.id for item in items)
        self._tell()

    def _tell(self, _value: object = None) -> None:
        whole = self.what.value() == DOSSIER
        many = len(self._sections)
        self.sections.set_text(
            "全部 18 部分" if many == len(_ALL) else f"选了 {many} 部分（共 {len(_ALL)} 部分）"
        )
        self._sections_field.setVisible(whole)
        for box in (self.blank, self.empty, self.changes):
            box.setVisible(whole)
        told = {
            IN_FULL: ("explain", "电话、证件号、住址一个不少地印出，请当心保管。"),
            WITHHELD: ("hint", "这几项整项不印。"),
        }.get(str(self.private.value()), ("hint", "中间几位印成星号。"))
        self._private_field.say(*told)

    def _go(self, deed: str) -> None:
        def word(box: CheckBox) -> str:
            return "yes" if box.isChecked() else "no"

        kept = {
            "what": str(self.what.value()), "sections": ",".join(self._sections),
            "blank": word(self.blank), "empty": word(self.empty),
            "changes": word(self.changes), "plain": word(self.plain),
        }  # fmt: skip
        replace(Settings.load(), printing=kept).save()
        self.accept()
        self.wanted.emit(str(self.what.value()), self.options(), deed)


def _kept(text: str) -> tuple[str, ...]:
    chosen = set(text.split(","))
    return tuple(key for key in _ALL if key in chosen) or _ALL
