"""Lists and details of documents."""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from congress import roles
from congress.models import Document, DocumentFile, DocumentMatter, Session
from congress.periods import today
from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column

from .actions import may_be_deleted
from .forms import DocumentForm
from .search import found
from .views import DocumentAdd, DocumentDelete, DocumentDetail, DocumentEdit, DocumentList

IN_FORCE, REPEALED, VOID = "in_force", "repealed", "void"
STANDINGS = ((IN_FORCE, "现行有效"), (REPEALED, "已废止"), (VOID, "作废"))


def _sessions(request):
    return Session.objects.select_related("term")


def _series() -> list[tuple[str, str]]:
    named = Document.objects.filter(level=Document.Level.OWN, serial__isnull=False)
    years = named.order_by("-date__year", "series").values_list("series", flat=True)
    return [(series, series) for series in dict.fromkeys(years.distinct())]


class DocumentFilter(RecordFilter):
    date = django_filters.NumberFilter("date__year", label="年度")
    level = django_filters.ChoiceFilter(choices=Document.Level.choices, label="来源")
    kind = django_filters.ChoiceFilter(choices=Document.Kind.choices, label="文种")
    standing = django_filters.ChoiceFilter(
        choices=STANDINGS, label="效力", method="filter_standing"
    )
    matter = django_filters.ChoiceFilter(
        choices=DocumentMatter.Matter.choices, label="规定事项", method="filter_matter"
    )
    series = django_filters.ChoiceFilter(choices=_series, label="文号系列", method="filter_series")
    session = django_filters.ModelChoiceFilter(queryset=_sessions, label="所属会议")

    def search(self, records, name, words):
        return found(records, words)

    def filter_standing(self, records, name, value):
        if value == VOID:
            return records.filter(void_on__isnull=False)
        repealed = Q(repealed_on__lte=today())
        return records.standing().filter(repealed if value == REPEALED else ~repealed)

    def filter_matter(self, records, name, value):
        ruled = DocumentMatter.objects.filter(document=OuterRef("pk"), matter=value)
        return records.filter(Exists(ruled))

    def filter_series(self, records, name, value):
        return records.filter(level=Document.Level.OWN, series=value)


def _standing(document: Document) -> str:
    return document.standing_on(today())


def _matters(document: Document) -> str:
    return "、".join(map(str, document.matters.all()))


class DocumentPages(RecordPages):
    model = Document
    form_class = DocumentForm
    filter_class = DocumentFilter
    file_model = DocumentFile
    select_related = ("session__term", "replaced_by")
    prefetch_related = ("matters",)
    measure = "份"
    may_read = staticmethod(roles.reads_documents)
    when_empty = "还没有文件。"
    columns = (
        Column("标题", "title", ("title",), width=50),
        Column("发文机关", "issuer", ("issuer",), width=20),
        Column("文号", "number", ("series", "serial", "number"), width=22),
        Column("发文日期", "date", ("date",)),
        Column("收文日期", "received_on", ("received_on",), minor=True),
        Column("来源", "get_level_display", ("level",), minor=True),
        Column("文种", "get_kind_display", ("kind",), minor=True),
        Column("规定事项", _matters, width=30, minor=True),
        Column(
            "效力",
            _standing,
            state_class=lambda document: "done" if _standing(document) == "现行有效" else "",
        ),
    )
    facts = (
        "number",
        "issuer",
        "date",
        "level",
        "kind",
        "received_on",
        "session",
        (_standing, "效力"),
        (_matters, "规定事项"),
        "rules",
        "position",
    )
    views = {
        "list": DocumentList,
        "add": DocumentAdd,
        "detail": DocumentDetail,
        "edit": DocumentEdit,
        "delete": DocumentDelete,
    }

    @classmethod
    def with_related(cls, documents):
        return super().with_related(documents).order_by("-date", "-pk")

    @classmethod
    def may_change(cls, user, document):
        return cls.may_edit(user) and not document.is_void

    @classmethod
    def may_delete(cls, user, document):
        return cls.may_edit(user) and may_be_deleted(document)

    @classmethod
    def facts_of(cls, document, user):
        """What does not concern a document is left out."""
        told = super().facts_of(document, user)
        empty = {"收文日期", "所属会议", "规定事项", "规定内容", "文种"}
        if document.repealed_on:
            told.append(("废止日期", document.repealed_on.isoformat()))
        if document.is_void:
            told += [("作废日期", document.void_on.isoformat()), ("作废原因", document.void_reason)]
        if not roles.reads_all(user):
            empty.add("排序")
            told = [(label, value) for label, value in told if label != "排序"]
        return [(label, value) for label, value in told if value or label not in empty]

    @classmethod
    def related(cls, document, user):
        replaced = cls.visible_to(user).filter(replaced_by=document).order_by("date", "pk")
        by = document.replaced_by_id
        return {
            "replaces": replaced,
            "replaced_by": cls.visible_to(user).filter(pk=by).first() if by else None,
            "may_restore": cls.may_edit(user) and document.is_void,
        }

    @classmethod
    def buttons(cls, document, user):
        if not cls.may_edit(user) or not document.is_own or document.is_void:
            return []
        return [("作废", reverse("document_void", args=[document.pk]))]
