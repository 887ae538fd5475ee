"""Findings and recommendations of an activity, edited on one page."""

import pytest
from django.urls import reverse

from groups.models import Finding, FollowUp, Recommendation
from tests.factory import day, make_activity

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(office, logged_in):
    return logged_in(office)


def rows(prefix, *lines, initial=0):
    """Fields of a formset: a dict of fields a row."""
    data = {f"{prefix}-TOTAL_FORMS": len(lines), f"{prefix}-INITIAL_FORMS": initial}
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data


def report_data(activity, findings=(), recommendations=(), **more):
    """What the page of findings and recommendations sends; rows with an id stood there before."""
    return (
        {"version": activity.version, **more}
        | rows("findings", *findings, initial=sum("id" in row for row in findings))
        | rows(
            "recommendations", *recommendations, initial=sum("id" in row for row in recommendations)
        )
    )


def lines_of(activity):
    activity.refresh_from_db()
    return [
        *activity.findings.values_list("kind", "text"),
        *activity.recommendations.values_list("addressee", "text", "finding__text"),
    ]


def test_findings_and_recommendations_are_written_ordered_and_removed(desk):
    activity = make_activity("2020-03-15")
    address = reverse("activity_report", args=[activity.pk])

    desk.post(
        address,
        report_data(
            activity,
            [
                {"kind": "good", "text": "进展顺利。", "ORDER": "2"},
                {"kind": "problem", "text": "码头滞后。", "ORDER": "1"},
                {"kind": "", "text": ""},
            ],
            [{"addressee": "镇政府", "text": "加快进度。"}],
        ),
    )
    written = lines_of(activity)
    behind, smooth = activity.findings.all()
    advice = activity.recommendations.get()
    desk.post(
        address,
        report_data(
            activity,
            [
                {"id": behind.pk, "kind": "problem", "text": "码头滞后。", "ORDER": "2"},
                {"id": smooth.pk, "kind": "good", "text": "", "DELETE": "on"},
                {"kind": "comparison", "text": "不如邻镇。", "ORDER": "1"},
            ],
            [
                {
                    "id": advice.pk,
                    "addressee": "镇政府",
                    "text": "加快码头建设。",
                    "finding": behind.pk,
                }
            ],
        ),
    )

    assert (written, lines_of(activity)) == (
        [
            ("problem", "码头滞后。"),
            ("good", "进展顺利。"),
            ("镇政府", "加快进度。", None),
        ],
        [
            ("comparison", "不如邻镇。"),
            ("problem", "码头滞后。"),
            ("镇政府", "加快码头建设。", "码头滞后。"),
        ],
    )
    assert activity.findings.get(text="码头滞后。").pk == behind.pk
    assert activity.version == 3


def test_recommendation_stays_when_the_finding_it_answers_goes(desk):
    activity = make_activity("2020-03-15")
    finding = Finding.objects.create(activity=activity, text="码头滞后。")
    advice = Recommendation.objects.create(activity=activity, text="加快。", finding=finding)

    desk.post(
        reverse("activity_report", args=[activity.pk]),
        report_data(
            activity,
            [{"id": finding.pk, "text": "码头滞后。", "DELETE": "on"}],
            [{"id": advice.pk, "text": "加快。", "finding": finding.pk}],
        ),
    )

    assert lines_of(activity) == [("", "加快。", None)]


def test_recommendation_that_was_followed_up_cannot_be_removed(desk):
    activity = make_activity("2020-03-15")
    advice = Recommendation.objects.create(activity=activity, text="加快。")
    FollowUp.objects.create(
        activity=activity,
        who="镇政府",
        date=day("2020-04-01"),
        content="已加快",
        recommendation=advice,
    )

    page = desk.post(
        reverse("activity_report", args=[activity.pk]),
        report_data(activity, [], [{"id": advice.pk, "text": "加快。", "DELETE": "on"}]),
    )

    assert page.context["form"].recommendations.non_form_errors() == [
        "“加快。”已经转送、落实或转办，不能删除；只能修改文字。"
    ]
    assert lines_of(activity) == [("", "加快。", None)]


def test_finding_of_another_activity_cannot_be_answered_nor_its_row_taken(desk):
    activity, other = make_activity("2020-03-15"), make_activity("2020-05-15")
    foreign = Finding.objects.create(activity=other, text="别处的。")
    address = reverse("activity_report", args=[activity.pk])

    answered = desk.post(
        address, report_data(activity, [], [{"text": "加快。", "finding": foreign.pk}])
    )
    taken = desk.post(address, report_data(activity, [{"id": foreign.pk, "text": "改写。"}]))

    assert list(answered.context["form"].recommendations.errors[0]) == ["finding"]
    assert taken.context["form"].findings.non_form_errors()
    assert (lines_of(activity), lines_of(other)) == ([], [("", "别处的。")])


def test_second_writer_of_findings_is_told_and_keeps_what_was_typed(desk):
    activity = make_activity("2020-03-15")
    address = reverse("activity_report", args=[activity.pk])
    mine = report_data(activity, [{"kind": "good", "text": "进展顺利。"}])
    desk.post(address, report_data(activity, [{"kind": "problem", "text": "码头滞后。"}]))

    told = desk.post(address, mine)

    assert told.status_code == 409
    assert [str(line) for line in told.context["saved"]] == ["码头滞后。"]
    form = told.context["form"]
    assert form.findings.forms[0]["text"].value() == "进展顺利。"
    desk.post(address, mine | {"version": form["version"].value()})
    assert lines_of(activity) == [("problem", "码头滞后。"), ("good", "进展顺利。")]
