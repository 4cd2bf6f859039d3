from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger_desk import paths
from ledger_desk.settings import Settings


def test_settings_come_back_as_they_were_saved() -> None:
    made = Settings(factor=1.5, contrast=True, window="00ff").used("import", Path("/media/usb"))
    made.save()
    assert Settings.load() == made


def test_the_ledger_opened_last_stands_first_and_once(tmp_path: Path) -> None:
    settings = Settings()
    for name in ("a", "b", "a", *"cdefghij"):
        settings = settings.opened(tmp_path / name)
    assert settings.last_ledger == str(tmp_path / "j")
    assert settings.recent[0] == settings.last_ledger
    assert len(settings.recent) == len(set(settings.recent)) == 8


def test_keys_of_a_newer_program_are_kept() -> None:
    path = paths.state_dir() / "settings.json"
    path.write_text(json.dumps({"factor": 1.25, "colour_of_tomorrow": ["红"]}), encoding="utf-8")
    Settings.load().save()
    assert json.loads(path.read_text(encoding="utf-8"))["colour_of_tomorrow"] == ["红"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"factor": 9, "recent": "x", "folders": [], "contrast": 1, "last_ledger": 3, "window": null}',
    ],
)
def test_a_spoilt_file_gives_what_is_usual(content: str) -> None:
    (paths.state_dir() / "settings.json").write_text(content, encoding="utf-8")
    assert Settings.load() == Settings()


def test_a_folder_that_is_gone_is_not_offered(tmp_path: Path) -> None:
    settings = Settings().used("report", tmp_path).used("import", tmp_path / "gone")
    assert settings.folder_of("report") == tmp_path
    assert settings.folder_of("import") is None
    assert settings.folder_of("never") is None


def test_a_disk_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    Settings(factor=2.0).save(tmp_path / "missing" / "settings.json")
    assert Settings.load(tmp_path / "missing" / "settings.json") == Settings()
