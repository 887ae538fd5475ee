"""乡镇概况 edited by two at once."""

import pytest
from django.urls import reverse

from congress.forms import TownshipForm
from tests.factory import make_township

pytestmark = pytest.mark.django_db


def test_second_editor_sees_both_versions_and_loses_nothing(secretary, logged_in):
    township = make_township()
    client, address = logged_in(secretary), reverse("township")
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    client.post(address, typed | {"county": "先存县"})

    response = client.post(address, typed | {"county": "后存县"})

    assert response.status_code == 409
    assert [
        (difference.label, difference.theirs, difference.yours)
        for difference in response.context["differences"]
    ] == [
        ("县名", "先存县", "后存县"),
    ]
    again = response.context["form"]
    assert (again["name"].value(), again["county"].value(), again["version"].value()) == (
        township.name,
        "后存县",
        township.version + 1,
    )


def test_every_field_stands_under_its_subject():
    grouped = [name for _, names in TownshipForm.groups for name in names]

    assert sorted(grouped) == sorted(TownshipForm.Meta.fields)
