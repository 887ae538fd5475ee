"""One-time links: good once, for a while, for one account."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from congress.accounts import actions, links
from congress.models import User

pytestmark = pytest.mark.django_db

GOOD, BETTER = "Jie-dai2020", "Ban-li2020"


@pytest.fixture
def make(administrator, office):
    """Return a function that gives a new link for the office's account."""

    def new_link():
        return links.path_for(actions.make_link(by=administrator, account=office))

    return new_link


def send(link, password=GOOD, client=None):
    form = {"new_password1": password, "new_password2": password}
    return (client or Client()).post(link, form)


def is_over(response):
    return response.status_code == 410 and "请系统管理员重新生成链接" in response.content.decode()


def row(user):
    return User.objects.filter(pk=user.pk).values().get()


def test_to_look_uses_nothing_up(make, office):
    link = make()
    before = row(office)

    for _ in range(3):
        assert "为账号<strong>office</strong>" in Client().get(link).content.decode()
    assert row(office) == before
    assert send(link).url == reverse("login")


def test_it_is_good_once(make, office):
    link = make()

    assert send(link).url == reverse("login")
    assert is_over(send(link, BETTER))
    assert is_over(Client().get(link))
    office.refresh_from_db()
    assert (office.check_password(GOOD), office.link_made_at) == (True, None)


def test_of_two_who_opened_it_the_first_to_send_counts(make, office):
    link = make()
    first, other = Client(), Client()
    assert (first.get(link).status_code, other.get(link).status_code) == (200, 200)

    assert send(link, BETTER, other).status_code == 302
    assert is_over(send(link, GOOD, first))
    assert User.objects.get(pk=office.pk).check_password(BETTER)


def test_the_rules_hold_there_too(make, office):
    link = make()

    response = send(link, "office-2020")
    assert response.context["form"].errors == {"new_password2": ["密码不能含有用户名。"]}
    assert send(link, "demo-password-1").context["form"].errors == {
        "new_password2": ["这个密码最近用过，不能与最近5次的密码相同。"]
    }
    assert send(link).status_code == 302


def test_until_it_is_used_the_old_password_holds(make):
    make()

    form = {"username": "office", "password": "demo-password-1"}
    assert Client().post("/login/", form).url == "/"


@pytest.mark.parametrize(("hours", "over"), [(23, False), (25, True)])
def test_it_is_good_for_a_day(make, monkeypatch, hours, over):
    link = make()
    later = timezone.now() + datetime.timedelta(hours=hours)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert is_over(Client().get(link)) is over


def end_account(administrator, office):
    actions.deactivate(by=administrator, account=office, reason="调离")


def end_and_reopen(administrator, office):
    actions.deactivate(by=administrator, account=office, reason="调离")
    actions.reactivate(by=administrator, account=office, reason="调回")


def make_another(administrator, office):
    actions.make_link(by=administrator, account=office)


def change_password(administrator, office):
    client = Client()
    client.force_login(office)
    form = {"old_password": "demo-password-1", "new_password1": BETTER, "new_password2": BETTER}
    assert client.post(reverse("password_change"), form).status_code == 302


@pytest.mark.parametrize("happens", [end_account, end_and_reopen, make_another, change_password])
def test_what_makes_it_worthless(make, administrator, office, happens):
    link = make()
    happens(administrator, office)

    assert is_over(Client().get(link))
    assert is_over(send(link))


def test_it_is_good_for_its_account_only(make, office, chair):
    link = make()

    assert is_over(Client().get(link.replace(f"/{office.pk}/", f"/{chair.pk}/")))
    assert is_over(Client().get(f"{link[:-3]}xy/"))
    assert is_over(Client().get(reverse("password_link", args=[9999, "a-b"])))


def test_none_is_made_for_an_ended_account(logged_in, administrator, office):
    actions.deactivate(by=administrator, account=office, reason="调离")

    page = logged_in(administrator).post(reverse("user_link", args=[office.pk]))
    assert "账号已停用，请先恢复账号，再生成链接。" in page.content.decode()
    assert row(office)["link_made_at"] is None


def test_it_is_shown_by_the_answer_only(logged_in, administrator, office):
    client = logged_in(administrator)
    address = reverse("user_link", args=[office.pk])

    start = f"/password/{office.pk}/"
    assert start not in client.get(address).content.decode()
    shown = client.post(address).content.decode()
    assert start in shown
    assert "<svg" in shown
    for page in (address, office.get_absolute_url()):
        assert start not in client.get(page).content.decode()


def test_whoever_sits_there_is_logged_out(make, chair, logged_in):
    client = logged_in(chair)

    assert send(make(), client=client).url == reverse("login")
    assert client.get("/").url.startswith("/login/")


def test_a_first_password_ends_what_forces_a_change_and_a_lock(make, office):
    User.objects.filter(pk=office.pk).update(must_change_password=True)
    for _ in range(5):
        Client().post("/login/", {"username": "office", "password": "wrong"})
    send(make())

    client = Client()
    answer = client.post("/login/", {"username": "office", "password": GOOD})
    assert (answer.url, client.get("/").status_code) == ("/", 200)
