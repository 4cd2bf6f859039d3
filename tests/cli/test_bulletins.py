"""``bulletin``: the text, the two files, the register, and refusals."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

from ledger_desk.model.exchanging import Dispatch
from ledger_desk.model.records import Enterprise, Visit
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

DAY = ("--from", "2024-11-20", "--to", "2024-11-20")


def visit(book: Path) -> None:
    with Ledger.open(book) as ledger, ledger.step("走访") as step:
        for name in ("甲茶厂", "乙茶厂"):
            firm = step.create(Enterprise(name=name, kind="企业", township="411523100"))
            step.create(Visit(enterprise=firm, day=date(2024, 11, 20), kind="走访", office=ledger.office.id))  # fmt: skip


def test_a_bulletin_is_shown_written_and_registered(run, book: Path, tmp_path: Path) -> None:
    visit(book)
    shown = run("bulletin", book, "日通报", *DAY)
    assert shown.status == 0
    assert "当日走访企业2户，" in shown.out
    assert "当日走访户数居前的是：新集镇2户。" in shown.out
    word, pdf = tmp_path / "通报.docx", tmp_path / "通报.pdf"
    done = run("bulletin", book, "日通报", *DAY, "--docx", word, "--pdf", pdf, "--json")
    assert done.data["numbers"][0] == {
        "number": 1,
        "title": "走访户数·本日",
        "text": "2户",
        "values": [2],
    }
    assert zipfile.is_zipfile(word)
    assert pdf.read_bytes().startswith(b"%PDF")
    with Ledger.open(book, read_only=True) as ledger:
        left = ledger.find(Query(Dispatch))
        assert {each.file for each in left} == {"通报.docx", "通报.pdf"}
        assert {each.content for each in left} == {"日通报 2024年11月20日"}


def test_a_number_is_explained_by_its_place(run, book: Path) -> None:
    visit(book)
    told = run("bulletin", book, "日通报", *DAY, "--explain", "1", "--json").data["explain"]
    assert {row["name"] for row in told["rows"]} == {"甲茶厂", "乙茶厂"}
    assert told["agrees"]
    wrong = run("bulletin", book, "日通报", *DAY, "--explain", "999")
    assert wrong.status == 2
    assert "没有第 999 个数" in wrong.err


def test_an_unknown_wording_and_a_period_that_runs_backwards_are_refused(run, book: Path) -> None:
    unknown = run("bulletin", book, "晚报", *DAY)
    assert unknown.status == 2
    assert "可用的有：日通报、周通报、月通报" in unknown.err
    back = run("bulletin", book, "日通报", "--from", "2024-11-20", "--to", "2024-11-19")
    assert back.status == 2
    assert "早于起日" in back.err
