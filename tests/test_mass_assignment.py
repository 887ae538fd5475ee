"""Nobody changes what a form does not show: each is sent as it stands, then with more in it.

Every form of every page is posted twice from the same records, once with its own fields and once
with every other column of every model besides; afterwards all tables must say the same. A new
page or column is tried without being named here.
"""

import re
from collections import Counter
from itertools import chain

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from congress.audit.tables import APPS
from tests.page_forms import forms_of
from tests.test_access import ADDRESSES, LET_IN, PUBLIC, ROLES, address_of
from tests.test_access import world as world

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]

#: Parts of the walk, so that the processors share it.
PARTS = 8
MODELS = [model for label in APPS for model in apps.get_app_config(label).get_models()]
STORED = [
    model
    for label in APPS
    for model in apps.get_app_config(label).get_models(include_auto_created=True)
    # What is logged differs by time and seal; what was logged shows in the tables themselves.
    if model._meta.label not in {"congress.AuditEntry", "congress.Submission"}
]
#: Differ each time they are made: only whether they stood there before is compared.
MADE_ANEW = (models.DateTimeField, models.UUIDField, models.BinaryField, models.FileField)
MADE_ANEW_WORDS = re.compile("password|secret|token|digest|sha256|sealed|code|search")
#: Tried in every row of a table of forms too.
OF_ROWS = ("pk", "version", "number", "state", "role", "is_active", "created_by", "position")


def is_made_anew(field):
    return (
        field.primary_key
        or field.is_relation
        or isinstance(field, MADE_ANEW)
        or MADE_ANEW_WORDS.search(field.name)
    )


def rows(model):
    """Read past the models, for speed; columns in the order of their fields."""
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
        return cursor.fetchall()


class Before:
    """What stood in all tables before anything is sent; ``now`` tells what stands there since."""

    def __init__(self):
        self.known = {}
        for model in STORED:
            fields, found = model._meta.concrete_fields, rows(model)
            self.known[model] = [
                {row[place] for row in found} if is_made_anew(field) else None
                for place, field in enumerate(fields)
            ]

    def now(self):
        return {
            model._meta.label: Counter(
                tuple(
                    value if among is None or value in among else "new"
                    for among, value in zip(self.known[model], row, strict=True)
                )
                for row in rows(model)
            )
            for model in STORED
        }


def other_value(field, record=None):
    """A value that the column may have; another one than the record's where there is one."""
    current = getattr(record, field.attname, None)
    if field.is_relation:
        keys = field.related_model._base_manager.order_by("-pk").values_list("pk", flat=True)[:2]
        return next((str(key) for key in keys if key != current), "1")
    if field.choices:
        values = [value for value, _ in field.flatchoices if value != current]
        return str(values[-1]) if values else ""
    if isinstance(field, models.BooleanField):
        return "" if current else "on"
    if isinstance(field, models.DateTimeField):
        return "2019-03-04 05:06"
    if isinstance(field, models.DateField):
        return "2019-03-04"
    if isinstance(field, models.IntegerField | models.AutoField | models.DecimalField):
        return "7"
    return "外来"


def columns_of(model, record=None):
    for field in model._meta.concrete_fields:
        value = other_value(field, record)
        yield field.name, value
        yield field.attname, value


def more_than(form, everywhere, own):
    """Everything that the page does not ask for."""
    more = {"pk": "1", **everywhere, **own}
    prefixes = {found[0] for name in form.names if (found := re.match(r".+-\d+-", name))}
    more |= {prefix + name: more.get(name, "1") for prefix in prefixes for name in OF_ROWS}
    return {name: value for name, value in more.items() if name not in form.names}


def sent(client, form, data, before):
    """What all tables say once this is posted; the records are as before afterwards."""
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.post(form.action, data)
        found = before.now()
        transaction.set_rollback(True)
    client.cookies.load(cookies)
    assert response.status_code < 500, form.action
    return found


def differing(plain, laden):
    return sorted(label for label in plain if plain[label] != laden[label])


@pytest.mark.parametrize("part", range(PARTS))
def test_a_form_changes_only_what_it_shows(part, cast, logged_in, world):
    clients = {letter: logged_in(cast[ROLES[letter]]) for letter in "SOCLDUAM"}
    before = Before()
    untouched = before.now()
    everywhere = dict(chain.from_iterable(map(columns_of, MODELS)))
    of_name = {model._meta.model_name: model for model in MODELS}
    wrong, tried, idle = {}, set(), []
    for name in sorted(set(ADDRESSES) - PUBLIC)[part::PARTS]:
        client = clients.get(LET_IN[name][:1])
        if client is None:
            continue
        word = name.split("_")[0]
        model = of_name.get(word)
        record = model._base_manager.filter(pk=world.get(word)).first() if model else None
        own = dict(columns_of(model, record)) if model else {}
        for form in forms_of(client, address_of(name, world)):
            key = (form.action, frozenset(form.names))
            if key in tried:
                continue
            tried.add(key)
            for data in form.ways_to_fill():
                plain = sent(client, form, data, before)
                if plain != untouched:
                    break
            else:
                idle.append((name, form.action))
            laden = sent(client, form, data | more_than(form, everywhere, own), before)
            if found := differing(plain, laden):
                wrong[name, form.action] = found

    assert wrong == {}
    # Most forms save what they are sent here; one that is refused proves less.
    assert len(idle) < len(tried) / 2, idle
