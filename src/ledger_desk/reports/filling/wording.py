"""Headings of strangers brought down to few words: 最近一次走访时间 and 走访日期 are one."""

from __future__ import annotations

import re
from functools import lru_cache

from ledger_desk.exchange.headings import key_of

# What the level above writes around a word without changing what it asks for.
_WHEN = re.compile(
    r"^(?:截至目前|截止目前|截至|截止|目前|当前|现有|现在|现|下一?步|最近一次|最近一年|近一年|最近|最新|最后一次|上一次|上次|本次|期末|年末|月末|季末|上?年度?(?=[营销总收资产实缴纳税利主])|全年)的?"
)
# Of what year, where a heading names one.
_YEAR = re.compile(r"(20\d{2})年度?的?(?=.{2,})")
_BELONGS = re.compile(r"^(?:所在|所属|属地|辖区|隶属)(?=.{2,})")
_ALIKE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        ("银行机构|金融机构|银行名称", "银行"),
        (
            "融资缺口|资金缺口|[资用]金需求|[贷信用]款需求|信贷需求|融资意[向愿]|贷款意[向愿]|融资计划|融资需求",
            "融资需求",
        ),
        ("资金投向|资金用处|(?:计划|拟|将)用于", "资金用途"),
        ("借据余额|(?:尚欠|未还|未偿还|结欠)(?:银行)?贷款(?:余额)?|贷款结余", "贷款余额"),
        ("借款", "贷款"),
        ("[提支]款", "放款"),
        ("^(.*需求)(?:有无|是否)$", r"是否\1"),
        ("有无|是否有|是否存在|是否属于|是不是|是否为|能否", "是否"),
        ("意愿|意向$", "需求"),
        ("法定代表人|法人代表|法人", "法人"),
        ("联系电话|联系方式|手机号码|手机号|手机|电话号码|移动电话", "电话"),
        ("联系人|联络人|对接人|联络员", "联络员"),
        ("开办|设立|开业|创办|创立", "成立"),
        (
            "(?:营业|销售|主营业务|主营|经营)(?:总)?收入|销售额|营业额|营收|^年?总?收入(?:情况)?$",
            "营业收入",
        ),
        ("总资产|资产(?:总额|总计|合计|规模)", "资产总额"),
        ("实?缴(?:纳)?(?:税款|税金|税额|税)(?:总?额)?|纳税总?额|税收(?:总?额)?$", "纳税金额"),
        ("身份证号码|身份证号|身份证件号|证件号码|身份证", "证件号"),
        ("号码$", "号"),
        ("年月日|时间|(?<=[到起始限末订签放款复批立])日$", "日期"),
        ("额度|数额|总额(?!$)|(?<=[款信保需资请贷])额$", "金额"),
        ("(?<=[贷放授主开借办])行$", "银行"),
        ("人员$", "人"),
        ("人数$|人员数$", "人数"),
        ("种类|类型", "类别"),
        ("进展|进度", "状态"),
        ("事由", "原因"),
        ("居委会|行政村|自然村", "村"),
        ("年利率|年化利率", "利率"),
        ("的|之|及|和|与|或|、", ""),
    )
)
_SUBJECT = re.compile(
    r"^(?:小微企业|中小企业|民营企业|市场主体|经营主体|个体工商户|个体户|企业|公司|单位|主体|商户|客户|纳税人|样本)"
    r"(?=.{2,})"
)
_END = re.compile(r"(?<=.{2})(?:情况|状况|姓名|名称|信息|明细|详情|标识|标志)$")
_INSIDE = re.compile(r"\([^()]*\)")
# A heading that asks for these wants ink, not a record.
_INK = re.compile("签字|签名|盖章|签章|公章|手印")


@lru_cache(maxsize=8192)
def plain_words(heading: str) -> str:
    """Give a heading in its plain words: when and whose left out, one word for what is alike."""
    text = _YEAR.sub("", key_of(heading).replace("/", ""), count=1)
    text = _BELONGS.sub("", _WHEN.sub("", text))
    for pattern, word in _ALIKE:
        text = pattern.sub(word, text)
    return text


@lru_cache(maxsize=8192)
def bare_words(heading: str) -> str:
    """Give the same without brackets, without whose it is, and without 情况 and 姓名 at its end."""
    text = _INSIDE.sub("", plain_words(heading)) or plain_words(heading)
    shorter = _END.sub("", _SUBJECT.sub("", text))
    return shorter or text


def year_of(heading: str) -> str:
    """Give the year that a heading asks about; '' for none."""
    found = _YEAR.search(key_of(heading.replace("/", "")))
    return found[1] if found else ""


def asks_for_ink(heading: str) -> bool:
    """Tell a column that is to be signed or stamped."""
    return _INK.search(heading) is not None
