from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ledger_desk import cli
from ledger_desk.model.records import Enterprise
from ledger_desk.store import backups
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.cli.conftest import HEADINGS, Run, code, firm

KEYS = {"new", "changed", "same", "doubtful", "wrong", "left_out", "step", "file", "sheet", "rows"}


def _firms(path: Path) -> dict[str, Enterprise]:
    with Ledger.open(path, read_only=True) as ledger:
        return {str(found.name): found for found in ledger.find(Query(Enterprise))}


def test_import_reads_a_list_in_as_one_step(run: Run, book: Path, registry: Path) -> None:
    outcome = run("import", book, registry, "--json")
    assert outcome.status == cli.DONE
    data = outcome.data
    assert data.keys() >= KEYS
    assert (data["new"], data["same"], data["wrong"], data["file"]) == (20, 0, 0, "名录.csv")
    assert data["step"]["name"] == "装入 名录.csv：新增 20、变更 0"
    found = _firms(book)["新县试验003茶业有限公司"]
    assert (found.code, found.capital, found.township) == (code(3), 53_460_000, "411523205")


def test_import_again_is_the_same_and_records_no_step(run: Run, book: Path, registry: Path) -> None:
    run("import", book, registry)
    steps = len(run("log", book, "--json").data)
    again = run("import", book, registry, "--json")
    assert (again.status, again.data["same"], again.data["step"]) == (cli.DONE, 20, None)
    assert len(run("log", book, "--json").data) == steps


def test_a_dry_run_says_the_same_and_changes_nothing(run: Run, book: Path, registry: Path) -> None:
    dry = run("import", book, registry, "--dry-run", "--json")
    assert (dry.status, dry.data["new"], dry.data["step"], dry.data["dry_run"]) == (
        cli.DONE,
        20,
        None,
        True,
    )
    assert _firms(book) == {}
    assert "账没有变" in run("import", book, registry, "--dry-run").out


def test_rows_that_need_attention_give_status_1_and_are_named(
    run: Run, book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "有错.csv"
    lines = [HEADINGS, firm(1), firm(2, capital="一大笔"), firm(3)]
    path.write_text("\n".join(lines), encoding="utf-8")
    outcome = run("import", book, path)
    assert outcome.status == cli.ATTENTION
    assert "新增 2" in outcome.out
    assert "第 3 行" in outcome.out
    assert len(_firms(book)) == 2


def test_a_file_without_a_table_is_refused_and_nothing_is_changed(
    run: Run, book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "便条.csv"
    path.write_text("请于明日报送\n谢谢\n", encoding="utf-8")
    for file in (path, tmp_path / "没有.xlsx"):
        outcome = run("import", book, file)
        assert (outcome.status, outcome.out) == (cli.REFUSED, "")
        assert len(outcome.err.strip().splitlines()) == 1
    assert len(run("log", book, "--json").data) == 1


def test_an_unknown_kind_or_sheet_is_refused(run: Run, book: Path, registry: Path) -> None:
    assert "不认识“猫”" in run("import", book, registry, "--as", "猫").err
    assert "没有叫“二”的工作表" in run("import", book, registry, "--sheet", "二").err
    assert _firms(book) == {}


def test_the_ledger_is_backed_up_before_it_is_read_into(
    run: Run, book: Path, registry: Path
) -> None:
    run("import", book, registry)
    assert [backup.why for backup in backups.listing(book)] == ["装入前"]


def test_a_backup_counts_by_what_is_in_it_and_not_by_its_time(
    run: Run, book: Path, registry: Path, tmp_path: Path
) -> None:
    run("backup", book)
    [empty] = backups.listing(book)
    run("import", book, registry)  # the state before is in that backup already, of this very second
    assert [backup.path for backup in backups.listing(book)] == [empty.path]
    # A wrong clock, or a restored old state: "newer" than every step, but without them.
    ahead = empty.path.with_name("新县 2999-01-01T00-00-00 手工.账套")
    empty.path.rename(ahead)
    registry.write_text(f"{HEADINGS}\n{firm(30)}\n", encoding="utf-8")
    assert run("import", book, registry).status == cli.DONE
    assert [backup.why for backup in backups.listing(book)] == ["手工", "装入前"]


def test_a_damaged_backup_does_not_count(run: Run, book: Path, registry: Path) -> None:
    run("backup", book)
    [made] = backups.listing(book)
    made.path.write_bytes(b"damaged")
    run("import", book, registry)
    assert len(backups.listing(book)) == 2


def test_an_import_is_undone_and_done_again_across_openings(
    run: Run, book: Path, registry: Path
) -> None:
    run("import", book, registry)
    before = _firms(book)
    undone = run("undo", book, "--json")
    assert (undone.status, undone.data["kept"]) == (cli.DONE, [])
    assert undone.data["restored"] >= 20
    assert _firms(book) == {}
    assert run("redo", book).status == cli.DONE
    assert _firms(book) == before
    assert run("check", book).status == cli.DONE


def test_undo_names_what_was_edited_since_and_keeps_it(
    run: Run, book: Path, registry: Path
) -> None:
    run("import", book, registry)
    with Ledger.open(book) as ledger:
        kept = ledger.find(Query(Enterprise))[4]
        with ledger.step("改电话") as step:
            step.change(Enterprise, kept.id, {"phone": "14000000000"})
    steps = run("log", book, "--json").data
    imported = next(step["id"] for step in steps if step["kind"] == "import")
    outcome = run("undo", book, imported)
    assert outcome.status == cli.ATTENTION
    assert str(kept.name) in outcome.out
    assert list(_firms(book)) == [kept.name]
    run("redo", book)
    forced = run("undo", book, imported, "--force")
    assert forced.status == cli.DONE
    assert _firms(book) == {}


def test_undo_and_redo_with_nothing_to_do_are_refused(run: Run, book: Path) -> None:
    assert run("redo", book).status == cli.REFUSED
    assert run("undo", book, "99").status == cli.REFUSED
    assert "没有第 99 步" in run("undo", book, "99").err


def test_log_lists_steps_newest_first(run: Run, book: Path, registry: Path) -> None:
    run("import", book, registry)
    run("undo", book)
    lines = run("log", book).out.splitlines()
    assert lines[0].split()[0] == "步骤"
    assert "撤销：装入" in lines[1]
    assert "已撤销" in lines[2]
    assert "建账" in lines[3]
    assert len(run("log", book, "--limit", "1").out.splitlines()) == 2


def test_export_writes_a_list_that_reads_back_as_the_same(
    run: Run, book: Path, registry: Path, tmp_path: Path
) -> None:
    run("import", book, registry)
    out = tmp_path / "名单.xlsx"
    outcome = run("export", book, "经营主体", out, "--json")
    assert (outcome.status, outcome.data["rows"]) == (cli.DONE, 20)
    back = run("import", book, out, "--dry-run", "--json")
    assert (back.data["same"], back.data["changed"], back.data["new"]) == (20, 0, 0)
    first = out.read_bytes()
    run("export", book, "enterprise", out)
    assert out.read_bytes() == first


def test_export_filters_by_labels_and_masks_telephones(
    run: Run, book: Path, registry: Path, tmp_path: Path
) -> None:
    run("import", book, registry)
    with Ledger.open(book) as ledger:
        some = ledger.find(Query(Enterprise))
        with ledger.step("补") as step:
            step.change_many(
                Enterprise,
                [
                    (one.id, {"phone": "14012345678", "staff": place})
                    for place, one in enumerate(some)
                ],
            )
    out = tmp_path / "名单.csv"
    run("export", book, "经营主体", out, "--where", "从业人数>=18", "--where", "乡镇=卡房乡")
    with out.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [row["从业人数"] for row in rows] == ["18", "19"]
    assert {row["乡镇(街道)"] for row in rows} == {"卡房乡"}
    assert {float(row["注册资本(万元)"]) for row in rows} == {53.46}
    assert {row["联系电话"] for row in rows} == {"140****5678"}
    run("export", book, "经营主体", out, "--full")
    assert "14012345678" in out.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["猫", "o.xlsx"], "不认识“猫”"),
        (["经营主体", "o.pdf"], "不能写成“.pdf”"),
        (["经营主体", "o.xlsx", "--where", "颜色=红"], "没有“颜色”这一项"),
        (["经营主体", "o.xlsx", "--where", "颜色"], "看不懂"),
        (["经营主体", "o.xlsx", "--where", "成立日期>=不久以前"], "条件里的“成立日期”"),
        (["经营主体", "o.xlsx", "--where", "从业人数>="], "后面没有值"),
        (["银企对接", "o.xlsx", "--where", "对接银行=没有的银行"], "没有的银行"),
    ],
)
def test_export_refuses_in_words(
    run: Run, book: Path, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    out = tmp_path / arguments[1]
    outcome = run("export", book, arguments[0], out, *arguments[2:])
    assert (outcome.status, outcome.out) == (cli.REFUSED, "")
    assert sentence in outcome.err
    assert not out.exists()
