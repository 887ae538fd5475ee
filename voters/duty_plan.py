"""Who is due to report to the voters: the year's plan, proposed with reasons.

Everybody in office reports at least once a term, and nobody twice before all have once (practice
of several places, domain reference C.7; the law asks for it "regularly", 代表法 58).
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, zip_longest

from congress.periods import holds_on, today
from delegates.models import Level, Mandate
from groups.models import DelegateGroup, Membership
from voters.models import DutyReport

TERM_YEARS = 5


@dataclass(frozen=True)
class Candidate:
    mandate: Mandate
    group: DelegateGroup | None
    #: When this person last reported, in whatever term.
    last_held: datetime.date | None
    held_this_term: bool
    #: Reports of the same constituency this year, other delegates'.
    neighbours: int
    planned: DutyReport | None
    #: Planned for an earlier year that is not over, and to be held yet.
    coming: DutyReport | None

    @property
    def had_a_turn(self) -> bool:
        return self.held_this_term or self.coming is not None

    @property
    def reason(self) -> str:
        """Why this one is proposed early or late."""
        if self.planned:
            return f"已安排在{self.planned.planned_month}月"
        if self.coming:
            return f"{self.coming.year}年{self.coming.planned_month}月已安排"
        if self.held_this_term:
            return f"本届已于{self.last_held.year}年述职"
        words = f"本届未述职，上次为{self.last_held.year}年" if self.last_held else "从未述职"
        return f"{words}；同选区今年已安排{self.neighbours}人" if self.neighbours else words


class DutyPlan:
    """The candidates of a year, in the order in which they are proposed."""

    def __init__(self, year: int):
        self.year = year
        self.day = min(max(today(), datetime.date(year, 1, 1)), datetime.date(year, 12, 31))

    @cached_property
    def mandates(self) -> list[Mandate]:
        in_office = Mandate.objects.in_office_on(self.day).filter(level=Level.TOWN)
        return list(in_office.select_related("delegate", "constituency", "term").order_by("pk"))

    @cached_property
    def candidates(self) -> list[Candidate]:
        """Never this term first, the longest ago first; groups take turns, so do constituencies."""
        found = [self._candidate(mandate) for mandate in self.mandates]
        ranks = defaultdict(lambda: defaultdict(list))
        for each in sorted(found, key=_urgency):
            ranks[(bool(each.planned), each.had_a_turn)][_group_key(each)].append(each)
        return [
            each
            for rank in sorted(ranks)
            for each in _in_turns([ranks[rank][key] for key in sorted(ranks[rank])])
        ]

    @cached_property
    def planned(self) -> list[Candidate]:
        return [each for each in self.candidates if each.planned]

    @cached_property
    def never(self) -> list[Candidate]:
        """Neither held this term nor planned."""
        return [each for each in self.candidates if not (each.had_a_turn or each.planned)]

    @cached_property
    def proposed_number(self) -> int:
        """An even share of those who have not reported, over the years left of the term."""
        if not self.mandates:
            return 0
        end = max(mandate.term.first_day.year for mandate in self.mandates) + TERM_YEARS
        years_left = max(1, end - self.year)
        share = -(-(len(self.never) + len(self.planned)) // years_left)
        return max(0, share - len(self.planned))

    @cached_property
    def proposed(self) -> dict[int, int]:
        """Month by mandate of those proposed, spread evenly over what is left of the year."""
        chosen = self.never[: self.proposed_number]
        first = max(3, today().month + 1) if today().year == self.year else 3
        months = range(min(first, 12), 13)
        return {
            each.mandate.pk: months[place * len(months) // len(chosen)]
            for place, each in enumerate(chosen)
        }

    def _candidate(self, mandate: Mandate) -> Candidate:
        held = self._held.get(mandate.delegate_id, [])
        planned = self._planned.get(mandate.pk)
        near = self._of_constituency[mandate.constituency_id] - (planned is not None)
        return Candidate(
            mandate=mandate,
            group=self._groups.get(mandate.pk),
            last_held=max((day for _, day in held), default=None),
            held_this_term=any(term == mandate.term_id for term, _ in held),
            neighbours=near,
            planned=planned,
            coming=self._coming.get(mandate.pk),
        )

    @cached_property
    def _held(self) -> dict[int, list[tuple[int, datetime.date]]]:
        """(term, day) of the reports of each person before this year's plan."""
        held = defaultdict(list)
        reports = DutyReport.objects.filter(held_on__isnull=False, year__lt=self.year)
        for person, term, day in reports.values_list(
            "mandate__delegate", "mandate__term", "held_on"
        ):
            held[person].append((term, day))
        return held

    @cached_property
    def _planned(self) -> dict[int, DutyReport]:
        reports = DutyReport.objects.planned_for(self.year).select_related("mandate")
        return {report.mandate_id: report for report in reports}

    @cached_property
    def _coming(self) -> dict[int, DutyReport]:
        years = (today().year, self.year - 1)
        reports = DutyReport.objects.filter(held_on__isnull=True, year__range=years)
        return {report.mandate_id: report for report in reports}

    @cached_property
    def _of_constituency(self) -> dict[int, int]:
        counts = defaultdict(int)
        for report in self._planned.values():
            counts[report.mandate.constituency_id] += 1
        return counts

    @cached_property
    def _groups(self) -> dict[int, DelegateGroup]:
        memberships = Membership.objects.filter(holds_on(self.day), mandate__isnull=False)
        return {each.mandate_id: each.group for each in memberships.select_related("group")}


def _urgency(candidate: Candidate) -> tuple:
    never = datetime.date.min
    return candidate.last_held or never, candidate.neighbours, candidate.mandate.pk


def _group_key(candidate: Candidate) -> int:
    return candidate.group.ordinal if candidate.group else 0


def _in_turns(lists: list[list[Candidate]]) -> list[Candidate]:
    """One of each list after the other."""
    return [each for each in chain.from_iterable(zip_longest(*lists)) if each is not None]
