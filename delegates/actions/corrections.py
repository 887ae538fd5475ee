"""Requests for correction of the duty file: the delegate asks and withdraws, the office decides."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from congress.models import User
from congress.periods import now
from congress.roles import require_keeper
from delegates.models import CorrectionRequest

State = CorrectionRequest.State


@transaction.atomic
def ask_correction(*, by: User, request: CorrectionRequest) -> CorrectionRequest:
    """Only of the own file; raises ``ValidationError`` while one about the same entry is open."""
    if request.delegate.account_id != by.pk:
        raise PermissionDenied
    request.full_clean()
    request.save()
    return request


@transaction.atomic
def withdraw_correction(*, by: User, request: CorrectionRequest) -> CorrectionRequest:
    request = _locked(request)
    if request.delegate.account_id != by.pk:
        raise PermissionDenied
    _require_waiting(request)
    request.state = State.WITHDRAWN
    return _saved(request)


@transaction.atomic
def decide_correction(
    *, by: User, request: CorrectionRequest, corrected: bool, answer: str = ""
) -> CorrectionRequest:
    """已更正, after the record itself was put right, or 不予更正 with the reason."""
    require_keeper(by)
    request = _locked(request)
    _require_waiting(request)
    request.state = State.CORRECTED if corrected else State.REFUSED
    request.decided_by, request.decided_at, request.answer = by, now(), answer
    return _saved(request)


@transaction.atomic
def acknowledge_correction(*, by: User, request: CorrectionRequest) -> CorrectionRequest:
    """知道了: the delegate has read what was decided; twice is once."""
    request = _locked(request)
    if request.delegate.account_id != by.pk:
        raise PermissionDenied
    if request.is_unread:
        request.read_at = now()
        _saved(request)
    return request


def _require_waiting(request: CorrectionRequest) -> None:
    if not request.is_waiting:
        raise ValidationError(f"这项申请{request.get_state_display()}，不能再次办理或者撤回。")


def _locked(request: CorrectionRequest) -> CorrectionRequest:
    found = CorrectionRequest.objects.select_for_update(of=("self",)).select_related("delegate")
    return found.get(pk=request.pk)


def _saved(request: CorrectionRequest) -> CorrectionRequest:
    request.version += 1
    request.full_clean()
    request.save()
    return request
