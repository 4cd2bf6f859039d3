"""Files go in whole or not at all, photographs smaller, each content once, and come out as they went in."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image

from ledger_desk.errors import Cancelled, UserError
from ledger_desk.exchange.attaching import attach, content, save_as, size_words, take
from ledger_desk.model.records import Attachment, Enterprise
from ledger_desk.store import blobs, health
from ledger_desk.store.queries import Query
from ledger_desk.workbook import pictures
from tests.exchange.making import every


@pytest.fixture
def firm(ledger):
    with ledger.step("建") as step:
        return step.create(Enterprise(name="某某茶业有限公司"))


def photo(path, size=(4000, 3000), turned=False):
    image = Image.effect_noise(size, 40).convert("RGB")
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6  # the telephone was held upright
    image.save(path, "JPEG", quality=97, exif=exif)
    return path


def test_a_photograph_is_made_smaller_and_upright_and_its_origin_kept(ledger, tmp_path, firm):
    path = photo(tmp_path / "现场照片.JPG", turned=True)
    (made,) = attach(ledger, firm, [path])
    found = ledger.get(Attachment, made)
    assert (found.kind, found.name, found.media) == ("走访照片", "现场照片.jpg", "image/jpeg")
    data = content(ledger, found)
    assert len(data) == found.size < path.stat().st_size
    assert found.original == hashlib.sha256(path.read_bytes()).hexdigest()
    assert Image.open(io.BytesIO(data)).size == (1800, 2400)


def test_other_files_keep_every_byte(ledger, tmp_path, firm):
    path = tmp_path / "营业执照 副本.pdf"
    path.write_bytes(b"%PDF-1.7\n\x00\xff" * 1000)
    small = tmp_path / "小图.png"
    Image.new("L", (20, 20), 9).save(small)
    made = attach(ledger, firm, [path, small])
    first, second = (ledger.get(Attachment, record) for record in made)
    assert (first.kind, first.media, first.original) == ("营业执照", "application/pdf", None)
    assert content(ledger, first) == path.read_bytes()
    assert content(ledger, second) == small.read_bytes()
    save_as(ledger, first, tmp_path / "出来.pdf")
    assert (tmp_path / "出来.pdf").read_bytes() == path.read_bytes()


def test_the_same_content_goes_in_once_for_a_firm_and_is_stored_once_for_all(
    ledger, tmp_path, firm
):
    path, again = tmp_path / "甲.pdf", tmp_path / "乙.pdf"
    for each in (path, again):
        each.write_bytes(b"same")
    assert len(attach(ledger, firm, [path, again])) == 1
    assert attach(ledger, firm, [again]) == []
    big = photo(tmp_path / "照片.jpg")
    assert len(attach(ledger, firm, [big])) == 1
    assert attach(ledger, firm, [big]) == []
    with ledger.step("建") as step:
        other = step.create(Enterprise(name="另一户"))
    assert len(attach(ledger, other, [path])) == 1
    with ledger.read() as rows:
        assert blobs.totals(rows)[0] == 2


def test_one_bad_file_leaves_nothing_behind(ledger, tmp_path, firm):
    good, empty, torn = tmp_path / "好.pdf", tmp_path / "空.pdf", tmp_path / "断.jpg"
    good.write_bytes(b"good")
    empty.write_bytes(b"")
    torn.write_bytes(photo(tmp_path / "整.jpg").read_bytes()[:5000])
    missing, huge = tmp_path / "没有.pdf", tmp_path / "大.zip"
    huge.write_bytes(bytes(21 * 1024 * 1024))
    for bad, word in ((empty, "是空的"), (torn, "读不出来"), (missing, "读不出来"), (huge, "20 MB"),
                      (tmp_path, "文件夹")):  # fmt: skip
        with pytest.raises(UserError, match=word):
            attach(ledger, firm, [good, bad])

    def stop(done, total, note):
        raise Cancelled

    with pytest.raises(Cancelled):
        attach(ledger, firm, [good], progress=stop)
    assert every(ledger, Attachment) == []
    with ledger.read() as rows:
        assert blobs.totals(rows) == (0, 0)


def test_a_picture_that_claims_to_be_enormous_is_refused_unread(monkeypatch):
    monkeypatch.setattr(pictures, "_MOST_PIXELS", 100)
    out = io.BytesIO()
    Image.new("L", (20, 20)).save(out, "PNG")
    with pytest.raises(UserError, match="20×20"):
        pictures.reduce(out.getvalue(), "炸弹.png")
    assert pictures.reduce(b"not a picture", "表.pdf") is None


def test_undo_takes_an_attachment_away_and_redo_brings_its_content_back(ledger, tmp_path, firm):
    path = tmp_path / "合同.pdf"
    path.write_bytes(b"contract")
    (made,) = attach(ledger, firm, [path])
    ledger.undo()
    assert ledger.count(Query(Attachment)) == 0
    ledger.redo()
    assert content(ledger, ledger.get(Attachment, made)) == b"contract"


def test_health_tells_of_content_that_was_damaged_or_lost(ledger, tmp_path, firm):
    for name in ("甲.pdf", "乙.pdf"):
        (tmp_path / name).write_bytes(name.encode())
    first, second = attach(ledger, firm, [tmp_path / "甲.pdf", tmp_path / "乙.pdf"])
    assert health.check(ledger).ok
    one, two = (ledger.get(Attachment, record) for record in (first, second))
    with ledger._writing() as connection:
        connection.exec_driver_sql("UPDATE blob SET data = x'00' WHERE hash = ?", (one.hash,))
        connection.exec_driver_sql("DELETE FROM blob WHERE hash = ?", (two.hash,))
    findings = "".join(health.check(ledger).findings)
    assert "1 个附件的内容已损坏" in findings
    assert "1 个附件只有名字" in findings
    with pytest.raises(UserError, match="已损坏"):
        content(ledger, one)
    with pytest.raises(UserError, match="不在这本账里"):
        content(ledger, two)


def test_sizes_are_said_as_people_say_them():
    assert [size_words(n) for n in (1, 2048, 5 * 1024 * 1024)] == ["1 KB", "2 KB", "5.0 MB"]


def test_a_name_tells_the_kind(tmp_path):
    for name, kind in (("征信授权书.pdf", "征信授权书"), ("2025年财务报表.xlsx", "财务报表"),
                       ("IMG_1.jpg", "走访照片"), ("x.bin", "其他")):  # fmt: skip
        path = tmp_path / name
        if path.suffix == ".jpg":
            Image.new("RGB", (9, 9)).save(path)
        else:
            path.write_bytes(b"x")
        assert take(path).kind == kind
