"""What is done is written down: who, when, from where, what.

    audit.note(Kind.EXPORT, "导出来访登记54条", reason=reason)
    audit.note(Kind.REVEAL, "查看来访人电话", subject=visit, reason=reason)

The account and the address are those of the request (``AuditMiddleware``); a command names its
actor by ``acting(user, "命令行")``. Changes of records are written down by the database
(``congress.audit.capture``). ``words`` holds no personal data of voters and no secret; numbers that
somebody typed into a reason are masked before it is written, as the log is never rewritten.
"""

from django.utils import timezone

from congress.models import AuditEntry, User
from congress.models.audit import written
from congress.privacy import without_personal_numbers

from .actor import Actor, acting, current
from .proofs import SEPARATOR, Content, mark_of

Kind = AuditEntry.Kind

__all__ = ["Actor", "Kind", "acting", "current", "note"]


def note(
    kind: Kind,
    words: str,
    *,
    subject=None,
    reason: str = "",
    changes: dict | None = None,
    user: User | None = None,
) -> AuditEntry:
    """Write one entry; inside a transaction it stands or falls with it.

    ``user`` is given where it is not the one who is logged in, as when a log-in fails.
    """
    actor = current()
    user = user or actor.user
    content = Content(
        at=timezone.now(),
        kind=str(kind),
        user_key=user.pk if user else None,
        username=user.username if user else "",
        name=user.name if user else "",
        role=user.role if user else "",
        address=actor.address,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_key=str(subject.pk) if subject is not None else "",
        words=_plain(words),
        reason=_plain(reason),
        changes=written(changes or {}),
    )
    values = vars(content) | {"changes": changes or {}}
    return AuditEntry.objects.create(**values, mark=mark_of(content))


def _plain(text: str) -> str:
    return without_personal_numbers(text.replace(SEPARATOR, " "))
