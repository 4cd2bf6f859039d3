"""Code lists of the work itself: visits, lists, reviews, banks, tickets, parks, activities.

Each list stands beside its document and clause; where no document gives one, the list is our own
reading of `domain.md` §4–§7 and open: an office writes other words beside it.
"""

from __future__ import annotations

from ledger_desk.model.vocabulary import FIGURE_UNITS

# How a plan is cut up (`seeds/003` 四; `product.md` §4.1).
PLAN_SCOPES = ("乡镇", "村", "园区", "行业", "银行", "名单")
PLAN_STATES = ("未开始", "进行中", "已结束")
# Firms that do not trade are taken off the target list (`seeds/003` 四 剔除非正常经营).
DROP_REASONS = (
    "注销",
    "吊销",
    "停业",
    "查无下落",
    "空壳",
    "迁出本县",
    "重复登记",
    "不属走访范围",
    "其他",
)
VISIT_KINDS = ("走访", "回访", "窗口咨询", "贷后用途核查")
VISIT_METHODS = ("实地", "电话", "线上", "窗口")
VISIT_RESULTS = ("正常经营", "暂停经营", "查无此户", "拒访", "已注销", "无法联系")
MET_ROLES = ("法定代表人", "经营者", "实际控制人", "财务人员", "家属", "员工", "其他")
# The five basic standards, each judged by itself (`seeds/003` 四; `domain.md` §5.1).
CRITERION = ("符合", "不符合", "待核")
USE_FINDINGS = ("按用途使用", "未按用途使用", "待核")

APPLICATION_SOURCES = ("走访", "窗口", "线上", "银行推荐", "工商联", "企业自荐", "部门推荐", "其他")
# `domain.md` §5.2; how one follows another stands in `review.MOVES` and nowhere else.
APPLICATION_STATES = (
    "登记",
    "待初审",
    "待银行审核",
    "待组长审核",
    "待召集人签字",
    "已推荐",
    "已退回",
    "未通过",
    "已撤回",
    "已移出",
    "清单外支持",
)
# Three reviews and the convener's signature: four names on paper (`seeds/003` 五).
REVIEW_LEVELS = ("专班初审", "专班银行审核", "专班组长审核", "召集人签字")
REVIEW_VERDICTS = ("通过", "退回", "不通过")
# What departments are asked about a firm (`seeds/003` 五 and 十).
CHECK_ITEMS = (
    "注册资本",
    "抵质押",
    "经营状况",
    "项目审批",
    "逃废债",
    "涉法涉诉",
    "产业和环保政策",
    "征信报告",
    "公共信用报告",
)
CHECK_RESULTS = ("无异常", "有异常", "未反馈")
# `seeds/003` 十一.
REMOVAL_REASONS = (
    "提供虚假材料",
    "不按用途使用贷款",
    "企业注销或停业",
    "企业放弃融资",
    "重复推荐",
    "其他",
)

DECISIONS = ("授信", "不予授信", "企业放弃", "审批中")
GUARANTOR_KINDS = ("政府性担保机构", "再担保机构", "商业担保机构", "其他")
TEAM_KINDS = ("首贷服务团队", "宣讲团", "顾问团", "首席金融服务官", "银行专班", "其他")

# What became of a loan falling due, kept apart (`domain.md` §2).
RENEWAL_WAYS = (
    "无还本续贷",
    "展期",
    "调整还款安排",
    "还后再贷",
    "正常收回",
    "未续贷",
)
RENEWAL_LISTS = ("正面清单", "负面清单", "未列入")
RENEWAL_OBSTACLES = (
    "不符合续贷条件",
    "企业无需求",
    "已列负面清单",
    "出现不良",
    "材料不齐",
    "银行未同意",
    "其他",
)

# `seeds/001` 二(一).
PARK_STARS = ("五星级", "四星级", "三星级", "二星级", "一星级", "未评级")
PARK_PILOTS = ("数字化示范园区", "数字化试点园区", "非试点")

TICKET_SOURCES = ("企业", "银行", "走访", "窗口", "明察暗访", "上级交办", "其他")
TICKET_KINDS = (
    "要素保障",
    "行政许可",
    "抵质押登记",
    "固定资产贷款前期手续",
    "信用修复",
    "税务",
    "担保",
    "政策咨询",
    "银行服务",
    "其他",
)
TICKET_WEIGHTS = ("一般", "重大或复杂")
# 收集—研判—交办—督办—问责 (`seeds/004` 二(一)) and the last 0 of 13710.
TICKET_STATES = ("已收集", "已研判", "办理中", "已办结", "已答复", "已销号", "已上报")
TICKET_STAGES = (
    "收集",
    "研判",
    "交办",
    "反馈",
    "督办",
    "协办答复",
    "延期",
    "上报",
    "办结",
    "答复",
    "销号",
    "退回重办",
    "问责",
)
SATISFACTIONS = ("满意", "基本满意", "不满意", "未回访")
INSPECTION_KINDS = ("明察", "暗访", "走流程", "电话抽查")
RECTIFICATION_SOURCES = (
    "营商环境评价反馈",
    "第三方反馈",
    "明察暗访",
    "走流程",
    "企业反映",
    "自查",
    "其他",
)
RECTIFICATION_STATES = ("待整改", "整改中", "已整改待复核", "已销号")
COMPLAINT_KINDS = ("借贷搭售", "存贷挂钩", "不合理收费", "变相抬高成本", "服务态度", "其他")
COMPLAINT_RESULTS = ("属实", "部分属实", "不属实", "核查中")
INTERMEDIARY_DEEDS = ("冒充银行", "收取高额费用", "伪造材料", "非法放贷", "虚假宣传", "其他")
INTERMEDIARY_STATES = ("排查中", "已列名单", "已移交", "已处置", "已移出")

# `seeds/002` 六(三)(四) and 八(二), `seeds/004` 二(一)(二) and 三(三).
ACTIVITY_KINDS = (
    "专题宣讲",
    "广泛宣传",
    "帮扶活动",
    "首贷专场对接会",
    "银企对接会",
    "行长接待日",
    "首席服务官接访",
    "培训",
    "经验做法",
    "创新产品",
    "典型案例",
    "专题信息",
    "佐证材料",
    "其他",
)
TARGET_INDICATORS = (
    "走访户数",
    "有效走访户数",
    "申报户数",
    "推荐户数",
    "培植户数",
    "获贷户数",
    "首贷率",
    "授信户数",
    "授信金额",
    "放款户数",
    "放款金额",
    "首贷专场对接会",
    "专题信息",
    "入园企业授信比例",
    "无还本续贷金额",
)
TARGET_SCOPES = ("每家", "合计")

# `product.md` §2 and §5: a closed period can be opened again, and stays on record.
CLOSING_STATES = ("已结账", "已反结账")
HANDING_STATES = ("已报", "已退回", "免报")
# `peers.md` §B 18: bulletins of the county; 日通报 and 周例会 are real (`domain.md` §1.3).
BULLETIN_KINDS = ("日通报", "周通报", "月通报", "其他")

# key, title, source and words of each list that an office may add to (`terms.DICTIONARIES`).
_XY, _XZ, _XX = "信发改财金〔2024〕329号", "忻银发〔2020〕80号", "新金营商办〔2022〕7号"
_ZJ, _OWN = "浙江“4+1”小微金融工作行动方案", "办公常用说法"
OFFERED: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("plan_scope", "走访计划划分方式", f"{_XY} 四", PLAN_SCOPES),
    ("drop_reason", "剔除原因", f"{_XY} 四 不符合基本准入条件", DROP_REASONS),
    ("visit_kind", "走访类别", f"{_XY} 四、十二", VISIT_KINDS),
    ("visit_method", "走访方式", f"{_XY} 四", VISIT_METHODS),
    ("visit_result", "走访结果", _OWN, VISIT_RESULTS),
    ("met_role", "面见人身份", _OWN, MET_ROLES),
    ("use_finding", "贷款用途核查结论", f"{_XY} 十一、十二", USE_FINDINGS),
    ("application_source", "申报来源", f"{_XY} 四、五", APPLICATION_SOURCES),
    ("check_item", "部门核查事项", f"{_XY} 五、十", CHECK_ITEMS),
    ("removal_reason", "移出原因", f"{_XY} 十一", REMOVAL_REASONS),
    ("guarantor_kind", "担保机构性质", f"{_ZJ} 二（五）", GUARANTOR_KINDS),
    ("team_kind", "服务团队类别", f"{_XZ} 六（二）；{_XX} 二（二）", TEAM_KINDS),
    ("renewal_obstacle", "未续贷原因", _OWN, RENEWAL_OBSTACLES),
    ("park_pilot", "园区数字化试点", f"{_ZJ} 二（一）", PARK_PILOTS),
    ("ticket_source", "批分单来源", f"{_XY} 七", TICKET_SOURCES),
    ("ticket_kind", "问题类别", f"{_XY} 七", TICKET_KINDS),
    ("ticket_stage", "批分单办理环节", f"{_XX} 二（一）收集—研判—交办—督办—问责", TICKET_STAGES),
    ("inspection_kind", "检查方式", f"{_XX} 一（一）", INSPECTION_KINDS),
    ("rectification_source", "整改问题来源", f"{_XX} 一（一）", RECTIFICATION_SOURCES),
    ("complaint_kind", "收费投诉类别", f"{_ZJ} 二（十）；{_XX} 一（五）", COMPLAINT_KINDS),
    ("intermediary_deed", "异常中介行为", f"{_XY} 十三", INTERMEDIARY_DEEDS),
    ("intermediary_state", "异常中介状态", f"{_XY} 十三", INTERMEDIARY_STATES),
    ("activity_kind", "活动信息类别", f"{_XZ} 六（三）（四）、八（二）；{_XX} 二（二）", ACTIVITY_KINDS),
    ("target_indicator", "任务指标", f"{_XZ} 六；{_ZJ} 二", TARGET_INDICATORS),
    ("figure_unit", "计量单位", _OWN, FIGURE_UNITS),
)  # fmt: skip
