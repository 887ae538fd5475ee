"""Writing into a report: the one way in which its texts change, and what is kept of each step."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from congress.editing import EditedMeanwhile
from congress.models import User
from congress.periods import now
from congress.roles import require_keeper
from reports.drafting.earlier import earlier
from reports.models import AnnualReport, Narrative, NarrativeRevision, Origin
from reports.places import is_place
from reports.proofreading import cleaned, proofread
from voters.models import CountyProposal

CLOSED = "报告已提交签发或者已经签发，文字不能修改；退回或起草新版本后可以接着改。"
#: What one person types in one go makes one step of the history.
ONE_GO = datetime.timedelta(minutes=10)


@dataclass(frozen=True)
class Written:
    """What was saved; ``typed`` is the text before its typing was put right."""

    narrative: Narrative
    typed: str

    @property
    def was_corrected(self) -> bool:
        return self.typed != self.narrative.text


def open_report(report: AnnualReport) -> AnnualReport:
    """The report, locked for a change. Raises ``ValidationError`` while the chair reads it."""
    report = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if not report.is_open:
        raise ValidationError(CLOSED)
    return report


def stored_text(report: AnnualReport, place: str) -> Narrative:
    """What stands at a place; version 0 where nothing ever did."""
    stored = report.narratives.select_related("edited_by").filter(place=place).first()
    return stored or Narrative(report=report, place=place, version=0)


def revision_of(narrative: Narrative, **fields) -> NarrativeRevision:
    """The text as a step of its history, by whom and when it was last edited; not yet saved."""
    edited = {"by": narrative.edited_by, "at": narrative.edited_at, **fields}
    return NarrativeRevision(
        report_id=narrative.report_id,
        place=narrative.place,
        text=narrative.text,
        origin=narrative.origin,
        **edited,
    )


@transaction.atomic
def write_narrative(
    *,
    user: User,
    report: AnnualReport,
    place: str,
    text: str,
    version: int,
    origin: str = Origin.WRITTEN,
    carried_from: str = "",
    proposal: CountyProposal | None = None,
    is_passing: bool = False,
    as_typed: bool = False,
) -> Written:
    """Put a text at a place of a report; an empty one takes it out.

    ``version`` is that of the text its writer has seen, see ``stored_text``; raises
    ``EditedMeanwhile`` where another one stands by now. ``is_passing`` while it is still being
    typed: such steps make no history of their own within ten minutes. Typing is put right unless
    it is to stay ``as_typed``.
    """
    require_keeper(user)
    report = open_report(report)
    if not is_place(place):
        raise ValidationError("报告中没有这个位置。")
    typed = cleaned(text)
    wanted = typed if as_typed else proofread(text)
    narrative = stored_text(report, place)
    last = report.revisions.filter(place=place).first()
    if narrative.text != wanted:
        if narrative.version != version:
            raise EditedMeanwhile
        last = _keep_what_stood(narrative, last, user)
        narrative.text = wanted
        narrative.origin = origin if wanted else Origin.WRITTEN
        narrative.carried_from = carried_from if origin == Origin.CARRIED else ""
        narrative.proposal = (proposal or narrative.proposal) if wanted else None
        narrative.edited_by, narrative.edited_at = user, now()
        narrative.version += 1
        narrative.save()
    if _makes_history(narrative, last, user, is_passing=is_passing):
        revision_of(narrative, by=user, at=now()).save()
    return Written(narrative, typed)


def _keep_what_stood(
    narrative: Narrative, last: NarrativeRevision | None, user: User
) -> NarrativeRevision | None:
    """What was left in passing, or came from a ledger, before something else takes its place."""
    if not narrative.text or (last and last.text == narrative.text):
        return last
    same_go = narrative.edited_by_id == user.pk and now() - narrative.edited_at <= ONE_GO
    if last and same_go:
        return last
    revision = revision_of(narrative)
    revision.save()
    return revision


def _makes_history(
    narrative: Narrative, last: NarrativeRevision | None, user: User, *, is_passing: bool
) -> bool:
    if last is None:
        return bool(narrative.text)
    if last.text == narrative.text:
        return False
    same_go = last.by_id == user.pk and now() - last.at <= ONE_GO
    return not (is_passing and same_go)


def restore_narrative(*, user: User, revision: NarrativeRevision, version: int) -> Written:
    """What once stood at a place stands there again, as it stood; a step of its own."""
    current = stored_text(revision.report, revision.place)
    return write_narrative(
        user=user,
        report=revision.report,
        place=revision.place,
        text=revision.text,
        version=version,
        origin=revision.origin,
        carried_from=current.carried_from or earlier(revision.report).words,
        as_typed=True,
    )
