"""What the ledger knows of firms, topic by topic, each kind of record read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from ledger_desk.exchange.looking_up import by_value
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import (
    BY_TABLE,
    Associate,
    Credit,
    Enterprise,
    Matching,
    Tagging,
    Visit,
)
from ledger_desk.reports.filling.derived import of_firm, of_visits
from ledger_desk.reports.filling.lent import Lent, answer_drawdowns, answer_loans, read_lent
from ledger_desk.reports.filling.reached import REACHED, Reached
from ledger_desk.reports.filling.topic import Answer, Topic
from ledger_desk.store.queries import Rows

Answers = Mapping[str, Answer]
_EMPTY = "账上没有填这一项"
_OWNERS = ("法定代表人", "经营者")
_REACHED = {each.key: each for each in REACHED}


def read_answers(
    rows: Rows, topics: Iterable[Topic], firms: Sequence[str]
) -> dict[str, dict[str, Answer]]:
    """Read the answers to topics for firms: topic → firm → answer."""
    reader = _Reader(rows, list(dict.fromkeys(firms)))
    return {topic.id: reader.answer(topic) for topic in topics}


class _Reader:
    """Reads each kind of record when the first topic asks for it."""

    def __init__(self, rows: Rows, firms: list[str]) -> None:
        self._rows, self._ids = rows, firms
        self._firms = rows.many(Enterprise, firms)
        self._newest: dict[str, dict[str, Record]] = {}
        self._lent: dict[str, list[Lent]] | None = None
        self._people: dict[str, list[Associate]] | None = None
        self._beside: dict[str, dict[str, Any]] | None = None
        self._matchings: dict[str, Matching] = {}

    def answer(self, topic: Topic) -> dict[str, Answer]:
        source, name = topic.source, topic.name
        if source == "firm":
            return {
                firm: _told(getattr(record, name) or self._instead(record, name), record.id)
                for firm, record in self._firms.items()
            }
        if source == "derived":
            sizes = {f: self._computed("size", f).value for f in self._firms}
            return {f: of_firm(name, firm, sizes[f]) for f, firm in self._firms.items()}
        if source == "visits":
            visits = self._records(_REACHED["visit"])
            kept = {f: [v for v in some if _REACHED["visit"].fits(v)] for f, some in visits.items()}
            return of_visits(name, cast("dict[str, list[Visit]]", kept), list(self._firms))
        if source == "computed":
            return {firm: self._computed(name, firm) for firm in self._firms}
        if source == "people":
            return {firm: self._person(name, firm) for firm in self._firms}
        if source == "tags":
            return self._tags()
        if source in ("loan", "drawdown"):
            return self._of_loans(source, name)
        return self._of_reached(_REACHED[source], name)

    # --- computed, people, tags ---

    @staticmethod
    def _instead(firm: Enterprise, name: str) -> Any:
        """Since 三证合一 (2015) the taxpayer's number is the credit code, where it has one."""
        return firm.code if name == "taxpayer_no" else None

    def _computed(self, name: str, firm: str) -> Answer:
        if self._beside is None:
            self._beside = self._rows.beside(Enterprise, self._ids)
        value = self._beside.get(firm, {}).get(name)
        if name == "size":
            value = self._firms[firm].size_set or value
        if name == "prior":
            value = self._firms[firm].first_loan_set or (None if value == "未核" else value)
        if name == "lenders" and self._firms[firm].lenders_set is not None:
            value = self._firms[firm].lenders_set
        if value is None or value == "":
            return Answer(why="算不出来，缺划型或征信核验要的数" if name != "lenders" else _EMPTY)
        return Answer(value)

    def _person(self, name: str, firm: str) -> Answer:
        if self._people is None:
            self._people = by_value(self._rows, Associate, "enterprise", self._ids)
        some = self._people.get(firm, [])
        if name != "owner":
            role = "实际控制人" if name == "controller" else "股东"
            names = [each.name for each in some if each.role == role and each.name]
            return _told("、".join(dict.fromkeys(names)) or None)
        phones = [each for each in some if each.role in _OWNERS and each.phone]
        if phones:
            return Answer(phones[0].phone, phones[0].id)
        record = self._firms[firm]
        if record.kind == "个体工商户" and record.phone:
            return Answer(record.phone)
        return Answer(why="关联人里没有法定代表人的电话")

    def _tags(self) -> dict[str, Answer]:
        found = by_value(self._rows, Tagging, "enterprise", self._ids)
        return {
            firm: _told(
                "、".join(dict.fromkeys(t.tag for t in found.get(firm, []) if t.tag)) or None
            )
            for firm in self._firms
        }

    # --- loans ---

    def _of_loans(self, source: str, name: str) -> dict[str, Answer]:
        if self._lent is None:
            self._lent = read_lent(self._rows, self._ids)
        if source == "drawdown":
            return answer_drawdowns(name, self._lent, self._firms)
        banks = {each.loan.bank for some in self._lent.values() for each in some if each.loan.bank}
        titles = self._rows.titles("bank", sorted(banks)) if name == "banks" else {}
        found = answer_loans(name, self._lent, self._firms, titles)
        if name == "security":
            credits = self._of_reached(_REACHED["credit"], "security")
            for firm, said in found.items():
                if said.value is None and not said.record and credits[firm].value is not None:
                    found[firm] = Answer(credits[firm].value)
        return found

    # --- records reached ---

    def _of_reached(self, reached: Reached, name: str) -> dict[str, Answer]:
        name, _, year = name.partition("@")
        newest = self._of_year(reached, year) if year else self._newest_of(reached)
        if reached.key == "credit" and name == "bank":
            links = {f: self._matchings[getattr(c, "matching")].bank for f, c in newest.items()}  # noqa: B009
            return self._titled("bank", links, {f: "" for f in newest}, reached)
        spec = field_map(reached.cls)[name]
        values = {firm: getattr(record, name) for firm, record in newest.items()}
        if reached.key == "visit" and name == "first":
            return self._visitors(newest)
        if reached.key == "visit" and name == "borrowed":
            return self._borrowed(newest)
        if reached.key == "credit" and name == "problem":
            values = {f: v or getattr(newest[f], "reason") for f, v in values.items()}  # noqa: B009
        if spec.ref:
            return self._titled(spec.ref, values, {f: r.id for f, r in newest.items()}, reached)
        return {
            firm: _told(values[firm], newest[firm].id) if firm in newest else _without(reached)
            for firm in self._firms
        }

    def _titled(
        self, table: str, links: Mapping[str, Any], records: Mapping[str, str], reached: Reached
    ) -> dict[str, Answer]:
        wanted = sorted({link for link in links.values() if link})
        titles = self._rows.titles(table, wanted)
        return {
            firm: _told(titles.get(links[firm] or ""), records[firm])
            if firm in links
            else _without(reached)
            for firm in self._firms
        }

    def _visitors(self, newest: Mapping[str, Any]) -> dict[str, Answer]:
        people = {p for v in newest.values() for p in (v.first, v.second) if p}
        names = self._rows.titles("person", sorted(people))
        return {
            firm: _told("、".join(names[p] for p in (newest[firm].first, newest[firm].second) if p in names) or None)
            if firm in newest
            else _without(_REACHED["visit"])
            for firm in self._firms
        }  # fmt: skip

    def _borrowed(self, newest: Mapping[str, Any]) -> dict[str, Answer]:
        """有无贷款: what the visit says, else whether the ledger knows a loan that is not paid back."""
        balances = self._of_loans("loan", "balance")
        return {
            firm: Answer(newest[firm].borrowed, newest[firm].id)
            if firm in newest and newest[firm].borrowed is not None
            else _told(None if (owed := balances[firm].value) is None else owed > 0)
            for firm in self._firms
        }

    def _of_year(self, reached: Reached, year: str) -> dict[str, Record]:
        return {
            firm: record
            for firm, some in self._records(reached).items()
            for record in some
            if str(getattr(record, "year", "")) == year
        }

    def _newest_of(self, reached: Reached) -> dict[str, Record]:
        if reached.key not in self._newest:
            found: dict[str, Record] = {}
            for firm, some in self._records(reached).items():
                kept = [record for record in some if reached.fits(record)]
                if kept:
                    found[firm] = max(kept, key=lambda record: _when(record, reached.order))
            self._newest[reached.key] = found
        return self._newest[reached.key]

    def _records(self, reached: Reached) -> Mapping[str, Sequence[Record]]:
        if reached.via is None:
            return by_value(self._rows, reached.cls, "enterprise", self._ids)
        # A decision hangs on a contact of bank and firm.
        contacts = by_value(self._rows, Matching, "enterprise", self._ids)
        self._matchings = {m.id: m for some in contacts.values() for m in some}
        found: dict[str, list[Record]] = {}
        for contact, some in by_value(self._rows, Credit, "matching", self._matchings).items():
            firm = self._matchings[contact].enterprise
            if firm is not None:
                found.setdefault(firm, []).extend(some)
        return found


def _when(record: Record, order: Sequence[str]) -> str:
    """What tells the newest; of equals the one made last stands last and wins only by its id."""
    value = next((v for name in order if (v := getattr(record, name)) is not None), "")
    return str(value)


def _told(value: Any, record: str = "") -> Answer:
    return Answer(None, record, _EMPTY) if value is None or value == "" else Answer(value, record)


def _without(reached: Reached) -> Answer:
    return Answer(why=f"账上没有这一户的{BY_TABLE[reached.cls.TABLE].LABEL}")
