"""Numbers typed into the text that contradict a figure of the records."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.proof.catalogue import FIGURES
from reports.proof.figure import Share

from .check import WARNING, Found, check
from .subject import Subject
from .typed_numbers import NUMBER, bears_out, bears_out_percent

CLAUSE = re.compile(r"[^，。；！？：\n]+")
OPINIONS = "意见(?:和|、|与)?建议"
WHO = "[名位](?:人大)?代表"
#: Clauses that do not speak of all there was in the period.
OTHERWISE = re.compile(r"去年|上年|往年|历年|计划|明年|今后|每|各|其中|部分|分别|平均|最多|最少")


@dataclass(frozen=True)
class Typed:
    """A number in certain words, and the figures that may be meant; any of them bears it out."""

    words: re.Pattern
    figures: tuple[str, ...]


def _typed(pattern: str, *figures: str) -> Typed:
    return Typed(re.compile(pattern.replace("N", NUMBER)), figures)


def _times(what: str, kind: str) -> tuple[Typed, Typed]:
    """组织了3次培训 and 培训3次."""
    return (
        _typed(rf"(?:组织|开展|举办|进行|安排)了?N次[^、]{{0,4}}{what}", kind),
        _typed(rf"{what}(?:活动|调研|会)?N次", kind),
    )


TYPED = (
    _typed(r"接待[^、]{0,8}?N人次", "reception.persons"),
    _typed(r"N人次[^、]{0,2}(?:选民|群众|来访)", "reception.persons"),
    _typed(r"接待[^、]{0,8}?N批", "reception.visits"),
    _typed(rf"N{WHO}[^、]{{0,8}}接待", "reception.delegates"),
    _typed(
        rf"(?<!交办)(?<!办结)(?<!答复){OPINIONS}(?:共|共计|总计)?N[条件]",
        "feedback.items",
        "feedback.accepted",
    ),
    _typed(
        rf"(?:搜集|收集|征集|征求|收到|梳理)[^、]{{0,6}}?N[条件]{OPINIONS}",
        "feedback.items",
        "feedback.accepted",
    ),
    _typed(rf"交办(?:{OPINIONS})?(?:了|共)?N[条件]", "feedback.assigned"),
    _typed(rf"办结(?:{OPINIONS})?(?:了|共)?N[条件]", "feedback.closed"),
    _typed(rf"答复(?:{OPINIONS})?(?:了|共)?N[条件]", "feedback.replied"),
    _typed(r"N个(?:人大)?代表小组(?!活动室)", "groups"),
    _typed(r"N个(?:人大)?(?:代表小组)?活动室", "rooms"),
    _typed(r"活动室N个", "rooms"),
    _typed(r"(?<!组织)(?<!安排)N[名位]县(?:级)?人大代表(?!参加|参与)", "delegates.county"),
    _typed(r"(?<!组织)(?<!安排)N[名位][镇乡]级?人大代表(?!参加|参与)", "delegates.town"),
    _typed(r"全[镇乡]N个(?:行政)?村", "villages"),
    _typed(rf"N{WHO}[^、]{{0,10}}述职", "duty.done", "duty.planned", "duty.remaining"),
    *_times("(?:学习)?培训", "training"),
    *_times("视察", "inspection"),
    *_times("(?:工作|述职)?评议", "evaluation"),
    *_times("执法检查", "law_check"),
    _typed("(?<!期)答复率[^、]{0,3}?N%", "rate.reply", "rate.reply_past_due", "rate.on_time"),
    _typed("到期答复率[^、]{0,3}?N%", "rate.reply_past_due"),
    _typed("按期答复率[^、]{0,3}?N%", "rate.on_time"),
    _typed("办结率[^、]{0,3}?N%", "rate.closed_past_due"),
    _typed("告知率[^、]{0,3}?N%", "rate.told"),
    _typed("办成率[^、]{0,3}?N%", "rate.solved"),
    _typed("(?:出席|到会)率[^、]{0,3}?N%", "attendance.rate"),
    _typed(
        "满意率[^、]{0,3}?N%",
        "rate.result_satisfied",
        "rate.process_satisfied",
        "duty.best_rate",
        "duty.approved_rate",
    ),
)


@check(
    "numbers",
    "文字中的数与记录不符",
    WARNING,
    "写进文字的人次、条数、名数、次数和比率，与同一说法的数据不同。余、多、近、约按实数核对。",
)
def contradicting(subject: Subject) -> Iterator[Found]:
    for text in subject.told:
        for clause in CLAUSE.finditer(text.text):
            if OTHERWISE.search(clause[0]):
                continue
            for typed in TYPED:
                for match in typed.words.finditer(clause[0]):
                    if not _is_borne_out(subject, typed, match):
                        yield Found(
                            f"“{text.place}”写“{match[0]}”，记录为：{_recorded(subject, typed)}。",
                            address=text.draft_address,
                        )


def _is_borne_out(subject: Subject, typed: Typed, match: re.Match) -> bool:
    return any(
        _is(match, value(key))
        for key in typed.figures
        for value in (subject.value, subject.value_of_whole)
    )


def _is(match: re.Match, value: int | Share) -> bool:
    if isinstance(value, Share):
        return bears_out_percent(match, *value)
    return bears_out(match, Decimal(value))


def _recorded(subject: Subject, typed: Typed) -> str:
    told = ((FIGURES[key], subject.value(key)) for key in typed.figures)
    return "，".join(f"{figure.name}{figure.in_words(value)}" for figure, value in told)
