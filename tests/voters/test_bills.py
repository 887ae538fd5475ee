"""Bills: who may put one, what becomes of it, how the vote counts, and how it is carried out."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from delegates.models import Level
from tests import factory
from tests.factory import day
from voters.actions import (
    carry_out_bill,
    decide_bill,
    record_vote,
    take_step,
    withdraw_bill,
)
from voters.models import Bill, FeedbackItem

from .printed_paper import content, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _township(db):
    factory.make_township()


def put(client, lead, seconders, **fields):
    values = {
        "submission": str(uuid.uuid4()),
        "session": factory.make_session().pk,
        "title": "关于保护饮用水水源的议案",
        "cause": "水源地没有围护。",
        "grounds": "去年三次水质超标。",
        "scheme": "年内建围栏。",
        "proposer_kind": "delegates",
        "lead": lead.pk if lead else "",
        "seconders": [each.pk for each in seconders],
        "received_on": "2020-08-18",
        **fields,
    }
    return client.post(reverse("bill_add"), values)


def decide(user, bill, decision="agenda", on="2020-08-19", reason=""):
    return decide_bill(
        user=user, bill=bill, decision=decision, decided_on=day(on), decision_reason=reason
    )


def vote(user, bill, votes=(26, 20, 4), of=50, on="2020-08-20"):
    names = ("votes_for", "votes_against", "votes_abstained")
    values = dict(zip(names, votes, strict=True))
    return record_vote(user=user, bill=bill, voted_on=day(on), all_delegates=of, **values)


def refused(act, *args, **values):
    with pytest.raises(ValidationError) as refusal:
        act(*args, **values)
    error = refusal.value
    return error.message_dict if hasattr(error, "error_dict") else error.messages


# Put


def test_five_delegates_put_a_bill_jointly(office, logged_in):
    lead, *others = [factory.make_mandate() for _ in range(5)]
    client = logged_in(office)

    few = put(client, lead, others[:3])
    assert few.context["form"].errors == {
        "seconders": [
            "乡镇代表须5人以上联名才能提出议案（地方组织法第二十二条），现在连同领衔代表共4人，"
            "还差1人；不足的可以作为代表建议提出。"
        ]
    }
    assert put(client, lead, others).status_code == 302
    put(client, lead, others)

    assert list(Bill.objects.order_by("pk").values_list("number", "lead")) == [
        (1, lead.pk),
        (2, lead.pk),
    ]
    assert set(Bill.objects.first().seconders.all()) == set(others)


def test_the_lead_is_not_counted_twice(office, logged_in):
    lead, *others = [factory.make_mandate() for _ in range(4)]

    response = put(logged_in(office), lead, [lead, *others])

    assert list(response.context["form"].errors) == ["seconders"]
    assert not Bill.objects.exists()


def test_those_who_put_it_are_in_office_when_it_is_received(office, logged_in):
    county = factory.make_mandate(level=Level.COUNTY)
    late = factory.make_mandate(start="2020-08-19")
    lead, *others = [factory.make_mandate() for _ in range(4)]
    client = logged_in(office)

    for odd in (county, late):
        response = put(client, lead, [*others, odd])
        assert list(response.context["form"].errors) == ["seconders"]
    assert not Bill.objects.exists()


def test_presidium_and_government_put_one_without_delegates(office, logged_in):
    mandate = factory.make_mandate()
    client = logged_in(office)

    led = put(client, mandate, [], proposer_kind="government")
    assert list(led.context["form"].errors) == ["lead"]
    seconded = put(client, None, [mandate], proposer_kind="presidium")
    assert list(seconded.context["form"].errors) == ["seconders"]
    put(client, None, [], proposer_kind="government")

    assert Bill.objects.get().proposed_by == "人民政府"


def test_a_second_click_puts_it_once(office, logged_in):
    lead, *others = [factory.make_mandate() for _ in range(5)]
    client, token = logged_in(office), str(uuid.uuid4())

    put(client, lead, others, submission=token)
    put(client, lead, others, submission=token)

    assert Bill.objects.count() == 1


def test_a_bill_is_edited_until_the_presidium_decides(office, logged_in):
    bill = factory.make_bill()
    client = logged_in(office)
    page = client.get(reverse("bill_edit", args=[bill.pk])).context["form"]
    assert set(page.initial["seconders"]) == set(bill.seconders.values_list("pk", flat=True))

    decide(office, bill)

    assert client.get(reverse("bill_edit", args=[bill.pk])).status_code == 403
    assert client.post(reverse("bill_delete", args=[bill.pk])).status_code == 403


# Decided, voted, withdrawn


def test_the_presidium_gives_reasons_where_it_refuses(office):
    bill = factory.make_bill()

    assert refused(decide, office, bill, "refused") == {
        "decision_reason": ["不列入会议议程的，须写明理由。"]
    }
    assert refused(decide, office, bill, on="2020-08-17") == {
        "decided_on": ["主席团决定的日期须填写，且不能早于收到日期。"]
    }
    assert refused(decide, office, bill, on="2020-08-21") == {"decided_on": ["日期不能晚于今天。"]}
    assert decide(office, bill, "refused", reason="不属于本级职权。").state == "refused"
    assert decide(office, bill, "agenda").state == "on_agenda"


def test_only_delegates_bills_become_suggestions(office, logged_in):
    bill = factory.make_bill(proposer_kind="government")

    assert refused(decide, office, bill, "suggestion") == {
        "decision": ["只有代表联名的议案可以转作代表建议办理。"]
    }
    form = logged_in(office).get(reverse("bill_decide", args=[bill.pk])).context["form"]
    assert [key for key, _ in form.fields["decision"].choices] == ["agenda", "refused"]


@pytest.mark.parametrize(
    ("votes", "of", "state"),
    [
        ((26, 24, 0), 50, "passed"),
        ((25, 0, 0), 50, "failed"),
        ((25, 25, 0), 50, "failed"),
        ((25, 0, 0), 49, "passed"),
        ((24, 0, 0), 49, "failed"),
        ((50, 0, 0), 50, "passed"),
        ((0, 0, 50), 50, "failed"),
        ((1, 0, 0), 1, "passed"),
    ],
)
def test_more_than_half_of_all_delegates_pass_it(votes, of, state, office):
    bill = factory.make_bill()
    decide(office, bill)

    assert vote(office, bill, votes, of).state == state
    assert list(Bill.objects.in_state(state)) == [bill]


def test_votes_that_cannot_be(office):
    bill = factory.make_bill()
    assert refused(vote, office, bill) == ["这件议案现在是“待主席团决定”，请刷新页面查看。"]
    decide(office, bill)

    assert refused(vote, office, bill, (30, 20, 1)) == {
        "votes_for": ["赞成、反对、弃权之和不能多于全体代表。"]
    }
    assert refused(vote, office, bill, on="2020-08-18") == {
        "voted_on": ["表决日期、全体代表和各项票数都要填写，表决日期不能早于主席团决定的日期。"]
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Bill.objects.update(voted_on=day("2020-08-20"))
    assert Bill.objects.get().state == "on_agenda"


def test_all_delegates_are_those_in_office_on_the_day(office, logged_in):
    bill = factory.make_bill(session=factory.make_session(date="2020-08-20"))
    factory.make_mandate(end="2020-08-01")
    factory.make_mandate(level=Level.COUNTY)
    decide(office, bill)

    form = logged_in(office).get(reverse("bill_vote", args=[bill.pk])).context["form"]

    assert form.initial["all_delegates"] == 5


def test_what_is_withdrawn_is_not_voted_on(office):
    bill = factory.make_bill()
    decide(office, bill)
    voted = factory.make_bill()
    decide(office, voted)
    vote(office, voted)

    withdraw_bill(user=office, bill=bill, withdrawn_on=day("2020-08-20"))

    assert refused(vote, office, bill) == ["这件议案现在是“已撤回”，请刷新页面查看。"]
    assert refused(withdraw_bill, user=office, bill=voted, withdrawn_on=day("2020-08-20")) == [
        "这件议案现在是“通过”，请刷新页面查看。"
    ]
    assert list(Bill.objects.in_state("withdrawn")) == [bill]


# Carried out


def carry_out(user, bill):
    return carry_out_bill(user=user, bill=bill, topic=factory.make_topic(), title=bill.title)


def test_a_bill_turned_into_a_suggestion_keeps_its_proposers(office, logged_in):
    bill = factory.make_bill()
    assert refused(carry_out, office, bill) == ["这件议案现在是“待主席团决定”，请刷新页面查看。"]
    decide(office, bill, "suggestion")

    item = carry_out(office, bill)

    assert (item.number, item.source, item.session, item.lead_proposer) == (
        "2020-Y001",
        "delegate",
        bill.session,
        bill.lead,
    )
    assert set(item.proposers.all()) == {bill.lead, *bill.seconders.all()}
    assert refused(carry_out, office, bill) == ["这件议案现在是“转作建议办理”，请刷新页面查看。"]
    client = logged_in(office)
    assert bill.get_absolute_url() in client.get(item.get_absolute_url()).content.decode()
    page = client.get(bill.get_absolute_url())
    assert (page.context["item"].number, page.context["item"].state_words) == ("2020-Y001", "登记")


@pytest.mark.parametrize(("is_wide", "due"), [(False, "2020-11-20"), (True, "2021-02-20")])
def test_a_passed_bill_is_answered_within_the_months_of_a_suggestion(is_wide, due, office):
    bill = factory.make_bill(proposer_kind="presidium")
    decide(office, bill)
    vote(office, bill)

    item = carry_out(office, bill)
    values = {"lead_unit": factory.make_unit(), "is_wide": is_wide, "due_on": None}
    take_step(user=office, item=item, step="assign", note="涉及各村", **values)

    assert (item.number, item.source, item.due_on) == ("2020-J001", "session", day(due))
    assert list(FeedbackItem.objects.get().proposers.all()) == []


def test_only_the_office_moves_a_bill(leader, delegate, chair, office):
    bill = factory.make_bill(delegate.delegate.mandates.get())

    for user in (leader, delegate, chair):
        with pytest.raises(PermissionDenied):
            decide(user, bill)
    assert decide(office, bill).state == "on_agenda"


# Shown


def test_who_sees_which_bills(delegate, leader, other_leader, chair, logged_in):
    own = delegate.delegate.mandates.get()
    led = factory.make_bill(own)
    seconded = factory.make_bill(seconders=[own, *(factory.make_mandate() for _ in range(3))])
    other = factory.make_bill(proposer_kind="government")

    def listed(user):
        page = logged_in(user).get(reverse("bill_list"))
        return {record.pk for record in page.context["object_list"]}

    assert listed(chair) == {led.pk, seconded.pk, other.pk}
    assert listed(delegate) == listed(leader) == {led.pk, seconded.pk}
    assert listed(other_leader) == set()


def test_lists_are_filtered_and_ask_as_often_for_many_as_for_one(office, logged_in, queries_of):
    client, page = logged_in(office), reverse("bill_list")
    factory.make_bill()
    session = Bill.objects.get().session
    few = queries_of(client, page), queries_of(client, session.get_absolute_url())
    for _ in range(2):
        decide(office, factory.make_bill())

    assert (queries_of(client, page), queries_of(client, session.get_absolute_url())) == few
    found = client.get(page, {"state": "on_agenda"}).context["object_list"]
    assert [bill.number for bill in found] == [2, 3]
    assert "议案（3件）" in client.get(session.get_absolute_url()).content.decode()


def test_the_form_has_a_line_for_everybody_to_sign(office, logged_in):
    lead = factory.make_mandate(factory.make_delegate("王领衔"))
    others = [factory.make_mandate(factory.make_delegate(f"李附议{n}")) for n in range(4)]
    bill = factory.make_bill(lead, others)

    words = text_of(content(logged_in(office).get(reverse("bill_paper", args=[bill.pk]))))

    assert words.startswith("XX镇人民代表大会议案表会议十五届人大四次会议编号第1号")
    assert "案由水源地没有围护。案据去年三次水质超标。方案由村建中心年内建围栏。" in words
    assert words.count("签名") == 5
    for name in ("王领衔", "李附议0", "李附议3"):
        assert name in words
