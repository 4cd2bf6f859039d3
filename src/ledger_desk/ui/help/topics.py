"""Topics of the help: read from files, found by the page one is on or by words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

_NOTE = re.compile(r"<!--\s*(where|also):\s*(.*?)\s*-->")
_MARKS = re.compile(r"[`*|]|\]\([^)]*\)|\[|^#+ |^- |^\d+\. |^> ", re.MULTILINE)
_ROUND = 26  # characters shown before and after a hit
EVERYWHERE = "keyboard"
"""Topic whose first section lists the keys of every page."""


@dataclass(frozen=True)
class Topic:
    """One topic.

    Attributes:
        key: Name of its file without number and ending; links name it.
        title: Its first line.
        where: Places at which F1 opens it.
        also: Other words that find it.
        body: Its text below the first lines, see `rendering`.
    """

    key: str
    title: str
    where: tuple[str, ...]
    also: tuple[str, ...]
    body: str

    @property
    def plain(self) -> str:
        """The body without the signs that dress it, one line for each of its lines."""
        return _MARKS.sub(" ", self.body)

    def section(self, place: int) -> str:
        """One ``##`` section with its heading, counted from 0; empty when there are fewer."""
        parts = re.split(r"(?m)^(?=## )", self.body)
        sections = [part for part in parts if part.startswith("## ")]
        return sections[place].strip() if place < len(sections) else ""


@dataclass(frozen=True)
class Hit:
    """A topic in which all words were found, with the place that says most about it."""

    topic: Topic
    sentence: str


def load_topics(folder: Path) -> tuple[Topic, ...]:
    """Read all topics in the order of their file names (``20-importing.md``)."""
    return tuple(_read(path) for path in sorted(folder.glob("*.md")))


def _read(path: Path) -> Topic:
    text = path.read_text(encoding="utf-8")
    first, _, rest = text.partition("\n")
    notes = dict(_NOTE.findall(rest))
    body = _NOTE.sub("", rest).strip()
    where = tuple(word.strip() for word in notes.get("where", "").split(",") if word.strip())
    key = path.stem.partition("-")[2]
    return Topic(
        key, first.removeprefix("# ").strip(), where, tuple(notes.get("also", "").split()), body
    )


def topic_for(topics: Sequence[Topic], places: Iterable[str]) -> Topic:
    """Find the topic of the first place that has one; else the first topic of all."""
    for place in places:
        for topic in topics:
            if place in topic.where:
                return topic
    return topics[0]


def find(topics: Sequence[Topic], text: str) -> list[Hit]:
    """Find the topics that hold all words of a text, best first: title, other words, text.

    Args:
        topics: Where to look.
        text: Words with spaces between; case does not matter.
    """
    words = text.casefold().split()
    found: list[tuple[int, int, Hit]] = []
    for order, topic in enumerate(topics):
        places = (topic.title, " ".join(topic.also), topic.plain)
        whole = " ".join(places).casefold()
        if not words or not all(word in whole for word in words):
            continue
        rank = next(
            n for n, place in enumerate(places) if any(w in place.casefold() for w in words)
        )
        found.append((rank, order, Hit(topic, _around(topic.plain, words))))
    return [hit for _, _, hit in sorted(found, key=lambda each: each[:2])]


def _around(text: str, words: list[str]) -> str:
    """The line with most of the words, cut to what stands around the first of them."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    best = max(lines, key=lambda line: sum(word in line.casefold() for word in words), default="")
    spots = [spot for word in words if (spot := best.casefold().find(word)) >= 0]
    start = max(min(spots, default=0) - _ROUND, 0)
    end = start + 2 * _ROUND + 20
    return f"{'……' if start else ''}{best[start:end]}{'……' if end < len(best) else ''}"
