"""首贷培植 by keyboard: onto the white list, matchings keyed in, taken back, and what the rules say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from ledger_desk.model.periods import Period, month_of
from ledger_desk.model.records import (
    Bank,
    Credit,
    Cultivation,
    Drawdown,
    Enterprise,
    Help,
    Loan,
    Matching,
    Repayment,
)
from ledger_desk.reports.catalogue import run
from ledger_desk.store import collating
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.pages.first_loan import FirstLoanPage, keeping
from ledger_desk.ui.pages.first_loan import deeds as deeds_module
from ledger_desk.ui.pages.first_loan.adding import AddDialog
from ledger_desk.ui.pages.first_loan.draft import Draft, Payment, read_draft
from ledger_desk.ui.pages.first_loan.entry_rules import check_draft
from tests.ui.places import ledger_at, press, type_into
from tests.ui.walk import walk, walk_pages, walk_parts

TODAY = dt.date.today()
WAN = 1_000_000
KEY = Qt.Key
ALLOW = {"abc"}


@pytest.fixture
def ledger(tmp_path) -> Iterator[Ledger]:
    with ledger_at(tmp_path / "甲.账套", firms=6) as made:
        with made.step("银行") as step:
            step.create(Bank(name="中国农业银行新县支行", short="农行", type="国有商业银行"))
            step.create(Bank(name="新县农村商业银行", short="农商行", type="农信系统"))
        yield made


@pytest.fixture
def page(qtbot, window: MainWindow, jobs, ledger) -> FirstLoanPage:
    made = FirstLoanPage(ledger, jobs, window)
    window.add_page("first_loan", "首贷培植", "seedling", made)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.show_page("first_loan")
    return made


def firms(ledger: Ledger) -> list[Enterprise]:
    return ledger.find(Query(Enterprise))


def bank(ledger: Ledger, short: str) -> str:
    return next(b.id for b in ledger.find(Query(Bank)) if b.short == short)


def pick(qtbot, text: str) -> None:
    """Type into the picker that has the focus and take the first hit with Enter."""
    line = QApplication.focusWidget()
    window = line.window()
    picker = line if hasattr(line, "popup") else line.parent()
    type_into(qtbot, picker, text)
    assert picker.popup().isVisible(), f"nothing is offered for {text}"
    QApplication.processEvents()  # the offscreen platform makes the popup the active window, late
    qtbot.keyClick(picker.popup(), KEY.Key_Return)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.isActiveWindow() and not picker.hasFocus())


def fire(
    qtbot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key that is a button's shortcut: Qt shows the button pressed for a moment first."""
    press(qtbot, key, modifier)
    qtbot.wait(140)


def key_in(qtbot, page: FirstLoanPage, firm: str, *, granted: int, amount: str = "", security: str = "",
           problem: str = "", drawn: str = "") -> None:  # fmt: skip
    """Key in one matching from the firm on, as a clerk does; bank and day stand already."""
    pick(qtbot, firm)
    for _ in range(3):  # bank and day stand already, or follow
        if not QApplication.focusWidget().accessibleName().startswith("是否授信"):
            press(qtbot, KEY.Key_Return)
    assert QApplication.focusWidget().accessibleName().startswith("是否授信")
    press(qtbot, (KEY.Key_1, KEY.Key_2, KEY.Key_3)[granted - 1])
    if granted == 1:
        press(qtbot, KEY.Key_Return)  # the day of the decision follows the matching's
        press(qtbot, KEY.Key_Return)
        qtbot.keyClicks(QApplication.focusWidget(), amount)
        press(qtbot, KEY.Key_Return)
        if security:
            pick(qtbot, security)
        else:
            press(qtbot, KEY.Key_Return)
        qtbot.keyClicks(QApplication.focusWidget(), drawn)
    if granted == 2:
        press(qtbot, KEY.Key_Return)
        press(qtbot, KEY.Key_Return)
        if problem:
            type_into(qtbot, QApplication.focusWidget(), problem)


def test_firms_are_put_on_the_white_list_by_keyboard_several_at_once_as_one_step(
    qtbot, page, ledger, window
) -> None:
    told: list[None] = []
    page.changed.connect(lambda: told.append(None))
    page.add_button.setFocus()
    press(qtbot, KEY.Key_Space)
    dialog = window.findChild(AddDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not walk(dialog)
    type_into(qtbot, dialog.search, "新集镇甲")
    press(qtbot, KEY.Key_Return)
    assert len(dialog.chosen()) == 1
    type_into(qtbot, dialog.search, "新集镇")
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_Return)
    press(qtbot, KEY.Key_Down)
    press(qtbot, KEY.Key_Return)
    assert dialog.go.words == "加入 3 户"
    fire(qtbot, KEY.Key_F12)
    assert not dialog.isVisible()
    entries = ledger.find(Query(Cultivation))
    assert {e.state for e in entries} == {"培植中"}
    assert {e.listed_on for e in entries} == {TODAY}
    assert ledger.log(1)[0].name == "加入培植名单：3 户"
    assert page.lists.tabs.text_of(0) == "白名单 3"
    assert told
    ledger.undo()
    page.refresh()
    assert page.lists.tabs.text_of(0) == "白名单 0"


def test_a_firm_that_is_listed_already_cannot_be_chosen_again(qtbot, page, ledger) -> None:
    keeping.list_firms(ledger, [firms(ledger)[0].id], TODAY)
    dialog = page.deeds.add_firms([firms(ledger)[0].id])
    assert dialog.chosen() == []
    dialog.toggle(firms(ledger)[0].id)
    assert dialog.chosen() == []
    assert not dialog.go.isEnabled()
    dialog.reject()


def test_three_matchings_are_keyed_in_without_the_mouse_and_stand_in_the_report(
    qtbot, page, ledger
) -> None:
    names = [firm.name for firm in firms(ledger)]
    keeping.list_firms(ledger, [firms(ledger)[0].id], TODAY)
    fire(qtbot, KEY.Key_F12)
    entry = page.entry()
    press(qtbot, KEY.Key_Tab)
    pick(qtbot, "nh")
    assert entry.form.draft().bank == bank(ledger, "农行")
    entry.form.parts.focus_field("enterprise")
    key_in(qtbot, page, names[0], granted=1, amount="30", security="xy", drawn="20")
    press(qtbot, KEY.Key_F12)
    assert entry.form.draft().enterprise is None, "the next one starts empty"
    assert entry.form.draft().bank == bank(ledger, "农行"), "bank and day are kept"
    key_in(qtbot, page, names[1], granted=2, problem="缺抵押")
    press(qtbot, KEY.Key_F12)
    key_in(qtbot, page, names[2], granted=3)
    press(qtbot, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.cover_view is None

    steps = [step.name for step in ledger.log(3)]
    assert steps == [f"记对接：{name}—农行" for name in reversed(names[:3])]
    credits = {c.granted: c for c in ledger.find(Query(Credit))}
    assert (credits[True].amount, credits[True].security) == (30 * WAN, "信用")
    assert credits[False].problem == "缺抵押"
    assert [d.amount for d in ledger.find(Query(Drawdown))] == [20 * WAN]
    assert ledger.find(Query(Cultivation))[0].state == "已获贷"
    period = month_of(TODAY)
    report = run(ledger, "first_loan_ledger", period.start, period.end)
    assert report.report.rows == 3
    assert report.checks.counts["must"] == 0
    assert page.lists.tabs.text_of(4) == "本期对接 3"
    stage = [button.accessibleName() for button in page.lists.funnel.buttons()]
    assert stage[1:] == [
        "对接 3 户，3 笔，打开名单", "授信 1 户，30.00 万元，打开名单", "放款 1 户，20.00 万元，打开名单",
    ]  # fmt: skip
    ledger.undo()
    page.refresh()
    assert page.lists.tabs.text_of(4) == "本期对接 2"


def test_a_refusal_without_a_problem_is_said_at_once_and_stored_only_on_a_second_wish(
    qtbot, page, ledger
) -> None:
    page.begin_contact(firms(ledger)[0].id)
    form, entry = page.entry().form, page.entry()
    form.parts.focus_field("bank")
    pick(qtbot, "nsx")
    form.parts.focus_field("granted")
    press(qtbot, KEY.Key_2)
    press(qtbot, KEY.Key_F12)
    assert ledger.find(Query(Matching)) == []
    assert "请向农商行问清原因" in form.parts.fields["problem"].message()
    assert QApplication.focusWidget() is form.parts.editors["problem"].widget
    assert entry._next.words == "还有 1 处必改，照样存下  F12"
    press(qtbot, KEY.Key_F12)
    assert [c.granted for c in ledger.find(Query(Credit))] == [False]


def test_nothing_is_stored_without_firm_bank_and_day(qtbot, page, ledger) -> None:
    fire(qtbot, KEY.Key_F12)
    form = page.entry().form
    type_into(qtbot, form.parts.editors["day"].widget, "2024-02-30")
    for _ in range(2):
        press(qtbot, KEY.Key_F12)
    assert ledger.find(Query(Matching)) == []
    assert "还没填企业" in form.parts.fields["enterprise"].message()
    assert form.parts.fields["day"].message()


def test_the_day_is_today_by_ctrl_semicolon_and_the_rest_as_above_by_ctrl_quote(
    qtbot, page, ledger
) -> None:
    page.begin_contact(firms(ledger)[0].id)
    form = page.entry().form
    day = form.parts.editors["day"]
    type_into(qtbot, day.widget, "2024-11-05")
    press(qtbot, KEY.Key_Semicolon, Qt.KeyboardModifier.ControlModifier)
    assert day.value() == TODAY
    form.parts.remember(Draft(bank=bank(ledger, "农商行"), enterprise=firms(ledger)[1].id))
    form.parts.focus_field("bank")
    press(qtbot, KEY.Key_Apostrophe, Qt.KeyboardModifier.ControlModifier)
    assert form.draft().bank == bank(ledger, "农商行")


def stored(ledger: Ledger, **more: object) -> str:
    draft = Draft(
        office=ledger.office.id, enterprise=firms(ledger)[0].id, bank=bank(ledger, "农行"),
        day=TODAY, granted=True, amount=30 * WAN, security="信用", decided_on=TODAY,
        payments=(Payment("drawdown", TODAY, 10 * WAN),),
    )  # fmt: skip
    return keeping.save(ledger, Draft(**{**draft.__dict__, **more}))


def test_a_matching_is_edited_with_further_drawdowns_and_a_repayment_as_one_step(
    qtbot, page, ledger
) -> None:
    matching = stored(ledger)
    page.refresh()
    page.show_view("contacts")
    page.lists.grid().setFocus()
    page.lists.grid().go_to(matching)
    press(qtbot, KEY.Key_Return)
    payments = page.entry().form.parts.payments
    payments.add_line()
    press(qtbot, KEY.Key_1)
    press(qtbot, KEY.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "5")
    payments.add_line()
    press(qtbot, KEY.Key_2)
    press(qtbot, KEY.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "3")
    press(qtbot, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert ledger.log(1)[0].name.startswith("改对接：")
    assert sorted(d.amount for d in ledger.find(Query(Drawdown))) == [5 * WAN, 10 * WAN]
    assert [r.amount for r in ledger.find(Query(Repayment))] == [3 * WAN]
    assert len(ledger.find(Query(Loan))) == 1
    draft = read_draft(ledger, matching)
    assert (draft.drawn, draft.repaid) == (15 * WAN, 3 * WAN)


def test_editing_without_a_change_writes_no_step_and_asks_nothing(qtbot, page, ledger) -> None:
    matching = stored(ledger, estimated=False)
    before = ledger.head()
    page.open_contact(matching)
    assert not page.entry().form.is_touched()
    page.entry().save_and_leave()
    assert ledger.head() == before
    page.open_contact(matching)
    press(qtbot, KEY.Key_Escape)
    assert page.cover_view is None


def test_taking_the_decision_back_while_editing_removes_it_and_changing_the_bank_moves_the_loan(
    page, ledger
) -> None:
    matching = stored(ledger)
    before = read_draft(ledger, matching)
    other = bank(ledger, "农商行")
    keeping.save(ledger, Draft(**{**before.__dict__, "bank": other}), before)
    assert [loan.bank for loan in ledger.find(Query(Loan))] == [other]
    before = read_draft(ledger, matching)
    keeping.save(ledger, Draft(**{**before.__dict__, "granted": None, "payments": ()}), before)
    assert ledger.find(Query(Credit)) == []
    assert ledger.find(Query(Drawdown)) == []
    ledger.undo()
    assert len(ledger.find(Query(Drawdown))) == 1


def test_a_matching_is_removed_with_all_that_hangs_on_it_and_undo_brings_it_back(
    qtbot, page, ledger, window
) -> None:
    stored(ledger)
    page.refresh()
    page.show_view("contacts")
    grid = page.lists.grid()
    grid.setFocus()
    grid.setCurrentIndex(grid.lazy_model().index(0, 2))
    undone: list[None] = []
    window.undo_wanted.connect(lambda: undone.append(None))
    press(qtbot, KEY.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    for cls in (Matching, Credit, Loan, Drawdown):
        assert ledger.find(Query(cls)) == []
    toast = window.toasts.shown()[0]
    assert any("1 次授信决定、1 笔放款" in each.text() for each in toast.findChildren(QLabel))
    toast.first_button().click()
    assert undone
    ledger.undo()
    for cls in (Matching, Credit, Loan, Drawdown):
        assert len(ledger.find(Query(cls))) == 1


def test_leaving_the_list_wants_a_reason_and_keeps_the_records(
    qtbot, page, ledger, monkeypatch
) -> None:
    entry = keeping.list_firms(ledger, [firms(ledger)[0].id], TODAY)[0]
    page.refresh()
    page.lists.grid().setFocus()
    page.lists.grid().setCurrentIndex(page.lists.grid().lazy_model().index(0, 1))
    monkeypatch.setattr(deeds_module, "ask_reason", lambda *a, **k: None)
    page.leave_selected()
    assert ledger.get(Cultivation, entry).state == "培植中"
    monkeypatch.setattr(deeds_module, "ask_reason", lambda *a, **k: "企业已注销")
    page.leave_selected()
    left = ledger.get(Cultivation, entry)
    assert (left.state, left.left_on, left.left_why) == ("退出", TODAY, "企业已注销")
    assert page.lists.tabs.text_of(3) == "退出 1"


def test_a_help_is_recorded_in_a_sheet_and_typed_over_in_its_row(
    qtbot, page, ledger, window
) -> None:
    entry = keeping.list_firms(ledger, [firms(ledger)[0].id], TODAY)[0]
    dialog = page.deeds.add_help(entry)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.form.editor("kind").set_value("财务管理")
    dialog.form.editor("kind").left.emit()
    type_into(qtbot, dialog.form.editor("content").widget, "帮着建账")
    fire(qtbot, KEY.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.lists.tabs.text_of(8) == "本期帮扶 1"
    page.show_view("helps")
    source = page.lists.helps
    row = source.page(0, 1)[0]
    source.change(row.id, "result", "已经建好")
    assert ledger.get(Help, row.id).result == "已经建好"
    assert ledger.log(1)[0].name.endswith("：帮扶结果")
    with pytest.raises(ValueError, match="不能空着"):
        source.change(row.id, "content", "")


def test_the_details_tell_the_whole_story_of_a_firm_and_open_its_records(
    qtbot, page, ledger
) -> None:
    firm = firms(ledger)[0]
    entry = keeping.list_firms(ledger, [firm.id], TODAY, source="部门推荐")[0]
    stored(ledger, cultivation=entry)
    page.refresh()
    page.lists.grid().setCurrentIndex(page.lists.grid().lazy_model().index(0, 1))
    assert page.details.firm() == firm.id
    qtbot.wait(20)
    from ledger_desk.ui.pages.first_loan.details import TimelineLine

    lines = page.details.findChildren(TimelineLine)
    told = [line.accessibleName() for line in lines if line.isVisible()]
    assert sum("农行" in text for text in told) == 3
    assert sum("列入培植名单" in text for text in told) == 1
    passed: list[tuple[str, str]] = []
    page.open_record.connect(lambda table, record: passed.append((table, record)))
    page.details.record_wanted.emit("enterprise", firm.id)
    assert passed == [("enterprise", firm.id)]
    line = next(line for line in lines if "农行授信" in line.accessibleName())
    line.setFocus()
    press(qtbot, KEY.Key_Return)
    assert page.cover_view is page.entry()


def test_any_record_of_the_work_leads_to_its_matching(page, ledger) -> None:
    matching = stored(ledger)
    for cls in (Matching, Credit, Loan, Drawdown):
        page.uncover()
        record = ledger.find(Query(cls))[0].id
        assert page.show_record(cls.TABLE, record)
        assert page.entry().form.before().id == matching
    assert not page.show_record("credit", "0" * 32)


def test_stages_of_the_funnel_open_their_lists(qtbot, page, ledger) -> None:
    stored(ledger)
    page.refresh()
    for button, view in zip(
        page.lists.funnel.buttons(), ("all", "contacts", "granted", "drawn"), strict=True
    ):
        button.setFocus()
        press(qtbot, KEY.Key_Space)
        assert page.lists.view().key == view
    page.set_period(Period(dt.date(2020, 1, 1), dt.date(2020, 1, 31)))
    assert page.lists.tabs.text_of(4) == "本期对接 0"
    assert not walk(page.window())


def test_the_search_box_filters_every_list(page, ledger, window) -> None:
    keeping.list_firms(ledger, [firm.id for firm in firms(ledger)], TODAY)
    stored(ledger)
    page.refresh()
    window.searched.emit("甲")
    assert page.lists.grid().lazy_model().rowCount() == 1
    page.show_view("contacts")
    assert page.lists.grid().lazy_model().rowCount() == 1
    window.searched.emit("没有的厂")
    assert page.lists.grid().lazy_model().rowCount() == 0


def test_the_white_list_is_sorted_by_its_own_fields_and_by_those_of_the_firm(page, ledger) -> None:
    keeping.list_firms(ledger, [firm.id for firm in firms(ledger)], TODAY)
    page.refresh()
    grid = page.lists.grid()
    for key in ("enterprise", "enterprise.township"):
        place = [column.key for column in page.lists.white.columns].index(key)
        grid.sort_by(((key, True),))
        shown = [str(grid.lazy_model().row_at(n).cells[place]) for n in range(6)]
        if key == "enterprise":
            assert shown == sorted(shown, key=collating.key, reverse=True)
        else:
            assert (
                shown == ["新集镇"] * 3 + ["沙窝镇"] * 3 or shown == ["沙窝镇"] * 3 + ["新集镇"] * 3
            )


DRAFTS = [
    (granted, amount, security, problem, drawn)
    for granted, amount, security, problem, drawn in product(
        (True, False, None), (None, 20 * WAN), (None, "信用"), (None, "缺抵押"), (None, 30 * WAN)
    )
    if granted is not None or not (amount or security or problem)  # no decision, no such record
]


def test_the_entry_form_and_the_report_say_the_same_of_the_same_entry(tmp_path) -> None:
    fields = {
        "refused_without_problem": "problem", "refused_with_amount": "amount",
        "granted_without_amount": "amount", "granted_without_security": "security",
        "drawn_without_credit": "drawn", "drawn_above_credit": "drawn",
        "granted_with_problem": "problem", "undecided": "granted",
    }  # fmt: skip
    said: dict[str, set[tuple[str, str]]] = {}
    reported: dict[str, set[tuple[str, str]]] = {}
    with ledger_at(tmp_path / "甲.账套", firms=len(DRAFTS)) as ledger:
        with ledger.step("银行") as step:
            lender = step.create(
                Bank(name="中国农业银行新县支行", short="农行", type="国有商业银行")
            )
        for firm, (granted, amount, security, problem, drawn) in zip(
            firms(ledger), DRAFTS, strict=True
        ):
            draft = Draft(
                office=ledger.office.id, enterprise=firm.id, bank=lender, day=TODAY, granted=granted,
                amount=amount, security=security, problem=problem, decided_on=TODAY,
                payments=(Payment("drawdown", TODAY, drawn),) if drawn else (),
                cultivation=keeping.list_firms(ledger, [firm.id], TODAY)[0],
            )  # fmt: skip
            found = check_draft(draft, "农行", today=TODAY)
            said[firm.id] = {(name, finding.kind) for name, finding in found.items()}
            reported[firm.id] = set()
            keeping.save(ledger, draft)
        period = month_of(TODAY)
        for finding in run(ledger, "first_loan_ledger", period.start, period.end).checks.findings:
            if finding.rule in fields:
                # Not decided yet is nothing to be held against somebody who is just keying it in.
                grade = "hint" if finding.rule == "undecided" else finding.grade
                reported[finding.enterprise.record].add((fields[finding.rule], grade))
    assert said == reported
    assert sum(map(len, said.values())) > 30


def test_esc_asks_about_what_is_not_stored(qtbot, page, ledger, monkeypatch) -> None:
    page.begin_contact(firms(ledger)[0].id)
    type_into(qtbot, page.entry().form.parts.editors["note"].widget, "abc")
    press(qtbot, KEY.Key_Return)
    monkeypatch.setattr("ledger_desk.ui.keying.leaving.ask_choice", lambda *a, **k: None)
    press(qtbot, KEY.Key_Escape)
    assert page.cover_view is page.entry()
    monkeypatch.setattr("ledger_desk.ui.keying.leaving.ask_choice", lambda *a, **k: "drop")
    page.entry().leave()
    assert page.cover_view is None


def test_nothing_is_cut_off_at_any_text_size_empty_half_and_full(
    qtbot, page, ledger, window
) -> None:
    assert not walk_pages(window, factors=(1.0, 2.0))
    keeping.list_firms(ledger, [firm.id for firm in firms(ledger)[:3]], TODAY)
    for n in range(3):
        stored(ledger, enterprise=firms(ledger)[n].id)
    views = [
        (view, partial(page.show_view, view)) for view in ("all", "contacts", "wrong", "helps")
    ]
    assert not walk_parts(window, views)
    page.open_contact(ledger.find(Query(Matching))[0].id)
    page.entry().form.parts.payments.add_line()
    assert not walk_pages(window, factors=(1.0, 2.0))
