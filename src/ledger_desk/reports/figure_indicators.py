"""Reported numbers (填报数): what no record of the ledger stands behind; a source does (`decisions.md` 13).

Sources: `seeds/001` 一, 二(八)(九); `seeds/003` 一, 八; `seeds/004` 一(二)–(九). % are kept in hundredths.
"""

from __future__ import annotations

from ledger_desk.reports.indicator import STOCKS, Indicator, Unit

_XY, _XX, _ZJ = "信发改财金〔2024〕329号", "新金营商办〔2022〕7号", "浙江“4+1”小微金融工作行动方案"
_FILLED = "由银行或单位填报，背后没有逐户记录。"


def _figure(id: str, label: str, unit: Unit, text: str, clause: str) -> Indicator:
    return Indicator(id, label, unit, "", f"{text}{_FILLED}", clause, STOCKS, places=2 if unit == "%" else 0)  # fmt: skip


FIGURES: tuple[Indicator, ...] = (
    _figure("inclusive_balance", "普惠型小微企业贷款余额", "万元", "单户授信总额 1000 万元（含）以下小微企业贷款余额。", f"{_XY} 一"),
    _figure("inclusive_firms", "普惠型小微企业贷款户数", "户", "有普惠型小微企业贷款余额的户数。", f"{_XY} 一"),
    _figure("all_loans_balance", "各项贷款余额", "万元", "本外币各项贷款余额。", f"{_XY} 一 一高"),
    _figure("small_loans_balance", "小微企业贷款余额", "万元", "全口径小微企业贷款余额。", f"{_XY} 一 一提；{_ZJ} 二（九）"),
    _figure("small_unsecured_balance", "小微企业信用贷款余额", "万元", "小微企业贷款里的信用贷款余额。", f"{_XY} 一 一提；{_ZJ} 二（九）"),
    Indicator("small_unsecured_share", "小微企业信用贷款余额占比", "%", "",
              "小微企业信用贷款余额÷小微企业贷款余额，都是填报数。", f"{_XY} 一 一提；{_ZJ} 二（九）超过 12%", STOCKS, "", 2,
              "small_unsecured_balance", "small_loans_balance"),
    _figure("inclusive_rate", "普惠型小微企业贷款利率", "%", "普惠型小微企业贷款加权平均利率。", f"{_XY} 一 一降；{_XX} 一（五）5% 以内"),
    _figure("relending_balance", "支农支小再贷款余额", "万元", "人民银行支农支小再贷款余额。", f"{_XY} 八"),
    _figure("long_balance", "小微企业中长期贷款余额", "万元", "小微企业中长期贷款余额。", f"{_XY} 八"),
    _figure("renewal_balance_reported", "无还本续贷余额（填报）", "万元", "银行报的小微企业无还本续贷余额。", f"{_ZJ} 二（八）"),
    _figure("renewal_firms_reported", "无还本续贷户数（填报）", "户", "银行报的小微企业无还本续贷余额户数。", f"{_ZJ} 二（八）"),
    _figure("inclusive_renewal_balance", "普惠型无还本续贷余额（填报）", "万元", "银行报的普惠型小微企业无还本续贷余额。", f"{_ZJ} 二（八）"),
    Indicator("inclusive_renewal_share", "普惠型无还本续贷余额占比", "%", "",
              "普惠型无还本续贷余额÷普惠型小微企业贷款余额，都是填报数。", f"{_ZJ} 二（八）超过 10%", STOCKS, "", 2,
              "inclusive_renewal_balance", "inclusive_balance"),
    _figure("loan_steps", "信贷办理环节数", "个", "办一笔小微企业贷款要经过的环节。", f"{_XX} 一（二）"),
    _figure("loan_papers", "申请材料份数", "份", "办一笔小微企业贷款要提交的材料。", f"{_XX} 一（四）"),
    _figure("loan_days", "信贷办理时间", "天", "普惠型小微企业贷款办理时间，工作日。", f"{_XX} 一（三）"),
    _figure("mortgage_days_reported", "抵押贷款办理时间", "天", "普惠型小微企业抵押贷款办理时间，工作日。", f"{_XX} 一（三）8 个工作日以内"),
    _figure("online_business_share", "线上办理业务占比", "%", "能线上办理的小微信贷业务占比。", f"{_XX} 一（二）"),
    _figure("online_mortgage_share", "线上抵押登记占比", "%", "线上办理的不动产抵押登记占比。", f"{_XX} 一（二）"),
    _figure("guarantee_fee_reported", "政府性担保平均费率（填报）", "%", "担保机构报的平均担保费率。", f"{_XX} 一（九）1% 以下"),
    _figure("small_rural_share_reported", "支小支农担保占比（填报）", "%", "担保机构报的支小支农担保业务占比。", f"{_XX} 一（九）90% 以上"),
    _figure("tax_loan_balance", "银税互动贷款余额", "万元", "银行报的银税互动贷款余额。", f"{_XX} 一（七）"),
    _figure("tax_loan_firms", "银税互动贷款户数", "户", "银行报的银税互动贷款户数。", f"{_XX} 一（七）"),
    _figure("host_bank_firms", "主办银行签约户数", "户", "与小微企业签了主办银行协议的户数。", f"{_XX} 一（八）"),
    _figure("guaranteed_balance_reported", "融资担保在保余额（填报）", "万元", "担保机构报的在保余额。", f"{_XX} 一（九）"),
)  # fmt: skip
