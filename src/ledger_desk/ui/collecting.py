"""The garbage collector and the window: what start-up made is not walked through again and again.

Half a million objects (modules, tables of the engine's library, widgets) live as long as the window.
A full collection goes through all of them, 40 to 80 ms of the window's thread each time, whoever
caused it; of the rest, rows that are shown and the like, it takes a few.
"""

from __future__ import annotations

import gc


def settle() -> None:
    """Collect once and leave all that is there out of later collections.

    To be called when a desk stands, also the desk of another ledger: what the one before left
    behind is collected then.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
