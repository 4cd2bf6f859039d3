"""A second process makes blocks of a large table ready: what comes of them is the same."""

from __future__ import annotations

import os
import subprocess
import sys
from random import Random

import pytest

from ledger_desk.errors import Cancelled
from ledger_desk.exchange import importing, making, newcomers
from ledger_desk.exchange.importing import dry_run, prepare
from ledger_desk.exchange.packs import packs
from ledger_desk.model.completeness import USUAL
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.workbook.book import CHUNK
from tests.exchange.making import code, xlsx
from tests.exchange.test_newcomers import HEAD, read_in, strange_rows

OFFICE = Office(id="0" * 32, name="甲", level="county", division="411523")


@pytest.fixture
def helped(monkeypatch):
    """Every table is large enough for a helper, which is waited for; gives the blocks it made."""
    made = []
    start, take = making._Helper.start, making._Helper.take

    def wait(helper, recipe):
        start(helper, recipe)
        assert helper._greeted.wait(60)

    def count(helper, progress):
        found = take(helper, progress)
        made.append(found is not None)
        return found

    monkeypatch.setattr(making, "WORTH", 1)
    monkeypatch.setattr(making._Helper, "start", wait)
    monkeypatch.setattr(making._Helper, "take", count)
    return made


def maker_of(prepared):
    return newcomers.Maker(prepared.mapping, "411523", {"开发区": "411523800"}, USUAL)


def parts(ready):
    columns = {name: list(column) for name, column in ready.columns.items()}
    values = {name: list(column) for name, column in ready.block.columns.items()}
    index = [row[1:] for row in ready.index]
    return columns, values, index, list(ready.texts), ready.block.problems, ready.block.moved


def test_a_block_travels_whole(tmp_path, ledger):
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *strange_rows(Random(5), 90)])
    prepared = prepare(path, ledger)
    for pack in packs(prepared, 40):
        ready = maker_of(prepared).make(pack.numbers, pack.columns())
        back = making.unpack_ready(making.pack_ready(ready), pack.numbers)
        assert parts(back) == parts(ready)
        assert [row[0] for row in back.index] == list(back.ids)
        assert back.own_units == ready.own_units


def test_packs_are_the_rows_of_the_table_in_their_order(tmp_path, ledger):
    rows = [[f"新县第{n}茶油加工有限公司" if n % 7 else None, code(n)] for n in range(CHUNK + 60)]
    rows[10] = rows[CHUNK + 20] = [None, None]
    rows[25] = ["合计", None]
    prepared = prepare(xlsx(tmp_path / "a.xlsx", [HEAD[:2], *rows]), ledger)
    found = [
        (number, *cells)
        for pack in packs(prepared, 300)
        for number, *cells in zip(pack.numbers, *pack.columns(), strict=True)
    ]
    assert found == [(n, *prepared.sheet.rows[n - 1]) for n in prepared.layout.data_rows]
    assert len(found) == len(rows) - 3
    assert max(len(pack.numbers) for pack in packs(prepared, 300)) <= 300


@pytest.mark.parametrize("seed", range(2))
def test_what_the_helper_makes_leaves_what_single_rows_leave(tmp_path, monkeypatch, helped, seed):
    chance = Random(seed)
    tables = [xlsx(tmp_path / f"{n}.xlsx", [HEAD, *strange_rows(chance, 60)]) for n in range(2)]
    with monkeypatch.context() as patch:
        told, left = read_in(tmp_path / "helped", patch, tables, ready=True)
    assert helped
    assert all(helped)
    with monkeypatch.context() as patch:
        told_singly, left_singly = read_in(tmp_path / "singly", patch, tables, ready=False)
    assert told == told_singly
    assert left == left_singly


@pytest.mark.parametrize("end", ["dies", "hangs"])
def test_without_its_helper_the_table_goes_in_all_the_same(tmp_path, monkeypatch, helped, end):
    send = making._Helper.send
    sent = []

    def lose(helper, pack):
        sent.append(pack)
        if len(sent) == 3:
            helper._child.kill()
        send(helper, pack)

    if end == "hangs":
        monkeypatch.setattr(making, "_PATIENCE", 0.0)
    else:
        monkeypatch.setattr(making._Helper, "send", lose)
    monkeypatch.setattr(importing, "_BLOCK", 10)
    rows = [[f"新县第{n}茶油加工有限公司", code(n)] for n in range(60)]
    with Ledger.create(tmp_path / "a.ledger", office=OFFICE) as ledger:
        result = importing.apply(
            ledger, prepare(xlsx(tmp_path / "a.xlsx", [HEAD[:2], *rows]), ledger)
        )
        assert result.new == 60
        assert ledger.count(Query(Enterprise)) == 60
        assert ledger.verify() == []
    assert not all(helped)


def test_a_cancelled_reading_in_leaves_no_helper_behind(tmp_path, monkeypatch, helped):
    children = []
    child = making._child
    monkeypatch.setattr(making, "_child", lambda: (children.append(child()), children[-1])[1])
    monkeypatch.setattr(importing, "_BLOCK", 10)
    rows = [[f"新县第{n}茶油加工有限公司", code(n)] for n in range(60)]

    def stop(done, total, note):
        if done >= 20:
            raise Cancelled

    with Ledger.create(tmp_path / "a.ledger", office=OFFICE) as ledger:
        prepared = prepare(xlsx(tmp_path / "a.xlsx", [HEAD[:2], *rows]), ledger)
        with pytest.raises(Cancelled):
            dry_run(ledger, prepared, progress=stop)
        assert ledger.count(Query(Enterprise)) == 0
    (one,) = children
    assert one.returncode is not None


def test_amounts_keep_the_finest_unit_that_a_cell_named(tmp_path, ledger):
    path = xlsx(tmp_path / "a.xlsx", [HEAD, *strange_rows(Random(1), 5)])
    maker = maker_of(prepare(path, ledger))
    maker.learn({"capital": {5_000_000: "元"}})
    maker.learn({"capital": {5_000_000: "万元"}})
    assert maker.reader.unit_of("capital", 5_000_000) == "元"
    maker.forget_units()
    assert maker.reader.unit_of("capital", 5_000_000) == "万元"


def test_a_slow_helper_is_not_waited_for_and_the_order_stays(tmp_path, monkeypatch, helped, ledger):
    wait, slow = making._Helper.take, []
    monkeypatch.setattr(making._Helper, "answered", property(lambda helper: len(slow) > 3))
    monkeypatch.setattr(
        making._Helper, "take", lambda helper, told: (slow.append(1), wait(helper, told))[1]
    )
    rows = [[f"新县第{n}茶油加工有限公司", code(n)] for n in range(120)]
    prepared = prepare(xlsx(tmp_path / "a.xlsx", [HEAD[:2], *rows]), ledger)
    blocks = list(
        making.ready_blocks(maker_of(prepared), packs(prepared, 10), 120, importing.silent)
    )
    assert [n for ready in blocks for n in ready.block.numbers] == prepared.layout.data_rows
    assert 0 < len(helped) < len(blocks)  # the others were made here meanwhile
    ids = [record for ready in blocks for record in ready.ids]
    assert len(set(ids)) == 120
    assert [record[:12] for record in ids] == sorted(record[:12] for record in ids)
    assert ids == [row[0] for ready in blocks for row in ready.index]


def test_a_helper_started_while_reading_serves_the_first_run(tmp_path, monkeypatch, helped):
    children = []
    child = making._child
    monkeypatch.setattr(making, "_child", lambda: (children.append(child()), children[-1])[1])
    rows = [[f"新县第{n}茶油加工有限公司", code(n)] for n in range(60)]
    with Ledger.create(tmp_path / "a.ledger", office=OFFICE) as ledger:
        prepared = prepare(xlsx(tmp_path / "a.xlsx", [HEAD[:2], *rows]), ledger)
        assert len(children) == 1
        dry_run(ledger, prepared)
        assert len(children) == 1
        assert prepared.beside.take() is None
        assert importing.apply(ledger, prepared).new == 60
        assert len(children) == 2
    assert all(one.returncode is not None for one in children)


def test_a_helper_that_nobody_needs_ends_with_the_table(tmp_path, monkeypatch, helped):
    children = []
    child = making._child
    monkeypatch.setattr(making, "_child", lambda: (children.append(child()), children[-1])[1])
    firms = xlsx(tmp_path / "a.xlsx", [HEAD[:2], ["新县鸿运茶业有限公司", code(1)]])
    banks = xlsx(tmp_path / "b.xlsx", [["银行名称", "简称"], ["新县农村商业银行", "农商行"]])
    with Ledger.create(tmp_path / "a.ledger", office=OFFICE) as ledger:
        prepare(banks, ledger, kind="bank")
        assert [one.returncode is not None for one in children] == [True]
        prepared = prepare(firms, ledger)
        assert children[1].returncode is None
        del prepared
        assert children[1].returncode is not None


def test_the_process_beside_starts_without_engine_and_readers():
    code = (
        "import sys, ledger_desk.exchange.making;"
        "print([n for n in ('sqlalchemy', 'openpyxl', 'PySide6', 'ledger_desk.store.queries',"
        " 'ledger_desk.exchange.prepared') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
