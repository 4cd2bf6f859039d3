"""How a form was printed last on which printer, so that the next time it need not be set up again.

Kept beside the settings of this person on this machine; a spoilt file is as none.
"""

from __future__ import annotations

import contextlib
import json
from typing import Any

from PySide6.QtPrintSupport import QPrinter

from ledger_desk import files, paths
from ledger_desk.errors import UserError

_FILE = "printers.json"
_MOST_COPIES, _MOST_FORMS = 99, 200


def set_up(printer: QPrinter, form: str, known: list[str]) -> bool:
    """Give a printer what was chosen for a form the last time.

    Args:
        printer: What will be shown to the person.
        form: Key of what is printed.
        known: Names of the printers that there are.

    Returns:
        Whether the form was printed with little ink.
    """
    kept = _load().get(form, {})
    name = kept.get("last", "")
    if name in known:
        printer.setPrinterName(name)
    setups = kept.get("setups")
    setup = setups.get(printer.printerName()) if isinstance(setups, dict) else None
    if not isinstance(setup, dict):
        return False
    copies = setup.get("copies")
    if isinstance(copies, int) and 1 <= copies <= _MOST_COPIES:
        printer.setCopyCount(copies)
    printer.setCollateCopies(setup.get("collated") is not False)
    with contextlib.suppress(KeyError):
        printer.setDuplex(QPrinter.DuplexMode[str(setup.get("duplex"))])
    with contextlib.suppress(KeyError):
        printer.setColorMode(QPrinter.ColorMode[str(setup.get("colour"))])
    with contextlib.suppress(KeyError):
        printer.setPaperSource(QPrinter.PaperSource[str(setup.get("source"))])
    return setup.get("saving") is True


def remember(printer: QPrinter, form: str, *, saving: bool) -> None:
    """Note down what was chosen; a disk that does not take it is no reason not to print."""
    if printer.outputFormat() != QPrinter.OutputFormat.NativeFormat:
        return  # a file, not a printer
    name, data = printer.printerName(), _load()
    kept = data.pop(form, {})
    setups = kept.get("setups")
    setup = {
        "copies": printer.copyCount(), "collated": printer.collateCopies(),
        "duplex": printer.duplex().name, "colour": printer.colorMode().name,
        "source": printer.paperSource().name, "saving": saving,
    }  # fmt: skip
    both = {**(setups if isinstance(setups, dict) else {}), name: setup}
    data[form] = {"last": name, "setups": both}
    while len(data) > _MOST_FORMS:
        del data[next(iter(data))]
    text = json.dumps(data, ensure_ascii=False, indent=1)
    with contextlib.suppress(UserError, OSError):
        files.atomic_write(paths.state_dir() / _FILE, text.encode())


def _load() -> dict[str, dict[str, Any]]:
    try:
        data = json.loads((paths.state_dir() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, UserError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {form: kept for form, kept in data.items() if isinstance(kept, dict)}
