"""What a form says about values: missing, wrong, odd. Messages name the field by standing under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from ledger_desk.model import identifiers, size
from ledger_desk.model.fields import Record, field_map
from ledger_desk.model.records import Enterprise
from ledger_desk.store.ledger import Ledger
from ledger_desk.store.queries import Query, Where


class Finding(NamedTuple):
    """What stands under a field: must (必改), explain (须说明) or hint (提示), and its sentence."""

    kind: str
    sentence: str


Values = Mapping[str, Any]


def check_values(
    cls: type[Record], values: Values, ledger: Ledger, record: str
) -> dict[str, Finding]:
    """Look at all values of a record.

    Args:
        cls: Its class.
        values: Field name → value; missing names are empty.
        ledger: Where another record may hold the same code.
        record: Its own id, empty for one that is not made yet.

    Returns:
        Field name → what there is to say, the gravest only.
    """
    found: dict[str, Finding] = {}
    for name, spec in field_map(cls).items():
        value = values.get(name)
        if value is None or value == "":
            if spec.required:
                found[name] = Finding(
                    "must",
                    "还没填这一项，它算在建档完整度里。" if cls is Enterprise else "还没填这一项。",
                )
            continue
        check = _BY_KIND.get(spec.kind.name)
        finding = check(str(value)) if check else None
        if finding is not None:
            found[name] = finding
    if cls is Enterprise:
        _check_enterprise(values, ledger, record, found)
    return found


def check_text(cls: type[Record], name: str, text: str) -> Finding | None:
    """Say what can be said while a text is being typed; None for nothing."""
    spec = field_map(cls)[name]
    if cls is Enterprise and name == "code":
        return check_code(text, "") if text else None
    check = _BY_KIND.get(spec.kind.name)
    return check(text) if check and text else None


def check_code(text: str, reason: str) -> Finding | None:
    """Judge a credit code; a reason written down turns a warning into a note."""
    check = identifiers.check_credit_code(text)
    if check.kind == "registration":
        return Finding(
            "explain",
            "这是旧注册号，不是统一社会信用代码。请填到“工商注册号”，这里填新执照上的 18 位代码。",
        )
    if check.ok:
        return None
    if check.kind == "credit" and reason:
        return Finding("hint", f"校验位不符，已写明原因：{reason}")
    if check.kind == "credit":
        return Finding("explain", f"{check.why.rstrip('。')}；也可以在下面写明原因。")
    return Finding("must", check.why)


def has_wrong_digit(text: str | None) -> bool:
    """Tell whether a code has the right form and a wrong check digit: then a reason is asked for."""
    if not text:
        return False
    check = identifiers.check_credit_code(text)
    return check.kind == "credit" and not check.ok


def _check_person(text: str) -> Finding | None:
    check = identifiers.check_person_id(text)
    # Passports and permits are identity papers too, so a strange form is no error here.
    return None if check.ok else Finding("explain", check.why)


_BY_KIND: dict[str, Callable[[str], Finding | None]] = {"person_id": _check_person}


def _check_enterprise(
    values: Values, ledger: Ledger, record: str, found: dict[str, Finding]
) -> None:
    code = values.get("code")
    if code:
        finding = check_code(code, values.get("code_reason") or "")
        if finding is not None:
            found["code"] = finding
        others = [
            f
            for f in ledger.find(Query(Enterprise, (Where("code", "=", code),)), 2)
            if f.id != record
        ]
        if others:
            found["code"] = Finding(
                "must", f"账里“{others[0].title}”已用这个代码。请核对执照，或打开那一户修改。"
            )
    elif values.get("regno") or values.get("internal_no"):
        found["code"] = Finding(
            "explain", "还没有统一社会信用代码，先按注册号或内部编号记着；领到新执照后补上。"
        )


def size_of(values: Values) -> size.Size:
    """Compute 划型 from the values in a form."""
    return size.classify(
        values.get("industry"), values.get("staff"), values.get("revenue"), values.get("assets")
    )
