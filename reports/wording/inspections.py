"""Inspections and law checks with what was found and what came of it (S17–S26)."""

import re
from datetime import date
from itertools import groupby

from congress.numerals import (
    as_sentence,
    group_name,
    listing,
    quoted,
    title_marks,
    without_stop,
)
from delegates.models import Level
from groups.models import Finding
from reports.figures import ReportFigures
from reports.figures.activities import ActivityFigure, Line, Step
from reports.marks import linked, numbers_linked

from .activities import as_activity, date_of, day_of
from .phrases import subject, village_list

# 重点工程建设视察 → 重点工程建设: what the title says was looked at, if it says so.
SUBJECT = re.compile(
    r"^(?P<subject>[^\d第度代表]+(?:建设|工程|项目|工作|情况))(?:视察|调研|检查)+(?:活动)?$"
)
# Those to whom the congress reports; to others it passes things on.
REPORTED_TO = ("党委", "县委", "人大", "党组")


def inspection(event: ActivityFigure, figures: ReportFigures) -> str:
    """One inspection: when, who, where and what; findings, recommendations and their way."""
    return "".join(
        (
            numbers_linked(_inspection(event, figures), "activity", event.pk),
            _found(event, "视察调研" if "调研" in event.title else "视察"),
            _what_came_of(event, figures),
        )
    )


def law_checks(figures: ReportFigures) -> str:
    """Every law check, told with its findings, recommendations and their way."""
    return "".join(
        "".join(
            (
                numbers_linked(_law_check(event, figures), "activity", event.pk),
                _found(event, "检查"),
                _what_came_of(event, figures),
            )
        )
        for event in figures.activities.law_check
    )


def _law_check(event: ActivityFigure, figures: ReportFigures) -> str:
    what = [_as_checked(each) for each in event.content if each not in event.title]
    checked = f"，检查了{listing(what, last='和')}" if what else ""
    return (
        f"{day_of(event, figures)}，{subject(figures)}"
        f"组织{_participants(event, figures)}{_where(event)}"
        f"开展了{as_activity(event.title)}{checked}。"
    )


def _as_checked(content: str) -> str:
    """A law is checked for how it is carried out."""
    is_law = content.endswith(("法", "条例", "规定", "办法"))
    return f"{title_marks(content)}的实施情况" if is_law else content


def _what_came_of(event: ActivityFigure, figures: ReportFigures) -> str:
    recommended = numbers_linked(_recommendations(event), "activity.recommendations", event.pk)
    return recommended + _chain(event, figures) + _taken_up(event)


def _inspection(event: ActivityFigure, figures: ReportFigures) -> str:
    theme = ""
    if event.theme:
        source = f"{event.theme_source}提出的" if event.theme_source else ""
        theme = f"围绕{source}{quoted(event.theme)}这一主题，"
    return (
        f"{day_of(event, figures)}，{subject(figures)}{theme}"
        f"组织{_participants(event, figures)}{_where(event)}{_inspected(event)}。"
    )


def _where(event: ActivityFigure) -> str:
    where = event.place
    if event.villages:
        where = village_list(event.villages, "activity", event.pk)
    return f"赴{where}" if where else ""


def _inspected(event: ActivityFigure) -> str:
    content = list(event.content)
    match = SUBJECT.match(event.title)
    subject = match["subject"] if match else ""
    research = "调研" in event.title
    if research and subject in content and len(content) > 1:
        content.remove(subject)
        return f"视察了{listing(content, last='和')}，开展了{subject}调研"
    verb = "视察调研了" if research else "视察了"
    if not content:
        return f"{verb}{subject}" if subject else f"开展了{event.title}"
    if subject and not research and subject not in content:
        return f"{verb}{listing(content)}等{subject}"
    return f"{verb}{listing(content, last='和')}"


def _participants(event: ActivityFigure, figures: ReportFigures) -> str:
    if event.group and not figures.scope.group:
        return group_name(event.group)
    delegates, kind = figures.delegates, figures.institution.kind
    name, whole = {
        frozenset({Level.TOWN}): (f"{kind}人大代表", delegates.town),
        frozenset({Level.COUNTY}): ("县人大代表", delegates.county),
    }.get(
        event.levels if not figures.scope.group else None,
        ("人大代表", delegates.county + delegates.town),
    )
    return f"部分{name}" if 0 < event.attendance.expected < whole else name


def _found(event: ActivityFigure, how: str) -> str:
    return numbers_linked(_findings(event, how), "activity.findings", event.pk)


def _findings(event: ActivityFigure, how: str) -> str:
    """What is good or of no kind first, then problems, then comparisons, each with its lead."""
    kind = Finding.Kind
    leads = (
        (("", kind.GOOD), "认为", "认为"),
        ((kind.PROBLEM,), "同时指出", "指出"),
        ((kind.COMPARISON,), "对比认为", "对比认为"),
    )
    text = ""
    for marks, further, first in leads:
        told = [as_sentence(_plain(line)) for line in event.findings if line.mark in marks]
        if told:
            lead = f"代表们{further}" if text else f"通过{how}，代表们{first}"
            text += f"{lead}：{''.join(told)}"
    return text


def _plain(finding: Line) -> str:
    """A problem that has a lead of its own needs no 但."""
    if finding.mark != Finding.Kind.PROBLEM:
        return finding.text
    return finding.text.removeprefix("但是").removeprefix("但").lstrip("，")


def _recommendations(event: ActivityFigure) -> str:
    texts = [_addressed(line) for line in event.recommendations]
    if not texts:
        return ""
    if len(texts) > 1:
        return f"代表们建议：{'；'.join(texts)}。"
    return f"{'' if event.findings else '代表们'}建议{texts[0]}。"


def _addressed(recommendation: Line) -> str:
    """To whom and what; one that names its addressee itself is left as it is."""
    text = without_stop(recommendation.text).removeprefix("建议")
    return text if recommendation.mark in text else f"{recommendation.mark}{text}"


def _taken_up(event: ActivityFigure) -> str:
    """How many recommendations were assigned to units, and how many of these answered."""
    taken = event.taken_up
    total = taken.suggestions + taken.items
    if not total:
        return ""
    kinds = [
        f"{linked(number, f'activity.{figure}', event.pk)}条作为{kind}"
        for number, kind, figure in (
            (taken.suggestions, "代表建议", "suggestions"),
            (taken.items, "意见建议", "items"),
        )
        if number
    ]
    number = linked(taken.answered, "activity.answered", event.pk)
    answered = "均已答复" if taken.answered == total else f"已答复{number}条"
    result = f"，{'已答复' if total == 1 else answered}" if taken.answered else ""
    return f"上述建议中，{'、'.join(kinds)}交有关单位办理{result}。"


def _chain(event: ActivityFigure, figures: ReportFigures) -> str:
    """What was passed on and what came of it, day by day."""
    told = [
        *_transmissions(event, figures),
        *(
            (
                step.date,
                numbers_linked(_follow_up(step, figures), "activity.follow_ups", event.pk),
            )
            for step in event.follow_ups
        ),
    ]
    return "".join(sentence for _, sentence in sorted(told, key=lambda each: each[0]))


def _transmissions(event: ActivityFigure, figures: ReportFigures) -> list[tuple[date, str]]:
    """One sentence for each day on which findings and recommendations were passed on."""
    sentences = []
    for day, steps in groupby(event.transmissions, key=lambda step: step.date):
        names = list(dict.fromkeys(step.who for step in steps))
        above = [name for name in names if any(body in name for body in REPORTED_TO)]
        others = [name for name in names if name not in above]
        clauses = []
        if above:
            clauses.append(f"向{listing(above, last='和')}进行了汇报")
        if others:
            link = "并" if above else "梳理汇总后"
            clauses.append(f"{link}反馈给{listing(others, last='和')}")
        sentence = (
            f"{date_of(day, figures)}，{subject(figures)}将代表们的意见和建议{'，'.join(clauses)}。"
        )
        linked_sentence = numbers_linked(sentence, "activity.transmissions", event.pk)
        sentences.append((day, linked_sentence))
    return sentences


def _follow_up(step: Step, figures: ReportFigures) -> str:
    actor = "" if step.content.strip().startswith(step.who) else step.who
    return f"{date_of(step.date, figures)}，{actor}{as_sentence(step.content)}"
