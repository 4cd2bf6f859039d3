"""Columns that are worked out for the rows seen, and scans for the views that clocks make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ledger_desk.model.fields import Record
from ledger_desk.model.records import Cultivation, Guarantee, Help, PushBatch, Referral
from ledger_desk.store.interrupting import Stop
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.grid_rows import Cell, CellLike
from ledger_desk.work import bank_clocks, bank_progress, coaching
from ledger_desk.work.parameters import read

SOON = 3


def clock_cells(rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """The column 时限: the most urgent clock of each referral."""
    today = date.today()
    found = bank_clocks.clocks_of(rows, [each.id for each in records], today)
    cells: dict[str, CellLike] = {
        each.id: "推给担保机构"
        for each in records
        if isinstance(each, Referral) and each.guarantor and not each.bank
    }
    for record, clocks in found.items():
        if not clocks:
            continue
        clock = clocks[0]
        left = clock.left(today)
        note = (
            f"{clock.what}　最迟 {clock.due}{'（预计）' if clock.estimated else ''}　{clock.clause}"
        )
        if left < 0:
            cells[record] = Cell(f"{clock.what} 超 {-left} 天", "must", note=note)
        else:
            word = "今天到期" if left == 0 else f"剩 {left} 天"
            cells[record] = Cell(
                f"{clock.what} {word}", "explain" if left <= SOON else "", note=note
            )
    return cells


def late(ledger: Ledger, _stop: Stop) -> list[str]:
    """Referrals with a clock that has run out."""
    with ledger.read() as rows:
        return bank_clocks.late(rows)


def _stage(key: str, ledger: Ledger) -> list[str]:
    with ledger.read() as rows:
        return sorted(coaching.stages(rows)[key])


def to_feed_back(ledger: Ledger, _stop: Stop) -> list[str]:
    """Refusals that the task force has not been told of."""
    return _stage(coaching.TO_FEED_BACK, ledger)


def to_coach(ledger: Ledger, _stop: Stop) -> list[str]:
    """Refusals that can be mended and that nobody coaches."""
    return _stage(coaching.TO_COACH, ledger)


def in_coaching(ledger: Ledger, _stop: Stop) -> list[str]:
    """Under coaching, without a result yet."""
    return _stage(coaching.COACHING, ledger)


def ready(ledger: Ledger, _stop: Stop) -> list[str]:
    """Coached with a result: may apply again."""
    return _stage(coaching.READY, ledger)


def coaching_cells(rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """The column 辅导: how many helps were given."""
    some = tuple(each.id for each in records)
    entries = rows.find(Query(Cultivation, (Where("referral", "in", some),)))
    by_entry = {each.id: str(each.referral) for each in entries}
    counts = dict.fromkeys(by_entry.values(), 0)
    for help_ in rows.find(Query(Help, (Where("cultivation", "in", tuple(by_entry)),))):
        counts[by_entry[str(help_.cultivation)]] += 1
    return {record: f"帮扶 {many} 次" for record, many in counts.items()}


def batch_cells(rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """The column 回填: how many firms of a batch the bank has answered."""
    cells: dict[str, CellLike] = {}
    for each in records:
        if not isinstance(each, PushBatch):
            continue
        where = Where("batch", "=", each.id)
        total = rows.count(Query(Referral, (where,)))
        told = rows.count(Query(Referral, (where, Where("answered_on", "notblank"))))
        cells[each.id] = Cell(f"{told} / {total} 户", "" if told == total else "explain")
    return cells


def guarantee_cells(rows: Rows, records: Sequence[Record]) -> Mapping[str, CellLike]:
    """The column 要核对: what is odd about a guarantee."""
    parameters = read(rows)
    cells: dict[str, CellLike] = {}
    for each in records:
        said = bank_progress.warnings(each, parameters) if isinstance(each, Guarantee) else []
        if said:
            cells[each.id] = Cell(
                said[0] if len(said) == 1 else f"{said[0]} 等 {len(said)} 处",
                "explain",
                note="；".join(said),
            )
    return cells
