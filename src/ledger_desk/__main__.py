"""``python -m ledger_desk``; child processes import this module too, hence the guard."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from ledger_desk.cli import main

        sys.exit(main())
    except KeyboardInterrupt:  # stopped before the guard of `main` stood
        sys.exit(130)
