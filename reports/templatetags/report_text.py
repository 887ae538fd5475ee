"""For the report's page."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def at_place(edits: Mapping, place: str):
    """The narrative stored at a place, or None."""
    return edits.get(place)
