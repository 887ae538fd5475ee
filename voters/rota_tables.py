"""A rota as its pages show it, group by group."""

from dataclasses import dataclass

from groups.models import DelegateGroup

from . import rota
from .models import ReceptionDay
from .rota_planning import Planning


@dataclass(frozen=True)
class PersonRow:
    """Turns of one person in one group beside the fair share; ``turns`` with their dates."""

    fairness: rota.FairnessRow
    levels: str
    dates: tuple

    @property
    def share(self) -> str:
        return f"{float(self.fairness.share):.1f}"

    @property
    def is_below(self) -> bool:
        return self.fairness.turns < self.fairness.minimum


@dataclass(frozen=True)
class GroupTable:
    group: DelegateGroup
    spread: int
    days: tuple[tuple[rota.RotaDay, ReceptionDay], ...]
    people: tuple[PersonRow, ...]
    problems: tuple[rota.Problem, ...]

    @property
    def to_replace(self) -> list[rota.Problem]:
        """Those who stand on a day and cannot be there any more."""
        return [problem for problem in self.problems if problem.rule is rota.Rule.FIXED]


def group_tables(planning: Planning, made: rota.Rota) -> list[GroupTable]:
    """By ordinal; without further queries."""
    levels, dates = {}, {}
    for member in made.case.members:
        level = planning.mandates[member.key].get_level_display()
        words = levels.setdefault((member.group, member.person), [])
        if level not in words:
            words.append(level)
    for day in made.days:
        for pick in day.picks:
            if pick.status is rota.Status.ON_DUTY:
                dates.setdefault((day.group, pick.person), []).append(day.date)
    groups = sorted(planning.groups.values(), key=lambda group: (group.ordinal, group.pk))
    return [
        GroupTable(
            group=group,
            spread=made.spread(group.pk),
            days=tuple((day, planning.days[day.key]) for day in made.days if day.group == group.pk),
            people=tuple(
                PersonRow(
                    row,
                    "、".join(levels[group.pk, row.person]),
                    tuple(dates.get((group.pk, row.person), ())),
                )
                for row in made.fairness(group.pk)
                if row.available or row.turns
            ),
            problems=tuple(problem for problem in made.problems if problem.group == group.pk),
        )
        for group in groups
    ]
