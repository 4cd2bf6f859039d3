"""Code lists with their sources; an office adds its own words beside them, never instead."""

from __future__ import annotations

# 003_b2811ebd7ee390f8.txt, 四: small firms, sole traders, cooperatives and family farms are visited.
ENTERPRISE_KINDS = ("企业", "个体工商户", "农民专业合作社", "家庭农场", "其他组织")

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
