"""查验: open to everybody; says no more than the paper in hand does."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from congress.models import Township
from reports.signing.codes import shown
from reports.signing.forms import CodeForm, FileForm
from reports.signing.verifying import NO_SUCH_CODE, told, verdict_on_file, version_of_code


@login_not_required
def verify(request):
    """A code that was typed or scanned, or a file that is looked at and not kept."""
    context = {
        "township": Township.objects.first(),
        "code_form": CodeForm(request.GET if "code" in request.GET else None),
        "file_form": FileForm(),
    }
    if request.method == "POST":
        form = context["file_form"] = FileForm(request.POST, request.FILES)
        if form.is_valid():
            context["verdict"] = verdict_on_file(form.cleaned_data["file"])
    elif context["code_form"].is_valid():
        version = version_of_code(context["code_form"].cleaned_data["code"])
        context["found"] = f"查验码{shown(version.code)}：{told(version)}" if version else ""
        context["not_found"] = "" if version else NO_SUCH_CODE
    return render(request, "reports/verify.html", context)
