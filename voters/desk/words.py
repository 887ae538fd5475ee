"""The words the desk knows, read from the records."""

from functools import lru_cache

from congress.models import User, Village
from voters.models import HandlingUnit, Topic, Visit
from voters.quick_entry import Entry, Lexicon

#: Names of voters that the line is read with; those of the latest visits.
VOTERS = 2_000


def lexicon(user: User) -> Lexicon:
    """With the voters that the user may know of.

    Made anew only when a village, topic, unit or voter was added or changed.
    """
    latest = (
        Visit.objects.visible_to(user).order_by("-pk").values_list("voter_name", flat=True)[:VOTERS]
    )
    return _made_of(
        tuple(Village.objects.order_by("position", "pk").values_list("pk", "name")),
        tuple(Topic.objects.in_use().order_by("position", "pk").values_list("pk", "name")),
        tuple(HandlingUnit.objects.order_by("pk").values_list("pk", "name", "short_name")),
        tuple(sorted(set(latest))),
    )


@lru_cache(maxsize=4)
def _made_of(villages: tuple, topics: tuple, units: tuple, voters: tuple) -> Lexicon:
    return Lexicon(
        villages=tuple(Entry(key, name) for key, name in villages),
        topics=tuple(Entry(key, name) for key, name in topics),
        units=tuple(Entry(key, name, (short,) if short else ()) for key, name, short in units),
        voters=voters,
    )
