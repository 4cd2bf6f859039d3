"""The 工作台帐 read in: each row becomes, or adds to, a matching with its credit and drawdown.

`decisions.md` 19, 22, 28: found by office + bank + firm + day; a repeated row whose 备注 says
``×月×日对接`` finds the older matching and adds only what is new. Amounts are the period's.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ledger_desk.errors import Problem
from ledger_desk.exchange import banks
from ledger_desk.exchange.comparing_rows import NEW, SKIP
from ledger_desk.exchange.firm_cells import kind_of
from ledger_desk.exchange.identities import Pending
from ledger_desk.exchange.ledger_periods import older_day
from ledger_desk.exchange.ledger_state import LedgerState
from ledger_desk.exchange.ledger_writing import RowWriter
from ledger_desk.exchange.looking_up import by_name, by_value
from ledger_desk.exchange.names import name_key
from ledger_desk.exchange.parsing import ParsedRow, TableReader
from ledger_desk.exchange.results import FieldChange, RowFate
from ledger_desk.model.identifiers import check_credit_code
from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.records import Bank, Enterprise, Office
from ledger_desk.store.journal import Step

_REMARKS = {"office", "note"}  # what a row may hold without telling of a contact
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NP-RTUW-Y]{18}(?![0-9A-Z])")


class LedgerRun:
    """One reading in of a 工作台帐 while it goes on."""

    def __init__(
        self,
        step: Step,
        office: Office,
        reader: TableReader,
        period: Period | None,
        *,
        decisions: Mapping[int, str] | None = None,
        create_missing: bool = False,
    ) -> None:
        """Write into ``step``.

        Args:
            step: A journal step, or one that will be rolled back.
            office: The ledger's own office: reports where the column is empty.
            reader: Has read the rows; knows the units of the amounts.
            period: What the table says of its period; None: the month of each row's day.
            decisions: Row number → `SKIP`, `NEW` (make the firm) or the id of a firm.
            create_missing: Make every firm that is not known, by its name alone.
        """
        self._step, self._office, self._period = step, office, period
        self._reader = reader
        self._decisions, self._create_missing = decisions or {}, create_missing
        self.fates: list[RowFate] = []
        self.problems: list[Problem] = []
        self.created: dict[str, list[str]] = {"office": [], "bank": [], "enterprise": []}
        self._touched: dict[str, int] = {}
        self._latest = date.min
        self._offices = _called(step.rows.find(_all(Office)))
        self._banks = _called(step.rows.find(_all(Bank)))
        self._firms: dict[str, list[Any]] = {}
        self._state = LedgerState(step)

    def take(self, block: Sequence[ParsedRow]) -> None:
        """Give each row of a block its fate and write what follows."""
        names = {r.values["enterprise"] for r in block if "enterprise" in r.values}
        self._firms = {k: list(v) for k, v in by_name(self._step.rows, Enterprise, names).items()}
        codes = {m[0] for n in names if (m := _CODE.search(n.upper()))}
        for code, some in by_value(self._step.rows, Enterprise, "code", codes).items():
            self._firms[code] = list(some)
        bare = {_without_code(n) for n in names if _CODE.search(n.upper())}
        for key, some in by_name(self._step.rows, Enterprise, bare).items():
            self._firms.setdefault(key, list(some))
        ids = {f.id for some in self._firms.values() for f in some} | set(self._decisions.values())
        self._state.load(ids)
        self._latest = max([self._latest, *(r.values["day"] for r in block if "day" in r.values)])
        for row in block:
            self._take_row(row)
        self._state.write()

    def _take_row(self, row: ParsedRow) -> None:
        self.problems += row.problems
        if row.wrong:
            self._tell(row, "wrong", next(p.why for p in row.problems if p.grade == "must"))
            return
        if not {n for n, value in row.values.items() if value is not None} - _REMARKS:
            # 零报告: our own form writes 本期无对接 into 备注 of its first row.
            self._tell(row, "left_out", "这一行只有备注，没有哪一次对接，不是数据。")
            return
        labels = [(n, t) for n, t in (("enterprise", "对接企业名称"), ("bank", "对接银行"), ("day", "对接时间"))
                  if row.values.get(n) is None]  # fmt: skip
        if labels:
            why = (
                f"这一行没有填“{'、'.join(t for _, t in labels)}”，不知是哪一次对接。请补上再读入。"
            )
            self.problems.append(Problem(row.row, labels[0][1], "", why, "must"))
            self._tell(row, "wrong", why)
            return
        firm = self._firm(row)
        if firm is None:
            return
        self._event(row, firm)

    # -- who -----------------------------------------------------------------------------------

    def _firm(self, row: ParsedRow) -> Any:
        """Find (or, if wished, make) the firm; None if the row is told to be doubtful."""
        text = row.values["enterprise"]
        found = _CODE.search(text.upper())
        code = found[0] if found and check_credit_code(found[0]).ok else None
        name = _without_code(text) if code else text
        some = self._firms.get(code, []) if code else []
        some = some or self._firms.get(name_key(name or text), [])
        wish = self._decisions.get(row.row)
        chosen = [f for f in some if f.id == wish] or ([self._state.firm(wish)] if wish else [])
        if chosen and chosen[0] is not None:
            return chosen[0]
        if len(some) == 1:
            return some[0]
        if wish == SKIP:
            self._tell(row, "left_out", "按您的决定不读入。")
            return None
        if not some and (self._create_missing or wish == NEW):
            return self._new_firm(name or text, code)
        if some:
            why = f"账上有 {len(some)} 户叫“{name}”，分不清是哪一户。请选定，或在名称后写上统一社会信用代码。"
        else:
            why = f"账上没有叫“{text}”的经营主体。请先装入名录，核对名称，或选择新增这一户。"
        self._tell(row, "doubtful", why, candidates=tuple(f.id for f in some))
        return None

    def _new_firm(self, name: str, code: str | None) -> Pending:
        values = {"name": name, "code": code, "kind": kind_of(code, name)}
        firm = Pending(secrets.token_hex(16), {k: v for k, v in values.items() if v is not None})
        self._state.create(Enterprise, {"id": firm.id, **firm.values})
        self._firms.setdefault(name_key(name), []).append(firm)
        if code:
            self._firms.setdefault(code, []).append(firm)
        self.created["enterprise"].append(name)
        return firm

    def _party(self, cls: type[Bank] | type[Office], known: dict[str, str], name: str) -> str:
        """Give the id of a bank or office by name or short name; one not known is made."""
        key = name_key(name)
        if key not in known:
            known[key] = secrets.token_hex(16)
            values = {"id": known[key], "name": name}
            if cls is Bank and (kind := banks.type_of(name)):
                values["type"] = kind
            self._state.create(cls, values)
            self.created[cls.TABLE].append(name)
        return known[key]

    # -- what ----------------------------------------------------------------------------------

    def _event(self, row: ParsedRow, firm: Any) -> None:
        values = row.values
        name = values.get("office")
        office = self._party(Office, self._offices, name) if name else self._office.id
        bank = self._party(Bank, self._banks, values["bank"])
        day: date = values["day"]
        # Without a period, a repeated row is about the table's last month, not the older one.
        repeated = older_day(values.get("note"), self._latest) is not None
        period = self._period or month_of(self._latest if repeated else day)
        older = older_day(values.get("note"), max(day, period.end))
        matching = self._state.matching(office, bank, firm.id, day)
        if matching is None and older is not None:
            matching = self._state.matching(office, bank, firm.id, older)
            day = older
        writer = RowWriter(self._state, self._reader, period)
        new = matching is None
        if matching is None:
            matching = writer.new_matching(office, bank, firm.id, day)
        place = self._touched.get(matching.id)
        result = writer.write(row, matching, event_day=values["day"], note=values.get("note"),
                              rehearse=place is not None)  # fmt: skip
        if place is not None:
            leader = self.fates[place].row
            if result.changes:
                labels = "、".join(dict.fromkeys(c.label for c in result.changes))
                why = f"与第 {leader} 行是同一次对接（单位、银行、企业、时间都相同），但“{labels}”不同，不知以哪一行为准。"
                self._tell(
                    row, "doubtful", why, changes=tuple(result.changes), candidates=(matching.id,)
                )
            else:
                self._tell(
                    row,
                    "left_out",
                    f"与第 {leader} 行重复（单位、银行、企业、时间都相同），内容没有不同。",
                )
        elif result.doubt:
            self._tell(row, "doubtful", result.doubt, candidates=(matching.id,))
        elif new:
            self._tell(row, "new", record=matching.id)
        elif result.changes:
            self._tell(row, "changed", record=matching.id, changes=tuple(result.changes))
        else:
            self._tell(row, "same", record=matching.id)

    def _tell(
        self,
        row: ParsedRow,
        fate: str,
        reason: str = "",
        *,
        record: str = "",
        changes: tuple[FieldChange, ...] = (),
        candidates: tuple[str, ...] = (),
    ) -> None:
        if record:
            self._touched[record] = len(self.fates)
        title = str(row.values.get("enterprise") or "")
        self.fates.append(RowFate(row.row, fate, title, reason, changes, record, candidates))

    def remarks(self) -> list[str]:
        """Say what was made besides matchings."""
        said = []
        for table, label, hint in (("bank", "银行", "请核对名称，补上银行类型"), ("office", "单位", "请核对名称和层级"),
                                   ("enterprise", "经营主体", "请补上信用代码和地址")):  # fmt: skip
            names = self.created[table]
            if names:
                more = "等" if len(names) > 5 else ""
                said.append(
                    f"新登记了 {len(names)} 个{label}：{'、'.join(names[:5])}{more}。{hint}。"
                )
        return said


def _all(cls: type[Any]) -> Any:
    from ledger_desk.store.queries import Query

    return Query(cls)


def _called(records: Sequence[Any]) -> dict[str, str]:
    """Ids by every name that a cell may use; full names win over short ones."""
    found: dict[str, str] = {}
    for record in records:
        if record.name:
            found.setdefault(name_key(record.name), record.id)
    for record in records:
        if record.short:
            found.setdefault(name_key(record.short), record.id)
    return found


def _without_code(text: str) -> str:
    """Give a name cell without the code in it and the brackets around."""
    rest = _CODE.sub("", text.upper()) if _CODE.search(text.upper()) else text
    return re.sub(r"[（(\[【]\s*(?:统一社会信用代码[:：]?)?\s*[)）\]】]", "", rest).strip(
        " ,，;；/"
    )
