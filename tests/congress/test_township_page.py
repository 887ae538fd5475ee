"""乡镇概况 edited by two at once."""

import pytest
from django.urls import reverse

from congress.editing import DELETED_MEANWHILE
from congress.forms import TownshipForm
from congress.models import SatisfactionThreshold
from tests.factory import make_township

pytestmark = pytest.mark.django_db


def test_second_editor_sees_both_versions_and_loses_nothing(secretary, logged_in):
    township = make_township()
    client, address = logged_in(secretary), reverse("township")
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {
        "satisfaction_thresholds-TOTAL_FORMS": "0",
        "satisfaction_thresholds-INITIAL_FORMS": "0",
    }
    client.post(address, typed | {"county": "先存县"})

    response = client.post(address, typed | {"county": "后存县"})

    assert response.status_code == 409
    assert [
        (difference.label, difference.theirs, difference.yours)
        for difference in response.context["differences"]
    ] == [
        ("县名", "先存县", "后存县"),
        ("满意度用语", "基本满意：50%，80%\n比较满意：70%，90%\n满意：90%，98%", ""),
    ]
    again = response.context["form"]
    assert (again["name"].value(), again["county"].value(), again["version"].value()) == (
        township.name,
        "后存县",
        township.version + 1,
    )


def test_a_row_deleted_by_another_is_told(secretary, logged_in):
    township = make_township()
    row = SatisfactionThreshold.objects.create(
        township=township, wording="好", satisfied_percent=90, approved_percent=95
    )
    client, address = logged_in(secretary), reverse("township")
    form = client.get(address).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields} | {
        "satisfaction_thresholds-TOTAL_FORMS": "1",
        "satisfaction_thresholds-INITIAL_FORMS": "1",
        "satisfaction_thresholds-0-id": row.pk,
        "satisfaction_thresholds-0-wording": "很满意",
        "satisfaction_thresholds-0-satisfied_percent": "90",
        "satisfaction_thresholds-0-approved_percent": "95",
    }
    row.delete()

    response = client.post(address, typed)

    assert response.context["thresholds"].non_form_errors() == [DELETED_MEANWHILE]
    assert DELETED_MEANWHILE in response.content.decode()


def test_every_field_stands_under_its_subject():
    grouped = [name for _, names in TownshipForm.groups for name in names]

    assert sorted(grouped) == sorted(TownshipForm.Meta.fields)
