"""Form packages (.ldform, 表样包): own forms for other offices, as one small file.

A zip with ``package.json`` and for each form ``forms/<id>/form.toml`` and its blank. The same forms
give the same bytes. A package may come from anywhere: what is in it is looked at before any of it
is kept, and nothing of one that is not in order.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from ledger_desk import __version__
from ledger_desk.errors import UserError
from ledger_desk.exchange.definitions import Form, Forms, with_own
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.designing.keeping import put, text_of_form
from ledger_desk.reports.designing.own import OwnText, read_own
from ledger_desk.store.ledger import Ledger

SUFFIX = ".ldform"
FORMAT = 1
_ABOUT = "package.json"
_EPOCH = (2000, 1, 1, 0, 0, 0)
_MOST_FORMS, _LARGEST_FILE, _LARGEST, _LARGEST_ABOUT = 200, 40_000_000, 120_000_000, 1_000_000
_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_SHA = re.compile(r"[0-9a-f]{64}")
_NOT_ONE = "这不是完好的表样包（.ldform），没有装入。请向发来的单位重新要一份。"
Fate = Literal["add", "replace", "same"]
FATES: Mapping[Fate, str] = {"add": "新增", "replace": "代替现有的", "same": "和现有的一样"}


@dataclass(frozen=True)
class PackedForm:
    """One form of a package, and what taking it in would do."""

    form: Form
    text: str
    fate: Fate
    now: str

    @property
    def id(self) -> str:
        """Its id."""
        return self.form.id

    @property
    def title(self) -> str:
        """Its title."""
        return self.form.title


@dataclass(frozen=True)
class Package:
    """A package that is in order.

    Attributes:
        forms: Its forms.
        office: Who made it.
        day: When.
        version: Version of the program that wrote it.
    """

    forms: tuple[PackedForm, ...]
    office: str
    day: date | None
    version: str


def export(forms: Sequence[Form], office: str = "", day: date | None = None) -> bytes:
    """Pack forms; the same forms give the same bytes."""
    if not forms:
        raise UserError("没有选表样。请至少选一张再导出。")
    files: dict[str, bytes] = {}
    for form in sorted(forms, key=lambda each: each.id):
        plain = replace(form, shape=form.shape.model_copy(update={"blank": "blank.xlsx"}))
        files[f"forms/{form.id}/form.toml"] = text_of_form(plain).encode()
        files[f"forms/{form.id}/blank.xlsx"] = form.blank
    about = {
        "format": FORMAT, "program": __version__, "office": office,
        "day": day.isoformat() if day else "",
        "forms": {form.id: form.title for form in forms},
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }  # fmt: skip
    text = json.dumps(about, ensure_ascii=False, sort_keys=True, indent=1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in {_ABOUT: text.encode(), **files}.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr = 3, 0o600 << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def look(data: bytes, ledger: Ledger | None = None) -> Package:
    """Look into a package, and tell what taking it in would do; nothing is kept.

    Raises:
        UserError: It is damaged, made by a newer version, has been changed, or holds mistakes.
    """
    about, files = _unpack(data)
    base = load_forms(ledger)
    found = []
    for name in _names(about, files):
        text = OwnText(name, files[f"forms/{name}/form.toml"].decode("utf-8", "replace"),
                       files[f"forms/{name}/blank.xlsx"])  # fmt: skip
        form, wrong = read_own(text)
        if form is None:
            told = " ".join(problem.sentence() for problem in wrong[:3])
            raise UserError(f"表样包里的“{name}”有 {len(wrong)} 处不对，整包没有装入：{told}")
        found.append(_packed(form, text.definition, base))
    together = with_own(base, [(each.form, ()) for each in found])
    lost = [p for p in together.problems if p not in base.problems]
    if lost:
        told = " ".join(problem.sentence() for problem in lost[:3])
        raise UserError(f"表样包和现有的报表合不到一起，整包没有装入：{told}")
    return Package(tuple(found), _word(about, "office"), _day(about), _word(about, "program"))


def take_in(ledger: Ledger, data: bytes, only: Sequence[str] | None = None) -> tuple[str, ...]:
    """Take the forms of a package in, in one step; gives the ids of those that were new or changed.

    Args:
        ledger: Where to keep them.
        data: The package.
        only: Ids to be taken; None: all.

    Raises:
        UserError: See `look`; nothing was kept.
    """
    package = look(data, ledger)
    wanted = [f for f in package.forms if f.fate != "same" and (only is None or f.id in only)]
    if not wanted:
        return ()
    names = "、".join(f"“{each.title}”" for each in wanted[:3])
    name = f"装入表样包：{names}" + (f"等 {len(wanted)} 张" if len(wanted) > 3 else "")
    with ledger.step(name) as step:
        for each in wanted:
            note = f"表样包，{package.office or '没有写单位'}"
            source = each.form.shape.source.title
            put(step, each.id, each.title, each.text, each.form.blank, source, note)
    return tuple(each.id for each in wanted)


def _packed(form: Form, text: str, base: Forms) -> PackedForm:
    now = base.forms.get(form.id)
    if now is None:
        return PackedForm(form, text, "add", "")
    blanked = now.shape.model_copy(update={"blank": form.shape.blank})
    same = blanked == form.shape and now.blank == form.blank
    return PackedForm(form, text, "same" if same else "replace", now.title)


def _unpack(data: bytes) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Unpack with every size checked before and while it is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if len(set(names)) != len(names) or len(infos) > 2 * _MOST_FORMS + 1:
                raise UserError(_NOT_ONE)
            if sum(info.file_size for info in infos) > _LARGEST:
                raise UserError("表样包解开后太大，不像表样，没有装入。请向发来的单位核对。")
            files = {info.filename: _read(archive, info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
            ValueError) as error:  # fmt: skip
        raise UserError(_NOT_ONE) from error
    try:
        about = json.loads(files.pop(_ABOUT))
    except (KeyError, ValueError, RecursionError) as error:
        raise UserError(_NOT_ONE) from error
    if not isinstance(about, dict) or not isinstance(about.get("format"), int):
        raise UserError(_NOT_ONE)
    if about["format"] > FORMAT:
        version = _word(about, "program") or "更新"
        raise UserError(
            f"这个表样包是 {version} 版的程序做的，这个版本读不了。请先更新程序再装入。"
        )
    return about, files


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    most = _LARGEST_ABOUT if info.filename == _ABOUT else _LARGEST_FILE
    with archive.open(info) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise UserError("表样包里有太大的文件，不像表样，没有装入。请向发来的单位核对。")
    return data


def _names(about: Mapping[str, Any], files: Mapping[str, bytes]) -> list[str]:
    """Ids of the forms, once files and what is said of them agree to the byte."""
    said, forms = about.get("files"), about.get("forms")
    if not isinstance(said, dict) or not isinstance(forms, dict) or not forms:
        raise UserError(_NOT_ONE)
    wanted = {f"forms/{name}/{file}" for name in forms for file in ("form.toml", "blank.xlsx")}
    if set(said) != wanted or set(files) != wanted:
        raise UserError("表样包里的文件和它的清单对不上，没有装入。请向发来的单位重新要一份。")
    for name in forms:
        if not _ID.fullmatch(name):
            raise UserError(_NOT_ONE)
    for name, data in files.items():
        sha = said[name]
        if not isinstance(sha, str) or not _SHA.fullmatch(sha):
            raise UserError(_NOT_ONE)
        if hashlib.sha256(data).hexdigest() != sha:
            raise UserError(f"表样包里的“{name}”传输中变了样，没有装入。请向发来的单位重新要一份。")
    return sorted(forms)


def _word(about: Mapping[str, Any], key: str) -> str:
    value = about.get(key)
    return value[:60] if isinstance(value, str) else ""


def _day(about: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(_word(about, "day"))
    except ValueError:
        return None
