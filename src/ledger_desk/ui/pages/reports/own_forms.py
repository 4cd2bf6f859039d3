"""Below the list of forms: making a form of a new blank, changing one, form packages out and in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Form, Forms
from ledger_desk.reports.catalogue import FormInfo, catalogue, load_forms
from ledger_desk.reports.designing.keeping import OwnForm, own_forms, switch_off, switch_on
from ledger_desk.reports.periods.closings import closed_periods, period_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button, Entry, MenuButton
from ledger_desk.ui.designing.hosting import DesigningPage
from ledger_desk.ui.layouts import Column
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.reports.choosing import FormEntry, entries
from ledger_desk.ui.pages.reports.record_papers import paper_entries


def read_forms(ledger: Ledger) -> tuple[Forms, dict[str, FormInfo]]:
    """Read the forms of a ledger, and everything that the list shows by its id."""
    forms = load_forms(ledger)
    infos = {info.id: info for info in catalogue(ledger, forms)}
    return forms, infos | {entry.info.id: entry.info for entry in paper_entries()}


def listed(ledger: Ledger, forms: Forms, infos: Mapping[str, FormInfo]) -> list[FormEntry]:
    """Everything that the list shows: forms with what is due and closed, then papers of records."""
    with ledger.read() as rows:
        found = closed_periods(rows)
    closed = {name: [period_of(each) for each in some] for name, some in found.items()}
    own = [info for name, info in infos.items() if name in forms.forms]
    return [*entries(own, dt.date.today(), closed), *paper_entries()]


class OwnForms(QWidget):
    """Stands below the list of forms; where that gives way, its menu stands beside the other one."""

    def __init__(
        self, page: DesigningPage, ledger: Ledger, window: MainWindow,
        chosen: Callable[[], Form | None],
    ) -> None:  # fmt: skip
        """Belong to a page; ``chosen`` gives the form that is shown."""
        super().__init__()
        self._page = page
        self._ledger, self._window, self._chosen = ledger, window, chosen
        self._own: dict[str, OwnForm] = {}
        self.design = Button("用新表样做报表", lambda: page.open_designing(), key="Ctrl+T")
        self.menus = MenuButton("表样"), MenuButton("表样")
        Column(self, margins=(8, 6, 8, 2), gap=6).add(self.design, self.menus[0])
        if ledger.read_only:
            self.design.block("只看，不能做表样")
        self.reload()

    @property
    def narrow_menu(self) -> MenuButton:
        """The same menu, for where the list of forms gives way."""
        return self.menus[1]

    def reload(self) -> None:
        """Read the own forms again."""
        with self._ledger.read() as rows:
            self._own = {each.id: each for each in own_forms(rows)}
        self.offer()

    def ids(self) -> frozenset[str]:
        """Own forms that are shown."""
        return frozenset(name for name, each in self._own.items() if not each.off)

    def offer(self) -> None:
        """Offer what can be done with the form that is shown."""
        form, can, page = self._chosen(), not self._ledger.read_only, self._page
        entries: list[Entry] = []
        if can:
            entries.append(("用新表样做报表…", lambda: page.open_designing(), "plus"))
        if form is not None:
            if can:
                entries.append(("修改这张表样…", partial(page.edit_form, form)))
            entries.append(("导出表样包…", partial(self._export, form)))
        if can:
            entries.append(("装入表样包…", lambda: page.packages().ask_file()))
            entries += self._switches(form)
        for menu in self.menus:
            menu.set_entries(entries)

    def _export(self, form: Form) -> None:
        self._page.packages().export(form)

    def _switches(self, form: Form | None) -> list[Entry]:
        own = self._own.get(form.id) if form is not None else None
        found: list[Entry] = []
        if own is not None and not own.off:
            words = "换回自带的表样" if own.replaces else "停用这张自有表样"
            found.append((words, partial(self._switch, switch_off, own, "已停用")))
        found += [
            (f"启用“{each.title[:20]}”", partial(self._switch, switch_on, each, "已启用"))
            for each in self._own.values() if each.off
        ]  # fmt: skip
        return [None, *found] if found else []

    def _switch(self, switch: Callable[[Ledger, str], object], own: OwnForm, said: str) -> None:
        try:
            switch(self._ledger, own.id)
        except UserError as error:
            self._window.toasts.warn("没有改成", str(error))
            return
        self._page.ledger_changed()
        undo = self._window.undo_wanted.emit
        self._window.toasts.undo(f"{said}表样“{own.title}”", "", [("撤销  Ctrl+Z", undo)])
