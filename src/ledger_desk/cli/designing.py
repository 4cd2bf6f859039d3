"""``forms`` with own forms (自有表样): packages out and in, a blank to a folder, a folder to the ledger."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ledger_desk import cli, files
from ledger_desk.cli import opening
from ledger_desk.cli.parser import Parser, filled
from ledger_desk.cli.printing import Printer, some, table
from ledger_desk.errors import UserError

Deed = Callable[[argparse.Namespace, Printer], int]

if TYPE_CHECKING:
    from ledger_desk.reports.designing.draft import Draft

_FORM, _BLANK = "form.toml", "blank.xlsx"


def add_options(parser: Parser) -> None:
    """Add the options of ``forms`` that are about own forms; one at a time."""
    one = parser.add_mutually_exclusive_group()
    one.add_argument(
        "--export", nargs="+", type=filled, metavar="代号",
        help="把这些表样做成表样包，最后写文件名：代号 代号 文件.ldform",
    )  # fmt: skip
    one.add_argument("--take", type=filled, metavar="文件", help="装入表样包 .ldform")
    one.add_argument(
        "--design", nargs=2, type=filled, metavar=("空白表", "文件夹"),
        help="照上级的空白表起草：把 form.toml 和空白表写到文件夹里",
    )  # fmt: skip
    one.add_argument(
        "--keep", type=filled, metavar="文件夹", help="把文件夹里的表样存进账套，成为自有表样"
    )
    one.add_argument("--off", type=filled, metavar="代号", help="停用一张自有表样")
    one.add_argument("--on", type=filled, metavar="代号", help="再启用一张自有表样")


def deed_of(given: argparse.Namespace) -> Deed | None:
    """What is asked for; None for the plain list."""
    deeds: dict[str, Deed] = {
        "export": _export, "take": _take, "design": _design, "keep": _keep, "off": _off, "on": _on,
    }  # fmt: skip
    return next((deed for name, deed in deeds.items() if getattr(given, name, None)), None)


def _export(given: argparse.Namespace, printer: Printer) -> int:
    from datetime import date

    from ledger_desk.reports.catalogue import load_forms
    from ledger_desk.reports.designing import packing

    *names, last = given.export
    if not names:
        raise UserError(
            "--export 后面先写表样的代号，最后写文件名，例如 --export results 表样.ldform。"
        )
    out = Path(last)
    if out.suffix != packing.SUFFIX:
        raise UserError(f"“{last}”不是表样包的文件名：最后要写 .ldform 文件。")
    with opening.open_to_read(given) as ledger:
        forms = load_forms(ledger)
        chosen = [forms.get(name) for name in dict.fromkeys(names)]
        data = packing.export(chosen, ledger.office.name or "", date.today())
    files.atomic_write(out, data)
    told = {"file": str(out), "forms": [form.id for form in chosen]}
    printer.show(told, f"{len(chosen)} 张表样做成了表样包：{out}")
    return cli.DONE


def _take(given: argparse.Namespace, printer: Printer) -> int:
    from ledger_desk.reports.designing import packing

    data = _read(Path(given.take), "表样包")
    with opening.open_to_write(given) as ledger:
        package = packing.look(data, ledger)
        taken = packing.take_in(ledger, data)
    told = {
        "office": package.office, "taken": list(taken),
        "forms": [{"id": f.id, "title": f.title, "fate": f.fate} for f in package.forms],
    }  # fmt: skip
    lines = table(
        ("代号", "结果", "表名"), [(f.id, packing.FATES[f.fate], f.title) for f in package.forms]
    )
    printer.show(
        told, *lines, f"装入了 {len(taken)} 张表样。" if taken else "都和现有的一样，没有改动。"
    )
    return cli.DONE


def _design(given: argparse.Namespace, printer: Printer) -> int:
    from ledger_desk.reports.designing.draft import definition, mistakes
    from ledger_desk.reports.designing.suggesting import draft_of

    source, folder = Path(given.design[0]), Path(given.design[1])
    data = _read(source, "空白表")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"“{folder}”里已有东西，没有写。请换一个空的文件夹。")
    with opening.open_to_read(given) as ledger:
        draft = draft_of(data, source.name, printer.progress, ledger=ledger)[0]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"文件夹“{folder}”建不了：{files.reason(error)}。请换一个地方。") from error
    files.atomic_write(folder / _FORM, definition(draft).encode())
    files.atomic_write(folder / _BLANK, draft.blank)
    wrong = [problem.sentence() for problem in mistakes(draft)]
    printer.show(_draft_json(draft, folder, wrong), *_draft_lines(draft, folder), *some(wrong))
    return cli.ATTENTION if wrong or draft.open_columns else cli.DONE


def _draft_json(draft: Draft, folder: Path, wrong: list[str]) -> dict[str, Any]:
    from ledger_desk.reports.designing.choices import label_of

    return {
        "id": draft.id, "title": draft.title, "folder": str(folder), "open": draft.open_columns,
        "problems": wrong, "remarks": list(draft.remarks),
        "blocks": [
            {"sheet": b.sheet, "rows": b.rows, "of": b.of, "columns": [
                {"at": c.at, "heading": c.printed, "tied": label_of(c.choice, b), "why": c.why, "sure": c.sure}
                for c in b.columns]}
            for b in draft.blocks
        ],
    }  # fmt: skip


def _draft_lines(draft: Draft, folder: Path) -> list[str]:
    from ledger_desk.reports.designing.choices import label_of

    lines = [f"{draft.title}（{draft.id}）", *draft.remarks]
    for block in draft.blocks:
        lines += ["", f"“{block.sheet}”第 {block.first_row} 行起：{block.why}。"]
        lines += table(
            ("列", "栏目", "填什么", "把握"),
            [
                (c.at, c.printed, label_of(c.choice, block), "有" if c.sure else "请核对" if c.why else "")
                for c in block.columns
            ],
        )  # fmt: skip
    lines.append(
        f"写在“{folder}”里，还有 {draft.open_columns} 列没有对上。改好后用 --keep 存进账套。"
    )
    return lines


def _keep(given: argparse.Namespace, printer: Printer) -> int:
    from ledger_desk.exchange.definitions import read_form
    from ledger_desk.reports.designing.draft import draft_from
    from ledger_desk.reports.designing.keeping import keep, replaced_by
    from ledger_desk.reports.vocabulary import known

    folder = Path(given.keep)
    text = _read(folder / _FORM, "表样的定义")

    def blank_of(name: str) -> bytes:
        if Path(name).name != name:
            raise UserError(f"空白表“{name}”要放在 form.toml 旁边。")
        return _read(folder / name, "空白表")

    form, wrong = read_form(
        _id_of(text) or folder.resolve().name, text, blank_of, known(), str(folder)
    )
    if form is None:
        told = " ".join(problem.sentence() for problem in wrong)
        raise UserError(f"“{folder}”里的表样有 {len(wrong)} 处要改，没有存：{told}")
    draft = draft_from(form)
    with opening.open_to_write(given) as ledger:
        before = replaced_by(draft, ledger)
        keep(ledger, draft)
    said = f"自有表样“{form.title}”（{form.id}）已存进账套"
    printer.show(
        {"id": form.id, "title": form.title, "replaces": before},
        f"{said}，代替了“{before}”。" if before else f"{said}。",
    )
    return cli.DONE


def _id_of(text: bytes) -> str:
    """The id that a definition gives itself: the folder may be called anything."""
    import tomllib

    try:
        found = tomllib.loads(text.decode("utf-8-sig")).get("id")
    except (ValueError, RecursionError):
        return ""
    return found if isinstance(found, str) else ""


def _off(given: argparse.Namespace, printer: Printer) -> int:
    return _switched(given, printer, given.off, on=False)


def _on(given: argparse.Namespace, printer: Printer) -> int:
    return _switched(given, printer, given.on, on=True)


def _switched(given: argparse.Namespace, printer: Printer, name: str, *, on: bool) -> int:
    from ledger_desk.reports.designing.keeping import switch_off, switch_on

    with opening.open_to_write(given) as ledger:
        (switch_on if on else switch_off)(ledger, name)
    word = "启用" if on else "停用"
    printer.show({"id": name, "off": not on}, f"{word}了自有表样“{name}”。")
    return cli.DONE


def _read(path: Path, what: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError(
            f"{what}“{path}”打不开：{files.reason(error)}。请核对文件名再试。"
        ) from error
