"""What is shown of a voter to those who need not know the whole."""

from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Concat, Substr

from congress.roles import sees_voter_contact


def voter_shown_to(user) -> Case | F:
    """The visit's voter; of one who asked for confidence (要求保密) only the surname: 张**."""
    if sees_voter_contact(user):
        return F("voter_name")
    return voter_on_paper()


def voter_on_paper() -> Case:
    """The visit's voter as printed, whoever prints: paper is read by more than who may read it."""
    return Case(
        When(confidential=True, then=surname_of_voter()),
        default=F("voter_name"),
        output_field=CharField(),
    )


def surname_of_voter() -> Concat:
    """张**, whether or not the voter asked for confidence."""
    return Concat(Substr("voter_name", 1, 1), Value("**"))
