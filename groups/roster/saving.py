"""Taking the rows of a roster in: all that were accepted, or none."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from congress.models import Term, User
from congress.roles import require_keeper
from delegates.actions import amend
from delegates.models import Constituency, Delegate, Mandate
from groups.actions import elect
from groups.models import RosterColumn

from .headings import MEANINGS, FoundColumn
from .judging import PERSON, Outcome, person_of

#: Fields that a row may complete.
WRITTEN = PERSON | {"身份证号": "identity"}


@transaction.atomic
def take_in(*, by: User, term: Term, outcomes: Iterable[Outcome]) -> int:
    """Add and complete what the accepted rows tell; gives of how many rows."""
    require_keeper(by)
    persons: dict[int, Delegate] = {}
    taken = 0
    for outcome in outcomes:
        if not outcome.does_something:
            continue
        taken += 1
        if outcome.mandate:
            _complete(outcome)
            continue
        row = outcome.row
        person = outcome.delegate
        if person is None and outcome.same_person:
            person = persons[outcome.same_person.number]
        if person is None:
            person = person_of(row)
        elif row["身份证号"] and not person.identity_sealed:
            amend(person, identity=row["身份证号"])
        elect(
            by=by,
            delegate=person,
            group=outcome.group,
            post=row["组内职务"],
            term=term,
            level=row["代表层级"],
            constituency=_constituency(term, row["代表层级"], row["选区"]),
            card_number=row["代表证号"],
            start=row["当选日期"],
            how_elected=how_elected(term, row["当选日期"]),
            note=row["备注"],
        )
        persons[row.number] = person
    return taken


@transaction.atomic
def match_columns(
    *, by: User, columns: Iterable[FoundColumn], chosen: Mapping[str, str | None]
) -> None:
    """Keep what headings were matched with, by key; one that means what it says needs no memory."""
    require_keeper(by)
    for column in columns:
        meaning = chosen.get(column.key)
        if meaning in ("", *MEANINGS) and meaning != column.meaning:
            RosterColumn.objects.update_or_create(heading=column.key, defaults={"meaning": meaning})


def how_elected(term: Term, start) -> str:
    """Elected after the term had begun is elected to a vacant seat."""
    how = Mandate.HowElected
    return how.BY_ELECTION if start > term.first_day else how.GENERAL


def _complete(outcome: Outcome) -> None:
    row = outcome.row
    changed = {WRITTEN[note.column]: row[note.column] for note in outcome.changes}
    amend(outcome.delegate, **changed)


def _constituency(term: Term, level: str, name: str) -> Constituency:
    found, _ = Constituency.objects.get_or_create(term=term, level=level, name=name)
    return found
