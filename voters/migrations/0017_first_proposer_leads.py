from django.db import migrations
from django.db.models import OuterRef, Subquery


def first_leads(apps, schema_editor):
    """Who stood first among the proposers of a suggestion leads it."""
    FeedbackItem = apps.get_model("voters", "FeedbackItem")
    proposers = FeedbackItem.proposers.through.objects.filter(feedbackitem=OuterRef("pk"))
    first = Subquery(proposers.order_by("pk").values("mandate")[:1])
    FeedbackItem.objects.filter(source="delegate", lead_proposer=None).update(lead_proposer=first)


class Migration(migrations.Migration):
    dependencies = [("voters", "0016_suggestions")]

    operations = [migrations.RunPython(first_leads, migrations.RunPython.noop, elidable=True)]
