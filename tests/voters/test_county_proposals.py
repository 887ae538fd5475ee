"""What goes up to the county congress: written, handed in, answered, told in the report."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from delegates.models import Level
from tests import factory
from tests.factory import day
from voters.actions import (
    answer_county_proposal,
    submit_county_proposal,
    take_back_county_proposal,
    take_step,
)
from voters.models import CountyProposal

from .printed_paper import content, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _township(db):
    factory.make_township()


def write(client, **fields):
    values = {
        "submission": str(uuid.uuid4()),
        "kind": "bill",
        "title": "关于加强山区公路管护的议案",
        "content": "案由：路况差。案据：三年没有大修。方案：列入明年计划。",
        "year": 2021,
        "session_words": "县十六届人大五次会议",
        "drafted_on": "2020-08-18",
        **fields,
    }
    return client.post(reverse("countyproposal_add"), values)


def test_the_office_writes_a_draft_for_county_delegates(office, logged_in):
    lead, seconder = (factory.make_mandate(level=Level.COUNTY) for _ in range(2))
    item = factory.make_item()
    take_step(
        user=office, item=item, step="escalate", escalated_to="县水务局", due_on=day("2020-12-01")
    )
    activity = factory.make_activity()
    recommendation = activity.recommendations.create(position=1, text="修公路")
    client = logged_in(office)
    link = f"{reverse('countyproposal_add')}?items={item.pk}"
    assert link in client.get(item.get_absolute_url()).content.decode()

    write(
        client,
        lead=lead.pk,
        seconders=[seconder.pk],
        items=[item.pk],
        recommendations=[recommendation.pk],
    )

    proposal = CountyProposal.objects.get()
    assert (proposal.lead, list(proposal.seconders.all()), proposal.state) == (
        lead,
        [seconder],
        "draft",
    )
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "县人大代表10人以上联名才能提出议案（地方组织法第二十二条），还差8人。" in page
    assert item.get_absolute_url() in page
    assert activity.get_absolute_url() in page
    assert proposal.get_absolute_url() in client.get(item.get_absolute_url()).content.decode()


def test_the_form_begins_with_the_item_it_comes_from(office, logged_in):
    item = factory.make_item()

    form = logged_in(office).get(f"{reverse('countyproposal_add')}?items={item.pk}").context["form"]

    assert [int(key) for key in form["items"].value()] == [item.pk]
    assert list(form.fields["items"].queryset) == [item]
    odd = logged_in(office).get(f"{reverse('countyproposal_add')}?items=x").context["form"]
    assert odd["items"].value() == []


def test_only_county_delegates_lead(office, logged_in):
    town = factory.make_mandate()
    gone = factory.make_mandate(level=Level.COUNTY, end="2020-03-01")
    client = logged_in(office)

    for odd in (town, gone):
        assert list(write(client, lead=odd.pk).context["form"].errors) == ["lead"]
        assert list(write(client, seconders=[odd.pk]).context["form"].errors) == ["seconders"]
    assert not CountyProposal.objects.exists()


def submit(user, proposal, on="2020-08-19"):
    return submit_county_proposal(user=user, proposal=proposal, submitted_on=day(on))


def answer(user, proposal, state="answered", on="2020-08-20", reply="已列入计划。"):
    return answer_county_proposal(
        user=user, proposal=proposal, state=state, replied_on=day(on), reply=reply
    )


def test_its_way_to_the_county_and_back(office, logged_in):
    proposal = factory.make_county_proposal()
    with pytest.raises(ValidationError):
        answer(office, proposal)

    submit(office, proposal)
    with pytest.raises(ValidationError):
        submit(office, proposal)
    assert (
        logged_in(office).get(reverse("countyproposal_edit", args=[proposal.pk])).status_code == 403
    )
    assert take_back_county_proposal(user=office, proposal=proposal).submitted_on is None
    submit(office, proposal)
    assert answer(office, proposal, "declined", reply="暂不具备条件。").state == "declined"
    with pytest.raises(ValidationError):
        take_back_county_proposal(user=office, proposal=proposal)
    assert answer(office, proposal).state == "answered"


@pytest.mark.parametrize(
    ("act", "values", "field"),
    [
        (submit, {"on": "2020-08-17"}, "submitted_on"),
        (submit, {"on": "2020-08-21"}, "submitted_on"),
        (answer, {"on": "2020-08-18"}, "replied_on"),
        (answer, {"on": "2020-08-21"}, "replied_on"),
        (answer, {"reply": " "}, "replied_on"),
    ],
)
def test_days_and_answers_that_cannot_be(act, values, field, office):
    proposal = factory.make_county_proposal()
    if act is answer:
        submit(office, proposal)

    with pytest.raises(ValidationError) as refusal:
        act(office, proposal, **values)

    assert list(refusal.value.message_dict) == [field]


def test_who_sees_and_who_moves_it(chair, delegate, leader, office, logged_in):
    person = delegate.delegate
    county = factory.make_mandate(person, level=Level.COUNTY, card_number="X15-001")
    own = factory.make_county_proposal(kind="suggestion", lead=county)
    factory.make_county_proposal()

    def listed(user):
        page = logged_in(user).get(reverse("countyproposal_list"))
        return [each.pk for each in page.context["object_list"]]

    assert (len(listed(chair)), listed(delegate), listed(leader)) == (2, [own.pk], [])
    with pytest.raises(PermissionDenied):
        submit(delegate, own)


def test_as_many_queries_for_many_as_for_one(office, logged_in, queries_of):
    client, page = logged_in(office), reverse("countyproposal_list")
    factory.make_county_proposal(lead=factory.make_mandate(level=Level.COUNTY))
    few = queries_of(client, page)
    for _ in range(2):
        factory.make_county_proposal(lead=factory.make_mandate(level=Level.COUNTY))

    assert queries_of(client, page) == few


def test_it_is_printed_as_a_letter(office, logged_in):
    proposal = factory.make_county_proposal()

    words = text_of(
        content(logged_in(office).get(reverse("countyproposal_paper", args=[proposal.pk])))
    )

    assert words == (
        "配备专职人大副主席YY县人民代表大会常务委员会："
        "建议县人大争取政策，为乡镇配备专职人大副主席。"
        "XX镇人民代表大会主席团2020年8月18日"
    )
