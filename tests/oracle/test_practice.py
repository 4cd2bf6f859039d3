"""Every indicator of the practice ledger, counted by the program and again by the oracle."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from ledger_desk.model.periods import Period, month
from ledger_desk.practice.making import make_practice
from ledger_desk.reports.catalogue import catalogue, run
from ledger_desk.reports.indicator import OWED, OWED_SHARE
from ledger_desk.reports.indicators import INDICATORS, MECHANISMS, splits_of
from ledger_desk.reports.shapes import FromIndicator
from ledger_desk.reports.valuing import Values
from ledger_desk.store.ledger import Ledger

from . import parts
from . import recount as oracle
from .test_recount import ASKED, raw_rows

SINCE = MECHANISMS["小微企业融资协调工作机制"].since
PERIODS = [month(2024, 10), Period(date(2024, 1, 1), date(2024, 11, 20))]


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("practice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER_DESK_HOME", str(folder / "home"))
        with make_practice(folder / "练习.账套", firms=120, today=date(2024, 11, 20)) as ledger:
            yield ledger


@pytest.mark.slow
def test_every_indicator_of_the_practice_ledger_is_recounted(
    season: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    counted = set()
    with season.read() as rows:
        raw = raw_rows(rows)
        # Sizes are judged by the whole table of the measure, which has its own tests.
        sizes = dict(rows.connection.exec_driver_sql("SELECT id, size FROM enterprise_index").all())
        monkeypatch.setattr(parts, "size_of", lambda firm: sizes.get(firm["id"], ""))
        for period in PERIODS:
            values = Values(rows, period, SINCE)
            for indicator in ASKED:
                spec = INDICATORS[indicator]
                main = "启动以来累计" if "启动以来累计" in spec.measures else "期末数"
                usual = sorted(splits_of(spec) - {"industry"})
                for measure, by in ((main, ""), (spec.measures[0], chance.choice(usual or [""]))):
                    found = values.split(indicator, measure, by) if by else {}
                    for key in [None, *list(found)[:5]]:
                        split = by if key is not None else ""
                        ask = oracle.Question(
                            indicator, measure, period.start, period.end, SINCE, split, key
                        )
                        value = values.value(indicator, measure, split, key)
                        assert value == oracle.recount(raw, ask), ask
                        if value:
                            counted.add(indicator)
    reported = {spec.id for spec in INDICATORS.values() if spec.reported}
    assert len(counted) > 200, sorted(ASKED.keys() - counted - reported)


@pytest.mark.slow
def test_every_number_of_every_form_is_recounted(
    season: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = 0
    with season.read() as rows:
        raw = raw_rows(rows)
        sizes = dict(rows.connection.exec_driver_sql("SELECT id, size FROM enterprise_index").all())
    monkeypatch.setattr(parts, "size_of", lambda firm: sizes.get(firm["id"], ""))
    for info in catalogue(season):
        report = run(season, info.id, date(2024, 10, 1), date(2024, 10, 31)).report
        since = MECHANISMS[report.form.shape.mechanism].since
        asked = dict.fromkeys(
            cell.provenance
            for sheet in report.sheets for cell in report.cells_of(sheet)
            if isinstance(cell.provenance, FromIndicator) and cell.provenance.measure not in (OWED, OWED_SHARE)
        )  # fmt: skip
        for origin in asked:
            by = origin.by if origin.key is not None else ""
            ask = oracle.Question(
                origin.indicator, origin.measure, report.period.start, report.period.end, since, by,
                origin.key, None, origin.only,
            )  # fmt: skip
            assert origin.value == oracle.recount(raw, ask), (info.title, ask)
            counted += 1
    assert counted > 1000
