from __future__ import annotations

from pathlib import Path

import pytest

from ledger_desk import cli, paths
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.cli.conftest import Run


def _visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_demo_makes_a_practice_ledger_and_this_months_forms(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "练习"
    outcome = run("demo", folder, "--no-window", "--firms", "30", "--json")
    assert outcome.status == cli.DONE
    made = outcome.data
    assert made["made"] is True
    first = next(form for form in made["forms"] if form["form"] == "first_loan_ledger")
    assert "工作台帐" in first["xlsx"]
    assert Path(first["xlsx"]).is_file()
    assert Path(first["pdf"]).read_bytes().startswith(b"%PDF")
    assert first["rows"] >= 6
    with Ledger.open(Path(made["ledger"]), read_only=True) as ledger:
        assert ledger.practice
        assert ledger.count(Query(Enterprise)) == 30


def test_demo_twice_goes_on_with_the_same_ledger(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "练习"
    first = run("demo", folder, "--no-window", "--firms", "20", "--json").data
    with Ledger.open(Path(first["ledger"])) as ledger:
        firm = ledger.find(Query(Enterprise))[0]
        with ledger.step("改备注") as step:
            step.change(Enterprise, firm.id, {"note": "我改的"})
    names = _visible(folder)
    again = run("demo", folder, "--no-window", "--json")
    assert (again.status, again.data["made"]) == (cli.DONE, False)
    assert _visible(folder) == names
    with Ledger.open(Path(first["ledger"]), read_only=True) as ledger:
        assert ledger.get(Enterprise, firm.id).note == "我改的"


def test_demo_works_while_a_window_has_its_ledger_open(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "练习"
    made = run("demo", folder, "--no-window", "--firms", "20", "--json").data
    with Ledger.open(Path(made["ledger"])):
        assert run("demo", folder, "--no-window").status == cli.DONE


def test_demo_without_a_folder_uses_the_data_folder(run: Run) -> None:
    made = run("demo", "--no-window", "--firms", "5", "--json").data
    assert Path(made["ledger"]).parent == paths.data_dir() / "练习账套"


def test_demo_leaves_a_real_ledger_of_that_name_alone(run: Run, book: Path, tmp_path: Path) -> None:
    made = run("demo", tmp_path / "练习", "--no-window", "--firms", "5", "--json").data
    place = Path(made["ledger"])
    place.write_bytes(book.read_bytes())
    outcome = run("demo", tmp_path / "练习", "--no-window")
    assert (outcome.status, "不是练习账套" in outcome.err) == (cli.REFUSED, True)
    assert place.read_bytes() == book.read_bytes()


@pytest.mark.parametrize("firms", ["0", "1000001"])
def test_demo_refuses_a_senseless_size(run: Run, tmp_path: Path, firms: str) -> None:
    assert run("demo", tmp_path / "练习", "--firms", firms, "--no-window").status == cli.REFUSED
    assert not (tmp_path / "练习").exists()


def test_demo_without_a_screen_says_so_and_opens_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    outcome = run("demo", tmp_path / "练习", "--firms", "5")
    assert outcome.status == cli.DONE
    assert "没有屏幕，没有打开窗口" in outcome.out


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that nobody can write")
@pytest.mark.parametrize("name", ["demo", "gallery"])
def test_a_folder_that_cannot_be_made_is_refused_in_chinese(
    run: Run, book: Path, tmp_path: Path, name: str
) -> None:
    command = ("demo", None, "--no-window") if name == "demo" else ("gallery", book, None)
    blocked = tmp_path / "文件"
    blocked.write_bytes(b"")
    for folder in (Path("/proc/x"), blocked / "里面"):
        outcome = run(*(folder if each is None else each for each in command))
        assert outcome.status == cli.REFUSED
        assert f"“{folder}”建不了：" in outcome.err
        assert not any(
            english in outcome.err for english in ("No such", "Not a", "Permission", "file")
        )
