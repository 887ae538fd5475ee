"""Delegates' suggestions: drafted, seconded, registered, answered, judged by who proposed them."""

import io
import uuid
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from openpyxl import load_workbook

from delegates.models import Level
from tests import factory
from tests.factory import day
from voters.actions import (
    proposers_on,
    recall_draft,
    register_draft,
    register_suggestion,
    return_draft,
    second_draft,
    submit_draft,
    take_step,
)
from voters.models import FeedbackItem, Suggestion, SuggestionDraft
from voters.pages import SuggestionPages
from voters.todo_suggestions import waiting_drafts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _township(db):
    factory.make_township()


@pytest.fixture
def own(delegate):
    """The mandate of the user ``delegate``."""
    return delegate.delegate.mandates.get()


def sent(**fields):
    return {"submission": str(uuid.uuid4()), **fields}


def address(draft, page):
    return reverse(f"suggestiondraft_{page}", args=[draft.pk])


# Entered by the office


def enter(client, **fields):
    values = {
        "topic": factory.make_topic().pk,
        "title": "关于修复村口道路的建议",
        "summary": "村口三百米水泥路破损，请列入今年维修。",
        **fields,
    }
    return client.post(reverse("suggestion_add"), sent(**values))


def test_the_office_enters_a_suggestion_with_lead_and_seconders(office, logged_in):
    lead, seconder = factory.make_mandate(), factory.make_mandate()
    session = factory.make_session(date="2020-01-15", ordinal=3, state="held")
    client = logged_in(office)

    response = enter(
        client, lead_proposer=lead.pk, seconders=[seconder.pk, lead.pk], session=session.pk
    )

    item = FeedbackItem.objects.get()
    assert response.url == item.get_absolute_url()
    assert (item.number, item.source, item.state) == ("2020-Y001", "delegate", "registered")
    assert (item.lead_proposer, item.session, set(item.proposers.all())) == (
        lead,
        session,
        {lead, seconder},
    )
    enter(client, lead_proposer=lead.pk)
    assert FeedbackItem.objects.filter(number="2020-Y002", session=None).exists()


def test_a_second_click_enters_it_once(office, logged_in):
    values = sent(
        lead_proposer=factory.make_mandate().pk,
        topic=factory.make_topic().pk,
        title="修路",
        summary="修路。",
    )
    client = logged_in(office)
    client.post(reverse("suggestion_add"), values)
    client.post(reverse("suggestion_add"), values)

    assert Suggestion.objects.count() == 1


def test_only_township_delegates_in_office_that_day_propose(office, logged_in):
    county = factory.make_mandate(level=Level.COUNTY)
    gone = factory.make_mandate(factory.make_delegate("王退"), end="2020-03-01")
    suspended = factory.make_mandate()
    factory.make_suspension(suspended, "2020-08-01")
    lead = factory.make_mandate()

    assert list(proposers_on(day("2020-08-20"))) == [lead]
    response = enter(logged_in(office), lead_proposer=county.pk, seconders=[suspended.pk])
    assert sorted(response.context["form"].errors) == ["lead_proposer", "seconders"]

    item = FeedbackItem(
        lead_proposer=lead, topic=factory.make_topic(), title="修路", summary="修路。"
    )
    with pytest.raises(ValidationError) as refusal:
        register_suggestion(user=office, item=item, seconders=[gone])
    assert refusal.value.message_dict == {
        "seconders": ["王退在2020-08-20不是在任的镇级代表，不能提出或附议，请改选。"]
    }
    assert not FeedbackItem.objects.exists()


def test_who_was_in_office_on_the_day_of_the_session_may_have_proposed(office, logged_in):
    gone = factory.make_mandate(end="2020-03-01")
    session = factory.make_session(date="2020-01-15", ordinal=3, state="held")

    enter(logged_in(office), lead_proposer=gone.pk, session=session.pk)

    assert Suggestion.objects.get().lead_proposer == gone


def test_who_proposed_is_put_right_and_the_trail_says_so(office, logged_in):
    lead, wrong, right = (
        factory.make_mandate(factory.make_delegate(name)) for name in ("王领", "李误", "赵正")
    )
    item = factory.make_suggestion(lead, [wrong])
    client, address = logged_in(office), reverse("suggestion_edit", args=[item.pk])
    assert client.get(address).context["form"].initial["seconders"] == [wrong.pk]
    values = {"version": item.version, "lead_proposer": right.pk, "seconders": [lead.pk]}

    client.post(address, values)
    stale = client.post(address, values | {"lead_proposer": lead.pk})

    item.refresh_from_db()
    assert (stale.status_code, item.lead_proposer, set(item.proposers.all())) == (
        409,
        right,
        {right, lead},
    )
    assert item.steps.get().note == (
        f"领衔：{lead}，附议：{wrong}，闭会期间提出→领衔：{right}，附议：{lead}，闭会期间提出"
    )
    refused = client.post(
        address,
        {
            "version": item.version,
            "lead_proposer": factory.make_mandate(start="2020-08-19").pk,
        },
    )
    assert list(refused.context["form"].errors) == ["lead_proposer"]


# Drafted by a delegate


def test_from_the_draft_to_the_registered_suggestion(delegate, office, leader, own, logged_in):
    """Proposer, seconder and office, each on their own pages."""
    writer, helper, clerk = (logged_in(user) for user in (delegate, leader, office))
    other = factory.make_mandate()
    seconder = leader.delegate.mandates.get()
    topic = factory.make_topic()
    writer.post(
        reverse("suggestiondraft_add"),
        sent(
            topic=topic.pk,
            title="关于修路的建议",
            content="村口的路破损三百米，请修复。",
            seconders=[seconder.pk, other.pk],
        ),
    )
    draft = SuggestionDraft.objects.get()
    assert (draft.lead, draft.state) == (own, "draft")
    assert clerk.get(draft.get_absolute_url()).status_code == 404

    helper.post(address(draft, "second"))
    writer.post(address(draft, "submit"))
    form = clerk.get(address(draft, "register")).context["form"]
    assert form.initial["seconders"] == [seconder.pk]
    response = clerk.post(
        address(draft, "register"),
        {"title": draft.title, "topic": topic.pk, "seconders": [seconder.pk]},
    )

    item = Suggestion.objects.get()
    draft.refresh_from_db()
    assert (response.status_code, draft.state, draft.item_id) == (302, "registered", item.pk)
    assert (item.number, item.lead_proposer, set(item.proposers.all()), item.summary) == (
        "2020-Y001",
        own,
        {own, seconder},
        draft.content,
    )
    page = writer.get(draft.get_absolute_url()).content.decode()
    assert f'<a href="{item.get_absolute_url()}">{item}</a>' in page
    assert clerk.post(address(draft, "register"), {}).status_code == 403


def test_a_returned_draft_comes_back_better(delegate, office, own, logged_in):
    draft = factory.make_suggestion_draft(own)
    client = logged_in(delegate)

    return_draft(user=office, draft=draft, reason="请写明是哪一段路。")
    assert "请写明是哪一段路。" in client.get(draft.get_absolute_url()).content.decode()
    assert [todo.label for todo in todos(delegate)] == ["退回修改的建议稿"]
    draft.refresh_from_db()
    client.post(
        address(draft, "edit"),
        {
            "version": draft.version,
            "topic": draft.topic_id,
            "title": draft.title,
            "content": "从村部到小学的三百米。",
        },
    )
    client.post(address(draft, "submit"))

    draft.refresh_from_db()
    assert (draft.state, draft.content, draft.return_reason) == (
        "submitted",
        "从村部到小学的三百米。",
        "",
    )
    assert [(todo.label, todo.count) for todo in todos(office)] == [("待审核的代表建议稿", 1)]


def todos(user):
    return [todo for todo in waiting_drafts(user, day("2020-08-20")) if todo.count]


def test_other_words_ask_the_seconders_again(delegate, leader, own, logged_in):
    seconder = leader.delegate.mandates.get()
    draft = factory.make_suggestion_draft(own, [seconder], state="draft")
    second_draft(user=leader, draft=draft, agrees=True)
    values = {"topic": draft.topic_id, "title": draft.title, "seconders": [seconder.pk]}
    client = logged_in(delegate)

    client.post(address(draft, "edit"), values | {"version": 1, "content": draft.content})
    assert draft.secondments.get().agreed_on == day("2020-08-20")
    client.post(address(draft, "edit"), values | {"version": 2, "content": "请修小学门口的路。"})
    assert draft.secondments.get().agreed_on is None


def test_only_who_was_asked_seconds(delegate, leader, other_leader, own):
    draft = factory.make_suggestion_draft(own, [leader.delegate.mandates.get()])

    with pytest.raises(PermissionDenied):
        second_draft(user=other_leader, draft=draft, agrees=True)
    assert second_draft(user=leader, draft=draft, agrees=False) is None
    assert not draft.secondments.exists()


def test_a_draft_is_handed_in_and_registered_once(delegate, office, own):
    draft = factory.make_suggestion_draft(own)
    values = {"title": draft.title, "topic": draft.topic, "seconders": []}

    register_draft(user=office, draft=draft, **values)

    for act in (
        lambda: register_draft(user=office, draft=draft, **values),
        lambda: return_draft(user=office, draft=draft, reason="不具体"),
        lambda: recall_draft(user=delegate, draft=draft),
        lambda: submit_draft(user=delegate, draft=draft),
    ):
        with pytest.raises(ValidationError):
            act()
    assert Suggestion.objects.count() == 1


def test_drafts_belong_to_their_writers(delegate, leader, office, chair, own, logged_in):
    draft = factory.make_suggestion_draft(own, state="draft")

    opened = {
        user.username: logged_in(user).get(draft.get_absolute_url()).status_code
        for user in (delegate, leader, office, chair)
    }
    assert opened == {"delegate": 200, "leader": 404, "office": 404, "chair": 404}
    with pytest.raises(PermissionDenied):
        submit_draft(user=leader, draft=draft)


# The same life as other items, in the words of delegates


def test_the_life_of_a_suggestion(delegate, office, unit, own, logged_in):
    """Registered, assigned for three months, answered, not satisfied, answered again, closed."""
    station = factory.make_unit()
    station.accounts.add(unit)
    clerk, handler = logged_in(office), logged_in(unit)
    enter(clerk, lead_proposer=own.pk)
    item = FeedbackItem.objects.get()

    def step(client, name, **values):
        item.refresh_from_db()
        response = client.post(
            reverse(f"feedbackitem_{name}", args=[item.pk]), {"version": item.version, **values}
        )
        assert response.status_code == 302, response.context["form"].errors
        item.refresh_from_db()

    step(clerk, "assign", lead_unit=station.pk, due_on="2020-11-20", urgency="usual")
    assert (item.state, item.due_on) == ("assigned", day("2020-11-20"))
    step(handler, "sign", signed_on="2020-08-20", signed_by="田家明")
    step(handler, "reply", replied_on="2020-08-20", outcome="D", reply="明年再看。")
    step(clerk, "inform", voter_told_on="2020-08-20", told_by="in_person")
    assert (item.state, item.group_untold_reason) == ("told", "直接答复提出的代表")
    verdict = {"process_satisfaction": "满意", "result_satisfaction": "不满意"}
    step(clerk, "reopen", dissatisfaction="没有说明时间。", extended_to="2020-12-01", **verdict)
    step(handler, "reply", replied_on="2020-08-20", outcome="A", reply="已经修好。")
    step(clerk, "inform", voter_told_on="2020-08-20", told_by="phone")
    step(clerk, "close", process_satisfaction="满意", result_satisfaction="满意")

    assert item.state == "closed"
    page = logged_in(delegate).get(item.get_absolute_url())
    assert page.context["compared"]["headings"] == ["第1次答复", "第2次答复"]
    text = page.content.decode()
    assert ["选民" in part for part in (facts_of(page), trail_of(item))] == [False, False]
    assert "代表已告知" in text


def facts_of(page):
    return str([*page.context["groups"], *page.context["answers"], page.context["compared"]])


def trail_of(item):
    return "".join(item.steps.values_list("note", flat=True))


def test_wide_ones_have_six_months_with_a_reason(office):
    item = factory.make_suggestion()
    unit = factory.make_unit()
    values = {"lead_unit": unit, "is_wide": True, "due_on": day("2021-02-20")}

    with pytest.raises(ValidationError) as refusal:
        take_step(user=office, item=item, step="assign", **values)
    assert list(refusal.value.message_dict) == ["note"]
    take_step(user=office, item=item, step="assign", note="涉及三个村", **values)
    assert item.due_on == day("2021-02-20")


@pytest.mark.parametrize(
    ("state", "step"),
    [("replied", "inform"), ("told", "close"), ("told", "reopen"), ("registered", "reject")],
)
def test_forms_speak_of_delegates(state, step, office, logged_in):
    item = factory.make_suggestion(state=state)

    form = logged_in(office).get(reverse(f"feedbackitem_{step}", args=[item.pk])).context["form"]

    words = [field.label for field in form] + [legend for legend, _ in form.fieldsets]
    assert [word for word in words if "选民" in word or "小组" in word] == []


def test_refusals_speak_of_delegates(office):
    item = factory.make_suggestion(state="replied")

    with pytest.raises(ValidationError) as refusal:
        take_step(user=office, item=item, step="inform", voter_told_on=day("2020-08-20"))
    assert refusal.value.message_dict == {"told_by": ["告知代表的，请选择告知方式。"]}


def test_a_voters_item_becomes_a_suggestion_led_by_one(office):
    lead, other = factory.make_mandate(), factory.make_mandate()
    item = factory.make_item()

    take_step(user=office, item=item, step="suggest", proposers=[other, lead], lead_proposer=lead)

    suggestion = Suggestion.objects.get()
    assert (suggestion.number, suggestion.lead_proposer) == ("2020-Y001", lead)
    assert set(suggestion.proposers.all()) == {lead, other}


# The list


def test_who_sees_which_suggestions(delegate, leader, other_leader, office, own, logged_in):
    led = factory.make_suggestion(own)
    seconded = factory.make_suggestion(seconders=[own])
    other = factory.make_suggestion()
    factory.make_item()

    def listed(user):
        page = logged_in(user).get(reverse("suggestion_list"))
        return {record.number for record in page.context["object_list"]}

    everything = {led.number, seconded.number, other.number}
    assert listed(office) == everything
    assert listed(delegate) == listed(leader) == {led.number, seconded.number}
    assert listed(other_leader) == set()


def test_the_list_is_filtered(office, logged_in):
    session = factory.make_session(date="2020-01-15", ordinal=3, state="held")
    lead = factory.make_mandate()
    late = factory.make_suggestion(lead, state="assigned", due_on=day("2020-08-19"))
    made = factory.make_suggestion(state="closed")
    FeedbackItem.objects.filter(pk=made.pk).update(session=session)
    client = logged_in(office)

    def found(**query):
        page = client.get(reverse("suggestion_list"), query)
        return [record.number for record in page.context["object_list"]]

    assert found(overdue="true") == [late.number]
    assert found(session=session.pk) == [made.number]
    assert found(session="null") == [late.number]
    assert found(lead_proposer=lead.pk) == [late.number]
    assert found(state="closed") == [made.number]
    assert found(year="2019") == []
    assert found(lead_unit=made.lead_unit_id, q="1号") == [late.number]


def test_the_workbook_has_the_columns_of_the_list(office, logged_in):
    factory.make_suggestion(factory.make_mandate(factory.make_delegate("王领衔")))

    response = logged_in(office).get(reverse("suggestion_list"), {"export": "xlsx"})

    rows = list(load_workbook(io.BytesIO(response.getvalue())).active.values)
    assert rows[0] == tuple(column.heading for column in SuggestionPages.columns)
    assert rows[1][:4] == ("2020-Y001", "1号建议", "王领衔", "登记")


def test_lists_ask_as_often_for_many_as_for_one(office, delegate, own, logged_in, queries_of):
    client, writer = logged_in(office), logged_in(delegate)
    pages = (reverse("suggestion_list"), reverse("suggestiondraft_list"))
    factory.make_suggestion(own)
    factory.make_suggestion_draft(own)
    counted = [queries_of(each, page) for each in (client, writer) for page in pages]
    for _ in range(2):
        factory.make_suggestion(own, [factory.make_mandate()])
        factory.make_suggestion_draft(own)

    assert [queries_of(each, page) for each in (client, writer) for page in pages] == counted


def test_three_hundred_cost_no_more(office, own, logged_in, queries_of):
    client, page = logged_in(office), reverse("suggestion_list")
    item = factory.make_suggestion(own, state="assigned")
    few = queries_of(client, page)
    FeedbackItem.objects.bulk_create(
        FeedbackItem(
            number=f"2019-Y{number:03d}",
            source="delegate",
            lead_proposer=own,
            topic=item.topic,
            title=f"{number}号建议",
            summary="修路。",
            registered_on=day("2020-08-18"),
        )
        for number in range(300)
    )

    # Only the paging asks whether there is more than one page.
    assert queries_of(client, page) - few <= 1


def test_who_stood_first_leads_what_was_there_before(own):
    first_leads = import_module("voters.migrations.0017_first_proposer_leads").first_leads
    seconder = factory.make_mandate()
    led, old, nobodys = (factory.make_suggestion(own) for _ in range(3))
    old.proposers.set([])
    old.proposers.add(seconder)
    old.proposers.add(own)
    nobodys.proposers.set([])
    FeedbackItem.objects.exclude(pk=led.pk).update(lead_proposer=None)

    first_leads(apps, None)

    leads = FeedbackItem.objects.order_by("pk").values_list("lead_proposer", flat=True)
    assert list(leads) == [own.pk, seconder.pk, None]


def test_a_session_shows_its_suggestions(office, logged_in):
    session = factory.make_session(state="held", date="2020-01-15")
    item = factory.make_suggestion()
    client = logged_in(office)
    empty = client.get(session.get_absolute_url()).content.decode()
    assert f"{reverse('suggestion_add')}?session={session.pk}" in empty
    FeedbackItem.objects.filter(pk=item.pk).update(session=session)

    page = client.get(session.get_absolute_url()).content.decode()
    assert "代表建议（1件）" in page
    assert item.get_absolute_url() in page
