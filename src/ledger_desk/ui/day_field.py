"""A field for a day that takes what people type: 20241120, 2024-11-20, 11.20, 昨天."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.ui.fields import TextField

_WORDS = {"今天": 0, "昨天": -1, "前天": -2, "明天": 1}
_WHOLE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_SHORT = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")


def read_day(text: str, today: dt.date) -> dt.date | None:
    """Read a day as people write it; nothing for an empty text.

    Args:
        text: 20241120, 2024-11-20, 2024年11月20日, 11.20 (of this year), 今天, 昨天, 前天, 明天.
        today: The day that words and years are counted from.

    Raises:
        ValueError: A Chinese sentence that says what can be written.
    """
    text = text.strip()
    if not text:
        return None
    if text in _WORDS:
        return today + dt.timedelta(days=_WORDS[text])
    if len(text) == 8 and text.isdigit():
        parts = (int(text[:4]), int(text[4:6]), int(text[6:]))
    elif match := _WHOLE.fullmatch(text):
        parts = (int(match[1]), int(match[2]), int(match[3]))
    elif match := _SHORT.fullmatch(text):
        parts = (today.year, int(match[1]), int(match[2]))
    else:
        raise ValueError(f"“{text}”认不出是哪一天。可以写 2024-11-20、20241120、11.20 或“昨天”。")
    try:
        return dt.date(*parts)
    except ValueError:
        raise ValueError(f"“{text}”这一天不存在，请看看年、月、日。") from None


class DayField(TextField):
    """Stores ISO days; shows what was typed until it is understood."""

    picked = Signal(object)
    refused = Signal(str)

    def __init__(self, day: dt.date | None = None, *, parent: QWidget | None = None) -> None:
        """Show a day or nothing."""
        super().__init__("", "如 2024-11-20", parent=parent)
        self._day: dt.date | None = None
        self.set_day(day)
        self.committed.connect(self._read)

    def set_day(self, day: dt.date | None) -> None:
        """Show a stored day."""
        self._day = day
        self.set_text(day.isoformat() if day else "")

    def day(self) -> dt.date | None:
        """The day last understood."""
        return self._day

    def _read(self, text: str) -> None:
        try:
            day = read_day(text, dt.date.today())
        except ValueError as error:
            self.refused.emit(str(error))
            return
        self.set_day(day)
        self.picked.emit(day)
