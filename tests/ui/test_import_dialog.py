"""The assistant that reads tables in: from the file to the step, and back."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ledger_desk.exchange.comparing_rows import NEW, SKIP
from ledger_desk.model.records import Enterprise, Setting
from ledger_desk.store import backups
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.dialogs.importing import CHOOSE, DONE, LOOK, MATCH, ImportAssistant
from ledger_desk.ui.importing.result_rows import place_of
from ledger_desk.ui.picker import PickItem
from tests.ui.exchange_places import import_assistant
from tests.ui.places import credit_code, ledger_of, press, settle
from tests.ui.walk import EACH_SIZE, walk

HEADS = ["序号", "单位名称", "社会信用代码", "负责人", "注册资金", "注册时间", "电话", "贷款意向"]


ledger = ledger_of(4)
assistant = import_assistant


def write(path: Path, rows: list[list[object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return path


def table(path: Path, ledger: Ledger, *, new: int = 5) -> Path:
    """Title and unit rows; one same, one changed, ``new`` new rows, one wrong, a total below."""
    same, changed = ledger.find(Query(Enterprise), 2)
    rows: list[list[object]] = [["浒湾乡名单"], ["单位：元"], HEADS]
    rows.append([1, same.name, same.code, same.person, same.capital // 100, same.founded, "", ""])
    rows.append(
        [
            2,
            changed.name,
            changed.code,
            "程家河",
            changed.capital // 100 + 10_000,
            "",
            "13903761145",
            "",
        ]
    )
    for n in range(new):
        rows.append(
            [
                3 + n,
                f"浒湾{n}号油茶厂",
                credit_code(700 + n),
                "卢振东",
                500_000,
                "2020-03-01",
                "",
                "有",
            ]
        )
    rows.append([9, "错行厂", credit_code(790), "", "五十万左右", "", "", ""])
    rows.append(["合计", "", "", "", 999, "", "", ""])
    return write(path, rows)


def wait_for(qtbot, assistant: ImportAssistant, stage: int) -> None:
    settle(qtbot, lambda: assistant.stage() == stage and assistant._job is None)


def read(qtbot, assistant: ImportAssistant, path: Path) -> None:
    assistant.start(path)
    wait_for(qtbot, assistant, MATCH)


def look(qtbot, assistant: ImportAssistant, path: Path) -> None:
    read(qtbot, assistant, path)
    assistant.go_on()
    wait_for(qtbot, assistant, LOOK)


def grid_texts(assistant: ImportAssistant) -> list[list[str]]:
    model = assistant.result_view().panel.grid.lazy_model()
    return [
        [str(model.data(model.index(r, c)) or "") for c in range(model.columnCount())]
        for r in range(model.rowCount())
    ]


def test_a_list_goes_all_the_way_in_as_one_step_and_comes_out_again(
    qtbot, assistant, ledger, window, tmp_path
) -> None:
    before = ledger.count(Query(Enterprise))
    look(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    assert assistant.result_view().tabs.text_of(0) == "新增 5"
    assert (
        assistant._words.texts()[0] == "11 行 = 新增 5 + 变更 1 + 相同 1 + 存疑 0 + 有错 1 + 未装 3"
    )
    assert assistant._go.words == "写入 6 行：新增 5、变更 1"
    assert ledger.count(Query(Enterprise)) == before  # nothing has been changed so far
    assert assistant.result_view().tabs.chosen_key() == "changed"
    assert ["5", "新集镇乙001茶叶加工厂", "法定代表人(经营者)", "付长青", "程家河"] in grid_texts(
        assistant
    )
    with qtbot.waitSignal(assistant.changed, timeout=20_000):
        assistant.go_on()
    wait_for(qtbot, assistant, DONE)
    assert ledger.log(1)[0].name == "装入 浒湾乡.csv：新增 5、变更 1"
    assert ledger.count(Query(Enterprise)) == before + 5
    assert "装入前" in [backup.why for backup in backups.listing(ledger.path)]
    toast = window.toasts.shown()[0]
    assert toast.accessibleName() == "已装入 6 行"
    assistant.take_back()
    wait_for(qtbot, assistant, CHOOSE)
    assert ledger.count(Query(Enterprise)) == before
    assert ledger.log(1)[0].name.startswith("撤销：装入 浒湾乡.csv")


def test_every_row_left_out_is_named_with_its_reason(
    qtbot, assistant, ledger, window, tmp_path
) -> None:
    look(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    assistant.result_view().choose("left_out")
    assert [row[0] for row in grid_texts(assistant)] == ["1", "2", "12"]
    assert "表的标题" in grid_texts(assistant)[0][2]
    assistant.result_view().choose("wrong")
    assert grid_texts(assistant)[0][1:4] == ["错行厂", "注册资金", "五十万左右"]
    window.resize(1200, 768)  # the side has given way
    settle(qtbot, assistant.result_view().note.isVisible)
    assert assistant.result_view().note.label.text().startswith("第 11 行：")


def test_the_lines_can_be_filtered_by_words(qtbot, assistant, ledger, tmp_path) -> None:
    look(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    assistant.result_view().choose("new")
    qtbot.keyClicks(assistant.result_view().filter, "3")
    assert [row[1] for row in grid_texts(assistant)] == ["浒湾3号油茶厂"]
    assistant.result_view().filter.setText("没有这个")
    assert "没有含“没有这个”的行" in assistant.result_view().panel._nothing.text()


def test_columns_are_told_with_samples_and_how_sure_that_is(
    qtbot, assistant, ledger, tmp_path
) -> None:
    read(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    columns = assistant.map_page().columns
    assert columns.picker(2).text() == "经营主体名称"
    assert columns.picker(1).text() == "不装入"
    assert columns.reading_picker(5).text() == "元"  # from the row above the table
    assert (
        assistant.map_page()._skipped.label.text().startswith("略过 3 行：第 1 行表的标题、第 2 行")
    )
    assert assistant._go.words == "下一步：看变化"


def test_a_column_can_be_given_to_another_field_and_another_unit(
    qtbot, assistant, ledger, tmp_path
) -> None:
    read(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    columns = assistant.map_page().columns
    columns._picked(8, PickItem("note", "备注"))
    columns._reading_picked(5, PickItem("万元", "万元"))
    assert columns.picker(8).text() == "备注"
    assistant.go_on()
    wait_for(qtbot, assistant, LOOK)
    with qtbot.waitSignal(assistant.changed, timeout=20_000):
        assistant.go_on()
    wait_for(qtbot, assistant, DONE)
    made = ledger.find(Query(Enterprise, text="浒湾0号"))[0]
    assert (made.note, made.capital) == ("有", 500_000 * 1_000_000)


def test_without_a_column_that_names_the_firm_there_is_no_way_on(
    qtbot, assistant, ledger, tmp_path
) -> None:
    read(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    columns = assistant.map_page().columns
    columns._picked(2, PickItem("", "不装入"))
    columns._picked(3, PickItem("", "不装入"))
    assert not assistant._go.isEnabled()
    assert assistant._go.words == "还没有能认出是哪一户的列"
    assert "没有认出经营主体的" in assistant.map_page()._missing.label.text()


def test_a_layout_that_was_read_in_before_goes_straight_to_the_preview(
    qtbot, assistant, ledger, tmp_path
) -> None:
    look(qtbot, assistant, table(tmp_path / "10月.csv", ledger))
    with qtbot.waitSignal(assistant.changed, timeout=20_000):
        assistant.go_on()
    wait_for(qtbot, assistant, DONE)
    assert ledger.count(Query(Setting)) == 2  # for this sender, and for anybody
    shutil.copy(tmp_path / "10月.csv", tmp_path / "11月.csv")
    assistant.start(tmp_path / "11月.csv")
    wait_for(qtbot, assistant, LOOK)
    assert assistant._go.words == "没有要写入的行"
    assert not assistant._go.isEnabled()


def test_doubtful_rows_are_decided_by_a_person_and_counted_again(
    qtbot, assistant, ledger, tmp_path
) -> None:
    with ledger.step("新增") as step:
        shop = step.create(Enterprise(name="老街豆腐坊", person="许桂枝", phone="13803970009"))
    rows = [
        ["企业名称", "统一社会信用代码", "法人", "电话"],
        ["老街豆腐坊", "", "苗春生", "13803979999"],
    ]
    look(qtbot, assistant, write(tmp_path / "豆腐.csv", rows))
    assert assistant._seen.result.doubtful == 1
    assert assistant._go.words == "没有要写入的行"
    assistant.result_view().choose("doubtful")
    _, number = place_of(assistant.result_view().panel.grid.current_id())
    assistant.decide(number, NEW)
    assert assistant._go.words == "按定下的 1 行重新算"
    assert grid_texts(assistant)[0][3] == "算新增一户"
    assistant.go_on()
    settle(qtbot, lambda: assistant._job is None and assistant._go.words.startswith("写入"))
    assert assistant._go.words == "写入 1 行：新增 1、变更 0"
    assistant.decide(number, shop)
    assistant.go_on()
    settle(qtbot, lambda: assistant._job is None and assistant._go.words.startswith("写入"))
    assert assistant._go.words == "写入 1 行：新增 0、变更 1"
    assistant.decide(number, SKIP)
    assistant.go_on()
    settle(qtbot, lambda: assistant._job is None and assistant._go.words == "没有要写入的行")
    assert assistant._seen.result.left_out == 1


def test_a_file_that_cannot_be_read_is_refused_in_a_sentence(qtbot, assistant, tmp_path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    assistant.start(path)
    settle(qtbot, lambda: bool(assistant.refusal()))
    assert assistant.stage() == CHOOSE
    assert "坏.xlsx" in assistant.refusal()
    assert assistant.refusal().endswith("。")


def test_a_block_from_the_clipboard_is_read_like_a_file(qtbot, assistant, ledger) -> None:
    QGuiApplication.clipboard().setText(
        "企业名称\t信用代码\n泗店竹编工坊\t" + credit_code(600) + "\n"
    )
    assistant.paste()
    wait_for(qtbot, assistant, MATCH)
    folder = assistant._path.parent
    assert folder.is_dir()
    assistant.go_on()
    wait_for(qtbot, assistant, LOOK)
    assert assistant._go.words == "写入 1 行：新增 1、变更 0"
    assistant.restart()
    assert not folder.exists()  # nothing of it is left on the disk
    QGuiApplication.clipboard().setText("只有一行")
    assistant.paste()
    assert "剪贴板里没有表格" in assistant.refusal()


def test_what_was_edited_after_the_reading_in_is_kept_and_told(
    qtbot, assistant, ledger, tmp_path, monkeypatch
) -> None:
    asked: list[str] = []

    def answer(parent, title, sentence, choices, *, close=""):
        asked.append(sentence)
        return "go"

    monkeypatch.setattr("ledger_desk.ui.dialogs.importing.ask_choice", answer)
    look(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    with qtbot.waitSignal(assistant.changed, timeout=20_000):
        assistant.go_on()
    wait_for(qtbot, assistant, DONE)
    made = ledger.find(Query(Enterprise, text="浒湾0号"))[0]
    with ledger.step("修改") as step:
        step.change(Enterprise, made.id, {"staff": 7})
    assistant.take_back()
    wait_for(qtbot, assistant, CHOOSE)
    assert "有 1 条装入以后又改过" in asked[0]
    assert ledger.get(Enterprise, made.id) is not None


def test_esc_leaves_without_a_change_at_every_stage(qtbot, assistant, ledger, tmp_path) -> None:
    head = ledger.head()
    closed: list[bool] = []
    assistant.closed.connect(lambda: closed.append(True))
    assistant.first_focus().setFocus()
    press(qtbot, Qt.Key.Key_Escape)
    look(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    press(qtbot, Qt.Key.Key_Escape)
    assert closed == [True, True]
    assert ledger.head() == head


def test_the_last_result_can_be_looked_at_again(qtbot, assistant, ledger, tmp_path) -> None:
    look(qtbot, assistant, table(tmp_path / "浒湾乡.csv", ledger))
    with qtbot.waitSignal(assistant.changed, timeout=20_000):
        assistant.go_on()
    wait_for(qtbot, assistant, DONE)
    assistant.entered()
    assert assistant.stage() == CHOOSE
    assistant.show_last()
    assert assistant.stage() == DONE
    assert assistant.result_view().tabs.text_of(0) == "新增 5"


@pytest.mark.parametrize("factor", EACH_SIZE)
def test_nothing_is_cut_off_or_nameless_at_any_stage(
    qtbot, assistant, ledger, window, theme, tmp_path, factor
) -> None:
    theme.set(factor=factor)
    window.resize(1366, 768)
    found: list[str] = []

    def walk_here(where: str) -> None:
        qtbot.wait(120)
        found.extend(f"{where}: {each}" for each in walk(window))

    walk_here("选文件")
    read(qtbot, assistant, table(tmp_path / "浒湾乡 10 月走访情况（改2）.csv", ledger))
    walk_here("对列")
    assistant.go_on()
    wait_for(qtbot, assistant, LOOK)
    for fate in ("changed", "new", "wrong", "left_out", "doubtful"):
        assistant.result_view().choose(fate)
        walk_here(fate)
    assert found == [], "\n".join(found)
