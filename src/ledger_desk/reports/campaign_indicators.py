"""Indicators of activities, parks, guarantees, tax-rated firms, 百行进万企, products and teams; one line each.

Sources: `seeds/001` 二(一)(五)(六); `seeds/002` 六, 八(二); `seeds/003` 九; `seeds/004` 一(七)(九), 二(二);
`domain.md` §7.
"""

from __future__ import annotations

from ledger_desk.reports.indicator import FIRMS, FLOWS, STOCKS, Indicator, Unit

_XY, _XZ, _XX = "信发改财金〔2024〕329号", "忻银发〔2020〕80号", "新金营商办〔2022〕7号"
_ZJ = "浙江“4+1”小微金融工作行动方案"
_PARKS, _TAX, _ALL = f"{_ZJ} 二（一）", f"{_XX} 一（七）", f"{_ZJ} 二（六）"
_FEE = f"{_XY} 九；{_XX} 一（九）"
_SHARED = "分险比例按担保金额加权平均；没有写比例的不算。"


def _held(id: str, label: str, kind: str, unit: Unit, clause: str) -> Indicator:
    text = f"活动信息里类别为{kind}的，按日期。"
    return Indicator(id, label, unit, id, text, clause, FLOWS)


def _ratio(
    id: str, label: str, text: str, clause: str, top: str, bottom: str,
    measures: tuple[str, ...] = FLOWS,
) -> Indicator:  # fmt: skip
    return Indicator(id, label, "%", "", text, clause, measures, "", 2, top, bottom)


ACTIVITIES: tuple[Indicator, ...] = (
    Indicator("activities", "活动信息条数", "个", "activities", "全部活动信息，按日期；按类别分是活动类别。", f"{_XZ} 八（二）", FLOWS),
    Indicator("activities_sent", "报送条数", "个", "activities_sent", "写了报送日期的活动信息，按报送日期；按类别分是活动类别。", f"{_XZ} 八（二）", FLOWS),
    Indicator("activities_used", "被采用条数", "个", "activities_used", "报送后被采用的活动信息，按报送日期。", f"{_XZ} 八（二）", FLOWS),
    _held("talks", "专题宣讲次数", "专题宣讲", "次", f"{_XZ} 六（三）"),
    _held("publicity", "广泛宣传次数", "广泛宣传", "次", f"{_XZ} 六（三）"),
    _held("help_activities", "帮扶活动次数", "帮扶活动", "次", f"{_XZ} 六（五）、八（二）"),
    _held("fairs", "首贷专场对接会次数", "首贷专场对接会", "次", f"{_XZ} 六（四）年内至少 1 次"),
    _held("meetings", "银企对接会次数", "银企对接会", "次", f"{_XX} 一（七）"),
    _held("receptions", "行长接待日次数", "行长接待日", "次", f"{_XX} 二（二）每周一天"),
    _held("officer_receptions", "首席服务官接访次数", "首席服务官接访", "次", f"{_XX} 二（二）"),
    _held("trainings", "培训次数", "培训", "次", f"{_XY} 十五"),
    _held("practices", "经验做法篇数", "经验做法", "篇", f"{_XZ} 八（二）；{_XX} 三（三）"),
    _held("innovations", "创新产品个数", "创新产品", "个", f"{_XZ} 八（二）"),
    _held("model_cases", "典型案例个数", "典型案例", "个", f"{_XZ} 八（二）；{_XY} 十五"),
    _held("briefs", "专题信息篇数", "专题信息", "篇", f"{_XZ} 八（二）每月至少 1 篇"),
    _held("proofs", "佐证材料份数", "佐证材料", "份", f"{_XX} 三（二）"),
    Indicator("briefs_sent", "专题信息报送篇数", "篇", "briefs_sent", "写了报送日期的专题信息，按报送日期。", f"{_XZ} 八（二）", FLOWS),
    Indicator("activity_firms", "活动参加企业", "户", "activity_firms", "各次活动参加企业数之和，同一户参加两次算两次。",
              f"{_XZ} 六（三）（四）", FLOWS, "amount"),
    Indicator("activity_people", "活动参加人数", "人", "activity_people", "各次活动参加人数之和。", f"{_XZ} 六（三）", FLOWS, "amount"),
    Indicator("activity_signed", "活动签约户数", "户", "activity_signed", "各次活动签约户数之和。", f"{_XZ} 六（四）", FLOWS, "amount"),
    Indicator("activity_signed_amount", "活动签约金额", "万元", "activity_signed_amount", "各次活动签约金额之和。", f"{_XZ} 六（四）", FLOWS),
    Indicator("reception_firms", "接待企业", "户", "reception_firms", "行长接待日和首席服务官接访接待的企业数之和。", f"{_XX} 二（二）", FLOWS, "amount"),
    Indicator("products", "信贷产品数", "个", "products", "到最后一日在办的信贷产品。", f"{_XZ} 六（二）", STOCKS),
    Indicator("first_products", "首贷专属产品数", "个", "first_products", "到最后一日在办的首贷专属产品。", f"{_XZ} 六（二）每家 1–2 个", STOCKS),
    Indicator("online_products", "线上产品数", "个", "online_products", "到最后一日在办、能线上办理的信贷产品。", f"{_XX} 一（三）", STOCKS),
    Indicator("products_launched", "新推出产品数", "个", "products_launched", "按推出日期。", f"{_XX} 一（六）", FLOWS),
    Indicator("teams", "服务团队数", "个", "teams", "到最后一日没有撤销的服务团队；按类别分是团队类别。", f"{_XZ} 六（二）", STOCKS),
    Indicator("chief_officers", "首席金融服务官人数", "人", "chief_officers", "到最后一日在任的首席金融服务官。", f"{_XX} 二（二）", STOCKS),
)  # fmt: skip

PARKS: tuple[Indicator, ...] = (
    Indicator("parks", "小微企业园个数", "个", "parks", "账上的小微企业园；按星级分。", _PARKS, STOCKS),
    Indicator("parks_filed", "已建档园区个数", "个", "parks_filed", "到最后一日已建档的小微企业园。", _PARKS, STOCKS),
    _ratio("parks_filed_share", "园区建档率", "已建档园区个数÷小微企业园个数。", _PARKS, "parks_filed", "parks", STOCKS),
    Indicator("parks_agreed", "签订伙伴银行协议园区个数", "个", "parks_agreed", "到最后一日签了伙伴银行协议的园区。", _PARKS, STOCKS),
    Indicator("parks_insured", "整园保险园区个数", "个", "parks_insured", "办了整园保险的园区。", _PARKS, STOCKS),
    Indicator("parks_digital", "数字化园区个数", "个", "parks_digital", "数字化示范和试点园区。", _PARKS, STOCKS),
    Indicator("park_firms", "入园企业户数", "户", "park_firms", "到最后一日在园的经营主体；没有写入园日期的算在园，一户在两个园只算一户。", _PARKS, STOCKS),
    Indicator("park_credited_firms", "入园企业授信户数", "户", "park_credited",
              "到最后一日在园、有银行授信或有没结清贷款的经营主体。", _PARKS, STOCKS),
    _ratio("park_credit_share", "入园企业授信比例", "入园企业授信户数÷入园企业户数。", f"{_PARKS} 70%、60%、50%",
           "park_credited_firms", "park_firms", STOCKS),
    Indicator("park_line", "应达到的授信比例", "%", "park_lines",
              "四星、五星级 70%，三星级 60%，其他 50%（可在“任务与口径”里改）；几个园区一起时是平均。", f"{_PARKS} 70%、60%、50%",
              STOCKS, "mean", 2),
    Indicator("parks_reached", "达标园区个数", "个", "parks_reached", "到最后一日入园企业授信比例达到应达到比例的园区。", _PARKS, STOCKS),
    # -- 百行进万企 --------------------------------------------------------------------------------------
    Indicator("campaign_firms", "百行进万企清单户数", "户", "campaign_firms", "到最后一日有“百行进万企”标签的经营主体。", _ALL, STOCKS),
    Indicator("campaign_reached_firms", "有效走访对接户数", "户", "campaign_reached",
              "清单内到最后一日有有效走访或银企对接的经营主体。", _ALL, STOCKS),
    Indicator("campaign_matched_firms", "清单内对接户数", "户", "campaign_matched", "清单内到最后一日有银企对接的经营主体。", _ALL, STOCKS),
    Indicator("campaign_online_firms", "平台线上对接户数", "户", "campaign_online",
              "清单内到最后一日有线上对接，或线上申报的经营主体。", _ALL, STOCKS),
    Indicator("campaign_drawn_firms", "清单内获贷户数", "户", "campaign_drawn", "清单内到最后一日得到放款的经营主体。", _ALL, STOCKS),
    Indicator("campaign_first_firms", "清单内首贷户数（百行进万企）", "户", "campaign_first", "清单内到最后一日的首贷户，口径同首贷户数。", _ALL, STOCKS),
    _ratio("campaign_reach_share", "有效走访对接比例", "有效走访对接户数÷清单户数。", _ALL, "campaign_reached_firms", "campaign_firms", STOCKS),
    _ratio("campaign_first_share", "首贷户占比（百行进万企）", "清单内首贷户数÷清单内获贷户数。", _ALL,
           "campaign_first_firms", "campaign_drawn_firms", STOCKS),
    _ratio("campaign_online_share", "平台线上对接率", "平台线上对接户数÷清单内对接户数；只线上申报、没有对接记录的也算对接。", _ALL,
           "campaign_online_firms", "campaign_touched_firms", STOCKS),
    Indicator("campaign_touched_firms", "清单内对接或线上申报户数", "户", "campaign_touched",
              "清单内到最后一日有银企对接，或线上申报的经营主体。", _ALL, STOCKS),
    # -- 银税互动 ----------------------------------------------------------------------------------------
    Indicator("tax_firms", "纳税信用 A、B、M 级户数", "户", "tax_firms", "最近一年纳税信用为 A、B、M 级的经营主体；按类别分是级别。", _TAX, STOCKS),
    Indicator("tax_needing_firms", "A、B、M 级有融资需求户数", "户", "tax_needing", "其中走访或窗口咨询时有融资需求的。", _TAX, FLOWS),
    Indicator("tax_granted_firms", "银税互动授信户数", "户", "tax_granted", "A、B、M 级的经营主体里银行授信的，按决定日期。", _TAX, FIRMS),
    Indicator("tax_granted_amount", "银税互动授信金额", "万元", "tax_granted", "对 A、B、M 级经营主体授信的金额之和。", _TAX, FLOWS),
    Indicator("tax_drawn_firms", "银税互动放款户数", "户", "tax_drawn", "A、B、M 级的经营主体里得到放款的，按放款日期。", _TAX, FIRMS),
    Indicator("tax_drawn_amount", "银税互动放款金额", "万元", "tax_drawn", "对 A、B、M 级经营主体放款的金额之和。", _TAX, FLOWS),
)  # fmt: skip

GUARANTEES: tuple[Indicator, ...] = (
    Indicator("guaranteed_firms", "担保户数", "户", "guarantees", "新办担保的经营主体，按担保起始日，一户只算一次。", _FEE, FIRMS),
    Indicator("guarantees", "担保笔数", "笔", "guarantees", "新办担保的笔数，按担保起始日。", _FEE, FLOWS),
    Indicator("guaranteed_amount", "担保金额", "万元", "guarantees", "新办担保的金额之和，按担保起始日。", _FEE, FLOWS),
    Indicator("guarantee_balance", "在保余额", "万元", "guarantee_balance",
              "到最后一日没有解保的担保；写了在保余额的按余额，否则按担保金额。", _FEE, STOCKS),
    Indicator("guarantee_balance_firms", "在保户数", "户", "guarantee_balance", "到最后一日没有解保的经营主体。", _FEE, STOCKS),
    Indicator("guarantee_mean_fee", "平均担保费率", "%", "guarantee_fees", "担保金额×费率之和÷担保金额之和；没有写费率的不算。",
              f"{_FEE} 不高于 1%", FLOWS, "mean", 2),
    Indicator("small_rural_mean_fee", "支小支农平均担保费率", "%", "small_rural_fees", "支小支农担保的费率，按金额加权。",
              f"{_XX} 一（九）降至 1% 以下", FLOWS, "mean", 2),
    Indicator("small_rural_firms", "支小支农担保户数", "户", "small_rural", "支小支农担保的经营主体，按担保起始日。", f"{_XX} 一（九）", FIRMS),
    Indicator("small_rural_amount", "支小支农担保金额", "万元", "small_rural", "支小支农担保的金额之和。", f"{_XX} 一（九）", FLOWS),
    _ratio("small_rural_share", "支小支农担保占比", "支小支农担保金额÷担保金额。", f"{_XX} 一（九）90% 以上", "small_rural_amount", "guaranteed_amount"),
    Indicator("over_limit_firms", "单户担保超过 500 万元户数", "户", "over_limit",
              "到最后一日在保余额合计超过 500 万元的经营主体（上限可在“任务与口径”里改）。", f"{_XX} 一（九）", STOCKS),
    Indicator("over_limit_amount", "单户担保超过 500 万元金额", "万元", "over_limit", "这些经营主体的在保余额之和。", f"{_XX} 一（九）", STOCKS),
    Indicator("low_fee_amount", "费率 1% 以内担保金额", "万元", "low_fee", "费率不高于 1% 的新办担保金额之和（上限可在“任务与口径”里改）。", _FEE, FLOWS),
    _ratio("low_fee_share", "费率 1% 以内担保占比", "费率 1% 以内担保金额÷担保金额。", _FEE, "low_fee_amount", "guaranteed_amount"),
    Indicator("unborrowed_firms", "担保无贷户户数", "户", "guarantees_no_loan", "新办担保里以前没有贷款的经营主体。", f"{_ZJ} 二（五）", FIRMS),
    Indicator("unborrowed_amount", "担保无贷户金额", "万元", "guarantees_no_loan", "对以前没有贷款的经营主体新办担保的金额之和。", f"{_ZJ} 二（五）", FLOWS),
    Indicator("guarantor_risk", "担保机构分险比例", "%", "risk_guarantor", _SHARED, f"{_ZJ} 二（五）", FLOWS, "mean", 2),
    Indicator("bank_risk", "银行分险比例", "%", "risk_bank", _SHARED, f"{_ZJ} 二（五）", FLOWS, "mean", 2),
    Indicator("higher_risk", "再担保及国担分险比例", "%", "risk_higher", _SHARED, f"{_XZ} 七（三）", FLOWS, "mean", 2),
    Indicator("government_risk", "政府分险比例", "%", "risk_government", _SHARED, f"{_ZJ} 二（五）", FLOWS, "mean", 2),
    Indicator("compensations", "代偿笔数", "笔", "compensations", "按代偿日期。", f"{_ZJ} 二（五）", FLOWS),
    Indicator("compensated_amount", "代偿金额", "万元", "compensations", "代偿金额之和，按代偿日期。", f"{_ZJ} 二（五）", FLOWS),
)  # fmt: skip
