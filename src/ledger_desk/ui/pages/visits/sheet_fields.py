"""The fields of one visit in the order of the paper sheet: how they stand and how keys move."""

from __future__ import annotations

from typing import Any

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Visit
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.reports.visit_papers.sheet import read_mark
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.choices import Option
from ledger_desk.ui.keying.fields import KeyedFields
from ledger_desk.ui.labels import FittingLabel
from ledger_desk.ui.modes import Mode
from ledger_desk.ui.pages.visits.criteria import CriteriaRows
from ledger_desk.ui.pages.visits.loan_picks import loan_editor
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.records.choosing import find_enterprises, item_of, reference_items
from ledger_desk.ui.records.editors import (
    Editor,
    LineEditor,
    PickEditor,
    SegmentEditor,
    make_editor,
)

KINDS = [
    Option("走访", "走访"), Option("回访", "回访"), Option("窗口咨询", "窗口咨询"),
    Option("贷后用途核查", "贷后核查"),
]  # fmt: skip
METHODS = [Option(word, word) for word in ("实地", "电话", "线上", "窗口")]
USES = [
    Option("按用途使用", "按用途使用", "ok"), Option("未按用途使用", "未按用途使用", "zhu"),
    Option("待核", "待核", "zhe"),
]  # fmt: skip
_MOST_BANKS = "意向银行最多写两家，第三家不能写。请问清企业最想找哪两家，其余的写在备注里。"
# field, title where the label is too long, share of twelve, unit
_ABOUT = (
    ("enterprise", "企业", 5, ""), ("day", "", 2, ""), ("kind", "类别", 5, ""),
    ("first", "", 3, ""), ("second", "", 3, ""), ("bank", "", 3, ""), ("manager", "", 3, ""),
    ("method", "方式", 4, ""), ("result", "结果", 3, ""), ("place", "地点", 5, ""),
    ("met", "", 3, ""), ("met_role", "身份", 3, ""), ("met_phone", "面见人电话", 3, ""), ("met_owner", "见到经营者", 3, ""),
)  # fmt: skip
_FOUND = (
    ("staff", "", 2, "人"), ("revenue", "上年营业收入", 3, "万元"), ("revenue_expected", "本年预计收入", 3, "万元"),
    ("borrowed", "有贷款", 2, ""), ("renewal_wanted", "要续贷", 2, ""), ("situation", "", 12, ""),
)  # fmt: skip
_NEED = (
    ("has_need", "有需求", 2, ""), ("amount", "金额", 2, "万元"), ("purpose", "", 3, ""), ("months", "期限", 2, "月"),
    ("security", "", 3, ""), ("bank1", "", 4, ""), ("bank2", "", 4, ""), ("wanted_on", "", 4, ""),
)  # fmt: skip
_AFTER = (
    ("loan", "核查的贷款", 8, ""), ("use_found", "用途核查", 4, ""),
    ("difficulty_kind", "", 3, ""), ("difficulty", "", 6, ""), ("next_on", "下次回访", 3, ""), ("note", "", 12, ""),
)  # fmt: skip
_REQUIRED = ("enterprise", "day", "kind", "method", "result")


class SecondBank(PickEditor):
    """The second intended bank; a third one written behind it is refused (`seeds/003` 四)."""

    def value(self) -> Any:
        """The bank; ValueError where somebody wrote more than one."""
        if any(mark in self.picker.text() for mark in "、，,;；/"):
            raise ValueError(_MOST_BANKS)
        return super().value()


class SheetFields(KeyedFields):
    """Editors by field name of `Visit`."""

    below = 48

    def __init__(self, ledger: Ledger) -> None:
        """Build the fields."""
        super().__init__()
        self._ledger = ledger
        self.before: dict[str, Any] = {}
        self.firm = ""
        self.criteria = CriteriaRows()
        self.known = FittingLabel([""], "dim")
        self._build()
        self.order_tabs()

    def _build(self) -> None:
        sections = (
            ("壹", "走访", "纸表第壹块", _ABOUT), ("贰", "经营", "纸表第贰块", _FOUND),
            ("叁", "需求", "纸表第叁块", _NEED), ("肆", "五项标准", "纸表第肆块", ()),
            ("伍", "困难与回访", "纸表第伍块", _AFTER),
        )  # fmt: skip
        for numeral, title, where, fields in sections:
            section = self.add_section(numeral, title, where)
            if not fields:
                section.flow.add(self.criteria, 12)
            for name, words, share, unit in fields:
                said = words or field_map(Visit)[name].label
                needed = name in _REQUIRED
                self.add_field(
                    section, name, said, self._editor(name), share, required=needed, unit=unit
                )
                if name == "kind":
                    section.flow.add(self.known, 12)
        for name, editor in self.criteria.editors.items():
            self.follow(name, editor)
        self.fields |= self.criteria.fields

    def _editor(self, name: str) -> Editor:
        spec = field_map(Visit)[name]
        if name == "enterprise":
            return PickEditor(
                self._find_firm, lambda r: item_of(self._ledger, "enterprise", r),
                placeholder="输名称、代码或拼音首字母",
            )  # fmt: skip
        if name == "kind":
            return SegmentEditor(KINDS, "类别")
        if name == "method":
            return SegmentEditor(METHODS, "方式")
        if name == "use_found":
            return SegmentEditor(USES, "用途核查")
        if name == "loan":
            return loan_editor(self._ledger, lambda: self.firm)
        if name in ("situation", "difficulty", "note", "place"):
            return LineEditor(spec, spec.kind.show)  # one line: Enter has to go on
        if name == "bank2":
            return SecondBank(
                reference_items(self._ledger, "bank"), lambda r: item_of(self._ledger, "bank", r),
                placeholder="没有就空着，最多两家", remember=f"{self._ledger.path}|bank",
            )  # fmt: skip
        return make_editor(spec, Visit, self._ledger)

    # Going on

    def go_on(self) -> None:
        """Go to the next field that is shown; a criterion that is met needs no evidence."""
        here = self.here()
        names = [name for name in self.in_order() if self._is_shown(name)]
        if here not in names:
            self.focusNextPrevChild(True)
            return
        place = names.index(here) + 1
        if here in CRITERIA and self.editors[here].value() == "符合":
            place += 1
        if place < len(names):
            self.focus_field(names[place])
        else:
            self.focusNextPrevChild(True)

    def in_order(self) -> list[str]:
        """Names of the fields as they stand on the paper."""
        after = [name for name, *_ in _AFTER]
        front = [
            name for name in self.editors if name not in after and name not in self.criteria.editors
        ]
        return [*front, *self.criteria.editors, *after]

    def _is_shown(self, name: str) -> bool:
        return not self.editors[name].widget.isHidden() and not self.fields[name].isHidden()

    def set_mode(self, mode: Mode) -> None:
        """Fewer fields in a line where room is short."""
        super().set_mode(mode)
        self.criteria.set_mode(mode)

    def show_check(self, *, shown: bool) -> None:
        """Show the loan and the finding of a check of use, or take them away."""
        for name in ("loan", "use_found"):
            self.sections[4].flow.show_part(self.fields[name], shown=shown)

    def remember(self, values: dict[str, Any]) -> None:
        """Keep a sheet that was stored, for 同上."""
        self.before = values

    def above(self, name: str) -> tuple[bool, Any]:
        """What the sheet before had."""
        return name in self.before, self.before.get(name)

    def _find_firm(self, text: str) -> list[PickItem]:
        firm, _ = read_mark(text)  # a scanner types what the code on the sheet says
        item = item_of(self._ledger, "enterprise", firm) if firm else None
        return [item] if item is not None else find_enterprises(self._ledger, text)
