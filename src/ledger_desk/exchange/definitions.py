"""Forms as data: a folder with ``form.toml`` and the blank workbook becomes a `Form`.

To add a form: a folder in ``forms/``, or a record of the ledger; no Python. Mistakes never raise: each
is a sentence with its place, and a form that has any is left out while the others work.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ledger_desk import files
from ledger_desk.errors import UserError
from ledger_desk.exchange.blank_outline import outline
from ledger_desk.exchange.form_formulas import foreign_forms
from ledger_desk.exchange.form_mistakes import FormProblem, Known, find_mistakes, from_shape
from ledger_desk.exchange.form_shape import Block, Column, Due, Fixed, FormShape, Measure, Source
from ledger_desk.exchange.record_paths import instead

__all__ = [
    "Block", "Column", "Due", "Fixed", "Form", "FormProblem", "FormShape", "Forms", "Known",
    "Measure", "Source", "load_all", "load_some", "read_form", "with_own",
]  # fmt: skip

_TOML_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(frozen=True)
class Form:
    """A form that can be made: its definition and the bytes of its blank.

    Attributes:
        shape: What ``form.toml`` says.
        blank: The official empty workbook (.xlsx).
        folder: Where it was read from, for messages.
        own: It is one of the office's own (自有表样), kept in the ledger.
    """

    shape: FormShape
    blank: bytes
    folder: str
    own: bool = False

    @property
    def id(self) -> str:
        """The form's id: the name of its folder."""
        return self.shape.id

    @property
    def title(self) -> str:
        """The form's title as the document spells it."""
        return self.shape.title


@dataclass(frozen=True)
class Forms:
    """What was found: forms by id in the order of their folders, and what is wrong elsewhere."""

    forms: Mapping[str, Form]
    problems: tuple[FormProblem, ...]

    def get(self, form_id: str) -> Form:
        """Give one form.

        Raises:
            UserError: There is none, or it has mistakes (which are then told).
        """
        if form_id in self.forms:
            return self.forms[form_id]
        wrong = [problem.sentence() for problem in self.problems if problem.form == form_id]
        if wrong:
            raise UserError(
                f"报表“{form_id}”的定义有 {len(wrong)} 处要改，暂时出不了：{' '.join(wrong)}"
            )
        raise UserError(f"没有“{form_id}”这张报表。可用的有：{'、'.join(self.forms) or '（无）'}。")


def load_some(folders: Iterable[Path], known: Known, form: str) -> Forms:
    """Load one form, and all others only where it needs them: its formulas name one, or it is none.

    Args:
        folders: As for `load_all`.
        known: As for `load_all`.
        form: Id of the form.
    """
    places = list(folders)
    forms, problems = _load(places, known, form)
    own = forms.get(form)
    if own is None or problems or any(True for _ in foreign_forms(own.shape)):
        return load_all(places, known)
    return Forms(forms, ())


def load_all(folders: Iterable[Path], known: Known) -> Forms:
    """Load every form of every folder; a later folder's form replaces an earlier one of its id.

    Args:
        folders: Folders of form folders, such as ``paths.forms()``; missing ones are empty.
        known: The words a form may use (`ledger_desk.reports.vocabulary.known`).
    """
    forms, problems = _load(folders, known)
    problems.extend(_foreign(forms))
    return Forms(forms, tuple(problems))


def with_own(base: Forms, own: Iterable[tuple[Form | None, Iterable[FormProblem]]]) -> Forms:
    """Add an office's own forms; one replaces the form of its id, and none can take others away.

    An own form with mistakes is told and left out, and the form that it was to replace stays. So is one
    under whose new title another form's formulas would no longer find it.
    """
    forms, problems = dict(base.forms), list(base.problems)
    for form, wrong in own:
        problems.extend(wrong)
        if form is None:
            continue
        before = forms.get(form.id)
        trial = {**forms, form.id: form}
        renamed = before is not None and before.title != form.title
        lost = [p for p in _foreign(dict(trial)) if p.form != form.id] if renamed else []
        if before is not None and lost and lost[0].form in forms:
            why = f"“{lost[0].form}”的公式用了它原来的表名“{before.title}”，请照原名写。"
            problems.append(FormProblem(form.id, "“title”", why))
            continue
        forms = trial
        problems = [p for p in problems if p.form != form.id]
    problems.extend(_foreign(forms))
    return Forms(forms, tuple(dict.fromkeys(problems)))


def _load(
    folders: Iterable[Path], known: Known, only: str | None = None
) -> tuple[dict[str, Form], list[FormProblem]]:
    forms: dict[str, Form] = {}
    problems: list[FormProblem] = []
    for folder in folders:
        inside = sorted(folder.iterdir()) if folder.is_dir() else []
        for place in inside:
            if only not in (None, place.name) or not (place / "form.toml").is_file():
                continue
            form, wrong = _load_folder(place, known)
            if form is not None:
                forms.pop(place.name, None)
                forms[place.name] = form
                problems = [problem for problem in problems if problem.form != place.name]
            problems.extend(wrong)
    return forms, problems


def _foreign(forms: dict[str, Form]) -> list[FormProblem]:
    """Take out forms whose formulas name forms that there are not."""
    wrong: list[FormProblem] = []
    known = set(forms) | {form.title for form in forms.values()}
    for form in list(forms.values()):
        own = [
            FormProblem(form.id, place, f"没有“{name}”这张报表{instead(name, sorted(known))}。")
            for place, name in foreign_forms(form.shape)
            if name not in known
        ]
        if own:
            del forms[form.id]
            wrong.extend(own)
    return wrong


def _load_folder(folder: Path, known: Known) -> tuple[Form | None, list[FormProblem]]:
    name = folder.name
    try:
        definition = (folder / "form.toml").read_bytes()
    except OSError as error:
        return None, [
            FormProblem(name, "form.toml", f"读不出来：{files.reason(error)}。请检查文件夹的权限。")
        ]

    def blank_of(file: str) -> bytes:
        place = folder / file
        if Path(file).name != file or not place.is_file():
            raise UserError(f"文件夹里没有空白表“{file}”。请把它放到 form.toml 旁边。")
        return place.read_bytes()

    return read_form(name, definition, blank_of, known, str(folder))


def read_form(
    name: str, definition: bytes, blank_of: Any, known: Known, folder: str = ""
) -> tuple[Form | None, list[FormProblem]]:
    """Read one form from its two files, wherever they are kept.

    Args:
        name: Id that the form must have.
        definition: Bytes of ``form.toml``.
        blank_of: Gives the bytes of a blank by its file name; raises `UserError`.
        known: The words a form may use.
        folder: Where the files are kept, for messages.

    Returns:
        The form, or None with at least one problem.
    """
    try:
        data = tomllib.loads(definition.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return None, [
            FormProblem(name, _toml_place(error), "不合 TOML 的写法，请检查引号、括号和等号。")
        ]
    shape, problems = _to_shape(name, data)
    if shape is None:
        return None, problems
    if shape.id != name:
        problems.append(FormProblem(name, "“id”", f"写的是“{shape.id}”，要与文件夹同名“{name}”。"))
    blank, sheets = b"", None
    try:
        blank = blank_of(shape.blank)
        sheets = outline(blank)
    except UserError as error:
        problems.append(FormProblem(name, "“blank”", str(error)))
    problems.extend(find_mistakes(shape, known, sheets))
    problems = list(dict.fromkeys(problems))
    return (None, problems) if problems else (Form(shape, blank, folder), [])


def _toml_place(error: Exception) -> str:
    found = _TOML_PLACE.search(str(error))
    if found is None:
        return "整个文件"
    return f"第 {found[1]} 行第 {found[2]} 列" if found[1] else "文件末尾"


def _to_shape(name: str, data: dict[str, Any]) -> tuple[FormShape | None, list[FormProblem]]:
    """Validate; parts with mistakes are taken out and the rest tried, so that all are told at once."""
    problems: list[FormProblem] = []
    rest = copy.deepcopy(data)
    for turn in range(20):
        try:
            return FormShape.model_validate(rest), problems
        except ValidationError as error:
            found = error.errors(include_url=False)
        # Later turns see what was hidden behind the first mistakes, and also what only taking
        # parts out has brought about (an empty list): the latter is no mistake of the author.
        told = [e for e in found if turn == 0 or (e["type"] == "value_error" and e["loc"])]
        problems.extend(from_shape(name, (dict(item) for item in told)))
        places = {_removable(tuple(item["loc"]), str(item["type"])) for item in found}
        if None in places:
            break
        for place in sorted((p for p in places if p), key=repr, reverse=True):
            _take_out(rest, place)
    return None, list(dict.fromkeys(problems))


def _removable(loc: tuple[Any, ...], kind: str) -> tuple[Any, ...] | None:
    """What to leave out so that the rest can be judged: an unknown key, or the list item around."""
    if kind == "extra_forbidden":
        return loc
    indexes = [place for place, step in enumerate(loc) if isinstance(step, int)]
    return loc[: indexes[-1] + 1] if indexes else None


def _take_out(data: Any, place: tuple[Any, ...]) -> None:
    for step in place[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    try:
        del data[place[-1]]
    except (KeyError, IndexError, TypeError):
        return
