"""All figures of a report: read-only functions of its scope, one queryset a figure.

The period runs from its first day to the cut-off (统计截止), both included; what is dated after
the cut-off has not happened yet. The number of queries is the same for any number of records.
"""

from dataclasses import dataclass

from congress.periods import Period
from reports.scope import Scope

from .activities import Activities, activity_figures
from .duty import Duty, duty_figures
from .feedback import Feedback, feedback_figures
from .groups import Delegates, Groups, delegate_figures, group_figures
from .institution import (
    Institution,
    Papers,
    Sessions,
    institution_figures,
    paper_figures,
    session_figures,
)
from .plan import Outlook, outlook_figures
from .reception import Reception, reception_figures


@dataclass(frozen=True)
class ReportFigures:
    scope: Scope
    institution: Institution
    delegates: Delegates
    groups: Groups
    reception: Reception
    feedback: Feedback
    duty: Duty
    activities: Activities
    papers: Papers
    sessions: Sessions
    outlook: Outlook

    @property
    def year(self) -> int:
        return self.scope.year

    @property
    def period(self) -> Period:
        return self.scope.period


def report_figures(scope: Scope) -> ReportFigures:
    """Every figure of a report. Raises Township.DoesNotExist before set-up."""
    return ReportFigures(
        scope=scope,
        institution=institution_figures(scope),
        delegates=delegate_figures(scope),
        groups=group_figures(scope),
        reception=reception_figures(scope),
        feedback=feedback_figures(scope),
        duty=duty_figures(scope),
        activities=activity_figures(scope),
        papers=paper_figures(scope),
        sessions=session_figures(scope),
        outlook=outlook_figures(scope),
    )


def by_key(figures: ReportFigures) -> dict:
    """The figures under the names in which other programs read them."""
    reception, feedback, duty = figures.reception, figures.feedback, figures.duty
    activities, attendance = figures.activities, figures.activities.attendance
    rooms, following = figures.groups.rooms, figures.sessions.next
    outcomes = dict(feedback.outcomes)
    return {
        "delegates.county": figures.delegates.county,
        "delegates.town": figures.delegates.town,
        "groups": len(figures.groups.groups),
        "villages": figures.groups.villages,
        "rooms": len(rooms),
        "rooms.signed": sum(room.has_sign for room in rooms),
        "reception.days_held": reception.days_held,
        "reception.delegates": reception.delegates,
        "reception.visits": reception.visits,
        "reception.persons": reception.persons,
        "feedback.items": feedback.items,
        "feedback.topics": [list(topic) for topic in feedback.topics],
        "feedback.replied": feedback.replied,
        "feedback.group_told": feedback.group_told,
        "feedback.voter_told": feedback.voter_told,
        "feedback.closed": feedback.closed,
        "feedback.overdue": feedback.overdue,
        "feedback.outcomes": {letter: outcomes.get(letter, 0) for letter in "ABCD"},
        "feedback.rates": {key: list(share) for key, share in feedback.rates.items()},
        "duty.planned": duty.planned,
        "duty.done": duty.done,
        "duty.remaining": duty.remaining,
        "duty.satisfied": duty.satisfied,
        "duty.basically": duty.basically,
        "duty.dissatisfied": duty.dissatisfied,
        "training.dates": _dates(activities.training),
        "inspection.dates": _dates(activities.inspection),
        "evaluation.dates": _dates(activities.evaluation),
        "evaluation.previous_year": len(activities.previous),
        "attendance.expected": attendance.expected,
        "attendance.present": attendance.present,
        "attendance.leave": attendance.leave,
        "attendance.absent": attendance.absent,
        "documents.county": len(figures.papers.county),
        "documents.own": len(figures.papers.own),
        "sessions.next": [following.term, following.ordinal, following.date.isoformat()]
        if following
        else None,
    }


def _dates(activities) -> list[str]:
    return [activity.date.isoformat() for activity in activities]
