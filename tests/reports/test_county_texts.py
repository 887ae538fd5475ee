"""What goes up to the county, told in the report: chapter 三, and the drafts under 打算."""

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from congress.periods import Period
from reports.chapters import PREPARING
from reports.county_texts import offered_proposals, take_over
from reports.document import build_document
from reports.figures.plan import outlook_figures
from reports.marks import plain
from reports.models import AnnualReport
from reports.scope import Scope
from reports.wording import outlook
from tests import factory
from tests.factory import day

from .sample_figures import year_2020

YEAR = Period(day("2020-01-01"), day("2020-08-20"))


@pytest.fixture
def report(db, set_today):
    set_today("2020-08-20")
    factory.make_township()
    return AnnualReport.objects.create(year=2020, start=YEAR.first, cut_off=YEAR.last)


def test_a_suggestion_becomes_the_next_text_of_the_chapter(report, office, logged_in):
    report.narratives.create(place="对县人大的建议-1", text="先写的。")
    proposal = factory.make_county_proposal()
    client = logged_in(office)
    page = client.get(report.get_absolute_url()).content.decode()
    address = reverse("countyproposal_take_over", args=[2020, proposal.pk])
    assert f'action="{address}"' in page

    client.post(address)
    client.post(address)

    assert list(report.narratives.order_by("pk").values_list("place", "text", "proposal")) == [
        ("对县人大的建议-1", "先写的。", None),
        ("对县人大的建议-2", proposal.content, proposal.pk),
    ]
    page = client.get(report.get_absolute_url()).content.decode()
    assert f'action="{address}"' not in page
    assert '二是<span class="narrative" id="对县人大的建议-2">建议县人大' in page


def test_once_and_only_what_belongs_to_the_report(report, office, chair):
    proposal = factory.make_county_proposal()
    factory.make_county_proposal(kind="bill")
    factory.make_county_proposal(year=2019)
    factory.make_county_proposal(drafted_on=day("2020-08-21"))

    assert list(offered_proposals(report)) == [proposal]
    with pytest.raises(PermissionDenied):
        take_over(user=chair, report=report, proposal=proposal)
    narrative = take_over(user=office, report=report, proposal=proposal)
    with pytest.raises(ValidationError):
        take_over(user=office, report=report, proposal=proposal)
    narrative.delete()
    assert list(offered_proposals(report)) == [proposal]


def test_drafts_for_the_county_session_are_named(report):
    assert (
        outlook_figures(Scope(YEAR, 2020)).bills,
        outlook_figures(Scope(YEAR, 2020)).suggestions,
    ) == ((), ())
    factory.make_county_proposal(kind="bill", title="关于公路管护的议案")
    for title in ("关于班线的建议", "关于饮水的建议"):
        factory.make_county_proposal(kind="suggestion", title=title)
    factory.make_county_proposal(kind="bill", drafted_on=day("2020-08-21"))
    factory.make_county_proposal()

    coming = outlook_figures(Scope(YEAR, 2020))

    assert coming.bills == ("关于公路管护的议案",)
    assert coming.suggestions == ("关于班线的建议", "关于饮水的建议")


def test_the_sentence_and_its_heading():
    figures = year_2020()
    assert outlook.drafts(figures) == ""
    coming = dataclasses.replace(figures.outlook, bills=("甲案",), suggestions=("乙建议", "丙建议"))
    figures = dataclasses.replace(figures, outlook=coming)

    sentence = "现已为县人代会起草议案1件（甲案）、建议2件（乙建议；丙建议）。"
    assert plain(outlook.drafts(figures)) == sentence
    for texts, heading in (({}, PREPARING), ({"打算-议案": "认真调研。"}, "认真调研。")):
        section = build_document(figures, texts).chapters[1].sections[-1]
        assert section.heading.text == heading
        assert section.paragraphs[-1].text.endswith(sentence)
