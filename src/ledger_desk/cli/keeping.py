"""``new``, ``backup``, ``restore``, ``check``: the ledger file itself."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_desk import cli
from ledger_desk.cli import opening
from ledger_desk.cli.parser import Parser, add_command, filled
from ledger_desk.cli.printing import Printer, some
from ledger_desk.errors import UserError

if TYPE_CHECKING:
    from ledger_desk.store.ledger import Ledger

LEVELS = ("township", "county", "city", "bank", "pboc")


def add_new(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add ``new``."""
    new = add_command(adder, "new", "新建账套", make_new)
    new.add_argument("--office", required=True, metavar="单位名称", help="谁的账，例如“新县专班”")
    new.add_argument(
        "--level", required=True, choices=LEVELS,
        help="层级：township 乡镇、county 县级、city 市级、bank 银行、pboc 人民银行",
    )  # fmt: skip
    new.add_argument(
        "--division", metavar="区划代码", help="例如 411523（新县），读地址里的乡镇要用它"
    )


def add(adder: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands that look after a ledger."""
    backup = add_command(adder, "backup", "备份账套，备份会打开核对过才算数", back_up)
    backup.add_argument(
        "folder",
        nargs="?",
        type=filled,
        metavar="文件夹",
        help="放到哪里（默认在账套旁边的“备份”文件夹）",
    )
    restore = add_command(
        adder,
        "restore",
        "用备份还原账套",
        restore_backup,
        more="还原前先把现在的账套备份下来，所以可以再还原回去。",
    )
    restore.add_argument("backup", type=filled, metavar="备份", help="备份文件")
    restore.add_argument("--force", action="store_true", help="备份是另一本账的，也用它还原")
    check = add_command(
        adder,
        "check",
        "账套体检：文件、修改记录的链、数据和记录是否一致",
        check_ledger,
        more="有问题时退出码为 1。",
    )
    check.add_argument(
        "--head",
        type=filled,
        metavar="链头",
        help="以前印在纸上的链头（可以只写前几位），核对账尾没有被截断",
    )


def make_new(given: argparse.Namespace, printer: Printer) -> int:
    """Make a ledger."""
    from ledger_desk.exchange.places import name_of
    from ledger_desk.model.kinds import clean
    from ledger_desk.model.records import Office
    from ledger_desk.model.vocabulary import LEVELS as WORDS
    from ledger_desk.store.ledger import Ledger

    division = (given.division or "").strip() or None
    if division is not None and name_of(division) == division:
        raise UserError(
            f"区划代码“{division}”不在区划字典里。请写 4 位（市）、6 位（县）或 9 位（乡镇）代码，例如 411523。"
        )
    name = " ".join(clean(given.office).split())  # a name is one line
    if not name:
        raise UserError("单位名称是空的。请写上谁的账，例如“新县专班”。")
    office = Office(name=name, level=WORDS[given.level], division=division)
    path = Path(given.ledger)
    with Ledger.create(path, office=office, password=opening.password_of(given)) as ledger:
        data = {
            "ledger": str(path), "office": ledger.office.name, "level": given.level,
            "division": division, "head": ledger.head(),
        }  # fmt: skip
    where = f"，{name_of(division)}" if division else ""
    printer.show(data, f"账套已建好：{path}（{office.name}，{office.level}{where}）。")
    return cli.DONE


def back_up(given: argparse.Namespace, printer: Printer) -> int:
    """Back the ledger up; works while a window has it open."""
    from ledger_desk.store import backups

    folder = Path(given.folder) if given.folder else None
    with opening.open_to_read(given) as ledger:
        made = backups.back_up(ledger, folder, progress=printer.progress)
        head = ledger.head()
        store = backups.library_of(ledger.path, ledger.key, made.parent)
    size = made.stat().st_size
    lines = [f"已备份并核对：{made}（{size / 1e6:.1f} MB）。"]
    if store.exists():
        lines.append(
            f"附件的内容在旁边的“{store.name}”里（{store.stat().st_size / 1e6:.1f} MB），"
            "搬走备份时请一起带上。"
        )
    printer.show(
        {"backup": str(made), "size": size, "head": head,
         "library": str(store) if store.exists() else None},
        *lines,
    )  # fmt: skip
    return cli.DONE


def restore_backup(given: argparse.Namespace, printer: Printer) -> int:
    """Put a backup in the ledger's place."""
    from ledger_desk.store import backups

    path, backup, password = Path(given.ledger), Path(given.backup), opening.password_of(given)
    if not given.force:
        _refuse_another(path, backup, password)
    restored = backups.restore(path, backup, password=password, progress=printer.progress)
    safety = restored.safety
    lines = [f"已用“{backup.name}”还原：{path}。"]
    if safety is not None:
        lines.append(f"还原前的账套留在：{safety}。")
    if restored.lost:
        lines.append(restored.sentence)
    printer.show(
        {"ledger": str(path), "backup": str(backup), "safety": str(safety) if safety else None,
         "lost": list(restored.lost)},
        *lines,
    )  # fmt: skip
    return cli.ATTENTION if restored.lost else cli.DONE


def _refuse_another(path: Path, backup: Path, password: str | None) -> None:
    """Refuse a backup of another ledger; a ledger that is missing or damaged cannot be compared.

    Raises:
        UserError: It is another ledger's, or the backup cannot be opened.
    """
    from ledger_desk.store.ledger import Ledger

    with Ledger.open(backup, password=password, read_only=True) as copy:
        theirs, office = copy.meta("ledger"), copy.office.name
    try:
        with Ledger.open(path, password=password, read_only=True) as ledger:
            ours, present = ledger.meta("ledger"), ledger.office.name
    except UserError:
        return
    if ours != theirs:
        raise UserError(
            f"“{backup.name}”是另一本账（{office}）的备份，不是“{path.name}”（{present}）的。"
            "请核对文件；一定要用它就加上 --force。"
        )


def check_ledger(given: argparse.Namespace, printer: Printer) -> int:
    """Check everything; reads only."""
    from ledger_desk.store import health

    with opening.open_to_read(given) as ledger:
        found = health.check(ledger, head=given.head, progress=printer.progress)
        findings = [*found.findings, *_check_backup(ledger, printer)]
    data = {
        "ok": not findings, "findings": findings, "steps": found.steps,
        "changes": found.changes, "head": found.head,
    }  # fmt: skip
    if not findings:
        lines = [
            f"账套完好：{found.steps:,} 步、{found.changes:,} 条变更都对得上。链头 {found.head[:16]}。"
        ]
    else:
        lines = [
            f"发现 {len(findings)} 处问题：",
            *some([f"  {text}" for text in findings]),
        ]
    printer.show(data, *lines)
    return cli.ATTENTION if findings else cli.DONE


def _check_backup(ledger: Ledger, printer: Printer) -> list[str]:
    """Look whether the newest backup finds the bytes of all its attachments in the library."""
    from ledger_desk.store import backups, connecting, refilling

    newest = next(iter(backups.listing(ledger.path)), None)
    if newest is None:
        return []
    folder = newest.path.parent
    try:
        lost = refilling.lacking(newest.path, ledger.key, [folder], printer.progress)
    except connecting.FAILURES:  # of another password, or damaged: it is looked at when it is used
        return []
    if not lost:
        return []
    return [
        f"最近的备份“{newest.path.name}”有 {len(lost)} 个附件不在旁边的附件库里。请再备份一次。"
    ]
