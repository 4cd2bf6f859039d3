from __future__ import annotations

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from ledger_desk import cli
from ledger_desk.cli import pairing
from ledger_desk.errors import UserError
from tests.cli.conftest import Run
from tests.conftest import Practised

TODAY = date(2024, 11, 20)
MONTH = ("--from", "2024-11-01", "--to", "2024年11月30日")


@pytest.fixture
def practice(tmp_path: Path, practised: Practised) -> Path:
    return practised(tmp_path / "练习.账套", firms=30, today=TODAY)


def test_forms_lists_what_can_be_reported(run: Run, practice: Path) -> None:
    forms = run("forms", practice, "--json").data
    assert all(form.keys() >= {"id", "title", "standing", "due"} for form in forms)
    ledger_form = next(form for form in forms if form["id"] == "first_loan_ledger")
    assert ledger_form["title"] == "普惠小微企业首贷培植行动工作台帐"
    assert (ledger_form["standing"], ledger_form["due"]) == ("正式表样", "月报，月后10日内")
    assert ledger_form["data"]["from"] < "2024-11-01" <= ledger_form["data"]["to"] <= "2024-11-20"
    assert "first_loan_ledger" in run("forms", practice).out


def test_report_writes_both_files_and_must_fix_gives_status_1(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    xlsx, pdf = tmp_path / "台帐.xlsx", tmp_path / "台帐.pdf"
    outcome = run(
        "report", practice, "first_loan_ledger", *MONTH, "--xlsx", xlsx, "--pdf", pdf, "--json"
    )
    data = outcome.data
    assert outcome.status == cli.ATTENTION
    assert data.keys() >= {"rows", "checks", "xlsx", "pdf"}
    assert data["checks"].keys() == {"must", "explain", "hint"}
    assert data["checks"]["must"] == 1
    assert (data["xlsx"], data["pdf"]) == (str(xlsx), str(pdf))
    assert data["rows"] >= 6
    assert "xl/workbook.xml" in ZipFile(xlsx).namelist()
    assert pdf.read_bytes().startswith(b"%PDF")
    must = next(finding for finding in data["findings"] if finding["grade"] == "must")
    assert "担保情况" in must["sentence"]


def test_two_runs_give_the_same_bytes(run: Run, practice: Path, tmp_path: Path) -> None:
    made = []
    for name in ("一", "二"):
        xlsx, pdf = tmp_path / f"{name}.xlsx", tmp_path / f"{name}.pdf"
        run("report", practice, "first_loan_ledger", *MONTH, "--xlsx", xlsx, "--pdf", pdf)
        made.append((xlsx.read_bytes(), pdf.read_bytes()))
    assert made[0] == made[1]


def test_report_without_files_says_the_rows_and_the_checks(run: Run, practice: Path) -> None:
    outcome = run("report", practice, "first_loan_ledger", *MONTH)
    assert outcome.status == cli.ATTENTION
    assert "审核：必改 1" in outcome.out
    assert "[必改] G" in outcome.out
    assert "已写出" not in outcome.out


def test_explain_says_where_a_number_comes_from(run: Run, practice: Path) -> None:
    outcome = run("report", practice, "results", *MONTH, "--explain", "C22", "--json")
    told = outcome.data["explain"]
    assert told["agrees"] is True
    assert told["definition"]
    assert told["sentence"]
    assert "口径：" in run("report", practice, "results", *MONTH, "--explain", "C22").out


@pytest.mark.parametrize(
    ("form", "days", "more", "sentence"),
    [
        ("nosuch", MONTH, [], "没有“nosuch”这张报表"),
        ("results", ("--from", "2024-11-30", "--to", "2024-11-01"), [], "早于"),
        ("results", MONTH, ["--explain", "ZZ99"], "ZZ99"),
        ("results", MONTH, ["--explain", ""], "--explain：不能是空的"),
        ("results", MONTH, ["--pdf", ""], "--pdf：不能是空的"),
        ("results", MONTH, ["--xlsx", "/nowhere/at/all.xlsx"], "没有写成"),
    ],
)
def test_a_report_that_cannot_be_made_is_refused_in_words(
    run: Run, practice: Path, form: str, days: tuple[str, ...], more: list[str], sentence: str
) -> None:
    outcome = run("report", practice, form, *days, *more)
    assert (outcome.status, outcome.out) == (cli.REFUSED, "")
    assert sentence in outcome.err
    assert len(outcome.err.strip().splitlines()) == 1


def test_a_month_without_work_is_an_empty_table_and_done(
    run: Run, book: Path, tmp_path: Path
) -> None:
    xlsx = tmp_path / "空.xlsx"
    outcome = run("report", book, "first_loan_ledger", *MONTH, "--xlsx", xlsx, "--json")
    assert (outcome.status, outcome.data["rows"]) == (cli.DONE, 0)
    assert xlsx.is_file()


def test_one_file_cannot_be_both_the_workbook_and_the_pdf(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    out = tmp_path / "s.out"
    roundabout = tmp_path / "." / "练习" / ".." / "s.out"
    (tmp_path / "练习").mkdir()
    for other in (out, roundabout):
        outcome = run("report", practice, "results", *MONTH, "--xlsx", out, "--pdf", other)
        assert (outcome.status, outcome.out) == (cli.REFUSED, "")
        assert "同一个" in outcome.err
    assert not out.exists()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("old", [None, b"old"])
@pytest.mark.parametrize("fault", ["folder", "ledger", "renaming"])
def test_a_pair_of_files_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bytes | None, fault: str
) -> None:
    xlsx, pdf = tmp_path / "表.xlsx", tmp_path / "表.pdf"
    if old is not None:
        xlsx.write_bytes(old)
    if fault == "folder":
        pdf = tmp_path / "没有" / "表.pdf"
    elif fault == "ledger":
        pdf.write_bytes(b"SQLite format 3\x00")
    else:
        pdf.mkdir()  # found out by the last move only, as a file that is open in another program
    before = _names(tmp_path)
    with pytest.raises(UserError, match=r"表\.pdf"):
        pairing.write_both((xlsx, b"new"), (pdf, b"new"))
    assert _names(tmp_path) == before
    assert (xlsx.read_bytes() if xlsx.exists() else None) == old


def test_a_pair_of_files_takes_the_place_of_an_older_pair(tmp_path: Path) -> None:
    xlsx, pdf = tmp_path / "表.xlsx", tmp_path / "表.pdf"
    for text in (b"one", b"two"):
        pairing.write_both((xlsx, text), (pdf, text))
        assert (xlsx.read_bytes(), pdf.read_bytes()) == (text, text)
    assert _names(tmp_path) == ["表.pdf", "表.xlsx"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a folder that nobody can write")
def test_a_report_whose_pdf_cannot_be_written_leaves_no_workbook(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    xlsx = tmp_path / "ok.xlsx"
    outcome = run("report", practice, "results", *MONTH, "--xlsx", xlsx, "--pdf", "/proc/o.pdf")
    assert (outcome.status, outcome.out) == (cli.REFUSED, "")
    assert "“o.pdf”没有写成" in outcome.err
    assert not xlsx.exists()


def test_sheets_offices_papers_and_many_reports_by_command(
    run: Run, practice: Path, tmp_path: Path
) -> None:
    told = run(
        "report", practice, "visit_progress", *MONTH, "--explain", "按人员!M7", "--json"
    ).data
    assert told["explain"]["title"].endswith("走访户数（启动以来累计）")
    assert (
        "有的是：按乡镇、按人员"
        in run("report", practice, "visit_progress", *MONTH, "--explain", "无!M6").err
    )

    listed = {form["id"]: form for form in run("forms", practice, "--json").data}
    papers = {"visit_sheet", "signing_sheet", "ticket_sheet", "dossier"}
    assert papers <= listed.keys()
    assert all(listed[name]["where"] and listed[name]["record"] for name in papers)
    pdf = tmp_path / "档案.pdf"
    made = run("report", practice, "dossier", "--record", "有限公司", "--pdf", pdf)
    assert "请写全编号" in made.err  # several are meant
    code = made.err.split("：")[1].split()[1].split("、")[0]
    done = run("report", practice, "dossier", "--record", code, "--pdf", pdf, "--json").data
    assert (done["title"], done["records"]) == ("一企一档", 1)
    assert pdf.read_bytes().startswith(b"%PDF")

    closed = run("close", practice, "visit_plan", *MONTH, "--office", "卡房", "--json").data
    assert "卡房" in closed["office"]
    standing = run("handed", practice, "visit_plan", *MONTH, "--mark", "卡房", "--json").data
    assert standing[0] == {
        "office": "全部（本账汇总）", "closed": False, "number": None, "state": "", "late": False,
    }  # fmt: skip
    assert [(each["closed"], each["state"]) for each in standing if "卡房" in each["office"]] == [
        (True, "已报")
    ]
    listed = {form["id"]: form for form in run("forms", practice, "--json").data}
    assert listed["visit_plan"]["closed"] == []  # of the whole ledger nothing is closed

    folder = tmp_path / "一起"
    folder.mkdir()
    many = (
        "report",
        practice,
        "visit_plan",
        "duty_cases",
        *MONTH,
        "--office",
        "卡房",
        "--office",
        "陈店",
    )
    assert "--folder" in run(*many).err
    data = run(*many, "--folder", folder, "--json").data
    assert [item["closed"] for item in data["reports"]] == [True, False, False, False]
    assert len(_names(folder)) == 8
    assert (
        "没有“nosuch”这张报表"
        in run("report", practice, "nosuch", "visit_plan", *MONTH, "--folder", folder).err
    )
