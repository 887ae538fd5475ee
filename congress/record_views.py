"""The views behind ``RecordPages``: generic, and the same for every kind of record."""

import io

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import generic

from . import editing, roles
from .attachment_section import files_of
from .audit import Kind
from .disclosure import FULL, Disclosure, disclosed
from .record_sections import sections_of
from .tables import KeyPaginator, in_words, write_workbook

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RecordView:
    """What the pages of a record share: who may open it, which records, titles, crumbs."""

    pages = None
    page = ""

    def dispatch(self, request, *args, **kwargs):
        if not self.is_allowed(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def is_allowed(self, user) -> bool:
        return self.pages.may_read(user)

    def get_queryset(self):
        return self.pages.with_related(self.pages.visible_to(self.request.user))

    def get_template_names(self):
        meta = self.model._meta
        return [
            f"{meta.app_label}/{meta.model_name}_{self.page}.html",
            f"congress/record_{self.page}.html",
        ]

    @property
    def noun(self) -> str:
        return str(self.model._meta.verbose_name)

    def address(self, page: str, *args) -> str:
        return reverse(f"{self.pages.name()}_{page}", args=args)

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        return [(self.noun, self.address("list"))]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            pages=self.pages, noun=self.noun, crumbs=self.crumbs, **kwargs
        )


class RecordList(RecordView, generic.ListView):
    page = "list"
    paginate_by = 50
    paginator_class = KeyPaginator
    crumbs = ()

    def get_queryset(self):
        self.filterset = self.pages.filter_for(self.request.user)(
            self.request.GET, super().get_queryset(), request=self.request
        )
        records = self.filterset.qs
        if column := self.sorted_by:
            sign = "-" if self.request.GET["sort"].startswith("-") else ""
            records = records.order_by(
                *(f"{sign}{field}" for field in column.order_by), f"{sign}pk"
            )
        return records

    @cached_property
    def columns(self):
        return self.pages.columns_for(self.request.user)

    @property
    def sorted_by(self):
        key = self.request.GET.get("sort", "").removeprefix("-")
        return next((column for column in self.columns if key and column.key == key), None)

    def paginate_queryset(self, queryset, page_size):
        """A page number beyond the end shows the last page."""
        page = self.get_paginator(queryset, page_size).get_page(self.request.GET.get("page"))
        return page.paginator, page, page.object_list, page.has_other_pages()

    def get(self, request, *args, **kwargs):
        if request.GET.get("export") == "xlsx":
            return self.workbook_in_full() if FULL in request.GET else self.workbook()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """The reason for a workbook in full; nothing else is sent to a list."""
        if request.GET.get("export") == "xlsx" and FULL in request.GET:
            return self.workbook_in_full()
        return self.http_method_not_allowed(request, *args, **kwargs)

    def exported(self):
        """The records of the workbook; a view whose columns ask for more adds it here."""
        return self.get_queryset()

    @property
    def may_have_in_full(self) -> bool:
        return bool(self.pages.full_columns) and roles.exports_personal_data(self.request.user)

    def workbook_in_full(self):
        """The list with its personal data, once a reason is given."""
        if not self.may_have_in_full:
            raise PermissionDenied
        query = self.request.GET.copy()
        for name in ("export", FULL):
            query.pop(name, None)
        return disclosed(
            self.request,
            self.workbook,
            kind=Kind.EXPORT,
            what=f"{self.noun}（含姓名、电话）",
            count=self.get_queryset().count(),
            back=f"{self.request.path}?{query.urlencode()}",
        )

    def workbook(self, disclosure: Disclosure | None = None):
        file = io.BytesIO()
        columns = self.pages.full_columns if disclosure else self.columns
        write_workbook(file, self.noun, columns, self.exported(), disclosure)
        file.seek(0)
        return FileResponse(
            file, as_attachment=True, filename=f"{self.noun}.xlsx", content_type=WORKBOOK_TYPE
        )

    def headings(self) -> list[dict]:
        chosen = self.request.GET.get("sort", "")
        return [
            {
                "column": column,
                "next": f"-{column.key}" if chosen == column.key else column.key,
                "direction": {column.key: "ascending", f"-{column.key}": "descending"}.get(chosen)
                if column.key
                else None,
            }
            for column in self.columns
        ]

    def cells(self, record) -> list[dict]:
        """Columns with their text; on a phone the last one filled closes the row's line."""
        cells = [
            {
                "column": column,
                "text": in_words(column.listed(record)),
                "state": f"state {column.state_class(record)}" if column.state_class else "",
                "is_last": False,
            }
            for column in self.columns
        ]
        shown = [cell for cell in cells if cell["text"] and not cell["column"].minor]
        if shown:
            shown[-1]["is_last"] = True
        return cells

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        may_edit = self.pages.may_edit(self.request.user)
        return context | {
            "title": self.noun,
            "filter": self.filterset,
            "set_aside": self.pages.set_aside(self.request),
            "when_empty": self.pages.empty_words(self.request.user),
            "headings": self.headings(),
            "rows": [(record, self.cells(record)) for record in context["object_list"]],
            "may_have_in_full": self.may_have_in_full,
            "may_add": may_edit and "add" not in self.pages.without,
            "add_url": self.address("add") if "add" not in self.pages.without else "",
        }


class RecordDetail(RecordView, generic.DetailView):
    page = "detail"
    context_object_name = "record"

    def get_context_data(self, **kwargs):
        user = self.request.user
        may_change = self.pages.may_change(user, self.object)
        return super().get_context_data(
            title=str(self.object),
            facts=self.pages.facts_shown(self.object, user),
            may_edit=may_change and "edit" not in self.pages.without,
            may_delete=self.pages.may_delete(user, self.object)
            and "delete" not in self.pages.without,
            edit_url=self.address("edit", self.object.pk)
            if "edit" not in self.pages.without
            else "",
            delete_url=self.address("delete", self.object.pk)
            if "delete" not in self.pages.without
            else "",
            history_url=reverse("record_history", args=[self.pages.name(), self.object.pk])
            if roles.reads_group_work(user)
            else "",
            buttons=self.pages.buttons(self.object, user),
            sections=sections_of(self.object, user),
            **(files_of(self.pages, self.object, user) if self.pages.file_model else {}),
            **self.pages.related(self.object, user),
            **kwargs,
        )


class RecordFormView(RecordView):
    page = "form"

    def is_allowed(self, user) -> bool:
        return self.pages.may_edit(user)

    def get_form_class(self):
        return self.pages.form_class

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}


class RecordAdd(RecordFormView, generic.CreateView):
    def get_form_class(self):
        return self.pages.add_form_class or self.pages.form_class

    def get_initial(self):
        return self.pages.initial(self.request)

    def form_valid(self, form):
        address, is_first = editing.save_once(
            self.request.user, form.cleaned_data["submission"], form.save
        )
        if not is_first:
            return self.sent_twice(address)
        messages.success(self.request, self.said(form))
        return HttpResponseRedirect(address)

    def said(self, form) -> str:
        return f"已添加{self.noun}“{form.instance}”。"

    def form_invalid(self, form):
        """A second click is no mistake, though the record now stands in its own way."""
        address = editing.saved_before(form.cleaned_data.get("submission"))
        return self.sent_twice(address) if address else super().form_invalid(form)

    def sent_twice(self, address):
        messages.info(self.request, "这份表单已经保存过，没有重复添加。")
        return HttpResponseRedirect(address)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=f"添加{self.noun}", cancel_url=self.address("list"), **kwargs
        )


class RecordEdit(RecordFormView, generic.UpdateView):
    context_object_name = "record"

    def get_object(self, queryset=None):
        record = super().get_object(queryset)
        if not self.pages.may_change(self.request.user, record):
            raise PermissionDenied
        return record

    def form_valid(self, form):
        try:
            editing.save_if_unchanged(self.object, form.cleaned_data["version"], form.save)
        except editing.EditedMeanwhile:
            return self.conflict(form)
        messages.success(self.request, self.said(form))
        return HttpResponseRedirect(form.instance.get_absolute_url())

    def said(self, form) -> str:
        return f"已保存{self.noun}“{form.instance}”。"

    def cancel_address(self) -> str:
        return self.get_queryset().model(pk=self.object.pk).get_absolute_url()

    def conflict(self, form):
        """Show both versions and keep what was typed; saving again is then a decision."""
        current = self.get_queryset().filter(pk=self.object.pk).first()
        if current is None:
            messages.error(self.request, f"这条{self.noun}刚被他人删除，您填写的内容没有保存。")
            return HttpResponseRedirect(self.address("list"))
        form.data = form.data.copy()
        form.data[form.add_prefix("version")] = current.version
        context = self.get_context_data(form=form, differences=form.differences(current))
        return self.render_to_response(context, status=409)

    def get_context_data(self, **kwargs):
        told = {"title": f"修改{self.noun}", "cancel_url": self.cancel_address()}
        return super().get_context_data(**told | kwargs)
