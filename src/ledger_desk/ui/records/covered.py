"""A page that another view can take over whole: the record editor, the reading-in assistant."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.modes import Mode
from ledger_desk.ui.page import Page
from ledger_desk.ui.status_bar import StatusBar


class CoveredPage(Page):
    """What lies below keeps its place, its selection and its search; it is only out of reach."""

    def __init__(self, title: str, *, scroll: bool = False) -> None:
        """Make an ordinary page that nothing covers yet."""
        self.cover_view: Page | None = None
        self._reached_from: QWidget | None = None
        super().__init__(title, scroll=scroll)

    def cover(self, view: Page) -> None:
        """Lay a view over the page; what was there before is put away."""
        if self.cover_view is not None and self.cover_view is not view:
            self.cover_view.hide()
        if self.cover_view is None:
            self._reached_from = self.focusWidget()
        self.cover_view = view
        view.setParent(self)
        view.set_mode(self.mode, very_short=self._very_short)
        self._allow_below(allowed=False)
        self._hush()
        view.setGeometry(self.rect())
        view.show()
        view.raise_()
        view.entered()
        target = view.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def uncover(self) -> None:
        """Take the view away and go back to where one was."""
        if self.cover_view is None:
            return
        self.cover_view.hide()
        self.cover_view = None
        self._allow_below(allowed=True)
        self._tell_again()
        target = self._reached_from or self.first_focus()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def front(self) -> Page:
        """What covers the page, or the page."""
        return self.cover_view.front() if self.cover_view is not None else self

    def first_focus(self) -> QWidget | None:
        """Where the view wants it, else what the page says in `own_focus`."""
        if self.cover_view is not None:
            return self.cover_view.first_focus()
        return self.own_focus()

    def own_focus(self) -> QWidget | None:
        """Where the focus goes when nothing covers the page; override this one."""
        return super().first_focus()

    def tell_rows(self) -> None:
        """Say in the status bar how much the page shows; a page with a list overrides this one."""

    def areas(self) -> list[QWidget]:
        """The view alone while it is there."""
        return self.cover_view.areas() if self.cover_view is not None else super().areas()

    def set_mode(self, mode: Mode, *, very_short: bool = False) -> None:
        """Fit page and view."""
        super().set_mode(mode, very_short=very_short)
        if self.cover_view is not None:
            self.cover_view.set_mode(mode, very_short=very_short)
            self.cover_view.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the view as large as the page."""
        super().resizeEvent(event)
        if self.cover_view is not None:
            self.cover_view.setGeometry(self.rect())

    def _status(self) -> StatusBar | None:
        """The status bar, while this page is the one in front."""
        found = getattr(self.window(), "status", None) if self.isVisible() else None
        return found if isinstance(found, StatusBar) else None

    def _hush(self) -> None:
        """What the status bar counts lies below and is not seen any more."""
        status = self._status()
        if status is not None:
            status.set_rows("")
            status.set_selection("")

    def _tell_again(self) -> None:
        """Count again what is seen again; a sentence said by the view stays until then."""
        status = self._status()
        if status is not None:
            said = status.said()
            self.tell_rows()
            status.say(said)

    def _allow_below(self, *, allowed: bool) -> None:
        """Switch everything below off, so that neither Tab nor a shortcut reaches it."""
        for child in self.children():
            if isinstance(child, QWidget) and not isinstance(child, Page):
                child.setEnabled(allowed)
