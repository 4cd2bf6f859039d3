"""What a condition can be about: a column in words, how its values are read, written and listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, Protocol

from ledger_desk.model import money
from ledger_desk.model.fields import Record
from ledger_desk.store.queries import Where
from ledger_desk.ui.lists.fields import ShownField, shown_field
from ledger_desk.ui.lists.filters import Wheres
from ledger_desk.ui.records.dictionaries import divisions, industry_item

Way = Literal["text", "range", "values"]
Said = Callable[[Any], str]
_RANGES = ("money", "day", "whole", "year", "quantity", "month", "rate", "figure")
_CODED = ("division", "industry", "reference", "choice", "yes_no")
_NAMED = 2


class Value(NamedTuple):
    """One value of a column: as the ledger has it (None: blank), in words, and how many rows have it."""

    value: Any
    text: str
    rows: int


@dataclass(frozen=True)
class Subject:
    """A column that conditions can be set on.

    Attributes:
        field: Name in conditions.
        title: What it is called.
        way: What can be asked besides its values: words in a text, a range, or nothing.
        parse: Text that somebody typed to a value; ValueError with a sentence.
        show: A value in words.
        hint: What to type, as an example.
        several: A record may have several of the values: it has one of them, or none.
    """

    field: str
    title: str
    way: Way
    parse: Callable[[str], Any]
    show: Callable[[Any], str]
    hint: str = ""
    several: bool = False


class Subjects(Protocol):
    """What the header and the chips of a list ask about its columns."""

    def subject(self, field: str) -> Subject | None:
        """What a column can be asked; None where nothing can."""
        ...

    def values(self, field: str, done: Callable[[Sequence[Value], bool], None]) -> None:
        """Look the values of a column up among the rows of all other conditions.

        ``done`` gets them, commonest first, and whether there are more than those.
        """
        ...

    def words(self, values: Sequence[Any], field: str) -> list[str]:
        """Several values in words."""
        ...


def subject_of(cls: type[Record], field: str, title: str = "") -> Subject:
    """Make the subject of a field of a record class.

    Raises:
        KeyError: There is no such field any more.
    """
    found = shown_field(cls, field)
    name = found.kind.name
    way: Way = "range" if name in _RANGES else "values" if name in _CODED else "text"
    return Subject(
        field, title or found.label, way, _reader(found), _shower(found), _hint(name),
        found.several,
    )  # fmt: skip


def _reader(field: ShownField) -> Callable[[str], Any]:
    unit = "万元" if field.kind.name == "money" else None
    return lambda text: field.kind.parse(text, unit)


def _shower(field: ShownField) -> Callable[[Any], str]:
    name = field.kind.name
    shown: dict[str, Said] = {
        "money": money.exact_wan,
        "division": lambda code: divisions().get(code, code),
        "industry": lambda code: industry_item(code).text,
        "day": lambda day: day.isoformat() if isinstance(day, date) else str(day),
    }
    show = shown.get(name, field.kind.show)
    return lambda value: "空白" if value is None or value == "" else show(value)


def _hint(kind: str) -> str:
    return {"money": "万元，例如 50", "day": "例如 2024-11-20", "year": "例如 2024"}.get(
        kind, "例如 10"
    )


def in_words(subject: Subject, wheres: Wheres, names: Callable[[Sequence[Any]], list[str]]) -> str:
    """Say the conditions on a column: ``新集镇、沙窝镇``, ``10.00—50.00``, ``含“茶”``, ``空白``."""
    return "，".join(_one(subject, where, names) for where in wheres)


def _one(subject: Subject, where: Where, names: Callable[[Sequence[Any]], list[str]]) -> str:
    value = where.value
    if where.op in ("in", "notin"):
        said = names(value[:_NAMED])
        many = f"{'、'.join(said)}等 {len(value)} 个" if len(value) > _NAMED else "、".join(said)
        if subject.several:
            return f"有{many}" if where.op == "in" else f"没有{many}"
        return many if where.op == "in" else f"除了{many}"
    if where.op == "between":
        low, high = value
        if low is None:
            return f"到 {subject.show(high)}"
        return (
            f"从 {subject.show(low)}"
            if high is None
            else f"{subject.show(low)}—{subject.show(high)}"
        )
    texts = {"contains": "含", "like": "含", "lacks": "不含", "starts": "开头是", "ends": "结尾是"}
    if where.op in texts:
        return f"{texts[where.op]}“{value}”"
    blanks = {"blank": "空白", "null": "空白", "notblank": "非空白", "notnull": "非空白"}
    if where.op in blanks:
        return blanks[where.op]
    signs = {"=": "", "!=": "不是", "<": "小于 ", "<=": "不超过 ", ">": "大于 ", ">=": "不小于 "}
    return f"{signs.get(where.op, where.op)}{subject.show(value)}"
