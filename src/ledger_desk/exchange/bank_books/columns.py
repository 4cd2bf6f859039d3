"""Which columns a bank's workbook has, and the two hidden ones by which it is read back."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from typing import Any, Final

from ledger_desk.exchange.ways import Way
from ledger_desk.model.bank_answers import BY_NAME, IN_BOOK, Answer
from ledger_desk.model.fields import FieldSpec, field_map
from ledger_desk.model.records import Application, Enterprise
from ledger_desk.workbook.asking import AskColumn

SENT: Final = "发出时内容"
SERIAL, NUMBER, FIRM, CODE, BATCH = (
    "序号",
    "申报编号",
    "经营主体名称",
    "统一社会信用代码",
    "推送批次号",
)
PUSHED: Final = "推送日期"
ABOUT: Final = "企业情况（不用改）"
_MARK = "LDS"
_ENTERPRISE, _APPLICATION = field_map(Enterprise), field_map(Application)

# (heading, field of firm or of application, width); the first five are made by hand.
FIRM_FACTS: tuple[tuple[str, FieldSpec, int], ...] = (
    ("乡镇", _ENTERPRISE["township"], 10),
    ("主体类型", _ENTERPRISE["kind"], 11),
    ("法定代表人(经营者)", _ENTERPRISE["person"], 11),
    ("联系电话", _ENTERPRISE["phone"], 13),
    ("经营地址", _ENTERPRISE["address"], 26),
    ("主营业务", _ENTERPRISE["main_business"], 18),
)
NEED_FACTS: tuple[tuple[str, FieldSpec, int], ...] = (
    ("融资需求金额(万元)", _APPLICATION["amount"], 11),
    ("需求期限(月)", _APPLICATION["months"], 8),
    ("贷款用途", _APPLICATION["purpose"], 11),
    ("可提供担保", _APPLICATION["security"], 10),
    ("申报时是否首贷", _APPLICATION["first_loan"], 9),
)
_KINDS = {"money": "money", "rate": "rate", "day": "day", "whole": "whole"}
_NARROW = {"problem": 24, "note": 20, "reason": 20, "contract": 16, "product": 14}


def facts(way: Way) -> list[AskColumn]:
    """Columns about the firm and its need."""
    made = [
        AskColumn(SERIAL, "whole", 6, ABOUT), AskColumn(NUMBER, "text", 15, ABOUT),
        AskColumn(FIRM, "text", 28, ABOUT), AskColumn(CODE, "text", 21, ABOUT),
        AskColumn(BATCH, "text", 15, ABOUT), AskColumn(PUSHED, "day", 11, ABOUT),
    ]  # fmt: skip
    for label, spec, width in (*FIRM_FACTS, *NEED_FACTS):
        if way.gives(spec):
            kind = way.column(spec).kind
            made.append(AskColumn(label, kind, width, ABOUT))
    return made


def questions(words: Mapping[str, tuple[str, ...]]) -> list[AskColumn]:
    """Columns for the bank to fill in; ``words`` adds what an office offers to choose from."""
    made = []
    for asked in sorted(IN_BOOK, key=lambda a: _order(a.group)):
        kind = asked.spec.kind
        choices = words.get(asked.name, ()) or kind.options
        if kind.name == "yes_no":
            choices = ("是", "否")
        strict = bool(choices) and not kind.open and asked.name not in words
        made.append(AskColumn(
            asked.label, _KINDS.get(kind.name, "text"), _NARROW.get(asked.name, 0),  # type: ignore[arg-type]
            f"{asked.group}（银行填）", True, choices, strict, asked.note,
        ))  # fmt: skip
    return made


def asked_names() -> tuple[str, ...]:
    """Names of the questions in the order of their columns."""
    return tuple(a.name for a in sorted(IN_BOOK, key=lambda a: _order(a.group)))


def _order(group: str) -> int:
    return list(dict.fromkeys(a.group for a in IN_BOOK)).index(group)


def pack_sent(values: Answer) -> str:
    """Write what stood in the workbook when it left, with a checksum."""
    kept = {
        name: BY_NAME[name].spec.kind.save(value)
        for name, value in sorted(values.items())
        if BY_NAME[name].book
    }
    text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return f"{_MARK}{zlib.crc32(text.encode()):08x}{text}"


def unpack_sent(cell: object) -> dict[str, Any] | None:
    """Read it again; None where it is missing or was damaged."""
    text = cell.strip() if isinstance(cell, str) else ""
    if not text.startswith(_MARK):
        return None
    body = text[len(_MARK) + 8 :]
    if f"{zlib.crc32(body.encode()):08x}" != text[len(_MARK) : len(_MARK) + 8]:
        return None
    try:
        kept = json.loads(body)
        return {n: BY_NAME[n].spec.kind.load(v) for n, v in kept.items() if n in BY_NAME}
    except (ValueError, TypeError, AttributeError):
        return None
