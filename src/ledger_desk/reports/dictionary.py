"""口径词典: every indicator once, with the parameters that it depends on and the forms that use it.

Nothing here is written by hand: parameters are read off the SQL that counts (`counting.asked`), forms
off their definitions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ledger_desk.exchange.definitions import Block, Form, Forms
from ledger_desk.exchange.form_shape import FormShape
from ledger_desk.exchange.record_paths import resolve, table_of
from ledger_desk.model.finder import Finder
from ledger_desk.model.parameters import Parameter
from ledger_desk.model.work_parameters import PARAMETERS
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.firm_sets import pieces_of
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import INDICATORS, find_indicator, splits_of
from ledger_desk.store.counting import asked
from ledger_desk.store.counting.splitting import SPLITS

_KINDS: Mapping[str, str] = {
    "firms": "户数：一户只算一次", "events": "笔数：一条记录算一个", "amount": "合计：逐笔相加",
    "mean": "加权平均：按金额加权", "set": "户数：几份名单相交", "ratio": "比例", "figure": "填报数",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One indicator as the dictionary shows it.

    Attributes:
        indicator: The indicator.
        splits: What it can be split by, in words.
        parameters: What the office may decide otherwise and it depends on.
        forms: (id, title) of the forms that show it.
    """

    indicator: Indicator
    splits: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    forms: tuple[tuple[str, str], ...]

    @property
    def made(self) -> str:
        """How the number comes about, in words."""
        return made_of(self.indicator)

    @property
    def measures(self) -> tuple[str, ...]:
        """Its measures, comparing ones last."""
        return (*self.indicator.measures, *self.indicator.compared)


def made_of(spec: Indicator) -> str:
    """Say how a number comes about: counted, added up, divided, or reported."""
    if spec.kind == "ratio":
        top, bottom = (find_indicator(each).label for each in (spec.top, spec.bottom))
        return f"{top} ÷ {bottom}"
    return _KINDS[spec.kind]


def parameters_of(spec: Indicator) -> dict[str, bool]:
    """Give the keys of the parameters that a number depends on, as `asked.parameters_of` does."""
    if spec.kind == "figure":
        return {}
    if spec.kind == "ratio":
        pair = (find_indicator(spec.top), find_indicator(spec.bottom))
        return _joined([parameters_of(each) for each in pair])
    kinds = pieces_of(spec.made) if spec.kind == "set" else (spec.events,)
    return _joined([asked.parameters_of(each) for each in kinds])


def dependents_of(key: str) -> tuple[Indicator, ...]:
    """Give the indicators that depend on a parameter."""
    return tuple(each for each in INDICATORS.values() if key in parameters_of(each))


def entries(forms: Forms, progress: Progress = silent) -> tuple[Entry, ...]:
    """Give the whole dictionary in the order of the registry."""
    using: dict[str, list[tuple[str, str]]] = {}
    for form in forms.forms.values():
        for name in sorted(indicators_in(form.shape)):
            using.setdefault(name, []).append((form.id, form.title))
    found = []
    for place, spec in enumerate(INDICATORS.values()):
        progress(place, len(INDICATORS), "正在读口径")
        keys = parameters_of(spec)
        found.append(
            Entry(
                spec,
                tuple(words for key, words in SPLITS.items() if key in splits_of(spec)),
                tuple(each for each in PARAMETERS if each.key in keys),
                tuple(using.get(spec.id, ())),
            )
        )
    return tuple(found)


def indicators_in(shape: FormShape) -> frozenset[str]:
    """Give the ids of the indicators that a form shows."""
    found = [each.indicator for each in shape.cell]
    for block in shape.block:
        found += [block.indicator, *(each.indicator for each in block.row)]
        found += [each.indicator for each in block.column]
    return frozenset(each for each in found if each)


def parameters_in(form: Form) -> dict[str, bool]:
    """Give the parameters that a form depends on: of its indicators and of its computed columns."""
    found = [parameters_of(find_indicator(each)) for each in indicators_in(form.shape)]
    found += [_columns_of(block) for block in form.shape.block]
    return _joined(found)


def _columns_of(block: Block) -> dict[str, bool]:
    """Parameters of the computed columns that a list of records shows, asks for or is sorted by."""
    if block.of is None:
        return {}
    cls = table_of(block.of)
    asked_for = [each.field for each in block.column if each.field not in (None, "number")]
    asked_for += _fields_of(block.where)
    asked_for += [each.removeprefix("-") for each in block.sort]
    found = []
    for path in asked_for:
        try:
            end = resolve(cls, str(path))
        except ValueError:  # said among the form's mistakes already
            continue
        found.append(asked.parameters_of_column(end.table, end.path.rpartition(".")[2]))
    return _joined(found)


def _fields_of(where: Sequence[Sequence[object]]) -> list[str]:
    """Fields of conditions; ``["any", [...], [...]]`` holds further ones."""
    found: list[str] = []
    for each in where:
        if each and each[0] == "any":
            found += _fields_of([some for some in each[1:] if isinstance(some, list | tuple)])
        elif each:
            found.append(str(each[0]))
    return found


def _joined(parts: Sequence[Mapping[str, bool]]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for part in parts:
        for key, today in part.items():
            found[key] = found.get(key, False) or today
    return found


class Search:
    """Finds entries by name, pinyin or initials, and by words of their text, clause and forms."""

    def __init__(self, found: Sequence[Entry]) -> None:
        """Search in entries."""
        self._entries = tuple(found)
        self._names = Finder([(each.indicator.id, each.indicator.label) for each in found])
        self._texts = [_words(each).casefold() for each in found]

    def find(self, text: str) -> list[Entry]:
        """Give those that a text finds, those found by name first; all for an empty text."""
        wanted = text.casefold().split()
        if not wanted:
            return list(self._entries)
        named = self._names.find(text.strip(), len(self._entries))
        told = [
            place for place, said in enumerate(self._texts) if all(word in said for word in wanted)
        ]
        return [self._entries[place] for place in dict.fromkeys([*named, *told])]


def _words(entry: Entry) -> str:
    spec = entry.indicator
    parts = (
        spec.id, spec.label, spec.unit, spec.text, spec.clause, entry.made, *spec.measures,
        *(each.label for each in entry.parameters), *(title for _, title in entry.forms),
    )  # fmt: skip
    return "　".join(parts)
