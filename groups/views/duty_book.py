"""全部履职档案 of a period as one PDF: ordered, made in the background, fetched."""

import hashlib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from congress import background, roles
from congress.models import Township
from congress.pdf import PdfUnavailableError
from congress.private_notes import owner_of
from delegates.decisions import only
from groups.duty_book import DutyBook
from groups.duty_readers import persons_of
from groups.forms.duty_files import BookForm

OVERVIEW = "履职档案"


@require_POST
@only(roles.reads_group_work)
def order(request):
    """Start it; a second click, and a second order while one is under way, lead to the first."""
    form = BookForm(request.user, request.POST)
    back = f"{reverse('duty_files')}?{form.chosen.query}"
    if not form.is_valid():
        messages.error(request, "没有开始生成，请重新选择时期后再点“生成全部档案PDF”。")
        return redirect(back)
    owner = owner_of(request)
    token = hashlib.sha256(f"{owner} {form.cleaned_data['submission']}".encode()).hexdigest()[:32]
    if DutyBook.find(request, token):
        return redirect("duty_book", token)
    number = 0
    while job := background.find(request, _once(number)):
        if not job.is_over:
            return redirect(job)
        number += 1
    persons = list(persons_of(request.user, form))
    township = Township.objects.first()
    if township is None:
        return redirect("township")
    if not persons:
        messages.error(request, "没有符合条件的代表，没有生成。")
        return redirect(back)
    book = DutyBook(token, owner, f"{township.name}人大代表履职档案（{form.chosen.words}）")

    def work(tell: background.Tell) -> tuple[str, str]:
        DutyBook.remove_old()
        try:
            book.make(persons, form.chosen, reader=request.user, township=township, tell=tell)
        except PdfUnavailableError as error:
            raise ValidationError(str(error)) from error
        words = f"已生成{book.number}名代表的履职档案，共{book.pages}页，请下载。"
        return words, reverse("duty_book", args=[token])

    return redirect(
        background.start(
            request,
            once=_once(number),
            title="生成全部履职档案",
            back=(OVERVIEW, back),
            work=work,
        )
    )


def _once(number: int) -> str:
    """One at a time for a log-in, one after the other."""
    return f"duty files {number}"


def _book_or_404(request, token: str) -> DutyBook:
    book = DutyBook.find(request, token)
    if book is None:
        raise Http404
    return book


@require_safe
@only(roles.reads_group_work)
def book_page(request, token: str):
    context = {
        "title": OVERVIEW,
        "crumbs": [(OVERVIEW, reverse("duty_files"))],
        "book": _book_or_404(request, token),
    }
    return render(request, "groups/duty_book.html", context)


@require_safe
@only(roles.reads_group_work)
def book_file(request, token: str):
    book = _book_or_404(request, token)
    response = FileResponse(
        book.file(".pdf").open("rb"),
        as_attachment=True,
        filename=f"{book.name}.pdf",
        content_type="application/pdf",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
