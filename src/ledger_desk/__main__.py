"""``python -m ledger_desk``; child processes import this module too, hence the guard."""

from __future__ import annotations

import sys

from ledger_desk.cli import main

if __name__ == "__main__":
    sys.exit(main())
