"""Broken files make the Rust reader panic: its traceback takes seconds each time and helps nobody."""

from __future__ import annotations

import os

os.environ["RUST_BACKTRACE"] = "0"  # read once, at the first panic of the process
