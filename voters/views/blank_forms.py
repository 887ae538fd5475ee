"""Numbered registration forms: printed ahead in batches, opened by their number."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from congress import editing
from congress.numerals import group_name
from congress.paper import paper
from congress.roles import require_keeper
from voters import papers
from voters.forms.papers import NumberForm, PrintFormsForm
from voters.models import BlankForm, ReceptionDay, Visit


@require_http_methods(["GET", "HEAD", "POST"])
def form_batches(request):
    """The batches printed so far; POST numbers a new one."""
    require_keeper(request.user)
    asked = {"day": request.GET["day"]} if request.GET.get("day", "").isdecimal() else {}
    form = PrintFormsForm(request.POST or None, initial=asked)
    number_form = NumberForm(request.GET if "number" in request.GET else None)
    if request.method == "POST" and form.is_valid():
        try:
            address, is_first = editing.save_once(
                request.user,
                form.cleaned_data["submission"],
                lambda: form.number(request.user),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if not is_first:
                messages.info(request, "这份表单已经提交过，没有重复编号。")
            return redirect(address)
    elif number_form.is_valid():
        number = number_form.cleaned_data["number"]
        if _address_to_fill(number):
            return redirect("form_open", number)
        number_form.add_error("number", f"没有{number}号登记表，请核对号码。")
    page = Paginator(BlankForm.objects.batches(), 50).get_page(request.GET.get("page"))
    context = {
        "title": "登记表",
        "form": form,
        "number_form": number_form,
        "page_obj": page,
        "rows": _in_words(list(page)),
    }
    return render(request, "voters/form_batches.html", context)


def _in_words(batches: list[dict]) -> list[dict]:
    """With first and last number, group and forms left of each batch."""
    ends = [batch[key] for batch in batches for key in ("first_key", "last_key")]
    numbers = dict(BlankForm.objects.filter(pk__in=ends).values_list("pk", "number"))
    return [
        batch
        | {
            "first_number": numbers[batch["first_key"]],
            "last_number": numbers[batch["last_key"]],
            "group": group_name(ordinal) if (ordinal := batch["day__group__ordinal"]) else "",
            "unused": batch["forms"] - batch["used"],
        }
        for batch in batches
    ]


@require_safe
def form_batch(request, batch):
    """The forms of a batch, and what became of each."""
    require_keeper(request.user)
    forms = list(_forms_of(batch).with_use())
    if not forms:
        raise Http404
    context = {
        "title": f"登记表 {forms[0].number}至{forms[-1].number}",
        "crumbs": [("登记表", reverse("form_batches"))],
        "batch": batch,
        "forms": forms,
        "day": forms[0].day,
        "used": sum(form.visit_key is not None for form in forms),
    }
    return render(request, "voters/form_batch.html", context)


@require_safe
def form_batch_pdf(request, batch):
    """The forms of a batch to print; printed again they bear the same numbers."""
    require_keeper(request.user)
    forms = list(_forms_of(batch))
    if not forms:
        raise Http404
    day = (
        forms[0].day_id
        and papers.with_duties(ReceptionDay.objects.filter(pk=forms[0].day_id)).get()
    )

    def address_of(form):
        return request.build_absolute_uri(reverse("form_open", args=[form.number]))

    return paper(
        request,
        f"登记表{forms[0].number}至{forms[-1].number}",
        lambda township: papers.registration_forms(forms, day, township, address_of),
        reverse("form_batch", args=[batch]),
    )


def _forms_of(batch):
    forms = BlankForm.objects.filter(batch=batch).order_by("pk")
    return forms.select_related("day__group", "printed_by")


@require_safe
def form_open(request, number: str):
    """Where a scanned or typed number leads: to its visit, else to the page that logs it."""
    require_keeper(request.user)
    address = _address_to_fill(number)
    if not address:
        raise Http404
    return redirect(address)


def _address_to_fill(number: str) -> str:
    visit = Visit.objects.filter(number=number).first()
    if visit:
        return visit.get_absolute_url()
    if BlankForm.objects.filter(number=number).exists():
        return reverse("visit_add", query={"form": number})
    return ""
