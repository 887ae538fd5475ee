"""Groups with members and a room each, for the year's calendar and its rota."""

from delegates.models import Level
from tests import factory


def make_groups(groups=1, members=4, **rules):
    """So many groups, so many members in each: the first of the county, all others of the town."""
    factory.make_township(**rules)
    made = []
    for ordinal in range(1, groups + 1):
        group = factory.make_group(ordinal)
        factory.make_room(group, place=f"{ordinal}组活动室")
        for number in range(members):
            level = Level.TOWN if number else Level.COUNTY
            factory.make_membership(group, factory.make_mandate(level=level))
        made.append(group)
    return made


def mandates_of(group):
    return [membership.mandate for membership in group.memberships.order_by("pk")]
