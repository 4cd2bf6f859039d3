"""What the program is, that it never goes online, and under which licences it and its parts stand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ledger_desk import __version__, paths
from ledger_desk.ui.cards import Card, MarkLabel
from ledger_desk.ui.fields import TextArea
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column

_PROMISES = (
    "不联网：不连任何地方，不升级，不上报。",
    "一本账就是一个文件，拷走就是全部，用通用的数据库格式。",
    "每一步都能撤销，每一格都查得到是谁在什么时候改的。",
)
# Names of the parts are proper names; `licences/` in the checkout holds the full texts.
_PARTS = (
    ("窗口", "Qt、PySide6", "LGPL 3"),
    ("账套文件", "SQLCipher、SQLAlchemy", "BSD、MIT"),
    ("读写表格", "openpyxl、lxml、XlsxWriter、calamine、xlrd", "MIT、BSD"),
    ("画 PDF", "ReportLab、pypdfium2", "BSD、Apache 2.0"),
    ("字体", "思源黑体、思源宋体", "OFL 1.1"),
    ("图标", "Tabler Icons", "MIT"),
    ("拼音、区划、节假日", "见资源文件夹的说明", "MIT、WTFPL"),
)


class AboutView(QWidget):
    """Text only."""

    def __init__(self) -> None:
        """Show it."""
        super().__init__()
        card = Card("专班台账")
        card.body.add(label(f"版本 {__version__}　按 Apache 2.0 许可使用", "dim"))
        for promise in _PROMISES:
            card.body.add(MarkLabel("done", promise, wrap=True))
        parts = Card("用了哪些别人的东西")
        lines = "\n".join(f"{what}：{names}（{licence}）" for what, names, licence in _PARTS)
        text = TextArea(lines, lines=len(_PARTS))
        text.setReadOnly(True)
        text.setAccessibleName("用到的软件和许可")
        parts.body.add(text)
        parts.body.add(
            label(f"许可全文和来源在程序的文件夹里：{paths.resources()}", "dim", wrap=True)
        )
        Column(self, gap=12).add(card, parts).push()
