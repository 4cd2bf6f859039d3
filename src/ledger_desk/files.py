"""Files written for others: whole or not at all, with names that every system accepts."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from ledger_desk.errors import UserError

# The system says why in English; a sentence to the person says it in Chinese.
_REASONS = {
    "ENOSPC": "磁盘满了",
    "EDQUOT": "磁盘配额用完了",
    "EACCES": "没有权限",
    "EPERM": "没有权限",
    "EROFS": "这个磁盘只能读，不能写",
    "ENOENT": "找不到这个文件或文件夹",
    "ENOTDIR": "路径中间有一段不是文件夹",
    "EISDIR": "它是一个文件夹",
    "EEXIST": "已经有同名的文件",
    "ENAMETOOLONG": "名称太长",
    "ELOOP": "快捷方式绕成了圈",
    "EIO": "磁盘读写出错",
    "EBUSY": "正被别的程序占用",
    "ETXTBSY": "正被别的程序占用",
    "EFBIG": "文件太大，这个磁盘放不下",
    "EMFILE": "打开的文件太多",
    "ENFILE": "打开的文件太多",
    "ENXIO": "它不是普通文件",
    "ENODEV": "找不到这个磁盘",
    "ESTALE": "网络文件夹断开了",
}
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def atomic_write(path: Path, data: bytes | Callable[[BinaryIO], None]) -> None:
    """Write beside the target, flush to disk, then replace it in one move.

    Raises:
        UserError: The folder is missing, read-only or full, the file is open in another program,
            or it is a ledger; the old file is then untouched.
    """
    path = Path(path)
    if is_ledger(path):
        raise UserError(f"“{path.name}”是账套，不能被别的文件盖掉。请换一个文件名。")
    temp: Path | None = None
    try:
        handle, name = tempfile.mkstemp(
            prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent
        )
        temp = Path(name)
        with os.fdopen(handle, "wb") as out:
            if callable(data):
                data(out)
            else:
                out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temp, 0o644)
        os.replace(temp, path)
    except OSError as error:
        raise UserError(_why_not_written(path, error)) from error
    finally:
        if temp is not None:
            with contextlib.suppress(OSError):
                temp.unlink()


def is_ledger(path: Path) -> bool:
    """Tell whether a file is a ledger or a backup: by its mark, or by the lock that goes with it.

    A ledger with a password has no mark; it has been open for writing, so its lock lies beside it.
    """
    with contextlib.suppress(OSError):
        real = path.resolve()
        if not real.is_file():
            return False
        if real.with_name(f".{real.name}.lock").exists():
            return True
        with real.open("rb") as file:
            return file.read(16) == b"SQLite format 3\x00"
    return False


def reason(error: OSError) -> str:
    """Say in Chinese why the system refused; a rare reason by its number."""
    known = _REASONS.get(errno.errorcode.get(error.errno or 0, ""))
    return known or f"系统不许（代号 {error.errno or type(error).__name__}）"


def _why_not_written(path: Path, error: OSError) -> str:
    """Put an operating system's refusal into one sentence with a remedy."""
    if not path.parent.is_dir():
        return f"“{path.name}”没有写成：文件夹“{path.parent}”不存在。请换一个文件夹。"
    if error.errno == errno.ENOSPC:
        return f"“{path.name}”没有写成：磁盘满了。请腾出空间或换一个盘再写，账没有受影响。"
    if isinstance(error, PermissionError):
        return f"“{path.name}”没有写成：文件正被别的程序打开，或这个文件夹不许写。请关掉 Excel/WPS 里的这个文件，或换一个文件夹。"
    return f"“{path.name}”没有写成：{reason(error)}。请换一个文件夹再试，账没有受影响。"


def safe_name(text: str, limit: int = 80) -> str:
    """Turn any text into a file name that Windows and Linux accept (no folder part)."""
    name = _FORBIDDEN.sub("_", text).strip(" .")
    return name[:limit].rstrip(" .") or "未命名"


def free_name(path: Path) -> Path:
    """Give ``path``, or ``path (2)``, ``path (3)`` … so that nothing is overwritten."""
    candidate, number = Path(path), 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return candidate
