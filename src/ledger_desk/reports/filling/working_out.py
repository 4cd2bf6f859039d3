"""A plan worked out: the rows found, the ledger asked, each cell written, kept, or missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ledger_desk.exchange.places import Places, name_of
from ledger_desk.model.kinds import is_empty
from ledger_desk.model.records import Bank, Enterprise
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.filling import counted, whose
from ledger_desk.reports.filling.answers import read_answers
from ledger_desk.reports.filling.cells import Manner, manner_of
from ledger_desk.reports.filling.matching import SERIAL_ID, FilledColumn
from ledger_desk.reports.filling.plan import BANKS, FIRMS, IDENTITY, TOWNSHIPS, Asked, Gap, Plan
from ledger_desk.reports.filling.topic import Answer, Topic
from ledger_desk.reports.filling.topics import topic_of
from ledger_desk.reports.filling.whose import KNOWN, AskedRow
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows
from ledger_desk.workbook.sheet_xml import FillValue


def work_out(ledger: Ledger, asked: Asked, progress: Progress = silent) -> Plan:
    """Work out what goes where.

    Raises:
        Cancelled: From ``progress``.
    """
    places = Places(ledger.office.division or "")
    with ledger.read() as rows:
        found = _asked_rows(rows, asked, places)
        keys = list(dict.fromkeys(row.key for row in found if row.key))
        topics = {c.column: t for c in asked.columns if (t := asked.topic(c)) is not None}
        progress(0, 0, "正在查账上的数")
        if asked.rows_are == FIRMS:
            answers = read_answers(rows, dict.fromkeys(topics.values()), keys)
            said = {column: answers[topic.id] for column, topic in topics.items()}
        else:
            said = _count(rows, asked, topics, keys, progress)
        firms = rows.many(Enterprise, keys) if asked.rows_are == FIRMS else {}
        owners = read_answers(rows, [t for t in [topic_of("people.owner")] if t], list(firms))
    made = _Writer(asked, topics, said, firms, owners.get("people.owner", {}))
    return made.write(found)


def _asked_rows(rows: Rows, asked: Asked, places: Places) -> list[AskedRow]:
    opened, label = asked.opened, next((c for c in asked.columns if c.column == asked.label), None)
    if asked.empty:
        return _new_rows(rows, asked, places)
    if asked.rows_are == FIRMS or label is None:
        return whose.ask_firms(rows, opened, asked.columns, places, asked.decisions)
    if asked.rows_are == TOWNSHIPS:
        return whose.ask_townships(opened, label, places, asked.decisions)
    return whose.ask_banks(rows, opened, label, asked.decisions)


def _new_rows(rows: Rows, asked: Asked, places: Places) -> list[AskedRow]:
    """Rows that are added: the firms chosen, or all townships or banks."""
    if asked.rows_are == TOWNSHIPS:
        named = [(code, name_of(code)) for code in places.townships()]
    elif asked.rows_are == BANKS:
        named = [(bank.id, bank.title) for bank in rows.find(Query(Bank, sort=(("name", False),)))]
    else:
        firms = rows.many(Enterprise, asked.firms)
        named = [(firm, firms[firm].title) for firm in asked.firms if firm in firms]
    first = asked.opened.first_free
    return [AskedRow(first + n, name, KNOWN, key, "新列入") for n, (key, name) in enumerate(named)]


def _count(
    rows: Rows, asked: Asked, topics: Mapping[int, Topic], keys: Sequence[str], progress: Progress
) -> dict[int, dict[str, Answer]]:
    by = "township" if asked.rows_are == TOWNSHIPS else "bank"
    pairs = {}
    for column in asked.columns:
        topic = topics.get(column.column)
        if topic is not None and topic.name in INDICATORS:
            indicator = INDICATORS[topic.name]
            measure = counted.measure_of(column, asked.opened.title, indicator, asked.period_named)
            pairs[column.column] = (topic.name, measure)
    found = counted.count(rows, pairs.values(), by, keys, asked.period, progress)
    return {column: found[pair] for column, pair in pairs.items()}


class _Writer:
    """Goes through the cells of the table once everything is known."""

    def __init__(
        self, asked: Asked, topics: Mapping[int, Topic], said: Mapping[int, Mapping[str, Answer]],
        firms: Mapping[str, Enterprise], owners: Mapping[str, Answer],
    ) -> None:  # fmt: skip
        self._asked, self._topics, self._said = asked, topics, said
        self._firms, self._owners = firms, owners
        self._cells: dict[tuple[int, int], FillValue] = {}
        self._other: dict[tuple[int, int], str] = {}
        self._gaps: list[Gap] = []
        self._kept = self._formulas = 0

    def write(self, rows: Sequence[AskedRow]) -> Plan:
        asked = self._asked
        manners = {
            c.column: self._manner(c, rows) for c in asked.columns if c.column in self._topics
        }
        for number, row in enumerate(rows, 1):
            if row.state != KNOWN:
                continue
            for column in asked.columns:
                self._cell(row, column, number, manners.get(column.column))
        gaps = sorted(self._gaps, key=lambda g: (g.township, g.village, g.name, g.row, g.column))
        return Plan(
            asked, tuple(rows), self._cells, manners, tuple(gaps), self._kept, self._other,
            len(rows) if asked.empty else 0, self._formulas,
        )  # fmt: skip

    def _manner(self, column: FilledColumn, rows: Sequence[AskedRow]) -> Manner:
        asked, topic = self._asked, self._topics[column.column]
        said = self._said.get(column.column, {})
        samples: list[tuple[object, Any]] = []
        for row in rows if not asked.empty else ():
            cell = asked.opened.sheet.cell(row.row, column.column)
            if not is_empty(cell):
                samples.append((cell, said[row.key].value if row.key in said else None))
        number_format = asked.opened.formats.get(column.column, "General")
        return manner_of(topic, column, samples, asked.way, number_format)

    def _cell(
        self, row: AskedRow, column: FilledColumn, number: int, manner: Manner | None
    ) -> None:
        asked, place = self._asked, (row.row, column.column)
        model = (asked.opened.first_free, column.column) if asked.empty else place
        # Rows that are added push down what stands below the ready ones, and its merges with it.
        stays = not asked.empty or row.row < asked.opened.first_free + asked.opened.room
        if model in asked.opened.locked or (stays and place in asked.opened.locked):
            self._formulas += manner is not None
            return
        theirs = None if asked.empty else asked.opened.sheet.cell(*place)
        if column.topic == SERIAL_ID:
            if asked.empty:
                self._cells[place] = number
            return
        if asked.empty and column.column == asked.label:
            self._cells[place] = row.name
            return
        if manner is None:
            return
        topic = self._topics[column.column]
        answer = self._said[column.column].get(row.key, Answer())
        stands = theirs is not None and str(theirs).strip() != ""
        if answer.value is None:
            if stands:
                self._kept += 1
            elif not topic.quiet:
                self._gaps.append(self._gap(row, column, topic, answer))
            return
        value = manner.write(answer.value)
        if not stands:
            self._cells[place] = value
        elif _same(theirs, value):
            self._kept += 1
        elif asked.overwrite and topic.id not in IDENTITY:
            self._cells[place] = value
        else:
            self._kept += 1
            self._other[place] = str(value)

    def _gap(self, row: AskedRow, column: FilledColumn, topic: Topic, answer: Answer) -> Gap:
        firm = self._firms.get(row.key)
        if firm is None:
            return Gap(
                row.row, column.column, column.heading, topic, row.key, row.name, why=answer.why
            )
        owner = self._owners.get(row.key, Answer()).value
        phones = [p for p in (firm.liaison_phone, owner, firm.phone) if p]
        return Gap(
            row.row, column.column, column.heading, topic, row.key, firm.title,
            name_of(firm.township), firm.village or "", "、".join(dict.fromkeys(phones)),
            firm.liaison or firm.person or "", answer.why, answer.record,
        )  # fmt: skip


def _same(theirs: object, ours: FillValue) -> bool:
    """Whether the sender's cell says the same, whatever its type."""
    if str(theirs).strip() == str(ours):
        return True
    try:
        return abs(float(str(theirs)) - float(str(ours))) < 1e-9
    except ValueError:
        return "".join(str(theirs).split()) == "".join(str(ours).split())
