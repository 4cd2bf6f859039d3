"""Printing: what was chosen for a form on a printer comes back, and 省墨 leaves out ink."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QCheckBox, QWidget

from ledger_desk import paths
from ledger_desk.ui.preview.pages import PdfPages
from ledger_desk.ui.printing import remembering
from ledger_desk.ui.printing.paper import ask_printer, make_printer, print_pages
from ledger_desk.workbook.painting import paint

PDF = paint((paths.forms() / "campaign" / "blank.xlsx").read_bytes()).pdf


class Fake:
    """A printer that takes everything, as those without a driver in tests do not."""

    def __init__(self, name: str) -> None:
        self.name, self.count, self.both = name, 1, QPrinter.DuplexMode.DuplexNone
        self.collated, self.form = True, QPrinter.OutputFormat.NativeFormat
        self.colour, self.tray = QPrinter.ColorMode.Color, QPrinter.PaperSource.Auto

    def printerName(self) -> Any:
        return self.name

    def copyCount(self) -> Any:
        return self.count

    def collateCopies(self) -> Any:
        return self.collated

    def duplex(self) -> Any:
        return self.both

    def colorMode(self) -> Any:
        return self.colour

    def paperSource(self) -> Any:
        return self.tray

    def outputFormat(self) -> Any:
        return self.form

    def setPrinterName(self, name: str) -> None:
        self.name = name

    def setCopyCount(self, count: int) -> None:
        self.count = count

    def setCollateCopies(self, collated: bool) -> None:
        self.collated = collated

    def setDuplex(self, both: QPrinter.DuplexMode) -> None:
        self.both = both

    def setColorMode(self, colour: QPrinter.ColorMode) -> None:
        self.colour = colour

    def setPaperSource(self, tray: QPrinter.PaperSource) -> None:
        self.tray = tray


def told(printer: Any) -> tuple[Any, ...]:
    return printer.name, printer.count, printer.both, printer.collated, printer.colour, printer.tray


def test_each_form_and_printer_have_their_own_setup() -> None:
    first, second = Fake("办公室"), Fake("文印室")
    first.count, first.both = 3, QPrinter.DuplexMode.DuplexLongSide
    first.collated, first.colour = False, QPrinter.ColorMode.GrayScale
    first.tray = QPrinter.PaperSource.Lower
    remembering.remember(second, "results", saving=False)
    remembering.remember(first, "results", saving=True)
    remembering.remember(second, "campaign", saving=False)
    names = ["文印室", "办公室"]
    fresh = Fake("文印室")
    assert remembering.set_up(fresh, "results", names)
    assert told(fresh) == told(first)
    fresh = Fake("文印室")  # the last one is gone: the setup of the one at hand
    assert not remembering.set_up(fresh, "results", ["文印室"])
    assert told(fresh) == told(second)
    fresh = Fake("办公室")
    assert not remembering.set_up(fresh, "campaign", names)
    assert fresh.name == "文印室"
    file = Fake("")
    file.form = QPrinter.OutputFormat.PdfFormat
    remembering.remember(file, "campaign", saving=True)
    assert not remembering.set_up(Fake("文印室"), "campaign", names)


@pytest.mark.parametrize("text", ["", "[1]", '{"a": 1}', '{"a": {"last": 1, "setups": {"甲": 3}}}',
                                  '{"a": {"setups": {"甲": {"copies": "x", "duplex": 9}}}}'])  # fmt: skip
def test_a_spoilt_memory_is_none(text: str) -> None:
    (paths.state_dir() / "printers.json").write_text(text, encoding="utf-8")
    printer = Fake("甲")
    assert not remembering.set_up(printer, "a", ["甲"])
    assert told(printer) == told(Fake("甲"))


def test_little_ink_is_asked_for_once_and_leaves_half_of_it(
    qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, states = QWidget(), []
    qtbot.addWidget(parent)

    def tick(dialog: QPrintDialog) -> int:
        (box,) = [b for b in dialog.findChildren(QCheckBox) if "省墨" in b.text()]
        states.append(box.isChecked())
        box.setChecked(True)
        return 1

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    monkeypatch.setattr(QPrinter, "outputFormat", lambda self: QPrinter.OutputFormat.NativeFormat)
    monkeypatch.setattr(QPrintDialog, "exec", tick)
    for _ in range(2):
        printer = ask_printer(parent, PDF, "百行进万企", "campaign")
        assert printer is not None
        assert printer.saving
    assert states == [False, True]
    dark = []
    for saving in (False, True):
        printer, out = make_printer(PDF), tmp_path / f"{saving}.pdf"
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        printer.saving = saving
        assert print_pages(printer, PDF) == 1
        picture = PdfPages(out.read_bytes()).image(0, 0.5)
        dark.append(
            sum(
                255 - picture.pixelColor(x, y).lightness()
                for x in range(picture.width())
                for y in range(0, picture.height(), 2)
            )
        )
    assert 0.45 < dark[1] / dark[0] < 0.65
