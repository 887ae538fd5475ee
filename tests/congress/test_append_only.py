"""Rows that the database lets nobody change, on a table made for the test."""

import pytest
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations import Migration
from django.test.utils import isolate_apps

from congress import append_only, checks
from congress.models import SpecialDay
from tests import factory

SENTENCE = "办理记录只能增加，不能'修改'或删除100%。"
STILL_NEW = "EXISTS (SELECT 1 FROM made_item WHERE id = OLD.item_id AND state = 'new')"
ROWS = [(1, 1, "登记"), (2, 2, "登记"), (3, 2, "交办"), (4, None, "无主")]


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, item_id, note FROM made_step ORDER BY id")
        return cursor.fetchall()


@pytest.fixture
def own_rules():
    """Only what the test declares is declared."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(append_only, "_rules", {})
        yield


def make_trail():
    """Item 1 is new, item 2 is in hand."""
    run("CREATE TABLE made_item (id integer PRIMARY KEY, state varchar(8) NOT NULL)")
    run("CREATE TABLE made_step (id integer PRIMARY KEY, item_id integer, note varchar(20))")
    run("INSERT INTO made_item VALUES (1, 'new'), (2, 'hand')")
    run("INSERT INTO made_step VALUES (1, 1, '登记'), (2, 2, '登记'), (3, 2, '交办')")
    run("INSERT INTO made_step VALUES (4, NULL, '无主')")


@pytest.fixture
def trail(db, own_rules):
    make_trail()
    append_only.declare("made_step", SENTENCE, unless=STILL_NEW)
    append_only.install(connection)


def is_refused(statement, sentence=SENTENCE):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        run(statement)
    return str(refusal.value).splitlines()[0] == sentence


def test_what_is_declared_in_the_house_stands(db):
    assert append_only.unprotected(connection) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE made_step SET note = '改' WHERE id = 3",
        "UPDATE made_step SET note = '改' WHERE id = 1",
        "UPDATE made_step SET note = note",
        "DELETE FROM made_step WHERE id = 2",
        "DELETE FROM made_step WHERE id = 4",
        "DELETE FROM made_step WHERE item_id > 1",
        "DELETE FROM made_step",
        "INSERT INTO made_step VALUES (3, 2, '改') ON CONFLICT (id) DO UPDATE SET note = '改'",
    ],
)
def test_nothing_is_changed_or_taken_away(trail, statement):
    assert is_refused(statement)
    assert rows() == ROWS


def test_rows_are_added(trail):
    run("INSERT INTO made_step VALUES (5, 2, '答复')")

    assert rows() == [*ROWS, (5, 2, "答复")]


def test_what_the_condition_allows_is_deleted(trail):
    run("DELETE FROM made_step WHERE item_id = 1")
    run("DELETE FROM made_step WHERE item_id = 77")

    assert rows() == ROWS[1:]


def test_without_a_condition_nothing_is_deleted(trail):
    append_only.declare("made_step", "不能删除。")
    append_only.install(connection)

    assert is_refused("DELETE FROM made_step WHERE id = 1", "不能删除。")
    assert is_refused("UPDATE made_step SET note = '改' WHERE id = 1", "不能删除。")
    assert rows() == ROWS


def test_a_condition_that_is_neither_true_nor_false_allows_nothing(trail):
    append_only.declare("made_step", SENTENCE, unless="OLD.item_id = 1")
    append_only.install(connection)

    assert is_refused("DELETE FROM made_step WHERE id = 4")
    run("DELETE FROM made_step WHERE id = 1")
    assert rows() == ROWS[1:]


def test_what_is_no_longer_declared_is_free_again(trail):
    del append_only._rules["made_step"]
    append_only.install(connection)
    run("UPDATE made_step SET note = '改'")
    run("DELETE FROM made_step WHERE id > 1")

    assert rows() == [(1, 1, "改")]


def test_tables_that_do_not_exist_are_passed_over(trail):
    append_only.declare("made_nowhere", SENTENCE)
    append_only.install(connection)

    assert append_only.unprotected(connection) == []


def test_the_system_check_names_tables_without_protection(trail):
    assert checks.trails_cannot_be_changed(None, ["default"]) == []
    assert checks.trails_cannot_be_changed(None, None) == []

    append_only.lift(connection)
    (warning,) = checks.trails_cannot_be_changed(None, ["default"])

    assert (warning.id, warning.msg) == (
        "congress.W005",
        "数据表 made_step 的记录本来只能增加，现在却可以修改和删除。",
    )


def test_half_a_protection_is_none(trail):
    table = " ON made_step" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER append_only_delete_made_step{table}")

    assert append_only.unprotected(connection) == ["made_step"]


def test_migrating_with_nothing_to_do_lifts_nothing(trail):
    emit_pre_migrate_signal(0, False, "default", plan=[])

    assert append_only.unprotected(connection) == []


@pytest.mark.django_db(transaction=True)
@isolate_apps("congress")
def test_it_outlives_migrations_of_both_tables(own_rules):
    """On SQLite each of these alterations drops the old table, and its triggers with it."""

    class Item(models.Model):
        id = models.IntegerField(primary_key=True)
        state = models.CharField(max_length=8)

        class Meta:
            app_label = "congress"
            db_table = "made_item"

    class Step(models.Model):
        id = models.IntegerField(primary_key=True)
        item_id = models.IntegerField(null=True)
        note = models.CharField(max_length=20, null=True)

        class Meta:
            app_label = "congress"
            db_table = "made_step"

    make_trail()
    append_only.declare("made_step", SENTENCE, unless=STILL_NEW)
    append_only.install(connection)
    try:
        emit_pre_migrate_signal(0, False, "default", plan=[(Migration("made", "congress"), False)])
        for model, name in ((Item, "state"), (Step, "note")):
            old = model._meta.get_field(name)
            new = models.CharField(max_length=40, default="")
            new.set_attributes_from_name(name)
            new.model = model
            with connection.schema_editor() as editor:
                editor.alter_field(model, old, new, strict=True)
        run("UPDATE made_step SET note = '登记。' WHERE id = 1")
        emit_post_migrate_signal(0, False, "default")

        assert is_refused("UPDATE made_step SET note = '改'")
        assert is_refused("DELETE FROM made_step WHERE id = 2")
        run("DELETE FROM made_step WHERE id = 1")
        assert rows() == ROWS[1:]
    finally:
        run("DROP TABLE made_step")
        run("DROP TABLE made_item")


@pytest.mark.django_db(transaction=True)
def test_transactional_tests_end_with_empty_tables_and_standing_triggers(own_rules):
    SpecialDay.objects.create(date=factory.day("2020-10-01"))
    append_only.declare(SpecialDay._meta.db_table, SENTENCE)
    append_only.install(connection)
    with pytest.raises(IntegrityError):
        SpecialDay.objects.all().delete()

    call_command("flush", interactive=False, inhibit_post_migrate=True)

    assert not SpecialDay.objects.exists()
    assert append_only.unprotected(connection) == []
    SpecialDay.objects.create(date=factory.day("2020-10-02"))
    with pytest.raises(IntegrityError):
        SpecialDay.objects.update(note="国庆")
