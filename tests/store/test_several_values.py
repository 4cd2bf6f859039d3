"""Columns of which a firm may have several values: its tags (标签)."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger_desk.model.records import Enterprise, Matching, Tagging
from ledger_desk.store.queries import Query, Where

TAGS = ("科创型", "供应链", "外贸", "专精特新")


@pytest.fixture(scope="module")
def tagged(tmp_path_factory):
    from ledger_desk.model.records import Bank, Office
    from ledger_desk.store.ledger import Ledger

    draw = random.Random(3)
    path = tmp_path_factory.mktemp("签") / "甲.ledger"
    with Ledger.create(
        path, office=Office(name="新县专班", level="县级", division="411523")
    ) as made:
        with made.step("建") as step:
            firms = step.create_many(Enterprise, [{"name": f"第{n}厂"} for n in range(40)])
            bank = step.create(Bank(name="某某银行"))
            step.create_many(Matching, [{"enterprise": f, "bank": bank} for f in firms])
            given_ = {f: [t for t in TAGS if draw.random() < 0.3] for f in firms}
            for firm, tags in given_.items():
                for tag in tags:
                    step.create(Tagging(enterprise=firm, tag=tag, level="县级"))
                    if draw.random() < 0.2:  # on the list of the city too
                        step.create(Tagging(enterprise=firm, tag=tag, level="市级"))
            gone = step.create(Tagging(enterprise=firms[0], tag="外贸"))
            step.remove(Tagging, gone)
        yield made, given_


OPS = st.one_of(
    st.tuples(st.sampled_from(["in", "notin"]), st.lists(st.sampled_from([*TAGS, None, "没有的"]), max_size=3)),
    st.tuples(st.sampled_from(["=", "!="]), st.sampled_from(TAGS)),
    st.tuples(st.sampled_from(["contains", "lacks", "starts", "ends"]), st.sampled_from(["型", "外", "专精", "%"])),
    st.tuples(st.sampled_from(["blank", "notblank"]), st.none()),
)  # fmt: skip


def holds(op, value, tags) -> bool:
    """The slow oracle."""
    match op:
        case "in" | "notin":
            some = any(t in value for t in tags) or (None in value and not tags)
            return some == (op == "in")
        case "=" | "!=":
            return (value in tags) == (op == "=")
        case "blank" | "notblank":
            return bool(tags) == (op == "notblank")
        case "contains" | "lacks":
            return any(value in t for t in tags) == (op == "contains")
        case "starts":
            return any(t.startswith(value) for t in tags)
        case _:
            return any(t.endswith(value) for t in tags)


@given(OPS)
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_a_condition_on_tags_finds_what_the_tags_say(tagged, asked):
    ledger, tags = tagged
    op, value = asked
    expected = {firm for firm, some in tags.items() if holds(op, value, some)}
    with ledger.read() as rows:
        assert set(rows.ids(Query(Enterprise, (Where("tags", op, value),)))) == expected
        far = rows.find(Query(Matching, (Where("enterprise.tags", op, value),)))
        assert {each.enterprise for each in far} == expected


def test_tags_are_shown_each_once_counted_and_sorted(tagged):
    ledger, tags = tagged
    with ledger.read() as rows:
        beside = rows.beside(Enterprise, list(tags))
        shown = {firm: beside[firm]["tags"] or "" for firm in tags}
        assert shown == {firm: "、".join(some) for firm, some in tags.items()}
        counts = dict(rows.values(Query(Enterprise), "tags"))
        expected = {tag: sum(tag in some for some in tags.values()) for tag in TAGS}
        assert counts == {**expected, None: sum(not some for some in tags.values())}
        narrowed = Query(Enterprise, (Where("tags", "in", ("外贸",)),))
        assert dict(rows.values(narrowed, "tags"))["外贸"] == expected["外贸"]
        order = rows.ids(Query(Enterprise, sort=(("tags", False),)))
        filled = [firm for firm in order if shown[firm]]
        assert order[: len(filled)] == filled


def test_to_find_who_has_a_tag_the_index_of_tags_is_asked(tagged):
    ledger, _ = tagged
    with ledger.read() as rows:
        source, values = rows._source(Query(Enterprise, (Where("tags", "in", ("外贸",)),)))
        plan = rows.connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN SELECT enterprise.rowid FROM {source}", tuple(values)
        ).all()
    told = " ".join(row[-1] for row in plan)
    assert "tagging_tag (tag=?)" in told
    assert "SCAN enterprise" not in told


def test_as_it_was_a_list_is_narrowed_by_the_tags_of_then(tmp_path):
    from ledger_desk.model.records import Office
    from ledger_desk.store.ledger import Ledger

    office = Office(name="新县专班", level="县级", division="411523")
    with Ledger.create(tmp_path / "甲.ledger", office=office) as ledger:
        with ledger.step("建") as step:
            firm = step.create(Enterprise(name="甲厂"))
        with ledger.step("加标签") as step:
            tag = step.create(Tagging(enterprise=firm, tag="外贸"))
        before = ledger.log(1)[0].id
        with ledger.step("去标签") as step:
            step.remove(Tagging, tag)
        query = Query(Enterprise, (Where("tags", "in", ("外贸",)),))
        assert ledger.count(query) == 0
        with ledger.as_of(before) as past:
            assert past.count(query) == 1
