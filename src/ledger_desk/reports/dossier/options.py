"""What a person chooses before a file is printed."""

from __future__ import annotations

from dataclasses import dataclass

from ledger_desk.model.sections import SECTIONS
from ledger_desk.model.vocabulary import PRIVATE_WAYS

MASKED, IN_FULL, WITHHELD = PRIVATE_WAYS


@dataclass(frozen=True)
class Options:
    """How files are printed.

    Attributes:
        sections: Keys of the sections, in the order of the file; all of them by default.
        private: Personal data: ``遮盖``, ``照写`` or ``不给``.
        blank: Fields that are empty are printed as lines to write on, lists get two empty rows;
            otherwise they are left out.
        empty: Sections with nothing in them are printed with a word that there is nothing.
        changes: How many of the latest changes are listed.
        plain: Without tints, to save ink.
    """

    sections: tuple[str, ...] = tuple(section.key for section in SECTIONS)
    private: str = MASKED
    blank: bool = False
    empty: bool = True
    changes: int = 30
    plain: bool = False
