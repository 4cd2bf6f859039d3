"""差异说明: reported beside restated, and under each number the firms that moved it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ledger_desk.reports.periods.closings import title_of
from ledger_desk.reports.periods.moves import RowMove
from ledger_desk.reports.periods.restating import Restatement
from ledger_desk.reports.periods.wording import (
    cause_details,
    cause_words,
    difference,
    mover_line,
    sentence,
)
from ledger_desk.ui.buttons import Button
from ledger_desk.ui.dialogs.base import Dialog
from ledger_desk.ui.grid_panel import GridPanel
from ledger_desk.ui.grid_rows import Cell, GridColumn, GridRow, ListSource
from ledger_desk.ui.labels import label

_COLUMNS = (
    GridColumn("what", "项目、企业", width=250, essential=True, sortable=False),
    GridColumn("was", "报出数", "text", width=100, numeric=True, essential=True, sortable=False),
    GridColumn("now", "现在的数", "text", width=100, numeric=True, essential=True, sortable=False),
    GridColumn("gap", "增减", "text", width=92, numeric=True, essential=True, sortable=False),
    GridColumn("why", "原因", width=330, sortable=False, stretch=True),
)


class RestatementDialog(Dialog):
    """One restatement to be looked at, and from there on to paper or into a workbook.

    Signals:
        paper_wanted, list_wanted: What the person chose.
        record_wanted: Table and id of a firm or record to open.
    """

    paper_wanted = Signal()
    list_wanted = Signal()
    record_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None, told: Restatement) -> None:
        """Show a restatement."""
        closing = told.closing
        super().__init__(parent, f"差异说明　{title_of(closing)}", width=1040)
        self.told = told
        head = f"第 {closing.number} 次定稿，{closing.closed_on} 结账。"
        if told.same:
            self.body.add(
                label(f"{head}现在的数与报出的完全一致，没有要说明的差异。", "body", wrap=True)
            )
        else:
            parts = [f"{len(told.cells)} 个数不一样"] if told.cells else []
            parts += [f"清单 {len(told.rows)} 行有增减改动"] if told.rows else []
            self.body.add(label(f"{head}{'，'.join(parts)}。按回车打开那一户。", "dim", wrap=True))
        for each in told.changed_meaning:
            self.body.add(label(each, "explain", wrap=True))
        self.panel = GridPanel(
            ListSource(_COLUMNS, list(_lines(told))), noun="行", name="差异", frozen=1
        )
        high = (parent.height() if parent is not None else 700) - 290
        self.panel.setMinimumHeight(max(180, high))
        self.panel.setVisible(not told.same)
        self.panel.grid.opened.connect(self._open)
        self.body.add(self.panel)
        self.add_close()
        self.add_button(Button("存 Excel", self.list_wanted.emit, icon="file-spreadsheet"))
        self.add_button(
            Button("差异说明表，打印签字", self.paper_wanted.emit, icon="printer", kind="pri")
        )
        if not told.same:
            self.panel.grid.setFocus()

    def _open(self, key: str) -> None:
        table, _, rest = key.partition(":")
        record = rest.partition("#")[0]
        if table and record:
            self.accept()
            self.record_wanted.emit(table, record)


def _lines(told: Restatement) -> Iterator[GridRow]:
    for number, cell in enumerate(told.cells):
        head = f"{cell.cell}　{cell.title}"
        why = sentence(told, number)
        yield GridRow(
            f"#cell{number}", (head, cell.was, cell.now, difference(cell), Cell(why, note=why))
        )
        for leaf in cell.leaves:
            for place, mover in enumerate(leaf.movers):
                name, kind, was, now, gap, details = mover_line(told, number, leaf, mover)
                word = cause_words(told.causes_of(number, leaf, mover))
                shown = f"{kind}　{word}" if details == word else f"{kind}　{details}"
                key = f"{mover.who[0]}:{mover.who[1]}#{number}.{leaf.place}.{place}"
                yield GridRow(key, (f"　　{name}", was, now, gap, Cell(shown, note=details)))
    for number, row in enumerate(told.rows):
        key = f"{row.who[0]}:{row.who[1]}#row{number}"
        why = cause_details(told.causes_of_row(row))
        was, now = _sides(row)
        yield GridRow(
            key, (f"清单　{row.label}", was, now, row.kind, Cell(f"{_said(row)}{why}", note=why))
        )


def _sides(row: RowMove) -> tuple[str, str]:
    """Of one changed cell both texts; of a row that came or left whether it was there."""
    if row.kind == "变动":
        return ("", "") if len(row.changes) > 1 else row.changes[0][1:]
    return ("", "有") if row.kind == "列入" else ("有", "")


def _said(row: RowMove) -> str:
    if row.kind != "变动":
        return ""
    if len(row.changes) == 1:
        return f"{row.changes[0][0]}　"
    return (
        "；".join(f"{name} {was or '空'} → {now or '空'}" for name, was, now in row.changes) + "　"
    )
