"""What is kept of a person besides the mandates: the portrait, and looks at the 身份证号."""

from django.core.exceptions import ValidationError
from django.db import transaction

from congress import audit
from congress.attachments import remove, rows_of, written
from congress.models import User
from congress.roles import require_keeper
from congress.sealing import Sealed
from congress.uploads import Upload
from delegates.models import Delegate, IdentityReveal, Portrait


@transaction.atomic
def reveal_identity(*, by: User, delegate: Delegate, reason: str) -> str:
    """The 身份证号 in full; who asked, when and for what is kept for good."""
    require_keeper(by)
    try:
        number = delegate.identity
    except Sealed as error:
        raise ValidationError(
            "身份证号现在打不开：加密用的密钥已更换。请系统管理员运行系统检查并恢复原来的密钥。"
        ) from error
    if not number:
        raise ValidationError("这位代表没有登记身份证号。")
    reveal = IdentityReveal(delegate=delegate, user=by, reason=reason)
    reveal.full_clean()
    reveal.save()
    audit.note(audit.Kind.REVEAL, f"查看{delegate}的身份证号", subject=delegate, reason=reason)
    return number


def keep_portrait(*, by: User, delegate: Delegate, picture: Upload) -> Portrait:
    """The picture takes the place of the one there is."""
    require_keeper(by)
    with written(Portrait, [picture]) as files, transaction.atomic():
        Delegate.objects.select_for_update().get(pk=delegate.pk)
        for earlier in Portrait.objects.filter(delegate=delegate):
            remove(earlier)
        return rows_of(Portrait, delegate, files, by)[0]


@transaction.atomic
def remove_portrait(*, by: User, portrait: Portrait) -> None:
    require_keeper(by)
    remove(portrait)
