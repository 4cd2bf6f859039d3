from __future__ import annotations

import io

import pytest

from ledger_desk.cli.printing import Printer, fit, some, table, width


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_chinese_takes_two_columns() -> None:
    assert (width("台账 A"), fit("专班台账", 8), fit("专班台账", 7)) == (6, "专班台账", "专班台…")


def test_tables_line_up_whatever_the_script() -> None:
    lines = table(("号", "名"), [("1", "甲"), ("1234", "乙")])
    assert lines == ["号    名", "1     甲", "1234  乙"]


def test_long_lists_say_how_many_are_left_out() -> None:
    assert some(["a"] * 3, 2)[-1] == "  …… 另有 1 条，用 --json 可看全部。"
    assert some(["a", "b"], 2) == ["a", "b"]


def test_progress_goes_to_a_watching_person_only(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    printer = Printer(as_json=False)
    printer.progress(5, 10, "正在核对")
    assert screen.getvalue() == "\r正在核对 5 / 10"
    printer.end_progress()
    assert screen.getvalue().endswith("\r")
    silent = _Terminal()
    monkeypatch.setattr("sys.stderr", silent)
    Printer(as_json=True).progress(5, 10, "正在核对")
    assert silent.getvalue() == ""
    monkeypatch.setattr("sys.stderr", io.StringIO())
    Printer(as_json=False).progress(5, 10, "正在核对")
