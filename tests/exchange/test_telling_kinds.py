from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.importing import apply, prepare
from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.exchange.preparing import again, kinds_of
from ledger_desk.exchange.targets import INTERNAL
from ledger_desk.model.fields import fields_of
from ledger_desk.model.locks import WHOLE
from ledger_desk.model.records import (
    RECORDS,
    Bank,
    Cultivation,
    Drawdown,
    Enterprise,
    Help,
    Loan,
    Office,
    Person,
    Setting,
)
from tests.exchange.making import code, every, read_in, text, xlsx

_CELLS = {"year": "2025", "month": "2025-03", "quantity": "120.5", "day": "2024-11-20", "money": "50", "rate": "3.65", "whole": "12", "yes_no": "是",
          "phone": "13800000001", "person_id": "411523199001011234", "code": "004105",
          "industry": "0111", "division": "卡房乡", "figure": "12"}  # fmt: skip


def cell_of(spec):
    if spec.kind.name == "choice":
        return spec.kind.options[0]
    if spec.name == "code" and spec.identity:
        return code(1)
    return _CELLS.get(spec.kind.name, "新县茶叶" if spec.name != "name" else "新县茶业有限公司")


_READ_IN = [c for c in RECORDS if c.TABLE not in WHOLE]  # of the rest a use case alone makes any


@pytest.mark.parametrize("cls", [*_READ_IN, LedgerRow], ids=lambda c: c.TABLE)
def test_a_list_with_the_headings_of_a_record_is_a_list_of_it(ledger, tmp_path, cls):
    specs = fields_of(cls)
    path = text(tmp_path / "表.csv", [[s.label for s in specs], *[[cell_of(s) for s in specs]] * 2])
    prepared = prepare(path, ledger)
    if cls is Setting:
        # 名称 and 内容 are anybody's words: only a table that is called 设置 is one of settings.
        assert prepared.cls is Enterprise
        path = text(tmp_path / "设置.csv", [[s.label for s in specs], ["甲", "乙"], ["丙", "丁"]])
        prepared = prepare(path, ledger)
    assert prepared.cls is cls
    assert kinds_of(prepared)[0].kind == prepared.guesses[0].kind


@pytest.mark.parametrize("cls", [c for c in RECORDS if c.TABLE in INTERNAL], ids=lambda c: c.TABLE)
def test_our_own_registers_are_not_told_from_some_of_their_headings(ledger, tmp_path, cls):
    specs = fields_of(cls)[:-1]
    path = text(
        tmp_path / f"{cls.LABEL}.csv",
        [[s.label for s in specs], *[[cell_of(s) for s in specs]] * 2],
    )
    assert prepare(path, ledger).cls.TABLE not in INTERNAL
    assert prepare(path, ledger, kind=cls.TABLE).cls is cls


@pytest.mark.parametrize(
    ("name", "headings", "cells", "cls"),
    [
        ("名册", ["序号", "姓名", "单位", "手机"], [1, "张三", "农业局", "13800000001"], Person),
        ("人员名单", ["姓名", "单位名称", "联系电话"], ["张三", "农业局", "13800000001"], Person),
        ("网点", ["机构名称", "银行类型", "联系人"], ["新县农商行", "农信系统", "张三"], Bank),
        ("首贷培植名单", ["企业名称", "统一社会信用代码", "列入日期", "名单来源"],
         ["新县茶业有限公司", code(1), "2024-11-20", "银行推荐"], Cultivation),
        ("贷款明细", ["企业名称", "贷款银行", "合同编号", "合同金额(万元)", "到期日期"],
         ["新县茶业有限公司", "新县农商行", "A1", 50, "2025-11-20"], Loan),
        ("台账", ["对接企业名称", "对接银行", "对接时间", "是否授信", "授信金额"],
         ["新县茶业有限公司", "新县农商行", "2024-11-20", "是", 50], LedgerRow),
        ("名单", ["企业名称", "地址", "电话"], ["新县茶业有限公司", "新县某路1号", "13800000001"], Enterprise),
        ("名单", ["企业名称", "贷款银行"], ["新县茶业有限公司", "新县农商行"], Enterprise),
        ("农户", ["姓名", "身份证号", "面积", "作物", "小组"], ["张三", "411523199001011234", 3, "茶", "一组"], Enterprise),
        ("单位", ["单位名称", "层级", "行政区划"], ["新县农业局", "县级", "411523"], Office),
    ],
)  # fmt: skip
def test_lists_as_people_make_them_are_told_apart(ledger, tmp_path, name, headings, cells, cls):
    prepared = prepare(xlsx(tmp_path / f"{name}.xlsx", [headings, cells, cells, cells]), ledger)
    assert prepared.cls is cls


def test_a_persons_choice_of_kind_is_taken_without_reading_again_and_remembered(ledger, tmp_path):
    rows = [["姓名", "单位名称"], ["张三", "新县茶业有限公司"], ["李四", "新县果业有限公司"]]
    path = text(tmp_path / "a.csv", rows)
    prepared = prepare(path, ledger)
    assert prepared.cls is Enterprise
    kinds = [guess.kind for guess in kinds_of(prepared)]
    assert kinds[0] == "enterprise"
    assert "person" in kinds[:4]
    path.rename(tmp_path / "moved.csv")
    other = again(prepared, ledger, kind="person")
    assert other.cls is Person
    apply(ledger, other.with_mapping(other.mapping.with_field(2, None)))
    assert {p.name for p in every(ledger, Person)} >= {"张三", "李四"}
    following = prepare(tmp_path / "moved.csv", ledger)
    assert (following.cls, following.known) == (Person, True)
    with pytest.raises(UserError, match="不认识"):
        again(prepared, ledger, kind="carrots")


def test_a_header_that_a_person_names_is_taken(ledger, tmp_path):
    rows = [
        ["甲", "乙"],
        ["企业名称", "联系电话"],
        ["新县茶业有限公司", "13800000001"],
        ["新县果业有限公司", "13800000002"],
    ]
    path = text(tmp_path / "a.csv", rows)
    for prepared in (
        prepare(path, ledger, header=(2, 2)),
        again(prepare(path, ledger), ledger, header=(2, 2)),
    ):
        assert prepared.layout.header_rows == (2, 2)
        assert list(prepared.layout.data_rows) == [3, 4]
        assert prepared.missing == ""
    with pytest.raises(UserError, match="不能当表头"):
        prepare(path, ledger, header=(4, 4))


def test_a_table_without_headings_is_told_by_its_cells(ledger, tmp_path):
    rows = [
        [f"新县第{n}茶叶专业合作社", code(n), name, f"1380000000{n}", town]
        for n, (name, town) in enumerate(
            [("张建国", "卡房乡"), ("李红", "千斤乡"), ("王小明", "卡房乡"), ("陈丽", "泗店乡")]
        )
    ]
    prepared = prepare(xlsx(tmp_path / "a.xlsx", rows), ledger, header=(0, 0))
    fields = {c.column: c.field for c in prepared.mapping}
    assert fields == {1: "name", 2: "code", 3: "person", 4: "phone", 5: "township"}
    assert {c.how for c in prepared.mapping} == {"content"}
    assert apply(ledger, prepared).new == 4


def test_records_without_a_name_come_in_by_the_firm_they_belong_to(ledger, tmp_path):
    firms = [["企业名称"], ["新县茶业有限公司"], ["新县果业有限公司"]]
    read_in(ledger, text(tmp_path / "a.csv", firms))
    read_in(
        ledger, text(tmp_path / "b.csv", [["银行名称", "银行类型"], ["新县农商行", "农信系统"]])
    )
    read_in(ledger, text(tmp_path / "首贷培植.csv", [
        ["企业名称", "列入名单日期", "名单来源", "培植状态"],
        ["新县茶业有限公司", "2024-01-02", "银行推荐", "培植中"]]))  # fmt: skip
    result = read_in(ledger, text(tmp_path / "帮扶记录.csv", [
        ["企业名称", "帮扶日期", "帮扶类别", "帮扶内容"],
        ["新县茶业有限公司", "2024-02-03", "财务管理", "建账"],
        ["新县果业有限公司", "2024-02-03", "财务管理", "建账"]]))  # fmt: skip
    assert [r.fate for r in result.rows] == ["new", "wrong"]
    (found,) = every(ledger, Help)
    assert found.cultivation == every(ledger, Cultivation)[0].id
    read_in(ledger, text(tmp_path / "贷款.csv", [
        ["企业名称", "贷款银行", "合同编号", "签订日期", "合同金额(万元)"],
        ["新县茶业有限公司", "新县农商行", "A1", "2024-03-01", "50"],
        ["新县茶业有限公司", "新县农商行", "A2", "2024-04-01", "60"]]))  # fmt: skip
    result = read_in(ledger, text(tmp_path / "放款.csv", [
        ["合同编号", "放款日期", "放款金额(万元)"],
        ["A1", "2024-03-02", "20"], ["新县茶业有限公司", "2024-03-03", "10"]]))  # fmt: skip
    # The contract names one loan; of two loans of a firm nobody can tell which is meant.
    assert [r.fate for r in result.rows] == ["new", "wrong"]
    (drawn,) = every(ledger, Drawdown)
    assert (drawn.day, drawn.amount) == (date(2024, 3, 2), 20_000_000)
