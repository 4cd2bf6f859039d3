"""Dialogs of a period: closing it, opening it again, checking a code (`look.md` §6)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ledger_desk.model.records import Closing
from ledger_desk.reports.periods.closing import Obstacles
from ledger_desk.reports.periods.closings import title_of
from ledger_desk.reports.periods.looking_up import Verified
from ledger_desk.reports.periods.remarks import LEAST
from ledger_desk.reports.periods.signatures import Signed
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.labels import label

_NAMED = 6  # findings that are listed
_KEEPS = (
    "结账以后，这一期的每一格、每个数背后的企业、审核结果和说明，连同表格和 PDF 都留底；账再怎么改，"
    "取出来的都是这一份。要改这一期，得反结账，写明原因和谁同意的。"
)


class ClosingDialog(Dialog):
    """Closes a period; says what is missing where it cannot be closed yet."""

    def __init__(
        self, parent: QWidget | None, title: str, number: int, wrong: Obstacles, usual: Signed
    ) -> None:
        """Ask for the three names.

        Args:
            parent: Window behind it.
            title: Form and period.
            number: Which closing it will be.
            wrong: What stands in the way.
            usual: Who works now and whom the office has set to sign: what is proposed.
        """
        super().__init__(parent, f"结账“{title}”", width=560)
        if wrong:
            self._say_missing(wrong)
            return
        self.body.add(label(_KEEPS, "body", wrap=True))
        self.filled, self.checked, self.headed = (
            TextField(text, hint) for text, hint in
            ((usual.filled, ""), (usual.checked, "不写就留空，等签字"), (usual.headed, "不写就留空，等签字"))
        )  # fmt: skip
        self.body.add(Field("填表人", self.filled, required=True), Field("审核人", self.checked))
        self.body.add(Field("负责人", self.headed))
        self.add_close("先不结")
        self._action = f"结账，作为第 {number} 次定稿"
        self.go = self.add_button(Button(self._action, self._go, kind="pri"))
        self.filled.textChanged.connect(self._check)
        self._check()
        self.filled.setFocus()
        self.filled.selectAll()

    def signed(self) -> Signed:
        """The three names."""
        filled, checked, headed = (
            each.text().strip() for each in (self.filled, self.checked, self.headed)
        )
        return Signed(filled, checked, headed)

    def _say_missing(self, wrong: Obstacles) -> None:
        self.body.add(label(f"{wrong.words}。", "bold", wrap=True))
        found = (*wrong.must, *wrong.explain)
        for finding in found[:_NAMED]:
            self.body.add(MarkLabel(finding.grade, finding.title, wrap=True))
        if len(found) > _NAMED:
            self.body.add(
                label(f"还有 {len(found) - _NAMED} 处，在右边的审核里。", "dim", wrap=True)
            )
        self.go = self.add_button(Button("去看审核", self.reject, kind="pri", key="Esc"))
        self.go.setFocus()

    def _check(self) -> None:
        if self.filled.text().strip():
            self.go.allow(self._action)
        else:
            self.go.block("结账：还没写填表人")

    def _go(self) -> None:
        if self.filled.text().strip():
            self.accept()


class ReopenDialog(Dialog):
    """Opens a closed period again: wants a reason and who agreed."""

    def __init__(self, parent: QWidget | None, closing: Closing, handed: str = "") -> None:
        """Ask; ``handed`` says when it went out, where that is known."""
        title = title_of(closing)
        super().__init__(parent, f"反结账“{title}”？", tone="zhu", width=560)
        day = closing.closed_on
        when = f"{day:%m-%d}" if day is not None else ""
        went = handed or f"这一期已于 {when} 结账。"
        self.body.add(label(
            f"{went}请写原因、谁同意的；两样都会印在差异说明表上。"
            f"第 {closing.number} 次定稿留底不动，改好后重新结账。", "body", wrap=True,
        ))  # fmt: skip
        self.reason = TextArea("", "写一句话，如：乡里补报了一户企业", lines=2)
        self.approver = TextField("", "姓名、职务")
        self.body.add(Field("原因", self.reason, required=True))
        self.body.add(Field("谁同意的", self.approver, required=True))
        self.add_close("不反结账")
        self.go = self.add_button(Button("反结账", self._go, kind="danger"))
        self.reason.textChanged.connect(self._check)
        self.approver.textChanged.connect(self._check)
        self._check()
        self.reason.setFocus()

    def answer(self) -> tuple[str, str]:
        """Reason and who agreed."""
        return self.reason.text(), self.approver.text().strip()

    def _missing(self) -> str:
        reason, approver = self.answer()
        if len(reason) < LEAST:
            return "还没写原因"
        return "" if approver else "还没写谁同意的"

    def _check(self) -> None:
        missing = self._missing()
        if missing:
            self.go.block(f"反结账：{missing}")
        else:
            self.go.allow("反结账")

    def _go(self) -> None:
        if not self._missing():
            self.accept()


class CodeDialog(Dialog):
    """Checks a code from paper: typed, or scanned by a scanner that types."""

    def __init__(
        self, parent: QWidget | None, verify: Callable[[str], Verified], typed: str = ""
    ) -> None:
        """Ask for a code; ``verify`` says what it means."""
        super().__init__(parent, "核对码", width=560)
        self._verify = verify
        self.body.add(label(
            "结账以后打印的表，每页页脚有二维码和十二个字的核对码。照着输进来，或用扫码枪扫一下，"
            "就知道这张纸和账里的哪一次定稿一致。", "body", wrap=True,
        ))  # fmt: skip
        self.field = TextField(typed, "如 9HYE-GYTM-CHK3，大小写、横线都不要紧")
        self.field.returnPressed.connect(self.check)
        self.body.add(Field("纸上的核对码", self.field))
        self.told = MarkLabel("hint", "", wrap=True)
        self.told.hide()
        self.body.add(self.told)
        self.add_close()
        self.go = self.add_button(Button("核对", self.check, kind="pri"))
        self.field.setFocus()
        if typed:
            self.check()

    def check(self) -> None:
        """Say what the code means."""
        found = self._verify(self.field.text())
        mark = "done" if found.known else "explain" if not found.code else "must"
        self.told.set(mark, found.sentence)
        self.told.show()
        self.fit_height()
        self.field.selectAll()
