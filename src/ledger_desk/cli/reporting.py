"""``forms`` and ``report``: what can be reported, and making it."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli
from ledger_desk.cli import designing, opening, pairing
from ledger_desk.cli.parser import Parser, add_command, day, filled
from ledger_desk.cli.printing import Printer, some, table

if TYPE_CHECKING:
    from ledger_desk.reports.catalogue import ReportFiles
    from ledger_desk.reports.checks import Checks
    from ledger_desk.reports.evidence import Explanation
    from ledger_desk.reports.findings import Finding
    from ledger_desk.store.ledger import Ledger


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the two commands."""
    forms = add_command(
        adder, "forms", "列出能出的报表；做、存、传出和装入自有表样", list_forms,
        more="不写选项是列出报表，和账里有数据的期间。起草的表样里有没对上的列时退出码为 1。",
    )  # fmt: skip
    designing.add_options(forms)
    report = add_command(
        adder, "report", "出报表，审核，写成 .xlsx 和 PDF；单张写 --record", make_report,
        more="有必改的地方时退出码为 1，文件照样写出。已结账的一期给留底的文件。写几张报表、--all 或几个 "
        "--office 时一次都出到 --folder。",
    )  # fmt: skip
    report.add_argument("form", nargs="*", metavar="报表", help="报表的代号，见 forms；可以写几个")
    report.add_argument("--all", action="store_true", help="能出的报表都出，要写 --folder")
    report.add_argument("--from", dest="start", type=day, metavar="起日", help="例如 2024-11-01")
    report.add_argument("--to", dest="end", type=day, metavar="止日", help="例如 2024-11-30")
    report.add_argument(
        "--office", action="append", default=[], type=filled, metavar="单位",
        help="只算这个单位的，可以写几个；不写是本账汇总",
    )  # fmt: skip
    report.add_argument("--xlsx", type=filled, metavar="文件", help="写成这个 .xlsx")
    report.add_argument("--pdf", type=filled, metavar="文件", help="写成这个 PDF")
    report.add_argument(
        "--folder", type=filled, metavar="文件夹", help="几张一起出到这里，同名的不盖掉"
    )
    report.add_argument(
        "--explain", type=filled, metavar="格子",
        help="说明这一格的数从哪里来，例如 F12；别的工作表写 表名!F12",
    )  # fmt: skip
    report.add_argument(
        "--proof", action="store_true", help="PDF 后面附上各数的佐证：户名和记录，要写 --pdf"
    )
    report.add_argument(
        "--record", action="append", default=[], type=filled, metavar="记录",
        help="单张（如批分单）给哪条记录出：编号或企业，可以写几个",
    )  # fmt: skip
    report.add_argument("--full", action="store_true", help="单张上的电话不遮盖")


def list_forms(given: argparse.Namespace, printer: Printer) -> int:
    """List the forms, and from when to when there is anything to report."""
    from ledger_desk.reports import catalogue
    from ledger_desk.reports.periods.closings import closed_periods, period_of
    from ledger_desk.reports.record_papers import PAPERS

    deed = designing.deed_of(given)
    if deed is not None:
        return deed(given, printer)
    with opening.open_to_read(given) as ledger:
        forms = catalogue.catalogue(ledger)
        with ledger.read() as rows:
            closed = closed_periods(rows)
        wrong = [problem.sentence() for problem in catalogue.problems(ledger)]
        first, last = _span(ledger)
    span = {"from": first.isoformat() if first else None, "to": last.isoformat() if last else None}
    labels = {name: [period_of(each).label for each in some] for name, some in closed.items()}
    data = [form.as_json() | {"data": span, "closed": labels.get(form.id, [])} for form in forms]
    lines = table(
        ("代号", "报送", "表样", "最近结账", "报表"),
        [(f.id, f.due, f.kept_as, (*labels.get(f.id, ()), "—")[0], f.title) for f in forms],
    )
    data += [paper.as_json() | {"data": span, "closed": []} for paper in PAPERS.values()]
    lines += ["", "选记录出的单张（report 账套 代号 --record 记录 --pdf 文件）："]
    lines += table(
        ("代号", "单张", "给什么出", "窗口里在哪里"),
        [(p.id, p.title, p.record, f"{p.where}，或“报表”") for p in PAPERS.values()],
    )
    lines.append(f"账里的对接从 {first} 到 {last}。" if first else "账里还没有银企对接。")
    printer.show(data, *lines, *some(wrong))
    return cli.ATTENTION if wrong else cli.DONE


def _span(ledger: Ledger) -> tuple[date | None, date | None]:
    """First and last day on which a bank and a firm talked."""
    from ledger_desk.model.records import Matching
    from ledger_desk.store.queries import Query, Where

    dated = (Where("day", "notnull"),)
    ends = [ledger.find(Query(Matching, dated, sort=(("day", last),)), 1) for last in (False, True)]
    return (ends[0][0].day, ends[1][0].day) if ends[0] else (None, None)


def make_report(given: argparse.Namespace, printer: Printer) -> int:
    """Make, check and write a report; or several of them, or a paper of records."""
    from ledger_desk.cli import several
    from ledger_desk.reports.periods.kept import closed_or_made
    from ledger_desk.reports.record_papers import PAPERS

    if len(given.form) == 1 and given.form[0] in PAPERS:
        return several.draw_paper(given, printer)
    several.check(given)
    if given.all or given.folder or len(given.form) > 1 or len(given.office) > 1:
        return several.make_many(given, printer)
    xlsx = Path(given.xlsx) if given.xlsx else None
    pdf = Path(given.pdf) if given.pdf else None
    pairing.check_targets(xlsx, pdf)
    # Only what is written for others is registered; a look at the numbers changes nothing.
    open_it = opening.open_to_register if xlsx or pdf else opening.open_to_read
    with open_it(given) as ledger:
        office = several.office_of(ledger, *given.office)
        made = closed_or_made(
            ledger, given.form[0], given.start, given.end, printer.progress, office=office
        )
        told = _explain(ledger, made, given.explain) if given.explain else None
        if pdf and given.proof:
            from ledger_desk.files import atomic_write
            from ledger_desk.reports.proof import with_proof

            paper = with_proof(ledger, made, printer.progress)
            pairing.write_both((xlsx, made.xlsx), (pdf, paper)) if xlsx else atomic_write(
                pdf, paper
            )
        elif xlsx and pdf:
            pairing.write_both((xlsx, made.xlsx), (pdf, made.pdf.pdf))
        else:
            made.write(xlsx, pdf)
        told_why = _register(ledger, made, [path for path in (xlsx, pdf) if path])
    data = report_json(made) | {"xlsx": given.xlsx, "pdf": given.pdf}
    lines = report_lines(made, [path for path in (xlsx, pdf) if path])
    if told_why:
        lines.append(told_why)
        data["note"] = told_why
    if told is not None:
        data["explain"] = explanation_json(told)
        lines += explanation_lines(given.explain, told)
    printer.show(data, *lines)
    return cli.ATTENTION if made.checks.of("must") else cli.DONE


def _explain(ledger: Ledger, made: ReportFiles, at: str) -> Explanation:
    """Explain a cell: of a closed period out of what was kept."""
    from ledger_desk.reports.explain import explain
    from ledger_desk.reports.periods.explaining import explain_kept
    from ledger_desk.reports.periods.kept import ClosedFiles

    cell = made.report.at(at)
    if cell is None or not isinstance(made, ClosedFiles):
        return explain(ledger, made.report, at)
    with ledger.read() as rows:
        return explain_kept(rows, made.frozen, cell)


def _register(ledger: Ledger, made: ReportFiles, paths: list[Path]) -> str:
    """Enter the written files in the register; gives why that could not be done, or ''."""
    from ledger_desk.exchange.dispatching import Leaving, register_all
    from ledger_desk.reports.batch import content_of

    if not paths:
        return ""
    report = made.report
    office = report.office_name if report.office else ""
    left = Leaving(content_of(report.form.title, report.period, office), report.rows)
    return register_all(ledger, paths, left).why


def report_json(made: ReportFiles) -> dict[str, Any]:
    """One report as programs see it, its files left out."""
    report = made.report
    return {
        "form": report.form.id, "title": report.form.title, "period": report.period.label,
        "office": report.office_name, "head": report.head, **made.as_json(),
        "findings": [finding_json(finding) for finding in made.checks.findings],
    }  # fmt: skip


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding of the checks."""
    return {
        "grade": finding.grade, "rule": finding.rule, "sheet": finding.sheet,
        "cell": finding.cell, "title": finding.title,
        "sentence": finding.sentence, "remedy": finding.remedy,
    }  # fmt: skip


def report_lines(made: ReportFiles, files: list[Path]) -> list[str]:
    """One report in words: rows, findings, files."""
    report = made.report
    lines = [
        f"{report.form.title}　{report.period.label}　{report.office_name}：{report.rows:,} 行。"
    ]
    held = getattr(made, "closing", None)
    if held is not None:
        lines.append(f"这一期已结账，给的是第 {held.number} 次定稿留底的文件，一个字节也没有变。")
    lines += checks_lines(made.checks)
    lines += [f"已写出：{path}" for path in files]
    return lines


def checks_lines(checks: Checks) -> list[str]:
    """The findings in words, must-fix ones first."""
    if not checks.findings:
        return ["审核通过，没有发现问题。"]
    counts = checks.counts
    lines = [f"审核：必改 {counts['must']}、须说明 {counts['explain']}、提示 {counts['hint']}。"]
    return lines + some(
        [f"  [{f.grade_label}] {f.place} {f.sentence}{f.remedy}" for f in checks.findings]
    )


def explanation_json(told: Explanation) -> dict[str, Any]:
    """Where a cell comes from: its definition and the firms behind it."""
    return {
        "title": told.title, "value": told.value, "definition": told.definition, "clause": told.clause,
        "period": told.period, "unit": told.unit, "agrees": told.agrees, "sentence": told.sentence,
        "rows": [
            {"name": row.name, "text": row.text,
             "records": [{"label": r.label, "day": r.day.isoformat() if r.day else None, "text": r.text}
                         for r in row.records]}
            for row in told.rows
        ],
    }  # fmt: skip


def explanation_lines(cell: str, told: Explanation) -> list[str]:
    """The same in words."""
    lines = [
        f"{cell.upper()} {told.title}：{told.sentence}",
        f"  口径：{told.definition}（{told.clause}；{told.period}）",
    ]
    return lines + some([f"  {row.name}  {row.text}" for row in told.rows])
