"""A voter's name and telephone number for the unit that handles the item: given, seen, ended."""

import pytest
from django.db import IntegrityError, transaction

from tests import factory
from voters.models import ContactRelease, ContactReveal, FeedbackItem

from .item_steps import take, trail

pytestmark = pytest.mark.django_db
NAME, PHONE, WORDS = "欧阳天佑", "13812341234", "我家门口的路灯三个月没有亮过了"


@pytest.fixture
def own(unit):
    own = factory.make_unit()
    own.accounts.add(unit)
    return own


@pytest.fixture
def make_item(own):
    """Return a function that makes an item of the unit, raised by the voter."""

    def make(state="handling", **visit_fields):
        fields = {"voter_name": NAME, "phone": PHONE, "words": WORDS, **visit_fields}
        return factory.make_item(factory.make_visit(**fields), state, lead_unit=own)

    return make


@pytest.fixture
def office_client(office, logged_in):
    return logged_in(office)


@pytest.fixture
def unit_client(unit, logged_in):
    return logged_in(unit)


def release(client, item, **fields):
    item.refresh_from_db()
    return take(client, item, "release", reason="须上门查看", **fields)


def seen(response):
    page = response.content.decode()
    return [words in page for words in (NAME, PHONE, WORDS)]


def test_released_it_is_shown_once_and_each_view_is_kept(
    office_client, unit_client, unit, make_item
):
    item = make_item()
    assert unit_client.post(f"/items/{item.pk}/contact/").status_code == 403
    release(office_client, item)

    page = unit_client.get(item.get_absolute_url())
    assert ("查看联系方式" in page.content.decode(), seen(page)) == (True, [False] * 3)
    shown = unit_client.post(f"/items/{item.pk}/contact/")
    unit_client.post(f"/items/{item.pk}/contact/")

    assert (seen(shown), shown.headers["Cache-Control"]) == ([True, True, False], "no-store")
    assert seen(unit_client.get(item.get_absolute_url())) == [False] * 3
    views = ContactReveal.objects.values_list("user", "unit", "item", "visit", "reason")
    assert list(views) == [(unit.pk, item.lead_unit_id, item.pk, item.visit_id, "须上门查看")] * 2
    office_page = office_client.get(item.get_absolute_url()).content.decode()
    assert office_page.count(f"{item.lead_unit} 村建中心查看：须上门查看") == 2
    visit_page = office_client.get(item.visit.get_absolute_url()).content.decode()
    assert visit_page.count(f"{item.lead_unit} 村建中心") == 2


def test_the_trail_tells_of_release_and_recall(office_client, unit_client, make_item):
    item = make_item()
    release(office_client, item)
    item.refresh_from_db()
    take(office_client, item, "recall", reason="已经查看")

    assert trail(item) == [
        (
            "office",
            "handling",
            "handling",
            "提供联系方式：向镇交通管理站提供来访人姓名、电话\n理由：须上门查看",
        ),
        (
            "office",
            "handling",
            "handling",
            "收回联系方式：不再向镇交通管理站提供来访人姓名、电话\n理由：已经查看",
        ),
    ]
    assert unit_client.post(f"/items/{item.pk}/contact/").status_code == 403


@pytest.mark.parametrize("visit", [{"confidential": True}, {"voter_name": "匿名"}])
def test_who_asked_for_confidence_is_asked_first(office, office_client, make_item, visit):
    item = make_item(**visit, informed=[office])

    refused = release(office_client, item)
    assert refused.context["form"].errors == {"has_consent": ["请填写这一项。"]}
    assert not ContactRelease.objects.exists()
    release(office_client, item, has_consent="on")

    assert trail(item)[0][3].endswith("理由：须上门查看\n选民要求保密或匿名反映，已征得本人同意")


def test_nothing_to_release(office_client, make_item):
    answered = make_item("replied")
    from_elsewhere = FeedbackItem.objects.create(
        number="2020-J900",
        source="delegate",
        topic=factory.make_topic(),
        title="修路",
        summary="修路",
    )
    released = make_item()
    release(office_client, released)

    for item in (answered, from_elsewhere, released):
        assert office_client.get(f"/items/{item.pk}/release/").status_code == 302
        before = ContactRelease.objects.count()
        assert release(office_client, item).context["form"].non_field_errors()
        assert ContactRelease.objects.count() == before


STEPS = {
    "reply": {"replied_on": "2020-08-18", "outcome": "D", "reply": "已说明。"},
    "reassign": {"lead_unit": "waterworks", "due_on": "2020-10-30", "note": "改由水利站办理"},
    "send_back": {"return_kind": "other", "note": "重复交办"},
    "withdraw": {"note": "交办有误"},
    "merge": {"follows": "main item"},
    "escalate": {"escalated_to": "县交通局", "due_on": "2020-10-30"},
    "reject": {"reply": "不属人大受理范围"},
}


@pytest.mark.parametrize("step", STEPS)
def test_it_ends_when_the_item_leaves_the_unit(
    office_client, unit_client, make_item, set_today, step
):
    set_today("2020-08-18")
    item = make_item("assigned" if step in ("send_back", "withdraw") else "handling")
    keys = {"waterworks": factory.make_unit("镇水利站").pk, "main item": make_item().number}
    fields = {name: keys.get(value, value) for name, value in STEPS[step].items()}
    release(office_client, item)

    item.refresh_from_db()
    take(office_client, item, step, **fields)

    assert not ContactRelease.objects.exists()
    assert trail(item)[-1][3].endswith("已提供给镇交通管理站的联系方式同时收回")
    assert unit_client.post(f"/items/{item.pk}/contact/").status_code in (403, 404)


def test_a_unit_put_in_by_a_correction_was_not_meant(office_client, make_item, office):
    item = make_item()
    release(office_client, item)
    item.refresh_from_db()
    other = factory.make_unit("镇水利站")
    sent = {
        "version": item.version,
        "topic": item.topic_id,
        "title": item.title,
        "summary": item.summary,
        "urgency": item.urgency,
        "lead_unit": other.pk,
        "responsible": "秦志强",
        "assigned_on": "2020-08-17",
        "due_on": "2020-09-28",
    }
    office_client.post(f"/items/{item.pk}/edit/", sent)

    assert not ContactRelease.objects.exists()
    assert trail(item)[-1][3].endswith("已提供给镇交通管理站的联系方式同时收回")


def test_a_co_unit_is_not_meant(office_client, make_item, logged_in):
    item = make_item()
    colleague = factory.make_user("co_unit", "unit", name="水利站")
    factory.make_unit("镇水利站").accounts.add(colleague)
    item.co_units.add(factory.make_unit("镇水利站"))
    release(office_client, item)

    client = logged_in(colleague)
    assert "查看联系方式" not in client.get(item.get_absolute_url()).content.decode()
    assert client.post(f"/items/{item.pk}/contact/").status_code == 403
    assert ContactReveal.objects.count() == 0


def test_nobody_rewrites_who_has_looked(unit_client, make_item, office):
    item = make_item()
    factory.make_release(item, office)
    unit_client.post(f"/items/{item.pk}/contact/")

    refused = "查看联系方式的记录不能修改、删除。"
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        ContactReveal.objects.update(reason="")
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        ContactReveal.objects.all().delete()
