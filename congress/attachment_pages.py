"""The files of a record: added, downloaded, removed; ``attachment_section`` shows them.

A ``RecordPages`` class that names a ``file_model`` has them; who may change the record adds and
removes its files, who sees it reads them.
"""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.views import generic

from .attachment_section import FilesForm
from .attachments import keep_files, remove, written
from .record_views import RecordAdd, RecordDetail, RecordView
from .thumbnails import CONTENT_TYPE, NoPicture, thumbnail
from .uploads import download


class FileAdd(RecordDetail):
    """The record's page again where something was refused; nothing is kept then."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        if not self.pages.may_change_files(request.user, self.object):
            raise PermissionDenied
        form = FilesForm(request.POST, request.FILES)
        if form.is_valid() and self.is_kept(form):
            count = len(form.cleaned_data["attachments"])
            messages.success(request, f"已添加{count}个附件。")
            return HttpResponseRedirect(self.object.get_absolute_url())
        return self.render_to_response(self.get_context_data() | {"files_form": form})

    def is_kept(self, form) -> bool:
        """What is refused is shown in the form."""
        model = self.pages.file_model
        try:
            with written(model, form.cleaned_data["attachments"]) as files:
                keep_files(model, self.object, files, self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
        return form.is_valid()


class AddWithFiles(RecordAdd):
    """Files sent with the form are kept with the new record, or not at all.

    The form's field is ``attachments``; its ``save`` keeps its ``files_written``.
    """

    def form_valid(self, form):
        model = self.pages.file_model
        with written(model, form.cleaned_data["attachments"]) as form.files_written:
            response = super().form_valid(form)
            if form.instance.pk is None:
                # A second click: the first one kept the files.
                for file in form.files_written:
                    model._meta.get_field("file").storage.delete(file.path)
        return response


class FileView(RecordView):
    """One file of a record that the user sees."""

    model = None

    def get_record(self):
        return get_object_or_404(self.pages.visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_file(self, record):
        model = self.pages.file_model
        return get_object_or_404(model, **{model.belongs_to: record, "pk": self.kwargs["key"]})


class FileDownload(FileView, generic.View):
    """The file to be saved; with ``?small`` a picture as the record's page shows it."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        row = self.get_file(self.get_record())
        try:
            file = row.file.open()
            if "small" in request.GET:
                with file:
                    return self.small(file)
        except (FileNotFoundError, NoPicture) as error:
            raise Http404 from error
        return download(file, row.name, row.content_type)

    @staticmethod
    def small(file) -> HttpResponse:
        """The browser may keep it while the page is read, not for whoever sits there next."""
        response = HttpResponse(thumbnail(file), content_type=CONTENT_TYPE)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, max-age=600"
        return response


class FileRemove(FileView, generic.TemplateView):
    """Asks first: what is removed is gone."""

    http_method_names = ["get", "head", "post"]

    def get_template_names(self):
        return ["congress/record_confirm_delete.html"]

    def dispatch(self, request, *args, **kwargs):
        if self.is_allowed(request.user):
            self.record = self.get_record()
            if not self.pages.may_change_files(request.user, self.record):
                raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def crumbs(self):
        return [*super().crumbs, (str(self.record), self.record.get_absolute_url())]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return context | {
            "title": "删除附件",
            "noun": "附件",
            "record": self.get_file(self.record),
            "cancel_url": self.record.get_absolute_url(),
        }

    def post(self, request, *args, **kwargs):
        row = self.get_file(self.record)
        remove(row)
        messages.success(request, f"已删除附件“{row.name}”。")
        return HttpResponseRedirect(self.record.get_absolute_url())
