"""Records that the report tells of without counting them: settings, texts, what followed."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet
from django.urls import reverse

from congress.models import BallotScales, BallotThreshold, Township
from congress.tables import Column
from groups.models import Activity
from reports.figures import activities, chain
from reports.models import AnnualReport, Narrative, OutlinePart, ReportAttachment
from reports.proof import work_kinds
from reports.proof.catalogue import FIGURES_OF_ONE
from reports.proof.columns import related
from reports.proof.figure import RecordKind


def fields(model: type[Model], *names: str) -> tuple[Column, ...]:
    """Columns of these fields under their own names, choices in words."""
    found = [model._meta.get_field(name) for name in names]
    return tuple(
        Column(str(each.verbose_name), f"get_{each.name}_display" if each.choices else each.name)
        for each in found
    )


REPORT = RecordKind(
    "report",
    "报告设置",
    str,
    fields(
        AnnualReport,
        *("start", "cut_off", "title", "addressee", "session", "speaker", "organ", "dated"),
        *("figure_style", "has_figure_table"),
    ),
    prepare=related("session__term", "group"),
)
NARRATIVE = RecordKind(
    "narrative",
    "报告文字",
    lambda narrative: f"“{narrative.place}”",
    fields(Narrative, "text"),
    prepare=related("report"),
)
OUTLINE = RecordKind(
    "outline",
    "报告提纲",
    lambda part: f"“{part}”",
    fields(OutlinePart, "heading", "chapter", "position", "is_left_out"),
    address=lambda part: part.report.get_absolute_url(),
    prepare=related("report"),
)
ATTACHMENT = RecordKind(
    "attachment",
    "报告附件",
    lambda attachment: f"“{attachment}”",
    fields(ReportAttachment, "title", "position", "content", "text"),
    address=lambda attachment: attachment.report.get_absolute_url(),
    prepare=related("report"),
)
TOWNSHIP = RecordKind(
    "township",
    "乡镇概况",
    str,
    fields(
        Township,
        *("name", "county", "reception_day", "feedback_target_days", "claim_percent"),
        *("outcome_labels", "evaluation_scale", "counts_suspended"),
    ),
    address=lambda township: reverse("township"),
)
THRESHOLD = RecordKind(
    "threshold",
    "测评口径",
    lambda threshold: f"“{threshold.wording}”",
    fields(BallotThreshold, "wording", "best_percent", "approved_percent"),
    address=lambda threshold: threshold.scale.get_absolute_url(),
    prepare=related("scale"),
)


def told_records(report: AnnualReport) -> Iterator[tuple[RecordKind, QuerySet]]:
    """By kind, each with the records on which a sentence of the report depends."""
    scope = report.scope
    yield REPORT, AnnualReport.objects.filter(pk=report.pk)
    yield NARRATIVE, report.narratives.all()
    yield OUTLINE, report.outline_parts.all()
    yield ATTACHMENT, report.attachments.all()
    yield TOWNSHIP, Township.objects.all()
    yield THRESHOLD, BallotThreshold.objects.filter(scale=BallotScales.load().of(scope.year).pk)
    told = activities.told(scope)
    yield work_kinds.ACTIVITY, told
    yield work_kinds.FINDING, chain.findings(told)
    yield work_kinds.RECOMMENDATION, chain.recommendations(told)
    yield work_kinds.TRANSMISSION, chain.transmissions(told, scope)
    yield work_kinds.FOLLOW_UP, chain.follow_ups(told, scope)
    for pk in told.filter(kind=Activity.Kind.EVALUATION).values_list("pk", flat=True):
        votes = FIGURES_OF_ONE["activity.units"]
        yield votes.kind, votes.listed(scope, pk)
