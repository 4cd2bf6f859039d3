"""The views of the page: the white list by state, the period's matchings by what happened, helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ledger_desk.ui.pages.first_loan.contact_list import DRAWN, GRANTED, MET, WRONG

Kind = Literal["white", "contacts", "helps"]


@dataclass(frozen=True)
class View:
    """One tab: which list it shows, and what of it."""

    key: str
    word: str
    kind: Kind
    value: str = ""
    mark: str | None = None


VIEWS = (
    View("all", "白名单", "white"),
    View("growing", "培植中", "white", "培植中"),
    View("loaned", "已获贷", "white", "已获贷"),
    View("left", "退出", "white", "退出"),
    View("contacts", "本期对接", "contacts"),
    View("granted", "授信", "contacts", GRANTED),
    View("drawn", "放款", "contacts", DRAWN),
    View("wrong", "要改", "contacts", WRONG, "must"),
    View("helps", "本期帮扶", "helps"),
)
BY_KEY = {view.key: view for view in VIEWS}
OF_STAGE = {"": "all", MET: "contacts", GRANTED: "granted", DRAWN: "drawn"}
"""Stage of the funnel → the view that it opens."""

NOTHING: dict[str, str] = {
    "all": "培植名单还是空的。从“更多”里的“加入名单”挑企业进来。",
    "growing": "没有正在培植的企业。",
    "loaned": "名单里还没有获贷的企业。",
    "left": "还没有企业退出培植。",
    "granted": "本期还没有授信。",
    "drawn": "本期还没有放款。",
    "wrong": "本期的对接没有要改的。",
    "helps": "本期还没有记帮扶。在名单里点一户，按“记帮扶”。",
    "contacts": "本期还没有银企对接。按 F12 记第一笔。",
}
