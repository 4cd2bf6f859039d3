"""The table of states and moves of an application (申报), and who may make which move when.

Sources: `seeds/003` 四 and 五 (five standards, one or two intended banks, three reviews and the
convener's signature), 六 (support outside both lists), 十一 (removal); `domain.md` §5.1, §5.2;
`decisions.md` 26, 27. Nothing else says which state follows which, and only `work.applying` and
`work.reviewing`, which ask here, write `Application.state`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ledger_desk.model import work_words as words
from ledger_desk.model.visiting import CRITERIA
from ledger_desk.model.vocabulary import LEVELS

(
    REGISTERED, FIRST, BANK, LEADER, CONVENER, RECOMMENDED, RETURNED, FAILED, WITHDRAWN, REMOVED, OUTSIDE,
) = words.APPLICATION_STATES  # fmt: skip
BY_FIRST, BY_BANK, BY_LEADER, BY_CONVENER = words.REVIEW_LEVELS
PASSED, SENT_BACK, REFUSED = words.REVIEW_VERDICTS
FIT = words.CRITERION[0]
ODD, UNANSWERED = words.CHECK_RESULTS[1], words.CHECK_RESULTS[2]

# The four names on paper: which state waits for which level, and what its approval leads to.
STAGES: tuple[tuple[str, str, str], ...] = (
    (FIRST, BY_FIRST, BANK),
    (BANK, BY_BANK, LEADER),
    (LEADER, BY_LEADER, CONVENER),
    (CONVENER, BY_CONVENER, RECOMMENDED),
)
WAITING = tuple(state for state, _, _ in STAGES)
LEVEL_OF: Mapping[str, str] = {state: level for state, level, _ in STAGES}
STATE_OF: Mapping[str, str] = {level: state for state, level, _ in STAGES}
SHORT: Mapping[str, str] = {
    BY_FIRST: "初审", BY_BANK: "银行审核", BY_LEADER: "组长审核", BY_CONVENER: "召集人签字",
}  # fmt: skip
MOST_BANKS = 2  # 明确 1-2 家意向对接银行
_BELOW = {key: LEVELS[key] for key in ("township", "bank")}
_LABELS = dict(
    zip(CRITERIA, ("合规持续经营", "固定经营场所", "真实融资需求", "信用状况良好", "贷款用途依法合规"), strict=True)
)  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One way from one state to another.

    Attributes:
        key: Name in the program.
        name: Verb in a sentence: 初审通过.
        origins: States it starts from; '' stands for an application that is not there yet.
        target: State it leads to; of 再次申报 the state of the new application.
        level: Review level whose word it is; '' where it is none.
        verdict: What that level says.
        opinion: An opinion must be written.
        reason: A reason must be given.
        bank: A bank must be named.
        entering: The application must be fit for the list: needs, criteria, banks.
        county: Made in the county ledger only (`decisions.md` 26).
        renews: It makes a new application and leaves the old one as it is.
    """

    key: str
    name: str
    origins: tuple[str, ...]
    target: str
    level: str = ""
    verdict: str = ""
    opinion: bool = False
    reason: bool = False
    bank: bool = False
    entering: bool = False
    county: bool = False
    renews: bool = False


def _reviews() -> tuple[Move, ...]:
    found = []
    for n, (state, level, onwards) in enumerate(STAGES, 1):
        short = SHORT[level]
        passing = "召集人签字" if level == BY_CONVENER else f"{short}通过"
        found += [
            Move(f"pass{n}", passing, (state,), onwards, level, PASSED, county=True),
            Move(f"return{n}", f"{short}退回", (state,), RETURNED, level, SENT_BACK, opinion=True, county=True),
            Move(f"reject{n}", f"{short}不通过", (state,), FAILED, level, REFUSED, opinion=True, county=True),
        ]  # fmt: skip
    return tuple(found)


MOVES: tuple[Move, ...] = (
    Move("register", "登记申报", ("",), REGISTERED),
    Move("enter", "列入申报清单", (REGISTERED,), FIRST, entering=True),
    *_reviews(),
    Move("resubmit", "改好重报", (RETURNED,), FIRST, entering=True),
    Move("withdraw", "撤回", (REGISTERED, *WAITING, RETURNED), WITHDRAWN, reason=True),
    Move("remove", "移出推荐清单", (RECOMMENDED,), REMOVED, reason=True, county=True),
    Move("outside", "转清单外支持", (REGISTERED, RETURNED, FAILED, WITHDRAWN), OUTSIDE, bank=True),
    Move(
        "again", "再次申报", (RECOMMENDED, FAILED, WITHDRAWN, REMOVED, OUTSIDE), REGISTERED, renews=True
    ),
)  # fmt: skip
BY_KEY: Mapping[str, Move] = {move.key: move for move in MOVES}


def review_move(level: str, verdict: str) -> Move:
    """The move that a level makes with a verdict."""
    return next(move for move in MOVES if (move.level, move.verdict) == (level, verdict))


@dataclass(frozen=True)
class Case:
    """What the rules ask of an application.

    Attributes:
        state: Its state; None counts as registered (read in from a table).
        amount: Need in fen.
        purpose: What for.
        banks: Ids of its intended banks, in order, '' left out.
        bank_names: What to call them.
        criteria: Field name of each criterion → what was judged.
        running: Number of another application of the firm under review → ids of its banks.
        checks: Item → result of the department's check.
        entered_by: Id of whoever entered it.
        last_word: Day of the latest review.
        decided: Whether every bank that it was pushed to said no, or the firm gave up; None: it
            was not pushed.
        printed: Number of the signing sheet of this round.
        altered: Labels of what was changed since the sheet's version was frozen.
    """

    state: str | None
    amount: int | None = None
    purpose: str | None = None
    banks: tuple[str, ...] = ()
    bank_names: Mapping[str, str] = field(default_factory=dict)
    criteria: Mapping[str, str | None] = field(default_factory=dict)
    running: Mapping[str, frozenset[str]] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    entered_by: str | None = None
    last_word: date | None = None
    decided: bool | None = None
    printed: str = ""
    altered: tuple[str, ...] = ()


@dataclass(frozen=True)
class Doing:
    """Who makes a move, where, when and with which words.

    Attributes:
        day: The day.
        level: Level of the ledger's office: 县级.
        person: Id of whoever works now.
        name: What to call them.
        bank: Id of the bank they belong to.
        opinion: What they write.
        reason: Why it is withdrawn or removed.
        bank_given: Id of the bank that supports outside the lists.
    """

    day: date
    level: str = LEVELS["county"]
    person: str | None = None
    name: str = ""
    bank: str | None = None
    opinion: str = ""
    reason: str = ""
    bank_given: str | None = None


@dataclass(frozen=True)
class Rules:
    """What the office switched.

    Attributes:
        separation: Whoever entered it does not give the final word (`review.separation`).
        banker_alone: A banker of an intended bank may do 专班银行审核 (`review.banker_alone`).
        without_checks: The first review may pass before all departments answered
            (`review.checks_needed`).
    """

    separation: bool = False
    banker_alone: bool = True
    without_checks: bool = True


def judge(move: Move, case: Case, doing: Doing, rules: Rules | None = None) -> str:
    """Say whether a move can be made: '' or the one sentence why not and what to do."""
    return (
        _stands_elsewhere(move, case)
        or _not_here(move, doing)
        or _words_missing(move, doing)
        or (_unfit(case) if move.entering else "")
        or (_not_by(move, case, doing, rules or Rules()) if move.level else "")
        or (_not_again(case) if move.renews else "")
    )


def _stands_elsewhere(move: Move, case: Case) -> str:
    state = case.state or REGISTERED
    if state in move.origins:
        return ""
    if move.key in ("enter", "resubmit") and state in (*WAITING, RECOMMENDED):
        return f"已经列入清单，现在“{state}”，不用再报。"
    if state == RETURNED and move.level:
        return "已经退回，请先改好、点“改好重报”，再审核。"
    if move.key == "enter" and state == RETURNED:
        return "这笔是退回的，改好以后请点“改好重报”。"
    if move.key == "resubmit":
        return f"现在是“{state}”，只有退回的才能“改好重报”{_onward(state)}。"
    if move.key == "remove":
        return f"现在是“{state}”，还不在推荐清单上，要拿下来请用“撤回”。" if state in BY_KEY["withdraw"].origins else f"现在是“{state}”，已经不在推荐清单上，不用移出。"  # fmt: skip
    if move.key == "withdraw" and state == RECOMMENDED:
        return "已经列入推荐清单，要拿下来请用“移出推荐清单”，并写明原因。"
    if move.renews and state in BY_KEY["withdraw"].origins:
        return f"这笔还在办（{state}），不用再次申报，接着办就行。"
    wanted = "、".join(f"“{origin}”" for origin in move.origins if origin)
    return f"现在是“{state}”，{wanted}的才能{move.name}{_onward(state)}。"


def _onward(state: str) -> str:
    if state in (FAILED, WITHDRAWN, REMOVED, OUTSIDE):
        return "，要重新办请点“再次申报”"
    return "，请先列入申报清单" if state == REGISTERED else f"，请在“{state}”这一栏里办"


def _not_here(move: Move, doing: Doing) -> str:
    below = "" if not move.county else reads_only(doing.level)
    return f"审核在县级账套里办，{below}账套只看，请把这笔报到县专班。" if below else ""


def reads_only(level: str) -> str:
    """Word for a level below the county, where reviews are only looked at (`decisions.md` 26); ''."""
    return _BELOW.get(level, level if level in _BELOW.values() else "")


def _words_missing(move: Move, doing: Doing) -> str:
    if move.opinion and not doing.opinion.strip():
        return f"{move.name}要写意见，请写清哪里不合要求、怎么改。"
    if move.reason and not doing.reason.strip():
        return f"{move.name}要写原因，请选一个原因。"
    if move.bank and not doing.bank_given:
        return f"{move.name}要写明哪家银行支持，请选一家银行。"
    return ""


def _unfit(case: Case) -> str:
    """Why an application cannot enter the list (`domain.md` §5.1): all that is lacking, at once."""
    lacking = [
        words
        for words, there in (
            ("融资需求金额", (case.amount or 0) > 0),
            ("用途", case.purpose),
            ("意向银行", case.banks),
        )
        if not there
    ]
    if lacking:
        return f"还没有填{'、'.join(lacking)}，请补上再报。"
    bad = [_LABELS[name] for name in CRITERIA if case.criteria.get(name) not in (FIT, None, words.CRITERION[2])]  # fmt: skip
    if bad:
        return f"五项标准里“{'、'.join(bad)}”不符合，不能列入申报清单，可以转清单外支持或撤回。"
    open_ = [_LABELS[name] for name in CRITERIA if case.criteria.get(name) != FIT]
    if open_:
        return f"五项标准里“{'、'.join(open_)}”还待核，请核实、改成“符合”再报。"
    if len(set(case.banks)) != len(case.banks):
        return "两家意向银行填成了同一家，请改掉一家或留空。"
    for number, others in case.running.items():
        together = set(case.banks) | others
        if len(together) > MOST_BANKS:
            return f"同一户的 {number} 正在审，两笔的意向银行合起来有 {len(together)} 家，超过 {MOST_BANKS} 家，请改成同样的银行，或等那一笔办完。"  # fmt: skip
    return ""


def _not_by(move: Move, case: Case, doing: Doing, rules: Rules) -> str:
    """Why this person cannot give this word on this day."""
    if doing.person is None:
        return "还没有说明现在是谁在办，请先在“设置与备份”里选经办人。"
    if case.last_word is not None and doing.day < case.last_word:
        return f"上一道审核是 {case.last_word}，这次却写成 {doing.day}，请核对日期（电脑时钟可能拨回过）。"  # fmt: skip
    if move.verdict != PASSED:
        return ""
    name = doing.name or "经办人"
    odd = [item for item, result in case.checks.items() if result == ODD]
    if odd and not doing.opinion.strip():
        return f"部门核查里“{'、'.join(odd)}”有异常，通过要写意见，请说明为什么可以通过。"
    if move.level == BY_FIRST and not rules.without_checks:
        waiting = [item for item in words.CHECK_ITEMS if case.checks.get(item, UNANSWERED) == UNANSWERED]  # fmt: skip
        if waiting:
            return f"部门核查还有 {len(waiting)} 项没有反馈（{'、'.join(waiting)}），请补登核查结果再初审。"  # fmt: skip
    if move.level == BY_BANK and not rules.banker_alone and doing.bank in case.banks:
        bank = case.bank_names.get(doing.bank or "", "意向银行")
        return f"{name}是意向银行“{bank}”的人，不能单独作专班银行审核，请换一位别的银行的人来审。"  # fmt: skip
    if move.level == BY_CONVENER:
        if rules.separation and doing.person == case.entered_by:
            return f"这笔是{name}经办的，不能由本人作最后签字，请换人签。"
        if case.printed and case.altered:
            return f"签字页 {case.printed} 打印以后，{'、'.join(case.altered)}改过了，请退回重审，再打印签字页。"  # fmt: skip
    return ""


def _not_again(case: Case) -> str:
    if case.state != RECOMMENDED:
        return ""
    if case.decided is None:
        return "这笔在推荐清单上，还没有推送给银行，请先推送，或先移出推荐清单。"
    if not case.decided:
        return "这笔还有银行没有回绝，请等银行都作了决定再重新申报。"
    return ""
