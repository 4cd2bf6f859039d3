"""A draft says what a form says, whatever the form is; and a form is what a draft says."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from ledger_desk.errors import UserError
from ledger_desk.exchange.form_parts import RECORDS, Check
from ledger_desk.reports.catalogue import load_forms
from ledger_desk.reports.designing import choices
from ledger_desk.reports.designing.draft import (
    Draft,
    DraftCell,
    Field,
    Formula,
    Nothing,
    Number,
    Text,
    definition,
    draft_from,
    form_of,
    mistakes,
    with_block,
    with_cell,
    with_column,
    without_block,
    without_cell,
)

FORMS = load_forms().forms


def draft(name: str = "results") -> Draft:
    return draft_from(FORMS[name])


def test_every_built_in_form_taken_up_and_written_out_is_the_same_form() -> None:
    assert len(FORMS) >= 28
    for form in FORMS.values():
        taken = draft_from(form)
        again = form_of(taken)
        assert (again.shape, again.blank) == (form.shape, form.blank), form.id
        assert definition(draft_from(again)) == definition(taken), form.id


def test_every_choice_that_a_built_in_form_made_is_offered_by_the_lists() -> None:
    for form in FORMS.values():
        taken = draft_from(form)
        for block in taken.blocks:
            offered = {offer.choice for offer in choices.columns_for(taken, block)}
            for column in block.columns:
                whole = column.choice
                if isinstance(whole, Number) and whole.part:
                    assert set(dict(whole.part)) <= {
                        k for k, _ in choices.parts_for(whole.indicator, block)
                    }
                    whole = Number(whole.indicator, whole.measure)
                assert whole in offered or isinstance(whole, Formula), (form.id, column)
                assert choices.label_of(column.choice, block)


def test_offers_are_found_by_fragment_and_by_initials() -> None:
    results = draft()
    offers = choices.columns_for(results, results.blocks[0])
    for typed in ("走访户数", "zfhs", "zoufanghushu"):
        assert choices.find(offers, typed)[0].label.startswith("走访户数"), typed
    assert choices.find(choices.rows_for(), "xz")[0].rows == "townships"
    assert choices.find(choices.rows_for(), "问题台账")[0].rows == RECORDS
    assert len(choices.find(offers, "")) == len(offers)


def test_tying_a_column_gives_it_unit_and_total_and_leaves_the_old_draft_as_it_was() -> None:
    before = draft()
    after = choices.tie(before, 0, "D", Number("needed_amount", "本期"))
    column = after.blocks[0].column("D")
    assert (column.unit, column.total, column.why, column.sure) == ("万元", "sum", "人工选定", True)
    assert before.blocks[0].column("D").choice == Number("visited_firms", "本期")
    tickets = choices.tie(draft("ticket_register"), 0, "E", Field("enterprise.registered_capital"))
    assert [p.place for p in mistakes(tickets)] == ["区块“records”的 E 列“联系人”"]
    assert form_of(after).shape.block[0].column[3].indicator == "needed_amount"
    open_ = choices.tie(before, 0, "D", Nothing())
    assert open_.open_columns == before.open_columns + 1
    assert len(open_.rules) == len(before.rules) - 1  # it compared D with E
    assert open_.remarks == ("D 列不填了，审核公式“本期走访户数不大于累计走访户数”不再核对。",)
    assert all(column.at != "D" for column in form_of(open_).shape.block[0].column)


def test_mistakes_of_a_draft_are_sentences_with_their_place() -> None:
    wrong = with_column(draft(), 0, "D", choice=Formula("E / ("))
    wrong = replace(with_block(wrong, 1, first_row=4_000), mechanism="没有的机制")
    told = [problem.sentence() for problem in mistakes(wrong)]
    assert any("没有“没有的机制”这个工作机制" in each for each in told)
    assert any("的 D 列“本期走访户数”" in each for each in told)
    assert any("超出了空白表" in each for each in told)
    with pytest.raises(UserError, match="还有 3 处要改"):
        form_of(wrong)


def test_whatever_a_definition_may_say_has_a_place_in_the_draft_or_is_carried_along() -> None:
    from ledger_desk.exchange.form_parts import Block
    from ledger_desk.exchange.form_shape import FormShape

    each = {name: "township" for name in ("each",) if name in FormShape.model_fields}
    inner = {name: "enterprise.township" for name in ("each",) if name in Block.model_fields}
    form = FORMS["ticket_register"]
    block = form.shape.block[0].model_copy(update=inner)
    odd = replace(form, shape=form.shape.model_copy(update={**each, "block": (block,)}))
    told = tomllib.loads(definition(draft_from(odd)))
    assert {name: told[name] for name in each} == each
    assert {name: told["block"][0][name] for name in inner} == inner


def test_what_is_not_settled_yet_is_said_in_the_words_of_the_window() -> None:
    unsettled = with_block(draft(), 2, row=())
    (problem,) = mistakes(unsettled)
    assert problem.place == "“按经营主体类型”里的表"
    assert "每一行填什么还没有定" in problem.why
    bare = tuple(replace(c, choice=Nothing()) for c in draft("campaign").blocks[0].columns)
    empty = with_block(replace(draft("campaign"), rules=()), 0, columns=bare)
    assert [p.why for p in mistakes(empty)] == [
        "一列也没有选定。请至少选定一列填什么，或去掉这张表。"
    ]


def test_cells_blocks_and_rules_are_put_in_and_taken_out() -> None:
    made = with_cell(draft("campaign"), DraftCell("A1", Text("{office}的表"), "按乡镇"))
    made = with_cell(made, DraftCell("A1", Text("{year}年"), "按乡镇"))
    assert [c.choice for c in made.cells if c.at == "A1"] == [Text("{year}年")]
    assert not [c for c in without_cell(made, "按乡镇", "A1").cells if c.at == "A1"]
    assert [b.sheet for b in without_block(draft(), 0).blocks] == ["按银行", "按经营主体类型"]
    made = choices.total_changed(made, 0, None)
    assert {c.total for c in made.blocks[0].columns} == {"none"}
    assert not mistakes(made)


def test_any_text_survives_the_definition() -> None:
    odd = 'a"b\\c\n\t\x07《》“”\U00020000 = [x] # {{y}}'
    rule = Check(formula="D <= E", label=odd, why=odd)
    made = replace(draft("campaign"), title=odd, notes=(odd,), rules=(rule,))
    told = tomllib.loads(definition(made))
    assert (told["title"], told["notes"], told["check"][0]["why"]) == (odd, [odd], odd)
    assert form_of(made).shape.check == (rule,)
