"""What the office knows already: the voter's earlier visits, and items of the same matter."""

import re
from dataclasses import dataclass

from django.db.models import Prefetch, Q, Value
from django.db.models.functions import Replace
from django.http import QueryDict

from congress.fields import number_sent
from congress.models import User
from congress.periods import today
from voters.actions import reveal_contact
from voters.models import FeedbackItem, Visit
from voters.recognition import most_similar

from .reading import item_field

#: Visits of a voter that are shown, the latest.
SHOWN = 5
#: The reason of the look when an earlier visit is taken over.
KNOWN_AGAIN = "选民再次来访，填入登记"
#: A number this short is no voter's own.
SHORTEST_PHONE = 7
#: Telephones are kept as they were written, with dashes and blanks.
_WITHOUT_GAPS = Replace(Replace("phone", Value("-"), Value("")), Value(" "), Value(""))


@dataclass(frozen=True)
class Alike:
    """An open item that is likely the one being typed, and the row, from 1, that it is like."""

    row: int
    item: FeedbackItem


def seen_before(user: User, data: QueryDict) -> list[Visit]:
    """Visits of the voter: the same telephone, or the same name and village."""
    phone = re.sub(r"\D", "", data.get("phone", ""))
    name = data.get("voter_name", "").strip()
    village = number_sent(data.get("village", ""))
    same = Q()
    if len(phone) >= SHORTEST_PHONE:
        same |= Q(phone_digits=phone)
    if name and village:
        same |= Q(voter_name=name, village=village)
    if not same:
        return []
    items = FeedbackItem.objects.visible_to(user).with_clock(today())
    items = items.select_related("lead_unit").order_by("pk")
    return list(
        Visit.objects.visible_to(user)
        .annotate(phone_digits=_WITHOUT_GAPS)
        .filter(same)
        .select_related("day", "village")
        .prefetch_related(Prefetch("items", items))
        .order_by("-day__date", "-pk")[:SHOWN]
    )


def fill_known_voter(user: User, data: QueryDict) -> None:
    """Write the voter of an earlier visit into the form; it counts as a look at the number.

    Only one of those that the desk shows for what was typed: nobody is looked up by a key alone.
    """
    chosen = number_sent(data.get("known"))
    visit = next((visit for visit in seen_before(user, data) if visit.pk == chosen), None)
    if visit is None:
        return
    data["phone"] = reveal_contact(user=user, visit=visit, reason=KNOWN_AGAIN)
    data["voter_name"], data["village"] = visit.voter_name, str(visit.village_id)


def likely_duplicates(user: User, data: QueryDict, rows: int) -> list[Alike]:
    """Open items of the village and topic of each row that tell of the same matter."""
    village = number_sent(data.get("village", ""))
    topics = {row: number_sent(data.get(item_field(row, "topic"), "")) for row in range(rows)}
    topics = {row: key for row, key in topics.items() if key}
    if not (village and topics):
        return []
    open_items = {
        item.pk: item
        for item in FeedbackItem.objects.visible_to(user)
        .waiting()
        .with_clock(today())
        .filter(visit__village=village, topic__in=set(topics.values()))
        .select_related("lead_unit", "visit__day")
        .order_by("pk")
    }
    return [
        Alike(row + 1, open_items[key])
        for row, topic in topics.items()
        for key, _ in most_similar(
            f"{data.get(item_field(row, 'title'), '')} {data.get(item_field(row, 'summary'), '')}",
            [
                (item.pk, f"{item.title} {item.summary}")
                for item in open_items.values()
                if item.topic_id == topic
            ],
        )
    ]
