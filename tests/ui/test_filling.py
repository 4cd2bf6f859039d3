"""填上级来表 by keyboard alone: the urgent tables through the window in at most twelve keystrokes each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from ledger_desk.exchange.dispatching import listing
from ledger_desk.model.records import Enterprise, Office
from ledger_desk.reports.filling import opening
from ledger_desk.store.ledger import Ledger
from ledger_desk.ui.desk import Desk
from ledger_desk.ui.desk_pages import entries
from ledger_desk.ui.filling.assistant import DONE, LOOK, MATCH, FillAssistant
from ledger_desk.ui.jobs import Jobs
from ledger_desk.ui.theme import Theme
from ledger_desk.workbook import reading
from tests.reports.urgent_books import Judged, judge, make
from tests.reports.urgent_facts import BARE, build
from tests.reports.urgent_tables import TABLES, Urgent
from tests.ui.places import press, settle
from tests.ui.walk import walk

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
MOST = 12


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Desk]:
    path = tmp_path / "甲县.账套"
    office = Office(name="甲县工作专班", level="县级", division="411523")
    with Ledger.create(path, office=office) as ledger:
        build(ledger)
    made = Desk(Ledger.open(path), theme, Jobs())
    for entry in entries(made):
        made.add(entry)
    made.window.resize(1366, 768)
    made.show()
    made.window.activateWindow()
    qtbot.waitUntil(made.window.isActiveWindow)
    yield made
    qtbot.waitUntil(lambda: not made.jobs.running(), timeout=20_000)
    made.window.close()
    made.window.deleteLater()
    made.deleteLater()


@pytest.fixture(autouse=True)
def _read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a child for each small file would only cost time; real files go through it."""
    monkeypatch.setattr(
        opening, "read_guarded", lambda path, *, progress, **_: reading.read(path, progress)
    )


class Fingers:
    """Presses keys and counts them."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self._bot, self._desk, self.count = qtbot, desk, 0

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        self.count += 1
        press(self._bot, key, modifier or Qt.KeyboardModifier.NoModifier)

    def type(self, text: str) -> None:
        self.count += len(text)
        self._bot.keyClicks(QApplication.focusWidget(), text)

    def go_to_exchange(self) -> None:
        """The first nine pages have keys; 数据交换 lies two below them."""
        names = [item.key for item in self._desk.window.navigation.items()]
        self.press(Qt.Key.Key_9, ALT)
        self._desk.window.navigation.items()[8].setFocus(Qt.FocusReason.ShortcutFocusReason)
        for _ in range(names.index("exchange") - 8):
            self.press(Qt.Key.Key_Down)
        self.press(Qt.Key.Key_Return)
        settle(self._bot, lambda: self._desk.window.page_key() == "exchange")


def assistant_of(desk: Desk) -> FillAssistant:
    return desk.window.page("exchange").filling()  # type: ignore[attr-defined,no-any-return]


def at(qtbot: QtBot, desk: Desk, stage: int) -> FillAssistant:
    made = assistant_of(desk)
    settle(qtbot, lambda: made.stage() == stage and made._job is None)
    settle(qtbot, lambda: QApplication.focusWidget() is not None)
    return made


def through(qtbot: QtBot, desk: Desk, fingers: Fingers, table: Urgent) -> Path:
    """From 数据交换 to the written file; gives the file."""
    fingers.press(Qt.Key.Key_T, CONTROL)
    settle(qtbot, lambda: assistant_of(desk)._start.choose.hasFocus())
    fingers.press(Qt.Key.Key_Return)  # 选来表…
    fingers.count += 1  # Enter in the system's own dialog
    made = at(qtbot, desk, MATCH)
    plan = made.plan()
    assert plan is not None
    if plan.asked.empty and plan.asked.rows_are == "firms":
        settle(qtbot, made.side.firms.lineEdit().hasFocus)
        fingers.type("qb")
        settle(qtbot, made.side.firms.popup().isVisible)
        fingers.count += 1
        qtbot.keyClick(made.side.firms.popup(), Qt.Key.Key_Return)
        settle(qtbot, lambda: made._job is None and made._go.isEnabled())
        desk.window.activateWindow()  # the offscreen platform does not give it back after a list
        settle(qtbot, desk.window.isActiveWindow)
        made._go.setFocus()
    assert made._go.hasFocus()
    fingers.press(Qt.Key.Key_Return)
    at(qtbot, desk, LOOK)
    assert made._go.hasFocus()
    fingers.press(Qt.Key.Key_Return)
    at(qtbot, desk, DONE)
    assert made._out is not None
    return made._out


@pytest.mark.parametrize(
    "tables",
    [pytest.param(TABLES[::4], id="some"), pytest.param(TABLES, id="all", marks=pytest.mark.slow)],
)
def test_each_urgent_table_is_filled_in_twelve_keystrokes(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], tables: Sequence[Urgent],
) -> None:  # fmt: skip
    waiting: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(waiting.pop()), ""))
    judged: list[Judged] = []
    most = 0
    for table in tables:
        waiting.append(make(table, tmp_path))
        desk.window.show_page("today")
        fingers = Fingers(qtbot, desk)
        fingers.go_to_exchange()
        out = through(qtbot, desk, fingers, table)
        judged += judge(table, out)
        assert fingers.count <= MOST, f"{table.name}: {fingers.count} keystrokes"
        most = max(most, fingers.count)
        press(qtbot, Qt.Key.Key_Escape)
    share = sum(each.right for each in judged) / len(judged)
    with capsys.disabled():
        print(f"\n{len(tables)} urgent tables through the window, at most {most} keystrokes each: "
              f"{share:.1%} of {len(judged)} columns are right")  # fmt: skip
    assert share >= 0.85
    assert len(
        [e for e in listing(desk.ledger) if "上级来表" in (e.dispatch.content or "")]
    ) == len(tables)


def test_gaps_are_typed_in_kept_and_copied(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = next(t for t in TABLES if t.name == "村级台账")
    path = make(table, tmp_path)
    desk.window.show_page("exchange")
    page = desk.window.page("exchange")
    page.open_filling(path)  # type: ignore[attr-defined]
    made = at(qtbot, desk, MATCH)
    assert not made._go.isEnabled()
    assert not walk(desk.window)
    made.side.firms_chosen.emit("all")
    settle(qtbot, lambda: made._job is None and made._go.isEnabled())
    made.go_on()
    at(qtbot, desk, LOOK)
    assert not walk(desk.window)
    plan = made.plan()
    assert plan is not None
    gap = next(g for g in plan.gaps if g.topic.id == "firm.person")
    made.look.copy()
    assert "13903970004" in QGuiApplication.clipboard().text()
    made.look.tabs.choose(str(gap.column))
    source = made.look.panel.grid.lazy_model()
    assert source.rowCount() == 1
    made.look.panel.grid.go_to(f"{gap.row}:{gap.column}", column=6)
    made.look.panel.grid.edit_current()
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "Meng Hefeng")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(qtbot, lambda: bool(made.look.typed))
    made.look.keep.setChecked(True)
    made.go_on()
    at(qtbot, desk, DONE)
    with desk.ledger.read() as rows:
        firm = rows.get(Enterprise, gap.firm)
    assert firm is not None
    assert firm.person == "Meng Hefeng"
    assert (desk.ledger.undo_name() or "").startswith("补填上级来表")
    desk.ledger.undo()
    with desk.ledger.read() as rows:
        firm = rows.get(Enterprise, gap.firm)
    assert firm is not None
    assert firm.person is None
    assert BARE == 4
