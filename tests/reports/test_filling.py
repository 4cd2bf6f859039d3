"""What filling a table from above may and may not touch, whom it finds, and what becomes of gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.exchange.dispatching import listing
from ledger_desk.exchange.ways import MASKED, Way
from ledger_desk.model.records import Enterprise, Loan
from ledger_desk.reports.filling import gaps, keeping, opening, written
from ledger_desk.reports.filling.plan import Asked, Plan, look
from ledger_desk.reports.filling.whose import DOUBTFUL, KNOWN, UNKNOWN
from ledger_desk.reports.filling.working_out import work_out
from ledger_desk.store.ledger import Ledger
from ledger_desk.workbook import reading
from ledger_desk.workbook.filling import compare_parts
from tests.reports.urgent_facts import BARE, WAN, Built, build, firm

HEADS = ["序号", "企业名称", "信用代码", "联系电话", "贷款余额（万元）", "担保情况"]


@pytest.fixture(autouse=True)
def _read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "open_data" not in request.fixturenames:
        monkeypatch.setattr(
            opening, "read_guarded", lambda path, *, progress, **_: reading.read(path, progress)
        )


@pytest.fixture
def built(ledger: Ledger) -> Built:
    return build(ledger)


def book(path: Path, rows: Sequence[Sequence[Any]], **formats: str) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place, code in formats.items():
        sheet[place].number_format = code
    made.save(path)
    return path


def cells(path: Path) -> list[list[Any]]:
    sheet = load_workbook(path).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def plan_of(ledger: Ledger, path: Path, **changes: Any) -> Plan:
    return work_out(ledger, replace(look(path, ledger), **changes))


def test_only_the_sheet_changes_and_what_the_sender_filled_stays(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    name = firm(0)["name"]
    path = book(
        tmp_path / "表.xlsx",
        [
            HEADS,
            [1, name, None, "13000000000", 99, None],
            [None, "合计", None, None, "=SUM(E2:E2)", None],
        ],
    )
    plan = plan_of(ledger, path)
    done = written.write_filled(ledger, plan, tmp_path / "出.xlsx")
    row = cells(done.path)[1]
    assert row == [1, name, firm(0)["code"], "13000000000", 99, "保证"]
    assert cells(done.path)[2][4] == "=SUM(E2:E2)"
    assert compare_parts(path.read_bytes(), done.path.read_bytes()) == ["xl/worksheets/sheet1.xml"]
    assert plan.other == {(2, 4): firm(0)["phone"], (2, 5): "30"}
    over = written.write_filled(ledger, replace_over(ledger, plan), tmp_path / "改.xlsx")
    assert cells(over.path)[1][3:5] == [firm(0)["phone"], 30]
    assert listing(ledger)[0].dispatch.file == "改.xlsx"
    assert path.read_bytes()[:2] == b"PK"


def replace_over(ledger: Ledger, plan: Plan) -> Plan:
    return work_out(ledger, replace(plan.asked, overwrite=True))


def test_formulas_in_columns_that_are_known_are_left_alone(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    path = book(tmp_path / "表.xlsx", [HEADS, [1, firm(1)["name"], None, None, "=6*7", None]])
    plan = plan_of(ledger, path)
    assert plan.formulas == 1
    assert (2, 5) not in plan.cells
    assert all(gap.column != 5 for gap in plan.gaps)


def test_rows_are_added_in_the_likeness_of_the_first_where_room_ends(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    path = tmp_path / "空表.xlsx"
    book(path, [["名单"], HEADS, [None] * 6, ["制表人：", None, "审核人："]])
    made = load_workbook(path)
    sheet = made.active
    assert sheet is not None
    for cell in sheet[3]:
        cell.number_format = "@"
        cell.font = Font(bold=True)
    made.save(path)
    plan = plan_of(ledger, path, firms=built.firms)
    done = written.write_filled(ledger, plan, tmp_path / "出.xlsx")
    rows = cells(done.path)
    assert [row[0] for row in rows[2:7]] == [1, 2, 3, 4, 5]
    assert [row[1] for row in rows[2:7]] == [firm(n)["name"] for n in range(5)]
    assert rows[7][0] == "制表人："
    filled = load_workbook(done.path).active
    assert filled is not None
    assert all(filled.cell(row, 2).font.bold for row in range(3, 8))
    assert not filled.cell(8, 1).font.bold


def test_firms_are_found_by_code_number_name_and_township_and_doubts_are_shown(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    with ledger.step("同名") as step:
        for town in ("411523100", "411523101"):
            step.create(Enterprise(name="老街茶铺", township=town, kind="个体工商户"))
        step.create(Enterprise(name="新名字山货合作社", former_name="旧名字山货合作社"))
    rows = [
        ["名称", "信用代码", "乡镇", "联系电话"],
        ["写错了的名字", firm(0)["code"], None, None],
        [firm(1)["name"], None, None, None],
        ["老街茶铺", None, "沙窝镇", None],
        ["老街茶铺", None, None, None],
        ["旧名字山货合作社", None, None, None],
        ["没有听说过有限公司", None, None, None],
    ]
    plan = plan_of(ledger, book(tmp_path / "表.xlsx", rows))
    assert [row.state for row in plan.rows] == [KNOWN, KNOWN, KNOWN, DOUBTFUL, KNOWN, UNKNOWN]
    assert "账上叫" in plan.rows[0].by
    assert len(plan.rows[3].candidates) == 2
    chosen = plan.rows[3].candidates[0][0]
    again = work_out(ledger, replace(plan.asked, decisions={5: chosen, 7: ""}))
    assert [again.rows[n].key for n in (3, 5)] == [chosen, ""]


def test_the_unit_follows_what_the_sender_has_filled_and_days_its_writing(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    rows = [
        ["企业名称", "注册资本", "成立日期", "最近走访日期"],
        [firm(0)["name"], 500_000, "2015年5月1日", None],
        [firm(1)["name"], None, None, None],
    ]
    done = written.write_filled(
        ledger, plan_of(ledger, book(tmp_path / "表.xlsx", rows, D3="yyyy/m/d", D2="yyyy/m/d")), tmp_path / "出.xlsx"
    )  # fmt: skip
    row = cells(done.path)[2]
    assert row[1:3] == [510_000, "2015年5月2日"]
    assert (row[3].year, row[3].month, row[3].day) == (2024, 11, 4)


def test_personal_data_is_masked_where_the_destination_wants_it_so(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    rows = [["企业名称", "联系电话", "法人身份证号"], [firm(0)["name"], None, None]]
    plan = plan_of(ledger, book(tmp_path / "表.xlsx", rows), way=Way(private=MASKED))
    assert "*" in str(plan.cells[2, 2])
    assert "*" in str(plan.cells[2, 3])
    written.write_filled(ledger, plan, tmp_path / "出.xlsx")
    assert listing(ledger)[0].dispatch.private == MASKED


def test_a_layout_is_remembered_with_what_a_person_corrected(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    rows = [["企业名称", "上月怪名堂"], [firm(0)["name"], None]]
    path = book(tmp_path / "表.xlsx", rows)
    asked: Asked = look(path, ledger)
    assert asked.columns[1].topic == ""
    plan = work_out(ledger, asked.with_topic(2, "firm.email"))
    written.write_filled(ledger, plan, tmp_path / "出.xlsx")
    again = look(path, ledger)
    assert again.remembered
    assert (again.columns[1].topic, again.columns[1].how) == ("firm.email", "memory")


def test_gaps_make_a_call_list_with_village_and_telephone(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    rows = [HEADS, *([n, firm(n)["name"], None, None, None, None] for n in range(5))]
    plan = plan_of(ledger, book(tmp_path / "表.xlsx", rows))
    assert gaps.sentence(plan) == "还差 1 户的“贷款余额”、1 户的“担保情况”。"
    text = gaps.as_text(plan)
    assert firm(BARE)["name"] in text
    assert firm(BARE)["phone"] in text
    assert gaps.write_list(plan, tmp_path / "缺.xlsx") == 1
    assert cells(tmp_path / "缺.xlsx")[1][6] == "贷款余额、担保情况"
    pdf, firms, pages, missing = gaps.draw(plan, "甲县工作专班")
    assert pdf.startswith(b"%PDF")
    assert (firms, pages, missing) == (1, 1, "")


def test_typed_answers_go_into_the_file_and_where_a_field_waits_into_the_ledger(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    with ledger.step("一笔贷款") as step:
        loan = step.create(Loan(enterprise=built.firms[BARE], amount=10 * WAN, balance=10 * WAN))
    rows = [[*HEADS, "营业收入（元）"], [1, firm(BARE)["name"], None, None, None, None, None]]
    plan = plan_of(ledger, book(tmp_path / "表.xlsx", rows))
    typed = {(2, 6): "抵押", (2, 7): "1200000"}
    assert not keeping.keepable(ledger, plan, typed).left
    step_made = keeping.keep(ledger, plan, typed)
    assert step_made is not None
    assert step_made.name == "补填上级来表“表”的缺项 2 项"
    with ledger.read() as now:
        held, kept = now.get(Loan, loan), now.get(Enterprise, built.firms[BARE])
    assert held is not None
    assert kept is not None
    assert (held.security, kept.revenue) == ("抵押", 120 * WAN)
    done = written.write_filled(ledger, plan, tmp_path / "出.xlsx", typed=typed)
    assert cells(done.path)[1][4:] == [10, "抵押", 1_200_000]
    ledger.undo(step_made.id)
    with ledger.read() as now:
        held = now.get(Loan, loan)
    assert held is not None
    assert held.security is None


def test_a_file_that_changed_is_not_filled_and_a_cancelled_one_leaves_nothing(
    ledger: Ledger, built: Built, tmp_path: Path
) -> None:
    path = book(tmp_path / "表.xlsx", [HEADS, [1, firm(0)["name"], None, None, None, None]])
    plan = plan_of(ledger, path)

    def stop(done: int, total: int, note: str = "") -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        written.write_filled(ledger, plan, tmp_path / "出.xlsx", progress=stop)
    assert not (tmp_path / "出.xlsx").exists()
    with pytest.raises(UserError, match="就是来表的原文件"):
        written.write_filled(ledger, plan, path)
    book(path, [HEADS, [1, firm(1)["name"], None, None, None, None]])
    with pytest.raises(UserError, match="又被改过"):
        written.write_filled(ledger, plan, tmp_path / "出.xlsx")


def test_the_same_plan_gives_the_same_bytes(ledger: Ledger, built: Built, tmp_path: Path) -> None:
    path = book(tmp_path / "表.xlsx", [HEADS, [1, firm(0)["name"], None, None, None, None]])
    assert written.fill_bytes(plan_of(ledger, path)) == written.fill_bytes(plan_of(ledger, path))


def test_a_real_xls_comes_out_as_xlsx_with_its_own_cells(
    ledger: Ledger, built: Built, tmp_path: Path, open_data: Path
) -> None:
    path = open_data / "07_forms" / "bank_rural" / "农户详细信息表.xls"
    plan = plan_of(ledger, path, firms=built.firms)
    done = written.write_filled(ledger, plan, tmp_path / "出.xlsx")
    assert "已重做成 .xlsx" in done.sentence
    before, after = reading.read(path).sheets[0], reading.read(done.path).sheets[0]
    for row in range(1, plan.asked.opened.first_free):
        assert [before.cell(row, c) for c in range(1, before.width + 1)] == [
            after.cell(row, c) for c in range(1, before.width + 1)
        ]
    assert after.cell(plan.asked.opened.first_free, 7) == firm(0)["name"]
