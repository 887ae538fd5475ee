"""Activities held so far: whoever stands on the attendance sheet was invited, nobody else.

Until now every activity invited everybody of its group or of the township. Where the sheet names
fewer persons, the circle is narrowed so that those expected are those on the sheet.
"""

from django.db import migrations
from django.db.models import Q


def narrow(apps, schema_editor):
    Activity = apps.get_model("groups", "Activity")
    unsaid = Activity.objects.filter(circle="everybody", attendances__isnull=False).distinct()
    for activity in unsaid:
        marked = list(activity.attendances.select_related("mandate").order_by("pk"))
        marked = [each.mandate for each in marked]
        members = _holding(apps.get_model("groups", "Membership"), activity.date).filter(
            mandate__isnull=False
        )
        group_of = dict(members.values_list("mandate", "group"))
        expected = _expected(apps, activity, group_of)
        persons = _persons(marked)
        if persons == _persons(expected):
            continue
        in_groups = {group_of.get(each.pk) for each in marked}
        if all(each.level == "town" for each in marked) and persons == _persons(
            each for each in expected if each.level == "town"
        ):
            activity.circle = "town"
        elif (
            activity.group_id is None
            and None not in in_groups
            and persons == _persons(each for each in expected if group_of.get(each.pk) in in_groups)
        ):
            activity.circle = "groups"
            activity.invited_groups.set(in_groups)
        else:
            activity.circle = "named"
            activity.invited.set(marked)
        activity.version += 1
        activity.save(update_fields=["circle", "version"])


def _holding(model, day):
    return model.objects.filter(Q(end__isnull=True) | Q(end__gt=day), start__lte=day)


def _expected(apps, activity, group_of):
    suspended = _holding(apps.get_model("delegates", "Suspension"), activity.date)
    mandates = _holding(apps.get_model("delegates", "Mandate"), activity.date).exclude(
        pk__in=suspended.values("mandate")
    )
    if activity.group_id is None:
        return list(mandates)
    return [each for each in mandates if group_of.get(each.pk) == activity.group_id]


def _persons(mandates):
    return {each.delegate_id for each in mandates}


class Migration(migrations.Migration):
    dependencies = [
        ("delegates", "0001_initial"),
        ("groups", "0006_who_approved_leave"),
    ]

    operations = [migrations.RunPython(narrow, migrations.RunPython.noop)]
