"""Code lists with their sources; an office adds its own words beside them, never instead."""

from __future__ import annotations

# 003_b2811ebd7ee390f8.txt, 四: small firms, sole traders, cooperatives and family farms are visited.
# 小微企业主 borrows in a name of his own, as a sole trader does (浙江“4+1” 二（四）、（七）).
ENTERPRISE_KINDS = (
    "企业", "个体工商户", "小微企业主", "农民专业合作社", "家庭农场", "其他组织",
)  # fmt: skip

# Office levels, `decisions.md` 26.
LEVELS = {"township": "乡镇", "county": "县级", "city": "市级", "bank": "银行", "pboc": "人民银行"}

# 002_d9ce38594906c82c.txt, 六 sets quotas by these groups of banks.
BANK_TYPES = (
    "国有商业银行",
    "股份制商业银行",
    "城市商业银行",
    "农信系统",
    "村镇银行",
    "政策性银行",
    "其他",
)

# Central bank statistics, short words (`domain.md` §9.4); a row may carry other wording from paper.
SECURITIES = ("信用", "保证", "抵押", "质押", "组合", "担保公司担保", "其他")

LOAN_PURPOSES = ("流动资金", "设备采购", "研发投入", "扩大产能", "厂房", "备货", "偿还债务", "其他")

# Registration states as registries write them; the first four mean that the firm trades.
REGISTRATION_STATES = (
    "存续",
    "在业",
    "开业",
    "正常",
    "停业",
    "吊销",
    "注销",
    "迁出",
    "撤销",
    "其他",
)

# 002_d9ce38594906c82c.txt, 三 and 五: departments recommend, banks recommend, firms apply.
WHITE_LIST_SOURCES = ("部门推荐", "银行推荐", "企业自荐", "走访发现", "其他")

CULTIVATION_STATES = ("培植中", "已获贷", "退出")

# `decisions.md` 18: without a dated check of the credit report a firm counts under 未核.
PRIOR_LOAN = ("无贷", "有贷", "未核")

# What stands between a firm and its first loan, 002_d9ce38594906c82c.txt, 五.
OBSTACLES = ("缺信息", "缺抵押", "缺担保", "财务不规范", "征信问题", "其他")

HELP_KINDS = ("财务管理", "信贷支持", "支付结算", "政策辅导", "征信修复", "担保增信", "其他")

MATCHING_METHODS = ("实地", "对接会", "电话", "线上", "窗口", "其他")

FIGURE_UNITS = ("元", "户", "笔", "个", "%")

PERSON_ROLES = ("专班人员", "银行客户经理", "乡镇干部", "领导", "其他")

# `decisions.md` 1: two records of one firm, or two firms that only look alike.
VERDICTS = ("同一户", "不是同一户")

# How a destination wants fields written (`product.md` §6; peers.md §B 7, 一号六填).
PRIVATE_WAYS = ("遮盖", "照写", "不给")
CODE_WAYS = ("原样", "四位一空", "小写")
MONEY_WAYS = ("万元", "元")
DAY_WAYS = ("2024-11-20", "2024.11.20", "2024/11/20", "2024年11月20日", "20241120")

# What a person or firm is to the firm of the file (关系描述), `domain.md` §6.2.
ASSOCIATE_ROLES = (
    "法定代表人",
    "经营者",
    "实际控制人",
    "股东",
    "高管",
    "配偶",
    "家庭成员",
    "保证人",
    "联系人",
    "其他",
)
SEXES = ("男", "女")
MARRIAGES = ("未婚", "已婚", "离异", "丧偶")

# 001_b3108891c82a181e.txt, 一 and 二 (supply chains); `product.md` §2 relation.
RELATION_KINDS = (
    "核心企业",
    "供应商",
    "采购商",
    "股东企业",
    "子公司",
    "同一实际控制人",
    "互相担保",
    "其他",
)

# `domain.md` §4.8: own, rented.
PREMISES_RIGHTS = ("自有", "租赁", "无偿使用", "园区提供", "其他")

# Tax credit grades published each April, `domain.md` §9.4; 004_1e3c172a9679efc3.txt: A, B and M served.
TAX_GRADES = ("A", "B", "M", "C", "D", "未评")

UTILITIES = ("用电", "用水", "用气")

# `domain.md` §6.3 ⑧ and §5.5.
STANDING_KINDS = (
    "征信逾期",
    "不良贷款",
    "公共信用评价",
    "行政处罚",
    "经营异常",
    "严重违法",
    "被执行",
    "失信被执行",
    "涉诉",
    "欠税",
    "逃废债",
    "信用修复",
    "其他",
)
STANDING_STATES = ("未处理", "处理中", "已处理", "已修复")

# What can secure a loan, 002_d9ce38594906c82c.txt, 五 and `domain.md` §6.2 评级授信.
ASSET_KINDS = (
    "房产",
    "土地",
    "厂房",
    "机器设备",
    "交通工具",
    "存款",
    "有价单证",
    "股权",
    "知识产权",
    "仓单",
    "存货",
    "应收账款",
    "林权",
    "土地经营权",
    "其他",
)
ASSET_NATURES = ("商用", "住宅", "工业", "农业", "其他")

# 五级分类: banking and central bank order of 2023 no. 1, `domain.md` §9.4.
LOAN_CLASSES = ("正常", "关注", "次级", "可疑", "损失")
# How a loan came about; 续贷 and 展期 are kept apart, `domain.md` §2.
LOAN_FORMS = ("新增", "无还本续贷", "借新还旧", "展期", "调整还款安排", "重组", "其他")
REPAYMENT_RHYTHMS = (
    "按日",
    "按周",
    "按月",
    "按季",
    "按半年",
    "按年",
    "到期一次",
    "随借随还",
    "其他",
)

# `domain.md` §6.3 ⑰ and `product.md` §3.
ATTACHMENT_KINDS = (
    "营业执照",
    "身份证件",
    "征信授权书",
    "信息查询授权书",
    "走访照片",
    "签字页",
    "财务报表",
    "合同",
    "权属证明",
    "其他",
)

# The tags that the four documents speak of; each with its document and clause in
# resources/dictionaries/terms.tsv.
TAGS = (
    "科创型",
    "供应链",
    "吸纳就业",
    "外贸",
    "小微企业园",
    "培育库",
    "百行进万企",
    "重点培植",
    "专精特新",
)
TAG_LEVELS = ("国家级", "省级", "市级", "县级")

# `domain.md` §6.2 不予授信情形 (a bank's own list) and §5.5.
NO_CREDIT_REASONS = (
    "超年龄",
    "有不良嗜好",
    "社会诚信评价差",
    "无还款来源",
    "有不良贷款",
    "其他",
)
# First-loan standing as computed or as somebody set it, `decisions.md` 18.
FIRST_LOAN_STATES = ("无贷户", "首贷户", "有贷户", "未核")
