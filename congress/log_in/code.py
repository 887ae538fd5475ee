"""One-time codes (动态口令, TOTP of RFC 6238): a second proof beside the password.

The account keeps the secret and the recovery codes sealed. A code is good for its half minute and
the ones before and after, and once: a later step of the clock has to follow. A recovery code is
crossed out when it is used.
"""

import hmac
import json
import logging
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pyotp
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.utils import timezone

from congress import audit
from congress.key_rotation import Renewal, Store
from congress.legible import legible_code
from congress.models import Township, User
from congress.sealing import Sealed, seal, unseal

log = logging.getLogger(__name__)

RECOVERY_CODES = 8
RECOVERY_SIGNS = 10
#: Steps of half a minute that the clock of a telephone may be off.
STEPS_OFF = 1


@dataclass(frozen=True)
class Held:
    """What an account keeps, open."""

    secret: str
    recovery: tuple[str, ...]

    def sealed(self) -> str:
        return seal(json.dumps([self.secret, self.recovery]))


def new_secret() -> str:
    return pyotp.random_base32()


def address_for(user: User, secret: str) -> str:
    """What the telephone scans: it names township and account."""
    issuer = f"{Township.current().name or '乡镇'}人大办公系统"
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=issuer)


def plain(typed: str) -> str:
    """Without what people type in between, and in capitals; digits of full width are digits."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed).upper() if sign.isalnum())


@transaction.atomic
def begin(user: User, secret: str, typed: str) -> tuple[str, ...] | None:
    """The account asks for codes of this secret from now on; returns its recovery codes.

    Empty where it asks for codes already, None where the code typed is not of the secret; the one
    that proves it is used up.
    """
    step = max(_steps(secret, plain(typed)), default=None)
    if step is None:
        return None
    current = _locked(user)
    if current.uses_code:
        return ()
    held = Held(secret, _new_recovery())
    _keep(current, code_sealed=held.sealed(), code_step=step)
    audit.note(audit.Kind.ACCOUNT, "启用本人动态口令", subject=user, user=user)
    return held.recovery


def recovery_left(user: User) -> int:
    held = _opened(user)
    return len(held.recovery) if held else 0


@transaction.atomic
def renew_recovery(user: User) -> tuple[str, ...]:
    """New recovery codes in place of all earlier ones; nothing where no code is used any more."""
    current = _locked(user)
    held = _opened(current)
    if held is None:
        return ()
    held = replace(held, recovery=_new_recovery())
    _keep(current, code_sealed=held.sealed())
    audit.note(audit.Kind.ACCOUNT, "换新本人动态口令的恢复码", subject=user, user=user)
    return held.recovery


@transaction.atomic
def end(user: User, words: str, *, reason: str = "", by: User | None = None) -> bool:
    """The account asks for no code any more; whether it did. ``words`` stand in the log."""
    current = _locked(user)
    if not current.uses_code:
        return False
    _keep(current, code_sealed="", code_step=0)
    audit.note(audit.Kind.ACCOUNT, words, subject=user, reason=reason, user=by)
    return True


def check(request, user: User, typed: str) -> bool:
    """Take a code, or count a failure as for a wrong password: after five the account waits."""
    if take(user, typed):
        return True
    request.axes_credentials = {"username": user.username}
    user_login_failed.send(
        sender=__name__,
        credentials={"username": user.username, "what": "动态口令不对"},
        request=request,
    )
    return False


@transaction.atomic
def take(user: User, typed: str) -> bool:
    """Whether it is a code of now or a recovery code, and never was used before."""
    current = _locked(user)
    held, typed = _opened(current), plain(typed)
    if held is None:
        return False
    left = tuple(each for each in held.recovery if not _same(each, typed))
    if left != held.recovery:
        _keep(current, code_sealed=replace(held, recovery=left).sealed())
        words = f"用恢复码代替动态口令，还剩{len(left)}个"
        audit.note(audit.Kind.ACCOUNT, words, subject=user, user=user)
        return True
    step = max(_steps(held.secret, typed), default=0)
    if step <= current.code_step:
        return False
    _keep(current, code_step=step)
    return True


def is_readable(user: User) -> bool:
    """Not where the key it was sealed under has gone: its owner cannot log in."""
    return _opened(user) is not None


def _steps(secret: str, typed: str) -> Iterator[int]:
    """The steps of the clock around now whose code was typed."""
    codes = pyotp.TOTP(secret)
    now = int(timezone.now().timestamp()) // codes.interval
    for step in range(now - STEPS_OFF, now + STEPS_OFF + 1):
        if _same(codes.generate_otp(step), typed):
            yield step


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _new_recovery() -> tuple[str, ...]:
    return tuple(legible_code(RECOVERY_SIGNS) for _ in range(RECOVERY_CODES))


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _opened(user: User) -> Held | None:
    if not user.uses_code:
        return None
    try:
        secret, recovery = json.loads(unseal(user.code_sealed))
    except Sealed:
        log.error("No key opens the one-time code of account %s.", user.pk)
        return None
    return Held(secret, tuple(recovery))


def _keep(user: User, **values) -> None:
    """What others save of the account meanwhile is not touched."""
    User.objects.filter(pk=user.pk).update(**values)


def _all_sealed() -> Iterable[str]:
    return User.objects.exclude(code_sealed="").values_list("code_sealed", flat=True)


def _renew(renewal: Renewal) -> None:
    for user in User.objects.exclude(code_sealed="").select_for_update():
        _keep(user, code_sealed=renewal.sealed(user.code_sealed))


STORE = Store("账号的动态口令", _all_sealed, _renew)
