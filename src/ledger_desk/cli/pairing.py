"""Two files that belong together: both are written, or neither."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from ledger_desk import files
from ledger_desk.errors import UserError


def check_targets(*paths: Path | None) -> None:
    """Look at the places of the files before anything is made.

    Raises:
        UserError: Two of them are the same file, or a folder is missing.
    """
    given = [path for path in paths if path is not None]
    if len(given) > 1 and _same(given[0], given[1]):
        raise UserError(f"两个文件写的是同一个：“{given[0]}”。.xlsx 和 PDF 请各写一个文件名。")
    for path in given:
        if not path.parent.is_dir():
            raise UserError(f"“{path.name}”没有写成：文件夹“{path.parent}”不存在。请换一个文件夹。")
        if path.is_dir():
            raise UserError(f"“{path}”没有写成：它是一个文件夹。请写上文件名。")


def _same(one: Path, other: Path) -> bool:
    with contextlib.suppress(OSError):
        if one.samefile(other):
            return True
    return os.path.normcase(one.resolve()) == os.path.normcase(other.resolve())


def write_both(one: tuple[Path, bytes], other: tuple[Path, bytes]) -> None:
    """Write two files; whatever goes wrong, both places are as they were before.

    Raises:
        UserError: One of them cannot be written, or it is a ledger.
    """
    with contextlib.ExitStack() as stack:
        first, second = _stage(*one, stack), _stage(*other, stack)
        old = _keep(one[0], stack)
        _replace(first, one[0])
        try:
            _replace(second, other[0])
        except BaseException:
            with contextlib.suppress(OSError):
                if old is None:
                    one[0].unlink()
                else:
                    os.replace(old, one[0])
            raise


def _stage(path: Path, data: bytes, stack: contextlib.ExitStack) -> Path:
    """Write the data beside its place, flushed to disk; the stack removes what is left of it."""
    if files.is_ledger(path):
        raise UserError(f"“{path.name}”是账套，不能被别的文件盖掉。请换一个文件名。")
    try:
        temp = _beside(path, stack)
        with temp.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temp, 0o644)
    except OSError as error:
        raise _refusal(path, error) from error
    return temp


def _keep(path: Path, stack: contextlib.ExitStack) -> Path | None:
    """Keep a second name of the file that is there now; None when nothing is there."""
    if not path.exists():
        return None
    try:
        temp = _beside(path, stack)
        temp.unlink()
        try:
            os.link(path, temp)  # needs no room on a full disk
        except OSError:
            shutil.copy2(path, temp)
    except OSError as error:
        raise _refusal(path, error) from error
    return temp


def _beside(path: Path, stack: contextlib.ExitStack) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    os.close(handle)
    temp = Path(name)
    stack.callback(_remove, temp)
    return temp


def _remove(temp: Path) -> None:
    with contextlib.suppress(OSError):
        temp.unlink()


def _replace(temp: Path, path: Path) -> None:
    try:
        os.replace(temp, path)
    except OSError as error:
        raise _refusal(path, error) from error


def _refusal(path: Path, error: OSError) -> UserError:
    if isinstance(error, PermissionError):
        why = "文件正被别的程序打开，或这个文件夹不许写。请关掉 Excel/WPS 里的这个文件，或换一个文件夹"
    else:
        why = f"{files.reason(error)}。请换一个文件夹再试"
    return UserError(f"“{path.name}”没有写成：{why}。两个文件都没有写，原来的没有动。")
