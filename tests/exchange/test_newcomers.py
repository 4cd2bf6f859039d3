"""Rows made ready by the block come out as rows looked at one by one: fates, rows, journal, index."""

from __future__ import annotations

from datetime import date
from itertools import count
from random import Random

import pytest

from ledger_desk.exchange import comparing_rows, importing, newcomers, quick
from ledger_desk.exchange.importing import NEW, TAKE, apply, prepare
from ledger_desk.model.records import Enterprise, Office, Verdict
from ledger_desk.store import derived, journal, rowing
from ledger_desk.store.ledger import Ledger
from tests.exchange.making import code, regno, xlsx

HEAD = ["企业名称", "统一社会信用代码", "工商注册号", "内部编号", "法定代表人", "联系电话", "住所", "经营地址",
        "注册资本(万元)", "成立日期", "从业人数", "所在乡镇", "备注", "主体类型"]  # fmt: skip


def strange_rows(chance: Random, rows: int) -> list[list[object]]:
    """Rows that repeat, contradict and resemble each other, with every kind of odd cell."""

    def some(*cells: object) -> object:
        return chance.choice(cells)

    found: list[list[object]] = []
    for _ in range(rows):
        n = chance.randrange(rows * 2)
        name = some(f"新县第{n}茶油加工有限公司", f"新县第{n}茶油加工有限公司", f"新县第（{n}）茶油加工有限公司",
                    f"新县第({n})茶油加工有限责任公司", f"老王小吃店{n % 7}", f"第{n}家庭农场", f"新县*{n}公司", None,
                    f"新县第{n} 茶油合作社", f"坏\ufffd{n}", f'引"号\\{n}有限公司')  # fmt: skip
        found.append([
            name,
            some(code(n), code(n), code(n, "92"), None, regno(n), "91411523MA0000000X", "暂无"),
            some(None, None, None, regno(n)),
            some(None, None, None, f"N{n % 9}"),
            some("程慎行", "吕文昭", None, f"付{n}", " 空 "),
            some(f"1390000{n % 50:04}", "13900001111", None, "0376-2958888；13900001111"),
            some(f"新县卡房乡古店村{n}号", None, "河南省信阳市新县新集镇解放路", "罗山县灵山镇"),
            some(None, f"新集镇{n}号", "卡房"),
            some(n / 4, 12, None, "45.5万人民币", "50(万美元)", "很多", 0.123456789),
            some(date(2003, 4, 1 + n % 28), None, "2003年4月", "明天", date(1800, 1, 1)),
            some(n, None, "12人", 3.5),
            some(None, "新集镇", "卡房", "开发区", None),
            some(None, "甲\n乙", f"备注{n}", "-", "#REF!"),
            some(None, None, "企业"),
        ])  # fmt: skip
    return found


def picture(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """All that a reading in leaves behind, but for the moment in which it happened."""
    with ledger.read() as rows:
        return {
            table: [tuple(row) for row in rows.connection.exec_driver_sql(f"SELECT {names} FROM {table} ORDER BY {order}")]
            for table, names, order in (
                ("enterprise", "*", "rowid"),
                ("enterprise_index", "*", "id"),
                ("change", "step, record_table, record, before, after, parents", "id"),
                ("step", "name, kind, count", "id"),
            )
        }  # fmt: skip


def read_in(folder, monkeypatch, tables, ready: bool):
    """Read two tables of strange rows in, the second with decisions; gives all that came of it."""
    numbers = count()
    for place in (rowing, comparing_rows, newcomers.rowing):
        monkeypatch.setattr(
            place, "fresh_ids", lambda n: [f"{next(numbers):032x}" for _ in range(n)]
        )
    monkeypatch.setattr(importing, "_BLOCK", 16)
    monkeypatch.setattr(newcomers, "suits", lambda mapping: ready)
    folder.mkdir()
    office = Office(id="0" * 32, name="甲", level="county", division="411523")
    told = []
    with Ledger.create(folder / "a.ledger", office=office) as ledger:
        monkeypatch.setattr(ledger, "_replica", "r")
        for number, path in enumerate(tables):
            prepared = prepare(path, ledger)
            rehearsed = importing.dry_run(ledger, prepared)
            decisions = {
                row.row: (NEW if row.row % 2 else TAKE) for row in rehearsed.fates("doubtful")
            }
            result = apply(ledger, prepared, decisions if number else None)
            told.append((result.rows, result.problems, result.remarks))
            if not number:
                firms = [row.record for row in result.fates("new")][:2]
                with ledger.step("并户") as step:
                    step.remove(Enterprise, firms[1])
                    step.create(
                        Verdict(id="f" * 32, one=firms[0], other=firms[1], verdict="同一户")
                    )
        assert ledger.verify() == []
        with ledger.read() as rows:
            assert derived.check(rows.connection) == 0
        return told, picture(ledger)


@pytest.mark.parametrize("seed", range(6))
def test_blocks_made_ready_leave_what_single_rows_leave(tmp_path, monkeypatch, seed):
    chance = Random(seed)
    tables = [xlsx(tmp_path / f"{n}.xlsx", [HEAD, *strange_rows(chance, 60)]) for n in range(2)]
    with monkeypatch.context() as patch:
        told, left = read_in(tmp_path / "ready", patch, tables, ready=True)
    with monkeypatch.context() as patch:
        told_singly, left_singly = read_in(tmp_path / "singly", patch, tables, ready=False)
    for mine, singly in zip(told, told_singly, strict=True):
        assert mine == singly
    assert left == left_singly
    fates = {row.fate for rows, _, _ in told for row in rows}
    assert fates >= {"new", "changed", "wrong"}


def test_codes_are_judged_at_once_as_one_by_one():
    good = [code(n, prefix) for n in range(200) for prefix in ("91", "92", "93")]
    chance = Random(1)
    bad = []
    for text in good:
        place = chance.randrange(18)
        bad.append(text[:place] + chance.choice("0189AIOSVZXa*Ｘ") + text[place + 1 :])
    for texts in (good, bad, [t for t in bad if t.isascii() and t.isalnum()], [*good[:1], "短"]):
        assert quick.sound_codes(texts) == [quick.is_sound_code(text) for text in texts]
    assert all(quick.sound_codes(good))


def test_what_is_made_ready_is_written_as_it_stands(tmp_path, monkeypatch):
    """A table without an odd row needs no second look at any of its rows."""
    rows = [[f"新县第{n}茶油加工有限公司", code(n)] for n in range(40)]
    added = []
    before = journal.Step.add
    monkeypatch.setattr(
        journal.Step, "add", lambda step, new: (added.append(new), before(step, new))
    )
    monkeypatch.setattr(comparing_rows.Run, "_take_row", None)
    with Ledger.create(tmp_path / "a.ledger", office=Office(name="甲", level="county")) as ledger:
        path = xlsx(tmp_path / "a.xlsx", [HEAD[:2], *rows])
        assert apply(ledger, prepare(path, ledger)).new == 40
        firms = [new for new in added if new.cls is Enterprise]
        assert all(new.said is not None and new.computed is not None for new in firms)
        assert ledger.verify() == []
