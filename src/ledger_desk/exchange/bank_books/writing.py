"""One workbook for one bank: what is known of each firm, and columns for the bank to fill in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger_desk.exchange import tokens
from ledger_desk.exchange.bank_books import columns
from ledger_desk.exchange.places import Places
from ledger_desk.exchange.ways import Way
from ledger_desk.model.bank_answers import BY_NAME, Answer
from ledger_desk.model.records import Application, Enterprise, PushBatch, Referral
from ledger_desk.progress import Progress, silent
from ledger_desk.workbook.asking import write_questions
from ledger_desk.workbook.lists import ListValue

NOTES = (
    "填表说明：只填右边绿色标题的各栏，带下拉的从下拉里选，日期写成 2026-03-05，金额单位万元，利率写 3.85 就是 3.85%。",
    "可以排序、筛选、删行；请不要改左边灰色的各栏。没有进展的空着，原来填过的不用删；收齐材料 30 日内作出授信决定，"
    "不予授信的 5 个工作日内反馈。填好后把本文件原样发回。",
)


@dataclass(frozen=True)
class BookLine:
    """One firm of the workbook: the records behind it and what the bank has told so far."""

    referral: Referral
    application: Application
    firm: Enterprise
    batch: PushBatch | None
    values: Answer


def info_line(bank: str, batches: Sequence[str], office: str) -> str:
    """The line by which a workbook says whose it is."""
    return f"银行：{bank}　批次：{'、'.join(batches)}　发出单位：{office}"


def write_book(
    path: Path,
    bank: str,
    office: str,
    lines: Sequence[BookLine],
    *,
    words: Mapping[str, tuple[str, ...]],
    division: str = "",
    way: Way | None = None,
    progress: Progress = silent,
) -> int:
    """Write the workbook of one bank; gives the number of firms.

    Args:
        path: Where to; replaced if it exists.
        bank: Full name of the bank.
        office: Name of the office that sends it.
        lines: The firms.
        words: Question → words to choose from, where an office has its own.
        division: Division code of the office.
        way: How values are written; None: telephones masked, the rest as usual.
        progress: May cancel; nothing is left behind.

    Raises:
        UserError: The file cannot be written.
    """
    way = way or Way()
    places = Places(division)
    asked = columns.asked_names()
    specs = [s for _, s, _ in columns.FIRM_FACTS if way.gives(s)]
    needs = [s for _, s, _ in columns.NEED_FACTS if way.gives(s)]
    write_firm = [(s.name, way.writer(s, places, typed=True)) for s in specs]
    write_need = [(s.name, way.writer(s, places, typed=True)) for s in needs]
    write_asked = {n: way.writer(BY_NAME[n].spec, places, typed=True) for n in asked}
    rows: list[list[ListValue]] = []
    for number, line in enumerate(lines, 1):
        firm = line.firm
        row: list[ListValue] = [
            number, line.application.no, firm.name, firm.code or firm.regno or firm.internal_no,
            line.batch.no if line.batch is not None else None, line.referral.pushed_on,
        ]  # fmt: skip
        for source, writers in ((firm, write_firm), (line.application, write_need)):
            for name, write in writers:
                value = getattr(source, name)
                row.append(None if value is None else write(value))
        for name in asked:
            value = line.values.get(name)
            row.append(None if value is None else write_asked[name](value))
        row += [columns.pack_sent(line.values), tokens.make(Referral, line.referral.id)]
        rows.append(row)
    batches = list(dict.fromkeys(
        str(line.batch.no) for line in lines if line.batch is not None and line.batch.no
    ))  # fmt: skip
    return write_questions(
        path, f"{bank}推荐企业对接授信回填表", [info_line(bank, batches, office), *NOTES],
        [*columns.facts(way), *columns.questions(words)], rows,
        hidden=(columns.SENT, tokens.HEADING), progress=progress,
    )  # fmt: skip
