"""What is done to activities, to the firms that took part, and to tax-rated firms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ledger_desk.model.records import Activity, Attendance, Matching
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.dialogs.asking import Ask, AskFields
from ledger_desk.ui.firms.adding import AddFirms
from ledger_desk.work import activities
from ledger_desk.work.activities import Contact
from ledger_desk.work.outcome import Outcome

if TYPE_CHECKING:
    from ledger_desk.ui.books.view import BookView

Match = Callable[..., Outcome]


def add_firms(view: BookView, ids: list[str]) -> AddFirms | None:
    """Enter many firms as having taken part in the chosen activity."""
    found = view.ledger.get(Activity, ids[0])
    if found is None:
        return None
    sheet = AddFirms(view.main_window, view.ledger, f"参加企业：{found.title}", "登记参加")
    sheet.taken.connect(partial(_added, view, found.id))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet


def _added(view: BookView, activity: str, firms: list[str], _day: date | None) -> None:
    run_batch(view, "登记参加企业", lambda progress: activities.attend(
        view.ledger, activity, firms, progress=progress
    ))  # fmt: skip


def send(view: BookView, ids: list[str]) -> AskFields:
    """Write down that reports were sent."""
    asked = (Ask("sent_on", date.today(), required=True), Ask("sent_to", None))
    sheet = AskFields(
        view.main_window, view.ledger, Activity, "登记报送", asked, f"登记 {len(ids):,} 篇",
        sentence="登了报送日期的才算当月已报。",
    )  # fmt: skip
    sheet.answered.connect(partial(_sent, view, ids))
    return _open(sheet)


def _sent(view: BookView, ids: list[str], answer: Mapping[str, Any]) -> None:
    run_batch(view, "登记报送", lambda progress: activities.send(
        view.ledger, ids, answer["sent_on"], answer.get("sent_to") or "", progress=progress
    ))  # fmt: skip


def match_attendances(view: BookView, ids: list[str]) -> AskFields:
    """Enter contacts of those who took part."""
    with view.ledger.read() as rows:
        found = rows.many(Attendance, ids)
        events = rows.many(Activity, [str(each.activity) for each in found.values()])
    first = next(iter(events.values()), None)
    same = first is not None and len(events) == 1
    usual = (first.bank, first.day) if first is not None and same else (None, date.today())
    return _ask_contact(view, ids, activities.match_attendances, usual, "从活动登记对接")


def match_tax_rated(view: BookView, ids: list[str]) -> AskFields:
    """Enter contacts of a bank with tax-rated firms."""
    usual = (None, date.today())
    return _ask_contact(view, ids, activities.match_tax_rated, usual, "登记银税互动对接")


def _ask_contact(
    view: BookView, ids: list[str], match: Match, usual: Sequence[Any], title: str
) -> AskFields:
    asked = (
        Ask("bank", usual[0], required=True),
        Ask("day", usual[1], required=True),
        Ask("office", view.ledger.office.id, required=True),
        Ask("note", note="不写就带上企业当时的诉求"),
    )
    sheet = AskFields(
        view.main_window, view.ledger, Matching, title, asked, f"登记 {len(ids):,} 户",
        sentence="对接登在工作台帐里，只登这一次；授信、放款以后接着登在这条对接上。",
    )  # fmt: skip
    sheet.answered.connect(partial(_matched, view, ids, match, title))
    return _open(sheet)


def _matched(
    view: BookView, ids: list[str], match: Match, title: str, answer: Mapping[str, Any]
) -> None:
    contact = Contact(answer["bank"], answer["office"], answer["day"], "", answer.get("note") or "")

    def work(progress: Progress) -> Outcome:
        return match(view.ledger, ids, contact, progress=progress)

    run_batch(view, title, work)


def initial(ledger: Ledger, kinds: Mapping[str, str], view: BookView) -> Mapping[str, Any]:
    """Values of a new activity: the office, today, and the kind that the view shows."""
    values: dict[str, Any] = {"office": ledger.office.id, "day": date.today()}
    kind = kinds.get(view.view_key())
    if kind:
        values["kind"] = kind
    return values


def _open(sheet: AskFields) -> AskFields:
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet
