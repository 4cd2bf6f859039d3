"""The registry of dictionaries: what can be chosen, where it comes from, which fields choose from it.

A list of words stands in one place: short ones in `vocabulary`, where the fields declare them, long
ones in ``resources/dictionaries``. ``terms.tsv`` adds code, explanation and clause to words. An
office adds words of its own beside them (`keeping.Term`), never instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, overload

from ledger_desk import paths
from ledger_desk.model import vocabulary as words
from ledger_desk.model.divisions import LEVELS, NO_NAMES, divisions, villages
from ledger_desk.model.fields import FieldSpec, Record, fields_of
from ledger_desk.model.kinds import DIVISION
from ledger_desk.model.records import BY_TABLE, RECORDS
from ledger_desk.model.work_words import OFFERED


class Entry(NamedTuple):
    """One entry of a dictionary.

    Attributes:
        text: The word as people choose and read it.
        code: Its code; '' for none.
        hint: What is said beside it: what it lies in, what it means.
        source: Document and clause, where they are not those of the whole dictionary.
        also: Other words that find it.
        parent: Code of what it lies in.
        record: Id of the office's own `Term`; '' for a built-in entry.
        off: The office does not use it: not offered any more, where it stands it stays.
        own: The office added it.
    """

    text: str
    code: str = ""
    hint: str = ""
    source: str = ""
    also: tuple[str, ...] = ()
    parent: str = ""
    record: str = ""
    off: bool = False
    own: bool = False


@dataclass(frozen=True)
class Dictionary:
    """One dictionary.

    Attributes:
        key: English name, as `Term.dictionary` carries it.
        title: Chinese name.
        source: Where the built-in entries come from.
        words: The built-in words, where a field declares them; else they stand in a file.
        named: (table, field) of fields of free text that choose from it besides those that declare
            its words.
        open: The office may add entries.
        coded: Fields hold the code of a built-in entry, not its word.
        note: What an office should know before it adds one.
    """

    key: str
    title: str
    source: str
    words: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    open: bool = True
    coded: bool = False
    note: str = ""

    def entries(self, home: str = "") -> Sequence[Entry]:
        """Give the built-in entries in order; places near ``home`` (a division code) come first."""
        if self.key == "division":
            return _places(home[:6])
        if self.key == "village":
            return _villages(home[:6])
        if self.key == "industry":
            return _industries()
        if self.key == "bank":
            return _banks()
        told = _told().get(self.key, {})
        if self.words:
            return tuple(told.get(word, Entry(word)) for word in self.words)
        return tuple(told.values())

    def value_of(self, entry: Entry) -> str:
        """What a field holds for an entry."""
        return entry.code if self.coded and not entry.own else entry.text


# Digits of what a division of so many digits lies in.
_ABOVE = {9: 6, 6: 4, 4: 2}
_XZ, _XY = "忻银发〔2020〕80号", "信发改财金〔2024〕329号"
_VISIT = "办公常用说法"
_NBS = "国家统计局统计用区划代码（2023）"

# Every field that holds a place by its code, but for an office's own.
DIVISION_FIELDS = tuple(
    (cls.TABLE, spec.name)
    for cls in RECORDS
    for spec in fields_of(cls)
    if spec.kind is DIVISION and cls.TABLE != "office"
)

DICTIONARIES: tuple[Dictionary, ...] = (
    Dictionary("division", "乡镇、街道和上级区划", _NBS, named=DIVISION_FIELDS,
               coded=True, note="开发区、管理区、产业集聚区没有统计区划代码的，在这里加，代码自编。"),
    Dictionary("village", "村、社区", f"{_NBS}，随程序带信阳市的", named=(("enterprise", "village"),),
               note="别的县从 Excel 读入：一列村名，一列 12 位代码或乡镇名。"),
    Dictionary("industry", "国民经济行业", "GB/T 4754-2017", named=(("enterprise", "industry"),), open=False, coded=True),
    Dictionary("bank", "银行总行名录", "公开的银行法人名单，类型按行别", open=False,
               note="表里来了新银行，按这份名录认出它的类型。账上的银行在「银行」里登记。"),
    Dictionary("bank_type", "银行类型", f"{_XZ} 六（一）各类银行的任务", words.BANK_TYPES),
    Dictionary("enterprise_kind", "主体类型", f"{_XY} 四", words.ENTERPRISE_KINDS),
    Dictionary("enterprise_type", "企业类型", "市场监管企业（机构）类型代码", named=(("enterprise", "enterprise_type"),)),
    Dictionary("registered_as", "登记注册类型", "企业登记注册类型（国统字〔2011〕86号），旧表常用", named=(("enterprise", "registered_as"),)),
    Dictionary("registration_state", "登记状态", "登记机关名录里的写法", words.REGISTRATION_STATES),
    Dictionary("tag", "企业标签", "四份文件的各类名单", words.TAGS),
    Dictionary("tag_level", "标签级别", "浙江“4+1”小微金融工作行动方案 二", words.TAG_LEVELS),
    Dictionary("associate_role", "关联人的关系", "银行企业档案常用", words.ASSOCIATE_ROLES),
    Dictionary("relation_kind", "关联关系", f"{_XZ} 六（一）", words.RELATION_KINDS),
    Dictionary("premises_right", "场地所有权", "银行企业档案常用", words.PREMISES_RIGHTS),
    Dictionary("utility", "水电气", "银行企业档案常用", words.UTILITIES),
    Dictionary("tax_grade", "纳税信用级别", "纳税信用管理办法，每年 4 月发布", words.TAX_GRADES),
    Dictionary("standing_kind", "信用记录类别", f"{_XY} 五、十", words.STANDING_KINDS),
    Dictionary("standing_state", "信用记录处理情况", _VISIT, words.STANDING_STATES),
    Dictionary("asset_kind", "资产与抵质押物", f"{_XZ} 五；浙江“4+1”方案 二", words.ASSET_KINDS),
    Dictionary("asset_nature", "资产性质", "银行企业档案常用", words.ASSET_NATURES),
    Dictionary("security", "担保方式", "人民银行金融统计 担保方式代码", words.SECURITIES),
    Dictionary("loan_purpose", "贷款用途", "融资平台常用", words.LOAN_PURPOSES),
    Dictionary("loan_form", "贷款形式", f"{_XY} 八；续贷与展期、重组分开", words.LOAN_FORMS),
    Dictionary("repayment_rhythm", "还款频率", "人民银行金融统计 还款频率代码", words.REPAYMENT_RHYTHMS),
    Dictionary("loan_class", "五级分类", "商业银行金融资产风险分类办法（2023 年第 1 号令）", words.LOAN_CLASSES),
    Dictionary("refusal", "未授信原因", "推荐的十五类原因：能不能修复、责任部门、措施", named=(("credit", "reason"),),
               note="一栏说明里依次写：能不能修复、责任部门、措施。"),
    Dictionary("no_credit", "不予授信情形", "银行走访采集表常用", words.NO_CREDIT_REASONS),
    Dictionary("obstacle", "首贷的主要障碍", f"{_XZ} 五（一）", words.OBSTACLES),
    Dictionary("white_list_source", "培植名单来源", f"{_XZ} 六（一）", words.WHITE_LIST_SOURCES),
    Dictionary("help_kind", "帮扶类别", f"{_XZ} 六（二）", words.HELP_KINDS),
    Dictionary("matching_method", "对接方式", _VISIT, words.MATCHING_METHODS),
    Dictionary("attachment_kind", "附件类型", f"{_XZ} 六（一）一企一档", words.ATTACHMENT_KINDS),
    Dictionary("person_role", "人员身份", _VISIT, words.PERSON_ROLES),
    *(Dictionary(key, title, source, offered) for key, title, source, offered in OFFERED),
)  # fmt: skip
BY_KEY: Mapping[str, Dictionary] = {each.key: each for each in DICTIONARIES}


@lru_cache(maxsize=1)
def _chosen_by() -> dict[tuple[str, str], Dictionary]:
    """(table, field) → the dictionary it chooses from."""
    found = {place: each for each in DICTIONARIES for place in each.named}
    by_words = {each.words: each for each in DICTIONARIES if each.words}
    for cls in RECORDS:
        for spec in fields_of(cls):
            if spec.kind.options in by_words:
                found[cls.TABLE, spec.name] = by_words[spec.kind.options]
    return found


def dictionary_of(cls: type[Record], field: str) -> Dictionary | None:
    """Tell which dictionary a field chooses from; None for a field that takes any value."""
    return _chosen_by().get((cls.TABLE, field))


def uses_of(dictionary: Dictionary) -> list[tuple[type[Record], FieldSpec]]:
    """List the fields that choose from a dictionary."""
    return [
        (BY_TABLE[table], spec)
        for (table, name), each in _chosen_by().items()
        if each is dictionary
        for spec in fields_of(BY_TABLE[table])
        if spec.name == name
    ]


def _rows(name: str) -> list[list[str]]:
    text = (paths.resources() / "dictionaries" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


@lru_cache(maxsize=1)
def _told() -> dict[str, dict[str, Entry]]:
    """Dictionary → word → its entry in ``terms.tsv``."""
    found: dict[str, dict[str, Entry]] = {}
    for key, text, code, hint, source in _rows("terms.tsv"):
        found.setdefault(key, {})[text] = Entry(text, code, hint, source)
    return found


@lru_cache(maxsize=1)
def _banks() -> tuple[Entry, ...]:
    return tuple(Entry(short, "", kind, "", (name,)) for name, short, kind in _rows("banks.tsv"))


@lru_cache(maxsize=1)
def industries() -> dict[str, tuple[str, str]]:
    """Industries of GB/T 4754-2017: code to (name, code of the parent)."""
    return {code: (name, parent) for code, name, parent in _rows("industries.tsv")}


def industry_path(code: str) -> str:
    """Give what an industry lies in, from the section down: ``制造业 › 酒、饮料和精制茶制造业 › 精制茶加工``."""
    known, names = industries(), []
    above = known.get(code, ("", ""))[1]
    while above in known:
        name, above = known[above]
        names.append(name)
    return " › ".join(reversed(names))


@lru_cache(maxsize=1)
def _industries() -> tuple[Entry, ...]:
    return tuple(
        Entry(name, code, industry_path(code), "", (), parent)
        for code, (name, parent) in industries().items()
    )


class _Places(Sequence[Entry]):
    """All divisions: the townships of home, then larger before smaller; made as they are asked for."""

    def __init__(self, home: str) -> None:
        known = divisions()
        self.near = known.inside(home, 9) if home else {}
        by_size: dict[int, list[str]] = {size: [] for size in LEVELS}
        for code in known:
            by_size[len(code)].append(code)
        self._codes = [
            *self.near,
            *(c for some in by_size.values() for c in some if c not in self.near),
        ]

    def __len__(self) -> int:
        return len(self._codes)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(place, slice):
            return [self._entry(code) for code in self._codes[place]]
        return self._entry(self._codes[place])

    def _entry(self, code: str) -> Entry:
        """Make the entry of a division; one near home needs no words about what it lies in."""
        known = divisions()
        above = "" if code in self.near else known.full_name(code[: _ABOVE.get(len(code), 0)])
        hint = "" if code in self.near else above or LEVELS[len(code)]
        return Entry(known[code], code, hint, parent=code[:6])

    def words(self) -> list[tuple[str, str]]:
        """Code and name of all, for a `Finder`."""
        known = dict(divisions().items())
        # "市辖区" and the like are no names: nobody looks for them.
        return [(code, "" if known[code] in NO_NAMES else known[code]) for code in self._codes]


@lru_cache(maxsize=2)
def _places(home: str) -> _Places:
    return _Places(home)


@lru_cache(maxsize=2)
def _villages(home: str) -> tuple[Entry, ...]:
    known = divisions()
    return tuple(
        Entry(name, code, known.get(code[:9], ""), "", (), code[:9])
        for code, name in villages(home).items()
        if code.startswith(home)
    )
