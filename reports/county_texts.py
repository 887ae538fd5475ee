"""Suggestions to the county congress taken over into the report's third chapter."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from congress.models import User
from congress.roles import require_keeper
from voters.models import CountyProposal

from .drafting.actions import open_report, stored_text, write_narrative
from .models import AnnualReport, Narrative
from .places import base_of, running_number

#: The series of the third chapter.
SERIES = "对县人大的建议"


def offered_proposals(report: AnnualReport) -> QuerySet[CountyProposal]:
    """Suggestions to the county, written by the cut-off, that the report does not tell yet.

    Those of the report's year and of the one to come, for which it is written.
    """
    told = report.narratives.filter(proposal__isnull=False).values("proposal")
    return CountyProposal.objects.filter(
        kind=CountyProposal.Kind.TO_COUNTY,
        year__in=(report.year, report.year + 1),
        drafted_on__lte=report.cut_off,
    ).exclude(pk__in=told)


@transaction.atomic
def take_over(*, user: User, report: AnnualReport, proposal: CountyProposal) -> Narrative:
    """Its words become the next text of the chapter, once; the text is then edited as any other."""
    require_keeper(user)
    report = open_report(report)
    if not offered_proposals(report).filter(pk=proposal.pk).exists():
        raise ValidationError("这件建议已写入报告，或者不属于这份报告。")
    places = report.narratives.exclude(text="").values_list("place", flat=True)
    used = [running_number(place) for place in places if base_of(place) == SERIES]
    place = f"{SERIES}-{max(used, default=0) + 1}"
    return write_narrative(
        user=user,
        report=report,
        place=place,
        text=proposal.content,
        version=stored_text(report, place).version,
        proposal=proposal,
    ).narrative
