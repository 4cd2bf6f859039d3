"""The topic 「文件条款在哪里办」: made of ``resources/clauses.toml``, a table for each document."""

from __future__ import annotations

from ledger_desk.model.fields import field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.ui.help.topics import Topic
from ledger_desk.work.clauses import Clause, Document, load

PAGE = "page-"
"""What a link to a page of the program begins with, before the page's key."""
_HEAD = "| 条款 | 要做的事 | 记在哪些栏 | 在哪一页 |\n| --- | --- | --- | --- |"
_LEAD = (
    "四份文件里能记、能报的，每一条记在哪里、在哪一页看。点最右边的页名就到那一页。\n\n"
    "> 一条要记好几样的，分几行写；栏里写的是记录和它的栏目。"
)


def clause_topic() -> Topic:
    """Make the topic; links in its last column lead to pages."""
    made = load()
    parts = [_LEAD]
    for document in made.documents:
        rows = [_row(clause, made.pages[clause.page]) for clause in document.clauses]
        parts += [f"## {document.title}", "\n".join((_HEAD, *rows)), *_nothing(document)]
    also = ("条款", "文件", *(document.title for document in made.documents))
    return Topic("clauses", "文件条款在哪里办", (), also, "\n\n".join(parts))


def _row(clause: Clause, page: str) -> str:
    cls = BY_TABLE[clause.record]
    known = field_map(cls)
    labels = "、".join(known[name].label for name in clause.fields)
    return f"| {clause.number} | {clause.words} | {cls.LABEL}：{labels} | [{page}]({PAGE}{clause.page}) |"


def _nothing(document: Document) -> list[str]:
    said = [f"- {number}：{why}" for number, why in document.nothing.items()]
    return ["\n".join(["不用记的：", "", *said])] if said else []
