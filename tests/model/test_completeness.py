from __future__ import annotations

from ledger_desk.model.completeness import USUAL, completeness, marked, waived_of, written


def test_the_share_of_required_fields_is_rounded_down_and_what_is_missing_named():
    values = dict.fromkeys(USUAL, "有") | {"staff": 0, "phone": "", "revenue": None}
    found = completeness(values)
    assert found.missing == ("revenue", "phone")
    assert (found.filled, found.required) == (len(USUAL) - 2, len(USUAL))
    assert found.percent == 100 * (len(USUAL) - 2) // len(USUAL)


def test_the_office_marks_its_own_required_fields():
    setting = written({"phone", "name", "premises_area", "nonsense"})
    assert marked(setting) == ("name", "phone", "premises_area")
    assert completeness({"name": "甲"}, marked(setting)).percent == 33
    for nothing in (None, "", "{", "[]", '["nonsense"]', "3"):
        assert marked(nothing) == USUAL


def test_what_does_not_apply_to_one_firm_is_not_asked_of_it():
    values = dict.fromkeys(USUAL, "有") | {
        "code": None,
        "staff": None,
        "waived": "统一社会信用代码、 从业人数,不认识的",
    }
    assert waived_of(values["waived"]) == ("code", "staff")
    found = completeness(values)
    assert (found.percent, found.required, found.missing) == (100, len(USUAL) - 2, ())
    assert completeness({"waived": "name"}, ("name",)).percent == 100
