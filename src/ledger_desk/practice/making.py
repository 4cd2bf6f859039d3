"""Making a practice ledger: made-up firms, banks and months of work, repeatable from a seed."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from ledger_desk.model.money import FEN_PER_WAN
from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.records import (
    Attachment,
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Figure,
    Help,
    Loan,
    Matching,
    Office,
    Person,
    Repayment,
)
from ledger_desk.practice import lenders, numbers, oddities
from ledger_desk.practice.dealings import Dealer, Rows
from ledger_desk.practice.efforts import cultivate, new_id
from ledger_desk.practice.firms import Brief, FirmMaker
from ledger_desk.practice.papers import MOST_FIRMS, ORDER, FileMaker, sample_paper
from ledger_desk.practice.places import townships
from ledger_desk.practice.season import play_season
from ledger_desk.progress import Progress, silent
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query

_BATCH = 5_000  # firms made and handed to the door at once
_STEP = 100_000  # firms in one journal step
_MONTHS = 6  # months of work, the present one included
_ALL = 500  # ledgers up to this size have work on two firms in five
_IN_ORDER = (Matching, Credit, Loan, Drawdown, Repayment)


def practice_file(folder: Path, today: date | None = None) -> Path:
    """Where the practice ledger of a month is kept: one a month, since its work ends today."""
    return folder / f"新县练习 {today or date.today():%Y-%m}.账套"


def make_practice(
    path: Path,
    *,
    firms: int = 200,
    seed: int = 2024,
    today: date | None = None,
    matchings: int | None = None,
    season: bool | None = None,
    progress: Progress = silent,
) -> Ledger:
    """Make a practice ledger of the county 新县 and give it back open.

    The same arguments make the same records with the same ids; only the times in the journal differ.

    Args:
        path: File to make.
        firms: How many enterprises, up to a million.
        seed: Another seed makes another county.
        today: The last day of the made-up work; its month is the present one. Default: today.
        matchings: How many matchings over the six months; default: three for every four firms up to
            500 firms, then one for every twenty.
        season: Play the season too, from the visit to the loan; default: from 100 firms to 2,000,
            where no number of matchings is wanted.
        progress: Told all the while; cancelling leaves no file.

    Raises:
        UserError: The file exists, or the folder cannot be written.
        Cancelled: The person asked to stop.
    """
    path, today = Path(path), today or date.today()
    rng = Random(f"{seed}:{firms}:{today.isoformat()}")
    office = Office(id=numbers.record_id(rng, 0, 1), **lenders.OFFICE)
    ledger = Ledger.create(path, office=office, practice=True)
    try:
        _Maker(ledger, rng, seed, today, progress).make(firms, matchings)
        if _plays(firms, matchings) if season is None else season:
            play_season(ledger, firms=firms, seed=seed, today=today, progress=progress)
    except BaseException:
        ledger.close()
        for tail in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                path.with_name(path.name + tail).unlink()
        raise
    return ledger


def _plays(firms: int, matchings: int | None) -> bool:
    return matchings is None and 100 <= firms <= 2_000


class _Maker:
    def __init__(
        self, ledger: Ledger, rng: Random, seed: int, today: date, progress: Progress
    ) -> None:
        self._ledger, self._rng, self._seed = ledger, rng, seed
        self._today, self._progress = today, progress
        self._month = month_of(today)
        self._office = ledger.office.id
        self._offices: list[dict[str, Any]] = []
        self._banks: list[dict[str, Any]] = []

    def make(self, firms: int, matchings: int | None) -> None:
        self._people()
        listed, worked = _share(firms, 0.4, 0.06), _share(firms, 0.6, 0.10)
        briefs = self._firms(firms, worked)
        able = [b for b in briefs if b.trading and b.grade <= 1] or briefs
        odd = [b for b in able if b.rare] or able
        usual = [b for b in able if not b.rare] or able
        dealer = self._cultivate(usual, listed)
        count = _share(firms, 0.75, 0.05) if matchings is None else matchings
        self._work(dealer, odd, count)
        self._figures()
        self._files([brief.id for brief in briefs])

    def _people(self) -> None:
        with self._ledger.step("练习：单位、银行和人员", kind="practice") as step:
            self._offices = lenders.office_rows(self._rng)
            self._banks = lenders.bank_rows(self._rng)
            people = lenders.person_rows(self._rng, self._office, self._offices, self._banks)
            step.create_many(Office, self._offices)
            step.create_many(Bank, self._banks)
            step.create_many(Person, people)
        self._ledger.work_as(people[0]["id"])

    def _firms(self, count: int, worked: int) -> list[Brief]:
        """Make the firms; gives those with which the later months go on, spread evenly."""
        maker, briefs = FirmMaker(self._seed, self._today, max(count, 1)), []
        for first in range(0, count, _STEP):
            last = min(first + _STEP, count)
            with self._ledger.step(
                f"练习：经营主体 第 {first + 1} 至 {last} 户", kind="practice"
            ) as step:
                for start in range(first, last, _BATCH):
                    self._progress(start, count, "编练习用的经营主体")
                    rows = []
                    for number, (brief, row) in enumerate(
                        maker.rows(start, min(start + _BATCH, last)), start
                    ):
                        rows.append(row)
                        if brief.rare or number * worked // count != (number + 1) * worked // count:
                            briefs.append(brief)
                    step.create_many(Enterprise, rows)
        self._progress(count, count, "编练习用的经营主体")
        return briefs

    def _cultivate(self, firms: list[Brief], listed: int) -> Dealer:
        weighted = [
            bank["id"]
            for bank, (_, _, _, weight) in zip(self._banks, lenders.BANKS, strict=True)
            for _ in range(weight)
        ]
        start = _back(self._month, _MONTHS).start
        entries, rows, helps = cultivate(
            self._rng, firms[: max(1, listed)], weighted, start, self._today
        )
        offices = [self._offices[0]["id"], self._office]
        dealer = Dealer(self._rng, self._today, offices, weighted, entries, firms)
        with self._ledger.step(f"练习：首贷培植名单 {len(rows)} 户", kind="practice") as step:
            step.create_many(Cultivation, rows)
            step.create_many(Help, helps)
            self._put(step, dealer.before())
        return dealer

    def _work(self, dealer: Dealer, odd: list[Brief], count: int) -> None:
        older = ""
        for back in range(_MONTHS - 1, -1, -1):
            period = _back(self._month, back)
            self._progress(_MONTHS - 1 - back, _MONTHS, f"编{period.label}的银企对接")
            with self._ledger.step(f"练习：{period.label}银企对接", kind="practice") as step:
                made = (_MONTHS - back) * count // _MONTHS - (_MONTHS - back - 1) * count // _MONTHS
                self._put(step, dealer.month(period, made))
                if back == 2:
                    rows, older = oddities.two_months_ago(dealer, odd[-1], self._month)
                    self._put(step, rows)
                elif back == 0:
                    self._put(step, oddities.this_month(dealer, odd, self._month, older))
                step.change_many(
                    Cultivation, [(entry, {"state": "已获贷"}) for entry in dealer.granted]
                )

    @staticmethod
    def _put(step: Any, rows: Rows) -> None:
        for cls in _IN_ORDER:
            step.create_many(cls, rows.get(cls, []))

    def _figures(self) -> None:
        """Balances that no firm stands behind, by township: three month-ends and the present one."""
        rows = []
        for town in townships():
            balance = self._rng.randrange(6_000, 60_000)
            for back in (3, 2, 1, 0):
                balance = int(balance * self._rng.uniform(0.995, 1.03))
                if town.stem == "田铺" and back == 0:
                    continue  # one township is late: not reported is not zero
                rows.append(
                    {
                        "id": new_id(self._rng), "indicator": "inclusive_balance",
                        "day": min(_back(self._month, back).end, self._today),
                        "office": self._office, "division": town.code,
                        "value": balance * FEN_PER_WAN, "source": "辖内银行网点月报汇总",
                    }
                )  # fmt: skip
        with self._ledger.step("练习：普惠型小微企业贷款余额填报数", kind="practice") as step:
            step.create_many(Figure, rows)

    def _files(self, ids: list[str]) -> None:
        """What hangs on the firms: of the worked-on ones, and of as many others."""
        with self._ledger.read() as rows:
            others = rows.ids(Query(Enterprise), MOST_FIRMS)
            chosen = list(dict.fromkeys([*ids[: MOST_FIRMS // 2], *others]))[:MOST_FIRMS]
            firms = [rows.many(Enterprise, chosen)[record] for record in chosen]
            banks = rows.find(Query(Bank))
            borrowed = {str(entry.enterprise) for entry in rows.find(Query(Cultivation))}
            borrowed |= {str(met.enterprise) for met in rows.find(Query(Matching))}
            borrowed |= {str(loan.enterprise) for loan in rows.find(Query(Loan))}
        found = FileMaker(self._seed, self._today, banks).rows(firms, borrowed)
        with self._ledger.step(f"练习：{len(firms)} 户的档案", kind="practice") as step:
            for cls in ORDER:
                step.create_many(cls, found[cls])
            papers = [
                sample_paper(step, firm, kind, firm.founded or self._today, new_id(self._rng))
                for firm in firms[:6]
                for kind in ("营业执照", "征信授权书")
            ]
            step.create_many(Attachment, papers)


def _back(period: Period, months: int) -> Period:
    for _ in range(months):
        period = period.previous()
    return period


def _share(firms: int, small: float, large: float) -> int:
    """A share of the firms that falls once the ledger is larger than a county's real work."""
    return max(1, round(min(firms, _ALL) * small + max(firms - _ALL, 0) * large))
