"""Inputs of both sides: the same files and ledgers, made once a run from fixed seeds."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from random import Random

SEED = 20241122
LIST_ROWS = 50_000
FIRMS = int(os.environ.get("LEDGER_DESK_BENCH_FIRMS", "100000"))
MANY_FIRMS = int(os.environ.get("LEDGER_DESK_BENCH_MANY_FIRMS", "1000000"))
FORM_ROWS = 10_000
LARGE_ROWS = 100_000
TODAY = date(2024, 11, 20)

HEADINGS = (
    "企业名称", "统一社会信用代码", "法定代表人", "注册资本(万元)", "实收资本(万元)", "成立日期", "核准日期",
    "企业类型", "登记状态", "营业期限", "登记机关", "监管单位", "经营范围", "住所", "经营地址", "行业代码",
    "所属行业", "主营业务", "从业人数", "参保人数", "上年营业收入(万元)", "资产总额(万元)", "联系电话", "联络员",
    "联络员电话", "邮箱", "邮政编码", "所属网格", "所在地区", "备注",
)  # fmt: skip
_SURNAMES, _GIVEN = "程吕付陶申许方卢樊龚邱颜毛章苗", "慎行文昭长青远山若兰桂枝维岳振东子敬有田明哲"
_TRADES = ("茶叶", "板栗", "油茶", "建材", "餐饮", "农资", "服饰", "运输", "电子", "印刷")


def firm_rows(count: int = LIST_ROWS) -> list[tuple[object, ...]]:
    """Rows of a registry list with 30 columns, half text, with dates, money and long scopes."""
    from ledger_desk.model.identifiers import body_check_character, credit_check_character

    chance = Random(SEED)
    rows = []
    for number in range(count):
        body = f"MA{number:06d}"  # never twice the same code
        stem = f"91411523{body}{body_check_character(body)}"
        person = chance.choice(_SURNAMES) + "".join(chance.sample(_GIVEN, 2))
        trade = chance.choice(_TRADES)
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(8000))
        rows.append((
            f"新县{chance.choice(_GIVEN)}{chance.choice(_GIVEN)}{number}{trade}有限公司",
            stem + credit_check_character(stem), person, round(chance.random() * 900, 2),
            round(chance.random() * 300, 2), day, day + timedelta(days=400), "有限责任公司(自然人投资或控股)", "存续",
            f"{day.isoformat()}至无固定期限", "新县市场监督管理局", "新县新集镇市场监管所",
            f"{trade}种植、加工、销售；农副产品购销；道路货物运输（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
            f"河南省信阳市新县新集镇解放路{number % 500}号", f"新集镇工业园{number % 60}栋", chance.choice(("5111", "1530", "6210")),
            "批发业", f"{trade}销售", chance.randrange(300), chance.randrange(200), round(chance.random() * 5000, 2),
            round(chance.random() * 4000, 2), f"139{chance.randrange(10**8):08d}", person,
            f"138{chance.randrange(10**8):08d}", f"f{number}@example.com", "465550", f"网格{number % 90}", "信阳市", "",
        ))  # fmt: skip
    return rows


def list_file(folder: Path, count: int = LIST_ROWS) -> Path:
    """The registry list as .xlsx."""
    path = folder / f"list-{count}.xlsx"
    if not path.exists():
        import xlsxwriter

        book = xlsxwriter.Workbook(
            str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
        )
        sheet = book.add_worksheet("名录")
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(firm_rows(count), start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, value)
                else:
                    sheet.write(number, column, value)
        book.close()
    return path


def ledger_file(folder: Path, firms: int = FIRMS) -> Path:
    """A practice ledger of so many firms whose last month has `FORM_ROWS` matchings at the least."""
    path = folder / f"practice-{firms}.ledger"
    if not path.exists():
        from ledger_desk.practice.making import make_practice

        make_practice(path, firms=firms, seed=SEED, today=TODAY, matchings=FORM_ROWS).close()
    return path
