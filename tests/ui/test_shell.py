"""The shell: pages, keys, layouts, status; and the walk over a page of every widget."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ledger_desk.ui import theme as themes
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import GridColumn, GridRow, ListSource
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.modes import mode_of
from ledger_desk.ui.page import Page
from ledger_desk.ui.widgets import (
    Bar,
    Button,
    Card,
    CheckBox,
    Column,
    DayField,
    EmptyState,
    Field,
    Form2,
    NextStep,
    Notice,
    Option,
    Picker,
    PickItem,
    Row,
    Segmented,
    Stepper,
    Tab,
    Tabs,
    Tag,
    TextArea,
    TextField,
    label,
    pick_from,
)
from tests.ui.walk import walk, walk_pages

COLUMNS = (
    GridColumn("name", "经营主体名称", width=160, essential=True),
    GridColumn("town", "乡镇", width=80, essential=True),
    GridColumn("need", "需求(万元)", "money", 96, unit="万元"),
)
ROWS = [GridRow(f"r{n}", (f"练习企业{n}", "新集镇", f"{n}.00")) for n in range(40)]


class ListPage(Page):
    """A page with a grid and a pane."""

    def __init__(self) -> None:
        super().__init__("经营主体")
        self.entries = 0
        self.head.set_counts("共 12,846 户，筛出 1,284 户", "1,284 户")
        self.head.add_button(Button("列", icon="columns-3"))
        self.head.add_button(Button("导出 1,284 户", icon="file-export"))
        self.new = self.head.add_button(Button("新增", kind="pri", key="F12"))
        self.body.add(Tabs([Tab("all", "全部", 12846), Tab("must", "有必改", 26, "must")]))
        self.panel = GridPanel(ListSource(COLUMNS, ROWS), checks=True, totals=True)
        self.body.add(self.panel, stretch=1)
        pane = QWidget()
        column = Column(pane, margins=16)
        column.add(label("沙窝绿源油茶厂", "heading"), Tag("首贷户", "ok", "done"))
        column.add(Bar(92, detail="34 / 37 必填"))
        self.open = Button("打开档案", kind="pri")
        column.add(self.open).push()
        self.set_pane(pane)

    def entered(self) -> None:
        self.entries += 1

    def first_focus(self) -> QWidget:
        return self.panel.grid


class FormPage(Page):
    """A page with one of every field."""

    def __init__(self) -> None:
        super().__init__("丰禾茶业专业合作社", scroll=True)
        self.head.add_button(Button("打印档案", icon="printer"))
        towns = pick_from([PickItem("100", "新集镇", "100", ("xjz",))])
        wrong = Field("信用代码", TextField("91411523MA3XK7Q21B"), required=True)
        wrong.say("must", "校验码应为 9，末位填成了 B。核对执照，或写明原因")
        history = Field("联系电话", TextField("138 0397 2261"))
        history.set_history(3)
        choice = Segmented([Option(1, "符合", "ok"), Option(2, "不符合", "zhu")], 1)
        self.form = Form2().add(
            Field("名称", TextField("丰禾茶业专业合作社"), required=True),
            wrong,
            Field("所属乡镇", Picker(towns, PickItem("100", "新集镇"))),
            Field("注册资本", TextField("5,000.00", numeric=True), unit="万元"),
            history,
            Field("划型", TextField("不适用", computed=True)),
            Field("五项标准", choice),
            Field("成立日期", DayField(dt.date(2024, 11, 20))),
        )
        self.form.add_wide(Field("备注", TextArea("", "写一句", lines=2)))
        card = Card("基本信息", mark="half")
        card.body.add(self.form)
        self.body.add(Stepper(["选文件", "认表头", "对列", "看将要发生什么", "应用"], 3))
        self.body.add(Notice("done", "账没有受影响。已安全保存到 14:03:27"), card)
        self.body.add(Row().add(CheckBox("只看未说明")).push()).push()
        self.bottom.say(label("必改 2", "must"))
        self.bottom.push()
        self.bottom.add_button(Button("上一户"))
        self.bottom.add_button(Button("下一节：股东与关联人", kind="pri"))

    def set_mode(self, mode, *, very_short: bool = False) -> None:
        super().set_mode(mode, very_short=very_short)
        if hasattr(self, "form"):
            self.form.set_columns(1 if mode == "single" else 2)


class EmptyPage(Page):
    """A page with nothing yet."""

    def __init__(self) -> None:
        super().__init__("报表", scroll=True)
        step = NextStep(
            "file-import", "装入名录", "Excel、WPS、CSV 都行", "选文件…", self.update, True
        )
        self.body.add(EmptyState("这本账还没有经营主体", "先放进一份名单。", [step])).push()


@pytest.fixture
def full_window(qtbot, window: MainWindow) -> MainWindow:
    window.add_page("list", "经营主体", "building-store", ListPage())
    window.add_page("form", "首贷培植", "plant", FormPage())
    window.add_page("empty", "报表", "report", EmptyPage(), "numbers")
    window.add_page("set", "设置与备份", "settings", Page("设置与备份"), "settings")
    window.set_ledger("新县专班 2024", "县级", file_name="新县专班 2024.账套")
    window.set_periods([PickItem("2024-11", "2024年11月")], "2024-11")
    window.set_undo("改了企业名称")
    window.status.set_rows("1,284 户")
    window.status.set_backup("备份 13:30 U 盘、本机均已核验")
    window.status.set_saved(dt.datetime(2024, 11, 6, 14, 3, 27))
    window.show()
    qtbot.waitExposed(window)
    return window


def test_every_widget_fits_and_speaks_chinese_at_100_and_200_percent(full_window) -> None:
    assert walk_pages(full_window) == []


@pytest.mark.slow
@pytest.mark.parametrize("factor", [1.25, 1.5])
def test_every_widget_fits_at_the_sizes_between(full_window, factor: float) -> None:
    assert walk_pages(full_window, factors=[factor]) == []


def test_the_walk_finds_what_is_wrong(qtbot, full_window) -> None:
    page = full_window.page("set")
    cut = label("一句放不下的很长很长的话")
    cut.setFixedWidth(40)
    unnamed = TextField("x")
    small = Button("小")
    small.setFixedSize(20, 20)
    english = Button("Cancel")
    page.body.add(cut, unnamed, small, english).push()
    full_window.show_page("set")
    kinds = {each.kind for each in walk(full_window)}
    assert kinds >= {"text", "unnamed", "small", "latin"}


def test_pages_stand_in_groups_and_open_by_position(qtbot, full_window) -> None:
    assert [item.key for item in full_window.navigation.items()] == ["list", "form", "empty", "set"]
    with qtbot.waitSignal(full_window.page_changed) as told:
        qtbot.keyClick(full_window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert told.args == ["form"]
    assert full_window.page_key() == "form"


def test_a_page_is_told_each_time_it_comes_to_the_front(full_window) -> None:
    page = full_window.page("list")
    before = page.entries
    full_window.show_page("form")
    full_window.show_page("list")
    assert page.entries == before + 1


def test_layouts_follow_the_logical_width() -> None:
    assert [mode_of(1366, factor) for factor in (1.0, 1.25, 1.5, 2.0)] == [
        "full",
        "drawer",
        "narrow",
        "single",
    ]


def test_the_pane_becomes_a_drawer_and_the_navigation_a_button(qtbot, theme, full_window) -> None:
    page = full_window.page("list")
    assert page.pane.isVisible()
    theme.set(factor=1.25)
    qtbot.wait(1)
    assert not page.pane.isVisible()
    page.head.pane_button.click()
    assert page.pane.isVisible()
    assert page.pane.geometry().right() == page.rect().right()
    page.close_pane()
    assert not page.pane.isVisible()
    theme.set(factor=2.0)
    qtbot.wait(1)
    assert not full_window.navigation.isVisible()
    assert full_window.bar.navigation.isVisible()
    assert "经营主体" in full_window.bar.navigation.text()
    theme.set(factor=1.0)
    qtbot.wait(1)
    assert page.pane.isVisible()
    assert full_window.navigation.isVisible()


def test_rare_buttons_move_into_a_menu_when_narrow_and_keep_working(
    qtbot, theme, full_window
) -> None:
    page = full_window.page("list")
    pressed: list[str] = []
    page.head.buttons()[0].clicked.connect(lambda: pressed.append("列"))
    theme.set(factor=2.0)
    qtbot.wait(1)
    assert not page.head.buttons()[0].isVisible()
    assert page.new.isVisible()
    page.head.more.menu().actions()[0].trigger()
    assert pressed == ["列"]


def test_f6_goes_round_navigation_page_pane_and_toast(qtbot, full_window) -> None:
    page = full_window.page("list")
    full_window.activateWindow()
    full_window.toasts.undo("已删除 3 条经营主体", "", [("撤销  Ctrl+Z", full_window.update)])
    qtbot.wait(1)
    page.panel.grid.setFocus()
    met: list[str] = []
    for _ in range(4):
        full_window.next_area()
        here = QApplication.focusWidget()
        met.append(here.accessibleName().split("，")[0])
    assert met == ["打开档案", "撤销  Ctrl+Z", "经营主体", "表格"]


def test_search_tells_what_is_typed_after_a_moment_and_at_once_on_enter(qtbot, full_window) -> None:
    box = full_window.bar.search
    with qtbot.waitSignal(full_window.searched, timeout=2000) as told:
        qtbot.keyClicks(box, "ls")
    assert told.args == ["ls"]
    told_now: list[str] = []
    full_window.searched.connect(told_now.append)
    qtbot.keyClicks(box, "cy")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told_now == ["lscy"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert told_now == ["lscy", ""]


def test_undo_names_its_step_and_is_off_when_there_is_none(qtbot, full_window) -> None:
    assert "改了企业名称" in full_window.bar.undo.toolTip()
    assert not full_window.bar.redo.isEnabled()
    with qtbot.waitSignal(full_window.undo_wanted):
        qtbot.keyClick(full_window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    full_window.set_undo(None)
    assert not full_window.bar.undo.isEnabled()


def test_a_practice_ledger_says_so_in_the_bar(full_window) -> None:
    full_window.set_ledger("练兵县专班", "县级", practice=True)
    assert "练习" in full_window.bar.ledger.text()
    ground = full_window.bar.grab().toImage().pixelColor(3, 3).name().upper()
    tokens = themes.look().tokens
    assert ground in (tokens.practice, tokens.practice2)


def test_the_status_bar_keeps_saved_when_everything_else_goes(qtbot, theme, full_window) -> None:
    assert "已安全保存 14:03:27" in full_window.status.findChild(QWidget, "saved").text()
    theme.set(factor=2.0)
    qtbot.wait(1)
    assert full_window.status.findChild(QWidget, "saved").text() == "已存 14:03"
    full_window.status.say("校验码应为 9")
    assert full_window.status.text() == "校验码应为 9"
    full_window.status.set_selection("已选 3 户")
    assert full_window.status.text() == "1,284 户　已选 3 户"


def test_at_most_two_toasts_stand_beside_undo(qtbot, full_window) -> None:
    for number in range(4):
        full_window.toasts.done(f"已导入 {number} 行")
    full_window.toasts.undo("已删除 3 条")
    qtbot.wait(1)
    names = [toast.accessibleName() for toast in full_window.toasts.shown()]
    assert names == ["已删除 3 条", "已导入 2 行", "已导入 3 行"]
    full_window.toasts.clear_undo()
    assert len(full_window.toasts.shown()) == 2


def test_toasts_do_not_cover_one_another(qtbot, theme, full_window) -> None:
    for factor in (1.0, 2.0):
        theme.set(factor=factor)
        full_window.toasts.undo(
            "已删除 3 条经营主体", "都在回收站里", [("撤销", full_window.update)]
        )
        full_window.toasts.done("已导入 326 行", "新增 310、变更 12、跳过 4。有 4 行要你看一眼。")
        qtbot.wait(5)
        boxes = [toast.geometry() for toast in full_window.toasts.shown()]
        assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :]), (
            f"{factor}: {boxes}"
        )
