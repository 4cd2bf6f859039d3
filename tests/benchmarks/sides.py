"""Both sides of each case. A side does its work and gives the number of rows that it handled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.benchmarks import inputs
from tests.benchmarks.files import dossiers_floor, dossiers_ours  # noqa: F401
from tests.benchmarks.forms import (  # noqa: F401
    form_visits_floor,
    form_visits_ours,
    form_visits_tenth_floor,
    form_visits_tenth_ours,
)
from tests.benchmarks.heartbeat import grid_floor, grid_ours  # noqa: F401
from tests.benchmarks.lookalikes import duplicates_floor, duplicates_ours  # noqa: F401
from tests.benchmarks.overview import (  # noqa: F401
    agenda_floor,
    agenda_ours,
    overview_floor,
    overview_ours,
)
from tests.benchmarks.searches import (  # noqa: F401
    search_floor,
    search_large_floor,
    search_large_ours,
    search_ours,
)
from tests.benchmarks.visits import visits_floor, visits_ours  # noqa: F401

Clock = Callable[[], None]


def _plain_table(folder: Path, name: str, columns: int):
    import sqlcipher3.dbapi2 as driver

    path = folder / name
    for tail in ("", "-wal", "-shm"):
        path.with_name(path.name + tail).unlink(missing_ok=True)
    raw = driver.connect(str(path), isolation_level=None)
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute(f"CREATE TABLE t ({','.join(f'c{i}' for i in range(columns))})")
    return raw


# -- start: until the window has painted its first page -------------------------------------------


def start_floor(folder: Path, tick: Clock) -> int:
    """An empty window of a program that imports QtWidgets, SQLAlchemy and sqlcipher3 only."""
    tick()
    import sqlalchemy  # noqa: F401
    import sqlcipher3.dbapi2  # noqa: F401
    from PySide6.QtWidgets import QApplication, QMainWindow

    app = QApplication.instance() or QApplication(["floor"])
    window = QMainWindow()
    window.resize(1366, 768)
    window.show()
    app.processEvents()
    window.grab()
    return 0


def start_ours(folder: Path, tick: Clock) -> int:
    """The whole program on the ledger of 100,000 firms, the list of firms in front and painted."""
    path = inputs.ledger_file(folder)
    tick()
    from PySide6.QtWidgets import QApplication

    from ledger_desk.store.ledger import Ledger
    from ledger_desk.ui import theme as themes
    from ledger_desk.ui.desk import Desk
    from ledger_desk.ui.desk_pages import entries
    from ledger_desk.ui.jobs import Jobs

    themes.before_application()
    app = QApplication.instance() or QApplication(["ledger-desk"])
    theme = themes.install(app)
    desk = Desk(Ledger.open(path), theme, Jobs(app))
    for entry in entries(desk):
        desk.add(entry)
    desk.window.resize(1366, 768)
    desk.show()
    app.processEvents()
    desk.window.grab()
    return 0


# -- import ---------------------------------------------------------------------------------------


def import_floor(folder: Path, tick: Clock, count: int = inputs.LIST_ROWS) -> int:
    """The fastest reader, then a bare executemany into a table without index."""
    import io

    import python_calamine

    path = inputs.list_file(folder, count)
    raw = _plain_table(folder, "floor-import.db", len(inputs.HEADINGS))
    tick()
    book = python_calamine.load_workbook(io.BytesIO(path.read_bytes()))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)[1:]
    marks = ",".join("?" * len(inputs.HEADINGS))
    raw.execute("BEGIN")
    raw.executemany(f"INSERT INTO t VALUES ({marks})", [[str(c) for c in row] for row in rows])
    raw.execute("COMMIT")
    found = raw.execute("SELECT count(*) FROM t").fetchone()[0]
    raw.close()
    return int(found)


def import_ours(folder: Path, tick: Clock, count: int = inputs.LIST_ROWS) -> int:
    """Read, match, check, compare, journal and index, as the window and the command do."""
    from ledger_desk.exchange.importing import apply
    from ledger_desk.exchange.preparing import prepare
    from ledger_desk.model.records import Enterprise, Office
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.queries import Query

    path = inputs.list_file(folder, count)
    target = folder / f"import-{count}.ledger"
    for tail in ("", "-wal", "-shm"):
        target.with_name(target.name + tail).unlink(missing_ok=True)
    with Ledger.create(
        target, office=Office(name="甲", level="county", division="411523")
    ) as ledger:
        tick()
        apply(ledger, prepare(path, ledger))
        return ledger.count(Query(Enterprise))


def large_import_floor(folder: Path, tick: Clock) -> int:
    """The same with 100,000 rows: what counts is the memory of our side."""
    return import_floor(folder, tick, inputs.LARGE_ROWS)


def large_import_ours(folder: Path, tick: Clock) -> int:
    """The same with 100,000 rows, in one process with the child that reads."""
    return import_ours(folder, tick, inputs.LARGE_ROWS)


def large_export_ours(folder: Path, tick: Clock) -> int:
    """The list that `large_import_ours` read in, written out with 30 columns."""
    from ledger_desk.exchange.exporting import export_list
    from ledger_desk.model.fields import fields_of
    from ledger_desk.model.records import Enterprise
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.queries import Query

    with Ledger.open(folder / f"import-{inputs.LARGE_ROWS}.ledger", read_only=True) as ledger:
        names = [s.name for s in fields_of(Enterprise)][:30]
        tick()
        return export_list(
            ledger, Enterprise, folder / "large.xlsx", Query(Enterprise), fields=names
        )


def large_export_floor(folder: Path, tick: Clock) -> int:
    """The bare writer in constant memory with 100,000 rows already at hand."""
    return export_floor(folder, tick, inputs.LARGE_ROWS)


# -- list out -------------------------------------------------------------------------------------


def export_floor(folder: Path, tick: Clock, count: int = inputs.FORM_ROWS) -> int:
    """The bare writer in constant memory with the same values already at hand."""
    import xlsxwriter

    cells = _exported(count)
    tick()
    book = xlsxwriter.Workbook(str(folder / "floor-export.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(cells):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    return len(cells)


def _exported(count: int) -> list[tuple[object, ...]]:
    return [
        tuple(v.isoformat() if hasattr(v, "isoformat") else v for v in row)
        for row in inputs.firm_rows(count)
    ]


def export_ours(folder: Path, tick: Clock) -> int:
    """The list as the window writes it, with 30 columns."""
    from ledger_desk.exchange.exporting import export_list
    from ledger_desk.model.fields import fields_of
    from ledger_desk.model.records import Enterprise, Office
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.queries import Query, Where

    path = folder / "export.ledger"
    if not path.exists():
        with Ledger.create(
            path, office=Office(name="甲", level="county", division="411523")
        ) as ledger:
            specs = fields_of(Enterprise)
            known = {label: s for s in specs for label in (s.label, *s.synonyms)}
            fields = [known[h] for h in inputs.HEADINGS]
            rows = [
                {
                    s.name: s.kind.parse(v, "万元")
                    for s, v in zip(fields, row, strict=True)
                    if v != ""
                }
                for row in inputs.firm_rows(inputs.FORM_ROWS)
            ]
            with ledger.step("建") as step:
                step.create_many(Enterprise, rows)
    with Ledger.open(path, read_only=True) as ledger:
        names = [s.name for s in fields_of(Enterprise)][:30]
        tick()
        return export_list(
            ledger,
            Enterprise,
            folder / "export.xlsx",
            Query(Enterprise, where=(Where("name", "notnull"),)),
            fields=names,
        )


# -- form of 10,000 rows: workbook and pages ---------------------------------------------------------


def _form_rows(count: int) -> list[tuple[object, ...]]:
    return [
        (
            "新县专班",
            "2024-11-05",
            "农行新县支行",
            f"新县{i}茶叶有限公司",
            "是",
            i / 4,
            "不动产抵押",
            "",
            i / 8,
            "待核",
        )
        for i in range(count)
    ]


def _big_report(folder: Path):
    from datetime import date

    from ledger_desk.reports.catalogue import run
    from ledger_desk.store.ledger import Ledger

    ledger = Ledger.open(inputs.ledger_file(folder), read_only=True)
    return ledger, lambda: run(ledger, "first_loan_ledger", date(2024, 1, 1), date(2024, 12, 31))


def _form_count(folder: Path) -> int:
    ledger, make = _big_report(folder)
    with ledger:
        return len(make().report.blocks[0].rows)


def form_xlsx_floor(folder: Path, tick: Clock) -> int:
    """The bare writer, the same number of rows of ten columns."""
    import xlsxwriter

    rows = _form_rows(_form_count(folder))
    tick()
    book = xlsxwriter.Workbook(str(folder / "floor-form.xlsx"), {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.close()
    return len(rows)


def form_xlsx_ours(folder: Path, tick: Clock) -> int:
    """The official blank filled with a year of matchings, from the report already built."""
    ledger, make = _big_report(folder)
    with ledger:
        files = make()
        tick()
        (folder / "form.xlsx").write_bytes(files.xlsx)
        return len(files.report.blocks[0].rows)


def form_pdf_floor(folder: Path, tick: Clock) -> int:
    """A bare canvas: the same rows as text and rules, header on each page, embedded font."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from ledger_desk import paths

    rows = _form_rows(_form_count(folder))
    tick()
    pdfmetrics.registerFont(
        TTFont("song", str(paths.resources() / "fonts" / "NotoSerifSC-400.ttf"))
    )
    width, height = landscape(A4)
    canvas = Canvas(
        str(folder / "floor-form.pdf"), pagesize=(width, height), initialFontName="song"
    )
    step, each = (width - 60) / 10, 28
    for first in range(0, len(rows), each):
        canvas.setFont("song", 8)
        for line, row in enumerate([("列",) * 10, *rows[first : first + each]]):
            y = height - 60 - line * 17
            for column, value in enumerate(row):
                canvas.drawString(32 + column * step, y + 5, str(value)[:14])
                canvas.rect(30 + column * step, y, step, 17)
        canvas.showPage()
    canvas.save()
    return len(rows)


def form_pdf_ours(folder: Path, tick: Clock) -> int:
    """The pages painted from the filled workbook."""
    ledger, make = _big_report(folder)
    with ledger:
        files = make()
        len(files.xlsx)
        tick()
        (folder / "form.pdf").write_bytes(files.pdf.pdf)
        return len(files.report.blocks[0].rows)


def form_office_floor(folder: Path, tick: Clock) -> int:
    """LibreOffice makes the PDF of the same workbook; no rows where it is not installed."""
    import shutil
    import subprocess

    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        return 0
    form_xlsx_ours(folder, lambda: None)
    tick()
    subprocess.run(
        [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "office"), str(folder / "form.xlsx")],
        check=True, capture_output=True,
    )  # fmt: skip
    return _form_count(folder)


def form_build_floor(folder: Path, tick: Clock) -> int:
    """The bare SQL behind the form: what its columns show of the matchings of the year, in its order."""
    from ledger_desk.store.ledger import Ledger

    with Ledger.open(inputs.ledger_file(folder), read_only=True) as ledger, ledger.read() as rows:
        tick()
        found = rows.connection.exec_driver_sql(
            "SELECT m.id, o.name, m.day, b.name, e.name, c.granted, c.amount, c.security, c.problem, sum(d.amount), m.note"
            " FROM matching m JOIN enterprise e ON e.id = m.enterprise JOIN bank b ON b.id = m.bank"
            " LEFT JOIN office o ON o.id = m.office LEFT JOIN credit c ON c.matching = m.id"
            " LEFT JOIN loan l ON l.matching = m.id LEFT JOIN drawdown d ON d.loan = l.id"
            " WHERE m.removed = 0 AND e.removed = 0 AND m.day >= '2024-01-01'"
            " GROUP BY m.id ORDER BY o.name, m.day, b.name, e.name"
        ).all()
        return len(found)


def form_build_ours(folder: Path, tick: Clock) -> int:
    """Rows, amounts, provenance and checks of the same form."""
    ledger, make = _big_report(folder)
    with ledger:
        tick()
        return len(make().report.blocks[0].rows)


# -- errors back -----------------------------------------------------------------------------------


def errors_floor(folder: Path, tick: Clock) -> int:
    """The list loaded and saved by openpyxl, with nothing added."""
    import openpyxl

    path = inputs.list_file(folder)
    tick()
    book = openpyxl.load_workbook(path)
    rows = book.worksheets[0].max_row - 1
    book.save(folder / "errors-floor.xlsx")
    return rows


def errors_ours(folder: Path, tick: Clock) -> int:
    """A result for every row, a comment and a line in the summary for each twentieth."""
    from ledger_desk.workbook import annotating as a

    path = inputs.list_file(folder)
    tick()
    texts = {row: a.Verdict("已收：新增") for row in range(2, inputs.LIST_ROWS + 2)}
    wrong = range(2, inputs.LIST_ROWS + 2, 20)
    texts |= {row: a.Verdict("有错：注册资本：“若干”不是金额。", "must") for row in wrong}
    notes = [a.CellNote(row, 4, "“若干”不是金额。") for row in wrong]
    data = path.read_bytes()
    from ledger_desk.workbook.package import Package

    name = Package.read(data).sheet().name
    lines = [
        a.SummaryRow([a.Link(f"第 {row} 行", name, row, 4), "不是金额"], ["link", "plain"])
        for row in wrong
    ]
    summary = a.Summary([a.SummaryRow(["校验汇总"], ["title"]), *lines], [16, 70])
    made = a.annotate(data, [a.SheetNotes(name, (1, 1), texts, notes)], summary)
    (folder / "errors-ours.xlsx").write_bytes(made)
    return len(texts)
