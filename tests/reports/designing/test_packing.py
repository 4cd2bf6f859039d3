"""Form packages: the same bytes, a look before anything is kept, and nothing of a hostile one."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger_desk.errors import UserError
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.designing.draft import draft_from, form_of
from ledger_desk.reports.designing.keeping import keep
from ledger_desk.reports.designing.packing import export, look, take_in
from tests.reports.designing.making import new_ledger

BUILT_IN = load_forms().forms
DAY = date(2024, 12, 1)
MINE = form_of(replace(draft_from(BUILT_IN["campaign"]), id="mine", title="我县的表"))


def packed() -> bytes:
    return export([MINE, BUILT_IN["results"]], "新县专班", DAY)


def test_the_same_forms_give_the_same_bytes_and_come_back_the_same(tmp_path: Path) -> None:
    data = packed()
    assert data == export([BUILT_IN["results"], MINE], "新县专班", DAY)
    with new_ledger(tmp_path / "甲.账套") as ledger:
        seen = look(data, ledger)
        assert [(f.id, f.fate, f.now) for f in seen.forms] == [
            ("mine", "add", ""), ("results", "same", BUILT_IN["results"].title),
        ]  # fmt: skip
        assert (seen.office, seen.day) == ("新县专班", DAY)
        assert take_in(ledger, data) == ("mine",)
        assert ledger.undo_name() == "装入表样包：“我县的表”"
        kept = load_forms(ledger).forms["mine"]
        assert (kept.shape, kept.blank, kept.own) == (MINE.shape, MINE.blank, True)
        assert take_in(ledger, data) == ()
        keep(ledger, replace(draft_from(MINE), title="改过的表"))
        assert [f.fate for f in look(data, ledger).forms] == ["replace", "same"]
        assert take_in(ledger, data, only=["results"]) == ()
        assert take_in(ledger, data, only=["mine"]) == ("mine",)
        ledger.undo()
        assert load_forms(ledger).forms["mine"].title == "改过的表"
    every = export(list(BUILT_IN.values()))
    assert {f.fate for f in look(every).forms} == {"same"}
    with pytest.raises(UserError, match="至少选一张"):
        export([])


def unpacked() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(change: Callable[[dict[str, bytes], dict[str, Any]], None]) -> bytes:
    """A package with something changed; what is said of its files is brought in line."""
    files = unpacked()
    about = json.loads(files.pop("package.json"))
    change(files, about)
    known = {n: hashlib.sha256(d).hexdigest() for n, d in files.items()}
    about["files"] = {**known, **about.pop("said", {})}
    return zipped({"package.json": json.dumps(about).encode(), **files})


def bomb(files: dict[str, bytes], about: dict[str, Any]) -> None:
    files["forms/mine/blank.xlsx"] = bytes(60_000_000)


def wrong_definition(files: dict[str, bytes], about: dict[str, Any]) -> None:
    files["forms/mine/form.toml"] = files["forms/mine/form.toml"].replace(
        b"campaign_firms", b"nosuch"
    )


def traversal(files: dict[str, bytes], about: dict[str, Any]) -> None:
    for name in ("form.toml", "blank.xlsx"):
        files[f"forms/../../x/{name}"] = files.pop(f"forms/mine/{name}")
    about["forms"] = {"../../x": "x", "results": "y"}


def newer(files: dict[str, bytes], about: dict[str, Any]) -> None:
    about |= {"format": 99, "program": "9.9"}


def other_bytes(files: dict[str, bytes], about: dict[str, Any]) -> None:
    about["said"] = {"forms/mine/form.toml": "0" * 64}


def one_more(files: dict[str, bytes], about: dict[str, Any]) -> None:
    files["autorun.exe"] = b"MZ"


def one_less(files: dict[str, bytes], about: dict[str, Any]) -> None:
    del files["forms/mine/blank.xlsx"]


def no_workbook(files: dict[str, bytes], about: dict[str, Any]) -> None:
    files["forms/mine/blank.xlsx"] = b"PK\x03\x04 no workbook"


def other_id(files: dict[str, bytes], about: dict[str, Any]) -> None:
    files["forms/mine/form.toml"] = files["forms/mine/form.toml"].replace(
        b'"mine"', b'"results"', 1
    )


def strange_shas(files: dict[str, bytes], about: dict[str, Any]) -> None:
    about["said"] = {"forms/mine/form.toml": ["a"]}


def test_a_hostile_package_is_refused_in_a_sentence_and_nothing_of_it_is_kept(
    tmp_path: Path,
) -> None:
    doubled = io.BytesIO(packed())
    with zipfile.ZipFile(doubled, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("package.json", b"{}")
    cases: list[tuple[bytes, str]] = [
        (b"", "不是完好的表样包"), (b"PK\x05\x06" + bytes(18), "不是完好的表样包"),
        (packed()[:-200], "不是完好的表样包"), (zipped({"a.txt": b"x"}), "不是完好的表样包"),
        (zipped({"package.json": b"[" * 100_000}), "不是完好的表样包"),
        (zipped({"package.json": b'{"format": "1"}'}), "不是完好的表样包"),
        (doubled.getvalue(), "不是完好的表样包"),
        (changed(bomb), "太大"), (changed(newer), "9.9 版的程序做的"), (changed(traversal), "不是完好的表样包"),
        (changed(other_bytes), "传输中变了样"), (changed(one_more), "清单对不上"), (changed(one_less), "清单对不上"),
        (changed(strange_shas), "不是完好的表样包"), (changed(no_workbook), "处不对，整包没有装入"),
        (changed(wrong_definition), "没有“nosuch”这个指标"), (changed(other_id), "处不对，整包没有装入"),
    ]  # fmt: skip
    with new_ledger(tmp_path / "乙.账套") as ledger:
        before = ledger.head()
        for data, sentence in cases:
            with pytest.raises(UserError) as told:
                take_in(ledger, data)
            assert sentence in str(told.value), sentence
            assert len(str(told.value)) < 600
        assert ledger.head() == before
        assert load_forms(ledger).forms.keys() == BUILT_IN.keys()
