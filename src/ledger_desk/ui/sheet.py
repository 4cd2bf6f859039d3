"""The one application style sheet, built from the tokens and the text size.

QSS heights are content heights: border and padding come on top. So a state with a 2 px border
takes one pixel off the padding on every side, or the form would jump (look.md §7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger_desk.ui.fonts import SANS, SERIF, STYLES

if TYPE_CHECKING:
    from ledger_desk.ui.theme import Look

_LABELS = {
    # kind: use of type, token
    "body": ("body", "ink"),
    "bold": ("bold", "ink"),
    "dim": ("body", "ink2"),
    "dimbold": ("bold", "ink2"),
    "faint": ("body", "ink3"),
    "title": ("title", "ink"),
    "heading": ("heading", "ink"),
    "card": ("card", "ink"),
    "clause": ("clause", "ink3"),
    "number": ("serif_bold", "ink"),
    "must": ("body", "zhu"),
    "explain": ("body", "zhe"),
    "hint": ("body", "dian"),
    "ok": ("body", "ok"),
    "dai": ("bold", "dai"),
    "figure": ("figure", "ink"),
    "ontop": ("body", "topdim"),
    "ontopbold": ("body", "sheet"),
}


def build(look: Look) -> str:
    """Whole style sheet as text; sizes are pixels at the given factor."""
    t, px = look.tokens, look.px
    return "".join(
        (
            _labels(look),
            _buttons(look),
            _fields(look),
            _frames(look),
            _scroll_bars(look),
            f"""
QMenu {{ background: {t.sheet}; color: {t.ink}; border: 1px solid {t.field}; padding: {px(4)}px 0; }}
QMenu::item {{ min-height: {px(24)}px; padding: {px(4)}px {px(28)}px {px(4)}px {px(36)}px; background: transparent; }}
QMenu::item:selected {{ background: {t.dai3}; color: {t.ink}; }}
QMenu::item:disabled {{ color: {t.off}; background: transparent; }}
QMenu::icon {{ left: {px(10)}px; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {px(4)}px {px(12)}px; }}
QToolTip {{ background: {t.sheet}; color: {t.ink}; border: 1px solid {t.field}; padding: {px(5)}px {px(8)}px; }}
QListView#popup {{ background: {t.sheet}; color: {t.ink}; border: 1px solid {t.field}; }}
QTableView {{ background: {t.sheet}; border: none; gridline-color: {t.line}; }}
QTableView QTableCornerButton::section {{ background: {t.grey}; border: none; }}
QHeaderView {{ background: {t.grey}; border: none; }}
QDialog {{ background: {t.sheet}; }}
""",
        )
    )


def _font(use: str, factor: float) -> str:
    family, size, weight = STYLES[use]
    return f'font-family: "{family}"; font-size: {round(size * factor)}px; font-weight: {weight};'


def _labels(look: Look) -> str:
    rules = [
        f'QLabel[k="{kind}"] {{ {_font(use, look.factor)} color: {getattr(look.tokens, token)}; '
        "background: transparent; }\n"
        for kind, (use, token) in _LABELS.items()
    ]
    return "".join(rules)


def _buttons(look: Look) -> str:
    t, px = look.tokens, look.px
    high, side = px(34) - 2, px(12)
    return f"""
QPushButton {{ min-height: {high}px; padding: 0 {side}px; border: 1px solid {t.field}; border-radius: {px(4)}px;
  background: {t.sheet}; color: {t.ink}; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:pressed {{ background: {t.dai3}; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[k="pri"] {{ background: {t.dai}; border-color: {t.dai}; color: {t.sheet}; {_font("bold", look.factor)} }}
QPushButton[k="pri"]:hover {{ background: {t.tops}; }}
QPushButton[k="pri"]:pressed {{ background: {t.top}; }}
QPushButton[k="words"] {{ border-color: transparent; background: transparent; color: {t.dai}; padding: 0 {px(8)}px;
  {_font("bold", look.factor)} }}
QPushButton[k="words"]:hover {{ background: {t.dai3}; }}
QPushButton[k="danger"] {{ color: {t.zhu}; border-color: {t.zhu}; {_font("bold", look.factor)} }}
QPushButton[k="ontop"] {{ border-color: transparent; background: transparent; color: #FFFFFF; padding: 0 {px(8)}px; }}
QPushButton[k="ontop"]:hover {{ background: {t.tops}; border-color: {t.topdim}; }}
QPushButton[k="onpractice"] {{ border-color: transparent; background: transparent; color: #FFFFFF; padding: 0 {px(8)}px; }}
QPushButton[k="onpractice"]:hover {{ background: {t.practice2}; border-color: #FFFFFF; }}
QPushButton[k="onpractice"]:disabled {{ background: transparent; border-color: transparent; color: #F1E3C8; }}
QPushButton[k="ontop"]:disabled {{ background: transparent; border-color: transparent; color: {t.topdim}; }}
QPushButton[k="ondark"] {{ border-color: transparent; background: transparent; color: #FFFFFF; padding: 0 {px(8)}px; }}
QPushButton[k="ondarkpri"] {{ border-color: #FFFFFF; background: #FFFFFF; color: {t.top}; {_font("bold", look.factor)} }}
QPushButton[k="ondark"]:hover {{ border-color: {t.topdim}; }}
QPushButton[k="plain"]:disabled, QPushButton[k="pri"]:disabled, QPushButton[k="danger"]:disabled {{
  background: {t.grey}; border-color: {t.line2}; color: {t.off}; }}
QPushButton[k="words"]:disabled {{ background: transparent; color: {t.off}; }}
"""


def _fields(look: Look) -> str:
    t, px = look.tokens, look.px
    high, side = px(34) - 2, px(9)
    kinds = ("QLineEdit", "QPlainTextEdit", "QComboBox", "QAbstractSpinBox")

    def each(suffix: str) -> str:
        return ", ".join(kind + suffix for kind in kinds)

    return f"""
{each("")} {{ min-height: {high}px; padding: 0 {side}px; border: 1px solid {t.field};
  border-radius: {px(3)}px; background: {t.sheet}; color: {t.ink};
  selection-background-color: {t.dai}; selection-color: {t.sheet}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {t.ink3}; }}
QPlainTextEdit {{ padding: {px(5)}px {px(5)}px; }}
{each(":read-only")} {{ background: {t.grey}; }}
QComboBox:read-only {{ background: {t.sheet}; }}
QPlainTextEdit:!read-only {{ background: {t.sheet}; }}
{each('[k="computed"]')} {{ background: {t.comp}; border-color: {t.line2}; }}
{each(":disabled")} {{ background: {t.grey}; color: {t.off}; border-color: {t.line2}; }}
{each('[s="must"]')} {{ border: 2px solid {t.zhu}; background: {t.zhu3}; min-height: {high - 2}px; padding: 0 {side - 1}px; }}
{each('[s="explain"]')} {{ border: 2px solid {t.zhe}; background: {t.zhe3}; min-height: {high - 2}px; padding: 0 {side - 1}px; }}
{each(":focus")} {{ border: 2px solid {t.dai}; min-height: {high - 2}px; padding: 0 {side - 1}px; }}
QPlainTextEdit[s="must"], QPlainTextEdit[s="explain"], QPlainTextEdit:focus {{ padding: {px(5) - 1}px {px(5) - 1}px; }}
QComboBox {{ padding-right: {px(30)}px; }}
QComboBox:focus, QComboBox[s="must"], QComboBox[s="explain"] {{ padding-right: {px(30) - 1}px; }}
QComboBox::drop-down {{ width: {px(30)}px; border: none; background: transparent; subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QLineEdit, QComboBox QLineEdit:focus {{ border: none; min-height: 0; padding: 0; margin: 0; background: transparent; }}
QLineEdit#search {{ background: {t.tops}; color: #FFFFFF; border: 1px solid {t.topdim}; padding: 0 {px(10)}px 0 {px(36)}px;
  placeholder-text-color: {t.topdim}; selection-background-color: #FFFFFF; selection-color: {t.top}; }}
QLineEdit#search:focus {{ border: 2px solid #FFFFFF; padding: 0 {px(10) - 1}px 0 {px(36) - 1}px; }}
QLineEdit#search[k="practice"] {{ background: {t.practice}; border-color: #F1E3C8; placeholder-text-color: #F1E3C8; }}
QLineEdit#celledit, QLineEdit#celledit:focus {{ border: 2px solid {t.dai}; border-radius: 0; min-height: 0; padding: 0 {px(6)}px;
  background: {t.sheet}; }}
"""


def _frames(look: Look) -> str:
    t, px = look.tokens, look.px
    tints = "".join(
        f'QFrame[k="notice"][s="{kind}"] {{ background: {tint}; border: 1px solid {edge}; border-radius: {px(3)}px; }}\n'
        for kind, tint, edge in (
            ("must", t.zhu3, t.zhu),
            ("explain", t.zhe3, t.zhe),
            ("hint", t.dian3, t.dian),
            ("done", t.ok3, t.ok if t.contrast else t.ok3),
        )
    )
    return f"""
QMainWindow {{ background: {t.work}; }}
QFrame[k="dropping"] {{ background: {t.dai3}; border: {px(2)}px dashed {t.dai}; border-radius: {px(4)}px; }}
QFrame[k="work"] {{ background: {t.work}; border: none; }}
QFrame[k="bare"] {{ background: transparent; border: none; }}
QFrame[k="box"], QFrame[k="panel"] {{ background: {t.sheet}; border: 1px solid {t.line}; border-radius: {px(4)}px; }}
QFrame[k="panel"] {{ border-color: {t.line2}; }}
QFrame[k="float"] {{ background: {t.sheet}; border: 1px solid {t.line2}; border-radius: {px(4)}px; }}
QFrame[k="pane"] {{ background: {t.sheet}; border: none; border-left: 1px solid {t.line2}; }}
QFrame[k="bottom"] {{ background: {t.sheet}; border: none; border-top: 1px solid {t.line2}; }}
QFrame[k="status"] {{ background: {t.nav}; border: none; border-top: 1px solid {t.line2}; }}
QFrame[k="nav"] {{ background: {t.nav}; border: none; }}
QFrame[k="rule"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[k="vrule"] {{ background: {t.line2}; border: none; max-width: 1px; min-width: 1px; }}
QFrame[k="details"] {{ background: {t.grey}; border: 1px solid {t.line2}; border-radius: {px(3)}px; }}
QFrame[k="alarm"] {{ background: {t.sheet}; border: 1px solid {t.line2}; border-top: {px(5)}px solid {t.zhu}; border-radius: {px(3)}px; }}
QFrame[k="dialog"] {{ background: {t.sheet}; border: 1px solid {t.line2}; border-top: {px(5)}px solid {t.dai}; border-radius: {px(3)}px; }}
QFrame[k="toast"][s="dark"] {{ background: {t.top}; border: 1px solid {t.top}; border-radius: {px(4)}px; }}
QFrame[k="toast"][s="done"] {{ background: {t.sheet}; border: 1px solid {t.line2}; border-left: {px(4)}px solid {t.ok}; }}
QFrame[k="toast"][s="progress"] {{ background: {t.sheet}; border: 1px solid {t.line2}; border-left: {px(4)}px solid {t.dai}; }}
QFrame[k="toast"][s="explain"] {{ background: {t.sheet}; border: 1px solid {t.line2}; border-left: {px(4)}px solid {t.zhe}; }}
QScrollArea, QScrollArea > QWidget > QWidget[k="bare"], QWidget#navlist {{ background: transparent; border: none; }}
{tints}"""


def _scroll_bars(look: Look) -> str:
    t, px = look.tokens, look.px
    wide, inset = px(12), px(2)
    return f"""
QScrollBar {{ background: {t.grey}; border: none; margin: 0; }}
QScrollBar:vertical {{ width: {wide}px; }}
QScrollBar:horizontal {{ height: {wide}px; }}
QScrollBar::handle {{ background: {t.thumb}; border-radius: {(wide - 2 * inset) // 2}px; margin: {inset}px; }}
QScrollBar::handle:hover {{ background: {t.ink3}; }}
QScrollBar::handle:vertical {{ min-height: {px(32)}px; }}
QScrollBar::handle:horizontal {{ min-width: {px(32)}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


__all__ = ["SANS", "SERIF", "build"]
