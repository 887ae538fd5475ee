"""What is attached to a report, changed: added and edited, put in another place, taken out."""

from django.db import transaction

from congress.models import User
from congress.roles import require_keeper
from reports.drafting.actions import open_report
from reports.models import AnnualReport, ReportAttachment


@transaction.atomic
def attach(*, user: User, attachment: ReportAttachment) -> ReportAttachment:
    """A new one comes last."""
    require_keeper(user)
    report = open_report(attachment.report)
    if attachment.pk is None:
        attachment.position = report.attachments.count() + 1
    attachment.save()
    return attachment


@transaction.atomic
def move(*, user: User, report: AnnualReport, key: int, places: int) -> None:
    """So many places down, or up where negative; at either end it stays."""
    require_keeper(user)
    keys = list(open_report(report).attachments.values_list("pk", flat=True))
    if key not in keys:
        return
    place = keys.index(key)
    keys.insert(min(max(place + places, 0), len(keys) - 1), keys.pop(place))
    for position, each in enumerate(keys, start=1):
        ReportAttachment.objects.filter(pk=each).update(position=position)


@transaction.atomic
def take_out(*, user: User, report: AnnualReport, key: int) -> None:
    require_keeper(user)
    open_report(report).attachments.filter(pk=key).delete()
