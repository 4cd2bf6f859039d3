"""Every field of the lists in `domain.md` §6.2 and every section of §6.3 is declared, once."""

from __future__ import annotations

import re

import pytest

from ledger_desk.model import records as r
from ledger_desk.model.fields import Record, fields_of
from ledger_desk.model.records import RECORDS
from ledger_desk.model.sections import SECTIONS

# What a list out of the registry has (QyxxImportVo), in its own words.
REGISTRY = """所属网格、所属支行、企业名称、统一社会信用代码、注册号、法定代表人/负责人姓名、住所、成立日期、核准日期、经营范围、状态、
企业联系电话、登记类别、企业类型、联络员姓名、联络员证件号码、注册资本(万元)、实收资本(万元)、营业期限、登记机关、邮政编码、监管单位、行业代码"""
# The file of a firm (Qyxxgl), without what the program works out: 建档完整度, 是否走访, 是否有效走访.
FIRM = """所属网格、归属机构、所属支行、企业名称、法人证件号码、统一社会信用代码、营业执照号、纳税人识别号、组织机构代码、注册号、状态、住所、
联络员姓名、联络员证件号、注册资本(万元)、实收资本(万元)、营业期限、登记机关、邮政编码、监管单位、行业代码、成立日期、核准日期、企业联系电话、
法人联系电话、邮箱、注册地址、企业现地址、参保人数、登记类别、企业类型、所属行业、曾用名、网址、经营范围、档案编号、经度、纬度、不予授信情形、
授信对象、资产类型、资产评估价、陪访人、服务跟踪人、贷款需求、贷款需求额度(万元)、企业人数、企业经营收入、他行业务情况、注册到期日、
基本账户是否在我行、是否存续、经营场地所有权、经营场地面积、企业资产、企业负债、企业经营利润、主营业务/产品"""
LISTS: dict[type[Record], str] = {
    r.Associate: "证件号码、姓名、性别、联系方式、年龄、职业、工作单位、关系描述、婚姻、住址、占股比例、存款余额、贷款余额、不良余额、业务开通情况",
    r.Asset: "房产位置、数量、面积、单价、价值、性质、说明",
    r.Finance: "年总收入、资产合计、本系统借款、他行借款、信用卡、其他负债、负债合计、净资产、营业成本、固定费用、经营利润、净收入、进货成本",
    r.Rating: "评定等级、测算授信额度、客户经理授信额度、最终授信额度、等级调整事项",
    r.Attachment: "资料类型、资料名称、大小、备注",
    r.Premises: "店铺面积、租赁到期日、是否抵押、年租金",
    r.TaxYear: "纳税信用级别、年纳税额、开票金额",
    r.Staffing: "从业人数、参保人数",
    r.Utility: "用电量",
    r.Standing: "记录类别、处罚内容、逾期次数、修复日期",
    r.Loan: "贷款银行、贷款余额、到期日期、年利率、担保方式、是否需续贷、五级分类、还款频率",
}  # fmt: skip


def plain(label: str) -> str:
    return re.sub(r"\([^)]*\)$", "", label.replace("（", "(").replace("）", ")"))


def words(cls: type[Record]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for spec in fields_of(cls):
        for word in {spec.label, *spec.synonyms, plain(spec.label), *map(plain, spec.synonyms)}:
            found.setdefault(word, []).append(spec.name)
    return found


def listed(text: str) -> list[str]:
    return [word for word in re.split(r"[、\s]+", text) if word]


@pytest.mark.parametrize("text", [REGISTRY, FIRM], ids=["registry", "firm"])
def test_every_field_of_the_registry_list_and_of_the_firm_is_declared_once(text):
    known = words(r.Enterprise)
    known["营业执照号"] = known.get("营业执照号") or known["工商注册号"]
    missing = [w for w in listed(text) if w not in known and plain(w) not in known]
    assert missing == []
    assert {w: names for w in listed(text) if len(set(names := known.get(w, []))) > 1} == {}


@pytest.mark.parametrize("cls", LISTS, ids=lambda cls: cls.TABLE)
def test_every_field_of_what_hangs_on_a_firm_is_declared(cls):
    known = words(cls)
    assert [w for w in listed(LISTS[cls]) if w not in known and plain(w) not in known] == []


def test_the_eighteen_sections_stand_in_order_and_hold_every_group_and_record_of_a_firm():
    assert [section.number for section in SECTIONS] == list(range(1, 19))
    groups = [group for section in SECTIONS for group in section.groups]
    assert sorted(groups) == sorted({spec.group for spec in fields_of(r.Enterprise)})
    lists = [cls for section in SECTIONS for cls in section.lists]
    assert len(lists) == len(set(lists))
    of_a_firm = {
        cls for cls in RECORDS
        if any(spec.name == "enterprise" and spec.ref == "enterprise" for spec in fields_of(cls))
    }  # fmt: skip
    assert of_a_firm == set(lists) - {r.Help, r.Review, r.Check}
    assert all(section.groups or section.lists for section in SECTIONS)


def test_a_label_stands_once_in_a_class_and_no_synonym_is_the_label_of_another_field():
    for cls in RECORDS:
        labels = [spec.label for spec in fields_of(cls)]
        assert len(labels) == len(set(labels)), cls
        for spec in fields_of(cls):
            others = {other.label for other in fields_of(cls)} - {spec.label}
            assert not others.intersection(spec.synonyms), (cls, spec.name)
