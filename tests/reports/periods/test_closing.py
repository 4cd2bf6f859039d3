"""Closing a period: what it refuses, what it keeps, and that what it keeps never changes."""

from __future__ import annotations

import io
import json
import zlib
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Forms
from ledger_desk.model.records import Closing, Credit, Enterprise, Matching, Remark
from ledger_desk.reports.catalogue import run
from ledger_desk.reports.periods.closing import close_period, obstacles, reopen_period
from ledger_desk.reports.periods.closings import read_frozen, standing
from ledger_desk.reports.periods.codes import code_of
from ledger_desk.reports.periods.explaining import explain_kept
from ledger_desk.reports.periods.frozen import freeze
from ledger_desk.reports.periods.kept import ClosedFiles, closed_or_made
from ledger_desk.reports.periods.packing import pack
from ledger_desk.reports.periods.remarks import explain, offered, remarks_of
from ledger_desk.store import blobs, migrations
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.reports.conftest import WAN, Book, day, writing
from tests.reports.making_forms import OCTOBER
from tests.reports.periods.forms import TRIAL, make, trial_forms

SEPTEMBER = OCTOBER.previous()


def fill(book: Book) -> dict[str, str]:
    tea, rope, paper = (
        book.firm(name, town) for name, town in
        (("甲茶厂", "411523101"), ("乙绳店", "411523102"), ("丙纸厂", "411523101"))
    )  # fmt: skip
    met = {name: book.matching(firm, "甲银行", day(10, 8)) for name, firm in
           (("tea", tea), ("rope", rope), ("paper", paper))}  # fmt: skip
    met["credit"] = book.credit(met["tea"], day(10, 9), 100 * WAN)
    book.credit(met["rope"], day(10, 9), 40 * WAN)
    loan = book.loan(tea, "甲银行", met["tea"], rate=43_500)
    book.drawdown(loan, day(10, 10), 80 * WAN)
    book.figure(900 * WAN, day(10, 31), "甲银行")
    return met | {"tea_firm": tea}


@pytest.fixture
def trial(tmp_path: Path) -> Forms:
    return trial_forms(tmp_path / "forms")


def test_a_closed_period_gives_its_own_bytes_whatever_happens_afterwards(
    ledger: Ledger, trial: Forms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(ledger) as book:
        met = fill(book)
    closing = close_period(ledger, make(ledger, trial), checked_by="王乙", headed_by="李丙")
    first = closed_or_made(ledger, "trial", OCTOBER.start, OCTOBER.end, forms=trial)
    assert isinstance(first, ClosedFiles)
    kept = (first.xlsx, first.pdf.pdf)
    # A year of work, and every definition changed.
    for month in range(11, 13):
        with writing(ledger, f"{month}月") as book:
            book.credit(book.matching(met["tea_firm"], "乙银行", day(10, month)), day(10, 20), WAN)
    with ledger.step("更正") as step:
        step.change(Credit, met["credit"], {"amount": 7 * WAN})
        step.remove(Matching, met["rope"])
        step.change(Enterprise, met["tea_firm"], {"name": "改了名的茶厂", "township": "411523102"})
    text = TRIAL.replace('measure = "本期"', 'measure = "本年累计"')
    changed = trial_forms(tmp_path / "changed", text)
    assert make(ledger, changed).xlsx != kept[0]
    # The next version of the program brings the file to a newer format.
    newer = (
        *migrations.steps(),
        "ALTER TABLE handing ADD COLUMN further TEXT;\n",
        "CREATE TABLE later (x);\n",
    )
    path = ledger.path
    ledger.close()
    monkeypatch.setattr(migrations, "steps", lambda: newer)
    with Ledger.open(path) as again:
        with again.read() as rows:
            version = rows.connection.exec_driver_sql("PRAGMA user_version").scalar()
        assert version == len(newer)
        later = closed_or_made(again, "trial", OCTOBER.start, OCTOBER.end, forms=changed)
        assert isinstance(later, ClosedFiles)
        assert later.closing.id == closing.id
        assert (later.xlsx, later.kept_pdf) == kept
        later.write(tmp_path / "甲.xlsx", tmp_path / "甲.pdf")
        assert (tmp_path / "甲.xlsx").read_bytes() == kept[0]
        assert (tmp_path / "甲.pdf").read_bytes() == kept[1]
        assert later.report.blocks[0].totals["E"].text == "140.00"
        assert code_of(later.report) == closing.code
        assert again.verify() == []


def test_what_is_kept_comes_back_cell_for_cell(ledger: Ledger, trial: Forms) -> None:
    with writing(ledger) as book:
        fill(book)
    made = make(ledger, trial)
    close_period(ledger, made)
    kept = closed_or_made(ledger, "trial", OCTOBER.start, OCTOBER.end, forms=trial)
    assert isinstance(kept, ClosedFiles)
    assert kept.report.form is trial.get("trial")
    assert kept.report.cells_of("表") == made.report.cells_of("表")
    assert kept.report.contents_of("表") == made.report.contents_of("表")
    with ledger.read() as rows:
        live = freeze(rows, made.report)
        assert kept.frozen.numbers == live.numbers
        assert kept.frozen.definitions == live.definitions
        assert kept.frozen.parameters["visit.warn_days"] == "30"
        closing = standing(rows, "trial", OCTOBER).closed
        assert closing is not None
        data = blobs.read(rows, str(closing.frozen))
        blank = json.loads(zlib.decompress(data))["form"]["blank"]
        assert blobs.read(rows, blank) == trial.get("trial").blank
        again = read_frozen(rows, closing)  # without the form of today
    assert pack(again, blank) == data
    assert again.report.form is not trial.get("trial")
    assert again.report.form.blank == trial.get("trial").blank


def test_the_names_stand_where_the_form_asks_for_them(ledger: Ledger, trial: Forms) -> None:
    with writing(ledger) as book:
        fill(book)
    closing = close_period(ledger, make(ledger, trial), checked_by=" 王乙 ", headed_by="李丙")
    assert (closing.filled_by, closing.checked_by, closing.headed_by) == ("程甲", "王乙", "李丙")
    kept = closed_or_made(ledger, "trial", OCTOBER.start, OCTOBER.end, forms=trial)
    sheet = openpyxl.load_workbook(io.BytesIO(kept.xlsx))["表"]
    assert sheet["A1"].value == "填报单位：甲县工作专班　填表人：程甲　审核人：王乙　负责人：李丙"
    assert make(ledger, trial).report.at("A1").text.endswith("审核人：　负责人：")  # type: ignore[union-attr]


CHECKED = (
    TRIAL
    + """
[[check]]
formula = "E <= 0"
label = "授信户数要说明"
grade = "explain"
over = "total"
[[check]]
formula = "E17 >= 0 且 B8 <= 3"
label = "对接不超过三户"
grade = "must"
"""
)


def test_what_must_be_mended_or_explained_refuses_and_says_how_much_is_left(
    ledger: Ledger, tmp_path: Path
) -> None:
    forms = trial_forms(tmp_path / "forms", CHECKED)
    with writing(ledger) as book:
        met = fill(book)
        book.matching(book.firm("丁厂"), "甲银行", day(10, 8))
    made = make(ledger, forms)
    assert made.checks.counts == {"must": 1, "explain": 1, "hint": 0}
    assert obstacles(made.checks.findings, {}).words == "改完 1 处必改、写明 1 处须说明就能结账"
    with pytest.raises(UserError, match=r"对接不超过三户.*改完 1 处必改、写明 1 处须说明就能结账"):
        close_period(ledger, made)
    with ledger.step("删") as step:
        step.remove(Matching, met["rope"])
    made = make(ledger, forms)
    with pytest.raises(UserError, match="写明 1 处须说明就能结账"):
        close_period(ledger, made)
    finding = made.checks.of("explain")[0]
    with pytest.raises(UserError, match="太短"):
        explain(ledger, made.report, finding, "是")
    explain(ledger, made.report, finding, "已向两家银行核实")
    closing = close_period(ledger, made, forms=forms)  # a note does not change the numbers
    with ledger.read() as rows:
        assert read_frozen(rows, closing).remarks == {finding.key: "已向两家银行核实"}
        assert offered(rows, "trial", OCTOBER.next()) == {finding.key: "已向两家银行核实"}
        assert offered(rows, "trial", OCTOBER) == {}


def test_an_explanation_is_changed_and_taken_away(ledger: Ledger, tmp_path: Path) -> None:
    forms = trial_forms(tmp_path / "forms", CHECKED)
    with writing(ledger) as book:
        fill(book)
    made = make(ledger, forms)
    finding = made.checks.of("explain")[0]
    for text in ("先写的说明", "改过的说明", "改过的说明"):
        explain(ledger, made.report, finding, text)
    assert [each.text for each in ledger.find(Query(Remark))] == ["改过的说明"]
    explain(ledger, made.report, finding, "")
    with ledger.read() as rows:
        assert remarks_of(rows, "trial", OCTOBER) == {}


def test_a_closed_period_refuses_no_write_and_no_second_closing(
    ledger: Ledger, trial: Forms
) -> None:
    with writing(ledger) as book:
        met = fill(book)
    made = make(ledger, trial)
    closing = close_period(ledger, made)
    with pytest.raises(UserError, match="已经结账，是第 1 次定稿"):
        close_period(ledger, made)
    with ledger.step("更正") as step:
        assert step.change(Credit, met["credit"], {"amount": 1})
    assert ledger.undo_name() == "更正"
    ledger.undo()
    assert ledger.undo_name() == "试记"  # the closing is passed over
    step_id = next(each.id for each in ledger.log() if each.kind == "closing")
    with pytest.raises(UserError, match="反结账"):
        ledger.undo(step_id)
    with ledger.read() as rows:
        assert rows.get(Closing, closing.id) == closing


def test_numbers_that_moved_since_the_report_was_looked_at_are_not_closed(
    ledger: Ledger, trial: Forms
) -> None:
    with writing(ledger) as book:
        met = fill(book)
    made = make(ledger, trial)
    with ledger.step("更正") as step:
        step.change(Credit, met["credit"], {"amount": 1})
    with pytest.raises(UserError, match="重算"):
        close_period(ledger, made)
    assert ledger.find(Query(Closing)) == []


def test_opening_again_asks_for_a_reason_and_for_who_agreed(ledger: Ledger, trial: Forms) -> None:
    with writing(ledger) as book:
        fill(book)
    closing = close_period(ledger, make(ledger, trial))
    for reason, approver in (("", "李局长"), ("补", "李局长"), ("乡里补报了一户", " ")):
        with pytest.raises(UserError, match="没有反结账"):
            reopen_period(ledger, closing.id, reason, approver)
    again = reopen_period(ledger, closing.id, "乡里补报了一户", "李局长")
    assert (again.state, again.approver, again.reopened_on) == ("已反结账", "李局长", date.today())
    with pytest.raises(UserError, match="已经反结账"):
        reopen_period(ledger, closing.id, "乡里补报了一户", "李局长")
    second = close_period(ledger, make(ledger, trial))
    assert second.number == 2
    assert second.code == closing.code  # the same values
    with ledger.read() as rows:
        stands = standing(rows, "trial", OCTOBER)
        assert stands.closed == second
        assert stands.words == "已结账，第 2 次定稿"
        assert [each.number for each in stands.closings] == [1, 2]
        assert standing(rows, "trial", SEPTEMBER).words == "未结账"


def test_the_last_period_is_read_as_it_was_reported(ledger: Ledger, tmp_path: Path) -> None:
    text = TRIAL.replace('formula = "C / B", unit = "%"', 'formula = "上期(B)"')
    forms = trial_forms(tmp_path / "forms", text)
    with writing(ledger) as book:
        met = fill(book)
    november = OCTOBER.next()
    assert make(ledger, forms, november).report.blocks[0].totals["D"].text == "3"
    close_period(ledger, make(ledger, forms), forms=forms)
    with ledger.step("删") as step:
        step.remove(Matching, met["rope"])
    assert make(ledger, forms, november).report.blocks[0].totals["D"].text == "3"
    reopen_period(ledger, ledger.find(Query(Closing))[0].id, "删掉了一户", "李局长")
    assert make(ledger, forms, november).report.blocks[0].totals["D"].text == "2"


def test_a_number_of_a_closed_period_opens_to_the_firms_of_that_time(
    ledger: Ledger, trial: Forms
) -> None:
    with writing(ledger) as book:
        met = fill(book)
    close_period(ledger, make(ledger, trial))
    with ledger.step("删") as step:
        step.remove(Matching, met["rope"])
    kept = closed_or_made(ledger, "trial", OCTOBER.start, OCTOBER.end, forms=trial)
    assert isinstance(kept, ClosedFiles)
    cell = kept.report.blocks[0].totals["E"]
    with ledger.read() as rows:
        told = explain_kept(rows, kept.frozen, cell)
    assert [(row.name, row.amount) for row in told.rows] == [
        ("甲茶厂", 100 * WAN), ("乙绳店", 40 * WAN),
    ]  # fmt: skip
    assert (told.value_now, told.agrees) == (140 * WAN, True)


def test_one_office_is_closed_apart_from_the_whole(ledger: Ledger, trial: Forms) -> None:
    with writing(ledger) as book:
        fill(book)
        office = book.other_office("乙乡专班")
    close_period(ledger, make(ledger, trial))
    apart = run(ledger, "trial", OCTOBER.start, OCTOBER.end, office=office, forms=trial)
    close_period(ledger, apart, forms=trial)
    with ledger.read() as rows:
        assert len(standing(rows, "trial", OCTOBER).closings) == 1
        assert standing(rows, "trial", OCTOBER, office).closed is not None


def test_a_period_can_be_closed_without_leaving_anything_when_it_is_stopped(
    ledger: Ledger, trial: Forms
) -> None:
    from ledger_desk.errors import Cancelled

    with writing(ledger) as book:
        fill(book)
    made = make(ledger, trial)

    def stop(done: int, total: int, note: str = "") -> None:
        if "背后" in note and done == 3:
            raise Cancelled

    head = ledger.head()
    with pytest.raises(Cancelled):
        close_period(ledger, made, progress=stop)
    assert ledger.head() == head
