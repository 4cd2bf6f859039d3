from __future__ import annotations

from tests.cli.conftest import HEADINGS, code


def put(run, book, tmp_path, *lines):
    path = tmp_path / "来.csv"
    path.write_text("\n".join([HEADINGS, *lines]) + "\n", encoding="utf-8")
    return run("import", book, path, "--json")


FIRM = (
    "新县试验云峰茶业有限公司,{code},试验人,53.46(万元),2019-03-01,河南省信阳市新县卡房乡试验村1号"
)
AGAIN = "试验云峰茶业有限责任公司,,试验人,,,新县卡房乡试验村1号"


def two(run, book, tmp_path):
    """One firm twice in the ledger: the second as read in before anybody looked."""
    from ledger_desk.model.records import Enterprise
    from ledger_desk.store.ledger import Ledger

    put(run, book, tmp_path, FIRM.format(code=code(1)))
    with Ledger.open(book) as ledger, ledger.step("手工") as step:
        step.create(
            Enterprise(
                name="试验云峰茶业有限责任公司", person="试验人", place="新县卡房乡试验村1号"
            )
        )


def test_groups_are_listed_with_reason_and_likeness(run, book, tmp_path):
    assert run("duplicates", book).status == 0
    two(run, book, tmp_path)
    told = run("duplicates", book)
    assert told.status == 1
    assert "查了 2 户" in told.out
    assert "相似度" in told.out
    assert "名称只差" in told.out
    data = run("duplicates", book, "--json").data
    (group,) = data["groups"]
    assert len(group["firms"]) == 2
    assert 60 <= group["score"] <= 100


def test_a_look_alike_in_a_table_is_doubtful(run, book, tmp_path):
    put(run, book, tmp_path, FIRM.format(code=code(1)))
    result = put(run, book, tmp_path, AGAIN)
    assert result.status == 1
    assert result.data["doubtful"] == 1
    assert "很像" in result.data["rows"][0]["reason"]


def test_records_are_merged_by_code_and_name_and_taken_apart(run, book, tmp_path):
    two(run, book, tmp_path)
    merged = run(
        "merge-records", book, code(1), "试验云峰茶业有限责任公司", "--reason", "同一张执照"
    )
    assert merged.status == 0
    assert "已合并" in merged.out
    assert run("duplicates", book).status == 0
    apart = run("split-records", book, "试验云峰茶业有限责任公司", "--different", "--json")
    assert apart.status == 0
    assert apart.data["returns"]
    assert run("duplicates", book, "--json").data == {"firms": 2, "judged": 1, "groups": []}
    assert run("undo", book).status == 0
    assert run("check", book).status == 0


def test_exact_groups_are_merged_at_once(run, book, tmp_path):
    assert "没有可以直接合并" in run("merge-records", book, "--exact").out
    lines = [FIRM.format(code=code(1)), FIRM.format(code="")]
    put(run, book, tmp_path, lines[0])
    from ledger_desk.model.records import Enterprise
    from ledger_desk.store.ledger import Ledger

    with Ledger.open(book) as ledger, ledger.step("手工") as step:
        step.create(Enterprise(name="新县试验云峰茶业（有限公司）", person="试验人"))
    assert "合并 1 组" in run("merge-records", book, "--exact").out


def test_wrong_use_is_refused_with_one_sentence(run, book, tmp_path):
    two(run, book, tmp_path)
    for arguments in (
        ("merge-records", book),
        ("merge-records", book, code(1), "--exact"),
        ("merge-records", book, code(1)),
        ("merge-records", book, code(1), "没有这一户"),
        ("split-records", book, code(1)),
        ("split-records", book, "没有这一户"),
    ):
        refused = run(*arguments)
        assert refused.status == 2
        assert refused.out == ""
        assert refused.err.count("\n") == 1
