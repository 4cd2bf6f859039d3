"""Cards in the details: does a visit count and why not, and who was at a firm lately."""

from __future__ import annotations

from ledger_desk.model.fields import Record
from ledger_desk.model.records import Visit, VisitTask
from ledger_desk.store.queries import Query, Where
from ledger_desk.store.worked.effective import CONSULTATION
from ledger_desk.ui.books.pane import PaneCard
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.cards import MarkLabel
from ledger_desk.ui.labels import label
from ledger_desk.ui.layouts import Column
from ledger_desk.work.visiting import why_not_effective
from ledger_desk.work.visiting_rules import unmet


class EffectiveCard(PaneCard):
    """Whether a visit is effective, and each rule that it misses; whether it can be applied for."""

    def __init__(self, view: BookView) -> None:
        """Belong to the list of visits."""
        super().__init__()
        self._ledger = view.ledger
        self.mark = MarkLabel("done", "")
        self.whys = label("", "body", wrap=True)
        self.ready = MarkLabel("half", "")
        self.open = label("", "dim", wrap=True)
        Column(self, gap=4).add(self.mark, self.whys, self.ready, self.open)

    def show_record(self, record: Record | None) -> None:
        """Say it of a visit."""
        visit = record if isinstance(record, Visit) else None
        self.setVisible(visit is not None)
        if visit is None:
            return
        with self._ledger.read() as rows:
            missed = why_not_effective(rows, visit)
        self.mark.set("explain" if missed else "done", "不算有效走访" if missed else "有效走访")
        self.whys.setText("\n".join(missed))
        self.whys.setVisible(bool(missed))
        left = unmet(vars(visit))
        wanted = bool(visit.has_need) and visit.kind != CONSULTATION
        self.ready.setVisible(wanted or not left)
        self.open.setVisible(wanted and bool(left))
        self.ready.set("half" if left else "done", "列入申报还差" if left else "可以列入申报")
        self.open.setText("\n".join(left))


class RecentCard(PaneCard):
    """The last visits to the firm of a task, by whomever."""

    def __init__(self, view: BookView) -> None:
        """Belong to the list of tasks."""
        super().__init__()
        self._ledger = view.ledger
        self.told = label("", "body", wrap=True)
        Column(self, gap=4).add(label("最近走访过", "bold"), self.told)

    def show_record(self, record: Record | None) -> None:
        """List the last three."""
        task = record if isinstance(record, VisitTask) else None
        self.setVisible(task is not None)
        if task is None:
            return
        of = (Where("enterprise", "=", task.enterprise),)
        with self._ledger.read() as rows:
            last = rows.find(Query(Visit, of, sort=(("day", True),)), 3)
            people = [who for visit in last for who in (visit.first, visit.second) if who]
            names = rows.titles("person", people)
            offices = rows.titles("office", [v.office for v in last if v.office])
        lines = []
        for visit in last:
            who = "、".join(names[each] for each in (visit.first, visit.second) if each in names)
            parts = (
                str(visit.day),
                visit.kind,
                offices.get(visit.office or "", ""),
                who,
                visit.result,
            )
            lines.append(" ".join(part for part in parts if part))
        self.told.setText("\n".join(lines) or "账上还没有走访记录")
