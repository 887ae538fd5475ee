"""Every change of a record is in the log, whoever made it and however it was made."""

import datetime
import sqlite3

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congress import audit
from congress.audit import capture, chain
from congress.audit.proofs import is_marked
from congress.audit.tables import APPS, Shown, captured
from congress.audit.verifying import verdict
from congress.models import AuditEntry, Document, SpecialDay, User, Village
from congress.models.audit import written
from tests import factory

pytestmark = pytest.mark.django_db

HERE = "10.0.0.7"
#: Names of fields that hold what the log must not, in clear.
PERSONAL = ("phone", "voter_name", "email", "password", "identity", "token", "secret", "birth")


def told(**subject):
    """(kind, username, address, changes) of the entries of captured changes."""
    entries = AuditEntry.objects.filter(kind__in=["creation", "change", "deletion"], **subject)
    return list(entries.order_by("pk").values_list("kind", "username", "address", "changes"))


def of_village():
    return told(subject_type="congress.village")


def test_creation_change_and_deletion_are_told_field_by_field(office):
    with audit.acting(office, HERE):
        village = Village.objects.create(name="东村", population=30, position=1)
        key = str(village.pk)
        village.population = 40
        village.version += 1
        village.save()
        village.delete()

    assert told(subject_type="congress.village", subject_key=key) == [
        ("creation", "office", HERE, {"name": [None, "东村"], "population": [None, 30],
                                      "position": [None, 1]}),
        ("change", "office", HERE, {"population": [30, 40]}),
        ("deletion", "office", HERE, {"name": ["东村", None], "population": [40, None],
                                      "position": [1, None]}),
    ]  # fmt: skip


def test_what_no_signal_tells_of_is_told_too(office):
    with audit.acting(office, HERE):
        Village.objects.bulk_create(
            [Village(name=name, population=9, position=1) for name in ("东村", "西村")]
        )
        Village.objects.update(population=5)
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM congress_village")

    assert [(kind, who) for kind, who, _, _ in of_village()] == [
        *[("creation", "office")] * 2, *[("change", "office")] * 2, *[("deletion", "office")] * 2,
    ]  # fmt: skip


def test_a_change_that_says_nothing_is_no_entry():
    village = factory.make_village("东村")
    before = len(of_village())
    village.version += 1
    village.save()
    Village.objects.update(name="东村")

    assert len(of_village()) == before


def test_what_was_undone_is_not_told_and_the_actor_stays_the_right_one(office, secretary):
    village = factory.make_village("东村")
    before = len(of_village())
    with audit.acting(office, HERE):
        with transaction.atomic():
            Village.objects.update(population=1)
            transaction.set_rollback(True)
        Village.objects.filter(pk=village.pk).update(population=2)
    with audit.acting(secretary, HERE):
        Village.objects.filter(pk=village.pk).update(population=3)
    Village.objects.filter(pk=village.pk).update(population=4)

    assert [(who, changes["population"][1]) for _, who, _, changes in of_village()[before:]] == [
        ("office", 2), ("secretary", 3), ("", 4),
    ]  # fmt: skip


def test_a_many_to_many_row_is_a_change_of_its_owner():
    visit = factory.make_visit()
    mandate = factory.make_mandate()
    visit.received_by.set([mandate])
    visit.received_by.clear()

    changes = [
        changes
        for kind, _, _, changes in told(subject_type="voters.visit", subject_key=str(visit.pk))
        if "received_by" in changes and kind == "change"
    ]
    assert changes[-2:] == [
        {"received_by": [None, mandate.pk]},
        {"received_by": [mandate.pk, None]},
    ]


def test_a_voter_is_not_named_in_the_log():
    visit = factory.make_visit(voter_name="张小明", phone="13812345678", words="反映的原话")
    visit.phone, visit.voter_name, visit.words = "057112345678", "李四", "又一段原话"
    visit.save()

    told_of = [
        changes
        for *_, changes in told(subject_type="voters.visit", subject_key=str(visit.pk))
        if "phone" in changes
    ]
    created, changed = told_of
    assert [created[name][1] for name in ("voter_name", "phone", "words")] == [
        "张**", "138****5678", "（不显示）",
    ]  # fmt: skip
    assert changed == {
        "voter_name": ["张**", "李**"],
        "phone": ["138****5678", "****678"],
        "words": ["（不显示）", "（不显示）"],
    }


def test_days_moments_and_truth_are_told_alike_on_both_databases():
    day = SpecialDay.objects.create(date=datetime.date(2020, 10, 1), is_workday=False, note="国庆")
    day.is_workday = True
    day.save()

    assert [changes for *_, changes in told(subject_type="congress.specialday")] == [
        {"date": [None, "2020-10-01"], "is_workday": [None, False], "note": [None, "国庆"]},
        {"is_workday": [False, True]},
    ]


def test_each_entry_is_marked_and_spelled_in_the_one_way(office):
    document = Document.objects.create(title="通知", level="own", date="2020-01-01")
    with audit.acting(office, HERE):
        document.title = '关于"引号"\\与\n换行\t的通知𠮷\x7f'
        document.save()

    for row in chain.rows(AuditEntry.objects.all()):
        assert is_marked(row.content, row.mark)
        entry = AuditEntry.objects.get(pk=row.key)
        assert row.content.changes == written(entry.changes)


@settings(max_examples=15, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["create", "save", "update", "delete"]),
            st.integers(0, 3),
            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=9),
            st.integers(0, 50),
        ),
        max_size=12,
    )
)
def test_the_log_played_from_the_beginning_gives_the_rows(db, steps):
    with transaction.atomic():
        start = AuditEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        for number, (step, place, note, day) in enumerate(steps):
            days = list(SpecialDay.objects.order_by("pk"))
            date = datetime.date(2020, 1, 1) + datetime.timedelta(days=number)
            if step == "create" or place >= len(days):
                SpecialDay.objects.create(date=date, is_workday=day % 2 == 0, note=note)
            elif step == "save":
                days[place].note, days[place].is_workday = note, day % 2 == 0
                days[place].save()
            elif step == "update":
                SpecialDay.objects.exclude(pk=days[place].pk).update(note=note)
            else:
                days[place].delete()

        played = {}
        for entry in AuditEntry.objects.filter(
            pk__gt=start, subject_type="congress.specialday"
        ).order_by("pk"):
            row = played.setdefault(entry.subject_key, {"note": ""})
            for name, (old, new) in entry.changes.items():
                assert row.get(name) in (old, "" if old is None else old)
                row[name] = "" if name == "note" and new is None else new
            if entry.kind == "deletion":
                del played[entry.subject_key]
        assert played == {
            str(day.pk): {
                "date": day.date.isoformat(), "is_workday": day.is_workday, "note": day.note,
            }
            for day in SpecialDay.objects.all()
        }  # fmt: skip
        transaction.set_rollback(True)


def test_no_table_is_forgotten_and_personal_columns_are_declared():
    names = {table.model._meta.label_lower for table in captured()}
    everything = {
        model._meta.label_lower
        for label in APPS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        if not model._meta.proxy
    }
    assert {"congress.auditentry", "congress.submission"} <= everything - names
    assert capture.missing(connection) == []
    in_clear = [
        f"{table.name}.{column.name}"
        for table in captured()
        for column in table.columns
        if column.shown == Shown.WHOLE and any(word in column.name for word in PERSONAL)
    ]
    assert in_clear == []


def test_an_account_changes_without_its_password(office):
    user = User.objects.get(pk=office.pk)
    user.set_password("新密码abc-123")
    user.save()

    *_, changes = told(subject_type="congress.user", subject_key=str(user.pk))[-1]
    assert changes == {"password": ["（不显示）", "（不显示）"]}


@pytest.mark.django_db(transaction=True)
def test_a_change_from_outside_is_refused_or_told_as_such(office):
    """SQLite calls a function of the program, which nobody else has."""
    with audit.acting(office, HERE):
        Village.objects.create(name="东村", population=9, position=1)
    statement = "UPDATE congress_village SET name = '西村'"

    if connection.vendor == "sqlite":
        outside = sqlite3.connect(connection.settings_dict["NAME"])
        with pytest.raises(sqlite3.OperationalError, match="no such function: audit_changes"):
            outside.execute(statement)
        outside.close()
        assert [village.name for village in Village.objects.all()] == ["东村"]
    else:
        with connection.connection.cursor() as outside:
            outside.execute(statement)
        entry = AuditEntry.objects.order_by("pk").last()
        assert (entry.username, entry.mark, entry.changes) == ("", "", {"name": ["东村", "西村"]})
        user = connection.settings_dict["USER"]
        assert entry.words == f"数据库用户{user}在程序之外的操作"
        (finding,) = verdict().findings
        assert finding.endswith(f"不是本程序写入的：{entry.words}。")


@pytest.mark.django_db(transaction=True)
def test_entries_are_chained_once_they_are_committed(office):
    with audit.acting(office, HERE), transaction.atomic():
        Village.objects.create(name="东村", population=9, position=1)
        Village.objects.update(population=5)
        villages = AuditEntry.objects.filter(subject_type="congress.village")
        assert set(villages.values_list("sequence", flat=True)) == {None}

    entries = AuditEntry.objects.order_by("pk").values_list("sequence", flat=True)
    assert list(entries) == list(range(1, len(entries) + 1))
