"""Claims that people write and that the records must bear out, as domain reference E.5 asks."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from congress.numerals import percent
from reports.figures import feedback
from reports.models import Narrative
from reports.proof.figure import Share
from voters.rates import RATES, Basis

from .check import ERROR, Found, check
from .subject import Subject

ALL = "(?:全部|全都|均已|都已|已全部|100%|百分之百|百分百)"
FULL = "[^，。；]{0,4}(?:100%|百分之百|百分百)"
NEARLY = re.compile(r"基本(?:上)?(?:做到|实现|达到)?(?:了)?$")
#: What is wished or denied is not claimed.
NOT_CLAIMED = re.compile(
    r"努力|力争|争取|力求|将|要(?!求)|计划|打算|下一步|今后|目标|让|使|以便|应当|必须"
    r"|没有|未能|尚未|不能|难以|还不|去年|上年"
)
#: 全部办结 of other things than what voters said.
OF_OTHERS = re.compile(r"议案|代表建议|视察|调研|评议|整改|项目|工程|资金|任务|事项")


@dataclass(frozen=True)
class Claim:
    """``share`` must be full, or reach the township's threshold where the claim is 基本做到.

    ``of_others`` in the sentence before it makes it another claim.
    """

    words: re.Pattern
    name: str
    share: Callable[[Subject], Share]
    is_of_most: bool = False
    of_others: re.Pattern | None = None


def _rate(key: str) -> Callable[[Subject], Share]:
    return lambda subject: subject.value(key)


def _of(part: str, whole: str) -> Callable[[Subject], Share]:
    return lambda subject: Share(subject.value(part), subject.value(whole))


def _due(rate: str, part: str) -> Callable[[Subject], Share]:
    """Of the items that are past due; while none is, of all that were accepted."""
    return lambda subject: (
        subject.value(rate)
        if subject.value(rate).whole
        else Share(subject.value(part), subject.value("feedback.accepted"))
    )


def _satisfied(subject: Subject) -> Share:
    """The two best grades of the result."""
    rate = RATES["result_satisfied"]
    items = feedback.items(subject.scope)
    approving = rate.items(items, "aside", Basis.on(subject.scope.last)).count()
    return Share(approving, subject.value("rate.result_satisfied").whole)


CLAIMS = (
    Claim(
        re.compile(rf"(?:事事|件件)有(?:回复|回音|答复|回应)|答复率{FULL}"),
        "到期答复率",
        _due("rate.reply_past_due", "feedback.replied"),
    ),
    Claim(
        re.compile(rf"{ALL}(?:得到了?|予以|作了)?(?:答复|回复)"),
        "答复率",
        _rate("rate.reply"),
        of_others=OF_OTHERS,
    ),
    Claim(
        re.compile(rf"(?:事事|件件)有(?:落实|着落|结果|交代)|办结率{FULL}"),
        "到期办结率",
        _due("rate.closed_past_due", "feedback.closed"),
    ),
    Claim(
        re.compile(rf"{ALL}(?:得到了?)?(?:办结|落实|解决|办理完毕)"),
        "办结的占受理的比例",
        _of("feedback.closed", "feedback.accepted"),
        of_others=OF_OTHERS,
    ),
    Claim(
        re.compile(
            rf"出席率{FULL}|到会率{FULL}|无一(?:缺席|请假)|(?:全体|全部)代表[^，。；]{{0,4}}(?:出席|到会)"
        ),
        "出席率",
        _rate("attendance.rate"),
    ),
    Claim(
        re.compile(rf"{ALL}[^，。；]{{0,8}}述职|述职[^，。；]{{0,6}}{ALL}完成"),
        "已述职的占安排述职的比例",
        _of("duty.done", "duty.planned"),
    ),
    Claim(
        re.compile(
            r"(?:群众|选民|来访人)[^，。；]{0,6}(?<!不)满意(?![度率])|(?:群众|选民)[^，。；]{0,6}好评"
        ),
        "选民对办理结果表示满意和基本满意的比例",
        _satisfied,
        is_of_most=True,
    ),
    Claim(
        re.compile(rf"(?<!基本)满意率{FULL}"),
        "结果满意率",
        _rate("rate.result_satisfied"),
    ),
)


@check(
    "claims",
    "与记录不符的说法",
    ERROR,
    "事事有回复、件件有落实、全部办结、群众满意等说法，须有相应的比率支持；"
    "“基本做到”和满意的说法按乡镇概况中的标准。",
)
def unsupported(subject: Subject) -> Iterator[Found]:
    for text in subject.told:
        for claim in CLAIMS:
            yield from _unsupported(subject, text, claim)


def _unsupported(subject: Subject, text: Narrative, claim: Claim) -> Iterator[Found]:
    for match in claim.words.finditer(text.text):
        start = max(text.text.rfind(mark, 0, match.start()) for mark in "。；！？\n") + 1
        before = text.text[start : match.start()]
        if NOT_CLAIMED.search(before) or (claim.of_others and claim.of_others.search(before)):
            continue
        share = claim.share(subject)
        most = claim.is_of_most or bool(NEARLY.search(before))
        needed = subject.township.claim_percent if most else 100
        if share.whole and share.part * 100 >= share.whole * needed:
            continue
        stands = f"{claim.name}为{percent(*share)}" if share.whole else f"{claim.name}还没有记录"
        yield Found(f"“{text.place}”写“{match[0]}”，{stands}。", address=text.draft_address)
