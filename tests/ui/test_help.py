"""The help: topics are whole and true, F1 opens the one of the page, search finds, nothing is cut off."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ledger_desk import paths
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.help import show_help
from ledger_desk.ui.help.clauses import clause_topic
from ledger_desk.ui.help.places import places_of
from ledger_desk.ui.help.rendering import to_html, to_results
from ledger_desk.ui.help.topics import EVERYWHERE, Topic, find, load_topics, topic_for
from ledger_desk.ui.help.window import HelpWindow
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.main_window import MainWindow
from ledger_desk.ui.page import Page
from ledger_desk.ui.records.covered import CoveredPage
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.ui.theme import Theme
from tests.conftest import Practised
from tests.ui.walk import ALLOWED, walk

TOPICS = load_topics(paths.resources() / "help")
SHOWN = (*TOPICS, clause_topic())  # the window adds one that is made of clauses.toml
BY_KEY = {topic.key: topic for topic in TOPICS}
SOURCE = Path(__file__).resolve().parents[2] / "src" / "ledger_desk"
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


@cache
def _texts_of(path: Path) -> frozenset[str]:
    """Every text constant of one file, docstrings left away."""
    found: set[str] = set()
    docs: set[int] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr):
            docs.add(id(node.body[0].value))  # met before its constant is: the walk goes down
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
        ):
            found.add(node.value)
    return frozenset(found)


@cache
def strings(folder: str) -> str:
    """Every text constant of the program below a folder, one after another."""
    texts = (_texts_of(path) for path in sorted((SOURCE / folder).rglob("*.py")))
    return "\x00".join(text for some in texts for text in some)


@cache
def class_names() -> frozenset[str]:
    files = (path.read_text(encoding="utf-8") for path in (SOURCE / "ui").rglob("*.py"))
    return frozenset(name for text in files for name in re.findall(r"^class (\w+)", text, re.M))


# -- topics --------------------------------------------------------------------------------------


def test_all_matters_have_a_topic() -> None:
    wanted = (
        "经营主体", "装入名单", "首贷培植", "报表", "填报数", "审核", "撤销与修改记录", "备份与还原",
        "密码", "人员", "键盘", "账套文件与U盘", "链头与防改", "常见问题",
    )  # fmt: skip
    assert set(wanted) <= {topic.title for topic in TOPICS}
    assert all(topic.body and len(topic.body) < 3_000 for topic in TOPICS)
    assert len(BY_KEY) == len(TOPICS)


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
def test_each_quoted_word_stands_on_the_screen(topic: Topic) -> None:
    words = re.findall("「([^」]+)」", topic.body)
    assert [word for word in words if word not in strings("ui")] == []


def test_each_sentence_of_the_questions_is_said_by_the_program() -> None:
    said = re.findall(r"(?m)^## “(.+)”$", BY_KEY["questions"].body)
    assert len(said) > 12
    assert [each for each in said if each not in strings(".")] == []


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
def test_links_lead_to_topics(topic: Topic) -> None:
    assert set(re.findall(r"\]\(([^)]+)\)", topic.body)) <= BY_KEY.keys()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.key)
def test_topics_speak_chinese(topic: Topic) -> None:
    text = re.sub(r"`[^`]*`|\([\w-]+\)|“-?\w+”", " ", topic.title + topic.body)
    assert set(re.findall(r"[A-Za-z]{2,}", text)) <= ALLOWED | {"fcitx"}


def test_the_help_says_what_the_chain_does_not_stop() -> None:
    assert "另造一条完整的假链" in BY_KEY["chain"].body


def test_a_class_named_as_a_place_exists() -> None:
    named = {place for topic in TOPICS for place in topic.where if place[0].isupper()}
    assert {"EntryPage", "ImportAssistant", "DossierPage"} <= named <= class_names()


# -- the pages of the program --------------------------------------------------------------------


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path, practised: Practised) -> Iterator[Desk]:
    """The real pages on a copy of it."""
    path = practised(tmp_path / "新县练习.账套", firms=12, today=date(2024, 11, 20))
    made = Desk(Ledger.open(path), theme, Jobs())
    for entry in entries(made):
        made.add(entry)
    made.window.resize(1366, 768)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not made.jobs.running(), timeout=20_000)
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


def pages(desk: Desk) -> list[str]:
    return [item.key for item in desk.window.navigation.items()]


def keys_in(root: QWidget) -> set[str]:
    """Keys that stand in buttons or are shortcuts of what is visible below a widget."""
    found = {
        key
        for button in root.findChildren(Button)
        if button.isVisible() and (key := button.text().partition("  ")[2].split(" ")[0])
    }
    for shortcut in root.findChildren(QShortcut):
        owner = shortcut.parent()
        if isinstance(owner, QWidget) and owner.isVisible():
            found.add(shortcut.key().toString().replace("PgDown", "PgDn"))
    return found - {""}


def keys_of(body: str) -> set[str]:
    """Keys in the tables of a topic."""
    rows = [line for line in body.splitlines() if line.startswith("|")]
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def undocumented(window: MainWindow, root: QWidget, key: str) -> set[str]:
    topic = topic_for(TOPICS, places_of(window, key))
    return keys_in(root) - keys_of(topic.body) - keys_of(BY_KEY[EVERYWHERE].section(0))


def test_each_page_has_its_own_topic_with_all_its_keys(desk: Desk, qtbot: QtBot) -> None:
    for key in pages(desk):
        desk.window.show_page(key)
        qtbot.waitUntil(lambda: not desk.jobs.running(), timeout=20_000)
        assert key in topic_for(TOPICS, [key]).where
        assert undocumented(desk.window, desk.window.page(key), key) == set(), key


def test_each_tab_of_the_settings_names_its_keys(desk: Desk, qtbot: QtBot) -> None:
    page = desk.window.page("settings")
    desk.window.show_page("settings")
    titles = {}
    tabs = (
        "office", "people", "banks", "offices", "backups", "safety", "steps", "looks",
    )  # fmt: skip
    for tab in tabs:
        page.show_tab(tab)  # type: ignore[attr-defined]
        qtbot.waitUntil(lambda: not desk.jobs.running(), timeout=20_000)
        titles[tab] = topic_for(TOPICS, places_of(desk.window, "settings")).title
        assert undocumented(desk.window, page, "settings") == set(), tab
    assert titles["backups"] == "备份与还原"
    assert titles["steps"] == "撤销与修改记录"
    assert titles["safety"] == "密码"
    assert titles["looks"] == "设置与备份"


@pytest.mark.parametrize(
    ("page", "open_it", "title"),
    [
        ("enterprises", "open_import", "装入名单"),
        ("enterprises", "begin", "登记和修改档案"),
        ("first_loan", "begin_contact", "记一次对接"),
        ("reports", "open_designing", "用新表样做报表"),
    ],
)
def test_what_covers_a_page_has_its_own_topic_with_all_its_keys(
    desk: Desk, qtbot: QtBot, page: str, open_it: str, title: str
) -> None:
    desk.window.show_page(page)
    getattr(desk.window.page(page), open_it)()
    qtbot.waitUntil(lambda: not desk.jobs.running(), timeout=20_000)
    assert topic_for(TOPICS, places_of(desk.window, page)).title == title
    covering = desk.window.page(page)
    assert isinstance(covering, CoveredPage)
    assert covering.cover_view is not None
    assert undocumented(desk.window, covering.cover_view, page) == set()


def test_f1_opens_the_help_of_the_real_window(desk: Desk, qtbot: QtBot) -> None:
    desk.window.show_page("first_loan")
    qtbot.waitUntil(lambda: not desk.jobs.running(), timeout=20_000)
    QTest.keyClick(desk.window, Qt.Key.Key_F1)
    assert help_of(desk.window).topic().title == "首贷培植"


# -- finding -------------------------------------------------------------------------------------


def test_search_finds_by_button_by_other_words_and_by_sentence() -> None:
    assert find(TOPICS, "撤销")[0].topic.key == "undo"
    assert find(TOPICS, "篡改")[0].topic.key == "chain"  # stands among the other words only
    assert [hit.topic.key for hit in find(TOPICS, "正被 占用")] == ["questions"]
    assert "占用" in find(TOPICS, "正被 占用")[0].sentence
    assert {hit.topic.key for hit in find(TOPICS, "f12")} >= {"first_loan", "contact", "keyboard"}
    assert find(TOPICS, "没有这样的词") == []
    assert find(TOPICS, "  ") == []


def test_marks_become_rich_text_and_nothing_of_a_search_becomes_markup() -> None:
    made = to_html(
        "甲", "## 乙\n- 按「保存」\n- `F5`\n\n1. 丙\n\n| 键 | 做 |\n| --- | --- |\n| `F8` | 丁 |"
    )
    for part in ("「保存」</span>", "F5&nbsp;</span>", "<ol><li>丙", "<th>键</th>", "丁</td>"):
        assert part in made
    assert "---" not in made
    assert "<b>" not in to_results("<b>撤销", [])
    assert '<span class="hit">撤销</span>' in to_results("撤销", find(TOPICS, "撤销"))


# -- the window ----------------------------------------------------------------------------------


@pytest.fixture
def shell(window: MainWindow) -> MainWindow:
    """A shell with two plain pages, the help wired as the program wires it."""
    for key, title in (("enterprises", "经营主体"), ("reports", "报表")):
        window.add_page(key, title, "report", Page(title))
    window.help_wanted.connect(partial(show_help, window))
    window.show()
    return window


def help_of(window: MainWindow) -> HelpWindow:
    found = window.findChildren(HelpWindow)
    assert len(found) == 1
    return found[0]


def test_f1_opens_the_topic_of_the_page_in_the_one_help_window(shell: MainWindow) -> None:
    for key, title in (("enterprises", "经营主体"), ("reports", "报表")):
        shell.show_page(key)
        QTest.keyClick(shell, Qt.Key.Key_F1)
        help_window = help_of(shell)
        assert help_window.isVisible()
        assert help_window.topic().title == title
        shown = help_window.text.toPlainText()
        assert shown.startswith(title)
        assert "每一页都能用的键" in shown


def test_the_nearest_place_decides(shell: MainWindow) -> None:
    page = shell.page("reports")
    page.tabs = Tabs([Tab("people", "人员")])  # type: ignore[attr-defined]
    assert list(places_of(shell, "reports")) == ["reports/people", "reports"]
    assert topic_for(TOPICS, ["nowhere"]).key == "start"


def test_search_shows_results_enter_opens_the_first_and_escape_goes_back(
    shell: MainWindow, qtbot: QtBot
) -> None:
    show_help(shell, "reports")
    window = help_of(shell)
    window.search.setFocus()
    window.search.setText("备份")  # QTest types Latin only
    assert "个专题里" in window.text.toPlainText()
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert window.topic().key == "backups"
    assert window.text.extraSelections()
    qtbot.waitUntil(window.isActiveWindow)  # shortcuts belong to the window in front
    QTest.keyClick(window.text, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: window.topic().key == "reports")  # a button goes down for a moment
    window.search.setText("没有这样的词")
    assert "没有找到“没有这样的词”" in window.text.toPlainText()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.text.toPlainText().startswith("报表")
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_links_and_contents_lead_to_topics_and_nowhere_else(shell: MainWindow) -> None:
    show_help(shell, "enterprises")
    window = help_of(shell)
    window.text.anchorClicked.emit(QUrl("importing"))
    assert window.topic().key == "importing"
    window.text.anchorClicked.emit(QUrl("http://example.invalid/"))
    assert window.topic().key == "importing"
    window.list.setCurrentRow(0)
    assert window.topic() == TOPICS[0]
    assert window.text.loadResource(2, QUrl("http://example.invalid/a.png")) is None


def test_the_help_closes_with_the_program(shell: MainWindow) -> None:
    show_help(shell)
    window = help_of(shell)
    shell.close()
    assert not window.isVisible()


@pytest.mark.parametrize(("factor", "high"), [(1.0, 660), (2.0, 698)])
def test_nothing_in_the_help_window_is_cut_off(
    shell: MainWindow, theme: Theme, factor: float, high: int
) -> None:
    theme.set(factor=factor)
    for topic in SHOWN:
        show_help(shell, "reports")
        window = help_of(shell)
        window.resize(min(1366, round(960 * factor)), high)
        window.show_topic(topic.key)
        assert [str(each) for each in walk(window)] == []
        bar = window.text.horizontalScrollBar()
        assert bar.maximum() == 0, f"{topic.key} is wider than its place by {bar.maximum()}"


def test_a_narrow_window_has_the_contents_in_a_menu(shell: MainWindow) -> None:
    show_help(shell, "reports")
    window = help_of(shell)
    window.resize(500, 600)
    assert not window.list.isVisible()
    assert window.menu.isVisible()
    actions = window.menu.menu().actions()
    assert [action.text() for action in actions] == [topic.title for topic in SHOWN]
    actions[-1].trigger()
    assert window.topic() == SHOWN[-1]
    assert [str(each) for each in walk(window)] == []


def test_a_clause_leads_to_the_page_where_it_is_done(shell: MainWindow) -> None:
    shell.show_page("enterprises")
    show_help(shell, "enterprises")
    window = help_of(shell)
    window.show_topic("clauses")
    assert "推荐清单" in window.text.toPlainText()
    window.text.anchorClicked.emit(QUrl("page-reports"))
    assert shell.page_key() == "reports"
    assert window.isVisible()
    assert window.topic().key == "clauses"
