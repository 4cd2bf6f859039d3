"""Where each clause of the four documents is recorded and seen (`decisions.md` 40): ``clauses.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ledger_desk import paths

FILE = "clauses.toml"


@dataclass(frozen=True)
class Clause:
    """One thing of a document that an office can record or report.

    Attributes:
        number: As the document numbers it: 三（四）.
        words: What is to be done, in our own words.
        record: Table of the record.
        fields: Its fields.
        page: Key of the page where it is seen.
        form: Id of the form that reports it; '' for none.
        indicator: Id of the indicator that counts it; '' for none.
    """

    number: str
    words: str
    record: str
    fields: tuple[str, ...]
    page: str
    form: str = ""
    indicator: str = ""


@dataclass(frozen=True)
class Document:
    """One of the four documents.

    Attributes:
        key: Name in the program.
        title: Its number, or its name where it has none.
        seed: File in ``shared/seeds``.
        clauses: In the order of the document.
        nothing: Number of a section in which there is nothing to record → why.
    """

    key: str
    title: str
    seed: str
    clauses: tuple[Clause, ...]
    nothing: Mapping[str, str]


@dataclass(frozen=True)
class Clauses:
    """All documents, and the title of each page by its key."""

    documents: tuple[Document, ...]
    pages: Mapping[str, str]


def load(path: Path | None = None) -> Clauses:
    """Read the shipped file, or another one of its kind."""
    data = tomllib.loads((path or paths.resources() / FILE).read_text(encoding="utf-8"))
    documents = tuple(
        Document(
            each["key"], each["title"], each["seed"],
            tuple(Clause(**{**clause, "fields": tuple(clause["fields"])}) for clause in each["clauses"]),
            {item["number"]: item["why"] for item in each["nothing"]},
        )
        for each in data["document"]
    )  # fmt: skip
    return Clauses(documents, data["pages"])
