"""缺项清单: what is missing, as a list of whom to call: by township, village and firm.

Shown, copied, saved as .xlsx and printed; what comes back by telephone is typed into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger_desk.exchange.ways import MASKED
from ledger_desk.files import safe_name
from ledger_desk.model.days import print_day
from ledger_desk.model.masks import mask_phone
from ledger_desk.progress import Progress, silent
from ledger_desk.reports.filling.plan import Gap, Plan
from ledger_desk.workbook.lists import ListColumn

TITLE = "缺项清单"
COLUMNS = ("序号", "乡镇", "村（社区）", "企业", "找谁", "电话", "缺的项", "为什么缺", "答复")


@dataclass(frozen=True)
class Call:
    """One firm to call, with all that is to be asked.

    Attributes:
        firm: Id of the firm.
        gaps: What is missing, in the order of the columns.
    """

    firm: str
    gaps: tuple[Gap, ...]

    @property
    def first(self) -> Gap:
        """Any of the gaps: name, village and telephone are the same in all."""
        return self.gaps[0]

    @property
    def missing(self) -> str:
        """Headings of the missing cells, side by side."""
        return "、".join(dict.fromkeys(short(gap.heading) for gap in self.gaps))


def short(heading: str) -> str:
    """The lowest part of a heading, as the sender wrote it."""
    return heading.rsplit("/", 1)[-1]


def calls(gaps: Iterable[Gap]) -> list[Call]:
    """Put the gaps of each firm together, in the order of the gaps."""
    by: dict[str, list[Gap]] = {}
    for gap in gaps:
        by.setdefault(gap.firm, []).append(gap)
    return [Call(firm, tuple(some)) for firm, some in by.items()]


def counts(gaps: Iterable[Gap]) -> list[tuple[int, str, int]]:
    """Count the firms that lack each column: (column, heading, firms), the most first."""
    found: Counter[tuple[int, str]] = Counter()
    for column, heading, _ in {(gap.column, gap.heading, gap.firm) for gap in gaps}:
        found[column, heading] += 1
    return sorted(
        ((column, heading, many) for (column, heading), many in found.items()),
        key=lambda item: (-item[2], item[0]),
    )


def sentence(plan: Plan, gaps: Sequence[Gap] | None = None) -> str:
    """Say what is missing in one sentence, such as 还差 17 户的“担保情况”."""
    some = plan.gaps if gaps is None else gaps
    if not some:
        return "没有缺项。"
    unit = {"townships": "个乡镇", "banks": "家银行"}.get(plan.asked.rows_are, "户")
    told = [f"{many:,} {unit}的“{short(heading)}”" for _, heading, many in counts(some)]
    more = f"等 {len(told)} 项" if len(told) > 4 else ""
    return f"还差 {'、'.join(told[:4])}{more}。"


def as_text(plan: Plan, gaps: Sequence[Gap] | None = None, private: str = "照写") -> str:
    """Give the list as text to be pasted into a message or a sheet: tabs between, a line each."""
    some = plan.gaps if gaps is None else gaps
    lines = [sentence(plan, some).rstrip("。") + "，电话如下："] if some else ["没有缺项。"]
    lines += ["\t".join(row[1:7]) for row in rows(some, private)]
    return "\n".join(lines)


def rows(gaps: Sequence[Gap], private: str = "照写") -> list[list[str]]:
    """Rows of the list, as `COLUMNS`; 答复 stays empty."""
    made = []
    for number, call in enumerate(calls(gaps), 1):
        gap = call.first
        phone = (
            "、".join(map(mask_phone, gap.phone.split("、")))
            if private == MASKED and gap.phone
            else gap.phone
        )
        why = "；".join(dict.fromkeys(g.why for g in call.gaps if g.why))
        made.append([str(number), gap.township, gap.village, gap.name, gap.person, phone, call.missing, why, ""])  # fmt: skip
    return made


def file_name(plan: Plan, ending: str) -> str:
    """Suggest a name: 统计表 缺项清单.xlsx."""
    return f"{safe_name(plan.asked.opened.path.stem)} {TITLE}{ending}"


def write_list(
    plan: Plan, path: Path, gaps: Sequence[Gap] | None = None, private: str = "照写",
    progress: Progress = silent,
) -> int:  # fmt: skip
    """Write the list as .xlsx; gives the firms on it.

    Raises:
        UserError: The file cannot be written.
        Cancelled: From ``progress``.
    """
    from ledger_desk.workbook import lists

    some = plan.gaps if gaps is None else gaps
    widths = (6, 12, 14, 30, 12, 26, 30, 30, 24)
    columns = [ListColumn(label, "whole" if not place else "text", width)
               for place, (label, width) in enumerate(zip(COLUMNS, widths, strict=True))]  # fmt: skip
    lines = [[int(row[0]), *(text or None for text in row[1:])] for row in rows(some, private)]
    return lists.write_list(path, TITLE, columns, lines, progress=progress)


def draw(
    plan: Plan, office: str, gaps: Sequence[Gap] | None = None, private: str = "照写",
    progress: Progress = silent,
) -> tuple[bytes, int, int, str]:  # fmt: skip
    """Draw the list as PDF, A4 on its side.

    Returns:
        The PDF, the firms on it, its pages, and the characters that no font has.
    """
    some = plan.gaps if gaps is None else gaps
    return draw_rows(
        rows(some, private), plan.asked.opened.path.stem, sentence(plan, some), office,
        progress=progress,
    )  # fmt: skip


def draw_rows(
    lines: Sequence[Sequence[str]], name: str, said: str, office: str, progress: Progress = silent
) -> tuple[bytes, int, int, str]:
    """Draw rows of the list; in a process of its own from the window. See `draw`."""
    import datetime as dt
    import io

    from ledger_desk.workbook.booklet import Booklet, Chapter, Column, Table, Words, write

    weights = (0.45, 0.9, 1.0, 2.3, 0.8, 1.5, 1.9, 1.7, 1.6)
    columns = tuple(
        Column(label, weight, numeric=not place)
        for place, (label, weight) in enumerate(zip(COLUMNS, weights, strict=True))
    )
    table = Table(columns, tuple(tuple(row) for row in lines))
    booklet = Booklet(
        name, TITLE, (Chapter("", (Words(said), table)),), head=f"{TITLE}　{name}",
        foot=f"{office}　{print_day(dt.date.today())}打印", bound=False, wide=True,
        under=f"{len(lines):,} 户",
    )  # fmt: skip
    out = io.BytesIO()
    made = write([booklet], out, title=TITLE, count=1, progress=progress)
    return out.getvalue(), len(lines), made.pages, made.missing
