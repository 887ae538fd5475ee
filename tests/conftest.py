"""What every test may ask for: the office's day, and the cast of users, one or two a role."""

import datetime
import gc
import hashlib
import os
import shutil

import pytest
from django import __version__ as VERSION_OF_DJANGO
from django.conf import settings as project
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congress import pdf
from congress.roles import Role
from groups.models import Post
from reports.ledgers import plan_import
from tests import factory
from tests.emptying import rows_may_go
from voters import item_papers, papers

DATABASE_FIXTURES = {"db", "transactional_db"}
LEDGERS = project.BASE_DIR / "reports" / "demonstration" / "xx-town-2020.xlsx"


def pytest_collection_modifyitems(config, items):
    """What opens no database says the same beside each: SQLite's run has asked it."""
    if connection.vendor == "postgresql":
        config.hook.pytest_deselected(items=[each for each in items if not _hangs_on_it(each)])
        items[:] = [item for item in items if _hangs_on_it(item)]


def _hangs_on_it(item):
    return item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames)


def pytest_collection_finish():
    """What is loaded by now stays: a tenth of the time goes into looking through it for waste."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def migrated_file(pytestconfig):
    """Where an SQLite database with exactly these migrations is kept from one run to the next."""
    state = hashlib.sha256(f"{VERSION_OF_DJANGO} {project.INSTALLED_APPS}".encode())
    for file in sorted(project.BASE_DIR.glob("*/migrations/*.py")):
        state.update(file.read_bytes())
    return pytestconfig.cache.mkdir("migrated") / f"{state.hexdigest()[:20]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb, django_db_modify_db_settings, migrated_file):
    """To migrate an empty database takes long; on SQLite it is done once."""
    if connection.vendor != "sqlite" or not migrated_file.exists():
        return django_db_keepdb
    shutil.copyfile(migrated_file, connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, migrated_file):
    if connection.vendor == "sqlite" and not migrated_file.exists():
        made = migrated_file.with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(made)])
        made.replace(migrated_file)


def filled_tables(connection):
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    asked = [f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in names]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture(scope="session", autouse=True)
def flush_empties_all_tables():
    """After a transactional test Django deletes all rows: append-only ones too.

    Of every connection: beside the browser's event loop Django opens another one. PostgreSQL takes
    two seconds to truncate all tables; most of them are empty.
    """
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_everything(ops, statements):
        if ops.connection.vendor == "postgresql":
            statements = [f'DELETE FROM "{table}"' for table in filled_tables(ops.connection)]
        # What the log says of the emptying goes last.
        statements = [*statements, 'DELETE FROM "congress_auditentry"']
        with rows_may_go():
            flush(ops, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_everything)
        yield


@pytest.fixture(scope="module")
def imported_2020(django_db_setup, django_db_blocker):
    """Everything of the year in the database, for the tests of one module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with LEDGERS.open("rb") as file:
            plan_import(file).apply()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def set_today(settings):
    """Return a function that sets the office's day, written like 2020-08-20."""

    def set_day(day):
        settings.TODAY = datetime.date.fromisoformat(day)

    return set_day


@pytest.fixture
def logged_in():
    """Return a function that gives a test client with the session of a user."""

    def open_session(user):
        client = Client()
        client.force_login(user)
        return client

    return open_session


@pytest.fixture
def secretary(db):
    return factory.make_user("secretary", Role.SECRETARY, name="人大秘书")


@pytest.fixture
def office(db):
    return factory.make_user("office", Role.OFFICE, name="办公室")


@pytest.fixture
def chair(db):
    return factory.make_user("chair", Role.CHAIR, name="主席")


@pytest.fixture
def leader(db):
    """Leads group 1."""
    return _leader_of(1, "leader", "一组组长")


@pytest.fixture
def other_leader(db):
    """Leads group 2."""
    return _leader_of(2, "other_leader", "二组组长")


def _leader_of(ordinal, username, name):
    user = factory.make_user(username, Role.LEADER, name=name)
    person = factory.make_delegate(name=name, account=user)
    factory.make_membership(
        factory.make_group(ordinal), factory.make_mandate(person), post=Post.LEADER
    )
    return user


@pytest.fixture
def delegate(db):
    """A member of group 1 without a post."""
    return _member_of(1, "delegate", "代表甲")


@pytest.fixture
def other_delegate(db):
    """A member of group 2 without a post."""
    return _member_of(2, "other_delegate", "代表乙")


def _member_of(ordinal, username, name):
    user = factory.make_user(username, Role.DELEGATE, name=name)
    person = factory.make_delegate(name=name, account=user)
    factory.make_membership(factory.make_group(ordinal), factory.make_mandate(person))
    return user


@pytest.fixture
def unit(db):
    return factory.make_user("unit", Role.UNIT, name="村建中心")


@pytest.fixture
def other_unit(db):
    """Of another unit than the items of the tests are assigned to."""
    user = factory.make_user("other_unit", Role.UNIT, name="水利站")
    factory.make_unit("镇水利站").accounts.add(user)
    return user


@pytest.fixture
def auditor(db):
    return factory.make_user("auditor", Role.AUDITOR, name="审计员")


@pytest.fixture
def administrator(db):
    return factory.make_user("administrator", Role.ADMINISTRATOR, name="系统管理员")


@pytest.fixture
def cast(secretary, office, chair, leader, other_leader, delegate, unit, auditor, administrator):
    """All of them, by the name of their fixture."""
    return {
        user.username: user
        for user in (
            secretary,
            office,
            chair,
            leader,
            other_leader,
            delegate,
            unit,
            auditor,
            administrator,
        )
    }


@pytest.fixture
def papers_as_html(monkeypatch):
    """Papers are not set, which takes long, but handed out as what they are set from."""

    def unset(sheets, *_, **__):
        return b"%PDF-" + "".join(next(iter(settings)) for settings in sheets).encode()

    for module in (pdf, item_papers):
        monkeypatch.setattr(module, "render_sheets", unset)
    monkeypatch.setattr(papers, "page_count", lambda pdf: 1)
    monkeypatch.setattr("reports.views.fonts.embedded_fonts", lambda pdf: ())


@pytest.fixture
def queries_of():
    """Return a function that counts the queries of a page."""

    def count(client, address):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
            assert response.status_code == 200
        return len(queries)

    return count
