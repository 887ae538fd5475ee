"""Drafting a report: section by section, each text saved by itself."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from congress.editing import EditedMeanwhile
from congress.models import Township
from congress.periods import now
from congress.roles import keeps_records
from reports.county_texts import offered_proposals
from reports.drafting.actions import Written, stored_text, write_narrative
from reports.drafting.comparing import compare
from reports.drafting.page import draft_of
from reports.models import AnnualReport, Narrative, Origin
from reports.places import SERIES, base_of, is_place, running_number

from .found import crumbs, found_report, only

NOTHING_EARLIER = "去年这里没有文字可以沿用。"
NOTHING_SUGGESTED = "记录中没有可以据以拟写的内容。"


class Do:
    """What a button of a text does; whatever is typed is saved as it stands."""

    SAVE, CARRY, SUGGEST, EMPTY = "save", "carry", "suggest", "empty"
    #: In a conflict: the other editor's text, or that one with one's own behind it.
    THEIRS, BOTH = "theirs", "both"
    #: Without putting the typing right.
    AS_TYPED = "as_typed"

    ALL = (SAVE, CARRY, SUGGEST, EMPTY, THEIRS, BOTH, AS_TYPED)


class TextForm(forms.Form):
    """``version`` that of the text seen; ``passing`` while it is still being typed."""

    text = forms.CharField(required=False, strip=False)
    version = forms.IntegerField(required=False)
    do = forms.ChoiceField(choices=[(each, each) for each in Do.ALL], required=False)
    passing = forms.BooleanField(required=False)


@dataclass(frozen=True)
class Conflict:
    """Two texts of one place: what somebody else saved, and what was typed here."""

    place: str
    theirs: Narrative
    mine: str

    @property
    def changes(self):
        return compare(self.theirs.text, self.mine)


@require_safe
def report_draft(request, slug: str):
    """Whoever may not write reads it."""
    report = found_report(request, slug)
    if not Township.objects.exists():
        messages.info(request, "请先填写乡镇概况，再起草报告。")
        return redirect("township")
    return _page(request, report)


def _page(request, report: AnnualReport, conflict: Conflict | None = None) -> HttpResponse:
    may_write = keeps_records(request.user) and report.is_open
    context = {
        "title": f"起草{report}",
        "crumbs": crumbs(report),
        "report": report,
        "draft": draft_of(report),
        "conflict": conflict,
        "offered": offered_proposals(report) if may_write else (),
        "may_write": may_write,
    }
    status = 409 if conflict else 200
    return render(request, "reports/draft.html", context, status=status)


@require_POST
def narrative_save(request, slug: str, place: str):
    """One text, from its form or by the page's script, which asks for JSON."""
    only(keeps_records(request.user))
    report = found_report(request, slug)
    form = TextForm(request.POST)
    if not is_place(place) or not form.is_valid():
        raise Http404
    try:
        written = _write(request.user, report, place, form.cleaned_data)
    except EditedMeanwhile:
        theirs = stored_text(report, place)
        return _conflict(request, report, Conflict(place, theirs, form.cleaned_data["text"]))
    except ValidationError as error:
        return _refused(request, report, place, error.messages[0])
    if _wants_json(request):
        return JsonResponse(_answer(request, report, written))
    if written.was_corrected:
        messages.info(request, f"已保存“{place}”，并更正了标点、数字等写法。")
    else:
        messages.success(request, f"已保存“{place}”。")
    return redirect(written.narrative.draft_address)


def _write(user, report: AnnualReport, place: str, data: dict) -> Written:
    """As the button says; raises ``ValidationError`` where it has nothing to put there."""
    do, text, version = data["do"] or Do.SAVE, data["text"], data["version"]
    more = {}
    if do in (Do.CARRY, Do.SUGGEST):
        text, more = _offered(report, place, do)
    elif do == Do.EMPTY:
        text = ""
    elif do == Do.THEIRS:
        text = stored_text(report, place).text
    elif do == Do.BOTH:
        text = f"{stored_text(report, place).text}\n{text}"
    return write_narrative(
        user=user,
        report=report,
        place=place,
        text=text,
        version=-1 if version is None else version,
        is_passing=data["passing"],
        as_typed=do == Do.AS_TYPED,
        **more,
    )


def _offered(report: AnnualReport, place: str, do: str) -> tuple[str, dict]:
    draft = draft_of(report)
    found = draft.place(place)
    if do == Do.CARRY:
        if not found or not found.earlier:
            raise ValidationError(NOTHING_EARLIER)
        return found.earlier, {"origin": Origin.CARRIED, "carried_from": draft.earlier.words}
    if not found or not found.suggestion:
        raise ValidationError(NOTHING_SUGGESTED)
    return found.suggestion, {"origin": Origin.SUGGESTED}


def _wants_json(request) -> bool:
    return request.headers.get("Accept") == "application/json"


def _answer(request, report: AnnualReport, written: Written) -> dict:
    narrative = written.narrative
    changes = ""
    if written.was_corrected:
        context = {"changes": compare(written.typed, narrative.text)}
        changes = render_to_string("reports/_corrections.html", context, request)
    return {
        "version": narrative.version,
        "text": narrative.text,
        "typed": written.typed,
        "said": f"已保存 {timezone.localtime(now()):%H:%M}",
        "origin": narrative.origin_words,
        "changes": changes,
        "next": _next_place(report, narrative.place),
    }


def _next_place(report: AnnualReport, place: str) -> str:
    """The free place of a series; empty elsewhere."""
    base = base_of(place)
    if base not in SERIES:
        return ""
    standing = report.narratives.filter(place__startswith=f"{base}-").exclude(text="")
    numbers = [running_number(each) for each in standing.values_list("place", flat=True)]
    return f"{base}-{max(numbers, default=0) + 1}"


def _conflict(request, report: AnnualReport, conflict: Conflict) -> HttpResponse:
    if not _wants_json(request):
        return _page(request, report, conflict)
    context = {"conflict": conflict}
    answer = {
        "html": render_to_string("reports/_text_conflict.html", context, request),
        "theirs": conflict.theirs.text,
        "version": conflict.theirs.version,
    }
    return JsonResponse(answer, status=409)


def _refused(request, report: AnnualReport, place: str, sentence: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"said": sentence}, status=422)
    messages.error(request, sentence)
    return redirect(Narrative(report=report, place=place).draft_address)
