"""What a row is when it is not data: judged by its own words, one small rule for each kind.

The words are those of Chinese official tables, bank workbooks and import templates in general;
nothing here knows what the records are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ledger_desk.workbook import headings
from ledger_desk.workbook.cells import CellValue, text_of

_NUMERALS = "一二三四五六七八九十"
_TOTAL = re.compile(r"(?:合计|总计|共计|累计|总和|全部合计|本表合计)(?:数|值)?(?:[:：(（].*)?")
_SUBTOTAL = re.compile(r"(?:.{0,14}小计|.{1,14}(?:合计|总计|共计))(?:数|值)?(?:[:：(（].*)?")
_SIGNERS = (
    r"(?:填表|填报|制表|报表|编制|编报|审核|复核|审批|批准|审定|经办|统计|联系|报告|核对|校对)(?:人员|人|员)?"
    r"|(?:单位|部门|统计|主要|分管|填报|项目|机构)?(?:负责人|责任人|领导)|(?:主管|分管|单位)(?:领导|负责人)?"
    r"|(?:填表|填报|报出|报送|报表|制表|编制|审核|上报)(?:日期|时间)|联系(?:电话|方式)|电话"
    r"|(?:.{0,8}(?:签字|签名|签章|盖章|公章))|制表|制表单位|检查人员|组长审核意见|年月日"
)
_SIGNATURE = re.compile(rf"(?:{_SIGNERS})(?:[（(][^）)]*[）)])?[:：].*")
_SIGNATURE_WORD = re.compile(rf"(?:{_SIGNERS})(?:[（(][^）)]*[）)])?")
_NOTE = re.compile(
    r"(?:[（(\[【]?(?:备?注意?(?:事项)?\d?[:：、.]|注意|说明\d?[:：]|(?:填表|填报|填写|指标|编制|报表)说明"
    r"|(?:数据|资料)?来源[:：]|温馨提示|提示[:：]|附[:：])|[※★☆▲])"
)
_LONE_NOTE = re.compile(r"备注|说明|附注|注|备注说明")
_NOTE_GOES_ON = re.compile(r"[（(]?(?:\d{1,2}|[①-⑳])(?:[.．、)）]|(?<=[①-⑳]))")
_GROUP = re.compile(
    rf"[（(]?[{_NUMERALS}]{{1,3}}[)）、.．].*|[【〖].*[】〗]|第[{_NUMERALS}\d]+(?:部分|类|组)"
)
_EXAMPLE = re.compile(
    r"[（(\[【]?(?:例|示例|样例|范例|举例|例如|填写示例|填报示例)(?:[:：)）\]】\d].*)?"
)
_SAMPLE_NAME = re.compile(
    r"(?:测试|示例|样例|某某|[xX]{2,4}|[×○]{2,4})(?:省|市|县)?(?:某某|[xX]{2,4}|[×○]{2,4})?(?:有限|责任|股份)*"
    r"(?:企业|公司|单位|银行)"
)
_PLACEHOLDER = re.compile(r"\$\{|\{\{|\{\.|<%|#\{")
_INSTRUCTION = re.compile(
    r"必填|选填|填写|填报|单选|多选|下拉|格式|示例|例如|如[:：]|若|请|不填|可填|为空|[yY]{4}|精确到|保留|录入|输入"
)
_LABELLED = re.compile(r"[^:：]{1,16}[:：](?!//).*", re.DOTALL)
_OFFICE_WORD = re.compile(
    r"(?:填报|填表|编制|报送|汇总|制表|上报|主管|申请|报告)?(?:单位|部门|机构)(?:名称)?(?:[（(].*[）)])?"
    r"|(?:统计|填报|分析|数据|报告)(?:时间|日期|月份|期)"
)
_PERIOD = re.compile(
    r"[（(]?(?:截[至止到]?)?\d{4}[年./\-](?:\d{1,2}(?:[月./\-](?:\d{1,2}日?)?)?|第?[一二三四1-4]季度|[上下]半年|度|全年)?"
    r"(?:[-—~至到]+(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日?)?)?(?:末|底|止)?[）)]?"
)
_PERIOD_LABEL = re.compile(
    r"(?:期别|报告期|所属期|统计期|截[至止](?:日期|时间)?|(?:统计|填报|填表|报送|数据|制表)?(?:日期|时间|月份))[:：](.+)"
)
_PERIOD_INSIDE = re.compile(
    r"\d{4}年(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月(?:\d{1,2}日)?(?:[-—~至到]+\d{1,2}月)?|度)?"
)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]*")
_COLUMN_MARK = re.compile(r"[（(]?(\d{1,3})[）)]?(?:[=＝].*)?|[甲乙丙丁戊己庚辛]|栏次|[A-Z]{1,2}")


def filled(row: Sequence[CellValue]) -> list[tuple[int, CellValue]]:
    """Give (column from 1, value) of the cells that hold something."""
    return [(column, cell) for column, cell in enumerate(row, 1) if cell is not None]


def total_kind(cells: Sequence[tuple[int, CellValue]], first: int = 1) -> str:
    """Tell a total row (``total``) or a subtotal (``subtotal``) by its first words; '' if neither.

    The words stand near the table's ``first`` column.
    """
    for column, cell in cells[:3]:
        if not isinstance(cell, str) or column > first + 4:
            continue
        text = headings.plain(cell)
        if _TOTAL.fullmatch(text):
            return "total"
        if len(text) <= 20 and _SUBTOTAL.fullmatch(text):
            return "subtotal"
    return ""


def is_signature(cells: Sequence[tuple[int, CellValue]], columns: int = 2) -> bool:
    """Tell a line of people who made, checked and signed the table.

    In a table of one column only a colon tells it from a value.
    """
    if not cells or len(cells) > 12 or not isinstance(cells[0][1], str):
        return False
    texts = [headings.plain(text_of(cell)) for _, cell in cells]
    raw = ["".join(text_of(cell).split()) for _, cell in cells]
    if _SIGNATURE.fullmatch(raw[0]):
        return True
    if columns < 2:
        return False
    words = sum(1 for text in texts if _SIGNATURE_WORD.fullmatch(text))
    return bool(_SIGNATURE_WORD.fullmatch(texts[0])) and words * 2 >= len(texts)


def is_note(cells: Sequence[tuple[int, CellValue]], *, goes_on: bool = False) -> bool:
    """Tell a remark under or above the table; ``goes_on`` after a remark: numbered lines count."""
    if not 1 <= len(cells) <= 2 or not isinstance(cells[0][1], str):
        return False
    text = "".join(cells[0][1].split())
    lone = len(cells) == 1 and bool(_LONE_NOTE.fullmatch(text))
    return lone or bool(_NOTE.match(text)) or (goes_on and bool(_NOTE_GOES_ON.match(text)))


def is_group(text: str) -> bool:
    """Tell a lone cell that heads the rows below it: 一、… （二）… 【…】."""
    return bool(_GROUP.fullmatch("".join(text.split())))


def is_example(cells: Sequence[tuple[int, CellValue]]) -> bool:
    """Tell a sample row of a template, or one of placeholders that a program fills."""
    if not cells:
        return False
    texts = ["".join(cell.split()) for _, cell in cells if isinstance(cell, str)]
    if not texts:
        return False
    holders = sum(1 for text in texts if _PLACEHOLDER.search(text))
    # A program's loop begins in the first cell; the rest of the row may be worded for people.
    told = bool(_EXAMPLE.fullmatch(texts[0])) or texts[0].startswith(("${", "{{"))
    sample = any(_SAMPLE_NAME.fullmatch(text) for text in texts[:4])
    return told or sample or holders * 2 > len(cells)


def is_instruction(cells: Sequence[tuple[int, CellValue]]) -> bool:
    """Tell a row under the header that says how each column is to be filled."""
    texts = [cell for _, cell in cells if isinstance(cell, str)]
    if not texts or len(texts) != len(cells):
        return False
    told = sum(1 for text in texts if _INSTRUCTION.search(text))
    return told * 2 >= len(texts) and max(map(len, texts)) >= 4


def is_column_marks(cells: Sequence[tuple[int, CellValue]]) -> bool:
    """Tell a row that numbers the columns: 甲 乙 1 2 3, or A B C."""
    texts = [headings.plain(cell) for _, cell in cells]
    if len(texts) < 3 or not all(_COLUMN_MARK.fullmatch(text) for text in texts):
        return False
    numbers = [int(found[1]) for t in texts if (found := _COLUMN_MARK.fullmatch(t)) and found[1]]
    if numbers:
        return numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1
    return texts[0] in ("甲", "A", "栏次")


def is_codes(cells: Sequence[tuple[int, CellValue]], above: Sequence[str]) -> bool:
    """Tell a row of field names (``YXJGDM``) that repeats a Chinese header for programs."""
    texts = [headings.plain(cell) for _, cell in cells]
    codes = sum(1 for text in texts if _CODE.fullmatch(text) and len(text) > 1)
    chinese = sum(1 for text in above if text and not text.isascii())
    return codes >= 3 and codes * 5 >= len(texts) * 4 and chinese * 5 >= len(above) * 4


def is_unit_row(cells: Sequence[tuple[int, CellValue]]) -> bool:
    """Tell a row under the header that gives each column's unit."""
    return bool(cells) and all(isinstance(c, str) and headings.is_unit(c) for _, c in cells)


def is_placeholder(text: str) -> bool:
    """Tell text that a program replaces when it fills a template."""
    return bool(_PLACEHOLDER.search(text))


def is_labelled(text: str) -> bool:
    """Tell ``填报单位：新县`` and other text that names what it says."""
    return bool(_LABELLED.fullmatch(text.strip())) or bool(
        _OFFICE_WORD.fullmatch(headings.plain(text))
    )


def is_info(cells: Sequence[tuple[int, CellValue]]) -> bool:
    """Tell a line above the header that gives office, period, unit and the like.

    One cell at least must name what it says with a colon: 单位 alone can be a heading.
    """
    said, colons = 0, 0
    after_label = False
    for _, cell in cells:
        text = text_of(cell)
        label = isinstance(cell, str) and is_labelled(text)
        colon = label and (":" in text or "：" in text)
        said += label or after_label
        colons += colon
        # The value of a label stands in the next cell.
        after_label = label and (not colon or text.endswith((":", "：")))
    return colons > 0 and said * 2 >= len(cells)


def period_in(cells: Sequence[tuple[int, CellValue]]) -> str:
    """Give the date or period that a line above the header names; '' if none."""
    for _, cell in cells:
        if isinstance(cell, date):
            return cell.isoformat()[:10]
        if not isinstance(cell, str):
            continue
        text = "".join(cell.split())
        if is_placeholder(text):
            continue
        found = _PERIOD_LABEL.search(text)
        if found and re.search(r"\d月|\d[-/.年]?$|\d日|季度|年度|半年", found[1]):
            return found[1]
        if _PERIOD.fullmatch(text):
            return text.strip("（）()")
    return ""


def period_in_title(title: str) -> str:
    """Give the period inside a title (``2026年3月工作台账`` → 2026年3月); '' if none."""
    found = _PERIOD_INSIDE.search("".join(title.split()))
    return found[0] if found else ""
