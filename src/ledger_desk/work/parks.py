"""Parks of small firms (小微企业园): firms go in and out, files are made, shares are read.

Source: 001_b3108891c82a181e.txt, 二（一）; the lines of 70, 60 and 50 per cent are parameters
``park.*``. What is counted of a park is computed in `ledger_desk.store.worked.parks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger_desk.errors import UserError
from ledger_desk.model.records import Enterprise, Park, Tagging, Tenancy
from ledger_desk.progress import Progress, silent
from ledger_desk.store.journal import Step
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.work.calling import call_all
from ledger_desk.work.outcome import Outcome, Refused

TAG = "小微企业园"


@dataclass(frozen=True)
class Standing:
    """How a park stands.

    Attributes:
        park: Its id.
        name: Its name.
        stars: Its stars, 未评级 where none.
        inside: Firms inside.
        credited: Those of them with credit.
        share: Per cent in millionths; None: nobody is inside.
        line: The per cent it should reach.
        short: Firms that it lacks for that.
    """

    park: str
    name: str
    stars: str
    inside: int
    credited: int
    share: int | None
    line: int
    short: int


def standings(rows: Rows) -> list[Standing]:
    """Read how all parks stand, those furthest below their line first, empty ones last."""
    parks = rows.find(Query(Park))
    beside = rows.beside(Park, [park.id for park in parks])
    found = []
    for park in parks:
        told = beside[park.id]
        found.append(
            Standing(
                park.id, park.title, park.stars or "未评级", told["inside"], told["credited"],
                told["share"], told["line"] // 10_000, told["short"],
            )
        )  # fmt: skip

    def rank(each: Standing) -> tuple[bool, float, str]:
        gap = 0.0 if each.share is None else each.share / 10_000 - each.line
        return each.inside == 0, gap, each.name

    return sorted(found, key=rank)


def add_firms(
    ledger: Ledger,
    park: str,
    firms: Sequence[str],
    *,
    since: date | None = None,
    progress: Progress = silent,
) -> Outcome:
    """Let firms into a park and give them the tag 小微企业园, as one step.

    Raises:
        UserError: There is no such park.
    """
    with ledger.read() as rows:
        found = rows.get(Park, park)
        if found is None or found.removed:
            raise UserError("这个园区已经不在账里，请重新选一个。")
        known = rows.many(Enterprise, list(dict.fromkeys(firms)))
        inside = _inside(rows, park)
        tagged = {
            each.enterprise
            for each in rows.find(Query(Tagging, (Where("tag", "=", TAG), Where("until", "blank"), Where("enterprise", "in", tuple(known)))))
        }  # fmt: skip
    refused: list[Refused] = []
    new = []
    for place, firm in enumerate(known.values()):
        progress(place, len(known), "正在加入园企业")
        why = ""
        if firm.removed:
            why = "这户企业在回收站里，先恢复再加。"
        elif firm.id in inside:
            why = f"已经在{found.title}里了。"
        if why:
            refused.append(Refused(firm.id, firm.title, why))
        else:
            new.append(firm.id)
    said = f"把 {len(new):,} 户加进{found.title}"
    with ledger.step(said) as step:
        made = step.create_many(
            Tenancy, [{"park": park, "enterprise": firm, "since": since} for firm in new], progress
        )
        step.create_many(
            Tagging,
            [
                {"enterprise": firm, "tag": TAG, "since": since, "source": found.title}
                for firm in new
                if firm not in tagged
            ],
        )
    return Outcome.of_step(step.result, made, refused, said, Enterprise.TABLE)


def leave(
    ledger: Ledger, tenancies: Sequence[str], day: date, *, progress: Progress = silent
) -> Outcome:
    """Let firms out of their park on a day, as one step; who is in no park any more loses the tag."""
    refused: list[Refused] = []
    done: list[str] = []
    with ledger.step(f"登记退园 {len(tenancies):,} 户") as step:
        found = step.rows.many(Tenancy, list(tenancies))
        names = call_all(step.rows, Tenancy, list(tenancies))
        for place, (record, tenancy) in enumerate(found.items()):
            progress(place, len(found), "正在登记退园")
            why = _why_not_left(tenancy, day)
            if why:
                refused.append(Refused(record, names[record], why))
            else:
                done.append(record)
        step.change_many(Tenancy, [(record, {"until": day}) for record in done])
        gone = {str(found[record].enterprise) for record in done}
        _untag(step, gone, day)
        step.name = f"登记退园 {len(done):,} 户"
    return Outcome.of_step(step.result, done, refused, f"登记退园 {len(done):,} 户")


def _why_not_left(tenancy: Tenancy, day: date) -> str:
    if tenancy.until is not None:
        return f"已在 {tenancy.until} 退园。"
    if tenancy.since is not None and day < tenancy.since:
        return f"退园日期 {day} 早于入园日期 {tenancy.since}，请核对。"
    return ""


def _untag(step: Step, firms: set[str], day: date) -> None:
    among = Where("enterprise", "in", tuple(sorted(firms)))
    stays = Query(Tenancy, (among, Where("until", "blank")))
    still = {each.enterprise for each in step.rows.find(stays)}
    tags = Query(Tagging, (among, Where("tag", "=", TAG), Where("until", "blank")))
    ended = [tag.id for tag in step.rows.find(tags) if tag.enterprise not in still]
    step.change_many(Tagging, [(tag, {"until": day}) for tag in ended])


def put_on_file(
    ledger: Ledger, parks: Sequence[str], day: date, *, progress: Progress = silent
) -> Outcome:
    """Write down that parks have their file (分类建档), as one step; the file needs firms inside."""
    with ledger.read() as rows:
        found = rows.many(Park, list(parks))
        beside = rows.beside(Park, list(parks))
    refused: list[Refused] = []
    items = []
    for place, (record, park) in enumerate(found.items()):
        progress(place, len(found), "正在登记建档")
        if park.filed_on is not None:
            refused.append(Refused(record, park.title, f"已在 {park.filed_on} 建档。"))
        elif not beside[record]["inside"]:
            refused.append(Refused(record, park.title, "园里还没有登记企业，先加入园企业再建档。"))
        else:
            items.append((record, {"filed_on": day}))
    with ledger.step(f"园区建档 {len(items):,} 个") as step:
        step.change_many(Park, items)
    return Outcome.of_step(
        step.result, [record for record, _ in items], refused, f"园区建档 {len(items):,} 个"
    )


def _inside(rows: Rows, park: str) -> set[str]:
    wheres = (Where("park", "=", park), Where("inside", "=", True))
    return {str(each.enterprise) for each in rows.find(Query(Tenancy, wheres))}
