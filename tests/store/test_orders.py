"""Orders, pages, conditions, values and sums agree with a plain sort and filter of all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cmp_to_key
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk import paths
from ledger_desk.errors import Cancelled
from ledger_desk.model import money
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Bank, Enterprise, Loan, Office
from ledger_desk.store import collating, orders
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where

_NAMES = "阿白陈程张章重赵新县茶油ab12BZ"
_PAIRS = 60


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Iterator[Ledger]:
    chance = Random(7)

    def some(value: Any) -> Any:
        return None if chance.random() < 0.25 else value

    def word(longest: int = 4) -> str:
        return "".join(chance.choice(_NAMES) for _ in range(chance.randint(1, longest)))

    path = tmp_path_factory.mktemp("orders") / "甲.ledger"
    with Ledger.create(path, office=Office(name="甲县专班", level="county")) as made:
        with made.step("装入") as step:
            banks = step.create_many(
                Bank, [{"name": name} for name in ("农商行", "阿行", "ABC银行", None)]
            )
            firms = step.create_many(Enterprise, [{
                "name": word(), "person": some(word(2)), "capital": some(chance.randrange(9) * 5_005_000),
                "staff": some(chance.randrange(5)), "founded": some(date(2020, 1, 1) + timedelta(chance.randrange(6))),
                "township": some(chance.choice(("411523100", "411523101"))), "phone": some(f"1380000000{chance.randrange(4)}"),
                "size_set": some(chance.choice(("微型", "小型", "大型"))), "size_note": "人工",
            } for _ in range(_PAIRS)])  # fmt: skip
            step.create_many(Loan, [{
                "enterprise": chance.choice(firms), "bank": some(chance.choice(banks)), "amount": some(-chance.randrange(7) * 3_333),
                "rate": some(chance.randrange(4) * 12_500), "signed_on": some(date(2024, 1, 1) + timedelta(chance.randrange(9))),
                "note": some(word()),
            } for _ in range(_PAIRS)])  # fmt: skip
        with made.step("删除") as step:
            for each in firms[::11]:
                step.remove(Enterprise, each)
        yield made


class Oracle:
    """Everything read once; sorted and filtered in plain Python."""

    def __init__(self, ledger: Ledger) -> None:
        with ledger.read() as rows:
            self.all: dict[str, list[Any]] = {}
            for cls in (Bank, Enterprise, Loan):
                numbers = rows.connection.exec_driver_sql(
                    f"SELECT id FROM {cls.TABLE} ORDER BY rowid"
                )
                ids = [row[0] for row in numbers]
                found = rows.many(cls, ids)
                self.all[cls.TABLE] = [found[record] for record in ids]
            self.by_id = {record.id: record for kind in self.all.values() for record in kind}
            self.computed = rows.computed([firm.id for firm in self.all["enterprise"]])
        self.readings = {}
        for line in (
            (paths.resources() / "dictionaries" / "pinyin.tsv").read_text("utf-8").splitlines()
        ):
            if line and not line.startswith("#"):
                character, _, readings = line.partition("\t")
                self.readings[character] = readings.replace(" ", ",").split(",")[0]

    def value(self, record: Any, name: str) -> Any:
        first, _, rest = name.partition(".")
        if rest:
            there = self.by_id.get(getattr(record, first) or "")
            return self.value(there, rest) if there is not None else None
        if name in ("size", "complete"):
            return self.computed[record.id][name == "complete"] or None
        return getattr(record, name)

    def shown(self, record: Any, name: str) -> Any:
        """The value as it is compared with words: of a reference the title."""
        value = self.value(record, name)
        there = self.by_id.get(value) if isinstance(value, str) else None
        return there.name if there is not None else value

    def rank(self, name: str, value: Any) -> Any:
        if name.endswith("size"):
            return ("微型", "小型", "中型", "大型", "不适用").index(value)
        if name.split(".")[-1] in ("name", "person", "enterprise", "bank", "note"):
            return [
                (1, self.readings[c], c) if c in self.readings else (0, c.upper()) for c in value
            ]
        return value

    def order(self, query: Query[Any]) -> list[str]:
        tie_down = bool(query.sort) and query.sort[-1][1]
        kept = [
            r
            for r in self.all[query.cls.TABLE]
            if r.removed == query.removed and self.holds(r, query)
        ]
        place = {record.id: number for number, record in enumerate(kept)}

        def compare(one: Any, other: Any) -> int:
            for name, down in query.sort:
                a, b = self.shown(one, name), self.shown(other, name)
                if (a is None) != (b is None):
                    return 1 if a is None else -1  # last in both directions
                if a is None or (a := self.rank(name, a)) == (b := self.rank(name, b)):
                    continue
                return (1 if a > b else -1) * (-1 if down else 1)
            return (place[one.id] - place[other.id]) * (-1 if tie_down else 1)

        return [record.id for record in sorted(kept, key=cmp_to_key(compare))]

    def holds(self, record: Any, query: Query[Any]) -> bool:
        return all(self.test(record, where) for where in query.where)

    def test(self, record: Any, where: Where) -> bool:
        value, given = self.value(record, where.field), where.value
        if where.op in ("contains", "lacks", "starts", "ends"):
            text = self.text(record, where.field)
            if where.op == "lacks":
                return text is None or given.upper() not in text.upper()
            ways = {"contains": str.__contains__, "starts": str.startswith, "ends": str.endswith}
            return text is not None and ways[where.op](text.upper(), given.upper())
        if where.op in ("blank", "notblank"):
            return (value is None) == (where.op == "blank")
        if where.op in ("in", "notin"):
            return (value in given) == (where.op == "in")
        if value is None:
            return False
        if where.op == "between":
            low, high = given
            return (low is None or low <= value) and (high is None or value <= high)
        return {"=": value == given, "!=": value != given, "<": value < given, "<=": value <= given,
                ">": value > given, ">=": value >= given}[where.op]  # fmt: skip

    def text(self, record: Any, name: str) -> str | None:
        value = self.shown(record, name)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, date):
            return value.isoformat()
        return (
            money.show_wan(value).replace(",", "") if name in ("capital", "amount") else str(value)
        )


@pytest.fixture(scope="module")
def oracle(book: Ledger) -> Oracle:
    return Oracle(book)


_SORTED = {
    Enterprise: ("name", "person", "capital", "staff", "founded", "township", "phone", "size", "complete"),
    Loan: ("enterprise", "bank", "amount", "rate", "signed_on", "note", "enterprise.person", "enterprise.size"),
}  # fmt: skip
_DAYS = st.dates(date(2019, 12, 30), date(2024, 1, 12))
_WORDS = st.text("阿新张aB1.0%_-", min_size=1, max_size=2)
_VALUES = {
    "name": _WORDS, "person": _WORDS, "note": _WORDS, "enterprise.person": _WORDS,
    "capital": st.integers(0, 9).map(lambda n: n * 5_005_000), "amount": st.integers(-7, 1).map(lambda n: n * 3_333),
    "staff": st.integers(0, 5), "rate": st.integers(0, 4).map(lambda n: n * 12_500), "complete": st.integers(0, 100),
    "founded": _DAYS, "signed_on": _DAYS, "township": st.sampled_from(("411523100", "411523101")),
    "phone": st.sampled_from(("13800000000", "13800000003")), "size": st.sampled_from(("微型", "小型", "大型")),
    "enterprise.size": st.sampled_from(("微型", "大型")),
}  # fmt: skip
_TEXTS = (
    "name",
    "person",
    "note",
    "enterprise",
    "bank",
    "capital",
    "amount",
    "staff",
    "founded",
    "phone",
)


@st.composite
def queries(draw: st.DrawFn) -> Query[Any]:
    cls = draw(st.sampled_from((Enterprise, Loan)))
    sort = draw(
        st.lists(
            st.tuples(st.sampled_from(_SORTED[cls]), st.booleans()),
            max_size=3,
            unique_by=lambda key: key[0],
        )
    )
    wheres = []
    for name in draw(st.lists(st.sampled_from(_SORTED[cls]), max_size=2)):
        ops = ["blank", "notblank"]
        if name in _TEXTS:
            ops += ["contains", "lacks", "starts", "ends"]
        if name in _VALUES:
            ops += ["=", "!=", "<", ">=", "in", "notin", "between"]
        op = draw(st.sampled_from(ops))
        one = _VALUES.get(name, _WORDS)
        value: Any = None
        if op in ("contains", "lacks", "starts", "ends"):
            value = draw(_WORDS)
        elif op in ("in", "notin"):
            value = tuple(draw(st.lists(st.none() | one, max_size=3)))
        elif op == "between":
            value = draw(st.tuples(st.none() | one, st.none() | one))
        elif op not in ("blank", "notblank"):
            value = draw(one)
        wheres.append(Where(name, op, value))
    removed = cls is Enterprise and draw(st.integers(0, 4)) == 0
    return Query(cls, tuple(wheres), sort=tuple(sort), removed=removed)


@settings(max_examples=250, deadline=None)
@given(query=queries(), offset=st.integers(0, 70), limit=st.integers(0, 40))
def test_orders_pages_ids_and_places_are_those_of_a_plain_sort(
    book, oracle, query, offset, limit
) -> None:
    wanted = oracle.order(query)
    with book.read() as rows:
        ordering = orders.order(rows, query)
        assert ordering.ids(rows) == wanted
        assert len(ordering) == rows.count(query) == len(wanted)
        assert [r.id for r in ordering.page(rows, offset, limit)] == wanted[offset : offset + limit]
        assert [r.id for r in rows.page(query, offset, limit)] == wanted[offset : offset + limit]
        assert rows.ids(query, limit, offset) == wanted[offset : offset + limit]
        assert ordering.places(rows, wanted) == {
            record: place for place, record in enumerate(wanted)
        }
        if wanted:
            assert ordering.place(rows, wanted[-1]) == len(wanted) - 1


@settings(max_examples=80, deadline=None)
@given(query=queries(), data=st.data())
def test_values_and_sums_are_those_of_a_plain_count(book, oracle, query, data) -> None:
    name = data.draw(st.sampled_from(_SORTED[query.cls]))
    kept = [oracle.by_id[record] for record in oracle.order(query)]
    counts = Counter(oracle.value(record, name) for record in kept)
    summed = "capital" if query.cls is Enterprise else "amount"
    with book.read() as rows:
        found = rows.values(query, name)
        assert dict(found) == counts
        assert [count for _, count in found] == sorted(counts.values(), reverse=True)
        assert rows.values(query, name, 2) == found[:2]
        assert rows.sums(query, [summed]) == (
            len(kept),
            {summed: sum(getattr(r, summed) or 0 for r in kept)},
        )


def test_every_field_of_every_kind_sorts_and_filters(book) -> None:
    with book.read() as rows:
        for cls in (Enterprise, Loan, Bank):
            for name in field_map(cls):
                for down in (False, True):
                    everything = orders.order(rows, Query(cls, sort=((name, down),)))
                    assert len(everything) == rows.count(Query(cls))
                blank, filled = (
                    rows.count(Query(cls, (Where(name, op),))) for op in ("blank", "notblank")
                )
                assert blank + filled == rows.count(Query(cls))
                for op in ("contains", "starts"):
                    rows.count(Query(cls, (Where(name, op, "1"),)))


def test_words_stand_in_the_order_of_pinyin_whatever_their_case() -> None:
    texts = ["张三", "b厂", "阿明", "A厂", "程甲", "12号", "Ｃ厂", "重山", '"引号"', "𫍽行", ""]
    assert sorted(texts, key=collating.key) == [
        "",
        '"引号"',
        "12号",
        "A厂",
        "b厂",
        "Ｃ厂",
        "阿明",
        "程甲",
        "𫍽行",
        "张三",
        "重山",
    ]
    assert collating.keys(texts) == [collating.key(text) for text in texts]


def test_a_reading_that_nobody_waits_for_ends(book) -> None:
    query = Query(Enterprise, sort=(("name", False),))
    with pytest.raises(Cancelled), book.read() as rows:
        orders.order(rows, query, lambda: True)
    with book.read() as rows:  # the connection is as good as before
        assert len(orders.order(rows, query, lambda: False)) == rows.count(query)


def test_what_was_taken_back_meanwhile_leaves_a_gap_in_its_page(tmp_path) -> None:
    with Ledger.create(
        tmp_path / "乙.ledger", office=Office(name="乙县专班", level="county")
    ) as ledger:
        with ledger.step("一") as step:
            first = step.create(Enterprise(name="甲"))
        with ledger.step("二") as step:
            step.create(Enterprise(name="乙"))
        with ledger.read() as rows:
            ordering = orders.order(rows, Query(Enterprise))
        ledger.undo()
        with ledger.read() as rows:
            shown = ordering.records(rows, 0, 10)
        assert [record and record.id for record in shown] == [first, None]


def test_an_unknown_field_is_a_bug_and_not_sql(book) -> None:
    with book.read() as rows:
        for query in (
            Query(Enterprise, (Where("1=1 --", "="),)),
            Query(Enterprise, sort=(("nobody", True),)),
        ):
            with pytest.raises(KeyError):
                orders.order(rows, query)
        with pytest.raises(ValueError, match="unknown operator"):
            rows.count(Query(Enterprise, (Where("name", "~", "x"),)))


@pytest.mark.parametrize("where", [(), (Where("staff", "notblank"),)])
def test_what_a_search_found_keeps_its_order_until_it_is_sorted(book, where) -> None:
    with book.read() as rows:
        found = [
            r
            for r in rows.ids(Query(Enterprise, text="a"))
            if not where or rows.get(Enterprise, r).staff is not None
        ]
        query = Query(Enterprise, where, text="a")
        assert 2 < len(found) < _PAIRS
        assert rows.ids(query) == orders.order(rows, query).ids(rows) == found
        assert [r.id for r in rows.page(query, 1, 3)] == found[1:4]
        by_name = orders.order(rows, Query(Enterprise, where, text="a", sort=(("name", True),)))
        assert sorted(by_name.ids(rows)) == sorted(found)
