"""What a list says of itself: how it is sorted, and why nothing was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger_desk.progress import Progress
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.grid_rows import GridColumn, Order


def order_words(order: Order, columns: Sequence[GridColumn]) -> str:
    """Say how the list is sorted: ``排序：乡镇从小到大、注册资本(万元)从大到小``."""
    titles = {column.key: column.title for column in columns}
    words = "、".join(
        f"{titles.get(key, '')}{'从大到小' if down else '从小到大'}" for key, down in order
    )
    return f"排序：{words}" if words else ""


@dataclass(frozen=True)
class Wording:
    """Why nothing was found, and which condition to take away.

    Attributes:
        name: What is listed: 经营主体, 贷款.
        noun: Measure word of one.
        whole: All there are would be shown, were it not for text and conditions.
        said: Sentence of the view when it is empty by itself.
        hint: What can be typed into the search box.
        text: Search text.
        words: Each condition in words, by field.
        query: Gives what is shown, or what would be without the text (``text=False``) or without
            the conditions on one field (``without=``).
    """

    name: str
    noun: str
    whole: bool
    said: str
    hint: str
    text: str
    words: Mapping[str, str]
    query: Callable[..., Query[Any]]

    def sentence(self, ledger: Ledger) -> str:
        """Say why; looks how many there would be without each of the conditions."""
        if not self.words:
            return self.first_words()
        counts = [
            (ledger.count(self.query(without=field)), said) for field, said in self.words.items()
        ]
        if self.text:
            counts.append((ledger.count(self.query(text=False)), self.text))
        most, said = max(counts)
        return self.first_words() + (f"去掉“{said}”有 {most:,} {self.noun}。" if most else "")

    def first_words(self) -> str:
        """Say what can be said without a look."""
        said = [*self.words.values(), *([self.text] if self.text else [])]
        if not said:
            return self.said or f"这个视图里没有{self.name}。"
        if not self.words:
            return f"没有找到“{self.text}”。{self.hint}"
        if len(said) > 1:
            return f"没有同时符合这 {len(said)} 个条件的{self.name}。"
        return f"{'' if self.whole else '这个视图里'}没有“{said[0]}”的{self.name}。"


def said_of_nothing(wording: Wording, ledger: Ledger, _progress: Progress) -> tuple[Wording, str]:
    """Work for a reading job: why nothing was found."""
    return wording, wording.sentence(ledger)
