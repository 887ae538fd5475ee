"""The sign-in code of an activity: shown and printed for the room, scanned by the delegates."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congress.paper import paper
from congress.pdf import render_pdf
from congress.periods import now
from congress.qr_code import full_address, qr_code
from congress.roles import edits_group_work
from delegates.decisions import only
from groups import sign_in as signing
from groups.activity_words import days_of, hours_of, place_of
from groups.attendance import sheet, taken
from groups.models import Activity

from .activities import activity_or_404, context_of


def _address(request, activity: Activity) -> str:
    return full_address(request, reverse("sign_in", args=[signing.token_of(activity)]))


def _facts(activity: Activity) -> dict:
    hours = signing.hours_of(activity)
    return {
        "activity": activity,
        "day": " ".join(filter(None, (days_of(activity), hours_of(activity)))),
        "place": place_of(activity),
        "opens": hours[0].opens,
        "closes": hours[-1].closes,
    }


@only(edits_group_work)
def code(request, pk):
    """The code on a screen; renewed or stopped here."""
    activity = activity_or_404(request, pk)
    if request.method == "POST":
        if "stop" in request.POST:
            signing.stop_code(by=request.user, activity=activity)
            messages.success(request, "已停止扫码签到，原来的二维码不能再用。")
        else:
            had_one = bool(activity.sign_in_secret)
            signing.renew_code(by=request.user, activity=activity)
            if had_one:
                messages.success(request, "已换二维码，原来的不能再用；打印过的请重新打印。")
        return redirect("activity_code", pk)
    context = context_of(activity, "签到二维码", taken=taken(activity, sheet(activity)))
    if activity.sign_in_secret:
        address = _address(request, activity)
        context |= _facts(activity) | {"address": address, "code": qr_code(address)}
    return render(request, "groups/activity_code.html", context)


@require_safe
@only(edits_group_work)
def code_paper(request, pk):
    """The code on a sheet of paper, for the door."""
    activity = activity_or_404(request, pk)
    if not activity.sign_in_secret:
        raise Http404
    context = _facts(activity) | {"code": qr_code(_address(request, activity))}

    def make(township):
        context["township"] = township
        return render_pdf(render_to_string("groups/papers/sign_in_code.html", context))

    return paper(request, f"{activity}签到二维码", make, reverse("activity_code", args=[pk]))


@never_cache
def sign_in(request, token):
    """A delegate has scanned the code: who, at what, one button; and whatever is against it."""
    try:
        activity = signing.activity_of(token)
    except signing.WrongAddressError:
        return _tell(request, signing.WRONG_ADDRESS)
    if activity is None:
        return _tell(request, signing.REPLACED)
    if request.method == "POST":
        told = signing.sign_in(by=request.user, activity=activity, moment=now())
        if told.is_signed_in:
            return redirect("sign_in", token)
    else:
        told = signing.what_to_tell(request.user, activity, now())
    return _tell(request, told, activity)


def _tell(request, told: signing.Told, activity: Activity | None = None):
    """Facts of the activity only for those who belong there."""
    context = {"title": "活动签到", "told": told}
    if activity and told.mandate:
        context |= _facts(activity) | {"person": told.mandate.delegate}
    return render(request, "groups/sign_in.html", context, status=told.answer)
