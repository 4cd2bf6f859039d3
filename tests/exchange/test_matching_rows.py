from __future__ import annotations

from datetime import date

import pytest

from ledger_desk.exchange.importing import NEW, SKIP, apply, dry_run, prepare
from ledger_desk.exchange.ledger_rows import LedgerRow
from ledger_desk.model.records import Bank, Credit, Drawdown, Enterprise, Loan, Matching, Office
from tests.exchange.making import code, every, read_in, whole, xlsx

TITLE = ["普惠小微企业首贷培植行动工作台帐"]
HEAD = [
    "填报单位", "对接时间", "对接银行", "对接企业名称", "对接成效\n(是否授信)", "授信金额\n(万元)", "担保情况",
    "存在的主要问题\n(未授信填写此项)", "对接后发放新贷款金额\n(万元)", "备注",
]  # fmt: skip
TEA, ROPE, SHOP = "新县绿茶加工有限公司", "新县麻绳制造有限公司", "利民超市"


@pytest.fixture
def firms(ledger):
    with ledger.step("建档") as step:
        for number, name in enumerate((TEA, ROPE), 1):
            step.create(Enterprise(name=name, code=code(number)))
        step.create(Bank(name="新县农村商业银行股份有限公司", short="新县农商行", type="农信系统"))
    return ledger


def row(day="2026-03-05", firm=TEA, granted="是", amount="50", security="保证", problem=None, drawn=None,
        note=None, bank="新县农商行", office="新县专班"):  # fmt: skip
    return [office, day, bank, firm, granted, amount, security, problem, drawn, note]


def table(path, *rows, period="期别：2026年3月"):
    return xlsx(path, [TITLE, [period], HEAD, *rows, ["合计", None, None, None, None, 50]])


def test_the_ten_headings_tell_what_the_table_is(firms, tmp_path):
    prepared = prepare(table(tmp_path / "台帐.xlsx", row()), firms)
    assert prepared.cls is LedgerRow
    assert [c.field for c in prepared.mapping] == [
        "office", "day", "bank", "enterprise", "granted", "credit_amount", "security", "problem",
        "drawn_amount", "note",
    ]  # fmt: skip
    assert prepare(tmp_path / "台帐.xlsx", firms, kind="matching").cls is LedgerRow


def test_a_row_becomes_a_matching_with_its_credit_and_drawdown(firms, tmp_path):
    result = read_in(firms, table(tmp_path / "台帐.xlsx", row(drawn="30.5", note="老客户")))
    assert [r.fate for r in result.rows] == ["left_out", "left_out", "new", "left_out"]
    (matching,) = every(firms, Matching)
    (credit,) = every(firms, Credit)
    (loan,) = every(firms, Loan)
    (drawdown,) = every(firms, Drawdown)
    tea = every(firms, Enterprise)[0].id
    assert (matching.enterprise, matching.day, matching.note) == (tea, date(2026, 3, 5), "老客户")
    assert (matching.office, matching.bank) == (firms.office.id, every(firms, Bank)[0].id)
    assert (credit.granted, credit.amount, credit.security) == (True, 50_000_000, "保证")
    assert (credit.decided_on, credit.estimated) == (date(2026, 3, 5), True)
    assert (loan.enterprise, loan.bank, loan.matching) == (tea, matching.bank, matching.id)
    assert (drawdown.loan, drawdown.amount, drawdown.day) == (loan.id, 30_500_000, date(2026, 3, 5))
    assert drawdown.estimated


def test_the_same_table_again_is_all_same(firms, tmp_path):
    rows = [row(drawn="30"), row(firm=ROPE, granted="否", amount=None, security=None, problem="缺抵押物"),
            row(day="2026-03-09", firm=ROPE, granted=None, amount=None, security=None)]  # fmt: skip
    path = table(tmp_path / "台帐.xlsx", *rows)
    assert read_in(firms, path).new == 3
    before, head = whole(firms), firms.head()
    again = read_in(firms, path)
    assert (again.same, again.new, again.changed, again.step) == (3, 0, 0, None)
    assert (whole(firms), firms.head()) == (before, head)


def test_an_undecided_row_makes_no_decision_and_a_refusal_keeps_its_problem(firms, tmp_path):
    refused = row(firm=ROPE, granted="未授信", amount=None, security=None, problem="缺抵押物")
    undecided = row(granted=None, amount=None, security=None)
    read_in(firms, table(tmp_path / "台帐.xlsx", undecided, refused))
    (credit,) = every(firms, Credit)
    assert (credit.granted, credit.problem) == (False, "缺抵押物")
    assert credit.matching == every(firms, Matching)[1].id


def test_a_repeated_row_finds_the_older_matching_and_adds_only_what_is_new(firms, tmp_path):
    read_in(firms, table(tmp_path / "3月.xlsx", row(granted=None, amount=None, security=None)))
    granted = row(note="3月5日对接")
    result = read_in(firms, table(tmp_path / "4月.xlsx", granted, period="期别：2026年4月"))
    assert result.changed == 1
    assert len(every(firms, Matching)) == 1
    (credit,) = every(firms, Credit)
    assert credit.decided_on == date(2026, 4, 30)  # the day is not known: the period's last
    drawn = row(granted=None, amount=None, security=None, drawn="20", note="3月5日对接；分两次放款")
    path = table(tmp_path / "5月.xlsx", drawn, period="期别：2026年5月")
    result = read_in(firms, path)
    assert [c.label for c in result.rows[2].changes] == ["备注", "发放新贷款(万元)"]
    assert [d.day for d in every(firms, Drawdown)] == [date(2026, 5, 31)]
    assert every(firms, Matching)[0].note == "分两次放款"
    assert len(every(firms, Credit)) == 1
    assert read_in(firms, path).same == 1


def test_the_event_day_of_a_repeated_row_may_be_another_than_the_matching(firms, tmp_path):
    read_in(firms, table(tmp_path / "3月.xlsx", row(granted=None, amount=None, security=None)))
    later = row(day="2026-04-12", drawn="10", note="3月5日对接")
    result = read_in(firms, table(tmp_path / "4月.xlsx", later, period="期别：2026年4月"))
    assert result.changed == 1
    assert every(firms, Credit)[0].decided_on == date(2026, 4, 12)
    assert every(firms, Drawdown)[0].day == date(2026, 4, 12)


def test_the_drawdowns_of_two_periods_add_up_and_those_of_one_are_corrected(firms, tmp_path):
    read_in(firms, table(tmp_path / "3月.xlsx", row(drawn="30")))
    april = row(drawn="20", note="3月5日对接")
    read_in(firms, table(tmp_path / "4月.xlsx", april, period="2026年4月"))
    assert [d.amount for d in every(firms, Drawdown)] == [30_000_000, 20_000_000]
    corrected = row(drawn="25", note="3月5日对接")
    result = read_in(firms, table(tmp_path / "4月改.xlsx", corrected, period="2026年4月"))
    (change,) = result.rows[2].changes
    assert (change.old, change.new) == ("20.00", "25.00")
    assert [d.amount for d in every(firms, Drawdown)] == [30_000_000, 25_000_000]
    assert len(every(firms, Loan)) == len(every(firms, Credit)) == 1


def test_a_sum_that_differs_from_several_known_drawdowns_is_doubtful(firms, tmp_path):
    read_in(firms, table(tmp_path / "3月.xlsx", row(drawn="30")))
    loan = every(firms, Loan)[0].id
    with firms.step("放款") as step:
        step.create(Drawdown(loan=loan, day=date(2026, 3, 20), amount=5_000_000))
    assert read_in(firms, table(tmp_path / "b.xlsx", row(drawn="35"))).same == 1
    result = read_in(firms, table(tmp_path / "c.xlsx", row(drawn="40", security="抵押")))
    assert (result.doubtful, result.step) == (1, None)
    assert "35.00" in result.rows[2].reason
    assert "40.00" in result.rows[2].reason


def test_a_decision_of_the_period_is_corrected_and_an_older_one_is_followed_by_a_new_one(
    firms, tmp_path
):
    refused = row(granted="否", amount=None, security=None, problem="无抵押")
    read_in(firms, table(tmp_path / "3月.xlsx", refused))
    result = read_in(
        firms,
        table(
            tmp_path / "3月改.xlsx", row(granted="否", amount=None, security=None, problem="征信")
        ),
    )
    assert [(c.old, c.new) for c in result.rows[2].changes] == [("无抵押", "征信")]
    read_in(firms, table(tmp_path / "4月.xlsx", row(note="3月5日对接"), period="2026年4月"))
    assert [(c.granted, c.decided_on) for c in every(firms, Credit)] == [
        (False, date(2026, 3, 5)),
        (True, date(2026, 4, 30)),
    ]


def test_an_amount_is_the_same_at_the_precision_of_the_form(firms, tmp_path):
    read_in(firms, table(tmp_path / "a.xlsx", row(amount="12.3456", drawn="1.2345")))
    assert read_in(firms, table(tmp_path / "b.xlsx", row(amount="12.35", drawn="1.23"))).same == 1


def test_banks_and_offices_that_are_not_known_are_made_and_named(firms, tmp_path):
    path = table(
        tmp_path / "a.xlsx",
        row(bank="新县某某村镇银行", office="某镇人民政府"),
        row(bank="中国农业银行新县支行"),
    )
    result = read_in(firms, path)
    assert result.also_created == {"bank": 2, "office": 1}
    assert any("新县某某村镇银行" in remark for remark in result.remarks)
    assert [b.type for b in every(firms, Bank)] == ["农信系统", "村镇银行", "国有商业银行"]
    assert [o.name for o in every(firms, Office)] == ["新县专班", "某镇人民政府"]
    again = read_in(firms, path)
    assert (again.same, again.also_created) == (2, {})


def test_an_unknown_firm_is_doubtful_until_it_is_decided(firms, tmp_path):
    path = table(tmp_path / "a.xlsx", row(firm=SHOP), row())
    result = read_in(firms, path)
    assert [r.fate for r in result.rows[2:4]] == ["doubtful", "new"]
    assert SHOP in result.rows[2].reason
    assert read_in(firms, path, decisions={4: SKIP}).left_out == 4
    tea = every(firms, Enterprise)[0].id
    assert dry_run(firms, prepare(path, firms), decisions={4: tea}).left_out == 4
    made = read_in(firms, path, decisions={4: NEW})
    assert (made.new, made.also_created) == (1, {"enterprise": 1})
    assert every(firms, Enterprise)[-1].name == SHOP


def test_missing_firms_are_made_when_asked_for(firms, tmp_path):
    path = table(tmp_path / "a.xlsx", row(firm=SHOP), row(firm=SHOP, day="2026-03-07"))
    result = apply(firms, prepare(path, firms), create_missing=True)
    assert (result.new, result.also_created) == (2, {"enterprise": 1})


@pytest.mark.parametrize(
    "cell", ["新县绿茶加工有限公司", "新县绿茶加工有限公司（{code}）", "{code}", "绿茶厂（{code}）"]
)
def test_a_firm_is_found_by_its_name_or_by_the_code_in_the_cell(firms, tmp_path, cell):
    result = read_in(firms, table(tmp_path / "a.xlsx", row(firm=cell.format(code=code(1)))))
    assert result.new == 1
    assert every(firms, Matching)[0].enterprise == every(firms, Enterprise)[0].id


def test_namesakes_are_doubtful_and_a_code_tells_them_apart(firms, tmp_path):
    with firms.step("同名") as step:
        step.create(Enterprise(name=SHOP, code=code(8, "92")))
        chosen = step.create(Enterprise(name=SHOP, code=code(9, "92")))
    result = read_in(firms, table(tmp_path / "a.xlsx", row(firm=SHOP)))
    assert [len(r.candidates) for r in result.fates("doubtful")] == [2]
    assert read_in(firms, table(tmp_path / "b.xlsx", row(firm=f"{SHOP} {code(9, '92')}"))).new == 1
    assert every(firms, Matching)[0].enterprise == chosen


def test_a_row_that_repeats_another_of_the_file_is_told(firms, tmp_path):
    result = read_in(firms, table(tmp_path / "a.xlsx", row(), row(), row(amount="60")))
    assert [r.fate for r in result.rows[2:5]] == ["new", "left_out", "doubtful"]
    assert "第 4 行" in result.rows[3].reason
    assert len(every(firms, Credit)) == 1


def test_a_row_without_bank_or_day_is_wrong(firms, tmp_path):
    result = read_in(
        firms, table(tmp_path / "a.xlsx", row(bank=None), row(day="月底"), row(granted="也许"))
    )
    assert [r.fate for r in result.rows[2:5]] == ["wrong"] * 3
    assert every(firms, Matching) == []


def test_an_empty_office_is_the_ledgers_own(firms, tmp_path):
    read_in(firms, table(tmp_path / "a.xlsx", row(office=None)))
    assert every(firms, Matching)[0].office == firms.office.id


def test_undoing_takes_back_everything_that_the_table_made(firms, tmp_path):
    before = whole(firms)
    apply(
        firms,
        prepare(table(tmp_path / "a.xlsx", row(firm=SHOP, bank="某银行", drawn="3")), firms),
        create_missing=True,
    )
    assert whole(firms) != before
    firms.undo()
    assert whole(firms) == before
