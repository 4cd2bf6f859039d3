"""Which referral a row of a returned workbook is: token + batch + bank, else code + bank + batch.

What neither settles is doubtful, never guessed (`decisions.md` 28).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from ledger_desk.exchange.bank_books.opening import BankFile, BookRow
from ledger_desk.exchange.names import name_key
from ledger_desk.exchange.tokens import Token
from ledger_desk.model.records import Bank, Enterprise, PushBatch, Referral
from ledger_desk.store.queries import Query, Rows, Where


@dataclass(frozen=True)
class Found:
    """What a row was found to be.

    ``fate`` is '' where it is ``referral``; else ``doubtful``, ``wrong`` or ``left_out`` with ``why``.
    """

    referral: str = ""
    fate: str = ""
    why: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Matched:
    """A file with its bank and what each row is; ``why``: nothing of it may be read in."""

    bank: str = ""
    bank_name: str = ""
    why: str = ""
    rows: Mapping[int, Found] = ()  # type: ignore[assignment]


def match_file(rows: Rows, file: BankFile) -> Matched:
    """Match a returned file with the ledger as it is."""
    wanted = [row.token.record for row in file.rows if isinstance(row.token, Token)]
    referrals = rows.many(Referral, wanted)
    banks = {bank.id: bank for bank in rows.find(Query(Bank))}
    named = [
        bank.id for bank in banks.values() if file.bank and file.bank in (bank.name, bank.short)
    ]
    by_token = Counter(str(r.bank) for r in referrals.values() if r.bank)
    common = by_token.most_common(1)[0][0] if by_token else ""
    if file.bank and not named:
        return Matched(why=f"表上写的银行是“{file.bank}”，账上没有这家银行，整份没有读。")
    if common and named and common not in named and by_token[common] * 2 > len(wanted):
        other = banks[common].title if common in banks else "另一家银行"
        return Matched(
            named[0], file.bank,
            f"表上写的是“{file.bank}”，里面的台账记号却是“{other}”的，多半是两家银行的表弄混了，整份没有读。",
        )  # fmt: skip
    bank = named[0] if named else common
    if wanted and not referrals and not bank:
        return Matched(why="台账记号都不是这本账的，像是别的专班发出的表，整份没有读。")
    if not bank:
        return Matched(why="表上没有银行名称，台账记号也都没有了，看不出是哪家银行的，整份没有读。")
    name = banks[bank].title if bank in banks else file.bank
    return Matched(bank, name, rows=_Matching(rows, file, bank, name, referrals).all())


class _Matching:
    """One file while its rows are matched."""

    def __init__(
        self, rows: Rows, file: BankFile, bank: str, name: str, by_id: Mapping[str, Referral]
    ) -> None:
        self.file, self.bank, self.name, self.by_id = file, bank, name, by_id
        self.own = rows.find(Query(Referral, (Where("bank", "=", bank),)))
        firms = {str(r.enterprise) for r in (*self.own, *by_id.values())}
        self.firms = rows.many(Enterprise, sorted(firms))
        batches = {str(r.batch) for r in (*self.own, *by_id.values()) if r.batch}
        self.batches = {
            b.id: str(b.no or "") for b in rows.many(PushBatch, sorted(batches)).values()
        }
        self.by_code: dict[str, list[Referral]] = {}
        for referral in self.own:
            for code in self._codes(referral):
                self.by_code.setdefault(code, []).append(referral)

    def all(self) -> dict[int, Found]:
        found = {row.row: self._one(row) for row in self.file.rows}
        taken: dict[str, int] = {}
        # A copied row has the token of another: the row whose own code fits keeps it.
        for row in sorted(self.file.rows, key=lambda r: (not self._fits(r, found), r.row)):
            one = found[row.row]
            if not one.referral:
                continue
            first = taken.setdefault(one.referral, row.row)
            if first != row.row:
                why = f"与第 {first} 行是同一户的同一笔推荐，像是复制出来的行。请只留一行。"
                found[row.row] = Found("", "doubtful", why, (one.referral,))
        return found

    def _fits(self, row: BookRow, found: Mapping[int, Found]) -> bool:
        referral = self.by_id.get(found[row.row].referral)
        return referral is None or row.code in self._codes(referral)

    def _codes(self, referral: Referral) -> tuple[str, ...]:
        firm = self.firms.get(str(referral.enterprise))
        some = (firm.code, firm.regno, firm.internal_no) if firm is not None else ()
        return tuple(code for code in some if code)

    def _one(self, row: BookRow) -> Found:
        token = row.token
        if isinstance(token, Token):
            referral = self.by_id.get(token.record)
            if referral is not None:
                return self._by_token(row, referral)
            lost = "台账记号不是这本账的推荐"
        else:
            lost = "台账记号被改动过" if token else "台账记号没有了"
        return self._by_code(row, lost)

    def _by_token(self, row: BookRow, referral: Referral) -> Found:
        firm = self.firms.get(str(referral.enterprise))
        name = firm.title if firm is not None else "这一户"
        if referral.bank != self.bank:
            return Found("", "wrong", f"“{name}”没有推给{self.name}，这一行不是本行的表里的。")
        if referral.removed:
            return Found("", "wrong", f"“{name}”的这笔推送已经撤回，没有登。")
        own = self.batches.get(str(referral.batch), "")
        codes = self._codes(referral)
        strange = bool(row.code and codes and row.code not in codes)
        if not row.code and row.firm and firm is not None and firm.name:
            strange = name_key(row.firm) != name_key(firm.name)
        if strange:
            why = (
                f"台账记号说这一行是“{name}”，写着的却是“{row.firm or row.code}”。"
                "多半是排序时只选了一部分列：请全选整张表再排序。"
            )
            others = tuple(r.id for r in self.by_code.get(row.code, ()))
            return Found("", "doubtful", why, (referral.id, *others))
        if row.batch and own and row.batch != own:
            why = f"台账记号是 {own} 那一批的，这一行写的批次是 {row.batch}。请核对是哪一批。"
            return Found("", "doubtful", why, (referral.id,))
        return Found(referral.id)

    def _by_code(self, row: BookRow, lost: str) -> Found:
        if not row.code:
            why = f"{lost}，也没有统一社会信用代码，认不出是哪一户。"
            return Found("", "doubtful", why, self._alike(row))
        found = self.by_code.get(row.code, [])
        if not found:
            why = (
                f"{lost}，代码 {row.code} 也不在推给{self.name}的名单里。"
                "清单以外给了贷款的，请登“清单外支持”。"
            )
            return Found("", "doubtful", why, self._alike(row))
        batch = row.batch or (self.file.batches[0] if len(self.file.batches) == 1 else "")
        same = [r for r in found if not batch or self.batches.get(str(r.batch)) == batch]
        if len(same) == 1:
            return Found(same[0].id)
        if not same:
            why = f"{lost}；这一户推给过{self.name}，但不在 {batch} 这一批里。"
        else:
            why = f"{lost}；这一户推给{self.name}有 {len(same)} 笔，表上看不出是哪一笔。"
        return Found("", "doubtful", why, tuple(r.id for r in found))

    def _alike(self, row: BookRow) -> tuple[str, ...]:
        if not row.firm:
            return ()
        key = name_key(row.firm)
        return tuple(
            r.id for r in self.own
            if (firm := self.firms.get(str(r.enterprise))) is not None
            and firm.name and name_key(firm.name) == key
        )  # fmt: skip
