"""Who a table came from (来表单位), and what is remembered of it for the next one.

A memory is a setting (`decisions.md` 12): one for the layout, one for the layout from this sender,
which wins. Both are written in the step that reads the table in, so undoing it forgets them too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ledger_desk.exchange import mapping as mapping_
from ledger_desk.exchange.mapping import Mapping, setting_name
from ledger_desk.exchange.names import name_key
from ledger_desk.exchange.places import Places, name_of
from ledger_desk.model.plain import plain
from ledger_desk.model.records import Bank, Office, Setting
from ledger_desk.store.queries import Query, Rows, Where
from ledger_desk.workbook.book import Sheet
from ledger_desk.workbook.cells import text_of
from ledger_desk.workbook.outline import Layout

if TYPE_CHECKING:
    from ledger_desk.store.journal import Step

# 填报单位：卡房乡人民政府 (but 单位：万元 names a unit of measure).
_LABEL = re.compile(
    r"(?:填报|填表|报送|上报|编报|编制|制表|来表|提供|申报|报表)(?:单位|机构|银行|部门)(?:名称)?(?:[(（][^)）]*[)）])?"
)
_LINE = re.compile(rf"{_LABEL.pattern}\s*[:：]\s*(\S.{{0,40}})?")
_NEXT_LABEL = re.compile(
    r"\s{2,}|[\s　](?=[^\s：:]{2,8}[：:])|[;；]|(?:填报|填表|报送)?(?:日期|时间)[:：]"
)
_STAMP = re.compile(r"[(（](?:盖章|公章|签章|章|印章)[)）]|盖章$")
_OFFICE_ENDS = re.compile(r"(?:人民政府|政府|党委|党政办|经济发展办公室|经发办|专班|办公室)+$")
_SHORTEST = 2


@dataclass(frozen=True)
class Known:
    """The names that a sender may have, for one ledger.

    Attributes:
        names: Comparable form (`name_key`) of a name, a short name or a township → how to call it.
        home: Comparable forms of the ledger's own office: receiver, not sender, of most tables.
        places: The townships of home.
    """

    names: dict[str, str]
    home: frozenset[str]
    places: Places


def known_senders(rows: Rows, office: Office, places: Places) -> Known:
    """Collect offices, banks and townships of home."""
    names: dict[str, str] = {}
    parties: list[Office | Bank] = [*rows.find(Query(Office)), *rows.find(Query(Bank))]
    for party in parties:
        for word in (party.name, party.short):
            if word and len(name_key(word)) >= _SHORTEST:
                names.setdefault(name_key(word), party.name or word)
    home = frozenset(name_key(word) for word in (office.name, office.short) if word)
    return Known(names, home, places)


def guess(known: Known, path: Path, sheet: Sheet, layout: Layout) -> str:
    """Guess who sent a table: by its 填报单位 line, its file name, its title, its sheet's name.

    Returns:
        The name as the ledger spells it, else as the table does; '' where nothing or more than
        one name is found.
    """
    line = _line_of(sheet, layout)
    if line:
        return _called(known, line) or line
    for text in (path.stem, layout.title, sheet.name):
        found = _named_in(known, text)
        if found:
            return found
    return ""


def offered(rows: Rows, known: Known) -> list[str]:
    """List the names to offer as senders: those that sent before, banks, offices, townships."""
    held = rows.find(Query(Setting, (Where("name", "like", "mapping:"),)), 500)
    before = sorted({(s.name or "").partition("@")[2] for s in held} - {""})
    townships = [name_of(code) for code in known.places.townships()]
    own = [name for key, name in known.names.items() if key not in known.home]
    return list(dict.fromkeys([*before, *own, *townships]))


def _line_of(sheet: Sheet, layout: Layout) -> str:
    """Give what the line 填报单位 says, above the table or in the rows after it."""
    first = layout.header_rows[0] or (layout.data_rows[0] if layout.data_rows else 1)
    after = [left.row for left in layout.left_out if left.kind in ("signature", "info")]
    for number in dict.fromkeys([*range(1, first), *after]):
        cells = [text_of(cell) for cell in sheet.rows[number - 1]]
        for place, text in enumerate(cells):
            said = _LINE.search(text)
            if said is not None:
                found = said[1] or _next(cells, place)
            elif _LABEL.fullmatch(text.strip()):
                found = _next(cells, place)
            else:
                continue
            found = _STAMP.sub("", _NEXT_LABEL.split(found.strip(), maxsplit=1)[0]).strip(" _　:：")
            if len(found) >= _SHORTEST:
                return found
    return ""


def _next(cells: Sequence[str], place: int) -> str:
    text = next((t for t in cells[place + 1 :] if t and t != cells[place]), "")
    return "" if re.search("[:：]", text) else text


def _called(known: Known, text: str) -> str:
    """Give the ledger's own spelling of a sender's name, '' if it knows none."""
    key = name_key(text)
    if key in known.names:
        return known.names[key]
    bare = _OFFICE_ENDS.sub("", plain(text))
    if name_key(bare) in known.names:
        return known.names[name_key(bare)]
    code = known.places.code_of(bare) if len(bare) >= _SHORTEST else None
    return name_of(code) if code else ""


def _named_in(known: Known, text: str) -> str:
    """Find the one sender that a text names; a longer name hides the shorter ones inside it."""
    key = name_key(text)
    found: dict[str, str] = {}
    for word, name in sorted(known.names.items(), key=lambda item: -len(item[0])):
        if word in key and not any(word in longer for longer in found):
            found[word] = name
    senders = {name for word, name in found.items() if word not in known.home}
    if not senders:
        codes = known.places.named_in(text)
        senders = {name_of(code) for code in codes}
    return senders.pop() if len(senders) == 1 else ""


# --- memory ---


def recalled(rows: Rows, signatures: Sequence[str], sender: str) -> dict[str, list[str]]:
    """Give what is remembered of layouts, by signature: first from this sender, then from any."""
    names = [setting_name(s, w) for s in signatures for w in ([sender, ""] if sender else [""])]
    held = {
        s.name: s.value for s in rows.find(Query(Setting, (Where("name", "in", tuple(names)),)))
    }
    found: dict[str, list[str]] = {}
    for signature in signatures:
        both = [held.get(setting_name(signature, word)) for word in dict.fromkeys([sender, ""])]
        if any(both):
            found[signature] = [value for value in both if value]
    return found


def last_sender(memories: Sequence[str]) -> str:
    """Give who sent the last table of a layout, of whose memories the last is anybody's."""
    return mapping_.sender_in(memories[-1]) if memories else ""


def remember(step: Step, mapping: Mapping, sender: str = "") -> None:
    """Keep the columns for the next file of this layout, from this sender and from any."""
    if mapping.remembered and not sender:
        return
    value = mapping.memory(sender)
    for word in dict.fromkeys([sender, ""]):
        name = setting_name(mapping.signature, word)
        held = step.rows.find(Query(Setting, (Where("name", "=", name),)), 1)
        if not held:
            step.create(Setting(name=name, value=value))
        elif held[0].value != value:
            step.change(Setting, held[0].id, {"value": value})
