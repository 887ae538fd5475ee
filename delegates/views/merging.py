"""疑似重复: proposals, two persons side by side, what a merge did, and taking it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from congress.editing import EditedMeanwhile
from congress.roles import keeps_records
from delegates import actions
from delegates.decisions import only
from delegates.duplicates import snapshots
from delegates.duplicates.comparing import comparisons
from delegates.duplicates.moving import plan_of
from delegates.duplicates.rules import pairs, proposals
from delegates.duplicates.undoing import contradictions, merged_into, not_restored
from delegates.forms.merging import MergeForm, PersonSearch
from delegates.models import Delegate, KeptApart, Merge

PER_PAGE = 50
#: Contradictions shown on one page; with the first ones put right the rest is few.
MOST_SHOWN = 30
CHANGED_MEANWHILE = "核对之后两人的记录有了变化，没有合并；请按下面的最新情况再核对一次。"


def _crumbs() -> list[tuple[str, str]]:
    return [("代表", reverse("delegate_list")), ("疑似重复", reverse("duplicates"))]


@only(keeps_records)
def duplicates(request):
    """Who may be recorded twice and why; below it what was decided."""
    found = list(pairs().items())
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    apart = KeptApart.objects.select_related("one", "other", "by")
    context = {
        "title": "疑似重复",
        "crumbs": _crumbs()[:1],
        "page_obj": page,
        "is_paginated": page.has_other_pages(),
        "proposals": proposals(page.object_list),
        "apart": apart.order_by("-pk")[:PER_PAGE],
        "merges": Merge.objects.select_related("by", "undone").order_by("-pk")[:PER_PAGE],
    }
    return render(request, "delegates/duplicates.html", context)


def _two(pk: int, other: int) -> tuple[Delegate, Delegate]:
    if pk == other:
        raise Http404
    return get_object_or_404(Delegate, pk=pk), get_object_or_404(Delegate, pk=other)


@only(keeps_records)
def merge(request, pk: int, other: int):
    """Two persons side by side; of each field one value stays, everything else moves."""
    done = Merge.objects.standing().filter(removed_key=other, kept_key=pk).first()
    if done:
        messages.info(request, "这两位已经合并，没有重复办理。")
        return redirect(done)
    kept, second = _two(pk, other)
    plan = plan_of(kept, second)
    compared = comparisons(plan)
    form = MergeForm(request.POST or None, comparisons=compared)
    warning, status = "", 200
    is_current = request.POST.get("seen") == plan.seen
    if request.method == "POST" and not is_current:
        warning, status = CHANGED_MEANWHILE, 409
        form = MergeForm(initial=request.POST.dict(), comparisons=compared)
    elif request.method == "POST" and form.is_valid():
        try:
            record = actions.merge(
                by=request.user,
                kept=kept,
                other=second,
                chosen=form.chosen,
                seen=plan.seen,
            )
        except EditedMeanwhile:
            messages.warning(request, CHANGED_MEANWHILE)
            return redirect("delegate_merge", pk, other)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(
                request,
                f"已把{record.removed_name}的两份记录合并为一份；办错了的，可在这里撤销。",
            )
            return redirect(record)
    context = {
        "title": "合并代表",
        "crumbs": _crumbs(),
        "plan": plan,
        "conflicts": plan.conflicts[:MOST_SHOWN],
        "form": form,
        "warning": warning,
        "counts": sorted(plan.counts.items(), key=lambda each: -each[1]),
        "joined": plan.joined[:MOST_SHOWN],
    }
    return render(request, "delegates/merge_form.html", context, status=status)


@only(keeps_records)
def choose_other(request, pk: int):
    """Somebody is known to be recorded twice though no rule says so: look for the other record."""
    person = get_object_or_404(Delegate, pk=pk)
    search = PersonSearch(request.GET or None)
    context = {
        "title": "查找同一人的另一份记录",
        "crumbs": [*_crumbs()[:1], (str(person), person.get_absolute_url())],
        "person": person,
        "form": search,
        "found": search.found(person) if search.is_valid() else None,
    }
    return render(request, "delegates/merge_choice.html", context)


@require_POST
@only(keeps_records)
def keep_apart(request, pk: int, other: int):
    one, second = _two(pk, other)
    actions.keep_apart(by=request.user, one=one, other=second)
    messages.success(
        request,
        f"已确认{one}、{second}不是同一人，以后不再提示；确认错了的，可在下面撤回。",
    )
    return redirect("duplicates")


@require_POST
@only(keeps_records)
def propose_again(request, pk: int, other: int):
    one, second = _two(pk, other)
    actions.propose_again(by=request.user, one=one, other=second)
    messages.success(request, f"已撤回{one}、{second}不是同一人的确认。")
    return redirect("duplicates")


@only(keeps_records)
def merge_detail(request, pk: int):
    """What one merge did: when and by whom, and each row that it removed, in full."""
    record = get_object_or_404(Merge.objects.select_related("by", "undone__by"), pk=pk)
    context = {
        "title": f"合并记录：{record}",
        "crumbs": _crumbs(),
        "record": record,
        "kept": merged_into(record.kept_key),
        "removed": [_told(each) for each in record.record.get("removed", [])],
        "moved": _counted(record.record.get("moved", [])),
    }
    return render(request, "delegates/merge_detail.html", context)


def _told(removed: dict) -> dict:
    """A removed row in words: its columns by their names, the empty ones left out."""
    model = snapshots.model_named(removed["model"])
    if model is None:
        return {"words": removed["words"], "label": removed["label"], "facts": []}
    row = snapshots.row_of(model, removed["values"])
    facts = [
        (field.verbose_name, snapshots.in_words(field, row))
        for field in model._meta.concrete_fields
        if field.editable and not field.is_relation and getattr(row, field.attname) is not None
    ]
    return {
        "words": removed["words"],
        "label": removed["label"],
        "facts": [(name, words) for name, words in facts if words != "空"],
    }


def _counted(moved: list[dict]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for each in moved:
        counts[each["label"]] = counts.get(each["label"], 0) + len(each["keys"])
    return sorted(counts.items(), key=lambda each: -each[1])


@only(keeps_records)
def merge_undo(request, pk: int):
    """撤销合并: asks first, and tells what stands against it."""
    record = get_object_or_404(Merge.objects.select_related("undone"), pk=pk)
    if record.is_undone:
        messages.info(request, "这次合并已经撤销。")
        return redirect(record)
    if request.method == "POST":
        try:
            actions.undo_merge(by=request.user, merge=record)
        except ValidationError:
            messages.error(request, "没有撤销，原因见下。")
            return HttpResponseRedirect(request.path)
        messages.success(
            request, f"已撤销，{record.kept_name}、{record.removed_name}恢复为两位代表。"
        )
        return redirect("delegate_detail", record.removed_key)
    context = {
        "title": "撤销合并",
        "crumbs": [*_crumbs(), (str(record), record.get_absolute_url())],
        "record": record,
        "against": contradictions(record)[:MOST_SHOWN],
        "not_restored": not_restored(record),
    }
    return render(request, "delegates/merge_undo.html", context)
