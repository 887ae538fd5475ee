"""履职公示 as the office prepares it: previewed, published, kept with what was told."""

import django_filters
from django.urls import reverse
from django.utils import timezone

from congress.record_pages import RecordFilter, RecordPages
from congress.tables import Column
from groups import public_figures
from groups.forms.publication import PublicationForm
from groups.models import Publication
from groups.publishing import draft_of


def _by(moment, user) -> str:
    return f"{user.name}，{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


class PublicationFilter(RecordFilter):
    search_fields = ("title",)
    year = django_filters.NumberFilter("year", label="年度")
    state = django_filters.ChoiceFilter(choices=Publication.State.choices, label="状态")


class PublicationPages(RecordPages):
    model = Publication
    form_class = PublicationForm
    filter_class = PublicationFilter
    select_related = ("published_by", "ended_by")
    measure = "份"
    when_empty = "还没有公示过代表的履职情况（代表法第五十八条）。"
    columns = (
        Column("标题", "title", ("title",), width=40),
        Column("年度", "year", ("year",)),
        Column("统计截至", "cut_off", ("cut_off",)),
        Column(
            "公示时间",
            lambda each: each.published_at and timezone.localtime(each.published_at).date(),
            ("published_at",),
        ),
        Column("状态", "get_state_display", ("state",), state_class=lambda each: each.state_class),
    )
    facts = (
        "year",
        "cut_off",
        "remark",
        "is_indexed",
        "state",
        (lambda each: _by(each.published_at, each.published_by), "公示"),
        (lambda each: _by(each.ended_at, each.ended_by), "撤下"),
        "end_reason",
    )

    @classmethod
    def may_change(cls, user, publication):
        """What was told to the public stays as it was told."""
        return super().may_change(user, publication) and publication.is_prepared

    @classmethod
    def facts_of(cls, publication, user):
        """What has not come yet is left out."""
        later = {"公示", "撤下", "撤下原因", "说明"}
        return [
            (label, value)
            for label, value in super().facts_of(publication, user)
            if value or label not in later
        ]

    @classmethod
    def buttons(cls, publication, user):
        if not publication.is_published:
            return []
        found = [
            ("公开页面", publication.public_address),
            ("公示栏PDF（A3）", reverse("publication_poster", args=[publication.pk])),
            ("A4", f"{reverse('publication_poster', args=[publication.pk])}?paper=a4"),
        ]
        if cls.may_edit(user):
            found.append(("撤下", reverse("publication_withdraw", args=[publication.pk])))
        return found

    @classmethod
    def related(cls, publication, user):
        """What is published, or what would be."""
        if not publication.is_prepared:
            return {
                "headings": public_figures.headings(publication.parts),
                "rows": public_figures.published_rows(publication),
            }
        draft = draft_of(publication)
        earlier = Publication.objects.published().filter(year=publication.year).first()
        return {
            "headings": public_figures.headings(draft.parts),
            "rows": public_figures.rows_of(draft.parts, draft.sheets),
            "unmarked": draft.unmarked,
            "seen": draft.fingerprint,
            "replaces": earlier,
            "may_publish": cls.may_edit(user) and draft.sheets,
        }
