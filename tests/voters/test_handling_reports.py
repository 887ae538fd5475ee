"""办理情况报告: which suggestions it tells, that it stays as drawn up, who may read it."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from congress.privacy import without_phones
from tests import factory
from tests.factory import day
from voters.actions import publish_report, save_report
from voters.handling_rates import HandlingRates
from voters.models import FeedbackItem, HandlingReport
from voters.todo_suggestions import unreported_suggestions

from .printed_paper import content, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _township(db):
    factory.make_township()


def publish(user, report, on="2020-08-20", where="镇政务公开栏"):
    return publish_report(user=user, report=report, published_on=day(on), published_where=where)


def add(client, **fields):
    values = {
        "submission": str(uuid.uuid4()),
        "session": factory.make_session().pk,
        "title": "关于代表建议办理情况的报告",
        "date": "2020-08-20",
        "first": "2020-01-01",
        "last": "2020-08-20",
        **fields,
    }
    return client.post(reverse("handlingreport_add"), values)


def test_a_report_tells_the_suggestions_of_its_span(office, logged_in):
    lead = factory.make_mandate(factory.make_delegate("王领衔"))
    closed = factory.make_suggestion(lead, state="closed")
    open_one = factory.make_suggestion(state="assigned")
    early = factory.make_suggestion()
    FeedbackItem.objects.filter(pk=early.pk).update(registered_on=day("2019-12-31"))
    factory.make_item(state="closed")

    add(logged_in(office))

    report = HandlingReport.objects.get()
    fields = ("item", "number", "proposer", "state", "replied_on", "outcome_words", "opinion")
    assert list(report.lines.values_list(*fields)) == [
        (
            closed.pk,
            "2020-Y001",
            "王领衔",
            "办结",
            day("2020-08-18"),
            "A 已解决或基本解决",
            "过程满意，结果满意",
        ),
        (open_one.pk, "2020-Y002", open_one.lead_proposer.delegate.name, "交办", None, "", ""),
    ]


def test_a_span_without_suggestions_is_refused(office, logged_in):
    response = add(logged_in(office))

    assert response.context["form"].errors == {
        "first": ["这段时间没有登记的代表建议，请改选日期。"]
    }
    assert not HandlingReport.objects.exists()


def test_days_that_cannot_be(office, logged_in):
    factory.make_suggestion()
    client = logged_in(office)

    turned = add(client, first="2020-08-20", last="2020-01-01").context["form"].errors
    later = add(client, date="2020-08-21").context["form"].errors

    assert turned == {"last": ["登记日期的止日不能早于起日。"]}
    assert later == {"date": ["报告日期不能晚于今天。"]}
    report = factory.make_handling_report(office)
    for on, where in (("2020-08-19", "公开栏"), ("2020-08-21", "公开栏"), ("2020-08-20", " ")):
        with pytest.raises(ValidationError):
            publish(office, report, on, where)
    assert HandlingReport.objects.get().published_on is None


def test_what_was_drawn_up_stays_when_the_item_moves_on(office, logged_in):
    item = factory.make_suggestion(state="told")
    report = factory.make_handling_report(office)

    FeedbackItem.objects.filter(pk=item.pk).update(title="别的标题", result_satisfaction="不满意")

    line = report.lines.get()
    assert (line.title, line.state, line.opinion) == ("1号建议", "已告知", "")


def test_lines_are_chosen_by_hand_until_it_is_public(office, logged_in):
    first, second = factory.make_suggestion(), factory.make_suggestion()
    report = factory.make_handling_report(office)
    client, address = logged_in(office), reverse("handlingreport_edit", args=[report.pk])
    values = {
        "version": report.version,
        "session": report.session_id,
        "title": report.title,
        "date": report.date,
        "first": report.first,
        "last": report.last,
    }
    assert set(client.get(address).context["form"].initial["items"]) == {first.pk, second.pk}

    client.post(address, values | {"items": [second.pk]})

    assert [line.item_id for line in report.lines.all()] == [second.pk]
    publish(office, report)
    assert client.post(address, values | {"items": [first.pk]}).status_code == 403
    assert client.post(reverse("handlingreport_delete", args=[report.pk])).status_code == 403
    with pytest.raises(ValidationError):
        save_report(user=office, report=report)
    assert [line.item_id for line in report.lines.all()] == [second.pk]


def test_the_rates(office):
    for state in ("registered", "assigned", "closed"):
        factory.make_suggestion(state=state)
    unhappy = factory.make_suggestion(state="closed", outcome="D")
    FeedbackItem.objects.filter(pk=unhappy.pk).update(result_satisfaction="不满意")

    rates = HandlingRates.of(factory.make_handling_report(office).lines.all())

    assert (rates.total, rates.answered, rates.closed, rates.judged, rates.content) == (
        4,
        2,
        2,
        2,
        1,
    )
    assert rates.sentence == (
        "共4件，已答复2件（50%），办结2件（50%）。"
        "办理结果：A 已解决或基本解决1件、D 解释说明1件。"
        "代表作出评价2件，满意和基本满意1件（50%）。"
    )


def test_it_shows_no_telephone_number(office, logged_in):
    factory.make_suggestion(title="修路，联系13812341234", state="replied")
    report = factory.make_handling_report(office)
    publish(office, report)
    client = logged_in(office)

    page = client.get(report.get_absolute_url()).content.decode()
    words = text_of(content(client.get(reverse("handlingreport_paper", args=[report.pk]))))

    assert "修路，联系138****1234" in page
    assert ["13812341234" in page, "13812341234" in words] == [False, False]
    assert "2020年8月20日在镇政务公开栏公布" in words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13812341234。", "电话138****1234。"),
        ("0551-1234567", "****567"),
        ("2020年3月15日", "2020年3月15日"),
        ("编号20200815001", "编号20200815001"),
    ],
)
def test_only_telephone_numbers_are_masked(text, shown):
    assert without_phones(text) == shown


def test_delegates_and_leaders_read_what_is_public(delegate, leader, chair, office, logged_in):
    factory.make_suggestion()
    report = factory.make_handling_report(office)

    def opened():
        return [
            logged_in(user).get(report.get_absolute_url()).status_code
            for user in (chair, leader, delegate)
        ]

    assert opened() == [200, 404, 404]
    publish(office, report)
    assert opened() == [200, 200, 200]
    with pytest.raises(PermissionDenied):
        publish(chair, report)


def test_the_secretary_is_told_of_what_was_never_reported(secretary, office, logged_in):
    factory.make_suggestion(state="closed")
    factory.make_suggestion(state="told")

    def waiting(user):
        return [todo.count for todo in unreported_suggestions(user, day("2020-08-20"))]

    assert (waiting(secretary), waiting(office)) == ([1], [])
    report = factory.make_handling_report(office)
    assert waiting(secretary) == [1]
    found = logged_in(office).get(reverse("suggestion_list"), {"reported": "false"})
    assert [each.number for each in found.context["object_list"]] == ["2020-Y001"]
    publish(office, report)
    assert waiting(secretary) == [0]


def test_as_many_queries_for_many_as_for_one(office, logged_in, queries_of):
    client = logged_in(office)
    factory.make_suggestion()
    report = factory.make_handling_report(office)
    pages = (reverse("handlingreport_list"), report.get_absolute_url())
    few = [queries_of(client, page) for page in pages]
    for _ in range(2):
        factory.make_suggestion(state="closed")
        factory.make_handling_report(office)
    save_report(user=office, report=report)

    assert [queries_of(client, page) for page in pages] == few
