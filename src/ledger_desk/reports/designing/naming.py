"""What choices are called, and what kind of value they hold."""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.exchange.record_paths import resolve
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import BY_TABLE
from ledger_desk.reports.designing.draft import (
    Choice,
    DraftBlock,
    Field,
    Formula,
    Number,
    Text,
)
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.reports.sources import SOURCES

CALLED: Mapping[str, tuple[str, ...]] = {
    "application": ("申报清单", "推荐清单", "需求清单", "清单外"), "referral": ("推送",),
    "ticket": ("批分单", "问题台账", "交办"), "rectification": ("整改", "督办"), "visit": ("走访台账", "走访记录", "核查"),
    "visit_task": ("走访计划", "走访任务"), "cultivation": ("培植名单", "培植台账"), "complaint": ("投诉",),
    "inspection": ("检查", "暗访", "走流程"), "guarantee": ("担保",), "park": ("小微企业园", "园区"),
    "activity": ("活动", "接待", "对接会"), "team": ("服务官", "团队"), "product": ("产品",),
    "duty_case": ("尽职免责",), "intermediary": ("中介",), "enterprise": ("企业名录", "经营主体名录", "名单"),
    "credit": ("授信台账", "授信明细"), "loan": ("贷款台账", "贷款明细"), "drawdown": ("放款台账", "放款明细"),
}  # fmt: skip
"""Table → what lists of its records are called besides the record's own name."""


def label_of(choice: Choice, block: DraftBlock | None = None) -> str:
    """What a choice is called: ``走访户数 · 启动以来累计 · 个体工商户``."""
    match choice:
        case Field(path):
            return _field_label(path, block)
        case Formula(text):
            return f"公式 {text}"
        case Text(text):
            return text
        case Number(indicator, measure, part):
            known = INDICATORS.get(indicator)
            named = known.label if known is not None else indicator
            return " · ".join(each for each in (named, measure, *(v for _, v in part)) if each)
        case _:
            return "不填"


def kind_of(path: str, block: DraftBlock) -> str:
    """Kind of the values of a field of a block's rows; '' where it leads nowhere."""
    source = SOURCES.get(block.rows)
    if source is not None and path in source.fields:
        return str(source.fields[path].kind)
    cls = BY_TABLE.get(block.of or "")
    if cls is None:
        return ""
    try:
        return resolve(cls, path).kind.name
    except ValueError:
        return ""


def is_money(path: str, block: DraftBlock) -> bool:
    """Whether a field holds an amount."""
    return kind_of(path, block) == "money"


def _field_label(path: str, block: DraftBlock | None) -> str:
    plain = {"number": "序号", "label": "本行的名称", "unit": "计量单位"}
    if path in plain:
        return plain[path]
    source = SOURCES.get(block.rows) if block is not None else None
    if source is not None and path in source.fields:
        return source.fields[path].label
    cls = BY_TABLE.get(block.of or "") if block is not None else None
    if cls is None:
        return path
    try:
        return path_label(cls, path)
    except (ValueError, KeyError):
        return path


def path_label(cls: type[Record], path: str) -> str:
    """Chinese name of a path: ``经营主体·名称``.

    Raises:
        ValueError: It leads nowhere.
    """
    found = resolve(cls, path)
    if not found.link:
        return found.label
    names, owner = [], cls
    for hop in found.link.split("."):
        spec = field_map(owner)[hop]
        names.append(spec.label)
        owner = BY_TABLE[str(spec.ref)]
    return "·".join([*names, found.label])
