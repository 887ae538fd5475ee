"""A report under examination: what the checks look at, each thing read once."""

from functools import cached_property

from congress.models import Township
from reports.models import AnnualReport, Narrative
from reports.places import base_of
from reports.proof.catalogue import FIGURES
from reports.proof.figure import Share
from reports.rendering import document_of
from reports.scope import Scope
from reports.structure import Document

NOT_YET_DONE = ("打算-接待选民", "打算-议案", "对县人大的建议")


class Subject:
    def __init__(self, report: AnnualReport):
        self.report = report
        self._values: dict[tuple[str, Scope], int | Share] = {}

    @cached_property
    def scope(self) -> Scope:
        return self.report.scope

    @cached_property
    def township(self) -> Township:
        return Township.objects.get()

    def value(self, key: str) -> int | Share:
        """The figure of that key; each is counted once."""
        return self._value(key, self.scope)

    def value_of_whole(self, key: str) -> int | Share:
        """The same of the whole township, which a group's report may speak of too."""
        return self._value(key, self.scope.of_group(None))

    def _value(self, key: str, scope: Scope) -> int | Share:
        if (key, scope) not in self._values:
            self._values[key, scope] = FIGURES[key].value(scope)
        return self._values[key, scope]

    @cached_property
    def document(self) -> Document:
        return document_of(self.report)

    @cached_property
    def narratives(self) -> list[Narrative]:
        """In the order of their places; each knows the report without a query."""
        texts = list(self.report.narratives.exclude(text=""))
        for text in texts:
            text.report = self.report
        return texts

    @cached_property
    def told(self) -> list[Narrative]:
        """Those that tell of what was done: neither plans nor what is asked of the county."""
        return [each for each in self.narratives if base_of(each.place) not in NOT_YET_DONE]
