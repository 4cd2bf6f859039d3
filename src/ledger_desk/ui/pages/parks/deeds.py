"""What is done to parks and the firms inside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ledger_desk.model.records import Park, Tenancy
from ledger_desk.store.queries import Where
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.dialogs.asking import Ask, AskFields
from ledger_desk.ui.firms.adding import AddFirms
from ledger_desk.work import parks

if TYPE_CHECKING:
    from ledger_desk.ui.books.view import BookView


def let_in(view: BookView, ids: list[str]) -> AddFirms | None:
    """Take many firms into the chosen park."""
    park = view.ledger.get(Park, ids[0])
    if park is None:
        return None
    sheet = AddFirms(
        view.main_window, view.ledger, f"加入园企业：{park.title}", "加进", day="入园日期"
    )
    sheet.taken.connect(partial(_let_in, view, park.id))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet


def _let_in(view: BookView, park: str, firms: list[str], day: date | None) -> None:
    run_batch(view, "加入园企业", lambda progress: parks.add_firms(
        view.ledger, park, firms, since=day, progress=progress
    ))  # fmt: skip


def put_on_file(view: BookView, ids: list[str]) -> AskFields:
    """Write down that parks have their file."""
    sheet = AskFields(
        view.main_window, view.ledger, Park, "登记分类建档", (Ask("filed_on", date.today(), required=True),),
        f"登记 {len(ids):,} 个", sentence="园里登记了企业的才算建档。",
    )  # fmt: skip
    sheet.answered.connect(partial(_filed, view, ids))
    return _open(sheet)


def _filed(view: BookView, ids: list[str], answer: Mapping[str, Any]) -> None:
    run_batch(view, "园区建档", lambda progress: parks.put_on_file(
        view.ledger, ids, answer["filed_on"], progress=progress
    ))  # fmt: skip


def leave(view: BookView, ids: list[str]) -> AskFields:
    """Write down that firms have left."""
    sheet = AskFields(
        view.main_window, view.ledger, Tenancy, "登记退园", (Ask("until", date.today(), required=True),),
        f"退园 {len(ids):,} 户", sentence="退园以后不再算在园区的授信比例里，历史还留着。",
    )  # fmt: skip
    sheet.answered.connect(partial(_left, view, ids))
    return _open(sheet)


def _left(view: BookView, ids: list[str], answer: Mapping[str, Any]) -> None:
    run_batch(view, "登记退园", lambda progress: parks.leave(
        view.ledger, ids, answer["until"], progress=progress
    ))  # fmt: skip


def wheres_of(park: str, *, without_credit: bool) -> tuple[Where, ...]:
    """The firms inside a park, all or those without credit."""
    inside = (Where("park", "=", park), Where("inside", "=", True))
    return (*inside, Where("credited", "=", False)) if without_credit else inside


def _open(sheet: AskFields) -> AskFields:
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet
