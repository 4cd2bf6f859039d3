from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from ledger_desk.model.records import Dispatch, Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from tests.cli.conftest import code


@pytest.fixture
def firms(book):
    with Ledger.open(book) as ledger, ledger.step("建") as step:
        step.create(
            Enterprise(name="青禾茶业", code=code(1), phone="13812345678", township="411523205")
        )
        step.create(Enterprise(name="乙公司", code=code(2), township="411523205"))
        step.create(Enterprise(name="丙公司", township="411523100"))


def text_of(path):
    with pdfium.PdfDocument(path) as document:
        found = []
        for page in document:
            part = page.get_textpage()
            found.append("".join(part.get_text_range().split()))
            part.close()
            page.close()
        return found


def test_one_firm_is_bound_and_registered(run, book, firms, tmp_path):
    out = tmp_path / "档.pdf"
    told = run("dossier", book, "青禾茶业", "--pdf", out)
    assert told.status == 0
    assert "已写出一企一档 1 户" in told.out
    pages = text_of(out)
    assert f"共{len(pages)}页" in pages[2]
    assert "138****5678" in "".join(pages)
    with Ledger.open(book) as ledger:
        (sent,) = ledger.find(Query(Dispatch))
    assert (sent.content, sent.rows, sent.private) == ("一企一档", 1, "遮盖")


def test_several_by_condition_with_chosen_sections_in_full(run, book, firms, tmp_path):
    out = tmp_path / "档.pdf"
    told = run(
        "dossier", book, "--where", "乡镇=卡房乡", "--pdf", out, "--full", "--sections", "1，财务情况", "--json"
    )  # fmt: skip
    assert told.data["firms"] == 2
    together = "".join(text_of(out))
    assert "13812345678" in together
    assert "财务情况" in together
    assert "纳税情况" not in together


def test_visit_sheets_are_a_page_a_firm(run, book, firms, tmp_path):
    told = run(
        "dossier", book, code(1), code(2), "--pdf", tmp_path / "走访.pdf", "--visit-sheet", "--json"
    )
    assert (told.data["firms"], told.data["pages"]) == (2, 2)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "要么写出主体"),
        (["青禾茶业", "--where", "乡镇=卡房乡"], "要么写出主体"),
        (["没有的公司"], "没有“没有的公司”"),
        (["--where", "名称=没有"], "没有符合"),
        (["青禾茶业", "--sections", "十九"], "没有“十九”这一部分"),
        (["青禾茶业", "--full", "--withhold"], "只能写一个"),
    ],
)
def test_what_cannot_be_printed_is_said_and_nothing_written(
    run, book, firms, tmp_path, arguments, sentence
):
    out = tmp_path / "档.pdf"
    told = run("dossier", book, *arguments, "--pdf", out)
    assert told.status == 2
    assert sentence in told.err
    assert not out.exists()


def test_the_ledger_itself_is_never_written_over(run, book, firms):
    before = book.read_bytes()
    assert run("dossier", book, "青禾茶业", "--pdf", book).status == 2
    assert book.read_bytes() == before
