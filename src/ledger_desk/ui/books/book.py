"""What a book is: a list of records with its views, its columns and what is done with them.

Everything here is declared; `view.BookView` shows it and `page.BookPage` puts several on a page.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ledger_desk.model.fields import Record, fields_of
from ledger_desk.store.interrupting import Stop
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Rows, Where
from ledger_desk.ui.grid_rows import CellLike, ColumnKind

if TYPE_CHECKING:
    from ledger_desk.ui.books.view import BookView

Wheres = tuple[Where, ...]
AskedWheres = Wheres | Callable[[], Wheres]
"""Conditions, or what gives them each time the list is read: those that look at today's date."""

ALL, BIN = "all", "bin"
_MOST_COLUMNS = 8


def ask(wheres: AskedWheres) -> Wheres:
    """Give the conditions as they are now."""
    return wheres() if callable(wheres) else wheres


@dataclass(frozen=True)
class QuickView:
    """A view that the program brings along; 全部 and 回收站 are there without being declared.

    Attributes:
        key: Name in the program.
        text: Words on the tab.
        where: What its records have in common.
        nothing: Sentence while it is empty.
        mark: Mark on the tab (`marks.MARKS`).
        scan: Finds its records in Python, beside the window; ``where`` holds besides.
        sort: Order while it is shown and nobody sorted otherwise.
    """

    key: str
    text: str
    where: AskedWheres = ()
    nothing: str = ""
    mark: str | None = None
    scan: Callable[[Ledger, Stop], Collection[str]] | None = None
    sort: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Extra:
    """A column that Python works out for the rows that are seen; neither sorted nor narrowed by.

    Attributes:
        key: Name among the columns.
        title: Heading.
        cells: Gives cells by id, for the records of one page of rows.
        kind: How cells look.
        width: Pixels at 100 %.
    """

    key: str
    title: str
    cells: Callable[[Rows, Sequence[Record]], Mapping[str, CellLike]]
    kind: ColumnKind = "text"
    width: int = 110


@dataclass(frozen=True)
class Deed:
    """Something that can be done with the chosen records.

    Attributes:
        key: Name in the program.
        text: Verb: 初审通过. The number of records is put behind it.
        on: Does it: gets the view and the ids of the marked rows, else of the block of cells, else
            of the current row. It gets all of them; what it cannot be done to is refused there.
        icon: Outline icon.
        shortcut: Key; only while the list has the keyboard.
        many: Whether it can be done to several at once.
        where: Records that it can be done to; the button counts them.
        can: The same asked of one record: '' or the sentence why not.
        why: Words of the button when it can be done to none: 没有待初审的.
        views: Keys of the views in which it is offered; none: all but the recycle bin.
        pri: A button above the list; else it stands in 更多 and in the menu of the rows.
        free: It needs no record.
        reads: It writes nothing, so that it is offered where the ledger is only looked at.
    """

    key: str
    text: str
    on: Callable[[BookView, list[str]], object]
    icon: str | None = None
    shortcut: str = ""
    many: bool = True
    where: AskedWheres = ()
    can: Callable[[Any], str] | None = None
    why: str = ""
    views: tuple[str, ...] = ()
    pri: bool = False
    free: bool = False
    reads: bool = False

    def is_in(self, view: str) -> bool:
        """Whether it is offered in a view."""
        return view in self.views if self.views else view != BIN


@dataclass(frozen=True)
class Book:
    """One list of records.

    Attributes:
        key: Name in the program and in what is remembered.
        title: Words on the tab.
        cls: Class of its records.
        noun: Measure word of one: 笔, 次, 个.
        columns: Columns shown at first: fields, computed names, ``reference.field``, keys of
            ``extras``; none: the required fields.
        sort: Order at first: (field, descending).
        where: Always holds: the book is a part of its class.
        views: Views after 全部.
        first: Key of the view it opens with; '': 全部.
        hint: Sentence while there is nothing at all: what it is for and how one begins.
        begin: What 新增 does; None: a sheet with the fields of the record.
        begin_text: Words of that button; '': 新增.
        can_begin: Whether records are made here at all.
        initial: Values of a new record.
        opens: What Enter does with a record; None: a sheet with its fields.
        deeds: What can be done.
        extras: Columns worked out by Python.
        locked: Field → sentence why it is changed neither in cells nor in 批量改.
        conditions: Fields offered first under 加条件.
        search: Own fields that the search box looks into; none: title and codes.
        cards: Make own cards of the pane: widgets with ``show_record(record | None)``.
        folded: Fields that the pane leaves out.
        children: Tables listed in the pane; None: all that refer to this class.
        can_remove: Whether records go to the recycle bin from here.
        name: What people call one of them; '': the label of the class.
    """

    key: str
    title: str
    cls: type[Record]
    noun: str = "条"
    columns: tuple[str, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    where: AskedWheres = ()
    views: tuple[QuickView, ...] = ()
    first: str = ""
    hint: str = ""
    begin: Callable[[BookView], object] | None = None
    begin_text: str = ""
    can_begin: bool = True
    initial: Callable[[BookView], Mapping[str, Any]] | None = None
    opens: Callable[[BookView, str], object] | None = None
    deeds: tuple[Deed, ...] = ()
    extras: tuple[Extra, ...] = ()
    locked: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    cards: tuple[Callable[[BookView], QWidget], ...] = ()
    folded: tuple[str, ...] = ()
    children: tuple[str, ...] | None = None
    can_remove: bool = True
    name: str = ""

    @property
    def called(self) -> str:
        """What people call one of its records."""
        return self.name or self.cls.LABEL

    def usual(self) -> tuple[str, ...]:
        """Columns shown at first."""
        if self.columns:
            return self.columns
        specs = fields_of(self.cls)
        needed = [spec.name for spec in specs if spec.required]
        return tuple(needed or [spec.name for spec in specs])[:_MOST_COLUMNS]

    def view(self, key: str) -> QuickView | None:
        """One of its own views."""
        return next((view for view in self.views if view.key == key), None)
