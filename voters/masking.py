"""What is shown of a voter, to whom (domain reference F.3; 个人信息保护法 6: no more than needed).

| Where | Office, secretary | Chair; leader, of the own group | Unit, delegate, others |
|---|---|---|---|
| lists, suggestions, workbooks, papers, messages | 张** | 张** | nothing |
| page and inbox of one visit: name | in full | in full; 要求保密 张** | nothing |
| page of one visit: telephone | 138****1234 | 138****1234 | nothing |
| telephone in full | by a reveal with a reason | never | unit: once released to it |
| numbers inside free texts | as written on the record's page | masked | masked |
| export or print in full | confirmed with a reason | never | unit: never |

The address of a voter is the village, nothing nearer is kept. Each reveal and each export is an
entry of the audit log. ``tests/voters/test_masking.py`` holds the same table.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Case, CharField, F, Value, When

from congress.models import User
from congress.privacy import masked_name, without_personal_numbers
from congress.roles import sees_voter_contact
from voters.models import Visit

Told = TypeVar("Told")


def voter_shown_to(user: User, visit: Visit) -> str:
    """The voter on the page of the visit itself."""
    if sees_voter_contact(user) or not visit.confidential:
        return visit.voter_name
    return masked_name(visit.voter_name)


def searchable_voter(user: User) -> Case | F:
    """What a search of visits may find by: no name that the user is not shown."""
    if sees_voter_contact(user):
        return F("voter_name")
    return Case(
        When(confidential=True, then=Value("")), default=F("voter_name"), output_field=CharField()
    )


def text_shown_to(user: User, text: str) -> str:
    """A free text: the numbers in it are for those who may call the voter."""
    return text if sees_voter_contact(user) else without_personal_numbers(text)


def texts_shown_to(user: User, records: Iterable[Told], *fields: str) -> list[Told]:
    """Records with these texts as the user may read them. To be shown, not to be saved."""
    records = list(records)
    for record in records:
        for field in fields:
            setattr(record, field, text_shown_to(user, getattr(record, field)))
    return records
