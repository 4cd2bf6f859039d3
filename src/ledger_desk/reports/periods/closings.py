"""The closings of a ledger: which periods are closed, and what was kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger_desk.exchange.definitions import Form
from ledger_desk.model.periods import Period
from ledger_desk.model.records import Closing
from ledger_desk.reports.periods.frozen import Frozen
from ledger_desk.reports.periods.packing import unpack
from ledger_desk.store import blobs
from ledger_desk.store.queries import Query, Rows, Where

CLOSED, REOPENED = "已结账", "已反结账"


@dataclass(frozen=True)
class Standing:
    """How a period stands: all its closings, the oldest first."""

    closings: tuple[Closing, ...] = ()

    @property
    def closed(self) -> Closing | None:
        """The closing that holds now; None while the period is open."""
        last = self.last
        return last if last is not None and last.state == CLOSED else None

    @property
    def last(self) -> Closing | None:
        """The newest closing, whether it still holds or not."""
        return self.closings[-1] if self.closings else None

    @property
    def words(self) -> str:
        """``未结账``, ``已结账，第 2 次定稿`` or ``已反结账，改后再结``."""
        last = self.last
        if last is None:
            return "未结账"
        if last.state == CLOSED:
            return f"已结账，第 {last.number} 次定稿"
        return f"第 {last.number} 次定稿已反结账，改好后再结"


def standing(rows: Rows, form: str, period: Period, office: str | None = None) -> Standing:
    """Tell how a form's period stands; ``office`` is the one it was made for, None for all."""
    same = Where("office", "=", office) if office else Where("office", "blank")
    where = (
        Where("form", "=", form), Where("starts_on", "=", period.start),
        Where("ends_on", "=", period.end), same,
    )  # fmt: skip
    return Standing(tuple(rows.find(Query(Closing, where, sort=(("number", False),)))))


def closed_periods(rows: Rows, *, offices: bool = False) -> dict[str, list[Closing]]:
    """The periods that are closed now, by form, the latest first; ``offices``: those of single ones too."""
    order = (("ends_on", True), ("starts_on", True), ("number", True))
    found: dict[str, list[Closing]] = {}
    whole = () if offices else (Where("office", "blank"),)
    for each in rows.find(Query(Closing, (Where("state", "=", CLOSED), *whole), sort=order)):
        found.setdefault(str(each.form), []).append(each)
    return found


def title_of(closing: Closing) -> str:
    """``首贷培植工作台帐 2024年10月``."""
    return f"{closing.title} {period_of(closing).label}"


def period_of(closing: Closing) -> Period:
    """Its period."""
    assert closing.starts_on is not None
    assert closing.ends_on is not None
    return Period(closing.starts_on, closing.ends_on)


def read_frozen(rows: Rows, closing: Closing, form: Form | None = None) -> Frozen:
    """Read what was kept of a closing.

    Args:
        rows: Where it is kept.
        closing: Which.
        form: The form as it is today, see `packing.unpack`.

    Raises:
        UserError: The bytes are damaged or not there, or were written by another version.
    """
    title = f"{title_of(closing)} 定稿"
    data = blobs.read(rows, str(closing.frozen), title)
    return unpack(data, lambda name: blobs.read(rows, name, f"{title} 的空白表"), form)


def latest(found: Sequence[Closing]) -> Closing | None:
    """The one with the highest number."""
    return max(found, key=lambda each: each.number or 0, default=None)
