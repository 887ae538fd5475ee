"""Usual words of answers to start with."""

from django.db import transaction

from congress.models import User
from congress.roles import require_keeper
from voters.models import ReplyTemplate
from voters.usual_templates import USUAL_TEMPLATES


@transaction.atomic
def add_usual_templates(*, user: User) -> int:
    """Add those whose name is not taken; how many were added."""
    require_keeper(user)
    taken = set(ReplyTemplate.objects.values_list("title", flat=True))
    added = [
        ReplyTemplate(title=title, outcome=outcome, text=text)
        for title, outcome, text in USUAL_TEMPLATES
        if title not in taken
    ]
    ReplyTemplate.objects.bulk_create(added)
    return len(added)
