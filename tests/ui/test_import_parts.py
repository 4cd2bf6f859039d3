"""The assistant's parts: readings, suggestions, header, kind, sender, several tables, decisions, errors back."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from ledger_desk.exchange import preparing
from ledger_desk.exchange.comparing_rows import NEW, SKIP, TAKE
from ledger_desk.model.records import Bank, Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.choose_many import ChooseMany
from ledger_desk.ui.dialogs.importing import DONE, LOOK, MATCH, ImportAssistant
from ledger_desk.ui.importing.around import AroundSheet
from ledger_desk.ui.importing.row_card import RowCard
from ledger_desk.ui.picker import PickItem
from ledger_desk.ui.records.record_dialog import RecordDialog
from tests.ui.exchange_places import import_assistant
from tests.ui.places import credit_code, ledger_of, open_sheet, press, settle
from tests.ui.walk import EACH_SIZE, walk

HEADS = ["单位名称", "社会信用代码", "负责人", "联系电话", "开业日期", "注册资金"]


ledger = ledger_of(4)
assistant = import_assistant


def book(path: Path, **sheets: list[list[object]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


def firm(number: int, **other: object) -> list[object]:
    """A row under `HEADS` of an invented firm."""
    row = dict(zip(HEADS, [f"浒湾{number}号油茶厂", credit_code(700 + number), "卢振东",
                           f"1390376{number:04d}", "2020-03-01", 50], strict=True))  # fmt: skip
    return list((row | other).values())


def doubtful(path: Path, ledger: Ledger, count: int = 3) -> Path:
    """Firms of the ledger's names with other owners and telephones, a new one, a wrong one."""
    with ledger.step("原有") as step:
        for n in range(count):
            step.create(
                Enterprise(name=f"老街{n}号豆腐坊", person="许桂枝", phone=f"1380397{n:04d}")
            )
    rows = [HEADS]
    rows += [[f"老街{n}号豆腐坊", "", "苗春生", f"1390376{n:04d}", "", ""] for n in range(count)]
    return book(path, 名单=[*rows, firm(1), firm(2, 注册资金="五十万左右")])


def ready(qtbot, assistant: ImportAssistant, stage: int) -> None:
    settle(
        qtbot,
        lambda: (
            assistant.stage() == stage and assistant._job is None and not assistant._jobs.running()
        ),
    )


def read(qtbot, assistant: ImportAssistant, path: Path) -> None:
    assistant.start(path)
    ready(qtbot, assistant, MATCH)


def look(qtbot, assistant: ImportAssistant, path: Path | None = None) -> None:
    if path is not None:
        read(qtbot, assistant, path)
    assistant.go_on()
    ready(qtbot, assistant, LOOK)


def write(qtbot, assistant: ImportAssistant) -> None:
    assistant.go_on()
    ready(qtbot, assistant, DONE)


def sheet_of(kind: type) -> object:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def words(card: RowCard) -> str:
    texts = [each.text() for each in card.findChildren(QLabel) if each.isVisible()]
    return " ".join(texts).replace("\u200b", "")


def pick(picker, item: str) -> PickItem:
    """The item that a list offers under a name."""
    return next(each for each in picker._items("") if each.text == item)


# -- columns -------------------------------------------------------------------------------------


def test_whole_column_readings_are_offered_with_what_they_cannot_read(
    qtbot, assistant, ledger, tmp_path
) -> None:
    days = ["03/14/2020", "12/25/2021", "01/05/2022"]
    path = book(
        tmp_path / "甲.xlsx", 名单=[HEADS, *(firm(n, 开业日期=d) for n, d in enumerate(days))]
    )
    read(qtbot, assistant, path)
    columns = assistant.map_page().columns
    columns._picked(5, PickItem("founded", "成立日期"))
    ready(qtbot, assistant, MATCH)
    offered = {item.text: item.hint for item in columns.reading_picker(5)._items("")}
    assert offered["月日年"].endswith("2020-03-14")
    assert offered["日月年"] == "有 2 格不通"
    assert "有 3 格读不通" in columns.row(5).mark.label.text()
    # One click takes what fits.
    strip = [b for b in columns.row(5)._strips.findChildren(Button) if b.isVisible()]
    assert [b.words for b in strip] == ["采用"]
    strip[0].click()
    ready(qtbot, assistant, MATCH)
    assert columns.reading_picker(5).text() == "月日年"
    assert columns.row(5).mark.label.text() == "你指定的"
    assert not columns.row(5)._strips.isVisible()
    look(qtbot, assistant)
    write(qtbot, assistant)
    made = ledger.find(Query(Enterprise, text="浒湾0号"))[0]
    assert str(made.founded) == "2020-03-14"


def test_samples_of_personal_data_are_masked_whatever_becomes_of_the_column(
    qtbot, assistant, tmp_path
) -> None:
    read(qtbot, assistant, book(tmp_path / "甲.xlsx", 名单=[HEADS, firm(1), firm(2)]))
    columns = assistant.map_page().columns
    assert columns.row(4)._samples[0].text() == "139****0001"
    columns._picked(4, PickItem("", "不装入"))
    assert "1390376" not in columns.row(4)._samples[0].text()


def test_a_wrong_header_is_chosen_again_without_reading_the_file_anew(
    qtbot, assistant, tmp_path, monkeypatch
) -> None:
    rows = [["甲组", "乙组", "丙组", "丁组", "", ""], HEADS, firm(1), firm(2)]
    read(qtbot, assistant, book(tmp_path / "甲.xlsx", 名单=rows))
    monkeypatch.setattr(preparing, "_read", None)  # would fail if it were called
    around = assistant.map_page().around
    offered = around.header._items("")
    assert [item.text for item in offered[:2]] == ["第 1—2 行", "没有表头"]
    assert next(i.hint for i in offered if i.text == "第 2 行").startswith("单位名称、社会信用代码")
    around._header_picked(pick(around.header, "没有表头"))
    ready(qtbot, assistant, MATCH)
    assert assistant.map_page().prepared().layout.header_rows == (0, 0)
    assert around.header.text() == "没有表头"
    around._header_picked(pick(around.header, "第 2 行"))
    ready(qtbot, assistant, MATCH)
    assert around.header.text() == "第 2 行"
    assert assistant.map_page().prepared().layout.header_rows == (2, 2)
    assert assistant.map_page().columns.picker(1).text() == "经营主体名称"


def test_any_kind_of_record_can_be_chosen_the_likeliest_first(
    qtbot, assistant, ledger, tmp_path
) -> None:
    rows = [["银行名称", "银行类型", "网点"], ["新县农商行", "农信系统", "总行"]]
    read(qtbot, assistant, book(tmp_path / "甲.xlsx", 名单=rows))
    around = assistant.map_page().around
    offered = around.kind._items("")
    assert {"经营主体", "银行", "人员", "贷款", "还款", "工作台帐", "走访", "节假日"} <= {
        item.text for item in offered
    }
    assert offered[0].text == around.kind.text() == "银行"
    around._kind_picked(pick(around.kind, "人员"))
    ready(qtbot, assistant, MATCH)
    assert assistant._go.words == "还没有能认出是哪一户的列"
    around._kind_picked(pick(around.kind, "银行"))
    ready(qtbot, assistant, MATCH)
    look(qtbot, assistant)
    write(qtbot, assistant)
    assert [bank.name for bank in ledger.find(Query(Bank))] == ["新县农商行"]


def test_the_sender_is_offered_and_may_be_anybody(qtbot, assistant, ledger, tmp_path) -> None:
    read(qtbot, assistant, book(tmp_path / "浒湾乡名单.xlsx", 名单=[HEADS, firm(1)]))
    around = assistant.map_page().around
    assert around.who.text() == "浒湾乡"
    assert "沙窝镇" in [item.text for item in around.who._items("")]
    around._sender_picked(PickItem("", "县妇联"))
    ready(qtbot, assistant, MATCH)
    assert assistant.map_page().prepared().sender == "县妇联"
    look(qtbot, assistant)
    write(qtbot, assistant)
    shutil.copy(tmp_path / "浒湾乡名单.xlsx", tmp_path / "第二份.xlsx")
    assistant.start(tmp_path / "第二份.xlsx")
    ready(qtbot, assistant, LOOK)
    assert assistant.map_page().prepared().sender == "县妇联"


def test_several_tables_go_in_as_one_step_and_again_next_month(
    qtbot, assistant, ledger, tmp_path
) -> None:
    before = ledger.count(Query(Enterprise))
    sheets = {"浒湾乡": [HEADS, firm(1), firm(2)], "沙窝镇": [HEADS, firm(3), firm(4, 注册资金="多")],
              "说明": [["请按实填写"]]}  # fmt: skip
    path = book(tmp_path / "10月.xlsx", **sheets)
    read(qtbot, assistant, path)
    page = assistant.map_page()
    page.ask_several()
    dialog = sheet_of(ChooseMany)
    assert [item.id for item in dialog.ticked()] == ["浒湾乡", "沙窝镇"]
    dialog._take()
    ready(qtbot, assistant, MATCH)
    assert page.around.several.words == "一起装 2 张表…"
    assert [each.sheet.title for each in page.tables()] == ["浒湾乡", "沙窝镇"]
    # What is corrected in one goes for tables with the same headings.
    page.columns._picked(3, PickItem("liaison", "联络员"))
    ready(qtbot, assistant, MATCH)
    assert [each.mapping.column(3).field for each in page.tables()] == ["liaison", "liaison"]
    page.around._sheet_picked(PickItem("沙窝镇", "沙窝镇"))
    assert page.prepared().sheet.title == "沙窝镇"
    look(qtbot, assistant)
    view = assistant.result_view()
    assert assistant._go.words == "写入 3 行：新增 3、变更 0"
    view.choose("wrong")
    model = view.panel.grid.lazy_model()
    assert [c.title for c in model.columns][:3] == ["行", "工作表", "名称"]
    assert model.cell(0, 1) == "沙窝镇"
    write(qtbot, assistant)
    assert ledger.count(Query(Enterprise)) == before + 3
    assert ledger.log(1)[0].name.startswith("装入 10月.xlsx（2 张表）")
    # Next month nobody has to tick them.
    assistant.start(book(tmp_path / "11月.xlsx", **sheets))
    ready(qtbot, assistant, LOOK)
    assert [each.sheet.title for each in page.tables()] == ["浒湾乡", "沙窝镇"]


# -- what will change ----------------------------------------------------------------------------


def test_a_row_is_shown_from_near_old_beside_new(qtbot, assistant, ledger, tmp_path) -> None:
    known = ledger.find(Query(Enterprise))[0]
    row = firm(1, 单位名称=known.name, 社会信用代码=known.code, 负责人="程家河")
    look(qtbot, assistant, book(tmp_path / "甲.xlsx", 名单=[HEADS, row]))
    view = assistant.result_view()
    view.choose("changed")
    settle(qtbot, lambda: "程家河" in words(view.side.card))
    assert "账里现在 付长青" in words(view.side.card)
    view.panel.grid.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    sheet = view._sheet
    assert "程家河" in words(sheet.card)
    assert "1390376" not in words(sheet.card)
    opener = next(b for b in sheet.card.findChildren(Button) if b.words == "打开账上这一条")
    opener.click()
    dialog = sheet_of(RecordDialog)
    assert dialog.form.keeper.record == known.id
    dialog.reject()
    sheet.reject()


def test_doubtful_rows_are_decided_one_for_all_of_their_kind(
    qtbot, assistant, ledger, tmp_path
) -> None:
    look(qtbot, assistant, doubtful(tmp_path / "甲.xlsx", ledger))
    view = assistant.result_view()
    assert assistant._seen.count("doubtful") == 3
    assert view.panel.grid.hasFocus()  # there is something to look at first
    view.choose("doubtful")
    settle(qtbot, lambda: "来表 苗春生" in words(view.side.card))
    beside = words(view.side.card)
    assert "账上 许桂枝" in beside
    assert "138****0000" in beside
    press_button(qtbot, view.bar, "不装这一行")
    assert assistant._decisions == {(0, 2): SKIP}
    press_button(qtbot, view.bar, "这 3 行都这样定")
    assert assistant._decisions == {(0, row): SKIP for row in (2, 3, 4)}
    assert assistant._go.words == "按定下的 3 行重新算"
    press_button(qtbot, view.bar, "就是“老街0号豆腐坊 许桂枝”")
    press_button(qtbot, view.bar, "这 3 行都这样定")
    assert [assistant._decisions[0, row] for row in (3, 4)] == [TAKE, TAKE]
    assert view.panel.grid.lazy_model().cell(1, 3).text == "就是账上那一户"
    assistant.go_on()
    ready(qtbot, assistant, LOOK)
    assert assistant._go.words == "写入 4 行：新增 1、变更 3"
    assert not view.bar.isVisible()  # nothing is doubtful any more
    for place in list(assistant._decisions):
        assistant._decide((place,), NEW)
    assistant.go_on()
    ready(qtbot, assistant, LOOK)
    assert assistant._go.words == "写入 4 行：新增 4、变更 0"


def press_button(qtbot, root, text: str) -> None:
    def found() -> list[Button]:
        return [b for b in root.findChildren(Button) if b.words == text and b.isVisible()]

    settle(qtbot, lambda: len(found()) == 1, 3_000)
    found()[0].click()


def test_errors_go_back_in_the_senders_own_workbook(
    qtbot, assistant, ledger, window, tmp_path, monkeypatch
) -> None:
    suggested: list[str] = []

    def save(_parent, _title, name, _kinds):
        suggested.append(Path(name).name)
        return name, ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    path = doubtful(tmp_path / "浒湾乡.xlsx", ledger)
    look(qtbot, assistant, path)
    assert assistant._return.isVisible()
    assistant._return.click()
    settle(qtbot, lambda: bool(window.toasts.shown()) and not assistant._jobs.running())
    assert suggested == ["浒湾乡（校验结果）.xlsx"]
    made = load_workbook(tmp_path / "浒湾乡（校验结果）.xlsx")
    assert "校验汇总" in made.sheetnames
    assert window.toasts.shown()[0].accessibleName() == "校验结果写好了"
    assert press_names(window.toasts.shown()[0])[1:] == ["打开文件夹"]
    assert assistant.stage() == LOOK
    write(qtbot, assistant)
    assert not assistant._seen.moved  # the register of what left is no change of the ledger
    assistant._return.click()
    settle(qtbot, lambda: len(suggested) == 2 and not assistant._jobs.running())
    assert suggested[1] != suggested[0]  # the first one is not overwritten unasked
    assert (tmp_path / suggested[1]).is_file()
    assert assistant.stage() == DONE


def press_names(root) -> list[str]:
    return [b.words for b in root.findChildren(Button)]


def test_work_can_be_stopped_and_leaves_nothing(
    qtbot, assistant, ledger, tmp_path, monkeypatch
) -> None:
    began = threading.Event()

    def slow(ledger, tables, decisions, making, progress):
        began.set()
        while True:
            progress(1, 100, "正在核对")
            threading.Event().wait(0.01)

    monkeypatch.setattr("ledger_desk.ui.dialogs.importing.rehearse", slow)
    head = ledger.head()
    read(qtbot, assistant, book(tmp_path / "甲.xlsx", 名单=[HEADS, firm(1)]))
    assistant.go_on()
    settle(qtbot, began.is_set)
    press(qtbot, Qt.Key.Key_Return)  # a second Enter must not stop it
    assert assistant._job is not None
    assistant._busy.stop_button.click()
    settle(qtbot, lambda: assistant._job is None, 1_000)
    assert assistant.stage() == MATCH
    assert ledger.head() == head


@pytest.mark.parametrize("factor", EACH_SIZE)
def test_nothing_is_cut_off_around_the_table_or_near_a_row(
    qtbot, assistant, ledger, window, theme, tmp_path, factor
) -> None:
    theme.set(factor=factor)
    window.resize(1366, 768)
    path = doubtful(tmp_path / "浒湾乡.xlsx", ledger)
    made = load_workbook(path)
    made.create_sheet("沙窝镇").append(HEADS)
    made["沙窝镇"].append(firm(9))
    made.save(path)
    read(qtbot, assistant, path)
    found: list[str] = []

    def walk_here(where: str, widget) -> None:
        qtbot.wait(120)
        found.extend(f"{where}: {each}" for each in walk(widget))

    page = assistant.map_page()
    page.columns._picked(5, PickItem("founded", "成立日期"))
    ready(qtbot, assistant, MATCH)
    walk_here("对列", window)
    page.show_around()
    sheet = sheet_of(AroundSheet)
    open_sheet(qtbot, sheet)
    walk_here("来表与表头", sheet)
    sheet.reject()
    page._ticked([PickItem("名单", ""), PickItem("沙窝镇", "")])
    ready(qtbot, assistant, MATCH)
    walk_here("几张表", window)
    look(qtbot, assistant)
    view = assistant.result_view()
    for fate in ("doubtful", "wrong", "new"):
        view.choose(fate)
        walk_here(fate, window)
        view.open_row()
        open_sheet(qtbot, view._sheet)
        walk_here(f"{fate} from near", view._sheet)
        view._sheet.reject()
    assert found == [], "\n".join(found)
