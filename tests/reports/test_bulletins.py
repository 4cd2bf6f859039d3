"""Bulletins: kept texts on the practice ledger, every number asked again, files that do not change."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ledger_desk.errors import UserError
from ledger_desk.model.periods import Period
from ledger_desk.reports.bulletins.bulletin import Bulletin
from ledger_desk.reports.bulletins.explaining import explain_spot
from ledger_desk.reports.bulletins.language import MOST_PLACES, read_line, read_wording
from ledger_desk.reports.bulletins.making import SINCE, make_bulletin
from ledger_desk.reports.bulletins.papers import pdf_of, word_of
from ledger_desk.reports.bulletins.wordings import (
    WordingText,
    drop_wording,
    find_wording,
    save_wording,
    shipped,
    wordings,
)
from ledger_desk.reports.indicators import INDICATORS
from ledger_desk.reports.valuing import Values
from ledger_desk.store.ledger import Ledger
from tests.reports import golden

KEPT = Path(__file__).parent / "bulletins_kept"
OCTOBER = Period(golden.START, golden.TODAY)
DAYS = {"日通报": Period(date(2026, 10, 30), date(2026, 10, 30)), "周通报": Period(date(2026, 10, 26), golden.TODAY),
        "月通报": OCTOBER}  # fmt: skip
# Written anew with ``python -m tests.reports.test_bulletins``.


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with golden.practice(tmp_path_factory.mktemp("bulletins")) as made:
        yield made


def written(text: str, heading: str = "通报") -> WordingText:
    return WordingText("试", "其他", heading, text)


def made(ledger: Ledger, text: str, period: Period = OCTOBER) -> Bulletin:
    return make_bulletin(ledger, written(text), period)


def text_of(ledger: Ledger, text: str) -> str:
    return made(ledger, text).blocks[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize("name", list(DAYS))
def test_a_shipped_bulletin_reads_as_it_did(ledger: Ledger, name: str) -> None:
    found = make_bulletin(ledger, find_wording(ledger, name), DAYS[name])
    assert found.text == (KEPT / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", list(DAYS))
def test_every_number_of_a_text_is_what_the_ledger_answers(ledger: Ledger, name: str) -> None:
    found = make_bulletin(ledger, find_wording(ledger, name), DAYS[name])
    assert list(found.spots) == list(range(1, len(found.spots) + 1))
    with ledger.read() as rows:
        days = {each.period for run in found.runs() if run.spot for each in run.spot.asked}
        values = {period: Values(rows, period, SINCE) for period in days}
        for run in found.spots.values():
            assert run.spot is not None
            answers = [
                values[each.period].value(
                    each.indicator, each.measure, each.by, each.key, each.only
                )
                for each in run.spot.asked
            ]
            assert answers == list(run.spot.values)
            assert _digits_agree(run.text, answers, run.spot.asked[0])


def _digits_agree(text: str, answers: list[int | None], asked) -> bool:
    """Compare the digits on the paper with the answer, in the unit on the paper."""
    value = answers[0]
    if len(answers) == 2:
        value = None if None in answers else abs((answers[0] or 0) - (answers[1] or 0))
    if value is None:
        return text == "—" or "没有" in text
    found = re.search(r"\d+(\.\d+)?", text)
    if found is None:
        return len(answers) == 2 and value == 0 and "持平" in text
    spec = INDICATORS[asked.indicator]
    scale = 10 if "亿元" in text else 6 if spec.unit == "万元" else spec.places_of(asked.measure)
    exact = Decimal(value).scaleb(-scale)
    return abs(Decimal(found[0]) - exact) <= Decimal("0.005")


def test_every_number_of_a_daily_bulletin_opens_and_its_firms_make_it(ledger: Ledger) -> None:
    found = make_bulletin(ledger, find_wording(ledger, "日通报"), DAYS["日通报"])
    for number in list(found.spots)[:24]:
        told = explain_spot(ledger, found, number)
        assert told.agrees, told.title
    first = explain_spot(ledger, found, 1)
    assert len(first.rows) == first.value_now
    assert first.rows[0].records


def test_comparing_lists_the_firms_of_both_periods(ledger: Ledger) -> None:
    found = made(ledger, "走访户数{比上期:走访户数@本期}。")
    told = explain_spot(ledger, found, 1)
    now = made(ledger, "{走访户数@本期}", OCTOBER).spots[1].spot
    before = made(ledger, "{走访户数@本期}", OCTOBER.previous()).spots[1].spot
    assert now is not None
    assert before is not None
    sides = [row.text[:3] for row in told.rows]
    assert (sides.count("这一期"), sides.count("比较的")) == (now.values[0], before.values[0])
    assert told.agrees


def test_units_places_parts_and_shares_are_written_as_asked(ledger: Ledger) -> None:
    fen = made(ledger, "{授信金额@启动以来累计}").spots[1].spot.values[0]  # type: ignore[union-attr]
    assert fen
    assert (
        text_of(ledger, "{授信金额@启动以来累计|亿元|3位}") == f"{Decimal(fen).scaleb(-10):.3f}亿元"
    )
    assert "元" not in text_of(ledger, "{授信金额@启动以来累计|不写单位}")
    towns = made(ledger, "{表:走访户数@启动以来累计:乡镇}").blocks[0]
    one = next(row for row in towns.rows if row[0].text == "新集镇")  # type: ignore[union-attr]
    assert text_of(ledger, "{走访户数@启动以来累计:乡镇=新集镇}") == f"{one[1].text}户"
    assert re.fullmatch(
        r"较上期(增长|下降)\d+\.\d\d%", text_of(ledger, "{比上期:走访户数@本期|增幅}")
    )
    assert "个百分点" in text_of(ledger, "{比上期:有效走访占比@本期}") or "持平" in text_of(
        ledger, "{比上期:有效走访占比@本期}"
    )


def test_those_level_with_the_last_of_a_ranking_are_named_too(ledger: Ledger) -> None:
    table = made(ledger, "{表:走访户数@启动以来累计:乡镇}").blocks[0]
    values = {row[0].text: int(row[1].text) for row in table.rows[:-1]}  # type: ignore[union-attr]
    for count in (1, 3, 5):
        line = sorted(values.values(), reverse=True)[count - 1]
        named = text_of(ledger, f"{{排名:走访户数@启动以来累计:乡镇:前{count}}}")
        expected = {f"{name}{value}户" for name, value in values.items() if value >= line}
        assert set(named.split("、")) == expected
        low = sorted(values.values())[count - 1]
        named = text_of(ledger, f"{{排名:走访户数@启动以来累计:乡镇:后{count}}}")
        assert set(named.split("、")) == {f"{n}{v}户" for n, v in values.items() if v <= low}


def test_mistakes_are_told_with_their_place_and_what_may_stand_there(ledger: Ledger) -> None:
    text = "今天走访{走访家数@本日}。\n授信{授信户数@昨天}，{授信户数@本期|亿元}。\n{表:走访户数:村}\n{走访户数"
    found = [each.sentence for each in read_wording(text).mistakes]
    assert found[0].startswith(
        "第 1 行第 5 个字起“{走访家数@本日}”：没有“走访家数”这个指标。相近的有："
    )
    assert "走访户数" in found[0]
    assert "没有“昨天”这种算法，可用的有：本期" in found[1]
    assert "单位是户，不能写成亿元" in found[2]
    assert "不能按“村”分，可以按：乡镇（街道）" in found[3]
    assert "少了右边的 }" in found[4]
    with pytest.raises(UserError, match=r"(?s)有 5 处要改.*第 4 行"):
        made(ledger, text)
    with pytest.raises(UserError, match="没有“月亮镇”这个乡镇"):
        made(ledger, "{走访户数@本期:乡镇=月亮镇}")
    with pytest.raises(UserError, match="标题里不能放表"):
        make_bulletin(ledger, written("好", "{表:走访户数:乡镇}"), OCTOBER)
    assert "单独占一行" in read_wording("看{表:走访户数:乡镇}").mistakes[0].sentence
    many = "{走访户数}" * (MOST_PLACES + 1)
    assert "最多" in read_wording("字" * 30_000).mistakes[0].why
    assert "超过" in read_wording(many).mistakes[0].why


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    some.text(alphabet="{}｛｝:：@|,，走访户数本日期乡镇表排名比上期前5=;_.x()% \n", max_size=60)
)
def test_no_text_whatever_makes_the_reader_stumble(text: str) -> None:
    for mistake in (*read_wording(text).mistakes, *read_line(text)[1]):
        assert mistake.sentence.endswith(("。", "，最多 10 列。"))


def test_the_same_data_gives_the_same_bytes_and_both_files_say_the_text(ledger: Ledger) -> None:
    found = make_bulletin(ledger, find_wording(ledger, "日通报"), DAYS["日通报"])
    again = make_bulletin(ledger, find_wording(ledger, "日通报"), DAYS["日通报"])
    word, pdf = word_of(found), pdf_of(found)
    assert (word, pdf) == (word_of(again), pdf_of(again))
    document = docx.Document(io.BytesIO(word))
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in margins if each is not None] == [37, 35, 28, 26]
    lines = [p.text for p in document.paragraphs if p.text]
    table = document.tables[0]
    said = ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    wanted = found.text.splitlines()
    heading = "".join(lines[:2])
    assert heading == wanted[0]
    assert [line for line in wanted[1:] if "\t" not in line] == lines[2:]
    assert [line for line in wanted if "\t" in line] == said
    pages = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    assert "".join(wanted[3].split()) in "".join(text.split())


def test_an_office_changes_a_wording_and_gets_the_shipped_one_back(tmp_path: Path) -> None:
    with golden.make_practice(tmp_path / "练.practice", firms=3, today=golden.TODAY) as ledger:
        first = find_wording(ledger, "日通报")
        assert first == shipped()[0]
        save_wording(ledger, replace(first, text="今天走访{走访户数@本日}。"))
        own = find_wording(ledger, "日通报")
        assert (own.text, own.shipped) == ("今天走访{走访户数@本日}。", True)
        save_wording(ledger, replace(own, name="快报", record=None))
        assert [each.name for each in wordings(ledger)] == ["日通报", "周通报", "月通报", "快报"]
        with pytest.raises(UserError, match="已经有一个叫“快报”"):
            save_wording(ledger, replace(own, name="快报", record=None))
        drop_wording(ledger, own)
        assert find_wording(ledger, "日通报") == first
        ledger.undo()
        assert find_wording(ledger, "日通报").text == own.text
        with pytest.raises(UserError, match="没有“晚报”这个通报范本"):
            find_wording(ledger, "晚报")


if __name__ == "__main__":
    import tempfile

    with golden.practice(Path(tempfile.mkdtemp())) as practice:
        for each, days in DAYS.items():
            text = make_bulletin(practice, find_wording(practice, each), days).text
            (KEPT / f"{each}.txt").write_text(text, encoding="utf-8")
