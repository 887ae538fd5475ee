"""One activity told as a chain: found, recommended, passed on, followed up, and what is still open.

Page, paper and whoever adds further steps tell it from here (代表法 31).
"""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Min

from congress.numerals import full_date, month_day

from .models import Activity, Finding, FollowUp, Recommendation, Transmission
from .models.chain_query import TO_BE_ANSWERED
from .reply_terms import ReplyTerm

#: Colour classes of a recommendation's states.
COLOURS = {
    Recommendation.State.OPEN: "in-hand",
    Recommendation.State.OVERDUE: "overdue",
    Recommendation.State.ANSWERED: "done",
}
RESULT_COLOURS = {
    FollowUp.Result.DONE: "done",
    FollowUp.Result.IN_PROGRESS: "in-hand",
    FollowUp.Result.NOT_DONE: "overdue",
}


@dataclass(frozen=True)
class Step:
    """A day of the chain in words; ``state`` with its colour where there is one to tell."""

    day: datetime.date
    word: str
    who: str = ""
    content: str = ""
    state: str = ""
    colour: str = ""
    notes: tuple[str, ...] = ()
    record: Transmission | FollowUp | None = None

    @property
    def is_transmission(self) -> bool:
        return isinstance(self.record, Transmission)

    @property
    def is_untold(self) -> bool:
        """The delegates who took part have not been told of it."""
        return isinstance(self.record, FollowUp) and not self.record.told_delegates_on


def reply_state(transmission: Transmission, due: datetime.date | None, day: datetime.date):
    """(words, colour) of a transmission read ``with_reply``."""
    if transmission.answered_on:
        return "已答复", "done"
    if not awaits_reply(transmission):
        return "", ""
    return ("逾期未答复", "overdue") if due and due < day else ("待答复", "in-hand")


def awaits_reply(transmission: Transmission) -> bool:
    """Of one read ``with_reply``; the same as ``TransmissionQuerySet.awaiting``."""
    expected = transmission.expects_reply and transmission.activity.kind in TO_BE_ANSWERED
    return expected and not transmission.answered_on


class Chain:
    """What is told of one activity on a day; a handful of queries however long it is."""

    def __init__(self, activity: Activity, day: datetime.date):
        self.activity = activity
        self.day = day
        self.term = ReplyTerm.current()

    @cached_property
    def findings(self) -> list[Finding]:
        return list(self.activity.findings.all())

    @cached_property
    def findings_by_kind(self) -> list[tuple[str, list[Finding]]]:
        """(kind in words, findings), those without a kind first."""
        kinds = [("", "发现"), *Finding.Kind.choices]
        found = [
            (label, [line for line in self.findings if line.kind == kind]) for kind, label in kinds
        ]
        return [(label, lines) for label, lines in found if lines]

    @cached_property
    def recommendations(self) -> list[Recommendation]:
        lines = self.activity.recommendations.with_state(self.day, self.term)
        return list(lines.select_related("finding"))

    @cached_property
    def advice(self) -> list[tuple[Recommendation, str, str]]:
        """Recommendations with the words and the colour of their state."""
        return [(line, *recommendation_state(line)) for line in self.recommendations]

    @cached_property
    def transmissions(self) -> list[Transmission]:
        sent = self.activity.transmissions.with_reply().prefetch_related("recommendations")
        found = list(sent)
        for transmission in found:
            transmission.activity = self.activity
        return found

    @cached_property
    def follow_ups(self) -> list[FollowUp]:
        return list(self.activity.follow_ups.select_related("answers"))

    @cached_property
    def steps(self) -> list[Step]:
        """The activity first, then by day; what was passed on that day before what came of it."""
        steps = [self._transmission(each) for each in self.transmissions]
        steps += [self._follow_up(each) for each in self.follow_ups]
        return [
            Step(self.activity.date, "活动", content=self.activity.title),
            *sorted(steps, key=lambda step: (step.day, not step.is_transmission)),
        ]

    @cached_property
    def open_points(self) -> list[str]:
        """What is still to be done, a sentence each; nothing for kinds that nobody answers."""
        if self.activity.kind not in TO_BE_ANSWERED:
            return []
        points = [
            f"第{number}条建议尚未转送。"
            for number, line in enumerate(self.recommendations, 1)
            if line.state == Recommendation.State.UNSENT
        ]
        for transmission in self.transmissions:
            if awaits_reply(transmission):
                due = self.term.due(transmission.date)
                overdue = "，已逾期" if due and due < self.day else ""
                until = f"，期限{full_date(due)}{overdue}" if due else ""
                points.append(
                    f"{month_day(transmission.date)}转送{transmission.who}，尚未答复{until}。"
                )
        points += [
            f"{month_day(each.date)}的后续（{each.who}）尚未告知参加活动的代表。"
            for each in self.follow_ups
            if each.result and not each.told_delegates_on
        ]
        return points

    def _transmission(self, transmission: Transmission) -> Step:
        due = self.term.due(transmission.date)
        state, colour = reply_state(transmission, due, self.day)
        notes = [transmission.get_how_display(), self._named(transmission)]
        if transmission.answered_on:
            notes.append(f"{full_date(transmission.answered_on)}答复")
        elif state and due:
            notes.append(f"答复期限{full_date(due)}")
        return Step(
            transmission.date,
            "转送",
            transmission.who,
            transmission.content,
            state,
            colour,
            tuple(filter(None, notes)),
            transmission,
        )

    def _named(self, transmission: Transmission) -> str:
        """Which recommendations, where not all of them."""
        named = set(transmission.recommendations.all())
        places = [n for n, line in enumerate(self.recommendations, 1) if line in named]
        if not places or len(places) == len(self.recommendations):
            return ""
        return f"第{'、'.join(map(str, places))}条建议"

    def _follow_up(self, follow_up: FollowUp) -> Step:
        notes = []
        if follow_up.answers:
            notes.append(f"答复{month_day(follow_up.answers.date)}对{follow_up.answers.who}的转送")
        notes += [
            f"落实第{number}条建议"
            for number, line in enumerate(self.recommendations, 1)
            if line.pk == follow_up.recommendation_id
        ]
        if follow_up.told_delegates_on:
            notes.append(f"{full_date(follow_up.told_delegates_on)}告知代表")
        elif follow_up.result and self.activity.kind in TO_BE_ANSWERED:
            notes.append("尚未告知代表")
        return Step(
            follow_up.date,
            "后续",
            follow_up.who,
            follow_up.content,
            follow_up.get_result_display(),
            RESULT_COLOURS.get(follow_up.result, ""),
            tuple(notes),
            follow_up,
        )


def first_step_on(activity: Activity) -> datetime.date | None:
    """The day of the first transmission or follow-up."""
    days = [
        steps.aggregate(first=Min("date"))["first"]
        for steps in (activity.transmissions, activity.follow_ups)
    ]
    return min(filter(None, days), default=None)


def recommendation_state(line: Recommendation) -> tuple[str, str]:
    """(words, colour) of a recommendation read ``with_state``: what came of it says most."""
    if line.result:
        return str(FollowUp.Result(line.result).label), RESULT_COLOURS.get(line.result, "")
    return str(Recommendation.State(line.state).label), COLOURS.get(line.state, "")
