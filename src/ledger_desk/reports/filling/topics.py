"""All topics: fields of the firm, of records reached from it, what is computed, and indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from ledger_desk.exchange.field_words import words_of
from ledger_desk.exchange.headings import key_of
from ledger_desk.model import kinds, locks
from ledger_desk.model.fields import FieldSpec, field_map, fields_of
from ledger_desk.model.records import Enterprise
from ledger_desk.reports.filling.derived import DERIVED
from ledger_desk.reports.filling.reached import LOAN, REACHED, Reached
from ledger_desk.reports.filling.topic import Topic
from ledger_desk.reports.indicator import Indicator
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.store.computed import COMPUTED

FIRM, NUMBER = "经营主体", "指标"
# What the office keeps for itself, and what stands under a heading of its own below.
_OWN_AFFAIRS = frozenset(
    ["note", "waived", "waived_note", "code_reason", "size_set", "size_note", "first_loan_set", "first_loan_note",
     "lenders_set", "lenders_note", "internal_no", "longitude", "latitude"]
)  # fmt: skip
_NOT_OF_FIRM = frozenset(map(key_of, ("法人手机", "法人联系电话", "类型", "状态", "说明")))
_MORE: Mapping[str, tuple[str, ...]] = {
    "name": ("企业全称", "单位全称", "企业名", "公司全称", "全称", "市场主体名称", "主体", "经营主体", "企业", "客户名称", "店铺名称", "户名"),
    "code": ("证照号码", "营业执照代码"),
    "person": ("法定代表人姓名", "法人代表姓名", "负责人", "经营者姓名", "老板姓名", "业主", "企业负责人", "主要负责人", "董事长", "总经理"),
    "person_id": ("法人身份证号码", "法人身份证", "负责人身份证号", "经营者身份证", "法定代表人身份证号码"),
    "phone": ("联系电话", "手机号", "企业电话", "联系方式"),
    "village": ("行政村", "所在村", "村居", "村(居)", "所在村(居)", "社区(村)", "村组"),
    "township": ("所在乡镇", "乡(镇、街道)", "属地", "镇(街道)", "所辖乡镇", "乡镇办"),
    "place": ("经营地址", "详细地址", "生产经营地址", "经营场所", "现地址", "办公地址"),
    "address": ("登记注册地址", "注册地", "登记地址", "登记住所"),
    "main_business": ("主营业务", "主营产品", "经营项目", "主要业务", "主要经营业务", "从事产业", "经营内容"),
    "staff": ("从业人员", "用工人数", "员工总数", "职工总数", "就业人数"),
    "insured": ("社保人数", "缴纳社保人数"), "revenue": ("营业收入", "年营业额", "上年度营业收入", "年销售额", "营业额"),
    "assets": ("资产总额", "总资产"), "founded": ("开业时间", "设立时间", "注册登记日期"),
    "status": ("经营状态", "登记状态", "存续状态"), "industry_name": ("所属行业", "行业", "从事行业", "国标行业", "行业类别", "产业类别", "所属产业"),
    "industry": ("行业代码", "国民经济行业代码"), "kind": ("主体类别", "市场主体类型", "经营主体类型", "市场主体类别", "经营主体类别"),
    "enterprise_type": ("登记注册类型", "注册类型", "登记类型"), "taxpayer_no": ("税号", "纳税人识别号", "纳税人税号"),
    "liaison": ("联络员", "联系人", "企业联系人"), "liaison_phone": ("联络员手机",), "authority": ("登记机关", "发照机关"),
}  # fmt: skip
_INDICATOR_WORDS: Mapping[str, tuple[str, ...]] = {
    "target_firms": ("任务户数", "台账户数", "名单户数", "在册户数", "应走访户数", "走访任务户数", "计划走访户数", "目标户数", "应走访企业数", "走访任务数"),
    "visited_firms": ("走访户数", "走访完成户数", "已走访户数", "实际走访户数", "走访企业数", "完成走访户数", "累计走访户数", "走访主体数"),
    "visit_rate": ("走访率", "走访覆盖率", "走访完成率"),
    "visits": ("走访次数", "走访户次", "累计走访次数"),
    "needing_firms": ("有需求户数", "有需求企业数", "有融资需求企业数", "存在融资需求户数", "需求户数"),
    "needed_amount": ("需求金额", "融资需求", "融资需求总额", "资金需求总额"),
    "applied_firms": ("申报户数", "申报企业数", "纳入申报清单户数"), "applied_amount": ("申报金额", "申报需求金额"),
    "recommended_firms": ("推荐户数", "推荐企业数", "纳入推荐清单户数", "列入推荐清单企业数"),
    "pushed_firms": ("推送户数", "推送企业数"), "contacted_firms": ("已对接户数", "银行已对接户数", "对接户数"),
    "granted_firms": ("授信户数", "获得授信户数", "授信企业数", "新增授信户数", "已授信户数"),
    "granted_amount": ("授信金额", "授信总额", "授信额度", "新增授信金额", "已授信金额"),
    "drawn_firms": ("放款户数", "发放贷款户数", "贷款户数", "获贷户数", "放款企业数", "投放户数"),
    "drawn_amount": ("放款金额", "发放贷款金额", "贷款金额", "投放金额", "放款总额", "累放金额"),
    "first_loan_firms": ("首贷户数", "新增首贷户数", "首次贷款户数"), "first_loan_amount": ("首贷金额",),
    "loan_balance": ("贷款余额", "期末余额"), "borrowing_firms": ("有贷款户数", "在贷户数"),
    "renewed_firms": ("无还本续贷户数", "续贷户数"), "renewed_amount": ("无还本续贷金额", "续贷金额"),
    "renewed_loans": ("无还本续贷笔数", "续贷笔数"), "unsecured_firms": ("信用贷款户数",),
    "unsecured_amount": ("信用贷款金额", "信用贷款"), "matchings": ("对接笔数", "对接次数"), "matched_firms": ("银企对接户数",),
    "pending_firms": ("审批中户数", "正在审批户数"), "list_refused_firms": ("未授信户数", "不予授信户数"),
}  # fmt: skip


@cache
def topics() -> Mapping[str, Topic]:
    """Give all topics of firms, by id; those of the firm itself first."""
    made = [*_of_firm(), *_computed(), *DERIVED, *_people(), *_of_loans()]
    made += [topic for reached in REACHED for topic in _of_reached(reached)]
    return {topic.id: topic for topic in _told_apart(made)}


@cache
def numbers() -> Mapping[str, Topic]:
    """Give the topics of townships and banks: the indicators, by id."""
    return {f"number.{each.id}": _number(each) for each in INDICATORS.values()}


def topic_of(id: str) -> Topic | None:
    """Find a topic by its id; None if there is none any more."""
    base, _, year = id.partition("@")
    found = topics().get(base) or numbers().get(base)
    return found.of_year(year) if found is not None and year else found


def subjects_of(source: str) -> tuple[str, ...]:
    """Give the words by which headings speak of a source of topics."""
    if source == "drawdown":
        return ("放款", "发放", "获贷")
    return next((each.subjects for each in (*REACHED, LOAN) if each.key == source), ())


def _of_firm() -> list[Topic]:
    closed = locks.locked(Enterprise)
    made = []
    for words in words_of(Enterprise):
        spec = words.spec
        if spec.name in _OWN_AFFAIRS or spec.ref:
            continue
        own = {spec.label, *spec.synonyms, *_MORE.get(spec.name, ())}
        own = {word for word in own if key_of(word) not in _NOT_OF_FIRM}
        keeps = None if spec.name in closed else ("enterprise", spec.name)
        made.append(
            Topic(
                f"firm.{spec.name}", spec.label, FIRM, spec.kind, (spec.label, *sorted(own - {spec.label})),
                private=spec.private, quiet=spec.name in _MAY_BE_EMPTY, keeps=keeps,
            )
        )  # fmt: skip
    return made


_MAY_BE_EMPTY = frozenset(
    ["former_name", "website", "busy_season", "not_trading", "companion", "follower", "taxpayer_no", "org_code", "regno"]
)  # fmt: skip


def _computed() -> list[Topic]:
    known = COMPUTED["enterprise"]
    words = {
        "size": ("划型", "企业规模", "企业划型", "规模类型", "大中小微"),
        "prior": (
            "首贷状态",
            "是否首贷户",
            "是否首贷",
            "是否首次贷款",
            "首贷情况",
            "首贷户",
            "首贷",
        ),
        "lenders": ("在贷银行数", "贷款银行数", "合作银行数", "贷款银行家数", "融资银行数"),
    }
    notes = {
        "size": "按从业人数、营业收入、资产总额算，人工定的优先",
        "prior": "按贷款记录和征信核验算",
        "lenders": "有贷款没还清的银行",
    }
    made = [
        Topic(f"computed.{n}", known[n].label, FIRM, known[n].kind, words[n], note=notes[n])
        for n in words
    ]  # fmt: skip
    made.append(
        Topic(
            "tags.names",
            "标签",
            FIRM,
            kinds.TEXT,
            ("标签", "企业标签", "类型标签", "资质荣誉", "所获资质", "资质称号"),
            quiet=True,
        )
    )
    return made


def _people() -> list[Topic]:
    phone = field_map(Enterprise)["phone"].kind
    words = ("法人电话", "法人手机", "法人手机号", "法人联系电话", "法定代表人电话", "法定代表人联系电话", "法定代表人手机号码", "负责人电话",
             "负责人手机", "负责人联系方式", "经营者电话", "老板电话", "法人联系方式")  # fmt: skip
    note = "关联人里的法定代表人、经营者；个体工商户没有另记的，用联系电话"
    return [
        Topic("people.owner", "法定代表人电话", FIRM, phone, words, private=True, note=note),
        Topic("people.controller", "实际控制人", FIRM, kinds.TEXT, ("实际控制人", "实控人")),
        Topic(
            "people.holders",
            "股东",
            FIRM,
            kinds.TEXT,
            ("股东", "股东名单", "主要股东", "股东姓名"),
            quiet=True,
        ),
    ]


def _of_loans() -> list[Topic]:
    known = field_map(LOAN.cls)
    text, note = kinds.TEXT, "没有结清的各笔合起来"
    labels = {"banks": ("贷款银行", text), "balance": ("贷款余额(万元)", kinds.MONEY), "amount": ("合同金额(万元)", kinds.MONEY)}  # fmt: skip
    made = []
    for name, words in LOAN.words.items():
        label, kind = labels.get(name) or (known[name].label, known[name].kind)
        keeps = ("loan", name) if name in ("security", "rate", "purpose", "due_on", "signed_on", "product") else None  # fmt: skip
        made.append(
            Topic(f"loan.{name}", label, LOAN.label, kind, words, loose=(label,), keeps=keeps,
                  note=_LOAN_NOTES.get(name, note))
        )  # fmt: skip
    money, day = kinds.MONEY, kinds.DAY
    made += [
        Topic("drawdown.day", "最近放款日期", "放款", day, ("放款日期", "放款时间", "发放日期", "贷款发放日期", "获贷时间")),
        Topic("drawdown.total", "累计放款(万元)", "放款", money,
              ("放款金额", "累计放款", "已用额度", "用信金额", "累计放款金额", "发放金额", "发放贷款金额", "贷款发放金额"), note="各笔放款相加"),
        Topic("drawdown.first", "首次放款日期", "放款", day, ("首次放款日期", "首笔放款日期", "首次发放日期", "首次放款时间")),
        Topic("drawdown.made", "是否放款", "放款", kinds.YES_NO,
              ("是否放款", "是否已放款", "是否发放贷款", "是否获贷", "是否获得贷款", "放款与否"), note="账上有放款记录的写“是”"),
    ]  # fmt: skip
    return made


_LOAN_NOTES = {
    "balance": "没有结清的各笔相加：有放款记录的按放款减还款，否则按记下的余额",
    "due_on": "没有结清的各笔里最早到期的", "signed_on": "没有结清的各笔里最近签的",
    "security": "没有贷款的，用最近一次授信的担保情况",
}  # fmt: skip


def _of_reached(reached: Reached) -> list[Topic]:
    made = []
    closed = locks.locked(reached.cls)
    for spec in fields_of(reached.cls):
        if spec.name in reached.leave or spec.name in ("enterprise", "note") or not _is_told(spec):
            continue
        own = {*reached.words.get(spec.name, ())}
        label = spec.label.partition("(")[0]
        own |= {f"{word}{label}" for word in reached.subjects if word not in label}
        if any(word in label for word in reached.subjects):
            own.add(spec.label)
        keeps = None if spec.name in closed or spec.ref else (reached.cls.TABLE, spec.name)
        made.append(
            Topic(
                f"{reached.key}.{spec.name}", spec.label, reached.label, spec.kind, tuple(sorted(own)),
                loose=(spec.label, *spec.synonyms), private=spec.private,
                quiet=spec.name in reached.quiet, keeps=keeps,
            )
        )  # fmt: skip
    if reached.key == "credit":
        bank = field_map(LOAN.cls)["bank"]
        words = ("授信银行", "授信机构", "批贷银行")
        made.append(
            Topic("credit.bank", "授信银行", reached.label, bank.kind, words, loose=("银行",))
        )
    return made


def _is_told(spec: FieldSpec) -> bool:
    return not spec.name.endswith("_why") and spec.name not in ("frozen", "fingerprint")


def _told_apart(made: list[Topic]) -> list[Topic]:
    """Let a label that only one topic has mean it by itself."""
    counts = Counter(key for t in made for key in {key_of(t.label), *map(key_of, t.own)})
    found = []
    for topic in made:
        mine = key_of(topic.label) in map(key_of, topic.own)
        if counts[key_of(topic.label)] == 1 and not mine:
            topic = Topic(**{**topic.__dict__, "own": (topic.label, *topic.own)})
        found.append(topic)
    return found


def _number(indicator: Indicator) -> Topic:
    kind = {"万元": kinds.MONEY, "%": kinds.RATE}.get(indicator.unit, kinds.WHOLE)
    words = (indicator.label, *_INDICATOR_WORDS.get(indicator.id, ()))
    return Topic(
        f"number.{indicator.id}", indicator.label, NUMBER, kind, words, note=indicator.text
    )
