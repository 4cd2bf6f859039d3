"""Looking at attachments in here: one after another, pages, zoom, and from there on to the printer."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange.attaching import content
from ledger_desk.model.records import Attachment
from ledger_desk.store.attachments import Held
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui import theme
from ledger_desk.ui.attachments.leaves import can_be_shown, pages_of
from ledger_desk.ui.attachments.shelf import facts
from ledger_desk.ui.buttons import Button, MenuButton
from ledger_desk.ui.cards import Nothing
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.labels import ElidedLabel, label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.preview.pages import Pages
from ledger_desk.ui.preview.paper import PaperView, Zoom
from ledger_desk.ui.preview.spots import Spots

_ZOOMS: tuple[tuple[str, Zoom], ...] = (
    ("整页", "page"), ("适合宽度", "width"), ("100%", 1.0), ("150%", 1.5), ("200%", 2.0), ("300%", 3.0),
)  # fmt: skip
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class LeafView(PaperView):
    """A page without cells: arrows scroll; where there is nothing to scroll, they turn the files.

    Signals:
        turned: -1 or 1.
    """

    turned = Signal(int)

    def show_pages(self, pages: Pages | None) -> None:
        """Show another file from its first page on."""
        self._page, self._current = 0, None
        self.show_pdf(pages, Spots(), {})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, or go on to another file."""
        key = Qt.Key(event.key())
        if key not in _ARROWS or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif key in _ARROWS[:2] and not self.horizontalScrollBar().maximum():
            self.turned.emit(-1 if key == Qt.Key.Key_Left else 1)
        else:
            QAbstractScrollArea.keyPressEvent(self, event)


class LookDialog(Dialog):
    """Shows one of some files.

    Signals:
        open_wanted, print_wanted, save_wanted: The attachment that it is wanted for.
    """

    open_wanted = Signal(object)
    print_wanted = Signal(object)
    save_wanted = Signal(object)

    def __init__(
        self, parent: QWidget | None, ledger: Ledger, held: Sequence[Held], at: int = 0
    ) -> None:
        """Show ``held[at]`` first."""
        super().__init__(parent, "看附件", width=1180, headed=False)
        self._ledger, self._held, self._at = ledger, held, at
        self._name = ElidedLabel("", "heading")
        self._facts = ElidedLabel("", "dim")
        self._place = label("", "dim")
        self.paper = LeafView()
        self.paper.setAccessibleName("附件")
        self._nothing = Nothing("file-text", "")
        self._nothing.hide()
        self.before = Button("上一个", lambda: self.turn(-1), key="Ctrl+PgUp", icon="chevron-left")
        self.after = Button("下一个", lambda: self.turn(1), key="Ctrl+PgDn", icon="chevron-right")
        self._page = label("", "body")
        self.size_button = MenuButton(
            "整页", [(text, lambda z=zoom: self.paper.set_zoom(z)) for text, zoom in _ZOOMS]
        )
        words = Column(gap=2).add(self._name, self._facts)
        self.body.add(Row(gap=12).add(words, stretch=1).add(self._place))
        self.body.add(self.paper, self._nothing)
        tools = Row(gap=8).add(self.before, self.after).push().add(self._page).push()
        self.body.add(tools.add(self.size_button))
        self.open_button = Button("打开", lambda: self.open_wanted.emit(self.attachment()))
        self.print_button = Button(
            "打印…", lambda: self.print_wanted.emit(self.attachment()), key="Ctrl+P"
        )
        self.save_button = Button(
            "另存…", lambda: self.save_wanted.emit(self.attachment()), key="Ctrl+S"
        )
        for button in (self.open_button, self.print_button, self.save_button):
            self.add_button(button)
        self.add_close()
        self.paper.set_zoom("page")
        self.paper.turned.connect(self.turn)
        self.paper.page_changed.connect(lambda _: self._paged())
        self.paper.zoomed.connect(self._zoomed)
        theme.follow(self._room)
        self._show()

    def attachment(self) -> Attachment:
        """The one shown."""
        return self._held[self._at].attachment

    def sentence(self) -> str:
        """Why nothing is shown, '' when something is."""
        return "" if self._nothing.isHidden() else self._nothing.sentence.text()

    def turn(self, by: int) -> None:
        """Show the next or the one before."""
        if 0 <= self._at + by < len(self._held):
            self._at += by
            self._show()

    def _show(self) -> None:
        held = self._held[self._at]
        self._name.setText(held.attachment.title)
        self._facts.setText(facts(held))
        self._place.setText(f"第 {self._at + 1} 个，共 {len(self._held)} 个")
        self.before.setEnabled(self._at > 0)
        self.after.setEnabled(self._at + 1 < len(self._held))
        self.print_button.setEnabled(can_be_shown(held.attachment))
        why = ""
        try:
            self.paper.show_pages(pages_of(held.attachment, content(self._ledger, held.attachment)))
        except UserError as error:
            why = str(error)
            self.paper.show_pages(None)
        self._nothing.say(why)
        self._nothing.setVisible(bool(why))
        self.paper.setVisible(not why)
        self.size_button.setEnabled(not why)
        self._paged()
        (self.open_button if why else self.paper).setFocus(Qt.FocusReason.OtherFocusReason)

    def _paged(self) -> None:
        page, pages = self.paper.page(), self.paper.page_count()
        self._page.setText(f"第 {page + 1} 页 共 {pages} 页（PgUp、PgDn）" if pages > 1 else "")

    def _zoomed(self) -> None:
        zoom = self.paper.zoom()
        words = next((text for text, each in _ZOOMS if each == zoom), f"{self.paper.percent()}%")
        self.size_button.set_text(words)

    def _room(self) -> None:
        """Take the height of the window behind, but for head and buttons."""
        look = theme.look()
        parent = self.parentWidget()
        high = parent.window().height() if parent is not None else look.px(720)
        room = max(high - look.px(250), look.px(140))
        self.paper.setFixedHeight(room)
        self._nothing.setFixedHeight(room)
