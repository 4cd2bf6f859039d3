"""Every built-in form on the practice ledger: texts of the workbook, and its pages as pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PIL import Image, ImageChops, ImageStat

from ledger_desk.reports.catalogue import ReportFiles, catalogue, problems
from tests.reports import golden

FORMS = [form.id for form in catalogue()]
_NEAR = 6.0  # of 255: the mean difference of a grey value that fonts of another version may make


def test_no_built_in_form_has_a_mistake_and_none_lacks_its_kept_files() -> None:
    assert problems() == ()
    assert {path.stem for path in golden.KEPT.glob("*.tsv")} == set(FORMS)
    assert {path.stem.rpartition("-")[0] for path in golden.KEPT.glob("*.png")} == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_as_it_was(on_practice: Callable[[str], ReportFiles], form: str) -> None:
    """Whoever changes a definition sees here what goes to the city otherwise."""
    made = on_practice(form)
    kept = (golden.KEPT / f"{form}.tsv").read_text(encoding="utf-8")
    assert golden.texts(made.xlsx) == kept
    pages = list(golden.pictures(made.pdf.pdf))
    assert len(pages) == len(list(golden.KEPT.glob(f"{form}-[0-9].png")))
    for number, page in enumerate(pages, start=1):
        with Image.open(golden.KEPT / f"{form}-{number}.png") as before:
            assert before.size == page.size
            apart = ImageStat.Stat(ImageChops.difference(before.convert("L"), page.convert("L")))
        assert apart.mean[0] < _NEAR, f"page {number} looks otherwise"
