"""One formula of a form: read once, worked out for each row, said with its values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from ledger_desk.model.formulas.evaluating import Evaluator, Lookup
from ledger_desk.model.formulas.mistakes import FormulaMistake
from ledger_desk.model.formulas.parsing import read
from ledger_desk.model.formulas.pointing import PLACE
from ledger_desk.model.formulas.references import Reference
from ledger_desk.model.formulas.saying import Show, Speaker
from ledger_desk.model.formulas.tree import Call, Look, Node, sort_of, walk
from ledger_desk.model.formulas.values import Value
from ledger_desk.model.formulas.words import plain_name

_EXACTLY = Decimal(0)


@dataclass(frozen=True)
class Formula:
    """A formula that has been read.

    Attributes:
        text: As it was written.
        references: What it looks up, each once, in the order of writing.
        is_check: It says yes or no (审核公式); else it gives a value (computed column).
        asks_blank: It names 空 (ISBLANK), and so says something about empty cells too.
    """

    text: str
    references: tuple[Reference, ...]
    is_check: bool
    asks_blank: bool
    _tree: Node = field(repr=False)

    def evaluate(self, lookup: Lookup, tolerance: Decimal = _EXACTLY) -> Value:
        """Work the formula out.

        Args:
            lookup: Where its cells are.
            tolerance: Numbers that differ by no more than this are equal in comparisons: half a
                unit of the last place that is shown, where the numbers are rounded.

        Returns:
            A number, a text, or for a check True or False; None is empty (shown as —), and for a
            check: there is nothing to say, since a side is empty.

        Raises:
            FormulaMistake: A cell holds text where a number is wanted, or a number grew beyond
                10^24: a Chinese sentence with the place in the formula.
        """
        return Evaluator(lookup, tolerance).value(self._tree)

    def holds(self, lookup: Lookup, tolerance: Decimal = _EXACTLY) -> bool:
        """Whether a check passes; empty sides pass silently.

        Raises:
            FormulaMistake: As for `evaluate`.
        """
        return self.evaluate(lookup, tolerance) is not False

    def said(self, lookup: Lookup, show: Show | None = None) -> str:
        """Say the formula with the live values: ``授信金额 120.00 ≤ 申报金额 100.00``.

        Args:
            lookup: Where its cells are.
            show: How a looked-up value is written; by default as it is, — for an empty cell.
        """
        return Speaker(Evaluator(lookup, _EXACTLY), show).say(self._tree)

    @property
    def words(self) -> str:
        """The formula in words, without values: ``授信金额 ≤ 申报金额``."""
        return Speaker(None, None).say(self._tree)


def parse(text: str, names: Mapping[str, str] | None = None) -> Formula:
    """Read a formula.

    Args:
        text: As it was written in the form's file.
        names: Headings of the form's columns → column letters (or a cell): ``{"授信金额": "F"}``.

    Raises:
        FormulaMistake: A Chinese sentence: the place, what is wrong, what to write instead.
        ValueError: ``names`` gives something that is no column: the caller's mistake.
    """
    known: dict[str, str | None] = {}
    labels: dict[str, str] = {}
    for label, place in (names or {}).items():
        if not PLACE.fullmatch(place):
            raise ValueError(f"{place!r} is no column")
        plain = plain_name(label)
        # Two headings that differ only in blanks or width: neither may be meant by chance.
        known[plain] = place if known.get(plain, place) == place else None
        labels.setdefault(place, label)
    known.pop("", None)
    try:
        tree = read(text, known, labels)
    except RecursionError:  # pragma: no cover - the caller's own stack was all but used up
        raise FormulaMistake(1, "公式套得太深，请拆成几条写") from None
    looked = [node.reference for node in walk(tree) if isinstance(node, Look)]
    blank = any(isinstance(node, Call) and node.function == "空" for node in walk(tree))
    return Formula(text, tuple(dict.fromkeys(looked)), sort_of(tree) == "check", blank, tree)
