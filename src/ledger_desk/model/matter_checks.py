"""What should be looked at in the small registers: inspections, complaints, intermediaries, duty cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ledger_desk.model.fields import Record
from ledger_desk.model.matters import Complaint, DutyCase, Inspection, Intermediary

_MORTGAGE_DAYS = 8  # 新金营商办〔2022〕7号 一(三): 普惠型小微企业抵押贷款 8 个工作日以内


class Doubt(NamedTuple):
    """A few words for a cell, and the sentence behind them."""

    short: str
    why: str


def warnings(record: Record) -> Sequence[Doubt]:
    """Give what should be looked at in a record of one of the four registers."""
    if isinstance(record, Inspection):
        return _inspection(record)
    if isinstance(record, Complaint):
        return _complaint(record)
    if isinstance(record, Intermediary):
        return _intermediary(record)
    return _duty_case(record) if isinstance(record, DutyCase) else ()


def _inspection(record: Inspection) -> list[Doubt]:
    found = []
    if record.bank is None:
        found.append(Doubt("没写银行", "没有写被查的是哪家银行。"))
    if (record.days or 0) > _MORTGAGE_DAYS and not record.finding:
        why = f"办理用了 {record.days} 个工作日，超过抵押贷款 {_MORTGAGE_DAYS} 个工作日（新金营商办〔2022〕7号 一（三）），却没有写发现的问题。"
        found.append(Doubt(f"用了 {record.days} 天", why))
    if False in (record.promise_shown, record.told_once) and not record.finding:
        why = "没有公示限时办结承诺，或没有一次告知，却没有写发现的问题（新金营商办〔2022〕7号 一（三））。"
        found.append(Doubt("没写问题", why))
    if record.kind == "走流程" and record.steps is None:
        found.append(Doubt("没写环节数", "走流程要数清办理环节、材料份数和办理时间。"))
    return found


def _complaint(record: Complaint) -> list[Doubt]:
    found = []
    if record.handled_on is not None and record.result in (None, "核查中"):
        found.append(Doubt("没写结论", "已经办结，却没有核查结论。"))
    if record.result in ("属实", "部分属实") and not record.measure:
        found.append(Doubt("没写处理", "查实了，却没有写处理措施。"))
    if (
        record.refunded is not None
        and record.amount is not None
        and record.refunded > record.amount
    ):
        found.append(Doubt("退得比收得多", "退还金额大于涉及费用，请核对。"))
    found += _order(record.received_on, record.handled_on, "办结日期", "收到日期")
    return found


def _intermediary(record: Intermediary) -> list[Doubt]:
    found = []
    if record.state == "已移交" and not (record.handed_to and record.handed_on):
        found.append(Doubt("没写移交", "状态是已移交，却没有移交单位或移交日期。"))
    if record.state in ("已列名单", "已移交", "已处置") and not record.facts:
        found.append(Doubt("没写事实", "列入异常名单要写明事实，名单要给各银行共享。"))
    found += _order(record.found_on, record.handed_on, "移交日期", "发现日期")
    return found


def _duty_case(record: DutyCase) -> list[Doubt]:
    found = []
    if not record.basis:
        why = "没有写认定依据：无确切证据证明失职失责或履职不到位的，应免除相应责任（信发改财金〔2024〕329号 十四）。"
        found.append(Doubt("没写依据", why))
    if record.bank is None and not record.unit:
        found.append(Doubt("没写单位", "没有写当事人是哪家银行或哪个单位的。"))
    return found


def _order(first: date | None, then: date | None, late: str, early: str) -> list[Doubt]:
    if first is None or then is None or then >= first:
        return []
    return [Doubt("日期不对", f"{late} {then} 早于{early} {first}，请核对。")]
