"""Decisions of before: merges that can be taken apart, and pairs that are not asked about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ledger_desk.exchange.duplicates.splitting import mergers
from ledger_desk.model.records import Enterprise, Verdict
from ledger_desk.store import alikes, hangers, reviewing
from ledger_desk.store.journal import StepInfo
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.duplicates.deeds import DuplicateDeeds
from ledger_desk.ui.duplicates.dialogs import SplitDialog
from ledger_desk.ui.fields import TextField
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn, GridRow, RowSource
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column, Row
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.records.times import when

_WAIT_MS = 150
_WORDS = {
    alikes.SAME: (
        "并掉的一户", "现在在", "拆开", "合并过的都在这里。拆开以后，它名下的走访、对接、贷款都回到它名下。",
        "还没有合并过。在“查重”里合并的，以后都能在这里拆开。",
    ),
    alikes.DIFFERENT: (
        "一户", "另一户", "可以再问", "记过“不是同一户”的，查重和装入都不再问。记错了，按“可以再问”。",
        "还没有记过“不是同一户”。",
    ),
}  # fmt: skip


def verdicts(ledger: Ledger, kind: str) -> list[Verdict]:
    """Decisions that hold, in no order."""
    if kind == alikes.SAME:
        return mergers(ledger)
    return ledger.find(Query(Verdict, (Where("verdict", "=", kind),)))


class VerdictSource(RowSource):
    """Decisions of one kind, the latest first; narrowed by names."""

    def __init__(self, ledger: Ledger, kind: str) -> None:
        """List those of a ledger."""
        self._ledger, self._kind = ledger, kind
        self.text = ""
        self._found: list[Verdict] = []
        self._steps: dict[str, int] = {}
        self._stands: dict[str, str] = {}  # absorbed firm → the one that stands for it now
        gone, now, *_ = _WORDS[kind]
        self.columns = (
            GridColumn("other", gone, "text", 230, sortable=False, essential=True, stretch=True),
            GridColumn("one", now, "text", 230, sortable=False, essential=True),
            GridColumn("at", "什么时候", "text", 116, sortable=False),
            GridColumn("person", "谁", "text", 84, sortable=False),
            GridColumn("reason", "依据", "text", 260, sortable=False),
        )

    def read(self) -> None:
        """Read anew."""
        found = verdicts(self._ledger, self._kind)
        with self._ledger.read() as rows:
            self._steps = hangers.first_steps(rows, [verdict.id for verdict in found])
            self._stands = alikes.aliases(rows)
            if self.text:
                named = self._named(rows)
                found = [v for v in found if v.one in named or v.other in named]
        self._found = sorted(found, key=lambda v: (-self._steps.get(v.id, 0), v.id))

    def count(self) -> int:
        """How many there are."""
        return len(self._found)

    def page(self, offset: int, limit: int) -> list[GridRow]:
        """Some of them."""
        some = self._found[offset : offset + limit]
        with self._ledger.read() as rows:
            firms = rows.many(Enterprise, [r for v in some for r in (self._one(v), str(v.other))])
            infos = reviewing.infos(rows, sorted({self._steps[v.id] for v in some}))
        return [self._row(verdict, firms, infos) for verdict in some]

    def place(self, record: str) -> int | None:
        """Row of a decision."""
        return next((n for n, v in enumerate(self._found) if v.id == record), None)

    def ids(self, offset: int, limit: int) -> list[str]:
        """Ids of decisions."""
        return [verdict.id for verdict in self._found[offset : offset + limit]]

    def verdict(self, record: str) -> Verdict | None:
        """A decision by its id."""
        return next((v for v in self._found if v.id == record), None)

    def told(self, verdict: Verdict) -> str:
        """When it was decided and by whom, to stand in a sentence."""
        step = self._steps.get(verdict.id, 0)
        with self._ledger.read() as rows:
            info = reviewing.infos(rows, [step]).get(step)
        if info is None:
            return ""
        return f"在 {when(info.at, clock=True)} 由{info.person or '没有登记姓名的人'}"

    def _one(self, verdict: Verdict) -> str:
        """The firm that a merged one is part of by now."""
        same = self._kind == alikes.SAME
        return self._stands.get(str(verdict.other), str(verdict.one)) if same else str(verdict.one)

    def _named(self, rows: Rows) -> set[str]:
        wheres = (Where("name", "like", self.text),)
        return {
            record
            for removed in (False, True)
            for record in rows.ids(Query(Enterprise, wheres, removed=removed))
        }

    def _row(
        self, verdict: Verdict, firms: dict[str, Enterprise], infos: dict[int, StepInfo]
    ) -> GridRow:
        info = infos.get(self._steps[verdict.id])
        other, one = firms.get(str(verdict.other)), firms.get(self._one(verdict))
        return GridRow(
            verdict.id,
            [
                other.title if other is not None else "（已不在）",
                one.title if one is not None else "（已不在）",
                when(info.at, clock=True) if info is not None else "",
                (info.person or "没有登记") if info is not None else "",
                verdict.reason or "",
            ],
        )


class VerdictsView(QWidget):
    """The list with a filter; Enter shows what taking a decision back would do."""

    def __init__(
        self, ledger: Ledger, window: MainWindow, deeds: DuplicateDeeds, kind: str
    ) -> None:
        """List the decisions of one kind."""
        super().__init__()
        self._ledger, self._deeds, self._kind = ledger, deeds, kind
        _, _, word, hint, self._nothing = _WORDS[kind]
        self.source = VerdictSource(ledger, kind)
        self.panel = GridPanel(self.source, noun="次", name="从前的判断", frozen=1)
        self.filter = TextField(placeholder="找名称")
        self.filter.setAccessibleName("在从前的判断里找")
        self.back = Button(word, self.open_current, key="Enter")
        tools = Row(gap=8).add(label(hint, "dim", wrap=True), stretch=3)
        tools.add(self.filter, stretch=1).add(self.back)
        Column(self, gap=8).add(tools).add(self.panel, stretch=1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.reload)
        self.filter.textChanged.connect(lambda _: self._timer.start())
        self.panel.grid.opened.connect(lambda _: self.open_current())
        self.panel.grid.note_changed.connect(window.status.say)

    def reload(self) -> None:
        """Read again and stay where one was."""
        self.source.text = self.filter.text().strip()
        self.source.read()
        self.panel.reload()
        some = bool(self.source.count())
        self.back.setEnabled(some and not self._ledger.read_only)
        if self.source.text:
            self.panel.say_nothing(f"没有哪一户的名称带“{self.source.text}”。少打几个字再找。")
        else:
            self.panel.say_nothing(self._nothing)

    def open_current(self) -> SplitDialog | None:
        """Look at what taking the present decision back would do."""
        verdict = self.source.verdict(self.panel.grid.current_id())
        if verdict is None or self._ledger.read_only:
            return None
        if self._kind == alikes.SAME:
            return self._deeds.ask_split(verdict, self.source.told(verdict))
        titles: Sequence[object] = self.source.page(self._place(verdict), 1)[0].cells[:2]
        self._deeds.ask_again(verdict, " 与 ".join(str(title) for title in titles))
        return None

    def first_focus(self) -> QWidget:
        """The list, or the filter."""
        return self.panel.grid if self.source.count() else self.filter

    def _place(self, verdict: Verdict) -> int:
        return self.source.place(verdict.id) or 0
