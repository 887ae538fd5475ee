"""The words of an answer: templates with 【…】 to fill, what is known of the item filled in."""

import re

from django.db.models import Q, QuerySet

from congress.models import User
from congress.roles import handles_items
from voters.handling import village_of
from voters.models import FeedbackItem, ReplyTemplate

_PLACE = re.compile(r"【([^【】]*)】")

#: What a template may leave open and the item knows. Nobody's name or telephone number.
PLACES = ("编号", "标题", "类别", "反映日期", "村名", "代表小组", "主办单位", "责任人")


def offered_templates(item: FeedbackItem) -> QuerySet:
    """Those for the item's topic, and those for every topic."""
    return ReplyTemplate.objects.filter(Q(topic=None) | Q(topic=item.topic_id))


def filled(text: str, item: FeedbackItem, user: User) -> str:
    """The text with its places filled from what the user may know of the item; others stay open."""
    known = _known(item, user)
    return _PLACE.sub(lambda place: known.get(place[1]) or place[0], text)


def open_places(text: str) -> list[str]:
    """The places of a text that nobody has filled."""
    return [place[0] for place in _PLACE.finditer(text)]


def _known(item: FeedbackItem, user: User) -> dict[str, str]:
    """A unit is told less of the visit, see ``handling``."""
    visit = None if handles_items(user) else item.visit
    village = visit.village if visit else village_of(item)
    day = visit.day.date if visit else item.registered_on
    values = (
        item.number,
        item.title,
        str(item.topic),
        f"{day.year}年{day.month}月{day.day}日",
        str(village),
        str(visit.day.group) if visit else "",
        str(item.lead_unit or ""),
        item.responsible,
    )
    return dict(zip(PLACES, values, strict=True))
