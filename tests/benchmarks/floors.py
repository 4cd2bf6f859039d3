"""The floors in one place: which case stands against which bare side, and its bar (`product.md` §10)."""

from __future__ import annotations

from dataclasses import dataclass

from tests.benchmarks import sides
from tests.benchmarks.forms import TENTH
from tests.benchmarks.inputs import FIRMS, FORM_ROWS, LARGE_ROWS, LIST_ROWS, MANY_FIRMS, SEED
from tests.benchmarks.visits import VISITS


@dataclass(frozen=True)
class Case:
    """One figure: ``ours`` over ``floor`` should stay at or below ``bar``.

    ``n`` and ``seed`` are those of the input of both sides. ``rounds``: the best of so many.
    ``most_mb``: bar of our side's peak memory, its child processes counted in, where there is one.
    """

    name: str
    what: str
    ours: str
    floor: str
    bar: float
    n: int
    rounds: int = 3
    seed: int = SEED
    same_rows: bool = True
    most_mb: int | None = None


CASES = (
    Case("start", "window on 100,000 firms / empty window", "start_ours", "start_floor", 1.5, FIRMS, 5),
    Case("import", "50,000 x 30 read in / read + executemany", "import_ours", "import_floor", 2.0, LIST_ROWS, 2),
    Case("import-100000", "100,000 x 30 read in; under 400 MB with the child", "large_import_ours", "large_import_floor",
         2.0, LARGE_ROWS, 1, most_mb=400),
    Case("export-100000", "100,000 x 30 written out; under 400 MB", "large_export_ours", "large_export_floor",
         1.5, LARGE_ROWS, 1, most_mb=400),
    Case("duplicates", "100,000 firms searched / bare scan of what is compared", "duplicates_ours", "duplicates_floor", 25.0,
         FIRMS, 1),
    Case("search", "worst query / LIKE scan of one short column", "search_ours", "search_floor", 0.2, FIRMS, 5),
    Case("search-1000000", "the same over 1,000,000 firms", "search_large_ours", "search_large_floor", 0.4, MANY_FIRMS, 1),
    Case("grid-100000", "sorts, filters, scrolling of the page; gap at most 100 ms / bare SELECT rowid", "grid_ours",
         "grid_floor", 3.0, FIRMS, 2),
    Case("visits-1000000", "views and sorts of 1,000,000 visits; gap at most 100 ms / the same of 1,000", "visits_ours",
         "visits_floor", 10.0, VISITS, 1, same_rows=False),
    Case("overview-1000000", "front page of 1,000,000 visits, month and since the start / bare SQL of the same numbers",
         "overview_ours", "overview_floor", 1.5, VISITS, 2),
    Case("agenda-1000000", "what is to be done, of 1,000,000 visits / the same of 1,000", "agenda_ours", "agenda_floor",
         10.0, VISITS, 2, same_rows=False),
    Case("export", "10,000 x 30 list / bare writer", "export_ours", "export_floor", 1.5, FORM_ROWS),
    Case("form-build", "rows and checks of the form / bare SQL", "form_build_ours", "form_build_floor", 1.5, FORM_ROWS,
         same_rows=False),
    Case("form-1000000", "走访进度日报 of 1,000,000 visits, both sheets / bare SQL of the same numbers", "form_visits_ours",
         "form_visits_floor", 1.5, VISITS, 1),
    Case("form-100000", "the same over a tenth of it", "form_visits_tenth_ours", "form_visits_tenth_floor", 1.5, TENTH, 1),
    Case("form-growth", "the form of 1,000,000 visits / the form of a tenth: no faster than the data", "form_visits_ours",
         "form_visits_tenth_ours", 10.0, VISITS, 1, same_rows=False),
    Case("form-xlsx", "blank filled / bare writer", "form_xlsx_ours", "form_xlsx_floor", 1.5, FORM_ROWS),
    Case("form-pdf", "pages painted / bare canvas", "form_pdf_ours", "form_pdf_floor", 1.5, FORM_ROWS),
    Case("form-pdf-office", "pages painted / LibreOffice", "form_pdf_ours", "form_office_floor", 0.4, FORM_ROWS, 1),
    Case("dossiers", "200 files of firms as one PDF; under 300 MB / bare canvas of the same texts", "dossiers_ours",
         "dossiers_floor", 4.0, 200, 2, most_mb=300),
    Case("errors", "results and comments put in / openpyxl load + save", "errors_ours", "errors_floor", 0.3, LIST_ROWS,
         1),
)  # fmt: skip


def check() -> None:
    """Fail early when a case names a side that does not exist."""
    for case in CASES:
        getattr(sides, case.ours)
        getattr(sides, case.floor)
