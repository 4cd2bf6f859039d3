"""What is said about a column of the file: how it is read, how sure its match is, its samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ledger_desk.exchange.column_readings import Reading
from ledger_desk.exchange.mapping import HOW, ColumnMatch
from ledger_desk.model.fields import FieldSpec
from ledger_desk.ui.importing.candidates import hide
from ledger_desk.ui.picker import PickItem

# Short enough for a field; the list beside it says the whole and shows what comes of a cell.
_SHORT: Mapping[tuple[str, str], str] = {
    ("day", ""): "年月日",
    ("day", "mdy"): "月日年",
    ("day", "dmy"): "日月年",
    ("day", "serial"): "日期序号",
    ("day", "minguo"): "民国年月日",
    ("day", "month"): "只有年月",
    ("rate", ""): "百分数",
    ("rate", "fraction"): "小数",
    ("rate", "permille"): "千分数",
    ("yes_no", ""): "√、是、1 算“是”",
    ("yes_no", "blank_no"): "空着也算“否”",
    ("yes_no", "mark_yes"): "有字就算“是”",
    ("yes_no", "one_two"): "1 是，2 否",
}


def reading_item(spec: FieldSpec, reading: Reading) -> PickItem:
    """Name a reading for a list: short, with what it makes of a cell or how often it fails."""
    text = _SHORT.get((spec.kind.name, reading.key), reading.label)
    hint = f"有 {reading.wrong:,} 格不通" if reading.wrong else reading.example
    return PickItem(reading.key, text, hint, (reading.label,))


def current_reading(readings: Sequence[Reading]) -> Reading | None:
    """The reading that goes now."""
    return next((reading for reading in readings if reading.current), None)


def sureness(
    match: ColumnMatch, spec: FieldSpec | None, readings: Sequence[Reading]
) -> tuple[str, str]:
    """Mark and words for how a column was settled, and whether its cells can be read."""
    if match.how == "reserved":
        return "none", "本程序加的列，略过"
    if spec is None:
        if match.how == "chosen":
            return "none", "你定的：不装入"
        if match.note:
            return "explain", f"{match.note}，请看一眼"
        return "none", "没有对应的项目，不装入"
    words = HOW[match.how] if match.how != "chosen" else "你指定的"
    now = current_reading(readings)
    if now is not None and now.wrong:
        return "explain", f"{words}；有 {now.wrong:,} 格读不通"
    if match.how == "likeness":
        return "hint", f"{words} {match.confidence:.2f}，请看一眼"
    if match.how == "content":
        return "hint", f"{words}，请看一眼"
    if spec.kind.name == "money" and not match.unit:
        return "hint", f"{words}；没写单位，按万元读"
    return "done", words


def samples_of(match: ColumnMatch, spec: FieldSpec | None, private: bool) -> tuple[str, ...]:
    """Some cells; personal data masked, also where the column was one and is not read in now."""
    if spec is None and private:
        return tuple("＊＊＊" if text else "" for text in match.samples)
    return tuple(hide(spec, text) for text in match.samples)


def needs_look(kind: str) -> bool:
    """Whether a mark asks the person to look."""
    return kind in ("explain", "hint")


def short_heading(heading: str) -> str:
    """The last part of a heading of several rows: what a person looks for in the table."""
    return heading.rsplit("/", 1)[-1]
