"""The two books of the page 小微园区, declared."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ledger_desk.model.records import Park, Tenancy
from ledger_desk.store.queries import Where
from ledger_desk.ui.books.book import Book, Deed, QuickView
from ledger_desk.ui.books.view import BookView
from ledger_desk.ui.pages.parks import deeds

Inside = Callable[[str, bool], object]
"""Shows the firms inside a park: its id, and whether only those without credit."""


def books(inside: Inside) -> tuple[Book, ...]:
    """The books; ``inside`` goes from a park to its firms."""
    return _parks(inside), _firms()


def _go(inside: Inside, without_credit: bool, _view: BookView, ids: list[str]) -> None:
    inside(ids[0], without_credit)


def _parks(inside: Inside) -> Book:
    return Book(
        key="parks", title="小微企业园", cls=Park, noun="个", name="园区",
        columns=("name", "stars", "inside", "credited", "share", "line", "short", "bank", "filed", "pilot", "risk_fund", "insured", "township"),
        sort=(("short", True),),
        views=(
            QuickView("short", "没达到比例", (Where("short", ">", 0), Where("inside", ">", 0)), nothing="都达到了。", mark="late"),
            QuickView("unfiled", "未建档", (Where("filed", "=", "未建档"),), nothing="都建档了。"),
            QuickView("nobank", "没有伙伴银行", (Where("bank", "blank"),), nothing="都有伙伴银行了。"),
            QuickView("pilot", "数字化园区", (Where("pilot", "in", ("数字化示范园区", "数字化试点园区")),), nothing="还没有数字化示范或试点园区。"),
        ),
        hint="登记园区和星级，再把园里的企业加进来，就能看授信比例够不够：四星、五星 70%，三星 60%，其他 50%（比例可以在“任务与口径”里改）。",
        begin_text="登记园区",
        deeds=(
            Deed("wanting", "看没有授信的", partial(_go, inside, True), icon="list-details", shortcut="Ctrl+L", many=False, reads=True, pri=True),
            Deed("letin", "加入园企业", deeds.let_in, icon="plus", many=False, pri=True),
            Deed("file", "登记建档", deeds.put_on_file, icon="clipboard-check", where=(Where("filed", "=", "未建档"),), why="都建档了"),
            Deed("firms", "看园里的企业", partial(_go, inside, False), icon="building-store", many=False, reads=True),
        ),
        locked={"filed_on": "建档日期由“登记建档”写：园里有企业才算建档。"},
        conditions=("stars", "township", "bank", "filed"),
        search=("name", "code", "operator"),
        children=("tenancy",),
    )  # fmt: skip


def _firms() -> Book:
    here = Where("inside", "=", True)
    return Book(
        key="firms", title="入园企业", cls=Tenancy, noun="户", name="入园企业",
        columns=("enterprise", "park", "park.stars", "credited", "enterprise.lenders", "enterprise.township", "since", "area", "focus", "until"),
        sort=(("park", False),),
        views=(
            QuickView("wanting", "没有授信的", (here, Where("credited", "=", False)), nothing="园里的企业都有授信了。", mark="late"),
            QuickView("credited", "有授信的", (here, Where("credited", "=", True)), nothing="还没有有授信的。"),
            QuickView("focus", "有重点问题的", (here, Where("focus", "notblank")), nothing="没有登记重点问题。"),
            QuickView("left", "已退园", (Where("inside", "=", False),), nothing="没有退园的。"),
        ),
        hint="在“小微企业园”里选一个园区，按“加入园企业”把名单贴进来；加进来的企业会打上“小微企业园”标签。",
        begin_text="登一户入园",
        deeds=(
            Deed("leave", "登记退园", deeds.leave, icon="arrow-right", where=(Where("until", "blank"),), why="都已经退园了", pri=True),
        ),
        locked={"until": "退园日期由“登记退园”写：标签也跟着收回。"},
        conditions=("park", "park.stars", "credited", "enterprise.township"),
    )  # fmt: skip
