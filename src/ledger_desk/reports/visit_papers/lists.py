"""走访计划表 by pair, and 走访进度日报: both numbers, by township, office and person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.model.days import print_day
from ledger_desk.model.divisions import divisions
from ledger_desk.model.fields import field_map
from ledger_desk.model.records import Enterprise, VisitPlan, VisitTask
from ledger_desk.reports.dossier.options import MASKED
from ledger_desk.reports.dossier.wording import text_of
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.planning_targets import recent_visits
from ledger_desk.work.visit_progress import (
    BY_DAY,
    BY_OFFICE,
    BY_PERSON,
    BY_TOWN,
    Bar,
    read_progress,
)
from ledger_desk.workbook.booklet import Booklet, Chapter, Column, Table, Words

PLAN_LIST, DAILY = "走访计划表", "走访进度日报"
_NOBODY = "还没分派"
_LAST_DAYS = 10


def plan_list(
    ledger: Ledger, plan: str, private: str = MASKED, today: date | None = None
) -> Booklet:
    """Make the list of a plan, a chapter for each pair; '' for the open tasks of all plans.

    Raises:
        UserError: There is nothing to be listed.
    """
    now = today or date.today()
    where: tuple[Where, ...] = (Where("dropped", "blank"),)
    where += (Where("plan", "=", plan),) if plan else (Where("done_on", "blank"),)
    with ledger.read() as rows:
        held = rows.get(VisitPlan, plan) if plan else None
        order = (("township", False), ("enterprise.village", False), ("due_on", False))
        tasks = rows.find(Query(VisitTask, where, sort=order))
        if not tasks:
            raise UserError("这个计划里没有要走访的企业，没有可印的。请先列入企业，或换一个计划。")
        people = [who for task in tasks for who in (task.first, task.second) if who]
        names = rows.titles("person", people)
        banks = rows.titles("bank", [task.bank for task in tasks if task.bank])
        groups: dict[str, list[VisitTask]] = {}
        for task in tasks:
            who = "、".join(names[each] for each in (task.first, task.second) if each in names)
            bank = banks.get(task.bank or "", "")
            title = f"{who or _NOBODY}{f'（{bank}）' if bank else ''}"
            groups.setdefault(title, []).append(task)
        chapters = tuple(
            Chapter(f"{title}　{len(some):,} 户", (_task_table(rows, some, private, held, now),))
            for title, some in sorted(
                groups.items(), key=lambda item: (item[0] == _NOBODY, item[0])
            )
        )
    name = held.title if held is not None else "全部计划"
    span = ""
    if held is not None and held.starts_on and held.due_on:
        span = f"{print_day(held.starts_on)}—{print_day(held.due_on)}"
    return Booklet(
        name, PLAN_LIST, chapters, head=name, foot=_foot(ledger, now), bound=False, wide=True,
        under="　".join(part for part in (name, span, f"{len(tasks):,} 户") if part),
    )  # fmt: skip


def daily_report(ledger: Ledger, plan: str, today: date | None = None) -> Booklet:
    """Make the daily report of a plan, '' for all plans."""
    now = today or date.today()
    with ledger.read() as rows:
        towns = read_progress(rows, plan, BY_TOWN, now)
        offices = read_progress(rows, plan, BY_OFFICE, now)
        people = read_progress(rows, plan, BY_PERSON, now)
        days = read_progress(rows, plan, BY_DAY, now).days
    whole = towns.whole
    per = f"{100 * whole.done / whole.total:.1f} %" if whole.total else "—"
    today_done = next((day.done for day in days if day.day == now), 0)
    said = (
        f"截至 {print_day(now)}，应走访 {whole.total:,} 户，已走访 {whole.done:,} 户（{per}），"
        f"其中有效走访 {whole.effective:,} 户；今天走访 {today_done:,} 户，"
        f"逾期 {whole.late:,} 户，剔除 {towns.dropped:,} 户。"
    )
    last = Table(
        tuple(Column(text, numeric=text != "日期") for text in ("日期", "当日走访", "累计走访", "应走访累计")),
        tuple(
            (str(day.day), f"{day.done:,}", f"{day.so_far:,}", f"{day.due:,}")
            for day in days[-_LAST_DAYS:]
        ),
        title="最近几天",
    )  # fmt: skip
    blocks = (
        Words(said), _bars("按乡镇", "乡镇", towns.bars, whole),
        _bars("按单位", "走访单位", offices.bars, whole),
        _bars("按人（两人同行的各算一户，不合计）", "走访人", people.bars, None), last,
    )  # fmt: skip
    kept = tuple(block for block in blocks if not isinstance(block, Table) or block.rows)
    return Booklet(
        towns.title, DAILY, (Chapter("", kept),), head=towns.title, foot=_foot(ledger, now),
        bound=False, under=f"{ledger.office.title}　{towns.title}",
    )  # fmt: skip


def _foot(ledger: Ledger, now: date) -> str:
    return f"{ledger.office.title}　{print_day(now)}打印"


def _task_table(
    rows: Rows, tasks: Sequence[VisitTask], private: str, plan: VisitPlan | None, now: date
) -> Table:
    spec = field_map(Enterprise)
    firms = rows.many(Enterprise, [str(task.enterprise) for task in tasks])
    warn = (plan.warn_days or 0) if plan is not None else 0
    recent = recent_visits(rows, list(firms), now, warn)
    lines = []
    for number, task in enumerate(tasks, 1):
        firm = firms.get(str(task.enterprise))
        if firm is None:
            continue
        town = divisions().get(firm.township or "", "")
        last = recent.get(firm.id) if not task.done_on else None
        lately = f"{last.day:%m-%d}" if last is not None else ""
        lines.append((
            str(number), firm.title, f"{town}{firm.village or ''}", firm.place or "", firm.person or "",
            text_of(spec["phone"], firm.phone, {}, private), f"{task.due_on:%m-%d}" if task.due_on else "",
            lately, f"{task.done_on:%m-%d}" if task.done_on else "",
        ))  # fmt: skip
    columns = (
        Column("序号", 0.5, numeric=True), Column("企业", 2.6), Column("乡镇、村", 1.4), Column("地址", 2),
        Column("经营者", 0.8), Column("电话", 1.3), Column("截止", 0.6), Column("近期走访", 0.8),
        Column("走访日期", 0.9),
    )  # fmt: skip
    return Table(columns, tuple(lines))


def _bars(title: str, heading: str, bars: Sequence[Bar], whole: Bar | None) -> Table:
    columns = (
        Column(heading, 1.8), *(Column(text, numeric=True) for text in (
            "应走访(户)", "已走访(户)", "有效走访(户)", "逾期(户)", "完成率"
        )),
    )  # fmt: skip
    return Table(
        columns, tuple(_line(bar, bar.title) for bar in bars),
        _line(whole, "合计") if whole is not None and len(bars) > 1 else (), title=title,
    )  # fmt: skip


def _line(bar: Bar, title: str) -> tuple[str, ...]:
    per = f"{100 * bar.done / bar.total:.1f} %" if bar.total else "—"
    return (title, f"{bar.total:,}", f"{bar.done:,}", f"{bar.effective:,}", f"{bar.late:,}", per)


__all__ = ["DAILY", "PLAN_LIST", "daily_report", "plan_list"]
