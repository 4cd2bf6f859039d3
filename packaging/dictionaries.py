"""Makes resources/dictionaries from public facts; run it again when a newer edition is out.

    python packaging/dictionaries.py FACTS [--out resources/dictionaries]

FACTS is a folder with ``03_divisions``, ``04_banks``, ``05_industry_size`` and ``06_holidays``, as
resources/dictionaries/README.md names them. The pinyin table comes from the installed pypinyin.
Every output is byte-for-byte repeatable: sorted, UTF-8, one line feed a line, no header line.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

# GB/T 2260: the three whose inner divisions the statistics bureau's list does not carry.
OTHER_PROVINCES = (("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区"))

# Banks of the whole country by registered name; the source writes them in many ways.
NATIONAL = {
    "政策性银行": (
        ("国家开发银行", "国开行"),
        ("中国进出口银行", "进出口银行"),
        ("中国农业发展银行", "农发行"),
    ),
    "国有商业银行": (
        ("中国工商银行股份有限公司", "工商银行"),
        ("中国农业银行股份有限公司", "农业银行"),
        ("中国银行股份有限公司", "中国银行"),
        ("中国建设银行股份有限公司", "建设银行"),
        ("交通银行股份有限公司", "交通银行"),
        ("中国邮政储蓄银行股份有限公司", "邮储银行"),
    ),
    "股份制商业银行": (
        ("招商银行股份有限公司", "招商银行"),
        ("上海浦东发展银行股份有限公司", "浦发银行"),
        ("中信银行股份有限公司", "中信银行"),
        ("中国光大银行股份有限公司", "光大银行"),
        ("华夏银行股份有限公司", "华夏银行"),
        ("中国民生银行股份有限公司", "民生银行"),
        ("广发银行股份有限公司", "广发银行"),
        ("兴业银行股份有限公司", "兴业银行"),
        ("平安银行股份有限公司", "平安银行"),
        ("浙商银行股份有限公司", "浙商银行"),
        ("恒丰银行股份有限公司", "恒丰银行"),
        ("渤海银行股份有限公司", "渤海银行"),
    ),
}
# Types of the source → the bank types that the task force's forms know.
OTHER_TYPES = {
    "城商行": "城市商业银行",
    "农商行": "农信系统",
    "农合行": "农信系统",
    "农信社": "农信系统",
    "村镇银行": "村镇银行",
    "民营银行": "其他",
    "直销银行": "其他",
    "外资及其他": "其他",
}
# What the source is too old for, as announced by the regulator.
GONE = (
    *("包商银行", "洛阳银行", "平顶山银行", "焦作中旅银行"),  # wound up 2021; into 中原银行 2022
    *("阳泉市商业银行", "晋城银行", "晋中银行", "长治银行"),  # into 山西银行 2021
    *("攀枝花市商业银行", "凉山州商业银行"),  # into 四川银行 2020
    *("营口沿海银行", "辽阳银行"),  # into 辽沈银行 2021
)
RENAMED = {
    "华融湘江银行股份有限公司": "湖南银行股份有限公司",
    "贵阳市商业银行": "贵阳银行股份有限公司",
    "安徽省农村信用联社": "安徽省农村信用社联合社",
    "甘肃省农村合作金融": "甘肃省农村信用社联合社",
    "青海省农村信用社": "青海省农村信用社联合社",
}
FOUNDED = ("山西银行股份有限公司", "四川银行股份有限公司", "辽沈银行股份有限公司")
_OFFICE = re.compile(
    r"(运营管理部|营业部|(资金)?(清算|结算)中心|网上银行|结算服务中心|资金清算中心|总行)$"
)
_COMPANY = re.compile(r"(股份)?有限(责任)?公司$")
_BRACKET = re.compile(r"[（(](?!中国[）)])[^（()）]*[）)]$")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Read a CSV with headings, with or without a byte order mark."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        yield from csv.DictReader(source)


def _write(path: Path, rows: Iterable[tuple[str, ...]]) -> None:
    """Write tab-separated rows; a tab or line feed inside a cell would be a mistake of the source."""
    lines = []
    for row in rows:
        if any(mark in cell for cell in row for mark in "\t\r\n"):
            raise SystemExit(f"{path.name}: a cell with a tab or a line feed: {row!r}")
        lines.append("\t".join(row) + "\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(lines).encode("utf-8"))
    print(f"{path.name}: {len(lines)} lines")


def divisions(facts: Path) -> list[tuple[str, str]]:
    """Give code and name of every province, city, county and township, sorted by code.

    Codes have 2, 4, 6 or 9 digits; the parent of a code is its next shorter prefix.
    """
    found = dict(OTHER_PROVINCES)
    for name in ("provinces", "cities", "areas", "streets"):
        found.update(
            (row["code"], row["name"].strip())
            for row in _rows(facts / "03_divisions" / f"{name}.csv")
        )
    return sorted(found.items())


def villages(facts: Path, city: str) -> list[tuple[str, str]]:
    """Give code (12 digits) and name of every village and community of one city."""
    (source,) = (facts / "03_divisions").glob(f"villages_*{city}.csv")
    return sorted((row["code"], row["name"].strip()) for row in _rows(source))


def industries(facts: Path) -> list[tuple[str, str, str]]:
    """Give code, name and parent's code of GB/T 4754-2017; a section's parent is empty."""
    source = facts / "05_industry_size" / "GBT4754-2017_merged.csv"
    found = [(row["代码"], row["名称"].strip(), row["上级代码"]) for row in _rows(source)]
    codes = {code for code, _, _ in found}
    lost = [row for row in found if row[2] and row[2] not in codes]
    if lost:
        raise SystemExit(f"industries without their parent: {lost[:5]}")
    return sorted(found, key=lambda row: (not row[0].isalpha(), row[0]))


def _bank_name(text: str) -> str:
    """Take remarks about clearing, head office and business desk off a bank's name."""
    before = ""
    name = unicodedata.normalize("NFC", text.strip())
    while name != before:
        before = name
        name = _OFFICE.sub("", _BRACKET.sub("", name)).strip()
    return name.replace("(", "（").replace(")", "）")


def _bank_short(name: str) -> str:
    """Give the everyday name: no company form, 农商银行 for 农村商业银行."""
    short = _COMPANY.sub("", name.replace("（中国）", ""))
    return short.replace("农村商业银行", "农商银行").replace("农村信用社联合社", "农信联社")


def banks(facts: Path) -> list[tuple[str, str, str]]:
    """Give registered name, everyday name and bank type of well-known bank heads.

    Branches in the source and banks that were wound up are left out.
    """
    found = [(full, short, kind) for kind, names in NATIONAL.items() for full, short in names]
    taken = {short for _, short, _ in found} | {_bank_short(full) for full, _, _ in found}
    rest = [(name, _bank_short(name), "城市商业银行") for name in FOUNDED]
    for row in _rows(facts / "04_banks" / "bank_heads_cnaps.csv"):
        kind = OTHER_TYPES.get(row["类型(按行别代码推定)"])
        name = _bank_name(re.sub(r"上海分行$", "", row["全称"].strip()))
        name = RENAMED.get(name, name)
        short = _bank_short(name)
        if kind is None or short in GONE or name.endswith("分行") or short in taken:
            continue
        taken.add(short)
        rest.append((name, short, kind))
    order = list(dict.fromkeys(OTHER_TYPES.values()))
    return found + sorted(rest, key=lambda row: (order.index(row[2]), row[0]))


def holidays(facts: Path, year: int) -> bytes:
    """Give one year's notice as TOML: ``[off]`` and ``[work]``, date → name of the holiday.

    A notice may reach into the year before (2023's begins on 2022-12-31). Returns nothing for a
    year whose notice was not out.
    """
    notice = json.loads((facts / "06_holidays" / f"{year}.json").read_text(encoding="utf-8"))
    if not notice["days"]:
        return b""
    papers = ", ".join(f'"{paper}"' for paper in notice["papers"])
    lines = [
        f"# 国务院办公厅关于{year}年部分节假日安排的通知",
        f"year = {year}",
        f"papers = [{papers}]",
    ]
    for table, off in (("off", True), ("work", False)):
        lines += ["", f"[{table}]"]
        days = sorted(
            (day["date"], day["name"])
            for day in notice["days"]
            # 2020's second notice names the Monday on which work begins: no swap, so not a row.
            if day["isOffDay"] is off and (off or date.fromisoformat(day["date"]).weekday() >= 5)
        )
        lines += [f'{day} = "{name}"' for day, name in days]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _toneless(reading: str) -> str:
    """``lǜ`` → ``lv``, ``zhōng`` → ``zhong``: what people type."""
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    return "".join(mark for mark in plain if "a" <= mark <= "z")


def pinyin() -> list[tuple[str, str]]:
    """Give each character with all its toneless readings, the commonest first, comma between.

    Readings that are hums (``ń``, ``hm``) stay out unless a character has no other.
    """
    from pypinyin import pinyin_dict

    found = []
    for code, text in sorted(pinyin_dict.pinyin_dict.items()):
        character = chr(code)
        if not unicodedata.category(character).startswith("Lo"):
            continue
        readings = list(dict.fromkeys(filter(None, map(_toneless, text.split(",")))))
        spoken = [reading for reading in readings if set(reading) & set("aeiouv")]
        if readings:
            found.append((character, ",".join(spoken or readings)))
    return found


def main() -> None:
    """Write every dictionary."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("facts", type=Path)
    here = Path(__file__).resolve().parents[1] / "resources" / "dictionaries"
    parser.add_argument("--out", type=Path, default=here)
    parser.add_argument("--years", type=int, nargs=2, default=(2020, 2026))
    asked = parser.parse_args()
    _write(asked.out / "divisions.tsv", divisions(asked.facts))
    _write(asked.out / "villages_4115.tsv", villages(asked.facts, "4115"))
    _write(asked.out / "industries.tsv", industries(asked.facts))
    _write(asked.out / "banks.tsv", banks(asked.facts))
    _write(asked.out / "pinyin.tsv", pinyin())
    for year in range(asked.years[0], asked.years[1] + 1):
        if notice := holidays(asked.facts, year):
            (asked.out / "holidays").mkdir(parents=True, exist_ok=True)
            (asked.out / "holidays" / f"{year}.toml").write_bytes(notice)


if __name__ == "__main__":
    main()
