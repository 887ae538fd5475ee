"""Texts that nobody has looked at: left from last year, suggested, not filled in, missing."""

import re
from collections.abc import Iterator

from django.urls import reverse

from congress.models import Village
from reports.models import AnnualReport, Narrative, Origin
from reports.outline import PREFACE
from reports.places import base_of
from reports.upward_requests import requests_in_report

from .check import ERROR, WARNING, Found, ToMend, check, places_found
from .subject import Subject

#: Short words that lead into a paragraph may stand from year to year.
LEADS = "引语"
#: What stands where something is still to be written.
PLACEHOLDER = re.compile(
    r"[×✕╳]{2,}|[XxＸｘ]{2,}|[○〇]{2,}|[□■△▲*＊]{2,}|某某|[_＿]{2,}|[?？]{2,}"
    r"|待补|待填|待定|待核|【[^】]*】"
)


def _at(text: Narrative) -> ToMend:
    return ToMend(text.place, text.draft_address)


@check(
    "as_last_year",
    "文字沿用上年",
    WARNING,
    "与上年同一种报告的同一部分一字不差，或者沿用以后没有改过的文字。各段的引语不算。",
)
def as_last_year(subject: Subject) -> Iterator[Found]:
    before = _last_year(subject.report)
    return places_found(
        (
            _at(text)
            for text in subject.narratives
            if text.origin == Origin.CARRIED or ((base_of(text.place), text.text.strip()) in before)
        ),
        lambda number: f"{number}段文字与上年相同，没有改过。",
    )


def _last_year(report: AnnualReport) -> set[tuple[str | None, str]]:
    """(place without its number, text) of last year's reports of this kind."""
    texts = Narrative.objects.exclude(text="").filter(
        report__year=report.year - 1, report__kind=report.kind, report__group=report.group_id
    )
    return {
        (base_of(place), text.strip())
        for place, text in texts.values_list("place", "text")
        if not place.endswith(LEADS)
    }


@check("suggested", "拟写的文字没有改过", WARNING, "由记录拟写、没有人看过改过的文字。")
def suggested(subject: Subject) -> Iterator[Found]:
    return places_found(
        (_at(text) for text in subject.narratives if text.origin == Origin.SUGGESTED),
        lambda number: f"{number}段文字是按记录拟写的，没有人改过。",
    )


@check("empty_chapters", "部分没有文字", WARNING, "应由人撰写而没有文字的部分，不会印出。")
def empty_chapters(subject: Subject) -> Iterator[Found]:
    document = subject.document
    draft = reverse("report_draft", args=[subject.report.slug])
    missing = [
        (chapter.heading, chapter.key)
        for chapter in document.chapters
        if chapter.is_open and not chapter.is_printed
    ]
    if document.preface and not any(paragraph.text for paragraph in document.preface):
        missing.insert(0, ("前言", PREFACE))
    return places_found(
        (ToMend(heading, f"{draft}#{key}") for heading, key in missing),
        lambda number: f"{number}个部分没有文字，不会印出。",
    )


@check(
    "requests", "报告夹带请示事项", WARNING, "上行的“报告”不写请上级办理的事项；情况汇报可以写。"
)
def requests(subject: Subject) -> Iterator[Found]:
    if sentence := requests_in_report(subject.report):
        yield Found(sentence, address=reverse("report_settings", args=[subject.report.slug]))


@check(
    "placeholders",
    "待补的内容",
    ERROR,
    "××、【待补】、某某、待定、____ 等还没有填好的内容。乡镇和村的名称不算。",
)
def placeholders(subject: Subject) -> Iterator[Found]:
    names = _own_names(subject)
    unfilled = (
        (each, PLACEHOLDER.search(_without(names, text))) for each, text in _all_texts(subject)
    )
    return places_found(
        (ToMend(f"{each.label}：{at[0]}", each.address) for each, at in unfilled if at),
        lambda number: f"{number}处内容还没有填好。",
    )


def _own_names(subject: Subject) -> list[str]:
    """Names that may be written with X: the township, its county, its villages."""
    township = subject.township
    own = [township.name, township.name[:-1], township.county]
    names = [*own, *Village.objects.values_list("name", flat=True)]
    return sorted(filter(None, names), key=len, reverse=True)


def _without(names: list[str], text: str) -> str:
    """Longer rows of X are not the name: X镇 is none in XXX镇."""
    for name in names:
        text = re.sub(rf"(?<![Xx×]){re.escape(name)}(?![Xx×])", "", text)
    return text


def _all_texts(subject: Subject) -> Iterator[tuple[ToMend, str]]:
    """All that will be printed, each with the page on which it is mended."""
    report = subject.report
    settings = reverse("report_settings", args=[report.slug])
    for field in ("title", "addressee", "speaker", "organ"):
        label = report._meta.get_field(field).verbose_name
        yield ToMend(label, settings), getattr(report, field)
    for text in subject.narratives:
        yield _at(text), text.text
    for attachment in report.attachments.all():
        told = f"{attachment.title}\n{attachment.text}"
        yield ToMend(f"附件“{attachment.title}”", report.get_absolute_url()), told
    for heading, text in _computed(subject):
        yield ToMend(f"“{heading}”中由记录写成的文字", report.get_absolute_url()), text


def _computed(subject: Subject) -> Iterator[tuple[str, str]]:
    """(heading, text) of what the records say; the texts people write stand elsewhere."""
    for chapter in subject.document.chapters:
        parts = [(chapter.heading, chapter.paragraphs)]
        parts += [(each.heading.text, each.paragraphs) for each in chapter.sections]
        for heading, paragraphs in parts:
            pieces = (piece for paragraph in paragraphs for piece in paragraph.pieces)
            yield heading, "".join([heading, *(each.text for each in pieces if not each.place)])
