"""What a sender is told: a text for each row, comments on cells, and the sheet of findings.

Nothing personal goes anywhere where it was not: values of private columns are not repeated, and
numbers of persons and telephones in a reason are masked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ledger_desk.errors import Problem
from ledger_desk.exchange.prepared import Prepared
from ledger_desk.exchange.results import FATES, ImportResult, RowFate
from ledger_desk.model.fields import field_map
from ledger_desk.model.kinds import clean
from ledger_desk.model.masks import mask_id, mask_phone
from ledger_desk.workbook.book import Merge

if TYPE_CHECKING:
    from ledger_desk.workbook import annotating

_WRONG, _DOUBTFUL, _LEFT_OUT, _TAKEN, _GOOD = "有错：", "存疑：", "未读入：", "已收：", "可收："
# Beginnings of every text in the column; by them a former round's column is known.
MARKS = (_WRONG, _DOUBTFUL, _LEFT_OUT, _TAKEN, _GOOD)
# Beyond these the sheet of findings and the comments would only be slow; the column tells of all.
MOST_LISTED, MOST_NOTES = 20_000, 5_000
_LONGEST = 500
_PERSON = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]"
    r"(?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
_PRIVATE = "（个人信息，见原格）"
_GRADES = {"must": "必改", "explain": "须说明", "hint": "提示"}
_WHAT = {
    "new": "账上没有，已新增", "changed": "账上已有，内容有不同，以来表为准",
    "same": "账上已有，内容相同", "doubtful": "拿不准是哪一户或哪一条，请核对后说明",
    "wrong": "没有读入，改好后再报", "left_out": "合计、说明、重复等，不是新的记录",
}  # fmt: skip
_HOW_TO_MEND = (
    "请在原来的表里改正：标红的行没有读入，对应的格子上有批注。改好后把整个文件再报回来，只有改好的行会读入，"
    "其余不会重复；“校验结果”列和本表不用删。"
)
_TOTAL = "合计"
_WOULD = {"new": "账上没有，可以新增", "changed": "账上已有，内容有不同"}


@dataclass(frozen=True)
class Finding:
    """One line of the sheet of findings."""

    row: int
    column: int
    label: str
    value: str
    why: str
    grade: str


@dataclass(frozen=True)
class Told:
    """What is told of one table.

    Attributes:
        sheet: Name of the sheet in the file.
        tab: Name of the sheet where it is written to.
        header_rows: First and last row of the header.
        texts: Row → (text, grade).
        notes: What is wrong in single cells; also on the sheet of findings.
        findings: All that needs mending or a word.
        counts: Rows by fate.
        taken: The rows were read in.
        when: Day of the reading in, ''  for a dry run.
        attention: Wrong and doubtful rows.
    """

    sheet: str
    tab: str
    header_rows: tuple[int, int]
    texts: dict[int, tuple[str, str]]
    notes: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    counts: dict[str, int]
    taken: bool
    when: str
    attention: int

    def on_tab(self, name: str) -> Told:
        """Give the same for a sheet that was renamed on its way."""
        return replace(self, tab=name)


def tell(prepared: Prepared, result: ImportResult, *, taken: bool) -> Told:
    """Put a result into words for the sender."""
    return _Telling(prepared, result, taken).told()


class _Telling:
    """One table while it is put into words."""

    def __init__(self, prepared: Prepared, result: ImportResult, taken: bool) -> None:
        self.prepared, self.result, self.taken = prepared, result, taken
        self.data_rows = set(prepared.layout.data_rows)
        self.problems: dict[int, list[Problem]] = {}
        for problem in result.problems:
            if problem.row and problem.grade != "hint":
                self.problems.setdefault(problem.row, []).append(problem)

    def told(self) -> Told:
        prepared, result = self.prepared, self.result
        texts = {}
        findings: list[Finding] = []
        for fate in result.rows:
            if fate.row not in self.data_rows:
                continue
            own = [self._finding(problem) for problem in self.problems.get(fate.row, ())]
            texts[fate.row] = self._text(fate, own)
            findings += own
            if fate.fate in ("wrong", "doubtful") and not any(f.grade == "must" for f in own):
                grade = "must" if fate.fate == "wrong" else "explain"
                findings.append(
                    Finding(fate.row, 0, "", unpersonal(fate.title), unpersonal(fate.reason), grade)
                )
        step = result.step
        return Told(
            prepared.sheet.name, prepared.sheet.name, prepared.layout.header_rows, texts,
            tuple(self._visible(f) for f in findings if f.column)[:MOST_NOTES], tuple(findings), result.counts,
            self.taken, f"{step.at:%Y-%m-%d}" if step else "", result.wrong + result.doubtful,
        )  # fmt: skip

    def _text(self, fate: RowFate, own: Sequence[Finding]) -> tuple[str, str]:
        """Give the text of a row and its grade."""
        if fate.fate == "wrong":
            must = [f for f in own if f.grade == "must"]
            why = _sentences(f"{f.label}：{f.why}" if f.label else f.why for f in must)
            return _short(_WRONG + (why or unpersonal(fate.reason))), "must"
        if fate.fate == "doubtful":
            return _short(_DOUBTFUL + unpersonal(fate.reason)), "explain"
        if fate.fate == "left_out":
            return _short(_LEFT_OUT + unpersonal(fate.reason)), "ok"
        good = _TAKEN if self.taken else _GOOD
        labels = "、".join(dict.fromkeys(change.label for change in fate.changes))
        words = f"变更（{labels}）" if fate.fate == "changed" and labels else FATES[fate.fate]
        if not own:
            return _short(good + words), "ok"
        why = _sentences(f"{f.label}：{f.why}" if f.label else f.why for f in own)
        return _short(f"{good}{words}。须说明：{why}"), "explain"

    def _finding(self, problem: Problem) -> Finding:
        """Find the cell of a problem and say it without anything personal."""
        columns, private = self._columns.get(clean(problem.label), ((), False))
        why, value = problem.why, problem.value
        if private:
            if value:
                why = why.replace(f"“{value}”", "这个值").replace(value, "这个值")
            value = _PRIVATE if value else ""
        column = self._column_of(problem, columns)
        return Finding(
            problem.row, column, problem.label, unpersonal(value), unpersonal(why), problem.grade
        )

    @cached_property
    def _columns(self) -> dict[str, tuple[tuple[int, ...], bool]]:
        """Heading, and label of the field, → columns, and whether it is private."""
        specs = field_map(self.prepared.cls)
        found: dict[str, tuple[tuple[int, ...], bool]] = {}
        for match in self.prepared.mapping:
            spec = specs.get(match.field) if match.field else None
            private = bool(spec and spec.private)
            names = [match.heading, spec.label] if spec else [match.heading]
            for name in dict.fromkeys(clean(n) for n in names if n):
                columns, secret = found.get(name, ((), False))
                found[name] = ((*columns, match.column), secret or private)
        return found

    def _column_of(self, problem: Problem, columns: Sequence[int]) -> int:
        """Choose among columns of one heading the one that holds the value; 0 if there is none."""
        for column in columns if len(columns) > 1 else ():
            if clean(self.prepared.sheet.cell(problem.row, column))[:80] == problem.value:
                return column
        return columns[0] if columns else 0

    def _visible(self, found: Finding) -> Finding:
        """Move a comment to the cell that shows: of a merged range only the first one does."""
        for merge in self._merged.get(found.row, ()):
            if merge.first_column <= found.column <= merge.last_column:
                return replace(found, row=merge.first_row, column=merge.first_column)
        return found

    @cached_property
    def _merged(self) -> dict[int, list[Merge]]:
        """Row → the merged ranges that it lies in."""
        found: dict[int, list[Merge]] = {}
        for merge in self.prepared.sheet.merged:
            for row in range(merge.first_row, min(merge.last_row, merge.first_row + 9_999) + 1):
                found.setdefault(row, []).append(merge)
        return found


def unpersonal(text: str) -> str:
    """Mask numbers of persons and mobile telephones wherever they stand in a text."""
    text = _PERSON.sub(lambda found: mask_id(found[0]), text)
    return _MOBILE.sub(lambda found: mask_phone(found[0]), text)


def _sentences(parts: Iterable[str]) -> str:
    return "".join(dict.fromkeys(part if part.endswith("。") else f"{part}。" for part in parts))


def _short(text: str) -> str:
    text = " ".join(text.split("\n"))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def joined(told: Sequence[Told]) -> list[annotating.SheetNotes]:
    """Give what goes into each sheet; tables of one sheet share its column."""
    from ledger_desk.workbook import annotating

    found: dict[str, annotating.SheetNotes] = {}
    for one in told:
        verdicts = {row: annotating.Verdict(*text) for row, text in one.texts.items()}
        notes = [annotating.CellNote(n.row, n.column, n.why) for n in one.notes]
        old = found.get(one.tab)
        if old is not None:
            for row, verdict in old.verdicts.items():
                beside = verdicts.get(row)
                verdicts[row] = _beside(verdict, beside) if beside else verdict
            header = old.header_rows if old.header_rows[1] else one.header_rows
            found[one.tab] = annotating.SheetNotes(one.tab, header, verdicts, [*old.notes, *notes])
        else:
            found[one.tab] = annotating.SheetNotes(one.tab, one.header_rows, verdicts, notes)
    return list(found.values())


def _beside(one: annotating.Verdict, other: annotating.Verdict) -> annotating.Verdict:
    order = ("must", "explain", "ok")
    first, second = sorted((one, other), key=lambda v: order.index(v.grade))
    text = first.text if first.text == second.text else f"{first.text}；{second.text}"
    return replace(first, text=_short(text))


def summary(first: Prepared, told: Sequence[Told]) -> annotating.Summary:
    """Lay out the sheet of findings: counts by fate, then each thing with a link to its cell."""
    from ledger_desk.workbook import annotating

    counts = Counter[str]()
    for one in told:
        counts.update(one.counts)
    row = annotating.SummaryRow
    taken, when = all(one.taken for one in told), max(one.when for one in told)
    names = "、".join(dict.fromkeys(f"“{one.sheet}”" for one in told))
    day = f"，{when}装入" if when else "" if taken else "，尚未装入"
    note, wide = ["note"], (1, 5)
    rows = [
        row(["校验汇总"], ["title"], height=28),
        row([f"专班台账对“{first.file}”的{names}核对的结果{day}。"], note, merged=wide),
        row([_HOW_TO_MEND], note, merged=wide),
        row([]),
        row(["结果", "行数", "说明", ""], ["head"], merged=(3, 4)),
    ]
    for fate, name in FATES.items():
        what = _WHAT[fate] if taken else _WOULD.get(fate, _WHAT[fate])
        look = {"wrong": "must", "doubtful": "explain"}.get(fate, "plain")
        looks = [look if counts[fate] else "plain", "number", "plain"]
        rows.append(row([name, counts[fate], what, ""], looks, merged=(3, 4)))
    total: list[annotating.SummaryCell] = [_TOTAL, sum(counts.values()), "", ""]
    rows.append(row(total, ["head", "number", "plain"], merged=(3, 4)))
    findings = [(one.tab, found) for one in told for found in one.findings]
    rows.append(row([]))
    if findings:
        rows.append(row(["位置", "栏目", "原来的内容", "问题和改法", "要求"], ["head"]))
    for tab, found in findings[:MOST_LISTED]:
        place = f"第 {found.row} 行" if len(told) == 1 else f"{tab} 第 {found.row} 行"
        link = annotating.Link(place, tab, found.row, found.column or 1)
        grade = "must" if found.grade == "must" else "explain"
        cells: list[annotating.SummaryCell] = [
            link,
            found.label,
            found.value,
            found.why,
            _GRADES[grade],
        ]
        rows.append(row(cells, ["link", "plain", "plain", "plain", grade]))
    if len(findings) > MOST_LISTED:
        rest = len(findings) - MOST_LISTED
        rows.append(row([f"另有 {rest:,} 处没有列在这里，请看“校验结果”列。"], note, merged=wide))
    return annotating.Summary(rows, [16, 20, 30, 70, 10])
