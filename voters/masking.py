"""What is shown of a voter, to whom (domain reference F.3; 个人信息保护法 6: no more than needed).

| Where | Office, secretary | Chair; leader, of the own group | Unit, delegate, others |
|---|---|---|---|
| lists, suggestions, workbooks, papers, messages | 张** | 张** | nothing |
| page and inbox of one visit: name | in full | in full; 要求保密 张** | nothing |
| page of one visit: telephone | 138****1234 | 138****1234 | nothing |
| telephone in full | by a reveal with a reason | never | unit: once released to it |
| numbers inside free texts | as written on the record's page | masked | masked |
| titles, trails, names of files, audit log, handover | masked | masked | masked |
| export or print in full | confirmed with a reason | never | unit: never |

The address of a voter is the village, nothing nearer is kept. Each reveal and each export is an
entry of the audit log. ``tests/voters/test_masking.py`` holds the same table.
"""

from django.db.models import Case, CharField, F, Value, When

from congress.models import User
from congress.privacy import masked_name, text_shown_to
from congress.roles import sees_voter_contact
from voters.models import Visit


def voter_shown_to(user: User, visit: Visit) -> str:
    """The voter on the page of the visit itself."""
    if sees_voter_contact(user) or not visit.confidential:
        return text_shown_to(user, visit.voter_name)
    return masked_name(visit.voter_name)


def searchable_voter(user: User) -> Case | F:
    """What a search of visits may find by: no name that the user is not shown."""
    if sees_voter_contact(user):
        return F("voter_name")
    return Case(
        When(confidential=True, then=Value("")), default=F("voter_name"), output_field=CharField()
    )
