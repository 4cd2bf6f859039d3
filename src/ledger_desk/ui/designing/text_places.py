"""Places of a printed text as a person reads them: 【填报单位】 instead of ``{office}``."""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.reports.designing.choices import TEXTS

SAID: Mapping[str, str] = {
    "{office}": "【填报单位】", "{period}": "【期别】", "{start}": "【期初日】", "{end}": "【截止日】",
    "{year}": "【年】", "{month}": "【月】", "{since}": "【启动日】", "{person}": "【填表人】",
    "{checked}": "【审核人】", "{headed}": "【负责人】",
}  # fmt: skip


def places() -> list[tuple[str, str]]:
    """What can be put into a text: how it reads, and what is written there."""
    return [(SAID.get(code, code), said) for code, said in TEXTS]


def shown(text: str) -> str:
    """Give a text of a form as a person reads it."""
    for code, said in SAID.items():
        text = text.replace(code, said)
    return text


def meant(text: str) -> str:
    """Give back the text of the form."""
    for code, said in SAID.items():
        text = text.replace(said, code)
    return text
