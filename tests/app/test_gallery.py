from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ledger_desk.cli import main
from ledger_desk.practice.making import make_practice
from tests.app.conftest import TODAY

SOME = ("enterprises-record", "dialog-opening")


@pytest.mark.parametrize(
    "only", [pytest.param((), marks=pytest.mark.slow, id="all"), pytest.param(SOME, id="some")]
)
def test_every_page_and_dialog_is_drawn_and_the_ledger_stays_as_it_is(
    qapp: QApplication,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    only: tuple[str, ...],
) -> None:
    path, folder = tmp_path / "练习.账套", tmp_path / "图"
    make_practice(path, firms=20, today=TODAY).close()
    before = path.read_bytes()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert main(["gallery", str(path), str(folder), *(["--only", *only] if only else [])]) == 0
    assert "张图" in capsys.readouterr().out
    names = {picture.name for picture in folder.iterdir()}
    wanted = (
        "enterprises-record", "dialog-opening", "enterprises", "settings", "first_loan",
        "first_loan-contact", "reports", "dialog-crash",
    )  # fmt: skip
    for name in wanted[: len(SOME) if only else None]:
        assert {f"{name}.png", f"{name}-200.png"} <= names
    assert ("reports.png" in names) == (not only)
    page = QImage(str(folder / "enterprises-record.png"))
    assert (page.width(), page.height()) == (1366, 768)
    colours = {page.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}
    assert len(colours) > 20
    assert path.read_bytes() == before


def test_a_gallery_of_nothing_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert main(["gallery", str(tmp_path / "没有.账套"), str(tmp_path / "图")]) == 2
    assert "没有找到账套" in capsys.readouterr().err
    assert not (tmp_path / "图").exists()
