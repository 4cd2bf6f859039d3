"""Reading in what real people send: namesakes, zero reports, months in any order."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.model.periods import month_of
from ledger_desk.model.records import Credit, Enterprise, Matching
from ledger_desk.practice.making import make_practice
from ledger_desk.progress import silent
from ledger_desk.reports import catalogue
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.exchange.making import text

HEADING = [
    "填报单位", "对接时间", "对接银行", "对接企业名称", "对接成效（是否授信）", "授信金额（万元）",
    "担保情况", "存在的主要问题（未授信填写此项）", "对接后发放新贷款金额（万元）", "备注",
]  # fmt: skip


def _read(ledger: Ledger, path: Path, **more: Any) -> Any:
    return apply(ledger, prepare(path, ledger), **more)


# -- namesakes ----------------------------------------------------------------------------------------


def test_stalls_of_one_name_are_told_apart_by_the_offices_own_numbers(ledger, tmp_path) -> None:
    rows = [["经营主体名称", "内部编号"], *[["早餐店", f"N{n:04d}"] for n in range(1500)]]
    table = text(tmp_path / "摊点.csv", rows)
    first = _read(ledger, table)
    assert (first.new, first.doubtful) == (1500, 0)
    again = _read(ledger, table)
    assert (again.same, again.step) == (1500, None)


def test_a_stall_known_by_name_only_takes_the_first_number_and_no_other(ledger, tmp_path) -> None:
    _read(ledger, text(tmp_path / "一.csv", [["经营主体名称", "经营者"], ["早餐店", "程甲"]]))
    numbered = [["经营主体名称", "内部编号"], ["早餐店", "N1"], ["早餐店", "N2"]]
    result = _read(ledger, text(tmp_path / "二.csv", numbered))
    assert (result.changed, result.new) == (1, 1)
    firms = ledger.find(Query(Enterprise))
    assert {(firm.internal_no, firm.person) for firm in firms} == {("N1", "程甲"), ("N2", None)}


def test_a_row_without_a_number_is_doubtful_among_numbered_namesakes(ledger, tmp_path) -> None:
    numbered = [["经营主体名称", "内部编号"], ["早餐店", "N1"], ["早餐店", "N2"]]
    _read(ledger, text(tmp_path / "一.csv", numbered))
    result = _read(
        ledger, text(tmp_path / "二.csv", [["经营主体名称", "职工人数"], ["早餐店", "3"]])
    )
    assert (result.doubtful, result.new, result.changed) == (1, 0, 0)


# -- 工作台帐 -----------------------------------------------------------------------------------------


def _table(path: Path, title: str, *rows: list[str]) -> Path:
    return text(path, [[title, *[""] * 9], HEADING, *rows])


def test_a_zero_report_is_no_mistake(ledger, tmp_path) -> None:
    rows = [["", *[""] * 8, "本期无对接"], ["合计", *[""] * 9]]
    result = _read(ledger, _table(tmp_path / "零.csv", "2026年5月工作台帐", *rows))
    assert (result.wrong, result.new, result.step) == (0, 0, None)
    assert "只有备注" in next(row.reason for row in result.rows if row.row == 3)


def _grant(ledger: Ledger) -> Credit:
    return ledger.find(Query(Credit))[0]


def test_the_real_day_of_a_grant_comes_with_the_next_months_remark(ledger, tmp_path) -> None:
    june = ["甲支行", "2026-06-22", "某银行", "某茶厂", "是", "120", "保证", "", "", ""]
    _read(ledger, _table(tmp_path / "6.csv", "2026年6月工作台帐", june), create_missing=True)
    assert _grant(ledger).decided_on == date(2026, 6, 22)
    assert _grant(ledger).estimated
    note = "6月22日对接；6月29日授信120.00万元"
    july = ["甲支行", "2026-06-22", "某银行", "某茶厂", "是", "", "保证", "", "120", note]
    result = _read(ledger, _table(tmp_path / "7.csv", "2026年7月工作台帐", july))
    assert result.changed == 1
    assert _grant(ledger).decided_on == date(2026, 6, 29)
    assert not _grant(ledger).estimated
    again = _read(ledger, tmp_path / "7.csv")
    assert (again.same, again.step) == (1, None)
    assert ledger.count(Query(Matching)) == 1


def test_a_remark_never_moves_a_grant_out_of_the_month_it_was_reported_for(ledger, tmp_path):
    june = ["甲支行", "2026-06-22", "某银行", "某茶厂", "是", "120", "保证", "", "", ""]
    _read(ledger, _table(tmp_path / "6.csv", "2026年6月工作台帐", june), create_missing=True)
    for amount, day in (("120.00", "7月2日"), ("90.00", "6月29日")):  # another month, another sum
        note = f"6月22日对接；{day}授信{amount}万元"
        july = ["甲支行", "2026-06-22", "某银行", "某茶厂", "是", "", "保证", "", "", note]
        _read(ledger, _table(tmp_path / "7.csv", "2026年7月工作台帐", july))
        assert _grant(ledger).decided_on == date(2026, 6, 22)


def test_months_read_in_any_order_come_out_as_they_went_in(ledger, tmp_path: Path) -> None:
    months = [month_of(date(2024, month, 1)) for month in (8, 9, 10, 11)]

    def tables(source: Ledger, folder: str) -> list[Path]:
        out = tmp_path / folder
        out.mkdir()
        made = []
        for month in months:
            report = catalogue.run(source, "first_loan_ledger", month.start, month.end, silent)
            made.append(out / f"{month.start:%m}.xlsx")
            report.write(made[-1], None)
        return made

    def rows(table: Path) -> list[tuple[Any, ...]]:
        import openpyxl

        sheet = openpyxl.load_workbook(table).worksheets[0]
        return [row for row in sheet.iter_rows(min_row=3, max_col=10, values_only=True)
                if not str(row[0]).startswith("填表人")]  # fmt: skip

    with make_practice(
        tmp_path / "练习.账套", firms=60, today=date(2024, 11, 20), season=False
    ) as practice:
        sent = tables(practice, "来")
    assert sum(len(rows(table)) for table in sent) > 25
    order = list(sent)
    random.Random(3).shuffle(order)
    for table in order:
        result = _read(ledger, table, create_missing=True)
        assert (result.wrong, result.doubtful) == (0, 0)
    for before, after in zip(sent, tables(ledger, "回"), strict=True):
        assert rows(before) == rows(after)
    assert ledger.verify() == []
