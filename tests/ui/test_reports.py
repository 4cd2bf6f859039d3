"""The report page by keyboard: form, period, paper, checks, where numbers come from, files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

from ledger_desk.model.periods import Period, month
from ledger_desk.model.records import (
    Bank,
    Credit,
    Drawdown,
    Enterprise,
    Loan,
    Matching,
    Office,
)
from ledger_desk.reports.catalogue import catalogue
from ledger_desk.reports.periods.closings import closed_periods, standing
from ledger_desk.reports.periods.signatures import Signed
from ledger_desk.settings import Settings
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.reports import ReportsPage
from ledger_desk.ui.pages.reports.choosing import entries, offers, usual_period
from ledger_desk.ui.printing import saving as saving_module
from ledger_desk.ui.printing.paper import chosen_pages, make_printer, print_pages
from ledger_desk.workbook.reading import read
from tests.ui.places import ledger_at, press, settle, type_into
from tests.ui.walk import walk, walk_pages

OCTOBER = month(2024, 10)
WAN = 1_000_000


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    """Three matchings of October: granted and drawn, granted without security, refused."""
    with ledger_at(tmp_path / "甲.账套", firms=4) as made:
        firms = [firm.id for firm in made.find(Query(Enterprise))]
        with made.step("登记对接") as step:
            bank = step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
            for n, (amount, security) in enumerate(
                ((30 * WAN, "信用"), (20 * WAN, None), (None, None))
            ):
                day = dt.date(2024, 10, 8 + n)
                met = step.create(
                    Matching(office=made.office.id, enterprise=firms[n], bank=bank, day=day)
                )
                step.create(
                    Credit(
                        matching=met, decided_on=day, granted=amount is not None, amount=amount,
                        security=security, problem=None if amount else "缺抵押",
                    )
                )  # fmt: skip
                if n == 0:
                    loan = step.create(Loan(enterprise=firms[n], bank=bank, matching=met))
                    step.create(Drawdown(loan=loan, day=day, amount=25 * WAN))
        yield made


@pytest.fixture
def page(qtbot, window: MainWindow, jobs, ledger) -> ReportsPage:
    made = ReportsPage(ledger, jobs, window)
    made.choose("first_loan_ledger", OCTOBER)
    with qtbot.waitSignal(made.made, timeout=20_000):
        window.add_page("reports", "报表", "report", made, "numbers")
        window.show()
        window.show_page("reports")
    return made


def cell_of(page: ReportsPage, column: str) -> tuple[int, int]:
    """Place of the total of a column."""
    made = page.report()
    assert made is not None
    total = made.report.blocks[0].totals[column]
    return total.row, total.column


def texts_of(path: Path) -> list[str]:
    """Text of each page of a PDF."""
    pages = pypdfium2.PdfDocument(path)
    found = [page.get_textpage().get_text_range() for page in pages]
    pages.close()
    return found


def chosen_file(monkeypatch, *targets: Path) -> list[str]:
    """Answer the question for a file; gives what was suggested each time."""
    suggested: list[str] = []
    waiting = list(targets)

    def answer(parent, title, start, words, options=None):
        suggested.append(Path(start).name)
        assert options == QFileDialog.Option.DontConfirmOverwrite
        return (str(waiting.pop(0)), words) if waiting else ("", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return suggested


def remake(qtbot, page: ReportsPage, do) -> None:
    with qtbot.waitSignal(page.made, timeout=20_000):
        do()


def test_the_page_shows_the_form_its_rows_and_its_findings(page) -> None:
    made = page.report()
    assert made is not None
    assert made.report.rows == 3
    assert page.preview.paper.page_count() == made.painted.pages
    assert page.head.title() == "普惠小微企业首贷培植行动工作台帐"
    assert page.findings.tabs.text_of(0) == "必改 1"
    assert "1 处必改" in page.findings._foot.label.text()


def test_arrow_keys_tell_where_each_number_comes_from_and_enter_lists_the_firms(
    qtbot, page
) -> None:
    paper = page.preview.paper
    paper.setFocus()
    page.preview.go_to(*cell_of(page, "F"))
    qtbot.waitUntil(lambda: page.strip.title.text().startswith("合计"), timeout=5000)
    assert page.strip.sentence.text() == "50.00 万元 = 2 行相加，涉及 2 户"
    assert page.strip.deeper.words == "看这 2 户"
    qtbot.keyClick(paper, Qt.Key.Key_Return)
    grid = page.origins.drill.panel.grid
    assert grid.hasFocus()
    names = [grid.lazy_model().row_at(n).cells[0] for n in range(grid.lazy_model().rowCount())]
    assert len(names) == 4  # two firms, each with its decision
    wanted: list[tuple[str, str]] = []
    page.open_record.connect(lambda table, record: wanted.append((table, record)))
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Return)
    assert [table for table, _ in wanted] == ["enterprise", "credit"]
    press(qtbot, Qt.Key.Key_Escape)
    assert paper.hasFocus()
    assert page.origins.side.currentWidget() is page.findings


def test_f8_goes_to_the_cell_of_the_next_finding_and_its_record_can_be_opened(qtbot, page) -> None:
    wanted: list[str] = []
    page.open_record.connect(lambda table, record: wanted.append(table))
    page.preview.paper.setFocus()
    press(qtbot, Qt.Key.Key_F8)
    made = page.report()
    finding = made.checks.of("must")[0]
    assert page.preview.paper.current() == (finding.row, finding.column)
    button = next(b for b in page.findings.findChildren(type(page.xlsx)) if b.words == "去改")
    button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    assert wanted == ["credit"]


def test_the_meaning_of_a_number_is_shown_over_the_strip(qtbot, page) -> None:
    page.preview.go_to(*cell_of(page, "I"))
    page.origins.explain()
    popup = page.strip.show_meaning()
    qtbot.addWidget(popup)
    assert popup.isVisible()
    assert not walk(popup)
    qtbot.keyClick(popup, Qt.Key.Key_Escape)


def test_another_period_is_chosen_by_keys_by_words_and_by_two_days(qtbot, page) -> None:
    told: list[Period] = []
    page.period_changed.connect(told.append)
    page.period_bar.on.setFocus()
    remake(qtbot, page, lambda: press(qtbot, Qt.Key.Key_Space))
    assert told == [month(2024, 11)]
    type_into(qtbot, page.period_bar.text, "2024-10-09 至 2024-10-31")
    remake(qtbot, page, lambda: press(qtbot, Qt.Key.Key_Return))
    assert page.report().report.rows == 2
    type_into(qtbot, page.period_bar.text, "2024年13月")
    press(qtbot, Qt.Key.Key_Return)
    assert "不是报表期间" in page.period_bar._message.text()
    assert page.period_bar.period() == Period(dt.date(2024, 10, 9), dt.date(2024, 10, 31))


def test_a_period_without_rows_says_so_in_words(qtbot, page) -> None:
    remake(qtbot, page, lambda: page.set_period(month(2023, 1)))
    made = page.report()
    assert made.report.rows == 0
    assert any("本期无对接" in cell.text for cell in made.report.cells_of(made.sheet))


def test_a_change_of_the_ledger_is_seen_on_the_paper_and_f5_makes_it_again(
    qtbot, page, ledger, monkeypatch
) -> None:
    monkeypatch.setattr("ledger_desk.ui.pages.reports.page._CHEAP_SECONDS", 60.0)  # a busy machine
    credit = next(c for c in ledger.find(Query(Credit)) if c.granted and not c.security)
    with ledger.step("补担保") as step:
        step.change(Credit, credit.id, {"security": "保证"})
    remake(qtbot, page, page.ledger_changed)
    assert page.report().checks.counts["must"] == 0
    assert page.findings.tabs.text_of(0) == "必改 0"
    remake(qtbot, page, lambda: qtbot.keyClick(page.window(), Qt.Key.Key_F5))


def test_a_report_that_took_long_is_marked_as_old_and_not_made_again_by_itself(
    page, ledger, monkeypatch
) -> None:
    monkeypatch.setattr("ledger_desk.ui.pages.reports.page._CHEAP_SECONDS", 0.0)
    with ledger.step("改名") as step:
        step.change(Enterprise, ledger.find(Query(Enterprise))[0].id, {"name": "改了名的厂"})
    page.ledger_changed()
    assert page.stale.isVisible()
    assert not walk(page)


def test_excel_and_pdf_are_written_where_the_person_says_and_the_must_findings_are_told(
    qtbot, page, window, tmp_path, monkeypatch
) -> None:
    xlsx, pdf = tmp_path / "报" / "台帐.xlsx", tmp_path / "报" / "台帐"
    xlsx.parent.mkdir()
    suggested = chosen_file(monkeypatch, xlsx, pdf)
    page.xlsx.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(
        lambda: any("已导出 Excel" in t.accessibleName() for t in window.toasts.shown()),
        timeout=10_000,
    )
    page.pdf.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: pdf.with_suffix(".pdf").exists(), timeout=10_000)
    assert suggested == [
        "新县专班_普惠小微企业首贷培植行动工作台帐_2024年10月.xlsx",
        "新县专班_普惠小微企业首贷培植行动工作台帐_2024年10月.pdf",
    ]
    assert xlsx.read_bytes() == page.report().xlsx
    assert pdf.with_suffix(".pdf").read_bytes() == page.report().painted.pdf
    assert any("茶叶加工厂" in str(cell) for row in read(xlsx).sheets[0].rows for cell in row)
    assert Settings.load().folder_of("report") == xlsx.parent
    assert "还有必改" in window.toasts.shown()[0].accessibleName()
    assert not walk(window)


def test_the_proof_of_each_number_is_saved_behind_the_pages(
    qtbot, page, tmp_path, monkeypatch
) -> None:
    plain, proven = tmp_path / "台帐.pdf", tmp_path / "台帐（附佐证）.pdf"
    chosen_file(monkeypatch, plain, proven)
    page._outgoing.save_pdf()
    settle(qtbot, plain.exists)
    said = dict(entry[:2] for entry in page._outgoing.entries() if entry)
    said["存 PDF，附佐证…"]()
    settle(qtbot, proven.exists)
    settle(qtbot, lambda: not page._jobs.running())
    own, both = texts_of(plain), texts_of(proven)
    assert both[: len(own)] == own
    assert "佐证附录" in both[len(own)]
    assert any("口径" in text for text in both[len(own) :])


def test_a_file_that_is_there_is_never_written_over_unseen(page, tmp_path, monkeypatch) -> None:
    target = tmp_path / "台帐.xlsx"
    target.write_bytes(b"x" * 2048)
    asked: list[str] = []

    def choose(answer):
        def ask(parent, title, sentence, choices, close=""):
            asked.append(sentence)
            return answer

        monkeypatch.setattr(saving_module, "ask_choice", ask)

    chosen_file(monkeypatch, target, target, target)
    choose(None)
    assert saving_module.choose_target(page, "台帐.xlsx", 4096) is None
    assert "2.0 KB" in asked[0]
    assert "4.0 KB" in asked[0]
    choose("over")
    assert saving_module.choose_target(page, "台帐.xlsx", 4096) == target
    choose("other")
    assert saving_module.choose_target(page, "台帐.xlsx", 4096) is None
    assert target.read_bytes() == b"x" * 2048


def test_every_page_is_printed_in_its_own_direction(page, tmp_path) -> None:
    pdf = page.report().painted.pdf
    printer = make_printer(pdf)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "印.pdf"))
    assert printer.pageLayout().orientation().name == "Landscape"
    assert print_pages(printer, pdf) == page.report().painted.pages
    from ledger_desk.ui.preview.pages import PdfPages

    printed = PdfPages((tmp_path / "印.pdf").read_bytes())
    assert len(printed) == page.report().painted.pages
    assert printed.sizes[0][0] > printed.sizes[0][1]
    image: QImage = printed.image(0, 0.5)
    dark = sum(
        image.pixelColor(x, y).lightness() < 128
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
    assert dark > 50
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert chosen_pages(printer, 4) == [1, 2, 3]


def test_another_form_is_chosen_in_the_list_by_keys(qtbot, page) -> None:
    page.forms.setFocus()
    remake(qtbot, page, lambda: press(qtbot, Qt.Key.Key_Down))
    assert page.report().report.form.id == page.forms.chosen() != "first_loan_ledger"
    assert page.period_bar.period() == OCTOBER


def test_the_usual_period_is_the_one_still_to_be_handed_in() -> None:
    info = next(info for info in catalogue() if info.id == "first_loan_ledger")
    assert usual_period(info, dt.date(2024, 11, 10)) == month(2024, 10)
    assert usual_period(info, dt.date(2024, 11, 11)) == month(2024, 11)
    entry = entries([info], dt.date(2024, 11, 8))[0]
    assert (entry.group, entry.due) == ("十天内要报", dt.date(2024, 11, 10))
    assert "剩 2 天" in entry.line
    late = entries([info], dt.date(2024, 11, 12))[0]
    assert (late.group, late.due) == ("以后报", dt.date(2024, 12, 10))


def test_the_menu_offers_cumulative_periods_that_end_with_the_one_shown() -> None:
    found = dict(offers(OCTOBER, dt.date(2020, 9, 1), dt.date(2024, 11, 20)))
    spans = {words.split("　")[0]: period for words, period in found.items()}
    assert spans["本年累计"] == Period(dt.date(2024, 1, 1), OCTOBER.end)
    assert spans["启动以来"] == Period(dt.date(2020, 9, 1), OCTOBER.end)
    assert spans["上月"] == OCTOBER


def test_the_present_month_offered_at_the_start_does_not_hide_the_one_to_hand_in(
    jobs, window, ledger
) -> None:
    page = ReportsPage(ledger, jobs, window)
    before = page.period_bar.period()
    today = dt.date.today()
    page.set_period(month(today.year, today.month))
    assert page.period_bar.period() == before
    page.set_period(month(2024, 3))
    assert page.period_bar.period() == month(2024, 3)
    page.deleteLater()
    QApplication.processEvents()


def test_nothing_is_cut_off_at_any_text_size(qtbot, page, window) -> None:
    names = {"KB", "MB"}
    assert not walk_pages(window, factors=(1.0, 2.0), allow=names)
    page.preview.go_to(*cell_of(page, "F"))
    page.origins.open_list()
    assert not walk(window, allow=names)


def test_every_sheet_has_its_tab_and_a_finding_jumps_to_the_cell_of_its_sheet(
    qtbot, page, ledger
) -> None:
    remake(qtbot, page, lambda: page.choose("visit_progress", OCTOBER))
    preview, paper = page.preview, page.preview.paper
    assert [tab.key for tab in preview.tabs.tabs()] == ["按乡镇", "按人员"]
    assert preview.tabs.isVisible()
    paper.setFocus()
    qtbot.keyClick(paper, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert (preview.tabs.chosen_key(), paper.page()) == ("按人员", 1)
    press(qtbot, Qt.Key.Key_Home)
    assert paper.sheet() == "按人员"
    made = page.report()
    total = made.report.blocks_of("按人员")[0].totals["M"]
    assert preview.go_to(total.row, total.column, "按人员")
    page.origins.explain()
    assert page.strip.explanation().title.endswith("走访户数（启动以来累计）")
    preview.tabs.choose("按乡镇")
    assert paper.page() == 0
    page.findings.cell_wanted.emit("按人员", total.row, total.column)
    assert (paper.page(), paper.sheet(), paper.current()) == (
        1,
        "按人员",
        (total.row, total.column),
    )
    assert not walk(preview)
    remake(qtbot, page, lambda: page.choose("first_loan_ledger"))
    assert not preview.tabs.isVisible()


def test_papers_of_records_are_listed_and_made_for_chosen_records(
    qtbot, page, ledger, window, monkeypatch
) -> None:
    page.choose("dossier")
    assert page.papers.isVisible()
    assert not page.preview.isVisible()
    assert not page.closing.isEnabled()
    assert page.papers.panel.grid.lazy_model().rowCount() == 4
    assert not walk(page.papers)
    monkeypatch.setattr(
        "ledger_desk.ui.pages.reports.record_papers.ask_choice", lambda *_a, **_k: "遮盖"
    )
    shown = []
    monkeypatch.setattr(page.papers._papers, "look_at", shown.append)
    page.papers.panel.grid.go_to(ledger.find(Query(Enterprise))[0].id)
    page.papers.go.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert (shown[0].what, shown[0].firms) == ("一企一档", 1)
    remake(qtbot, page, lambda: page.choose("first_loan_ledger", OCTOBER))
    assert page.preview.isVisible()


def test_one_office_is_chosen_closed_and_several_are_made_in_one_job(
    qtbot, page, ledger, window, tmp_path, monkeypatch
) -> None:
    with ledger.step("单位") as step:
        other = step.create(Office(name="卡房乡专班", level="乡级", division="411523201"))
    page.many.choose_office()
    dialog = page.many.dialog
    assert [dialog.panel.grid.lazy_model().row_at(n).cells[0] for n in range(3)] == [
        "全部（本账汇总）", "新县专班", "卡房乡专班",
    ]  # fmt: skip
    assert not walk(dialog)
    dialog.panel.grid.go_to(other)
    remake(qtbot, page, dialog.accept)
    made = page.report()
    assert (made.report.office, made.report.rows) == (other, 0)
    assert "卡房乡专班" in page.head._counts.toolTip() + page.head._counts.text()
    page.periods._close(made, Signed("程映雪"))
    qtbot.waitUntil(lambda: page.report().standing.closed is not None, timeout=20_000)
    with ledger.read() as rows:
        assert standing(rows, "first_loan_ledger", OCTOBER).closed is None
        assert closed_periods(rows) == {}
    page.many.choose_many()
    batch = page.many.dialog
    assert not walk(batch)
    batch.offices.grid.toggle_all()
    assert len(batch.wanted()) == 3
    batch.pdf.setChecked(False)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a: str(tmp_path))
    batch.go.click()
    qtbot.waitUntil(
        lambda: any("已出 3 张" in t.accessibleName() for t in window.toasts.shown()),
        timeout=20_000,
    )
    assert len(list(tmp_path.glob("*.xlsx"))) == 3
