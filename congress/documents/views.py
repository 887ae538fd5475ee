"""Pages of documents beyond the common ones: found words, files sent with the form, 作废."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from congress import editing, roles
from congress.action_views import ActionAdd, ActionEdit, SavedByAction
from congress.attachment_pages import AddWithFiles
from congress.models import Document, DocumentFile
from congress.periods import today
from congress.record_delete import RecordDelete
from congress.record_views import RecordDetail, RecordList

from .actions import delete_document, restore
from .forms import VoidForm, VoidNumberForm
from .search import all_passages, passages

MENDED = "文号的写法已改为{number}：年份用六角括号〔〕，顺序号前不加“第”字和零。"


class DocumentList(RecordList):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        query = self.request.GET.get("q", "").strip()
        shown = context["object_list"]
        found = passages(shown, query) if query else {}
        for document in shown:
            document.passages = found.get(document.pk, ())
            address = document.get_absolute_url()
            document.passage_link = f"{address}?{urlencode({'q': query})}#in-text"
        return context | {
            "year": today().year,
            "may_see_numbers": roles.reads_all(self.request.user),
        }


class DocumentDetail(RecordDetail):
    def get_context_data(self, **kwargs):
        query = self.request.GET.get("q", "").strip()
        found = all_passages(self.object, query) if query else []
        has_text = DocumentFile.objects.filter(document=self.object).exclude(text="").exists()
        return super().get_context_data(**kwargs) | {
            "query": query,
            "found": found,
            "has_text": has_text,
        }


class DocumentAdd(SavedByAction, AddWithFiles):
    def said(self, form):
        taken = f"取号{form.instance.number}。" if form.cleaned_data["take_from"] else ""
        return super().said(form) + taken + _mended(form)


class DocumentEdit(ActionEdit):
    def said(self, form):
        return super().said(form) + _mended(form)


def _mended(form) -> str:
    return MENDED.format(number=form.instance.number) if form.was_mended else ""


class DocumentDelete(RecordDelete):
    """The last own number is given back; what was numbered meanwhile keeps it."""

    def form_valid(self, form):
        if self.consequences()[0]:
            return super().form_valid(form)
        words = str(self.object)
        try:
            delete_document(by=self.request.user, document=self.object)
        except ValidationError as error:
            messages.warning(self.request, " ".join(error.messages))
            return HttpResponseRedirect(self.object.get_absolute_url())
        messages.success(self.request, f"已删除文件“{words}”。")
        return HttpResponseRedirect(self.address("list"))


class DocumentVoid(ActionEdit):
    """作废: the number stays used, the document counts no more."""

    def get_form_class(self):
        return VoidForm

    def get_object(self, queryset=None):
        document = super().get_object(queryset)
        if not document.is_own:
            raise PermissionDenied
        return document

    def dispatch(self, request, *args, **kwargs):
        if self.is_allowed(request.user):
            document = get_object_or_404(Document, pk=kwargs["pk"])
            if document.is_void:
                messages.info(request, "这份文件已经作废。")
                return HttpResponseRedirect(document.get_absolute_url())
        return super().dispatch(request, *args, **kwargs)

    def said(self, form):
        return f"{form.instance.number}已作废，文号保留不再使用。"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"title": f"作废{self.object.number}"} | kwargs)


class VoidNumber(ActionAdd):
    """A number of a series under which nothing was issued."""

    def get_form_class(self):
        return VoidNumberForm

    def get_initial(self):
        return {name: self.request.GET.get(name, "") for name in ("number", "issuer")}

    def said(self, form):
        return f"{form.instance.number}已记为作废。"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "title": "空号记为作废",
            "cancel_url": reverse("document_numbers"),
        }


@require_POST
def document_restore(request, pk: int):
    """Takes 作废 back, if nobody changed the document since the page was opened."""
    if not roles.keeps_records(request.user):
        raise PermissionDenied
    document = get_object_or_404(Document, pk=pk)
    version = request.POST.get("version", "")
    try:
        editing.save_if_unchanged(
            document,
            int(version) if version.isdecimal() else 0,
            lambda: restore(by=request.user, document=document),
        )
    except editing.EditedMeanwhile:
        messages.error(request, "这份文件刚被他人修改，没有恢复，请核对后再试。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{document.number}已恢复。")
    return HttpResponseRedirect(document.get_absolute_url())
