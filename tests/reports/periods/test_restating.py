"""Restatement: for random histories after a closing, reported + explained = now, in every cell."""

from __future__ import annotations

import contextlib
import random
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Forms
from ledger_desk.exchange.duplicates.merging import merge
from ledger_desk.exchange.duplicates.splitting import mergers, split
from ledger_desk.model.records import (
    Bank,
    Closing,
    Credit,
    Drawdown,
    Enterprise,
    Figure,
    Loan,
    Matching,
    Office,
    Person,
)
from ledger_desk.reports.catalogue import run
from ledger_desk.reports.periods import paper
from ledger_desk.reports.periods.closing import close_period, reopen_period
from ledger_desk.reports.periods.remarks import explain_all
from ledger_desk.reports.periods.restating import Restatement, restate
from ledger_desk.reports.periods.wording import cause_words, sentence
from ledger_desk.reports.shapes import Cell, FromIndicator, FromRows, Report
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.work import parameters
from ledger_desk.workbook.reading import read
from tests.reports.conftest import WAN, day, writing
from tests.reports.making_forms import OCTOBER
from tests.reports.periods.forms import make, trial_forms
from tests.reports.periods.test_closing import fill

TOWNS = ("411523101", "411523102", "411523103", None)


class History:
    """A ledger with random work before and after a closing."""

    def __init__(self, path: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.ledger = Ledger.create(
            path, office=Office(name="甲县工作专班", level="县级", division="411523"),
            person=Person(name="程甲"),
        )  # fmt: skip
        with self.ledger.step("登记银行") as step:
            self.banks = step.create_many(Bank, [{"name": name} for name in ("甲银行", "乙银行")])
        for _ in range(6):
            self.meet()

    def act(self, kind: int) -> None:
        """Do one thing; what the ledger refuses is not done."""
        deeds: list[Callable[[], object]] = [
            self.meet, self.meet, self.lend, self.report, self.mend, self.mend, self.put_away, self.move_firm,
            self.merge, self.split, self.ledger.undo, self.ledger.redo, self.undo_some, self.go_back,
        ]  # fmt: skip
        with contextlib.suppress(UserError, IndexError):  # nothing there to choose from
            deeds[kind % len(deeds)]()

    def some(self, cls: type[Any]) -> Any:
        with self.ledger.read() as rows:
            found = rows.ids(Query(cls)) + rows.ids(Query(cls, removed=True))
        return self.rng.choice(found)

    def day(self) -> Any:
        return day(self.rng.choice((9, 10, 10, 11)), self.rng.randrange(1, 29))

    def meet(self) -> None:
        rng = self.rng
        with self.ledger.step("登记对接") as step:
            firm = (
                self.some(Enterprise) if rng.random() < 0.3 and self.ledger.count(Query(Enterprise))
                else step.create(Enterprise(name=f"第{rng.randrange(99)}厂", township=rng.choice(TOWNS)))
            )  # fmt: skip
            met = step.create(Matching(
                office=self.ledger.office.id, enterprise=firm, bank=rng.choice(self.banks), day=self.day(),
            ))  # fmt: skip
            if rng.random() < 0.7:
                granted = rng.random() < 0.8
                step.create(Credit(
                    matching=met, decided_on=self.day(), granted=granted,
                    amount=rng.randrange(1, 300) * WAN if granted else None,
                ))  # fmt: skip

    def lend(self) -> None:
        met = self.ledger.get(Matching, self.some(Matching))
        with self.ledger.step("登记放款") as step:
            loan = step.create(Loan(
                enterprise=met.enterprise, bank=met.bank, matching=met.id,
                rate=self.rng.randrange(30_000, 80_000),
            ))  # fmt: skip
            for _ in range(self.rng.randrange(1, 3)):
                step.create(
                    Drawdown(loan=loan, day=self.day(), amount=self.rng.randrange(1, 99) * WAN)
                )

    def report(self) -> None:
        with self.ledger.step("记填报数") as step:
            step.create(Figure(
                indicator="inclusive_balance", day=day(10, self.rng.randrange(1, 31)),
                value=self.rng.randrange(999) * WAN, bank=self.rng.choice(self.banks),
                office=self.ledger.office.id, source="月报",
            ))  # fmt: skip

    def mend(self) -> None:
        rng = self.rng
        cls, values = rng.choice((
            (Credit, {"amount": rng.randrange(1, 300) * WAN}), (Credit, {"granted": False}),
            (Credit, {"decided_on": self.day()}), (Matching, {"day": self.day()}),
            (Drawdown, {"amount": rng.randrange(1, 99) * WAN}), (Loan, {"rate": rng.randrange(30_000, 80_000)}),
            (Matching, {"note": "备注改了"}), (Figure, {"value": rng.randrange(999) * WAN}),
        ))  # fmt: skip
        with self.ledger.step("更正") as step:
            step.change(cls, self.some(cls), values)

    def put_away(self) -> None:
        cls = self.rng.choice((Enterprise, Matching, Credit))
        with self.ledger.step("删除或恢复") as step:
            step.change(cls, self.some(cls), {"removed": self.rng.random() < 0.6})

    def move_firm(self) -> None:
        with self.ledger.step("改乡镇") as step:
            step.change(Enterprise, self.some(Enterprise), {"township": self.rng.choice(TOWNS)})

    def merge(self) -> None:
        found = [firm.id for firm in self.ledger.find(Query(Enterprise))]
        if len(found) >= 2:
            one, other = self.rng.sample(found, 2)
            merge(self.ledger, one, [other])

    def split(self) -> None:
        verdicts = mergers(self.ledger)
        if verdicts:
            split(self.ledger, self.rng.choice(verdicts).other or "")

    def undo_some(self) -> None:
        self.ledger.undo(self.rng.choice(self.ledger.log(50)).id, force=self.rng.random() < 0.3)

    def go_back(self) -> None:
        self.ledger.go_back(self.rng.choice(self.ledger.log(20)).id)


def numbers(report: Report) -> dict[tuple[Any, ...], tuple[Cell, int]]:
    """Cells with a number of the ledger, by what they mean: read without the code under test."""
    found: dict[tuple[Any, ...], tuple[Cell, int]] = {}
    for tab in report.sheets:
        for cell in report.cells_of(tab):
            origin = cell.provenance
            if isinstance(origin, FromIndicator):
                key = (tab, origin.indicator, origin.measure, origin.by, origin.key, origin.only)
                found[key] = (cell, origin.value or 0)
            elif isinstance(origin, FromRows):
                found[tab, "total", origin.column] = (cell, origin.value)
    return found


def check(told: Restatement) -> None:
    """Every number that differs is told, and what is told adds up; nothing else is told."""
    was, now = numbers(told.was), numbers(told.now)
    differ = {
        key for key in {*was, *now}
        if was.get(key, (None, 0))[1] != now.get(key, (None, 0))[1]
    }  # fmt: skip
    met = set()
    for cell in told.cells:
        for leaf in cell.leaves:
            assert leaf.unexplained == 0
            if leaf.kind != "mean":
                assert (leaf.was or 0) + leaf.explained == (leaf.now or 0)
        origin = cell.origin.provenance
        if isinstance(origin, FromIndicator):
            key = (cell.sheet, origin.indicator, origin.measure, origin.by, origin.key, origin.only)
        elif isinstance(origin, FromRows):
            key = (cell.sheet, "total", origin.column)
        else:
            continue
        met.add(key)
        before, after = (some.get(key, (None, 0))[1] for some in (was, now))
        if len(cell.leaves) == 1:
            leaf = cell.leaves[0]
            assert ((leaf.was or 0), (leaf.now or 0)) == (before, after)
        if before != after:
            assert any(leaf.movers for leaf in cell.leaves)
    assert differ <= met
    lists = [report.blocks[1] for report in (told.was, told.now)]
    old, new = ({block.body.key(n): [c.text for at, c in row.cells.items() if at != "A"]
                 for n, row in enumerate(block.rows)} for block in lists)  # fmt: skip
    moved = {key for key in {*old, *new} if old.get(key) != new.get(key)}
    assert len(told.rows) == len(moved)
    assert sum(row.kind == "列入" for row in told.rows) == len(set(new) - set(old))
    assert sum(row.kind == "退出" for row in told.rows) == len(set(old) - set(new))


def _run(folder: Path, seed: int, before: list[int], after: list[int]) -> None:
    place = folder / secrets.token_hex(8)
    place.mkdir()
    history, forms = History(place / "甲.账套", seed), trial_forms(place / "forms")
    ledger = history.ledger
    try:
        for kind in before:
            history.act(kind)
        closing = close_period(ledger, make(ledger, forms), forms=forms)
        kept = [closing]
        for number, kind in enumerate(after):
            history.act(kind)
            if number == len(after) // 2:
                reopen_period(ledger, kept[-1].id, "中途重结", "李局长")
                kept.append(close_period(ledger, make(ledger, forms), forms=forms))
        for each in kept:
            check(restate(ledger, each, forms=forms))
        assert ledger.verify() == []
    finally:
        ledger.close()


_SETTINGS: dict[str, Any] = {
    # Each try takes seconds: a failing one is told as it is, not made smaller for minutes.
    "phases": (Phase.explicit, Phase.reuse, Phase.generate),
    "deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
}  # fmt: skip


@settings(max_examples=4, **_SETTINGS)
@given(seed=st.integers(0, 10**9), before=st.lists(st.integers(0, 13), max_size=6),
       after=st.lists(st.integers(0, 13), min_size=4, max_size=12))  # fmt: skip
def test_reported_and_explained_make_what_is_so_now(
    tmp_path: Path, seed: int, before: list[int], after: list[int]
) -> None:
    _run(tmp_path, seed, before, after)


@pytest.mark.slow
@settings(max_examples=150, **_SETTINGS)
@given(seed=st.integers(0, 10**9), before=st.lists(st.integers(0, 13), max_size=20),
       after=st.lists(st.integers(0, 13), min_size=4, max_size=40))  # fmt: skip
def test_reported_and_explained_make_what_is_so_now_in_long_histories(
    tmp_path: Path, seed: int, before: list[int], after: list[int]
) -> None:
    _run(tmp_path, seed, before, after)


# -- what it says ------------------------------------------------------------------------------------


@pytest.fixture
def forms(tmp_path: Path) -> Forms:
    return trial_forms(tmp_path / "forms")


@pytest.fixture
def moved(ledger: Ledger, forms: Forms) -> Closing:
    """A closing, then a late entry, a correction, a merger and a removal."""
    with writing(ledger) as book:
        met = fill(book)
        twin = book.firm("甲茶厂（重）", "411523101")
        book.credit(book.matching(twin, "乙银行", day(10, 9)), day(10, 10), 5 * WAN)
    closing = close_period(ledger, make(ledger, forms))
    with writing(ledger, "补登记") as book:
        book.credit(
            book.matching(book.firm("丁厂", "411523102"), "甲银行", day(10, 20)),
            day(10, 21),
            12 * WAN,
        )
    with ledger.step("改金额") as step:
        step.change(Credit, met["credit"], {"amount": 110 * WAN})
    with ledger.step("删对接") as step:
        step.remove(Matching, met["rope"])
    merge(ledger, met["tea_firm"], [twin])
    return closing


def cell_of(told: Restatement, title: str) -> int:
    return next(n for n, cell in enumerate(told.cells) if cell.title == title)


def test_each_cause_is_told_with_its_firms_in_both_directions(
    ledger: Ledger, forms: Forms, moved: Closing
) -> None:
    told = restate(ledger, moved, forms=forms)
    number = cell_of(told, "合计 对接")
    assert (told.cells[number].was, told.cells[number].now) == ("4", "3")
    leaf = told.cells[number].leaves[0]
    causes = {m.name: (m.kind, cause_words(told.causes_of(number, leaf, m))) for m in leaf.movers}
    assert causes == {
        "丁厂": ("列入", "补录"), "乙绳店": ("退出", "删除"), "甲茶厂（重）": ("退出", "合并重复"),
    }  # fmt: skip


def test_the_sentence_adds_up_by_cause(ledger: Ledger, forms: Forms, moved: Closing) -> None:
    told = restate(ledger, moved, forms=forms)
    assert sentence(told, cell_of(told, "合计 金额")) == (
        "原报 145.00 万元，现为 127.00 万元：合并重复、更正 +15.00 万元，合并重复 −5.00 万元，"
        "删除 −40.00 万元，补录 +12.00 万元。"
    )
    assert [row.kind for row in told.rows] == ["变动", "列入", "退出"]
    assert [cause_words(told.causes_of_row(row)) for row in told.rows] == [
        "合并重复", "补录", "删除",
    ]  # fmt: skip


def test_it_is_printed_with_reasons_and_as_a_list(
    ledger: Ledger, forms: Forms, moved: Closing, tmp_path: Path
) -> None:
    import pypdfium2

    reopen_period(ledger, moved.id, "补录了两户", "李局长")
    closing = ledger.find(Query(Closing))[0]
    told = restate(ledger, closing, forms=forms)
    pdf, pages = paper.draw(told)
    assert paper.draw(told) == (pdf, pages)
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for word in (
        "差异说明表",
        "补录了两户",
        "李局长",
        "甲茶厂（重）",
        "合并重复",
        "审核人",
        "改金额",
    ):
        assert word in text.replace("\r\n", "")
    assert paper.write_xlsx(told, tmp_path / "差异.xlsx") > len(told.cells)
    sheet = read(tmp_path / "差异.xlsx").sheets[0]
    assert sheet.rows[0][:6] == ["表页", "格子", "项目", "报出数", "现在的数", "增减"]
    assert any(row[6] == "丁厂" and row[11] == "补录" for row in sheet.rows)


def test_nothing_differs_when_nothing_was_changed(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        fill(book)
    closing = close_period(ledger, make(ledger, forms))
    told = restate(ledger, closing, forms=forms)
    assert told.same
    pdf, _ = paper.draw(told)
    assert pdf.startswith(b"%PDF")


def test_a_changed_definition_is_named(ledger: Ledger, forms: Forms) -> None:
    with writing(ledger) as book:
        fill(book)
    closing = close_period(ledger, make(ledger, forms))
    parameters.put(ledger, "visit.warn_days", 15, day(10, 1))
    told = restate(ledger, closing, forms=forms)
    assert told.changed_meaning == ("口径“几天内有人走访过要提醒”结账时是“30”，现在是“15”。",)


def test_the_official_form_is_restated_row_by_row(ledger: Ledger) -> None:
    with writing(ledger) as book:
        met = fill(book)
        book.listed(met["tea_firm"])
    made = run(ledger, "first_loan_ledger", OCTOBER.start, OCTOBER.end)
    explain_all(ledger, made.report, [(f, "已核实无误") for f in made.checks.of("explain")])
    closing = close_period(ledger, run(ledger, "first_loan_ledger", OCTOBER.start, OCTOBER.end))
    with ledger.step("改金额") as step:
        step.change(Credit, met["credit"], {"amount": 101 * WAN})
    told = restate(ledger, closing)
    assert [cell.title for cell in told.cells] == ["合计 授信金额（万元）"]
    (row,) = told.rows
    assert row.changes == (("授信金额（万元）", "100.00", "101.00"),)
    assert cause_words(told.causes_of_row(row)) == "更正"
    leaf = told.cells[0].leaves[0]
    assert cause_words(told.causes_of(0, leaf, leaf.movers[0])) == "更正"
