"""Workbooks for banks out and in from the command line, as a county's nightly job does it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ledger_desk import cli
from ledger_desk.model.records import Matching, Referral
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.work import deciding
from tests.cli.conftest import Run
from tests.work.bank_places import PUSHED, Workbook, county

DAY = PUSHED + timedelta(days=4)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """Six firms pushed to two banks; of the first one the first bank has told something."""
    path = tmp_path / "甲.账套"
    with county(path, 6) as made:
        first = made.push()[0].id
        deciding.answer(made.ledger, {first: {"contacted_on": DAY, "manager": "胡志远"}}, DAY)
    return path


def books(run: Run, ledger: Path, folder: Path) -> dict[str, Workbook]:
    told = run("bank-books", ledger, folder, "--json")
    assert told.status == cli.DONE
    return {each["bank"]: Workbook(Path(each["out"])) for each in told.data["books"]}


def contacts(ledger: Path) -> list[Matching]:
    with Ledger.open(ledger, read_only=True) as opened:
        return opened.find(Query(Matching))


def test_sorted_blanked_and_without_a_token_they_come_back_as_one_step(
    run: Run, ledger: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "银行表"
    made = books(run, ledger, folder)
    first, second = made["甲县农业银行"], made["甲县工商银行"]
    first.put(first.row_of("甲县000号茶厂"), 对接日期=None, 客户经理=None)  # blanked
    first.put(first.row_of("甲县001号茶厂"), 对接日期=DAY, 台账记号=None)  # token lost
    first.put(first.row_of("甲县003号茶厂"), 对接日期=DAY)
    first.reorder(lambda rows: list(reversed(rows)))  # sorted
    second.put(second.row_of("甲县002号茶厂"), 对接日期=DAY, 银行备注="在谈")
    first.save()
    second.save()
    before = folder_bytes(folder)

    tried = run("read-banks", ledger, folder, "--dry-run")
    assert tried.status == cli.DONE
    assert "试读 2 份：新增 3、相同 6" in tried.out
    assert len(contacts(ledger)) == 1

    read = run("read-banks", ledger, folder, "--json")
    assert (read.status, read.data["new"], read.data["same"]) == (cli.DONE, 3, 6)
    assert {file["bank"] for file in read.data["files"]} == set(made)
    assert {met.day for met in contacts(ledger)} == {DAY}
    assert len(contacts(ledger)) == 4  # the blanked one is still there
    with Ledger.open(ledger, read_only=True) as opened:
        names = {each.manager for each in opened.find(Query(Referral))}
    assert "胡志远" in names

    again = run("read-banks", ledger, folder)
    assert again.status == cli.DONE
    assert "已经读过" in again.out
    assert len(contacts(ledger)) == 4
    assert folder_bytes(folder) == before  # the banks' files are never touched

    assert run("undo", ledger, read.data["step"]).status == cli.DONE
    assert len(contacts(ledger)) == 1
    assert run("check", ledger).status == cli.DONE


def test_what_is_wrong_or_doubtful_goes_back_in_a_copy_and_is_told(
    run: Run, ledger: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "银行表"
    book = books(run, ledger, folder)["甲县农业银行"]
    book.put(book.row_of("甲县001号茶厂"), 授信金额="很多")
    row = book.row_of("甲县003号茶厂")
    book.put(row, 对接日期=DAY, 台账记号=None, 统一社会信用代码=None)
    book.save()
    (folder / "坏.xlsx").write_bytes(b"not a workbook")
    read = run("read-banks", ledger, folder, "--errors")
    assert read.status == cli.ATTENTION
    assert "“很多”不是金额" in read.out
    assert "认不出是哪一户" in read.out
    assert "坏.xlsx：" in read.out
    assert len(list((folder / "校验结果").iterdir())) == 1
    assert len(contacts(ledger)) == 1


def test_one_batch_or_a_sentence(run: Run, ledger: Path, tmp_path: Path) -> None:
    out = tmp_path / "一批"
    told = run("bank-books", ledger, out, "--batch", "推送2026-0001")
    assert told.status == cli.DONE
    assert "已写出 1 家银行的回填表" in told.out
    for wrong, words in (
        (("bank-books", ledger, out, "--batch", "推送2026-0999"), "没有“推送2026-0999”"),
        (("read-banks", ledger, tmp_path / "没有"), "没有“"),
    ):
        refused = run(*wrong)
        assert refused.status == cli.REFUSED
        assert words in refused.err
        assert refused.err.count("\n") == 1


def folder_bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
