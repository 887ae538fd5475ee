"""Suspension, its end, and the end of a mandate: what the office registers from a decision."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from delegates import actions
from delegates.models import Mandate
from tests.factory import day, make_delegate, make_mandate, make_suspension, make_term

pytestmark = pytest.mark.django_db


def refusal(call, **arguments):
    with pytest.raises(ValidationError) as refused:
        call(**arguments)
    return refused.value.messages


def test_suspended_delegate_is_not_in_office_until_resumed(office):
    mandate = make_mandate()

    actions.suspend(by=office, mandate=mandate, on=day("2020-03-01"), reason="被羁押")
    actions.resume(by=office, mandate=mandate, on=day("2020-06-01"))

    in_office = Mandate.objects.in_office_on
    assert [
        in_office(day(text)).count()
        for text in ("2020-02-29", "2020-03-01", "2020-05-31", "2020-06-01")
    ] == [1, 0, 0, 1]
    assert list(mandate.suspensions.values_list("start", "end", "reason", "version")) == [
        (day("2020-03-01"), day("2020-06-01"), "被羁押", 2)
    ]


def test_suspension_is_refused_before_the_election_and_within_another(office):
    mandate = make_mandate(start="2019-05-01")
    make_suspension(mandate, "2020-01-01", "2020-03-01")

    assert refusal(
        actions.suspend, by=office, mandate=mandate, on=day("2019-04-30"), reason="被羁押"
    ) == ["暂停日期不能早于当选日期（2019-05-01）。"]
    assert refusal(
        actions.suspend, by=office, mandate=mandate, on=day("2020-02-29"), reason="被羁押"
    ) == ["这一天已在暂停执行职务期间。"]
    assert refusal(actions.resume, by=office, mandate=mandate, on=day("2020-02-01")) == [
        "这位代表没有暂停执行职务。"
    ]


def test_ending_a_mandate_ends_its_suspension_too(office):
    mandate = make_mandate()
    make_suspension(mandate, "2020-01-01")

    actions.end_mandate(
        by=office,
        mandate=mandate,
        on=day("2020-07-01"),
        reason=Mandate.EndReason.RECALLED,
        deciding_body="第一选区选民",
        announced_on=day("2020-07-03"),
    )

    mandate.refresh_from_db()
    assert (mandate.end, mandate.end_reason, mandate.deciding_body, mandate.announced_on) == (
        day("2020-07-01"),
        "recalled",
        "第一选区选民",
        day("2020-07-03"),
    )
    assert mandate.version == 2
    assert list(mandate.suspensions.values_list("end", flat=True)) == [day("2020-07-01")]


def test_a_mandate_ends_once_and_not_before_it_began(office):
    mandate = make_mandate(start="2020-01-10")
    reason = Mandate.EndReason.RESIGNED

    assert refusal(
        actions.end_mandate, by=office, mandate=mandate, on=day("2020-01-10"), reason=reason
    ) == ["终止日期须晚于起始日期；请改正其中一个日期。"]
    actions.end_mandate(by=office, mandate=mandate, on=day("2020-02-01"), reason=reason)
    assert refusal(
        actions.end_mandate, by=office, mandate=mandate, on=day("2020-03-01"), reason=reason
    ) == ["这项代表资格已经终止。"]


def test_election_saves_person_and_mandate_or_neither(office):
    other = make_mandate(card_number="Z15-001")
    person = make_delegate("张某")
    fields = {
        "level": "town",
        "term": make_term(),
        "constituency": other.constituency,
        "start": day("2020-04-01"),
        "how_elected": Mandate.HowElected.BY_ELECTION,
    }

    assert refusal(actions.elect, by=office, delegate=person, card_number="Z15-001", **fields) == [
        "本届已有这个代表证号，请核对。"
    ]
    mandate = actions.elect(by=office, delegate=person, card_number="Z15-002", **fields)

    assert list(person.mandates.all()) == [mandate]


@pytest.mark.parametrize("role", ["chair", "leader", "delegate", "administrator"])
def test_only_the_keepers_of_the_records_change_mandates(cast, role):
    mandate = make_mandate()

    with pytest.raises(PermissionDenied):
        actions.end_mandate(by=cast[role], mandate=mandate, on=day("2020-07-01"), reason="resigned")
    with pytest.raises(PermissionDenied):
        actions.suspend(by=cast[role], mandate=mandate, on=day("2020-07-01"), reason="被羁押")

    mandate.refresh_from_db()
    assert (mandate.end, mandate.suspensions.count()) == (None, 0)


def test_suspension_recorded_by_mistake_never_held(office, set_today):
    set_today("2020-08-20")
    mandate = make_mandate()
    suspension = make_suspension(mandate, "2020-03-01", "2020-06-01")

    actions.undo_suspension(by=office, suspension=suspension, because="同名误登")

    mandate.refresh_from_db()
    assert list(mandate.suspensions.all()) == []
    assert mandate.note == (
        "2020-08-20撤销2020-03-01起的暂停（因刑事案件被羁押，2020-06-01恢复）：同名误登"
    )
