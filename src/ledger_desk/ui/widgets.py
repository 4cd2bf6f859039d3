"""Everything a page needs to be built of, in one place to import from."""

from __future__ import annotations

from ledger_desk.ui.bars import Bar, Stepper, Strip
from ledger_desk.ui.buttons import Button, MenuButton, fill_menu
from ledger_desk.ui.cards import Card, EmptyState, IconPicture, MarkLabel, NextStep, Nothing, Notice
from ledger_desk.ui.choices import CheckBox, Option, Segmented
from ledger_desk.ui.day_field import DayField, read_day
from ledger_desk.ui.fields import Field, TextArea, TextField
from ledger_desk.ui.labels import ElidedLabel, FittingLabel, dress, label
from ledger_desk.ui.layouts import Column, Form2, Row
from ledger_desk.ui.marks import Mark
from ledger_desk.ui.picker import Picker, PickItem, pick_from
from ledger_desk.ui.rules import DoubleRule, frame
from ledger_desk.ui.tabs import Tab, Tabs
from ledger_desk.ui.tags import Chip, Tag

__all__ = [
    "Bar",
    "Button",
    "Card",
    "CheckBox",
    "Chip",
    "Column",
    "DayField",
    "DoubleRule",
    "ElidedLabel",
    "EmptyState",
    "Field",
    "FittingLabel",
    "Form2",
    "IconPicture",
    "Mark",
    "MarkLabel",
    "MenuButton",
    "NextStep",
    "Nothing",
    "Notice",
    "Option",
    "PickItem",
    "Picker",
    "Row",
    "Segmented",
    "Stepper",
    "Strip",
    "Tab",
    "Tabs",
    "Tag",
    "TextArea",
    "TextField",
    "dress",
    "fill_menu",
    "frame",
    "label",
    "pick_from",
    "read_day",
]
