"""What the rules of `model.review` ask of applications, read for any number of them in a few selects."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ledger_desk.model import lending, review
from ledger_desk.model.fields import FieldSpec, field_map, fields_of
from ledger_desk.model.lending import Lenders
from ledger_desk.model.records import Application, Bank, Check, Enterprise, Referral, Review
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.store import lending as loans
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.parameters import Parameters, most_lenders

# What a review freezes: the application but for its state and remarks, and the firm's key facts.
_NOT_FROZEN = frozenset(
    ["state", "state_on", "listed_on", "recommended_on", "batch", "outside_bank", "left_on", "left_why", "note"]
)  # fmt: skip
_FIRM = ("name", "code", "kind", "person", "township", "place", "industry", "staff", "revenue")
FROZEN: tuple[FieldSpec, ...] = tuple(
    spec for spec in fields_of(Application) if spec.name not in _NOT_FROZEN
)
FIRM: tuple[FieldSpec, ...] = tuple(field_map(Enterprise)[name] for name in _FIRM)
_APPLICATION, _ENTERPRISE, _NAMES = "申报", "主体", "名称"


@dataclass(frozen=True)
class Frozen:
    """An application as it stood: the text that is kept, and its short fingerprint."""

    text: str

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits, printed on the signing sheet."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()[:16].upper()


class Cases:
    """Applications with their firms, banks, checks and reviews, as they are in one picture."""

    def __init__(self, rows: Rows, applications: Iterable[Application]) -> None:
        """Read what belongs to some applications."""
        self._rows = rows
        self.all: dict[str, Application] = {each.id: each for each in applications}

    @classmethod
    def of(cls, rows: Rows, ids: Sequence[str]) -> Cases:
        """Read applications by id; those that are not live are left out."""
        found = rows.many(Application, list(dict.fromkeys(ids)))
        return cls(rows, [found[each] for each in dict.fromkeys(ids) if each in found and not found[each].removed])  # fmt: skip

    @cached_property
    def firms(self) -> dict[str, Enterprise]:
        """Their firms by id."""
        return self._rows.many(Enterprise, sorted({a.enterprise for a in self.all.values() if a.enterprise}))  # fmt: skip

    @cached_property
    def banks(self) -> dict[str, Bank]:
        """Their intended banks by id."""
        found = {bank for a in self.all.values() for bank in banks_of(a)}
        return self._rows.many(Bank, sorted(found))

    @cached_property
    def reviews(self) -> dict[str, list[Review]]:
        """What was said of each, the oldest first."""
        found: dict[str, list[Review]] = {}
        for each in self._among(Review):
            found.setdefault(each.application or "", []).append(each)
        return found

    @cached_property
    def checks(self) -> dict[str, dict[str, Check]]:
        """The latest answer to each item, by application."""
        found: dict[str, dict[str, Check]] = {}
        for each in sorted(self._among(Check), key=lambda c: c.day or date.min):
            found.setdefault(each.application or "", {})[each.item or ""] = each
        return found

    @cached_property
    def running(self) -> dict[str, dict[str, frozenset[str]]]:
        """By firm: id of each application under review → its banks."""
        where = (
            Where("enterprise", "in", tuple(self.firms)),
            Where("state", "in", review.WAITING),
        )
        found: dict[str, dict[str, frozenset[str]]] = {}
        for each in self._rows.find(Query(Application, where)):
            found.setdefault(each.enterprise or "", {})[each.id] = frozenset(banks_of(each))
        return found

    @cached_property
    def _numbers(self) -> dict[str, str]:
        ids = [each for some in self.running.values() for each in some]
        return {key: a.no or "另一笔申报" for key, a in self._rows.many(Application, ids).items()}

    @cached_property
    def decided(self) -> dict[str, bool]:
        """By application that was pushed: whether all its banks said no or the firm gave up."""
        found = self._among(Referral)
        said = self._rows.beside(Referral, [each.id for each in found])
        gathered: dict[str, list[str]] = {}
        for each in found:
            gathered.setdefault(each.application or "", []).append(
                str(said.get(each.id, {}).get("decision") or "")
            )
        return {
            key: all(word in ("不予授信", "企业放弃") for word in some)
            for key, some in gathered.items()
        }

    def _among(self, cls: type) -> list:  # type: ignore[type-arg]
        where = Where("application", "in", tuple(self.all))
        return self._rows.find(Query(cls, (where,)))

    def note_running(self, application: Application) -> None:
        """One has just been put on the list: the next one of the same firm is judged with it."""
        self._numbers[application.id] = application.no or "另一笔申报"
        some = self.running.setdefault(application.enterprise or "", {})
        some[application.id] = frozenset(banks_of(application))

    def title(self, application: Application) -> str:
        """What to call one in a sentence: firm and number."""
        firm = self.firms.get(application.enterprise or "")
        return " ".join(p for p in (firm.title if firm else "", application.no or "") if p) or "未命名融资申报"  # fmt: skip

    def case(self, application: Application) -> review.Case:
        """Give what the rules ask of one."""
        said = self.reviews.get(application.id, [])
        others = self.running.get(application.enterprise or "", {})
        sheet = sheet_of(said)
        return review.Case(
            application.state,
            application.amount,
            application.purpose,
            banks_of(application),
            {key: bank.short or bank.title for key, bank in self.banks.items()},
            {name: getattr(application, name) for name in CRITERIA},
            {self._numbers[key]: some for key, some in others.items() if key != application.id},
            {item: each.result or "" for item, each in self.checks.get(application.id, {}).items()},
            application.entered_by,
            max((each.day for each in said if each.day), default=None),
            self.decided.get(application.id),
            sheet,
            self.altered(application, said[-1]) if sheet and said else (),
        )

    def frozen(self, application: Application) -> Frozen:
        """Give an application as it stands now, as text that is kept."""
        firm = self.firms.get(application.enterprise or "")
        own = {s.name: _text(s, getattr(application, s.name)) for s in FROZEN}
        facts = {s.name: _text(s, getattr(firm, s.name)) for s in FIRM} if firm else {}
        names = {key: self.banks[key].title for key in banks_of(application) if key in self.banks}
        told = {
            _APPLICATION: {k: v for k, v in own.items() if v},
            _ENTERPRISE: {k: v for k, v in facts.items() if v},
            _NAMES: names,
        }
        return Frozen(json.dumps(told, ensure_ascii=False, separators=(",", ":")))

    def altered(self, application: Application, said: Review) -> tuple[str, ...]:
        """Labels of what differs from the version that a review froze."""
        if said.frozen is None or self.frozen(application).fingerprint == said.fingerprint:
            return ()
        return differences(said.frozen, self.frozen(application).text)

    def lenders(self, intended: bool = True) -> dict[str, Lenders]:
        """How many banks lend to each one's firm, the intended ones included (`decisions.md` 23)."""
        lent = loans.read(self._rows.connection, list(self.firms))
        most = most_lenders(self._rows)
        found = {}
        for each in self.all.values():
            firm = self.firms.get(each.enterprise or "")
            known = lent.get(each.enterprise or "")
            found[each.id] = lending.lenders(
                known.loans if known else (), firm.kind if firm else None,
                own=firm.lenders_set if firm else None, note=firm.lenders_note if firm else None,
                intended=banks_of(each) if intended else (), most=most,
            )  # fmt: skip
        return found


def banks_of(application: Application) -> tuple[str, ...]:
    """Ids of the intended banks."""
    return tuple(bank for bank in (application.bank1, application.bank2) if bank)


def sheet_of(said: Sequence[Review]) -> str:
    """Number of the signing sheet on which the present round stands; '' before it is printed."""
    last = said[-1] if said else None
    passed = last is not None and last.verdict == review.PASSED
    return (
        last.sheet or "" if last is not None and passed and last.level == review.BY_LEADER else ""
    )


def differences(before: str, after: str) -> tuple[str, ...]:
    """Labels of the fields in which two frozen texts differ."""
    old, new = thaw(before), thaw(after)
    labels: list[str] = []
    for part, specs in ((_APPLICATION, FROZEN), (_ENTERPRISE, FIRM)):
        one, other = old.get(part, {}), new.get(part, {})
        labels += [spec.label for spec in specs if one.get(spec.name) != other.get(spec.name)]
    if not labels and old.get(_NAMES) != new.get(_NAMES):
        labels.append("银行名称")
    return tuple(labels)


def thaw(text: str | None) -> Mapping[str, Mapping[str, str]]:
    """Read what a review froze: part → field → text; empty where it cannot be read."""
    try:
        told = json.loads(text or "{}")
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def rules_of(parameters: Parameters) -> review.Rules:
    """The switches of the office."""
    return review.Rules(
        separation=bool(parameters["review.separation"]),
        banker_alone=bool(parameters["review.banker_alone"]),
        without_checks=bool(parameters["review.checks_needed"]),
    )


def _text(spec: FieldSpec, value: object) -> str:
    return "" if value is None else spec.kind.show(value)
