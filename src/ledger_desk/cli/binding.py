"""``dossier``: files of firms, or their visit sheets, as one PDF."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_desk import cli
from ledger_desk.cli import conditions, opening
from ledger_desk.cli.firms import FIRM, find_firm
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.store.ledger import Ledger

_MOST_FIRMS = 5_000  # one PDF of more is no use to anybody


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the command."""
    bind = add_command(
        adder, "dossier", "把一户或多户的一企一档写成一个 PDF", write_dossiers,
        more="每户有封面、目录和页码，书签按户。每次都记入传出登记。",
    )  # fmt: skip
    bind.add_argument("firms", nargs="*", metavar="主体", help=FIRM)
    bind.add_argument(
        "--where", action="append", default=[], metavar="项目=值",
        help="不写主体，要符合的各户，例如 --where 乡镇=卡房乡；可以写几个",
    )  # fmt: skip
    bind.add_argument("--pdf", type=filled, required=True, metavar="文件", help="写成这个 PDF")
    bind.add_argument("--visit-sheet", action="store_true", help="改印走访登记表，每户一页")
    bind.add_argument(
        "--sections", type=filled, metavar="部分,部分", help="只要这几部分，写序号（1 到 18）或标题"
    )
    bind.add_argument("--full", action="store_true", help="电话、证件号、住址不遮盖")
    bind.add_argument("--withhold", action="store_true", help="电话、证件号、住址整项不印")
    bind.add_argument("--blank", action="store_true", help="没填的印成空格，好用手填")
    bind.add_argument("--no-empty", action="store_true", help="没有内容的部分不印")
    bind.add_argument("--plain", action="store_true", help="不印底色，省墨")


def write_dossiers(given: argparse.Namespace, printer: Printer) -> int:
    """Write the PDF."""
    from ledger_desk.model.vocabulary import PRIVATE_WAYS
    from ledger_desk.reports import dossier

    if given.full and given.withhold:
        raise UserError("--full 和 --withhold 只能写一个：要么照写，要么不印。")
    masked, in_full, withheld = PRIVATE_WAYS
    options = dossier.Options(
        sections=_sections(given.sections),
        private=in_full if given.full else withheld if given.withhold else masked,
        blank=given.blank,
        empty=not given.no_empty,
        plain=given.plain,
    )
    what = dossier.VISIT_SHEET if given.visit_sheet else dossier.DOSSIER
    with opening.open_to_register(given) as ledger:
        firms = _firms(ledger, given)
        made = dossier.print_dossiers(
            ledger, firms, Path(given.pdf), options, what=what, progress=printer.progress
        )
    notes = [made.note] if made.note else []
    if made.missing:
        notes.append(f"这几个字字库里没有，用 □ 代替：{made.missing}")
    printer.show(
        {
            "out": str(made.path), "firms": made.firms, "pages": made.pages,
            "private": options.private, "missing": made.missing, "note": made.note,
        },
        f"已写出{what} {made.firms:,} 户、{made.pages:,} 页：{made.path}",
        *notes,
    )  # fmt: skip
    return cli.DONE


def _firms(ledger: Ledger, given: argparse.Namespace) -> list[str]:
    if bool(given.firms) == bool(given.where):
        raise UserError("要么写出主体，要么写 --where 条件，两样写一样。没有写出文件。")
    if given.firms:
        with ledger.read() as rows:
            return list(dict.fromkeys(find_firm(rows, said) for said in given.firms))
    query = conditions.query_of(ledger, "经营主体", given.where)
    with ledger.read() as rows:
        found = rows.ids(query, _MOST_FIRMS + 1)
    if not found:
        raise UserError(f"没有符合“{'、'.join(given.where)}”的经营主体。没有写出文件。")
    if len(found) > _MOST_FIRMS:
        raise UserError(f"符合的超过 {_MOST_FIRMS:,} 户，一个 PDF 放不下。请加条件，分几次印。")
    return found


def _sections(text: str | None) -> tuple[str, ...]:
    from ledger_desk.model.sections import SECTIONS

    if text is None:
        return tuple(section.key for section in SECTIONS)
    words = {str(section.number): section.key for section in SECTIONS}
    words |= {section.title: section.key for section in SECTIONS}
    words |= {section.key: section.key for section in SECTIONS}
    chosen = set()
    for word in filter(None, (part.strip() for part in text.replace("，", ",").split(","))):
        if word not in words:
            titles = "；".join(f"{section.number} {section.title}" for section in SECTIONS)
            raise UserError(f"档案里没有“{word}”这一部分。可以写：{titles}。")
        chosen.add(words[word])
    return tuple(section.key for section in SECTIONS if section.key in chosen)
