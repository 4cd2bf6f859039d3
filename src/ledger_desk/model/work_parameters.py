"""The parameters of the work: effective visits, reviews, clocks, warnings. One line each."""

from __future__ import annotations

from collections.abc import Mapping

from ledger_desk.model.kinds import TEXT, WHOLE, YES_NO, choice
from ledger_desk.model.parameters import Parameter

_XY, _XX, _XZ = "信发改财金〔2024〕329号", "新金营商办〔2022〕7号", "忻银发〔2020〕80号"
NOBODY = "无"  # who signs is not set: the line is left to be signed by hand
_ZJ, _OFFICE = "浙江“4+1”小微金融工作行动方案", "本单位自定"

PARAMETERS: tuple[Parameter, ...] = (
    Parameter("visit.warn_days", "走访", "几天内有人走访过要提醒", WHOLE, "30", f"{_XY} 四 避免干扰企业正常生产经营"),
    Parameter("visit.two_visitors", "走访", "有效走访要两人到场", YES_NO, "是", _OFFICE),
    Parameter("visit.met_owner", "走访", "有效走访要见到经营者", YES_NO, "否", _OFFICE),
    Parameter("visit.on_site", "走访", "有效走访要实地（电话不算）", YES_NO, "否", f"{_XY} 四 通过电话、走访等形式"),
    Parameter("visit.place", "走访", "有效走访要写走访地点", YES_NO, "否", _OFFICE),
    Parameter("visit.evidence", "走访", "有效走访要有照片或签字页", YES_NO, "否", _OFFICE),
    Parameter("visit.found", "走访", "有效走访要找到企业（查无此户、拒访、无法联系不算）", YES_NO, "是", _OFFICE),
    Parameter("review.separation", "审核", "经办人不得对自己经办的作最后签字", YES_NO, "否", "本单位自定"),
    Parameter("review.banker_alone", "审核", "意向银行的人可以单独做专班银行审核", YES_NO, "是", "本单位自定"),
    Parameter("review.checks_needed", "审核", "部门核查没有反馈齐也可以初审", YES_NO, "是", f"{_XY} 五"),
    Parameter("clock.decision_days", "时限", "材料收齐后几天内作出授信决定", WHOLE, "30", f"{_XY} 六"),
    Parameter("clock.decision_start", "时限", "授信决定时限从哪天起算", choice("材料收齐日", "受理日", "推送日"), "材料收齐日", f"{_XY} 六"),
    Parameter("clock.decision_unit", "时限", "授信决定时限按什么天算", choice("自然日", "工作日"), "自然日", f"{_XY} 六"),
    Parameter("clock.feedback_days", "时限", "不予授信后几个工作日内反馈专班", WHOLE, "5", f"{_XY} 六"),
    Parameter("clock.feedback_start", "时限", "反馈时限从哪天起算", choice("决定日", "推送日"), "决定日", f"{_XY} 六"),
    Parameter("clock.mend_days", "时限", "不予授信能修复的，没写期限时给几天", WHOLE, "30", f"{_OFFICE}；文件只写跟进辅导"),
    Parameter("clock.mortgage_days", "时限", "抵押贷款几个工作日内办完", WHOLE, "8", f"{_XX} 一（三）"),
    Parameter("clock.mortgage_start", "时限", "抵押贷款时限从哪天起算", choice("受理日", "材料收齐日"), "受理日", f"{_XX} 一（三）"),
    Parameter("clock.first_loan_days", "时限", "首贷全流程几个工作日", WHOLE, "10", f"{_XZ} 六（二）"),
    Parameter("clock.first_loan_start", "时限", "首贷时限从哪天起算", choice("受理日", "材料收齐日", "推送日"), "受理日", f"{_XZ} 六（二）"),
    Parameter("clock.contact_days", "时限", "推送后几个工作日内要对接", WHOLE, "3", f"{_XY} 六 第一时间开展对接"),
    Parameter("clock.ticket_unit", "时限", "13710 的天按什么算", choice("自然日", "工作日"), "自然日", f"{_XX} 二（一）"),
    Parameter("clock.ticket_start", "时限", "13710 的 3、7 从哪天起算", choice("收集日期", "交办日期"), "收集日期", f"{_XX} 二（一）"),
    Parameter("clock.ticket_feedback_days", "时限", "批分单几天内首次反馈", WHOLE, "3", f"{_XX} 二（一）"),
    Parameter("clock.ticket_days", "时限", "一般性问题几天内办结", WHOLE, "7", f"{_XX} 二（一）"),
    Parameter("clock.ticket_close_days", "时限", "办结后几天内答复、销号", WHOLE, "3", f"{_OFFICE}；文件只写销号清零"),
    Parameter("clock.report_day", "时限", "月后几日内报工作台帐", WHOLE, "10", f"{_XZ} 八（一）"),
    Parameter("clock.renewal_days", "时限", "贷款到期前几天开始提醒续贷", WHOLE, "30", f"{_XY} 八 及时摸排续贷需求"),
    Parameter("first_loan.years", "首贷", "首贷往前看几年没有别的贷款", WHOLE, "5", f"{_XZ} 注1", "按第一次放款那天的口径；征信核验为有贷的，不管几年。"),
    Parameter("lenders.enterprise", "垒小户", "企业在贷银行超过几家要审慎", WHOLE, "3", f"{_ZJ} 二（七）"),
    Parameter("lenders.person", "垒小户", "个体工商户、小微企业主在贷银行超过几家要审慎", WHOLE, "2", f"{_ZJ} 二（七）"),
    Parameter("guarantee.fee", "担保", "政府性担保费率不高于(%)", choice("1", "0.8", "0.5", open=True), "1", f"{_XY} 九；{_XX} 一（九）"),
    Parameter("guarantee.share", "担保", "支小支农占比不低于(%)", WHOLE, "90", f"{_XX} 一（九）"),
    Parameter("guarantee.single", "担保", "重点支持单户不超过(万元)", WHOLE, "500", f"{_XX} 一（九）"),
    Parameter("park.top", "园区", "四星、五星级园区入园企业授信比例不低于(%)", WHOLE, "70", f"{_ZJ} 二（一）"),
    Parameter("park.middle", "园区", "三星级园区授信比例不低于(%)", WHOLE, "60", f"{_ZJ} 二（一）"),
    Parameter("park.rest", "园区", "其他星级园区授信比例不低于(%)", WHOLE, "50", f"{_ZJ} 二（一）"),
    Parameter("sign.checked", "报表签字", "报表的审核人", TEXT, NOBODY, _OFFICE, "印在报表的“审核人”后面，结账时先填上；写“无”就空着，等签字。"),
    Parameter("sign.headed", "报表签字", "报表的负责人", TEXT, NOBODY, _OFFICE, "印在报表的“负责人”后面，结账时先填上；写“无”就空着，等签字。"),
)  # fmt: skip
BY_KEY: Mapping[str, Parameter] = {each.key: each for each in PARAMETERS}
