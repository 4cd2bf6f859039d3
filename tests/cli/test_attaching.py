"""``attach`` and ``attachments``, and what backups say of attachments."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger_desk import cli
from ledger_desk.model.records import Enterprise
from ledger_desk.store import backups
from ledger_desk.store.ledger import Ledger
from tests.cli.conftest import Run

FIRM = "新县甲乙茶厂"


@pytest.fixture
def stocked(book: Path) -> Path:
    with Ledger.open(book) as ledger, ledger.step("建") as step:
        step.create(Enterprise(name=FIRM))
    return book


def test_files_go_in_are_listed_and_come_out_as_they_went_in(run: Run, stocked, tmp_path) -> None:
    licence, deed = tmp_path / "营业执照.pdf", tmp_path / "说明.txt"
    licence.write_bytes(b"%PDF-1.7 licence")
    deed.write_text("说明", encoding="utf-8")
    done = run("attach", stocked, FIRM, licence, deed)
    assert done.status == cli.DONE
    assert "收进 2 个附件" in done.out
    assert "营业执照  营业执照.pdf" in done.out
    again = run("attach", stocked, FIRM, licence, "--json")
    assert (again.data["attachments"], again.data["had"]) == ([], 1)
    out = tmp_path / "出来"
    listed = run("attachments", stocked, FIRM, "--save", out, "--json")
    assert [each["kind"] for each in listed.data["attachments"]] == ["营业执照", "其他"]
    assert (out / licence.name).read_bytes() == licence.read_bytes()
    assert (out / deed.name).read_bytes() == deed.read_bytes()
    run("attachments", stocked, FIRM, "--save", out)
    assert (out / "营业执照 (2).pdf").exists()
    sent = run("dispatches", stocked, "--json").data
    assert len(sent) == 4
    assert sent[0]["content"] == "附件：营业执照、其他"
    assert "营业执照.pdf" in run("attachments", stocked, FIRM).out


def test_the_kind_is_told_by_the_person_and_wrong_files_change_nothing(run, stocked, tmp_path):
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF scan")
    assert run("attach", stocked, FIRM, scan, "--kind", "合同").status == cli.DONE
    assert "合同" in run("attachments", stocked, FIRM).out
    missing = run("attach", stocked, FIRM, tmp_path / "没有.pdf")
    assert missing.status == cli.REFUSED
    assert "没有.pdf" in missing.err
    nobody = run("attach", stocked, "没有这户", scan)
    assert nobody.status == cli.REFUSED
    assert len(run("attachments", stocked, FIRM, "--json").data["attachments"]) == 1


def test_backup_names_the_library_and_restore_tells_of_attachments_left_behind(
    run, stocked, tmp_path
):
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF scan")
    run("attach", stocked, FIRM, scan)
    stick = tmp_path / "盘"
    made = run("backup", stocked, stick, "--json").data
    assert "附件库" in made["library"]
    assert "请一起带上" in run("backup", stocked).out
    Path(made["library"]).unlink()
    elsewhere = tmp_path / "别处" / "新县.账套"
    elsewhere.parent.mkdir()
    restored = run("restore", elsewhere, made["backup"])
    assert restored.status == cli.ATTENTION
    assert "1 个附件没有还原：“扫描.pdf”" in restored.out
    checked = run("check", elsewhere)
    assert checked.status == cli.ATTENTION
    assert "附件库" in checked.out
    assert run("check", stocked).status == cli.DONE
    backups.library_of(stocked, None).unlink()
    assert "1 个附件不在旁边的附件库里" in run("check", stocked).out
