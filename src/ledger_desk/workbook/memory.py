"""How much memory a process uses, and a ceiling on one's own; nothing but the standard library."""

from __future__ import annotations

import contextlib
import ctypes
import sys
from pathlib import Path
from typing import Any


def in_use(process: int) -> int:
    """Give the resident memory of a process in bytes; 0 where it cannot be told or is gone."""
    if sys.platform == "win32":
        return _in_use_on_windows(process)
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    import resource  # not on Windows

    return pages * resource.getpagesize()


def limit_own(megabytes: int) -> None:
    """Make allocations beyond the ceiling fail at once, where the system can do that.

    On Windows only the parent's watch remains: see `in_use`.
    """
    if sys.platform == "win32":
        return
    import resource  # not on Windows

    ceiling = megabytes * 1_000_000
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard != resource.RLIM_INFINITY:
        ceiling = min(ceiling, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
        # A core file of a hostile workbook helps nobody.
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of psapi.h."""

    _fields_ = (
        ("cb", ctypes.c_uint32),
        ("PageFaultCount", ctypes.c_uint32),
        ("PeakWorkingSetSize", ctypes.c_size_t),
        ("WorkingSetSize", ctypes.c_size_t),
        ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
        ("QuotaPagedPoolUsage", ctypes.c_size_t),
        ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
        ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
        ("PagefileUsage", ctypes.c_size_t),
        ("PeakPagefileUsage", ctypes.c_size_t),
    )


def _in_use_on_windows(process: int) -> int:
    """Ask psapi for the private bytes of a process (committed, so swapping hides nothing)."""
    library: Any = getattr(ctypes, "windll", None)
    if library is None:
        return 0
    open_process = library.kernel32.OpenProcess
    open_process.restype = ctypes.c_void_p
    # PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_VM_READ
    handle = open_process(0x1000 | 0x0010, False, process)
    if not handle:
        return 0
    counters = _Counters()
    counters.cb = ctypes.sizeof(counters)
    try:
        done = library.psapi.GetProcessMemoryInfo(
            ctypes.c_void_p(handle), ctypes.byref(counters), counters.cb
        )
        return int(counters.PagefileUsage) if done else 0
    finally:
        library.kernel32.CloseHandle(ctypes.c_void_p(handle))
