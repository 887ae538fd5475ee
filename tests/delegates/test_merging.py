"""Merging a person recorded twice: everything moves, nothing is lost, all of it can be undone."""

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress import append_only
from congress.editing import EditedMeanwhile
from congress.models import Session
from delegates import actions
from delegates.duplicates.comparing import comparisons
from delegates.duplicates.moving import plan_of
from delegates.duplicates.relations import of_mandates, of_persons, pointers
from delegates.duplicates.undoing import contradictions, mandate_merged_into, merged_into
from delegates.models import Delegate, IdentityReveal, KeptApart, Level, Mandate, Merge
from groups.models import Attendance, Membership
from tests import factory
from tests.test_consistency import ROOMS
from voters.models import ReceptionDuty, Unavailability

pytestmark = pytest.mark.django_db
OWN = {"AuditEntry", "Merge", "MergeUndone", "Submission"}


@pytest.fixture(autouse=True)
def town(set_today):
    set_today("2020-08-20")
    factory.make_township()


def dump():
    """Every row of every table, those that join many to many too; persons without versions."""
    models = [
        model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        if model.__name__ not in OWN and not model._meta.proxy
    ]
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name != "version"}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in models
    }


def merged(by, kept, other, **chosen):
    plan = plan_of(kept, other)
    lines = {
        line.name.split("-", 2)[0] + "_" + line.name.split("-", 2)[2]: line.name
        for each in comparisons(plan)
        for line in each.differing
    }
    chosen = {lines[name]: value for name, value in chosen.items()}
    return actions.merge(by=by, kept=kept, other=other, chosen=chosen, seen=plan.seen)


def refused(by, kept, other):
    with pytest.raises(ValidationError) as caught:
        merged(by, kept, other)
    return caught.value.messages


def test_every_relation_to_a_person_and_a_mandate_moves():
    """A new foreign key is found by itself; of a table that only grows it could not be moved."""
    declared = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model in (Delegate, Mandate) and not model._meta.proxy
    }
    found = {
        (pointer.model._meta.label, pointer.field.name)
        for pointer in (*of_persons(), *of_mandates())
    }

    assert declared - found == {("delegates.Mandate", "delegate")}
    assert found <= declared
    fixed = {rule.table: rule for rule in append_only._rules.values()}
    assert [
        pointer.label
        for pointer in (*of_persons(), *of_mandates())
        if (rule := fixed.get(pointer.model._meta.db_table))
        and (not rule.keeps or pointer.field.column in rule.keeps)
    ] == []
    assert all(pointer.label for pointer in (*pointers(Delegate), *pointers(Mandate)))


@pytest.fixture
def twice(office):
    """One person recorded twice, both with a town mandate of the same days."""
    kept = factory.make_delegate("孟广才", phone="13900006001", party="中共党员", note="甲")
    other = factory.make_delegate("孟广才", phone="", education="大学", note="乙")
    return kept, other, factory.make_mandate(kept), factory.make_mandate(other)


def a_year_of(mandate, group=None):
    """A row of every kind that points at a mandate."""
    group = group or factory.make_group(1)
    session = Session.objects.create(
        term=mandate.term, ordinal=Session.objects.count() + 1, date=factory.day("2020-01-10"),
        state="held",
    )  # fmt: skip
    activity = factory.make_activity(group=group, circle="named")
    activity.invited.add(mandate)
    factory.make_attendance(activity, mandate)
    factory.make_leave_request(
        factory.make_activity("2020-09-10", group), mandate, factory.make_user(f"u{mandate.pk}")
    )
    factory.make_session_attendance(session, mandate)
    factory.make_suspension(mandate, "2018-01-01", "2018-02-01")
    day = factory.make_reception_day(f"2020-0{group.ordinal}-15", group, on_duty=[mandate])
    factory.make_visit(day)
    factory.make_duty_report(mandate, year=2016 + group.ordinal)
    factory.make_suggestion(mandate)
    factory.make_suggestion_draft(mandate)
    factory.make_bill(mandate)
    election = factory.make_election(session, candidates=())
    election.candidates.create(name="孟广才", mandate=mandate, nominated_by="presidium")
    return activity


def test_everything_goes_to_the_one_who_stays_and_comes_back(twice, office):
    kept, other, ours, theirs = twice
    factory.make_membership(factory.make_group(1), ours)
    factory.make_membership(factory.make_group(1), theirs)
    a_year_of(theirs, factory.make_group(2))
    factory.make_unavailability(other, "2020-03-01", "2020-03-08")
    other.identity = "999999197503010113"
    other.save()
    reveal = IdentityReveal.objects.create(delegate=other, user=office, reason="核对")
    county = factory.make_mandate(other, Level.COUNTY, card_number="X15-001")
    before = dump()

    record = merged(office, kept, other)

    assert list(Delegate.objects.filter(name="孟广才")) == [kept]
    assert sorted(kept.mandates.values_list("pk", "delegate")) == [
        (ours.pk, kept.pk),
        (county.pk, kept.pk),
    ]
    pointing = [
        row for pointer in of_mandates() for row in pointer.rows_of([theirs.pk])
    ]  # fmt: skip
    assert pointing == []
    assert Unavailability.objects.get().delegate == kept
    assert IdentityReveal.objects.get().delegate == kept
    with pytest.raises(IntegrityError, match="不能修改、删除"), transaction.atomic():
        IdentityReveal.objects.filter(pk=reveal.pk).update(reason="没看")
    stored = Delegate.objects.get(pk=kept.pk)
    assert stored.identity == "999999197503010113"
    assert (stored.phone, stored.party, stored.education, stored.note) == (
        "13900006001",
        "中共党员",
        "大学",
        "甲\n乙",
    )
    memberships = Membership.objects.filter(mandate__delegate=kept)
    assert memberships.get().mandate == ours
    assert (merged_into(other.pk), mandate_merged_into(theirs.pk)) == (kept, ours)

    assert contradictions(record) == []
    actions.undo_merge(by=office, merge=record)
    assert dump() == before
    assert merged_into(other.pk) == other


def test_chosen_values_stay(twice, office):
    kept, other, _ours, theirs = twice
    account = factory.make_user("d1", "delegate")
    Delegate.objects.filter(pk=other.pk).update(account=account, name="孟 广才")
    kept, other = Delegate.objects.get(pk=kept.pk), Delegate.objects.get(pk=other.pk)

    merged(
        office,
        kept,
        other,
        delegate_phone="other",
        delegate_note="other",
        mandate_card_number="other",
    )

    stored = Delegate.objects.get()
    assert (stored.phone, stored.note, stored.account, stored.version) == ("", "乙", account, 2)
    assert Mandate.objects.get().card_number == theirs.card_number


def test_the_same_mark_becomes_one_another_mark_refuses(twice, office):
    kept, other, ours, theirs = twice
    same, differing = factory.make_activity(), factory.make_activity()
    factory.make_attendance(same, ours)
    factory.make_attendance(same, theirs)
    factory.make_attendance(differing, ours)
    wrong = factory.make_attendance(differing, theirs, "leave", "health")

    [sentence] = refused(office, kept, other)
    assert "两人都有“活动出席”，内容不一致" in sentence
    assert "出席情况：出席、请假" in sentence
    [conflict] = plan_of(kept, other).conflicts
    assert [address for _, address in conflict.links] == [differing.get_absolute_url()]

    wrong.delete()
    record = merged(office, kept, other)
    assert Attendance.objects.count() == 2
    assert record.record["removed"][0]["words"] == "孟广才 出席"


def test_marks_with_the_two_mandates_of_one_person_are_one_occasion(office):
    kept, other = factory.make_delegate("卫红"), factory.make_delegate("卫红")
    activity = factory.make_activity()
    factory.make_attendance(activity, factory.make_mandate(kept))
    factory.make_attendance(
        activity, factory.make_mandate(other, Level.COUNTY, card_number="X1"), "absent"
    )

    [sentence] = refused(office, kept, other)
    assert "出席、缺席" in sentence


#: What the two have, and what is said of it.
CONTRADICTIONS = {
    "open memberships in two groups": (
        lambda ours, theirs: (
            factory.make_membership(factory.make_group(1), ours),
            factory.make_membership(factory.make_group(2), theirs),
        ),
        "小组成员",
    ),
    "two posts in one group": (
        lambda ours, theirs: (
            factory.make_membership(factory.make_group(1), ours, "leader"),
            factory.make_membership(factory.make_group(1), theirs),
        ),
        "组长、组员",
    ),
    "earlier in another group": (
        lambda ours, theirs: (
            factory.make_membership(factory.make_group(1), ours),
            factory.make_membership(factory.make_group(2), theirs, end="2018-01-01"),
        ),
        "同一时间只能在一个小组",
    ),
    "on duty for two groups on one day": (
        lambda ours, theirs: (
            factory.make_reception_day(group=factory.make_group(1), on_duty=[ours]),
            factory.make_reception_day(group=factory.make_group(2), on_duty=[theirs]),
        ),
        "同一天在两处接待选民",
    ),
    "two duty reports in one year": (
        lambda ours, theirs: (
            factory.make_duty_report(ours, planned_month=5),
            factory.make_duty_report(theirs, planned_month=6),
        ),
        "两人都有“述职”",
    ),
    "session attended and missed": (
        lambda ours, theirs: [
            factory.make_session_attendance(session, mandate, status)
            for session in [factory.make_session()]
            for mandate, status in ((ours, "present"), (theirs, "absent"))
        ],
        "两人都有“会议出席”",
    ),
    "leads and seconds one bill": (
        lambda ours, theirs: factory.make_bill(ours).seconders.add(theirs),
        "由其中一位领衔、另一位附议",
    ),
    "two open suspensions": (
        lambda ours, theirs: (
            factory.make_suspension(ours, "2020-01-01", reason="甲"),
            factory.make_suspension(theirs, "2020-02-01", reason="乙"),
        ),
        "两人都有“暂停执行职务”",
    ),
    "kept apart": (
        lambda ours, theirs: actions.keep_apart(
            by=factory.make_user("clerk"), one=ours.delegate, other=theirs.delegate
        ),
        "确认两人不是同一人",
    ),
}


@pytest.mark.parametrize(("make", "said"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradictions_are_named_and_nothing_is_done(twice, office, make, said):
    kept, other, ours, theirs = twice
    make(ours, theirs)
    before = dump()

    [sentence] = refused(office, kept, other)

    assert said in sentence
    assert (dump(), Merge.objects.count()) == (before, 0)


def test_spans_that_say_the_same_become_one(twice, office):
    kept, other, ours, theirs = twice
    group = factory.make_group(1)
    factory.make_membership(group, ours, start="2017-03-01")
    factory.make_membership(group, theirs, start="2017-01-05")
    before = dump()

    record = merged(office, kept, other)

    assert list(Membership.objects.values_list("mandate", "start", "end")) == [
        (ours.pk, factory.day("2017-01-05"), None)
    ]
    actions.undo_merge(by=office, merge=record)
    assert dump() == before


def test_the_reason_of_a_turn_does_not_make_it_another_turn(twice, office):
    kept, other, ours, theirs = twice
    day = factory.make_reception_day(on_duty=[ours, theirs])
    day.duties.filter(mandate=theirs).update(reason="间隔最久")

    merged(office, kept, other)

    assert ReceptionDuty.objects.get().mandate == ours


def test_mandates_one_after_the_other_stay_two(office):
    kept, other = factory.make_delegate("曾繁荣"), factory.make_delegate("曾繁荣")
    factory.make_mandate(kept, end="2018-01-01")
    factory.make_mandate(other, start="2019-01-01")

    plan = plan_of(kept, other)
    merged(office, kept, other)

    assert plan.doubles == []
    assert [remark.endswith("是先后两项，都保留。") for remark in plan.remarks] == [True]
    assert Delegate.objects.get().mandates.count() == 2


def test_of_two_accounts_one_stays(twice, office):
    kept, other, *_ = twice
    first, second = factory.make_user("d1", "delegate"), factory.make_user("d2", "delegate")
    for person, account in ((kept, first), (other, second)):
        person.account = account
        person.save()
    before = dump()

    record = merged(office, kept, other, delegate_account="other")

    assert Delegate.objects.get().account == second
    actions.undo_merge(by=office, merge=record)
    assert dump() == before


def test_what_changed_since_the_page_was_opened_is_not_merged(twice, office):
    kept, other, _ours, theirs = twice
    seen = plan_of(kept, other).seen
    factory.make_attendance(factory.make_activity(), theirs)

    with pytest.raises(EditedMeanwhile):
        actions.merge(by=office, kept=kept, other=other, chosen={}, seen=seen)
    assert Delegate.objects.count() == 2


def test_only_who_keeps_the_records_merges(twice, leader):
    kept, other, *_ = twice
    for act in (
        lambda: merged(leader, kept, other),
        lambda: actions.keep_apart(by=leader, one=kept, other=other),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_record_of_a_merge_is_kept_for_good(twice, office):
    kept, other, *_ = twice
    record = merged(office, kept, other)

    for change in (Merge.objects.all().delete, lambda: Merge.objects.update(kept_name="")):
        with pytest.raises(IntegrityError, match="合并的记录不能修改、删除"), transaction.atomic():
            change()
    undone = actions.undo_merge(by=office, merge=record)
    assert actions.undo_merge(by=office, merge=record) == undone


def test_later_changes_stand_against_undoing(twice, office):
    kept, other, _ours, theirs = twice
    attendance = factory.make_attendance(factory.make_activity(), theirs)
    record = merged(office, kept, other)
    kept.refresh_from_db()
    actions.amend(kept, education="研究生")
    somebody = factory.make_mandate(card_number="Z15-100")
    Attendance.objects.filter(pk=attendance.pk).update(mandate=somebody)

    said = contradictions(record)

    assert said == [
        "“孟广才”的文化程度合并以后改过（大学改为研究生），请先改回再撤销。",
        f"活动出席“{somebody.delegate} 出席”合并以后已改到另一位代表名下，请先改回再撤销。",
    ]
    with pytest.raises(ValidationError):
        actions.undo_merge(by=office, merge=record)
    assert Delegate.objects.filter(name="孟广才").count() == 1


def test_a_card_given_to_somebody_else_stands_against_undoing(twice, office):
    kept, other, _ours, theirs = twice
    record = merged(office, kept, other, mandate_card_number="kept")
    factory.make_mandate(card_number=theirs.card_number)

    [sentence] = contradictions(record)

    assert f"恢复后会与现有的“代表2号（{theirs.card_number}）”重复" in sentence


def test_merges_of_one_person_are_undone_last_first(twice, office):
    kept, other, *_ = twice
    third = factory.make_delegate("孟广才", phone="13900006001", sex="女")
    before = dump()
    first = merged(office, kept, other)
    kept.refresh_from_db()
    second = merged(office, third, kept)

    assert merged_into(other.pk) == third
    assert "还办理过合并“孟广才并入孟广才”" in contradictions(first)[0]
    actions.undo_merge(by=office, merge=second)
    actions.undo_merge(by=office, merge=first)
    assert dump() == before


def test_what_was_deleted_since_stays_deleted(twice, office):
    kept, other, ours, theirs = twice
    activity = factory.make_activity()
    for mandate in (ours, theirs):
        factory.make_attendance(activity, mandate)
    record = merged(office, kept, other)
    activity.delete()

    actions.undo_merge(by=office, merge=record)

    assert (Delegate.objects.count(), Attendance.objects.count()) == (2, 0)


def test_others_stay_apart_from_the_one_who_stays(twice, office):
    kept, other, *_ = twice
    third = factory.make_delegate("孟广才", phone="13900006009")
    actions.keep_apart(by=office, one=kept, other=third)
    actions.keep_apart(by=office, one=other, other=third)
    before = dump()

    record = merged(office, kept, other)

    assert list(KeptApart.objects.values_list("one", "other")) == [(kept.pk, third.pk)]
    actions.undo_merge(by=office, merge=record)
    assert dump() == before


ROW = st.tuples(
    st.sampled_from(["attendance", "session", "duty", "membership", "suspension", "unavailable"]),
    st.sampled_from(["ours", "theirs", "county"]),
    st.integers(0, 2),
    st.sampled_from(["present", "absent"]),
)


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(ROW, max_size=8, unique_by=lambda row: row[:3]), swapped=st.booleans())
def test_whatever_there_is_a_merge_is_refused_or_undone_whole(office, rows, swapped):
    with transaction.atomic():
        kept, other = factory.make_delegate("任赟"), factory.make_delegate("任赟")
        mandates = {
            "ours": factory.make_mandate(kept),
            "theirs": factory.make_mandate(other),
            "county": factory.make_mandate(other, Level.COUNTY, card_number="X1"),
        }
        places = [
            (
                factory.make_activity(),
                Session.objects.create(
                    term=factory.make_term(), ordinal=number + 1, date=factory.day("2020-01-10")
                ),
                factory.make_reception_day(f"2020-0{number + 1}-15", on_duty=[]),
            )
            for number in range(3)
        ]
        for kind, who, number, status in rows:
            make_row(kind, mandates[who], places[number], number, status)
        before = dump()

        pair = (other, kept) if swapped else (kept, other)
        plan = plan_of(*pair)
        if plan.conflicts:
            with pytest.raises(ValidationError):
                merged(office, *pair)
        else:
            record = merged(office, *pair)
            assert list(Delegate.objects.filter(name="任赟")) == [pair[0]]
            actions.undo_merge(by=office, merge=record)

        assert dump() == before
        transaction.set_rollback(True)


def make_row(kind, mandate, places, number, status):
    activity, session, day = places
    start, end = f"{2017 + number}-02-01", f"{2018 + number}-02-01"
    if kind == "attendance":
        factory.make_attendance(activity, mandate, status)
    elif kind == "session":
        factory.make_session_attendance(session, mandate, status)
    elif kind == "duty":
        day.duties.create(mandate=mandate, status="on_duty" if status == "present" else "absent")
    elif kind == "membership":
        factory.make_membership(factory.make_group(1), mandate, start=start, end=end)
    elif kind == "suspension":
        factory.make_suspension(mandate, start, end, reason=status)
    else:
        factory.make_unavailability(mandate.delegate, start, end, reason=status)
