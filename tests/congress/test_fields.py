"""What forms take and say: the limits of the ledgers, and the office's words."""

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from congress.fields import prepare
from congress.models import Village
from congress.roles import Role
from tests.factory import make_activity, make_group, make_township, make_user, make_village


class Everything(forms.Form):
    day = forms.DateField()
    number = forms.IntegerField(min_value=1)
    kind = forms.ChoiceField(choices=[("", "---------"), ("a", "甲")])
    optional = forms.ChoiceField(choices=[("", "---------"), ("a", "甲")], required=False)
    village = forms.ModelChoiceField(Village.objects.all())
    reason = forms.CharField(max_length=5, error_messages={"required": "请写明原因。"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            prepare(field)


@pytest.fixture
def office(db):
    client = Client()
    client.force_login(make_user("office", Role.OFFICE))
    return client


def test_nothing_filled_in_is_told_in_plain_words():
    assert Everything({}).errors == {
        "day": ["请填写这一项。"],
        "number": ["请填写这一项。"],
        "kind": ["请选择这一项。"],
        "village": ["请选择这一项。"],
        "reason": ["请写明原因。"],
    }


@pytest.mark.django_db
def test_garbage_is_told_in_plain_words():
    garbage = dict.fromkeys(Everything.base_fields, "乱填")

    assert Everything(garbage).errors == {
        "day": ["请填写日期，如2020-08-20。"],
        "number": ["请填写整数。"],
        "kind": ["所选的已不在列表中，请重新选择。"],
        "optional": ["所选的已不在列表中，请重新选择。"],
        "village": ["所选的已不在列表中，请重新选择。"],
    }


@pytest.mark.parametrize("day", ["0202-08-20", "1899-12-31", "2101-01-01", "9999-12-31"])
def test_a_slip_in_the_year_is_refused(day):
    assert Everything({"day": day}).errors["day"] == ["年份不对，请核对。"]


def test_numbers_end_where_those_of_ledgers_end():
    assert Everything({"number": "1000000000"}).errors["number"] == [
        "请填写不大于999999999的整数。"
    ]


def test_too_much_and_too_little_is_told_in_plain_words():
    errors = Everything({"number": "0", "reason": "雨下得很大很久"}).errors

    assert (errors["number"], errors["reason"]) == (
        ["请填写不小于1的整数。"],
        ["最多填写5个字，现在有7个字。"],
    )


@pytest.mark.django_db
def test_a_select_says_what_an_empty_choice_means():
    form = Everything()

    assert [
        next(iter(form.fields[name].choices))[1] for name in ("kind", "optional", "village")
    ] == ["请选择", "不选", "请选择"]


@pytest.mark.parametrize(
    "name", ["visit_list", "feedbackitem_list", "activity_list", "receptionday_list"]
)
@pytest.mark.parametrize("year", ["0", "-1", "20200", "2020.5", "9" * 30, "二〇二〇"])
def test_a_year_that_never_was_breaks_no_list(office, name, year):
    assert office.get(reverse(name), {"year": year}).status_code == 200


def test_keys_that_no_database_holds_are_not_in_the_list(office):
    village = make_village()
    activity = make_activity(group=make_group(), villages=[village])
    address = reverse("activity_edit", args=[activity.pk])

    response = office.post(address, {"villages": ["9" * 30], "version": activity.version})

    assert response.context["form"].errors["villages"] == ["所选的已不在列表中，请重新选择。"]


@pytest.mark.parametrize("day", ["<b>", "9" * 30, "-1", "²"])
def test_a_reception_day_that_cannot_be_one_is_told(office, day):
    make_township()

    response = office.post(
        reverse("visit_add"), {"day": day, "items-TOTAL_FORMS": "0", "items-INITIAL_FORMS": "0"}
    )

    assert response.context["form"].errors["day"] == ["所选的已不在列表中，请重新选择。"]


def test_a_group_that_cannot_be_one_has_no_members_to_offer(office):
    response = office.get(reverse("receptionday_add"), {"group": "9" * 30})

    assert response.status_code == 200


def test_a_short_password_is_told_in_chinese(db):
    client, user = Client(), make_user("clerk", Role.OFFICE)
    user.set_password("reception-2020")
    user.save()
    client.force_login(user)

    response = client.post(
        reverse("password_change"),
        {"old_password": "reception-2020", "new_password1": "Kurz-7", "new_password2": "Kurz-7"},
    )

    assert response.context["form"].errors == {"new_password2": ["密码太短，至少8位。"]}
