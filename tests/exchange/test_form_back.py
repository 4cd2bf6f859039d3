"""The 工作台帐 of this program comes back in as what it was made of."""

from __future__ import annotations

from datetime import date

from openpyxl import load_workbook

from ledger_desk.model.periods import parse_period
from ledger_desk.model.records import Bank, Credit, Drawdown, Enterprise, Loan, Matching, Office
from ledger_desk.reports.build import build
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.output import write_xlsx
from ledger_desk.store.ledger import Ledger
from tests.exchange.making import code, every, read_in, whole

TEA, ROPE = "新县绿茶加工有限公司", "新县麻绳制造有限公司"


def test_the_form_comes_back_as_the_same_matchings_and_goes_out_again_the_same(ledger, tmp_path):
    with ledger.step("建档") as step:
        for number, name in enumerate((TEA, ROPE), 1):
            step.create(Enterprise(name=name, code=code(number)))
        step.create(Bank(name="新县农村商业银行股份有限公司", short="新县农商行", type="农信系统"))
    tea, rope = (f.id for f in every(ledger, Enterprise))
    bank = every(ledger, Bank)[0].id
    office = ledger.office.id
    days = [date(2026, 3, 5), date(2026, 2, 20), date(2026, 3, 8), date(2026, 2, 21)]
    with ledger.step("记") as step:
        one, two, three, four = (
            step.create(Matching(office=office, bank=bank, enterprise=firm, day=day, note=note))
            for firm, day, note in zip(
                (tea, tea, rope, rope), days, (None, "老客户", None, None), strict=True
            )
        )
        step.create(
            Credit(
                matching=one,
                decided_on=date(2026, 3, 6),
                granted=True,
                amount=123_456_700,
                security="抵押",
            )
        )
        step.create(
            Credit(
                matching=one,
                decided_on=date(2026, 3, 9),
                granted=True,
                amount=20_000_000,
                security="抵押",
            )
        )
        step.create(
            Credit(
                matching=two,
                decided_on=date(2026, 2, 25),
                granted=True,
                amount=60_000_000,
                security="信用",
            )
        )
        step.create(
            Credit(matching=three, decided_on=date(2026, 3, 9), granted=False, problem="缺抵押物")
        )
        step.create(
            Credit(
                matching=four,
                decided_on=date(2026, 3, 2),
                granted=True,
                amount=30_000_000,
                security="保证",
            )
        )
        for matching, firm, amounts in (
            (one, tea, (10_000_000, 5_550_000)),
            (two, tea, (7_000_000,)),
        ):
            loan = step.create(Loan(matching=matching, enterprise=firm, bank=bank))
            for amount in amounts:
                step.create(Drawdown(loan=loan, day=date(2026, 3, 15), amount=amount))
    form = load_forms().get("first_loan_ledger")
    period = parse_period("2026年3月")
    path = tmp_path / "3月.xlsx"
    path.write_bytes(write_xlsx(build(ledger, form, period)))

    head, before = ledger.head(), whole(ledger)
    back = read_in(ledger, path)
    assert (back.same, back.step, ledger.head(), whole(ledger)) == (4, None, head, before)

    def rows(file):
        sheet = load_workbook(file, data_only=True).worksheets[0]
        return [
            r
            for r in sheet.iter_rows(min_row=3, max_col=10, values_only=True)
            if r[0] and "：" not in r[0]
        ]

    with Ledger.create(
        tmp_path / "另一本.ledger",
        office=Office(name="新县专班", level="county", division="411523"),
    ) as other:
        with other.step("建档") as step:
            for number, name in enumerate((TEA, ROPE), 1):
                step.create(Enterprise(name=name, code=code(number)))
        assert read_in(other, path).new == 4
        assert read_in(other, path).same == 4
        again = tmp_path / "再出.xlsx"
        again.write_bytes(write_xlsx(build(other, form, period)))
        assert rows(again) == rows(path)
    assert len(rows(path)) == 1 + 4 + 1
