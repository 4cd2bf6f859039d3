"""``demo`` and ``gallery``: a practice ledger to try things on, and pictures of every page."""

from __future__ import annotations

import argparse
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli, files, paths
from ledger_desk.cli import opening, reporting, window
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.store.ledger import Ledger


def add_demo(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add ``demo``."""
    demo = add_command(
        adder, "demo", "建一个练习账套，出当月的报表，有屏幕就打开窗口", make_demo, ledger=False,
        more="练习账套里的企业、人员都是编的。再运行一次会接着用当月已有的练习账套，不会覆盖。",
    )  # fmt: skip
    demo.add_argument(
        "folder",
        nargs="?",
        type=filled,
        metavar="文件夹",
        help="放到哪里（默认是数据文件夹里的“练习账套”）",
    )
    demo.add_argument("--no-window", action="store_true", help="不打开窗口")
    demo.add_argument("--firms", type=int, default=200, metavar="户数", help="编多少户（默认 200）")


def add_gallery(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add ``gallery``."""
    gallery = add_command(
        adder, "gallery", "把每一页和每个对话框画成 PNG", draw_gallery, more="不用屏幕。"
    )
    gallery.add_argument("folder", type=filled, metavar="文件夹", help="图片放到哪里")
    gallery.add_argument(
        "--only", nargs="+", default=(), metavar="开头", help="只画名字以这些字开头的图，如 reports"
    )


def make_demo(given: argparse.Namespace, printer: Printer) -> int:
    """Make (or take up again) this month's practice ledger and write this month's forms."""
    from ledger_desk.practice.making import practice_file

    if given.firms < 1 or given.firms > 1_000_000:
        raise UserError("练习账套的户数要在 1 到 1,000,000 之间。")
    today = date.today()
    folder = Path(given.folder) if given.folder else paths.data_dir() / "练习账套"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"文件夹“{folder}”建不了：{files.reason(error)}。请换一个文件夹。"
        ) from error
    path = practice_file(folder, today)
    made = not path.exists()
    with _practice(given, path, today, printer) as ledger:
        forms = _write_forms(ledger, folder, today, printer)
    lines = [f"练习账套{'已建好' if made else '已经有了，接着用'}：{path}"]
    for _, words in forms:
        lines += words
    opens = not given.no_window and not given.json and window.has_screen()
    if not opens and not given.no_window:
        lines.append("这里没有屏幕，没有打开窗口。")
    printer.show({"ledger": str(path), "made": made, "forms": [data for data, _ in forms]}, *lines)
    return window.open_window(path) if opens else cli.DONE


def _practice(given: argparse.Namespace, path: Path, today: date, printer: Printer) -> Ledger:
    """Open the practice ledger read-only where it is there already, else make it."""
    from ledger_desk.practice.making import make_practice
    from ledger_desk.store.ledger import Ledger

    if not path.exists():
        return make_practice(path, firms=given.firms, today=today, progress=printer.progress)
    ledger = Ledger.open(path, password=opening.password_of(given), read_only=True)
    if not ledger.practice:
        ledger.close()
        raise UserError(f"“{path}”不是练习账套，不动它。请给 demo 另指一个文件夹。")
    return ledger


def _write_forms(
    ledger: Ledger, folder: Path, today: date, printer: Printer
) -> list[tuple[dict[str, Any], list[str]]]:
    """Write the forms that are due for the present month as .xlsx and PDF; gives what to say of each."""
    from ledger_desk.model.periods import month_of
    from ledger_desk.reports import catalogue

    period = month_of(today)
    forms = catalogue.load_forms(ledger)
    told = []
    monthly = [form.id for form in catalogue.catalogue(ledger, forms) if form.every == "月"]
    for form in monthly:
        made = catalogue.run(ledger, form, period.start, period.end, printer.progress, forms=forms)
        xlsx, pdf = folder / made.name("xlsx"), folder / made.name("pdf")
        made.write(xlsx, pdf)
        data = reporting.report_json(made) | {"xlsx": str(xlsx), "pdf": str(pdf)}
        told.append((data, reporting.report_lines(made, [xlsx, pdf])))
    return told


def draw_gallery(given: argparse.Namespace, printer: Printer) -> int:
    """Draw every page and dialog of a ledger."""
    # Pictures must not depend on the screen, its fonts and its scale.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = Path(given.folder)
    with opening.open_to_read(given):
        pass  # a sentence about the ledger or its password comes before Qt is loaded
    from ledger_desk.ui.gallery import render_gallery

    pictures = render_gallery(
        Path(given.ledger), folder, password=opening.password_of(given), only=given.only
    )
    names = [str(picture) for picture in pictures]
    printer.show({"pictures": names}, f"已画好 {len(names)} 张图：{folder}")
    return cli.DONE
