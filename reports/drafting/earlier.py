"""What was written at a place a year before."""

from dataclasses import dataclass
from functools import cached_property

from reports.models import AnnualReport, OutlinePart
from reports.outline import own_number
from reports.places import OWN, base_of


@dataclass(frozen=True)
class Earlier:
    """The report before: of the same kind, genre and group; None where there is none."""

    report: AnnualReport | None
    of: AnnualReport

    @property
    def words(self) -> str:
        """2019年."""
        return self.report.span_words if self.report else ""

    @property
    def is_last_years(self) -> bool:
        return self.report is not None and self.report.year == self.of.year - 1

    def text(self, place: str) -> str:
        return self.texts.get(self._same_place(place), "")

    @cached_property
    def texts(self) -> dict[str, str]:
        """Texts by place, without empty ones."""
        if self.report is None:
            return {}
        texts = self.report.narratives.exclude(text="")
        return dict(texts.values_list("place", "text"))

    def _same_place(self, place: str) -> str:
        """A part that the office added is the same where it is headed the same."""
        return self._own_places.get(place, "") if base_of(place) == OWN else place

    @cached_property
    def _own_places(self) -> dict[str, str]:
        rows = OutlinePart.objects.filter(report__in=[self.of, self.report], key__startswith="own-")
        own = [(row.report_id, row.heading, f"{OWN}-{own_number(row.key)}") for row in rows]
        before = {heading: place for key, heading, place in own if key == self.report.pk}
        return {
            place: before[heading]
            for key, heading, place in own
            if key == self.of.pk and heading in before
        }


def earlier(report: AnnualReport) -> Earlier:
    """Of the same months a year or more before; else the last one that ended before this began."""
    alike = AnnualReport.objects.filter(
        kind=report.kind, genre=report.genre, group=report.group_id, year__lt=report.year
    )
    same_months = alike.filter(start__month=report.start.month).order_by("-year", "pk")
    last = alike.filter(cut_off__lt=report.start).order_by("-cut_off", "pk")
    return Earlier(same_months.first() or last.first(), report)
