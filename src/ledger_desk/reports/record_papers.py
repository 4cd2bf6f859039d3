"""Papers made for chosen records, not for a period (`product.md` §5).

What they are, where else they are made, which records there are to choose, and drawing them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise, Rectification, Review, Ticket, VisitTask
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.dossier.options import MASKED
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where

_MECHANISM, _PRACTICE = "信发改财金〔2024〕329号", "新金营商办〔2022〕7号"
_FIRMS = 300  # firms of a search whose records are looked for


@dataclass(frozen=True)
class RecordPaper:
    """One of them.

    Attributes:
        id: What the command line calls it.
        title: Its name.
        noun: What is counted: 户, 张, 件.
        record: What is chosen, in words.
        about: What it is, in a sentence.
        where: Where else it is made.
        page: Key of that page of the window.
        source: Document and clause.
        private: Whether telephones stand on it.
    """

    id: str
    title: str
    noun: str
    record: str
    about: str
    where: str
    page: str
    source: str
    private: bool = False

    standing = "默认表样"

    def as_json(self) -> dict[str, Any]:
        """What ``forms --json`` prints for it."""
        return {
            "id": self.id, "title": self.title, "standing": self.standing, "due": "随时",
            "record": self.record, "about": self.about, "where": self.where,
        }  # fmt: skip


PAPERS: dict[str, RecordPaper] = {
    paper.id: paper
    for paper in (
        RecordPaper(
            "visit_sheet", "走访登记表", "户", "走访任务",
            "一户一页，印出来带去手填；已经知道的印好，回来扫页上的码就能照着录。",
            "“走访”的走访任务", "visits", f"{_MECHANISM} 四", private=True,
        ),
        RecordPaper(
            "signing_sheet", "审核签字页", "张", "签字页编号",
            "一批申报一页，四级签字的格子和内容校验码；按组长审核时的内容冻结。",
            "“申报与审核”的出签字页", "applications", f"{_MECHANISM} 五、六",
        ),
        RecordPaper(
            "ticket_sheet", "批分单", "件", "批分单",
            "一件一页：企业的困难、交给哪个部门、13710 各时限和办理经过。",
            "“问题台账”的批分单", "tickets", f"{_MECHANISM} 七；{_PRACTICE} 一", private=True,
        ),
        RecordPaper(
            "order_letter", "交办函", "件", "问题整改",
            "下发了交办函的问题一件一页：问题、限期、督办和整改结果。",
            "“问题台账”的问题整改", "tickets", f"{_PRACTICE} 一至三",
        ),
        RecordPaper(
            "dossier", "一企一档", "户", "经营主体",
            "一户一册：封面、目录和十八个部分，从基本情况到信贷、走访和附件。",
            "“经营主体”的打印档案", "enterprises", "忻银发〔2020〕80号 六", private=True,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A record that a paper can be made for: id, name, and a word more."""

    id: str
    title: str
    detail: str


def choices(rows: Rows, paper: str, text: str = "", limit: int = 200) -> list[Choice]:
    """List records to choose from, the newest first; ``text`` is part of a firm's name or of a number."""
    if paper == "dossier":
        firms = rows.find(Query(Enterprise, text=text.strip()), limit)
        return [Choice(f.id, f.title, f.code or "") for f in firms]
    if paper == "signing_sheet":
        return _sheets(rows, text.strip(), limit)
    made: list[Any]
    if paper == "visit_sheet":
        made = _tasks(rows, text, limit)
    elif paper == "ticket_sheet":
        made = _numbered(rows, Ticket, "collected_on", text, limit)
    else:
        sent = Where("order_no", "notblank")
        made = _numbered(rows, Rectification, "found_on", text, limit, sent)
    names = rows.titles(Enterprise.TABLE, sorted({_firm(each) for each in made} - {""}))
    return [_choice(each, names) for each in made]


def _tasks(rows: Rows, text: str, limit: int) -> list[VisitTask]:
    """Tasks that are not done come first."""
    where = (Where("dropped", "blank"), *_of_firms(rows, text))
    open_ones = Query(VisitTask, (*where, Where("done_on", "blank")), sort=(("due_on", False),))
    done = Query(VisitTask, (*where, Where("done_on", "notblank")), sort=(("done_on", True),))
    found = rows.find(open_ones, limit)
    return found + (rows.find(done, limit - len(found)) if len(found) < limit else [])


def _firm(record: Any) -> str:
    return str(getattr(record, "enterprise", None) or "")


def _choice(record: Any, names: dict[str, str]) -> Choice:
    name = names.get(_firm(record), "")
    if isinstance(record, VisitTask):
        day = record.due_on.isoformat() if record.due_on else ""
        done = f"{record.done_on} 已走访" if record.done_on else f"应于 {day} 前走访" if day else ""
        return Choice(record.id, name, done)
    number = record.order_no if isinstance(record, Rectification) else record.no
    return Choice(record.id, number or "", name or getattr(record, "problem", None) or "")


def _of_firms(rows: Rows, text: str) -> tuple[Where, ...]:
    if not text.strip():
        return ()
    firms = rows.ids(Query(Enterprise, text=text.strip()), _FIRMS)
    return (Where("enterprise", "in", tuple(firms)),)


def _numbered(
    rows: Rows, cls: type[Any], day: str, text: str, limit: int, *where: Where
) -> list[Any]:
    """Records with a number of their own: found by it, else by their firm."""
    words, order = text.strip(), ((day, True),)
    number = "order_no" if cls is Rectification else "no"
    if not words:
        return rows.find(Query(cls, where, sort=order), limit)
    by_number = (Where(number, "contains", words), *where)
    found = rows.find(Query(cls, by_number, sort=order), limit)
    if found or cls is Rectification:
        return found
    return rows.find(Query(cls, (*_of_firms(rows, words), *where), sort=order), limit)


def _sheets(rows: Rows, text: str, limit: int) -> list[Choice]:
    where = (Where("sheet", "notnull"), *((Where("sheet", "contains", text),) if text else ()))
    found: dict[str, set[str]] = {}
    for each in rows.find(Query(Review, where, sort=(("sheet", True),))):
        found.setdefault(str(each.sheet), set()).add(str(each.application))
    return [Choice(name, name, f"{len(own):,} 笔") for name, own in list(found.items())[:limit]]


def draw(
    path: str, key: str | None, paper: str, ids: Sequence[str], private: str = MASKED,
    progress: Progress = silent,
) -> tuple[bytes, int, int, str]:  # fmt: skip
    """Draw a paper for records; importable by name, so that a child process can do it.

    Args:
        path: The ledger file.
        key: Its raw key, None for a plain file.
        paper: Key of `PAPERS`.
        ids: Records, or numbers of signing sheets; one sheet at a time.
        private: What becomes of personal data: 遮盖, 照写 or 不给.
        progress: Told what is done; may cancel.

    Returns:
        The PDF, how many, its pages, and the characters that no font has.

    Raises:
        UserError: None of the records is there.
    """
    from ledger_desk.reports import dossier, tickets
    from ledger_desk.reports.signing.sheet import draw_sheet
    from ledger_desk.reports.visit_papers.apart import draw_sheets

    if paper == "visit_sheet":
        return draw_sheets(path, key, ids, private, progress)
    if paper in ("ticket_sheet", "order_letter"):
        what = tickets.SHEETS if paper == "ticket_sheet" else tickets.LETTERS
        return tickets.draw_apart(path, key, ids, what, private, progress)
    with Ledger.open(Path(path), recovery_key=key, read_only=True) as ledger:
        if paper == "signing_sheet":
            if len(ids) != 1:
                raise UserError("签字页一次出一张。请只选一个签字页编号。")
            return draw_sheet(ledger, ids[0], progress)
        out = io.BytesIO()
        options = dossier.Options(private=private)
        made = dossier.draw(ledger, ids, out, options, what=dossier.DOSSIER, progress=progress)
        return out.getvalue(), made.booklets, made.pages, made.missing


def find_records(rows: Rows, paper: str, said: Sequence[str]) -> list[str]:
    """Find the records that a command line names: by id, number, or firm.

    Raises:
        UserError: Nothing is found under a name, or several things are.
    """
    found: list[str] = []
    for name in said:
        some = choices(rows, paper, name)
        exact = [c for c in some if name in (c.id, c.title, c.detail)]
        if not some and len(name) == 32:
            exact = [Choice(name, name, "")]
        some = exact or some
        if paper == "visit_sheet" and len({each.title for each in some}) == 1:
            some = some[:1]  # several tasks of one firm: the one that is still open, else the last
        title = PAPERS[paper].title
        if not some:
            raise UserError(
                f"没有可以出“{title}”的“{name}”。请写编号、企业名称或统一社会信用代码。"
            )
        if len(some) > 1:
            told = "、".join(f"{c.title} {c.detail}".strip() for c in some[:3])
            raise UserError(f"“{name}”能出“{title}”的有 {len(some)} 个：{told}。请写全编号或名称。")
        found.append(some[0].id)
    return list(dict.fromkeys(found))
