"""``forms`` with own forms: drafted from a blank, kept, listed, packed, taken in, switched off."""

from __future__ import annotations

from pathlib import Path

from ledger_desk import cli
from tests.cli.conftest import Run
from tests.reports.designing.making import blank_of

HEADS = ["序号", "乡镇", "走访户数/本期", "走访户数/累计", "授信金额（万元）", "看不懂的栏"]
DAYS = ("--from", "2024-11-01", "--to", "2024-11-30")


def test_a_blank_becomes_a_form_that_is_made_packed_and_taken_in_elsewhere(
    run: Run, book: Path, tmp_path: Path
) -> None:
    blank, folder, package = tmp_path / "市里的表.xlsx", tmp_path / "表", tmp_path / "表样.ldform"
    blank.write_bytes(blank_of("走访授信旬报", HEADS))
    drafted = run("forms", book, "--design", blank, folder, "--json")
    assert drafted.status == cli.ATTENTION
    assert (drafted.data["id"], drafted.data["open"], drafted.data["problems"]) == ("zfsxxb", 1, [])
    tied = {c["heading"]: c["tied"] for c in drafted.data["blocks"][0]["columns"]}
    assert tied["走访户数/累计"] == "走访户数 · 启动以来累计"
    assert tied["看不懂的栏"] == "不填"
    assert {each.name for each in folder.iterdir()} == {"form.toml", "blank.xlsx"}
    assert "已有东西" in run("forms", book, "--design", blank, folder).err

    kept = run("forms", book, "--keep", folder)
    assert kept.out.strip() == "自有表样“走访授信旬报”（zfsxxb）已存进账套。"
    listed = {form["id"]: form for form in run("forms", book, "--json").data}
    assert (listed["zfsxxb"]["own"], listed["results"]["own"]) == (True, False)
    line = next(each for each in run("forms", book).out.splitlines() if "zfsxxb" in each)
    assert "自有" in line
    made = run("report", book, "zfsxxb", *DAYS, "--xlsx", tmp_path / "出.xlsx", "--json")
    assert (made.status, made.data["title"]) == (cli.DONE, "走访授信旬报")

    assert run("forms", book, "--export", "zfsxxb", "results", package, "--json").data["forms"] == [
        "zfsxxb", "results",
    ]  # fmt: skip
    other = tmp_path / "他县.账套"
    assert run("new", other, "--office", "他县", "--level", "county").status == cli.DONE
    taken = run("forms", other, "--take", package, "--json").data
    assert [(f["id"], f["fate"]) for f in taken["forms"]] == [
        ("results", "same"),
        ("zfsxxb", "add"),
    ]
    assert taken["taken"] == ["zfsxxb"]
    assert "没有改动" in run("forms", other, "--take", package).out
    assert run("forms", other, "--off", "zfsxxb").out.strip() == "停用了自有表样“zfsxxb”。"
    assert run("report", other, "zfsxxb", *DAYS).status == cli.REFUSED
    assert run("forms", other, "--on", "zfsxxb").status == cli.DONE
    assert run("undo", other).status == cli.DONE


def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    run: Run, book: Path, tmp_path: Path
) -> None:
    broken, folder = tmp_path / "坏.ldform", tmp_path / "坏表"
    broken.write_bytes(b"PK")
    folder.mkdir()
    (folder / "form.toml").write_text('id = "x"\ntitle = "表"', encoding="utf-8")
    for arguments, sentence in (
        (("--take", broken), "不是完好的表样包"),
        (("--take", tmp_path / "没有.ldform"), "打不开"),
        (("--keep", folder), "处要改，没有存"),
        (("--keep", tmp_path / "没有"), "打不开"),
        (("--off", "results"), "程序自带的表样"),
        (("--export", "results"), "先写表样的代号"),
        (("--export", "results", "x.zip"), "最后要写 .ldform 文件"),
        (("--export", "nosuch", "x.ldform"), "没有“nosuch”这张报表"),
        (("--design", broken, tmp_path / "d"), "坏.ldform"),
        (("--off", "a", "--on", "b"), "不能和"),
    ):
        outcome = run("forms", book, *arguments)
        assert outcome.status == cli.REFUSED, arguments
        assert sentence in outcome.err, (arguments, outcome.err)
    assert not run("forms", book, "--json").data[0].get("own")
