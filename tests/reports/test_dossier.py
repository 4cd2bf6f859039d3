"""A firm's file on paper says everything the ledger knows of it, and personal data only as asked."""

from __future__ import annotations

import datetime as dt
import io

import pypdfium2 as pdfium
import pytest

from ledger_desk.exchange.attaching import attach
from ledger_desk.model.fields import fields_of
from ledger_desk.model.records import (
    Associate,
    Bank,
    Cultivation,
    Drawdown,
    Enterprise,
    Finance,
    Loan,
    Office,
    Repayment,
)
from ledger_desk.model.sections import SECTIONS
from ledger_desk.reports.dossier import Options, dossiers, visit_sheets
from ledger_desk.store.ledger import Ledger
from ledger_desk.work import parameters
from ledger_desk.workbook.booklet import Facts, Table, write

DAY = dt.date(2026, 11, 22)


@pytest.fixture
def ledger(tmp_path):
    office = Office(name="新县专班", level="县级", division="411523")
    with Ledger.create(tmp_path / "账.ledger", office=office) as made:
        yield made


@pytest.fixture
def firm(ledger):
    with ledger.step("建") as step:
        bank = step.create(Bank(name="某某农村商业银行", type="农信系统"))
        made = step.create(
            Enterprise(
                name="新县青禾茶业有限责任公司", code="91411523MA9F00001X", kind="个体工商户",
                person="张𬭎", person_id="411523199001011234", phone="13812345678",
                township="411523205", industry="1530", staff=3, revenue=523_000_000,
            )
        )  # fmt: skip
        step.create(Associate(enterprise=made, name="李㛃", role="股东", share=400_000,
                              phone="13900000001", address="新县卡房乡某某村十二组三号"))  # fmt: skip
        for year, revenue in ((2024, 400_000_000), (2025, 500_000_000)):
            step.create(
                Finance(
                    enterprise=made,
                    year=year,
                    revenue=revenue,
                    assets=900_000_000,
                    debts=300_000_000,
                )
            )
        loan = step.create(
            Loan(enterprise=made, bank=bank, contract="HT-001", signed_on=dt.date(2024, 3, 1))
        )
        step.create(Drawdown(loan=loan, day=dt.date(2024, 3, 5), amount=100_000_000))
        step.create(Repayment(loan=loan, day=dt.date(2025, 3, 5), amount=30_000_000))
        step.create(Cultivation(enterprise=made, listed_on=dt.date(2024, 1, 1), source="部门推荐",
                                state="已获贷", prior_loan="无贷", checked_on=dt.date(2024, 2, 1)))  # fmt: skip
    return made


def words(booklet):
    found = [text for pair in booklet.cover for text in pair]
    for chapter in booklet.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table):
                found += [text for row in (*block.rows, block.total) for text in row]
            elif isinstance(block, Facts):
                found += [text for pair in block.pairs for text in pair]
            else:
                found.append(getattr(block, "text", ""))
    return "\n".join(found)


def one(ledger, firm, **options):
    (booklet,) = dossiers(ledger, [firm], Options(**options), DAY)
    return booklet


def test_the_file_has_the_eighteen_sections_in_order_and_what_is_in_them(ledger, firm):
    booklet = one(ledger, firm)
    assert [chapter.title for chapter in booklet.chapters] == [s.title for s in SECTIONS]
    assert [chapter.number for chapter in booklet.chapters][-3:] == ["十六", "十七", "十八"]
    told = words(booklet)
    for text in ("新县青禾茶业有限责任公司", "卡房乡", "523.00", "李㛃", "40.00", "2024年3月5日",
                 "某某农村商业银行", "70.00", "33.33%", "首贷户", "2024-02-01 征信核验无贷",
                 "无贷", "还没有登记。", "微型"):  # fmt: skip
        assert text in told, text


def test_every_filled_field_is_printed(ledger, firm):
    plain = {"text", "note", "code", "phone", "person_id"}
    values = {
        spec.name: f"值{number}"
        for number, spec in enumerate(fields_of(Enterprise))
        if spec.kind.name in plain and spec.name != "waived"
    }
    with ledger.step("填") as step:
        step.change(Enterprise, firm, values)
    told = words(one(ledger, firm, private="照写"))
    assert [name for name, value in values.items() if value not in told] == []


@pytest.mark.parametrize(
    ("private", "seen", "unseen"),
    [("遮盖", ("138****5678", "411***********1234", "139****0001", "新县卡房乡某*"), ("13812345678", "十二组")),
     ("照写", ("13812345678", "411523199001011234", "十二组三号"), ()),
     ("不给", (), ("5678", "011234", "13900000001", "联系方式", "法定代表人证件号", "十二组"))],
)  # fmt: skip
def test_personal_data_is_printed_as_chosen(ledger, firm, private, seen, unseen):
    with ledger.step("改") as step:
        step.change(Enterprise, firm, {"phone": "13712345678"})
        step.change(Enterprise, firm, {"phone": "13812345678"})
    told = words(one(ledger, firm, private=private))
    assert [text for text in seen if text not in told] == []
    assert [text for text in unseen if text in told] == []


def test_the_office_says_how_many_banks_are_too_many(ledger, firm):
    with ledger.step("又贷") as step:
        for name in ("第二家银行", "第三家银行"):
            bank = step.create(Bank(name=name, type="农信系统"))
            loan = step.create(Loan(enterprise=firm, bank=bank, signed_on=dt.date(2025, 1, 1)))
            step.create(Drawdown(loan=loan, day=dt.date(2025, 1, 5), amount=1_000_000))

    assert "垒小户：个体工商户超过 2 家银行" in words(one(ledger, firm))
    parameters.put(ledger, "lenders.person", 3, dt.date(2024, 1, 1))
    assert "已有 3 家银行，再加一家就是垒小户" in words(one(ledger, firm))


def test_only_the_chosen_sections_and_without_the_empty_ones(ledger, firm):
    booklet = one(ledger, firm, sections=("finance", "tax"), empty=False)
    assert [(c.number, c.title) for c in booklet.chapters] == [("四", "财务情况")]


def test_blank_lines_for_what_is_missing(ledger, firm):
    bare, lined = one(ledger, firm), one(ledger, firm, blank=True)
    assert "曾用名" not in words(bare)
    assert "曾用名" in words(lined)
    tax = next(c for c in lined.chapters if c.title == "纳税情况")
    assert [block.blank for block in tax.blocks] == [2]


def test_two_years_stand_side_by_side_the_latest_first(ledger, firm):
    chapter = next(c for c in one(ledger, firm).chapters if c.title == "财务情况")
    (books,) = chapter.blocks
    assert [column.title for column in books.columns] == ["项目", "2025年", "2024年"]
    assert ("营业收入（万元）", "500.00", "400.00") in books.rows


def test_what_was_changed_is_told_old_and_new(ledger, firm):
    with ledger.step("改") as step:
        step.change(Enterprise, firm, {"staff": 9})
    chapter = one(ledger, firm).chapters[-1]
    assert chapter.blocks[-1].rows[0][2:] == ("从业人数", "3", "9")
    assert "从业人数\n3\n9" not in words(one(ledger, firm, changes=0))


def test_attachments_are_listed_with_their_hash(ledger, firm, tmp_path):
    path = tmp_path / "营业执照.pdf"
    path.write_bytes(b"x" * 5000)
    attach(ledger, firm, [path])
    told = words(one(ledger, firm))
    assert "营业执照.pdf" in told
    assert "附件 1 件" in [
        block.title for chapter in one(ledger, firm).chapters for block in chapter.blocks
        if isinstance(block, Table)
    ]  # fmt: skip


def test_unknown_firms_are_left_out_and_order_is_kept(ledger, firm):
    with ledger.step("建") as step:
        other = step.create(Enterprise(name="乙公司"))
    found = [b.title for b in dossiers(ledger, [other, "0" * 32, firm], Options(), DAY)]
    assert found == ["乙公司", "新县青禾茶业有限责任公司"]


def test_a_visit_sheet_is_one_page_with_what_is_known(ledger, firm):
    with ledger.step("建") as step:
        empty = step.create(
            Enterprise(name="某" * 60, place="很长的地址" * 20, main_business="茶" * 90)
        )
    out = io.BytesIO()
    assert write(visit_sheets(ledger, [firm, empty], today=DAY), out, title="走访").pages <= 3
    with pdfium.PdfDocument(out.getvalue()) as document:
        page = document[0]
        part = page.get_textpage()
        told = "".join(part.get_text_range().split())
        part.close()
        page.close()
    for text in ("走访登记表", "138****5678", "合规持续经营", "□符合", "走访人签字", "第1页共1页"):
        assert text in told, text


@pytest.mark.slow
def test_two_hundred_files_are_one_job_with_a_mark_for_each(ledger):
    with ledger.step("建") as step:
        ids = step.create_many(
            Enterprise, [{"name": f"{n}号𫍽𬭎有限公司", "phone": "13812345678"} for n in range(200)]
        )
        step.create_many(Finance, [{"enterprise": e, "year": 2025, "revenue": 100} for e in ids])
    out = io.BytesIO()
    written = write(dossiers(ledger, ids, Options(), DAY), out, title="一企一档", count=200)
    assert written.booklets == 200
    with pdfium.PdfDocument(out.getvalue()) as document:
        marks = [item.get_title() for item in document.get_toc() if item.level == 0]
    assert marks == [f"{n}号𫍽𬭎有限公司" for n in range(200)]
