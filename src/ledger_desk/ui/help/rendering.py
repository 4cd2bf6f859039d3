"""From the few marks that topics use to the rich text that Qt shows, in the colours of the theme.

Known are: ``##`` headings, paragraphs, ``-`` and ``1.`` lists, ``|`` tables whose first row is the
head, ``>`` notes; inside a line 「words on the screen」, `` `keys` ``, ``[text](topic)``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from ledger_desk.ui.fonts import SERIF
from ledger_desk.ui.help.topics import Hit
from ledger_desk.ui.theme import Look

_LINK = re.compile(r"\[([^\]]+)\]\(([\w-]+)\)")
_KEY = re.compile(r"`([^`]+)`")
_WORDS = re.compile(r"(「[^」]+」)")
_NUMBER = re.compile(r"\d+\. ")


def style(look: Look) -> str:
    """Style sheet of the document; sizes are pixels at the text size of the moment.

    Headings are paragraphs: Qt would make its own larger by half again, whatever their size.
    """
    t, px = look.tokens, look.px
    return f"""
.title {{ font-family: "{SERIF}"; font-size: {px(22)}px; font-weight: 900; margin: 0 0 {px(6)}px 0; }}
.head {{ font-size: {px(16)}px; font-weight: 700; margin: {px(16)}px 0 {px(3)}px 0; }}
p {{ color: {t.ink}; margin: {px(4)}px 0; line-height: 120%; }}
li {{ margin: {px(2)}px 0; line-height: 120%; }}
ul, ol {{ margin: {px(3)}px 0; }}
td, th {{ border: 1px solid {t.line2}; padding: {px(5)}px {px(9)}px; }}
th {{ background-color: {t.grey}; font-weight: 700; text-align: left; }}
table {{ border-collapse: collapse; margin: {px(6)}px 0; }}
a {{ color: {t.dai}; text-decoration: underline; }}
.word {{ color: {t.dai}; font-weight: 700; }}
.key {{ background-color: {t.grey}; font-weight: 700; }}
.note {{ color: {t.zhe}; }}
.hit {{ background-color: {t.zhe3}; }}
.dim {{ color: {t.ink2}; }}
"""


def to_html(title: str, body: str) -> str:
    """One topic as rich text."""
    return _head("title", html.escape(title)) + "".join(_blocks(body.splitlines()))


def to_results(text: str, hits: Sequence[Hit]) -> str:
    """What a search found, each with a link to its topic."""
    said = html.escape(text)
    if not hits:
        return (
            f"{_head('title', f'没有找到“{said}”')}<p>换个说法试试，比如按钮上的字，"
            "或者提示里的几个字。几个词用空格隔开。</p>"
        )
    parts = [_head("title", f"“{said}”在 {len(hits)} 个专题里")]
    for hit in hits:
        parts.append(
            _head("head", f'<a href="{hit.topic.key}">{_marked(hit.topic.title, text)}</a>')
            + f'<p class="dim">{_marked(hit.sentence, text)}</p>'
        )
    return "".join(parts)


def _head(kind: str, inner: str) -> str:
    return f'<p class="{kind}">{inner}</p>'


def _marked(text: str, words: str) -> str:
    """The text with each of the words set off."""
    pattern = "|".join(re.escape(html.escape(word)) for word in words.split())
    return re.sub(f"({pattern})", r'<span class="hit">\1</span>', html.escape(text), flags=re.I)


def _blocks(lines: list[str]) -> Iterable[str]:
    place = 0
    while place < len(lines):
        kind = _kind(lines[place])
        end = place + 1
        while end < len(lines) and kind and _kind(lines[end]) == kind and kind != "h":
            end += 1
        if kind:
            yield _block(kind, [line.strip() for line in lines[place:end]])
        place = end


def _kind(line: str) -> str:
    """h, ul, ol, table, note, p, or empty for an empty line."""
    line = line.strip()
    if _NUMBER.match(line):
        return "ol"
    signs = {"## ": "h", "- ": "ul", "> ": "note"}
    found = next((kind for sign, kind in signs.items() if line.startswith(sign)), "p")
    return "table" if line.startswith("|") else found if line else ""


def _block(kind: str, lines: list[str]) -> str:
    if kind == "h":
        return _head("head", _inline(lines[0][3:]))
    if kind in ("ul", "ol"):
        items = (_NUMBER.sub("", line, count=1) if kind == "ol" else line[2:] for line in lines)
        return f"<{kind}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{kind}>"
    if kind == "table":
        return _table(lines)
    if kind == "note":
        return f'<p class="note">{_inline("".join(line[2:] for line in lines))}</p>'
    return f"<p>{_inline(''.join(lines))}</p>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    kept = [row for row in rows if any(cell.strip("-: ") for cell in row)]
    made = []
    for number, row in enumerate(kept):
        tag = "th" if number == 0 else "td"
        made.append("".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in row))
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in made)}</table>"


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    text = _LINK.sub(r'<a href="\2">\1</a>', text)
    text = _KEY.sub(r'<span class="key">&nbsp;\1&nbsp;</span>', text)
    return _WORDS.sub(r'<span class="word">\1</span>', text)
