"""Files of firms on paper: two hundred dossiers in one PDF, against a bare canvas of the same texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

FIRMS = 200
Clock = Callable[[], None]


def _ledger(folder: Path) -> Path:
    """A ledger of 200 firms with people, years, loans with money out and back, and assets."""
    import datetime as dt

    from ledger_desk.model import records as r
    from ledger_desk.store.ledger import Ledger

    path = folder / "dossiers.ledger"
    if path.exists():
        return path
    day = dt.date(2024, 3, 1)
    with (
        Ledger.create(
            path, office=r.Office(name="基准专班", level="县级", division="411523")
        ) as ledger,
        ledger.step("建") as step,
    ):
        bank = step.create(r.Bank(name="某某农村商业银行", type="农信系统"))
        firms = step.create_many(
            r.Enterprise,
            [
                {"name": f"新县{n}号𬭎茶业有限责任公司", "person": "张三", "phone": "13812345678",
                 "township": "411523205", "industry": "1530", "staff": n, "revenue": n * 10**8,
                 "scope": "茶叶种植、加工、销售；农副产品收购；" * 6, "founded": day}
                for n in range(FIRMS)
            ],
        )  # fmt: skip
        for cls, rows in (
            (r.Associate, [{"enterprise": e, "name": f"股东{k}", "role": "股东", "share": 250_000}
                           for e in firms for k in range(4)]),
            (r.Finance, [{"enterprise": e, "year": y, "revenue": 10**9, "assets": 10**9, "debts": 10**8}
                         for e in firms for y in (2023, 2024)]),
            (r.Utility, [{"enterprise": e, "kind": "用电", "month": f"2024-{m:02}", "used": 10**9, "fee": 10**6}
                         for e in firms for m in range(1, 13)]),
            (r.Asset, [{"enterprise": e, "kind": "房产", "name": f"厂房{k}", "value": 10**9}
                       for e in firms for k in range(3)]),
        ):  # fmt: skip
            step.create_many(cls, rows)
        loans = step.create_many(
            r.Loan,
            [{"enterprise": e, "bank": bank, "contract": f"HT{k}", "signed_on": day, "amount": 10**8}
             for e in firms for k in range(3)],
        )  # fmt: skip
        for cls in (r.Drawdown, r.Repayment):
            step.create_many(
                cls, [{"loan": one, "day": day, "amount": 10**7} for one in loans for _ in range(3)]
            )
    return path


def _booklets(path: Path) -> tuple[list[object], list[str]]:
    from ledger_desk.model.records import Enterprise
    from ledger_desk.reports.dossier import Options, dossiers
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.queries import Query

    with Ledger.open(path, read_only=True) as ledger:
        with ledger.read() as rows:
            ids = rows.ids(Query(Enterprise))
        return list(dossiers(ledger, ids, Options())), ids


def dossiers_floor(folder: Path, tick: Clock) -> int:
    """Each text of the same files set once on a canvas with the same fonts, forty lines a page."""
    from reportlab.pdfgen.canvas import Canvas

    from ledger_desk.workbook.fonts import SERIF, face

    booklets, _ = _booklets(_ledger(folder))
    texts: list[list[str]] = []
    for booklet in booklets:
        found: list[str] = []
        for chapter in booklet.chapters:
            for block in chapter.blocks:
                for row in (*getattr(block, "rows", ()), *getattr(block, "pairs", ())):
                    found += [text for text in row if text]
        texts.append(found)
    tick()
    face(SERIF)
    canvas = Canvas(str(folder / "floor.pdf"), pageCompression=1, initialFontName=SERIF)
    for found in texts:
        for n, text in enumerate(found):
            if n % 80 == 0:
                canvas.showPage() if n else None
                canvas.setFont(SERIF, 10)
            canvas.drawString(60 + 240 * (n % 2), 780 - 18 * (n % 80 // 2), text)
        canvas.showPage()
    canvas.save()
    return len(texts)


def dossiers_ours(folder: Path, tick: Clock) -> tuple[int, str]:
    """Two hundred firms read, worded, laid out with contents and marks, and written."""
    path = _ledger(folder)
    tick()
    from ledger_desk.model.records import Enterprise
    from ledger_desk.reports.dossier import Options, draw
    from ledger_desk.store.ledger import Ledger
    from ledger_desk.store.queries import Query

    with Ledger.open(path, read_only=True) as ledger:
        with ledger.read() as rows:
            ids = rows.ids(Query(Enterprise))
        with (folder / "ours.pdf").open("wb") as out:
            written = draw(ledger, ids, out, Options())
    return written.booklets, f"{written.pages} pages"
