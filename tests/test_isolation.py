"""What belongs to group 1 is neither seen nor changed by another group's leader or delegate.

``test_access`` walks the addresses of single records. Here every address that the others may open,
lists, workbooks, papers, searches, the dashboard, is read for words that stand in records of group
1 only, and is sent the keys of its records. All of it is derived from the table of addresses: a new
one is walked too.
"""

import io
import uuid

import openpyxl
import pytest
from django.apps import apps
from django.urls import reverse

from tests.test_access import ADDRESSES, LET_IN, address_of, is_refused, world  # noqa: F401
from tests.test_consistency import ROOMS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_as_html")]

#: Stands in every text of group 1.
SECRET = "甲鱼"
#: What everybody who is let in at all may read of any group.
SHARED = {"document", "session"}
OWN_WORKINGS = {"Submission", "RunningNumber", "User", "VoterContactReading"}


@pytest.fixture
def outsiders(other_leader, other_delegate, world, logged_in):  # noqa: F811
    """A leader and a delegate of group 2; afterwards all texts of group 1 hold the secret."""
    hide(world)
    return {"X": logged_in(other_leader), "D": logged_in(other_delegate)}


def hide(world):  # noqa: F811
    """Write the secret into each text that somebody typed for group 1."""
    texts = {
        "activity": ("title", "theme", "content", "place"),
        "planitem": ("title", "responsible", "participants", "note"),
        "visit": ("voter_name", "words", "answer"),
        "feedbackitem": ("title", "summary", "responsible"),
        "receptionday": ("place", "note"),
        "activityroom": ("name", "place"),
        "unavailability": ("reason",),
        "dutyopinion": ("text",),
        "commitment": ("text",),
        "activityfile": ("name",),
        "attachment": ("name",),
    }
    models = {model._meta.model_name: model for model in apps.get_models()}
    for word, names in texts.items():
        model = models[word]
        fields = {field.name for field in model._meta.fields}
        record = model._base_manager.filter(pk=world[word])
        assert record.update(**{name: f"{SECRET}{word}" for name in names if name in fields}) == 1


def pages(letter):
    return [name for name, letters in LET_IN.items() if letter in letters]


def asked(name, address):
    """The page, its workbook, and a search for the secret."""
    yield address
    if name.endswith(("_list", "todo", "dashboard")) or name in ("plan_year", "calendar_year"):
        yield from (f"{address}?export=xlsx", f"{address}?q={SECRET}", f"{address}?page=2")
    if "group" not in ADDRESSES[name]:
        yield f"{address}?group=1"


def words_in(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        return str([list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets])
    return content.decode()


@pytest.mark.parametrize("letter", ["X", "D"])
def test_no_page_of_others_names_what_is_group_1s(outsiders, world, letter):  # noqa: F811
    leaking = []
    for name in pages(letter):
        for address in asked(name, address_of(name, world)):
            response = outsiders[letter].get(address)
            words = words_in(response).replace(f'value="{SECRET}"', "")
            if SECRET in words.replace(f"：{SECRET}<", "").replace(f"“{SECRET}”", ""):
                leaking.append(address)

    assert leaking == []


def test_a_delegate_opens_no_record_of_another(outsiders, world):  # noqa: F811
    opened = [
        name
        for name in pages("D")
        if "pk" in ADDRESSES[name]
        and name.split("_")[0] not in SHARED
        and not is_refused(outsiders["D"].get(address_of(name, world)), (403, 404, 405))
    ]

    assert opened == []


@pytest.mark.parametrize("letter", ["X", "D"])
def test_nothing_of_group_1_is_changed_or_added_to(outsiders, world, letter):  # noqa: F811
    before = rows()
    for name in LET_IN:
        outsiders[letter].post(address_of(name, world), body(world))

    after = rows()
    changed = {key for key in before if after.get(key) != before[key]}
    added = [
        row
        for key, row in after.items()
        if key not in before
        and (row.get("group_id") == world["group"] or row.get("delegate_id") == world["delegate"])
    ]
    assert changed == set()
    assert added == []


def body(world):  # noqa: F811
    """What the forms of plans, activities and days take, with the keys of group 1."""
    keys = {
        "group": "group",
        "plan": "group",
        "card": "planitem",
        "item": "feedbackitem",
        "items": "feedbackitem",
        "delegate": "delegate",
        "mandate": "mandate",
        "activity": "activity",
        "day": "receptionday",
        "unit": "handlingunit",
    }
    return {name: world[word] for name, word in keys.items()} | {
        "submission": str(uuid.uuid4()),
        "version": 1,
        "confirm": 1,
        "step": "remind",
        "number": "2020-H99",
        "title": "改",
        "kind": "inspection",
        "year": 2020,
        "slug": "2020",
        "first_month": 9,
        "last_month": 9,
        "planned_count": 1,
        "responsible": "改",
        "participants": "改",
        "date": "2020-09-01",
        "start": "2020-09-01",
        "end": "2020-09-02",
        "place": "改",
        "content": "改",
        "circle": "group",
        "reason": "改",
        "note": "改",
    }


def rows():
    """Every row of every table of ours, by table and key, but for what serves a log-in."""
    return {
        (model._meta.label, row["pk"]): row
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model.__name__ not in OWN_WORKINGS
        for row in model._base_manager.annotate().values(
            "pk", *(field.attname for field in model._meta.concrete_fields)
        )
    }


def test_the_walk_would_notice(cast, world, logged_in):  # noqa: F811
    """Who may read group 1 finds the secret; what is sent is taken from the group's own leader."""
    hide(world)
    client, before = logged_in(cast["leader"]), rows()
    seen = {
        name: SECRET in words_in(client.get(reverse(name)))
        for name in ("activity_list", "planitem_list", "visit_list", "feedbackitem_list")
    }
    client.post(reverse("planitem_add"), body(world))
    added = [label for label, _ in rows().keys() - before.keys()]

    assert seen == dict.fromkeys(seen, True)
    assert "groups.PlanItem" in added
