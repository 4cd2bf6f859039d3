"""What is done to loans falling due: proposed, asked about, listed, ended."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from ledger_desk.model.fields import FieldSpec
from ledger_desk.model.kinds import TEXT
from ledger_desk.model.records import Loan, Renewal
from ledger_desk.model.work_words import RENEWAL_LISTS
from ledger_desk.ui.books.batch import run_batch
from ledger_desk.ui.dialogs.ask import ask_choice
from ledger_desk.ui.dialogs.asking import Ask, AskFields
from ledger_desk.work import renewal_ends, renewing
from ledger_desk.work.renewal_ends import Ending

if TYPE_CHECKING:
    from ledger_desk.ui.books.view import BookView

_CONTRACT = FieldSpec("contract", "新合同编号", TEXT)
_BY_WAY: Mapping[str, tuple[str, ...]] = {
    renewal_ends.RENEWED: ("done_on", "amount", "new_due_on", "rate", "contract"),
    renewal_ends.LENT_AGAIN: ("done_on", "amount", "new_due_on", "rate", "contract"),
    renewal_ends.EXTENDED: ("done_on", "new_due_on", "rate"),
    renewal_ends.RESCHEDULED: ("done_on", "new_due_on", "rate"),
    renewal_ends.COLLECTED: ("done_on",),
    renewal_ends.NOT_RENEWED: ("done_on", "why_not"),
}


def propose_due(view: BookView, _ids: list[str]) -> None:
    """Propose all loans that fall due within the days of the office."""
    run_batch(view, "列入续贷", lambda progress: renewing.propose(view.ledger, progress=progress))


def propose_chosen(view: BookView, ids: list[str]) -> None:
    """Propose the chosen loans."""
    run_batch(
        view, "列入续贷", lambda progress: renewing.propose(view.ledger, ids, progress=progress)
    )


def ask_wanted(view: BookView, ids: list[str]) -> AskFields:
    """Ask what firms said: wanted or not, how much."""

    def shown(values: Mapping[str, Any]) -> Collection[str]:
        wanted = values.get("wanted")
        if wanted is None:
            return ("asked_on", "wanted")
        return ("asked_on", "wanted", "wanted_amount" if wanted else "why_not")

    many = len(ids) > 1
    first = None if many else view.ledger.get(Renewal, ids[0])
    asked = (
        Ask("wanted", first.wanted if first else None, required=True, text="企业要不要续"),
        Ask("asked_on", date.today(), required=True),
        Ask(
            "wanted_amount", first.wanted_amount or first.due_amount if first else None,
            text="要续多少", note="不写就按到期金额",
        ),
        Ask("why_not", "企业无需求", text="为什么不续"),
    )  # fmt: skip
    sheet = AskFields(
        view.main_window, view.ledger, Renewal, "登记续贷需求", asked, f"登记 {len(ids):,} 笔",
        sentence=_about(view, ids), shown=shown,
    )  # fmt: skip
    sheet.answered.connect(partial(_asked, view, ids))
    return _open(sheet)


def _asked(view: BookView, ids: list[str], answer: Mapping[str, Any]) -> None:
    run_batch(view, "登记续贷需求", lambda progress: renewing.ask(
        view.ledger, ids, answer["wanted"], answer["asked_on"], amount=answer.get("wanted_amount"),
        why_not=answer.get("why_not") or "", progress=progress,
    ))  # fmt: skip


def ask_list(view: BookView, ids: list[str]) -> AskFields:
    """Ask which list loans are to stand on, and why."""

    def check(values: Mapping[str, Any]) -> str:
        if values["list_name"] == renewing.NEGATIVE and not values.get("list_why"):
            return "列入负面清单要写明原因：银行和企业都会问为什么不能续。"
        return ""

    first = view.ledger.get(Renewal, ids[0]) if len(ids) == 1 else None
    asked = (
        Ask("list_name", first.list_name if first else RENEWAL_LISTS[0], required=True),
        Ask("list_why", first.list_why if first else None),
    )
    sheet = AskFields(
        view.main_window, view.ledger, Renewal, "正面清单、负面清单", asked, f"登记 {len(ids):,} 笔",
        sentence=_about(view, ids), check=check,
    )  # fmt: skip
    sheet.answered.connect(partial(_listed, view, ids))
    return _open(sheet)


def _listed(view: BookView, ids: list[str], answer: Mapping[str, Any]) -> None:
    run_batch(view, "登记名单", lambda progress: renewing.put_on_list(
        view.ledger, ids, answer["list_name"], answer.get("list_why") or "", progress=progress
    ))  # fmt: skip


def ask_end(view: BookView, ids: list[str]) -> AskFields:
    """Ask what became of loans."""

    def shown(values: Mapping[str, Any]) -> Collection[str]:
        return ("way", *_BY_WAY.get(values.get("way") or "", ()))

    def check(values: Mapping[str, Any]) -> str:
        way, day, later = values["way"], values["done_on"], values.get("new_due_on")
        if way in (renewal_ends.RENEWED, renewal_ends.EXTENDED) and later is None:
            return f"登记{way}要写新到期日期，不然到时候提醒不了。"
        if later is not None and later <= day:
            return f"新到期日期 {later} 不晚于办理日期 {day}，请核对。"
        if way == renewal_ends.NOT_RENEWED and not values.get("why_not"):
            return "登记未续贷要写原因，报表按原因统计。"
        return ""

    first = view.ledger.get(Renewal, ids[0]) if len(ids) == 1 else None
    amount = (first.wanted_amount or first.due_amount) if first is not None else None
    asked = (
        Ask("way", None, required=True),
        Ask("done_on", date.today(), required=True, note="新合同签订、收回或议定的那天"),
        Ask("amount", amount, note="不写就按到期金额"),
        Ask("new_due_on"),
        Ask("rate", None, note="不写就照原贷款"),
        Ask("contract", spec=_CONTRACT),
        Ask("why_not", "银行未同意", required=True),
    )
    sheet = AskFields(
        view.main_window, view.ledger, Renewal, "登记办理结果", asked, f"登记 {len(ids):,} 笔",
        sentence=_about(view, ids), shown=shown, check=check,
    )  # fmt: skip
    sheet.answered.connect(partial(_ended, view, ids))
    return _open(sheet)


def _ended(view: BookView, ids: list[str], answer: Mapping[str, Any]) -> None:
    ending = Ending(
        answer["way"], answer["done_on"], answer.get("amount"), answer.get("rate"),
        answer.get("new_due_on"), answer.get("why_not") or "", answer.get("contract") or "",
    )  # fmt: skip
    run_batch(view, f"登记{ending.way}", lambda progress: renewal_ends.decide(
        view.ledger, ids, ending, progress=progress
    ))  # fmt: skip


def take_back(view: BookView, ids: list[str]) -> None:
    """Take back what was written down as the end, after asking."""
    sentence = "新贷款会进回收站，原贷款恢复成没有结清；续贷这一笔回到没有办。马上可以撤销。"
    if (
        ask_choice(
            view.main_window, f"收回 {len(ids):,} 笔的办理结果？", sentence, [("go", "收回")]
        )
        == "go"
    ):
        run_batch(view, "收回办理结果", lambda progress: renewal_ends.take_back(
            view.ledger, ids, progress=progress
        ))  # fmt: skip


def open_loan(view: BookView, ids: list[str]) -> None:
    """Go to the loan that fell due."""
    found = view.ledger.get(Renewal, ids[0])
    if found is not None and found.loan:
        view.elsewhere_wanted.emit(Loan.TABLE, found.loan)


def _about(view: BookView, ids: list[str]) -> str:
    if len(ids) > 1:
        return f"选中的 {len(ids):,} 笔一起登记，是一步，可以撤销；登记不了的会列出原因。"
    with view.ledger.read() as rows:
        found = rows.get(Renewal, ids[0])
        if found is None:
            return ""
        firm = rows.titles("enterprise", [str(found.enterprise)]).get(str(found.enterprise), "")
        bank = rows.titles("bank", [str(found.bank)]).get(str(found.bank), "")
    return f"{firm}，{bank}，{found.due_on} 到期。"


def _open(sheet: AskFields) -> AskFields:
    sheet.finished.connect(sheet.deleteLater)
    sheet.open()
    return sheet
