"""The pages of one kind of record: list, detail, add, edit, delete.

An app declares a ``RecordPages`` class a model and puts ``urls(path)`` into its ``urls.py``; the
pages are named ``village_list``, ``village_detail``, ``village_add``, ``village_edit`` and
``village_delete``. Templates ``<app>/<model>_list.html`` and so on take the place of the common
ones of ``templates/congress/`` where they exist.
"""

from collections.abc import Callable

import django_filters
from django.db import models
from django.db.models import Q
from django.urls import path, reverse

from . import attachment_pages, record_views, roles
from .editing import RecordForm
from .fields import prepare_filter
from .models import Record, StoredFile, User
from .privacy import text_shown_to
from .record_delete import RecordDelete
from .tables import Column, in_words


class RecordFilter(django_filters.FilterSet):
    """Filter bar of a list; ``search_fields`` are searched by every word typed.

    In place of a field may stand a function of the word that gives the condition.
    """

    q = django_filters.CharFilter(method="search", label="搜索")
    search_fields: tuple[str | Callable[[str], Q], ...] = ()

    def search(self, records: models.QuerySet, name: str, words: str) -> models.QuerySet:
        for word in words.split():
            condition = Q()
            for field in self.search_fields:
                condition |= field(word) if callable(field) else Q(**{f"{field}__icontains": word})
            records = records.filter(condition)
        return records

    def get_form_class(self):
        form_class = super().get_form_class()
        for field in form_class.base_fields.values():
            prepare_filter(field)
        return form_class

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """(label, chosen value in words, address without it) of each filter in use."""
        if not self.form.is_bound:
            return []
        self.form.is_valid()
        return [
            (str(self.form[name].label), _chosen(self.form[name]), self._address_without(name))
            for name in self.form.fields
            if self.form[name].value() not in (None, "", []) and name in self.form.cleaned_data
        ]

    def _address_without(self, name: str) -> str:
        query = self.data.copy()
        query.pop(name, None)
        query.pop("page", None)
        return f"?{query.urlencode()}"


def _chosen(bound) -> str:
    for key, label in getattr(bound.field, "choices", []):
        if str(key) == str(bound.value()):
            return str(label)
    return str(bound.value())


_published: dict[str, type["RecordPages"]] = {}


def pages_of(name: str) -> type["RecordPages"] | None:
    """The pages of the model with this name, where it has any."""
    return _published.get(name)


class RecordPages:
    """Declaration of the pages of one model; see the attributes."""

    model: type[Record]
    form_class: type[RecordForm]
    #: Where adding asks for more than editing.
    add_form_class: type[RecordForm] | None = None
    filter_class: type[RecordFilter] = RecordFilter
    #: The list, on the page and in the workbook.
    columns: tuple[Column, ...] = ()
    #: The workbook with personal data in full, where there are any; see ``disclosure``.
    full_columns: tuple[Column, ...] = ()
    #: Fields and paths shown on the detail page; a path needs its label: ("path", "label").
    facts: tuple[str | tuple[str, str], ...] = ()
    #: Labels of facts that are a number to be called by whoever reads the page.
    tells_numbers: frozenset[str] = frozenset()
    #: Joined in lists and details, so that a row costs no query.
    select_related: tuple[str, ...] = ()
    prefetch_related: tuple[str, ...] = ()
    #: Word for the count: 共33条.
    measure: str = "条"
    #: One sentence for an empty list: why, and what to do.
    when_empty: str = "还没有记录。"
    #: Who opens the pages at all, who changes something.
    may_read: Callable[[User], bool] = staticmethod(roles.reads_all)
    may_edit: Callable[[User], bool] = staticmethod(roles.keeps_records)
    #: Pictures and papers of the record, shown on its page; see ``attachment_pages``.
    file_model: type[StoredFile] | None = None
    #: Pages that this model lacks or has elsewhere: any of add, edit, delete, detail, list.
    without: frozenset[str] = frozenset()
    #: Views of this model's own, by page, in place of the common ones.
    views: dict[str, type] = {}

    @classmethod
    def name(cls) -> str:
        return cls.model._meta.model_name

    @classmethod
    def visible_to(cls, user: User) -> models.QuerySet:
        """The records this user may see; all other keys are not found."""
        records = cls.model._default_manager.all()
        if hasattr(records, "visible_to"):
            records = records.visible_to(user)
        return records

    @classmethod
    def columns_for(cls, user: User) -> tuple[Column, ...]:
        """The columns of the list and of its workbook that this user is shown."""
        return cls.columns

    @classmethod
    def filter_for(cls, user: User) -> type[RecordFilter]:
        return cls.filter_class

    @classmethod
    def empty_words(cls, user: User) -> str:
        """What an empty list says to this user."""
        return cls.when_empty

    @classmethod
    def set_aside(cls, request) -> str:
        """What a list says of records that it counts elsewhere and may not show this user."""
        return ""

    @classmethod
    def with_related(cls, records: models.QuerySet) -> models.QuerySet:
        """Join what lists and details show; override to annotate."""
        return records.select_related(*cls.select_related).prefetch_related(*cls.prefetch_related)

    @classmethod
    def may_change(cls, user: User, record: Record) -> bool:
        """Whether this user may edit this record; asked by pages and buttons alike."""
        return cls.may_edit(user)

    @classmethod
    def may_delete(cls, user: User, record: Record) -> bool:
        """Whether this user may delete this record; asked by pages and buttons alike."""
        return cls.may_change(user, record)

    @classmethod
    def may_change_files(cls, user: User, record: Record) -> bool:
        """Whether this user may add and remove files of this record."""
        return cls.may_change(user, record)

    @classmethod
    def initial(cls, request) -> dict:
        """What a new form starts with; by default the form's fields named in the address."""
        fields = (cls.add_form_class or cls.form_class).base_fields
        return {name: value for name, value in request.GET.items() if name in fields}

    @classmethod
    def facts_of(cls, record: Record, user: User) -> list[tuple[str, str]]:
        """(label, value in words) of the detail page."""
        return [cls._fact(record, fact) for fact in cls.facts]

    @classmethod
    def facts_shown(cls, record: Record, user: User) -> list[tuple[str, str]]:
        """The facts as this user may read them: no one's number inside a text."""
        return [
            (label, value if label in cls.tells_numbers else text_shown_to(user, value))
            for label, value in cls.facts_of(record, user)
        ]

    @classmethod
    def _fact(cls, record: Record, fact: str | tuple[str, str]) -> tuple[str, str]:
        if isinstance(fact, tuple):
            return fact[1], Column(fact[1], fact[0]).text_of(record)
        field = cls.model._meta.get_field(fact)
        if field.many_to_many:
            return field.verbose_name, "、".join(
                str(other) for other in getattr(record, fact).all()
            )
        display = getattr(record, f"get_{fact}_display", None)
        value = display() if display else getattr(record, fact)
        return field.verbose_name, in_words(value)

    @classmethod
    def related(cls, record: Record, user: User) -> dict:
        """Further context of the detail page."""
        return {}

    @classmethod
    def buttons(cls, record: Record, user: User) -> list[tuple[str, str]]:
        """(label, address) of further actions on the detail page, those that the state allows."""
        return []

    @classmethod
    def list_address(cls) -> str:
        return reverse(f"{cls.name()}_list")

    @classmethod
    def urls(cls, prefix: str) -> list:
        name = cls.name()
        _published[name] = cls
        pages = [
            ("list", prefix, record_views.RecordList),
            ("add", f"{prefix}add/", record_views.RecordAdd),
            ("detail", f"{prefix}<int:pk>/", record_views.RecordDetail),
            ("edit", f"{prefix}<int:pk>/edit/", record_views.RecordEdit),
            ("delete", f"{prefix}<int:pk>/delete/", RecordDelete),
        ]
        if cls.file_model:
            pages += [
                ("attach", f"{prefix}<int:pk>/files/", attachment_pages.FileAdd),
                ("file", f"{prefix}<int:pk>/files/<int:key>/", attachment_pages.FileDownload),
                (
                    "file_remove",
                    f"{prefix}<int:pk>/files/<int:key>/remove/",
                    attachment_pages.FileRemove,
                ),
            ]
        return [
            path(
                route,
                cls.views.get(page, view).as_view(pages=cls, model=cls.model),
                name=f"{name}_{page}",
            )
            for page, route, view in pages
            if page not in cls.without
        ]
