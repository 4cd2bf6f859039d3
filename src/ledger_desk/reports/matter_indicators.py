"""Indicators of tickets, inspections, faults, complaints, brokers and duty cases; one line each.

Sources: `seeds/003` 七, 十三, 十四; `seeds/004` 一(一), 二; `seeds/001` 二(十); `domain.md` §5.6.
"""

from __future__ import annotations

from ledger_desk.reports.indicator import FLOWS, STOCKS, Indicator

_XY, _XX, _ZJ = "信发改财金〔2024〕329号", "新金营商办〔2022〕7号", "浙江“4+1”小微金融工作行动方案"
_LOOP = f"{_XY} 七；{_XX} 二（一）"


def _ratio(id: str, label: str, text: str, clause: str, top: str, bottom: str) -> Indicator:
    return Indicator(id, label, "%", "", text, clause, FLOWS, "", 2, top, bottom)


MATTERS: tuple[Indicator, ...] = (
    Indicator("tickets_collected", "收集问题数", "个", "tickets_collected", "登记的批分单，按收集日期。", _LOOP, FLOWS),
    Indicator("ticket_firms", "反映问题户数", "户", "tickets_collected", "批分单写了经营主体的，一户只算一次。", _LOOP, FLOWS),
    Indicator("tickets_handed", "交办问题数", "个", "tickets_handed", "交办给主办单位的批分单，按交办日期。", _LOOP, FLOWS),
    Indicator("tickets_solved", "办结问题数", "个", "tickets_solved", "办结的批分单，按办结日期。", _LOOP, FLOWS),
    Indicator("tickets_closed", "销号问题数", "个", "tickets_closed", "销号的批分单，按销号日期。", f"{_LOOP} 销号清零", FLOWS),
    Indicator("tickets_open", "未办结问题数", "个", "tickets_open", "到最后一日收集了、还没有办结的批分单。", _LOOP, STOCKS),
    Indicator("tickets_late", "超期未办结问题数", "个", "tickets_late",
              "到最后一日办理时限（延期的按延期日）已过、还没有办结的批分单。", _LOOP, STOCKS),
    Indicator("tickets_solved_late", "超期办结问题数", "个", "tickets_solved_late",
              "办结日期晚于办理时限（延期的按延期日）的批分单，按办结日期。", _LOOP, FLOWS),
    Indicator("tickets_escalated", "上报问题数", "个", "tickets_escalated", "逐级上报的批分单，按上报日期。", f"{_XY} 七", FLOWS),
    Indicator("tickets_green", "绿色通道问题数", "个", "tickets_green", "走了绿色通道的批分单，按收集日期。", f"{_XY} 七", FLOWS),
    Indicator("tickets_parallel", "并联审批问题数", "个", "tickets_parallel", "并联审批的批分单，按收集日期。", f"{_XY} 七", FLOWS),
    Indicator("tickets_lenient", "容缺受理问题数", "个", "tickets_lenient", "容缺受理的批分单，按收集日期。", f"{_XY} 七", FLOWS),
    Indicator("tickets_promised", "信用承诺问题数", "个", "tickets_promised", "企业作了信用承诺的批分单，按收集日期。", f"{_XY} 七", FLOWS),
    Indicator("tickets_answered", "回访问题数", "个", "tickets_answered",
              "办结后回访到满意度的批分单，按办结日期；未回访的不算。", f"{_XX} 二（一）", FLOWS),
    Indicator("tickets_satisfied", "满意问题数", "个", "tickets_satisfied",
              "回访的结果满意度为满意、基本满意的批分单，按办结日期。", f"{_XX} 二（一）", FLOWS),
    Indicator("ticket_day_sum", "问题办结用时合计", "天", "tickets_solved",
              "从收集到办结的自然日之和，按办结日期。", _LOOP, FLOWS, "amount"),
    Indicator("ticket_days", "问题平均办结用时", "天", "", "从收集到办结，平均几个自然日。", _LOOP, FLOWS, "", 1,
              "ticket_day_sum", "tickets_solved"),
    _ratio("tickets_solve_rate", "问题办结率", "办结问题数÷收集问题数。", _LOOP, "tickets_solved", "tickets_collected"),
    _ratio("tickets_satisfied_rate", "问题满意率", "满意问题数÷回访问题数。", f"{_XX} 二（一）",
           "tickets_satisfied", "tickets_answered"),
    # -- inspections and faults --------------------------------------------------------------------------
    Indicator("inspections", "检查次数", "次", "inspections", "明察、暗访、走流程、电话抽查的次数，按检查日期；按类别分是检查方式。",
              f"{_XX} 一（一）、二（三）", FLOWS),
    Indicator("inspections_faulty", "发现问题的检查次数", "次", "inspections_faulty", "写了发现的问题的检查。", f"{_XX} 一（一）", FLOWS),
    Indicator("walked_steps", "检查所见环节数合计", "个", "walked_steps", "检查所见办理环节数之和。", f"{_XX} 一（二）", FLOWS, "amount"),
    Indicator("walks_with_steps", "看了环节数的检查次数", "次", "walked_steps", "写了办理环节数的检查。", f"{_XX} 一（二）", FLOWS),
    Indicator("mean_steps", "检查所见平均环节数", "个", "", "检查所见办理环节数的平均。", f"{_XX} 一（二）", FLOWS, "", 1,
              "walked_steps", "walks_with_steps"),
    Indicator("walked_papers", "检查所见材料份数合计", "份", "walked_papers", "检查所见申请材料份数之和。", f"{_XX} 一（四）", FLOWS, "amount"),
    Indicator("walks_with_papers", "看了材料份数的检查次数", "次", "walked_papers", "写了申请材料份数的检查。", f"{_XX} 一（四）", FLOWS),
    Indicator("mean_papers", "检查所见平均材料份数", "份", "", "检查所见申请材料份数的平均。", f"{_XX} 一（四）", FLOWS, "", 1,
              "walked_papers", "walks_with_papers"),
    Indicator("walked_days", "检查所见办理时间合计", "天", "walked_days", "检查所见办理时间（工作日）之和。", f"{_XX} 一（三）", FLOWS, "amount"),
    Indicator("walks_with_days", "看了办理时间的检查次数", "次", "walked_days", "写了办理时间的检查。", f"{_XX} 一（三）", FLOWS),
    Indicator("mean_days", "检查所见平均办理时间", "天", "", "检查所见办理时间（工作日）的平均。", f"{_XX} 一（三）", FLOWS, "", 1,
              "walked_days", "walks_with_days"),
    Indicator("walks_asked_online", "看了能否线上办理的检查次数", "次", "walks_asked_online", "写了能否线上办理的检查。", f"{_XX} 一（二）", FLOWS),
    Indicator("walks_online", "能线上办理的检查次数", "次", "walks_online", "检查的业务能线上办理的。", f"{_XX} 一（二）", FLOWS),
    _ratio("online_share", "检查所见线上办理占比", "能线上办理的检查次数÷看了能否线上办理的检查次数。", f"{_XX} 一（二）",
           "walks_online", "walks_asked_online"),
    Indicator("faults_found", "发现问题数（整改）", "个", "faults_found", "要整改的问题，按发现日期；按类别分是来源。", f"{_XX} 一（一）", FLOWS),
    Indicator("faults_ordered", "下发交办函数", "份", "faults_ordered", "按交办函日期。", f"{_XX} 一（一）", FLOWS),
    Indicator("faults_watched", "督办问题数", "个", "faults_watched", "按最近一次督办日期。", f"{_XX} 一（一）", FLOWS),
    Indicator("faults_mended", "整改完成问题数", "个", "faults_mended", "按整改完成日期。", f"{_XX} 一（一）", FLOWS),
    Indicator("faults_closed", "整改销号问题数", "个", "faults_closed", "复核销号的问题，按复核日期。", f"{_XX} 一（一）", FLOWS),
    Indicator("faults_open", "未整改完成问题数", "个", "faults_open", "到最后一日发现了、还没有整改完成的问题。", f"{_XX} 一（一）清零", STOCKS),
    Indicator("faults_late", "超期未整改问题数", "个", "faults_late", "到最后一日整改时限已过、还没有整改完成的问题。", f"{_XX} 一（一）", STOCKS),
    Indicator("talks_held", "约谈次数", "次", "talks_held", "因整改不到位约谈的问题，按约谈日期。", f"{_XX} 二（三）", FLOWS),
    _ratio("faults_mend_rate", "问题整改率", "整改完成问题数÷发现问题数。", f"{_XX} 一（一）", "faults_mended", "faults_found"),
    # -- complaints, brokers, duty cases -------------------------------------------------------------------
    Indicator("complaints", "收费投诉件数", "个", "complaints", "按收到日期；按类别分是投诉类别。", f"{_ZJ} 二（十）；{_XX} 一（五）", FLOWS),
    Indicator("complaints_valid", "投诉属实件数", "个", "complaints_valid", "核查属实和部分属实的投诉，按收到日期。", f"{_ZJ} 二（十）", FLOWS),
    Indicator("complaints_handled", "投诉办结件数", "个", "complaints_handled", "按办结日期。", f"{_ZJ} 二（十）", FLOWS),
    Indicator("refunded_amount", "退还收费金额", "万元", "complaints_handled", "办结的投诉里银行退还的金额之和。", f"{_ZJ} 二（十）", FLOWS),
    Indicator("intermediaries_found", "发现异常中介家数", "家", "intermediaries_found", "按发现日期；按类别分是异常行为。", f"{_XY} 十三", FLOWS),
    Indicator("intermediaries_handed", "移交异常中介家数", "家", "intermediaries_handed", "按移交日期。", f"{_XY} 十三", FLOWS),
    Indicator("duty_cases", "尽职免责案例数", "个", "duty_cases", "按认定日期。", f"{_XY} 十四", FLOWS),
    Indicator("duty_exempt", "予以免责案例数", "个", "duty_exempt", "认定予以免责的案例，按认定日期。", f"{_XY} 十四", FLOWS),
    Indicator("duty_amount", "免责涉及金额", "万元", "duty_exempt", "予以免责的案例涉及的金额之和。", f"{_XY} 十四", FLOWS),
)  # fmt: skip
