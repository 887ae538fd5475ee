"""What can be printed of a feedback item, and who may print it."""

from django.urls import reverse

from congress.roles import reads_all
from voters.models import FeedbackItem
from voters.printable import prints_contact, prints_papers, reminded, with_sheets


def papers_of(item: FeedbackItem, user) -> dict:
    """Context of the item's page: (label, address) of its paper, and of that with the contact."""
    papers, with_contact = [], ""
    if prints_papers(user) and with_sheets(user).filter(pk=item.pk).exists():
        sheet = _address("assignment", item)
        papers += [("打印交办单", sheet), ("打印反馈表", _address("reply_form", item))]
        if prints_contact(user, item):
            with_contact = sheet
    if reads_all(user) and reminded(user).filter(pk=item.pk).exists():
        papers.append(("打印催办单", _address("reminder", item)))
    return {"papers": papers, "print_with_contact": with_contact}


def _address(paper: str, item: FeedbackItem) -> str:
    return reverse(f"feedbackitem_{paper}", args=[item.pk])
