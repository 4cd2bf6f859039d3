"""Make the kept texts and pictures of all built-in forms anew."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from ledger_desk.reports.catalogue import catalogue
from tests.reports import golden


def main() -> None:
    """Write them beside this file; names on the command line choose forms."""
    with tempfile.TemporaryDirectory() as folder, golden.practice(Path(folder)) as ledger:
        wanted = sys.argv[1:] or [form.id for form in catalogue(ledger)]
        for form in wanted:
            made = golden.report(ledger, form)
            (golden.KEPT / f"{form}.tsv").write_text(golden.texts(made.xlsx), encoding="utf-8")
            for number, picture in enumerate(golden.pictures(made.pdf.pdf), start=1):
                few = picture.quantize(8)
                few.save(golden.KEPT / f"{form}-{number}.png", optimize=True)
            print(form)


main()
