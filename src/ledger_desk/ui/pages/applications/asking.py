"""Sheets that ask what a deed needs: an opinion, a reason, a bank, a check, the five standards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ledger_desk.model import review
from ledger_desk.model import work_words as words
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.search import initials
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.choices import CheckBox, Option, Segmented
from ledger_desk.ui.day_field import DayField
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.pages.applications.marking import WORDS
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.records.choosing import reference_items
from ledger_desk.work.checking import DEPARTMENTS


def word_items(texts: Sequence[str]) -> Callable[[str], list[PickItem]]:
    """Offer words, found by fragment or initials."""
    return pick_from([PickItem(text, text, keys=tuple(initials(text).split())) for text in texts])


class Asking(Dialog):
    """A sheet with one way on; what is missing is said under its field."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        action: str,
        *,
        sentence: str = "",
        tone: str = "dai",
    ) -> None:
        """Make the sheet; `finish` adds the buttons."""
        super().__init__(parent, title, width=620, tone=tone)
        self._action = action
        if sentence:
            self.body.add(label(sentence, "explain" if "异常" in sentence else "dim", wrap=True))

    def finish(self, first: QWidget) -> None:
        """Add the buttons, and put the keyboard into the first field."""
        self.add_close("不办了")
        self.go = self.add_button(Button(f"{self._action}  Ctrl+Enter", self.take, kind="pri"))
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self).activated.connect(self.take)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def take(self) -> None:
        """Take the answer."""
        raise NotImplementedError


class OpinionBox(QWidget):
    """An opinion, with those that are often used one key away (Ctrl+1…)."""

    def __init__(self, usual: Sequence[str], *, lines: int = 3) -> None:
        """Offer some."""
        super().__init__()
        column = Column(self, gap=6)
        self.area = TextArea(placeholder="写意见，或按 Ctrl+1、Ctrl+2… 用常用语", lines=lines)
        self.menu = MenuButton("常用语", kind="words")
        self.field = Field("审核意见", self.area)
        column.add(self.field)
        self._row = Row(gap=8).add(self.menu).push()
        column.add(self._row)
        self._keys: list[QShortcut] = []
        self._usual: tuple[str, ...] = ()
        for number in range(1, 6):
            key = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(partial(self._put, number - 1))
            self._keys.append(key)
        self.offer(usual)

    def offer(self, usual: Sequence[str]) -> None:
        """Offer other opinions."""
        self._usual = tuple(usual)
        self.menu.set_entries(
            [(f"{text}  Ctrl+{n}", partial(self._put, n - 1)) for n, text in enumerate(usual, 1)]
        )

    def text(self) -> str:
        """What is written."""
        return self.area.text().strip()

    def clear(self) -> None:
        """Begin anew."""
        self.area.set_text("")
        self.field.say("", "")

    def _put(self, place: int) -> None:
        if place < len(self._usual):
            before = self.text()
            self.area.set_text(f"{before}{self._usual[place]}" if before else self._usual[place])
            self.area.setFocus()


class OpinionSheet(Asking):
    """Asks for an opinion and a day.

    Signals:
        answered: (opinion, day).
    """

    answered = Signal(str, object)

    def __init__(
        self, parent: QWidget | None, title: str, usual: Sequence[str], *, action: str, needed: bool,
        sentence: str = "", tone: str = "dai",
    ) -> None:  # fmt: skip
        """Ask; with ``needed`` the opinion may not be empty."""
        super().__init__(parent, title, action, sentence=sentence, tone=tone)
        self._needed = needed
        self.box = OpinionBox(usual)
        self.day = DayField()
        self._day = Field("审核日期", self.day, note="空着就是今天")
        self.body.add(self.box, self._day)
        self.finish(self.box.area)

    def take(self) -> None:
        """Say what is missing, or give the answer."""
        if self._needed and not self.box.text():
            self.box.field.say("must", "退回和不通过要写意见，请写清哪里不合要求、怎么改。")
            self.fit_height()
            return
        if self.day.text().strip() and self.day.day() is None:
            self._day.say("must", "看不出是哪一天，请写成 2024-11-20 这样。")
            self.fit_height()
            return
        self.accept()
        self.answered.emit(self.box.text(), self.day.day())


class ReasonSheet(Asking):
    """Asks for one reason of a list, or another in one's own words."""

    answered = Signal(str)

    def __init__(
        self, parent: QWidget | None, title: str, usual: Sequence[str], *, action: str, sentence: str = ""
    ) -> None:  # fmt: skip
        """Ask."""
        super().__init__(parent, title, action, sentence=sentence)
        self.picker = Picker(word_items(usual), None, "选一个，或自己写", free=True)
        self._field = Field("原因", self.picker, required=True)
        self.body.add(self._field)
        self.finish(self.picker)

    def take(self) -> None:
        """Say that a reason is missing, or give it."""
        text = self.picker.text().strip()
        if not text:
            self._field.say("must", "要写明原因，请选一个或自己写。")
            self.fit_height()
            return
        self.accept()
        self.answered.emit(text)


class BankSheet(Asking):
    """Asks for a bank."""

    answered = Signal(str)

    def __init__(self, parent: QWidget | None, ledger: Ledger, title: str, action: str) -> None:
        """Ask."""
        sentence = "不在两张清单上、但符合授信条件的，银行也要支持（信发改财金〔2024〕329号 六）。"
        super().__init__(parent, title, action, sentence=sentence)
        self.picker = Picker(reference_items(ledger, "bank"), None, "输名称或拼音首字母")
        self._field = Field("支持银行", self.picker, required=True)
        self.body.add(self._field)
        self.finish(self.picker)

    def take(self) -> None:
        """Say that a bank is missing, or give it."""
        self.picker.take_marked()
        bank = self.picker.value()
        if not bank:
            self._field.say("must", "要写明哪家银行支持，请选一家银行。")
            self.fit_height()
            return
        self.accept()
        self.answered.emit(bank)


class CheckSheet(Asking):
    """Asks what a department answered.

    Signals:
        answered: (item, result, department, remark).
    """

    answered = Signal(str, str, str, str)

    def __init__(self, parent: QWidget | None, many: int) -> None:
        """Ask for one item of some applications."""
        super().__init__(parent, f"登记部门核查 {many:,} 笔", f"登记 {many:,} 笔")
        self.item = Picker(word_items(words.CHECK_ITEMS), None, "选核查事项", free=True)
        self.verdict = Segmented(
            [Option(words.CHECK_RESULTS[0], "无异常", "ok"), Option(review.ODD, "有异常", "zhu"),
             Option(review.UNANSWERED, "未反馈", "zhe")], words.CHECK_RESULTS[0], "核查结果",
        )  # fmt: skip
        self.department, self.remark = TextField(), TextField(placeholder="有异常时要写")
        self._item = Field("核查事项", self.item, required=True)
        self._remark = Field("说明", self.remark)
        self.body.add(
            self._item,
            Field("核查结果", self.verdict),
            Field("提供部门", self.department),
            self._remark,
        )
        self.item.picked.connect(self._picked)
        self.finish(self.item)

    def _picked(self, item: PickItem | None) -> None:
        if item is not None and not self.department.text().strip():
            self.department.set_text(DEPARTMENTS.get(item.text, ""))

    def take(self) -> None:
        """Say what is missing, or give the answer."""
        self.item.take_marked()
        item, result, remark = (
            self.item.text().strip(),
            str(self.verdict.value()),
            self.remark.text().strip(),
        )
        self._item.say("must" if not item else "", "要选核查的是哪一项。" if not item else "")
        lacking = result == review.ODD and not remark
        self._remark.say(
            "must" if lacking else "", "有异常要写说明，请写清是什么情况。" if lacking else ""
        )
        self.fit_height()
        if item and not lacking:
            self.accept()
            self.answered.emit(item, result, self.department.text().strip(), remark)


class CriteriaSheet(Asking):
    """Asks which standards are judged how.

    Signals:
        answered: (names, verdict, evidence).
    """

    answered = Signal(tuple, str, str)

    def __init__(self, parent: QWidget | None, many: int) -> None:
        """Ask for some applications."""
        super().__init__(parent, f"五项标准 {many:,} 笔", f"记 {many:,} 笔", sentence="选中的每一笔都记成一样；已经在审核的不动。")  # fmt: skip
        self.boxes = [CheckBox(word) for word in WORDS]
        for box in self.boxes:
            box.setChecked(True)
            self.body.add(box)
        self.verdict = Segmented(
            [Option("符合", "符合", "ok"), Option("不符合", "不符合", "zhu"), Option("待核", "待核", "zhe")], "符合", "判断",
        )  # fmt: skip
        self.why = TextField(placeholder="可以不写")
        self.body.add(Field("判断", self.verdict), Field("依据", self.why))
        self.finish(self.verdict)

    def take(self) -> None:
        """Give the answer, if any standard is chosen."""
        names = tuple(
            name for name, box in zip(CRITERIA, self.boxes, strict=True) if box.isChecked()
        )
        if names:
            self.accept()
            self.answered.emit(names, str(self.verdict.value()), self.why.text().strip())
