"""Copies that went apart: each difference once, the same seen from both sides (`decisions.md` 1-2)."""

from __future__ import annotations

import shutil

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger_desk.model.records import Enterprise, Office, Person
from ledger_desk.store import backups
from ledger_desk.store.comparing import compare
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

CODES = ("91350100M000100Y43", "12440600MB2C07549J")
_EDIT = st.tuples(
    st.sampled_from(["change", "create", "remove", "undo"]), st.integers(0, 4), st.sampled_from(["name", "phone", "staff"]),
    st.integers(0, 3),
)  # fmt: skip
_EDITS = st.lists(_EDIT, max_size=8)


def _work(ledger: Ledger, edits) -> None:
    for what, which, field, value in edits:
        firms = sorted(e.id for e in ledger.find(Query(Enterprise)))
        if what == "undo":
            if len(ledger.log()) > 2 and ledger.undo_name() not in (None, "建"):
                ledger.undo()
            continue
        with ledger.step(what) as step:
            if what == "create":
                code = CODES[value] if value < 2 else None
                taken = code and ledger.find(Query(Enterprise, text=code))
                step.create(Enterprise(name=f"新{which}", code=None if taken else code))
            elif firms and what == "change":
                new = value if field == "staff" else f"值{value}"
                step.change(Enterprise, firms[which % len(firms)], {field: new})
            elif firms:
                step.remove(Enterprise, firms[which % len(firms)])


@settings(max_examples=10)
@given(first=_EDITS, one=_EDITS, two=_EDITS, three=_EDITS)
def test_three_copies_agree_on_what_differs_from_either_side(
    tmp_path_factory, first, one, two, three
):
    folder = tmp_path_factory.mktemp("三本")
    path = folder / "甲.ledger"
    with Ledger.create(
        path, office=Office(name="甲", level="county"), person=Person(name="乙")
    ) as ledger:
        with ledger.step("建") as step:
            step.create_many(Enterprise, [{"name": f"户{i}"} for i in range(3)])
        _work(ledger, first)
        backup = backups.back_up(ledger)
    copies = [path, folder / "乙.ledger", folder / "丙.ledger"]
    for copy in copies[1:]:
        shutil.copy(path, copy)
    for copy, edits in zip(copies, (one, two, three), strict=True):
        with Ledger.open(copy) as ledger:
            _work(ledger, edits)
    backups.restore(copies[2], backup)  # the third goes back to its backup and is edited again
    with Ledger.open(copies[2]) as ledger:
        _work(ledger, three)
    ledgers = [Ledger.open(copy, read_only=True) for copy in copies]
    try:
        for a in ledgers:
            assert compare(a, a).differences == compare(a, a).conflicts == ()
            for b in ledgers:
                if a is b:
                    continue
                seen = compare(a, b)
                assert seen.swapped() == compare(b, a)
                keys = [(d.record, d.field) for d in (*seen.differences, *seen.conflicts)]
                assert len(keys) == len(set(keys))
                _agrees_with_the_rows(a, b, seen)
    finally:
        for ledger in ledgers:
            ledger.close()


def _agrees_with_the_rows(a: Ledger, b: Ledger, seen) -> None:
    """Oracle: two plain dictionaries of rows, joined by id or by the code of the same firm."""
    from ledger_desk.store.rowing import columns

    def rows(ledger):
        with ledger.read() as r:
            found = r.connection.exec_driver_sql(
                f"SELECT {','.join(columns(Enterprise))} FROM enterprise"
            ).all()
        return {row[0]: dict(zip(columns(Enterprise), row, strict=True)) for row in found}

    left, right = rows(a), rows(b)
    pairs = {i: i for i in left}
    by_code = {r["code"]: i for i, r in left.items() if r["code"] and not r["removed"]}
    for j, r in right.items():
        i = by_code.get(r["code"]) if r["code"] and not r["removed"] else None
        if i and not b.history(i) and not a.history(j):  # neither copy ever saw the other's id
            pairs[i] = j
    expected = set()
    for i, j in pairs.items():
        mine, theirs = left[i], right.get(j)
        if theirs is None:
            expected.add((i, "*"))
            continue
        expected |= {(min(i, j), f) for f in mine if f != "id" and mine[f] != theirs[f]}
    expected |= {(j, "*") for j in right if j not in set(pairs.values())}
    told = {(d.record, d.field) for d in (*seen.differences, *seen.conflicts)}
    whole = {record for record, field in told if field == "*"}
    assert {(r, f) for r, f in told if f == "*" or r not in whole} == expected


def test_a_step_identity_is_never_used_twice_by_a_copied_restored_or_overwritten_file(tmp_path):
    path = tmp_path / "甲.ledger"
    seen: dict[tuple[str, int], str] = {}

    def write(where) -> None:
        with Ledger.open(where) as ledger:
            with ledger.step("写") as step:
                step.create(Enterprise(name="甲"))
            for info in ledger.log():
                key = (info.replica, info.n)
                assert seen.setdefault(key, info.hash) == info.hash, "one identity, two steps"

    Ledger.create(path, office=Office(name="甲", level="county")).close()
    write(path)
    old = path.read_bytes()
    write(path)
    path.write_bytes(old)  # an old file copied over the new one in place
    write(path)
    shutil.copy(path, tmp_path / "乙.ledger")
    write(path)
    write(tmp_path / "乙.ledger")
    (tmp_path / "乙.ledger").replace(path)
    write(path)
    write(path)


def test_going_on_with_the_same_file_keeps_its_replica(ledger):
    with ledger.step("一") as step:
        step.create(Enterprise(name="甲"))
    replica = step.result.replica
    ledger.close()
    for _ in range(3):
        with Ledger.open(ledger.path) as again:
            with again.step("再") as step:
                step.create(Enterprise(name="乙"))
            assert step.result.replica == replica


def test_a_conflict_names_both_values_and_the_common_one(tmp_path):
    path = tmp_path / "甲.ledger"
    office = Office(name="甲", level="county")
    with Ledger.create(path, office=office) as ledger, ledger.step("建") as step:
        firm = step.create(Enterprise(name="原名", phone="1"))
    other = tmp_path / "乙.ledger"
    shutil.copy(path, other)
    with Ledger.open(path) as a, a.step("改") as step:
        step.change(Enterprise, firm, {"name": "甲名"})
    with Ledger.open(other) as b, b.step("改") as step:
        step.change(Enterprise, firm, {"name": "乙名", "phone": "2"})
    with Ledger.open(path) as a, Ledger.open(other) as b:
        seen = compare(a, b)
    (conflict,), (soft,) = seen.conflicts, seen.differences
    assert (conflict.field, conflict.a, conflict.b, conflict.common) == (
        "name",
        "甲名",
        "乙名",
        "原名",
    )
    assert (soft.field, soft.a, soft.b, soft.common, soft.newer) == ("phone", "1", "2", "1", "b")
    assert (seen.only_a, seen.only_b) == (1, 1)
