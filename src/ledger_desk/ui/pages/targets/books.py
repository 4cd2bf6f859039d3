"""The book 任务指标, declared."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from ledger_desk.model.records import Target
from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Where
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.books.book import Book, Deed, QuickView
from ledger_desk.ui.pages.targets.laying import LayDown
from ledger_desk.ui.pages.targets.standings import Standings
from ledger_desk.work import quotas
from ledger_desk.work.outcome import Outcome

if TYPE_CHECKING:
    from ledger_desk.ui.books.view import BookView


def lay_down(view: BookView, _ids: list[str]) -> LayDown:
    """Enter the quotas of the document."""
    sheet = LayDown(view.main_window, view.ledger)
    sheet.taken.connect(partial(_laid, view))
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet


def _laid(
    view: BookView, keys: list[str], since: date, until: date, scopes: dict[str, str]
) -> None:
    def work(progress: Progress) -> Outcome:
        return quotas.lay_down(view.ledger, keys, since, until, scopes=scopes, progress=progress)

    run_batch(view, "按文件布置任务", work)


def running() -> tuple[Where, ...]:
    """Quotas whose days are not over."""
    today = date.today()
    return (Where("since", "<=", today), Where("until", ">=", today))


def books(ledger: Ledger, standings: Standings) -> tuple[Book, ...]:
    """The book of a ledger."""
    return (
        Book(
            key="targets", title="任务指标", cls=Target, noun="项", name="任务",
            columns=("indicator", "who", "done", "owed", "share", "short", "scope", "said", "since", "until", "reading", "clause"),
            sort=(("indicator", False),),
            views=(
                QuickView("now", "正在办", running, nothing="现在没有正在办的任务。", mark="clock"),
                QuickView("county", "按单位", (Where("bank_type", "blank"), Where("bank", "blank")), nothing="没有布置给单位的。"),
                QuickView("banks", "按银行类型", (Where("bank_type", "notblank"),), nothing="没有布置给银行的。"),
                QuickView("over", "已过期", lambda: (Where("until", "<", date.today()),), nothing="没有过期的任务。"),
            ),
            hint="布置了任务，这里就一直数着完成了多少、还差多少。培植户数、获贷户数等有现成的，按“按文件布置任务”一次登好。",
            begin_text="布置一项任务",
            initial=lambda _view: {
                "since": date.today().replace(month=1, day=1), "until": date.today().replace(month=12, day=31),
                "office": ledger.office.id, "scope": quotas.TOGETHER, "unit": "户",
            },
            deeds=(Deed("lay", "按文件布置任务", lay_down, icon="clipboard-list", shortcut="Ctrl+L", free=True, pri=True),),
            extras=standings.extras(),
            conditions=("indicator", "bank_type", "office", "until"),
            search=("reading", "clause"),
        ),
    )  # fmt: skip
